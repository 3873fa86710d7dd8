#include "base/buf.h"
#include "base/digits.h"
#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sl_buf_free(struct sl_buf *b)
{
    free(b->p);
    memset(b, 0, sizeof *b);
}

char *sl_buf_grow(struct sl_buf *b, size_t len)
{
    size_t need;
    if (b->failed) {
        return NULL;
    }
    if (__builtin_add_overflow(b->len, len, &need) || !sl_grow(&b->p, &b->cap, need, 1)) {
        b->failed = true;
        return NULL;
    }
    return b->p + b->len;
}

void sl_buf_text(struct sl_buf *b, const char *text)
{
    sl_buf_put(b, text, strlen(text));
}

void sl_buf_uint(struct sl_buf *b, uint64_t v)
{
    char *to = sl_buf_room(b, SL_UINT_ROOM);
    if (to != NULL) {
        b->len += (size_t)(sl_copy_uint(to, v) - to);
    }
}

/* The caller's locale may write the decimal point in other bytes: whatever is no part of a number
 * is the point. */
static void put_scientific(struct sl_buf *b, double x, int precision)
{
    char text[48];
    bool point = false;
    (void)snprintf(text, sizeof text, "%.*g", precision, x);
    for (const char *p = text; *p != 0; p++) {
        if ((*p >= '0' && *p <= '9') || *p == '-' || *p == '+' || *p == 'e') {
            sl_buf_byte(b, *p);
        } else if (!point) {
            sl_buf_byte(b, '.');
            point = true;
        }
    }
}

void sl_buf_fixed(struct sl_buf *b, double x, unsigned digits)
{
    static const uint64_t power[] = {1,           10,           100,          1000,      10000,
                                     100000,      1000000,      10000000,     100000000, 1000000000,
                                     10000000000, 100000000000, 1000000000000};
    char text[24]; /* a sign, 19 digits, a point */
    size_t n = sizeof text;
    double scaled = fabs(x) * (double)power[digits];
    uint64_t whole;
    uint64_t rest;
    if (!isfinite(x)) {
        sl_buf_text(b, "null");
        return;
    }
    if (scaled >= 9e18) {
        put_scientific(b, x, 17);
        return;
    }
    /* not (x + 0.5) cut off: the sum itself may round up */
    whole = (uint64_t)scaled;
    whole += scaled - (double)whole >= 0.5;
    rest = whole;
    for (unsigned i = digits; i >= 2; i -= 2, rest /= 100) {
        n -= 2;
        (void)sl_copy_two(text + n, (uint32_t)(rest % 100));
    }
    if (digits % 2 != 0) {
        text[--n] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (digits > 0) {
        text[--n] = '.';
    }
    do {
        text[--n] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (x < 0 && whole > 0) {
        text[--n] = '-';
    }
    sl_buf_put(b, text + n, sizeof text - n);
}

void sl_buf_double(struct sl_buf *b, double x)
{
    if (!isfinite(x)) {
        sl_buf_text(b, "null");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        size_t start = b->len;
        double back;
        put_scientific(b, x, precision);
        if (b->failed || precision == 17 ||
            (sl_parse_double(b->p + start, b->len - start, &back) && back == x)) {
            return;
        }
        b->len = start;
    }
}

void sl_double_text(double x, char out[SL_DOUBLE_ROOM])
{
    struct sl_buf b = {out, 0, SL_DOUBLE_ROOM - 1, false}; /* 24 bytes at most: it stays */
    sl_buf_double(&b, x);
    out[b.len] = 0;
}

void sl_buf_le16(struct sl_buf *b, uint16_t v)
{
    unsigned char bytes[2] = {(unsigned char)v, (unsigned char)(v >> 8)};
    sl_buf_put(b, bytes, sizeof bytes);
}

void sl_buf_le32(struct sl_buf *b, uint32_t v)
{
    sl_buf_le16(b, (uint16_t)v);
    sl_buf_le16(b, (uint16_t)(v >> 16));
}

void sl_buf_le64(struct sl_buf *b, uint64_t v)
{
    sl_buf_le32(b, (uint32_t)v);
    sl_buf_le32(b, (uint32_t)(v >> 32));
}

void sl_buf_le_float(struct sl_buf *b, float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    sl_buf_le32(b, bits);
}

void sl_buf_le_double(struct sl_buf *b, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    sl_buf_le64(b, bits);
}

bool sl_parse_uint(const char *p, size_t len, uint64_t *out)
{
    uint64_t v = 0;
    if (len == 0) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (p[i] < '0' || p[i] > '9' || __builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(p[i] - '0'), &v)) {
            return false;
        }
    }
    *out = v;
    return true;
}

bool sl_parse_double(const char *p, size_t len, double *out)
{
    /* strtod wants the locale's point. The point of the current locale is whatever snprintf puts
     * into 0.5; the text itself is first checked against the only form accepted here. */
    char text[64];
    char point[8];
    char *end;
    size_t n = 0;
    size_t digits = 0;
    double v;
    if (len == 0 || len >= sizeof text - sizeof point) {
        return false;
    }
    (void)snprintf(point, sizeof point, "%.1f", 0.5);
    for (size_t i = 0; i < len; i++) {
        char c = p[i];
        if (c == '.') {
            for (const char *q = point + 1; *q != '5' && *q != 0; q++) {
                text[n++] = *q;
            }
            if (memchr(p, '.', i) != NULL) {
                return false;
            }
        } else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e' || c == 'E') {
            digits += c >= '0' && c <= '9';
            text[n++] = c;
        } else {
            return false;
        }
    }
    text[n] = 0;
    v = strtod(text, &end);
    if (digits == 0 || end != text + n || !isfinite(v)) {
        return false;
    }
    *out = v;
    return true;
}
