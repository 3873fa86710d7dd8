#include "input/aliases.h"
#include "base/arena.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "input/table.h"
#include "text/chars.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_WORDS = 16,   /* of a name; those of more are never joined */
    MOST_BYTES = 1000, /* nor those of more */
    SPELLING = MOST_BYTES / SL_WORD_MAX * SL_FOLD_MAX + 2 * MOST_WORDS * (SL_FOLD_MAX + 1),
    SHOWN = 60 /* bytes of a name in a message */
};

enum column { SPEAKER, ALIAS, N_COLUMN };

/* The next word of p[*at, len): its beginning; *at is its end. False where none is left. */
static bool next_word(const char *p, size_t len, size_t *at, size_t *begin)
{
    uint32_t cp;
    size_t size;
    for (*begin = *at; *begin < len; *begin += size) {
        size = sl_utf8_next(p + *begin, p + len, &cp);
        if (sl_char_kind(cp) != SL_CHAR_SPACE) {
            break;
        }
    }
    for (*at = *begin; *at < len; *at += size) {
        size = sl_utf8_next(p + *at, p + len, &cp);
        if (sl_char_kind(cp) == SL_CHAR_SPACE) {
            break;
        }
    }
    return *at > *begin;
}

/* A word of any length, folded; how long that is. */
static size_t fold_word(const char *p, size_t len, char *out)
{
    size_t n = 0;
    while (len > 0) {
        const size_t part = len > SL_WORD_MAX ? sl_utf8_floor(p, SL_WORD_MAX) : len;
        n += sl_fold(p, part, out + n);
        p += part;
        len -= part;
    }
    return n;
}

static bool is_article(const char *word, size_t len)
{
    return len == 3 && memcmp(word, "the", 3) == 0;
}

/* A name as it is compared: its words folded, with one blank between them, without a "the" before it. Its
 * length; 0: it has no word, or too many. */
static size_t fold_name(struct sl_text name, char out[SPELLING])
{
    size_t len = 0;
    int words = 0;
    size_t begin;
    for (size_t at = 0; name.len <= MOST_BYTES && next_word(name.p, name.len, &at, &begin);) {
        if (words == 1 && is_article(out, len)) {
            len = 0;
            words = 0;
        }
        if (words++ == MOST_WORDS) {
            return 0;
        }
        if (len > 0) {
            out[len++] = ' ';
        }
        len += fold_word(name.p + begin, at - begin, out + len);
    }
    return len;
}

uint32_t sl_alias_find(const struct slant_aliases *a, struct sl_text speaker)
{
    char spelling[SPELLING];
    uint32_t i;
    if (a == NULL || speaker.p == NULL) {
        return SL_TABLE_NONE;
    }
    i = sl_strings_find(&a->spelling, spelling, fold_name(speaker, spelling));
    if (i == SL_TABLE_NONE && speaker.len > 0 && speaker.p[speaker.len - 1] == ')') {
        /* the Trade Court (TC) may be told as the Trade Court */
        speaker.len = sl_bracket_behind(speaker.p, speaker.len);
        i = sl_strings_find(&a->spelling, spelling, fold_name(speaker, spelling));
    }
    return i == SL_TABLE_NONE ? SL_TABLE_NONE : a->spelled[i].name;
}

/* ---- reading ---- */

struct reader {
    struct sl_table table;
    struct slant_aliases *a;
    struct slant_error *err;
};

static enum slant_status bad_row(const struct reader *r, const char *what, enum column column)
{
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line, "%s:%llu: the %s %s", r->table.path,
                   (unsigned long long)r->table.row_line, column == SPEAKER ? "speaker" : "alias",
                   what);
}

static int shown(struct sl_text name)
{
    return (int)sl_utf8_floor(name.p, name.len < SHOWN ? name.len : SHOWN);
}

/* A name that was met before as another's, in `spelled`. */
static enum slant_status twofold(const struct reader *r, struct sl_text name,
                                 const struct sl_spelled *spelled)
{
    const struct sl_text speaker = sl_alias_name(r->a, spelled->name);
    if (spelled->speaker) {
        return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line,
                       "%s:%llu: %.*s is a speaker in line %llu, and no other's alias; give all "
                       "aliases to one speaker",
                       r->table.path, (unsigned long long)r->table.row_line, shown(name), name.p,
                       (unsigned long long)spelled->line);
    }
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line,
                   "%s:%llu: %.*s is an alias of %.*s in line %llu; a name stands for one speaker",
                   r->table.path, (unsigned long long)r->table.row_line, shown(name), name.p,
                   shown(speaker), speaker.p, (unsigned long long)spelled->line);
}

/* The name as it is listed: with one blank between its words. */
static uint32_t add_name(struct slant_aliases *a, struct sl_text name)
{
    char listed[MOST_BYTES];
    size_t len = 0;
    size_t begin;
    for (size_t at = 0; next_word(name.p, name.len, &at, &begin);) {
        if (len > 0) {
            listed[len++] = ' ';
        }
        memcpy(listed + len, name.p + begin, at - begin);
        len += at - begin;
    }
    return sl_strings_add(&a->name, listed, len);
}

/* Folds what stands in a column, and looks it up: *at, added where it is new. */
static enum slant_status spell(struct reader *r, struct sl_text name, enum column column,
                               uint32_t *at, bool *is_new)
{
    static const char unknown[] = "unknown";
    struct slant_aliases *a = r->a;
    const uint32_t before = a->spelling.n;
    char folded[SPELLING];
    const size_t len = fold_name(name, folded);
    if (sl_utf8_count_invalid(name.p, name.len) > 0) {
        return bad_row(r, "is not UTF-8; convert the table: iconv -f WINDOWS-1252 -t UTF-8",
                       column);
    }
    if (len == 0) {
        return bad_row(r, name.len == 0 ? "is empty" : "has no word, or more than 16", column);
    }
    if (len == sizeof unknown - 1 && memcmp(folded, unknown, len) == 0) {
        return bad_row(r, "may not be unknown, as speakers without a name are called", column);
    }
    *at = sl_strings_add(&a->spelling, folded, len);
    if (*at == SL_TABLE_NONE || !sl_grow(&a->spelled, &a->cap, a->spelling.n, sizeof *a->spelled)) {
        return sl_fail_nomem(r->err);
    }
    *is_new = *at == before;
    return SLANT_OK;
}

static enum slant_status add_row(struct reader *r, struct sl_text speaker, struct sl_text alias)
{
    struct slant_aliases *a = r->a;
    uint32_t of = 0;
    uint32_t at = 0;
    bool is_new = false;
    SL_TRY(spell(r, speaker, SPEAKER, &of, &is_new));
    if (is_new) {
        const uint32_t name = add_name(a, speaker);
        if (name == SL_TABLE_NONE) {
            return sl_fail_nomem(r->err);
        }
        a->spelled[of] = (struct sl_spelled){name, r->table.row_line, true};
    }
    if (!a->spelled[of].speaker) {
        return twofold(r, speaker, &a->spelled[of]);
    }
    SL_TRY(spell(r, alias, ALIAS, &at, &is_new));
    if (is_new) {
        a->spelled[at] = (struct sl_spelled){a->spelled[of].name, r->table.row_line, false};
    }
    return a->spelled[at].name == a->spelled[of].name ? SLANT_OK
                                                      : twofold(r, alias, &a->spelled[at]);
}

static enum slant_status read_all(struct reader *r)
{
    static const struct sl_text empty = {"", 0};
    bool more = true;
    if (!sl_table_has(&r->table, SPEAKER) || !sl_table_has(&r->table, ALIAS)) {
        return sl_fail(r->err, SLANT_ERR_ROW, 1,
                       "%s:1: no column is named %s; a file of aliases has speaker and alias",
                       r->table.path, sl_table_has(&r->table, SPEAKER) ? "alias" : "speaker");
    }
    for (;;) {
        struct sl_text value[N_COLUMN] = {{0}};
        SL_TRY(sl_table_next(&r->table, value, &more, r->err));
        if (!more) {
            return r->a->name.n > 0
                       ? SLANT_OK
                       : sl_fail(r->err, SLANT_ERR_DATA, 0, "%s: holds no aliases", r->table.path);
        }
        SL_TRY(add_row(r, value[SPEAKER].p == NULL ? empty : value[SPEAKER],
                       value[ALIAS].p == NULL ? empty : value[ALIAS]));
    }
}

enum slant_status slant_aliases_open(const char *path, struct slant_aliases **out,
                                     struct slant_error *err)
{
    static const char *const wanted[N_COLUMN] = {"speaker", "alias"};
    struct reader r = {.err = err};
    struct sl_arena arena = {0};
    enum slant_status status;
    if (path == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_aliases_open: an argument is NULL");
    }
    r.a = sl_array_zero(1, sizeof *r.a);
    if (r.a == NULL) {
        return sl_fail_nomem(err);
    }
    status = sl_table_open(&r.table, path, sl_table_format_of(path), wanted, N_COLUMN, &arena, err);
    if (status == SLANT_OK) {
        status = read_all(&r);
        sl_table_close(&r.table);
    }
    sl_arena_free(&arena);
    if (status != SLANT_OK) {
        slant_aliases_free(r.a);
        return status;
    }
    *out = r.a;
    return SLANT_OK;
}

void slant_aliases_free(struct slant_aliases *a)
{
    if (a != NULL) {
        sl_strings_free(&a->spelling);
        sl_strings_free(&a->name);
        free(a->spelled);
        free(a);
    }
}
