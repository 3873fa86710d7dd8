/* Whom a pronoun stands for, and who speaks beside a speaker: A, B and C. */
#include "quote/entity.h"
#include "quote/finding.h"

enum { REACH = 6 }; /* sentences back to the one that a pronoun stands for */

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

uint32_t sl_pronoun(struct sl_speakers *s, const struct sl_clause *c, int i)
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

static bool is_they(const struct sl_clause *c, struct sl_range source)
{
    return source.to == source.from + 1 && sl_tag(c, source.from) == TAG_PRON &&
           (sl_is_word(c, source.from, "they") || sl_is_word(c, source.from, "both"));
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
    for (int k = sl_first_name(s, source.from); k < s->n_mention && s->mention[k].from < source.to;
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
