/* The rows of a fit as the solvers take them. */
#include "base/memory.h"
#include "train/fit_parts.h"

#include <math.h>
#include <stdlib.h>

void sl_matrix_free(struct sl_matrix *m)
{
    free(m->start);
    free(m->term);
    free(m->bag_start);
    free(m->bag);
    free(m->member_start);
    free(m->member);
    free(m->alone);
    free(m->lone);
    free(m->feature);
    free(m->row);
    free(m->dense);
    free(m);
}

/* Mean and standard deviation of each column of the vectors' means over the training rows. */
static enum slant_status center_vectors(const struct sl_features *f, const bool *in,
                                        const struct sl_settings *settings, struct sl_fit *fit,
                                        struct sl_matrix *m, struct slant_error *err)
{
    uint32_t width = f->width;
    size_t n_dense = (size_t)SL_N_VECTOR * width;
    size_t n[SL_N_VECTOR] = {0};
    fit->center = sl_array_zero(n_dense, sizeof *fit->center);
    if (fit->center == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < f->n_row; r++) {
        for (size_t p = 0; in[r] && p < SL_N_VECTOR; p++) {
            const float *mean = f->mean + (r * SL_N_VECTOR + p) * width;
            n[p] += f->has_mean[r * SL_N_VECTOR + p];
            for (uint32_t d = 0; f->has_mean[r * SL_N_VECTOR + p] && d < width; d++) {
                fit->center[p * width + d] += (double)mean[d];
                m->deviation[p * width + d] += (double)mean[d] * (double)mean[d];
            }
        }
    }
    for (size_t i = 0; i < n_dense; i++) {
        size_t p = i / width;
        double rows = n[p] == 0 ? 1 : (double)n[p];
        double mean = fit->center[i] / rows;
        double variance = m->deviation[i] / rows - mean * mean;
        bool use = settings->scale[SL_FIRST_VECTOR + p] > 0 && n[p] > 1 && variance > 1e-12;
        fit->center[i] = mean;
        m->deviation[i] = use ? sqrt(variance) : 0;
    }
    return SLANT_OK;
}

double sl_matrix_dense_factor(const struct sl_matrix *m, const struct sl_settings *settings,
                              uint32_t width, size_t i)
{
    return m->deviation[i] == 0 || width == 0
               ? 0
               : settings->scale[SL_FIRST_VECTOR + i / width] / (m->deviation[i] * sqrt(width));
}

static enum slant_status fill_dense(const struct sl_features *f, const struct sl_settings *settings,
                                    const struct sl_fit *fit, struct sl_matrix *m,
                                    struct slant_error *err)
{
    size_t n_dense = (size_t)SL_N_VECTOR * f->width;
    m->dense = sl_array(m->problem.n_row, n_dense * sizeof *m->dense);
    if (m->dense == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t to = 0; to < m->problem.n_row; to++) {
        size_t r = m->row[to];
        float *row = m->dense + to * n_dense;
        for (size_t i = 0; i < n_dense; i++) {
            bool has = f->has_mean[r * SL_N_VECTOR + i / f->width];
            row[i] = has ? (float)(((double)f->mean[r * n_dense + i] - fit->center[i]) *
                                   sl_matrix_dense_factor(m, settings, f->width, i))
                         : 0;
        }
    }
    m->problem.dense = m->dense;
    m->problem.n_dense = (uint32_t)n_dense;
    return SLANT_OK;
}

/* Numbers the problem's features, those of many rows first: they lie together in the cache. Lone ones
 * get none; libsvm knows nothing of them. */
static bool place_features(const struct sl_fit *fit, const struct sl_vocabulary *all,
                           const uint32_t *df, bool lone, struct sl_matrix *m)
{
    enum { N_CLASS = 33 };
    uint32_t n = sl_n_feature(all);
    uint32_t first[N_CLASS + 1] = {0}; /* of the features whose df has so many zeros above it */
    uint32_t characters = all->first[SL_BLOCK_CHARACTER];
    int b = 0;
    m->place = sl_large(n * sizeof *m->place); /* read out of order */
    m->feature = sl_array(sl_n_feature(&fit->vocabulary), sizeof *m->feature);
    if (m->place == NULL || m->feature == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct sl_place *p = &m->place[i];
        while (i >= all->first[b + 1]) {
            b++;
        }
        p->at = SL_FEATURE_NONE;
        p->norm_part = 0;
        if (fit->local[i] == SL_FEATURE_NONE) {
            continue;
        }
        p->norm_part = (float)sl_fit_norm_part(fit, (enum sl_block)b, fit->local[i]);
        if (lone && df[i] == 1 && i - characters >= all->n_character) {
            p->at = SL_LONE;
            m->n_lone++;
        } else {
            p->at = df[i] == 0 ? N_CLASS - 1 : (uint32_t)__builtin_clz(df[i]);
            first[p->at + 1]++;
        }
    }
    for (int c = 0; c < N_CLASS; c++) {
        first[c + 1] += first[c];
    }
    m->problem.n_feature = first[N_CLASS];
    for (uint32_t i = 0; i < n; i++) {
        if (m->place[i].at < N_CLASS) { /* none of the numbers given so far is read again */
            uint32_t at = first[m->place[i].at]++;
            m->place[i].at = at;
            m->feature[at] = fit->local[i];
        }
    }
    return true;
}

/* Characters: a bag for each spelling; norm[spelling] is what one adds to the row's sum. */
static bool fill_bags(const struct sl_features *f, struct sl_matrix *m, double *norm)
{
    size_t n = 0;
    m->member_start = sl_array((size_t)f->n_spelling + 1, sizeof *m->member_start);
    m->member =
        sl_large((f->n_spelling == 0 ? 0 : f->gram_start[f->n_spelling]) * sizeof *m->member);
    if (m->member_start == NULL || m->member == NULL) {
        return false;
    }
    m->member_start[0] = 0;
    for (uint32_t s = 0; s < f->n_spelling; s++) {
        norm[s] = 0;
        for (size_t k = f->gram_start[s]; k < f->gram_start[s + 1]; k++) {
            const struct sl_place *p = &m->place[f->gram[k]];
            norm[s] += (double)p->norm_part;
            if (p->at == SL_FEATURE_NONE) {
                continue;
            }
            if (n > m->member_start[s] && m->member[n - 1].at == p->at) { /* twice in the word */
                m->member[n - 1].value += sqrtf(p->norm_part);
            } else {
                m->member[n++] = (struct sl_term){p->at, sqrtf(p->norm_part)};
            }
        }
        m->member_start[s + 1] = n;
    }
    return true;
}

/* 1 / norm of each block of a row. Fetches what fill_terms will read, too. */
static void matrix_norms(const struct sl_features *f, const struct sl_matrix *m,
                         const uint32_t *local, const double *norm, size_t r,
                         double inverse[SL_N_BLOCK])
{
    enum { AHEAD = 64 };
    double sum[SL_N_BLOCK] = {0};
    int b = 0;
    for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
        const struct sl_count *c = &f->count[i];
        if (i + AHEAD < f->start[f->n_row]) {
            __builtin_prefetch(&m->place[c[AHEAD].feature]);
            __builtin_prefetch(&local[c[AHEAD].feature]);
        }
        while (c->feature >= f->all.first[b + 1]) {
            b++;
        }
        sum[b] += (double)c->n * (double)m->place[c->feature].norm_part;
    }
    for (size_t i = f->spelled_start[r]; i < f->spelled_start[r + 1]; i++) {
        sum[SL_BLOCK_CHARACTER] += (double)f->spelled[i].n * norm[f->spelled[i].feature];
    }
    for (b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sl_norm_inverse((enum sl_block)b, sum[b], f->n_token[r]);
    }
}

/* Fills row `to` of the problem with the terms of row r; *n, *n_lone count on. */
static void fill_terms(const struct sl_features *f, const struct sl_fit *fit,
                       const struct sl_settings *settings, const double *inverse, size_t r,
                       struct sl_matrix *m, uint32_t to, size_t *n, size_t *n_lone)
{
    int b = 0;
    double alone = 0;
    for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
        const struct sl_count *c = &f->count[i];
        const struct sl_place *p = &m->place[c->feature];
        double value;
        while (c->feature >= f->all.first[b + 1]) {
            b++;
        }
        value = settings->scale[b] * (double)c->n * sl_idf((enum sl_block)b, (double)p->norm_part) *
                inverse[b];
        if (p->at == SL_LONE) {
            m->lone[(*n_lone)++] = (struct sl_lone){fit->local[c->feature], to, (float)value};
            alone += value * value;
        } else if (p->at != SL_FEATURE_NONE) {
            m->term[(*n)++] = (struct sl_term){p->at, (float)value};
        }
    }
    m->alone[to] = (float)alone;
}

/* The characters of row r as terms of its own, for libsvm. sum[problem's features] is zero, and is
 * again. */
static void fill_characters(const struct sl_features *f, const struct sl_matrix *m, double scale,
                            size_t r, double *sum, struct sl_term *term, size_t *n)
{
    size_t first = *n;
    for (size_t i = f->spelled_start[r]; i < f->spelled_start[r + 1]; i++) {
        const size_t *member = m->member_start + f->spelled[i].feature;
        for (size_t k = member[0]; k < member[1]; k++) {
            uint32_t at = m->member[k].at;
            if (sum[at] == 0) {
                term[(*n)++].at = at;
            }
            sum[at] += (double)f->spelled[i].n * (double)m->member[k].value;
        }
    }
    for (size_t i = first; i < *n; i++) {
        term[i].value = (float)(scale * sum[term[i].at]);
        sum[term[i].at] = 0;
    }
}

static bool matrix_room(const struct sl_features *f, const bool *in, bool flat, struct sl_matrix *m)
{
    size_t n = 0;
    size_t terms = 0;
    size_t bags = 0;
    for (size_t r = 0; r < f->n_row; r++) {
        n += in[r];
        terms += in[r] ? f->start[r + 1] - f->start[r] : 0;
        for (size_t i = f->spelled_start[r]; flat && in[r] && i < f->spelled_start[r + 1]; i++) {
            const size_t *gram = f->gram_start + f->spelled[i].feature;
            terms += gram[1] - gram[0];
        }
        bags += in[r] && !flat ? f->spelled_start[r + 1] - f->spelled_start[r] : 0;
    }
    m->start = sl_array(n + 1, sizeof *m->start);
    m->bag_start = sl_array(n + 1, sizeof *m->bag_start);
    m->term = sl_large(terms * sizeof *m->term); /* as many as counts, which fit in memory */
    m->bag = sl_large(bags * sizeof *m->bag);
    m->alone = sl_array(n, sizeof *m->alone);
    m->lone = sl_array(m->n_lone, sizeof *m->lone);
    m->row = sl_array(n, sizeof *m->row);
    m->problem.n_row = n;
    for (size_t r = 0, to = 0; m->row != NULL && r < f->n_row; r++) {
        if (in[r]) {
            m->row[to++] = (uint32_t)r;
        }
    }
    return m->start != NULL && m->bag_start != NULL && m->term != NULL && m->bag != NULL &&
           m->alone != NULL && m->lone != NULL && m->row != NULL;
}

static void fill_rows(const struct sl_features *f, const struct sl_fit *fit,
                      const struct sl_settings *settings, const double *norm, double *flat,
                      struct sl_matrix *m)
{
    size_t n = 0;
    size_t n_bag = 0;
    size_t n_lone = 0;
    m->start[0] = m->bag_start[0] = 0;
    for (uint32_t to = 0; to < m->problem.n_row; to++) {
        const size_t r = m->row[to];
        double inverse[SL_N_BLOCK];
        double scale;
        matrix_norms(f, m, fit->local, norm, r, inverse);
        fill_terms(f, fit, settings, inverse, r, m, to, &n, &n_lone);
        scale = settings->scale[SL_BLOCK_CHARACTER] * inverse[SL_BLOCK_CHARACTER];
        if (flat != NULL) {
            fill_characters(f, m, scale, r, flat, m->term, &n);
        }
        for (size_t i = f->spelled_start[r]; flat == NULL && i < f->spelled_start[r + 1]; i++) {
            const struct sl_count *s = &f->spelled[i];
            m->bag[n_bag++] = (struct sl_term){s->feature, (float)(scale * (double)s->n)};
        }
        m->start[to + 1] = n;
        m->bag_start[to + 1] = n_bag;
    }
}

enum slant_status sl_matrix_build(struct sl_fit *fit, const struct sl_features *f, const bool *in,
                                  const uint32_t *df, const struct sl_settings *settings,
                                  struct sl_matrix *m, struct slant_error *err)
{
    bool flat = settings->solver == SLANT_SOLVER_LIBSVM;
    double *norm = sl_array(f->n_spelling, sizeof *norm);
    double *sum = NULL;
    bool good = norm != NULL && place_features(fit, &f->all, df, !flat, m) &&
                fill_bags(f, m, norm) && matrix_room(f, in, flat, m);
    if (good && flat) {
        sum = sl_array_zero(m->problem.n_feature, sizeof *sum);
        good = sum != NULL;
    }
    if (good) {
        fill_rows(f, fit, settings, norm, sum, m);
        m->problem.start = m->start;
        m->problem.term = m->term;
        m->problem.bag_start = flat ? NULL : m->bag_start;
        m->problem.bag = m->bag;
        m->problem.n_bag = flat ? 0 : f->n_spelling;
        m->problem.member_start = m->member_start;
        m->problem.member = m->member;
        m->problem.alone = flat ? NULL : m->alone;
    }
    free(norm);
    free(sum);
    free(m->place); /* the solver needs the memory */
    m->place = NULL;
    if (!good) {
        return sl_fail_nomem(err);
    }
    SL_TRY(center_vectors(f, in, settings, fit, m, err));
    return fill_dense(f, settings, fit, m, err);
}
