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
    /* one more than a control, 0x7f, or a byte that is not ASCII is at most a blank, all being signed */
    __m128i beyond = _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8(1)), _mm_set1_epi8(0x21));
    __m128i special =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(beyond, special));
}
#endif

/* The code point at p, which is not plain, escaped where it has to be; its length in *size. */
static char *copy_special(char *to, const char *p, const char *end, size_t *size)
{
    static const char hex[] = "0123456789abcdef";
    uint32_t cp;
    bool valid;
    *size = sl_utf8_decode(p, end, &cp, &valid);
    if (!valid) {
        memcpy(to, "\xef\xbf\xbd", 3);
        return to + 3;
    }
    switch (cp) {
    case '"':
    case '\\':
        to[0] = '\\';
        to[1] = (char)cp;
        return to + 2;
    case '\n':
        memcpy(to, "\\n", 2);
        return to + 2;
    case '\t':
        memcpy(to, "\\t", 2);
        return to + 2;
    case '\r':
        memcpy(to, "\\r", 2);
        return to + 2;
    default:
        break;
    }
    if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029) {
        const char code[6] = {
            '\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15], hex[cp >> 4 & 15], hex[cp & 15]};
        memcpy(to, code, sizeof code);
        return to + sizeof code;
    }
    memcpy(to, p, *size);
    return to + *size;
}

#ifdef __SSE2__
/* Two parts of `half` bytes, the second of which ends at n: the first byte that is not plain, or n. */
static inline size_t first_special(__m128i v, size_t half, size_t n)
{
    unsigned bits = not_plain(v);
    size_t at = (size_t)__builtin_ctz(bits | 1u << 2 * half);
    return at < half ? at : n - 2 * half + at;
}

/* Copies the plain bytes that p[0, n) begins with; how many. Where bytes are left that are fewer than are
 * copied at once, they are copied together with those before them. What is behind may be written too. */
static inline size_t copy_widely(char *to, const char *p, size_t n)
{
    size_t at = 0;
    if (n >= 16) {
        for (;;) {
            __m128i v = _mm_loadu_si128((const __m128i *)(p + at));
            unsigned bits = not_plain(v);
            _mm_storeu_si128((__m128i *)(to + at), v);
            if (bits != 0) {
                return at + (size_t)__builtin_ctz(bits);
            }
            if (n - at <= 16) {
                return n;
            }
            at = n - at >= 32 ? at + 16 : n - 16;
        }
    }
    if (n >= 8) {
        __m128i first = _mm_loadl_epi64((const __m128i *)p);
        __m128i last = _mm_loadl_epi64((const __m128i *)(p + n - 8));
        _mm_storel_epi64((__m128i *)to, first);
        _mm_storel_epi64((__m128i *)(to + n - 8), last);
        return first_special(_mm_unpacklo_epi64(first, last), 8, n);
    }
    if (n >= 4) {
        uint32_t first;
        uint32_t last;
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + n - 4, &last, 4);
        return first_special(_mm_set_epi32(0, 0, (int)last, (int)first), 4, n);
    }
    return 0;
}
#endif

char *sl_json_copy_escaped(char *to, const char *p, size_t *from, size_t stop, size_t len,
                           bool widely)
{
    size_t at = *from;
    while (at < stop) {
        size_t n = 0;
#ifdef __SSE2__
        n = widely ? copy_widely(to, p + at, stop - at) : 0;
        to += n;
        at += n;
#else
        (void)widely;
#endif
        while (at < stop && is_plain((unsigned char)p[at])) {
            *to++ = p[at++];
        }
        if (at < stop) {
            to = copy_special(to, p + at, p + len, &n);
            at += n;
        }
    }
    *from = at;
    return to;
}

/* The string in quotes, with a byte before and one behind unless they are 0. */
static void put_escaped(struct sl_buf *b, char before, const char *p, size_t len, char behind)
{
    enum { PIECE = 1 << 12 }; /* bytes for which there is room whatever they are */
    size_t at = 0;
    bool first = true;
    do {
        size_t left = len - at;
        size_t stop = left > PIECE ? at + PIECE : len;
        char *to = sl_buf_room(b, SL_JSON_ROOM(stop - at) + 2);
        char *start = to;
        if (to == NULL) {
            return;
        }
        if (first) {
            first = false;
            *to = before;
            to += before != 0;
            *to++ = '"';
        }
        to = sl_json_copy_escaped(to, p, &at, stop, len, true);
        if (at >= len) {
            *to++ = '"';
            *to = behind;
            to += behind != 0;
        }
        b->len += (size_t)(to - start);
    } while (at < len);
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
