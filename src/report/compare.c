#include "report/compare.h"
#include "base/memory.h"
#include "base/order.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST = SL_FEWEST_ARTICLES, PERMUTATIONS = 9999 };
static const double most_work = 2e8; /* articles dealt */

/* An article's part: right minus left in ten-thousandths, and sentences. */
struct part {
    int64_t balance;
    uint64_t n;
};

static struct part part_of(const struct sl_facts *f, const struct sl_layout *l, uint32_t article)
{
    const uint64_t *figure = sl_facts_figure(f, article) + l->column[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    return (struct part){(int64_t)figure[p->right] - (int64_t)figure[p->left],
                         f->fact[article].n_sentence};
}

static void add_to(struct part *sum, const struct part *p, uint64_t times)
{
    sum->balance += (int64_t)times * p->balance;
    sum->n += times * p->n;
}

/* Group minus rest, or not a number where one has no sentence. */
static double difference(const struct part *group, const struct part *all)
{
    uint64_t rest = all->n - group->n;
    if (group->n == 0 || rest == 0) {
        return NAN;
    }
    return ((double)group->balance / (double)group->n -
            (double)(all->balance - group->balance) / (double)rest) /
           10000;
}

static void permute(struct part *part, size_t n, struct sl_rng *rng)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)sl_rng_below(rng, i);
        struct part swap = part[i - 1];
        part[i - 1] = part[k];
        part[k] = swap;
    }
}

/* Counts, for each group, the dealings with a difference at least as large as found. */
static void deal(const struct sl_groups *g, struct part *part, size_t n, const struct part *all,
                 struct sl_comparison *out, uint32_t *as_large)
{
    struct sl_rng rng = {n};
    for (uint32_t r = 0; r < out->n_permutation; r++) {
        size_t at = 0;
        size_t item = 0;
        permute(part, n, &rng);
        for (size_t i = 0; i < g->n; i++) {
            struct part sum = {0, 0};
            for (size_t k = 0; k < g->group[i].n_article; k++) {
                add_to(&sum, &part[at++], 1);
            }
            if (item < out->n && out->item[item].group == &g->group[i]) {
                double d = fabs(difference(&sum, all));
                as_large[item] += d < fabs(out->item[item].difference) - 1e-12 ? 0 : 1;
                item++;
            }
        }
    }
}

static bool bootstrap(const struct sl_facts *f, const struct sl_layout *l,
                      const struct sl_groups *g, struct sl_comparison *out)
{
    struct part *sum =
        sl_array_zero((out->n + 1) * SL_REPLICATES, sizeof *sum); /* the last: of all */
    double *d = sl_array(SL_REPLICATES, sizeof *d);
    size_t item = 0;
    bool ok = sum != NULL && d != NULL;
    for (size_t i = 0; ok && i < g->n; i++) {
        const struct sl_group *group = &g->group[i];
        bool mine = item < out->n && out->item[item].group == group;
        for (size_t k = 0; k < group->n_article; k++) {
            const struct sl_fact *fact = &f->fact[group->article[k]];
            struct part p = part_of(f, l, group->article[k]);
            struct sl_replicates r = sl_replicates_of(fact->doc.p, fact->doc.len);
            for (size_t b = 0; b < SL_REPLICATES; b++) {
                uint64_t times = sl_replicates_next(&r);
                if (mine) {
                    add_to(&sum[item * SL_REPLICATES + b], &p, times);
                }
                add_to(&sum[out->n * SL_REPLICATES + b], &p, times);
            }
        }
        if (mine) {
            item++;
        }
    }
    for (size_t i = 0; ok && i < out->n; i++) {
        size_t n = 0;
        for (size_t b = 0; b < SL_REPLICATES; b++) {
            d[n] = difference(&sum[i * SL_REPLICATES + b], &sum[out->n * SL_REPLICATES + b]);
            n += isnan(d[n]) ? 0u : 1u;
        }
        qsort(d, n, sizeof *d, sl_by_double);
        out->item[i].low = n > 0 ? d[(size_t)(0.025 * (double)(n - 1) + 0.5)] : NAN;
        out->item[i].high = n > 0 ? d[(size_t)(0.975 * (double)(n - 1) + 0.5)] : NAN;
    }
    free(sum);
    free(d);
    return ok;
}

/* Holm: the smallest p times their number, the next times one less, never falling. */
static void correct(struct sl_comparison *c)
{
    double before = 0;
    for (size_t rank = 0; rank < c->n; rank++) {
        struct sl_difference *least = NULL;
        for (size_t i = 0; i < c->n; i++) {
            if (c->item[i].p_holm < 0 && (least == NULL || c->item[i].p < least->p)) {
                least = &c->item[i];
            }
        }
        if (least == NULL) {
            return;
        }
        before = fmax(before, fmin(1, least->p * (double)(c->n - rank)));
        least->p_holm = before;
    }
}

bool sl_compare(const struct sl_facts *f, const struct sl_layout *l, const struct sl_groups *g,
                struct sl_comparison *out)
{
    struct part all = {0, 0};
    struct part *part;
    uint32_t *as_large;
    size_t n = 0;
    bool ok;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < g->n; i++) {
        n += g->group[i].n_article;
    }
    part = sl_array(n, sizeof *part);
    as_large = sl_array_zero(g->n, sizeof *as_large);
    out->item = sl_array_zero(g->n, sizeof *out->item);
    ok = part != NULL && as_large != NULL && out->item != NULL;
    n = 0;
    for (size_t i = 0; ok && i < g->n; i++) {
        for (size_t k = 0; k < g->group[i].n_article; k++) {
            part[n] = part_of(f, l, g->group[i].article[k]);
            add_to(&all, &part[n++], 1);
        }
    }
    /* of two groups one difference says all */
    for (size_t i = 0; ok && i < (g->n == 2 ? 1 : g->n); i++) {
        const struct sl_group *group = &g->group[i];
        struct part sum = {0, 0};
        for (size_t k = 0; k < group->n_article; k++) {
            struct part p = part_of(f, l, group->article[k]);
            add_to(&sum, &p, 1);
        }
        if (l->has_sides && group->n_article >= FEWEST && n - group->n_article >= FEWEST &&
            !isnan(difference(&sum, &all))) {
            out->item[out->n++] =
                (struct sl_difference){group, difference(&sum, &all), 0, 0, 1, -1};
        } else {
            out->n_left_out++;
        }
    }
    out->n_permutation = (double)n * PERMUTATIONS <= most_work
                             ? PERMUTATIONS
                             : (uint32_t)fmax(99, most_work / (double)n);
    if (ok && out->n > 0) {
        deal(g, part, n, &all, out, as_large);
        for (size_t i = 0; i < out->n; i++) {
            out->item[i].p = (as_large[i] + 1.0) / (out->n_permutation + 1.0);
        }
        correct(out);
        ok = bootstrap(f, l, g, out);
    }
    free(part);
    free(as_large);
    if (!ok) {
        sl_comparison_free(out);
    }
    return ok;
}

void sl_comparison_free(struct sl_comparison *c)
{
    free(c->item);
    memset(c, 0, sizeof *c);
}
