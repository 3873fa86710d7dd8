/* The paper multiplies counts by the signed ratio, interpolates the weights after the fit, and takes no
 * root. The sign does not matter to a machine without constraints on its weights; interpolated scales
 * leave one fit, and roots keep rare features of one side from taking over. */
#include "train/ratio.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

struct counts {
    double *rows[2]; /* [n_feature] rows with the feature: of the others, of the label */
    double *square;  /* [n_feature] sum of squared values */
    double n[2];
};

static void count(const struct sl_problem *p, const struct sl_machine *m, struct counts *c)
{
    for (size_t i = 0; i < m->n; i++) {
        int side = m->sign[i] > 0;
        c->n[side]++;
        for (size_t k = p->start[m->row[i]]; k < p->start[m->row[i] + 1]; k++) {
            c->rows[side][p->index[k]]++;
            c->square[p->index[k]] += p->value[k] * p->value[k];
        }
    }
}

static double ratio_of(const struct counts *c, uint32_t feature)
{
    double part[2];
    for (int side = 0; side < 2; side++) {
        part[side] =
            log((c->rows[side][feature] + SL_RATIO_PRIOR) / (c->n[side] + 2 * SL_RATIO_PRIOR));
    }
    return fabs(part[1] - part[0]);
}

static void set_freedom(const struct sl_problem *p, const struct counts *c, double ratio,
                        double *freedom)
{
    double before = 0;
    double after = 0;
    double norm;
    for (uint32_t f = 0; f < p->n_feature; f++) {
        freedom[f] = ratio_of(c, f);
        before += c->square[f];
        after += c->square[f] * freedom[f];
    }
    norm = after > 0 ? sqrt(after / before) : 1;
    for (uint32_t f = 0; f < p->n_feature; f++) {
        double scale = 1 - ratio + ratio * sqrt(freedom[f]) / norm;
        freedom[f] = scale * scale;
    }
    for (uint32_t d = 0; d < p->n_dense; d++) {
        freedom[p->n_feature + d] = 1;
    }
}

enum slant_status sl_ratio_freedom(const struct sl_problem *p, double ratio, struct sl_machine *m,
                                   struct slant_error *err)
{
    struct counts c = {.rows = {sl_array_zero(p->n_feature, sizeof *c.rows[0]),
                                sl_array_zero(p->n_feature, sizeof *c.rows[1])},
                       .square = sl_array_zero(p->n_feature, sizeof *c.square)};
    double *freedom = sl_array((size_t)p->n_feature + p->n_dense, sizeof *freedom);
    enum slant_status status = SLANT_OK;
    m->freedom = freedom;
    if (c.rows[0] == NULL || c.rows[1] == NULL || c.square == NULL || freedom == NULL) {
        status = sl_fail_nomem(err);
    } else {
        count(p, m, &c);
        set_freedom(p, &c, ratio, freedom);
    }
    free(c.rows[0]);
    free(c.rows[1]);
    free(c.square);
    return status;
}
