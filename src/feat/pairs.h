/** Bigrams and trigrams as pairs, in a table that is their whole vocabulary.
 *
 *  A pair is a head and a word: (word, word) is a bigram, (bigram, word) a trigram, by their feature
 *  numbers. It is a number of `bits` bits, mixed by an odd factor (Knuth 1973, 6.4): the upper bits of
 *  what comes out, times the number of buckets, are its bucket, and the lower ones, which tell all that
 *  may lie there apart, with the steps from there are its tag. A bucket is 16 tags, a cache line, filled
 *  from the left; from a full one the search goes on to the next, SL_PAIR_STEPS buckets in all. The first
 *  bucket is nobody's, so that a search for nothing may end there. Tags lose nothing (quotienting, Knuth
 *  1973, exercise 13): nothing else can match, and the pair can be read back from where it lies. In a
 *  model the place of a pair, its slot, is its number too.
 */
#ifndef SL_FEAT_PAIRS_H
#define SL_FEAT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SL_PAIR_SLOTS 16
#define SL_PAIR_STEPS 8
#define SL_PAIR_NONE UINT32_MAX
#define SL_PAIR_FACTOR UINT64_C(0x9e3779b97f4a7c15)

struct sl_pairs {
    uint32_t bits;       /* of a pair: 32 to 64 */
    uint32_t word_bits;  /* of its word */
    uint32_t n_bucket;   /* where searches begin; one lies before them, SL_PAIR_STEPS - 1 behind */
    const uint32_t *tag; /* [sl_pair_slots], 64-aligned; 0: a free slot. NULL: no table */
    const uint32_t *feature; /* of a training's vocabulary: [sl_pair_slots]; NULL: the slot tells */
};

static inline size_t sl_pair_slots(uint32_t n_bucket)
{
    return ((size_t)n_bucket + SL_PAIR_STEPS) * SL_PAIR_SLOTS;
}

/* What sl_pair_home computes with, worked out once for many questions. */
struct sl_mixing {
    uint64_t n_bucket;
    uint64_t head_factor, word_factor; /* SL_PAIR_FACTOR, where each stands in the pair */
    uint32_t rest_mask, rest_shift;
};
struct sl_mixing sl_pair_mixing(const struct sl_pairs *t);

/* The bucket where the search for a pair begins, and its tag there. */
static inline uint64_t sl_pair_home(const struct sl_mixing *m, uint32_t head, uint32_t word,
                                    uint32_t *tag)
{
    uint64_t x = head * m->head_factor + word * m->word_factor;
    *tag = ((uint32_t)(x >> m->rest_shift) & m->rest_mask) * SL_PAIR_STEPS + 1;
    return ((x >> 32) * m->n_bucket >> 32) + 1;
}

/* Which slots of a bucket hold the tag: one at most. */
static inline uint32_t sl_pair_hit(const uint32_t *bucket, uint32_t tag)
{
#ifdef __SSE2__
    const __m128i *tags = (const __m128i *)bucket;
    __m128i want = _mm_set1_epi32((int)tag);
    __m128i low = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(tags), want),
                                  _mm_cmpeq_epi32(_mm_load_si128(tags + 1), want));
    __m128i high = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(tags + 2), want),
                                   _mm_cmpeq_epi32(_mm_load_si128(tags + 3), want));
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, high));
#else
    uint32_t hit = 0;
    for (uint32_t i = 0; i < SL_PAIR_SLOTS; i++) {
        hit |= (uint32_t)(bucket[i] == tag) << i;
    }
    return hit;
#endif
}

/* The pair's slot, or SL_PAIR_NONE. home and tag are sl_pair_home's. */
static inline uint32_t sl_pair_at(const struct sl_pairs *t, uint64_t home, uint32_t tag)
{
    const uint32_t *bucket = t->tag + home * SL_PAIR_SLOTS;
    for (uint32_t step = 0; step < SL_PAIR_STEPS; step++, bucket += SL_PAIR_SLOTS) {
        uint32_t hit = sl_pair_hit(bucket, tag + step);
        if (hit != 0) {
            return (uint32_t)(bucket - t->tag) + (uint32_t)__builtin_ctz(hit);
        }
        if (bucket[SL_PAIR_SLOTS - 1] == 0) {
            break;
        }
    }
    return SL_PAIR_NONE;
}
uint32_t sl_pair_find(const struct sl_pairs *t, uint32_t head, uint32_t word);

/* The pair in a slot; false where it is free, or holds what cannot be there. */
bool sl_pair_read(const struct sl_pairs *t, uint32_t slot, uint32_t *head, uint32_t *word);

/* Whether a table's shape is one that the functions above may be called with, for words below n_word and
 * heads among n_word and its slots. */
bool sl_pairs_shape_is_good(const struct sl_pairs *t, uint32_t n_word);

/* An empty table for n pairs of words below n_word, heads below `heads`, or, where that is 0, slots of
 * itself behind the words; `more` is how often one was too crowded. False: too large, or memory. */
bool sl_pairs_make(struct sl_pairs *t, uint64_t n, uint32_t n_word, uint64_t heads, unsigned more);
/* Fetches where the pair will be put. */
void sl_pair_fetch(const struct sl_pairs *t, uint32_t head, uint32_t word);
/* Puts a pair that it does not have; its slot, or SL_PAIR_NONE: it is too crowded there. */
uint32_t sl_pair_put(struct sl_pairs *t, uint32_t head, uint32_t word);
void sl_pairs_free(struct sl_pairs *t);

#endif
