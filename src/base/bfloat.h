/** Numbers of 16 bits: the upper half of a 32-bit float (bfloat16), which is a sign, 8 bits of
 *  exponent and 7 of fraction. Each is a double exactly; rounding moves a double by at most 2^-8 of
 *  what it becomes. */
#ifndef SL_BASE_BFLOAT_H
#define SL_BASE_BFLOAT_H

#include <stdint.h>
#include <string.h>

#define SL_BFLOAT_INFINITY 0x7f80 /* from here on, its sign aside, a number is not finite */

static inline double sl_bfloat_value(uint16_t b)
{
    uint32_t bits = (uint32_t)b << 16;
    float v;
    memcpy(&v, &bits, sizeof v);
    return (double)v;
}

/* The nearest; of two as near the even one. Below 2^-126 zero, from 2^128 on infinity. v is no NaN. */
static inline uint16_t sl_bfloat_of(double v)
{
    const int cut = 52 - 7;             /* bits of the fraction that go */
    const uint64_t rebias = 1023 - 127; /* an exponent that is all zeros or all ones is special */
    uint64_t bits;
    uint64_t sign;
    memcpy(&bits, &v, sizeof bits);
    sign = bits >> 63;
    bits &= ~UINT64_C(0) >> 1;
    bits += (UINT64_C(1) << (cut - 1)) - 1 + (bits >> cut & 1); /* may carry into the exponent */
    bits >>= cut;
    bits = bits < (rebias + 1) << 7 ? 0 : bits - (rebias << 7);
    bits = bits < SL_BFLOAT_INFINITY ? bits : SL_BFLOAT_INFINITY;
    return (uint16_t)(sign << 15 | bits);
}

#endif
