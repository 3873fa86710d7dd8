#include "train/paired.h"
#include "base/memory.h"
#include "train/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double sl_mcnemar(uint64_t only_a, uint64_t only_b)
{
    uint64_t n = only_a + only_b;
    uint64_t fewer = only_a < only_b ? only_a : only_b;
    double choose = -(double)n * log(2.0); /* log of C(n, i) / 2^n */
    double sum = 0;
    for (uint64_t i = 0; i <= fewer; i++) {
        sum += exp(choose);
        choose += log((double)(n - i)) - log((double)(i + 1));
    }
    return fmin(1, 2 * sum);
}

static void count_right(const struct sl_judged *a, const struct sl_judged *b, struct sl_paired *out)
{
    for (size_t i = 0; i < a->n; i++) {
        bool right_a = a->label[i] == a->gold[i];
        bool right_b = b->label[i] == b->gold[i];
        out->both_right += right_a && right_b;
        out->only_a += right_a && !right_b;
        out->only_b += !right_a && right_b;
        out->both_wrong += !right_a && !right_b;
    }
    out->mcnemar_p = sl_mcnemar(out->only_a, out->only_b);
}

static double two_sided(const double *draw, unsigned n)
{
    unsigned at_most = 0;
    unsigned at_least = 0;
    for (unsigned i = 0; i < n; i++) {
        at_most += draw[i] <= 0;
        at_least += draw[i] >= 0;
    }
    return fmin(1, 2.0 * (1.0 + (at_most < at_least ? at_most : at_least)) / (1.0 + n));
}

enum slant_status sl_paired_compute(const struct sl_judged *a, const struct sl_judged *b,
                                    unsigned n_bootstrap, uint64_t seed, struct sl_paired *out,
                                    struct slant_error *err)
{
    struct sl_resample sample = {0};
    uint32_t *times = sl_array(a->n, sizeof *times);
    double *draw = sl_array((size_t)n_bootstrap * SL_N_LABEL_HEADLINE, sizeof *draw);
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (times == NULL || draw == NULL) {
        status = sl_fail_nomem(err);
        goto done;
    }
    if (a->n == 0 || a->n != b->n) {
        status = sl_fail(err, SLANT_ERR_DATA, 0, "no labelled row that both judge");
        goto done;
    }
    status = sl_resample_init(&sample, a->group, a->n, seed, err);
    if (status != SLANT_OK) {
        goto done;
    }
    for (size_t i = 0; i < a->n; i++) {
        times[i] = 1;
    }
    out->n = a->n;
    out->n_group = sample.n_group;
    out->smallest_p = fmin(1, 2.0 / (1.0 + n_bootstrap));
    count_right(a, b, out);
    sl_label_headlines(a, times, out->a);
    sl_label_headlines(b, times, out->b);
    for (unsigned s = 0; s < n_bootstrap; s++) {
        double of_a[SL_N_LABEL_HEADLINE];
        double of_b[SL_N_LABEL_HEADLINE];
        sl_resample_next(&sample, times);
        sl_label_headlines(a, times, of_a);
        sl_label_headlines(b, times, of_b);
        for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
            draw[(size_t)f * n_bootstrap + s] = of_b[f] - of_a[f];
        }
    }
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        double *one = draw + (size_t)f * n_bootstrap;
        out->difference[f] = out->b[f] - out->a[f];
        out->p[f] = two_sided(one, n_bootstrap);
        sl_percentiles(one, n_bootstrap, &out->low[f], &out->high[f]);
    }
done:
    sl_resample_free(&sample);
    free(times);
    free(draw);
    return status;
}

void sl_paired_difference_json(struct sl_json *j, const struct sl_paired *p)
{
    sl_json_open(j, '{');
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        sl_json_key(j, sl_headline_name[f]);
        sl_json_fixed(j, p->difference[f], 4);
    }
    if (p->n_group < SL_FEWEST_GROUPS) {
        sl_json_key(j, "ci");
        sl_json_raw(j, "null");
        sl_json_key(j, "p");
        sl_json_raw(j, "null");
        sl_json_close(j, '}');
        return;
    }
    sl_json_key(j, "ci");
    sl_json_open(j, '{');
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        sl_json_key(j, sl_headline_name[f]);
        sl_json_pair(j, p->low[f], p->high[f], 4);
    }
    sl_json_close(j, '}');
    sl_json_key(j, "p");
    sl_json_open(j, '{');
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        sl_json_key(j, sl_headline_name[f]);
        sl_json_fixed(j, p->p[f], 4);
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
}
