/** Runs of ASCII letters and digits, looked at 16 bytes at once. */
#ifndef SL_QUOTE_LETTERS_H
#define SL_QUOTE_LETTERS_H

#include "quote/words.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SL_LETTERS = 16 };

#ifdef __SSE2__
/* All bits of the bytes that are ASCII letters. */
static inline __m128i sl_letter_bytes(__m128i v)
{
    v = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(25)), v);
}

/* How many bytes from the first on have all bits. */
static inline size_t sl_run_of(__m128i found)
{
    return (size_t)(unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(found));
}
#endif

/* How many letters and digits stand at p, of which SL_LETTERS bytes may be read; more are not seen, and
 * where a processor cannot look at them at once, none is. */
static inline size_t sl_letters(const char *p)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)p);
    __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    return sl_run_of(_mm_or_si128(sl_letter_bytes(v), digit));
#else
    (void)p;
    return 0;
#endif
}

/* The same of letters alone. */
static inline size_t sl_letters_alone(const char *p)
{
#ifdef __SSE2__
    return sl_run_of(sl_letter_bytes(_mm_loadu_si128((const __m128i *)p)));
#else
    (void)p;
    return 0;
#endif
}

/* The key of the n letters and digits at p, n <= SL_LETTERS, as many bytes of which may be read. */
static inline struct sl_qkey sl_letters_key(const char *p, size_t n)
{
    static const unsigned char mask[2 * SL_LETTERS] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                       0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                       0xff, 0xff, 0xff, 0xff};
    const unsigned char *u = (const unsigned char *)p;
    const unsigned char *keep = mask + SL_LETTERS - n;
    const uint64_t small = UINT64_C(0x2020202020202020);
    return (struct sl_qkey){
        {(sl_le64(u) | small) & sl_le64(keep), (sl_le64(u + 8) | small) & sl_le64(keep + 8), 0}};
}

#endif
