#include "train/metrics.h"
#include "base/memory.h"
#include "train/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sl_headline_name[SL_N_HEADLINE] = {"accuracy", "macro_f1", "f_avg", "ece"};

enum { BINS = 10 };

struct work {
    const struct sl_judged *d;
    uint32_t *by_confidence; /* [n] rows, least sure first */
    uint32_t *times;         /* [n] how often a row is drawn */
};

static bool counts_in_f_avg(const char *name)
{
    return strcmp(name, "none") != 0 && strcmp(name, "neutral") != 0;
}

static void confusion(const struct sl_judged *d, const uint32_t *times,
                      uint64_t c[SLANT_MAX_LABEL][SLANT_MAX_LABEL])
{
    memset(c, 0, SLANT_MAX_LABEL * sizeof *c);
    for (size_t i = 0; i < d->n; i++) {
        c[d->gold[i]][d->label[i]] += times[i];
    }
}

static void label_figures(uint64_t c[SLANT_MAX_LABEL][SLANT_MAX_LABEL], uint32_t n_label,
                          struct sl_label_figures *out)
{
    for (uint32_t k = 0; k < n_label; k++) {
        uint64_t gold = 0;
        uint64_t said = 0;
        for (uint32_t j = 0; j < n_label; j++) {
            gold += c[k][j];
            said += c[j][k];
        }
        out[k].n = gold;
        out[k].precision = said > 0 ? (double)c[k][k] / (double)said : 0;
        out[k].recall = gold > 0 ? (double)c[k][k] / (double)gold : 0;
        out[k].f1 = gold + said > 0 ? 2 * (double)c[k][k] / (double)(gold + said) : 0;
    }
}

static double ece(const struct work *w)
{
    const struct sl_judged *d = w->d;
    uint64_t total = 0;
    uint64_t before = 0;
    double gap[BINS] = {0}; /* right minus promised */
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        total += w->times[i];
    }
    for (size_t i = 0; i < d->n && total > 0; i++) {
        uint32_t r = w->by_confidence[i];
        double confidence = d->prob[(size_t)r * d->n_label + d->label[r]];
        double right = d->gold[r] == d->label[r];
        for (uint32_t t = 0; t < w->times[r]; t++, before++) {
            gap[before * BINS / total] += right - confidence;
        }
    }
    for (int b = 0; b < BINS; b++) {
        sum += fabs(gap[b]);
    }
    return total > 0 ? sum / (double)total : 0;
}

void sl_label_headlines(const struct sl_judged *d, const uint32_t *times,
                        double out[SL_N_LABEL_HEADLINE])
{
    uint64_t c[SLANT_MAX_LABEL][SLANT_MAX_LABEL];
    struct sl_label_figures label[SLANT_MAX_LABEL];
    uint64_t total = 0;
    uint64_t right = 0;
    double sum[2] = {0};
    double n[2] = {0};
    confusion(d, times, c);
    label_figures(c, d->n_label, label);
    for (uint32_t k = 0; k < d->n_label; k++) {
        total += label[k].n;
        right += c[k][k];
        if (label[k].n > 0) {
            bool side = counts_in_f_avg(d->label_name[k]);
            sum[0] += label[k].f1;
            n[0]++;
            sum[1] += side ? label[k].f1 : 0;
            n[1] += side;
        }
    }
    out[SL_ACCURACY] = total > 0 ? (double)right / (double)total : 0;
    out[SL_MACRO_F1] = n[0] > 0 ? sum[0] / n[0] : 0;
    out[SL_F_AVG] = n[1] > 0 ? sum[1] / n[1] : 0;
}

static void headlines(const struct work *w, double out[SL_N_HEADLINE])
{
    sl_label_headlines(w->d, w->times, out);
    out[SL_ECE] = ece(w);
}

struct sure {
    double confidence;
    uint32_t row;
};

static int by_sure(const void *a, const void *b)
{
    const struct sure *x = a;
    const struct sure *y = b;
    if (x->confidence != y->confidence) {
        return x->confidence < y->confidence ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool order_by_confidence(struct work *w)
{
    struct sure *s = sl_array(w->d->n, sizeof *s);
    if (s == NULL) {
        return false;
    }
    for (size_t i = 0; i < w->d->n; i++) {
        s[i] = (struct sure){w->d->prob[i * w->d->n_label + w->d->label[i]], (uint32_t)i};
    }
    qsort(s, w->d->n, sizeof *s, by_sure);
    for (size_t i = 0; i < w->d->n; i++) {
        w->by_confidence[i] = s[i].row;
    }
    free(s);
    return true;
}

static enum slant_status bootstrap(struct work *w, unsigned n_draw, uint64_t seed,
                                   struct sl_figures *out, struct slant_error *err)
{
    struct sl_resample sample;
    double *draw = sl_array((size_t)n_draw * SL_N_HEADLINE, sizeof *draw);
    enum slant_status status;
    if (draw == NULL) {
        return sl_fail_nomem(err);
    }
    status = sl_resample_init(&sample, w->d->group, w->d->n, seed, err);
    if (status != SLANT_OK) {
        free(draw);
        return status;
    }
    out->n_group = sample.n_group;
    for (unsigned b = 0; b < n_draw; b++) {
        double value[SL_N_HEADLINE];
        sl_resample_next(&sample, w->times);
        headlines(w, value);
        for (int f = 0; f < SL_N_HEADLINE; f++) {
            draw[(size_t)f * n_draw + b] = value[f];
        }
    }
    for (int f = 0; f < SL_N_HEADLINE; f++) {
        double low;
        double high;
        sl_percentiles(draw + (size_t)f * n_draw, n_draw, &low, &high);
        if (f == SL_ECE) { /* basic: as the draws lean from the figure, so it from the truth */
            const double mirrored = 2 * out->headline[f] - high;
            high = 2 * out->headline[f] - low;
            low = fmax(mirrored, 0);
        }
        /* the figure itself stays inside */
        out->low[f] = fmin(low, out->headline[f]);
        out->high[f] = fmax(high, out->headline[f]);
    }
    sl_resample_free(&sample);
    free(draw);
    return SLANT_OK;
}

static void majority(struct sl_figures *f)
{
    uint64_t most = 0;
    uint32_t present = 0;
    for (uint32_t k = 0; k < f->n_label; k++) {
        most = f->label[k].n > most ? f->label[k].n : most;
        present += f->label[k].n > 0;
    }
    f->majority_accuracy = (double)most / (double)f->n;
    f->majority_macro_f1 = 2.0 * (double)most / (double)(most + f->n) / present;
}

enum slant_status sl_figures_compute(const struct sl_judged *judged, unsigned n_bootstrap,
                                     uint64_t seed, struct sl_figures *out, struct slant_error *err)
{
    struct work w = {judged, NULL, NULL};
    enum slant_status status;
    memset(out, 0, sizeof *out);
    out->n = judged->n;
    out->n_label = judged->n_label;
    if (judged->n == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0, "no labelled row to evaluate");
    }
    w.by_confidence = sl_array(judged->n, sizeof *w.by_confidence);
    w.times = sl_array(judged->n, sizeof *w.times);
    if (w.by_confidence == NULL || w.times == NULL || !order_by_confidence(&w)) {
        status = sl_fail_nomem(err);
    } else {
        for (size_t i = 0; i < judged->n; i++) {
            double p = judged->prob[i * judged->n_label + judged->gold[i]];
            w.times[i] = 1;
            out->log_loss -= log(p > 1e-12 ? p : 1e-12) / (double)judged->n;
        }
        confusion(judged, w.times, out->confusion);
        label_figures(out->confusion, out->n_label, out->label);
        headlines(&w, out->headline);
        majority(out);
        status = bootstrap(&w, n_bootstrap, seed, out, err);
    }
    free(w.by_confidence);
    free(w.times);
    return status;
}

void sl_headlines_json(struct sl_json *j, const struct sl_figures *f)
{
    for (int i = 0; i < SL_N_HEADLINE; i++) {
        sl_json_key(j, sl_headline_name[i]);
        sl_json_fixed(j, f->headline[i], 4);
    }
    sl_json_key(j, "log_loss");
    sl_json_fixed(j, f->log_loss, 4);
    sl_json_key(j, "ci");
    if (f->n_group < SL_FEWEST_GROUPS) {
        sl_json_raw(j, "null");
        return;
    }
    sl_json_open(j, '{');
    for (int i = 0; i < SL_N_HEADLINE; i++) {
        sl_json_key(j, sl_headline_name[i]);
        sl_json_pair(j, f->low[i], f->high[i], 4);
    }
    sl_json_close(j, '}');
}

void sl_figures_members(struct sl_json *j, const struct sl_figures *f,
                        const char *const *label_name)
{
    sl_json_key(j, "n");
    sl_json_uint(j, f->n);
    sl_json_key(j, "groups");
    sl_json_uint(j, f->n_group);
    sl_headlines_json(j, f);
    sl_json_key(j, "majority");
    sl_json_open(j, '{');
    sl_json_key(j, "accuracy");
    sl_json_fixed(j, f->majority_accuracy, 4);
    sl_json_key(j, "macro_f1");
    sl_json_fixed(j, f->majority_macro_f1, 4);
    sl_json_close(j, '}');
    sl_json_key(j, "per_class");
    sl_json_open(j, '{');
    for (uint32_t k = 0; k < f->n_label; k++) {
        sl_json_key(j, label_name[k]);
        sl_json_open(j, '{');
        sl_json_key(j, "precision");
        sl_json_fixed(j, f->label[k].precision, 4);
        sl_json_key(j, "recall");
        sl_json_fixed(j, f->label[k].recall, 4);
        sl_json_key(j, "f1");
        sl_json_fixed(j, f->label[k].f1, 4);
        sl_json_key(j, "n");
        sl_json_uint(j, f->label[k].n);
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
    sl_json_key(j, "confusion"); /* {gold: {label: n}} */
    sl_json_open(j, '{');
    for (uint32_t g = 0; g < f->n_label; g++) {
        sl_json_key(j, label_name[g]);
        sl_json_open(j, '{');
        for (uint32_t k = 0; k < f->n_label; k++) {
            sl_json_key(j, label_name[k]);
            sl_json_uint(j, f->confusion[g][k]);
        }
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
}

void sl_figures_json(struct sl_json *j, const struct sl_figures *f, const char *const *label_name)
{
    sl_json_open(j, '{');
    sl_figures_members(j, f, label_name);
    sl_json_close(j, '}');
}
