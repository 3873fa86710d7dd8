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
        if (c->tok[k].flags & TOK_CAP &&
            (!sl_tag_in(c, k - 1, SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_STOP)) ||
             sl_has(c, k, SL_QC_PEOPLE | SL_QC_PLACE))) {
            return true;
        }
    }
    return false;
}

/* A description that was not met before. */
static uint32_t describe(struct sl_speakers *s, const struct sl_clause *c, int from, int to)
{
    const uint32_t e = sl_entity_add(s);
    const bool plural = sl_has(c, to - 1, SL_QC_PERSON) && c->text[c->tok[to - 1].end - 1] == 's';
    struct entity *x;
    if (e == SL_SPEAKER_NOMEM) {
        return e;
    }
    x = &s->entity[e];
    x->name = (struct slant_span){c->tok[from].begin, c->tok[to - 1].end};
    x->sort = (uint8_t)(plural                                  ? SORT_GROUP
                        : sl_has(c, to - 1, SL_QC_ORGANISATION) ? SORT_BODY
                                                                : SORT_UNSURE);
    x->agent = is_agent(c, from, to);
    x->generic = !holds_name(c, from, to);
    sl_entity_affiliate(s, c, e,
                        sl_affiliation_of_description(c, s->mention, s->n_mention, from, to));
    if (sl_affiliation_is_its(c, from, to)) {
        sl_entity_affiliate_its(s, e, from);
    }
    return e;
}

bool sl_is_firm(const struct sl_clause *c, int i)
{
    static const char *const words[] = {"company",  "firm",         "vendor",   "carrier",
                                        "operator", "manufacturer", "supplier", "maker",
                                        "telco",    "chipmaker",    "startup",  "retailer"};
    return sl_is_word_of(c, i, words, sizeof words / sizeof words[0]);
}

static bool can_be_firm(const struct sl_speakers *s, uint32_t e)
{
    const struct entity *x = &s->entity[e];
    return e != 0 && x->named && !x->authority && x->gender == GENDER_ANY &&
           (x->sort == SORT_BODY || (x->sort == SORT_UNSURE && x->n_word == 1));
}

/* The firm that the text was about just before: who spoke, else whom the sentence before was about. */
static uint32_t last_firm(const struct sl_speakers *s)
{
    enum { REACH = 2 }; /* sentences back */
    if (s->sentence - s->speaker_sentence <= REACH && can_be_firm(s, s->speaker)) {
        return s->speaker;
    }
    return s->sentence - s->subject_sentence == 1 && can_be_firm(s, s->subject) ? s->subject : 0;
}

uint32_t sl_description(struct sl_speakers *s, const struct sl_clause *c, int from, int to)
{
    static const uint32_t left_out =
        SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_PREP);
    uint32_t at;
    uint32_t e;
    bool definite = false;
    while (from < to - 1 && sl_tag_in(c, from, left_out) && !sl_is_word(c, from, "first")) {
        definite = definite || (c->text[c->tok[from].begin] | 0x20) == 't';
        from++;
    }
    at = sl_entity_key(s, sl_entity_form(c, from, to)); /* nearly every one is new */
    if (at == 0) {
        return SL_SPEAKER_NOMEM;
    }
    if (to - from <= 2) { /* her husband, the chairman: who was called so */
        const bool own = to - from == 2 && sl_tag(c, from) == TAG_POSS;
        e = own        ? sl_entity_get(s, sl_entity_word(c, from + 1), AS_ROLE)
            : definite ? sl_entity_told(s, at, AS_ROLE)
                       : 0;
        if (e == 0 && definite && to - from == 2 && sl_has(c, from, SL_QC_PARTY)) {
            e = sl_entity_get(s, sl_entity_word(c, from + 1), AS_ROLE); /* the Republican senator */
        }
        if (e == 0 && definite && to - from == 1 && sl_is_firm(c, from)) {
            e = last_firm(s);
        }
        if (e != 0) {
            return e;
        }
    }
    e = sl_entity_told(s, at, AS_FORM);
    if (e == 0) {
        e = describe(s, c, from, to);
        if (e == SL_SPEAKER_NOMEM) {
            return e;
        }
        s->told[at - 1].entity[AS_FORM] = e;
    }
    s->entity[e].n_mention++;
    s->entity[e].sentence = s->sentence;
    return e;
}
