#include "train/tune.h"
#include "base/buf.h"
#include "base/memory.h"
#include "train/folds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names separated by spaces are set together. */
struct candidate {
    const char *names;
    double value[4];
    size_t n;
    bool targets, lexicon, classes, vectors, weights; /* what it needs */
};

/* docs/choices.md holds what each brought on which data. */
static const struct candidate candidates[] = {
    {.names = "cost", .value = {0.1, 0.2, 0.025}, .n = 3},
    {.names = "scale.char", .value = {0.5, 0.7, 1.4, 2}, .n = 4},
    {.names = "rows.bigram rows.trigram rows.listed", .value = {1, 3}, .n = 2},
    {.names = "rows.char", .value = {1, 4}, .n = 2},
    {.names = "weight.power", .value = {2}, .n = 1, .weights = true},
    {.names = "scale.vector", .value = {0.25, 1}, .n = 2, .vectors = true},
    {.names = "scale.polarity", .value = {0, 2}, .n = 2, .lexicon = true},
    {.names = "scale.placed-polarity", .value = {0.5, 2}, .n = 2, .lexicon = true, .targets = true},
    {.names = "scale.vector-near scale.vector-before scale.vector-after",
     .value = {0.25, 1},
     .n = 2,
     .vectors = true,
     .targets = true},
    {.names = "scale.near scale.wide", .value = {0, 0.5, 1.5}, .n = 3, .targets = true},
    {.names = "scale.before scale.after", .value = {0, 0.5, 1.5}, .n = 3, .targets = true},
    {.names = "scale.frame", .value = {0.5, 1.5}, .n = 2, .targets = true, .lexicon = true},
    {.names = "scale.negated", .value = {0, 1}, .n = 2},
    {.names = "scale.outline", .value = {0, 1}, .n = 2, .classes = true},
    {.names = "scale.word", .value = {0.7, 1.4}, .n = 2},
};

static const double auto_work = 3e7; /* feature counts read by the trials */

struct tuning {
    const struct sl_rows *rows;
    const struct sl_features *features;
    const struct sl_heads *heads;
    const struct sl_tune_options *opt;
    struct sl_cv_options cv;
};

/* Log losses of a setting: loss[n] of each labelled row, head after head, each head weighing alike, and
 * their sum. */
struct losses {
    double *loss;
    size_t n;
    double sum;
};

static enum slant_status try_settings(const struct tuning *t, const struct sl_settings *settings,
                                      struct losses *out, struct slant_error *err)
{
    struct sl_held_out held_out;
    enum slant_status status;
    size_t n_head = 0;
    out->n = 0;
    out->sum = 0;
    status = sl_cross_validate(t->rows, t->features, t->heads, settings, &t->cv, &held_out, err);
    if (status != SLANT_OK) {
        return status;
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        n_head += t->rows->n_label[h] > 0;
    }
    for (size_t h = 0; h < SL_N_HEAD && status == SLANT_OK; h++) {
        struct sl_verdicts v;
        if (t->rows->n_label[h] == 0) {
            continue;
        }
        status = sl_held_out_verdicts(&held_out, t->rows, t->heads, h, &v, err);
        for (size_t i = 0; status == SLANT_OK && i < v.n; i++) {
            double p = v.prob[i * t->rows->n_label[h] + v.gold[i]];
            double loss = -log(p > 1e-6 ? p : 1e-6) / ((double)v.n * (double)n_head);
            out->loss[out->n++] = loss;
            out->sum += loss;
        }
        if (status == SLANT_OK) {
            sl_verdicts_free(&v);
        }
    }
    sl_held_out_free(&held_out);
    return status;
}

static const double least_gain = 0.001; /* of log loss: what is less is not worth a setting */

/* Whether next is better than best by more than chance: by a standard error of the paired differences
 * (as in Breiman, Friedman, Olshen & Stone 1984). */
static bool pays(const struct losses *best, const struct losses *next)
{
    double mean = (best->sum - next->sum) / (double)best->n;
    double square = 0;
    for (size_t i = 0; i < best->n; i++) {
        double d = best->loss[i] - next->loss[i] - mean;
        square += d * d;
    }
    return best->sum - next->sum > sqrt(square) && best->sum - next->sum > least_gain;
}

static enum slant_status change(struct sl_settings *s, const char *names, double value,
                                struct slant_error *err)
{
    char number[SL_DOUBLE_ROOM];
    sl_double_text(value, number);
    while (*names != 0) {
        size_t len = strcspn(names, " ");
        char text[64];
        (void)snprintf(text, sizeof text, "%.*s=%s", (int)len, names, number);
        SL_TRY(sl_settings_set(s, text, err));
        names += len + (names[len] == ' ');
    }
    return SLANT_OK;
}

static bool applies(const struct tuning *t, const struct candidate *c,
                    const struct sl_settings *settings)
{
    const struct sl_vocabulary *v = &t->features->all;
    return (!c->targets ||
            (v->list[SL_BLOCK_NEAR - SL_FIRST_LIST].n > 0 && settings->scale[SL_BLOCK_NEAR] > 0)) &&
           (!c->lexicon || v->used[SL_BLOCK_POLARITY]) && (!c->classes || v->lexicon.n_class > 0) &&
           (!c->vectors || v->used[SL_BLOCK_VECTOR]) && (!c->weights || t->rows->weighted);
}

static uint32_t trials_allowed(const struct tuning *t)
{
    const struct sl_features *f = t->features;
    double work = (double)f->start[f->n_row] + 200.0 * (double)(f->width > 0) * (double)f->n_row;
    double n = auto_work / (work + 1);
    if (t->opt->n_trial != 0) {
        return t->opt->n_trial < SL_MAX_TRIAL ? t->opt->n_trial : SL_MAX_TRIAL;
    }
    return n > SL_MAX_TRIAL ? SL_MAX_TRIAL : (uint32_t)n;
}

static void note(struct sl_trials *trials, const char *names, double value, double log_loss)
{
    struct sl_trial *t;
    if (trials == NULL) {
        return;
    }
    t = &trials->trial[trials->n++];
    memset(t, 0, sizeof *t);
    t->log_loss = log_loss;
    if (names != NULL) {
        char number[SL_DOUBLE_ROOM];
        sl_double_text(value, number);
        (void)snprintf(t->change, sizeof t->change, "%.*s%s=%s", (int)strcspn(names, " "), names,
                       strchr(names, ' ') != NULL ? " ..." : "", number);
    }
}

/* Tries the values of one candidate; settings and best move to the best of them. */
static enum slant_status try_values(const struct tuning *t, const struct candidate *c,
                                    uint32_t *left, struct sl_settings *settings,
                                    struct losses *best, struct losses *spare,
                                    struct sl_trials *trials, struct slant_error *err)
{
    struct sl_settings chosen = *settings;
    size_t kept = 0;
    for (size_t i = 0; i<c->n && * left> 0; i++, (*left)--) {
        struct sl_settings next = *settings;
        SL_TRY(change(&next, c->names, c->value[i], err));
        if (sl_settings_check(&next, NULL) != SLANT_OK) {
            continue; /* not with the thresholds that others have */
        }
        SL_TRY(try_settings(t, &next, spare, err));
        note(trials, c->names, c->value[i], spare->sum);
        if (kept == 0 ? pays(best, spare) : spare->sum < best->sum) {
            struct losses old = *best;
            *best = *spare;
            *spare = old;
            chosen = next;
            kept = trials != NULL ? trials->n : 1;
        }
    }
    if (trials != NULL && kept > 0) {
        trials->trial[kept - 1].kept = true;
    }
    *settings = chosen;
    return SLANT_OK;
}

enum slant_status sl_tune(const struct sl_rows *rows, const struct sl_features *features,
                          const struct sl_heads *heads, const bool *in,
                          const struct sl_tune_options *opt, struct sl_settings *settings,
                          struct sl_trials *trials, struct slant_error *err)
{
    struct tuning t = {
        rows, features, heads, opt, {opt->n_fold, opt->n_thread, in, NULL, NULL, NULL}};
    uint32_t left = trials_allowed(&t);
    uint32_t *fold = NULL;
    size_t joined;
    struct losses best = {0};
    struct losses spare = {0};
    enum slant_status status;
    if (trials != NULL) {
        trials->n = 0;
    }
    if (left < 2) {
        return SLANT_OK;
    }
    fold = sl_array(rows->n, sizeof *fold);
    best.loss = sl_array(rows->n, SL_N_HEAD * sizeof *best.loss);
    spare.loss = sl_array(rows->n, SL_N_HEAD * sizeof *spare.loss);
    if (fold == NULL || best.loss == NULL || spare.loss == NULL) {
        free(fold);
        free(best.loss);
        free(spare.loss);
        return sl_fail_nomem(err);
    }
    t.cv.fold = fold;
    status = sl_folds_deal(rows, opt->n_fold, settings->seed + 1, fold, &joined, err);
    if (status == SLANT_OK) {
        status = try_settings(&t, settings, &best, err);
    }
    if (status == SLANT_OK) {
        note(trials, NULL, 0, best.sum);
        left--;
    }
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0] && left > 0; i++) {
        if (status == SLANT_OK && applies(&t, &candidates[i], settings)) {
            status = try_values(&t, &candidates[i], &left, settings, &best, &spare, trials, err);
        }
    }
    free(fold);
    free(best.loss);
    free(spare.loss);
    return status;
}
