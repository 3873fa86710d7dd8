/* Tokens of a sentence, punctuation too. */
#include "base/utf8.h"
#include "quote/clause.h"
#include "text/chars.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct scan {
    struct sl_clause *c;
    const char *text;
    size_t at, end;
};

/* What a byte can be. */
enum {
    SPACE = 1,
    UPPER = 2,
    LOWER = 4,
    DIGIT = 8,
    WORD = UPPER | LOWER | DIGIT,
    JOINER = 16,
    WIDE = 32
};
#define EIGHT(k) k, k, k, k, k, k, k, k
#define BLOCK(k) EIGHT(k), EIGHT(k)
static const uint8_t byte_kind[256] = {
    /* clang-format off */
    EIGHT(SPACE), EIGHT(SPACE), EIGHT(SPACE), EIGHT(SPACE),
    /*    !  "  #  $  %  &       '       (  )  *  +  ,       -       .       / */
    SPACE, 0, 0, 0, 0, 0, JOINER, JOINER, 0, 0, 0, 0, JOINER, JOINER, JOINER, 0,
    EIGHT(DIGIT), DIGIT, DIGIT, 0, 0, 0, 0, 0, 0,
    JOINER, UPPER, UPPER, UPPER, UPPER, UPPER, UPPER, UPPER, /* @ A to G */
    EIGHT(UPPER), EIGHT(UPPER), UPPER, UPPER, UPPER, 0, 0, 0, 0, JOINER, /* X Y Z [ \ ] ^ _ */
    0, LOWER, LOWER, LOWER, LOWER, LOWER, LOWER, LOWER, /* ` a to g */
    EIGHT(LOWER), EIGHT(LOWER), LOWER, LOWER, LOWER, 0, 0, 0, 0, SPACE,
    BLOCK(WIDE), BLOCK(WIDE), BLOCK(WIDE), BLOCK(WIDE),
    BLOCK(WIDE), BLOCK(WIDE), BLOCK(WIDE), BLOCK(WIDE)
    /* clang-format on */
};

static inline enum sl_char_kind kind_at(const struct scan *s, size_t at, size_t *len, uint32_t *cp)
{
    unsigned char b;
    uint8_t kind;
    if (at >= s->end) {
        *len = 0;
        *cp = 0;
        return SL_CHAR_SPACE;
    }
    b = (unsigned char)s->text[at];
    kind = byte_kind[b];
    if (kind == WIDE) {
        *len = sl_utf8_next(s->text + at, s->text + s->end, cp);
        return sl_char_kind(*cp);
    }
    *cp = b;
    *len = 1;
    return kind & LOWER   ? SL_CHAR_LOWER
           : kind & UPPER ? SL_CHAR_UPPER
           : kind & DIGIT ? SL_CHAR_DIGIT
           : kind & SPACE ? SL_CHAR_SPACE
                          : SL_CHAR_OTHER;
}

static struct sl_qtoken *put(struct scan *s, size_t end, enum sl_qtag tag, unsigned flags)
{
    struct sl_qtoken *t = &s->c->tok[s->c->n++];
    *t = (struct sl_qtoken){.begin = (uint32_t)s->at,
                            .end = (uint32_t)end,
                            .tag = (uint8_t)tag,
                            .flags = (uint8_t)flags};
    s->at = end;
    return t;
}

static uint16_t find(const char *folded, size_t n)
{
    char text[SL_QWORD_MAX] = {0};
    struct sl_qkey key;
    if (n == 0 || n >= SL_QWORD_MAX) {
        return 0;
    }
    memcpy(text, folded, n);
    key = sl_qkey_of(text);
    return (uint16_t)sl_qword_find(&key);
}

/* A run of letters and digits, joined over hyphens, inner points and inner apostrophes (whose tail,
 * such as 's or n't, is cut off). */
static void put_any_word(struct scan *s, unsigned flags)
{
    char folded[SL_QWORD_MAX];
    size_t n = 0;
    size_t at = s->at;
    size_t apostrophe = 0; /* of the last one */
    size_t n_at_apostrophe = 0;
    bool digits = false;
    bool lower = false;
    unsigned letters = 0;
    struct sl_qtoken *t;
    while (at < s->end) {
        unsigned char b = (unsigned char)s->text[at];
        uint8_t kind = byte_kind[b];
        if (kind & (UPPER | LOWER)) {
            lower = lower || (kind & LOWER);
            b |= 0x20;
            letters++;
            at++;
        } else if (kind & DIGIT) {
            digits = true;
            at++;
        } else {
            size_t len;
            size_t next_len;
            uint32_t cp;
            uint32_t next;
            enum sl_char_kind wide = kind_at(s, at, &len, &cp);
            bool joiner = cp == '-' || cp == '.' || cp == '&' || cp == '@' || cp == '_' ||
                          sl_char_apostrophe(cp) || (cp == ',' && digits);
            if (sl_char_in_word(wide)) {
                n = SL_QWORD_MAX; /* unknown: not ASCII */
                lower = lower || wide == SL_CHAR_LOWER;
                at += len;
                continue;
            }
            if (!joiner || at == s->at ||
                !sl_char_in_word(kind_at(s, at + len, &next_len, &next))) {
                break;
            }
            if (sl_char_apostrophe(cp)) {
                apostrophe = at;
                n_at_apostrophe = n;
                b = '\'';
            }
            at += len;
        }
        if (n < SL_QWORD_MAX) {
            folded[n++] = (char)b;
        }
    }
    if (digits && letters == 0) {
        (void)put(s, at, TAG_NUM, flags);
        return;
    }
    flags |= lower || letters < 2 ? 0 : TOK_UPPER;
    if (apostrophe != 0 && n < SL_QWORD_MAX) {
        size_t tail = at - apostrophe;
        bool nt = n >= 3 && memcmp(folded + n - 3, "n't", 3) == 0;
        if (!nt && tail <= 5) { /* 's 've 'll 'd 'm 're */
            bool gen = n - n_at_apostrophe == 2 && folded[n - 1] == 's';
            t = put(s, apostrophe, TAG_N, flags);
            t->word = find(folded, n_at_apostrophe);
            t = put(s, at, gen ? TAG_GEN : TAG_AUX, flags & TOK_INQ);
            t->word = find(folded + n_at_apostrophe, n - n_at_apostrophe);
            return;
        }
    }
    t = put(s, at, TAG_N, flags);
    t->word = find(folded, n);
}

/* Letters and digits at `at`, as many as are seen at once; *seen gets their kinds, of digits and capitals
 * perhaps not. */
static inline size_t plain_word(const struct scan *s, size_t at, uint8_t *seen)
{
#ifdef __SSE2__
    const size_t left = s->end - at;
    if (at + 16 <= s->c->len) {
        __m128i v = _mm_loadu_si128((const __m128i *)(s->text + at));
        __m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
        __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
        unsigned word;
        unsigned lower;
        size_t n;
        letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
        digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
        word = (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, digit));
        /* the bit that makes a letter a small one, moved to where the mask is taken from */
        lower = (unsigned)_mm_movemask_epi8(_mm_and_si128(letter, _mm_slli_epi16(v, 2)));
        n = (size_t)__builtin_ctz(~word);
        n = n < left ? n : left;
        *seen = (lower & ((1u << n) - 1)) != 0 ? LOWER : 0;
        return n;
    }
#endif
    (void)s;
    (void)at;
    *seen = 0;
    return 0;
}

/* The same, at once for what nearly every word is: ASCII, a lower-case letter among it, short, and
 * nothing joined to it. */
static void put_word(struct scan *s, unsigned flags)
{
    static const char mask[2 * SL_QWORD_MAX] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                                -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    const unsigned char *p = (const unsigned char *)s->text;
    const size_t end = s->end;
    size_t at = s->at;
    size_t n;
    uint8_t seen = 0;
    uint8_t behind = 0;
    at += plain_word(s, at, &seen);
    for (; at < end; at++) {
        behind = byte_kind[p[at]];
        if (!(behind & WORD)) {
            break;
        }
        seen |= behind;
    }
    n = at - s->at;
    if (behind & JOINER && (at + 1 == end || !(byte_kind[p[at + 1]] & (WORD | WIDE)))) {
        behind = 0;
    }
    if (!(seen & LOWER) || behind & (JOINER | WIDE) || n >= SL_QWORD_MAX ||
        s->at + SL_QWORD_MAX > s->c->len) {
        put_any_word(s, flags);
    } else {
        struct sl_qkey key = sl_qkey_of(s->text + s->at);
        struct sl_qkey keep = sl_qkey_of(mask + SL_QWORD_MAX - n);
        const uint64_t small = UINT64_C(0x2020202020202020);
        key.part[0] = (key.part[0] | small) & keep.part[0];
        key.part[1] = (key.part[1] | small) & keep.part[1];
        key.part[2] = (key.part[2] | small) & keep.part[2];
        put(s, at, TAG_N, flags)->word = (uint16_t)sl_qword_find(&key);
    }
}

static void put_symbol(struct scan *s, uint32_t cp, size_t len, unsigned flags)
{
    enum sl_qtag tag = TAG_OTHER;
    size_t end = s->at + len;
    switch (cp) {
    case ',':
    case 0x3001:
    case 0xff0c:
        tag = TAG_COMMA;
        break;
    case ':':
        tag = TAG_COLON;
        break;
    case ';':
        tag = TAG_SEMI;
        break;
    case '.':
    case '!':
    case '?':
    case 0x2026:
        while (end < s->end &&
               (s->text[end] == '.' || s->text[end] == '!' || s->text[end] == '?')) {
            end++;
        }
        tag = end - s->at > 1 && cp == '.' ? TAG_OTHER : TAG_STOP;
        break;
    case 0x2013:
    case 0x2014:
        tag = TAG_DASH;
        break;
    case '-':
        while (end < s->end && s->text[end] == '-') {
            end++;
        }
        tag = end - s->at > 1 || (flags & TOK_SPACE) ? TAG_DASH : TAG_OTHER;
        break;
    case '(':
    case '[':
        tag = TAG_LP;
        break;
    case ')':
    case ']':
        tag = TAG_RP;
        break;
    default:
        break;
    }
    (void)put(s, end, tag, flags);
}

/* A point behind a word that does not end the sentence belongs to an abbreviation. */
static bool abbreviates(const struct scan *s)
{
    size_t at = s->at + 1;
    uint32_t cp;
    size_t len;
    if (s->c->n == 0 || s->c->tok[s->c->n - 1].end != s->at ||
        s->c->tok[s->c->n - 1].tag >= TAG_COMMA) {
        return false;
    }
    if (at >= s->end) {
        return false;
    }
    if (s->text[at] == ',') {
        return true;
    }
    while (at < s->end && s->text[at] == ' ') {
        at++;
    }
    return at < s->end && sl_char_in_word(kind_at(s, at, &len, &cp));
}

/* Where quotation k begins or ends, whichever comes next behind `at`; *inside: TOK_INQ where it has
 * begun. */
static size_t next_mark(const struct sl_quotations *q, uint32_t k, size_t at, unsigned *inside)
{
    *inside = k < q->n && at > q->p[k].begin ? TOK_INQ : 0;
    return k >= q->n ? SIZE_MAX : *inside ? q->p[k].closer : q->p[k].begin;
}

void sl_clause_read(struct sl_clause *c, const struct sl_quotations *q, uint32_t *quotation)
{
    struct scan s = {c, c->text, c->span.begin, c->span.end};
    const size_t end = s.end;
    uint32_t k = *quotation;
    bool space = true;
    unsigned capital = 0;
    unsigned plain = 0;
    unsigned inside;
    size_t mark;
    c->n = 0;
    c->words = 0;
    while (k < q->n && q->p[k].end <= s.at) {
        k++;
    }
    c->quotation = k;
    c->begins_quoted = k < q->n && q->p[k].begin < s.at;
    mark = next_mark(q, k, s.at, &inside);
    while (s.at < end && c->n < SL_QUOTE_MAX_TOKEN) {
        unsigned flags = space ? TOK_SPACE : 0;
        uint8_t kind;
        if (s.at >= mark) {
            const struct sl_quotation *p = &q->p[k];
            if (s.at == p->begin) {
                put(&s, p->inner, TAG_QO, flags)->quotation = k;
                space = false;
            } else if (s.at >= p->closer) {
                put(&s, p->end > s.at ? p->end : s.at, TAG_QC, flags)->quotation = k++;
                space = false;
            }
            mark = next_mark(q, k, s.at, &inside);
            continue;
        }
        flags |= inside;
        kind = byte_kind[(unsigned char)s.text[s.at]];
        if (kind & SPACE) {
            s.at++;
            space = true;
            continue;
        }
        if (kind & (UPPER | LOWER)) {
            capital += kind == UPPER;
            plain += kind == LOWER;
            put_word(&s, flags | (kind == UPPER ? TOK_CAP : 0));
            c->words |= inside ? CLAUSE_QUOTED : CLAUSE_PLAIN;
            space = s.at < end && s.at < mark && s.text[s.at] == ' ';
            s.at += space;
            continue;
        } else {
            size_t len;
            uint32_t cp;
            enum sl_char_kind wide = kind_at(&s, s.at, &len, &cp);
            if (wide == SL_CHAR_SPACE) {
                s.at += len;
                space = true;
                continue;
            }
            if (sl_char_in_word(wide)) {
                capital += wide == SL_CHAR_UPPER;
                plain += wide == SL_CHAR_LOWER;
                put_any_word(&s, flags | (wide == SL_CHAR_UPPER ? TOK_CAP : 0));
                c->words |= inside ? CLAUSE_QUOTED : CLAUSE_PLAIN;
            } else if (cp == '.' && abbreviates(&s)) {
                c->tok[c->n - 1].end++;
                s.at++;
            } else {
                put_symbol(&s, cp, len, flags);
            }
        }
        space = false;
    }
    c->headline = capital >= 4 && plain * 2 < capital;
    c->next = s.at;
    while (k < q->n && q->p[k].end <= s.at) {
        k++;
    }
    *quotation = k;
}
