/** Figures on the rows of each value of the column that folds were left out by. */
#ifndef SL_TRAIN_LEFT_OUT_H
#define SL_TRAIN_LEFT_OUT_H

#include "train/judged.h"

struct sl_left_out_value {
    const char *name; /* borrowed from the rows; "": rows without a value, together */
    size_t n;
    double figure[SL_N_LABEL_HEADLINE];
};

struct sl_left_out {
    struct sl_left_out_value *value; /* [n], most rows first, then in the order of the data */
    size_t n;
};

/* The verdicts' groups are groups of `rows`. Errors: NOMEM. */
enum slant_status sl_left_out_compute(const struct sl_rows *rows, const struct sl_judged_head *h,
                                      struct sl_left_out *out, struct slant_error *err);
void sl_left_out_free(struct sl_left_out *l);

void sl_left_out_text(struct sl_buf *b, const char *head, const char *column,
                      const struct sl_left_out *l);
void sl_left_out_json(struct sl_json *j, const struct sl_left_out *l);

#endif
