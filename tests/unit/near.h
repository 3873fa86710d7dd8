/** Comparison of floating-point numbers: cmocka 1.1.5 has none that can be trusted. And what a model
 *  makes of them. */
#ifndef SL_TEST_NEAR_H
#define SL_TEST_NEAR_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* |got - want| <= tol; never with a NaN. Says what differs on standard error. */
static inline bool near(double got, double want, double tol)
{
    bool good = fabs(got - want) <= tol;
    if (!good) {
        (void)fprintf(stderr, "got %.17g, want %.17g within %g\n", got, want, tol);
    }
    return good;
}

/* The nearest whole number of units, as a model holds it. */
static inline double in_units(double v, double unit)
{
    return round(v / unit) * unit;
}

#endif
