/* Whose name a run of capitalised words is: known by the same words, by its last or first word, or new. */
#include "quote/entity.h"

#include <string.h>

/* Whether all of the name word[n] stand in the longer one, the last as its last. */
static bool shortens(const uint64_t *word, int n, const uint64_t *longer, int n_longer)
{
    int k = 0;
    if (n == 0 || n_longer == 0 || word[n - 1] != longer[n_longer - 1]) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        while (k < n_longer && longer[k] != word[i]) {
            k++;
        }
        if (k == n_longer) {
            return false;
        }
        k++;
    }
    return true;
}

static bool contradicts(const struct entity *e, const struct run *r)
{
    const bool other_gender =
        e->gender != GENDER_ANY && r->gender != GENDER_ANY && e->gender != (uint8_t)r->gender;
    const bool body_is_somebody = e->sort == SORT_BODY && r->sort == SORT_PERSON &&
                                  e->gender == GENDER_ANY && r->gender != GENDER_ANY;
    return other_gender || body_is_somebody || (e->sort == SORT_PERSON && r->sort == SORT_BODY);
}

/* Whether the run is a mention of the target, as a whole. Names come in the order of the text, and so do
 * mentions. */
static bool is_target(struct sl_speakers *s, const struct sl_clause *c, const struct run *r)
{
    const size_t begin = c->tok[r->from].begin;
    size_t k = s->next_target;
    while (k > 0 && s->target[k - 1].end > begin) {
        k--; /* should a name before the last one be read again */
    }
    while (k < s->n_target && s->target[k].end <= begin) {
        k++;
    }
    s->next_target = k;
    return k < s->n_target && s->target[k].begin == begin &&
           s->target[k].end == c->tok[r->to - 1].end;
}

/* The entity that another form of a name tells, if it can be this one's; never the target. */
static uint32_t other_form(const struct sl_speakers *s, uint32_t at, enum told_as as,
                           const struct run *r)
{
    uint32_t e = s->told[at - 1].entity[as];
    return e != 0 && e != s->target_entity && !contradicts(&s->entity[e], r) ? e : 0;
}

static bool other_suffix(uint64_t a, uint64_t b)
{
    return a != 0 && b != 0 && a != b; /* Jr. and Sr. */
}

/* Ken and Kenneth, Francois and François: more likely one than two. */
static bool begins_alike(const struct sl_speakers *s, uint32_t a, uint32_t b)
{
    return s->text[s->entity[a].name.begin] == s->text[s->entity[b].name.begin] &&
           !other_suffix(s->entity[a].suffix, s->entity[b].suffix);
}

/* Whether it is known to be the he or she that a title tells. */
static bool fits(const struct entity *e, const struct run *r)
{
    return r->gender != GENDER_ANY && e->gender == (uint8_t)r->gender;
}

static uint32_t mentions(const struct sl_speakers *s, uint32_t e)
{
    return s->entity[e].in_text ? s->entity[e].n_mention : 0;
}

/* The words of a name, as hashes, and the keys that they are. */
struct form {
    uint64_t word[ENTITY_WORDS]; /* [n] */
    uint64_t whole;              /* of all */
    uint64_t suffix;             /* of Jr. and the like; 0: none */
    int n;
    uint32_t at_whole, at_last;
};

/* The words of several tokens. */
static void read_words(const struct sl_clause *c, const struct run *r, struct form *f)
{
    const bool suffixed = (r->classes & SL_QC_NAME) != 0;
    for (int k = r->from; k < r->to && f->n < ENTITY_WORDS; k++) {
        const uint64_t word = sl_entity_word(c, k);
        if (suffixed && f->n > 0 && sl_has(c, k, SL_QC_NAME)) {
            f->suffix = word;
            continue;
        }
        f->word[f->n++] = word;
        f->whole = f->whole * 0x9e3779b97f4a7c15u + word;
    }
}

/* Nearly every name is told by its words from here on: they become keys at once. False when memory is
 * short. */
static bool read_form(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                      struct form *f)
{
    memset(f->word, 0, sizeof f->word);
    f->whole = f->suffix = 0;
    f->n = 0;
    if (r->to - r->from == 1) { /* most are one word */
        f->n = 1;
        f->whole = f->word[0] = sl_entity_word(c, r->from);
        f->at_whole = f->at_last = sl_entity_key(s, f->whole);
        return f->at_whole != 0;
    }
    read_words(c, r, f);
    f->at_last = sl_entity_key(s, f->word[f->n - 1]);
    f->at_whole = sl_entity_key(s, f->whole);
    return f->at_last != 0 && f->at_whole != 0;
}

/* The entity of a name that is known by its last word: the name shortens that one's, or is a fuller form of
 * it. Where it shortens two (Holt, behind Ann Holt and Bo Holt) it is the one's that is spoken of twice as
 * often, else neither's: a wrong one would be worse than one more. Of many only the latest are looked at.
 * 0: none. */
static uint32_t by_last_word(const struct sl_speakers *s, const struct form *f, const struct run *r)
{
    enum { MOST = 8 };
    uint32_t e = s->told[f->at_last - 1].entity[AS_LAST];
    uint32_t found = 0;
    uint32_t other = 0; /* mentions of the other that is spoken of most */
    for (int k = 0; k < MOST && e != 0; k++, e = s->entity[e].namesake) {
        const struct entity *x = &s->entity[e];
        if (e == s->target_entity || contradicts(x, r)) {
            continue;
        }
        if (k == 0 && f->n > x->n_word && x->sort != SORT_BODY &&
            shortens(x->word, x->n_word, f->word, f->n)) {
            return e;
        }
        if (f->n >= x->n_word || !shortens(f->word, f->n, x->word, x->n_word)) {
            continue;
        }
        if (found == 0 || (fits(x, r) && !fits(&s->entity[found], r))) {
            found = e;
            other = 0;
        } else if (fits(x, r) == fits(&s->entity[found], r) && !begins_alike(s, e, found)) {
            const bool more = mentions(s, e) > mentions(s, found);
            const uint32_t less = mentions(s, more ? found : e);
            other = other > less ? other : less;
            found = more ? e : found;
        }
    }
    return mentions(s, found) >= 2 * other ? found : 0;
}

/* Whom a name without the target in it tells, or 0. *known: its form does. */
static uint32_t find(struct sl_speakers *s, const struct run *r, struct form *f, bool *known)
{
    uint32_t e = other_form(s, f->at_whole, AS_FORM, r);
    if (e != 0 && other_suffix(f->suffix, s->entity[e].suffix)) { /* who was so called first */
        f->at_whole = sl_entity_key(s, f->whole + f->suffix);
        e = f->at_whole == 0 ? SL_SPEAKER_NOMEM : other_form(s, f->at_whole, AS_FORM, r);
        if (e == SL_SPEAKER_NOMEM) {
            return e;
        }
    }
    *known = e != 0;
    if (sl_is_place(r)) {
        return e;
    }
    if (e == 0 || (r->gender != GENDER_ANY && !fits(&s->entity[e], r))) {
        const uint32_t fuller = by_last_word(s, f, r);
        if (e == 0 || fits(&s->entity[fuller], r)) { /* Ms Holt: Ann, though Holt is unsure */
            e = fuller;
        }
    }
    if (e == 0 && f->n == 1 && (r->classes & SL_QC_ORGANISATION) != 0) {
        e = other_form(s, f->at_whole, AS_ROLE, r); /* the Ministry */
    }
    if (e == 0 && f->n == 1) { /* Guo for Guo Ping, Huawei for Huawei Technologies */
        const uint32_t by_first = other_form(s, f->at_last, AS_FIRST, r);
        if (by_first != 0 && s->entity[by_first].in_text &&
            (s->entity[by_first].sort != SORT_BODY || s->entity[by_first].n_word == 2)) {
            e = by_first;
        }
    }
    return e;
}

/* Whether the title of a new name belongs to it: Mrs Roe, where Roe is somebody else. */
static bool needs_title(const struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                        const struct form *f)
{
    return r->gender != GENDER_ANY && f->n == 1 && sl_has(c, r->from - 1, SL_QC_TITLE) &&
           (sl_entity_told(s, f->at_last, AS_LAST) != 0 ||
            sl_entity_told(s, f->at_last, AS_FIRST) != 0);
}

/* Takes the name from tokens [from, r->to): the first of its bearer, or a fuller one. */
static void set_name(struct entity *x, const struct sl_clause *c, const struct run *r, int from,
                     const struct form *f)
{
    struct slant_span name = {c->tok[from].begin, c->tok[r->to - 1].end};
    while (c->text[name.end - 1] == '.' && name.end > name.begin + 1 && r->to - r->from == 1 &&
           !(c->tok[r->from].flags & TOK_UPPER)) {
        name.end--;
    }
    x->name = name;
    x->n_word = (uint8_t)f->n;
    x->at_last = f->at_last;
    memcpy(x->word, f->word, sizeof x->word);
}

/* A new bearer, of the run and what stands before it. */
static uint32_t new_bearer(struct sl_speakers *s, const struct sl_clause *c, const struct run *r,
                           const struct form *f)
{
    const int from = r->from - needs_title(s, c, r, f);
    const uint32_t e = sl_entity_add(s);
    struct entity *x;
    if (e == SL_SPEAKER_NOMEM) {
        return e;
    }
    x = &s->entity[e];
    x->named = x->agent = true;
    x->sort = r->located ? SORT_BODY : (uint8_t)r->sort;
    x->gender = (uint8_t)r->gender;
    x->given = (uint8_t)r->given;
    x->suffix = f->suffix;
    set_name(x, c, r, from, f);
    return e;
}

/* What a further mention tells of x. Whether it is the fullest name so far. */
static bool meet_again(struct entity *x, const struct sl_clause *c, const struct run *r,
                       const struct form *f)
{
    const bool fuller = f->n > x->n_word;
    if (x->sort == SORT_UNSURE || (x->sort == SORT_BODY && r->sort == SORT_PERSON)) {
        x->sort = (uint8_t)r->sort;
    }
    x->gender = x->gender == GENDER_ANY ? (uint8_t)r->gender : x->gender;
    x->suffix = x->suffix == 0 ? f->suffix : x->suffix;
    if (fuller) {
        set_name(x, c, r, r->from, f);
    }
    return fuller;
}

/* What any mention tells of x. */
static void note_mention(struct entity *x, const struct sl_clause *c, const struct run *r)
{
    const uint64_t authority =
        SL_QC_AUTHORITY | SL_QC_PLACE | SL_QC_PEOPLE | SL_QC_TIME | SL_QC_TITLE;
    const unsigned the = sl_follows_article(c, r->from);
    const unsigned alone = !sl_in_np(sl_tag(c, r->to));
    x->n_mention++;
    x->n_the += the & alone;
    x->in_text |= !c->headline;
    x->authority |= (r->classes & authority) != 0;
    x->organisation |= (r->classes & SL_QC_ORGANISATION) != 0;
}

/* The last word of a name tells its bearer from here on, and the first word of the fullest one does unless
 * it tells another. False when memory is short. */
static bool remember(struct sl_speakers *s, uint32_t e, bool fullest)
{
    struct entity *x = &s->entity[e];
    uint32_t *told = &s->told[x->at_last - 1].entity[AS_LAST];
    x->namesake = *told != e ? *told : x->namesake;
    *told = e;
    if (fullest && x->n_word >= 2) {
        const uint32_t at = sl_entity_key(s, x->word[0]);
        if (at == 0) {
            return false;
        }
        told = &s->told[at - 1].entity[AS_FIRST];
        *told = *told == 0 ? e : *told;
    }
    return true;
}

uint32_t sl_bearer(struct sl_speakers *s, const struct sl_clause *c, const struct run *r)
{
    struct form f;
    bool target;
    bool known = false;
    bool fullest = true;
    uint32_t e;
    if (!read_form(s, c, r, &f)) {
        return SL_SPEAKER_NOMEM;
    }
    /* Mr Kaspersky is Eugene Kaspersky, if there is one */
    target =
        is_target(s, c, r) && (r->sort != SORT_PERSON || other_form(s, f.at_last, AS_LAST, r) == 0);
    e = target ? s->target_entity : find(s, r, &f, &known);
    if (e == 0) {
        e = new_bearer(s, c, r, &f);
    } else if (e != SL_SPEAKER_NOMEM) {
        fullest = meet_again(&s->entity[e], c, r, &f);
    }
    if (e == SL_SPEAKER_NOMEM) {
        return e;
    }
    note_mention(&s->entity[e], c, r);
    s->entity[e].sentence = s->sentence;
    if (target) {
        s->target_entity = e;
        return e;
    }
    if (!known) {
        s->told[f.at_whole - 1].entity[AS_FORM] = e;
    }
    return remember(s, e, fullest) ? e : SL_SPEAKER_NOMEM;
}
