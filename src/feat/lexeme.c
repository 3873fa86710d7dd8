#include "feat/lexeme.h"
#include "base/bytes.h"
#include "base/utf8.h"

#include <libstemmer.h>
#include <string.h>

enum slant_status sl_lexer_init(struct sl_lexer *x, const struct sl_language *language,
                                struct slant_error *err)
{
    x->language = language;
    x->stemmer = sb_stemmer_new(language->name, NULL);
    if (x->stemmer == NULL) {
        return sl_fail(err, SLANT_ERR_NOMEM, 0, "libstemmer has no stemmer for %s, or no memory",
                       language->name);
    }
    return SLANT_OK;
}

void sl_lexer_free(struct sl_lexer *x)
{
    if (x->stemmer != NULL) {
        sb_stemmer_delete(x->stemmer);
        x->stemmer = NULL;
    }
}

static void set_stem(struct sl_lexeme *out, const char *stem, size_t len)
{
    memcpy(out->stem, stem, len);
    out->stem_len = len;
}

static bool is_ascii(const char *p, size_t len)
{
    unsigned char all = 0;
    for (size_t i = 0; i < len; i++) {
        all |= (unsigned char)p[i];
    }
    return all < 0x80;
}

/* By libstemmer; a stem that is too long is none. */
static bool stem_by_library(struct sl_lexer *x, struct sl_lexeme *out)
{
    const sb_symbol *stem =
        sb_stemmer_stem(x->stemmer, (const sb_symbol *)out->folded, (int)out->folded_len);
    if (stem == NULL) {
        return false;
    }
    size_t len = (size_t)sb_stemmer_length(x->stemmer);
    set_stem(out, (const char *)stem, len < SL_STEM_MAX ? len : 0);
    return true;
}

static bool stem_word(struct sl_lexer *x, struct sl_lexeme *out)
{
    const struct sl_language *language = x->language;
    set_stem(out, out->folded, out->folded_len);
    if (out->folded_len == 0 || !language->may_have_ending(out->folded, out->folded_len)) {
        return true;
    }
    if (language->stem != NULL && is_ascii(out->folded, out->folded_len)) {
        out->stem_len = language->stem(out->stem, out->folded_len);
    } else if (!stem_by_library(x, out)) {
        return false;
    }
    if (out->stem_len == 0) { /* nothing was left */
        set_stem(out, out->folded, out->folded_len);
    }
    return true;
}

/* U.K. to uk, but a number keeps its point. */
static void drop_initialism_points(struct sl_lexeme *out)
{
    size_t n = 0;
    if (memchr(out->folded, '.', out->folded_len) == NULL ||
        (out->folded[0] >= '0' && out->folded[0] <= '9')) {
        return;
    }
    for (size_t i = 0; i < out->folded_len; i++) {
        if (out->folded[i] != '.') {
            out->folded[n++] = out->folded[i];
        }
    }
    out->folded_len = n;
}

static bool read_word(struct sl_lexer *x, const char *p, size_t len, struct sl_lexeme *out)
{
    bool united_states =
        (len == 2 && memcmp(p, "US", 2) == 0) || (len == 3 && memcmp(p, "U.S", 3) == 0);
    out->folded_len = sl_fold(p, len, out->folded);
    if (united_states) {
        memcpy(out->folded, "u.s", 3);
        out->folded_len = 3;
        set_stem(out, "u.s", 3);
        return true;
    }
    drop_initialism_points(out);
    out->negator = sl_word_list_has(&x->language->negator, out->folded, out->folded_len);
    return stem_word(x, out);
}

bool sl_lexeme_read(struct sl_lexer *x, const char *text, const struct sl_token *t,
                    struct sl_lexeme *out)
{
    const char *p = text + t->begin;
    size_t len = t->end - t->begin;
    out->folded_len = 0;
    out->negator = false;
    switch (t->kind) {
    case SL_TOKEN_WORD:
        return read_word(x, p, len, out);
    case SL_TOKEN_HASHTAG:
        out->stem_len = sl_fold(p, len, out->stem);
        return true;
    case SL_TOKEN_USER:
        set_stem(out, "@user", 5);
        return true;
    case SL_TOKEN_ADDRESS:
        set_stem(out, "http:", 5);
        return true;
    case SL_TOKEN_MENTION:
        set_stem(out, SL_STEM_TARGET, sizeof SL_STEM_TARGET - 1);
        return true;
    case SL_TOKEN_MARK:
        if (p[0] == '.' || (unsigned char)p[0] == 0xe2) {
            bool ellipsis = p[0] == '.' || (len == 3 && memcmp(p, "\xe2\x80\xa6", 3) == 0);
            if (ellipsis) {
                set_stem(out, "...", 3);
                return true;
            }
        }
        if (p[0] == '!' || p[0] == '?') {
            set_stem(out, p, len < 3 ? len : 3);
        } else {
            out->stem_len = sl_fold(p, len, out->stem);
        }
        return true;
    }
    return true;
}

enum slant_status sl_lexer_probe(struct sl_lexer *x, uint64_t *hash, struct slant_error *err)
{
    static const char *const probe[] = {
        "security",    "securing",       "banned",      "bans",         "generously",
        "national",    "companies",      "denied",      "restrict",     "happily",
        "lying",       "news",           "skies",       "organisation", "relational",
        "conditional", "vietnamization", "hopefulness", "proceed",      "it's"};
    uint64_t h = 0;
    for (size_t i = 0; i < sizeof probe / sizeof probe[0]; i++) {
        struct sl_lexeme lexeme = {.folded_len = strlen(probe[i])};
        memcpy(lexeme.folded, probe[i], lexeme.folded_len);
        if (!stem_word(x, &lexeme)) {
            return sl_fail_nomem(err);
        }
        h = sl_hash(lexeme.stem, lexeme.stem_len, h);
    }
    *hash = h;
    return SLANT_OK;
}

void sl_characters_init(struct sl_characters *c, const struct sl_lexeme *x)
{
    size_t len = x->folded_len + 2;
    size_t at = 0;
    c->n = 0;
    if (x->folded_len == 0) {
        return;
    }
    c->padded[0] = ' ';
    memcpy(c->padded + 1, x->folded, x->folded_len);
    c->padded[len - 1] = ' ';
    while (at < len && c->n < SL_CHAR_POINTS) {
        uint32_t cp;
        c->start[c->n++] = (uint16_t)at;
        at += sl_utf8_next(c->padded + at, c->padded + len, &cp);
    }
    c->start[c->n] = (uint16_t)at;
}
