#include "feat/place.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEAR = 5,
    WIDE = 10,
    POLAR_WINDOW = 4,
    VECTOR_WINDOW = 6,
    BREAK = 5,     /* what stands beyond a comma or a bracket is about the target less often */
    DECAY_END = 64 /* exp(-64 / 10) is below 0.002 */
};

void sl_readings_free(struct sl_readings *r)
{
    free(r->p);
    free(r->distance);
    free(r->part);
    free(r->telling);
    memset(r, 0, sizeof *r);
}

bool sl_readings_room(struct sl_readings *r, size_t n, size_t *room)
{
    *room = n < SL_READ_MAX - r->n ? n : SL_READ_MAX - r->n;
    return sl_grow(&r->p, &r->cap, r->n + *room, sizeof *r->p);
}

bool sl_readings_add(struct sl_readings *r, const struct sl_reading *one)
{
    size_t room;
    if (!sl_readings_room(r, 1, &room)) {
        return false;
    }
    if (room > 0) {
        r->p[r->n++] = *one;
    }
    return true;
}

struct placing {
    const struct sl_vocabulary *v;
    const char *text;
    const struct sl_readings *r;
    size_t first; /* the first mention; n where there is none, and no distance */
    sl_feature_seen *seen;
    void *user;
};

static bool emit(const struct placing *p, uint32_t feature, double n, size_t from, size_t to)
{
    return feature == SL_FEATURE_NONE ||
           p->seen(p->user, feature, n, (struct slant_span){p->r->p[from].begin, p->r->p[to].end});
}

static uint32_t further(uint32_t d, uint32_t step)
{
    return d + step < DECAY_END ? d + step : DECAY_END;
}

static void step_towards(struct sl_readings *r, size_t i, bool after_break, struct sl_distance *d)
{
    uint32_t step = after_break ? 1 + BREAK : 1;
    *d = r->p[i].mention ? (struct sl_distance){0, 0}
                         : (struct sl_distance){further(d->tokens, 1), further(d->decay, step)};
}

static size_t first_mention(const struct sl_readings *r)
{
    size_t i = 0;
    while (i < r->n && !r->p[i].mention) {
        i++;
    }
    return i;
}

/* To the nearest mention, from both sides. */
static bool measure(struct sl_readings *r)
{
    struct sl_distance d = {DECAY_END, DECAY_END};
    if (!sl_grow(&r->distance, &r->cap_distance, r->n, sizeof *r->distance)) {
        return false;
    }
    for (size_t i = 0; i < r->n; i++) {
        step_towards(r, i, r->p[i].after_break, &d);
        r->distance[i] = d;
    }
    d = (struct sl_distance){DECAY_END, DECAY_END};
    for (size_t i = r->n; i-- > 0;) {
        struct sl_distance *least = &r->distance[i];
        step_towards(r, i, i + 1 < r->n && r->p[i + 1].after_break, &d);
        least->tokens = d.tokens < least->tokens ? d.tokens : least->tokens;
        least->decay = d.decay < least->decay ? d.decay : least->decay;
    }
    return true;
}

/* ---- words about the target ---- */

static bool emit_window(const struct placing *p, size_t i, enum sl_block list, uint32_t reach)
{
    const struct sl_reading *t = &p->r->p[i];
    const struct sl_distance *d = p->r->distance;
    if (d[i].tokens > reach) {
        return true;
    }
    return emit(p, sl_find_listed(p->v, list, t->word), 1, i, i) &&
           (i == 0 || d[i - 1].tokens > reach ||
            emit(p, sl_find_listed(p->v, list, t->bigram), 1, i - 1, i));
}

static bool emit_words(const struct placing *p, size_t i)
{
    const struct sl_reading *t = &p->r->p[i];
    return emit_window(p, i, SL_BLOCK_NEAR, NEAR) && emit_window(p, i, SL_BLOCK_WIDE, WIDE) &&
           (i >= p->first || emit(p, sl_find_listed(p->v, SL_BLOCK_BEFORE, t->word), 1, i, i)) &&
           (i <= p->first || t->mention ||
            emit(p, sl_find_listed(p->v, SL_BLOCK_AFTER, t->word), 1, i, i));
}

/* ---- entries of the lexicon ---- */

static bool has_role(struct sl_polarity e, bool or_class)
{
    return e.role != SL_ROLE_NONE || (or_class && e.word_class != 0);
}

static struct sl_polarity read_phrase(const struct sl_lexicon *x, const char *text,
                                      const struct sl_readings *r, size_t i, bool or_class,
                                      size_t *last)
{
    char phrase[SL_PHRASE_MAX];
    size_t end[SL_PHRASE_WORDS] = {0};
    size_t len = 0;
    size_t n = 0;
    *last = i;
    for (; n < SL_PHRASE_WORDS && i + n < r->n; n++) {
        const struct sl_reading *t = &r->p[i + n];
        if (t->mention || (n > 0 && t->after_break)) {
            break;
        }
        if (n > 0) {
            phrase[len++] = ' ';
        }
        len += sl_fold(text + t->begin, t->end - t->begin, phrase + len);
        end[n] = len;
    }
    for (; n > 1; n--) {
        struct sl_polarity whole = sl_lexicon_phrase(x, phrase, end[n - 1]);
        if (has_role(whole, or_class)) {
            *last = i + n - 1;
            return whole;
        }
    }
    return r->p[i].polarity;
}

/* The longest entry with a role (or a class) that starts at token i; *last is its last token. */
static inline struct sl_polarity read_entry(const struct sl_lexicon *x, const char *text,
                                            const struct sl_readings *r, size_t i, bool or_class,
                                            size_t *last)
{
    *last = i;
    return r->p[i].polarity.starts_phrase ? read_phrase(x, text, r, i, or_class, last)
                                          : r->p[i].polarity;
}

_Static_assert(SL_READ_MAX <= UINT16_MAX, "a token's number fits");
static bool list_telling(struct sl_readings *r)
{
    size_t n = 0;
    if (!sl_grow(&r->telling, &r->cap_telling, r->n + 1, sizeof *r->telling)) {
        return false;
    }
    for (size_t i = 0; i < r->n; i++) { /* without branches: nobody foretells it */
        const struct sl_polarity *e = &r->p[i].polarity;
        r->telling[n] = (uint16_t)i;
        n += (e->role | e->word_class | e->starts_phrase | r->p[i].negator) != 0;
    }
    r->n_telling = n;
    return true;
}

/* ---- frames and outlines ---- */

/* The part of an entry that reaches from token i to last, by its role; WORD where it has none. */
static uint8_t part_of_role(const struct sl_readings *r, struct sl_polarity e, size_t i,
                            size_t last)
{
    return e.role == SL_ROLE_NEGATOR || (last == i && r->p[i].negator)
               ? SL_PART_CLASS + SL_CLASS_NOT
           : e.role != SL_ROLE_POLAR ? SL_PART_WORD
           : e.strength > 0          ? SL_PART_CLASS + SL_CLASS_POSITIVE
                                     : SL_PART_CLASS + SL_CLASS_NEGATIVE;
}

/* Every token's part is OUT; a sentence without tokens has room too. */
static bool clear_parts(struct sl_readings *r)
{
    if (!sl_grow(&r->part, &r->cap_part, r->n + 1, 1)) {
        return false;
    }
    memset(r->part, SL_PART_OUT, r->n);
    return true;
}

bool sl_readings_frame(struct sl_readings *r, const struct sl_lexicon *x, const char *text)
{
    if (!measure(r) || !clear_parts(r)) {
        return false;
    }
    for (size_t i = 0; i < r->n; i++) {
        size_t last;
        struct sl_polarity e;
        if (r->distance[i].decay > SL_FRAME_REACH) {
            continue;
        }
        e = read_entry(x, text, r, i, false, &last);
        r->part[i] = part_of_role(r, e, i, last);
        i = last; /* the rest of a phrase stays out */
    }
    return true;
}

bool sl_readings_outline(struct sl_readings *r, const struct sl_lexicon *x, const char *text)
{
    size_t at = 0; /* behind the last entry */
    if (!list_telling(r) || !clear_parts(r)) {
        return false;
    }
    for (size_t k = 0; k < r->n_telling; k++) {
        size_t i = r->telling[k];
        size_t last;
        struct sl_polarity e;
        uint8_t its;
        if (i < at) {
            continue; /* the rest of a phrase stays out */
        }
        e = read_entry(x, text, r, i, true, &last);
        /* where no phrase is, who reads on for the roles need not look */
        r->p[i].polarity.starts_phrase = r->p[i].polarity.starts_phrase && last > i;
        its = e.word_class != 0 ? (uint8_t)(SL_PART_CLASS + SL_N_ROLE_CLASS + e.word_class - 1)
                                : part_of_role(r, e, i, last);
        r->part[i] = its == SL_PART_WORD || r->p[i].mention ? SL_PART_OUT : its;
        at = last + 1;
    }
    return true;
}

/* The n-grams of the parts that are not OUT; those end where the target is too far. */
static bool emit_frame(const struct placing *p)
{
    const struct sl_vocabulary *v = p->v;
    uint32_t last = SL_FEATURE_NONE;
    uint32_t bigram = SL_FEATURE_NONE;
    size_t at[2] = {0, 0};
    for (size_t i = 0; i < p->r->n; i++) {
        uint32_t now;
        uint32_t pair;
        if (p->r->part[i] == SL_PART_OUT) {
            if (p->r->distance[i].decay > SL_FRAME_REACH) {
                last = bigram = SL_FEATURE_NONE;
            }
            continue;
        }
        now = p->r->part[i] == SL_PART_WORD ? p->r->p[i].word
                                            : v->class_word[p->r->part[i] - SL_PART_CLASS];
        pair = sl_find_bigram(v, last, now);
        if (!emit(p, sl_find_listed(v, SL_BLOCK_FRAME, now), 1, i, i) ||
            !emit(p, sl_find_listed(v, SL_BLOCK_FRAME, pair), 1, at[1], i) ||
            !emit(p, sl_find_listed(v, SL_BLOCK_FRAME, sl_find_trigram(v, bigram, now)), 1, at[0],
                  i)) {
            return false;
        }
        bigram = pair;
        last = now;
        at[0] = at[1];
        at[1] = i;
    }
    return true;
}

/* The n-grams of the classes, over whatever has none. */
static bool emit_outline(const struct placing *p)
{
    const uint32_t n_class = sl_n_class(&p->v->lexicon);
    const uint32_t *one = p->v->outline;
    const uint32_t *two = one + n_class;
    const uint32_t *three = two + n_class * n_class;
    const uint8_t *part = p->r->part;
    size_t at[2] = {0, 0};
    uint32_t before[2] = {0, 0}; /* classes */
    size_t n = 0;
    for (size_t k = 0; k < p->r->n_telling; k++) {
        const size_t i = p->r->telling[k];
        uint32_t now;
        uint32_t pair;
        if (part[i] == SL_PART_OUT) {
            continue;
        }
        now = (uint32_t)part[i] - SL_PART_CLASS;
        pair = before[1] * n_class + now;
        if (!emit(p, one[now], 1, i, i) || (n > 0 && !emit(p, two[pair], 1, at[1], i)) ||
            (n > 1 && !emit(p, three[before[0] * n_class * n_class + pair], 1, at[0], i))) {
            return false;
        }
        n++;
        before[0] = before[1];
        before[1] = now;
        at[0] = at[1];
        at[1] = i;
    }
    return true;
}

/* ---- polarity ---- */

static bool emit_slot(const struct placing *p, enum sl_polarity_slot slot, double strength,
                      double n, size_t from, size_t to)
{
    uint32_t feature =
        p->v->first[SL_BLOCK_PLACED_POLARITY] + 2 * (uint32_t)slot + (strength < 0 ? 1 : 0);
    return emit(p, feature, n * fabs(strength), from, to);
}

static bool emit_polarity(const struct placing *p, double strength, size_t from, size_t to)
{
    const struct sl_vocabulary *v = p->v;
    size_t first = p->first;
    uint32_t d;
    if (v->used[SL_BLOCK_POLARITY] &&
        !emit(p, v->first[SL_BLOCK_POLARITY] + (strength < 0 ? 1 : 0), fabs(strength), from, to)) {
        return false;
    }
    if (!v->used[SL_BLOCK_PLACED_POLARITY] || first == p->r->n) {
        return true;
    }
    d = p->r->distance[from].decay;
    if (d < DECAY_END &&
        (!emit_slot(p, SL_SLOT_DECAY_4, strength, exp(-(double)d / 4), from, to) ||
         !emit_slot(p, SL_SLOT_DECAY_10, strength, exp(-(double)d / 10), from, to))) {
        return false;
    }
    if (from < first) {
        return emit_slot(p, SL_SLOT_BEFORE, strength, 1, from, to) &&
               (from + POLAR_WINDOW < first ||
                emit_slot(p, SL_SLOT_BEFORE_4, strength, 1, from, to));
    }
    return emit_slot(p, SL_SLOT_AFTER, strength, 1, from, to) &&
           (from > first + POLAR_WINDOW || emit_slot(p, SL_SLOT_AFTER_4, strength, 1, from, to));
}

/* Strengths as entries give them, times what stands before: an intensifier or diminisher directly,
 * a negator up to four words away (turned and weakened: not good is less bad than bad). */
static bool emit_polarities(const struct placing *p)
{
    static const double turned = -0.7;
    double factor = 1;
    struct sl_negation negation = {0};
    size_t at = 0; /* behind the last entry */
    for (size_t k = 0; k < p->r->n_telling; k++) {
        const size_t i = p->r->telling[k];
        const struct sl_reading *t = &p->r->p[i];
        size_t last;
        struct sl_polarity e;
        bool negated;
        if (i < at) {
            continue; /* inside a phrase */
        }
        factor = i > at ? 1 : factor;
        for (; at < i && negation.left > 0; at++) {
            (void)sl_negation_step(&negation, p->r->p[at].after_break, false);
        }
        e = read_entry(&p->v->lexicon, p->text, p->r, i, false, &last);
        negated =
            sl_negation_step(&negation, t->after_break, e.role == SL_ROLE_NEGATOR) || t->negated;
        if (e.role == SL_ROLE_POLAR) {
            if (!emit_polarity(p, (double)e.strength * factor * (negated ? turned : 1), i, last)) {
                return false;
            }
        }
        factor =
            e.role == SL_ROLE_INTENSIFIER || e.role == SL_ROLE_DIMINISHER ? (double)e.strength : 1;
        at = last + 1;
    }
    return true;
}

/* ---- vectors ---- */

static bool emit_vectors(const struct placing *p, size_t i)
{
    const struct sl_vocabulary *v = p->v;
    uint32_t word = p->r->p[i].vector;
    size_t first = p->first;
    uint32_t d;
    if (word == SL_FEATURE_NONE) {
        return true;
    }
    if (v->used[SL_BLOCK_VECTOR] && !p->r->vectors_added &&
        !emit(p, v->first[SL_BLOCK_VECTOR] + word, 1, i, i)) {
        return false;
    }
    if (first == p->r->n) {
        return true;
    }
    d = p->r->distance[i].decay;
    return (!v->used[SL_BLOCK_VECTOR_NEAR] || d >= DECAY_END ||
            emit(p, v->first[SL_BLOCK_VECTOR_NEAR] + word, exp(-(double)d / 4), i, i)) &&
           (!v->used[SL_BLOCK_VECTOR_BEFORE] || i >= first || i + VECTOR_WINDOW < first ||
            emit(p, v->first[SL_BLOCK_VECTOR_BEFORE] + word, 1, i, i)) &&
           (!v->used[SL_BLOCK_VECTOR_AFTER] || i <= first || i > first + VECTOR_WINDOW ||
            emit(p, v->first[SL_BLOCK_VECTOR_AFTER] + word, 1, i, i));
}

bool sl_placed_features(const struct sl_vocabulary *v, const char *text, struct sl_readings *r,
                        sl_feature_seen *seen, void *user)
{
    struct placing p = {v, text, r, first_mention(r), seen, user};
    if (p.first < r->n && !measure(r)) { /* nobody asks where there is none */
        return false;
    }
    for (size_t i = p.first == r->n && r->vectors_added ? r->n : 0; i < r->n; i++) {
        if ((p.first < r->n && !emit_words(&p, i)) || !emit_vectors(&p, i)) {
            return false;
        }
    }
    if (v->list[SL_BLOCK_FRAME - SL_FIRST_LIST].n > 0 && p.first < r->n &&
        !(sl_readings_frame(r, &v->lexicon, text) && emit_frame(&p))) {
        return false;
    }
    if (v->outline != NULL && !(sl_readings_outline(r, &v->lexicon, text) && emit_outline(&p))) {
        return false;
    }
    return (!v->used[SL_BLOCK_POLARITY] && !v->used[SL_BLOCK_PLACED_POLARITY]) ||
           ((v->outline != NULL || list_telling(r)) && emit_polarities(&p));
}
