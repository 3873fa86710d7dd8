/** Labelled rows judged: by a model, or each by the machine of cross-validation that never saw it. */
#ifndef SL_TRAIN_JUDGED_H
#define SL_TRAIN_JUDGED_H

#include "train/nested.h"

struct sl_judged_head {
    const char *name;
    const char *const *label; /* [n_label] */
    uint32_t n_label;
    const double *prior;           /* [n_label] in training; NULL: the shares of the verdicts */
    struct sl_verdicts verdicts;   /* of the rows with a label of the head */
    struct sl_verdicts words_only; /* of the same rows by the baseline; n 0: none */
    bool small_folds; /* held out in folds of fewer rows than SL_FOLD_ROWS: no baseline */
};

/* Rows a fold, on the average, below which figures mislead: a row that is held out makes its label rarer in
 * what is learned from, so that folds of one row can be wrong nearly always. */
#define SL_FOLD_ROWS 5

/* Names and labels are borrowed from the model or the rows. */
struct sl_judged_heads {
    const struct sl_rows *rows;
    uint64_t n_row, n_seen; /* labelled rows; those whose text the model learned from */
    size_t n;
    struct sl_judged_head head[SL_N_HEAD];
};

/* By a model's heads that the rows have labels of. Errors: DATA (no such head; a head's labels differ
 * by subject), ROW (a subject the model does not know), NOMEM. */
enum slant_status sl_judge_rows(const struct slant_model *m, const struct sl_rows *rows,
                                struct sl_judged_heads *out, struct slant_error *err);
/* Held out, with the words-only baseline beside. */
enum slant_status sl_judge_held_out(const struct sl_training *t, const struct sl_nested *nested,
                                    struct sl_judged_heads *out, struct slant_error *err);
void sl_judged_heads_free(struct sl_judged_heads *j);

/* The verdicts as figures are computed from; arrays are borrowed. */
struct sl_judged sl_judged_of(const struct sl_judged_head *h, const struct sl_verdicts *v);
bool sl_same_labels(const char *const *a, uint32_t n_a, const char *const *b, uint32_t n_b);

#endif
