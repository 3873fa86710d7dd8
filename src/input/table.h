/** Labelled data: TSV (a header line, no quoting), CSV (RFC 4180) and JSON Lines, as rows of wanted
 *  columns. */
#ifndef SL_INPUT_TABLE_H
#define SL_INPUT_TABLE_H

#include "input/json.h"

/* The format that a path's extension tells; AUTO where it tells none. */
enum slant_format sl_format_of(const char *path);
/* Of a table that is given without its format: CSV or JSON Lines if the extension says so, else TSV. */
enum slant_format sl_table_format_of(const char *path);

#define SL_TABLE_MAX_COLUMN 256

struct sl_table {
    const char *path;
    enum slant_format format;
    char *bytes; /* the whole file; fields of TSV and CSV lie in it */
    size_t len, at;
    uint64_t line, row_line;   /* of the next row; where the last row began */
    const char *const *wanted; /* [n_wanted] column names, two or more; the first are an example */
    size_t n_wanted, n_column;
    size_t column_of[SL_TABLE_MAX_COLUMN]; /* column -> wanted + 1, or 0 */
    char unread[160]; /* columns that are nearly named as a wanted one, as room is */
    struct sl_arena *arena;
};

/* Reads the file and its header. wanted and arena are borrowed; values live as long as the table
 * and the arena. Errors: IO, LIMIT, NOMEM, ROW (no header, a column twice), ARG (unknown format).
 */
enum slant_status sl_table_open(struct sl_table *t, const char *path, enum slant_format format,
                                const char *const *wanted, size_t n_wanted, struct sl_arena *arena,
                                struct slant_error *err);
void sl_table_close(struct sl_table *t);
/* Whether TSV or CSV has the column; true for JSON Lines, whose rows differ. */
bool sl_table_has(const struct sl_table *t, size_t wanted);
/* The next row into value[n_wanted]; *more false at the end. Blank lines are skipped. */
enum slant_status sl_table_next(struct sl_table *t, struct sl_text *value, bool *more,
                                struct slant_error *err);

#endif
