#include "train/calibrate.h"
#include "base/memory.h"
#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = SLANT_MAX_LABEL + 1 }; /* slope, then shifts */
static const double ridge = 1e-3;    /* keeps separable data in place */
static const double least_slope = 1e-3;

struct held_out {
    double pull; /* on each shift */
    const double *margin;
    const uint32_t *label;
    const double *weight;
    size_t n;
    uint32_t n_label;
};

static double loss(const struct held_out *d, const double *v)
{
    double sum = 0;
    double p[SLANT_MAX_LABEL];
    for (size_t i = 0; i < d->n; i++) {
        sl_model_softmax(v[0], v + 1, d->n_label, d->margin + i * d->n_label, p);
        sum -= d->weight[i] * log(p[d->label[i]] > 1e-300 ? p[d->label[i]] : 1e-300);
    }
    for (uint32_t k = 0; k <= d->n_label; k++) {
        sum += 0.5 * (k == 0 ? ridge : d->pull) * v[k] * v[k];
    }
    return sum;
}

/* Gradient and Hessian of the loss at v. */
static void derive(const struct held_out *d, const double *v, double *g, double h[SIZE][SIZE])
{
    uint32_t n = d->n_label + 1;
    double p[SLANT_MAX_LABEL];
    memset(g, 0, n * sizeof *g);
    memset(h, 0, SIZE * sizeof *h);
    for (size_t i = 0; i < d->n; i++) {
        const double *m = d->margin + i * d->n_label;
        double w = d->weight[i];
        double mean = 0;
        double square = 0;
        sl_model_softmax(v[0], v + 1, d->n_label, m, p);
        for (uint32_t k = 0; k < d->n_label; k++) {
            mean += p[k] * m[k];
            square += p[k] * m[k] * m[k];
        }
        g[0] += w * (mean - m[d->label[i]]);
        h[0][0] += w * (square - mean * mean);
        for (uint32_t k = 0; k < d->n_label; k++) {
            g[k + 1] += w * (p[k] - (k == d->label[i]));
            h[0][k + 1] += w * p[k] * (m[k] - mean);
            for (uint32_t j = 0; j <= k; j++) {
                h[j + 1][k + 1] += w * ((j == k) * p[k] - p[j] * p[k]);
            }
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        g[k] += (k == 0 ? ridge : d->pull) * v[k];
        h[k][k] += k == 0 ? ridge : d->pull;
        for (uint32_t j = 0; j < k; j++) {
            h[k][j] = h[j][k];
        }
    }
}

/* Solves h * step = g by Cholesky; h is positive definite by its ridge. */
static bool newton_step(double h[SIZE][SIZE], const double *g, uint32_t n, double *step)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j <= i; j++) {
            double sum = h[i][j];
            for (uint32_t k = 0; k < j; k++) {
                sum -= h[i][k] * h[j][k];
            }
            if (i == j) {
                if (!(sum > 0)) {
                    return false;
                }
                h[i][i] = sqrt(sum);
            } else {
                h[i][j] = sum / h[j][j];
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        step[i] = g[i];
        for (uint32_t k = 0; k < i; k++) {
            step[i] -= h[i][k] * step[k];
        }
        step[i] /= h[i][i];
    }
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t k = i + 1; k < n; k++) {
            step[i] -= h[k][i] * step[k];
        }
        step[i] /= h[i][i];
    }
    return true;
}

void sl_implied_prior(const double *prob, const double *weight, size_t n, uint32_t n_label,
                      const double *share, double *prior)
{
    enum { MOST_STEPS = 200 };
    double a[SLANT_MAX_LABEL];
    double sum = 0;
    for (uint32_t k = 0; k < n_label; k++) {
        a[k] = 1;
    }
    for (int step = 0; step < MOST_STEPS; step++) {
        double mean[SLANT_MAX_LABEL] = {0};
        double total = 0;
        double off = 0;
        for (size_t i = 0; i < n; i++) {
            double w = weight == NULL ? 1 : weight[i];
            double mixed = 0;
            for (uint32_t k = 0; k < n_label; k++) {
                mixed += prob[i * n_label + k] * a[k];
            }
            for (uint32_t k = 0; k < n_label && mixed > 0; k++) {
                mean[k] += w * prob[i * n_label + k] * a[k] / mixed;
            }
            total += w;
        }
        for (uint32_t k = 0; k < n_label; k++) {
            double now = mean[k] / total;
            double most = now > share[k] ? now - share[k] : share[k] - now;
            off = most > off ? most : off;
            a[k] *= now > 1e-9 ? share[k] / now : 1;
        }
        if (off < 1e-9) {
            break;
        }
    }
    for (uint32_t k = 0; k < n_label; k++) {
        prior[k] = share[k] / a[k];
        sum += prior[k];
    }
    for (uint32_t k = 0; k < n_label; k++) {
        prior[k] /= sum;
    }
}

/* The prior of the probabilities on the rows they were fitted to. */
static enum slant_status imply(const struct held_out *d, struct sl_calibration *out,
                               struct slant_error *err)
{
    double *prob = sl_array(d->n * d->n_label, sizeof *prob);
    double share[SLANT_MAX_LABEL] = {0};
    double total = 0;
    if (prob == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < d->n; i++) {
        sl_model_softmax(out->slope, out->shift, d->n_label, d->margin + i * d->n_label,
                         prob + i * d->n_label);
        share[d->label[i]] += d->weight[i];
        total += d->weight[i];
    }
    for (uint32_t k = 0; k < d->n_label; k++) { /* half a row where there is none */
        share[k] = (share[k] > 0 ? share[k] : 0.5) / total;
    }
    sl_implied_prior(prob, d->weight, d->n, d->n_label, share, out->prior);
    free(prob);
    return SLANT_OK;
}

static void shift_by_shares(const struct held_out *d, double *shift)
{
    double share[SLANT_MAX_LABEL] = {0};
    for (size_t i = 0; i < d->n; i++) {
        share[d->label[i]] += d->weight[i];
    }
    for (uint32_t k = 0; k < d->n_label; k++) {
        shift[k] = log(share[k] > 0 ? share[k] : 0.5); /* half a row where there is none */
    }
}

enum slant_status sl_calibrate(const double *margin, const uint32_t *label, const double *weight,
                               size_t n, uint32_t n_label, double pull, struct sl_calibration *out,
                               struct slant_error *err)
{
    enum { MAX_STEP = 100 };
    struct held_out d = {ridge, margin, label, weight, n, n_label};
    double v[SIZE] = {1};
    double at;
    double mean = 0;
    for (size_t i = 0; i < n; i++) {
        d.pull += pull * weight[i];
    }
    at = loss(&d, v);
    for (int i = 0; i < MAX_STEP; i++) {
        double g[SIZE];
        double h[SIZE][SIZE];
        double step[SIZE];
        double next[SIZE];
        double moved = at;
        double part = 1;
        derive(&d, v, g, h);
        if (!newton_step(h, g, n_label + 1, step)) {
            return sl_fail(err, SLANT_ERR_SOLVER, 0, "calibration failed: degenerate margins");
        }
        for (int halvings = 0; halvings < 40; halvings++, part /= 2) {
            for (uint32_t k = 0; k <= n_label; k++) {
                next[k] = v[k] - part * step[k];
            }
            moved = loss(&d, next);
            if (moved < at) {
                break;
            }
        }
        if (!(moved < at)) {
            break;
        }
        memcpy(v, next, sizeof v);
        if (at - moved < 1e-9 * (1 + at)) {
            break;
        }
        at = moved;
    }
    /* margins that tell nothing, or mislead, must not turn every label round: the shares tell then, and of
     * labels of one share the margins */
    out->slope = v[0] > least_slope ? v[0] : least_slope;
    if (v[0] < least_slope) {
        shift_by_shares(&d, v + 1);
    }
    for (uint32_t k = 0; k < n_label; k++) {
        mean += v[k + 1] / n_label;
    }
    for (uint32_t k = 0; k < n_label; k++) {
        out->shift[k] = v[k + 1] - mean;
    }
    return imply(&d, out, err);
}
