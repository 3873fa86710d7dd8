#include "base/plain.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xa0 || cp == 0x2028 ||
           cp == 0x2029;
}

/* Controls, and the marks that turn the direction of what follows. */
static bool is_unsafe(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e || cp == 0x200f || cp == 0x61c ||
           cp == 0xfeff;
}

static void put_code(struct sl_buf *b, uint32_t cp)
{
    static const char hex[] = "0123456789abcdef";
    int shift = 20;
    sl_buf_text(b, "\\u{");
    while (shift > 0 && (cp >> shift & 15) == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        sl_buf_byte(b, hex[cp >> shift & 15]);
    }
    sl_buf_byte(b, '}');
}

void sl_plain_text(struct sl_buf *b, const char *p, size_t len)
{
    bool blank = false;
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        bool valid;
        size_t size = sl_utf8_decode(p + at, p + len, &cp, &valid);
        if (valid && is_blank(cp)) {
            if (!blank) {
                sl_buf_byte(b, ' ');
            }
            blank = true;
        } else {
            blank = false;
            if (!valid) {
                sl_buf_text(b, "\xef\xbf\xbd");
            } else if (is_unsafe(cp)) {
                put_code(b, cp);
            } else {
                sl_buf_put(b, p + at, size);
            }
        }
        at += size;
    }
}

static unsigned columns_of(uint32_t cp)
{
    const int width = utf8proc_charwidth((utf8proc_int32_t)cp);
    return width > 0 ? (unsigned)width : 0;
}

unsigned sl_plain_columns(const char *p, size_t len)
{
    unsigned n = 0;
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        at += sl_utf8_next(p + at, p + len, &cp);
        n += columns_of(cp);
    }
    return n;
}

size_t sl_plain_offset(const char *p, size_t len, unsigned columns)
{
    unsigned n = 0;
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        const size_t size = sl_utf8_next(p + at, p + len, &cp);
        n += columns_of(cp);
        if (n > columns) {
            return at;
        }
        at += size;
    }
    return len;
}

void sl_plain_wrapped(struct sl_buf *b, const char *p, size_t len, unsigned indent, unsigned width)
{
    struct sl_buf safe = {0};
    unsigned column = indent;
    size_t at = 0;
    sl_plain_text(&safe, p, len);
    b->failed = b->failed || safe.failed;
    while (at < safe.len) {
        const char *space = memchr(safe.p + at, ' ', safe.len - at);
        size_t word = space == NULL ? safe.len - at : (size_t)(space - (safe.p + at));
        unsigned wide = sl_plain_columns(safe.p + at, word);
        if (column > indent && column + 1 + wide > width) {
            sl_buf_byte(b, '\n');
            sl_plain_repeat(b, " ", indent);
            column = indent;
        } else if (column > indent) {
            sl_buf_byte(b, ' ');
            column++;
        }
        sl_buf_put(b, safe.p + at, word);
        column += wide;
        at += word + 1;
    }
    sl_buf_free(&safe);
}

void sl_plain_repeat(struct sl_buf *b, const char *text, unsigned n)
{
    while (n-- > 0) {
        sl_buf_text(b, text);
    }
}

static unsigned whole_percent(double x)
{
    return (unsigned)(x * 100 + 0.5);
}

void sl_plain_percent(struct sl_buf *b, double x)
{
    unsigned whole = whole_percent(x);
    if (whole == 0 && x > 0) {
        sl_buf_text(b, "<1");
    } else if (whole == 100 && x < 1) {
        sl_buf_text(b, ">99");
    } else {
        sl_buf_uint(b, whole);
    }
}

void sl_plain_right_percent(struct sl_buf *b, double x)
{
    unsigned whole = whole_percent(x);
    sl_plain_repeat(b, " ", whole == 0 && x > 0 ? 1 : whole < 10 ? 2 : whole < 100 ? 1 : 0);
    sl_plain_percent(b, x);
}

void sl_plain_blank_percent(struct sl_buf *b, double x)
{
    sl_buf_byte(b, ' ');
    sl_plain_percent(b, x);
}

void sl_plain_padded(struct sl_buf *b, const char *text, unsigned width)
{
    unsigned n = sl_plain_columns(text, strlen(text));
    sl_plain_text(b, text, strlen(text));
    sl_plain_repeat(b, " ", n < width ? width - n : 0);
}

void sl_plain_number(struct sl_buf *b, uint64_t n, const char *thing)
{
    sl_buf_uint(b, n);
    sl_buf_byte(b, ' ');
    sl_buf_text(b, thing);
    sl_buf_text(b, n == 1 ? "" : "s");
}
