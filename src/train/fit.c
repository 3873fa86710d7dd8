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

static enum sl_kind kind_of(const struct sl_vocabulary *v, enum sl_block b, uint32_t feature)
{
    if (b == SL_BLOCK_WORD) {
        return feature < sl_first_bigram(v)    ? SL_KIND_WORD
               : feature < sl_first_trigram(v) ? SL_KIND_BIGRAM
                                               : SL_KIND_TRIGRAM;
    }
    return b == SL_BLOCK_CHARACTER ? SL_KIND_CHARACTER : SL_KIND_LISTED;
}

/* Keeps what kept features are made of: what lists name, a trigram's bigrams, a bigram's words. */
static void close_features(const struct sl_vocabulary *v, bool *keep)
{
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
                    keep[sl_find_bigram(v, v->bigram_next[b], v->trigram_next[t])] = true;
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

static enum slant_status choose_vocabulary(const struct sl_features *f, const bool *in,
                                           const struct sl_settings *settings, struct sl_fit *out,
                                           struct slant_error *err)
{
    const struct sl_vocabulary *all = &f->all;
    uint32_t n_feature = sl_n_feature(all);
    uint32_t *df = sl_array_zero(n_feature, sizeof *df);
    bool *keep = sl_array_zero(n_feature, sizeof *keep);
    size_t n_row = 0;
    enum slant_status status;
    out->local = sl_array(n_feature, sizeof *out->local);
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
    for (uint32_t i = 0; i < n_feature; i++) {
        enum sl_block b = sl_feature_block(all, i);
        keep[i] = b == SL_BLOCK_POLARITY || b == SL_BLOCK_PLACED_POLARITY
                      ? settings->scale[b] > 0
                      : df[i] > 0 && df[i] >= settings->min_df[kind_of(all, b, i)] &&
                            (b == SL_BLOCK_WORD || settings->scale[b] > 0);
    }
    close_features(all, keep);
    status = sl_vocabulary_subset(all, keep, &out->vocabulary, out->local, err);
    if (status == SLANT_OK) {
        out->norm_part = sl_array(sl_n_feature(&out->vocabulary), sizeof *out->norm_part);
        if (out->norm_part == NULL) {
            status = sl_fail_nomem(err);
        }
    }
    for (uint32_t i = 0; status == SLANT_OK && out->norm_part != NULL && i < n_feature; i++) {
        if (out->local[i] != SL_FEATURE_NONE) {
            enum sl_block b = sl_feature_block(all, i);
            double idf =
                b >= SL_BLOCK_POLARITY ? 1 : log((1.0 + (double)n_row) / (1.0 + df[i])) + 1.0;
            out->norm_part[out->local[i]] = sl_bfloat_of(sl_norm_part(b, idf));
        }
    }
    free(df);
    free(keep);
    return status;
}

/* ---- rows ---- */

static double idf_of(const struct sl_fit *fit, enum sl_block b, uint32_t feature)
{
    return sl_idf(b, sl_bfloat_value(fit->norm_part[feature]));
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
            sum[b] += (double)f->count[i].n * sl_bfloat_value(fit->norm_part[feature]);
        }
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sl_norm_inverse((enum sl_block)b, sum[b], f->n_token[row]);
    }
}

struct matrix {
    struct sl_problem problem;
    size_t *start;
    uint32_t *index;
    double *value;
    uint32_t *place; /* [all rows] row of the problem, where in[row] */
    double *dense;
    double deviation[SL_N_VECTOR * SL_VECTOR_MAX_WIDTH]; /* of each dense column; 0: unused */
};

static void matrix_free(struct matrix *m)
{
    free(m->start);
    free(m->index);
    free(m->value);
    free(m->place);
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
    return m->deviation[i] == 0
               ? 0
               : settings->scale[SL_FIRST_VECTOR + i / width] / (m->deviation[i] * sqrt(width));
}

static enum slant_status fill_dense(const struct sl_features *f, const bool *in,
                                    const struct sl_settings *settings, const struct sl_fit *fit,
                                    struct matrix *m, struct slant_error *err)
{
    size_t n_dense = (size_t)SL_N_VECTOR * f->width;
    m->dense = sl_array(m->problem.n_row, n_dense * sizeof *m->dense);
    if (m->dense == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < f->n_row; r++) {
        double *row = in[r] ? m->dense + m->place[r] * n_dense : NULL;
        for (size_t i = 0; in[r] && i < n_dense; i++) {
            bool has = f->has_mean[r * SL_N_VECTOR + i / f->width];
            row[i] = has ? ((double)f->mean[r * n_dense + i] - fit->center[i]) *
                               dense_factor(m, settings, f->width, i)
                         : 0;
        }
    }
    m->problem.dense = m->dense;
    m->problem.n_dense = (uint32_t)n_dense;
    return SLANT_OK;
}

static enum slant_status matrix_build(struct sl_fit *fit, const struct sl_features *f,
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
                m->value[total++] = settings->scale[b] * (double)f->count[i].n *
                                    idf_of(fit, b, feature) * inverse[b];
            }
        }
        m->place[r] = (uint32_t)n;
        m->start[++n] = total;
    }
    m->problem = (struct sl_problem){.n_row = n,
                                     .start = m->start,
                                     .index = m->index,
                                     .value = m->value,
                                     .n_feature = sl_n_feature(&fit->vocabulary)};
    SL_TRY(center_vectors(f, in, settings, fit, m, err));
    return fill_dense(f, in, settings, fit, m, err);
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
        free((double *)m->machine[i].freedom);
    }
    free(m);
}

/* The machine of one label of one head. */
static enum slant_status machine_build(const struct sl_rows *rows, const struct sl_heads *heads,
                                       size_t head, uint32_t label, const bool *in,
                                       const struct matrix *x, const struct sl_settings *settings,
                                       struct sl_machine *m, struct slant_error *err)
{
    uint32_t *row = sl_array(x->problem.n_row, sizeof *row);
    signed char *sign = sl_array(x->problem.n_row, sizeof *sign);
    double *cost = sl_array(x->problem.n_row, sizeof *cost);
    size_t h = heads->of_rows[head];
    size_t n[2] = {0, 0};
    m->weight = sl_array((size_t)x->problem.n_feature + x->problem.n_dense, sizeof *m->weight);
    m->row = row;
    m->sign = sign;
    m->cost = cost;
    m->n = 0;
    if (row == NULL || sign == NULL || cost == NULL || m->weight == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < rows->n; r++) {
        if (in[r] && sl_head_learns(heads, head, &rows->row[r]) && rows->row[r].weight > 0) {
            bool positive = rows->row[r].label[h] == label;
            row[m->n] = x->place[r];
            sign[m->n] = positive ? 1 : -1;
            cost[m->n++] = settings->cost * pow(rows->row[r].weight, settings->weight_power);
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
    return settings->ratio > 0 ? sl_ratio_freedom(&x->problem, settings->ratio, m, err) : SLANT_OK;
}

static enum slant_status solve(struct machines *m, const struct matrix *x,
                               const struct sl_settings *settings, struct sl_fit *out,
                               struct slant_error *err)
{
    if (settings->solver == SLANT_SOLVER_LIBSVM) {
        return sl_solve_libsvm(&x->problem, m->machine, m->n, &out->libsvm_gap, err);
    }
    return sl_solve_dual(&x->problem, m->machine, m->n, settings->seed, err);
}

/* Folds idf and block scale into the weights, rounded as the model holds them. */
static enum slant_status keep_weights(const struct machines *m, const struct matrix *x,
                                      const struct sl_settings *settings, struct sl_fit *out,
                                      struct slant_error *err)
{
    uint32_t n_feature = x->problem.n_feature;
    uint32_t n_dense = x->problem.n_dense;
    out->weight = sl_array((size_t)n_feature * out->n_column, sizeof *out->weight);
    out->dense_weight = sl_array((size_t)n_dense * out->n_column, sizeof *out->dense_weight);
    if (out->weight == NULL || out->dense_weight == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t k = 0; k < m->n; k++) {
        out->bias[k] = m->machine[k].bias;
        for (uint32_t i = 0; i < n_feature; i++) {
            enum sl_block b = sl_feature_block(&out->vocabulary, i);
            out->weight[(size_t)i * out->n_column + k] =
                sl_bfloat_of(m->machine[k].weight[i] * idf_of(out, b, i) * settings->scale[b]);
        }
        for (uint32_t d = 0; d < n_dense; d++) {
            out->dense_weight[(size_t)d * out->n_column + k] =
                m->machine[k].weight[n_feature + d] *
                dense_factor(x, settings, n_dense / SL_N_VECTOR, d);
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
            status = machine_build(rows, heads, i, k, in, x, settings, &m->machine[m->n++], err);
        }
    }
    if (status == SLANT_OK) {
        status = solve(m, x, settings, out, err);
    }
    if (status == SLANT_OK) {
        status = keep_weights(m, x, settings, out, err);
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
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (x == NULL) {
        return sl_fail_nomem(err);
    }
    out->width = features->width;
    status = choose_vocabulary(features, in, settings, out, err);
    if (status == SLANT_OK) {
        status = matrix_build(out, features, in, settings, x, err);
    }
    if (status == SLANT_OK) {
        status = fit_heads(rows, heads, in, x, settings, out, err);
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
        uint32_t feature = fit->local[features->count[i].feature];
        if (feature != SL_FEATURE_NONE) {
            enum sl_block b = sl_feature_block(&fit->vocabulary, feature);
            const uint16_t *w = fit->weight + (size_t)feature * fit->n_column;
            for (uint32_t k = 0; k < fit->n_column; k++) {
                sum[b][k] += (double)features->count[i].n * sl_bfloat_value(w[k]);
            }
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
