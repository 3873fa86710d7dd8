/* Roles: what somebody is called beside the name, and may be called by later (the chairman). */
#include "quote/entity.h"

bool sl_set_role(struct sl_speakers *s, const struct sl_clause *c, int k, uint32_t e)
{
    static const uint32_t belongs = SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_PROP) |
                                    SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VN);
    const bool several = sl_tag_in(c, k - 1, belongs); /* the prime minister */
    const uint32_t at = sl_entity_key(s, sl_entity_word(c, k));
    if (at == 0 || (several && !sl_entity_set(s, sl_entity_form(c, k - 1, k + 1), AS_ROLE, e))) {
        return false;
    }
    if (!several || s->told[at - 1].entity[AS_ROLE] == 0) {
        s->told[at - 1].entity[AS_ROLE] = e;
    }
    return true;
}

bool sl_learn_role(struct sl_speakers *s, const struct sl_clause *c, int from, int to, uint32_t e)
{
    for (int k = from; k < to; k++) {
        int t = sl_tag(c, k);
        if (t == TAG_WH || (t == TAG_COMMA && k > from + 1) || sl_finite(t)) {
            break;
        }
        if (t == TAG_N && !(c->tok[k].flags & TOK_CAP) && !sl_in_np(sl_tag(c, k + 1))) {
            return sl_set_role(s, c, k, e);
        }
    }
    return true;
}

bool sl_learn_body(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                   uint32_t e)
{
    const int k = sl_has(c, r->to - 1, SL_QC_ORGANISATION) ? r->to - 1 : r->from;
    return r->to - r->from < 2 || s->entity[e].sort != SORT_BODY ||
           !sl_has(c, k, SL_QC_ORGANISATION) || sl_entity_set(s, sl_entity_word(c, k), AS_ROLE, e);
}

/* Whether an acronym's letters begin the words of the run [from, to), in order: Federal Court of Justice, FCJ. */
static bool abbreviates(const struct sl_clause *c, int acronym, int from, int to)
{
    const struct sl_qtoken *t = &c->tok[acronym];
    uint32_t at = t->begin;
    for (int k = from; k < to && at < t->end; k++) {
        at += c->text[c->tok[k].begin] == c->text[at];
    }
    return at == t->end && t->end - t->begin >= 2;
}

bool sl_learn_acronym(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                      uint32_t e)
{
    const int k = r->to + 1;
    if (r->to - r->from < 2 || sl_tag(c, k + 1) != TAG_RP || !(c->tok[k].flags & TOK_UPPER) ||
        !abbreviates(c, k, r->from, r->to)) {
        return true;
    }
    if (s->entity[e].name.end == c->tok[r->to - 1].end) {
        s->entity[e].name.end = c->tok[k + 1].end; /* so it is listed by both */
    }
    return sl_entity_set(s, sl_entity_form(c, k, k + 1), AS_FORM, e);
}

/* Sam Roe, the minister, left; not: in Roetown, the minister left. A comma stands behind the name. */
static bool is_apposition(const struct sl_clause *c, const struct run *r)
{
    enum { MOST = 10 };
    int k = r->to + 1;
    if (!sl_tag_in(c, k, SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS)) || sl_is_place(r)) {
        return false;
    }
    while (k < c->n && k - r->to < MOST && sl_tag(c, k) != TAG_COMMA && sl_tag(c, k) != TAG_STOP) {
        if (sl_finite(sl_tag(c, k))) {
            return false;
        }
        k++;
    }
    return k - r->to < MOST;
}

/* The minister, Sam Roe, left; not: in the ministry, Sam Roe left. The noun before a name with a comma behind, or -1: of the chairman of the
 * union it is the chairman. */
static int noun_before(const struct sl_clause *c, int begin)
{
    int noun = begin - 2;
    int start;
    if (noun < 1 || sl_tag(c, begin - 1) != TAG_COMMA || sl_tag(c, noun) != TAG_N) {
        return -1;
    }
    start = sl_np_start(c, noun);
    for (int k = start; k <= noun; k++) {
        noun = sl_tag(c, k) == TAG_PREP ? k - 1 : noun;
    }
    return sl_tag(c, noun) == TAG_N &&
                   (sl_tag(c, start) == TAG_DET || sl_tag(c, start) == TAG_POSS) &&
                   (start == 0 || sl_tag(c, start - 1) == TAG_COMMA)
               ? noun
               : -1;
}

/* Gov. Sam Roe may be the governor later. */
static bool set_full_title(struct sl_speakers *s, const struct sl_clause *c, int k, uint32_t e)
{
    static const struct {
        const char *title, *role;
    } full[] = {{"gov", "governor"},      {"sen", "senator"},        {"rep", "congressman"},
                {"rep", "congresswoman"}, {"rep", "representative"}, {"gen", "general"},
                {"prof", "professor"},    {"col", "colonel"},        {"lt", "lieutenant"}};
    for (size_t i = 0; i < sizeof full / sizeof full[0]; i++) {
        if (sl_is_word(c, k, full[i].title) &&
            !sl_entity_set(s, sl_entity_hash(full[i].role), AS_ROLE, e)) {
            return false;
        }
    }
    return true;
}

/* Whether what the titles of a run say was taken: Prime Minister Sam Roe; Minister for Trade. */
static bool learn_titles(struct sl_speakers *s, const struct sl_clause *c, int begin,
                         const struct run *r, uint32_t e)
{
    const int title = r->from - 1;
    if (title >= begin && sl_has(c, title, SL_QC_TITLE) &&
        !sl_has(c, title, SL_QC_MALE | SL_QC_FEMALE) &&
        !(sl_set_role(s, c, title, e) && set_full_title(s, c, title, e))) {
        return false;
    }
    return !(sl_has(c, r->from, SL_QC_TITLE) && sl_tag(c, r->from + 1) == TAG_PREP &&
             r->from + 1 < r->to) ||
           sl_set_role(s, c, r->from, e);
}

bool sl_learn_roles(struct sl_speakers *s, const struct sl_clause *c, int begin,
                    const struct run *r, uint32_t e)
{
    int noun;
    if (r->titled && !learn_titles(s, c, begin, r, e)) {
        return false;
    }
    if (sl_tag(c, r->to) != TAG_COMMA) {
        return true;
    }
    noun = noun_before(c, begin);
    if (noun >= 0 && !sl_set_role(s, c, noun, e)) {
        return false;
    }
    return !is_apposition(c, r) || sl_learn_role(s, c, r->to + 1, c->n, e);
}
