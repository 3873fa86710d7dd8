#include "train/nested.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { INNER_FOLDS = 5 }; /* at most; settings differ by more than finer folds would show */

struct choosing {
    const struct sl_training *t;
    struct sl_settings *settings; /* [n_fold] */
};

static enum slant_status choose(void *user, size_t fold, bool *in, struct sl_settings *settings,
                                struct slant_error *err)
{
    const struct choosing *c = user;
    const struct sl_training *t = c->t;
    struct sl_tune_options tune = {t->n_trial, t->n_fold < INNER_FOLDS ? t->n_fold : INNER_FOLDS,
                                   1};
    enum slant_status status = SLANT_OK;
    if (t->n_trial != 1) {
        status = sl_tune(&t->rows, &t->features, &t->heads, in, &tune, settings, NULL, err);
    }
    c->settings[fold] = *settings;
    return status;
}

enum slant_status sl_nested_run(const struct sl_training *t, struct sl_nested *out,
                                struct slant_error *err)
{
    struct choosing choosing = {t, sl_array(t->n_fold, sizeof *choosing.settings)};
    struct sl_cv_options cv = {
        .n_fold = t->n_fold, .n_thread = t->n_thread, .setup = choose, .user = &choosing};
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (choosing.settings == NULL) {
        return sl_fail_nomem(err);
    }
    status = sl_cross_validate(&t->rows, &t->features, &t->heads, &t->settings, &cv, &out->held_out,
                               err);
    if (status != SLANT_OK) {
        free(choosing.settings);
        return status;
    }
    out->settings = choosing.settings;
    return SLANT_OK;
}

void sl_nested_free(struct sl_nested *n)
{
    sl_held_out_free(&n->held_out);
    free(n->settings);
    memset(n, 0, sizeof *n);
}

/* ---- again, on the same folds ---- */

struct again {
    const struct sl_nested *nested;
    sl_fold_setup *setup;
    void *user;
};

static enum slant_status as_chosen(void *user, size_t fold, bool *in, struct sl_settings *settings,
                                   struct slant_error *err)
{
    const struct again *a = user;
    *settings = a->nested->settings[fold];
    return a->setup == NULL ? SLANT_OK : a->setup(a->user, fold, in, settings, err);
}

static enum slant_status run_again(const struct sl_training *t, const struct sl_features *features,
                                   struct again *again, unsigned n_thread, struct sl_held_out *out,
                                   struct slant_error *err)
{
    struct sl_cv_options cv = {.n_fold = t->n_fold,
                               .n_thread = n_thread,
                               .fold = again->nested->held_out.fold,
                               .setup = as_chosen,
                               .user = again};
    return sl_cross_validate(&t->rows, features, &t->heads, &t->settings, &cv, out, err);
}

enum slant_status sl_nested_again(const struct sl_training *t, const struct sl_nested *n,
                                  sl_fold_setup *setup, void *user, unsigned n_thread,
                                  struct sl_held_out *out, struct slant_error *err)
{
    struct again again = {n, setup, user};
    return run_again(t, &t->features, &again, n_thread, out, err);
}

static enum slant_status single_words(void *user, size_t fold, bool *in,
                                      struct sl_settings *settings, struct slant_error *err)
{
    (void)user;
    (void)fold;
    (void)in;
    (void)err;
    for (int b = 0; b < SL_N_BLOCK; b++) {
        settings->scale[b] = b == SL_BLOCK_WORD;
    }
    for (int k = 0; k < SL_N_KIND; k++) {
        settings->min_df[k] = k == SL_KIND_WORD ? settings->min_df[k] : UINT32_MAX;
    }
    return SLANT_OK;
}

enum slant_status sl_nested_words_only(const struct sl_training *t, const struct sl_nested *n,
                                       struct sl_held_out *out, struct slant_error *err)
{
    struct again again = {n, single_words, NULL};
    struct sl_features sparse = t->features;
    sparse.width = 0; /* no vectors: dense columns of zeros would cost as much as full ones */
    return run_again(t, &sparse, &again, t->n_thread, out, err);
}
