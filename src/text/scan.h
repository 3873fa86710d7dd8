/** Where words begin and end in plain stretches of text, 64 bytes at a step.
 *
 *  A run is a longest stretch of ASCII letters and digits. A spot of care is a byte at which a run
 *  may not be a word, or something that is no word may be a token: one that is not ASCII, a joiner
 *  between letters or digits (don't, U.S, 1,000), a sign that starts a tag, a mark or an emoticon.
 *  A run without a spot of care directly behind it, and without one in the gap before it, is a word
 *  as sl_tokens_next reads it; elsewhere that function is asked. Such a word stands after a break where
 *  its run is among the broken: one of . , ; : ! ? ( ) is in the gap before it.
 *
 *  Bytes are classed by vector instructions where the processor has them, and by a table elsewhere;
 *  both find the same (Langdale & Lemire 2019 class bytes so). */
#ifndef SL_TEXT_SCAN_H
#define SL_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sl_simd { SL_SIMD_NONE, SL_SIMD_SSE2, SL_SIMD_AVX2, SL_SIMD_AVX512, SL_N_SIMD };
/* The best that this processor has. */
enum sl_simd sl_simd_best(void);

#define SL_SCAN_MAX 4096 /* bytes scanned at once */

struct sl_scan {
    uint32_t n_edge; /* even */
    uint32_t n_care, n_broken;
    /* begin and end of each run, in turn, from the scan's start; behind the last: UINT32_MAX twice */
    uint32_t edge[SL_SCAN_MAX + 80];
    uint32_t care[SL_SCAN_MAX + 80]; /* ascending; behind the last: SL_SCAN_MAX */
    uint32_t
        broken[SL_SCAN_MAX / 2 + 80]; /* where these runs begin, ascending; behind: UINT32_MAX */
};

/* Scans p[0, len), len <= SL_SCAN_MAX, as if blanks stood around it. */
void sl_scan(enum sl_simd simd, const char *p, size_t len, struct sl_scan *out);

#endif
