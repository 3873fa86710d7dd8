/** Linear binary machines: one problem's rows in, a weight row and a bias out. */
#ifndef SL_TRAIN_SOLVER_H
#define SL_TRAIN_SOLVER_H

#include "base/status.h"

/* Rows as compressed sparse rows; indices ascending within a row. */
struct sl_problem {
    size_t n_row;
    const size_t *start;   /* [n_row + 1] */
    const uint32_t *index; /* feature numbers below n_feature */
    const double *value;
    uint32_t n_feature;
    const double *dense; /* [n_row][n_dense], columns that nearly every row has */
    uint32_t n_dense;
};

/* One label against the rest on a subset of a problem's rows. */
struct sl_machine {
    const uint32_t *row;     /* [n] */
    const signed char *sign; /* [n], +1 or -1; both occur */
    const double *cost;      /* [n], > 0; libsvm: equal within a sign */
    size_t n;
    double *weight;        /* [n_feature + n_dense], out */
    const double *freedom; /* [n_feature + n_dense], the square of weight i costs 1 / freedom[i];
                              NULL: 1 each. Not with libsvm */
    double bias;           /* out */
};

/* Above this many rows libsvm's kernel matrix (16 bytes an entry) would pass 400 MB. */
#define SL_LIBSVM_MAX_ROW 5000
#define SL_LIBSVM_AUTO_ROW 500 /* up to which it is the default */

/* OK, or LIMIT with a message. */
enum slant_status sl_libsvm_fits(size_t n_row, struct slant_error *err);

/* C-SVC with hinge loss and a free bias, by libsvm on the rows' dot products, which all machines
 * share. Each machine is collapsed to w = sum of coefficient * support vector. If gap is not NULL
 * it gets the largest |w.x + b - v| / (1 + |v|), v of svm_predict_values, over the rows: the collapse checked against
 * libsvm's own. libsvm's faults are met here and nowhere else: its print function is silenced, its
 * files (setlocale), probabilities and cross-validation (rand) are not used, sizes are bounded
 * before it allocates. */
enum slant_status sl_solve_libsvm(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                  double *gap, struct slant_error *err);

/* Squared hinge loss, bias as a feature of value 1, by dual coordinate descent (Hsieh, Chang, Lin,
 * Keerthi & Sundararajan 2008) in seeded random order, to projected gradients within 0.02
 * (objectives within 1e-6 of the least, on the data tried). Machines
 * that follow each other and have the same rows, all with freedom or all without, are solved together, each as it would be alone. */
enum slant_status sl_solve_dual(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                uint64_t seed, struct slant_error *err);

#endif
