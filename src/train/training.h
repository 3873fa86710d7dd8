/** What training and cross-validation start from: rows read, checked and counted. */
#ifndef SL_TRAIN_TRAINING_H
#define SL_TRAIN_TRAINING_H

#include "train/own.h"
#include "train/tune.h"

#define SL_DEFAULT_FOLDS 5

struct sl_training {
    struct sl_rows rows;
    struct sl_features features;
    struct sl_heads heads;
    struct sl_settings settings;
    struct sl_material material;
    uint64_t lexicon_digest;
    struct sl_trials trials; /* what chose the settings; none before sl_tune */
    uint32_t n_trial;        /* of sl_tune */
    unsigned n_fold, n_thread;
    const char *leave_out; /* borrowed from options; NULL: none */
    char *subject;         /* borrowed from rows or options; "" for none */
};

enum slant_status sl_training_prepare(struct sl_training *t, const struct slant_input *in,
                                      const struct slant_train_options *opt,
                                      struct slant_error *err);
void sl_training_free(struct sl_training *t);

/* The model of a fit, calibrated; owns everything in it. fit is emptied. calibration and own are of
 * each head; own may be NULL. */
enum slant_status sl_training_model(const struct sl_training *t, struct sl_fit *fit,
                                    const struct sl_calibration *calibration,
                                    const struct sl_own *own, const char *name, const char *meta,
                                    struct slant_model **out, struct slant_error *err);
/* The JSON object that the model file keeps for people. */
void sl_training_meta(const struct sl_training *t, const struct sl_held_out *held_out,
                      const struct sl_figures *figures, const struct sl_fit *fit,
                      struct sl_buf *out);

#endif
