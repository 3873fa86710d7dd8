#include "quote/marks.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/chars.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Families of marks. A quotation closes with a mark of its own family. */
enum family {
    NO_MARK,
    STRAIGHT,
    CURLY,
    LOW,
    ANGLE,
    REVERSED_ANGLE,
    TICKS,
    SINGLE,
    CURLY_SINGLE,
    CORNER
};

enum { MAX_UNCLOSED = 600 }; /* bytes an unpaired mark can hold */

struct mark {
    enum family family;
    size_t len;
    bool opens, closes; /* by its form and place */
};

struct reading {
    const char *text;
    size_t from, len; /* read is text[from, len) */
    struct sl_quotations *out;
    /* the quotation that is open */
    enum family family;
    size_t begin, inner;
    size_t shut;     /* where the single marks that are open are seen to close; 0: not looked for */
    size_t fallback; /* a ' behind an s: a plural's apostrophe, or the end; 0: none */
    size_t fallback_len;
};

static bool add(struct reading *r, size_t closer, size_t end)
{
    struct sl_quotations *out = r->out;
    r->family = NO_MARK;
    r->shut = 0;
    if (closer <= r->inner) {
        return true; /* nothing in it */
    }
    if (!sl_grow(&out->p, &out->cap, out->n + 1, sizeof *out->p)) {
        return false;
    }
    out->p[out->n++] =
        (struct sl_quotation){.begin = r->begin, .end = end, .inner = r->inner, .closer = closer};
    return true;
}

static enum sl_char_kind kind_before(const struct reading *r, size_t at, uint32_t *cp)
{
    size_t lead = at;
    *cp = '\n';
    if (at == r->from) {
        return SL_CHAR_SPACE;
    }
    do {
        lead--;
    } while (lead > r->from && at - lead < 4 && ((unsigned char)r->text[lead] & 0xc0) == 0x80);
    (void)sl_utf8_next(r->text + lead, r->text + at, cp);
    return sl_char_kind(*cp);
}

static enum sl_char_kind kind_behind(const struct reading *r, size_t at, uint32_t *cp)
{
    *cp = '\n';
    if (at >= r->len) {
        return SL_CHAR_SPACE;
    }
    (void)sl_utf8_next(r->text + at, r->text + r->len, cp);
    return sl_char_kind(*cp);
}

static bool opens_after(enum sl_char_kind kind, uint32_t cp)
{
    return kind == SL_CHAR_SPACE || cp == '(' || cp == '[' || cp == '-' || cp == 0x2013 ||
           cp == 0x2014 || cp == ':' || cp == '"' || cp == '\'' || cp == 0x2018 || cp == 0x201c ||
           cp == '>' || cp == '/';
}

/* Whether a single mark ends at `at`, which a blank follows. */
static bool ends_single(const struct reading *r, size_t at)
{
    return r->text[at] == ' ' &&
           (r->text[at - 1] == '\'' || memcmp(r->text + at - 3, "\xe2\x80\x99", 3) == 0);
}

/* What mark stands at `at`. The place decides where the form does not. */
static struct mark read_mark(const struct reading *r, size_t at)
{
    struct mark m = {NO_MARK, 1, false, false};
    const char *p = r->text + at;
    size_t room = r->len - at;
    uint32_t cp;
    uint32_t before;
    uint32_t behind;
    enum sl_char_kind kind_b;
    enum sl_char_kind kind_a;
    m.len = sl_utf8_next(p, p + room, &cp);
    switch (cp) {
    case '"':
    case 0xff02:
        m.family = STRAIGHT;
        break;
    case 0x201c:
        m.family = r->family == LOW ? LOW : CURLY;
        m.closes = m.family == LOW;
        m.opens = m.family == CURLY;
        return m;
    case 0x201d:
        m.family = r->family == LOW ? LOW : CURLY;
        m.closes = true;
        return m;
    case 0x201e:
        m.family = LOW;
        m.opens = true;
        return m;
    case 0xab:
    case 0x2039:
    case 0xbb:
    case 0x203a: {
        bool left = cp == 0xab || cp == 0x2039;
        if (r->family == ANGLE || r->family == REVERSED_ANGLE) {
            m.family = r->family;
            m.closes = left == (r->family == REVERSED_ANGLE);
            m.opens = false;
        } else {
            m.family = left ? ANGLE : REVERSED_ANGLE;
            kind_b = kind_before(r, at, &before); /* first: arguments have no order */
            m.opens = left || opens_after(kind_b, before);
        }
        return m;
    }
    case 0x300c:
    case 0x300e:
        m.family = CORNER;
        m.opens = true;
        return m;
    case 0x300d:
    case 0x300f:
        m.family = CORNER;
        m.closes = true;
        return m;
    case 0x2018:
    case 0x201a:
    case 0x2019:
    case '\'':
    case '`':
        m.family = cp == '\'' || cp == '`' ? SINGLE : CURLY_SINGLE;
        if (room >= 2 * m.len && __builtin_memcmp(p, p + m.len, m.len) == 0) {
            m.family = TICKS; /* '' or `` typed for a double mark */
            m.len *= 2;
        }
        break;
    default:
        return m;
    }
    kind_b = kind_before(r, at, &before);
    kind_a = kind_behind(r, at + m.len, &behind);
    m.opens = (opens_after(kind_b, before) ||
               (m.family == STRAIGHT && r->family == NO_MARK && before == ',' &&
                (kind_a == SL_CHAR_UPPER || kind_a == SL_CHAR_LOWER))) &&
              kind_a != SL_CHAR_SPACE && cp != 0x2019;
    m.closes = kind_b != SL_CHAR_SPACE && (!sl_char_in_word(kind_a) || kind_b == SL_CHAR_OTHER);
    if (m.family == SINGLE || m.family == CURLY_SINGLE) {
        /* 'tis, '90s */
        m.opens = m.opens && (kind_a == SL_CHAR_UPPER || kind_a == SL_CHAR_LOWER) &&
                  before != '"' && !(room > m.len + 1 && p[m.len] == 's' && p[m.len + 1] == ' ');
        m.closes = m.closes && cp != 0x2018 && cp != 0x201a && !sl_char_in_word(kind_a);
    } else if (m.family == STRAIGHT && r->family == STRAIGHT && kind_a == SL_CHAR_SPACE &&
               !m.closes) {
        m.closes = at - r->inner > 2 && ends_single(r, at - 1); /* "Say 'no,' " he said */
    } else if (m.family == TICKS && (cp == '`' || r->family == TICKS)) {
        m.opens = cp == '`'; /* `` It is over , '' he said: with blanks too */
        m.closes = cp != '`';
    } else if (cp == 0x201a || cp == 0x2018) {
        m.closes = false;
    }
    return m;
}

/* The paragraph ends at `end`; next is where the following one starts. */
static bool end_paragraph(struct reading *r, size_t end, size_t next)
{
    struct mark m = {NO_MARK, 1, false, false};
    enum family family = r->family;
    if (family == NO_MARK) {
        return true;
    }
    while (end > r->inner && (unsigned char)r->text[end - 1] <= ' ') {
        end--;
    }
    if (next < r->len) {
        r->family = NO_MARK;
        m = read_mark(r, next);
        r->family = family;
    }
    if (family == SINGLE || family == CURLY_SINGLE) {
        size_t fallback = r->fallback;
        if (fallback != 0) {
            return add(r, fallback, fallback + r->fallback_len);
        }
        r->family = NO_MARK; /* an apostrophe */
        return true;
    }
    if (m.family == family && m.opens) {
        if (!add(r, end, end)) {
            return false;
        }
        if (r->out->n > 0 && r->out->p[r->out->n - 1].end == end) {
            r->out->p[r->out->n - 1].reopened = true;
        }
        return true;
    }
    if (end - r->begin > MAX_UNCLOSED) {
        r->family = NO_MARK; /* more likely a stray mark */
        return true;
    }
    return add(r, end, end);
}

/* Whether the single marks that are open close behind `at`, as speech does: behind a comma or point. */
static bool shuts_behind(struct reading *r, size_t at)
{
    const size_t end = r->len - at < MAX_UNCLOSED ? r->len : at + MAX_UNCLOSED;
    if (r->shut > at) {
        return true;
    }
    for (size_t k = at + 1; k + 1 < end && !(r->text[k] == '\n' && r->text[k + 1] == '\n'); k++) {
        const char before = r->text[k - 1];
        uint32_t cp;
        size_t len;
        if ((before != ',' && before != '.' && before != '?' && before != '!' && before != '"') ||
            (r->text[k] != '\'' && (unsigned char)r->text[k] != 0xe2)) {
            continue;
        }
        len = sl_utf8_next(r->text + k, r->text + r->len, &cp);
        if (cp == (r->family == SINGLE ? '\'' : 0x2019) &&
            !sl_char_in_word(kind_behind(r, k + len, &cp))) {
            r->shut = k;
            return true;
        }
    }
    return false;
}

static bool meet_mark(struct reading *r, size_t at, struct mark m)
{
    bool single = r->family == SINGLE || r->family == CURLY_SINGLE;
    if ((m.family == STRAIGHT && r->family == CURLY && m.closes && !m.opens) ||
        (m.family == CURLY && r->family == STRAIGHT && m.closes)) {
        m.family = r->family; /* a pair of two styles */
    }
    if (r->family != NO_MARK && m.family == r->family && m.closes) {
        if (single) {
            char before = r->text[at - 1];
            if (before == 's' || before == 'S') { /* the voters' choice */
                r->fallback = at;
                r->fallback_len = m.len;
                return true;
            }
        }
        return add(r, at, at + m.len);
    }
    if (r->family == NO_MARK || (single && m.family != SINGLE && m.family != CURLY_SINGLE)) {
        if (single && m.opens && shuts_behind(r, at)) {
            return true; /* 'He said "never" twice,' */
        }
        if (m.opens) { /* a double mark inside an open single one: that was an apostrophe */
            r->shut = 0;
            r->family = m.family;
            r->begin = at;
            r->inner = at + m.len;
            r->fallback = 0;
        }
        return true;
    }
    if (m.family == r->family && m.opens && m.family != CURLY && !single) {
        /* it opens again: the closing mark is missing */
        size_t end = at;
        while (end > r->inner && (r->text[end - 1] == ' ' || r->text[end - 1] == '\n')) {
            end--;
        }
        if (at - r->begin <= MAX_UNCLOSED && !add(r, end, end)) {
            return false;
        }
        r->family = m.family;
        r->begin = at;
        r->inner = at + m.len;
    }
    return true;
}

/* Bytes at which a mark or a line end can begin. */
static const bool looked_at[256] = {['\n'] = true, ['"'] = true,  ['\''] = true, ['`'] = true,
                                    [0xe2] = true, [0xc2] = true, [0xe3] = true, [0xef] = true};

/* The next of them at or behind `at`, or len. */
static size_t next_looked_at(const char *text, size_t at, size_t len)
{
#ifdef __SSE2__
    for (; at + 16 <= len; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(text + at));
        __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('"'))),
                                     _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\'')),
                                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('`'))));
        /* and what is not ASCII */
        unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(found, v));
        for (; bits != 0; bits &= bits - 1) {
            size_t k = at + (size_t)__builtin_ctz(bits);
            if (looked_at[(unsigned char)text[k]]) {
                return k;
            }
        }
    }
#endif
    while (at < len && !looked_at[(unsigned char)text[at]]) {
        at++;
    }
    return at;
}

enum {
    LONGEST_LINE = 120
}; /* bytes; text with longer lines is not wrapped: a line is a paragraph */

bool sl_quotations_find(const char *text, struct slant_span range, struct sl_quotations *out)
{
    const size_t len = range.end;
    struct reading r = {.text = text, .from = range.begin, .len = len, .out = out};
    size_t at = range.begin;
    size_t line = at; /* where it began */
    out->n = 0;
    for (;;) {
        at = next_looked_at(text, at, len);
        if (at >= len) {
            break;
        }
        if (text[at] == '\n') {
            size_t next = at + 1;
            unsigned newlines = 1;
            while (next < len && (unsigned char)text[next] <= ' ') {
                newlines += text[next] == '\n';
                next++;
            }
            if (r.family != NO_MARK) {
                uint32_t cp;
                bool parts = newlines > 1 || at - line > LONGEST_LINE;
                if (!parts && next < len) { /* a line that opens with a mark is a paragraph */
                    struct mark m = read_mark(&r, next);
                    parts = m.family == r.family && m.opens &&
                            kind_before(&r, at, &cp) == SL_CHAR_OTHER;
                    /* 'Spies among us': a headline, and the next */
                    parts = parts || (r.fallback != 0 && text[r.fallback + r.fallback_len] == ':' &&
                                      (m.opens || kind_behind(&r, next, &cp) == SL_CHAR_UPPER));
                }
                if (parts && !end_paragraph(&r, at, next)) {
                    return false;
                }
            }
            at = line = next;
        } else {
            struct mark m = read_mark(&r, at);
            if (m.family != NO_MARK && !meet_mark(&r, at, m)) {
                return false;
            }
            at += m.len;
        }
    }
    return end_paragraph(&r, len, len);
}
