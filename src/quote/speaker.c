/* Who a source is: a name in it, a pronoun, a role, a description. */
#include "quote/complement.h"
#include "quote/entity.h"

enum { REACH = 6 }; /* sentences back to the one that a pronoun stands for */

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

/* Number of the first name that begins at token `from` or behind it. The same is asked again for a source's
 * other names, and sources come nearly in order: it is looked for from the last one on. */
static int first_name(struct sl_speakers *s, int from)
{
    int k = s->at_source;
    while (k > 0 && s->mention[k - 1].from >= from) {
        k--;
    }
    while (k < s->n_mention && s->mention[k].from < from) {
        k++;
    }
    s->at_source = k;
    return k;
}

/* The name, of those from number k on, that ends before token `to`; NULL: none. */
static const struct sl_name *name_ending(const struct sl_speakers *s, int k, int to)
{
    while (k < s->n_mention && s->mention[k].to < to) {
        k++;
    }
    return k < s->n_mention && s->mention[k].to == to ? &s->mention[k] : NULL;
}

static bool can_be(const struct entity *e, enum gender g)
{
    return e->named &&
           (e->sort == SORT_PERSON ||
            (e->sort == SORT_UNSURE && (e->n_word >= 2 || e->given == (uint8_t)g))) &&
           (e->gender == GENDER_ANY || e->gender == g);
}

/* Whether a sentence behind the last speaker's, and just before this one, was about another. */
static bool about_another(const struct sl_speakers *s)
{
    return s->subject != 0 && s->subject != s->speaker &&
           (s->speaker == 0 || s->subject_sentence > s->speaker_sentence) &&
           s->subject_sentence < s->sentence && s->sentence - s->subject_sentence <= REACH / 3;
}

/* Whether the pronoun at `at` and its verb end the sentence, behind all that is said: Roe was wrong, he said.
 * He is not Roe then. */
static bool ends_with_cue(const struct sl_clause *c, int at)
{
    int k = at + 1;
    if (sl_tag(c, at - 1) != TAG_COMMA) {
        return false;
    }
    while (sl_tag(c, k) == TAG_AUX || sl_tag(c, k) == TAG_ADV) {
        k++;
    }
    return sl_verb_cue(c, k) && sl_is_end(c, sl_skip_adverbials(c, k + 1));
}

/* he, she: the name before it in the sentence, else whom a sentence since the last speaker's was about,
 * unless that speaker alone is known to be one, else the last speaker where it can be, else the one name of
 * the sentences before. */
static uint32_t pronoun(struct sl_speakers *s, const struct sl_clause *c, int at, enum gender g)
{
    uint32_t found = 0;
    const bool behind = s->n_mention > 0 && ends_with_cue(c, at);
    for (int k = 0; !behind && k < s->n_mention && s->mention[k].from < at; k++) {
        const struct entity *e = &s->entity[s->mention[k].entity];
        if (!(c->tok[s->mention[k].from].flags & TOK_INQ) && can_be(e, g) &&
            sl_tag(c, s->mention[k].to) != TAG_GEN &&
            sl_tag(c, s->mention[k].from - 1) != TAG_PREP) {
            found = s->mention[k].entity;
            break; /* the first: its subject */
        }
    }
    if (found == 0 && about_another(s) && can_be(&s->entity[s->subject], g) &&
        (s->entity[s->subject].gender == g || s->entity[s->speaker].gender != g)) {
        found = s->subject;
    }
    if (found == 0 && s->speaker != 0 && s->sentence - s->speaker_sentence <= REACH &&
        can_be(&s->entity[s->speaker], g)) {
        found = s->speaker;
    }
    for (int k = 0; found == 0 && k < ENTITY_RECENT && s->recent[k] != 0; k++) {
        const struct entity *e = &s->entity[s->recent[k]];
        if (s->sentence - e->sentence > REACH / 2) {
            break;
        }
        if (can_be(e, g) && e->sentence < s->sentence) {
            found = s->recent[k];
        }
    }
    if (found != 0) {
        s->entity[found].gender = (uint8_t)g;
        s->entity[found].sort = SORT_PERSON;
    }
    return found;
}

static bool can_be_body(const struct entity *e)
{
    return e->named && (e->sort == SORT_BODY ||
                        (e->sort == SORT_UNSURE && e->gender == GENDER_ANY && e->n_word == 1));
}

static uint32_t last_of_sort(const struct sl_speakers *s, enum sort a, enum sort b)
{
    if (a == SORT_BODY && about_another(s) && s->entity[s->subject].named &&
        (s->entity[s->subject].sort == SORT_BODY ||
         (s->entity[s->subject].sort == SORT_UNSURE && s->entity[s->subject].n_word == 1))) {
        return s->subject; /* it */
    }
    if (s->speaker != 0 && s->sentence - s->speaker_sentence <= REACH) {
        const struct entity *e = &s->entity[s->speaker];
        if (e->sort == a || e->sort == b || (a == SORT_BODY && can_be_body(e))) {
            return s->speaker;
        }
    }
    return 0;
}

void sl_entity_affiliate_its(struct sl_speakers *s, uint32_t e, int i)
{
    uint32_t owner = 0;
    for (int k = 0; k < s->n_mention && s->mention[k].from < i; k++) {
        owner = can_be_body(&s->entity[s->mention[k].entity]) ? s->mention[k].entity : owner;
    }
    owner = owner != 0 ? owner : last_of_sort(s, SORT_BODY, SORT_BODY);
    if (owner != 0 && owner != e && s->entity[e].of.end == s->entity[e].of.begin) {
        s->entity[e].of = s->entity[owner].name;
        s->entity[e].of_speaker = owner;
    }
}

static bool is_they(const struct sl_clause *c, struct sl_range source)
{
    return source.to == source.from + 1 && sl_tag(c, source.from) == TAG_PRON &&
           (sl_is_word(c, source.from, "they") || sl_is_word(c, source.from, "both"));
}

static uint32_t resolve_pronoun(struct sl_speakers *s, const struct sl_clause *c, int i)
{
    const char *p = c->text + c->tok[i].begin;
    size_t len = c->tok[i].end - c->tok[i].begin;
    if (sl_has(c, i, SL_QC_MALE)) {
        return pronoun(s, c, i, GENDER_MALE);
    }
    if (sl_has(c, i, SL_QC_FEMALE)) {
        return pronoun(s, c, i, GENDER_FEMALE);
    }
    if ((p[0] | 0x20) == 't' && len >= 4) { /* they, their */
        if (s->joint_of != 0 && s->joint_of == s->speaker &&
            s->sentence - s->speaker_sentence <= REACH / 3) {
            return s->speaker;
        }
        return last_of_sort(s, SORT_GROUP, SORT_BODY);
    }
    if (len >= 2 && (p[0] | 0x20) == 'i' && (p[1] | 0x20) == 't') {
        return last_of_sort(s, SORT_BODY, SORT_BODY); /* it, its */
    }
    return SL_SPEAKER_UNKNOWN;
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

/* Where its author stands, behind what somebody said: the letter | from X, a statement | released by X; 0: none is
 * told. */
static int author_at(const struct sl_clause *c, int head)
{
    static const char *const made[] = {"released", "issued",  "made",      "written", "sent",
                                       "signed",   "posted",  "published", "filed",   "submitted",
                                       "prepared", "drafted", "delivered", "given",   "authored"};
    const int by = head + sl_is_one_of(c, head, made, sizeof made / sizeof made[0]);
    return sl_tag(c, by) == TAG_PREP && sl_has(c, by, SL_QC_AUTHOR) &&
                   (by == head || sl_is_spelled(c, by, "by"))
               ? by + 1
               : 0;
}

static uint32_t resolve(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source)
{
    enum { MOST = 10 }; /* tokens of a description */
    int head = source.from;
    const struct sl_name *m;
    uint32_t e;
    int owner;
    int first;
    if (source.to <= source.from) {
        return SL_SPEAKER_UNKNOWN;
    }
    if (source.to - source.from == 1 || sl_tag(c, source.from) == TAG_PRON) {
        int i = source.from;
        int t = sl_tag(c, i);
        if (sl_nominal(sl_tag(c, i - 1)) &&
            (t == TAG_WH || t == TAG_THAT || sl_has(c, i, SL_QC_THAT))) {
            return resolve(s, c, (struct sl_range){sl_np_start(c, i - 1), i}); /* voters who */
        }
        if (t == TAG_WH || t == TAG_THAT) {
            const bool who = sl_is_word(c, i, "who") && sl_tag(c, i - 1) == TAG_COMMA && i > 1;
            m = who ? before_apposition(s, c, i - 1) : NULL;
            e = who && m == NULL && !is_joined(c, sl_np_start(c, i - 2), i - 1)
                    ? resolve(s, c,
                              (struct sl_range){sl_np_start(c, i - 2), i - 1}) /* X of Y, who */
                    : SL_SPEAKER_UNKNOWN;
            if (e != SL_SPEAKER_UNKNOWN && (e == SL_SPEAKER_NOMEM || s->entity[e].named)) {
                return e;
            }
            m = m != NULL ? m : mention_in(s, 0, i - 1, true);
            m = m != NULL ? m : mention_in(s, 0, i, true);
            if (m != NULL) {
                return m->entity;
            }
            m = mention_in(s, i > 12 ? i - 12 : 0, i, false);
            return m != NULL ? m->entity : SL_SPEAKER_UNKNOWN;
        }
        if (t == TAG_PRON || t == TAG_POSS) {
            return resolve_pronoun(s, c, i);
        }
    }
    owner = owner_before(c, source);
    if (owner >= 0) {
        if (owner == source.from && sl_tag(c, owner) == TAG_POSS) {
            return resolve_pronoun(s, c, owner);
        }
        source.to = sl_tag(c, owner) == TAG_GEN ? owner : source.to;
    }
    /* the head: the last word before a comma, a preposition, a relative */
    while (head < source.to &&
           (sl_in_np(sl_tag(c, head)) || /* a newly elected senator */
            (sl_tag_in(c, head, SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_V)) &&
             sl_tag_in(c, head - 1, SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADV)) &&
             head > source.from))) {
        head++;
    }
    if (head > source.from && sl_tag(c, head - 1) == TAG_GEN && head == source.to) {
        head--;
    }
    if (head == source.from) {
        m = mention_in(s, source.from, source.to, false);
        return m != NULL ? m->entity : SL_SPEAKER_UNKNOWN;
    }
    first = first_name(s, source.from);
    /* of Roy "Buck" Roe the source is Roe alone */
    m = sl_tag(c, source.from - 1) == TAG_QC ? mention_in(s, 0, head, true)
                                             : name_ending(s, first, head);
    if (m == NULL) { /* Senate of Australia: a name that runs over its preposition */
        for (int k = first; k < s->n_mention && s->mention[k].from < head; k++) {
            if (s->mention[k].to > head && s->mention[k].to <= source.to) {
                m = &s->mention[k];
                head = m->to;
                break;
            }
        }
    }
    if (m != NULL && sl_tag(c, head) == TAG_LP) {
        int end;
        const struct sl_name *bearer = behind_brackets(s, c, head, source.to, &end);
        m = bearer != NULL ? bearer : m;
        head = bearer != NULL ? end : head;
    }
    if (m != NULL && sl_has(c, m->to - 1, SL_QC_TITLE) && sl_tag(c, head) == TAG_COMMA) {
        const struct sl_name *next = m + 1; /* the National Security Advisor, X */
        if (next < s->mention + s->n_mention && next->from == head + 1 && next->to <= source.to) {
            return next->entity;
        }
    }
    if (m != NULL && sl_tag(c, head) == TAG_PREP && is_title_alone(c, m)) {
        const struct sl_name *next = titled(s, c, m, source.to);
        if (next != NULL) {
            return sl_set_role(s, c, m->to - 1, next->entity) ? next->entity : SL_SPEAKER_NOMEM;
        }
    }
    if (m != NULL) {
        e = m->entity;
        if (sl_tag(c, head) == TAG_COMMA && !sl_learn_role(s, c, head + 1, source.to, e)) {
            return SL_SPEAKER_NOMEM;
        }
        if (m->from > source.from && !sl_learn_role(s, c, source.from, m->from, e)) {
            return SL_SPEAKER_NOMEM;
        }
        /* rotating chairman Guo Ping */
        if (m->from > source.from && sl_tag(c, m->from - 1) == TAG_N &&
            !sl_set_role(s, c, m->from - 1, e)) {
            return SL_SPEAKER_NOMEM;
        }
        return e;
    }
    /* the chairman of Huawei, Guo Ping,; not: executives at A, B and C */
    for (int k = is_list(c, head, source.to) ? s->n_mention : first;
         k < s->n_mention && s->mention[k].from < source.to; k++) {
        m = &s->mention[k];
        if (is_apposed(c, m, head) && s->entity[m->entity].sort != SORT_BODY) {
            /* the candidate, Secretary of State X */
            const struct sl_name *bearer = is_title_alone(c, m) ? titled(s, c, m, source.to) : NULL;
            e = bearer != NULL ? bearer->entity : m->entity;
            return sl_set_role(s, c, head - 1, e) ? e : SL_SPEAKER_NOMEM;
        }
    }
    /* the letter from X, a statement released by X: X's */
    owner = sl_qword(c, head - 1)->noun != 0 || sl_has(c, head - 1, SL_QC_VENUE)
                ? author_at(c, head)
                : 0;
    if (owner > head && owner < source.to) {
        return resolve(s, c, (struct sl_range){owner, source.to});
    }
    if ((sl_tag(c, head) == TAG_PREP || sl_tag(c, head) == TAG_TO) &&
        sl_in_np(sl_tag(c, head + 1)) && head + 1 < source.to) {
        int end = sl_tag(c, head + 1) == TAG_DET ? head + 2 : head + 1;
        while (end < source.to && sl_in_np(sl_tag(c, end))) {
            end++;
        }
        if (end - source.from <= MOST) {
            const int list = behind_list(c, end, source.to);
            head = list - source.from <= MOST ? list : end;
        }
    }
    return sl_description(s, c, source.from, head);
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

/* Whether names in a row are joined by what stands from `from` to `to`: a comma, and; brackets aside. *joined:
 * some "and" was met. */
static bool joins(const struct sl_clause *c, int from, int to, bool *joined)
{
    enum { MOST = 5 };
    int n = 0;
    for (int i = from; i < to; i++) {
        int t = sl_tag(c, i);
        if (t == TAG_LP) {
            while (i < to && sl_tag(c, i) != TAG_RP) {
                i++;
            }
            continue;
        }
        if (t == TAG_COMMA && sl_tag(c, i + 1) == TAG_WH) { /* A, which is there, and B */
            do {
                i++;
            } while (i < to && sl_tag(c, i) != TAG_COMMA);
            if (i >= to) {
                return false; /* A, who leads B */
            }
            n++;
            continue;
        }
        if (sl_is_party(c, i) || (n > 0 && sl_in_np(t) && t != TAG_PRON && t != TAG_DET)) {
            continue; /* A, D-Ohio, and B; the carrier A, Spain's B */
        }
        if ((sl_is_word(c, i, "along") || sl_is_word(c, i, "together")) &&
            sl_is_word(c, i + 1, "with")) {
            *joined = true;
            n++;
            i++;
            continue;
        }
        *joined = *joined || t == TAG_CONJ;
        if ((t != TAG_CONJ && t != TAG_COMMA && t != TAG_DET) || ++n > MOST) {
            return false;
        }
    }
    return n > 0;
}

/* Whether the name at i is told as one of many: critics such as X, critics like X, countries including X and Y. */
static bool gives_example(const struct sl_clause *c, int i)
{
    i -= sl_tag(c, i - 1) == TAG_DET;
    return sl_is_spelled(c, i - 1, "including") || sl_is_spelled(c, i - 1, "like") ||
           (sl_is_word(c, i - 1, "as") && sl_is_word(c, i - 2, "such"));
}

static bool follows_preposition(const struct sl_clause *c, int i)
{
    const int k = i - 1 - (sl_tag(c, i - 1) == TAG_DET);
    return sl_tag(c, k) == TAG_PREP && !gives_example(c, i) && !sl_is_spelled(c, k, "by");
}

/* Whether a bracket that opens behind `from` is open at `to`: A (R., Ohio) and B */
static bool in_brackets(const struct sl_clause *c, int from, int to)
{
    bool open = false;
    for (int i = from; i < to; i++) {
        open = sl_tag(c, i) == TAG_LP || (open && sl_tag(c, i) != TAG_RP);
    }
    return open;
}

int sl_speakers_others(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source,
                       uint32_t speaker, uint32_t *out, int most)
{
    int n = 0;
    bool joined = false;
    const struct sl_name *last = NULL;
    if (speaker == SL_SPEAKER_UNKNOWN) {
        return 0;
    }
    if (speaker == s->joint_of && is_they(c, source)) {
        for (; n < s->n_joint && n < most; n++) {
            out[n] = s->joint[n];
        }
        return n;
    }
    s->joint_of = 0;
    for (int k = first_name(s, source.from); k < s->n_mention && s->mention[k].from < source.to;
         k++) {
        const struct sl_name *m = &s->mention[k];
        if (m->to > source.to || sl_tag(c, m->to) == TAG_GEN ||
            (last != NULL && in_brackets(c, last->to, m->from))) {
            continue;
        }
        if (last == NULL && !s->entity[speaker].named && follows_preposition(c, m->from)) {
            return 0; /* officials in A and B: they are neither */
        }
        if (last != NULL && !joins(c, last->to, m->from, &joined)) {
            if (!joined) {
                return 0;
            }
            break;
        }
        joined = joined || (last == NULL && gives_example(c, m->from));
        last = m;
        if (m->entity != speaker && n < most) {
            out[n++] = m->entity;
        }
    }
    if (!joined || last == NULL ||
        (last->to != source.to && sl_tag(c, last->to) != TAG_COMMA &&
         sl_tag(c, last->to) != TAG_LP)) {
        return 0;
    }
    s->joint_of = n > 0 ? speaker : 0;
    for (s->n_joint = 0; s->n_joint < n && s->n_joint < ENTITY_JOINT; s->n_joint++) {
        s->joint[s->n_joint] = out[s->n_joint];
    }
    return n;
}
