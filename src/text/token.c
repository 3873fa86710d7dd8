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
    if (at >= it->limit) {
        *len = 0;
        return SL_CHAR_SPACE;
    }
    *len = sl_utf8_next(it->text + at, it->text + it->limit, &cp);
    return sl_char_kind(cp);
}

static bool is_letter(enum sl_char_kind kind)
{
    return kind == SL_CHAR_UPPER || kind == SL_CHAR_LOWER;
}

/* What stands before a joiner: the kind of the last code point, and how many stand behind the joiner
 * before it. */
struct before {
    enum sl_char_kind kind;
    size_t run;
};

/* Whether the code point at `at` joins the word before it to the one behind it. */
static bool joins(const struct sl_tokens *it, size_t at, const struct before *before, size_t *len)
{
    uint32_t cp;
    size_t next_len;
    enum sl_char_kind next;
    *len = sl_utf8_next(it->text + at, it->text + it->limit, &cp);
    if (cp != '.' && cp != ',' && cp != '&' && !sl_char_apostrophe(cp)) {
        return false;
    }
    next = kind_at(it, at + *len, &next_len);
    if (cp == ',' || (cp == '.' && before->kind == SL_CHAR_DIGIT)) {
        return before->kind == SL_CHAR_DIGIT && next == SL_CHAR_DIGIT;
    }
    if (!is_letter(before->kind) || !is_letter(next)) {
        return false;
    }
    if (cp == '.') { /* U.S, e.g: a single letter on each side */
        size_t after_len;
        return before->run == 1 && !sl_char_in_word(kind_at(it, at + *len + next_len, &after_len));
    }
    return true; /* don't, AT&T */
}

static size_t word_end(const struct sl_tokens *it, size_t begin)
{
    struct before before = {SL_CHAR_OTHER, 0};
    size_t at = begin;
    while (at < it->limit) {
        size_t len;
        enum sl_char_kind kind;
        unsigned char c = (unsigned char)it->text[at];
        if (c < 0x80 && sl_char_in_word((enum sl_char_kind)sl_ascii_kind[c])) { /* nearly all */
            before.kind = (enum sl_char_kind)sl_ascii_kind[c];
            before.run++;
            at++;
            continue;
        }
        kind = kind_at(it, at, &len);
        if (sl_char_in_word(kind)) {
            before.kind = kind;
            before.run++;
        } else if (at > begin && joins(it, at, &before, &len)) {
            before = (struct before){SL_CHAR_OTHER, 0};
        } else {
            break;
        }
        at += len;
    }
    return at;
}

/* The end of the CamelCase part that begins at begin: "ClimateChange2020" has three. */
static size_t hashtag_part_end(const struct sl_tokens *it, size_t begin)
{
    size_t limit = it->hashtag_end < it->limit ? it->hashtag_end : it->limit;
    size_t at = begin;
    enum sl_char_kind last = SL_CHAR_OTHER;
    while (at < limit) {
        size_t len;
        size_t next_len;
        enum sl_char_kind kind = kind_at(it, at, &len);
        bool starts = false;
        if (!sl_char_in_word(kind)) {
            break;
        }
        if (at > begin) {
            bool next_lower = at + len < limit && kind_at(it, at + len, &next_len) == SL_CHAR_LOWER;
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
    while (at < it->limit && kind_at(it, at, &len) != SL_CHAR_SPACE) {
        at += len;
    }
    return at;
}

/* Length of an emoticon such as :-) at p, else 0. */
static size_t emoticon_len(const char *p, size_t room)
{
    size_t n = 1;
    if (room >= 2 && p[0] == '<' && p[1] == '3') {
        return room > 2 && p[2] >= '0' && p[2] <= '9' ? 0 : 2; /* <30 is a number */
    }
    if (room < 2 || memchr(":;=", p[0], 3) == NULL) {
        return 0;
    }
    n += p[1] == '-' || p[1] == '\'';
    if (n >= room || memchr("()DPp|/[]", p[n], 9) == NULL) {
        return 0;
    }
    if (n + 1 < room) {
        uint32_t cp;
        (void)sl_utf8_next(p + n + 1, p + room, &cp);
        if (sl_char_in_word(sl_char_kind(cp))) {
            return 0; /* ":Drones" is no smile */
        }
    }
    return n + 1;
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

/* The end of the #tag or @user at it->at, as if nothing in it were masked. */
static size_t tag_end(const struct sl_tokens *it)
{
    size_t end = it->at + 1;
    while (end < it->end) {
        uint32_t cp;
        size_t len = sl_utf8_next(it->text + end, it->text + it->end, &cp);
        if (cp != '_' && !sl_char_in_word(sl_char_kind(cp))) {
            break;
        }
        end += len;
    }
    return end;
}

/* A tag whose name is partly masked would tell the name: only its parts are given then. */
static bool tag_token(struct sl_tokens *it, uint32_t cp, struct sl_token *out)
{
    size_t end = tag_end(it);
    bool whole = end <= it->limit;
    if (cp == '@') {
        return give(it, out, whole ? end : it->limit, SL_TOKEN_USER);
    }
    it->hashtag_end = end;
    if (!whole) {
        it->at++;
        return false;
    }
    (void)give(it, out, end, SL_TOKEN_HASHTAG);
    it->at = out->begin + 1; /* its parts follow */
    return true;
}

/* A token that starts with a symbol at it->at, whose code point is cp of len bytes. */
static bool symbol_token(struct sl_tokens *it, uint32_t cp, size_t len, enum sl_char_kind kind,
                         struct sl_token *out)
{
    const char *p = it->text + it->at;
    size_t room = it->limit - it->at;
    size_t n = mark_len(p, room);
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

/* Drops masks that lie behind; the next one bounds what may be read as a token. */
static void find_limit(struct sl_tokens *it)
{
    while (it->n_mask > 0 && it->mask->end <= it->at) {
        it->mask++;
        it->n_mask--;
    }
    it->limit = it->n_mask > 0 && it->mask->begin < it->end ? it->mask->begin : it->end;
}

/* # or @ with a letter or digit directly behind it. */
static bool tag_starts(const struct sl_tokens *it, uint32_t cp)
{
    uint32_t next;
    if ((cp != '#' && cp != '@') || it->at + 1 >= it->end) {
        return false;
    }
    (void)sl_utf8_next(it->text + it->at + 1, it->text + it->end, &next);
    return sl_char_in_word(sl_char_kind(next));
}

bool sl_tokens_next(struct sl_tokens *it, struct sl_token *out)
{
    while (it->at < it->end) {
        uint32_t cp;
        size_t len;
        enum sl_char_kind kind;
        find_limit(it);
        if (it->limit <= it->at) {
            size_t end = it->mask->end < it->end ? it->mask->end : it->end;
            (void)give(it, out, end, SL_TOKEN_MENTION);
            if (it->names_too) {
                it->at = out->begin; /* its words follow */
                it->mask++;
                it->n_mask--;
            }
            return true;
        }
        if (it->at < it->hashtag_end) {
            size_t end = hashtag_part_end(it, it->at);
            if (end > it->at) {
                return give(it, out, end, SL_TOKEN_WORD);
            }
            it->at++; /* an underscore */
            continue;
        }
        len = sl_utf8_next(it->text + it->at, it->text + it->limit, &cp);
        kind = sl_char_kind(cp);
        if (sl_char_in_word(kind)) {
            bool address = starts_address(it->text + it->at, it->limit - it->at);
            return address ? give(it, out, address_end(it, it->at), SL_TOKEN_ADDRESS)
                           : give(it, out, word_end(it, it->at), SL_TOKEN_WORD);
        }
        if (tag_starts(it, cp)) {
            if (tag_token(it, cp, out)) {
                return true;
            }
            continue;
        }
        if (symbol_token(it, cp, len, kind, out)) {
            return true;
        }
        it->after_break = it->after_break || is_break(cp);
        it->at += len;
    }
    return false;
}
