/* The paper multiplies counts by the signed ratio, interpolates the weights after the fit, and takes no
 * root. The sign does not matter to a machine without constraints on its weights; interpolated scales
 * leave one fit, and roots keep rare features of one side from taking over. */
#include "train/ratio.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* Of machines on the same rows. */
struct counts {
    size_t n_machine;
    float *square;  /* [n_feature] sum of squared values */
    uint32_t *rows; /* [n_feature][n_machine + 1] rows of each label with the feature; last: all */
    float *value;   /* [n_feature] of the row at hand; zeros between rows */
    uint32_t *has;  /* [n_has] features of the row at hand */
    size_t n_has;
};

static void add_value(struct counts *c, uint32_t feature, float value)
{
    if (value == 0) {
        return;
    }
    if (c->value[feature] == 0) { /* values are above 0 */
        c->has[c->n_has++] = feature;
    }
    c->value[feature] += value;
}

static void read_row(const struct sl_problem *p, uint32_t row, struct counts *c)
{
    c->n_has = 0;
    for (size_t k = p->start[row]; k < p->start[row + 1]; k++) {
        add_value(c, p->term[k].at, p->term[k].value);
    }
    for (size_t b = p->n_bag == 0 ? 0 : p->bag_start[row];
         p->n_bag != 0 && b < p->bag_start[row + 1]; b++) {
        const size_t *member = p->member_start + p->bag[b].at;
        for (size_t k = member[0]; k < member[1]; k++) {
            add_value(c, p->member[k].at, p->member[k].value * p->bag[b].value);
        }
    }
}

static void count(const struct sl_problem *p, const struct sl_machine *m, struct counts *c)
{
    for (size_t i = 0; i < m->n; i++) {
        read_row(p, m->row[i], c);
        for (size_t h = 0; h < c->n_has; h++) {
            uint32_t f = c->has[h];
            uint32_t *rows = c->rows + f * (c->n_machine + 1);
            for (size_t k = 0; k < c->n_machine; k++) {
                rows[k] += m[k].sign[i] > 0;
            }
            rows[c->n_machine]++;
            c->square[f] += c->value[f] * c->value[f];
            c->value[f] = 0;
        }
    }
}

/* Sets the freedom of machine k. */
static void set_freedom(const struct sl_problem *p, const struct counts *c, double ratio, size_t k,
                        struct sl_machine *m, float *freedom)
{
    const double a = SL_RATIO_PRIOR;
    double n[2] = {0, 0}; /* rows of the others, of the label */
    double before = 0;
    double after = 0;
    double norm;
    for (size_t i = 0; i < m->n; i++) {
        n[m->sign[i] > 0]++;
    }
    for (uint32_t f = 0; f < p->n_feature; f++) {
        const uint32_t *rows = c->rows + f * (c->n_machine + 1);
        double has = (double)rows[k];
        double others = (double)rows[c->n_machine] - has;
        freedom[f] =
            (float)fabs(log((has + a) / (n[1] + 2 * a)) - log((others + a) / (n[0] + 2 * a)));
        before += (double)c->square[f];
        after += (double)c->square[f] * (double)freedom[f];
    }
    norm = after > 0 ? sqrt(after / before) : 1;
    for (uint32_t f = 0; f < p->n_feature; f++) {
        double scale = 1 - ratio + ratio * sqrt((double)freedom[f]) / norm;
        freedom[f] = (float)(scale * scale);
    }
    for (uint32_t d = 0; d < p->n_dense; d++) {
        freedom[p->n_feature + d] = 1;
    }
}

/* Machines [0, n) have the same rows. */
static enum slant_status free_together(const struct sl_problem *p, double ratio,
                                       struct sl_machine *m, size_t n, struct slant_error *err)
{
    size_t n_feature = p->n_feature;
    struct counts c = {.n_machine = n,
                       .square = sl_array_zero(n_feature, sizeof *c.square),
                       .rows = sl_array_zero(n_feature, (n + 1) * sizeof *c.rows),
                       .value = sl_array_zero(n_feature, sizeof *c.value),
                       .has = sl_array(n_feature, sizeof *c.has)};
    enum slant_status status = SLANT_OK;
    if (c.square == NULL || c.rows == NULL || c.value == NULL || c.has == NULL) {
        status = sl_fail_nomem(err);
    } else {
        count(p, m, &c);
    }
    for (size_t k = 0; k < n && status == SLANT_OK; k++) {
        float *freedom = sl_array(n_feature + p->n_dense, sizeof *freedom);
        if (freedom == NULL) {
            status = sl_fail_nomem(err);
        } else {
            set_freedom(p, &c, ratio, k, &m[k], freedom);
            m[k].freedom = freedom;
        }
    }
    free(c.square);
    free(c.rows);
    free(c.value);
    free(c.has);
    return status;
}

enum slant_status sl_ratio_freedom(const struct sl_problem *p, double ratio, struct sl_machine *m,
                                   size_t n, struct slant_error *err)
{
    for (size_t i = 0; i < n; i++) {
        m[i].freedom = NULL;
    }
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && sl_machines_alike(&m[i], &m[end])) {
            end++;
        }
        SL_TRY(free_together(p, ratio, m + i, end - i, err));
        i = end;
    }
    return SLANT_OK;
}
