#include "base/memory.h"
#include "feat/vocabulary.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct sl_pair_bucket) == 64, "a bucket is a cache line");
_Static_assert(sizeof(struct sl_gram_bucket) == 64, "a bucket is a cache line");

enum { MAX_TAG_BITS = 28, MAX_BUCKET_BITS = 28 };

/* The fewest bits of which 2^bits buckets hold n things at `fill` a bucket. */
static uint32_t buckets_for(uint64_t n, uint64_t fill)
{
    uint32_t bits = 0;
    while ((fill << bits) < n) {
        bits++;
    }
    return bits;
}

/* ---- pairs ---- */

static bool add_pair(const struct sl_pairs *t, struct sl_pair_bucket *bucket, uint32_t head,
                     uint32_t word, uint32_t feature)
{
    uint32_t tag;
    struct sl_mixing mixing = sl_pair_mixing(t);
    uint64_t home = sl_pair_home(&mixing, head, word, &tag);
    for (uint32_t step = 0; step < SL_PAIR_STEPS; step++) {
        struct sl_pair_bucket *b = bucket + home + step;
        for (int i = 0; i < SL_PAIR_SLOTS; i++) {
            if (b->tag[i] == 0) {
                b->tag[i] = tag + step;
                b->feature[i] = feature;
                return true;
            }
        }
    }
    return false;
}

static bool add_pairs(const struct sl_vocabulary *v, struct sl_pair_bucket *bucket)
{
    const struct sl_pairs *t = &v->pair;
    for (uint32_t w = 0; w < v->n_word; w++) {
        for (uint32_t b = v->bigram_start[w]; b < v->bigram_start[w + 1]; b++) {
            if (!add_pair(t, bucket, w, v->bigram_next[b], sl_first_bigram(v) + b)) {
                return false;
            }
        }
    }
    for (uint32_t b = 0; b < v->n_bigram; b++) {
        for (uint32_t i = v->trigram_start[b]; i < v->trigram_start[b + 1]; i++) {
            if (!add_pair(t, bucket, sl_first_bigram(v) + b, v->trigram_next[i],
                          sl_first_trigram(v) + i)) {
                return false;
            }
        }
    }
    return true;
}

static uint32_t word_bits(const struct sl_vocabulary *v)
{
    return sl_bits_of(v->n_word);
}

static uint32_t pair_bits(const struct sl_vocabulary *v)
{
    return word_bits(v) + sl_bits_of((uint64_t)v->n_word + v->n_bigram);
}

static bool build_pairs(struct sl_vocabulary *v)
{
    struct sl_pairs *t = &v->pair;
    uint64_t n = (uint64_t)v->n_bigram + v->n_trigram;
    t->word_bits = word_bits(v);
    t->bits = pair_bits(v);
    t->bucket_bits = buckets_for(n, SL_PAIR_SLOTS - 1);
    if (t->bits > MAX_TAG_BITS && t->bucket_bits < t->bits - MAX_TAG_BITS) {
        t->bucket_bits = t->bits - MAX_TAG_BITS;
    }
    for (; t->bucket_bits <= MAX_BUCKET_BITS && t->bucket_bits <= t->bits; t->bucket_bits++) {
        size_t len = sl_lookup_buckets(t->bucket_bits) * sizeof(struct sl_pair_bucket);
        struct sl_pair_bucket *bucket = aligned_alloc(64, len);
        if (bucket == NULL) {
            return false;
        }
        memset(bucket, 0, len);
        if (add_pairs(v, bucket)) {
            t->bucket = bucket;
            return true;
        }
        free(bucket);
    }
    return false;
}

/* ---- grams ---- */

static bool add_gram(const struct sl_grams *t, struct sl_gram_bucket *bucket, uint64_t gram,
                     uint32_t feature)
{
    uint64_t home = sl_gram_home(t, gram);
    for (uint32_t step = 0; step < SL_PAIR_STEPS; step++) {
        struct sl_gram_bucket *b = bucket + home + step;
        for (int i = 0; i < SL_GRAM_SLOTS; i++) {
            if (b->gram[i] == 0) {
                b->gram[i] = gram;
                b->feature[i] = feature;
                return true;
            }
        }
        b->spilled = 1;
    }
    return false;
}

/* longest: of the strings that go in. */
static bool build_grams(struct sl_grams *t, const char *bytes, const uint32_t *start, uint32_t n,
                        uint32_t first, size_t longest)
{
    if (t->bucket != NULL) {
        return true;
    }
    for (t->bucket_bits = buckets_for(n, SL_GRAM_SLOTS - 1); t->bucket_bits <= MAX_BUCKET_BITS;
         t->bucket_bits++) {
        size_t len = sl_lookup_buckets(t->bucket_bits) * sizeof(struct sl_gram_bucket);
        struct sl_gram_bucket *bucket = aligned_alloc(64, len);
        bool good = bucket != NULL;
        if (bucket == NULL) {
            return false;
        }
        memset(bucket, 0, len);
        for (uint32_t i = 0; good && i < n; i++) {
            size_t size = start[i + 1] - start[i];
            if (size > 0 && size <= longest) {
                good = add_gram(t, bucket, sl_word_number(bytes + start[i], size), first + i);
            }
        }
        if (good) {
            t->bucket = bucket;
            return true;
        }
        free(bucket);
    }
    return false;
}

bool sl_lookup_outline(struct sl_vocabulary *v)
{
    const uint32_t n = sl_n_class(&v->lexicon);
    uint32_t *one = v->outline;
    uint32_t *two;
    uint32_t *three;
    if (v->list[SL_BLOCK_OUTLINE - SL_FIRST_LIST].n == 0) {
        return true;
    }
    if (one == NULL && (one = sl_array(n + n * n + n * n * n, sizeof *one)) == NULL) {
        return false;
    }
    v->outline = one;
    two = one + n;
    three = two + n * n;
    for (uint32_t a = 0; a < n; a++) {
        *one++ = sl_find_listed(v, SL_BLOCK_OUTLINE, v->class_word[a]);
        for (uint32_t b = 0; b < n; b++) {
            uint32_t bigram = sl_find_bigram(v, v->class_word[a], v->class_word[b]);
            *two++ = sl_find_listed(v, SL_BLOCK_OUTLINE, bigram);
            for (uint32_t c = 0; c < n; c++) {
                *three++ = sl_find_listed(v, SL_BLOCK_OUTLINE,
                                          sl_find_trigram(v, bigram, v->class_word[c]));
            }
        }
    }
    return true;
}

bool sl_lookup_build(struct sl_vocabulary *v)
{
    return build_pairs(v) &&
           build_grams(&v->word_gram, v->word_bytes, v->word_start, v->n_word, 0, SIZE_MAX) &&
           build_grams(&v->character_gram, v->character_bytes, v->character_start, v->n_character,
                       v->first[SL_BLOCK_CHARACTER], SL_GRAM_MAX) &&
           build_grams(&v->lexicon.gram, v->lexicon.bytes, v->lexicon.start, v->lexicon.n, 0,
                       SIZE_MAX) &&
           sl_lookup_outline(v);
}

/* ---- checks ---- */

static bool grams_are_good(const struct sl_grams *t, uint32_t first, uint32_t end)
{
    uint32_t bad = 0;
    size_t n = sl_lookup_buckets(t->bucket_bits);
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < SL_GRAM_SLOTS; k++) {
            uint32_t feature = t->bucket[i].feature[k];
            bad |=
                (uint32_t)(t->bucket[i].gram[k] != 0) & (uint32_t)(feature - first >= end - first);
        }
    }
    return bad == 0;
}

bool sl_lookup_is_good(const struct sl_vocabulary *v)
{
    uint32_t first = v->n_word;
    uint32_t n = v->n_bigram + v->n_trigram;
    uint32_t bad = 0;
    size_t n_bucket = sl_lookup_buckets(v->pair.bucket_bits);
    for (size_t i = 0; i < n_bucket; i++) {
        for (int k = 0; k < SL_PAIR_SLOTS; k++) {
            bad |= (uint32_t)(v->pair.bucket[i].tag[k] != 0) &
                   (uint32_t)(v->pair.bucket[i].feature[k] - first >= n);
        }
    }
    return bad == 0 && v->pair.word_bits == word_bits(v) && v->pair.bits == pair_bits(v) &&
           grams_are_good(&v->word_gram, 0, v->n_word) &&
           grams_are_good(&v->character_gram, v->first[SL_BLOCK_CHARACTER],
                          v->first[SL_BLOCK_CHARACTER + 1]) &&
           grams_are_good(&v->lexicon.gram, 0, v->lexicon.n);
}
