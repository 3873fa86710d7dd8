/** Two judges of the same rows, A and B: who is right where, and what B brings over A. */
#ifndef SL_TRAIN_PAIRED_H
#define SL_TRAIN_PAIRED_H

#include "train/metrics.h"

struct sl_paired {
    uint64_t n, n_group;
    uint64_t both_right, only_a, only_b, both_wrong; /* rows */
    double mcnemar_p;
    /* by headline: accuracy, macro_f1, f_avg */
    double a[SL_N_LABEL_HEADLINE], b[SL_N_LABEL_HEADLINE];
    double difference[SL_N_LABEL_HEADLINE]; /* B - A */
    double low[SL_N_LABEL_HEADLINE], high[SL_N_LABEL_HEADLINE], p[SL_N_LABEL_HEADLINE];
    double smallest_p; /* that so many samples can give */
};

/* The exact form of McNemar's test (1947): two-sided binomial probability that of n = only_a + only_b
 * rows one side would have so few, were either equally likely. 1 where n is 0. */
double sl_mcnemar(uint64_t only_a, uint64_t only_b);

/* a and b hold the same rows in the same order. Differences: 95 % percentile intervals over samples of
 * whole groups, the same samples for both; p is two-sided, twice the smaller share of samples on
 * either side of 0 with one added to samples and their number (Efron & Tibshirani 1993, ch. 13 and
 * 15). Errors: NOMEM, DATA (no rows). */
enum slant_status sl_paired_compute(const struct sl_judged *a, const struct sl_judged *b,
                                    unsigned n_bootstrap, uint64_t seed, struct sl_paired *out,
                                    struct slant_error *err);
/* An object with accuracy, macro_f1, f_avg, and ci and p of each. */
void sl_paired_difference_json(struct sl_json *j, const struct sl_paired *p);

#endif
