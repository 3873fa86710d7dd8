#include "input/aliases.h"
#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "input/table.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_WORDS = 16, /* of a name; those of more are never joined */
    SPELLING = MOST_WORDS * (SL_FOLD_MAX + 1),
    SHOWN = 60 /* bytes of a name in a message */
};

enum column { SPEAKER, ALIAS, N_COLUMN };

static bool is_blank(char b)
{
    return b == ' ' || (b >= '\t' && b <= '\r');
}

static bool is_article(const char *word, size_t len)
{
    return len == 3 && memcmp(word, "the", 3) == 0;
}

/* A name as it is compared: its words folded, with one blank between them. Its length; 0: it has too many
 * words, or none. */
static size_t fold_name(struct sl_text name, char out[SPELLING])
{
    const char *end = name.p + name.len;
    size_t len = 0;
    int words = 0;
    for (const char *p = name.p; p < end;) {
        const char *from = p;
        while (p < end && !is_blank(*p)) {
            p++;
        }
        if (p > from) {
            if (words == 1 && is_article(out, len)) {
                len = 0;
                words = 0;
            }
            if (words == MOST_WORDS) {
                return 0;
            }
            if (words > 0) {
                out[len++] = ' ';
            }
            len += sl_fold(from, (size_t)(p - from), out + len);
            words++;
        }
        p += p < end;
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
    return i == SL_TABLE_NONE ? SL_TABLE_NONE : a->name_of[i];
}

struct sl_text sl_alias_of(const struct slant_aliases *a, struct sl_text speaker)
{
    const uint32_t number = sl_alias_find(a, speaker);
    return number == SL_TABLE_NONE ? speaker : sl_alias_name(a, number);
}

/* ---- reading ---- */

struct reader {
    struct sl_table table;
    struct slant_aliases *a;
    struct slant_error *err;
};

static enum slant_status bad_row(const struct reader *r, const char *what)
{
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line, "%s:%llu: %s", r->table.path,
                   (unsigned long long)r->table.row_line, what);
}

static enum slant_status twofold(const struct reader *r, struct sl_text spelling, uint32_t number)
{
    const struct sl_text name = sl_alias_name(r->a, number);
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line,
                   "%s:%llu: %.*s already stands for %.*s; a name stands for one speaker",
                   r->table.path, (unsigned long long)r->table.row_line,
                   (int)sl_utf8_floor(spelling.p, spelling.len < SHOWN ? spelling.len : SHOWN),
                   spelling.p, (int)sl_utf8_floor(name.p, name.len < SHOWN ? name.len : SHOWN),
                   name.p);
}

/* Has the spelling stand for the name of that number. */
static enum slant_status add_spelling(struct reader *r, struct sl_text spelling, uint32_t number)
{
    struct slant_aliases *a = r->a;
    const uint32_t before = a->spelling.n;
    char folded[SPELLING];
    const size_t len = fold_name(spelling, folded);
    uint32_t i;
    if (len == 0) {
        return bad_row(r, "a name has 1 to 16 words");
    }
    i = sl_strings_add(&a->spelling, folded, len);
    if (i == SL_TABLE_NONE || !sl_grow(&a->name_of, &a->cap, a->spelling.n, sizeof *a->name_of)) {
        return sl_fail_nomem(r->err);
    }
    if (i == before) {
        a->name_of[i] = number;
    }
    return a->name_of[i] == number ? SLANT_OK : twofold(r, spelling, a->name_of[i]);
}

static enum slant_status add_row(struct reader *r, struct sl_text speaker, struct sl_text alias)
{
    static const char unknown[] = "unknown";
    uint32_t number;
    if (speaker.len == sizeof unknown - 1 && memcmp(speaker.p, unknown, speaker.len) == 0) {
        return bad_row(r, "speakers without a name are called unknown; no other can be");
    }
    number = sl_strings_add(&r->a->name, speaker.p, speaker.len);
    if (number == SL_TABLE_NONE) {
        return sl_fail_nomem(r->err);
    }
    SL_TRY(add_spelling(r, speaker, number));
    return add_spelling(r, alias, number);
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
    enum slant_format format;
    enum slant_status status;
    if (path == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_aliases_open: an argument is NULL");
    }
    r.a = sl_array_zero(1, sizeof *r.a);
    if (r.a == NULL) {
        return sl_fail_nomem(err);
    }
    format = sl_format_of(path);
    if (format != SLANT_FORMAT_CSV && format != SLANT_FORMAT_JSONL) {
        format = SLANT_FORMAT_TSV;
    }
    status = sl_table_open(&r.table, path, format, wanted, N_COLUMN, &arena, err);
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
        free(a->name_of);
        free(a);
    }
}
