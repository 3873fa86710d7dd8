/** Look-up tables of a frozen vocabulary, as a model file holds them: one cache line a question.
 *
 *  Pairs are n-grams by what they are made of: feat/pairs.h.
 *
 *  Grams are words and character n-grams as numbers: their bytes, where they are 8 at most; of a longer
 *  word a hash, and what is found is compared; a longer character n-gram is looked up in the sorted
 *  strings. A bucket is filled from the left; from a full one the search goes on to the next,
 *  SL_GRAM_STEPS buckets in all. */
#ifndef SL_FEAT_LOOKUP_H
#define SL_FEAT_LOOKUP_H

#include "base/bytes.h"
#include "feat/pairs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_GRAM_STEPS 8
#define SL_GRAM_MAX 8 /* bytes */
#define SL_GRAM_SLOTS 5
struct sl_gram_bucket {
    uint64_t gram[SL_GRAM_SLOTS]; /* 0: free */
    uint32_t feature[SL_GRAM_SLOTS];
    uint32_t spilled; /* 1: the search goes on in the next bucket */
};

struct sl_grams {
    uint32_t bucket_bits; /* 2^bucket_bits buckets, SL_GRAM_STEPS - 1 more behind them */
    const struct sl_gram_bucket *bucket; /* NULL: no table */
};

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

#define SL_GRAM_FACTOR UINT64_C(0x9e3779b97f4a7c15)
#define SL_GRAM_SECOND_FACTOR UINT64_C(0xd6e8feb86659fd93)
static inline uint64_t sl_gram_home(const struct sl_grams *t, uint64_t gram)
{
    gram *= SL_GRAM_FACTOR;
    gram ^= gram >> 32;
    gram *= SL_GRAM_SECOND_FACTOR;
    return t->bucket_bits == 0 ? 0 : gram >> (64 - t->bucket_bits);
}

/* A bit for each slot of a bucket that holds the gram: one at most. */
static inline uint32_t sl_gram_hits(const struct sl_gram_bucket *b, uint64_t gram)
{
    uint32_t hit = 0;
    for (uint32_t i = 0; i < SL_GRAM_SLOTS; i++) {
        hit |= (uint32_t)(b->gram[i] == gram) << i;
    }
    return hit;
}

/* The feature of a gram that is searched for from a bucket on, or UINT32_MAX. */
static inline uint32_t sl_gram_from(const struct sl_gram_bucket *b, uint64_t gram)
{
    for (uint32_t step = 0; step < SL_GRAM_STEPS; step++, b++) {
        const uint32_t hit = sl_gram_hits(b, gram);
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
/* Fills a training vocabulary's tables from its lists and strings; false when memory is short, or its
 * shape is so odd that a table would be too large. */
bool sl_lookup_build(struct sl_vocabulary *v);
/* Makes it a model's vocabulary: its tables are filled, and its lists of bigrams and trigrams given up for
 * the table, by which it is numbered anew. number[features before]: the new ones. norm_level[features
 * before], rising with idf, tells which are frequent: they get the best places. NULL: nothing tells. */
bool sl_lookup_freeze(struct sl_vocabulary *v, const uint16_t *norm_level, uint32_t *number);
/* Its last part, which no file holds: the outline's table. False when memory is short. */
bool sl_lookup_outline(struct sl_vocabulary *v);
/* Whether every feature in the tables of grams lies where it must: nothing else needs checking. */
bool sl_lookup_is_good(const struct sl_vocabulary *v);
static inline size_t sl_lookup_buckets(uint32_t bucket_bits)
{
    return ((size_t)1 << bucket_bits) + SL_GRAM_STEPS - 1;
}

#endif
