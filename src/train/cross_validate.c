#include "train/cross_validate.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "train/folds.h"

#include <stdlib.h>
#include <string.h>

struct cv {
    const struct sl_rows *rows;
    const struct sl_features *features;
    const struct sl_heads *heads;
    const struct sl_settings *settings;
    const struct sl_cv_options *opt;
    struct sl_held_out *out;
};

static enum slant_status run_fold(void *user, size_t i, struct slant_error *err)
{
    const struct cv *cv = user;
    struct sl_settings settings = *cv->settings;
    struct sl_fit fit;
    enum slant_status status;
    size_t n = cv->rows->n;
    bool *in = sl_array(n, sizeof *in);
    if (in == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; r < n; r++) {
        in[r] = cv->out->fold[r] != i && cv->out->fold[r] != SL_NO_FOLD &&
                sl_row_labelled(&cv->rows->row[r]);
    }
    status =
        cv->opt->setup == NULL ? SLANT_OK : cv->opt->setup(cv->opt->user, i, in, &settings, err);
    if (status == SLANT_OK) {
        status = sl_fit(cv->rows, cv->features, cv->heads, in, &settings, &fit, err);
    }
    if (status == SLANT_OK) {
        for (size_t r = 0; r < n; r++) {
            if (cv->out->fold[r] == i) {
                sl_fit_margins(&fit, cv->features, r, cv->out->margin + r * cv->heads->n_column);
            }
        }
        sl_fit_free(&fit);
    }
    free(in);
    return status;
}

enum slant_status sl_cross_validate(const struct sl_rows *rows, const struct sl_features *features,
                                    const struct sl_heads *heads,
                                    const struct sl_settings *settings,
                                    const struct sl_cv_options *opt, struct sl_held_out *out,
                                    struct slant_error *err)
{
    struct cv cv = {rows, features, heads, settings, opt, out};
    enum slant_status status;
    memset(out, 0, sizeof *out);
    out->n_fold = opt->n_fold;
    out->margin = sl_array_zero(rows->n * heads->n_column, sizeof *out->margin);
    out->fold = sl_array(rows->n, sizeof *out->fold);
    if (out->margin == NULL || out->fold == NULL) {
        status = sl_fail_nomem(err);
    } else if (opt->fold != NULL) {
        memcpy(out->fold, opt->fold, rows->n * sizeof *out->fold);
        status = SLANT_OK;
    } else {
        status = sl_folds_deal(rows, opt->n_fold, settings->seed, out->fold, &out->n_joined, err);
    }
    for (size_t r = 0; status == SLANT_OK && out->fold != NULL && opt->in != NULL && r < rows->n;
         r++) {
        out->fold[r] = opt->in[r] ? out->fold[r] : SL_NO_FOLD;
    }
    if (status == SLANT_OK) {
        status = sl_parallel(opt->n_thread, opt->n_fold, run_fold, &cv, err);
    }
    if (status != SLANT_OK) {
        sl_held_out_free(out);
    }
    return status;
}

void sl_held_out_free(struct sl_held_out *h)
{
    free(h->margin);
    free(h->fold);
    memset(h, 0, sizeof *h);
}

enum slant_status sl_held_out_calibrate(const struct sl_held_out *h, const struct sl_rows *rows,
                                        const struct sl_heads *heads, size_t i,
                                        uint32_t fold_left_out, struct sl_calibration *out,
                                        struct slant_error *err)
{
    size_t head = heads->of_rows[i];
    uint32_t n_label = rows->n_label[head];
    double *margin = sl_array(rows->n * n_label, sizeof *margin);
    uint32_t *label = sl_array(rows->n, sizeof *label);
    double *weight = sl_array(rows->n, sizeof *weight);
    size_t n = 0;
    enum slant_status status;
    if (margin == NULL || label == NULL || weight == NULL) {
        status = sl_fail_nomem(err);
    } else {
        for (size_t r = 0; r < rows->n; r++) {
            if (sl_head_learns(heads, i, &rows->row[r]) && h->fold[r] != SL_NO_FOLD &&
                h->fold[r] != fold_left_out) {
                memcpy(margin + n * n_label, h->margin + r * heads->n_column + heads->column[i],
                       n_label * sizeof *margin);
                label[n] = rows->row[r].label[head];
                weight[n++] = rows->row[r].weight > 0 ? 1 : 0; /* of the rows as they come */
            }
        }
        status = sl_calibrate(margin, label, weight, n, n_label, SL_SHIFT_PULL, out, err);
    }
    free(margin);
    free(label);
    free(weight);
    return status;
}

bool sl_verdicts_room(struct sl_verdicts *v, size_t n, uint32_t n_label)
{
    memset(v, 0, sizeof *v);
    v->gold = sl_array(n, sizeof *v->gold);
    v->label = sl_array(n, sizeof *v->label);
    v->group = sl_array(n, sizeof *v->group);
    v->subject = sl_array(n, sizeof *v->subject);
    v->prob = sl_array(n * n_label, sizeof *v->prob);
    if (v->gold == NULL || v->label == NULL || v->group == NULL || v->subject == NULL ||
        v->prob == NULL) {
        sl_verdicts_free(v);
        return false;
    }
    return true;
}

void sl_verdicts_free(struct sl_verdicts *v)
{
    free(v->gold);
    free(v->label);
    free(v->group);
    free(v->subject);
    free(v->prob);
    memset(v, 0, sizeof *v);
}

static void note_verdict(const struct sl_row *row, size_t head, uint32_t n_label,
                         const double *margin, const struct sl_calibration *c,
                         struct sl_verdicts *out)
{
    struct sl_head fit = {.slope = c->slope};
    uint16_t prob[SLANT_MAX_LABEL];
    memcpy(fit.shift, c->shift, sizeof fit.shift);
    out->gold[out->n] = row->label[head];
    out->group[out->n] = row->group;
    out->subject[out->n] = row->subject;
    out->label[out->n] = sl_model_verdict(&fit, n_label, margin, prob);
    for (uint32_t k = 0; k < n_label; k++) {
        out->prob[out->n * n_label + k] = prob[k] / 10000.0;
    }
    out->n++;
}

enum slant_status sl_held_out_verdicts(const struct sl_held_out *h, const struct sl_rows *rows,
                                       const struct sl_heads *heads, size_t head,
                                       struct sl_verdicts *out, struct slant_error *err)
{
    uint32_t n_label = rows->n_label[head];
    struct sl_calibration *calibration = sl_array(heads->n * h->n_fold, sizeof *calibration);
    enum slant_status status = SLANT_OK;
    memset(out, 0, sizeof *out);
    if (calibration == NULL || !sl_verdicts_room(out, rows->n, n_label)) {
        free(calibration);
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < heads->n; i++) {
        for (uint32_t f = 0; heads->of_rows[i] == head && f < h->n_fold && status == SLANT_OK;
             f++) {
            status =
                sl_held_out_calibrate(h, rows, heads, i, f, &calibration[i * h->n_fold + f], err);
        }
    }
    for (size_t r = 0; r < rows->n && status == SLANT_OK; r++) {
        for (size_t i = 0; i < heads->n; i++) {
            if (heads->of_rows[i] == head && sl_head_learns(heads, i, &rows->row[r]) &&
                h->fold[r] != SL_NO_FOLD) {
                note_verdict(&rows->row[r], head, n_label,
                             h->margin + r * heads->n_column + heads->column[i],
                             &calibration[i * h->n_fold + h->fold[r]], out);
            }
        }
    }
    free(calibration);
    if (status != SLANT_OK) {
        sl_verdicts_free(out);
    }
    return status;
}

enum slant_status sl_held_out_figures(const struct sl_held_out *h, const struct sl_rows *rows,
                                      const struct sl_heads *heads, size_t head,
                                      unsigned n_bootstrap, uint64_t seed, struct sl_figures *out,
                                      struct slant_error *err)
{
    struct sl_verdicts v;
    struct sl_judged judged;
    enum slant_status status;
    SL_TRY(sl_held_out_verdicts(h, rows, heads, head, &v, err));
    judged = (struct sl_judged){v.n,
                                rows->n_label[head],
                                (const char *const *)rows->label[head],
                                v.gold,
                                v.label,
                                v.prob,
                                v.group};
    status = sl_figures_compute(&judged, n_bootstrap, seed, out, err);
    sl_verdicts_free(&v);
    return status;
}
