#include "input/table.h"
#include "base/bytes.h"
#include "base/file.h"
#include "input/encoding.h"
#include "input/stream.h"

#include <stdlib.h>
#include <string.h>

/* In small letters or large; none of the extensions has an i, which some locales change otherwise. */
static bool has_extension(const char *path, size_t len, const char *extension)
{
    size_t n = strlen(extension);
    return len > n && sl_same_letters_n(path + len - n, extension, n);
}

enum slant_format sl_format_of(const char *path)
{
    static const struct {
        const char *extension;
        enum slant_format format;
    } known[] = {{".tsv", SLANT_FORMAT_TSV},     {".csv", SLANT_FORMAT_CSV},
                 {".jsonl", SLANT_FORMAT_JSONL}, {".ndjson", SLANT_FORMAT_JSONL},
                 {".html", SLANT_FORMAT_HTML},   {".htm", SLANT_FORMAT_HTML},
                 {".txt", SLANT_FORMAT_TEXT}};
    size_t len = strlen(path);
    if (has_extension(path, len, ".gz")) {
        len -= 3;
    } else if (has_extension(path, len, ".zst")) {
        len -= 4;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (has_extension(path, len, known[i].extension)) {
            return known[i].format;
        }
    }
    return SLANT_FORMAT_AUTO;
}

enum slant_format sl_table_format_of(const char *path)
{
    const enum slant_format format = sl_format_of(path);
    return format == SLANT_FORMAT_CSV || format == SLANT_FORMAT_JSONL ? format : SLANT_FORMAT_TSV;
}

/* Cuts one line off, without its end; a CR before the LF goes too. */
static bool next_line(struct sl_table *t, char **line, size_t *len)
{
    const char *newline;
    if (t->at >= t->len) {
        return false;
    }
    *line = t->bytes + t->at;
    newline = memchr(*line, '\n', t->len - t->at);
    *len = newline == NULL ? t->len - t->at : (size_t)(newline - *line);
    t->at += *len + (newline != NULL);
    t->row_line = t->line++;
    if (*len > 0 && (*line)[*len - 1] == '\r') {
        --*len;
    }
    return true;
}

static enum slant_status too_many(const struct sl_table *t, struct slant_error *err)
{
    return sl_fail(err, SLANT_ERR_LIMIT, t->row_line, "%s:%llu: more than %d columns", t->path,
                   (unsigned long long)t->row_line, SL_TABLE_MAX_COLUMN);
}

static enum slant_status tsv_fields(struct sl_table *t, struct sl_text *field, size_t *n,
                                    bool *more, struct slant_error *err)
{
    char *line;
    size_t len;
    *n = 0;
    do {
        *more = next_line(t, &line, &len);
    } while (*more && len == 0);
    if (!*more) {
        return SLANT_OK;
    }
    for (;;) {
        char *tab = memchr(line, '\t', len);
        size_t size = tab == NULL ? len : (size_t)(tab - line);
        if (*n == SL_TABLE_MAX_COLUMN) {
            return too_many(t, err);
        }
        field[(*n)++] = (struct sl_text){line, size};
        if (tab == NULL) {
            return SLANT_OK;
        }
        line += size + 1;
        len -= size + 1;
    }
}

/* One field, unescaped in place; t->at ends behind its separator. *end: it was the row's last. */
static enum slant_status csv_field(struct sl_table *t, struct sl_text *field, bool *end,
                                   struct slant_error *err)
{
    char *p = t->bytes;
    size_t at = t->at;
    char *out = p + at;
    size_t n = 0;
    *field = (struct sl_text){out, 0};
    if (at < t->len && p[at] == '"') {
        at++;
        for (;; at++) {
            if (at >= t->len) {
                return sl_fail(err, SLANT_ERR_ROW, t->row_line,
                               "%s:%llu: a quoted field has no closing quote", t->path,
                               (unsigned long long)t->row_line);
            }
            if (p[at] == '"') {
                if (at + 1 >= t->len || p[at + 1] != '"') {
                    at++;
                    break;
                }
                at++;
            }
            t->line += p[at] == '\n';
            out[n++] = p[at];
        }
        if (at < t->len && p[at] == '\r' && (at + 1 == t->len || p[at + 1] == '\n')) {
            at++;
        }
        if (at < t->len && p[at] != ',' && p[at] != '\n') {
            return sl_fail(err, SLANT_ERR_ROW, t->row_line,
                           "%s:%llu: text behind a field's closing quote; double the quotes inside",
                           t->path, (unsigned long long)t->row_line);
        }
    } else {
        while (at < t->len && p[at] != ',' && p[at] != '\n') {
            n++;
            at++;
        }
        if (n > 0 && out[n - 1] == '\r' && (at >= t->len || p[at] == '\n')) {
            n--;
        }
    }
    field->len = n;
    *end = at >= t->len || p[at] == '\n';
    t->line += at < t->len && p[at] == '\n';
    t->at = at < t->len ? at + 1 : at;
    return SLANT_OK;
}

static enum slant_status csv_fields(struct sl_table *t, struct sl_text *field, size_t *n,
                                    bool *more, struct slant_error *err)
{
    bool end = false;
    do { /* blank lines */
        *n = 0;
        *more = t->at < t->len;
        t->row_line = t->line;
        end = !*more;
        while (!end) {
            struct sl_text one;
            SL_TRY(csv_field(t, &one, &end, err));
            if (*n == SL_TABLE_MAX_COLUMN) {
                return too_many(t, err);
            }
            field[(*n)++] = one;
        }
    } while (*more && *n == 1 && field[0].len == 0);
    return SLANT_OK;
}

static enum slant_status next_fields(struct sl_table *t, struct sl_text *field, size_t *n,
                                     bool *more, struct slant_error *err)
{
    return t->format == SLANT_FORMAT_CSV ? csv_fields(t, field, n, more, err)
                                         : tsv_fields(t, field, n, more, err);
}

/* Changes of a letter between two short names, but for case and blanks around. */
static size_t distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    enum { MOST = 16 };
    size_t before[MOST + 1];
    if (n_a > MOST || n_b > MOST) {
        return MOST;
    }
    for (size_t j = 0; j <= n_b; j++) {
        before[j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t corner = before[0];
        before[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t swap = corner + ((a[i - 1] | 0x20) != (b[j - 1] | 0x20));
            size_t gap = (before[j] < before[j - 1] ? before[j] : before[j - 1]) + 1;
            corner = before[j];
            before[j] = swap < gap ? swap : gap;
        }
    }
    return before[n_b];
}

/* Whether a column is nearly named as one that is wanted: Stance, stanse, "stance". */
static bool is_misspelled(const struct sl_table *t, const struct sl_text *name)
{
    bool near = false;
    for (size_t w = 0; w < t->n_wanted; w++) {
        size_t len = strlen(t->wanted[w]);
        near = near || distance(name->p, name->len, t->wanted[w], len) <= len / 3;
    }
    return near;
}

/* Only names that are safe to show. */
static void note_unread(struct sl_table *t, const struct sl_text *name)
{
    size_t n = strlen(t->unread);
    size_t shown = name->len < 40 ? name->len : 40;
    bool plain = shown > 0;
    for (size_t i = 0; i < shown; i++) {
        plain = plain && name->p[i] >= ' ' && name->p[i] <= '~';
    }
    if (n + shown + 6 > sizeof t->unread) {
        return;
    }
    memcpy(t->unread + n, ", \"", n == 0 ? 0 : 3);
    n += n == 0 ? 0 : 2;
    t->unread[n++] = '"';
    memcpy(t->unread + n, plain ? name->p : "?", plain ? shown : 1);
    n += plain ? shown : 1;
    t->unread[n++] = '"';
    t->unread[n] = 0;
}

static enum slant_status no_header(const struct sl_table *t, struct slant_error *err)
{
    const char *parted = t->format == SLANT_FORMAT_CSV ? "," : "<TAB>";
    const bool third = t->n_wanted > 2;
    return sl_fail(err, SLANT_ERR_ROW, 0,
                   "%s: empty; expected a header line that names the columns, such as: %s%s%s%s%s",
                   t->path, t->wanted[0], parted, t->wanted[1], third ? parted : "",
                   third ? t->wanted[2] : "");
}

static enum slant_status read_header(struct sl_table *t, struct slant_error *err)
{
    struct sl_text field[SL_TABLE_MAX_COLUMN];
    bool more;
    SL_TRY(next_fields(t, field, &t->n_column, &more, err));
    if (!more) {
        return no_header(t, err);
    }
    for (size_t i = 0; i < t->n_column; i++) {
        for (size_t w = 0; w < t->n_wanted; w++) {
            if (strlen(t->wanted[w]) != field[i].len ||
                memcmp(t->wanted[w], field[i].p, field[i].len) != 0) {
                continue;
            }
            if (sl_table_has(t, w)) {
                return sl_fail(err, SLANT_ERR_ROW, t->row_line, "%s:%llu: two columns are named %s",
                               t->path, (unsigned long long)t->row_line, t->wanted[w]);
            }
            t->column_of[i] = w + 1;
        }
        if (t->column_of[i] == 0 && is_misspelled(t, &field[i])) {
            note_unread(t, &field[i]);
        }
    }
    return SLANT_OK;
}

enum slant_status sl_table_open(struct sl_table *t, const char *path, enum slant_format format,
                                const char *const *wanted, size_t n_wanted, struct sl_arena *arena,
                                struct slant_error *err)
{
    struct sl_stream *stream;
    enum slant_status status;
    *t = (struct sl_table){.path = sl_file_shown(path),
                           .format = format == SLANT_FORMAT_AUTO ? sl_format_of(path) : format,
                           .line = 1,
                           .wanted = wanted,
                           .n_wanted = n_wanted,
                           .arena = arena};
    if (t->format != SLANT_FORMAT_TSV && t->format != SLANT_FORMAT_CSV &&
        t->format != SLANT_FORMAT_JSONL) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%s: labelled data are TSV, CSV or JSON Lines; name the file .tsv, .csv or "
                       ".jsonl, or give --format",
                       t->path);
    }
    SL_TRY(sl_stream_open(path, &stream, err));
    status = sl_stream_read_all(stream, SLANT_MAX_BUNDLE, &t->bytes, &t->len, err);
    sl_stream_close(stream);
    SL_TRY(status);
    status = sl_check_mark(t->path, t->bytes, t->len, err);
    if (status != SLANT_OK) {
        sl_table_close(t);
        return status;
    }
    t->at = sl_mark_len(t->bytes, t->len);
    if (t->format == SLANT_FORMAT_JSONL) {
        return SLANT_OK;
    }
    status = read_header(t, err);
    if (status != SLANT_OK) {
        sl_table_close(t);
    }
    return status;
}

void sl_table_close(struct sl_table *t)
{
    free(t->bytes);
    t->bytes = NULL;
}

bool sl_table_has(const struct sl_table *t, size_t wanted)
{
    if (t->format == SLANT_FORMAT_JSONL) {
        return true;
    }
    for (size_t i = 0; i < t->n_column; i++) {
        if (t->column_of[i] == wanted + 1) {
            return true;
        }
    }
    return false;
}

static enum slant_status next_object(struct sl_table *t, struct sl_text *value, bool *more,
                                     struct slant_error *err)
{
    char *line;
    size_t len;
    uint64_t n_invalid = 0;
    struct slant_error why;
    enum slant_status status;
    do {
        *more = next_line(t, &line, &len);
        while (*more && len > 0 && (*line == ' ' || *line == '\t')) {
            line++;
            len--;
        }
    } while (*more && len == 0);
    if (!*more) {
        return SLANT_OK;
    }
    status = sl_json_object(line, len, t->row_line, t->wanted, 0, t->n_wanted, t->arena, value,
                            &n_invalid, &why);
    if (status == SLANT_OK) {
        return status;
    }
    return sl_fail(err, status, t->row_line, "%s:%llu: %s", t->path,
                   (unsigned long long)t->row_line, why.text);
}

enum slant_status sl_table_next(struct sl_table *t, struct sl_text *value, bool *more,
                                struct slant_error *err)
{
    struct sl_text field[SL_TABLE_MAX_COLUMN];
    size_t n;
    if (t->format == SLANT_FORMAT_JSONL) {
        return next_object(t, value, more, err);
    }
    SL_TRY(next_fields(t, field, &n, more, err));
    if (!*more) {
        return SLANT_OK;
    }
    if (n != t->n_column) {
        return sl_fail(err, SLANT_ERR_ROW, t->row_line,
                       "%s:%llu: expected %zu fields as in the header, found %zu%s", t->path,
                       (unsigned long long)t->row_line, t->n_column, n,
                       t->format == SLANT_FORMAT_CSV && n > t->n_column
                           ? "; a text with a comma stands in double quotes"
                           : "");
    }
    for (size_t w = 0; w < t->n_wanted; w++) {
        value[w] = (struct sl_text){NULL, 0};
    }
    for (size_t i = 0; i < n; i++) {
        if (t->column_of[i] > 0) {
            value[t->column_of[i] - 1] = field[i];
        }
    }
    return SLANT_OK;
}
