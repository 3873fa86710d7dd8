/* min over w of  w.w / 2 + sum cost_i * max(0, 1 - sign_i * w.x_i)^2, through its dual in alpha >=
 * 0: gradient_i = sign_i * w.x_i - 1 + alpha_i / (2 cost_i), one coordinate at a time. Coordinates
 * at zero whose gradient stays positive are set aside (shrinking) and checked again at the end.
 *
 * Machines on the same rows are solved together: the weights of a feature stand side by side, so a
 * row's features are read once for all machines, and each is one step of a vector. The machines do
 * not touch each other: each does what it would do alone in this order of rows.
 *
 * Freedom d(i) of a weight: w(i)^2 / d(i) is what a machine makes of features scaled by the root of d,
 * with that root folded into its weights. Only the steps and the norms know of it. */
#include "base/memory.h"
#include "base/rng.h"
#include "train/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PASS = 2000, MAX_TOGETHER = 32 };
static const double tolerance = 0.02;

/* Four machines. */
typedef double wide __attribute__((vector_size(32)));

struct state {
    const struct sl_problem *p;
    struct sl_machine *m; /* [n_machine] */
    uint32_t n_machine;
    uint32_t parts;    /* n_machine / 4, rounded up: machines of nothing fill it up */
    size_t n;          /* rows */
    double *weight;    /* [n_feature + n_dense + 1][parts * 4]; the last is the bias */
    double *freedom;   /* the same, without the bias; NULL: 1 each */
    double *alpha;     /* [n][parts * 4] */
    double *norm;      /* [n][parts * 4] sum of freedom * x^2, plus 1 */
    uint32_t *in_play; /* [n] bit k: machine k has not set the row aside */
    uint32_t *order;   /* [n], the first `active` in play for some machine */
    size_t active;
    struct sl_rng rng;
    double low[MAX_TOGETHER], high[MAX_TOGETHER]; /* of the projected gradients of a pass */
    double shrink_above[MAX_TOGETHER];
    bool shrunk[MAX_TOGETHER]; /* the machine has set rows aside */
    uint32_t left;             /* bit k: machine k has not converged */
};

#define HOT static inline __attribute__((always_inline))

/* product[parts * 4] of the row with each machine's weights. Two chains of additions in turn, so
 * that they overlap; their order is fixed. */
HOT void multiply(const struct state *s, uint32_t row, double *product, uint32_t parts)
{
    const struct sl_problem *p = s->p;
    const size_t end = p->start[row + 1];
    const double *dense = p->dense + (size_t)row * p->n_dense;
    const double *weight = s->weight + (size_t)p->n_feature * parts * 4;
    size_t i = p->start[row];
    uint32_t d = 0;
    wide even[MAX_TOGETHER / 4];
    wide odd[MAX_TOGETHER / 4];
    wide w;
    memcpy(even, weight + (size_t)p->n_dense * parts * 4, parts * sizeof *even);
    memset(odd, 0, parts * sizeof *odd);
    for (; i + 2 <= end; i += 2) {
        const double *a = s->weight + (size_t)p->index[i] * parts * 4;
        const double *b = s->weight + (size_t)p->index[i + 1] * parts * 4;
        for (uint32_t k = 0; k < parts; k++) {
            memcpy(&w, a + 4 * (size_t)k, sizeof w);
            even[k] += w * p->value[i];
            memcpy(&w, b + 4 * (size_t)k, sizeof w);
            odd[k] += w * p->value[i + 1];
        }
    }
    for (; i < end; i++) {
        const double *a = s->weight + (size_t)p->index[i] * parts * 4;
        for (uint32_t k = 0; k < parts; k++) {
            memcpy(&w, a + 4 * (size_t)k, sizeof w);
            even[k] += w * p->value[i];
        }
    }
    for (; d + 2 <= p->n_dense; d += 2, weight += 2 * (size_t)parts * 4) {
        for (uint32_t k = 0; k < parts; k++) {
            memcpy(&w, weight + 4 * (size_t)k, sizeof w);
            even[k] += w * dense[d];
            memcpy(&w, weight + 4 * (size_t)(parts + k), sizeof w);
            odd[k] += w * dense[d + 1];
        }
    }
    for (; d < p->n_dense; d++, weight += (size_t)parts * 4) {
        for (uint32_t k = 0; k < parts; k++) {
            memcpy(&w, weight + 4 * (size_t)k, sizeof w);
            even[k] += w * dense[d];
        }
    }
    for (uint32_t k = 0; k < parts; k++) {
        even[k] += odd[k];
    }
    memcpy(product, even, parts * sizeof *even);
}

/* Adds step[k] * row, each feature by its freedom, to the weights of machine k. */
HOT void add_row(struct state *s, uint32_t row, const double *step, uint32_t parts, bool scaled)
{
    const struct sl_problem *p = s->p;
    const double *dense = p->dense + (size_t)row * p->n_dense;
    double *weight = s->weight + (size_t)p->n_feature * parts * 4;
    wide by[MAX_TOGETHER / 4];
    wide w;
    memcpy(by, step, parts * sizeof *by);
    for (size_t i = p->start[row]; i < p->start[row + 1]; i++) {
        size_t at = (size_t)p->index[i] * parts * 4;
        double *a = s->weight + at;
        for (uint32_t k = 0; k < parts; k++) {
            wide add = by[k] * p->value[i];
            if (scaled) {
                memcpy(&w, s->freedom + at + 4 * (size_t)k, sizeof w);
                add *= w;
            }
            memcpy(&w, a + 4 * (size_t)k, sizeof w);
            w += add;
            memcpy(a + 4 * (size_t)k, &w, sizeof w);
        }
    }
    for (uint32_t d = 0; d <= p->n_dense; d++, weight += (size_t)parts * 4) {
        double value = d < p->n_dense ? dense[d] : 1; /* the bias */
        for (uint32_t k = 0; k < parts; k++) {
            wide add = by[k] * value;
            if (scaled && d < p->n_dense) {
                memcpy(&w, s->freedom + ((size_t)p->n_feature + d) * parts * 4 + 4 * (size_t)k,
                       sizeof w);
                add *= w;
            }
            memcpy(&w, weight + 4 * (size_t)k, sizeof w);
            w += add;
            memcpy(weight + 4 * (size_t)k, &w, sizeof w);
        }
    }
}

/* The steps of the row's coordinates, one a machine; false where all are zero. */
static inline bool find_steps(struct state *s, uint32_t at, const double *product, double *step)
{
    double *alpha = s->alpha + (size_t)at * s->parts * 4;
    const double *norm = s->norm + (size_t)at * s->parts * 4;
    bool moved = false;
    for (uint32_t left = s->in_play[at]; left != 0; left &= left - 1) {
        uint32_t k = (uint32_t)__builtin_ctz(left);
        double sign = s->m[k].sign[at];
        double ridge = 1 / (2 * s->m[k].cost[at]);
        double old = alpha[k];
        double gradient = sign * product[k] - 1 + old * ridge;
        double projected = gradient;
        if (old <= 0) {
            if (gradient > s->shrink_above[k]) {
                s->in_play[at] &= ~(1u << k);
                s->shrunk[k] = true;
                continue;
            }
            projected = gradient < 0 ? gradient : 0;
        }
        s->low[k] = projected < s->low[k] ? projected : s->low[k];
        s->high[k] = projected > s->high[k] ? projected : s->high[k];
        if (fabs(projected) > 1e-12) {
            double next = old - gradient / (norm[k] + ridge);
            alpha[k] = next > 0 ? next : 0;
            step[k] = (alpha[k] - old) * sign;
            moved = true;
        }
    }
    return moved;
}

HOT void pass(struct state *s, uint32_t parts, bool scaled)
{
    enum { AHEAD = 2 };
    for (size_t i = 0; i < s->active; i++) {
        size_t j = i + (size_t)sl_rng_below(&s->rng, s->active - i);
        uint32_t swap = s->order[i];
        s->order[i] = s->order[j];
        s->order[j] = swap;
    }
    for (size_t i = 0; i < s->active;) {
        uint32_t at = s->order[i];
        uint32_t row = s->m[0].row[at];
        double product[MAX_TOGETHER];
        double step[MAX_TOGETHER] = {0};
        if (i + AHEAD < s->active) {
            uint32_t next = s->m[0].row[s->order[i + AHEAD]];
            __builtin_prefetch(s->p->index + s->p->start[next]);
            __builtin_prefetch(s->p->value + s->p->start[next]);
        }
        multiply(s, row, product, parts);
        if (find_steps(s, at, product, step)) {
            add_row(s, row, step, parts, scaled);
        }
        if (s->in_play[at] == 0) {
            s->order[i] = s->order[--s->active];
            s->order[s->active] = at;
            continue;
        }
        i++;
    }
}

HOT void pass_of_any_width(struct state *s, bool scaled)
{
    switch (s->parts) {
    case 1:
        pass(s, 1, scaled);
        break;
    case 2:
        pass(s, 2, scaled);
        break;
    default:
        pass(s, s->parts, scaled);
        break;
    }
}

HOT void pass_of_any_kind(struct state *s)
{
    if (s->freedom != NULL) {
        pass_of_any_width(s, true);
    } else {
        pass_of_any_width(s, false);
    }
}

static void pass_anywhere(struct state *s)
{
    pass_of_any_kind(s);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* The same operations in the same order, four at a time; none fused, so the same bits. */
__attribute__((target("avx2"))) static void pass_avx2(struct state *s)
{
    pass_of_any_kind(s);
}

static bool has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
}
#else
#define pass_avx2 pass_anywhere
static bool has_avx2(void)
{
    return false;
}
#endif

/* Puts every row in play again for the machines of `again`. */
static void put_back(struct state *s, uint32_t again)
{
    s->active = s->n;
    for (size_t i = 0; i < s->n; i++) {
        s->in_play[i] |= again;
    }
    for (size_t i = 0; i < s->active;) {
        uint32_t at = s->order[i];
        if (s->in_play[at] == 0) {
            s->order[i] = s->order[--s->active];
            s->order[s->active] = at;
        } else {
            i++;
        }
    }
}

/* After a pass: which machines have converged, and which must look at all rows once more. */
static void judge_pass(struct state *s)
{
    uint32_t again = 0;
    uint32_t done = 0;
    for (uint32_t left = s->left; left != 0; left &= left - 1) {
        uint32_t k = (uint32_t)__builtin_ctz(left);
        double spread = s->high[k] - s->low[k]; /* -infinity where no row was in play */
        if (!(spread > tolerance)) {
            if (s->shrunk[k]) {
                again |= 1u << k;
            } else {
                done |= 1u << k;
            }
            s->shrunk[k] = false;
            s->shrink_above[k] = INFINITY;
        } else {
            s->shrink_above[k] = s->high[k] > 0 ? s->high[k] : INFINITY;
        }
    }
    s->left &= ~done;
    if (done != 0) {
        for (size_t i = 0; i < s->n; i++) {
            s->in_play[i] &= ~done;
        }
    }
    if (again != 0 || done != 0) {
        put_back(s, again);
    }
}

static bool descend(struct state *s)
{
    bool avx2 = has_avx2();
    for (int i = 0; i < MAX_PASS && s->left != 0; i++) {
        for (uint32_t k = 0; k < s->n_machine; k++) {
            s->low[k] = INFINITY;
            s->high[k] = -INFINITY;
        }
        (avx2 ? pass_avx2 : pass_anywhere)(s);
        judge_pass(s);
    }
    return s->left == 0;
}

static double norm_of(const struct sl_problem *p, uint32_t row, const double *freedom)
{
    double sum = 1;
    for (size_t k = p->start[row]; k < p->start[row + 1]; k++) {
        double square = p->value[k] * p->value[k];
        sum += freedom == NULL ? square : square * freedom[p->index[k]];
    }
    for (uint32_t d = 0; d < p->n_dense; d++) {
        double value = p->dense[(size_t)row * p->n_dense + d];
        sum += freedom == NULL ? value * value : value * value * freedom[p->n_feature + d];
    }
    return sum;
}

static void set_norms(struct state *s)
{
    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->n_machine; k++) {
            double *norm = s->norm + i * s->parts * 4;
            norm[k] = k > 0 && s->freedom == NULL ? norm[0]
                                                  : norm_of(s->p, s->m->row[i], s->m[k].freedom);
        }
    }
}

/* Machines [0, n) have the same rows. */
static enum slant_status solve_together(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                        uint64_t seed, struct slant_error *err)
{
    struct state s = {.p = p,
                      .m = m,
                      .n_machine = (uint32_t)n,
                      .parts = (uint32_t)(n + 3) / 4,
                      .n = m->n,
                      .active = m->n,
                      .rng = {seed},
                      .left = n == 32 ? ~0u : (1u << n) - 1};
    size_t n_weight = (size_t)p->n_feature + p->n_dense;
    size_t len;
    enum slant_status status = SLANT_OK;
    if (!__builtin_mul_overflow(n_weight + 1, s.parts * 4 * sizeof *s.weight, &len)) {
        s.weight = sl_large(len);
        s.freedom = m->freedom == NULL ? NULL : sl_large(len);
    }
    s.alpha = sl_array_zero(s.n, s.parts * 4 * sizeof *s.alpha);
    s.norm = sl_array(s.n, s.parts * 4 * sizeof *s.norm);
    s.in_play = sl_array(s.n, sizeof *s.in_play);
    s.order = sl_array(s.n, sizeof *s.order);
    if (s.weight == NULL || (m->freedom != NULL && s.freedom == NULL) || s.alpha == NULL ||
        s.norm == NULL || s.in_play == NULL || s.order == NULL) {
        status = sl_fail_nomem(err);
    } else {
        memset(s.weight, 0, len);
        for (size_t i = 0; i < s.n; i++) {
            s.order[i] = (uint32_t)i;
            s.in_play[i] = s.left;
        }
        set_norms(&s);
        if (s.freedom != NULL) {
            memset(s.freedom, 0, len);
        }
        for (size_t i = 0; s.freedom != NULL && i < n_weight; i++) {
            for (size_t k = 0; k < n; k++) {
                s.freedom[i * s.parts * 4 + k] = m[k].freedom[i];
            }
        }
        for (size_t k = 0; k < n; k++) {
            s.shrink_above[k] = INFINITY;
        }
        if (!descend(&s)) {
            status = sl_fail(err, SLANT_ERR_SOLVER, 0,
                             "the solver did not converge; try a smaller --cost");
        }
        for (size_t i = 0; i < n_weight; i++) {
            for (size_t k = 0; k < n; k++) {
                m[k].weight[i] = s.weight[i * s.parts * 4 + k];
            }
        }
        for (size_t k = 0; k < n; k++) {
            m[k].bias = s.weight[n_weight * s.parts * 4 + k];
        }
    }
    free(s.weight);
    free(s.freedom);
    free(s.alpha);
    free(s.norm);
    free(s.in_play);
    free(s.order);
    return status;
}

enum slant_status sl_solve_dual(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                uint64_t seed, struct slant_error *err)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && end - i < MAX_TOGETHER && m[end].n == m[i].n &&
               (m[end].freedom == NULL) == (m[i].freedom == NULL) &&
               memcmp(m[end].row, m[i].row, m[i].n * sizeof *m->row) == 0) {
            end++;
        }
        SL_TRY(solve_together(p, m + i, end - i, seed + i, err));
        i = end;
    }
    return SLANT_OK;
}
