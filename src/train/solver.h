/** Linear binary machines: one problem's rows in, a weight row and a bias out. */
#ifndef SL_TRAIN_SOLVER_H
#define SL_TRAIN_SOLVER_H

#include "base/status.h"

#include <stdbool.h>

struct sl_term {
    uint32_t at;
    float value;
};

/* Rows as compressed sparse rows. Where rows share much, as sentences share words and with them their
 * characters, what is shared stands once, as a bag: a row is its own terms and those of its bags, each
 * bag times a factor. */
struct sl_problem {
    size_t n_row;
    const size_t *start;        /* [n_row + 1] into term */
    const struct sl_term *term; /* at: a feature, below n_feature; ascending within a row */
    uint32_t n_feature;
    const float *dense; /* [n_row][n_dense], columns that nearly every row has */
    uint32_t n_dense;
    /* The rest is for the dual solver, and may be NULL. */
    const size_t *bag_start;   /* [n_row + 1] into bag; NULL: there are none */
    const struct sl_term *bag; /* at: the bag's number, once a row; value: the factor */
    uint32_t n_bag;
    const size_t *member_start;   /* [n_bag + 1] into member */
    const struct sl_term *member; /* at: a feature, once a bag */
    const float *alone; /* [n_row] squared length of what one row alone has, which is left out
                           above: its weights follow from the row's pull. Such rows stand once in
                           a machine */
};

/* One label against the rest on a subset of a problem's rows. */
struct sl_machine {
    const uint32_t *row;     /* [n] */
    const signed char *sign; /* [n], +1 or -1; both occur */
    const double *cost;      /* [n], > 0; libsvm: equal within a sign */
    size_t n;
    double *weight;         /* [n_feature + n_dense], out, of libsvm */
    const float *freedom;   /* [n_feature + n_dense], the square of weight i costs 1 / freedom[i];
                             NULL: 1 each. Not with libsvm */
    float alone_freedom[2]; /* with freedom: that of what stands alone, in rows of -1 and of +1 */
    double bias;            /* out */
};

/* Whether two machines have the same rows, and both have freedom or neither. */
bool sl_machines_alike(const struct sl_machine *a, const struct sl_machine *b);

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

/* Weights as they stand, when they are found. Machines [first, first + n) have row f of
 * weight[n_feature + n_dense][width], and what stands alone in row r weighs row r of alone[n_row][width]
 * times its value; width is n or a little more. */
typedef void sl_weights_found(void *user, size_t first, size_t n, const float *weight,
                              const float *alone, size_t width);

/* Squared hinge loss, bias as a feature of value 1, by dual coordinate descent (Hsieh, Chang, Lin,
 * Keerthi & Sundararajan 2008) in seeded random order, until the duality gap is about 2e-5 of the
 * objective. Machines that follow each other and have the same rows, all with freedom or all without,
 * are solved together, each as it would be alone. Weights are handed to `found`; m->weight is not used. */
enum slant_status sl_solve_dual(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                uint64_t seed, sl_weights_found *found, void *user,
                                struct slant_error *err);

#endif
