/** Cross-validation with the settings chosen inside each outer fold, so that the fold held out has no
 * say in them (nested cross-validation; Varma & Simon 2006), and further runs on the same folds with
 * the settings each fold chose. */
#ifndef SL_TRAIN_NESTED_H
#define SL_TRAIN_NESTED_H

#include "train/training.h"

struct sl_nested {
    struct sl_settings *settings; /* [n_fold] */
    struct sl_held_out held_out;
};

enum slant_status sl_nested_run(const struct sl_training *t, struct sl_nested *out,
                                struct slant_error *err);
void sl_nested_free(struct sl_nested *n);

/* Once more on the same folds with the settings each chose. setup, unless NULL, comes after they are
 * set, and may change them and the rows to learn from. */
enum slant_status sl_nested_again(const struct sl_training *t, const struct sl_nested *n,
                                  sl_fold_setup *setup, void *user, unsigned n_thread,
                                  struct sl_held_out *out, struct slant_error *err);
/* The baseline: single stemmed words alone; folds, solver, cost, balance and rows.word the same. */
enum slant_status sl_nested_words_only(const struct sl_training *t, const struct sl_nested *n,
                                       struct sl_held_out *out, struct slant_error *err);

#endif
