#include "report/bootstrap.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/order.h"

#include <stdlib.h>
#include <string.h>

bool sl_bootstrap_init(struct sl_bootstrap *b, uint32_t n_column)
{
    b->n_column = n_column;
    b->width = (n_column + 2) / 2 * 2;
    b->n_article = 0;
    b->sum = sl_array_zero((size_t)SL_REPLICATES * b->width, sizeof *b->sum);
    return b->sum != NULL;
}

void sl_bootstrap_free(struct sl_bootstrap *b)
{
    free(b->sum);
    b->sum = NULL;
}

/* Poisson of mean 1: its distribution function times 2^64. */
static const uint64_t below[] = {0x5e2d58d8b3bcdf1au, 0xbc5ab1b16779be35u, 0xeb715e1dc1582dc2u,
                                 0xfb23979734a252f1u, 0xff1025f59174dc3du, 0xffd90f3ba4055e19u,
                                 0xfffa8b71fc72c913u, 0xffff540c0914b3c9u, 0xffffed1f4aa8f120u};
enum { MOST = sizeof below / sizeof below[0] };

static unsigned poisson(uint64_t uniform)
{
    /* nearly always 0 to 3, told without a branch: it would be guessed wrongly half the time */
    unsigned n = (unsigned)(uniform >= below[0]) + (unsigned)(uniform >= below[1]) +
                 (unsigned)(uniform >= below[2]);
    while (n >= 3 && n < MOST && uniform >= below[n]) {
        n++;
    }
    return n;
}

struct sl_replicates sl_replicates_of(const char *doc, size_t len)
{
    return (struct sl_replicates){{sl_hash(doc, len, 0)}};
}

unsigned sl_replicates_next(struct sl_replicates *r)
{
    return poisson(sl_rng_next(&r->rng));
}

void sl_bootstrap_add(struct sl_bootstrap *b, const char *doc, size_t len, const uint64_t *sum,
                      uint64_t n_sentence)
{
    typedef uint64_t pair __attribute__((vector_size(16), may_alias));
    struct sl_replicates replicates = sl_replicates_of(doc, len);
    pair times[MOST + 1][SL_MAX_COLUMN / 2 + 1]; /* what the article adds, so many times */
    pair *into = (pair *)b->sum;                 /* as malloc aligns it */
    const uint32_t n = b->width / 2;
    for (uint64_t t = 0; t <= MOST; t++) {
        for (uint32_t k = 0; k < b->width; k++) {
            times[t][k / 2][k % 2] = t * (k < b->n_column    ? sum[k]
                                          : k == b->n_column ? n_sentence
                                                             : 0);
        }
    }
    b->n_article++;
    for (size_t r = 0; r < SL_REPLICATES; r++, into += n) {
        const pair *add = times[sl_replicates_next(&replicates)];
        for (uint32_t k = 0; k < n; k++) {
            into[k] += add[k];
        }
    }
}

bool sl_bootstrap_interval(const struct sl_bootstrap *b, uint32_t column, double *low, double *high)
{
    double share[SL_REPLICATES];
    size_t n = 0;
    if (b->n_article < SL_FEWEST_ARTICLES) {
        return false;
    }
    for (size_t r = 0; r < SL_REPLICATES; r++) {
        const uint64_t *from = b->sum + r * b->width;
        if (from[b->n_column] > 0) {
            share[n++] = (double)from[column] / 10000.0 / (double)from[b->n_column];
        }
    }
    if (n < SL_REPLICATES / 2) {
        return false;
    }
    qsort(share, n, sizeof *share, sl_by_double);
    *low = share[(size_t)(0.025 * (double)(n - 1) + 0.5)];
    *high = share[(size_t)(0.975 * (double)(n - 1) + 0.5)];
    return true;
}
