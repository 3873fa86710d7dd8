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

/* The nearest number of eight significant bits, of two the even one, as a model holds it. */
static inline double eight_bits(double v)
{
    int exponent;
    double part = frexp(v, &exponent);
    return ldexp(rint(ldexp(part, 8)), exponent - 8);
}

#endif
