/* Labelled rows of TSV, CSV and JSON Lines; the first byte chooses. Fields lie in the file, masks
 * in their text, labels and groups in their tables. */
#include "fuzz.h"

#include "input/rows.h"
#include "input/table.h"

enum { N_WANTED = 4 };

static void check_table(const char *path, enum slant_format format)
{
    static const char *const wanted[N_WANTED] = {"text", "stance", "target", "from"};
    struct sl_arena arena = {0};
    struct sl_text value[N_WANTED];
    struct sl_table t;
    struct slant_error err = {0};
    enum slant_status status = sl_table_open(&t, path, format, wanted, N_WANTED, &arena, &err);
    uint64_t last = 0;
    bool more = true;
    if (status != SLANT_OK) {
        fuzz_failure(status, &err);
        sl_arena_free(&arena);
        return;
    }
    while ((status = sl_table_next(&t, value, &more, &err)) == SLANT_OK && more) {
        LAW(t.row_line > last && t.row_line <= t.line && t.at <= t.len);
        last = t.row_line;
        for (size_t w = 0; w < N_WANTED; w++) {
            const struct sl_text *v = &value[w];
            if (v->p == NULL) {
                LAW(v->len == 0);
            } else if (format == SLANT_FORMAT_JSONL) {
                LAW(v->p[v->len] == 0);
            } else {
                LAW(v->p >= t.bytes && v->p + v->len <= t.bytes + t.len);
                LAW(sl_table_has(&t, w));
            }
        }
    }
    if (status != SLANT_OK) {
        fuzz_failure(status, &err);
    }
    sl_table_close(&t);
    sl_arena_free(&arena);
}

static void check_row(const struct sl_rows *r, const struct sl_row *row)
{
    size_t end = 0;
    LAW(row->text.p != NULL && row->weight >= 0 && row->line > 0);
    LAW(row->group < r->group.n && row->subject < r->subject.n);
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        LAW(row->label[h] == SL_LABEL_NONE || row->label[h] < r->n_label[h]);
    }
    for (size_t i = 0; i < row->n_mask; i++) {
        LAW(row->mask[i].begin >= end && row->mask[i].begin < row->mask[i].end);
        end = row->mask[i].end;
    }
    LAW(end <= row->text.len);
}

static void check_rows(const char *path, enum slant_format format, const char *leave_out)
{
    struct sl_rows_options opt = {
        .path = &path, .n_path = 1, .format = format, .leave_out = leave_out};
    struct sl_rows r;
    struct slant_error err = {0};
    enum slant_status status = sl_rows_read(&r, &opt, &err);
    if (status != SLANT_OK) {
        fuzz_failure(status, &err);
        return;
    }
    for (size_t i = 0; i < r.n; i++) {
        check_row(&r, &r.row[i]);
        LAW(i == 0 || r.row[i].line > r.row[i - 1].line);
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        for (uint32_t k = 0; k < r.n_label[h]; k++) {
            LAW(r.label[h][k] != NULL && r.label[h][k][0] != 0);
        }
    }
    sl_rows_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum slant_format format[] = {SLANT_FORMAT_TSV, SLANT_FORMAT_CSV,
                                               SLANT_FORMAT_JSONL};
    const char *path;
    enum slant_format chosen;
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    chosen = format[data[0] % 3];
    path = fuzz_file(data + 1, size - 1);
    check_table(path, chosen);
    check_rows(path, chosen, (data[0] & 64) != 0 ? "target" : NULL);
    return 0;
}
