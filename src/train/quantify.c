#include "train/quantify.h"
#include "base/memory.h"
#include "base/plain.h"
#include "base/rng.h"
#include "judge/quantify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sl_shift_name[SL_N_SHIFT] = {"any", "none", "mild"};
const char *const sl_estimator_name[SL_N_ESTIMATOR] = {"count", "mean", "corrected"};

enum { LARGEST = 200 };

/* The verdicts' rows by label, their probabilities in ten-thousandths as scoring has them. */
struct pool {
    uint32_t n_label;
    const uint32_t *verdict;
    uint16_t *prob; /* [n][n_label] */
    size_t *row;    /* [n] by label */
    size_t begin[SL_QUANTIFY_LABELS + 1];
    double share[SL_QUANTIFY_LABELS];
};

static double uniform(struct sl_rng *rng) /* in (0, 1] */
{
    return ((double)(sl_rng_next(rng) >> 11) + 1) / 9007199254740992.0;
}

/* Even over the simplex: exponentials over their sum. */
static void random_point(struct sl_rng *rng, uint32_t n_label, double *q)
{
    double sum = 0;
    for (uint32_t k = 0; k < n_label; k++) {
        q[k] = -log(uniform(rng));
        sum += q[k];
    }
    for (uint32_t k = 0; k < n_label; k++) {
        q[k] /= sum;
    }
}

static void draw_shares(const struct pool *p, enum sl_shift shift, struct sl_rng *rng, double *q)
{
    random_point(rng, p->n_label, q);
    for (uint32_t k = 0; k < p->n_label; k++) {
        double weight = shift == SL_SHIFT_ANY ? 1 : shift == SL_SHIFT_MILD ? 0.25 : 0;
        q[k] = weight * q[k] + (1 - weight) * p->share[k];
    }
}

static uint32_t draw_label(const double *q, uint32_t n_label, struct sl_rng *rng)
{
    double u = uniform(rng);
    uint32_t k = 0;
    while (k + 1 < n_label && u > q[k]) {
        u -= q[k++];
    }
    return k;
}

/* One collection: adds to the errors and the coverage. */
static bool try_one(const struct pool *p, enum sl_shift shift, uint32_t n, struct sl_rng *rng,
                    struct sl_quantify *m, struct sl_shift_figures *out)
{
    double q[SL_QUANTIFY_LABELS];
    double truth[SL_QUANTIFY_LABELS] = {0};
    double share[SL_N_ESTIMATOR][SL_QUANTIFY_LABELS] = {{0}};
    struct sl_quantity corrected;
    draw_shares(p, shift, rng, q);
    sl_quantify_reset(m);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t gold = draw_label(q, p->n_label, rng);
        size_t row =
            p->row[p->begin[gold] + sl_rng_below(rng, p->begin[gold + 1] - p->begin[gold])];
        const uint16_t *prob = p->prob + row * p->n_label;
        truth[gold] += 1.0 / n;
        share[SL_BY_COUNT][p->verdict[row]] += 1.0 / n;
        for (uint32_t k = 0; k < p->n_label; k++) {
            share[SL_BY_MEAN][k] += prob[k] / 10000.0 / n;
        }
        sl_quantify_add(m, prob, 1, p->n_label);
    }
    if (!sl_quantify_estimate(m, 1, &corrected)) {
        return false;
    }
    memcpy(share[SL_BY_CORRECTION], corrected.share, sizeof corrected.share);
    for (uint32_t k = 0; k < p->n_label; k++) {
        for (int e = 0; e < SL_N_ESTIMATOR; e++) {
            out->error[e] += fabs(share[e][k] - truth[k]) / p->n_label;
        }
        out->coverage +=
            (corrected.low[k] <= q[k] && q[k] <= corrected.high[k]) / (double)p->n_label;
    }
    out->n++;
    return true;
}

static bool fill_pool(const struct sl_verdicts *v, uint32_t n_label, struct pool *p)
{
    size_t n = 0;
    p->n_label = n_label;
    p->verdict = v->label;
    p->prob = sl_array(v->n, n_label * sizeof *p->prob);
    p->row = sl_array(v->n, sizeof *p->row);
    if (p->prob == NULL || p->row == NULL) {
        return false;
    }
    for (size_t i = 0; i < v->n * n_label; i++) {
        p->prob[i] = (uint16_t)lround(v->prob[i] * 10000);
    }
    for (uint32_t k = 0; k < n_label; k++) {
        p->begin[k] = n;
        for (size_t i = 0; i < v->n; i++) {
            if (v->gold[i] == k) {
                p->row[n++] = i;
            }
        }
        p->share[k] = (double)(n - p->begin[k]) / (double)v->n;
    }
    p->begin[n_label] = n;
    return true;
}

enum slant_status sl_shift_figures(const struct sl_verdicts *v, uint32_t n_label,
                                   const double *prior, uint32_t n, uint64_t seed, bool *possible,
                                   struct sl_shift_figures out[SL_N_SHIFT], struct slant_error *err)
{
    static const uint32_t size[] = {50, 100, LARGEST};
    struct pool p = {0};
    struct sl_quantify *m = NULL;
    struct sl_rng rng = {seed};
    bool ok = true;
    memset(out, 0, SL_N_SHIFT * sizeof *out);
    *possible = n_label >= 2 && n_label <= SL_QUANTIFY_LABELS && v->n > 0;
    if (*possible) {
        m = sl_quantify_new(n_label, prior);
        ok = m != NULL && fill_pool(v, n_label, &p);
    }
    for (uint32_t k = 0; *possible && ok && k < n_label; k++) {
        *possible = p.begin[k + 1] > p.begin[k] && prior[k] > 0;
    }
    for (int shift = 0; *possible && ok && shift < SL_N_SHIFT; shift++) {
        for (uint32_t i = 0; ok && i < n; i++) {
            ok = try_one(&p, (enum sl_shift)shift, size[i % 3], &rng, m, &out[shift]);
        }
        for (int e = 0; e < SL_N_ESTIMATOR; e++) {
            out[shift].error[e] /= n;
        }
        out[shift].coverage /= n;
    }
    free(p.prob);
    free(p.row);
    sl_quantify_free(m);
    return ok ? SLANT_OK : sl_fail_nomem(err);
}

/* ---- shown ---- */

static void put_text(struct sl_buf *b, const char *head, const struct sl_shift_figures *f)
{
    static const char *const what[SL_N_SHIFT] = {"any shares", "as in the data", "mild shift"};
    sl_buf_text(b, head);
    sl_buf_text(
        b, ": shares of collections of 50 to 200 sentences, mean absolute error\n"
           "    shift            count    mean  corrected  corrected/count  coverage of 95 %\n");
    for (int s = 0; s < SL_N_SHIFT; s++) {
        sl_buf_text(b, "    ");
        sl_plain_padded(b, what[s], 15);
        for (int e = 0; e < SL_N_ESTIMATOR; e++) {
            sl_buf_text(b, e == SL_BY_CORRECTION ? "      " : "   ");
            sl_buf_fixed(b, f[s].error[e], 3);
        }
        sl_buf_text(b, "             ");
        if (f[s].error[SL_BY_COUNT] > 0) {
            sl_buf_fixed(b, f[s].error[SL_BY_CORRECTION] / f[s].error[SL_BY_COUNT], 2);
        } else {
            sl_buf_text(b, "   -");
        }
        sl_buf_text(b, "            ");
        sl_buf_fixed(b, 100 * f[s].coverage, 1);
        sl_buf_text(b, " %\n");
    }
    sl_buf_byte(b, '\n');
}

static void put_json(struct sl_json *j, const struct sl_shift_figures *f)
{
    sl_json_open(j, '{');
    for (int s = 0; s < SL_N_SHIFT; s++) {
        sl_json_key(j, sl_shift_name[s]);
        sl_json_open(j, '{');
        sl_json_key(j, "collections");
        sl_json_uint(j, f[s].n);
        for (int e = 0; e < SL_N_ESTIMATOR; e++) {
            sl_json_key(j, sl_estimator_name[e]);
            sl_json_fixed(j, f[s].error[e], 6);
        }
        sl_json_key(j, "coverage");
        sl_json_fixed(j, f[s].coverage, 6);
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
}

enum slant_status sl_shift_report(const struct sl_verdicts *v, const char *head, uint32_t n_label,
                                  const double *prior, struct sl_buf *b, struct sl_json *json,
                                  struct slant_error *err)
{
    struct sl_shift_figures figures[SL_N_SHIFT];
    double own[SLANT_MAX_LABEL] = {0};
    double implied[SLANT_MAX_LABEL] = {0};
    bool possible = true;
    for (size_t i = 0; i < v->n; i++) {
        own[v->gold[i]] += 1.0 / (double)v->n;
    }
    for (uint32_t k = 0; k < n_label; k++) {
        possible = possible && own[k] > 0;
    }
    if (possible && prior == NULL) {
        sl_implied_prior(v->prob, NULL, v->n, n_label, own, implied);
        prior = implied;
    }
    SL_TRY(
        sl_shift_figures(v, n_label, prior == NULL ? own : prior, 300, 1, &possible, figures, err));
    if (json != NULL) {
        sl_json_key(json, head);
        if (possible) {
            put_json(json, figures);
        } else {
            sl_json_raw(json, "null");
        }
    } else if (possible) {
        put_text(b, head, figures);
    } else {
        sl_buf_text(b, head);
        sl_buf_text(b, ": shares are corrected for heads of 2 or 3 labels, each with a row\n\n");
    }
    return SLANT_OK;
}
