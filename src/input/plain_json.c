#include "input/plain_json.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__
/* Bit i: byte i ends a string, escapes, or may not stand in one. */
static inline unsigned stops(__m128i v)
{
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);
    __m128i special =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(control, special));
}
#endif

static inline bool is_stop(char c)
{
    return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

/* The first such byte from p on. */
static const char *string_stop(const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        unsigned mask = stops(_mm_loadu_si128((const __m128i *)p));
        if (mask != 0) {
            return p + __builtin_ctz(mask);
        }
    }
#endif
    while (p < end && !is_stop(*p)) {
        p++;
    }
    return p;
}

/* The same, and copies what stands before it; to has room for [p, end). */
static inline const char *copy_to_stop(char *to, const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16, to += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)p);
        unsigned mask = stops(v);
        _mm_storeu_si128((__m128i *)to, v);
        if (mask != 0) {
            return p + __builtin_ctz(mask);
        }
    }
#endif
    while (p < end && !is_stop(*p)) {
        *to++ = *p++;
    }
    return p;
}

/* What the letter behind a backslash stands for, or 0. */
static char escaped(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    default:
        return 0;
    }
}

bool sl_plain_string(struct sl_plain_json *j, struct sl_text *out)
{
    const char *from;
    const char *stop;
    char *to;
    size_t n;
    if (!sl_plain_byte(j, '"')) {
        return false;
    }
    from = j->p;
    stop = string_stop(from, j->end);
    if (stop < j->end && *stop == '"') {
        out->len = (size_t)(stop - from);
        out->p = sl_arena_copy(j->arena, from, out->len);
        j->p = stop + 1;
        return out->p != NULL;
    }
    /* with escapes: as long as the rest of the line at most */
    to = stop < j->end && *stop == '\\' ? sl_arena_alloc(j->arena, (size_t)(j->end - from) + 1)
                                        : NULL;
    if (to == NULL) {
        return false;
    }
    memcpy(to, from, (size_t)(stop - from));
    n = (size_t)(stop - from);
    while (stop < j->end && *stop == '\\') {
        char c = j->end - stop < 2 ? 0 : escaped(stop[1]);
        if (c == 0) {
            return false;
        }
        to[n++] = c;
        from = stop + 2;
        stop = copy_to_stop(to + n, from, j->end);
        n += (size_t)(stop - from);
    }
    if (stop == j->end || *stop != '"') {
        return false;
    }
    to[n] = 0;
    *out = (struct sl_text){to, n};
    j->p = stop + 1;
    return true;
}

bool sl_plain_uint(struct sl_plain_json *j, uint64_t *out)
{
    const char *from;
    uint64_t v = 0;
    if (!sl_plain_bytes(j, "", 0)) {
        return false;
    }
    from = j->p;
    while (j->p < j->end && *j->p >= '0' && *j->p <= '9' && j->p - from < 19) {
        v = v * 10 + (uint64_t)(*j->p++ - '0');
    }
    *out = v;
    /* no leading zero, no fraction, no exponent */
    return j->p > from && j->p - from < 19 && (*from != '0' || j->p - from == 1) &&
           (j->p == j->end || (*j->p != '.' && *j->p != 'e' && *j->p != 'E'));
}

/* A value; null is absent. */
static bool value_of(struct sl_plain_json *j, struct sl_text *out)
{
    const char *from;
    uint64_t v;
    *out = (struct sl_text){NULL, 0};
    if (!sl_plain_bytes(j, "", 0) || j->p == j->end) {
        return false;
    }
    from = j->p;
    switch (*from) {
    case '"':
        return sl_plain_string(j, out);
    case 'n':
        return sl_plain_bytes(j, "null", 4);
    case 't':
        if (!sl_plain_bytes(j, "true", 4)) {
            return false;
        }
        break;
    case 'f':
        if (!sl_plain_bytes(j, "false", 5)) {
            return false;
        }
        break;
    default:
        if (!sl_plain_uint(j, &v)) {
            return false;
        }
        break;
    }
    out->len = (size_t)(j->p - from);
    out->p = sl_arena_copy(j->arena, from, out->len);
    return out->p != NULL;
}

bool sl_plain_object(const char *line, size_t len, const char *const *key, size_t n_key,
                     struct sl_arena *arena, struct sl_text *value)
{
    enum { MOST_KEYS = 16 };
    struct sl_plain_json j = {line, line + len, arena};
    struct sl_text seen[MOST_KEYS];
    size_t n_seen = 0;
    for (size_t i = 0; i < n_key; i++) {
        value[i] = (struct sl_text){NULL, 0};
    }
    if (!sl_plain_byte(&j, '{')) {
        return false;
    }
    do {
        struct sl_text name;
        struct sl_text v;
        if (n_seen == MOST_KEYS || !sl_plain_string(&j, &name) || !sl_plain_byte(&j, ':') ||
            !value_of(&j, &v)) {
            return false;
        }
        for (size_t i = 0; i < n_seen; i++) {
            if (seen[i].len == name.len && memcmp(seen[i].p, name.p, name.len) == 0) {
                return false; /* jansson's to refuse */
            }
        }
        seen[n_seen++] = name;
        for (size_t i = 0; i < n_key; i++) {
            if (strlen(key[i]) == name.len && memcmp(key[i], name.p, name.len) == 0) {
                value[i] = v;
            }
        }
    } while (sl_plain_byte(&j, ','));
    return sl_plain_byte(&j, '}') && (sl_plain_bytes(&j, "", 0), j.p == j.end);
}
