/** A growing byte buffer. A failed growth is remembered (`failed`), later puts do nothing, and the
 *  owner asks once at the end: writers stay free of a check per byte.
 *  Numbers print here and not by printf("%f"), which follows the caller's locale. */
#ifndef SL_BASE_BUF_H
#define SL_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct sl_buf {
    char *p;
    size_t len, cap;
    bool failed;
};

void sl_buf_free(struct sl_buf *b);
char *sl_buf_grow(struct sl_buf *b, size_t len); /* sl_buf_room where there is not enough yet */
/* Room for len bytes more, which the caller fills and adds to b->len; NULL where there is none. */
static inline char *sl_buf_room(struct sl_buf *b, size_t len)
{
    return !b->failed && len <= b->cap - b->len ? b->p + b->len : sl_buf_grow(b, len);
}
static inline void sl_buf_put(struct sl_buf *b, const void *bytes, size_t len)
{
    char *to = len == 0 ? NULL : sl_buf_room(b, len);
    if (to != NULL) {
        memcpy(to, bytes, len);
        b->len += len;
    }
}
static inline void sl_buf_byte(struct sl_buf *b, char c)
{
    char *to = sl_buf_room(b, 1);
    if (to != NULL) {
        *to = c;
        b->len++;
    }
}
void sl_buf_text(struct sl_buf *b, const char *text);
/* A string literal, whose length is known. */
#define sl_buf_literal(b, text) sl_buf_put((b), "" text, sizeof(text) - 1)
void sl_buf_uint(struct sl_buf *b, uint64_t v);
/* x with exactly `digits` (0 to 12) after the point, rounded half away from zero; when x times
 * 10^digits passes 9e18, 17 significant digits in scientific notation. Not finite: null. */
void sl_buf_fixed(struct sl_buf *b, double x, unsigned digits);
/* The shortest of 15 to 17 digits that reads back as x. */
void sl_buf_double(struct sl_buf *b, double x);
enum { SL_DOUBLE_ROOM = 32 };
/* The same, and a NUL. */
void sl_double_text(double x, char out[SL_DOUBLE_ROOM]);
/* Little-endian. */
void sl_buf_le16(struct sl_buf *b, uint16_t v);
void sl_buf_le32(struct sl_buf *b, uint32_t v);
void sl_buf_le64(struct sl_buf *b, uint64_t v);
void sl_buf_le_float(struct sl_buf *b, float v);
void sl_buf_le_double(struct sl_buf *b, double v);

/* Reads back what sl_buf_fixed, sl_buf_double or a person wrote: decimal point, optional exponent,
 * whatever the locale. False unless all of [p, p + len) is one finite number. */
bool sl_parse_double(const char *p, size_t len, double *out);
bool sl_parse_uint(const char *p, size_t len, uint64_t *out);

#endif
