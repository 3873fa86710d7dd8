#include "base/memory.h"
#include "train/solver.h"

#include <libsvm/svm.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_MB = 100 };

static pthread_once_t silence_once = PTHREAD_ONCE_INIT;

static void no_print(const char *text)
{
    (void)text;
}

static void silence(void)
{
    svm_set_print_string_function(no_print);
}

/* ---- dot products ---- */

/* node[i][0] holds i + 1, node[i][j + 1] the product of rows i and j: libsvm's form for a
 * precomputed kernel. One block. */
struct kernel {
    struct svm_node *block;
    struct svm_node **node; /* [n_row] */
};

struct postings {
    size_t *start; /* [n_feature + 1] */
    uint32_t *row;
    double *value;
};

static void kernel_free(struct kernel *k)
{
    free(k->block);
    free(k->node);
}

static bool post(const struct sl_problem *p, struct postings *q)
{
    size_t total = p->start[p->n_row];
    size_t *fill = sl_array(p->n_feature, sizeof *fill);
    q->start = sl_array_zero((size_t)p->n_feature + 1, sizeof *q->start);
    q->row = sl_array(total, sizeof *q->row);
    q->value = sl_array(total, sizeof *q->value);
    if (fill == NULL || q->start == NULL || q->row == NULL || q->value == NULL) {
        free(fill);
        return false;
    }
    for (size_t i = 0; i < total; i++) {
        q->start[p->term[i].at + 1]++;
    }
    for (size_t f = 0; f < p->n_feature; f++) {
        q->start[f + 1] += q->start[f];
        fill[f] = q->start[f];
    }
    for (size_t r = 0; r < p->n_row; r++) {
        for (size_t i = p->start[r]; i < p->start[r + 1]; i++) {
            size_t at = fill[p->term[i].at]++;
            q->row[at] = (uint32_t)r;
            q->value[at] = (double)p->term[i].value;
        }
    }
    free(fill);
    return true;
}

static double dense_product(const struct sl_problem *p, size_t r, size_t j)
{
    const float *x = p->dense + r * p->n_dense;
    const float *y = p->dense + j * p->n_dense;
    double sum = 0;
    for (uint32_t d = 0; d < p->n_dense; d++) {
        sum += (double)x[d] * (double)y[d];
    }
    return sum;
}

/* Feature by feature over rows that share it; ascending features, so each sum has one order. */
static void multiply(const struct sl_problem *p, const struct postings *q, struct kernel *k,
                     double *product)
{
    for (size_t r = 0; r < p->n_row; r++) {
        memset(product, 0, (r + 1) * sizeof *product);
        for (size_t i = p->start[r]; i < p->start[r + 1]; i++) {
            double value = (double)p->term[i].value;
            uint32_t feature = p->term[i].at;
            for (size_t at = q->start[feature]; q->row[at] < r; at++) {
                product[q->row[at]] += value * q->value[at];
            }
            product[r] += value * value;
        }
        for (size_t j = 0; j <= r && p->n_dense > 0; j++) {
            product[j] += dense_product(p, r, j);
        }
        for (size_t j = 0; j <= r; j++) {
            k->node[r][j + 1].value = product[j];
            k->node[j][r + 1].value = product[j];
        }
    }
}

static enum slant_status kernel_build(const struct sl_problem *p, struct kernel *k,
                                      struct slant_error *err)
{
    struct postings q = {0};
    double *product = sl_array(p->n_row, sizeof *product);
    size_t width = p->n_row + 2;
    bool good;
    k->block = sl_array_zero(p->n_row * width, sizeof *k->block);
    k->node = sl_array(p->n_row, sizeof *k->node);
    good = product != NULL && k->block != NULL && k->node != NULL && post(p, &q);
    if (good) {
        for (size_t r = 0; r < p->n_row; r++) {
            k->node[r] = k->block + r * width;
            for (size_t j = 0; j <= p->n_row; j++) {
                k->node[r][j].index = (int)j;
            }
            k->node[r][0].value = (double)(r + 1);
            k->node[r][width - 1].index = -1;
        }
        multiply(p, &q, k, product);
    }
    free(product);
    free(q.start);
    free(q.row);
    free(q.value);
    return good ? SLANT_OK : sl_fail_nomem(err);
}

/* ---- machines ---- */

/* w = sum of coefficient * support vector, b = -rho; libsvm's positive side is the label it saw
 * first. */
static void collapse(const struct sl_problem *p, const struct svm_model *model,
                     struct sl_machine *m)
{
    double side = model->label[0] == 1 ? 1 : -1;
    memset(m->weight, 0, ((size_t)p->n_feature + p->n_dense) * sizeof *m->weight);
    for (int s = 0; s < model->l; s++) {
        size_t row = (size_t)model->SV[s][0].value - 1;
        double coefficient = side * model->sv_coef[0][s];
        for (size_t i = p->start[row]; i < p->start[row + 1]; i++) {
            m->weight[p->term[i].at] += coefficient * (double)p->term[i].value;
        }
        for (uint32_t d = 0; d < p->n_dense; d++) {
            m->weight[p->n_feature + d] += coefficient * (double)p->dense[row * p->n_dense + d];
        }
    }
    m->bias = -side * model->rho[0];
}

static double collapse_gap(const struct sl_problem *p, const struct svm_model *model,
                           const struct kernel *k, const struct sl_machine *m)
{
    double side = model->label[0] == 1 ? 1 : -1;
    double worst = 0;
    for (size_t r = 0; r < p->n_row; r++) {
        double own = m->bias;
        double theirs = 0;
        for (size_t i = p->start[r]; i < p->start[r + 1]; i++) {
            own += m->weight[p->term[i].at] * (double)p->term[i].value;
        }
        for (uint32_t d = 0; d < p->n_dense; d++) {
            own += m->weight[p->n_feature + d] * (double)p->dense[r * p->n_dense + d];
        }
        (void)svm_predict_values(model, k->node[r], &theirs);
        worst = fmax(worst, fabs(own - side * theirs) / (1 + fabs(theirs)));
    }
    return worst;
}

/* libsvm does not check what malloc gives it. Its need has a bound: the arrays of svm_train, Solver and
 * SVC_Q take less than 256 bytes a row, and its cache of kernel rows is at most CACHE_MB or all of
 * them, each an allocation of its own. So much is asked for and given back just before it runs: where
 * memory is short, that is met here. Another thread that takes the memory in between is not; a child
 * process would meet that too, but a library must not fork its host. */
static enum slant_status libsvm_room(size_t n, struct slant_error *err)
{
    size_t rows = 4 * n * n; /* of float */
    size_t cache = (size_t)CACHE_MB << 20;
    size_t need = 256 * n + (rows < cache ? rows : cache) + 48 * n;
    char *volatile room = sl_array(need + need / 4 + (1 << 20), 1);
    if (room == NULL) {
        return sl_fail_nomem(err);
    }
    free(room);
    return SLANT_OK;
}

static enum slant_status solve_one(const struct sl_problem *p, const struct kernel *k,
                                   struct sl_machine *m, double *gap, struct slant_error *err)
{
    enum { POSITIVE, NEGATIVE };
    int labels[2] = {1, -1};
    double costs[2] = {1, 1};
    struct svm_parameter parameter = {.svm_type = C_SVC,
                                      .kernel_type = PRECOMPUTED,
                                      .cache_size = CACHE_MB,
                                      .eps = 1e-3,
                                      .C = 1,
                                      .nr_weight = 2,
                                      .weight_label = labels,
                                      .weight = costs,
                                      .shrinking = 1};
    struct svm_problem problem = {.l = (int)m->n};
    struct svm_model *model;
    const char *fault;
    SL_TRY(libsvm_room(m->n, err));
    problem.y = sl_array(m->n, sizeof *problem.y);
    problem.x = sl_array(m->n, sizeof *problem.x);
    if (problem.y == NULL || problem.x == NULL) {
        free(problem.y);
        free(problem.x);
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < m->n; i++) {
        problem.y[i] = m->sign[i];
        problem.x[i] = k->node[m->row[i]];
        costs[m->sign[i] > 0 ? POSITIVE : NEGATIVE] = m->cost[i];
    }
    fault = svm_check_parameter(&problem, &parameter);
    model = fault == NULL ? svm_train(&problem, &parameter) : NULL;
    if (model != NULL) {
        collapse(p, model, m);
        if (gap != NULL) {
            *gap = fmax(*gap, collapse_gap(p, model, k, m));
        }
        svm_free_and_destroy_model(&model);
    }
    free(problem.y);
    free(problem.x);
    return fault == NULL ? SLANT_OK : sl_fail(err, SLANT_ERR_SOLVER, 0, "libsvm: %s", fault);
}

enum slant_status sl_libsvm_fits(size_t n_row, struct slant_error *err)
{
    if (n_row > SL_LIBSVM_MAX_ROW) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0,
                       "%zu rows are too many for libsvm, which takes time and memory with their "
                       "square (limit %d); use --solver dual",
                       n_row, SL_LIBSVM_MAX_ROW);
    }
    return SLANT_OK;
}

enum slant_status sl_solve_libsvm(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                  double *gap, struct slant_error *err)
{
    struct kernel k = {0};
    enum slant_status status;
    SL_TRY(sl_libsvm_fits(p->n_row, err));
    (void)pthread_once(&silence_once, silence);
    status = kernel_build(p, &k, err);
    if (gap != NULL) {
        *gap = 0;
    }
    for (size_t i = 0; i < n && status == SLANT_OK; i++) {
        status = solve_one(p, &k, &m[i], gap, err);
    }
    kernel_free(&k);
    return status;
}
