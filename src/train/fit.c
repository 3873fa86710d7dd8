#include "base/inline.h"
#include "base/memory.h"
#include "train/fit_parts.h"
#include "train/ratio.h"

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

/* ---- rows ---- */

static double idf_of(const struct sl_fit *fit, enum sl_block b, uint32_t feature)
{
    return sl_idf(b, sl_fit_norm_part(fit, b, feature));
}

static double norm_of_spelling(const struct sl_fit *fit, const struct sl_features *f,
                               uint32_t spelling)
{
    double sum = 0;
    for (size_t k = f->gram_start[spelling]; k < f->gram_start[spelling + 1]; k++) {
        uint32_t feature = fit->local[f->gram[k]];
        sum += feature == SL_FEATURE_NONE ? 0 : sl_fit_norm_part(fit, SL_BLOCK_CHARACTER, feature);
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
            sum[b] += (double)f->count[i].n * sl_fit_norm_part(fit, b, feature);
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
                                       size_t head, uint32_t label, const struct sl_matrix *x,
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
    const struct sl_matrix *x;
    const struct sl_settings *settings;
    struct sl_fit *out;
};

/* What a feature's weights are multiplied by. */
static double factor_of(const struct keeping *k, enum sl_block b, uint32_t feature)
{
    return idf_of(k->out, b, feature) * k->settings->scale[b];
}

typedef void take_weight(struct sl_fit *out, enum sl_block b, uint32_t feature, size_t column,
                         double weight);

/* The largest weight of each block and column, in its unit's place. */
static inline void see_weight(struct sl_fit *out, enum sl_block b, uint32_t feature, size_t column,
                              double weight)
{
    double *top = &out->unit[b][column];
    (void)feature;
    *top = fabs(weight) > *top ? fabs(weight) : *top;
}

static inline void keep_weight(struct sl_fit *out, enum sl_block b, uint32_t feature, size_t column,
                               double weight)
{
    out->cell[(size_t)feature * out->n_column + column] = sl_cell_of(weight, out->unit[b][column]);
}

static void set_units(struct sl_fit *out, size_t column)
{
    for (int b = 0; b < SL_FIRST_VECTOR; b++) {
        out->unit[b][column] = sl_weight_unit(out->unit[b][column]);
    }
}

static void keep_dense(const struct keeping *k, uint32_t d, size_t column, double weight)
{
    const struct sl_matrix *x = k->x;
    k->out->dense_weight[(size_t)d * k->out->n_column + column] =
        weight * sl_matrix_dense_factor(x, k->settings, x->problem.n_dense / SL_N_VECTOR, d);
}

/* Fetches what a feature's weights need, which lies anywhere. */
static inline void fetch_kept(const struct keeping *k, uint32_t feature)
{
    __builtin_prefetch(&k->out->norm_level[feature]);
    __builtin_prefetch(k->out->cell + (size_t)feature * k->out->n_column);
}

/* Machines [first, first + n) of the dual solver. */
SL_INLINE void take_found(const struct keeping *k, size_t first, size_t n, const float *weight,
                          const float *alone, size_t width, take_weight *take)
{
    enum { AHEAD = 16 };
    const struct sl_matrix *x = k->x;
    for (uint32_t i = 0; i < x->problem.n_feature; i++, weight += width) {
        const uint32_t feature = x->feature[i];
        const enum sl_block b = sl_feature_block(&k->out->vocabulary, feature);
        const double factor = factor_of(k, b, feature);
        for (size_t c = 0; c < n; c++) {
            take(k->out, b, feature, first + c, (double)weight[c] * factor);
        }
    }
    for (size_t i = 0; i < x->n_lone; i++) {
        const struct sl_lone *l = &x->lone[i];
        const enum sl_block b = sl_feature_block(&k->out->vocabulary, l->feature);
        const double factor = factor_of(k, b, l->feature);
        fetch_kept(k, x->lone[i + AHEAD < x->n_lone ? i + AHEAD : i].feature);
        for (size_t c = 0; c < n; c++) {
            double w = (double)l->value * (double)alone[l->row * width + c];
            take(k->out, b, l->feature, first + c, w * factor);
        }
    }
}

static void keep_found(void *user, size_t first, size_t n, const float *weight, const float *alone,
                       size_t width)
{
    const struct keeping *k = user;
    const struct sl_problem *p = &k->x->problem;
    const float *dense = weight + p->n_feature * width;
    take_found(k, first, n, weight, alone, width, see_weight);
    for (size_t c = 0; c < n; c++) {
        set_units(k->out, first + c);
    }
    take_found(k, first, n, weight, alone, width, keep_weight);
    for (uint32_t d = 0; d < p->n_dense; d++, dense += width) {
        for (size_t c = 0; c < n; c++) {
            keep_dense(k, d, first + c, (double)dense[c]);
        }
    }
}

/* One of libsvm's. */
SL_INLINE void take_machine(const struct keeping *k, const struct sl_machine *m, size_t column,
                            take_weight *take)
{
    for (uint32_t i = 0; i < k->x->problem.n_feature; i++) {
        const uint32_t feature = k->x->feature[i];
        const enum sl_block b = sl_feature_block(&k->out->vocabulary, feature);
        take(k->out, b, feature, column, m->weight[i] * factor_of(k, b, feature));
    }
}

static void keep_machine(const struct keeping *k, const struct sl_machine *m, size_t column)
{
    const struct sl_problem *p = &k->x->problem;
    take_machine(k, m, column, see_weight);
    set_units(k->out, column);
    take_machine(k, m, column, keep_weight);
    for (uint32_t d = 0; d < p->n_dense; d++) {
        keep_dense(k, d, column, m->weight[p->n_feature + d]);
    }
}

static enum slant_status keep_room(const struct keeping *k, struct slant_error *err)
{
    struct sl_fit *out = k->out;
    size_t n_feature = sl_n_feature(&out->vocabulary);
    out->cell = sl_large(n_feature * out->n_column * sizeof *out->cell); /* written out of order */
    out->dense_weight =
        sl_array((size_t)k->x->problem.n_dense * out->n_column, sizeof *out->dense_weight);
    return out->cell == NULL || out->dense_weight == NULL ? sl_fail_nomem(err) : SLANT_OK;
}

static enum slant_status solve(struct machines *m, const struct sl_matrix *x,
                               const struct sl_settings *settings, struct sl_fit *out,
                               struct slant_error *err)
{
    struct keeping k = {x, settings, out};
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
    return status;
}

static enum slant_status fit_heads(const struct sl_rows *rows, const struct sl_heads *heads,
                                   const struct sl_matrix *x, const struct sl_settings *settings,
                                   struct sl_fit *out, struct slant_error *err)
{
    struct machines *m = calloc(1, sizeof *m);
    enum slant_status status = SLANT_OK;
    if (m == NULL) {
        return sl_fail_nomem(err);
    }
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
    struct sl_matrix *x = calloc(1, sizeof *x);
    uint32_t *df = sl_array_zero(sl_n_feature(&features->all), sizeof *df);
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (x == NULL || df == NULL) {
        free(x);
        free(df);
        return sl_fail_nomem(err);
    }
    out->width = features->width;
    out->n_column = heads->n_column;
    status = sl_fit_choose(features, in, settings, df, out, err);
    if (status == SLANT_OK) {
        status = sl_matrix_build(out, features, in, df, settings, x, err);
    }
    free(df);
    if (status == SLANT_OK) {
        status = fit_heads(rows, heads, x, settings, out, err);
    }
    sl_matrix_free(x);
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
        const int8_t *cell = fit->cell + (size_t)feature * fit->n_column;
        for (uint32_t k = 0; k < fit->n_column; k++) {
            sum[b][k] += n * cell[k];
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
            margin[k] += sum[b][k] * fit->unit[b][k] * inverse[b];
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

/* The weights of a vector block's words: each stands for a(word) * (its vector - center).
 * weight[words][n_column] is room. */
static void weigh_words(struct sl_fit *fit, const struct sl_vectors *vectors, size_t p,
                        double *weight)
{
    const enum sl_block b = (enum sl_block)(SL_FIRST_VECTOR + p);
    const uint32_t first = fit->vocabulary.first[b];
    const uint32_t n = fit->n_column;
    double *unit = fit->unit[b];
    for (uint32_t w = 0; w < vectors->n; w++) {
        const float *value = vectors->value + (size_t)w * vectors->width;
        double *sum = weight + (size_t)w * n;
        memset(sum, 0, n * sizeof *sum);
        for (uint32_t d = 0; d < vectors->width; d++) {
            size_t at = p * vectors->width + d;
            double x = (double)value[d] - fit->center[at];
            for (uint32_t k = 0; k < n; k++) {
                sum[k] += x * fit->dense_weight[at * n + k];
            }
        }
        for (uint32_t k = 0; k < n; k++) {
            sum[k] *= (double)vectors->a[w];
            see_weight(fit, b, first + w, k, sum[k]);
        }
        fit->norm_level[first + w] = sl_norm_level((double)vectors->a[w], unit[n]);
    }
    for (uint32_t k = 0; k < n; k++) {
        unit[k] = sl_weight_unit(unit[k]);
    }
    for (uint32_t w = 0; w < vectors->n; w++) {
        for (uint32_t k = 0; k < n; k++) {
            keep_weight(fit, b, first + w, k, weight[(size_t)w * n + k]);
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
    uint16_t *norm_level;
    int8_t *cell;
    double *weight;
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
    norm_level = sl_array(sl_n_feature(v), sizeof *norm_level);
    cell = sl_array(sl_n_feature(v), fit->n_column * sizeof *cell);
    weight = sl_array(material->vectors.n, fit->n_column * sizeof *weight);
    if (norm_level == NULL || cell == NULL || weight == NULL) {
        free(norm_level);
        free(cell);
        free(weight);
        return sl_fail_nomem(err);
    }
    memcpy(norm_level, fit->norm_level, n_old * sizeof *norm_level);
    memcpy(cell, fit->cell, (size_t)n_old * fit->n_column * sizeof *cell);
    free(fit->norm_level);
    free(fit->cell);
    fit->norm_level = norm_level;
    fit->cell = cell;
    for (size_t p = 0; p < SL_N_VECTOR; p++) {
        if (v->used[SL_FIRST_VECTOR + p]) {
            weigh_words(fit, &material->vectors, p, weight);
        }
    }
    free(weight);
    return SLANT_OK;
}

void sl_fit_free(struct sl_fit *fit)
{
    sl_vocabulary_free(&fit->vocabulary);
    free(fit->local);
    free(fit->norm_level);
    free(fit->cell);
    free(fit->center);
    free(fit->dense_weight);
    memset(fit, 0, sizeof *fit);
}
