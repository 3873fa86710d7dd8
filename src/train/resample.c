#include "train/resample.h"
#include "base/memory.h"
#include "base/order.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

enum slant_status sl_draws_check(unsigned n, struct slant_error *err)
{
    return n <= SL_MAX_DRAWS
               ? SLANT_OK
               : sl_fail(err, SLANT_ERR_ARG, 0,
                         "%u bootstrap samples asked for; at most %d are drawn", n, SL_MAX_DRAWS);
}

enum slant_status sl_resample_init(struct sl_resample *s, const uint32_t *group, size_t n,
                                   uint64_t seed, struct slant_error *err)
{
    struct sl_keys seen = {0};
    bool good;
    memset(s, 0, sizeof *s);
    s->n = n;
    s->rng.state = seed;
    s->of = sl_array(n, sizeof *s->of);
    s->drawn = sl_array(n, sizeof *s->drawn);
    good = s->of != NULL && s->drawn != NULL;
    for (size_t i = 0; i < n && good; i++) {
        s->of[i] = sl_keys_add(&seen, group[i]);
        good = s->of[i] != SL_TABLE_NONE;
    }
    s->n_group = seen.n;
    sl_keys_free(&seen);
    if (!good) {
        sl_resample_free(s);
        return sl_fail_nomem(err);
    }
    return SLANT_OK;
}

void sl_resample_next(struct sl_resample *s, uint32_t *times)
{
    memset(s->drawn, 0, s->n_group * sizeof *s->drawn);
    for (uint32_t g = 0; g < s->n_group; g++) {
        s->drawn[sl_rng_below(&s->rng, s->n_group)]++;
    }
    for (size_t i = 0; i < s->n; i++) {
        times[i] = s->drawn[s->of[i]];
    }
}

void sl_resample_free(struct sl_resample *s)
{
    free(s->of);
    free(s->drawn);
    memset(s, 0, sizeof *s);
}

void sl_percentiles(double *draw, size_t n, double *low, double *high)
{
    qsort(draw, n, sizeof *draw, sl_by_double);
    *low = draw[(size_t)(0.025 * (double)(n - 1) + 0.5)];
    *high = draw[(size_t)(0.975 * (double)(n - 1) + 0.5)];
}
