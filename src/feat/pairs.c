#include "feat/pairs.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_BITS = 32, /* the bucket is told by 32 */
    MAX_TAG_BITS = 28,
    FILL = 10, /* pairs in a bucket, on average: few buckets are full then, and few slots free */
    MAX_BUCKET = 1 << 27 /* slots have 32 bits */
};

/* How many upper halves of mixed pairs begin at one bucket, at most. */
static uint64_t halves_of_bucket(uint32_t n_bucket)
{
    return ((UINT64_C(1) << 32) + n_bucket - 1) / n_bucket;
}

/* Bits that tell all pairs of a bucket apart. */
static uint32_t rest_bits(const struct sl_pairs *t)
{
    return t->bits - LEAST_BITS + sl_bits_of(halves_of_bucket(t->n_bucket));
}

struct sl_mixing sl_pair_mixing(const struct sl_pairs *t)
{
    const uint32_t shift = 64 - t->bits;
    return (struct sl_mixing){.n_bucket = t->n_bucket,
                              .head_factor = SL_PAIR_FACTOR << (shift + t->word_bits),
                              .word_factor = SL_PAIR_FACTOR << shift,
                              .rest_mask = (UINT32_C(1) << rest_bits(t)) - 1,
                              .rest_shift = shift};
}

uint32_t sl_pair_find(const struct sl_pairs *t, uint32_t head, uint32_t word)
{
    const struct sl_mixing mixing = sl_pair_mixing(t);
    uint32_t tag;
    uint64_t home = sl_pair_home(&mixing, head, word, &tag);
    return sl_pair_at(t, home, tag);
}

bool sl_pair_read(const struct sl_pairs *t, uint32_t slot, uint32_t *head, uint32_t *word)
{
    static const uint64_t inverse =
        UINT64_C(0xf1de83e19937733d); /* of SL_PAIR_FACTOR, modulo 2^64 */
    const struct sl_mixing mixing = sl_pair_mixing(t);
    const uint32_t tag = t->tag[slot];
    const uint32_t step = (tag - 1) % SL_PAIR_STEPS;
    const uint32_t bucket = slot / SL_PAIR_SLOTS;
    uint64_t home;
    uint64_t x;
    if (tag == 0 || bucket <= step || bucket - step > t->n_bucket) {
        return false;
    }
    home = bucket - step - 1;
    /* the first that may lie in the bucket, and from there on the one with these lower bits */
    x = ((home << 32) + t->n_bucket - 1) / t->n_bucket << (t->bits - LEAST_BITS);
    x += ((tag - 1) / SL_PAIR_STEPS - (uint32_t)x) & mixing.rest_mask;
    if ((tag - 1) / SL_PAIR_STEPS > mixing.rest_mask || x > ~UINT64_C(0) >> mixing.rest_shift ||
        (x >> (t->bits - LEAST_BITS)) * t->n_bucket >> 32 != home) {
        return false;
    }
    x = x * inverse & ~UINT64_C(0) >> mixing.rest_shift;
    *word = (uint32_t)(x & ((UINT64_C(1) << t->word_bits) - 1));
    *head = (uint32_t)(x >> t->word_bits);
    return true;
}

/* Sets the bits of words below n_word, and of pairs with heads below `heads`. */
static void set_bits(struct sl_pairs *t, uint32_t n_word, uint64_t heads)
{
    t->word_bits = sl_bits_of(n_word);
    t->bits = t->word_bits + sl_bits_of(heads);
    t->bits = t->bits < LEAST_BITS ? LEAST_BITS : t->bits;
}

bool sl_pairs_shape_is_good(const struct sl_pairs *t, uint32_t n_word)
{
    struct sl_pairs want;
    if (t->n_bucket == 0 || t->n_bucket > MAX_BUCKET) {
        return false;
    }
    set_bits(&want, n_word, n_word + (uint64_t)sl_pair_slots(t->n_bucket));
    return t->word_bits == want.word_bits && t->bits == want.bits && t->bits <= 64 &&
           t->word_bits <= 32 && t->bits - t->word_bits <= 32 && rest_bits(t) <= MAX_TAG_BITS;
}

bool sl_pairs_make(struct sl_pairs *t, uint64_t n, uint32_t n_word, uint64_t heads, unsigned more)
{
    uint64_t n_bucket = n / FILL + 1;
    uint32_t *tag;
    size_t len;
    for (; more > 0; more--) {
        n_bucket += n_bucket / 16 + 1;
    }
    for (;; n_bucket *= 2) { /* until what is left of a pair fits its tag */
        if (n_bucket > MAX_BUCKET) {
            return false;
        }
        t->n_bucket = (uint32_t)n_bucket;
        set_bits(t, n_word, heads > 0 ? heads : n_word + (uint64_t)sl_pair_slots(t->n_bucket));
        if (t->bits > 64) {
            return false;
        }
        if (rest_bits(t) <= MAX_TAG_BITS) {
            break;
        }
    }
    len = sl_pair_slots(t->n_bucket) * sizeof *tag;
    tag = sl_large(len); /* written out of order */
    t->tag = tag;
    t->feature = NULL;
    if (tag == NULL) {
        return false;
    }
    memset(tag, 0, len);
    return true;
}

void sl_pair_fetch(const struct sl_pairs *t, uint32_t head, uint32_t word)
{
    const struct sl_mixing mixing = sl_pair_mixing(t);
    uint32_t tag;
    __builtin_prefetch(t->tag + sl_pair_home(&mixing, head, word, &tag) * SL_PAIR_SLOTS);
}

uint32_t sl_pair_put(struct sl_pairs *t, uint32_t head, uint32_t word)
{
    const struct sl_mixing mixing = sl_pair_mixing(t);
    uint32_t tag;
    uint64_t home = sl_pair_home(&mixing, head, word, &tag);
    uint32_t *at = (uint32_t *)t->tag + home * SL_PAIR_SLOTS;
    for (uint32_t i = 0; i < SL_PAIR_STEPS * SL_PAIR_SLOTS; i++) {
        if (at[i] == 0) {
            at[i] = tag + i / SL_PAIR_SLOTS;
            return (uint32_t)(at + i - t->tag);
        }
    }
    return SL_PAIR_NONE;
}

void sl_pairs_free(struct sl_pairs *t)
{
    free((uint32_t *)t->tag);
    free((uint32_t *)t->feature);
}
