/** Learning curves: held-out figures against the number of labelled rows learned from. */
#ifndef SL_TRAIN_CURVE_H
#define SL_TRAIN_CURVE_H

#include "train/judged.h"
#include "train/power_law.h"

#define SL_CURVE_POINTS 5 /* 1/16, 1/8, 1/4, 1/2 and all of the rows outside a fold */
#define SL_CURVE_DRAWS 8  /* of the smallest part; fewer of larger ones, which differ less */
#define SL_CURVE_NEXT 200 /* labels whose worth is told */

/* One cross-validation whose folds learned from a part of the rows outside. */
struct sl_curve_draw {
    size_t point;          /* ascending over the draws */
    double n;              /* labelled rows of the head learned from, mean over the folds */
    const uint32_t *label; /* [rows judged] what it says */
};

struct sl_curve_point {
    double n;
    unsigned n_draw;
    double figure[SL_N_LABEL_HEADLINE]; /* mean over the draws */
    double low[SL_N_LABEL_HEADLINE], high[SL_N_LABEL_HEADLINE];
};

/* What a fitted law foretells of SL_CURVE_NEXT more labels. */
struct sl_curve_next {
    const char *why_not; /* NULL: it can be told */
    struct sl_power_law law;
    double now; /* with all labels there are */
    double gain, low, high;
};

struct sl_curve {
    struct sl_curve_point point[SL_CURVE_POINTS]; /* [n], n ascending */
    size_t n;
    double n_label; /* labelled rows there are */
    struct sl_curve_next next[SL_N_LABEL_HEADLINE];
};

/* The figures of draw[n_draw] on the rows of `gold` (its labels are not read). Intervals: 95 %,
 * percentile, samples of whole groups and, within a point, of its draws. A power law is fitted to the
 * points, each weighing 1 / (width of its interval)^2, and again to the points of each sample, which
 * gives the interval of the gain. It cannot be told from fewer than 4 sizes, nor where the curve does
 * not rise, nor where the law misses a point's interval or explains less than 0.8 of the variance, nor where
 * its exponent is at a bound, as where the first point alone lies lower.
 * Errors: NOMEM. */
enum slant_status sl_curve_compute(const struct sl_judged *gold, const struct sl_curve_draw *draw,
                                   size_t n_draw, double n_label, unsigned n_bootstrap,
                                   uint64_t seed, struct sl_curve *out, struct slant_error *err);

/* The curves of the judged heads, on the folds and with the settings of `nested`. A part holds whole
 * groups, the first in an order by hash(seed, name), until it has its share of the rows and at least
 * one row of each label; so the parts of one draw lie within each other. The last point is the
 * figure of `full` itself. Probabilities are calibrated as there. */
enum slant_status sl_curves_run(const struct sl_training *t, const struct sl_nested *nested,
                                const struct sl_judged_heads *full, unsigned n_bootstrap,
                                struct sl_curve *out, struct slant_error *err);

void sl_curve_text(struct sl_buf *b, const char *head, const struct sl_curve *c);
void sl_curve_json(struct sl_json *j, const struct sl_curve *c);

#endif
