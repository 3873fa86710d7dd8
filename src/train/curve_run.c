/* The cross-validations of a learning curve. */
#include "base/bytes.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "train/curve.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    double share;
    unsigned n_draw;
} plan[SL_CURVE_POINTS] = {
    {1 / 16.0, SL_CURVE_DRAWS}, {1 / 8.0, 4}, {1 / 4.0, 4}, {1 / 2.0, 2}, {1, 1}};
enum { JOBS = SL_CURVE_DRAWS + 4 + 4 + 2 }; /* the last point is there already */

struct running;

struct job {
    const struct running *run;
    size_t point;
    const uint32_t *rank;                   /* [n_group] */
    double n[SL_N_HEAD];                    /* rows learned from, summed over the folds */
    struct sl_verdicts verdicts[SL_N_HEAD]; /* as the judged heads */
};

struct running {
    const struct sl_training *t;
    const struct sl_nested *nested;
    const struct sl_judged_heads *full;
    uint32_t *rank[SL_CURVE_DRAWS]; /* [n_group] a draw's order of the groups */
    struct job job[JOBS];           /* in the order of the plan */
};

/* ---- the order of groups ---- */

struct hashed {
    uint64_t hash;
    uint32_t group;
};

static int by_hash(const void *a, const void *b)
{
    const struct hashed *x = a;
    const struct hashed *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->group < y->group ? -1 : x->group > y->group;
}

static enum slant_status order_groups(const struct sl_rows *rows, uint64_t seed, uint32_t **out,
                                      struct slant_error *err)
{
    uint32_t n = rows->group.n;
    struct hashed *order = sl_array(n, sizeof *order);
    *out = sl_array(n, sizeof **out);
    if (order == NULL || *out == NULL) {
        free(order);
        return sl_fail_nomem(err);
    }
    for (uint32_t g = 0; g < n; g++) {
        order[g].hash = sl_hash(sl_strings_get(&rows->group, g), rows->group.length[g], seed);
        order[g].group = g;
    }
    qsort(order, n, sizeof *order, by_hash);
    for (uint32_t i = 0; i < n; i++) {
        (*out)[order[i].group] = i;
    }
    free(order);
    return SLANT_OK;
}

/* ---- a part of the rows ---- */

static bool teaches(const struct sl_heads *heads, size_t i, const struct sl_row *row)
{
    return sl_head_learns(heads, i, row) && row->weight > 0;
}

/* The lowest rank up to which each head has each of its labels once. */
static uint32_t rank_with_labels(const struct job *job, const bool *in)
{
    const struct sl_rows *rows = &job->run->t->rows;
    const struct sl_heads *heads = &job->run->t->heads;
    uint32_t most = 0;
    for (size_t i = 0; i < heads->n; i++) {
        size_t h = heads->of_rows[i];
        uint32_t first[SLANT_MAX_LABEL];
        memset(first, 0xff, sizeof first);
        for (size_t r = 0; r < rows->n; r++) {
            uint32_t rank = job->rank[rows->row[r].group];
            if (in[r] && teaches(heads, i, &rows->row[r]) && rank < first[rows->row[r].label[h]]) {
                first[rows->row[r].label[h]] = rank;
            }
        }
        for (uint32_t k = 0; k < rows->n_label[h]; k++) {
            most = first[k] != UINT32_MAX && first[k] > most ? first[k] : most;
        }
    }
    return most;
}

static enum slant_status take_part(void *user, size_t fold, bool *in, struct sl_settings *settings,
                                   struct slant_error *err)
{
    struct job *job = user;
    const struct sl_rows *rows = &job->run->t->rows;
    const struct sl_heads *heads = &job->run->t->heads;
    size_t *n_of_rank = sl_array_zero(rows->group.n, sizeof *n_of_rank);
    size_t total = 0;
    size_t taken = 0;
    uint32_t last = 0;
    uint32_t least;
    (void)fold;
    (void)settings;
    if (n_of_rank == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < rows->n; r++) {
        n_of_rank[job->rank[rows->row[r].group]] += in[r];
        total += in[r];
    }
    for (taken = n_of_rank[0]; (double)taken < plan[job->point].share * (double)total;) {
        taken += n_of_rank[++last];
    }
    free(n_of_rank);
    least = rank_with_labels(job, in);
    last = least > last ? least : last;
    for (size_t r = 0; r < rows->n; r++) {
        bool counted[SL_N_HEAD] = {false};
        in[r] = in[r] && job->rank[rows->row[r].group] <= last;
        for (size_t i = 0; in[r] && i < heads->n; i++) {
            counted[heads->of_rows[i]] |= teaches(heads, i, &rows->row[r]);
        }
        for (size_t h = 0; h < SL_N_HEAD; h++) {
            job->n[h] += counted[h];
        }
    }
    return SLANT_OK;
}

/* ---- all parts ---- */

static enum slant_status run_job(void *user, size_t i, struct slant_error *err)
{
    struct running *run = user;
    struct job *job = &run->job[JOBS - 1 - i]; /* the longest first */
    const struct sl_training *t = run->t;
    struct sl_held_out held_out;
    enum slant_status status = SLANT_OK;
    SL_TRY(sl_nested_again(t, run->nested, take_part, job, 1, &held_out, err));
    for (size_t h = 0; h < run->full->n && status == SLANT_OK; h++) {
        size_t of_rows = sl_head_number(run->full->head[h].name);
        status =
            sl_held_out_verdicts(&held_out, &t->rows, &t->heads, of_rows, &job->verdicts[h], err);
        free(job->verdicts[h].prob); /* the labels are what counts; probabilities are many */
        job->verdicts[h].prob = NULL;
    }
    sl_held_out_free(&held_out);
    return status;
}

static double rows_that_teach(const struct sl_training *t, size_t h)
{
    double n = 0;
    for (size_t r = 0; r < t->rows.n; r++) {
        n += t->rows.row[r].label[h] != SL_LABEL_NONE && t->rows.row[r].weight > 0;
    }
    return n;
}

static enum slant_status compute(const struct running *run, size_t h, unsigned n_bootstrap,
                                 struct sl_curve *out, struct slant_error *err)
{
    const struct sl_judged_head *head = &run->full->head[h];
    struct sl_judged gold = sl_judged_of(head, &head->verdicts);
    struct sl_curve_draw draw[JOBS + 1];
    size_t of_rows = sl_head_number(head->name);
    double n_fold = run->t->n_fold;
    double n_label = rows_that_teach(run->t, of_rows);
    for (size_t i = 0; i < JOBS; i++) {
        draw[i] = (struct sl_curve_draw){run->job[i].point, run->job[i].n[of_rows] / n_fold,
                                         run->job[i].verdicts[h].label};
    }
    draw[JOBS] = (struct sl_curve_draw){SL_CURVE_POINTS - 1, n_label * (1 - 1 / n_fold),
                                        head->verdicts.label};
    return sl_curve_compute(&gold, draw, JOBS + 1, n_label, n_bootstrap, 1, out, err);
}

enum slant_status sl_curves_run(const struct sl_training *t, const struct sl_nested *nested,
                                const struct sl_judged_heads *full, unsigned n_bootstrap,
                                struct sl_curve *out, struct slant_error *err)
{
    struct running run = {.t = t, .nested = nested, .full = full};
    enum slant_status status = SLANT_OK;
    size_t n = 0;
    for (uint64_t d = 0; d < SL_CURVE_DRAWS && status == SLANT_OK; d++) {
        /* other seeds than those of the folds, which take the first two */
        status = order_groups(&t->rows, t->settings.seed + 2 + d, &run.rank[d], err);
    }
    for (size_t p = 0; p + 1 < SL_CURVE_POINTS; p++) {
        for (unsigned d = 0; d < plan[p].n_draw; d++) {
            run.job[n++] = (struct job){.run = &run, .point = p, .rank = run.rank[d]};
        }
    }
    if (status == SLANT_OK) {
        status = sl_parallel(t->n_thread, JOBS, run_job, &run, err);
    }
    for (size_t h = 0; h < full->n && status == SLANT_OK; h++) {
        status = compute(&run, h, n_bootstrap, &out[h], err);
    }
    for (size_t d = 0; d < SL_CURVE_DRAWS; d++) {
        free(run.rank[d]);
    }
    for (size_t i = 0; i < JOBS; i++) {
        for (size_t h = 0; h < SL_N_HEAD; h++) {
            sl_verdicts_free(&run.job[i].verdicts[h]);
        }
    }
    return status;
}
