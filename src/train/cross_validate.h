/** Held-out margins and probabilities of every row. */
#ifndef SL_TRAIN_CROSS_VALIDATE_H
#define SL_TRAIN_CROSS_VALIDATE_H

#include "train/calibrate.h"
#include "train/fit.h"
#include "train/metrics.h"

#define SL_NO_FOLD UINT32_MAX
struct sl_held_out {
    double *margin; /* [n_row][n_column] */
    uint32_t *fold; /* [n_row]; SL_NO_FOLD: not among the rows taken */
    unsigned n_fold;
    size_t n_joined;
};

/* Called before a fold's fit, on any thread: may choose its settings on the rows for which in[row]
 * is set, and may take rows from those to learn from. */
typedef enum slant_status sl_fold_setup(void *user, size_t fold, bool *in,
                                        struct sl_settings *settings, struct slant_error *err);

struct sl_cv_options {
    unsigned n_fold, n_thread;
    const bool *in;       /* [n_row] rows taken part; NULL: all */
    const uint32_t *fold; /* [n_row] the folds; NULL: dealt by the settings' seed */
    sl_fold_setup *setup; /* NULL: the same settings for all folds, and all rows outside */
    void *user;
};

/* Fits n_fold times, each on the rows outside a fold, and scores the fold. Vocabulary and idf are
 * counted within the training rows. The result does not depend on n_thread. */
enum slant_status sl_cross_validate(const struct sl_rows *rows, const struct sl_features *features,
                                    const struct sl_heads *heads,
                                    const struct sl_settings *settings,
                                    const struct sl_cv_options *opt, struct sl_held_out *out,
                                    struct slant_error *err);
void sl_held_out_free(struct sl_held_out *h);
/* Calibrates head number i on all held-out rows. */
enum slant_status sl_held_out_calibrate(const struct sl_held_out *h, const struct sl_rows *rows,
                                        const struct sl_heads *heads, size_t i,
                                        uint32_t fold_left_out, struct sl_calibration *out,
                                        struct slant_error *err);

/* Verdicts of the labelled rows, for figures. Owned arrays. */
struct sl_verdicts {
    size_t n;
    uint32_t *gold, *label, *group, *subject; /* [n] */
    double *prob;                             /* [n][n_label] */
};
/* Held-out verdicts of the rows' head, over all its subjects; each fold's probabilities use a
 * calibration fitted on the other folds. */
enum slant_status sl_held_out_verdicts(const struct sl_held_out *h, const struct sl_rows *rows,
                                       const struct sl_heads *heads, size_t head,
                                       struct sl_verdicts *out, struct slant_error *err);
/* Figures of those verdicts. */
enum slant_status sl_held_out_figures(const struct sl_held_out *h, const struct sl_rows *rows,
                                      const struct sl_heads *heads, size_t head,
                                      unsigned n_bootstrap, uint64_t seed, struct sl_figures *out,
                                      struct slant_error *err);
bool sl_verdicts_room(struct sl_verdicts *v, size_t n, uint32_t n_label);
void sl_verdicts_free(struct sl_verdicts *v);

#endif
