/* min over w of  w.w / 2 + sum cost_i * max(0, 1 - sign_i * w.x_i)^2, through its dual in alpha >=
 * 0, one coordinate at a time. With the pull a_i = sign_i * alpha_i, which is w's part of x_i,
 *     error_i = w.x_i - sign_i + a_i / (2 cost_i)
 * is sign_i times the gradient; the least along the coordinate is at a_i - error_i / (x_i.x_i +
 * 1 / (2 cost_i)), or at 0 where that has the wrong sign.
 *
 * Machines on the same rows are solved together: the weights of a feature stand side by side, so a
 * row's features are read once for all machines, and each is one lane of a vector. The machines do
 * not touch each other: each does what it would do alone in this order of rows.
 *
 * Bags are worked out for some rows at a time: the products of the bags that these rows have, then the
 * rows one by one, then what the bags' members gained. In between a bag's product follows the steps
 * of rows that have the bag, and misses what they change in others with members in common. So few rows
 * at a time that this hardly matters: where nothing moves any more, it is exact.
 *
 * Freedom d(i) of a weight: w(i)^2 / d(i) is what a machine makes of features scaled by the root of d,
 * with that root folded into its weights. Only what is added to weights, and lengths, know of it. */
#include "base/inline.h"
#include "base/memory.h"
#include "base/rng.h"
#include "train/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PASS = 2000, LANES = 8, MAX_PARTS = 4, MAX_TOGETHER = LANES * MAX_PARTS };
enum { BATCH = 512 };                 /* rows for which bags are worked out together */
static const double tolerance = 2e-5; /* the duality gap, as a part of the objective */

typedef float wide __attribute__((vector_size(4 * LANES)));
typedef int32_t wide_mask __attribute__((vector_size(4 * LANES)));

/* A row of the machines: where its terms and bags are, and their lengths squared. */
struct item {
    size_t term, bag;
    uint32_t n_term, n_bag;
    float square; /* x.x, with the bias' 1 */
    float alone;
};

struct state {
    const struct sl_problem *p;
    struct sl_machine *m; /* [n_machine] */
    uint32_t n_machine;
    uint32_t parts; /* n_machine / LANES, rounded up: machines of nothing fill it up */
    size_t n;       /* rows */
    wide *weight;   /* [n_feature + n_dense + 1][1][parts], or [2] with freedom, which stands behind
                          the weight: what changes one reads the other; the last is the bias */
    struct item *item; /* [n] */
    wide *step;        /* [n][2][parts] pulls; signs / (2 cost) */
    uint32_t *order;   /* [n] */
    wide *bag;         /* [bags][2][parts] product with its members' weights; what to add to them */
    float *own;        /* [bags] x.x of its members; with freedom, where it is NULL: */
    wide *free_own;    /* [bags][parts] */
    wide *free_square; /* [n][parts] the rows' x.x */
    uint32_t *taken;   /* [n_taken] bags that the batch has */
    uint32_t *seen;    /* [bags] the last batch that had it, counted from 1 */
    size_t n_taken;
    uint32_t batch;    /* its number */
    size_t n_together; /* rows of a batch */
    struct sl_rng rng;
    wide alone_free[2][MAX_PARTS]; /* with freedom: the machines' for rows of -1 and of +1 */
    wide moves[MAX_PARTS];         /* all bits of a lane: its machine has not converged */
    double gap[MAX_TOGETHER];      /* of a pass, as met on the way */
    double last_gap[MAX_TOGETHER];
    double objective[MAX_TOGETHER];
};

/* From one weight to the next. */
SL_INLINE size_t apart(uint32_t parts, bool scaled)
{
    return scaled ? 2 * (size_t)parts : parts;
}

/* sum[parts] += the terms' products with each machine's weights. Two chains of additions in turn, so
 * that they overlap; their order is fixed. */
SL_INLINE void multiply_terms(const wide *weight, const struct sl_term *t,
                              const struct sl_term *end, wide *sum, uint32_t parts, bool scaled)
{
    const size_t width = apart(parts, scaled);
    wide even[MAX_PARTS];
    wide odd[MAX_PARTS];
    memset(even, 0, parts * sizeof *even);
    memset(odd, 0, parts * sizeof *odd);
    for (; t + 2 <= end; t += 2) {
        const wide *a = weight + t[0].at * width;
        const wide *b = weight + t[1].at * width;
        for (uint32_t k = 0; k < parts; k++) {
            even[k] += a[k] * t[0].value;
            odd[k] += b[k] * t[1].value;
        }
    }
    if (t < end) {
        const wide *a = weight + t->at * width;
        for (uint32_t k = 0; k < parts; k++) {
            even[k] += a[k] * t->value;
        }
    }
    for (uint32_t k = 0; k < parts; k++) {
        sum[k] += even[k] + odd[k];
    }
}

SL_INLINE void add_terms(struct state *s, const struct sl_term *t, const struct sl_term *end,
                         const wide *step, uint32_t parts, bool scaled)
{
    for (; t < end; t++) {
        wide *a = s->weight + t->at * apart(parts, scaled);
        for (uint32_t k = 0; k < parts; k++) {
            a[k] += scaled ? step[k] * t->value * a[parts + k] : step[k] * t->value;
        }
    }
}

/* product[parts] of row `at` with each machine's weights. */
SL_INLINE void multiply(const struct state *s, uint32_t at, wide *product, uint32_t parts,
                        bool scaled)
{
    const size_t width = apart(parts, scaled);
    const struct sl_problem *p = s->p;
    const struct item *x = &s->item[at];
    const struct sl_term *term = p->term + x->term;
    const wide *weight = s->weight + p->n_feature * width;
    memcpy(product, weight + p->n_dense * width, parts * sizeof *product); /* the bias */
    multiply_terms(s->weight, term, term + x->n_term, product, parts, scaled);
    for (size_t b = x->bag; b < x->bag + x->n_bag; b++) {
        const wide *bag = s->bag + (size_t)p->bag[b].at * 2 * parts;
        for (uint32_t k = 0; k < parts; k++) {
            product[k] += bag[k] * p->bag[b].value;
        }
    }
    for (uint32_t d = 0; d < p->n_dense; d++, weight += width) {
        float value = p->dense[(size_t)s->m[0].row[at] * p->n_dense + d];
        for (uint32_t k = 0; k < parts; k++) {
            product[k] += weight[k] * value;
        }
    }
}

/* Adds step[k] * row to the weights of machine k; to those of its bags' members later. */
SL_INLINE void add_row(struct state *s, uint32_t at, const wide *step, uint32_t parts, bool scaled)
{
    const struct sl_problem *p = s->p;
    const struct item *x = &s->item[at];
    const struct sl_term *term = p->term + x->term;
    const float *dense = p->n_dense == 0 ? NULL : p->dense + (size_t)s->m[0].row[at] * p->n_dense;
    wide *weight = s->weight + p->n_feature * apart(parts, scaled);
    add_terms(s, term, term + x->n_term, step, parts, scaled);
    for (size_t b = x->bag; b < x->bag + x->n_bag; b++) {
        const size_t number = p->bag[b].at;
        wide *bag = s->bag + number * 2 * parts;
        for (uint32_t k = 0; k < parts; k++) {
            wide part = step[k] * p->bag[b].value;
            bag[k] += scaled ? part * s->free_own[number * parts + k] : part * s->own[number];
            bag[parts + k] += part;
        }
    }
    for (uint32_t d = 0; d < p->n_dense; d++, weight += apart(parts, scaled)) {
        for (uint32_t k = 0; k < parts; k++) {
            wide part = step[k] * dense[d];
            weight[k] += scaled ? part * weight[parts + k] : part;
        }
    }
    for (uint32_t k = 0; k < parts; k++) {
        weight[k] += step[k]; /* the bias */
    }
}

/* Fetches an item to come, and of one less far which bags it has. */
SL_INLINE void fetch_item(const struct state *s, size_t i)
{
    enum { ITEMS = 16, ROWS = 8, LINE = 64 / sizeof(struct sl_term) };
    if (i + ITEMS < s->n) {
        __builtin_prefetch(&s->item[s->order[i + ITEMS]]);
    }
    if (i + ROWS < s->n) {
        const struct item *x = &s->item[s->order[i + ROWS]];
        for (size_t k = 0; x->n_bag > 0 && k < x->n_bag + LINE; k += LINE) {
            __builtin_prefetch(s->p->bag + x->bag + k);
        }
    }
}

/* Fetches what rows to come will read, which lies anywhere. */
SL_INLINE void fetch_row(const struct state *s, size_t i)
{
    enum { ROWS = 6, LINE = 64 / sizeof(struct sl_term) };
    fetch_item(s, i);
    if (i + ROWS < s->n) {
        const uint32_t at = s->order[i + ROWS];
        const struct item *x = &s->item[at];
        for (size_t k = 0; x->n_term > 0 && k < x->n_term + LINE; k += LINE) {
            __builtin_prefetch(s->p->term + x->term + k);
        }
        __builtin_prefetch(s->step + (size_t)at * 2 * s->parts);
        if (s->free_square != NULL) {
            __builtin_prefetch(s->free_square + (size_t)at * s->parts);
        }
    }
}

/* Fetches what bags to come will read. Most of a batch's bags are rare ones, whose members lie
 * anywhere. */
SL_INLINE void fetch_bags(const struct state *s, size_t i, uint32_t parts, bool scaled)
{
    enum { STARTS = 16, MEMBERS = 10, WEIGHTS = 4, LINE = 64 / sizeof(struct sl_term) };
    const struct sl_problem *p = s->p;
    if (i + STARTS < s->n_taken) {
        __builtin_prefetch(p->member_start + s->taken[i + STARTS]);
    }
    if (i + MEMBERS < s->n_taken) {
        const size_t *member = p->member_start + s->taken[i + MEMBERS];
        for (size_t k = member[0]; k < member[1] + LINE; k += LINE) {
            __builtin_prefetch(p->member + k);
        }
        __builtin_prefetch(s->bag + (size_t)s->taken[i + MEMBERS] * 2 * parts);
    }
    if (i + WEIGHTS < s->n_taken) {
        const size_t *member = p->member_start + s->taken[i + WEIGHTS];
        for (size_t k = member[0]; k < member[1]; k++) {
            __builtin_prefetch(s->weight + p->member[k].at * apart(parts, scaled));
        }
    }
}

/* Works out the bags of the rows order[from, end). */
SL_INLINE void take_bags(struct state *s, size_t from, size_t end, uint32_t parts, bool scaled)
{
    const struct sl_problem *p = s->p;
    s->n_taken = 0;
    s->batch++;
    for (size_t i = from; i < end && p->n_bag > 0; i++) {
        const struct item *x = &s->item[s->order[i]];
        fetch_item(s, i);
        for (size_t b = x->bag; b < x->bag + x->n_bag; b++) {
            uint32_t number = p->bag[b].at;
            if (s->seen[number] != s->batch) {
                s->seen[number] = s->batch;
                s->taken[s->n_taken++] = number;
            }
        }
    }
    for (size_t i = 0; i < s->n_taken; i++) {
        const size_t *member = p->member_start + s->taken[i];
        wide *bag = s->bag + (size_t)s->taken[i] * 2 * parts;
        fetch_bags(s, i, parts, scaled);
        memset(bag, 0, 2 * parts * sizeof *bag);
        multiply_terms(s->weight, p->member + member[0], p->member + member[1], bag, parts, scaled);
    }
}

/* Adds what the bags gained to their members' weights. */
SL_INLINE void settle_bags(struct state *s, uint32_t parts, bool scaled)
{
    const struct sl_problem *p = s->p;
    for (size_t i = 0; i < s->n_taken; i++) {
        const size_t *member = p->member_start + s->taken[i];
        fetch_bags(s, i, parts, scaled);
        add_terms(s, p->member + member[0], p->member + member[1],
                  s->bag + ((size_t)s->taken[i] * 2 + 1) * parts, parts, scaled);
    }
}

/* Macros, since what takes vectors by value has another ABI without AVX. */
#define CHOOSE(mask, yes, no) ((wide)(((wide_mask)(yes) & (mask)) | ((wide_mask)(no) & ~(mask))))
#define MAGNITUDE(v) ((wide)((wide_mask)(v)&INT32_MAX))
#define ALONE_FREE(s, k, label) CHOOSE(label, (s)->alone_free[1][k], (s)->alone_free[0][k])

/* The steps of the row's coordinates, one a machine; false where all are zero. gap, objective: what
 * the row adds to the gap before the step, and to the objective where there is none:
 *     cost max(0, 1 - f)^2 + alpha^2 / (4 cost) - alpha (1 - f),   f = sign * w.x
 *     alpha / 2 */
SL_INLINE bool find_steps(struct state *s, uint32_t at, const wide *product, wide *step, wide *gap,
                          wide *objective, uint32_t parts, bool scaled)
{
    const struct item *x = &s->item[at];
    wide *of_row = s->step + (size_t)at * 2 * parts;
    const wide zero = {0};
    wide_mask moved = {0};
    for (uint32_t k = 0; k < parts; k++) {
        wide signed_ridge = of_row[parts + k];
        wide ridge = MAGNITUDE(signed_ridge);
        wide sign = CHOOSE(signed_ridge > zero, zero + 1, zero - 1);
        wide *pull = &of_row[k];
        wide alone = *pull * x->alone;
        wide margin = product[k] + (scaled ? alone * ALONE_FREE(s, k, signed_ridge > zero) : alone);
        wide error = margin - sign + *pull * ridge;
        wide square = scaled ? s->free_square[(size_t)at * parts + k] : zero + x->square;
        wide next = *pull - error / (square + ridge);
        wide slack = zero + 1 - sign * margin;
        wide alpha = MAGNITUDE(*pull);
        next = (wide)((wide_mask)next & (next * sign > zero));
        step[k] = (wide)((wide_mask)(next - *pull) & (wide_mask)s->moves[k]);
        moved |= step[k] != zero;
        gap[k] += CHOOSE(slack > zero, slack * slack, zero) / (ridge + ridge) +
                  alpha * (alpha * ridge * 0.5f - slack);
        objective[k] += alpha;
        *pull += step[k];
    }
    for (uint32_t i = 0; i < LANES; i++) {
        if (moved[i] != 0) {
            return true;
        }
    }
    return false;
}

/* Fetches the weights that a row will read. */
SL_INLINE void fetch_weights(const struct state *s, uint32_t at, uint32_t parts, bool scaled)
{
    const struct sl_term *term = s->p->term + s->item[at].term;
    for (uint32_t t = 0; t < s->item[at].n_term; t++) {
        __builtin_prefetch(s->weight + term[t].at * apart(parts, scaled));
    }
}

static void sum_up(const struct state *s, wide *gap, wide *objective, double *gaps,
                   double *objectives)
{
    for (uint32_t k = 0; k < s->n_machine; k++) {
        gaps[k] += (double)gap[k / LANES][k % LANES];
        objectives[k] += (double)objective[k / LANES][k % LANES];
    }
    memset(gap, 0, s->parts * sizeof *gap);
    memset(objective, 0, s->parts * sizeof *objective);
}

SL_INLINE void pass(struct state *s, uint32_t parts, bool scaled)
{
    wide gap[MAX_PARTS] = {{0}};
    wide objective[MAX_PARTS] = {{0}};
    for (size_t from = 0; from < s->n; from += s->n_together) {
        size_t end = from + s->n_together < s->n ? from + s->n_together : s->n;
        take_bags(s, from, end, parts, scaled);
        for (size_t i = from; i < end; i++) {
            uint32_t at = s->order[i];
            wide product[MAX_PARTS];
            wide step[MAX_PARTS];
            fetch_row(s, i);
            if (i + 1 < end) {
                fetch_weights(s, s->order[i + 1], parts, scaled);
            }
            multiply(s, at, product, parts, scaled);
            if (find_steps(s, at, product, step, gap, objective, parts, scaled)) {
                add_row(s, at, step, parts, scaled);
            }
        }
        settle_bags(s, parts, scaled);
        sum_up(s, gap, objective, s->gap, s->objective); /* few enough for a float */
    }
}

SL_INLINE void pass_of_any_kind(struct state *s)
{
    if (s->parts == 1 && s->own != NULL) {
        pass(s, 1, false);
    } else if (s->parts == 1) {
        pass(s, 1, true);
    } else if (s->own != NULL) {
        pass(s, s->parts, false);
    } else {
        pass(s, s->parts, true);
    }
}

static struct item item_of(const struct sl_problem *p, uint32_t row)
{
    const size_t *bag = p->n_bag == 0 ? NULL : p->bag_start + row;
    return (struct item){.term = p->start[row],
                         .n_term = (uint32_t)(p->start[row + 1] - p->start[row]),
                         .bag = bag == NULL ? 0 : bag[0],
                         .n_bag = bag == NULL ? 0 : (uint32_t)(bag[1] - bag[0]),
                         .alone = p->alone == NULL ? 0 : p->alone[row]};
}

/* sum[width] += the squares of the terms, as machines of that width have them. */
SL_INLINE void add_squares(const struct state *s, const struct sl_term *t,
                           const struct sl_term *end, double *sum, size_t width, bool scaled)
{
    for (; t < end; t++) {
        const float *freedom = (const float *)s->weight + (2 * (size_t)t->at + 1) * width;
        double square = (double)t->value * (double)t->value;
        for (size_t k = 0; k < width; k++) {
            sum[k] += scaled ? square * (double)freedom[k] : square;
        }
    }
}

static void state_free(struct state *s)
{
    free(s->weight);
    free(s->item);
    free(s->step);
    free(s->order);
    free(s->bag);
    free(s->own);
    free(s->free_own);
    free(s->free_square);
    free(s->taken);
    free(s->seen);
}

static wide *wides(size_t n, uint32_t parts)
{
    size_t len;
    return __builtin_mul_overflow(n, parts * sizeof(wide), &len) ? NULL : sl_large(len);
}

static bool state_room(struct state *s)
{
    const struct sl_problem *p = s->p;
    s->weight =
        wides((size_t)p->n_feature + p->n_dense + 1, (s->m->freedom == NULL ? 1 : 2) * s->parts);
    s->item = sl_array(s->n, sizeof *s->item);
    s->step = wides(s->n, 2 * s->parts);
    s->order = sl_array(s->n, sizeof *s->order);
    s->bag = wides(p->n_bag, 2 * s->parts);
    if (s->m->freedom == NULL) {
        s->own = sl_array(p->n_bag, sizeof *s->own);
    } else {
        s->free_own = wides(p->n_bag, s->parts);
        s->free_square = wides(s->n, s->parts);
    }
    s->taken = sl_array(p->n_bag, sizeof *s->taken);
    s->seen = sl_array_zero(p->n_bag, sizeof *s->seen);
    return s->weight != NULL && s->item != NULL && s->step != NULL && s->order != NULL &&
           s->bag != NULL && s->taken != NULL && s->seen != NULL &&
           (s->own != NULL || (s->free_own != NULL && s->free_square != NULL));
}

/* x.x of a row, with the bias' 1; own: of each bag. */
SL_INLINE void square_row(const struct state *s, const struct item *x, const float *dense,
                          const float *own, double *sum, size_t width, bool scaled)
{
    const struct sl_problem *p = s->p;
    const struct sl_term *term = p->term + x->term;
    const float *freedom = (const float *)s->weight + (2 * (size_t)p->n_feature + 1) * width;
    const float *ridge = (const float *)(s->step + ((size_t)(x - s->item) * 2 + 1) * s->parts);
    memset(sum, 0, width * sizeof *sum);
    add_squares(s, term, term + x->n_term, sum, width, scaled);
    for (size_t k = 0; k < width; k++) {
        const float *lone = (const float *)s->alone_free[ridge[k] > 0];
        sum[k] += 1 + (scaled ? (double)x->alone * (double)lone[k] : (double)x->alone);
    }
    /* but for what the row's bags have in common: a step sees as little of it (see above) */
    for (size_t b = x->bag; b < x->bag + x->n_bag; b++) {
        double square = (double)p->bag[b].value * (double)p->bag[b].value;
        for (size_t k = 0; k < width; k++) {
            sum[k] += square * (double)own[p->bag[b].at * width + k];
        }
    }
    for (uint32_t d = 0; d < p->n_dense; d++, freedom += 2 * width) {
        double square = (double)dense[d] * (double)dense[d];
        for (size_t k = 0; k < width; k++) {
            sum[k] += scaled ? square * (double)freedom[k] : square;
        }
    }
}

/* Lengths of bags and rows: with freedom those of each machine, else one, which all have. */
SL_INLINE void measure(struct state *s, size_t width, bool scaled)
{
    const struct sl_problem *p = s->p;
    float *own = scaled ? (float *)s->free_own : s->own;
    double sum[MAX_TOGETHER];
    for (size_t b = 0; b < p->n_bag; b++) {
        memset(sum, 0, width * sizeof *sum);
        add_squares(s, p->member + p->member_start[b], p->member + p->member_start[b + 1], sum,
                    width, scaled);
        for (size_t k = 0; k < width; k++) {
            own[b * width + k] = (float)sum[k];
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        float *to = scaled ? (float *)s->free_square + i * width : &s->item[i].square;
        if (i + 1 < s->n) {
            fetch_weights(s, (uint32_t)i + 1, s->parts, scaled);
        }
        square_row(s, &s->item[i],
                   p->n_dense == 0 ? NULL : p->dense + (size_t)s->m[0].row[i] * p->n_dense, own,
                   sum, width, scaled);
        for (size_t k = 0; k < width; k++) {
            to[k] = (float)sum[k];
        }
    }
}

SL_INLINE void measure_of_any_kind(struct state *s)
{
    if (s->own != NULL) {
        measure(s, 1, false);
    } else if (s->parts == 1) {
        measure(s, LANES, true);
    } else {
        measure(s, (size_t)s->parts * LANES, true);
    }
}

static void pass_anywhere(struct state *s)
{
    pass_of_any_kind(s);
}

static void measure_anywhere(struct state *s)
{
    measure_of_any_kind(s);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* The same operations in the same order, eight at a time; none fused, so the same bits. */
__attribute__((target("avx2"))) static void pass_avx2(struct state *s)
{
    pass_of_any_kind(s);
}

__attribute__((target("avx2"))) static void measure_avx2(struct state *s)
{
    measure_of_any_kind(s);
}

static bool has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
}
#else
#define pass_avx2 pass_anywhere
#define measure_avx2 measure_anywhere
static bool has_avx2(void)
{
    return false;
}
#endif

static void shuffle(struct state *s)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t j = i + (size_t)sl_rng_below(&s->rng, s->n - i);
        uint32_t swap = s->order[i];
        s->order[i] = s->order[j];
        s->order[j] = swap;
    }
}

/* After a pass: a machine that has converged stands still. False when all do. The gap was met before
 * each row's step; the pass has closed it by about as much as the one before did. Where it grew, too
 * many rows were taken together. */
static bool judge_pass(struct state *s)
{
    bool left = false;
    bool grew = false;
    for (uint32_t k = 0; k < s->n_machine; k++) {
        wide_mask moves = (wide_mask)s->moves[k / LANES];
        double before = s->last_gap[k];
        double after =
            before < INFINITY && s->gap[k] < before ? s->gap[k] * (s->gap[k] / before) : s->gap[k];
        /* the objective is half the alphas' sum where the gap is none */
        if (after <= tolerance * s->objective[k] / 2) {
            moves[k % LANES] = 0;
        }
        grew = grew || (moves[k % LANES] != 0 && !(s->gap[k] <= before));
        left = left || moves[k % LANES] != 0;
        s->moves[k / LANES] = (wide)moves;
        s->last_gap[k] = s->gap[k];
    }
    if (grew) {
        s->n_together = s->n_together > 4 ? s->n_together / 4 : 1;
    }
    return left;
}

static bool descend(struct state *s)
{
    bool avx2 = has_avx2();
    for (int i = 0; i < MAX_PASS; i++) {
        memset(s->gap, 0, sizeof s->gap);
        memset(s->objective, 0, sizeof s->objective);
        shuffle(s);
        (avx2 ? pass_avx2 : pass_anywhere)(s);
        if (!judge_pass(s)) {
            return true;
        }
    }
    return false;
}

/* Weights of zero, each with its freedom; machines of nothing have none, nor has the bias. */
static void place_weights(struct state *s)
{
    const size_t n_free = (size_t)s->p->n_feature + s->p->n_dense;
    const size_t width = (size_t)s->parts * LANES;
    float *to = (float *)s->weight;
    if (s->own != NULL) {
        memset(to, 0, (n_free + 1) * width * sizeof *to);
        return;
    }
    for (size_t i = 0; i <= n_free; i++, to += 2 * width) {
        memset(to, 0, 2 * width * sizeof *to);
        for (uint32_t k = 0; i < n_free && k < s->n_machine; k++) {
            to[width + k] = s->m[k].freedom[i];
        }
    }
}

/* Moves the weights together, without their freedom. */
static void gather_weights(struct state *s)
{
    const size_t n_weight = (size_t)s->p->n_feature + s->p->n_dense + 1;
    for (size_t i = 1; s->own == NULL && i < n_weight; i++) {
        memmove(s->weight + i * s->parts, s->weight + 2 * i * s->parts,
                s->parts * sizeof *s->weight);
    }
}

static bool state_make(struct state *s)
{
    const struct sl_problem *p = s->p;
    if (!state_room(s)) {
        return false;
    }
    place_weights(s);
    for (uint32_t k = 0; s->own == NULL && k < s->n_machine; k++) {
        for (int label = 0; label < 2; label++) {
            s->alone_free[label][k / LANES][k % LANES] = s->m[k].alone_freedom[label];
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        s->order[i] = (uint32_t)i;
        s->item[i] = item_of(p, s->m[0].row[i]);
        memset(s->step + i * 2 * s->parts, 0, s->parts * sizeof *s->step);
        for (uint32_t k = 0; k < s->parts * LANES; k++) {
            double ridge = k < s->n_machine ? s->m[k].sign[i] / (2 * s->m[k].cost[i]) : 1;
            s->step[(i * 2 + 1) * s->parts + k / LANES][k % LANES] = (float)ridge;
        }
    }
    (has_avx2() ? measure_avx2 : measure_anywhere)(s);
    for (uint32_t k = 0; k < s->n_machine; k++) {
        wide_mask moves = (wide_mask)s->moves[k / LANES];
        moves[k % LANES] = -1;
        s->last_gap[k] = INFINITY;
        s->moves[k / LANES] = (wide)moves;
    }
    return true;
}

/* alone[n_row][parts]: a row's pull, times the freedom of what stands alone. */
static wide *weigh_alone(const struct state *s)
{
    const wide zero = {0};
    size_t n_row = s->p->n_row;
    wide *alone = wides(n_row, s->parts);
    if (alone == NULL) {
        return NULL;
    }
    memset(alone, 0, n_row * s->parts * sizeof *alone);
    for (size_t i = 0; i < s->n; i++) {
        const wide *pull = s->step + i * 2 * s->parts;
        wide *to = alone + (size_t)s->m[0].row[i] * s->parts;
        for (uint32_t k = 0; k < s->parts; k++) {
            to[k] +=
                s->own != NULL ? pull[k] : pull[k] * ALONE_FREE(s, k, pull[s->parts + k] > zero);
        }
    }
    return alone;
}

/* Machines [0, n) have the same rows. */
static enum slant_status solve_together(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                        uint64_t seed, size_t first, sl_weights_found *found,
                                        void *user, struct slant_error *err)
{
    struct state s = {.p = p,
                      .m = m,
                      .n_machine = (uint32_t)n,
                      .parts = (uint32_t)(n + LANES - 1) / LANES,
                      .n = m->n,
                      .n_together = BATCH,
                      .rng = {seed}};
    enum slant_status status = SLANT_OK;
    if (!state_make(&s)) {
        status = sl_fail_nomem(err);
    } else if (!descend(&s)) {
        status =
            sl_fail(err, SLANT_ERR_SOLVER, 0, "the solver did not converge; try a smaller --cost");
    } else {
        wide *alone = weigh_alone(&s);
        const wide *bias;
        gather_weights(&s);
        bias = s.weight + ((size_t)p->n_feature + p->n_dense) * s.parts;
        for (size_t k = 0; k < n; k++) {
            m[k].bias = (double)bias[k / LANES][k % LANES];
        }
        if (alone == NULL) {
            status = sl_fail_nomem(err);
        } else {
            found(user, first, n, (const float *)s.weight, (const float *)alone,
                  (size_t)s.parts * LANES);
        }
        free(alone);
    }
    state_free(&s);
    return status;
}

bool sl_machines_alike(const struct sl_machine *a, const struct sl_machine *b)
{
    return a->n == b->n && (a->freedom == NULL) == (b->freedom == NULL) &&
           memcmp(a->row, b->row, a->n * sizeof *a->row) == 0;
}

enum slant_status sl_solve_dual(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                uint64_t seed, sl_weights_found *found, void *user,
                                struct slant_error *err)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && end - i < MAX_TOGETHER && sl_machines_alike(&m[i], &m[end])) {
            end++;
        }
        SL_TRY(solve_together(p, m + i, end - i, seed + i, i, found, user, err));
        i = end;
    }
    return SLANT_OK;
}
