#include "input/rows.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "input/table.h"

#include <stdlib.h>
#include <string.h>

const char *const sl_head_name[SL_N_HEAD] = {"stance", "sentiment"};

size_t sl_head_number(const char *name)
{
    size_t h = 0;
    while (h < SL_N_HEAD && (strncmp(name, sl_head_name[h], strlen(sl_head_name[h])) != 0 ||
                             strchr(":", name[strlen(sl_head_name[h])]) == NULL)) {
        h++;
    }
    return h;
}

enum column { TEXT, STANCE, SENTIMENT, SUBJECT, TARGET, FROM, TO, ID, GROUP, WEIGHT, LEAVE_OUT };

struct reader {
    struct sl_rows *rows;
    const struct sl_rows_options *opt;
    struct sl_table table;
    struct sl_text value[LEAVE_OUT + 1];
    struct sl_strings label[SL_N_HEAD]; /* in order of sight */
    struct sl_strings article;          /* where another column takes the place of group */
    struct slant_error *err;
};

static enum slant_status bad_row(struct reader *r, const char *what, const char *todo)
{
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line, "%s:%llu: %s; %s", r->table.path,
                   (unsigned long long)r->table.row_line, what, todo);
}

/* ---- labels ---- */

static enum slant_status unknown_label(struct reader *r, const struct sl_text *name,
                                       const struct slant_head *head)
{
    char list[160] = "";
    size_t n = 0;
    for (uint32_t k = 0; k < head->n_label && n + 1 < sizeof list; k++) {
        for (const char *p = head->label[k]; *p != 0 && n + 3 < sizeof list; p++) {
            list[n++] = *p;
        }
        if (k + 1 < head->n_label && n + 3 < sizeof list) {
            list[n++] = ',';
            list[n++] = ' ';
        }
    }
    list[n] = 0;
    return sl_fail(r->err, SLANT_ERR_ROW, r->table.row_line,
                   "%s:%llu: unknown %s label \"%.*s\"; expected one of: %s, or nothing",
                   r->table.path, (unsigned long long)r->table.row_line, head->name,
                   (int)(name->len < 40 ? name->len : 40), name->p, list);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* " against " is no label of its own. */
static void trim(struct sl_text *v)
{
    while (v->len > 0 && is_space(v->p[v->len - 1])) {
        v->len--;
    }
    while (v->len > 0 && is_space(*v->p)) {
        v->p++;
        v->len--;
    }
}

static enum slant_status read_label(struct reader *r, size_t h, uint32_t *out)
{
    const struct sl_text *v = &r->value[STANCE + h];
    uint32_t label;
    *out = SL_LABEL_NONE;
    if (v->p == NULL || v->len == 0) {
        return SLANT_OK;
    }
    if (memchr(v->p, 0, v->len) != NULL || v->len > 200 ||
        sl_utf8_count_invalid(v->p, v->len) > 0) {
        return bad_row(r, "a label is not a short UTF-8 text", "check the columns");
    }
    for (size_t i = 0; i < r->opt->n_head; i++) {
        const struct slant_head *head = &r->opt->head[i];
        if (sl_head_number(head->name) != h) {
            continue;
        }
        for (uint32_t k = 0; k < head->n_label; k++) {
            if (strlen(head->label[k]) == v->len && memcmp(head->label[k], v->p, v->len) == 0) {
                *out = k;
                return SLANT_OK;
            }
        }
        return unknown_label(r, v, head);
    }
    if (r->opt->head != NULL) {
        return SLANT_OK; /* the model has no such head */
    }
    label = sl_strings_add(&r->label[h], v->p, v->len);
    if (label == SL_TABLE_NONE) {
        return sl_fail_nomem(r->err);
    }
    if (label >= SLANT_MAX_LABEL) {
        return sl_fail(r->err, SLANT_ERR_LIMIT, r->table.row_line,
                       "%s:%llu: a 17th %s label \"%.*s\"; at most %d are possible: "
                       "is this the right column?",
                       r->table.path, (unsigned long long)r->table.row_line, sl_head_name[h],
                       (int)(v->len < 40 ? v->len : 40), v->p, SLANT_MAX_LABEL);
    }
    *out = label;
    return SLANT_OK;
}

static int label_rank(const char *name)
{
    static const char *const known[] = {"favor",    "against", "none",
                                        "negative", "neutral", "positive"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(name, known[i]) == 0) {
            return i;
        }
    }
    return 6;
}

/* Favor and favor: the later one is a misspelling, more likely than another label. */
static enum slant_status check_twins(struct reader *r, size_t h)
{
    const struct sl_strings *label = &r->label[h];
    for (uint32_t k = 1; k < label->n; k++) {
        for (uint32_t j = 0; j < k; j++) {
            const struct sl_row *row = r->rows->row;
            if (!sl_same_letters(sl_strings_get(label, j), sl_strings_get(label, k))) {
                continue;
            }
            for (size_t i = 0; i < r->rows->n && row->label[h] != k; i++) {
                row = &r->rows->row[i];
            }
            return sl_fail(r->err, SLANT_ERR_ROW, row->line,
                           "%s:%llu: %s label \"%.40s\" where others are \"%.40s\": letter case "
                           "alone makes no other label; write both alike",
                           row->file, (unsigned long long)row->line, sl_head_name[h],
                           sl_strings_get(label, k), sl_strings_get(label, j));
        }
    }
    return SLANT_OK;
}

/* Rent Cap and rent cap: two subjects would each have half the rows. */
static enum slant_status check_subjects(struct reader *r)
{
    enum { LOOKED_AT = 200 };
    const struct sl_strings *subject = &r->rows->subject;
    for (uint32_t k = 1; k < subject->n && k < LOOKED_AT; k++) {
        for (uint32_t j = 0; j < k; j++) {
            const struct sl_row *row = r->rows->row;
            if (!sl_same_letters(sl_strings_get(subject, j), sl_strings_get(subject, k))) {
                continue;
            }
            while (row->subject != k) {
                row++;
            }
            return sl_fail(r->err, SLANT_ERR_ROW, row->line,
                           "%s:%llu: subject \"%.40s\" where others are \"%.40s\": letter case "
                           "alone makes no other subject; write both alike",
                           row->file, (unsigned long long)row->line, sl_strings_get(subject, k),
                           sl_strings_get(subject, j));
        }
    }
    return SLANT_OK;
}

/* From the order of sight to the order that is kept. */
static enum slant_status order_labels(struct reader *r, size_t h)
{
    struct sl_rows *rows = r->rows;
    uint32_t n = r->label[h].n;
    uint32_t place[SLANT_MAX_LABEL];
    for (size_t i = 0; i < r->opt->n_head; i++) {
        const struct slant_head *head = &r->opt->head[i];
        if (sl_head_number(head->name) == h) {
            for (uint32_t k = 0; k < head->n_label; k++) {
                rows->label[h][k] =
                    sl_arena_copy(&rows->arena, head->label[k], strlen(head->label[k]));
                if (rows->label[h][k] == NULL) {
                    return sl_fail_nomem(r->err);
                }
            }
            rows->n_label[h] = head->n_label;
        }
    }
    if (r->opt->head != NULL) {
        return SLANT_OK;
    }
    SL_TRY(check_twins(r, h));
    for (uint32_t k = 0; k < n; k++) {
        const char *name = sl_strings_get(&r->label[h], k);
        place[k] = 0;
        for (uint32_t j = 0; j < n; j++) {
            const char *other = sl_strings_get(&r->label[h], j);
            int order = label_rank(other) - label_rank(name);
            place[k] += order < 0 || (order == 0 && strcmp(other, name) < 0);
        }
        rows->label[h][place[k]] = sl_arena_copy(&rows->arena, name, strlen(name));
        if (rows->label[h][place[k]] == NULL) {
            return sl_fail_nomem(r->err);
        }
    }
    rows->n_label[h] = n;
    for (size_t i = 0; i < rows->n; i++) {
        uint32_t *label = &rows->row[i].label[h];
        *label = *label == SL_LABEL_NONE ? *label : place[*label];
    }
    return SLANT_OK;
}

/* ---- targets ---- */

/* A target's place given as characters from and to. */
static enum slant_status read_place(struct reader *r, struct sl_row *row)
{
    const struct sl_text *from = &r->value[FROM];
    const struct sl_text *to = &r->value[TO];
    struct slant_span *span;
    uint64_t a;
    uint64_t b;
    if (!sl_parse_uint(from->p, from->len, &a) || to->p == NULL ||
        !sl_parse_uint(to->p, to->len, &b) || a >= b) {
        return bad_row(r, "from and to do not give the target's place",
                       "expected two character offsets, the first below the second");
    }
    span = sl_arena_alloc(&r->rows->arena, sizeof *span);
    if (span == NULL) {
        return sl_fail_nomem(r->err);
    }
    span->begin = sl_utf8_offset(row->text.p, row->text.len, a);
    span->end = sl_utf8_offset(row->text.p, row->text.len, b);
    if (span->end > row->text.len) {
        return bad_row(r, "to lies behind the end of text", "offsets count characters from 0");
    }
    row->mask = span;
    row->n_mask = 1;
    return SLANT_OK;
}

/* A target given as spellings, parted by '|'. */
static enum slant_status read_spellings(struct reader *r, struct sl_row *row)
{
    const struct sl_text *v = &r->value[TARGET];
    const char *alias[SLANT_MAX_ALIAS];
    struct slant_target target = {alias, 0};
    struct sl_spans spans = {0};
    enum slant_status status;
    char *copy = sl_arena_copy(&r->rows->arena, v->p, v->len);
    if (copy == NULL) {
        return sl_fail_nomem(r->err);
    }
    while (copy != NULL) {
        char *bar = strchr(copy, '|');
        if (bar != NULL) {
            *bar++ = 0;
        }
        if (*copy != 0 && target.n_alias == SLANT_MAX_ALIAS) {
            return sl_fail(r->err, SLANT_ERR_LIMIT, r->table.row_line,
                           "%s:%llu: the target has more than %d spellings", r->table.path,
                           (unsigned long long)r->table.row_line, SLANT_MAX_ALIAS);
        }
        if (*copy != 0) {
            alias[target.n_alias++] = copy;
        }
        copy = bar;
    }
    status = sl_mentions_find(row->text.p, row->text.len, &target, &spans, NULL);
    if (status == SLANT_OK && spans.n > 0) {
        struct slant_span *mask = sl_arena_alloc(&r->rows->arena, spans.n * sizeof *mask);
        if (mask == NULL) {
            status = SLANT_ERR_NOMEM;
        } else {
            memcpy(mask, spans.p, spans.n * sizeof *mask);
            row->mask = mask;
            row->n_mask = spans.n;
        }
    }
    free(spans.p);
    if (status == SLANT_ERR_ARG) {
        return bad_row(r, "the target has no letter or digit", "name it as the text does");
    }
    return status == SLANT_OK ? SLANT_OK : sl_fail_nomem(r->err);
}

/* ---- rows ---- */

/* The number of a group's name; a row without one has its own. SL_TABLE_NONE: memory. */
static uint32_t add_group(struct sl_strings *names, const struct sl_text *v, size_t row)
{
    char own[32] = "\001"; /* no group of the data starts with it */
    struct sl_buf b = {0};
    uint32_t number = SL_TABLE_NONE;
    if (v->p != NULL && v->len > 0) {
        return sl_strings_add(names, v->p, v->len);
    }
    sl_buf_uint(&b, row);
    if (!b.failed) {
        memcpy(own + 1, b.p, b.len);
        number = sl_strings_add(names, own, 1 + b.len);
    }
    sl_buf_free(&b);
    return number;
}

static enum slant_status read_group(struct reader *r, struct sl_row *row)
{
    struct sl_rows *rows = r->rows;
    if (r->opt->leave_out == NULL) {
        row->article = row->group = add_group(&rows->group, &r->value[GROUP], rows->n);
        rows->n_article = rows->group.n;
    } else {
        row->article = add_group(&r->article, &r->value[GROUP], rows->n);
        row->group = add_group(&rows->group, &r->value[LEAVE_OUT], rows->n);
        rows->n_article = r->article.n;
    }
    row->subject =
        sl_strings_add(&r->rows->subject, r->value[SUBJECT].p == NULL ? "" : r->value[SUBJECT].p,
                       r->value[SUBJECT].len);
    if (row->article == SL_TABLE_NONE || row->group == SL_TABLE_NONE ||
        row->subject == SL_TABLE_NONE) {
        return sl_fail_nomem(r->err);
    }
    return SLANT_OK;
}

static enum slant_status read_row(struct reader *r)
{
    struct sl_rows *rows = r->rows;
    struct sl_row row = {
        .text = r->value[TEXT], .weight = 1, .file = r->table.path, .line = r->table.row_line};
    if (row.text.p == NULL) {
        return bad_row(r, "no text", "every record needs \"text\"");
    }
    if (row.text.len > SLANT_MAX_TEXT) {
        return bad_row(r, "the text is too long", "cut it into sentences");
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        trim(&r->value[STANCE + h]);
        SL_TRY(read_label(r, h, &row.label[h]));
    }
    SL_TRY(read_group(r, &row));
    if (r->value[WEIGHT].p != NULL && r->value[WEIGHT].len > 0) {
        if (!sl_parse_double(r->value[WEIGHT].p, r->value[WEIGHT].len, &row.weight) ||
            row.weight < 0 || row.weight > 1e6) {
            return bad_row(r, "the weight is not a number from 0 to 1000000", "1 is usual");
        }
        rows->weighted = rows->weighted || row.weight != 1;
    }
    if (r->value[FROM].p != NULL && r->value[FROM].len > 0) {
        SL_TRY(read_place(r, &row));
    } else if (r->value[TARGET].p != NULL && r->value[TARGET].len > 0) {
        SL_TRY(read_spellings(r, &row));
    }
    if (rows->n >= SLANT_MAX_ROW) {
        return sl_fail(r->err, SLANT_ERR_LIMIT, 0, "more than %zu rows", SLANT_MAX_ROW);
    }
    if (!sl_grow(&rows->row, &rows->cap, rows->n + 1, sizeof *rows->row)) {
        return sl_fail_nomem(r->err);
    }
    for (int c = 0; c <= WEIGHT; c++) { /* not ID, which names only */
        if (c != ID) {
            rows->digest = sl_hash(r->value[c].p == NULL ? "" : r->value[c].p, r->value[c].len,
                                   rows->digest + 1);
        }
    }
    rows->row[rows->n++] = row;
    return SLANT_OK;
}

static enum slant_status read_file(struct reader *r, const char *path)
{
    const char *weight = r->opt->weight != NULL ? r->opt->weight : "weight";
    const char *wanted[] = {"text", "stance", "sentiment", "subject", "target",         "from",
                            "to",   "id",     "group",     weight,    r->opt->leave_out};
    size_t n_wanted = r->opt->leave_out != NULL ? LEAVE_OUT + 1 : LEAVE_OUT;
    enum slant_status status;
    bool more = true;
    bool left_out = false; /* some row has the column asked for */
    char *name = sl_arena_copy(&r->rows->arena, path, strlen(path));
    for (size_t w = 0; w < LEAVE_OUT; w++) {
        if (w != WEIGHT && strcmp(wanted[w], weight) == 0) {
            return sl_fail(r->err, SLANT_ERR_ARG, 0,
                           "the column %s has a meaning of its own; rows cannot be weighed by it",
                           weight);
        }
    }
    /* a column may be asked for twice (--leave-out target): then it is read under its own name */
    for (size_t w = 0; w < LEAVE_OUT && r->opt->leave_out != NULL; w++) {
        if (strcmp(wanted[w], r->opt->leave_out) == 0) {
            n_wanted = LEAVE_OUT;
        }
    }
    if (name == NULL ||
        !sl_grow(&r->rows->file, &r->rows->cap_file, r->rows->n_file + 1, sizeof *r->rows->file)) {
        return sl_fail_nomem(r->err);
    }
    SL_TRY(
        sl_table_open(&r->table, name, r->opt->format, wanted, n_wanted, &r->rows->arena, r->err));
    r->rows->file[r->rows->n_file++] = r->table.bytes; /* kept: texts point into it */
    if (r->rows->unread == NULL) {
        r->rows->unread = sl_arena_copy(&r->rows->arena, r->table.unread, strlen(r->table.unread));
        if (r->rows->unread == NULL) {
            return sl_fail_nomem(r->err);
        }
    }
    if (!sl_table_has(&r->table, TEXT) && r->table.n_column == 1) {
        return sl_fail(
            r->err, SLANT_ERR_ROW, 1,
            "%s:1: no column is named text, as there is but one; tabs part those of TSV, "
            "commas those of CSV",
            r->table.path);
    }
    if (!sl_table_has(&r->table, TEXT)) {
        return sl_fail(
            r->err, SLANT_ERR_ROW, 1,
            "%s:1: no column is named text; name the columns in the first line, in small "
            "letters and, in TSV, without quotes%s%s",
            r->table.path, *r->table.unread == 0 ? "" : "; not read: ", r->table.unread);
    }
    if (r->opt->weight != NULL && !sl_table_has(&r->table, WEIGHT)) {
        return sl_fail(r->err, SLANT_ERR_ROW, 1, "%s:1: no column is named %s", r->table.path,
                       r->opt->weight);
    }
    if (r->opt->leave_out != NULL && n_wanted > LEAVE_OUT && !sl_table_has(&r->table, LEAVE_OUT)) {
        return sl_fail(r->err, SLANT_ERR_ROW, 1, "%s:1: no column is named %s", r->table.path,
                       r->opt->leave_out);
    }
    for (;;) {
        memset(r->value, 0, sizeof r->value);
        status = sl_table_next(&r->table, r->value, &more, r->err);
        if (status == SLANT_OK && !more && r->opt->leave_out != NULL && !left_out) {
            return sl_fail(r->err, SLANT_ERR_ROW, 0, "%s: no row has %s", r->table.path,
                           r->opt->leave_out);
        }
        if (status != SLANT_OK || !more) {
            return status;
        }
        for (size_t w = 0; w < LEAVE_OUT && r->opt->leave_out != NULL; w++) {
            if (strcmp(wanted[w], r->opt->leave_out) == 0) {
                r->value[LEAVE_OUT] = r->value[w];
            }
        }
        left_out = left_out || r->value[LEAVE_OUT].p != NULL;
        SL_TRY(read_row(r));
    }
}

enum slant_status sl_rows_read(struct sl_rows *rows, const struct sl_rows_options *opt,
                               struct slant_error *err)
{
    struct reader *r;
    enum slant_status status = SLANT_OK;
    memset(rows, 0, sizeof *rows);
    for (size_t i = 0; i < opt->n_path; i++) {
        if (opt->path == NULL || opt->path[i] == NULL) {
            return sl_fail(err, SLANT_ERR_ARG, 0, "a path of the data is NULL");
        }
    }
    r = calloc(1, sizeof *r);
    if (r == NULL) {
        return sl_fail_nomem(err);
    }
    r->rows = rows;
    r->opt = opt;
    r->err = err;
    for (size_t i = 0; i < opt->n_path && status == SLANT_OK; i++) {
        status = read_file(r, opt->path[i]);
    }
    for (size_t h = 0; h < SL_N_HEAD && status == SLANT_OK; h++) {
        status = order_labels(r, h);
    }
    if (status == SLANT_OK && opt->head == NULL) {
        status = check_subjects(r);
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        sl_strings_free(&r->label[h]);
    }
    sl_strings_free(&r->article);
    free(r);
    if (status != SLANT_OK) {
        sl_rows_free(rows);
    }
    return status;
}

void sl_rows_free(struct sl_rows *r)
{
    for (size_t i = 0; i < r->n_file; i++) {
        free(r->file[i]);
    }
    free(r->file);
    free(r->row);
    sl_strings_free(&r->group);
    sl_strings_free(&r->subject);
    sl_arena_free(&r->arena);
    memset(r, 0, sizeof *r);
}
