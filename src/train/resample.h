/** Bootstrap samples of whole groups (Efron & Tibshirani 1993; Field & Welsh 2007): rows of one group
 * come and go together, because they are not independent. Equal seeds, equal samples: figures drawn
 * with the same seed on the same rows are paired. */
#ifndef SL_TRAIN_RESAMPLE_H
#define SL_TRAIN_RESAMPLE_H

#include "base/rng.h"
#include "base/status.h"

struct sl_resample {
    size_t n;
    uint32_t n_group;
    uint32_t *of;    /* [n] a row's group, from 0 */
    uint32_t *drawn; /* [n] how often each group is drawn */
    struct sl_rng rng;
};

/* Whether so many samples may be asked for: time is linear in them. Errors: ARG. */
#define SL_MAX_DRAWS 1000000
enum slant_status sl_draws_check(unsigned n, struct slant_error *err);

/* group[n]: any numbers. Errors: NOMEM. */
enum slant_status sl_resample_init(struct sl_resample *s, const uint32_t *group, size_t n,
                                   uint64_t seed, struct slant_error *err);
/* times[n]: how often each row is in the next sample. */
void sl_resample_next(struct sl_resample *s, uint32_t *times);
void sl_resample_free(struct sl_resample *s);

/* The 95 % percentile interval of draw[n], n > 0, which is sorted. */
void sl_percentiles(double *draw, size_t n, double *low, double *high);

#endif
