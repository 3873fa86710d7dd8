#include "train/power_law.h"

#include <math.h>

struct points {
    const double *n, *figure, *weight;
    size_t count;
    double most; /* largest n, the unit in which powers are taken */
};

static const double c_least = 0.05;
static const double c_most = 3;

/* The best a and b for this c, b for n in units of `most`; returns the squared error. */
static double solve(const struct points *p, double c, double *a, double *b)
{
    double w = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double error = 0;
    for (size_t i = 0; i < p->count; i++) {
        double t = pow(p->n[i] / p->most, -c);
        w += p->weight[i];
        x += p->weight[i] * t;
        y += p->weight[i] * p->figure[i];
        xx += p->weight[i] * t * t;
        xy += p->weight[i] * t * p->figure[i];
    }
    *b = w * xx - x * x > 0 ? (x * y - w * xy) / (w * xx - x * x) : 0;
    *b = *b > 0 ? *b : 0;
    *a = (y + *b * x) / w;
    if (*a > 1) {
        *a = 1;
        *b = (x - xy) / xx;
    }
    for (size_t i = 0; i < p->count; i++) {
        double off = *a - *b * pow(p->n[i] / p->most, -c) - p->figure[i];
        error += p->weight[i] * off * off;
    }
    return error;
}

static double error_at(const struct points *p, double c)
{
    double a;
    double b;
    return solve(p, c, &a, &b);
}

static double variance(const struct points *p)
{
    double w = 0;
    double mean = 0;
    double sum = 0;
    for (size_t i = 0; i < p->count; i++) {
        w += p->weight[i];
        mean += p->weight[i] * p->figure[i];
    }
    for (size_t i = 0; i < p->count; i++) {
        double off = p->figure[i] - mean / w;
        sum += p->weight[i] * off * off;
    }
    return sum;
}

bool sl_power_law_fit(const double *n, const double *figure, const double *weight, size_t count,
                      struct sl_power_law *out)
{
    enum { GRID = 48, STEPS = 48 };
    static const double golden = 0.6180339887498949;
    double step = log(c_most / c_least) / GRID;
    struct points p = {n, figure, weight, count, 0};
    double best = INFINITY;
    int at = 0;
    double low;
    double high;
    double left;
    double right;
    double total;
    double error;
    if (count < 3) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        p.most = n[i] > p.most ? n[i] : p.most;
    }
    for (int g = 0; g <= GRID; g++) {
        error = error_at(&p, c_least * exp(g * step));
        at = error < best ? g : at;
        best = error < best ? error : best;
    }
    low = (at > 0 ? at - 1 : 0) * step;
    high = (at < GRID ? at + 1 : GRID) * step;
    for (int s = 0; s < STEPS; s++) {
        left = high - golden * (high - low);
        right = low + golden * (high - low);
        if (error_at(&p, c_least * exp(left)) <= error_at(&p, c_least * exp(right))) {
            high = right;
        } else {
            low = left;
        }
    }
    out->c = c_least * exp((low + high) / 2);
    error = solve(&p, out->c, &out->a, &out->b);
    out->b *= pow(p.most, out->c);
    total = variance(&p);
    out->r2 = total > 1e-15 ? 1 - error / total : 0;
    return true;
}

bool sl_power_law_at_bound(const struct sl_power_law *law)
{
    static const double near = 1e-6; /* the search ends closer to it */
    return law->c < c_least * (1 + near) || law->c > c_most * (1 - near);
}

double sl_power_law_at(const struct sl_power_law *law, double n)
{
    return law->a - law->b * pow(n, -law->c);
}
