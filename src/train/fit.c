#include "train/fit.h"
#include "base/memory.h"
#include "train/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sl_settings sl_settings_default(enum slant_solver solver, const struct sl_rows *rows)
{
    struct sl_settings s = {.solver = solver,
                            .balanced = true,
                            .seed = 1,
                            .scale = {1, 1, 0.5},
                            .min_df = {1, 2, 2, 2, 2}};
    if (solver == SLANT_SOLVER_AUTO) {
        s.solver = rows->n <= SL_LIBSVM_MAX_ROW && !rows->weighted ? SLANT_SOLVER_LIBSVM
                                                                   : SLANT_SOLVER_DUAL;
    }
    s.cost = s.solver == SLANT_SOLVER_LIBSVM ? 0.5 : 0.25;
    return s;
}

struct sl_heads sl_heads_of(const struct sl_rows *rows)
{
    struct sl_heads heads = {0};
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        if (rows->n_label[h] > 0) {
            heads.of_rows[heads.n] = h;
            heads.column[heads.n++] = heads.n_column;
            heads.n_column += rows->n_label[h];
        }
    }
    return heads;
}

/* ---- vocabulary ---- */

static enum slant_status choose_vocabulary(const struct sl_features *f, const bool *in,
                                           const struct sl_settings *settings, struct sl_fit *out,
                                           struct slant_error *err)
{
    const struct sl_vocabulary *all = &f->all;
    uint32_t *df = sl_array_zero(all->n_feature, sizeof *df);
    bool *keep = sl_array_zero(all->n_feature, sizeof *keep);
    const uint32_t first[] = {0,
                              sl_first_bigram(all),
                              sl_first_trigram(all),
                              sl_first_character(all),
                              sl_first_negated(all),
                              all->n_feature};
    size_t n_row = 0;
    enum slant_status status;
    out->local = sl_array(all->n_feature, sizeof *out->local);
    if (df == NULL || keep == NULL || out->local == NULL) {
        free(df);
        free(keep);
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < f->n_row; r++) {
        n_row += in[r];
        for (size_t i = f->start[r]; in[r] && i < f->start[r + 1]; i++) {
            df[f->count[i].feature]++;
        }
    }
    /* closed, because what is part of a feature occurs at least as often as the feature */
    for (int kind = 0; kind < 5; kind++) {
        for (uint32_t i = first[kind]; i < first[kind + 1]; i++) {
            keep[i] = df[i] >= settings->min_df[kind] && df[i] > 0;
        }
    }
    status = sl_vocabulary_subset(all, keep, &out->vocabulary, out->local, err);
    if (status == SLANT_OK) {
        out->idf = sl_array(out->vocabulary.n_feature, sizeof *out->idf);
        if (out->idf == NULL) {
            status = sl_fail_nomem(err);
        }
    }
    for (uint32_t i = 0; status == SLANT_OK && i < all->n_feature; i++) {
        if (keep[i]) {
            out->idf[out->local[i]] = (float)(log((1.0 + (double)n_row) / (1.0 + df[i])) + 1.0);
        }
    }
    free(df);
    free(keep);
    return status;
}

/* ---- rows ---- */

/* 1 / norm of each block of a row, 0 where the block is empty. */
static void block_norms(const struct sl_fit *fit, const struct sl_features *f, size_t row,
                        double inverse[SL_N_BLOCK])
{
    double sum[SL_N_BLOCK] = {0};
    for (size_t i = f->start[row]; i < f->start[row + 1]; i++) {
        uint32_t feature = fit->local[f->count[i].feature];
        if (feature != SL_FEATURE_NONE) {
            double idf = fit->idf[feature];
            sum[sl_feature_block(&fit->vocabulary, feature)] += f->count[i].n * (idf * idf);
        }
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sum[b] > 0 ? 1 / sqrt(sum[b]) : 0;
    }
}

struct matrix {
    struct sl_problem problem;
    size_t *start;
    uint32_t *index;
    double *value;
    uint32_t *place; /* [all rows] row of the problem, where in[row] */
};

static void matrix_free(struct matrix *m)
{
    free(m->start);
    free(m->index);
    free(m->value);
    free(m->place);
}

static enum slant_status matrix_build(const struct sl_fit *fit, const struct sl_features *f,
                                      const bool *in, const struct sl_settings *settings,
                                      struct matrix *m, struct slant_error *err)
{
    size_t n = 0;
    size_t total = 0;
    for (size_t r = 0; r < f->n_row; r++) {
        n += in[r];
        total += in[r] ? f->start[r + 1] - f->start[r] : 0;
    }
    m->start = sl_array(n + 1, sizeof *m->start);
    m->index = sl_array(total, sizeof *m->index);
    m->value = sl_array(total, sizeof *m->value);
    m->place = sl_array(f->n_row, sizeof *m->place);
    if (m->start == NULL || m->index == NULL || m->value == NULL || m->place == NULL) {
        return sl_fail_nomem(err);
    }
    n = total = 0;
    m->start[0] = 0;
    for (size_t r = 0; r < f->n_row; r++) {
        double inverse[SL_N_BLOCK];
        if (!in[r]) {
            continue;
        }
        block_norms(fit, f, r, inverse);
        for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
            uint32_t feature = fit->local[f->count[i].feature];
            if (feature != SL_FEATURE_NONE) {
                enum sl_block b = sl_feature_block(&fit->vocabulary, feature);
                m->index[total] = feature;
                m->value[total++] =
                    settings->scale[b] * f->count[i].n * (double)fit->idf[feature] * inverse[b];
            }
        }
        m->place[r] = (uint32_t)n;
        m->start[++n] = total;
    }
    m->problem = (struct sl_problem){n, m->start, m->index, m->value, fit->vocabulary.n_feature};
    return SLANT_OK;
}

/* ---- machines ---- */

struct machines {
    struct sl_machine machine[SL_MAX_COLUMN];
    size_t n;
};

static void machines_free(struct machines *m)
{
    for (size_t i = 0; i < m->n; i++) {
        free((uint32_t *)m->machine[i].row);
        free((signed char *)m->machine[i].sign);
        free((double *)m->machine[i].cost);
        free(m->machine[i].weight);
    }
    free(m);
}

/* The machine of one label of one head. */
static enum slant_status machine_build(const struct sl_rows *rows, size_t h, uint32_t label,
                                       const bool *in, const struct matrix *x,
                                       const struct sl_settings *settings, struct sl_machine *m,
                                       struct slant_error *err)
{
    uint32_t *row = sl_array(x->problem.n_row, sizeof *row);
    signed char *sign = sl_array(x->problem.n_row, sizeof *sign);
    double *cost = sl_array(x->problem.n_row, sizeof *cost);
    size_t n[2] = {0, 0};
    m->weight = sl_array(x->problem.n_feature, sizeof *m->weight);
    m->row = row;
    m->sign = sign;
    m->cost = cost;
    m->n = 0;
    if (row == NULL || sign == NULL || cost == NULL || m->weight == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < rows->n; r++) {
        if (in[r] && rows->row[r].label[h] != SL_LABEL_NONE && rows->row[r].weight > 0) {
            bool positive = rows->row[r].label[h] == label;
            row[m->n] = x->place[r];
            sign[m->n] = positive ? 1 : -1;
            cost[m->n++] = settings->cost * rows->row[r].weight;
            n[positive]++;
        }
    }
    for (size_t i = 0; settings->balanced && i < m->n; i++) {
        cost[i] *= (double)m->n / (2.0 * (double)n[sign[i] > 0]);
    }
    if (n[0] == 0 || n[1] == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%s label \"%s\" is missing from a part of the rows that is learned from; "
                       "add rows with it",
                       sl_head_name[h], rows->label[h][label]);
    }
    return SLANT_OK;
}

static enum slant_status solve(struct machines *m, const struct matrix *x,
                               const struct sl_settings *settings, struct sl_fit *out,
                               struct slant_error *err)
{
    if (settings->solver == SLANT_SOLVER_LIBSVM) {
        return sl_solve_libsvm(&x->problem, m->machine, m->n, &out->libsvm_gap, err);
    }
    for (size_t i = 0; i < m->n; i++) {
        SL_TRY(sl_solve_dual(&x->problem, &m->machine[i], settings->seed + i, err));
    }
    return SLANT_OK;
}

/* Folds idf and block scale into the weights, in single precision, as the model file holds them. */
static enum slant_status keep_weights(const struct machines *m, const struct sl_settings *settings,
                                      struct sl_fit *out, struct slant_error *err)
{
    uint32_t n_feature = out->vocabulary.n_feature;
    out->weight = sl_array((size_t)n_feature * out->n_column, sizeof *out->weight);
    if (out->weight == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t k = 0; k < m->n; k++) {
        out->bias[k] = m->machine[k].bias;
        for (uint32_t i = 0; i < n_feature; i++) {
            enum sl_block b = sl_feature_block(&out->vocabulary, i);
            out->weight[(size_t)i * out->n_column + k] =
                (float)(m->machine[k].weight[i] * (double)out->idf[i] * settings->scale[b]);
        }
    }
    return SLANT_OK;
}

static enum slant_status fit_heads(const struct sl_rows *rows, const struct sl_heads *heads,
                                   const bool *in, const struct matrix *x,
                                   const struct sl_settings *settings, struct sl_fit *out,
                                   struct slant_error *err)
{
    struct machines *m = calloc(1, sizeof *m);
    enum slant_status status = SLANT_OK;
    if (m == NULL) {
        return sl_fail_nomem(err);
    }
    out->n_column = heads->n_column;
    for (size_t i = 0; i < heads->n && status == SLANT_OK; i++) {
        size_t h = heads->of_rows[i];
        for (uint32_t k = 0; k < rows->n_label[h] && status == SLANT_OK; k++) {
            status = machine_build(rows, h, k, in, x, settings, &m->machine[m->n++], err);
        }
    }
    if (status == SLANT_OK) {
        status = solve(m, x, settings, out, err);
    }
    if (status == SLANT_OK) {
        status = keep_weights(m, settings, out, err);
    }
    machines_free(m);
    return status;
}

enum slant_status sl_fit(const struct sl_rows *rows, const struct sl_features *features,
                         const struct sl_heads *heads, const bool *in,
                         const struct sl_settings *settings, struct sl_fit *out,
                         struct slant_error *err)
{
    struct matrix x = {0};
    enum slant_status status;
    memset(out, 0, sizeof *out);
    status = choose_vocabulary(features, in, settings, out, err);
    if (status == SLANT_OK) {
        status = matrix_build(out, features, in, settings, &x, err);
    }
    if (status == SLANT_OK) {
        status = fit_heads(rows, heads, in, &x, settings, out, err);
    }
    matrix_free(&x);
    if (status != SLANT_OK) {
        sl_fit_free(out);
    }
    return status;
}

void sl_fit_margins(const struct sl_fit *fit, const struct sl_features *features, size_t row,
                    double *margin)
{
    double sum[SL_N_BLOCK][SL_MAX_COLUMN] = {{0}};
    double inverse[SL_N_BLOCK];
    block_norms(fit, features, row, inverse);
    for (size_t i = features->start[row]; i < features->start[row + 1]; i++) {
        uint32_t feature = fit->local[features->count[i].feature];
        if (feature != SL_FEATURE_NONE) {
            enum sl_block b = sl_feature_block(&fit->vocabulary, feature);
            const float *w = fit->weight + (size_t)feature * fit->n_column;
            for (uint32_t k = 0; k < fit->n_column; k++) {
                sum[b][k] += features->count[i].n * (double)w[k];
            }
        }
    }
    for (uint32_t k = 0; k < fit->n_column; k++) {
        margin[k] = fit->bias[k];
        for (int b = 0; b < SL_N_BLOCK; b++) {
            margin[k] += sum[b][k] * inverse[b];
        }
    }
}

void sl_fit_free(struct sl_fit *fit)
{
    sl_vocabulary_free(&fit->vocabulary);
    free(fit->local);
    free(fit->idf);
    free(fit->weight);
    memset(fit, 0, sizeof *fit);
}
