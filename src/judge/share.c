#include "judge/share.h"

#include <math.h>

enum { EXACT = SL_COUNT_SCRATCH - 1 };
static const double tail = 0.025;

/* The central part of mass[n + 1]. */
static void cut_tails(struct sl_count_range *r, const double *mass, size_t n)
{
    double below = 0;
    double above = 0;
    r->low = 0;
    r->high = (uint32_t)n;
    while (r->low < n && below + mass[r->low] <= tail) {
        below += mass[r->low++];
    }
    while (r->high > r->low && above + mass[r->high] <= tail) {
        above += mass[r->high--];
    }
}

/* mass[k] = P(k successes), one trial at a time. */
static struct sl_count_range exact(const uint16_t *prob, size_t n, size_t stride, double *mass)
{
    struct sl_count_range r = {0, 0, (uint32_t)n};
    mass[0] = 1;
    for (size_t i = 0; i < n; i++) {
        double p = prob[i * stride] / 10000.0;
        r.mean += p;
        mass[i + 1] = mass[i] * p;
        for (size_t k = i; k > 0; k--) {
            mass[k] = mass[k] * (1 - p) + mass[k - 1] * p;
        }
        mass[0] *= 1 - p;
    }
    cut_tails(&r, mass, n);
    return r;
}

/* By the normal, refined for the skew. */
static struct sl_count_range of_moments(uint64_t n, double mean, double variance, double third)
{
    static const double z = 1.959963984540054;
    struct sl_count_range r = {mean, 0, (uint32_t)n};
    double spread = sqrt(variance);
    double skew = variance > 0 ? third / variance : 0;
    double low = mean - z * spread + skew * (z * z - 1) / 6 - 0.5;
    double high = mean + z * spread + skew * (z * z - 1) / 6 + 0.5;
    r.low = low > 0 ? (uint32_t)ceil(low) : 0;
    r.high = high < (double)n ? (uint32_t)floor(high) : (uint32_t)n;
    return r;
}

struct sl_count_range sl_count_range_of_moments(uint64_t n, double mean, double variance,
                                                double third)
{
    enum { FEW = 3 };
    struct sl_count_range r = {mean, 0, (uint32_t)n};
    double mass[FEW + 1];
    double square; /* sum of p^2, and of p^3 */
    double cube;
    double pairs; /* sum of the products of two, and the product of three */
    double triple;
    if (n > FEW) {
        return of_moments(n, mean, variance, third);
    }
    square = mean - variance;
    cube = (third - mean + 3 * square) / 2;
    pairs = (mean * mean - square) / 2;
    triple = n == FEW ? (mean * mean * mean - 3 * mean * square + 2 * cube) / 6 : 0;
    mass[0] = 1 - mean + pairs - triple;
    mass[1] = mean - 2 * pairs + 3 * triple;
    mass[2] = pairs - 3 * triple;
    mass[3] = triple;
    cut_tails(&r, mass, (size_t)n);
    return r;
}

struct sl_count_range sl_balance_range(uint64_t n, double d, double variance, double third)
{
    struct sl_count_range r = {d + (double)n, 0, (uint32_t)(2 * n)};
    double both; /* of one statement: of either side */
    if (n != 1) {
        return of_moments(2 * n, d + (double)n, variance, third);
    }
    both = variance + d * d;
    cut_tails(&r, (double[]){(both - d) / 2, 1 - both, (both + d) / 2}, 2);
    return r;
}

static struct sl_count_range normal(const uint16_t *prob, size_t n, size_t stride)
{
    double mean = 0;
    double variance = 0;
    double third = 0;
    for (size_t i = 0; i < n; i++) {
        double p = prob[i * stride] / 10000.0;
        mean += p;
        variance += p * (1 - p);
        third += p * (1 - p) * (1 - 2 * p);
    }
    return of_moments(n, mean, variance, third);
}

struct sl_count_range sl_count_range(const uint16_t *prob, size_t n, size_t stride, double *scratch)
{
    return n <= EXACT ? exact(prob, n, stride, scratch) : normal(prob, n, stride);
}
