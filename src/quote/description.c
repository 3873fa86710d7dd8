/* Sources without a name: the minister, officials of the agency. */
#include "quote/entity.h"

#include <string.h>

/* Whether a description's head is somebody: the minister, officials of the agency, carriers. */
static bool is_agent(const struct sl_clause *c, int from, int to)
{
    static const char *const endings[] = {"ist", "ists", "ian", "ians", "crat", "crats", "men"};
    int head = from;
    size_t len;
    const char *p;
    for (;;) {
        while (head + 1 < to && sl_in_np(sl_tag(c, head + 1))) {
            head++;
        }
        /* a majority of voters, two of the women: they are who speaks */
        if (head + 2 >= to ||
            !(sl_has(c, head, SL_QC_QUANTITY | SL_QC_NUMBER | SL_QC_ALONE) ||
              sl_tag(c, head) == TAG_NUM) ||
            c->tok[head + 1].end - c->tok[head + 1].begin != 2 ||
            memcmp(c->text + c->tok[head + 1].begin, "of", 2) != 0) {
            break;
        }
        head += 2;
    }
    if (sl_has(c, head,
               SL_QC_PERSON | SL_QC_ORGANISATION | SL_QC_TITLE | SL_QC_MALE | SL_QC_FEMALE |
                   SL_QC_PLACE)) {
        return true;
    }
    len = c->tok[head].end - c->tok[head].begin;
    p = c->text + c->tok[head].end;
    for (size_t k = 0; k < sizeof endings / sizeof endings[0]; k++) {
        size_t n = strlen(endings[k]);
        if (len > n + 2 && memcmp(p - n, endings[k], n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a name stands in a description: Canadian officials, a Norvane engineer. The first word of a
 * sentence has a capital anyway. */
static bool holds_name(const struct sl_clause *c, int from, int to)
{
    for (int k = from; k < to; k++) {
        bool first = k == 0 || sl_tag(c, k - 1) == TAG_QO || sl_tag(c, k - 1) == TAG_STOP;
        if (c->tok[k].flags & TOK_CAP && (!first || sl_has(c, k, SL_QC_PEOPLE | SL_QC_PLACE))) {
            return true;
        }
    }
    return false;
}

uint32_t sl_description(struct sl_speakers *s, const struct sl_clause *c, int from, int to)
{
    uint64_t form;
    uint32_t e;
    bool definite = false;
    bool own;
    bool plural;
    while (from < to - 1 && (sl_tag(c, from) == TAG_DET || sl_tag(c, from) == TAG_ADV ||
                             sl_tag(c, from) == TAG_PREP)) {
        definite = definite || (c->text[c->tok[from].begin] | 0x20) == 't';
        from++;
    }
    own = to - from == 2 && sl_tag(c, from) == TAG_POSS;
    if (own || (definite && to - from <= 2)) { /* her husband, the chairman: who was called so */
        e = sl_entity_get(s, sl_entity_form(c, from + own, to), AS_ROLE);
        if (e != 0) {
            return e;
        }
    }
    form = sl_entity_form(c, from, to);
    e = sl_entity_get(s, form, AS_FORM);
    if (e != 0) {
        s->entity[e].n_mention++;
        s->entity[e].sentence = s->sentence;
        return e;
    }
    e = sl_entity_add(s);
    if (e == SL_SPEAKER_NOMEM) {
        return e;
    }
    plural = sl_has(c, to - 1, SL_QC_PERSON) && c->text[c->tok[to - 1].end - 1] == 's';
    s->entity[e].name = (struct slant_span){c->tok[from].begin, c->tok[to - 1].end};
    s->entity[e].sort = (uint8_t)(plural                                  ? SORT_GROUP
                                  : sl_has(c, to - 1, SL_QC_ORGANISATION) ? SORT_BODY
                                                                          : SORT_UNSURE);
    s->entity[e].agent = is_agent(c, from, to);
    s->entity[e].generic = !holds_name(c, from, to);
    s->entity[e].n_mention = 1;
    s->entity[e].sentence = s->sentence;
    sl_entity_affiliate(s, c, e,
                        sl_affiliation_of_description(c, s->mention, s->n_mention, from, to));
    if (sl_affiliation_is_its(c, from, to)) {
        sl_entity_affiliate_its(s, e, from);
    }
    return sl_entity_set(s, form, AS_FORM, e) ? e : SL_SPEAKER_NOMEM;
}
