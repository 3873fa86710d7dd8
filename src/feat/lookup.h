/** Look-up tables of a frozen vocabulary, as a model file holds them: one cache line a question.
 *
 *  Pairs are n-grams by what they are made of: (word, word) is a bigram, (bigram, word) a trigram,
 *  heads and words by their feature numbers. A pair is a number of k bits; an invertible mixing of k
 *  bits gives its bucket (the upper bits) and a remainder, which is all that the bucket keeps
 *  (quotienting, Knuth 1973, 6.4 exercise 13): nothing else can match. A bucket is 8 tags and 8
 *  features, filled from the left; from a full one the search goes on to the next, SL_PAIR_STEPS
 *  buckets in all.
 *
 *  Grams are words and character n-grams as numbers: their bytes, where they are 8 at most; of a longer
 *  word a hash, and what is found is compared; a longer character n-gram is looked up in the sorted
 *  strings. */
#ifndef SL_FEAT_LOOKUP_H
#define SL_FEAT_LOOKUP_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SL_PAIR_SLOTS 8
#define SL_PAIR_STEPS 8
struct sl_pair_bucket {
    uint32_t tag[SL_PAIR_SLOTS]; /* (remainder * SL_PAIR_STEPS + steps from home) + 1; 0: free */
    uint32_t feature[SL_PAIR_SLOTS];
};

#define SL_GRAM_MAX 8 /* bytes */
#define SL_GRAM_SLOTS 5
struct sl_gram_bucket {
    uint64_t gram[SL_GRAM_SLOTS]; /* 0: free */
    uint32_t feature[SL_GRAM_SLOTS];
    uint32_t spilled; /* 1: the search goes on in the next bucket */
};

struct sl_pairs {
    uint32_t bits;        /* of a pair */
    uint32_t word_bits;   /* of its word */
    uint32_t bucket_bits; /* 2^bucket_bits buckets, SL_PAIR_STEPS - 1 more behind them */
    const struct sl_pair_bucket *bucket; /* NULL: no table, see the sorted lists */
};

struct sl_grams {
    uint32_t bucket_bits;
    const struct sl_gram_bucket *bucket; /* as many; NULL: no table */
};

/* What sl_pair_home computes with, worked out once for many questions. */
struct sl_mixing {
    uint64_t mask, rest_mask;
    uint32_t word_bits, half, rest;
};
static inline struct sl_mixing sl_pair_mixing(const struct sl_pairs *t)
{
    uint32_t rest = t->bits - t->bucket_bits;
    return (struct sl_mixing){.mask = ~UINT64_C(0) >> (64 - t->bits),
                              .rest_mask = (UINT64_C(1) << rest) - 1,
                              .word_bits = t->word_bits,
                              .half = t->bits / 2 + 1,
                              .rest = rest};
}

/* The bucket where the search for a pair begins, and its tag there. */
static inline uint64_t sl_pair_home(const struct sl_mixing *m, uint32_t head, uint32_t word,
                                    uint32_t *tag)
{
    uint64_t x = (uint64_t)head << m->word_bits | word;
    x = x * UINT64_C(0x9e3779b97f4a7c15) & m->mask;
    x ^= x >> m->half;
    x = x * UINT64_C(0xd6e8feb86659fd93) & m->mask;
    *tag = (uint32_t)(x & m->rest_mask) * SL_PAIR_STEPS + 1;
    return x >> m->rest;
}

/* Which slots hold the tag: one at most. */
static inline uint32_t sl_pair_hit(const struct sl_pair_bucket *b, uint32_t tag)
{
#ifdef __SSE2__
    const __m128i *tags = (const __m128i *)b->tag;
    __m128i want = _mm_set1_epi32((int)tag);
    __m128i hit = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(tags), want),
                                  _mm_cmpeq_epi32(_mm_load_si128(tags + 1), want));
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(hit, hit)) & 0xff;
#else
    uint32_t hit = 0;
    for (uint32_t i = 0; i < SL_PAIR_SLOTS; i++) {
        hit |= (uint32_t)(b->tag[i] == tag) << i;
    }
    return hit;
#endif
}

/* The pair's feature, or UINT32_MAX. home and tag are sl_pair_home's. */
static inline uint32_t sl_pair_at(const struct sl_pairs *t, uint64_t home, uint32_t tag)
{
    for (uint32_t step = 0; step < SL_PAIR_STEPS; step++) {
        const struct sl_pair_bucket *b = t->bucket + home + step;
        uint32_t hit = sl_pair_hit(b, tag + step);
        if (hit != 0) {
            return b->feature[__builtin_ctz(hit)];
        }
        if (b->tag[SL_PAIR_SLOTS - 1] == 0) {
            break;
        }
    }
    return UINT32_MAX;
}

/* A gram of 1 to 8 bytes without NUL as a number: the first byte is its lowest. */
static inline uint64_t sl_gram_number(const char *p, size_t len)
{
    uint64_t gram = 0;
    for (size_t i = 0; i < len; i++) {
        gram |= (uint64_t)(unsigned char)p[i] << (8 * i);
    }
    return gram;
}

/* The same of any string; of a longer one a hash. */
static inline uint64_t sl_word_number(const char *p, size_t len)
{
    return len <= SL_GRAM_MAX ? sl_gram_number(p, len) : sl_hash(p, len, 0) | 1;
}
/* sl_gram_number where 8 bytes may be read. */
static inline uint64_t sl_gram_number_roomy(const char *p, size_t len)
{
    uint64_t gram;
    if (!sl_little_endian()) {
        return sl_gram_number(p, len);
    }
    memcpy(&gram, p, 8);
    return gram & ~UINT64_C(0) >> (64 - 8 * len);
}

static inline uint64_t sl_gram_home(const struct sl_grams *t, uint64_t gram)
{
    gram *= UINT64_C(0x9e3779b97f4a7c15);
    gram ^= gram >> 32;
    gram *= UINT64_C(0xd6e8feb86659fd93);
    return t->bucket_bits == 0 ? 0 : gram >> (64 - t->bucket_bits);
}

/* The feature of a gram that is searched for from a bucket on, or UINT32_MAX. */
static inline uint32_t sl_gram_from(const struct sl_gram_bucket *b, uint64_t gram)
{
    for (uint32_t step = 0; step < SL_PAIR_STEPS; step++, b++) {
        uint32_t hit = 0;
        for (uint32_t i = 0; i < SL_GRAM_SLOTS; i++) {
            hit |= (uint32_t)(b->gram[i] == gram) << i;
        }
        if (hit != 0) {
            return b->feature[__builtin_ctz(hit)];
        }
        if (b->spilled == 0) {
            break;
        }
    }
    return UINT32_MAX;
}

static inline uint32_t sl_gram_at(const struct sl_grams *t, uint64_t home, uint64_t gram)
{
    return sl_gram_from(t->bucket + home, gram);
}

struct sl_vocabulary;
/* Fills the vocabulary's tables from its lists and strings; false when memory is short, or its
 * shape is so odd that a table would be too large. */
bool sl_lookup_build(struct sl_vocabulary *v);
/* Its last part, which no file holds: the outline's table. False when memory is short. */
bool sl_lookup_outline(struct sl_vocabulary *v);
/* Whether every feature in the tables lies where it must, and their keys have the bits that the
 * vocabulary asks for: nothing else needs checking. */
bool sl_lookup_is_good(const struct sl_vocabulary *v);
static inline size_t sl_lookup_buckets(uint32_t bucket_bits)
{
    return ((size_t)1 << bucket_bits) + SL_PAIR_STEPS - 1;
}

#endif
