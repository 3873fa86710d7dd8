/* slant_train: rows to a model file. */
#include "base/file.h"
#include "base/memory.h"
#include "train/notes.h"
#include "train/training.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t one_training = PTHREAD_MUTEX_INITIALIZER;

static enum slant_status tell(const struct slant_train_options *opt, const char *stage,
                              uint64_t done, struct slant_error *err)
{
    if (opt->progress != NULL && opt->progress(opt->user, stage, done, 3) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "stopped");
    }
    return SLANT_OK;
}

/* "models/vendor-ban.slant" is vendor-ban. */
static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    size_t len = strlen(base);
    if (len > 6 && strcmp(base + len - 6, ".slant") == 0) {
        len -= 6;
    }
    return sl_copy_bytes(base, len);
}

static enum slant_status held_out_figures(const struct sl_training *t,
                                          const struct sl_held_out *held_out,
                                          struct sl_calibration *calibration,
                                          struct sl_figures *figures, struct slant_error *err)
{
    for (size_t i = 0; i < t->heads.n; i++) {
        SL_TRY(sl_held_out_calibrate(held_out, &t->rows, &t->heads, i, SL_NO_FOLD, &calibration[i],
                                     err));
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        if (t->rows.n_label[h] > 0) {
            SL_TRY(sl_held_out_figures(held_out, &t->rows, &t->heads, h, SL_DEFAULT_DRAWS,
                                       t->settings.seed, &figures[h], err));
        }
    }
    return SLANT_OK;
}

/* Everything after the rows are read. */
static enum slant_status learn(struct sl_training *t, const struct slant_train_options *opt,
                               const char *name, struct sl_buf *file, struct slant_error *err)
{
    struct sl_cv_options cv = {.n_fold = t->n_fold, .n_thread = t->n_thread};
    struct sl_tune_options tune = {t->n_trial, t->n_fold, t->n_thread};
    struct sl_held_out held_out = {0};
    struct sl_fit fit = {0};
    struct sl_calibration calibration[SLANT_MAX_HEAD];
    struct sl_own own[SLANT_MAX_HEAD];
    struct sl_figures *figures = sl_array_zero(SL_N_HEAD, sizeof *figures);
    struct sl_buf meta = {0};
    struct slant_model *model = NULL;
    bool *in = sl_array(t->rows.n, sizeof *in);
    enum slant_status status = SLANT_OK;
    if (figures == NULL || in == NULL) {
        status = sl_fail_nomem(err);
        goto done;
    }
    for (size_t r = 0; r < t->rows.n; r++) {
        in[r] = sl_row_labelled(&t->rows.row[r]);
    }
    status = tell(opt, "choosing settings", 0, err);
    if (status == SLANT_OK) {
        status =
            sl_tune(&t->rows, &t->features, &t->heads, NULL, &tune, &t->settings, &t->trials, err);
    }
    if (status == SLANT_OK) {
        status = tell(opt, "cross-validating", 1, err);
    }
    if (status == SLANT_OK) {
        status =
            sl_cross_validate(&t->rows, &t->features, &t->heads, &t->settings, &cv, &held_out, err);
    }
    if (status == SLANT_OK) {
        status = held_out_figures(t, &held_out, calibration, figures, err);
    }
    for (size_t h = 0; h < SL_N_HEAD && status == SLANT_OK; h++) {
        if (t->rows.n_label[h] > 0) {
            sl_note_figures(&figures[h], sl_head_name[h], opt->note, opt->user);
        }
    }
    if (status == SLANT_OK) {
        status =
            sl_own_fit(&t->rows, &t->heads, t->material.language, &held_out, calibration, own, err);
    }
    if (status == SLANT_OK) {
        status = tell(opt, "fitting", 2, err);
    }
    if (status == SLANT_OK) {
        status = sl_fit(&t->rows, &t->features, &t->heads, in, &t->settings, &fit, err);
    }
    if (status == SLANT_OK) {
        status = sl_fit_complete(&fit, &t->material, &t->features.all, &t->settings, err);
    }
    if (status == SLANT_OK) {
        sl_training_meta(t, &held_out, figures, &fit, &meta);
        sl_buf_byte(&meta, 0);
        status = meta.failed
                     ? sl_fail_nomem(err)
                     : sl_training_model(t, &fit, calibration, own, name, meta.p, &model, err);
    }
    if (status == SLANT_OK) {
        sl_model_write(model, file);
        status = file->failed ? sl_fail_nomem(err) : tell(opt, "writing", 3, err);
    }
done:
    slant_model_free(model);
    sl_buf_free(&meta);
    sl_fit_free(&fit);
    sl_held_out_free(&held_out);
    free(figures);
    free(in);
    return status;
}

enum slant_status slant_train(const struct slant_input *in, const struct slant_train_options *opt,
                              const char *path, struct slant_error *err)
{
    struct sl_training t;
    struct sl_buf file = {0};
    char *name = NULL;
    enum slant_status status;
    if (path == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_train: no path to write to");
    }
    if (strcmp(path, "-") == 0) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_train: a model is a file; name one, \"-\" is standard output");
    }
    if (pthread_mutex_trylock(&one_training) != 0) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0, "another training is running in this process");
    }
    status = sl_training_prepare(&t, in, opt, err);
    if (status == SLANT_OK) {
        name = opt->name != NULL ? sl_copy_bytes(opt->name, strlen(opt->name)) : name_of(path);
        status = name == NULL ? sl_fail_nomem(err) : learn(&t, opt, name, &file, err);
        sl_training_free(&t);
    }
    if (status == SLANT_OK) {
        status = sl_file_replace(path, file.p, file.len, err);
    }
    sl_buf_free(&file);
    free(name);
    (void)pthread_mutex_unlock(&one_training);
    return status;
}
