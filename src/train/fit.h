/** One fit: a vocabulary, idf weights and machines of every head, from a set of training rows. */
#ifndef SL_TRAIN_FIT_H
#define SL_TRAIN_FIT_H

#include "model/model.h"
#include "train/features.h"
#include "train/settings.h"

struct sl_fit {
    struct sl_vocabulary vocabulary;
    uint32_t *local; /* [all features] number in vocabulary, or SL_FEATURE_NONE */
    /* as the model holds them */
    uint16_t
        *norm_level; /* [n_feature] what an occurrence adds to the sum behind its block's norm */
    int8_t *cell;    /* [n_feature][n_column] weights */
    double unit[SL_N_BLOCK][SL_MAX_COLUMN + 1]; /* of both; [n_column]: the norms' */
    double bias[SL_MAX_COLUMN];
    uint32_t n_column;
    uint32_t width;    /* of a word vector; 0: none */
    double libsvm_gap; /* see sl_solve_libsvm; 0 with the other solver */
    /* Word vectors: the part of block p in column k is
     *     sum over d of (mean[p][d] - center[p][d]) * dense_weight[p][d][k] */
    double *center;       /* [SL_N_VECTOR][width] */
    double *dense_weight; /* [SL_N_VECTOR][width][n_column] */
};

static inline double sl_fit_norm_part(const struct sl_fit *fit, enum sl_block b, uint32_t feature)
{
    return fit->norm_level[feature] * fit->unit[b][fit->n_column];
}
static inline double sl_fit_weight(const struct sl_fit *fit, enum sl_block b, uint32_t feature,
                                   uint32_t column)
{
    return fit->cell[(size_t)feature * fit->n_column + column] * fit->unit[b][column];
}

/* The heads that the rows can teach: one for each label column that has labels; of stance one for
 * each subject, where there are several and all have enough rows. Columns are theirs, in order. */
#define SL_ANY_SUBJECT UINT32_MAX
struct sl_heads {
    size_t n;
    size_t of_rows[SLANT_MAX_HEAD];   /* index into the rows' heads */
    uint32_t subject[SLANT_MAX_HEAD]; /* index into the rows' subjects, or SL_ANY_SUBJECT */
    uint32_t column[SLANT_MAX_HEAD];
    uint32_t n_column;
};
#define SL_MIN_LABEL_ROWS 5 /* of each label, below which calibration would be a guess */

/* Whether head i of the heads learns from the row. */
static inline bool sl_head_learns(const struct sl_heads *heads, size_t i, const struct sl_row *row)
{
    return row->label[heads->of_rows[i]] != SL_LABEL_NONE &&
           (heads->subject[i] == SL_ANY_SUBJECT || heads->subject[i] == row->subject);
}

struct sl_heads sl_heads_of(const struct sl_rows *rows, bool pooled);
/* Fits on the rows for which in[row] is set. */
enum slant_status sl_fit(const struct sl_rows *rows, const struct sl_features *features,
                         const struct sl_heads *heads, const bool *in,
                         const struct sl_settings *settings, struct sl_fit *out,
                         struct slant_error *err);
/* The margins[n_column] of a row, as the scorer makes them. */
void sl_fit_margins(const struct sl_fit *fit, const struct sl_features *features, size_t row,
                    double *margin);
/* The vocabulary and arrays of the fit with the lexicon, and with the vectors' words, each weighing
 * what the machine makes of its vector. */
enum slant_status sl_fit_complete(struct sl_fit *fit, const struct sl_material *material,
                                  const struct sl_vocabulary *all,
                                  const struct sl_settings *settings, struct slant_error *err);
void sl_fit_free(struct sl_fit *fit);

#endif
