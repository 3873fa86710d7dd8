/** The inverse power law of learning curves: figure(n) = a - b n^-c, a <= 1, b >= 0, c > 0 (Cortes et
 * al. 1994; fitted to classifiers' curves with weights by Figueroa, Zeng-Treitler, Kandula & Ngo 2012,
 * "Predicting sample size required for classification performance"). */
#ifndef SL_TRAIN_POWER_LAW_H
#define SL_TRAIN_POWER_LAW_H

#include <stdbool.h>
#include <stddef.h>

struct sl_power_law {
    double a, b, c;
    double r2; /* share of the weighted variance explained; 0 where there is none */
};

/* Weighted least squares on n[count], figure[count], weight[count] (positive): a and b in closed form
 * for each c, c in [0.05, 3] by a grid and golden-section search (variable projection, Golub & Pereyra
 * 1973). False for fewer than 3 points. */
bool sl_power_law_fit(const double *n, const double *figure, const double *weight, size_t count,
                      struct sl_power_law *out);
/* Whether c is the least or the most that is looked at: what fits best lies beyond. */
bool sl_power_law_at_bound(const struct sl_power_law *law);
double sl_power_law_at(const struct sl_power_law *law, double n);

#endif
