/* A block's questions to the table of pairs: what each token asks for, and what is found; with SL_AVX2
 * eight tokens at a time, and the same bits. */
#ifndef SL_JUDGE_BLOCK_PAIRS_H
#define SL_JUDGE_BLOCK_PAIRS_H

#include "judge/scorer.h"
#include "judge/wide.h"

enum { SL_LANES = 8 };
_Static_assert(SL_BLOCK_PART % SL_LANES == 0, "parts of a block are whole lanes");
_Static_assert(SLANT_MAX_BUNDLE / SL_ROW_PART <= INT32_MAX, "rows compare as signed numbers");

/* Where pairs and rows lie, for loops over a block. */
struct tables {
    const uint32_t *tags;
    const int8_t *rows;
    size_t width;         /* cells of a row */
    uint32_t first, none; /* rows of the first slot, and of what is no feature */
};
SL_INLINE struct tables tables_of(const struct sl_scorer *s, uint32_t parts)
{
    return (struct tables){s->m->vocabulary.pair.tag, s->m->row, (size_t)parts * SL_ROW_PART,
                           s->m->vocabulary.n_word, s->m->no_row};
}

#ifdef SL_AVX2
/* Of eight products, those of the even lanes and of the odd ones, the upper or the lower halves. */
static inline __m256i upper_halves(__m256i even, __m256i odd)
{
    return _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
}
static inline __m256i lower_halves(__m256i even, __m256i odd)
{
    return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
}

/* sl_pair_home of eight pairs; `pair` all ones where they are some. */
static inline void eight_homes(const struct sl_mixing *m, __m256i head, __m256i word, __m256i pair,
                               uint32_t *home, uint32_t *tag)
{
    const __m256i head_factor = _mm256_set1_epi64x((long long)m->head_factor);
    const __m256i word_factor = _mm256_set1_epi64x((long long)m->word_factor);
    const __m256i head_upper = _mm256_set1_epi32((int)(m->head_factor >> 32));
    const __m256i word_upper = _mm256_set1_epi32((int)(m->word_factor >> 32));
    const __m256i n_bucket = _mm256_set1_epi64x((long long)m->n_bucket);
    const __m256i rest = _mm256_set1_epi32((int)m->rest_mask);
    const __m256i one = _mm256_set1_epi32(1);
    __m256i even =
        _mm256_add_epi64(_mm256_mul_epu32(head, head_factor), _mm256_mul_epu32(word, word_factor));
    __m256i odd = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(head, 32), head_factor),
                                   _mm256_mul_epu32(_mm256_srli_epi64(word, 32), word_factor));
    __m256i lower = lower_halves(even, odd);
    __m256i upper = _mm256_add_epi32(upper_halves(even, odd),
                                     _mm256_add_epi32(_mm256_mullo_epi32(head, head_upper),
                                                      _mm256_mullo_epi32(word, word_upper)));
    __m256i below =
        _mm256_or_si256(_mm256_srl_epi32(lower, _mm_cvtsi32_si128((int)m->rest_shift)),
                        _mm256_sll_epi32(upper, _mm_cvtsi32_si128((int)(32 - m->rest_shift))));
    __m256i bucket =
        _mm256_add_epi32(upper_halves(_mm256_mul_epu32(upper, n_bucket),
                                      _mm256_mul_epu32(_mm256_srli_epi64(upper, 32), n_bucket)),
                         one);
    _Static_assert(SL_PAIR_STEPS == 8 && SL_PAIR_SLOTS == 16, "these shifts");
    below = _mm256_add_epi32(_mm256_slli_epi32(_mm256_and_si256(below, rest), 3), one);
    _mm256_storeu_si256((__m256i *)home, _mm256_and_si256(_mm256_slli_epi32(bucket, 4), pair));
    _mm256_storeu_si256((__m256i *)tag,
                        _mm256_or_si256(below, _mm256_xor_si256(pair, _mm256_set1_epi32(-1))));
}
#endif

/* How many of row[n], n at most a block, are `limit` or more. */
SL_INLINE uint32_t count_from(const uint32_t *row, size_t n, uint32_t limit)
{
    uint32_t count = 0;
    size_t i = 0;
#ifdef SL_AVX2
    const __m256i most = _mm256_set1_epi32((int)limit - 1);
    for (; i + SL_LANES <= n; i += SL_LANES) {
        __m256i eight = _mm256_loadu_si256((const __m256i *)(row + i));
        count += (uint32_t)__builtin_popcount(
            (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(eight, most))));
    }
#endif
    for (; i < n; i++) {
        count += row[i] >= limit;
    }
    return count;
}

/* What tokens [from, to) ask for: the pair of head[i] and of word i, if the head and other[i] are
 * features. With lanes, tokens up to the next eight ask too, and nobody reads the answer. */
SL_INLINE void ask_for_pairs(struct sl_stretch *b, const struct sl_mixing *mixing, uint32_t none,
                             const uint32_t *head, const uint32_t *other, size_t from, size_t to)
{
    const uint32_t *word = b->word + 1;
#ifdef SL_AVX2
    const __m256i limit = _mm256_set1_epi32((int)none);
    for (size_t i = from; i < to; i += SL_LANES) {
        __m256i eight = _mm256_loadu_si256((const __m256i *)(head + i));
        __m256i others = _mm256_loadu_si256((const __m256i *)(other + i));
        __m256i pair =
            _mm256_and_si256(_mm256_cmpgt_epi32(limit, eight), _mm256_cmpgt_epi32(limit, others));
        eight_homes(mixing, eight, _mm256_loadu_si256((const __m256i *)(word + i)), pair,
                    b->home + i, b->tag + i);
    }
#else
    for (size_t i = from; i < to; i++) {
        uint32_t tag;
        uint64_t home = sl_pair_home(mixing, head[i], word[i], &tag);
        uint32_t pair = sl_mask_of((head[i] < none) & (other[i] < none));
        b->home[i] = (uint32_t)(home * SL_PAIR_SLOTS & pair);
        b->tag[i] = tag | ~pair;
    }
#endif
}

/* Asks for the memory of what tokens [from, to) ask for, and up to the next eight: what others asked for before. */
SL_INLINE void fetch_pairs(const struct sl_stretch *b, const struct tables *t, size_t from,
                           size_t to)
{
    for (size_t i = from; i < to; i += SL_LANES) {
        for (size_t k = i; k < i + SL_LANES; k++) {
            __builtin_prefetch(t->tags + b->home[k]);
        }
    }
}

/* The row of the pair that token i asks for, wherever it is. */
static __attribute__((noinline)) uint32_t slow_pair(const struct sl_scorer *s, size_t i)
{
    uint32_t slot =
        sl_pair_at(&s->m->vocabulary.pair, s->block.home[i] / SL_PAIR_SLOTS, s->block.tag[i]);
    return slot == SL_PAIR_NONE ? s->m->no_row : s->m->vocabulary.n_word + slot;
}

#ifdef SL_AVX2
/* Two bits for each tag of a bucket that is the one: as its halves' halves lie in turn when packed. */
static inline uint32_t packed_hits(const uint32_t *bucket, uint32_t tag)
{
    const __m256i want = _mm256_set1_epi32((int)tag);
    const __m256i *tags = (const __m256i *)bucket;
    return (uint32_t)_mm256_movemask_epi8(
        _mm256_packs_epi32(_mm256_cmpeq_epi32(_mm256_load_si256(tags), want),
                           _mm256_cmpeq_epi32(_mm256_load_si256(tags + 1), want)));
}

/* The slots that eight of these tell, at most one bit pair each: a float's exponent is the place of
 * its upper bit, which is even or odd; four tags of the first half are followed by four of the other. */
static inline __m256i slots_of(__m256i hits)
{
    __m256i low = _mm256_and_si256(hits, _mm256_set1_epi32(0x55555555));
    __m256i place =
        _mm256_sub_epi32(_mm256_srli_epi32(_mm256_castps_si256(_mm256_cvtepi32_ps(low)), 23),
                         _mm256_set1_epi32(127));
    __m256i slot = _mm256_srli_epi32(place, 1);
    __m256i second = _mm256_and_si256(slot, _mm256_set1_epi32(4));
    __m256i lane = _mm256_and_si256(slot, _mm256_set1_epi32(8));
    return _mm256_or_si256(
        _mm256_and_si256(slot, _mm256_set1_epi32(3)),
        _mm256_or_si256(_mm256_slli_epi32(second, 1), _mm256_srli_epi32(lane, 1)));
}
#endif

/* The rows of the pairs that tokens [from, to) asked for, of which memory is asked for. Where a search
 * ends in its first bucket, which is nearly always, there is no branch. */
SL_INLINE void look_up_pairs(const struct sl_scorer *s, const struct tables *t, uint32_t *row,
                             size_t from, size_t to)
{
    const struct sl_stretch *b = &s->block;
#ifdef SL_AVX2
    uint32_t hits[SL_BLOCK_TOKENS];
    uint32_t last[SL_BLOCK_TOKENS];
    const __m256i none = _mm256_set1_epi32((int)t->none);
    const __m256i first = _mm256_set1_epi32((int)t->first);
    const __m256i zero = _mm256_setzero_si256();
    for (size_t i = from; i < to; i += SL_LANES) {
        for (size_t k = i; k < i + SL_LANES; k++) {
            const uint32_t *bucket = t->tags + b->home[k];
            hits[k] = packed_hits(bucket, b->tag[k]);
            last[k] = bucket[SL_PAIR_SLOTS - 1];
        }
    }
    for (size_t i = from; i < to; i += SL_LANES) {
        __m256i eight = _mm256_loadu_si256((const __m256i *)(hits + i));
        __m256i lost = _mm256_cmpeq_epi32(eight, zero);
        __m256i free_slot =
            _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(last + i)), zero);
        __m256i found = _mm256_add_epi32(
            _mm256_add_epi32(first, _mm256_loadu_si256((const __m256i *)(b->home + i))),
            slots_of(eight));
        uint32_t unsure =
            (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_andnot_si256(free_slot, lost)));
        _mm256_storeu_si256((__m256i *)(row + i), _mm256_blendv_epi8(found, none, lost));
        for (; unsure != 0; unsure &= unsure - 1) {
            size_t k = i + (size_t)__builtin_ctz(unsure);
            row[k] = slow_pair(s, k);
        }
        for (size_t k = i; k < i + SL_LANES; k++) {
            __builtin_prefetch(t->rows + row[k] * t->width);
        }
    }
#else
    for (size_t i = from; i < to; i++) {
        const uint32_t *bucket = t->tags + b->home[i];
        uint32_t hit = sl_pair_hit(bucket, b->tag[i]);
        uint32_t slot = (uint32_t)__builtin_ctz(hit | 1u << (SL_PAIR_SLOTS - 1));
        uint32_t found = sl_mask_of(hit != 0);
        row[i] = t->none + ((t->first + b->home[i] + slot - t->none) & found);
        if ((bucket[SL_PAIR_SLOTS - 1] & ~found) != 0) {
            row[i] = slow_pair(s, i);
        }
        __builtin_prefetch(t->rows + row[i] * t->width);
    }
#endif
}

#endif
