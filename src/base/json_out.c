#include "base/json_out.h"
#include "base/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static void value_begins(struct sl_json *j)
{
    if (j->comma) {
        sl_buf_byte(j->b, ',');
    }
    j->comma = true;
}

void sl_json_open(struct sl_json *j, char bracket)
{
    value_begins(j);
    sl_buf_byte(j->b, bracket);
    j->comma = false;
}

void sl_json_close(struct sl_json *j, char bracket)
{
    sl_buf_byte(j->b, bracket);
    j->comma = true;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c < 0x7f;
}

#ifdef __SSE2__
/* Bit i: byte i is not plain. */
static inline unsigned not_plain(__m128i v)
{
    const __m128i least = _mm_set1_epi8(0x1f); /* what is not ASCII is negative */
    __m128i special = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                   _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
                                                _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f))));
    return (unsigned)_mm_movemask_epi8(special) |
           (~(unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, least)) & 0xffff);
}
#endif

/* The first byte from at on that is not plain. */
static inline size_t plain_end(const char *p, size_t at, size_t len)
{
#ifdef __SSE2__
    unsigned bad = 0;
    for (; at + 16 <= len; at += 16) {
        bad = not_plain(_mm_loadu_si128((const __m128i *)(p + at)));
        if (bad != 0) {
            return at + (size_t)__builtin_ctz(bad);
        }
    }
    if (len >= 16) { /* what is left, with bytes before it */
        bad = not_plain(_mm_loadu_si128((const __m128i *)(p + len - 16))) >> (16 - (len - at));
        return bad != 0 ? at + (size_t)__builtin_ctz(bad) : len;
    }
    if (at + 8 <= len) {
        bad = not_plain(_mm_loadl_epi64((const __m128i *)(p + at))) & 0xff;
        if (bad != 0) {
            return at + (size_t)__builtin_ctz(bad);
        }
        at += 8;
    }
#endif
    while (at < len && is_plain((unsigned char)p[at])) {
        at++;
    }
    return at;
}

/* The string in quotes, with a byte before and one behind unless they are 0. */
static void put_escaped(struct sl_buf *b, char before, const char *p, size_t len, char behind)
{
    size_t at = plain_end(p, 0, len);
    char *to;
    if (at == len && (to = sl_buf_room(b, len + 4)) != NULL) { /* nearly always */
        size_t n = 0;
        to[n] = before;
        n += before != 0;
        to[n++] = '"';
        memcpy(to + n, p, len);
        n += len;
        to[n++] = '"';
        to[n] = behind;
        b->len += n + (behind != 0);
        return;
    }
    if (before != 0) {
        sl_buf_byte(b, before);
    }
    sl_buf_byte(b, '"');
    at = 0;
    while (at < len) {
        size_t plain = plain_end(p, at, len);
        uint32_t cp;
        bool valid;
        size_t size;
        sl_buf_put(b, p + at, plain - at);
        at = plain;
        if (at == len) {
            break;
        }
        size = sl_utf8_decode(p + at, p + len, &cp, &valid);
        if (!valid) {
            sl_buf_put(b, "\xef\xbf\xbd", 3);
        } else if (cp == '"' || cp == '\\') {
            sl_buf_byte(b, '\\');
            sl_buf_byte(b, (char)cp);
        } else if (cp == '\n') {
            sl_buf_put(b, "\\n", 2);
        } else if (cp == '\t') {
            sl_buf_put(b, "\\t", 2);
        } else if (cp == '\r') {
            sl_buf_put(b, "\\r", 2);
        } else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029) {
            static const char hex[] = "0123456789abcdef";
            char code[6] = {
                '\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15], hex[cp >> 4 & 15], hex[cp & 15]};
            sl_buf_put(b, code, sizeof code);
        } else {
            sl_buf_put(b, p + at, size);
        }
        at += size;
    }
    sl_buf_byte(b, '"');
    if (behind != 0) {
        sl_buf_byte(b, behind);
    }
}

void sl_json_key(struct sl_json *j, const char *key)
{
    put_escaped(j->b, j->comma ? ',' : 0, key, strlen(key), ':');
    j->comma = false;
}

void sl_json_string(struct sl_json *j, const char *text, size_t len)
{
    put_escaped(j->b, j->comma ? ',' : 0, text, len, 0);
    j->comma = true;
}

void sl_json_text(struct sl_json *j, const char *text)
{
    if (text == NULL) {
        sl_json_raw(j, "null");
    } else {
        sl_json_string(j, text, strlen(text));
    }
}

void sl_json_uint(struct sl_json *j, uint64_t v)
{
    value_begins(j);
    sl_buf_uint(j->b, v);
}

void sl_json_fixed(struct sl_json *j, double v, unsigned digits)
{
    value_begins(j);
    sl_buf_fixed(j->b, v, digits);
}

void sl_json_double(struct sl_json *j, double v)
{
    value_begins(j);
    sl_buf_double(j->b, v);
}

void sl_json_bool(struct sl_json *j, bool v)
{
    sl_json_raw(j, v ? "true" : "false");
}

void sl_json_raw(struct sl_json *j, const char *json)
{
    value_begins(j);
    sl_buf_text(j->b, json);
}

void sl_json_pair(struct sl_json *j, double low, double high, unsigned digits)
{
    sl_json_open(j, '[');
    sl_json_fixed(j, low, digits);
    sl_json_fixed(j, high, digits);
    sl_json_close(j, ']');
}

bool sl_json_reserved(const char *key)
{
    static const char *const reserved[] = {
        "doc",       "n",        "from",     "to",       "title",    "date",    "source",
        "url",       "text",     "mentions", "error",    "line",     "trailer", "verdict",
        "sentences", "evidence", "articles", "verdicts", "speakers", "holder",  "holders",
        "group",     "name",     "mention",  "content",  "reporter", "generic", "of_target"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (strcmp(key, reserved[i]) == 0) {
            return true;
        }
    }
    return false;
}
