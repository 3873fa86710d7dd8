/** Digits of numbers, into bytes that have room for them. */
#ifndef SL_BASE_DIGITS_H
#define SL_BASE_DIGITS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    SL_UINT_ROOM = 20, /* bytes of the longest integer */
    SL_MICRO_ROOM = 10 /* and of a number of sl_copy_micro: -89.123456 */
};
#define SL_MICRO_MAX 90.0

extern const char sl_digit_pairs[200]; /* 00 01 02 ... 99 */

/* Each returns where the next byte goes. */
static inline char *sl_copy_two(char *to, uint32_t v) /* v < 100 */
{
    memcpy(to, sl_digit_pairs + (size_t)v * 2, 2);
    return to + 2;
}
static inline char *sl_copy_four(char *to, uint32_t v) /* v < 10000, zeros in front too */
{
    return sl_copy_two(sl_copy_two(to, v / 100), v % 100);
}
char *sl_copy_long_uint(char *to, uint64_t v);
static inline char *sl_copy_uint(char *to, uint64_t v)
{
    if (v >= 10000) {
        return sl_copy_long_uint(to, v);
    }
    if (v >= 1000) {
        return sl_copy_four(to, (uint32_t)v);
    }
    if (v >= 100) {
        *to++ = (char)('0' + v / 100);
        return sl_copy_two(to, (uint32_t)v % 100);
    }
    if (v >= 10) {
        return sl_copy_two(to, (uint32_t)v);
    }
    *to = (char)('0' + v);
    return to + 1;
}
/* x, |x| < SL_MICRO_MAX, with six digits after the point: what sl_buf_fixed makes of it. */
static inline char *sl_copy_micro(char *to, double x)
{
    double scaled = fabs(x) * 1e6;
    uint32_t v = (uint32_t)scaled;
    uint32_t whole;
    v += scaled - (double)v >= 0.5;
    *to = '-';
    to += (int)(x < 0) & (int)(v > 0); /* nobody foretells the sign */
    whole = v / 1000000;
    v %= 1000000;
    if (whole >= 10) {
        to = sl_copy_two(to, whole);
    } else {
        *to++ = (char)('0' + whole);
    }
    *to++ = '.';
    to = sl_copy_two(to, v / 10000);
    return sl_copy_four(to, v % 10000);
}
/* Ten-thousandths, v <= 10000: 0.1234 */
static inline char *sl_copy_share(char *to, uint32_t v)
{
    uint32_t whole = v >= 10000;
    to[0] = (char)('0' + whole);
    to[1] = '.';
    return sl_copy_four(to + 2, v - 10000 * whole);
}

#endif
