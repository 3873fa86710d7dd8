/** One fit: a vocabulary, idf weights and machines of every head, from a set of training rows. */
#ifndef SL_TRAIN_FIT_H
#define SL_TRAIN_FIT_H

#include "model/model.h"
#include "train/features.h"

/* What can be chosen. Defaults: sl_settings_default; how they were chosen: docs/choices.md. */
struct sl_settings {
    enum slant_solver solver; /* not AUTO */
    double cost;
    bool balanced; /* labels weigh alike, however rare */
    uint64_t seed;
    double scale[SL_N_BLOCK];
    uint32_t min_df[5]; /* words, bigrams, trigrams, characters, negated; not falling from
                           words to trigrams */
};

struct sl_fit {
    struct sl_vocabulary vocabulary;
    uint32_t *local; /* [all features] number in vocabulary, or SL_FEATURE_NONE */
    float *idf;      /* [n_feature] */
    float *weight;   /* [n_feature][n_column] */
    double bias[SL_MAX_COLUMN];
    uint32_t n_column;
    double libsvm_gap; /* see sl_solve_libsvm; 0 with the other solver */
};

/* The heads that the rows can teach: those with labels. Columns are theirs, in order. */
struct sl_heads {
    size_t n;
    size_t of_rows[SL_N_HEAD]; /* index into the rows' heads */
    uint32_t column[SL_N_HEAD];
    uint32_t n_column;
};

struct sl_settings sl_settings_default(enum slant_solver solver, const struct sl_rows *rows);
struct sl_heads sl_heads_of(const struct sl_rows *rows);
/* Fits on the rows for which in[row] is set. */
enum slant_status sl_fit(const struct sl_rows *rows, const struct sl_features *features,
                         const struct sl_heads *heads, const bool *in,
                         const struct sl_settings *settings, struct sl_fit *out,
                         struct slant_error *err);
/* The margins[n_column] of a row, as the scorer makes them. */
void sl_fit_margins(const struct sl_fit *fit, const struct sl_features *features, size_t row,
                    double *margin);
void sl_fit_free(struct sl_fit *fit);

#endif
