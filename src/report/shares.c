/* Shares of a group of articles. */
#include "judge/quantify.h"
#include "report/facts.h"

static bool correct_head(const struct sl_facts *f, const struct sl_layout *l, size_t h,
                         struct sl_group *g)
{
    uint32_t n_label = l->head[h].n_label;
    uint32_t column = l->column[h];
    struct sl_quantify *q = sl_quantify_new(n_label, l->prior[h]);
    double share[SL_QUANTIFY_LABELS];
    struct sl_quantity quantity;
    struct sl_clusters clusters = {0};
    double effect;
    bool ok = q != NULL;
    for (size_t i = 0; ok && i < g->n_article; i++) {
        const struct sl_fact *a = &f->fact[g->article[i]];
        sl_quantify_add(q, f->prob + a->first * f->n_column + column, (size_t)a->n_sentence,
                        f->n_column);
    }
    ok = ok && sl_quantify_shares(q, share);
    for (size_t i = 0; ok && i < g->n_article; i++) {
        const struct sl_fact *a = &f->fact[g->article[i]];
        sl_clusters_add(&clusters, q, share, f->prob + a->first * f->n_column + column,
                        (size_t)a->n_sentence, f->n_column);
    }
    effect = ok ? sl_clusters_effect(&clusters, n_label) : 1;
    ok = ok && sl_quantify_estimate(q, effect, &quantity);
    for (uint32_t k = 0; ok && k < n_label; k++) {
        struct sl_share *s = &g->share[column + k];
        s->share = quantity.share[k];
        s->low = quantity.low[k];
        s->high = quantity.high[k];
        s->corrected = true;
        s->has_interval = true;
    }
    if (ok && h == l->main) {
        g->design_effect = effect;
    }
    sl_quantify_free(q);
    return ok;
}

/* A prior may come from a file of scores: it must be one. */
static bool can_correct(const struct sl_layout *l, size_t h, const struct sl_group *g)
{
    static const double least = 1e-6;
    double sum = 0;
    if (!l->has_prior[h] || l->head[h].n_label > SL_QUANTIFY_LABELS ||
        g->n_article < SL_FEWEST_ARTICLES || g->n_sentence == 0) {
        return false;
    }
    for (uint32_t k = 0; k < l->head[h].n_label; k++) {
        if (!(l->prior[h][k] >= least)) {
            return false;
        }
        sum += l->prior[h][k];
    }
    return sum > 0.99 && sum < 1.01;
}

static bool bootstrap(const struct sl_facts *f, struct sl_group *g)
{
    struct sl_bootstrap b;
    if (!sl_bootstrap_init(&b, f->n_column)) {
        return false;
    }
    for (size_t i = 0; i < g->n_article; i++) {
        const struct sl_fact *a = &f->fact[g->article[i]];
        sl_bootstrap_add(&b, a->doc.p, a->doc.len, sl_facts_figure(f, g->article[i]),
                         a->n_sentence);
    }
    for (uint32_t k = 0; k < f->n_column; k++) {
        struct sl_share *s = &g->share[k];
        s->has_interval = sl_bootstrap_interval(&b, k, &s->low, &s->high);
    }
    sl_bootstrap_free(&b);
    return true;
}

bool sl_group_sum(const struct sl_facts *f, const struct sl_layout *l, struct sl_group *g)
{
    uint64_t sum[SL_MAX_COLUMN] = {0};
    bool all = true;
    for (size_t i = 0; i < g->n_article; i++) {
        const uint64_t *figure = sl_facts_figure(f, g->article[i]);
        for (uint32_t k = 0; k < f->n_column; k++) {
            sum[k] += figure[k];
            g->share[k].count += figure[f->n_column + k];
        }
        g->n_sentence += f->fact[g->article[i]].n_sentence;
        g->stand[f->fact[g->article[i]].stand]++;
    }
    g->design_effect = 1;
    for (uint32_t k = 0; k < f->n_column; k++) {
        g->share[k].mean = g->n_sentence > 0 ? (double)sum[k] / 10000.0 / (double)g->n_sentence : 0;
        g->share[k].share = g->share[k].mean;
    }
    for (size_t h = 0; h < l->n_head; h++) {
        all = all && can_correct(l, h, g);
    }
    if (g->n_sentence == 0) {
        return true;
    }
    if (!all && !bootstrap(f, g)) {
        return false;
    }
    for (size_t h = 0; h < l->n_head; h++) {
        if (can_correct(l, h, g) && !correct_head(f, l, h, g)) {
            return false;
        }
    }
    return true;
}
