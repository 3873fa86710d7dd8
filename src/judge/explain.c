/* The terms of a margin. A linear machine's score is a sum; this lists it. */
#include "base/memory.h"
#include "base/table.h"
#include "judge/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct occurrence {
    uint32_t feature;
    double n;
    struct slant_span where;
};

struct sl_explanation {
    struct occurrence *occurrence;
    size_t n, cap;
    struct slant_term *term;
    size_t cap_term;
    struct slant_span *span;
    size_t cap_span;
    struct sl_buf names;
};

void sl_explanation_free(struct sl_explanation *e)
{
    if (e != NULL) {
        free(e->occurrence);
        free(e->term);
        free(e->span);
        sl_buf_free(&e->names);
        free(e);
    }
}

static bool note(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct sl_explanation *e = user;
    if (!sl_grow(&e->occurrence, &e->cap, e->n + 1, sizeof *e->occurrence)) {
        return false;
    }
    e->occurrence[e->n++] = (struct occurrence){feature, n, where};
    return true;
}

static int by_feature(const void *a, const void *b)
{
    const struct occurrence *x = a;
    const struct occurrence *y = b;
    if (x->feature != y->feature) {
        return x->feature < y->feature ? -1 : 1;
    }
    return x->where.begin < y->where.begin ? -1 : x->where.begin > y->where.begin;
}

static int by_contribution(const void *a, const void *b)
{
    const struct slant_term *x = a;
    const struct slant_term *y = b;
    double p = fabs(x->contribution);
    double q = fabs(y->contribution);
    if (p != q) {
        return p > q ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

/* One term a feature, in feature order; names are offsets until all are in place. */
static bool make_terms(struct sl_explanation *e, const struct slant_model *m, uint32_t column,
                       const double inverse[SL_N_BLOCK], size_t *n_term)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n;) {
        uint32_t feature = e->occurrence[i].feature;
        enum sl_block b = sl_feature_block(&m->vocabulary, feature);
        double idf = sl_idf(b, sl_added_to_norm(m, b, feature));
        double w = sl_weight(m, b, feature, column);
        struct slant_term *t;
        size_t first = i;
        size_t name_len;
        double count = 0;
        while (i < e->n && e->occurrence[i].feature == feature) {
            e->span[i] = e->occurrence[i].where;
            count += e->occurrence[i].n;
            i++;
        }
        if (!sl_grow(&e->term, &e->cap_term, n + 1, sizeof *e->term)) {
            return false;
        }
        t = &e->term[n++];
        t->span = e->span + first;
        t->n_span = i - first;
        t->contribution = count * w * inverse[b];
        t->value = m->scale[b] * count * idf * inverse[b];
        t->weight = m->scale[b] > 0 ? w / (idf * m->scale[b]) : 0;
        name_len = sl_feature_name(&m->vocabulary, feature, NULL, 0) + 1;
        t->name = (const char *)(uintptr_t)e->names.len;
        if (!sl_grow(&e->names.p, &e->names.cap, e->names.len + name_len, 1)) {
            return false;
        }
        (void)sl_feature_name(&m->vocabulary, feature, e->names.p + e->names.len, name_len);
        e->names.len += name_len;
    }
    for (size_t i = 0; i < n; i++) {
        e->term[i].name = e->names.p + (uintptr_t)e->term[i].name;
    }
    if (n > 0) {
        qsort(e->term, n, sizeof *e->term, by_contribution);
    }
    *n_term = n;
    return true;
}

static bool explain(struct slant_session *s, uint32_t column, size_t *n_term)
{
    const struct slant_model *m = s->model;
    struct sl_explanation *e = s->explanation;
    double norm[SL_N_BLOCK] = {0};
    double inverse[SL_N_BLOCK];
    uint32_t n_token;
    e->n = 0;
    e->names.len = 0;
    if (!sl_scorer_features(s->scorer, s->text, &s->queue[s->at - 1], note, e, &n_token) ||
        !sl_grow(&e->span, &e->cap_span, e->n, sizeof *e->span)) {
        return false;
    }
    for (size_t i = 0; i < e->n; i++) {
        const struct occurrence *o = &e->occurrence[i];
        enum sl_block b = sl_feature_block(&m->vocabulary, o->feature);
        norm[b] += o->n * sl_added_to_norm(m, b, o->feature);
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sl_norm_inverse((enum sl_block)b, norm[b], n_token);
    }
    if (e->n > 0) {
        qsort(e->occurrence, e->n, sizeof *e->occurrence, by_feature);
    }
    return make_terms(e, m, column, inverse, n_term);
}

enum slant_status slant_session_explain(struct slant_session *s, size_t head, uint32_t label,
                                        const struct slant_term **terms, size_t *n_term,
                                        double *bias, struct slant_error *err)
{
    size_t n;
    if (s == NULL || terms == NULL || n_term == NULL || bias == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session_explain: an argument is NULL");
    }
    if (!s->current || head >= s->model->n_head || label >= s->model->head[head].n_label) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_session_explain: no current sentence, head or label");
    }
    if (s->explanation == NULL) {
        s->explanation = calloc(1, sizeof *s->explanation);
    }
    if (s->explanation == NULL || !explain(s, s->model->fit[head].column + label, &n)) {
        return sl_fail_nomem(err);
    }
    *terms = s->explanation->term;
    *n_term = n;
    *bias = s->model->fit[head].bias[label];
    return SLANT_OK;
}
