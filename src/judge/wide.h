/** Eight columns at once, and choices without branches. Vectors of the compiler's, so that any machine
 *  has them; with SL_AVX2 that processor's instructions, and the same bits. */
#ifndef SL_JUDGE_WIDE_H
#define SL_JUDGE_WIDE_H

#include "base/inline.h"
#include "model/model.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef int8_t sl_cells __attribute__((vector_size(8)));
typedef int16_t sl_sums16 __attribute__((vector_size(16)));
typedef int32_t sl_sums32 __attribute__((vector_size(32)));
_Static_assert(sizeof(sl_cells) == SL_ROW_PART, "a part of a row");

#define SL_MAX_PARTS (SL_MAX_STRIDE / SL_ROW_PART)

/* Eight cells, sums of cells, or larger ones, made wider: compilers part them in two. */
SL_INLINE void sl_widen_cells(sl_sums16 *out, const int8_t *p)
{
#ifdef SL_AVX2
    *out = (sl_sums16)_mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)p));
#else
    sl_cells eight;
    memcpy(&eight, p, sizeof eight);
    *out = __builtin_convertvector(eight, sl_sums16);
#endif
}
SL_INLINE void sl_widen_sums(sl_sums32 *out, const int16_t *p)
{
#ifdef SL_AVX2
    *out = (sl_sums32)_mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)p));
#else
    sl_sums16 eight;
    memcpy(&eight, p, sizeof eight);
    *out = __builtin_convertvector(eight, sl_sums32);
#endif
}

/* sum[parts] += a row, or sums of rows. */
SL_INLINE void sl_add_cells(sl_sums16 *sum, const int8_t *row, uint32_t parts)
{
    for (uint32_t k = 0; k < parts; k++) {
        sl_sums16 eight;
        sl_widen_cells(&eight, row + (size_t)k * SL_ROW_PART);
        sum[k] += eight;
    }
}
SL_INLINE void sl_add_sums(sl_sums16 *sum, const int16_t *other, uint32_t parts)
{
    for (uint32_t k = 0; k < parts; k++) {
        sl_sums16 eight;
        memcpy(&eight, other + (size_t)k * SL_ROW_PART, sizeof eight);
        sum[k] += eight;
    }
}
SL_INLINE void sl_add_large_sums(sl_sums32 *sum, const int16_t *other, uint32_t parts)
{
    for (uint32_t k = 0; k < parts; k++) {
        sl_sums32 eight;
        sl_widen_sums(&eight, other + (size_t)k * SL_ROW_PART);
        sum[k] += eight;
    }
}

/* sum[eight] += whole numbers. */
SL_INLINE void sl_add_whole(double *sum, const sl_sums32 *eight)
{
#ifdef SL_AVX2
    __m256d low = _mm256_cvtepi32_pd(_mm256_castsi256_si128((__m256i)*eight));
    __m256d high = _mm256_cvtepi32_pd(_mm256_extracti128_si256((__m256i)*eight, 1));
    _mm256_storeu_pd(sum, _mm256_add_pd(_mm256_loadu_pd(sum), low));
    _mm256_storeu_pd(sum + 4, _mm256_add_pd(_mm256_loadu_pd(sum + 4), high));
#else
    for (uint32_t k = 0; k < SL_ROW_PART; k++) {
        sum[k] += (*eight)[k];
    }
#endif
}

/* sum[parts] += n times a row. */
SL_INLINE void sl_add_times(double *sum, const int8_t *row, double n, uint32_t parts)
{
    for (uint32_t k = 0; k < parts; k++, row += SL_ROW_PART, sum += SL_ROW_PART) {
#ifdef SL_AVX2
        const __m256i eight = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)row));
        const __m256d low = _mm256_cvtepi32_pd(_mm256_castsi256_si128(eight));
        const __m256d high = _mm256_cvtepi32_pd(_mm256_extracti128_si256(eight, 1));
        const __m256d times = _mm256_set1_pd(n);
        _mm256_storeu_pd(sum, _mm256_add_pd(_mm256_loadu_pd(sum), _mm256_mul_pd(times, low)));
        _mm256_storeu_pd(sum + 4,
                         _mm256_add_pd(_mm256_loadu_pd(sum + 4), _mm256_mul_pd(times, high)));
#else
        for (uint32_t i = 0; i < SL_ROW_PART; i++) {
            sum[i] += n * row[i];
        }
#endif
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
