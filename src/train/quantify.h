/** How well shares are estimated: held-out sentences cut into artificial collections whose shares have
 * moved. */
#ifndef SL_TRAIN_QUANTIFY_H
#define SL_TRAIN_QUANTIFY_H

#include "train/cross_validate.h"

enum sl_shift { SL_SHIFT_ANY, SL_SHIFT_NONE, SL_SHIFT_MILD, SL_N_SHIFT };
enum sl_estimator { SL_BY_COUNT, SL_BY_MEAN, SL_BY_CORRECTION, SL_N_ESTIMATOR };
extern const char *const sl_shift_name[SL_N_SHIFT];         /* "any", "none", "mild" */
extern const char *const sl_estimator_name[SL_N_ESTIMATOR]; /* "count", "mean", "corrected" */

struct sl_shift_figures {
    uint32_t n;                   /* collections */
    double error[SL_N_ESTIMATOR]; /* mean absolute error of the collection's own shares */
    double coverage; /* of the corrected 95 % intervals, over labels: the shares drawn from */
};

/* Collections of 50, 100 and 200 of the verdicts' sentences, n of each shift: shares even over the
 * simplex; those of all the verdicts; a quarter of the way from those to a random point. Sentences are
 * drawn within labels, with replacement. prior[n_label]: the training's shares. Only heads of 2 or 3
 * labels, each with a row: *possible is false for others. */
enum slant_status sl_shift_figures(const struct sl_verdicts *v, uint32_t n_label,
                                   const double *prior, uint32_t n, uint64_t seed, bool *possible,
                                   struct sl_shift_figures out[SL_N_SHIFT],
                                   struct slant_error *err);
/* Those figures of a head, 300 collections a shift, as text after b's end, or as an object into json
 * where it is not NULL. prior NULL: the verdicts' own shares. */
enum slant_status sl_shift_report(const struct sl_verdicts *v, const char *head, uint32_t n_label,
                                  const double *prior, struct sl_buf *b, struct sl_json *json,
                                  struct slant_error *err);

#endif
