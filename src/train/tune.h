/** Settings chosen by grouped cross-validation on training rows. */
#ifndef SL_TRAIN_TUNE_H
#define SL_TRAIN_TUNE_H

#include "train/cross_validate.h"

#define SL_MAX_TRIAL 100

/* One setting, or several of a kind at once, tried at another value. */
struct sl_trial {
    char change[48]; /* "scale.char=0.7"; "" for the settings it started from */
    double log_loss; /* of held-out probabilities, mean over label columns */
    bool kept;
};

struct sl_trials {
    struct sl_trial trial[SL_MAX_TRIAL + 1];
    size_t n;
};

struct sl_tune_options {
    uint32_t
        n_trial; /* the start counts as one. 0: what a laptop does in about ten seconds, counted
                         in features, not by the clock, so that the model's bytes stay the same */
    unsigned n_fold, n_thread;
};

/* Tries values one setting at a time, those that matter most first, on the rows for which in[row] is
 * set (NULL: all), and keeps a value that lowers the held-out log loss by more than chance
 * often does. (F1 chosen by this way was chance itself: docs/choices.md.) settings: the start, then what was chosen. trials may be NULL. */
enum slant_status sl_tune(const struct sl_rows *rows, const struct sl_features *features,
                          const struct sl_heads *heads, const bool *in,
                          const struct sl_tune_options *opt, struct sl_settings *settings,
                          struct sl_trials *trials, struct slant_error *err);

#endif
