#include "text/token.h"
#include "base/utf8.h"
#include "text/chars.h"

#include <string.h>

void sl_tokens_init(struct sl_tokens *it, const char *text, size_t begin, size_t end,
                    const struct slant_span *mask, size_t n_mask)
{
    *it = (struct sl_tokens){.text = text, .at = begin, .end = end, .mask = mask, .n_mask = n_mask};
}

static enum sl_char_kind kind_at(const struct sl_tokens *it, size_t at, size_t *len)
{
    uint32_t cp;
    if (at >= it->end) {
        *len = 0;
        return SL_CHAR_SPACE;
    }
    *len = sl_utf8_next(it->text + at, it->text + it->end, &cp);
    return sl_char_kind(cp);
}

static bool is_letter(enum sl_char_kind kind)
{
    return kind == SL_CHAR_UPPER || kind == SL_CHAR_LOWER;
}

/* Whether the code point at `at` joins the word before it to the one behind it. */
static bool joins(const struct sl_tokens *it, size_t word_begin, size_t at,
                  enum sl_char_kind before, size_t *len)
{
    uint32_t cp;
    size_t next_len;
    enum sl_char_kind next;
    *len = sl_utf8_next(it->text + at, it->text + it->end, &cp);
    if (cp != '.' && cp != ',' && cp != '&' && !sl_char_apostrophe(cp)) {
        return false;
    }
    next = kind_at(it, at + *len, &next_len);
    switch (cp) {
    case '.':
        if (before == SL_CHAR_DIGIT) {
            return next == SL_CHAR_DIGIT;
        }
        /* U.S, e.g: a single letter on each side */
        if (is_letter(before) && is_letter(next)) {
            size_t after_len;
            bool single_before = at - word_begin == 1 || it->text[at - 2] == '.';
            bool single_next = !sl_char_in_word(kind_at(it, at + *len + next_len, &after_len));
            return single_before && single_next;
        }
        return false;
    case ',':
        return before == SL_CHAR_DIGIT && next == SL_CHAR_DIGIT;
    case '&':
        return before == SL_CHAR_UPPER && next == SL_CHAR_UPPER;
    default: /* an apostrophe */
        return is_letter(before) && is_letter(next);
    }
}

static size_t word_end(const struct sl_tokens *it, size_t begin)
{
    size_t at = begin;
    enum sl_char_kind last = SL_CHAR_OTHER;
    while (at < it->end) {
        size_t len;
        enum sl_char_kind kind = kind_at(it, at, &len);
        if (!sl_char_in_word(kind)) {
            if (at == begin || !joins(it, begin, at, last, &len)) {
                break;
            }
            kind = SL_CHAR_OTHER;
        }
        last = kind;
        at += len;
    }
    return at;
}

/* The end of the CamelCase part that begins at begin: "ClimateChange2020" has three. */
static size_t hashtag_part_end(const struct sl_tokens *it, size_t begin)
{
    size_t at = begin;
    enum sl_char_kind last = SL_CHAR_OTHER;
    while (at < it->hashtag_end) {
        size_t len;
        size_t next_len;
        enum sl_char_kind kind = kind_at(it, at, &len);
        bool starts = false;
        if (!sl_char_in_word(kind)) {
            break;
        }
        if (at > begin) {
            bool next_lower =
                at + len < it->hashtag_end && kind_at(it, at + len, &next_len) == SL_CHAR_LOWER;
            starts = (kind == SL_CHAR_UPPER && (last == SL_CHAR_LOWER || next_lower)) ||
                     (kind == SL_CHAR_DIGIT) != (last == SL_CHAR_DIGIT);
        }
        if (starts) {
            break;
        }
        last = kind;
        at += len;
    }
    return at;
}

static bool starts_address(const char *p, size_t room)
{
    return (room > 7 && memcmp(p, "http://", 7) == 0) ||
           (room > 8 && memcmp(p, "https://", 8) == 0) || (room > 4 && memcmp(p, "www.", 4) == 0);
}

static size_t address_end(const struct sl_tokens *it, size_t at)
{
    size_t len;
    while (at < it->end && kind_at(it, at, &len) != SL_CHAR_SPACE) {
        at += len;
    }
    return at;
}

/* Length of an emoticon such as :-) at p, else 0. */
static size_t emoticon_len(const char *p, size_t room)
{
    size_t n = 1;
    if (room >= 2 && p[0] == '<' && p[1] == '3') {
        return 2;
    }
    if (room < 2 || memchr(":;=", p[0], 3) == NULL) {
        return 0;
    }
    n += p[1] == '-' || p[1] == '\'';
    if (n >= room || memchr("()DPp|/[]", p[n], 9) == NULL) {
        return 0;
    }
    /* ":Drones" is no smile */
    return n + 1 < room && sl_char_in_word(sl_char_kind((unsigned char)p[n + 1])) ? 0 : n + 1;
}

/* A run of ! and ?, or of points, from at; 0 where there is none. */
static size_t mark_len(const char *p, size_t room)
{
    size_t n = 0;
    while (n < room && (p[n] == '!' || p[n] == '?')) {
        n++;
    }
    if (n > 0) {
        return n;
    }
    while (n < room && p[n] == '.') {
        n++;
    }
    if (n >= 2) {
        return n;
    }
    return room >= 3 && memcmp(p, "\xe2\x80\xa6", 3) == 0 ? 3 : 0;
}

static bool is_break(uint32_t cp)
{
    switch (cp) {
    case ',':
    case ';':
    case ':':
    case '.':
    case '!':
    case '?':
    case '(':
    case ')':
    case 0x2013: /* dashes */
    case 0x2014:
    case 0x2026:
        return true;
    default:
        return false;
    }
}

static bool give(struct sl_tokens *it, struct sl_token *out, size_t end, enum sl_token_kind kind)
{
    *out = (struct sl_token){it->at, end, kind, it->after_break};
    it->after_break = false;
    it->at = end;
    return true;
}

/* A token that starts with a symbol at it->at, whose code point is cp of len bytes. */
static bool symbol_token(struct sl_tokens *it, uint32_t cp, size_t len, enum sl_char_kind kind,
                         struct sl_token *out)
{
    const char *p = it->text + it->at;
    size_t room = it->end - it->at;
    size_t next_len;
    size_t n;
    if ((cp == '#' || cp == '@') && sl_char_in_word(kind_at(it, it->at + len, &next_len))) {
        size_t end = it->at + len;
        while (end < it->end &&
               (it->text[end] == '_' || sl_char_in_word(kind_at(it, end, &next_len)))) {
            end += it->text[end] == '_' ? 1 : next_len;
        }
        if (cp == '@') {
            return give(it, out, end, SL_TOKEN_USER);
        }
        (void)give(it, out, end, SL_TOKEN_HASHTAG);
        it->hashtag_end = end;
        it->at = out->begin + 1; /* its parts follow */
        return true;
    }
    n = mark_len(p, room);
    if (n == 0) {
        n = emoticon_len(p, room);
    }
    if (n == 0 && kind == SL_CHAR_EMOJI) {
        n = len;
    }
    if (n == 0) {
        return false;
    }
    (void)give(it, out, it->at + n, SL_TOKEN_MARK);
    it->after_break = is_break(cp);
    return true;
}

bool sl_tokens_next(struct sl_tokens *it, struct sl_token *out)
{
    while (it->at < it->end) {
        uint32_t cp;
        size_t len;
        enum sl_char_kind kind;
        while (it->n_mask > 0 && it->mask->end <= it->at) {
            it->mask++;
            it->n_mask--;
        }
        if (it->n_mask > 0 && it->mask->begin <= it->at) {
            size_t end = it->mask->end < it->end ? it->mask->end : it->end;
            it->hashtag_end = 0;
            return give(it, out, end, SL_TOKEN_MENTION);
        }
        if (it->at < it->hashtag_end) {
            size_t end = hashtag_part_end(it, it->at);
            if (end > it->at) {
                return give(it, out, end, SL_TOKEN_WORD);
            }
            it->at++; /* an underscore */
            continue;
        }
        len = sl_utf8_next(it->text + it->at, it->text + it->end, &cp);
        kind = sl_char_kind(cp);
        if (sl_char_in_word(kind)) {
            size_t end;
            if (starts_address(it->text + it->at, it->end - it->at)) {
                return give(it, out, address_end(it, it->at), SL_TOKEN_ADDRESS);
            }
            end = word_end(it, it->at);
            if (it->n_mask > 0 && it->mask->begin < end) {
                end = it->mask->begin; /* a mask from the data may start inside a word */
            }
            return give(it, out, end, SL_TOKEN_WORD);
        }
        if (symbol_token(it, cp, len, kind, out)) {
            return true;
        }
        it->after_break = it->after_break || is_break(cp);
        it->at += len;
    }
    return false;
}
