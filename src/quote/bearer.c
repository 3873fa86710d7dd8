/* Whose name a run of capitalised words is: known by the same words, by its last or first word, or new. */
#include "quote/entity.h"
#include "text/mention.h"

#include <string.h>

/* Whether all of the shorter name's words stand in the longer one, the last as its last. */
static bool shortens(const uint64_t *word, int n, const struct entity *e)
{
    int k = 0;
    if (n == 0 || e->n_word == 0 || word[n - 1] != e->word[e->n_word - 1]) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        while (k < e->n_word && e->word[k] != word[i]) {
            k++;
        }
        if (k == e->n_word) {
            return false;
        }
        k++;
    }
    return true;
}

static bool contradicts(const struct entity *e, struct run r)
{
    return (e->gender != GENDER_ANY && r.gender != GENDER_ANY && e->gender != r.gender) ||
           (e->sort == SORT_BODY && r.sort == SORT_PERSON && e->gender == GENDER_ANY &&
            r.gender != GENDER_ANY) ||
           (e->sort == SORT_PERSON && r.sort == SORT_BODY);
}

static bool is_target(const struct sl_speakers *s, const struct sl_clause *c, struct run r)
{
    const struct slant_span name = {c->tok[r.from].begin, c->tok[r.to - 1].end};
    const size_t k = sl_first_behind(s->target, s->n_target, name.begin);
    return k < s->n_target && s->target[k].begin == name.begin && s->target[k].end == name.end;
}

/* The entity that another form of a name tells, if it can be this one's; never the target. */
static uint32_t other_form(const struct sl_speakers *s, uint32_t at, enum told_as as, struct run r)
{
    uint32_t e = sl_entity_told(s, at, as);
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
static bool fits(const struct entity *e, struct run r)
{
    return r.gender != GENDER_ANY && e->gender == (uint8_t)r.gender;
}

static uint32_t mentions(const struct sl_speakers *s, uint32_t e)
{
    return s->entity[e].in_text ? s->entity[e].n_mention : 0;
}

/* The entity of a name that is known by its last word: the name shortens that one's, or is a fuller form of
 * it. Where it shortens two (Holt, behind Ann Holt and Bo Holt) it is the one's that is spoken of twice as
 * often, else neither's: a wrong one would be worse than one more. Of many only the latest are looked at.
 * 0: none. */
static uint32_t by_last_word(const struct sl_speakers *s, uint32_t at_last, const uint64_t *word,
                             int n, struct run r)
{
    enum { MOST = 8 };
    uint32_t e = sl_entity_told(s, at_last, AS_LAST);
    uint32_t found = 0;
    uint32_t other = 0; /* mentions of the other that is spoken of most */
    for (int k = 0; k < MOST && e != 0; k++, e = s->entity[e].namesake) {
        const struct entity *x = &s->entity[e];
        if (e == s->target_entity || contradicts(x, r)) {
            continue;
        }
        if (k == 0 && n > x->n_word && x->sort != SORT_BODY) {
            struct entity longer = {.n_word = (uint8_t)n};
            memcpy(longer.word, word, sizeof longer.word);
            if (shortens(x->word, x->n_word, &longer)) {
                return e;
            }
        }
        if (n >= x->n_word || !shortens(word, n, x)) {
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

/* The words of a name tell its bearer from here on, the first word unless it tells another. known: the
 * form tells it already. */
static bool remember(struct sl_speakers *s, uint32_t e, uint64_t form, bool known)
{
    struct entity *x = &s->entity[e];
    const uint32_t at_form = known ? 0 : sl_entity_key(s, form);
    if (!known) {
        if (at_form == 0) {
            return false;
        }
        s->told[at_form - 1].entity[AS_FORM] = e;
    }
    if (x->n_word > 0) {
        const uint64_t last = x->word[x->n_word - 1];
        uint32_t *told;
        if (x->at_last == 0) {
            x->at_last = !known && last == form ? at_form : sl_entity_key(s, last);
            if (x->at_last == 0) {
                return false;
            }
        }
        told = &s->told[x->at_last - 1].entity[AS_LAST];
        x->namesake = *told != e ? *told : x->namesake;
        *told = e;
    }
    if (!x->has_first && x->n_word >= 2) {
        const uint32_t at = sl_entity_key(s, x->word[0]);
        if (at == 0) {
            return false;
        }
        if (s->told[at - 1].entity[AS_FIRST] == 0) {
            s->told[at - 1].entity[AS_FIRST] = e;
        }
        x->has_first = true;
    }
    return true;
}

uint32_t sl_bearer(struct sl_speakers *s, const struct sl_clause *c, struct run r)
{
    uint64_t word[ENTITY_WORDS] = {0};
    uint64_t form = 0;
    uint64_t suffix = 0;
    uint32_t at_last;
    uint32_t at_form;
    int n = 0;
    uint32_t e;
    bool known;
    bool target;
    bool titled = false; /* Mrs Roe, where Roe is somebody else */
    struct entity *x;
    for (int k = r.from; k < r.to && n < ENTITY_WORDS; k++) {
        if (sl_has(c, k, SL_QC_NAME) && n > 0) {
            suffix = sl_entity_word(c, k);
            continue;
        }
        word[n] = sl_entity_word(c, k);
        form = form * 0x9e3779b97f4a7c15u + word[n];
        n++;
    }
    at_last = sl_entity_at(s, word[n - 1]);
    at_form = n == 1 ? at_last : sl_entity_at(s, form);
    /* Mr Kaspersky is Eugene Kaspersky, if there is one */
    target =
        is_target(s, c, r) && (r.sort != SORT_PERSON || other_form(s, at_last, AS_LAST, r) == 0);
    e = target ? s->target_entity : other_form(s, at_form, AS_FORM, r);
    if (!target && e != 0 && other_suffix(suffix, s->entity[e].suffix)) {
        form += suffix; /* Peter Lynch is who was so called first */
        e = other_form(s, sl_entity_at(s, form), AS_FORM, r);
    }
    known = e != 0 && !target;
    if (!target && !sl_is_place(c, r) &&
        (e == 0 || (r.gender != GENDER_ANY && !fits(&s->entity[e], r)))) {
        const uint32_t fuller = by_last_word(s, at_last, word, n, r);
        if (e == 0 || fits(&s->entity[fuller], r)) { /* Ms Holt: Ann, though Holt is unsure */
            e = fuller;
        }
    }
    if (e == 0 && !target && n == 1 &&
        !sl_is_place(c, r)) { /* Guo for Guo Ping, Huawei for Huawei Technologies */
        uint32_t by_first = other_form(s, at_last, AS_FIRST, r);
        if (by_first != 0 && s->entity[by_first].in_text &&
            (s->entity[by_first].sort != SORT_BODY || s->entity[by_first].n_word == 2)) {
            e = by_first;
        }
    }
    if (e == 0) {
        titled =
            n == 1 && r.gender != GENDER_ANY && r.from > 0 && sl_has(c, r.from - 1, SL_QC_TITLE) &&
            (sl_entity_told(s, at_last, AS_LAST) != 0 || sl_entity_told(s, at_last, AS_FIRST) != 0);
        e = sl_entity_add(s);
        if (e == SL_SPEAKER_NOMEM) {
            return e;
        }
        s->entity[e].named = s->entity[e].agent = true;
        s->entity[e].sort = r.located ? SORT_BODY : SORT_UNSURE;
        s->target_entity = target ? e : s->target_entity;
    }
    x = &s->entity[e];
    if (n > x->n_word) {
        x->n_word = (uint8_t)n;
        x->at_last = 0;
        x->has_first = false;
        memcpy(x->word, word, sizeof word);
        x->name = (struct slant_span){c->tok[r.from - titled].begin, c->tok[r.to - 1].end};
        while (x->name.end > x->name.begin + 1 && s->text[x->name.end - 1] == '.' &&
               r.to - r.from == 1 && n == 1 && !(c->tok[r.from].flags & TOK_UPPER)) {
            x->name.end--;
        }
    }
    x->suffix = x->suffix == 0 ? suffix : x->suffix;
    x->gender = x->gender == GENDER_ANY ? (uint8_t)r.gender : x->gender;
    x->sort = x->sort == SORT_UNSURE || (r.sort == SORT_PERSON && x->sort == SORT_BODY)
                  ? (uint8_t)r.sort
                  : x->sort;
    x->n_mention++;
    x->in_text = x->in_text || !c->headline;
    x->n_the += r.from > 0 && sl_tag(c, r.from - 1) == TAG_DET && !sl_in_np(sl_tag(c, r.to));
    for (int k = r.from; k < r.to; k++) {
        x->authority =
            x->authority ||
            sl_has(c, k, SL_QC_AUTHORITY | SL_QC_PLACE | SL_QC_PEOPLE | SL_QC_TIME | SL_QC_TITLE);
        x->organisation = x->organisation || sl_has(c, k, SL_QC_ORGANISATION);
    }
    x->sentence = s->sentence;
    return target || remember(s, e, form, known) ? e : SL_SPEAKER_NOMEM;
}
