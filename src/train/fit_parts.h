/** What a fit is made of, between its files: the features it keeps, and its rows as a matrix. */
#ifndef SL_TRAIN_FIT_PARTS_H
#define SL_TRAIN_FIT_PARTS_H

#include "train/fit.h"
#include "train/solver.h"

/* Sets the fit's vocabulary, local numbers, norm levels and their units from the rows for which in[row] is set;
 * df[all features], zeros, gets the rows that each occurs in. Error: NOMEM. */
enum slant_status sl_fit_choose(const struct sl_features *f, const bool *in,
                                const struct sl_settings *settings, uint32_t *df,
                                struct sl_fit *out, struct slant_error *err);

/* What a row's terms are made of. */
struct sl_place {
    uint32_t at; /* the problem's feature, SL_LONE or SL_FEATURE_NONE (not kept) */
    float norm_part;
};
#define SL_LONE (SL_FEATURE_NONE - 1)

/* A feature that one row alone has: it takes no part in the solver, its weights follow from the row's
 * pull. Characters do take part: words share them. */
struct sl_lone {
    uint32_t feature, row; /* of the fit; of the problem */
    float value;
};

struct sl_matrix {
    struct sl_problem problem;
    size_t *start;
    struct sl_term *term;
    size_t *bag_start;
    struct sl_term *bag;
    size_t *member_start;
    struct sl_term *member;
    float *alone;
    struct sl_lone *lone; /* [n_lone] */
    size_t n_lone;
    struct sl_place *place; /* [all features] while it is built */
    uint32_t *feature;      /* [problem's features] the fit's */
    uint32_t *row;          /* [n_row] which of all rows each is */
    float *dense;
    double deviation[SL_N_VECTOR * SL_VECTOR_MAX_WIDTH]; /* of each dense column; 0: unused */
};

/* Fills *m, which is zero, and the fit's center. sl_matrix_free frees m itself too, after a failure as
 * well. Error: NOMEM. */
enum slant_status sl_matrix_build(struct sl_fit *fit, const struct sl_features *f, const bool *in,
                                  const uint32_t *df, const struct sl_settings *settings,
                                  struct sl_matrix *m, struct slant_error *err);
void sl_matrix_free(struct sl_matrix *m);
/* What a dense column is multiplied by: its block's scale, parted among its columns. */
double sl_matrix_dense_factor(const struct sl_matrix *m, const struct sl_settings *settings,
                              uint32_t width, size_t i);

#endif
