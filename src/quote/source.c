/* Who a source is: a name in it, a pronoun, a role, a description. */
#include "quote/entity.h"

/* The last name that lies in tokens [from, to). */
static const struct sl_name *mention_in(const struct sl_speakers *s, int from, int to, bool at_end)
{
    int n = s->n_mention;
    while (n > 0 && s->mention[n - 1].to > to) {
        n--; /* few are in a sentence */
    }
    if (n == 0 || s->mention[n - 1].from < from || (at_end && s->mention[n - 1].to != to)) {
        return NULL;
    }
    return &s->mention[n - 1];
}

/* The name, of those from number k on, that ends before token `to`; NULL: none. */
static const struct sl_name *name_ending(const struct sl_speakers *s, int k, int to)
{
    while (k < s->n_mention && s->mention[k].to < to) {
        k++;
    }
    return k < s->n_mention && s->mention[k].to == to ? &s->mention[k] : NULL;
}

static uint32_t bearer_of(const struct sl_name *m)
{
    return m != NULL ? m->entity : SL_SPEAKER_UNKNOWN;
}

/* Minister, Prime Minister, Malaysian Trade Minister: no word of it is a name. */
static bool is_title_alone(const struct sl_clause *c, const struct sl_name *m)
{
    for (int k = m->from; k < m->to; k++) {
        if (c->tok[k].word == 0 || sl_has(c, k, SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE)) {
            return false;
        }
    }
    return sl_has(c, m->to - 1, SL_QC_TITLE);
}

/* Who has the title m, of which more follows: Secretary of State X; the Minister of Trade, X. NULL: nobody
 * before `to`. */
static const struct sl_name *titled(const struct sl_speakers *s, const struct sl_clause *c,
                                    const struct sl_name *m, int to)
{
    for (const struct sl_name *next = m + 1; next < s->mention + s->n_mention && next->to <= to;
         next++) {
        const struct entity *e = &s->entity[next->entity];
        if (sl_tag(c, next->from - 1) == TAG_COMMA) {
            return e->sort == SORT_BODY ? NULL : next;
        }
        if (e->sort == SORT_PERSON && e->n_word >= 2) {
            return next;
        }
    }
    return NULL;
}

/* Guo's comments are Guo's, his comments are his: the first 's or pronoun of a source whose last word is what
 * somebody said; -1: it is not. */
static int owner_before(const struct sl_clause *c, struct sl_range source)
{
    static const uint32_t owns = SL_TAG_BIT(TAG_GEN) | SL_TAG_BIT(TAG_POSS);
    const int last = source.to - 1;
    int k = source.from;
    if ((sl_qword(c, last)->noun == 0 && !sl_has(c, last, SL_QC_VENUE)) ||
        c->tok[last].flags & TOK_CAP) {
        return -1;
    }
    while (k < last && !sl_tag_in(c, k, owns)) {
        k++;
    }
    return k < last ? k : -1;
}

/* Behind the list whose first item ends at `end`, if it ends the source: officials in A, B and C. */
static int behind_list(const struct sl_clause *c, int end, int to)
{
    static const uint32_t between =
        SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DET);
    bool joined = false;
    for (int k = end; k < to; k++) {
        if (!sl_in_np(sl_tag(c, k)) && !sl_tag_in(c, k, between)) {
            return end;
        }
        joined = joined || sl_tag(c, k) == TAG_CONJ;
    }
    return joined ? to : end;
}

/* Whether tokens [from, to) are several: the painter X and the writer Y */
static bool is_joined(const struct sl_clause *c, int from, int to)
{
    while (from < to && sl_tag(c, from) != TAG_CONJ) {
        from++;
    }
    return from < to;
}

/* The name behind which an apposition ends at the comma e: X, a director of Y, | who; NULL: none. */
static const struct sl_name *before_apposition(const struct sl_speakers *s,
                                               const struct sl_clause *c, int e)
{
    const int from = sl_np_start(c, e - 1);
    if (sl_tag(c, e) != TAG_COMMA || sl_tag(c, from - 1) != TAG_COMMA ||
        c->tok[from].flags & TOK_CAP) {
        return NULL;
    }
    return is_joined(c, from, e) ? NULL : mention_in(s, 0, from - 1, true);
}

/* Whether the name m is an apposition by itself, with what stands before it, behind a comma behind `head`: the vicar,
 * the Rev. X; not: the minister, Norvane's critic; in Portland, Ore. */
static bool is_apposed(const struct sl_clause *c, const struct sl_name *m, int head)
{
    const uint32_t before = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_ADJ);
    int k = m->from;
    if (sl_in_np(sl_tag(c, m->to)) || (m->to - m->from == 1 && sl_is_state(c, m->from))) {
        return false;
    }
    while (k - 1 > head && (sl_tag_in(c, k - 1, before) || sl_is_spelled(c, k - 1, "state"))) {
        k--; /* state Sen. X */
    }
    for (int i = head; i < k; i++) {
        if (sl_is_spelled(c, i, "including")) {
            return false;
        }
    }
    return k > head && sl_tag_in(c, k - 1, SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DASH));
}

/* Whether the source goes on with a preposition at `head` and a list: executives | at A, B and C. */
static bool is_list(const struct sl_clause *c, int head, int to)
{
    int end = head + 1;
    while (end < to && sl_in_np(sl_tag(c, end))) {
        end++;
    }
    return sl_tag(c, head) == TAG_PREP && behind_list(c, end, to) > end;
}

/* Whose name ends the phrase that goes on behind brackets at `head`: the firm (ABC.N) chairman X. NULL: nobody's.
 * *end: where the phrase ends. */
static const struct sl_name *behind_brackets(const struct sl_speakers *s, const struct sl_clause *c,
                                             int head, int to, int *end)
{
    const struct sl_name *m;
    int k = head;
    int begin;
    while (k < to && sl_tag(c, k) != TAG_RP) {
        k++;
    }
    begin = ++k;
    while (k < to && sl_in_np(sl_tag(c, k))) {
        k++;
    }
    m = mention_in(s, begin, k, true);
    *end = k;
    return m != NULL && s->entity[m->entity].sort != SORT_BODY ? m : NULL;
}

/* Where its author stands, behind the head of a source, if that is what somebody said: the letter | from X, a statement
 * | released by X; 0: none is told. */
static int author_at(const struct sl_clause *c, int head)
{
    static const char *const made[] = {"released", "issued",  "made",      "written", "sent",
                                       "signed",   "posted",  "published", "filed",   "submitted",
                                       "prepared", "drafted", "delivered", "given",   "authored"};
    int by = head;
    if (sl_qword(c, head - 1)->noun == 0 && !sl_has(c, head - 1, SL_QC_VENUE)) {
        return 0;
    }
    by += sl_is_one_of(c, head, made, sizeof made / sizeof made[0]);
    return sl_tag(c, by) == TAG_PREP && sl_has(c, by, SL_QC_AUTHOR) &&
                   (by == head || sl_is_spelled(c, by, "by"))
               ? by + 1
               : 0;
}

static uint32_t resolve(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source);

/* Whom the relative pronoun at i belongs to, behind a comma or where its clause begins: X of Y, | who. */
static uint32_t antecedent(struct sl_speakers *s, const struct sl_clause *c, int i)
{
    enum { NEAR = 12 }; /* tokens back to a name */
    const struct sl_name *m = NULL;
    if (sl_is_word(c, i, "who") && sl_tag(c, i - 1) == TAG_COMMA && i > 1) {
        const struct sl_range head = {sl_np_start(c, i - 2), i - 1};
        m = before_apposition(s, c, head.to);
        if (m == NULL && !is_joined(c, head.from, head.to)) {
            const uint32_t e = resolve(s, c, head);
            if (e != SL_SPEAKER_UNKNOWN && (e == SL_SPEAKER_NOMEM || s->entity[e].named)) {
                return e;
            }
        }
    }
    m = m != NULL ? m : mention_in(s, 0, i - 1, true);
    m = m != NULL ? m : mention_in(s, 0, i, true);
    return bearer_of(m != NULL ? m : mention_in(s, i > NEAR ? i - NEAR : 0, i, false));
}

/* Behind the head of a source: before a comma, a preposition, a relative. */
static int head_end(const struct sl_clause *c, struct sl_range source)
{
    const uint32_t inside = SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_V);
    const uint32_t before = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADV);
    int k = source.from;
    while (k < source.to &&
           (sl_in_np(sl_tag(c, k)) || /* a newly elected senator */
            (k > source.from && sl_tag_in(c, k, inside) && sl_tag_in(c, k - 1, before)))) {
        k++;
    }
    return k - (k > source.from && k == source.to && sl_tag(c, k - 1) == TAG_GEN);
}

/* The name at the end of the source's head, which ends at *head; NULL: none. Names of the source are those from number
 * `first` on. *head: moved on where the name runs over it. */
static const struct sl_name *name_at_head(const struct sl_speakers *s, const struct sl_clause *c,
                                          struct sl_range source, int first, int *head)
{
    const struct sl_name *m;
    int end;
    /* of Roy "Buck" Roe the source is Roe alone */
    m = sl_tag(c, source.from - 1) == TAG_QC ? mention_in(s, 0, *head, true)
                                             : name_ending(s, first, *head);
    /* Senate of Australia: a name that runs over its preposition */
    for (int k = first; m == NULL && k < s->n_mention && s->mention[k].from < *head; k++) {
        if (s->mention[k].to > *head && s->mention[k].to <= source.to) {
            m = &s->mention[k];
            *head = m->to;
        }
    }
    if (m != NULL && sl_tag(c, *head) == TAG_LP) {
        const struct sl_name *bearer = behind_brackets(s, c, *head, source.to, &end);
        *head = bearer != NULL ? end : *head;
        m = bearer != NULL ? bearer : m;
    }
    return m;
}

/* Who has the name m at the source's head, or the title that it is. What stands around the name may name its bearer
 * later. */
static uint32_t named(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source,
                      const struct sl_name *m, int head)
{
    const uint32_t e = m->entity;
    if (sl_has(c, m->to - 1, SL_QC_TITLE) && sl_tag(c, head) == TAG_COMMA) {
        const struct sl_name *next = m + 1; /* the National Security Advisor, X */
        if (next < s->mention + s->n_mention && next->from == head + 1 && next->to <= source.to) {
            return next->entity;
        }
    }
    if (sl_tag(c, head) == TAG_PREP && is_title_alone(c, m)) {
        const struct sl_name *next = titled(s, c, m, source.to);
        if (next != NULL) {
            return sl_set_role(s, c, m->to - 1, next->entity) ? next->entity : SL_SPEAKER_NOMEM;
        }
    }
    if (sl_tag(c, head) == TAG_COMMA && !sl_learn_role(s, c, head + 1, source.to, e)) {
        return SL_SPEAKER_NOMEM;
    }
    if (m->from > source.from) { /* rotating chairman Guo Ping */
        if (!sl_learn_role(s, c, source.from, m->from, e) ||
            (sl_tag(c, m->from - 1) == TAG_N && !sl_set_role(s, c, m->from - 1, e))) {
            return SL_SPEAKER_NOMEM;
        }
    }
    return e;
}

/* The name, of those from number `first` on, that is an apposition of the head: the chairman of Huawei, Guo Ping,; not:
 * executives at A, B and C. NULL: none is. */
static const struct sl_name *apposed(const struct sl_speakers *s, const struct sl_clause *c,
                                     struct sl_range source, int first, int head)
{
    if (is_list(c, head, source.to)) {
        return NULL;
    }
    for (int k = first; k < s->n_mention && s->mention[k].from < source.to; k++) {
        const struct sl_name *m = &s->mention[k];
        if (is_apposed(c, m, head) && s->entity[m->entity].sort != SORT_BODY) {
            /* the candidate, Secretary of State X */
            const struct sl_name *bearer = is_title_alone(c, m) ? titled(s, c, m, source.to) : NULL;
            return bearer != NULL ? bearer : m;
        }
    }
    return NULL;
}

/* Where the description ends whose head ends at `head`: with the preposition behind it and what that belongs to, unless
 * this is long. */
static int description_end(const struct sl_clause *c, struct sl_range source, int head)
{
    enum { MOST = 10 }; /* tokens of a description */
    int end = head + 1;
    int list;
    if (!sl_tag_in(c, head, SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_TO)) || end >= source.to ||
        !sl_in_np(sl_tag(c, end))) {
        return head;
    }
    end += sl_tag(c, end) == TAG_DET;
    while (end < source.to && sl_in_np(sl_tag(c, end))) {
        end++;
    }
    if (end - source.from > MOST) {
        return head;
    }
    list = behind_list(c, end, source.to);
    return list - source.from <= MOST ? list : end;
}

/* Who a source is that is no pronoun. */
static uint32_t resolve_phrase(struct sl_speakers *s, const struct sl_clause *c,
                               struct sl_range source)
{
    const struct sl_name *m;
    int head = head_end(c, source);
    int first;
    int author;
    if (head == source.from) {
        return bearer_of(mention_in(s, source.from, source.to, false));
    }
    first = sl_first_name(s, source.from);
    m = name_at_head(s, c, source, first, &head);
    if (m != NULL) {
        return named(s, c, source, m, head);
    }
    m = apposed(s, c, source, first, head);
    if (m != NULL) {
        return sl_set_role(s, c, head - 1, m->entity) ? m->entity : SL_SPEAKER_NOMEM;
    }
    author = author_at(c, head);
    if (author > 0 && author < source.to) {
        return resolve(s, c, (struct sl_range){author, source.to});
    }
    return sl_description(s, c, source.from, description_end(c, source, head));
}

static uint32_t resolve(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source)
{
    const int i = source.from;
    const int t = sl_tag(c, i);
    int owner;
    if (source.to <= i) {
        return SL_SPEAKER_UNKNOWN;
    }
    if (source.to - i == 1 || t == TAG_PRON) {
        const bool relative = t == TAG_WH || t == TAG_THAT;
        if ((relative || sl_has(c, i, SL_QC_THAT)) && sl_nominal(sl_tag(c, i - 1))) {
            return resolve(s, c, (struct sl_range){sl_np_start(c, i - 1), i}); /* voters who */
        }
        if (relative) {
            return antecedent(s, c, i);
        }
        if (t == TAG_PRON || t == TAG_POSS) {
            return sl_pronoun(s, c, i);
        }
    }
    owner = owner_before(c, source);
    if (owner == i && t == TAG_POSS) {
        return sl_pronoun(s, c, i);
    }
    source.to = owner >= 0 && sl_tag(c, owner) == TAG_GEN ? owner : source.to;
    return resolve_phrase(s, c, source);
}

uint32_t sl_speakers_find(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source)
{
    uint32_t e = resolve(s, c, source);
    if (e != SL_SPEAKER_UNKNOWN && e != SL_SPEAKER_NOMEM) {
        s->speaker = e;
        s->speaker_sentence = s->sentence;
        s->entity[e].n_source++;
        if (s->entity[e].named) {
            s->entity[e].sentence = s->sentence;
        }
    }
    return e;
}
