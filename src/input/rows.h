/** Labelled rows of all data files: the matter of training and evaluation. */
#ifndef SL_INPUT_ROWS_H
#define SL_INPUT_ROWS_H

#include "base/arena.h"
#include "base/table.h"
#include "input/json.h"
#include "text/mention.h"

#define SL_N_HEAD 2                               /* the columns that can hold labels */
extern const char *const sl_head_name[SL_N_HEAD]; /* "stance", "sentiment" */
/* The head that a model's head, "stance" or "stance:SUBJECT", answers for; SL_N_HEAD: none. */
size_t sl_head_number(const char *name);

#define SL_LABEL_NONE UINT32_MAX

struct sl_row {
    struct sl_text text;
    uint32_t label[SL_N_HEAD]; /* index into the head's labels, or SL_LABEL_NONE */
    uint32_t group;            /* rows of one group never part; unnamed rows have their own */
    uint32_t article;          /* the group, even where another column takes its place */
    uint32_t subject;          /* index into subject names */
    double weight;
    const struct slant_span *mask; /* [n_mask] mentions of the target */
    size_t n_mask;
    const char *file; /* and line: for messages */
    uint64_t line;
};

struct sl_rows {
    struct sl_row *row; /* [n] */
    size_t n, cap;
    char *label[SL_N_HEAD][SLANT_MAX_LABEL]; /* names, in their order */
    uint32_t n_label[SL_N_HEAD];             /* 0: no column of that name */
    struct sl_strings group, subject;
    uint32_t n_article;
    bool weighted; /* some weight is not 1 */
    const char
        *unread;     /* columns of the first file that are nearly named as one that is read; "" */
    uint64_t digest; /* of texts, labels, groups, subjects, weights and targets, in order */
    struct sl_arena arena;
    char **file; /* [n_file] whole files, which the texts point into */
    size_t n_file, cap_file;
};

struct sl_rows_options {
    const char *const *path; /* [n_path] */
    size_t n_path;
    enum slant_format format;
    const char *leave_out;         /* NULL, or the column whose values take the place of group */
    const char *weight;            /* column that weighs rows; NULL: weight, where there is one */
    const struct slant_head *head; /* NULL, or [n_head]: the only labels allowed (evaluation) */
    size_t n_head;
};

/* Labels are ordered favor, against, none; negative, neutral, positive; others by their bytes.
 * Errors carry file and line. The first malformed row stops the reading. */
enum slant_status sl_rows_read(struct sl_rows *r, const struct sl_rows_options *opt,
                               struct slant_error *err);
void sl_rows_free(struct sl_rows *r);
static inline bool sl_row_labelled(const struct sl_row *row)
{
    bool labelled = false;
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        labelled = labelled || row->label[h] != SL_LABEL_NONE;
    }
    return labelled;
}

#endif
