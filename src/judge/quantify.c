#include "judge/quantify.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS = 50, /* of the lattice of probabilities */
    SIDE = STEPS + 1,
    GRID = 40, /* intervals along a side of the grid of shares */
    ROUNDS = 8,
    MOST_STEPS = 1000
};
static const double pseudo = 0.15; /* pseudo-sentences of the training's shares, a sentence */
/* Of the posterior on each side; the mean probability, taken in, covers the rest of the 5 %. */
static const double tail = 0.03;
static const double negligible = 30; /* posterior below exp(-30) of its top */

struct cell {
    uint64_t n, sum[SL_QUANTIFY_LABELS]; /* of probabilities in ten-thousandths */
};

struct sl_quantify {
    uint32_t n_label;
    double prior[SL_QUANTIFY_LABELS];
    struct cell cell[SIDE * SIDE];
    uint16_t used[SIDE * SIDE]; /* [n_used] cells with a sentence, in order of first use */
    size_t n_used;
    uint64_t n;
};

struct sl_quantify *sl_quantify_new(uint32_t n_label, const double *prior)
{
    struct sl_quantify *q = calloc(1, sizeof *q);
    if (q != NULL) {
        q->n_label = n_label;
        memcpy(q->prior, prior, n_label * sizeof *prior);
    }
    return q;
}

void sl_quantify_free(struct sl_quantify *q)
{
    free(q);
}

void sl_quantify_reset(struct sl_quantify *q)
{
    for (size_t i = 0; i < q->n_used; i++) {
        memset(&q->cell[q->used[i]], 0, sizeof q->cell[0]);
    }
    q->n_used = 0;
    q->n = 0;
}

void sl_quantify_add(struct sl_quantify *q, const uint16_t *prob, size_t n, size_t stride)
{
    for (size_t i = 0; i < n; i++) {
        const uint16_t *p = prob + i * stride;
        size_t row = ((size_t)p[0] * STEPS + 5000) / 10000;
        size_t column = q->n_label > 2 ? ((size_t)p[1] * STEPS + 5000) / 10000 : 0;
        struct cell *c = &q->cell[row * SIDE + column];
        if (c->n++ == 0) {
            q->used[q->n_used++] = (uint16_t)(row * SIDE + column);
        }
        for (uint32_t k = 0; k < q->n_label; k++) {
            c->sum[k] += p[k];
        }
    }
    q->n += n;
}

/* ---- the posterior on a grid ---- */

struct ratio {
    double n, r[SL_QUANTIFY_LABELS]; /* sentences; mean p / prior */
};

struct box { /* of the first share and, with three labels, the second */
    double low[2], high[2];
};

struct point {
    double q[SL_QUANTIFY_LABELS];
    double weight; /* log posterior, then its part of the whole */
};

static int by_place(const void *a, const void *b)
{
    return *(const uint16_t *)a < *(const uint16_t *)b ? -1 : 1;
}

/* In the order of the cells, so that sums do not depend on that of the articles. */
static struct ratio *ratios_of(const struct sl_quantify *q)
{
    struct ratio *out = sl_array(q->n_used, sizeof *out);
    uint16_t *used = sl_array(q->n_used, sizeof *used);
    if (out == NULL || used == NULL || q->n_used == 0) {
        free(out);
        free(used);
        return NULL;
    }
    memcpy(used, q->used, q->n_used * sizeof *used);
    qsort(used, q->n_used, sizeof *used, by_place);
    for (size_t i = 0; i < q->n_used; i++) {
        const struct cell *c = &q->cell[used[i]];
        out[i].n = (double)c->n;
        for (uint32_t k = 0; k < SL_QUANTIFY_LABELS; k++) {
            double p = k < q->n_label ? (double)c->sum[k] / 10000.0 / (double)c->n : 0;
            out[i].r[k] = k < q->n_label ? (p < 1e-4 ? 1e-4 : p) / q->prior[k] : 0;
        }
    }
    free(used);
    return out;
}

static double log_likelihood(const struct ratio *r, size_t n, const double *q)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += r[i].n * log(r[i].r[0] * q[0] + r[i].r[1] * q[1] + r[i].r[2] * q[2]);
    }
    return sum;
}

/* The grid's points inside the simplex. A share is never quite 0, where a logarithm would end. */
static size_t lay_grid(const struct sl_quantify *m, const struct box *box, struct point *point)
{
    const double least = 1e-5;
    size_t n = 0;
    for (int i = 0; i <= GRID; i++) {
        double a = box->low[0] + (box->high[0] - box->low[0]) * i / GRID;
        for (int j = 0; j <= (m->n_label > 2 ? GRID : 0); j++) {
            double b =
                m->n_label > 2 ? box->low[1] + (box->high[1] - box->low[1]) * j / GRID : 1 - a;
            double c = m->n_label > 2 ? 1 - a - b : 0;
            if (c < -1e-9) {
                continue;
            }
            point[n].q[0] = a < least ? least : a;
            point[n].q[1] = b < least ? least : b;
            point[n].q[2] = m->n_label > 2 ? (c < least ? least : c) : 0;
            n++;
        }
    }
    return n;
}

/* Evaluates the grid; the box that holds all but a negligible part of the posterior. */
static struct box weigh(const struct sl_quantify *m, const struct ratio *r, double design_effect,
                        const struct box *box, struct point *point, size_t n)
{
    double top = -INFINITY;
    struct box kept = {{1, 1}, {0, 0}};
    for (size_t i = 0; i < n; i++) {
        point[i].weight = log_likelihood(r, m->n_used, point[i].q) / design_effect;
        top = point[i].weight > top ? point[i].weight : top;
    }
    for (size_t i = 0; i < n; i++) {
        for (int d = 0; d < 2 && point[i].weight > top - negligible; d++) {
            kept.low[d] = fmin(kept.low[d], point[i].q[d]);
            kept.high[d] = fmax(kept.high[d], point[i].q[d]);
        }
    }
    for (int d = 0; d < 2; d++) {
        double step = (box->high[d] - box->low[d]) / GRID;
        kept.low[d] = fmax(kept.low[d] - step, 0);
        kept.high[d] = fmin(kept.high[d] + step, 1);
    }
    return kept;
}

static double width(const struct box *b, uint32_t n_label)
{
    return fmax(b->high[0] - b->low[0], n_label > 2 ? b->high[1] - b->low[1] : 0);
}

struct marginal {
    double q, weight;
};

static int by_share(const void *a, const void *b)
{
    double x = ((const struct marginal *)a)->q;
    double y = ((const struct marginal *)b)->q;
    return x < y ? -1 : x > y;
}

/* The share below which `part` of the weight lies, half of each point's own counted below it. */
static double quantile(const struct marginal *m, size_t n, double part)
{
    double below = 0;
    double before = m[0].q;
    double at = 0;
    for (size_t i = 0; i < n;) {
        double q = m[i].q;
        double weight = 0;
        double middle;
        while (i < n && m[i].q - q < 1e-9) {
            weight += m[i++].weight;
        }
        middle = below + weight / 2;
        if (middle >= part) {
            return middle - at > 0 ? before + (q - before) * (part - at) / (middle - at) : q;
        }
        before = q;
        at = middle;
        below += weight;
    }
    return m[n - 1].q;
}

static bool intervals(const struct sl_quantify *m, struct point *point, size_t n,
                      struct sl_quantity *out)
{
    struct marginal *marginal = sl_array(n, sizeof *marginal);
    double top = -INFINITY;
    double sum = 0;
    if (marginal == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        top = fmax(top, point[i].weight);
    }
    for (size_t i = 0; i < n; i++) {
        point[i].weight = exp(point[i].weight - top);
        sum += point[i].weight;
    }
    for (uint32_t k = 0; k < m->n_label; k++) {
        for (size_t i = 0; i < n; i++) {
            marginal[i] = (struct marginal){point[i].q[k], point[i].weight / sum};
        }
        qsort(marginal, n, sizeof *marginal, by_share);
        out->low[k] = quantile(marginal, n, tail);
        out->high[k] = quantile(marginal, n, 1 - tail);
    }
    free(marginal);
    return true;
}

/* ---- the estimate ---- */

/* Expectation maximisation with pseudo-sentences of the training's shares. */
static void maximise(const struct sl_quantify *m, const struct ratio *r, double *q)
{
    double n = (double)m->n;
    memcpy(q, m->prior, m->n_label * sizeof *q);
    for (int step = 0; step < MOST_STEPS; step++) {
        double sum[SL_QUANTIFY_LABELS] = {0};
        double change = 0;
        for (size_t i = 0; i < m->n_used; i++) {
            double mixed = 0;
            for (uint32_t k = 0; k < m->n_label; k++) {
                mixed += r[i].r[k] * q[k];
            }
            for (uint32_t k = 0; k < m->n_label; k++) {
                sum[k] += r[i].n * r[i].r[k] * q[k] / mixed;
            }
        }
        for (uint32_t k = 0; k < m->n_label; k++) {
            double now = (sum[k] / n + pseudo * m->prior[k]) / (1 + pseudo);
            change = fmax(change, fabs(now - q[k]));
            q[k] = now;
        }
        if (change < 1e-7) {
            break;
        }
    }
}

bool sl_quantify_shares(const struct sl_quantify *m, double share[SL_QUANTIFY_LABELS])
{
    struct ratio *r = ratios_of(m);
    if (r == NULL) {
        return false;
    }
    maximise(m, r, share);
    free(r);
    return true;
}

bool sl_quantify_estimate(const struct sl_quantify *m, double design_effect,
                          struct sl_quantity *out)
{
    struct ratio *r = ratios_of(m);
    struct point *point = sl_array((GRID + 1) * (GRID + 1), sizeof *point);
    struct box box = {{0, 0}, {1, 1}};
    bool ok = r != NULL && point != NULL;
    if (ok) {
        size_t n = 0;
        for (int round = 0; round < ROUNDS; round++) {
            struct box kept;
            n = lay_grid(m, &box, point);
            kept = weigh(m, r, design_effect, &box, point, n);
            if (width(&kept, m->n_label) > 0.6 * width(&box, m->n_label)) {
                break;
            }
            box = kept;
        }
        maximise(m, r, out->share);
        ok = intervals(m, point, n, out);
    }
    for (uint32_t k = 0; ok && k < m->n_label; k++) {
        uint64_t sum = 0; /* whole numbers: the order of the cells does not show */
        double mean;
        for (size_t i = 0; i < m->n_used; i++) {
            sum += m->cell[m->used[i]].sum[k];
        }
        mean = (double)sum / 10000.0 / (double)m->n;
        out->low[k] = fmin(out->low[k] < 2e-5 ? 0 : out->low[k], fmin(mean, out->share[k]));
        out->high[k] = fmax(out->high[k], fmax(mean, out->share[k]));
    }
    out->design_effect = design_effect;
    free(r);
    free(point);
    return ok;
}

/* ---- the design effect ---- */

void sl_clusters_add(struct sl_clusters *c, const struct sl_quantify *m, const double *at,
                     const uint16_t *prob, size_t n, size_t stride)
{
    double sum[SL_QUANTIFY_LABELS] = {0};
    for (size_t i = 0; i < n; i++) {
        const uint16_t *p = prob + i * stride;
        double mixed = 0;
        for (uint32_t k = 0; k < m->n_label; k++) {
            mixed += at[k] * p[k] / m->prior[k];
        }
        for (uint32_t k = 0; k < m->n_label && mixed > 0; k++) {
            double score = p[k] / m->prior[k] / mixed - 1;
            sum[k] += score;
            c->inner[k] += score * score;
        }
    }
    for (uint32_t k = 0; k < m->n_label; k++) {
        c->outer[k] += sum[k] * sum[k];
        c->total[k] += sum[k];
    }
    c->squares += (double)n * (double)n;
    c->n_sentence += n;
    c->n_article += n > 0;
}

double sl_clusters_effect(const struct sl_clusters *c, uint32_t n_label)
{
    double outer = 0;
    double inner = 0;
    double n = (double)c->n_sentence;
    if (c->n_article < 2) {
        return 1;
    }
    for (uint32_t k = 0; k < n_label; k++) {
        double mean = c->total[k] / n;
        inner += c->inner[k] - n * mean * mean;
        /* sum over articles of (sum - n_a mean)^2, the middle term taken at its expectation */
        outer += c->outer[k] - mean * mean * c->squares;
    }
    outer *= (double)c->n_article / ((double)c->n_article - 1);
    return inner > 0 && outer > inner ? outer / inner : 1;
}
