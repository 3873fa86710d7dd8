#include "train/curve.h"
#include "base/memory.h"
#include "train/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_SIZES = 4 };                 /* for a law of three numbers */
static const double least_explained = 0.8; /* R2 below which the law is no description */
static const double least_width = 0.002;   /* of an interval, so that no point decides alone */
static const double least_step = 1.1;      /* ratio of sizes, below which two are one */

struct computing {
    const struct sl_judged *gold;
    const struct sl_curve_draw *draw;
    size_t n_draw;
    unsigned n_bootstrap;
    struct sl_curve *out;
    size_t first[SL_CURVE_POINTS + 1]; /* a point's draws */
    double *sample;                    /* [headline][point][n_bootstrap] */
    uint32_t *times;
};

static double *samples(const struct computing *c, int f, size_t point)
{
    return c->sample + ((size_t)f * SL_CURVE_POINTS + point) * c->n_bootstrap;
}

/* Puts the draws of equal size together; a size that hardly passes the one before is left out. */
static void find_points(struct computing *c)
{
    struct sl_curve *out = c->out;
    for (size_t i = 0; i < c->n_draw;) {
        struct sl_curve_point p = {0};
        size_t next = i;
        while (next < c->n_draw && c->draw[next].point == c->draw[i].point) {
            p.n += c->draw[next++].n;
        }
        p.n_draw = (unsigned)(next - i);
        p.n /= p.n_draw;
        if (out->n > 0 && p.n < least_step * out->point[out->n - 1].n) {
            out->n--; /* the larger part stays: the last point is that of all rows */
        }
        c->first[out->n] = i;
        out->point[out->n++] = p;
        i = next;
    }
}

static void figures_of(const struct computing *c, size_t draw, double out[SL_N_LABEL_HEADLINE])
{
    struct sl_judged judged = *c->gold;
    judged.label = c->draw[draw].label;
    sl_label_headlines(&judged, c->times, out);
}

/* The mean over a point's draws; rng: over as many of them drawn again. */
static void point_figures(const struct computing *c, size_t point, struct sl_rng *rng,
                          double mean[SL_N_LABEL_HEADLINE])
{
    unsigned n = c->out->point[point].n_draw;
    double value[SL_CURVE_DRAWS][SL_N_LABEL_HEADLINE];
    memset(mean, 0, SL_N_LABEL_HEADLINE * sizeof *mean);
    for (unsigned d = 0; d < n; d++) {
        figures_of(c, c->first[point] + d, value[d]);
    }
    for (unsigned d = 0; d < n; d++) {
        unsigned pick = rng == NULL ? d : (unsigned)sl_rng_below(rng, n);
        for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
            mean[f] += value[pick][f] / n;
        }
    }
}

static enum slant_status draw_samples(struct computing *c, uint64_t seed, struct slant_error *err)
{
    struct sl_resample resample;
    struct sl_rng rng = {~seed};
    struct sl_curve *out = c->out;
    for (size_t i = 0; i < c->gold->n; i++) {
        c->times[i] = 1;
    }
    for (size_t p = 0; p < out->n; p++) {
        point_figures(c, p, NULL, out->point[p].figure);
    }
    SL_TRY(sl_resample_init(&resample, c->gold->group, c->gold->n, seed, err));
    for (unsigned b = 0; b < c->n_bootstrap; b++) {
        sl_resample_next(&resample, c->times);
        for (size_t p = 0; p < out->n; p++) {
            double mean[SL_N_LABEL_HEADLINE];
            point_figures(c, p, &rng, mean);
            for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
                samples(c, f, p)[b] = mean[f];
            }
        }
    }
    sl_resample_free(&resample);
    return SLANT_OK;
}

static double gain_of(const struct sl_power_law *law, double n_label)
{
    return sl_power_law_at(law, n_label + SL_CURVE_NEXT) - sl_power_law_at(law, n_label);
}

static const char *why_not(const struct sl_curve *c, int f, const struct sl_power_law *law)
{
    if (law->b <= 0) {
        return "the curve does not rise";
    }
    for (size_t p = 0; p < c->n; p++) {
        double fitted = sl_power_law_at(law, c->point[p].n);
        if (fitted < c->point[p].low[f] || fitted > c->point[p].high[f]) {
            return "the curve follows no power law";
        }
    }
    return law->r2 < least_explained    ? "the curve is too uneven for a power law"
           : sl_power_law_at_bound(law) ? "the best exponent is beyond those of learning curves"
                                        : NULL;
}

/* The law of a headline. gain[n_bootstrap] is scratch. */
static void foretell(const struct computing *c, int f, double *gain)
{
    struct sl_curve *out = c->out;
    struct sl_curve_next *next = &out->next[f];
    double n[SL_CURVE_POINTS];
    double figure[SL_CURVE_POINTS];
    double weight[SL_CURVE_POINTS];
    for (size_t p = 0; p < out->n; p++) {
        double width = fmax(out->point[p].high[f] - out->point[p].low[f], least_width);
        n[p] = out->point[p].n;
        figure[p] = out->point[p].figure[f];
        weight[p] = 1 / (width * width);
    }
    if (out->n < FEWEST_SIZES || !sl_power_law_fit(n, figure, weight, out->n, &next->law)) {
        next->why_not = "too few sizes; more groups of rows are needed";
        return;
    }
    next->why_not = why_not(out, f, &next->law);
    next->now = sl_power_law_at(&next->law, out->n_label);
    next->gain = gain_of(&next->law, out->n_label);
    for (unsigned b = 0; next->why_not == NULL && b < c->n_bootstrap; b++) {
        struct sl_power_law law;
        for (size_t p = 0; p < out->n; p++) {
            figure[p] = samples(c, f, p)[b];
        }
        (void)sl_power_law_fit(n, figure, weight, out->n, &law);
        gain[b] = gain_of(&law, out->n_label);
    }
    if (next->why_not == NULL) {
        sl_percentiles(gain, c->n_bootstrap, &next->low, &next->high);
    }
}

enum slant_status sl_curve_compute(const struct sl_judged *gold, const struct sl_curve_draw *draw,
                                   size_t n_draw, double n_label, unsigned n_bootstrap,
                                   uint64_t seed, struct sl_curve *out, struct slant_error *err)
{
    struct computing c = {gold, draw, n_draw, n_bootstrap, out, {0}, NULL, NULL};
    double *sorted = sl_array(n_bootstrap, sizeof *sorted);
    enum slant_status status;
    memset(out, 0, sizeof *out);
    out->n_label = n_label;
    c.times = sl_array(gold->n, sizeof *c.times);
    c.sample =
        sl_array((size_t)n_bootstrap * SL_CURVE_POINTS, SL_N_LABEL_HEADLINE * sizeof *c.sample);
    if (sorted == NULL || c.times == NULL || c.sample == NULL) {
        status = sl_fail_nomem(err);
        goto done;
    }
    find_points(&c);
    status = draw_samples(&c, seed, err);
    if (status != SLANT_OK) {
        goto done;
    }
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        for (size_t p = 0; p < out->n; p++) {
            struct sl_curve_point *point = &out->point[p];
            memcpy(sorted, samples(&c, f, p), n_bootstrap * sizeof *sorted);
            sl_percentiles(sorted, n_bootstrap, &point->low[f], &point->high[f]);
        }
        foretell(&c, f, sorted);
    }
done:
    free(sorted);
    free(c.times);
    free(c.sample);
    return status;
}
