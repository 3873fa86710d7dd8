#include "train/fit.h"
#include "base/memory.h"
#include "train/ratio.h"
#include "train/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether every label that a subject's rows have is there SL_MIN_LABEL_ROWS times for each subject.
 */
static bool subjects_have_rows(const struct sl_rows *rows, size_t h)
{
    size_t n[SLANT_MAX_HEAD][SLANT_MAX_LABEL] = {{0}};
    for (size_t r = 0; r < rows->n; r++) {
        if (rows->row[r].label[h] != SL_LABEL_NONE && rows->row[r].weight > 0) {
            n[rows->row[r].subject][rows->row[r].label[h]]++;
        }
    }
    for (uint32_t s = 0; s < rows->subject.n; s++) {
        for (uint32_t k = 0; k < rows->n_label[h]; k++) {
            if (n[s][k] < SL_MIN_LABEL_ROWS) {
                return false;
            }
        }
    }
    return true;
}

struct sl_heads sl_heads_of(const struct sl_rows *rows, bool pooled)
{
    struct sl_heads heads = {0};
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        bool apart = h == 0 && !pooled && rows->subject.n > 1 && rows->subject.n < SLANT_MAX_HEAD &&
                     subjects_have_rows(rows, h);
        for (uint32_t s = 0; rows->n_label[h] > 0 && s < (apart ? rows->subject.n : 1); s++) {
            heads.of_rows[heads.n] = h;
            heads.subject[heads.n] = apart ? s : SL_ANY_SUBJECT;
            heads.column[heads.n++] = heads.n_column;
            heads.n_column += rows->n_label[h];
        }
    }
    return heads;
}

/* ---- vocabulary ---- */

/* Rows of the training that each feature occurs in. */
static bool count_rows(const struct sl_features *f, const bool *in, uint32_t *df, size_t *n_row)
{
    const uint32_t first = f->all.first[SL_BLOCK_CHARACTER];
    uint32_t *last = sl_array_zero(f->all.n_character, sizeof *last); /* row + 1 */
    *n_row = 0;
    for (size_t r = 0; last != NULL && r < f->n_row; r++) {
        *n_row += in[r];
        for (size_t i = f->start[r]; in[r] && i < f->start[r + 1]; i++) {
            df[f->count[i].feature]++;
        }
        for (size_t i = f->spelled_start[r]; in[r] && i < f->spelled_start[r + 1]; i++) {
            const size_t *gram = f->gram_start + f->spelled[i].feature;
            for (size_t k = gram[0]; k < gram[1]; k++) {
                uint32_t feature = f->gram[k];
                df[feature] += last[feature - first] != (uint32_t)r + 1;
                last[feature - first] = (uint32_t)r + 1;
            }
        }
    }
    free(last);
    return last != NULL;
}

/* keep[feature] where enough rows have it. */
static void keep_common(const struct sl_vocabulary *v, const struct sl_settings *settings,
                        const uint32_t *df, bool *keep)
{
    const struct {
        uint32_t end;
        enum sl_kind kind;
    } part[] = {{sl_first_bigram(v), SL_KIND_WORD},
                {sl_first_trigram(v), SL_KIND_BIGRAM},
                {v->first[SL_BLOCK_CHARACTER], SL_KIND_TRIGRAM}};
    uint32_t i = 0;
    for (size_t k = 0; k < 3; k++) {
        for (; i < part[k].end; i++) {
            keep[i] = df[i] > 0 && df[i] >= settings->min_df[part[k].kind];
        }
    }
    for (int b = SL_BLOCK_CHARACTER; b < SL_N_BLOCK; b++) {
        bool sum = b == SL_BLOCK_POLARITY || b == SL_BLOCK_PLACED_POLARITY;
        uint32_t least =
            settings->min_df[b == SL_BLOCK_CHARACTER ? SL_KIND_CHARACTER : SL_KIND_LISTED];
        for (; i < v->first[b + 1]; i++) {
            keep[i] = settings->scale[b] > 0 && (sum || (df[i] > 0 && df[i] >= least));
        }
    }
}

/* Keeps what kept features are made of: what lists name, a trigram's bigrams, a bigram's words. */
static void close_features(const struct sl_features *f, bool *keep)
{
    const struct sl_vocabulary *v = &f->all;
    for (int i = 0; i < SL_N_LIST; i++) {
        const bool *listed = keep + v->first[SL_FIRST_LIST + i];
        for (uint32_t k = 0; k < v->list[i].n; k++) {
            keep[v->list[i].feature[k]] |= listed[k];
        }
    }
    for (uint32_t word = 0; word < v->n_word; word++) {
        for (uint32_t b = v->bigram_start[word]; b < v->bigram_start[word + 1]; b++) {
            bool *bigram = &keep[sl_first_bigram(v) + b];
            for (uint32_t t = v->trigram_start[b]; t < v->trigram_start[b + 1]; t++) {
                if (keep[sl_first_trigram(v) + t]) {
                    *bigram = true;
                    keep[f->tail[t]] = true;
                }
            }
        }
    }
    for (uint32_t word = 0; word < v->n_word; word++) {
        for (uint32_t b = v->bigram_start[word]; b < v->bigram_start[word + 1]; b++) {
            if (keep[sl_first_bigram(v) + b]) {
                keep[word] = keep[v->bigram_next[b]] = true;
            }
        }
    }
}

/* What an occurrence of a feature that df of the rows have adds to its block's norm. */
static uint16_t norm_part_of_rows(enum sl_block b, uint32_t df, size_t n_row)
{
    double idf = b >= SL_BLOCK_POLARITY ? 1 : log((1.0 + (double)n_row) / (1.0 + df)) + 1.0;
    return sl_bfloat_of(sl_norm_part(b, idf));
}

static bool weigh_features(const struct sl_vocabulary *all, const uint32_t *df, size_t n_row,
                           struct sl_fit *out)
{
    enum { COMMON = 1 << 10 };
    uint16_t part[COMMON]; /* of features by their df: most are few */
    out->norm_part = sl_array(sl_n_feature(&out->vocabulary), sizeof *out->norm_part);
    if (out->norm_part == NULL) {
        return false;
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        for (uint32_t n = 0; n < COMMON; n++) {
            part[n] = norm_part_of_rows((enum sl_block)b, n, n_row);
        }
        for (uint32_t i = all->first[b]; i < all->first[b + 1]; i++) {
            if (out->local[i] == SL_FEATURE_NONE) {
                continue;
            }
            out->norm_part[out->local[i]] =
                df[i] < COMMON ? part[df[i]] : norm_part_of_rows((enum sl_block)b, df[i], n_row);
        }
    }
    return true;
}

/* df[all features] gets the rows that each occurs in. */
static enum slant_status choose_vocabulary(const struct sl_features *f, const bool *in,
                                           const struct sl_settings *settings, uint32_t *df,
                                           struct sl_fit *out, struct slant_error *err)
{
    const struct sl_vocabulary *all = &f->all;
    uint32_t n_feature = sl_n_feature(all);
    bool *keep = sl_array_zero(n_feature, sizeof *keep);
    size_t n_row = 0;
    enum slant_status status;
    out->local = sl_array(n_feature, sizeof *out->local);
    if (keep == NULL || out->local == NULL || !count_rows(f, in, df, &n_row)) {
        free(keep);
        return sl_fail_nomem(err);
    }
    keep_common(all, settings, df, keep);
    close_features(f, keep);
    status = sl_vocabulary_subset(all, keep, &out->vocabulary, out->local, err);
    if (status == SLANT_OK && !weigh_features(all, df, n_row, out)) {
        status = sl_fail_nomem(err);
    }
    free(keep);
    return status;
}

/* ---- rows ---- */

static double norm_part_of(const struct sl_fit *fit, uint32_t feature)
{
    return sl_bfloat_value(fit->norm_part[feature]);
}

static double idf_of(const struct sl_fit *fit, enum sl_block b, uint32_t feature)
{
    return sl_idf(b, norm_part_of(fit, feature));
}

static double norm_of_spelling(const struct sl_fit *fit, const struct sl_features *f,
                               uint32_t spelling)
{
    double sum = 0;
    for (size_t k = f->gram_start[spelling]; k < f->gram_start[spelling + 1]; k++) {
        uint32_t feature = fit->local[f->gram[k]];
        sum += feature == SL_FEATURE_NONE ? 0 : norm_part_of(fit, feature);
    }
    return sum;
}

/* 1 / norm of each block of a row, 0 where the block is empty. */
static void block_norms(const struct sl_fit *fit, const struct sl_features *f, size_t row,
                        double inverse[SL_N_BLOCK])
{
    double sum[SL_N_BLOCK] = {0};
    for (size_t i = f->start[row]; i < f->start[row + 1]; i++) {
        uint32_t feature = fit->local[f->count[i].feature];
        if (feature != SL_FEATURE_NONE) {
            enum sl_block b = sl_feature_block(&fit->vocabulary, feature);
            sum[b] += (double)f->count[i].n * norm_part_of(fit, feature);
        }
    }
    for (size_t i = f->spelled_start[row]; i < f->spelled_start[row + 1]; i++) {
        const struct sl_count *s = &f->spelled[i];
        sum[SL_BLOCK_CHARACTER] += (double)s->n * norm_of_spelling(fit, f, s->feature);
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sl_norm_inverse((enum sl_block)b, sum[b], f->n_token[row]);
    }
}

/* What a row's terms are made of. */
struct place {
    uint32_t at; /* the problem's feature, SL_LONE or SL_FEATURE_NONE (not kept) */
    float norm_part;
};
#define SL_LONE (SL_FEATURE_NONE - 1)

/* A feature that one row alone has: it takes no part in the solver, its weights follow from the row's
 * pull. */
struct lone {
    uint32_t feature, row; /* of the fit; of the problem */
    float value;
};

struct matrix {
    struct sl_problem problem;
    size_t *start;
    struct sl_term *term;
    size_t *bag_start;
    struct sl_term *bag;
    size_t *member_start;
    struct sl_term *member;
    float *alone;
    struct lone *lone; /* [n_lone] */
    size_t n_lone;
    struct place *place; /* [all features] */
    uint32_t *feature;   /* [problem's features] the fit's */
    uint32_t *row;       /* [n_row] which of all rows each is */
    float *dense;
    double deviation[SL_N_VECTOR * SL_VECTOR_MAX_WIDTH]; /* of each dense column; 0: unused */
};

static void matrix_free(struct matrix *m)
{
    free(m->start);
    free(m->term);
    free(m->bag_start);
    free(m->bag);
    free(m->member_start);
    free(m->member);
    free(m->alone);
    free(m->lone);
    free(m->place);
    free(m->feature);
    free(m->row);
    free(m->dense);
    free(m);
}

/* Mean and standard deviation of each column of the vectors' means over the training rows. */
static enum slant_status center_vectors(const struct sl_features *f, const bool *in,
                                        const struct sl_settings *settings, struct sl_fit *fit,
                                        struct matrix *m, struct slant_error *err)
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

/* What a dense column is multiplied by: its block's scale, parted among its columns. */
static double dense_factor(const struct matrix *m, const struct sl_settings *settings,
                           uint32_t width, size_t i)
{
    return m->deviation[i] == 0 || width == 0
               ? 0
               : settings->scale[SL_FIRST_VECTOR + i / width] / (m->deviation[i] * sqrt(width));
}

static enum slant_status fill_dense(const struct sl_features *f, const struct sl_settings *settings,
                                    const struct sl_fit *fit, struct matrix *m,
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
                                   dense_factor(m, settings, f->width, i))
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
                           const uint32_t *df, bool lone, struct matrix *m)
{
    enum { N_CLASS = 33 };
    uint32_t n = sl_n_feature(all);
    uint32_t first[N_CLASS + 1] = {0}; /* of the features whose df has so many zeros above it */
    uint32_t characters = all->first[SL_BLOCK_CHARACTER];
    m->place = sl_array(n, sizeof *m->place);
    m->feature = sl_array(sl_n_feature(&fit->vocabulary), sizeof *m->feature);
    if (m->place == NULL || m->feature == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct place *p = &m->place[i];
        p->at = SL_FEATURE_NONE;
        p->norm_part = 0;
        if (fit->local[i] == SL_FEATURE_NONE) {
            continue;
        }
        p->norm_part = (float)norm_part_of(fit, fit->local[i]);
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
static bool fill_bags(const struct sl_features *f, struct matrix *m, double *norm)
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
            const struct place *p = &m->place[f->gram[k]];
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

/* 1 / norm of each block of a row. */
static void matrix_norms(const struct sl_features *f, const struct matrix *m, const double *norm,
                         size_t r, double inverse[SL_N_BLOCK])
{
    double sum[SL_N_BLOCK] = {0};
    int b = 0;
    for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
        const struct sl_count *c = &f->count[i];
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
                       struct matrix *m, uint32_t to, size_t *n, size_t *n_lone)
{
    int b = 0;
    double alone = 0;
    for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
        const struct sl_count *c = &f->count[i];
        const struct place *p = &m->place[c->feature];
        double value;
        while (c->feature >= f->all.first[b + 1]) {
            b++;
        }
        value = settings->scale[b] * (double)c->n * sl_idf((enum sl_block)b, (double)p->norm_part) *
                inverse[b];
        if (p->at == SL_LONE) {
            m->lone[(*n_lone)++] = (struct lone){fit->local[c->feature], to, (float)value};
            alone += value * value;
        } else if (p->at != SL_FEATURE_NONE) {
            m->term[(*n)++] = (struct sl_term){p->at, (float)value};
        }
    }
    m->alone[to] = (float)alone;
}

/* The characters of row r as terms of its own, for libsvm. sum[problem's features] is zero, and is
 * again. */
static void fill_characters(const struct sl_features *f, const struct matrix *m, double scale,
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

static bool matrix_room(const struct sl_features *f, const bool *in, bool flat, struct matrix *m)
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
                      struct matrix *m)
{
    size_t n = 0;
    size_t n_bag = 0;
    size_t n_lone = 0;
    m->start[0] = m->bag_start[0] = 0;
    for (uint32_t to = 0; to < m->problem.n_row; to++) {
        const size_t r = m->row[to];
        double inverse[SL_N_BLOCK];
        double scale;
        matrix_norms(f, m, norm, r, inverse);
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

static enum slant_status matrix_build(struct sl_fit *fit, const struct sl_features *f,
                                      const bool *in, const uint32_t *df,
                                      const struct sl_settings *settings, struct matrix *m,
                                      struct slant_error *err)
{
    bool flat = settings->solver == SLANT_SOLVER_LIBSVM;
    bool lone = !flat && settings->ratio == 0; /* what is scaled takes part */
    double *norm = sl_array(f->n_spelling, sizeof *norm);
    double *sum = NULL;
    bool good = norm != NULL && place_features(fit, &f->all, df, lone, m) &&
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
    if (!good) {
        return sl_fail_nomem(err);
    }
    SL_TRY(center_vectors(f, in, settings, fit, m, err));
    return fill_dense(f, settings, fit, m, err);
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
        free((float *)m->machine[i].freedom);
    }
    free(m);
}

/* The machine of one label of one head. */
static enum slant_status machine_build(const struct sl_rows *rows, const struct sl_heads *heads,
                                       size_t head, uint32_t label, const struct matrix *x,
                                       const struct sl_settings *settings, struct sl_machine *m,
                                       struct slant_error *err)
{
    uint32_t *row = sl_array(x->problem.n_row, sizeof *row);
    signed char *sign = sl_array(x->problem.n_row, sizeof *sign);
    double *cost = sl_array(x->problem.n_row, sizeof *cost);
    size_t h = heads->of_rows[head];
    size_t n[2] = {0, 0};
    m->weight = NULL;
    if (settings->solver == SLANT_SOLVER_LIBSVM) {
        m->weight = sl_array((size_t)x->problem.n_feature + x->problem.n_dense, sizeof *m->weight);
    }
    m->row = row;
    m->sign = sign;
    m->cost = cost;
    m->n = 0;
    if (row == NULL || sign == NULL || cost == NULL ||
        (m->weight == NULL && settings->solver == SLANT_SOLVER_LIBSVM)) {
        return sl_fail_nomem(err);
    }
    for (uint32_t i = 0; i < x->problem.n_row; i++) {
        const struct sl_row *r = &rows->row[x->row[i]];
        if (sl_head_learns(heads, head, r) && r->weight > 0) {
            bool positive = r->label[h] == label;
            row[m->n] = i;
            sign[m->n] = positive ? 1 : -1;
            cost[m->n++] =
                settings->cost * (r->weight == 1 ? 1 : pow(r->weight, settings->weight_power));
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

/* ---- weights: idf and block scale folded in, rounded as the model holds them ---- */

struct keeping {
    const struct matrix *x;
    const struct sl_settings *settings;
    struct sl_fit *out;
    double *factor; /* [features of the fit] what a weight is multiplied by */
};

static void keep_weight(const struct keeping *k, uint32_t feature, size_t column, double weight)
{
    k->out->weight[(size_t)feature * k->out->n_column + column] =
        sl_bfloat_of(weight * k->factor[feature]);
}

static void keep_dense(const struct keeping *k, uint32_t d, size_t column, double weight)
{
    const struct matrix *x = k->x;
    k->out->dense_weight[(size_t)d * k->out->n_column + column] =
        weight * dense_factor(x, k->settings, x->problem.n_dense / SL_N_VECTOR, d);
}

static void keep_found(void *user, size_t first, size_t n, const float *weight, const float *pull,
                       size_t width)
{
    const struct keeping *k = user;
    const struct matrix *x = k->x;
    for (uint32_t i = 0; i < x->problem.n_feature; i++, weight += width) {
        for (size_t c = 0; c < n; c++) {
            keep_weight(k, x->feature[i], first + c, (double)weight[c]);
        }
    }
    for (uint32_t d = 0; d < x->problem.n_dense; d++, weight += width) {
        for (size_t c = 0; c < n; c++) {
            keep_dense(k, d, first + c, (double)weight[c]);
        }
    }
    for (size_t i = 0; i < x->n_lone; i++) {
        const struct lone *l = &x->lone[i];
        for (size_t c = 0; c < n; c++) {
            double w = (double)l->value * (double)pull[l->row * width + c];
            keep_weight(k, l->feature, first + c, w);
        }
    }
}

static void keep_machine(const struct keeping *k, const struct sl_machine *m, size_t column)
{
    uint32_t n_feature = k->x->problem.n_feature;
    for (uint32_t i = 0; i < n_feature; i++) {
        keep_weight(k, k->x->feature[i], column, m->weight[i]);
    }
    for (uint32_t d = 0; d < k->x->problem.n_dense; d++) {
        keep_dense(k, d, column, m->weight[n_feature + d]);
    }
}

static enum slant_status keep_room(struct keeping *k, struct slant_error *err)
{
    struct sl_fit *out = k->out;
    const struct sl_vocabulary *v = &out->vocabulary;
    size_t n_feature = sl_n_feature(v);
    out->weight = sl_array(n_feature * out->n_column, sizeof *out->weight);
    out->dense_weight =
        sl_array((size_t)k->x->problem.n_dense * out->n_column, sizeof *out->dense_weight);
    k->factor = sl_array(n_feature, sizeof *k->factor);
    if (out->weight == NULL || out->dense_weight == NULL || k->factor == NULL) {
        return sl_fail_nomem(err);
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        for (uint32_t i = v->first[b]; i < v->first[b + 1]; i++) {
            k->factor[i] = idf_of(out, (enum sl_block)b, i) * k->settings->scale[b];
        }
    }
    return SLANT_OK;
}

static enum slant_status solve(struct machines *m, const struct matrix *x,
                               const struct sl_settings *settings, struct sl_fit *out,
                               struct slant_error *err)
{
    struct keeping k = {x, settings, out, NULL};
    enum slant_status status = keep_room(&k, err);
    if (status == SLANT_OK && settings->solver == SLANT_SOLVER_LIBSVM) {
        status = sl_solve_libsvm(&x->problem, m->machine, m->n, &out->libsvm_gap, err);
        for (size_t c = 0; status == SLANT_OK && c < m->n; c++) {
            keep_machine(&k, &m->machine[c], c);
        }
    } else if (status == SLANT_OK) {
        status = sl_solve_dual(&x->problem, m->machine, m->n, settings->seed, keep_found, &k, err);
    }
    for (size_t c = 0; status == SLANT_OK && c < m->n; c++) {
        out->bias[c] = m->machine[c].bias;
    }
    free(k.factor);
    return status;
}

static enum slant_status fit_heads(const struct sl_rows *rows, const struct sl_heads *heads,
                                   const struct matrix *x, const struct sl_settings *settings,
                                   struct sl_fit *out, struct slant_error *err)
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
            status = machine_build(rows, heads, i, k, x, settings, &m->machine[m->n++], err);
        }
    }
    if (status == SLANT_OK && settings->ratio > 0) {
        status = sl_ratio_freedom(&x->problem, settings->ratio, m->machine, m->n, err);
    }
    if (status == SLANT_OK) {
        status = solve(m, x, settings, out, err);
    }
    machines_free(m);
    return status;
}

enum slant_status sl_fit(const struct sl_rows *rows, const struct sl_features *features,
                         const struct sl_heads *heads, const bool *in,
                         const struct sl_settings *settings, struct sl_fit *out,
                         struct slant_error *err)
{
    struct matrix *x = calloc(1, sizeof *x);
    uint32_t *df = sl_array_zero(sl_n_feature(&features->all), sizeof *df);
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (x == NULL || df == NULL) {
        free(x);
        free(df);
        return sl_fail_nomem(err);
    }
    out->width = features->width;
    status = choose_vocabulary(features, in, settings, df, out, err);
    if (status == SLANT_OK) {
        status = matrix_build(out, features, in, df, settings, x, err);
    }
    free(df);
    if (status == SLANT_OK) {
        status = fit_heads(rows, heads, x, settings, out, err);
    }
    matrix_free(x);
    if (status != SLANT_OK) {
        sl_fit_free(out);
    }
    return status;
}

static void add_dense(const struct sl_fit *fit, const struct sl_features *f, size_t row,
                      double *margin)
{
    for (size_t p = 0; p < SL_N_VECTOR; p++) {
        const float *mean = f->mean + (row * SL_N_VECTOR + p) * f->width;
        for (uint32_t d = 0; f->has_mean[row * SL_N_VECTOR + p] && d < f->width; d++) {
            size_t at = p * f->width + d;
            double x = (double)mean[d] - fit->center[at];
            for (uint32_t k = 0; k < fit->n_column; k++) {
                margin[k] += x * fit->dense_weight[at * fit->n_column + k];
            }
        }
    }
}

static void add_occurrences(const struct sl_fit *fit, uint32_t feature, double n,
                            double sum[SL_N_BLOCK][SL_MAX_COLUMN])
{
    if (feature != SL_FEATURE_NONE) {
        enum sl_block b = sl_feature_block(&fit->vocabulary, feature);
        const uint16_t *w = fit->weight + (size_t)feature * fit->n_column;
        for (uint32_t k = 0; k < fit->n_column; k++) {
            sum[b][k] += n * sl_bfloat_value(w[k]);
        }
    }
}

void sl_fit_margins(const struct sl_fit *fit, const struct sl_features *features, size_t row,
                    double *margin)
{
    double sum[SL_N_BLOCK][SL_MAX_COLUMN];
    double inverse[SL_N_BLOCK];
    for (int b = 0; b < SL_N_BLOCK; b++) {
        memset(sum[b], 0, fit->n_column * sizeof sum[b][0]);
    }
    block_norms(fit, features, row, inverse);
    for (size_t i = features->start[row]; i < features->start[row + 1]; i++) {
        add_occurrences(fit, fit->local[features->count[i].feature], (double)features->count[i].n,
                        sum);
    }
    for (size_t i = features->spelled_start[row]; i < features->spelled_start[row + 1]; i++) {
        const size_t *gram = features->gram_start + features->spelled[i].feature;
        for (size_t k = gram[0]; k < gram[1]; k++) {
            add_occurrences(fit, fit->local[features->gram[k]], (double)features->spelled[i].n,
                            sum);
        }
    }
    for (uint32_t k = 0; k < fit->n_column; k++) {
        margin[k] = fit->bias[k];
        for (int b = 0; b < SL_N_BLOCK; b++) {
            margin[k] += sum[b][k] * inverse[b];
        }
    }
    add_dense(fit, features, row, margin);
}

/* ---- the whole vocabulary ---- */

static bool copy_vectors(struct sl_vocabulary *v, const struct sl_vectors *vectors)
{
    uint32_t *start = sl_array((size_t)vectors->n + 1, sizeof *start);
    v->vector_start = start;
    v->vector_bytes = sl_copy_bytes(vectors->bytes, vectors->start[vectors->n]);
    if (start == NULL || v->vector_bytes == NULL) {
        return false;
    }
    memcpy(start, vectors->start, ((size_t)vectors->n + 1) * sizeof *start);
    v->n_vector = vectors->n;
    return true;
}

/* The weights of a vector block's words: each stands for a(word) * (its vector - center). */
static void weigh_words(struct sl_fit *fit, const struct sl_vectors *vectors, size_t p)
{
    uint32_t first = fit->vocabulary.first[SL_FIRST_VECTOR + p];
    uint32_t width = vectors->width;
    for (uint32_t w = 0; w < vectors->n; w++) {
        const float *value = vectors->value + (size_t)w * width;
        double sum[SL_MAX_COLUMN] = {0};
        for (uint32_t d = 0; d < width; d++) {
            size_t at = p * width + d;
            double x = (double)value[d] - fit->center[at];
            for (uint32_t k = 0; k < fit->n_column; k++) {
                sum[k] += x * fit->dense_weight[at * fit->n_column + k];
            }
        }
        fit->norm_part[first + w] = sl_bfloat_of((double)vectors->a[w]);
        for (uint32_t k = 0; k < fit->n_column; k++) {
            fit->weight[(size_t)(first + w) * fit->n_column + k] =
                sl_bfloat_of((double)vectors->a[w] * sum[k]);
        }
    }
}

enum slant_status sl_fit_complete(struct sl_fit *fit, const struct sl_material *material,
                                  const struct sl_vocabulary *all,
                                  const struct sl_settings *settings, struct slant_error *err)
{
    struct sl_vocabulary *v = &fit->vocabulary;
    uint32_t n_old = sl_n_feature(v);
    bool vectors = false;
    uint16_t *norm_part;
    uint16_t *weight;
    bool lexicon = v->used[SL_BLOCK_POLARITY] || v->used[SL_BLOCK_PLACED_POLARITY] ||
                   v->list[SL_BLOCK_FRAME - SL_FIRST_LIST].n > 0 ||
                   v->list[SL_BLOCK_OUTLINE - SL_FIRST_LIST].n > 0; /* classes of words */
    if (lexicon && !(sl_lexicon_copy(&v->lexicon, &material->lexicon) && sl_vocabulary_number(v))) {
        return sl_fail_nomem(err);
    }
    for (int b = SL_FIRST_VECTOR; b < SL_N_BLOCK; b++) {
        v->used[b] = all->used[b] && settings->scale[b] > 0;
        vectors = vectors || v->used[b];
    }
    if (!vectors) {
        return SLANT_OK;
    }
    if (!copy_vectors(v, &material->vectors) || !sl_vocabulary_number(v)) {
        return sl_fail_nomem(err);
    }
    norm_part = sl_array(sl_n_feature(v), sizeof *norm_part);
    weight = sl_array(sl_n_feature(v), fit->n_column * sizeof *weight);
    if (norm_part == NULL || weight == NULL) {
        free(norm_part);
        free(weight);
        return sl_fail_nomem(err);
    }
    memcpy(norm_part, fit->norm_part, n_old * sizeof *norm_part);
    memcpy(weight, fit->weight, (size_t)n_old * fit->n_column * sizeof *weight);
    free(fit->norm_part);
    free(fit->weight);
    fit->norm_part = norm_part;
    fit->weight = weight;
    for (size_t p = 0; p < SL_N_VECTOR; p++) {
        if (v->used[SL_FIRST_VECTOR + p]) {
            weigh_words(fit, &material->vectors, p);
        }
    }
    return SLANT_OK;
}

void sl_fit_free(struct sl_fit *fit)
{
    sl_vocabulary_free(&fit->vocabulary);
    free(fit->local);
    free(fit->norm_part);
    free(fit->weight);
    free(fit->center);
    free(fit->dense_weight);
    memset(fit, 0, sizeof *fit);
}
