/* min over w of  w.w / 2 + sum cost_i * max(0, 1 - sign_i * w.x_i)^2, through its dual in alpha >=
 * 0: gradient_i = sign_i * w.x_i - 1 + alpha_i / (2 cost_i), one coordinate at a time. Coordinates
 * at zero whose gradient stays positive are set aside (shrinking) and checked again at the end. */
#include "base/memory.h"
#include "base/rng.h"
#include "train/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PASS = 2000 };
static const double tolerance = 1e-2;

struct state {
    const struct sl_problem *p;
    struct sl_machine *m;
    double *alpha;    /* [n] */
    double *diagonal; /* [n], x.x + 1 + 1 / (2 cost) */
    uint32_t *order;  /* [n], the first `active` in play */
    double bias;
};

static double dot(const struct state *s, uint32_t row)
{
    const double *dense = s->p->dense + (size_t)row * s->p->n_dense;
    const double *weight = s->m->weight + s->p->n_feature;
    double part[4] = {0}; /* four chains, so that additions overlap; their order is fixed */
    double sum = s->bias;
    uint32_t d = 0;
    for (size_t i = s->p->start[row]; i < s->p->start[row + 1]; i++) {
        sum += s->m->weight[s->p->index[i]] * s->p->value[i];
    }
    for (; d + 4 <= s->p->n_dense; d += 4) {
        for (int k = 0; k < 4; k++) {
            part[k] += weight[d + (uint32_t)k] * dense[d + (uint32_t)k];
        }
    }
    for (; d < s->p->n_dense; d++) {
        part[0] += weight[d] * dense[d];
    }
    return sum + ((part[0] + part[1]) + (part[2] + part[3]));
}

static void add(struct state *s, uint32_t row, double step)
{
    const double *dense = s->p->dense + (size_t)row * s->p->n_dense;
    double *weight = s->m->weight + s->p->n_feature;
    for (size_t i = s->p->start[row]; i < s->p->start[row + 1]; i++) {
        s->m->weight[s->p->index[i]] += step * s->p->value[i];
    }
    for (uint32_t d = 0; d < s->p->n_dense; d++) {
        weight[d] += step * dense[d];
    }
    s->bias += step;
}

/* One pass over the active coordinates; returns the spread of the projected gradient. */
static double pass(struct state *s, size_t *active, double shrink_above, struct sl_rng *rng,
                   double *top)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < *active; i++) {
        size_t j = i + (size_t)sl_rng_below(rng, *active - i);
        uint32_t swap = s->order[i];
        s->order[i] = s->order[j];
        s->order[j] = swap;
    }
    for (size_t i = 0; i < *active;) {
        uint32_t at = s->order[i];
        double sign = s->m->sign[at];
        double old = s->alpha[at];
        double gradient = sign * dot(s, s->m->row[at]) - 1 + old / (2 * s->m->cost[at]);
        double projected = gradient;
        if (old <= 0) {
            if (gradient > shrink_above) {
                s->order[i] = s->order[--*active];
                s->order[*active] = at;
                continue;
            }
            projected = gradient < 0 ? gradient : 0;
        }
        low = projected < low ? projected : low;
        high = projected > high ? projected : high;
        if (fabs(projected) > 1e-12) {
            double next = old - gradient / s->diagonal[at];
            s->alpha[at] = next > 0 ? next : 0;
            add(s, s->m->row[at], (s->alpha[at] - old) * sign);
        }
        i++;
    }
    *top = high > 0 ? high : INFINITY;
    return high - low;
}

static bool descend(struct state *s, uint64_t seed)
{
    struct sl_rng rng = {seed};
    size_t active = s->m->n;
    double shrink_above = INFINITY;
    for (int i = 0; i < MAX_PASS; i++) {
        double top;
        double spread = pass(s, &active, shrink_above, &rng, &top);
        if (active == 0 || spread <= tolerance) {
            if (active == s->m->n) {
                return true;
            }
            active = s->m->n; /* once more over all */
            shrink_above = INFINITY;
        } else {
            shrink_above = top;
        }
    }
    return false;
}

enum slant_status sl_solve_dual(const struct sl_problem *p, struct sl_machine *m, uint64_t seed,
                                struct slant_error *err)
{
    struct state s = {.p = p, .m = m};
    enum slant_status status = SLANT_OK;
    s.alpha = sl_array_zero(m->n, sizeof *s.alpha);
    s.diagonal = sl_array(m->n, sizeof *s.diagonal);
    s.order = sl_array(m->n, sizeof *s.order);
    if (s.alpha == NULL || s.diagonal == NULL || s.order == NULL) {
        status = sl_fail_nomem(err);
    } else {
        memset(m->weight, 0, ((size_t)p->n_feature + p->n_dense) * sizeof *m->weight);
        for (size_t i = 0; i < m->n; i++) {
            uint32_t row = m->row[i];
            s.order[i] = (uint32_t)i;
            s.diagonal[i] = 1 + 1 / (2 * m->cost[i]);
            for (size_t k = p->start[row]; k < p->start[row + 1]; k++) {
                s.diagonal[i] += p->value[k] * p->value[k];
            }
            for (uint32_t d = 0; d < p->n_dense; d++) {
                double value = p->dense[(size_t)row * p->n_dense + d];
                s.diagonal[i] += value * value;
            }
        }
        if (!descend(&s, seed)) {
            status = sl_fail(err, SLANT_ERR_SOLVER, 0,
                             "the solver did not converge; try a smaller --cost");
        }
        m->bias = s.bias;
    }
    free(s.alpha);
    free(s.diagonal);
    free(s.order);
    return status;
}
