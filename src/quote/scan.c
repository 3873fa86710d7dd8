/* Tokens of a sentence, punctuation too. */
#include "base/utf8.h"
#include "quote/clause.h"
#include "quote/letters.h"
#include "text/chars.h"
#include "text/fold.h"

#include <string.h>

struct scan {
    struct sl_clause *c;
    const char *text;
    size_t at, end;
};

/* What a byte can be. */
enum {
    UPPER = TOK_CAP,
    SPACE = 2,
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
    struct sl_clause *c = s->c;
    struct sl_qtoken *t = &c->tok[c->n];
    *t = (struct sl_qtoken){.begin = (uint32_t)s->at,
                            .end = (uint32_t)end,
                            .tag = (uint8_t)tag,
                            .flags = (uint8_t)flags,
                            .quotation = tag == TAG_N ? TOK_WORD : 0};
    c->open[c->n_open] = (uint16_t)c->n++;
    c->n_open += tag == TAG_N || tag == TAG_GEN || tag == TAG_OTHER || (flags & TOK_CAP) != 0;
    c->n_capital += (flags & TOK_CAP) != 0;
    c->marks |= SL_TAG_BIT(tag);
    s->at = end;
    return t;
}

/* The key of n bytes, n < SL_QWORD_MAX. */
static struct sl_qkey folded_key(const char *folded, size_t n)
{
    char text[SL_QWORD_MAX] = {0};
    memcpy(text, folded, n);
    return sl_qkey_of(text);
}

static uint16_t find_folded(const char *folded, size_t n)
{
    struct sl_qkey key;
    if (n == 0 || n >= SL_QWORD_MAX) {
        return 0;
    }
    key = folded_key(folded, n);
    return (uint16_t)sl_qword_find(&key);
}

/* Has the last token's word looked up, later where that can be. */
static void ask_folded(struct scan *s, const char *folded, size_t n)
{
    struct sl_clause *c = s->c;
    if (n > 0 && n <= SL_QWORD_SHORT) {
        const struct sl_qkey key = folded_key(folded, n);
        c->asked[c->n_asked++] =
            (struct sl_qasked){{key.part[0], key.part[1]}, (uint32_t)c->n - 1, 0};
    } else {
        c->tok[c->n - 1].word = find_folded(folded, n);
    }
}

/* José is a given name as Jose is; no other word is taken for one without its marks. */
static void ask_given(struct sl_qtoken *t, const char *text)
{
    static const uint64_t given =
        UINT64_C(1) << SL_QC_GIVEN_MALE_BIT | UINT64_C(1) << SL_QC_GIVEN_FEMALE_BIT;
    char folded[SL_FOLD_BASE];
    const uint16_t word =
        find_folded(folded, sl_fold_base(text + t->begin, t->end - t->begin, folded));
    t->word = sl_qwords[word].classes & given ? word : 0;
}

/* A run of letters and digits, joined over hyphens, inner points and inner apostrophes. */
struct run {
    char folded[SL_QWORD_MAX]; /* [n]; SL_QWORD_MAX: it is too long, or not ASCII */
    size_t n;
    size_t at;         /* behind it */
    size_t apostrophe; /* where the last one is, or 0 */
    size_t n_at_apostrophe;
    size_t letters; /* of ASCII */
    unsigned kinds; /* of the bytes it has */
};

static void fold(struct run *r, unsigned char b)
{
    if (r->n < SL_QWORD_MAX) {
        r->folded[r->n++] = (char)b;
    }
}

/* Letters and digits of ASCII. */
static void read_ascii(const struct scan *s, struct run *r)
{
    const unsigned char *const u = (const unsigned char *)s->text;
    size_t at = r->at;
    for (; at < s->end && byte_kind[u[at]] & WORD; at++) {
        const unsigned kind = byte_kind[u[at]];
        r->kinds |= kind;
        r->letters += (kind & DIGIT) == 0;
        fold(r, u[at] | 0x20); /* of digits the bit is set */
    }
    r->at = at;
}

/* A letter that is not ASCII, or what joins letters before it to those behind it; false where there is
 * neither. */
static bool read_joint(const struct scan *s, struct run *r)
{
    const size_t at = r->at;
    size_t len;
    size_t next_len;
    uint32_t cp;
    uint32_t next;
    enum sl_char_kind kind;
    if (at == s->end || !(byte_kind[(unsigned char)s->text[at]] & (JOINER | WIDE))) {
        return false;
    }
    kind = kind_at(s, at, &len, &cp);
    if (sl_char_in_word(kind)) {
        r->n = SL_QWORD_MAX;
        r->kinds |= WIDE | (kind == SL_CHAR_LOWER ? LOWER : 0u);
        r->at += len;
        return true;
    }
    if ((cp >= 0x80 && !sl_char_apostrophe(cp)) || (cp == ',' && !(r->kinds & DIGIT)) ||
        at == s->at || !sl_char_in_word(kind_at(s, at + len, &next_len, &next))) {
        return false;
    }
    if (sl_char_apostrophe(cp)) {
        r->apostrophe = at;
        r->n_at_apostrophe = r->n;
    }
    fold(r, (unsigned char)(cp < 0x80 ? cp : '\''));
    r->at += len;
    return true;
}

/* al-Roe has a capital. */
static bool has_article(const char *p, size_t n)
{
    return n > 4 && p[2] == '-' && p[1] == 'l' && (p[0] == 'a' || p[0] == 'e') &&
           byte_kind[(unsigned char)p[3]] & UPPER;
}

/* Whether the run ends in 's 've 'll 'd 'm 're, which is a token of its own; not: don't, O'Dell. */
static bool has_tail(const struct run *r)
{
    static const char known[][3] = {"ve", "ll", "re"};
    const size_t len = r->n - r->n_at_apostrophe;
    const char *tail = r->folded + r->n_at_apostrophe + 1;
    bool found = len == 2 && *tail != 't';
    for (size_t k = 0; k < sizeof known / sizeof known[0] && len == 3; k++) {
        found = found || memcmp(tail, known[k], 2) == 0;
    }
    return r->apostrophe != 0 && r->n < SL_QWORD_MAX && found;
}

/* A word of any form, without the tail of an apostrophe, such as 's, which is a token of its own. */
static void put_any_word(struct scan *s, unsigned flags)
{
    struct run r = {.at = s->at};
    do {
        read_ascii(s, &r);
    } while (read_joint(s, &r));
    if (r.kinds & DIGIT && r.letters == 0) {
        (void)put(s, r.at, TAG_NUM, flags);
        return;
    }
    flags |= r.kinds & LOWER || r.letters < 2 ? 0 : TOK_UPPER;
    flags |= has_article(s->text + s->at, r.at - s->at) ? TOK_CAP : 0;
    if (has_tail(&r)) {
        const char *const tail = r.folded + r.n_at_apostrophe;
        const size_t len = r.n - r.n_at_apostrophe;
        const enum sl_qtag tag = len == 2 && tail[1] == 's' ? TAG_GEN : TAG_AUX;
        (void)put(s, r.apostrophe, TAG_N, flags);
        ask_folded(s, r.folded, r.n_at_apostrophe);
        (void)put(s, r.at, tag, flags & TOK_INQ);
        ask_folded(s, tail, len);
        return;
    }
    struct sl_qtoken *t = put(s, r.at, TAG_N, flags);
    if (r.kinds & WIDE && flags & TOK_CAP) {
        ask_given(t, s->text);
    } else {
        ask_folded(s, r.folded, r.n);
    }
}

/* Whether the word whose letters and digits end at `end` is not joined to what stands there. */
static inline bool ends_word(const struct scan *s, size_t end)
{
    const unsigned char *u = (const unsigned char *)s->text;
    const uint8_t behind = end < s->end ? byte_kind[u[end]] : 0;
    return !(behind & (WORD | WIDE)) &&
           (!(behind & JOINER) || end + 1 >= s->end || !(byte_kind[u[end + 1]] & (WORD | WIDE)));
}

/* A word that begins with a digit: nearly always digits alone. */
static void put_number(struct scan *s, unsigned flags)
{
    size_t end = s->at;
    while (end < s->end && byte_kind[(unsigned char)s->text[end]] & DIGIT) {
        end++;
    }
    if (ends_word(s, end)) {
        (void)put(s, end, TAG_NUM, flags);
    } else {
        put_any_word(s, flags);
    }
}

/* n letters and digits, nothing joined to them. */
static void put_long_word(struct scan *s, size_t n, unsigned flags)
{
    char folded[SL_QWORD_MAX];
    for (size_t k = 0; k < n; k++) {
        folded[k] = (char)(s->text[s->at + k] | 0x20);
    }
    (void)put(s, s->at + n, TAG_N, flags);
    ask_folded(s, folded, n);
}

static bool has_lower(const unsigned char *p, size_t n)
{
    while (n > 0 && !(byte_kind[p[n - 1]] & LOWER)) {
        n--;
    }
    return n > 0;
}

/* How long the word at `at` is, where it is what nearly every word is: ASCII, not in capitals, short,
 * nothing joined to it. Else 0. */
static inline size_t plain_word(const struct scan *s, size_t at, unsigned capital)
{
    const unsigned char *u = (const unsigned char *)s->text + at;
    const size_t left = s->end - at;
    size_t n;
    if (at + SL_QWORD_MAX > s->c->len) {
        return 0;
    }
    n = sl_letters(s->text + at);
    if (n == 0 || n == SL_LETTERS) {
        while (n < left && byte_kind[u[n]] & WORD) {
            n++;
        }
    }
    n = n < left ? n : left;
    return !ends_word(s, at + n) || n >= SL_QWORD_MAX || (capital && n > 1 && !has_lower(u, n)) ? 0
                                                                                                : n;
}

/* What ASCII marks are that nearly always stand behind a word; TAG_N of other bytes. */
static const uint8_t mark_tag[256] = {[','] = TAG_COMMA, [':'] = TAG_COLON, [';'] = TAG_SEMI,
                                      ['.'] = TAG_STOP,  ['!'] = TAG_STOP,  ['?'] = TAG_STOP};

/* A known word at text[at, end). */
static inline struct sl_qtoken known_word(size_t at, size_t end, unsigned mark, unsigned tag,
                                          unsigned flags)
{
    return (struct sl_qtoken){.begin = (uint32_t)at,
                              .end = (uint32_t)end,
                              .word = (uint16_t)(mark >> SL_MARK_SHIFT),
                              .tag = (uint8_t)tag,
                              .flags = (uint8_t)flags,
                              .quotation = TOK_WORD};
}

/* The comma, colon or semicolon at text[at]. */
static inline struct sl_qtoken mark_token(size_t at, unsigned tag, unsigned flags)
{
    return (struct sl_qtoken){.begin = (uint32_t)at,
                              .end = (uint32_t)at + 1,
                              .tag = (uint8_t)tag,
                              .flags = (uint8_t)flags};
}

/* The known words, up to `stop`, that a blank follows, or a mark and one: nearly all. flags: of the first. How many
 * there are. By itself, so that what each word needs is in registers. */
static __attribute__((noinline)) unsigned put_spaced(struct scan *s, size_t stop, unsigned flags)
{
    struct sl_clause *c = s->c;
    const char *const text = s->text;
    const struct sl_read_token *const first = c->known;
    const struct sl_read_token *known = first;
    const uint16_t *mark = c->mark;
    const unsigned inner = (flags & TOK_INQ) | TOK_SPACE;
    uint16_t *open = c->open + c->n_open;
    size_t at = s->at;
    int n = c->n;
    unsigned n_capital = 0;
    while (known->begin == at && *mark >= SL_MARK_PLAIN && n < SL_QUOTE_MAX_TOKEN - 1) {
        const unsigned m = *mark;
        const unsigned capital = m / SL_MARK_CAPITAL & 1;
        const unsigned seen = sl_qword_seen[m / SL_MARK_CAPITAL];
        size_t end = at + known->len;
        if (end >= stop) {
            break;
        }
        c->tok[n] = known_word(at, end, m, seen & SL_SEEN_TAG, flags | capital * TOK_CAP);
        *open = (uint16_t)n;
        if (text[end] != ' ') {
            const unsigned tag = mark_tag[(unsigned char)text[end]];
            if (tag - TAG_COMMA > TAG_SEMI - TAG_COMMA || end + 1 >= stop || text[end + 1] != ' ') {
                break;
            }
            c->tok[++n] = mark_token(end++, tag, inner & TOK_INQ);
            c->marks |= SL_TAG_BIT(tag);
        }
        n++;
        open += seen / SL_SEEN_OPEN;
        n_capital += capital;
        flags = inner;
        at = end + 1;
        known++;
        mark++;
    }
    c->known = known;
    c->mark = mark;
    c->n = n;
    c->n_open = (int)(open - c->open);
    c->n_capital += (int)n_capital;
    s->at = at;
    return (unsigned)(known - first);
}

/* What is known is of the tokens that do not begin before s->at. */
static void pass_known(struct scan *s)
{
    struct sl_clause *c = s->c;
    while (c->known->begin < s->at) {
        c->known++;
        c->mark++;
    }
}

/* Whether the next word is a known one that ends where its token does. */
static bool is_known(const struct scan *s, size_t stop)
{
    const struct sl_clause *c = s->c;
    return c->known->begin == s->at && *c->mark >= SL_MARK_PLAIN && c->n < SL_QUOTE_MAX_TOKEN &&
           s->at + c->known->len <= stop && ends_word(s, s->at + c->known->len);
}

/* A known word that no blank follows, and the stop that ends the sentence with it. */
static void put_last(struct scan *s, size_t stop, unsigned flags)
{
    struct sl_clause *c = s->c;
    const unsigned mark = *c->mark++;
    const unsigned capital = mark / SL_MARK_CAPITAL & 1;
    const unsigned seen = sl_qword_seen[mark / SL_MARK_CAPITAL];
    const size_t end = s->at + c->known++->len;
    c->tok[c->n] = known_word(s->at, end, mark, seen & SL_SEEN_TAG, flags | capital * TOK_CAP);
    c->open[c->n_open] = (uint16_t)c->n++;
    c->n_open += (int)(seen / SL_SEEN_OPEN);
    c->n_capital += (int)capital;
    s->at = end;
    if (end < stop && end + 1 == s->end && mark_tag[(unsigned char)s->text[end]] == TAG_STOP &&
        c->n < SL_QUOTE_MAX_TOKEN) {
        c->tok[c->n++] = mark_token(end, TAG_STOP, flags & TOK_INQ);
        c->marks |= SL_TAG_BIT(TAG_STOP);
        s->at++;
    }
}

/* Words that are known already, up to `stop`: nearly all where a sentence has been scored. *space: whether a blank
 * follows the last, or stands before the next token. How many there are. */
static unsigned put_known(struct scan *s, size_t stop, unsigned flags, bool *space)
{
    unsigned n;
    pass_known(s);
    n = put_spaced(s, stop, flags);
    *space = n > 0;
    if (n > 0) {
        flags = (flags & TOK_INQ) | TOK_SPACE;
        pass_known(s); /* the mark can be a token too */
    }
    if (is_known(s, stop)) {
        put_last(s, stop, flags);
        *space = false;
        n++;
    }
    return n;
}

/* Words of which none is known, with one blank between them, up to `stop`; whether a blank follows the
 * last. *n_word counts them. */
static bool put_words(struct scan *s, size_t stop, unsigned flags, unsigned *n_word)
{
    struct sl_clause *c = s->c;
    const unsigned char *const u = (const unsigned char *)s->text;
    const size_t near = c->len < SL_QWORD_MAX ? 0 : c->len - SL_QWORD_MAX + 1;
    const size_t usual = near < stop ? near : stop; /* before it a key may be read */
    struct sl_qasked *asked = c->asked + c->n_asked;
    int n_capital = c->n_capital;
    int n_open = c->n_open;
    size_t at = s->at;
    uint32_t number = (uint32_t)c->n;
    unsigned kind = byte_kind[u[at]];
    unsigned words = 0;
    for (;;) {
        size_t n = at < usual ? sl_letters_alone((const char *)u + at) : 0;
        flags |= kind & UPPER;
        words++;
        if (n - 1 >= SL_LETTERS - 1 || at + n >= stop || u[at + n] != ' ' ||
            (kind & UPPER && n > 1 && !(byte_kind[u[at + 1]] & LOWER))) {
            n = plain_word(s, at, kind & UPPER);
        }
        if (n == 0 || n > SL_LETTERS) {
            s->at = at;
            c->n = (int)number;
            c->n_capital = n_capital;
            c->n_open = n_open;
            c->n_asked = (int)(asked - c->asked);
            if (n == 0) {
                put_any_word(s, flags);
            } else {
                put_long_word(s, n, flags);
            }
            number = (uint32_t)c->n;
            n_capital = c->n_capital;
            n_open = c->n_open;
            asked = c->asked + c->n_asked;
            at = s->at;
        } else {
            const struct sl_qkey key = sl_letters_key((const char *)u + at, n);
            asked->part[0] = key.part[0];
            asked->part[1] = key.part[1];
            asked++->token = number;
            c->tok[number] = (struct sl_qtoken){.begin = (uint32_t)at,
                                                .end = (uint32_t)(at + n),
                                                .tag = TAG_N,
                                                .flags = (uint8_t)flags,
                                                .quotation = TOK_WORD};
            c->open[n_open++] = (uint16_t)number++;
            n_capital += (kind & UPPER) != 0;
            at += n;
        }
        if (at >= stop || u[at] != ' ') {
            break;
        }
        at++;
        if (at >= stop || number >= SL_QUOTE_MAX_TOKEN) {
            break;
        }
        kind = byte_kind[u[at]];
        if (!(kind & (UPPER | LOWER))) {
            break;
        }
        flags = (flags & TOK_INQ) | TOK_SPACE;
    }
    *n_word += words;
    s->at = at;
    c->n = (int)number;
    c->n_asked = (int)(asked - c->asked);
    c->n_capital = n_capital;
    c->n_open = n_open;
    return at > 0 && u[at - 1] == ' ';
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

/* The Pentagon 's chief: text whose marks stand apart. */
static bool is_parted_genitive(const struct scan *s, uint32_t cp, size_t len)
{
    const size_t at = s->at + len;
    size_t next_len;
    uint32_t next;
    return sl_char_apostrophe(cp) && s->at > 0 && s->text[s->at - 1] == ' ' && at < s->end &&
           s->text[at] == 's' && !sl_char_in_word(kind_at(s, at + 1, &next_len, &next));
}

/* Where @name at s->at ends. */
static size_t account_end(const struct scan *s)
{
    size_t end = s->at + 1;
    while (end < s->end && (byte_kind[(unsigned char)s->text[end]] & WORD || s->text[end] == '_')) {
        end++;
    }
    return end;
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
    return at < s->end && (s->text[at] == ',' || sl_char_in_word(kind_at(s, at, &len, &cp)));
}

/* Takes the point behind an abbreviation into it. */
static void lengthen(struct sl_qtoken *t)
{
    t->end++;
    t->word = t->word < SL_QWORD_FIRST ? 0 : t->word; /* it ends otherwise now */
}

/* Where quotation k begins or ends, whichever comes next behind `at`; *inside: TOK_INQ where it has
 * begun. */
static size_t next_mark(const struct sl_quotations *q, uint32_t k, size_t at, unsigned *inside)
{
    *inside = k < q->n && at > q->p[k].begin ? TOK_INQ : 0;
    return k >= q->n ? SIZE_MAX : *inside ? q->p[k].closer : q->p[k].begin;
}

/* Whether a blank follows before `stop`; it is passed. */
static bool pass_blank(struct scan *s, size_t stop)
{
    const bool blank = s->at < stop && s->text[s->at] == ' ';
    s->at += blank;
    return blank;
}

void sl_clause_read(struct sl_clause *c, const struct sl_quotations *q, uint32_t *quotation)
{
    struct scan s = {c, c->text, c->span.begin, c->span.end};
    const size_t end = s.end;
    uint32_t k = *quotation;
    bool space = true;
    unsigned n_word = 0; /* that begin with a letter */
    unsigned inside;
    size_t mark;
    c->n = c->n_open = c->n_capital = c->n_asked = 0;
    c->marks = c->words = 0;
    while (k < q->n && q->p[k].end <= s.at) {
        k++;
    }
    c->quotation = k;
    c->begins_quoted = k < q->n && q->p[k].begin < s.at;
    mark = next_mark(q, k, s.at, &inside);
    while (s.at < end && c->n < SL_QUOTE_MAX_TOKEN) {
        unsigned flags = space ? TOK_SPACE : 0;
        enum sl_char_kind wide;
        uint32_t cp;
        size_t len;
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
        const size_t stop = end < mark ? end : mark;
        flags |= inside;
        kind = byte_kind[(unsigned char)s.text[s.at]];
        if (kind & SPACE) {
            s.at++;
            space = true;
            continue;
        }
        if (kind & (UPPER | LOWER)) {
            const unsigned known = put_known(&s, stop, flags, &space);
            if (known > 0) {
                n_word += known;
            } else if (c->known->begin == SIZE_MAX) {
                space = put_words(&s, stop, flags, &n_word);
            } else { /* the next ones may be known */
                n_word++;
                put_any_word(&s, flags | (kind & UPPER));
                space = pass_blank(&s, stop);
            }
            c->words |= inside ? CLAUSE_QUOTED : CLAUSE_PLAIN;
            continue;
        }
        if (kind & DIGIT) {
            put_number(&s, flags);
            space = pass_blank(&s, stop);
            c->words |= inside ? CLAUSE_QUOTED : CLAUSE_PLAIN;
            continue;
        }
        wide = kind_at(&s, s.at, &len, &cp);
        if (wide == SL_CHAR_SPACE) {
            s.at += len;
            space = true;
            continue;
        }
        if (sl_char_in_word(wide)) {
            n_word += wide != SL_CHAR_DIGIT;
            put_any_word(&s, flags | (wide == SL_CHAR_UPPER ? TOK_CAP : 0));
            c->words |= inside ? CLAUSE_QUOTED : CLAUSE_PLAIN;
        } else if (cp == '.' && abbreviates(&s)) {
            lengthen(&c->tok[c->n - 1]);
            s.at++;
        } else if (is_parted_genitive(&s, cp, len)) {
            (void)put(&s, s.at + len + 1, TAG_GEN, flags);
        } else if (cp == '@' && account_end(&s) > s.at + 1) {
            (void)put(&s, account_end(&s), TAG_PROP, flags | TOK_CAP);
        } else {
            put_symbol(&s, cp, len, flags);
        }
        space = false;
    }
    /* a piece that is full ends alike, whether words were known or not */
    while (c->n == SL_QUOTE_MAX_TOKEN && s.at < end && s.text[s.at] == ' ') {
        s.at++;
    }
    c->headline = c->n_capital >= 4 && n_word * 2 < (unsigned)c->n_capital * 3;
    c->next = s.at;
    while (k < q->n && q->p[k].end <= s.at) {
        k++;
    }
    *quotation = k;
}
