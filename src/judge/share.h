/** How many sentences of an article have a label, given their probabilities. */
#ifndef SL_JUDGE_SHARE_H
#define SL_JUDGE_SHARE_H

#include <stddef.h>
#include <stdint.h>

struct sl_count_range {
    double mean;        /* expected number */
    uint32_t low, high; /* central 95 % of its distribution */
};

/* The number of successes of n independent trials of probability prob[i * stride] / 10000 (Poisson
 * binomial). Exact by recursion up to 512 trials, above by the normal with a refined correction for
 * its skew (Volkova 1996). scratch[513]. */
struct sl_count_range sl_count_range(const uint16_t *prob, size_t n, size_t stride,
                                     double *scratch);
/* The same from sums over the trials: of p, p (1 - p) and p (1 - p) (1 - 2 p). Exact up to three trials,
 * whose probabilities these sums determine; above by the normal. */
struct sl_count_range sl_count_range_of_moments(uint64_t n, double mean, double variance,
                                                double third);
/* The sum over n statements of 0, 1 or 2, as it is of the second side, neither or the first: d is the mean of
 * that sum - n. Exact for one statement; above by the normal. */
struct sl_count_range sl_balance_range(uint64_t n, double d, double variance, double third);
#define SL_COUNT_SCRATCH 513

#endif
