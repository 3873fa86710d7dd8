/** Four columns at once, rows of weights made as wide, and choices without branches. Vectors of the
 *  compiler's, so that any machine has them; with SL_AVX2 that processor's instructions, and the same
 *  bits. */
#ifndef SL_JUDGE_WIDE_H
#define SL_JUDGE_WIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef double wide __attribute__((vector_size(32)));
typedef float narrow __attribute__((vector_size(16)));
typedef uint32_t narrow_bits __attribute__((vector_size(16)));
typedef uint16_t halves __attribute__((vector_size(8)));

/* Four cells of a row: see base/bfloat.h. */
static inline __attribute__((always_inline)) void sl_widen(wide *out, const uint16_t *cell)
{
    halves h;
    memcpy(&h, cell, sizeof h);
    *out = __builtin_convertvector((narrow)(__builtin_convertvector(h, narrow_bits) << 16), wide);
}

/* Adds a row of `parts` times four cells. */
static inline __attribute__((always_inline)) void sl_add_row(wide *sum, const uint16_t *row,
                                                             uint32_t parts)
{
    uint32_t k = 0;
#ifdef SL_AVX2
    const __m128i zero = _mm_setzero_si128();
    for (; k + 2 <= parts; k += 2) { /* a zero before each cell makes it a float */
        __m128i eight = _mm_loadu_si128((const __m128i *)(row + 4 * (size_t)k));
        __m128i low = _mm_unpacklo_epi16(zero, eight);
        __m128i high = _mm_unpackhi_epi16(zero, eight);
        sum[k] += (wide)_mm256_cvtps_pd(_mm_castsi128_ps(low));
        sum[k + 1] += (wide)_mm256_cvtps_pd(_mm_castsi128_ps(high));
    }
#endif
    for (; k < parts; k++) {
        wide four;
        sl_widen(&four, row + 4 * (size_t)k);
        sum[k] += four;
    }
}

/* All ones where it holds, else 0: what is made with it is made without a branch, which could not be
 * foretold. */
static inline uint32_t sl_mask_of(bool holds)
{
    uint32_t mask = 0 - (uint32_t)holds;
#ifdef __GNUC__
    __asm__("" : "+r"(mask)); /* the compiler must not see through it */
#endif
    return mask;
}

#endif
