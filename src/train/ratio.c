/* The paper multiplies counts by the signed ratio, interpolates the weights after the fit, and takes no
 * root. The sign does not matter to a machine without constraints on its weights; interpolated scales
 * leave one fit, and roots keep rare features of one side from taking over. */
#include "train/ratio.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 4, FEW = 256 };

typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

struct sum {
    float value;  /* of the row at hand; 0 between rows */
    float square; /* sum of the rows' values squared */
};

/* Of machines on the same rows. */
struct counts {
    size_t n_machine;
    size_t parts;    /* (n_machine + 1) / LANES, rounded up */
    struct sum *sum; /* [n_feature] */
    lanes *rows;     /* [n_feature][parts] rows with the feature: all, then of each label */
    lanes *row;      /* [parts] what the row at hand adds to those */
    uint32_t *has;   /* [n_has] its features; there is room for one more than all */
    size_t n_has;
};

/* How large a part of a label's rows, or of the others, has a feature. */
struct side {
    double n;        /* rows */
    double alone;    /* sum of the rows' squares of what stands alone */
    double few[FEW]; /* the logarithm, where so many rows have it: most features have few */
};

/* No branch, which would be guessed wrongly as often as not. */
static void add_value(struct counts *c, uint32_t feature, float value)
{
    float *sum = &c->sum[feature].value;
    c->has[c->n_has] = feature;
    c->n_has += (*sum == 0) & (value != 0); /* values are not below 0 */
    *sum += value;
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

/* Fetches what the machines' row i will read, which lies anywhere, and where to look for more. */
static void fetch_row(const struct sl_problem *p, const struct sl_machine *m, size_t i,
                      const struct counts *c)
{
    enum { LINE = 64 / sizeof(struct sl_term) };
    uint32_t row = m->row[i < m->n ? i : m->n - 1];
    uint32_t next = m->row[i + 1 < m->n ? i + 1 : m->n - 1];
    for (size_t k = p->start[row]; k < p->start[row + 1]; k++) {
        __builtin_prefetch(&c->sum[p->term[k].at]);
        __builtin_prefetch(c->rows + p->term[k].at * c->parts);
    }
    for (size_t b = p->n_bag == 0 ? 0 : p->bag_start[row];
         p->n_bag != 0 && b < p->bag_start[row + 1]; b++) {
        const size_t *member = p->member_start + p->bag[b].at;
        for (size_t k = member[0]; k < member[1]; k += LINE) {
            __builtin_prefetch(p->member + k);
        }
    }
    for (size_t b = p->n_bag == 0 ? 0 : p->bag_start[next];
         p->n_bag != 0 && b < p->bag_start[next + 1]; b++) {
        __builtin_prefetch(p->member_start + p->bag[b].at);
    }
}

static void count_row(struct counts *c)
{
    enum { AHEAD = 16 };
    for (size_t i = 0; i < c->n_has; i++) {
        struct sum *sum = &c->sum[c->has[i]];
        lanes *rows = c->rows + c->has[i] * c->parts;
        if (i + AHEAD < c->n_has) {
            __builtin_prefetch(c->rows + c->has[i + AHEAD] * c->parts);
        }
        for (size_t k = 0; k < c->parts; k++) {
            rows[k] += c->row[k];
        }
        sum->square += sum->value * sum->value;
        sum->value = 0;
    }
}

static void count(const struct sl_problem *p, const struct sl_machine *m, struct counts *c)
{
    uint32_t *row = (uint32_t *)c->row;
    row[0] = 1;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t k = 0; k < c->n_machine; k++) {
            row[1 + k] = m[k].sign[i] > 0;
        }
        read_row(p, m->row[i], c);
        fetch_row(p, m, i + 1, c);
        count_row(c);
    }
}

static double log_part(const struct side *s, uint32_t has)
{
    return log(((double)has + SL_RATIO_PRIOR) / (s->n + 2 * SL_RATIO_PRIOR));
}

static double known_part(const struct side *s, uint32_t has)
{
    return has < FEW ? s->few[has] : log_part(s, has);
}

/* side: the others, the label. */
static void sides_fill(const struct sl_problem *p, const struct sl_machine *m, struct side *side)
{
    memset(side, 0, 2 * sizeof *side);
    for (size_t i = 0; i < m->n; i++) {
        struct side *s = &side[m->sign[i] > 0];
        s->n++;
        s->alone += p->alone == NULL ? 0 : (double)p->alone[m->row[i]];
    }
    for (int label = 0; label < 2; label++) {
        for (uint32_t has = 0; has < FEW; has++) {
            side[label].few[has] = log_part(&side[label], has);
        }
    }
}

/* r of a feature that so many rows of the others and of the label have. */
static float difference(const struct side *side, uint32_t others, uint32_t label)
{
    return (float)fabs(known_part(&side[1], label) - known_part(&side[0], others));
}

static float freedom_of(float r, double ratio, double norm)
{
    double scale = 1 - ratio + ratio * sqrt((double)r) / norm;
    return (float)(scale * scale);
}

/* Sets those of machine k of the counts, m. */
static void set_freedom(const struct sl_problem *p, const struct counts *c, const struct side *side,
                        double ratio, size_t k, struct sl_machine *m, float *freedom)
{
    float alone[2] = {difference(side, 1, 0), difference(side, 0, 1)};
    double before = side[0].alone + side[1].alone;
    double after = side[0].alone * (double)alone[0] + side[1].alone * (double)alone[1];
    double norm;
    for (uint32_t f = 0; f < p->n_feature; f++) {
        const uint32_t *rows = (const uint32_t *)(c->rows + f * c->parts);
        uint32_t has = rows[1 + k];
        double square = (double)c->sum[f].square;
        freedom[f] = difference(side, rows[0] - has, has);
        before += square;
        after += square * (double)freedom[f];
    }
    norm = after > 0 ? sqrt(after / before) : 1;
    for (uint32_t f = 0; f < p->n_feature; f++) {
        freedom[f] = freedom_of(freedom[f], ratio, norm);
    }
    for (uint32_t d = 0; d < p->n_dense; d++) {
        freedom[p->n_feature + d] = 1;
    }
    for (int label = 0; label < 2; label++) {
        m->alone_freedom[label] = freedom_of(alone[label], ratio, norm);
    }
    m->freedom = freedom;
}

static bool counts_room(struct counts *c, size_t n_feature)
{
    size_t sums = n_feature * sizeof *c->sum; /* less than rows */
    size_t rows;
    if (__builtin_mul_overflow(n_feature, c->parts * sizeof *c->rows, &rows)) {
        return false;
    }
    c->sum = sl_large(sums);
    c->rows = sl_large(rows);
    c->row = sl_large(c->parts * sizeof *c->row);
    c->has = sl_array(n_feature + 1, sizeof *c->has);
    if (c->sum == NULL || c->rows == NULL || c->row == NULL || c->has == NULL) {
        return false;
    }
    memset(c->sum, 0, sums);
    memset(c->rows, 0, rows);
    memset(c->row, 0, c->parts * sizeof *c->row);
    return true;
}

static void counts_free(struct counts *c)
{
    free(c->sum);
    free(c->rows);
    free(c->row);
    free(c->has);
}

/* Machines [0, n) have the same rows. */
static enum slant_status free_together(const struct sl_problem *p, double ratio,
                                       struct sl_machine *m, size_t n, struct slant_error *err)
{
    struct counts c = {.n_machine = n, .parts = (n + LANES) / LANES};
    struct side *side = sl_array(2, sizeof *side);
    enum slant_status status = SLANT_OK;
    if (side == NULL || !counts_room(&c, p->n_feature)) {
        status = sl_fail_nomem(err);
    } else {
        count(p, m, &c);
    }
    for (size_t k = 0; k < n && status == SLANT_OK; k++) {
        float *freedom = sl_large(((size_t)p->n_feature + p->n_dense) * sizeof *freedom);
        if (freedom == NULL) {
            status = sl_fail_nomem(err);
        } else {
            sides_fill(p, &m[k], side);
            set_freedom(p, &c, side, ratio, k, &m[k], freedom);
        }
    }
    free(side);
    counts_free(&c);
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
