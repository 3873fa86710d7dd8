#include "learned.h"

#include "base/rng.h"
#include "counted.h"
#include "judge/session.h"
#include "near.h"
#include "train/folds.h"
#include "train/ratio.h"
#include "train/solver.h"
#include "train/training.h"

/* The first rows of the shipped data, read and counted once. */
enum { N_ROW = 400 };
static char *tsv;
static size_t tsv_len;
static struct sl_rows rows;
static struct sl_features features;
static struct counted counted;
static struct sl_heads heads;
static const struct sl_material material = {.language = &sl_language_english};

static int read_once(void **state)
{
    struct slant_error err = {0};
    (void)state;
    tsv = first_rows("training/vendor-ban.tsv", N_ROW, &tsv_len);
    if (read_rows(tsv, tsv_len, &rows, &err) != SLANT_OK || rows.n != N_ROW ||
        sl_features_build(&features, &rows, &material, 2, &err) != SLANT_OK) {
        print_error("%zu rows; %s\n", rows.n, err.text);
        return -1;
    }
    count_all(&features, &counted);
    heads = sl_heads_of(&rows, false);
    return 0;
}

static int free_all(void **state)
{
    (void)state;
    counted_free(&counted);
    sl_features_free(&features);
    sl_rows_free(&rows);
    free(tsv);
    return 0;
}

/* ---- solvers ---- */

/* The rows as unit vectors of features that occur twice; label k of head 0 against the rest. */
struct real {
    struct sl_problem p;
    struct sl_machine m;
    size_t *start;
    struct sl_term *term;
    uint32_t *row;
    signed char *sign;
    double *cost;
};

/* The dual solver, with weights where libsvm leaves them. */
struct machines {
    struct sl_machine *m;
    size_t n_weight;
};

static void copy_weights(void *user, size_t first, size_t n, const float *weight, const float *pull,
                         size_t width)
{
    struct machines *to = user;
    (void)pull;
    for (size_t i = 0; i < to->n_weight; i++) {
        for (size_t k = 0; k < n; k++) {
            to->m[first + k].weight[i] = (double)weight[i * width + k];
        }
    }
}

static enum slant_status solve_dual(const struct sl_problem *p, struct sl_machine *m, size_t n,
                                    uint64_t seed, struct slant_error *err)
{
    struct machines to = {m, (size_t)p->n_feature + p->n_dense};
    return sl_solve_dual(p, m, n, seed, copy_weights, &to, err);
}

static void make_real(struct real *r, uint32_t label, double cost, bool balanced)
{
    uint32_t *df = calloc(sl_n_feature(&features.all), sizeof *df);
    size_t total = counted.start[N_ROW];
    size_t n = 0;
    double n_side[2] = {0, 0};
    r->start = calloc(N_ROW + 1, sizeof *r->start);
    r->term = calloc(total, sizeof *r->term);
    r->row = calloc(N_ROW, sizeof *r->row);
    r->sign = calloc(N_ROW, sizeof *r->sign);
    r->cost = calloc(N_ROW, sizeof *r->cost);
    r->m.weight = calloc(sl_n_feature(&features.all), sizeof *r->m.weight);
    assert_true(df && r->start && r->term && r->row && r->sign && r->cost && r->m.weight);
    for (size_t i = 0; i < total; i++) {
        df[counted.count[i].feature]++;
    }
    for (size_t i = 0; i < N_ROW; i++) {
        double square = 0;
        for (size_t k = counted.start[i]; k < counted.start[i + 1]; k++) {
            double c = (double)counted.count[k].n;
            if (df[counted.count[k].feature] >= 2) {
                r->term[n++] = (struct sl_term){counted.count[k].feature, (float)c};
                square += c * c;
            }
        }
        for (size_t k = r->start[i]; k < n; k++) {
            r->term[k].value = (float)((double)r->term[k].value / sqrt(square));
        }
        r->start[i + 1] = n;
        r->row[i] = (uint32_t)i;
        r->sign[i] = rows.row[i].label[0] == label ? 1 : -1;
        n_side[r->sign[i] > 0]++;
    }
    for (size_t i = 0; i < N_ROW; i++) {
        r->cost[i] = balanced ? cost * N_ROW / (2 * n_side[r->sign[i] > 0]) : cost;
    }
    assert_true(n_side[0] > 50 && n_side[1] > 50);
    r->p = (struct sl_problem){.n_row = N_ROW,
                               .start = r->start,
                               .term = r->term,
                               .n_feature = sl_n_feature(&features.all)};
    r->m.row = r->row;
    r->m.sign = r->sign;
    r->m.cost = r->cost;
    r->m.n = N_ROW;
    free(df);
}

static void free_real(struct real *r)
{
    free(r->start);
    free(r->term);
    free(r->row);
    free(r->sign);
    free(r->cost);
    free(r->m.weight);
}

static double margin_of(const struct real *r, const double *w, double bias, size_t i)
{
    double sum = bias;
    for (size_t k = r->start[r->row[i]]; k < r->start[r->row[i] + 1]; k++) {
        sum += w[r->term[k].at] * (double)r->term[k].value;
    }
    return sum;
}

static double square_norm(const struct real *r, const double *w)
{
    double sum = 0;
    for (uint32_t f = 0; f < r->p.n_feature; f++) {
        sum += w[f] * w[f];
    }
    return sum;
}

/* w.w / 2 + b b / 2 + sum cost max(0, 1 - sign f)^2 */
static double squared_hinge(const struct real *r, const double *w, double bias)
{
    double sum = 0.5 * (square_norm(r, w) + bias * bias);
    for (size_t i = 0; i < r->m.n; i++) {
        double slack = fmax(0, 1 - r->sign[i] * margin_of(r, w, bias, i));
        sum += r->cost[i] * slack * slack;
    }
    return sum;
}

/* The dual's value at alpha = 2 cost max(0, 1 - sign f): never above any primal value. */
static double squared_hinge_dual(const struct real *r, const double *w, double bias)
{
    double *v = calloc(r->p.n_feature, sizeof *v);
    double b = 0;
    double sum = 0;
    assert_non_null(v);
    for (size_t i = 0; i < r->m.n; i++) {
        double slack = fmax(0, 1 - r->sign[i] * margin_of(r, w, bias, i));
        double alpha = 2 * r->cost[i] * slack;
        sum += alpha - alpha * alpha / (4 * r->cost[i]);
        b += alpha * r->sign[i];
        for (size_t k = r->start[r->row[i]]; k < r->start[r->row[i] + 1]; k++) {
            v[r->term[k].at] += alpha * r->sign[i] * (double)r->term[k].value;
        }
    }
    sum -= 0.5 * (square_norm(r, v) + b * b);
    free(v);
    return sum;
}

/* Gradient descent on the primal: slow and plain. Each row weighs at most 2 in squared length. */
static double descend_plainly(const struct real *r, int steps)
{
    uint32_t n = r->p.n_feature;
    double *w = calloc(n, sizeof *w);
    double *gradient = calloc(n, sizeof *gradient);
    double bias = 0;
    double length = 1;
    double value;
    assert_true(w != NULL && gradient != NULL);
    value = squared_hinge(r, w, bias);
    for (int step = 0; step < steps; step++) {
        double gradient_bias = bias;
        double moved;
        memcpy(gradient, w, n * sizeof *w);
        for (size_t i = 0; i < r->m.n; i++) {
            double slack = fmax(0, 1 - r->sign[i] * margin_of(r, w, bias, i));
            double part = -2 * r->cost[i] * slack * r->sign[i];
            gradient_bias += part;
            for (size_t k = r->start[r->row[i]]; k < r->start[r->row[i] + 1]; k++) {
                gradient[r->term[k].at] += part * (double)r->term[k].value;
            }
        }
        for (;;) { /* halve the step until it helps */
            for (uint32_t f = 0; f < n; f++) {
                w[f] -= length * gradient[f];
            }
            moved = squared_hinge(r, w, bias - length * gradient_bias);
            if (moved <= value || length < 1e-12) {
                break;
            }
            for (uint32_t f = 0; f < n; f++) {
                w[f] += length * gradient[f];
            }
            length /= 2;
        }
        bias -= length * gradient_bias;
        value = moved;
    }
    free(w);
    free(gradient);
    return value;
}

/* A dual solver that stops early or far off: measured by the duality gap, and against descent. */
static void test_dual_is_optimal(void **state)
{
    (void)state;
    for (uint32_t label = 0; label < 3; label += trials(5) < 5 ? 2 : 1) {
        static const double cost[3] = {0.05, 0.25, 2};
        struct real r = {0};
        double primal;
        double dual;
        double plain;
        make_real(&r, label, cost[label], label != 1);
        assert_int_equal(solve_dual(&r.p, &r.m, 1, 1, NULL), SLANT_OK);
        primal = squared_hinge(&r, r.m.weight, r.m.bias);
        dual = squared_hinge_dual(&r, r.m.weight, r.m.bias);
        assert_true(dual <= primal * (1 + 1e-12));
        assert_true(near((primal - dual) / primal, 0, 2e-2));
        plain = descend_plainly(&r, 150);
        assert_true(dual <= plain * (1 + 1e-12));
        assert_true(primal <= plain * 1.001);
        free_real(&r);
    }
}

/* liblinear's machine for the same rows: its model file's weights, one a line, the bias last. */
static void ask_liblinear(const struct real *r, double cost, double *w, double *bias)
{
    char data[64];
    char command[512];
    char model[80];
    char line[256];
    int first = 0; /* the label that positive weights speak for */
    uint32_t n = 0;
    FILE *f;
    spill(data, "", 0);
    (void)snprintf(model, sizeof model, "%s.model", data);
    f = fopen(data, "wb");
    assert_non_null(f);
    for (size_t i = 0; i < r->m.n; i++) {
        (void)fprintf(f, "%+d", r->sign[i]);
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            (void)fprintf(f, " %u:%.17g", r->term[k].at + 1, (double)r->term[k].value);
        }
        (void)fprintf(f, " %u:0\n", r->p.n_feature + 1); /* one more: all are known then */
    }
    assert_int_equal(fclose(f), 0);
    (void)snprintf(command, sizeof command, "liblinear-train -q -s 1 -B 1 -e 1e-4 -c %.17g %s %s",
                   cost, data, model);
    assert_int_equal(system(command), 0);
    f = fopen(model, "rb");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL && strcmp(line, "w\n") != 0) {
        if (strncmp(line, "label ", 6) == 0) {
            first = atoi(line + 6);
        }
    }
    for (; n < r->p.n_feature + 2 && fgets(line, sizeof line, f) != NULL; n++) {
        double v = strtod(line, NULL) * first;
        *(n < r->p.n_feature ? &w[n] : bias) = v;
    }
    assert_int_equal(n, r->p.n_feature + 2);
    (void)fclose(f);
    (void)unlink(data);
    (void)unlink(model);
}

/* An objective that is not liblinear's to 1e-4, whichever of the two is the lower; and machines of
 * all labels solved together that are not what each would be with the others. */
static void test_dual_against_liblinear(void **state)
{
    (void)state;
    if (system("command -v liblinear-train >/dev/null 2>&1") != 0) {
        skip(); /* liblinear-tools is not installed */
    }
    for (int c = 0; c < 3; c++) {
        static const double cost[3] = {0.05, 0.25, 2};
        struct real r[3];
        struct sl_machine m[3];
        double *w = calloc(sl_n_feature(&features.all), sizeof *w);
        assert_non_null(w);
        memset(r, 0, sizeof r);
        for (uint32_t label = 0; label < 3; label++) {
            make_real(&r[label], label, cost[c], false);
            m[label] = r[label].m;
        }
        assert_int_equal(solve_dual(&r[0].p, m, 3, 1, NULL), SLANT_OK);
        for (uint32_t label = 0; label < 3; label++) {
            double bias = 0;
            double own = squared_hinge(&r[label], m[label].weight, m[label].bias);
            double theirs;
            ask_liblinear(&r[label], cost[c], w, &bias);
            theirs = squared_hinge(&r[label], w, bias);
            assert_true(near(own / theirs, 1, 1e-4));
            free_real(&r[label]);
        }
        free(w);
    }
}

/* The weights of one machine: of features, then of what the rows have alone, at 0.5 each. */
struct found {
    double *w;
    size_t n_feature, n;
};

static void keep_found(void *user, size_t first, size_t n, const float *weight, const float *pull,
                       size_t width)
{
    struct found *f = user;
    assert_int_equal(first, 0);
    f->n = n;
    for (size_t i = 0; i < f->n_feature; i++) {
        f->w[i] = (double)weight[i * width];
    }
    for (size_t i = 0; i < 600; i++) {
        f->w[f->n_feature + i] = 0.5 * (double)pull[i * width];
    }
}

/* Rows whose terms are parted among their own, shared bags and what stands alone, at costs from where
 * rows hardly hinder each other to where a batch of them must be made smaller: another optimum than
 * that of the same rows written out. */
static void test_dual_bags(void **state)
{
    enum {
        ROWS = 600,
        BAGS = 120,
        SIZE = 12,
        OWN = 30,
        FEATURES = OWN + 300,
        ALL = FEATURES + ROWS
    };
    struct sl_rng rng = {11};
    (void)state;
    for (double cost = 0.05; cost < 100; cost *= 10) {
        size_t start[ROWS + 1] = {0};
        size_t bag_start[ROWS + 1] = {0};
        size_t member_start[BAGS + 1];
        static struct sl_term term[2 * ROWS], bag[3 * ROWS], member[BAGS * SIZE];
        static float alone[ROWS];
        static double w[ALL], own[ALL];
        struct real r = {0};
        struct sl_problem p = {.n_row = ROWS,
                               .start = start,
                               .term = term,
                               .n_feature = FEATURES,
                               .bag_start = bag_start,
                               .bag = bag,
                               .n_bag = BAGS,
                               .member_start = member_start,
                               .member = member,
                               .alone = alone};
        struct found found = {own, FEATURES, 0};
        double plain;
        for (size_t b = 0; b <= BAGS; b++) {
            member_start[b] = b * SIZE;
        }
        for (size_t b = 0; b < BAGS; b++) {
            uint32_t at = OWN;
            for (size_t i = 0; i < SIZE; i++) {
                at += 1 + (uint32_t)sl_rng_below(&rng, 24);
                member[b * SIZE + i] = (struct sl_term){at, (float)(1 + sl_rng_below(&rng, 5)) / 8};
            }
        }
        r.start = calloc(ROWS + 1, sizeof *r.start);
        r.term = calloc((size_t)ROWS * ALL, sizeof *r.term);
        r.row = calloc(ROWS, sizeof *r.row);
        r.sign = calloc(ROWS, sizeof *r.sign);
        r.cost = calloc(ROWS, sizeof *r.cost);
        r.m.weight = w;
        assert_true(r.start && r.term && r.row && r.sign && r.cost);
        for (size_t i = 0, n = 0; i < ROWS; i++) {
            double x[ALL] = {0};
            for (size_t k = 0; k < 2; k++) {
                uint32_t at = (uint32_t)(k * OWN / 2 + sl_rng_below(&rng, OWN / 2));
                term[2 * i + k] = (struct sl_term){at, 0.5f};
                x[at] = 0.5;
            }
            for (size_t k = 0; k < 3; k++) {
                uint32_t at = (uint32_t)(k * (BAGS / 3) + sl_rng_below(&rng, BAGS / 3));
                bag[3 * i + k] = (struct sl_term){at, 0.25f + 0.25f * (float)k};
                for (size_t j = member_start[at]; j < member_start[at + 1]; j++) {
                    x[member[j].at] += (double)bag[3 * i + k].value * (double)member[j].value;
                }
            }
            x[FEATURES + i] = 0.5;
            alone[i] = 0.25f;
            start[i + 1] = 2 * (i + 1);
            bag_start[i + 1] = 3 * (i + 1);
            for (uint32_t f = 0; f < ALL; f++) {
                if (x[f] != 0) {
                    r.term[n++] = (struct sl_term){f, (float)x[f]};
                }
            }
            r.start[i + 1] = n;
            r.row[i] = (uint32_t)i;
            r.sign[i] = sl_rng_below(&rng, 10) < (term[2 * i].at % 2 == 0 ? 8 : 2) ? 1 : -1;
            r.cost[i] = cost;
        }
        r.p =
            (struct sl_problem){.n_row = ROWS, .start = r.start, .term = r.term, .n_feature = ALL};
        r.m.row = r.row;
        r.m.sign = r.sign;
        r.m.cost = r.cost;
        r.m.n = ROWS;
        assert_int_equal(solve_dual(&r.p, &r.m, 1, 1, NULL), SLANT_OK);
        plain = squared_hinge(&r, w, r.m.bias);
        assert_true(plain - squared_hinge_dual(&r, w, r.m.bias) < 0.05 * plain);
        assert_int_equal(sl_solve_dual(&p, &r.m, 1, 1, keep_found, &found, NULL), SLANT_OK);
        assert_int_equal(found.n, 1);
        assert_true(near(squared_hinge(&r, own, r.m.bias) / plain, 1, 1e-4));
        r.m.weight = NULL;
        free_real(&r);
    }
}

/* Other seeds that lead to other machines: the optimum is one. */
static void test_dual_seeds_agree(void **state)
{
    struct real a = {0};
    struct real b = {0};
    (void)state;
    make_real(&a, 0, 0.25, true);
    make_real(&b, 0, 0.25, true);
    assert_int_equal(solve_dual(&a.p, &a.m, 1, 1, NULL), SLANT_OK);
    assert_int_equal(solve_dual(&b.p, &b.m, 1, 2, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        assert_true(near(margin_of(&a, a.m.weight, a.m.bias, i),
                         margin_of(&b, b.m.weight, b.m.bias, i), 0.02));
    }
    assert_int_equal(solve_dual(&b.p, &b.m, 1, 1, NULL), SLANT_OK);
    assert_memory_equal(a.m.weight, b.m.weight, a.p.n_feature * sizeof *a.m.weight);
    assert_true(a.m.bias == b.m.bias);
    free_real(&a);
    free_real(&b);
}

/* A machine with freedom that is not the machine on features scaled by its root, root folded in; and
 * machines solved beside others that are not what each is alone. */
static void test_dual_freedom(void **state)
{
    struct real a[2];
    struct real scaled = {0};
    struct sl_machine m[2];
    float *freedom[2];
    uint32_t n = sl_n_feature(&features.all);
    (void)state;
    memset(a, 0, sizeof a);
    for (uint32_t label = 0; label < 2; label++) {
        make_real(&a[label], label, 0.25, true);
        freedom[label] = calloc(n, sizeof *freedom[label]);
        assert_non_null(freedom[label]);
        for (uint32_t i = 0; i < n; i++) {
            freedom[label][i] = 0.25f * (float)(1 + (i + label) % 7);
        }
        a[label].m.freedom = freedom[label];
        m[label] = a[label].m;
    }
    make_real(&scaled, 1, 0.25, true);
    for (size_t i = 0; i < scaled.start[N_ROW]; i++) {
        scaled.term[i].value *= sqrtf(freedom[1][scaled.term[i].at]);
    }
    assert_int_equal(solve_dual(&a[0].p, m, 2, 1, NULL), SLANT_OK);
    assert_int_equal(solve_dual(&scaled.p, &scaled.m, 1, 1, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        assert_true(near(margin_of(&a[1], m[1].weight, m[1].bias, i),
                         margin_of(&scaled, scaled.m.weight, scaled.m.bias, i), 0.02));
    }
    for (uint32_t i = 0; i < n; i++) { /* the root is in the weights */
        assert_true(fabs(m[1].weight[i] - scaled.m.weight[i] * sqrt((double)freedom[1][i])) < 0.02);
    }
    for (uint32_t label = 0; label < 2; label++) {
        free_real(&a[label]);
        free(freedom[label]);
    }
    free_real(&scaled);
}

/* The same with a dense column: w^2 / 2d + 2c (1 - w)^2 is least at w = 4cd / (1 + 4cd). */
static void test_dual_freedom_by_hand(void **state)
{
    const size_t start[] = {0, 1, 2};
    const struct sl_term term[2][2] = {{{0, 1}, {0, -1}}, {{0, 0}, {0, 0}}};
    const float dense[2][2] = {{0, 0}, {1, -1}};
    const uint32_t row[] = {0, 1};
    const signed char sign[] = {1, -1};
    (void)state;
    for (double d = 0.01; d < 100; d *= 3) {
        const double cost[] = {0.5, 0.5};
        const float freedom[] = {(float)d, (float)d};
        double weight[2];
        for (int i = 0; i < 2; i++) {
            const struct sl_problem p = {.n_row = 2,
                                         .start = start,
                                         .term = term[i],
                                         .n_feature = 1,
                                         .dense = dense[i],
                                         .n_dense = 1};
            struct sl_machine m = {row, sign, cost, 2, weight, freedom, {1, 1}, 7};
            assert_int_equal(solve_dual(&p, &m, 1, 1, NULL), SLANT_OK);
            assert_true(near(weight[i], 2 * d / (1 + 2 * d), 1e-2));
            assert_true(weight[1 - i] == 0);
        }
    }
}

/* Hand-computed: x = +1 and -1 in one dimension, cost c: w minimises w^2/2 + 2c (1 - w)^2, so that
 * w = 4c / (1 + 4c); the bias is 0. */
static void test_dual_by_hand(void **state)
{
    const size_t start[] = {0, 1, 2};
    const struct sl_term term[] = {{0, 1}, {0, -1}};
    const uint32_t row[] = {0, 1};
    const signed char sign[] = {1, -1};
    (void)state;
    for (double c = 0.01; c < 100; c *= 3) {
        const double cost[] = {c, c};
        double weight = -5;
        const struct sl_problem p = {.n_row = 2, .start = start, .term = term, .n_feature = 1};
        struct sl_machine m = {row, sign, cost, 2, &weight, NULL, {1, 1}, 7};
        assert_int_equal(solve_dual(&p, &m, 1, 3, NULL), SLANT_OK);
        assert_true(near(weight, 4 * c / (1 + 4 * c), 0.02));
        assert_true(near(m.bias, 0, 0.02));
    }
}

/* A row's cost doubled must be the row twice: what a weight column means. */
static void test_dual_cost_is_weight(void **state)
{
    struct real once = {0};
    struct real twice = {0};
    uint32_t *row = calloc(2 * N_ROW, sizeof *row);
    signed char *sign = calloc(2 * N_ROW, sizeof *sign);
    double *cost = calloc(2 * N_ROW, sizeof *cost);
    size_t n = 0;
    (void)state;
    assert_true(row != NULL && sign != NULL && cost != NULL);
    make_real(&once, 0, 0.25, false);
    make_real(&twice, 0, 0.25, false);
    for (size_t i = 0; i < N_ROW; i++) {
        for (int k = 0; k < (i % 3 == 0 ? 2 : 1); k++) {
            row[n] = (uint32_t)i;
            sign[n] = twice.sign[i];
            cost[n++] = 0.25;
        }
        once.cost[i] = i % 3 == 0 ? 0.5 : 0.25;
    }
    twice.m.row = row;
    twice.m.sign = sign;
    twice.m.cost = cost;
    twice.m.n = n;
    assert_int_equal(solve_dual(&once.p, &once.m, 1, 1, NULL), SLANT_OK);
    assert_int_equal(solve_dual(&twice.p, &twice.m, 1, 1, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        assert_true(near(margin_of(&once, once.m.weight, once.m.bias, i),
                         margin_of(&twice, twice.m.weight, twice.m.bias, i), 0.02));
    }
    free(row);
    free(sign);
    free(cost);
    free_real(&once);
    free_real(&twice);
}

/* w.w / 2 + sum cost max(0, 1 - sign f), and the slack of libsvm's conditions on the margins. */
static double hinge(const struct real *r, const double *w, double bias)
{
    double sum = 0.5 * square_norm(r, w);
    for (size_t i = 0; i < r->m.n; i++) {
        sum += r->cost[i] * fmax(0, 1 - r->sign[i] * margin_of(r, w, bias, i));
    }
    return sum;
}

/* A collapse with the wrong sign or rho, or costs given to the wrong side. */
static void test_libsvm_is_optimal(void **state)
{
    (void)state;
    for (uint32_t label = 0; label < 3; label++) {
        struct real r = {0};
        struct sl_rng rng = {label};
        double gap = 99;
        double best;
        double *moved;
        make_real(&r, label, 0.5, true);
        assert_int_equal(sl_solve_libsvm(&r.p, &r.m, 1, &gap, NULL), SLANT_OK);
        assert_true(gap < 1e-9);
        best = hinge(&r, r.m.weight, r.m.bias);
        moved = calloc(r.p.n_feature, sizeof *moved);
        assert_non_null(moved);
        /* a minimum: no step of bias or weights, along the rows or at random, goes lower */
        for (int round = 0; round < 300; round++) {
            double length = pow(10, -1 - (double)sl_rng_below(&rng, 300) / 100);
            double bias = r.m.bias;
            memcpy(moved, r.m.weight, r.p.n_feature * sizeof *moved);
            if (round % 3 == 0) {
                bias += round % 2 ? length : -length;
            } else if (round % 3 == 1) {
                size_t i = sl_rng_below(&rng, N_ROW);
                for (size_t k = r.start[i]; k < r.start[i + 1]; k++) {
                    moved[r.term[k].at] += (round % 2 ? length : -length) * (double)r.term[k].value;
                }
            } else {
                for (uint32_t f = 0; f < r.p.n_feature; f++) {
                    moved[f] *= 1 + (round % 2 ? length : -length);
                }
            }
            assert_true(hinge(&r, moved, bias) >= best - 1e-2 * length - 1e-5 * best);
        }
        free(moved);
        free_real(&r);
    }
}

/* The sign of the first row must not turn the machine round: libsvm's positive side is the first
 * label that it sees. */
static void test_libsvm_first_row(void **state)
{
    const size_t start[] = {0, 1, 2};
    const struct sl_term term[] = {{0, 3}, {0, 1}};
    const uint32_t order[2][2] = {{0, 1}, {1, 0}};
    const signed char sign[2][2] = {{1, -1}, {-1, 1}};
    const double cost[] = {10, 10};
    const struct sl_problem p = {.n_row = 2, .start = start, .term = term, .n_feature = 1};
    (void)state;
    for (int i = 0; i < 2; i++) {
        double weight = 0;
        double gap;
        struct sl_machine m = {order[i], sign[i], cost, 2, &weight, NULL, {1, 1}, 7};
        assert_int_equal(sl_solve_libsvm(&p, &m, 1, &gap, NULL), SLANT_OK);
        assert_true(near(weight, 1, 1e-2)); /* the widest street: f(3) = 1, f(1) = -1 */
        assert_true(near(m.bias, -2, 1e-2));
        assert_true(gap < 1e-9);
    }
}

/* A kernel matrix of any size, instead of a refusal before it is made. */
static void test_libsvm_limit(void **state)
{
    size_t *start = calloc(SL_LIBSVM_MAX_ROW + 2, sizeof *start);
    const struct sl_problem p = {.n_row = SL_LIBSVM_MAX_ROW + 1, .start = start};
    struct slant_error err = {0};
    double gap;
    (void)state;
    assert_non_null(start);
    assert_int_equal(sl_solve_libsvm(&p, NULL, 0, &gap, &err), SLANT_ERR_LIMIT);
    assert_int_equal(err.status, SLANT_ERR_LIMIT);
    free(start);
}

/* ---- fits ---- */

static void check_fit(enum slant_solver solver)
{
    struct sl_settings settings = sl_settings_default(solver, &rows);
    struct sl_fit fit;
    struct slant_error err = {0};
    bool in[N_ROW];
    size_t right = 0;
    for (size_t i = 0; i < N_ROW; i++) {
        in[i] = i % 4 != 0;
    }
    assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &fit, &err), SLANT_OK);
    if (solver == SLANT_SOLVER_LIBSVM) {
        assert_true(fit.libsvm_gap > 0 && fit.libsvm_gap < 1e-9);
    } else {
        struct sl_fit other;
        settings.seed++;
        assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &other, NULL), SLANT_OK);
        assert_true(fit.libsvm_gap == 0);
        /* the seed reaches the solver */
        assert_memory_not_equal(fit.bias, other.bias, sizeof fit.bias);
        sl_fit_free(&other);
    }
    /* it learned what it was shown */
    for (size_t i = 0; i < N_ROW; i++) {
        double margin[SL_MAX_COLUMN];
        uint32_t best = 0;
        sl_fit_margins(&fit, &features, i, margin);
        for (uint32_t k = 1; k < 3; k++) {
            best = margin[k] > margin[best] ? k : best;
        }
        right += in[i] && best == rows.row[i].label[0];
    }
    assert_true(right > 280); /* of 300 */
    sl_fit_free(&fit);
}

/* Weights that do not do what libsvm's own model does. */
static void test_fit_libsvm(void **state)
{
    (void)state;
    check_fit(SLANT_SOLVER_LIBSVM);
}

/* Weights of a solver that learned nothing. */
static void test_fit_dual(void **state)
{
    (void)state;
    check_fit(SLANT_SOLVER_DUAL);
}

/* A fit's rows as feat/vocabulary.h states them, and the costs of one label's machine. */
static void make_fitted(struct real *r, const struct sl_fit *fit,
                        const struct sl_settings *settings, size_t head, uint32_t label)
{
    const struct sl_vocabulary *v = &fit->vocabulary;
    size_t total = counted.start[N_ROW];
    double n_side[2] = {0, 0};
    size_t n = 0;
    r->start = calloc(N_ROW + 1, sizeof *r->start);
    r->term = calloc(total, sizeof *r->term);
    r->row = calloc(N_ROW, sizeof *r->row);
    r->sign = calloc(N_ROW, sizeof *r->sign);
    r->cost = calloc(N_ROW, sizeof *r->cost);
    r->m.weight = calloc(sl_n_feature(v), sizeof *r->m.weight);
    assert_true(r->start && r->term && r->row && r->sign && r->cost && r->m.weight);
    for (size_t i = 0; i < N_ROW; i++) {
        double square[SL_N_BLOCK] = {0};
        for (int pass = 0; pass < 2; pass++) {
            for (size_t k = counted.start[i]; k < counted.start[i + 1]; k++) {
                uint32_t f = fit->local[counted.count[k].feature];
                double c = (double)counted.count[k].n;
                if (f != SL_FEATURE_NONE) {
                    enum sl_block b = sl_feature_block(v, f);
                    double idf_square = sl_fit_norm_part(fit, b, f);
                    if (pass == 0) {
                        square[b] += c * idf_square;
                    } else {
                        r->term[n].at = f;
                        r->term[n++].value = (float)(settings->scale[b] * c * sqrt(idf_square) *
                                                     (1 / sqrt(square[b])));
                    }
                }
            }
        }
        r->start[i + 1] = n;
        r->row[i] = (uint32_t)i;
        r->sign[i] = rows.row[i].label[heads.of_rows[head]] == label ? 1 : -1;
        n_side[r->sign[i] > 0]++;
    }
    for (size_t i = 0; i < N_ROW; i++) {
        r->cost[i] = settings->cost * (N_ROW / (2 * n_side[r->sign[i] > 0]));
    }
    r->p = (struct sl_problem){
        .n_row = N_ROW, .start = r->start, .term = r->term, .n_feature = sl_n_feature(v)};
    r->m.row = r->row;
    r->m.sign = r->sign;
    r->m.cost = r->cost;
    r->m.n = N_ROW;
}

static struct sl_fit fit_all(enum slant_solver solver, struct sl_settings *settings)
{
    struct sl_fit fit;
    bool in[N_ROW];
    *settings = sl_settings_default(solver, &rows);
    memset(in, 1, sizeof in);
    settings->ratio =
        0; /* with it labels solved together and alone differ by the solver's tolerance */
    assert_true(settings->balanced);
    assert_int_equal(sl_fit(&rows, &features, &heads, in, settings, &fit, NULL), SLANT_OK);
    return fit;
}

/* What a feature's own weight is multiplied by in a fit. */
static double folded_in(const struct sl_fit *fit, const struct sl_settings *settings, uint32_t f)
{
    enum sl_block b = sl_feature_block(&fit->vocabulary, f);
    return sqrt(sl_fit_norm_part(fit, b, f)) * settings->scale[b];
}

/* Margins of a fit further from the machine's than rounding can take them: a weight by half a unit; more:
 * what the machine itself may be off. Returns the largest distance. */
static double check_margins(const struct real *r, const struct sl_fit *fit,
                            const struct sl_settings *settings, uint32_t column, double more)
{
    double far = 0;
    for (size_t i = 0; i < N_ROW; i++) {
        double margin[SL_MAX_COLUMN];
        double want = margin_of(r, r->m.weight, r->m.bias, i);
        double bound = 0;
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
            uint32_t f = r->term[k].at;
            double unit = fit->unit[sl_feature_block(&fit->vocabulary, f)][column];
            bound += fabs((double)r->term[k].value) / folded_in(fit, settings, f) * unit / 2;
        }
        sl_fit_margins(fit, &features, i, margin);
        assert_true(near(margin[column], want, bound + more * fmax(1, fabs(want))));
        far = fmax(far, fabs(margin[column] - want));
    }
    return far;
}

/* Weights of a fit that are not the nearest to the machine's, which are libsvm's own within 1e-9. */
static void test_rounding_libsvm(void **state)
{
    struct sl_settings settings;
    struct sl_fit fit = fit_all(SLANT_SOLVER_LIBSVM, &settings);
    double far = 0;
    (void)state;
    for (uint32_t column = 0; column < heads.n_column; column++) {
        size_t head = heads.n > 1 && column >= heads.column[1];
        struct real r = {0};
        double gap = 0;
        double top[SL_N_BLOCK];
        make_fitted(&r, &fit, &settings, head, column - heads.column[head]);
        assert_int_equal(sl_solve_libsvm(&r.p, &r.m, 1, &gap, NULL), SLANT_OK);
        assert_true(gap < 1e-9);
        assert_true(near(fit.bias[column], r.m.bias, 1e-6));
        memset(top, 0, sizeof top);
        for (uint32_t f = 0; f < r.p.n_feature; f++) {
            enum sl_block b = sl_feature_block(&fit.vocabulary, f);
            double w = r.m.weight[f] * folded_in(&fit, &settings, f);
            /* the rows' order of terms differs, and so do the last bits of sums */
            assert_true(near(sl_fit_weight(&fit, b, f, column), w,
                             fit.unit[b][column] / 2 + fabs(w) * 1e-6 + 1e-12));
            top[b] = fmax(top[b], fabs(w));
        }
        for (int b = 0; b < SL_N_BLOCK; b++) { /* the largest is the last cell */
            assert_true(near(fit.unit[b][column] * SL_CELL_MAX, top[b], top[b] * 1e-6));
        }
        far = fmax(far, check_margins(&r, &fit, &settings, column, 1e-5));
        free_real(&r);
    }
    assert_true(far > 1e-6); /* they are rounded */
    sl_fit_free(&fit);
}

/* A fit, with characters in bags and what one row alone has left out of the solver, that is not the
 * machine of the plain rows: by its objective, which rounding hardly moves, and by its margins. */
static void test_rounding_dual(void **state)
{
    struct sl_settings settings;
    struct sl_fit fit = fit_all(SLANT_SOLVER_DUAL, &settings);
    (void)state;
    for (uint32_t column = 0; column < heads.n_column; column++) {
        size_t head = heads.n > 1 && column >= heads.column[1];
        struct real r = {0};
        double *w = calloc(sl_n_feature(&fit.vocabulary), sizeof *w);
        double own;
        double plain;
        assert_non_null(w);
        make_fitted(&r, &fit, &settings, head, column - heads.column[head]);
        assert_int_equal(solve_dual(&r.p, &r.m, 1, settings.seed, NULL), SLANT_OK);
        for (uint32_t f = 0; f < r.p.n_feature; f++) {
            w[f] = sl_fit_weight(&fit, sl_feature_block(&fit.vocabulary, f), f, column) /
                   folded_in(&fit, &settings, f);
        }
        own = squared_hinge(&r, w, fit.bias[column]);
        plain = squared_hinge(&r, r.m.weight, r.m.bias);
        assert_true(near(own / plain, 1, 1e-3));
        (void)check_margins(&r, &fit, &settings, column, 0.01);
        free(w);
        free_real(&r);
    }
    sl_fit_free(&fit);
}

/* A ratio that the fit does not heed: its weights are not those of machines with that freedom. */
static void test_fit_ratio(void **state)
{
    struct sl_settings settings = sl_settings_default(SLANT_SOLVER_DUAL, &rows);
    struct sl_fit fit;
    bool in[N_ROW];
    (void)state;
    memset(in, 1, sizeof in);
    settings.ratio = 1;
    assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &fit, NULL), SLANT_OK);
    for (uint32_t column = 0; column < heads.n_column; column++) {
        size_t head = heads.n > 1 && column >= heads.column[1];
        struct real r = {0};
        make_fitted(&r, &fit, &settings, head, column - heads.column[head]);
        for (int with = 0; with < 2; with++) {
            double far = 0;
            double most = 0;
            assert_true(with == 0 || sl_ratio_freedom(&r.p, 1, &r.m, 1, NULL) == SLANT_OK);
            assert_int_equal(solve_dual(&r.p, &r.m, 1, settings.seed, NULL), SLANT_OK);
            for (size_t i = 0; i < N_ROW; i++) {
                double margin[SL_MAX_COLUMN];
                double want = margin_of(&r, r.m.weight, r.m.bias, i);
                sl_fit_margins(&fit, &features, i, margin);
                far = fmax(far, fabs(margin[column] - want));
                most = fmax(most, fabs(want));
            }
            assert_true(most > 0.1);
            assert_true((far < 0.02) == (with == 1));
        }
        free((float *)r.m.freedom);
        free_real(&r);
    }
    sl_fit_free(&fit);
}

/* AUTO that gives libsvm what it cannot take. */
static void test_default_settings(void **state)
{
    struct sl_rows r = {.n = SL_LIBSVM_AUTO_ROW};
    (void)state;
    assert_true(SL_LIBSVM_AUTO_ROW <= SL_LIBSVM_MAX_ROW);
    assert_int_equal(sl_settings_default(SLANT_SOLVER_AUTO, &r).solver, SLANT_SOLVER_LIBSVM);
    r.weighted = true;
    assert_int_equal(sl_settings_default(SLANT_SOLVER_AUTO, &r).solver, SLANT_SOLVER_DUAL);
    r.weighted = false;
    r.n++;
    assert_int_equal(sl_settings_default(SLANT_SOLVER_AUTO, &r).solver, SLANT_SOLVER_DUAL);
    assert_int_equal(sl_settings_default(SLANT_SOLVER_LIBSVM, &r).solver, SLANT_SOLVER_LIBSVM);
}

/* Margins in training that differ from those of the model made of it. */
static void test_training_and_scoring_agree(void **state)
{
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct slant_model *m;
    struct sl_settings settings = sl_settings_default(SLANT_SOLVER_DUAL, &rows);
    struct sl_fit fit;
    struct slant_session *s;
    bool in[N_ROW];
    (void)state;
    memset(in, 1, sizeof in);
    opt.n_fold = 2;
    m = learn(tsv, tsv_len, &opt);
    assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &fit, NULL), SLANT_OK);
    assert_int_equal(fit.n_column, m->n_column);
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        const struct sl_row *row = &rows.row[i];
        const struct slant_sentence *sentence;
        double margin[SL_MAX_COLUMN];
        sl_fit_margins(&fit, &features, i, margin);
        assert_int_equal(
            sl_session_masked_line(s, row->text.p, row->text.len, row->mask, row->n_mask, NULL),
            SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        for (uint32_t k = 0; k < m->n_column; k++) {
            assert_true(near(s->margin[k], margin[k], 1e-9));
        }
    }
    slant_session_free(s);
    sl_fit_free(&fit);
    slant_model_free(m);
}

/* ---- whole trainings ---- */

/* Bytes that depend on threads, on time, or not on the seed. */
static void check_determinism(enum slant_solver solver)
{
    static const unsigned threads[] = {1, 2, 2};
    struct slant_train_options opt = train_options(solver);
    char *bytes[3];
    size_t len[3];
    size_t n;
    char *table = first_rows("training/vendor-ban.tsv", N_ROW / 2, &n);
    opt.n_fold = 3;
    for (int i = 0; i < 3; i++) {
        opt.seed = i == 2 ? 2 : 1;
        assert_int_equal(learn_bytes(table, n, &opt, threads[i], &bytes[i], &len[i], NULL),
                         SLANT_OK);
    }
    assert_int_equal(len[1], len[0]);
    assert_memory_equal(bytes[1], bytes[0], len[0]);
    assert_true(len[2] != len[0] || memcmp(bytes[2], bytes[0], len[0]) != 0);
    for (int i = 0; i < 3; i++) {
        free(bytes[i]);
    }
    free(table);
}

/* libsvm sharing something between threads. */
static void test_determinism_libsvm(void **state)
{
    (void)state;
    check_determinism(SLANT_SOLVER_LIBSVM);
}

/* A random order that threads share. */
static void test_determinism_dual(void **state)
{
    (void)state;
    check_determinism(SLANT_SOLVER_DUAL);
}

/* n rows of a label, with distinct texts, appended to a table of columns stance and text. */
static void add_rows(char *table, size_t cap, const char *label, const char *what, int n)
{
    for (int i = 0; i < n; i++) {
        size_t len = strlen(table);
        int k = snprintf(table + len, cap - len, "%s\t%s number%d of part%d\n", label, what,
                         i * 7 + (int)len, i);
        assert_true(k > 0 && (size_t)k < cap - len);
    }
}

static enum slant_status learn_status(const char *table, const struct slant_train_options *opt,
                                      struct slant_error *err)
{
    char *bytes = NULL;
    size_t n;
    enum slant_status status;
    *err = (struct slant_error){0};
    status = learn_bytes(table, strlen(table), opt, 1, &bytes, &n, err);
    free(bytes);
    return status;
}

/* Labels too rare to calibrate, learned all the same; the message must name label and line. */
static void test_too_few_rows(void **state)
{
    static char table[16384];
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_error err;
    (void)state;
    (void)snprintf(table, sizeof table, "stance\ttext\n");
    add_rows(table, sizeof table, "favor", "they must ban the boxes", 20);
    add_rows(table, sizeof table, "against", "nobody needs that order", 20);
    add_rows(table, sizeof table, "agianst", "the order is a mistake", SL_MIN_LABEL_ROWS - 1);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    assert_int_equal(err.line, 42);
    assert_non_null(strstr(err.text, "agianst"));
    add_rows(table, sizeof table, "agianst", "the order is wrong", 1);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_OK);
}

/* A label whose rows weigh nothing, counted as if they taught. */
static void test_too_few_rows_of_weight(void **state)
{
    static char table[16384];
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct slant_error err;
    (void)state;
    (void)snprintf(table, sizeof table, "weight\tstance\ttext\n");
    add_rows(table, sizeof table, "1\tfavor", "they must ban the boxes", 20);
    add_rows(table, sizeof table, "1\tagainst", "nobody needs that order", 20);
    add_rows(table, sizeof table, "0\tnone", "the order is a paper", 2);
    add_rows(table, sizeof table, "1\tnone", "the order is a file", SL_MIN_LABEL_ROWS - 1);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    assert_int_equal(err.line, 42);
    assert_non_null(strstr(err.text, "none"));
    add_rows(table, sizeof table, "1\tnone", "the order is ink", 1);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_OK);
}

/* Nothing to tell apart; no rows; no labels; one row. */
static void test_nothing_to_learn(void **state)
{
    static char table[16384];
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_error err;
    (void)state;
    (void)snprintf(table, sizeof table, "stance\ttext\n");
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    add_rows(table, sizeof table, "favor", "they must ban the boxes", 1);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    add_rows(table, sizeof table, "favor", "they must ban the boxes", 30);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    assert_non_null(strstr(err.text, "favor"));
    (void)snprintf(table, sizeof table, "other\ttext\n");
    add_rows(table, sizeof table, "x", "they must ban the boxes", 30);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    (void)snprintf(table, sizeof table, "stance\ttext\n");
    add_rows(table, sizeof table, "", "they must ban the boxes", 30);
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    (void)snprintf(table, sizeof table, "stance\ttxt\nfavor\tban it\n");
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ROW);
    assert_int_equal(learn_status("", &opt, &err), SLANT_ERR_ROW);
}

/* Options out of range that are taken, and calls that crash. */
static void test_train_misuse(void **state)
{
    static char table[16384];
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_input in = {.size = sizeof in};
    struct slant_error err;
    (void)state;
    (void)snprintf(table, sizeof table, "stance\ttext\n");
    add_rows(table, sizeof table, "favor", "they must ban the boxes", 10);
    add_rows(table, sizeof table, "against", "nobody needs that order", 10);
    opt.n_fold = 1;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    opt.n_fold = 101;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    opt.n_fold = 50; /* more than groups */
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_DATA);
    opt.n_fold = 2;
    opt.cost = -1;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    opt.cost = NAN;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    opt.cost = 0;
    opt.size--;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    opt.size++;
    assert_int_equal(slant_train(&in, &opt, "/tmp/x.slant", &err), SLANT_ERR_ARG);
    assert_int_equal(slant_train(NULL, &opt, "/tmp/x.slant", &err), SLANT_ERR_ARG);
    assert_int_equal(slant_train(&in, NULL, "/tmp/x.slant", &err), SLANT_ERR_ARG);
    assert_int_equal(slant_train(&in, &opt, NULL, &err), SLANT_ERR_ARG);
    /* and the lock is free again */
    assert_int_equal(learn_status(table, &opt, &err), SLANT_OK);
}

static int stop_at_once(void *user, const char *stage, uint64_t done, uint64_t total)
{
    assert_non_null(stage);
    assert_true(done <= total);
    ++*(int *)user;
    return 1;
}

/* A training that goes on, or leaves a file, after it was asked to stop. */
static void test_stopped(void **state)
{
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_error err;
    int calls = 0;
    (void)state;
    opt.progress = stop_at_once;
    opt.user = &calls;
    assert_int_equal(learn_status(tsv, &opt, &err), SLANT_ERR_STOPPED);
    assert_int_equal(calls, 1);
}

/* Too many rows for libsvm found only after the folds were learned: minutes later. */
static void test_too_many_rows_for_libsvm(void **state)
{
    struct slant_train_options opt = train_options(SLANT_SOLVER_LIBSVM);
    struct slant_error err;
    size_t cap = (size_t)(SL_LIBSVM_MAX_ROW + 1) * 64;
    char *table = malloc(cap);
    size_t len;
    int calls = 0;
    (void)state;
    assert_non_null(table);
    len = (size_t)snprintf(table, cap, "stance\ttext\n");
    for (int i = 0; i <= SL_LIBSVM_MAX_ROW; i++) {
        len += (size_t)snprintf(table + len, cap - len, "%s\tban%d the %d\n",
                                i % 2 ? "favor" : "against", i % 9, i);
    }
    opt.progress = stop_at_once; /* the first stage must not begin */
    opt.user = &calls;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_LIMIT);
    assert_int_equal(calls, 0);
    free(table);
}

/* A weight column that is not read, or read by a solver that cannot heed it. */
static void test_weights(void **state)
{
    static const char empty_weight[] = "weight\tstance\ttext\n1\tfavor\tban it\n\tfavor\tban\n";
    static const char bad_weight[] = "weight\tstance\ttext\n1\tfavor\tban it\n-1\tfavor\tban\n";
    static char table[32768];
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_error err;
    struct sl_rows r;
    (void)state;
    opt.n_fold = 2;
    for (int heavy = 0; heavy < 2; heavy++) {
        struct slant_model *m;
        struct slant_session *s;
        const struct slant_sentence *sentence;
        size_t len = (size_t)snprintf(table, sizeof table, "weight\tstance\ttext\n");
        for (int i = 0; i < 60; i++) {
            /* the same sentences with both labels; the weight decides */
            bool favor = i % 2 == 0;
            len += (size_t)snprintf(
                table + len, sizeof table - len, "%s\t%s\tthe glib%d vendor is a quist case\n",
                favor == (heavy == 0) ? "9" : "0.5", favor ? "favor" : "against", i / 2);
        }
        m = learn(table, len, &opt);
        assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
        assert_int_equal(slant_session_line(s, "the vendor is a quist case", 26, NULL, NULL),
                         SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        assert_string_equal(m->head[0].label[sentence->verdict[0].label],
                            heavy == 0 ? "favor" : "against");
        /* calibrated on the rows as they come, of which each label has half */
        assert_true(sentence->verdict[0].prob[heavy] >= 5000);
        assert_true(sentence->verdict[0].prob[heavy] < 6500);
        /* the machine heeds it */
        assert_true(sentence->verdict[0].margin[heavy] >
                    sentence->verdict[0].margin[1 - heavy] + 0.2);
        slant_session_free(s);
        slant_model_free(m);
    }
    opt.solver = SLANT_SOLVER_LIBSVM;
    assert_int_equal(learn_status(table, &opt, &err), SLANT_ERR_ARG);
    assert_int_equal(read_rows(empty_weight, sizeof empty_weight - 1, &r, NULL), SLANT_OK);
    assert_false(r.weighted);
    sl_rows_free(&r);
    assert_int_equal(read_rows(bad_weight, sizeof bad_weight - 1, &r, &err), SLANT_ERR_ROW);
    assert_int_equal(err.line, 3);
}

/* Broken bytes in the rows give a model that cannot be opened. */
static void test_broken_bytes_in_rows(void **state)
{
    static char table[16384];
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    (void)state;
    opt.n_fold = 2;
    (void)snprintf(table, sizeof table, "stance\ttext\n");
    add_rows(table, sizeof table, "favor", "caf\xe9 \xff!", 10);
    add_rows(table, sizeof table, "against", "no\xe2\x82 order", 10);
    slant_model_free(learn(table, strlen(table), &opt));
}

/* ---- folds ---- */

/* A group that is split: its sentences would tell on each other. */
static void test_folds_of_real_rows(void **state)
{
    (void)state;
    for (unsigned n_fold = 2; n_fold <= 7; n_fold++) {
        uint32_t fold[N_ROW];
        size_t load[7] = {0};
        size_t joined;
        uint32_t again[N_ROW];
        assert_int_equal(sl_folds_deal(&rows, n_fold, 1, fold, &joined, NULL), SLANT_OK);
        for (size_t i = 0; i < N_ROW; i++) {
            assert_true(fold[i] < n_fold);
            load[fold[i]]++;
            for (size_t j = 0; j < i; j++) {
                assert_true(rows.row[i].group != rows.row[j].group || fold[i] == fold[j]);
            }
        }
        for (unsigned k = 0; k < n_fold; k++) {
            assert_true(load[k] * n_fold * 2 > N_ROW); /* none is less than half of its part */
        }
        assert_int_equal(sl_folds_deal(&rows, n_fold, 1, again, &joined, NULL), SLANT_OK);
        assert_memory_equal(fold, again, sizeof fold);
        assert_int_equal(sl_folds_deal(&rows, n_fold, 2, again, &joined, NULL), SLANT_OK);
        assert_memory_not_equal(fold, again, sizeof fold);
    }
}

static const char copies[] =
    "stance\tgroup\ttarget\ttext\n"
    "favor\ta\tBrelka\tThe ministry told every operator to take the Brelka boxes out by May\n"
    "favor\ta\tBrelka\tA second sentence of the first article that has nothing to do with it\n"
    "favor\tb\tOstrin\tThe ministry told every operator to take the Ostrin boxes out by May\n"
    "against\tb\tOstrin\tVillages would lose their signal for a year said the man in the shop\n"
    "none\tc\t\tThe ministry told every operator to take the old boxes out by next June\n"
    "none\td\t\tQuite another text about rain and the price of bread in the valley\n"
    "none\te\t\tVillages would lose their signal for a year said the woman in the shop\n"
    "none\tf\t\tyes\n"
    "none\tg\t\tyes\n";
enum { N_COPY = 9 };

struct pairs {
    bool found[N_COPY][N_COPY];
    int n, left;
};

static bool note_pair(void *user, size_t row, size_t other)
{
    struct pairs *p = user;
    assert_true(row < N_COPY && other < N_COPY && row != other);
    p->found[row][other] = p->found[other][row] = true;
    p->n++;
    return --p->left != 0;
}

/* Copies with another vendor or word in them that are not seen; strangers that are. */
static void test_near_copies(void **state)
{
    struct sl_rows r;
    struct pairs p = {.left = -1};
    (void)state;
    assert_int_equal(read_rows(copies, sizeof copies - 1, &r, NULL), SLANT_OK);
    assert_int_equal(r.n, N_COPY);
    assert_int_equal(sl_near_copies(&r, note_pair, &p, NULL), SLANT_OK);
    assert_true(p.found[0][2]); /* the vendor's name does not count */
    assert_true(p.found[3][6]); /* 9 of 15 trigrams */
    for (size_t i = 0; i < N_COPY; i++) {
        for (size_t j = 0; j < N_COPY; j++) {
            bool want = (i == 0 && j == 2) || (i == 2 && j == 0) || (i == 3 && j == 6) ||
                        (i == 6 && j == 3);
            if (i < 7 && j < 7) {
                assert_int_equal(p.found[i][j], want);
            }
        }
    }
    p.n = 0;
    p.left = 1;
    assert_int_equal(sl_near_copies(&r, note_pair, &p, NULL), SLANT_OK);
    assert_int_equal(p.n, 1); /* stopped when asked */
    sl_rows_free(&r);
}

/* Copies held out apart from each other: figures that flatter. */
static void test_folds_join_copies(void **state)
{
    struct sl_rows r;
    uint32_t fold[N_COPY];
    size_t joined = 99;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(read_rows(copies, sizeof copies - 1, &r, NULL), SLANT_OK);
    for (uint64_t seed = 0; seed < (uint64_t)trials(50); seed++) {
        assert_int_equal(sl_folds_deal(&r, 3, seed, fold, &joined, NULL), SLANT_OK);
        assert_true(joined >= 2); /* a with b by Brelka and Ostrin, b with e by the shop */
        assert_int_equal(fold[0], fold[1]);
        assert_int_equal(fold[0], fold[2]);
        assert_int_equal(fold[2], fold[3]);
        assert_int_equal(fold[3], fold[6]);
    }
    assert_int_equal(sl_folds_deal(&r, 6, 1, fold, &joined, &err), SLANT_ERR_DATA);
    sl_rows_free(&r);
}

/* Copies so short that they have no trigram, in groups of their own. */
static void test_short_copies(void **state)
{
    struct sl_rows r;
    struct pairs p = {.left = -1};
    (void)state;
    assert_int_equal(read_rows(copies, sizeof copies - 1, &r, NULL), SLANT_OK);
    assert_int_equal(sl_near_copies(&r, note_pair, &p, NULL), SLANT_OK);
    assert_true(p.found[7][8]);
    sl_rows_free(&r);
}

/* Every row held out once, by a fit that did not see it. */
static void test_cross_validation(void **state)
{
    struct sl_settings settings = sl_settings_default(SLANT_SOLVER_DUAL, &rows);
    struct sl_cv_options opt = {.n_fold = 4, .n_thread = 2};
    struct sl_held_out a;
    struct sl_held_out b;
    struct sl_verdicts v;
    struct sl_fit fit;
    bool in[N_ROW];
    (void)state;
    assert_int_equal(sl_cross_validate(&rows, &features, &heads, &settings, &opt, &a, NULL),
                     SLANT_OK);
    opt.n_thread = 1;
    assert_int_equal(sl_cross_validate(&rows, &features, &heads, &settings, &opt, &b, NULL),
                     SLANT_OK);
    assert_memory_equal(a.margin, b.margin, N_ROW * heads.n_column * sizeof *a.margin);
    for (size_t i = 0; i < N_ROW; i++) {
        in[i] = a.fold[i] != 2;
    }
    assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &fit, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        double margin[SL_MAX_COLUMN];
        if (a.fold[i] == 2) {
            sl_fit_margins(&fit, &features, i, margin);
            assert_memory_equal(margin, a.margin + i * heads.n_column,
                                heads.n_column * sizeof *margin);
        }
    }
    assert_int_equal(sl_held_out_verdicts(&a, &rows, &heads, 0, &v, NULL), SLANT_OK);
    assert_int_equal(v.n, N_ROW);
    for (size_t i = 0; i < v.n; i++) {
        assert_int_equal(v.gold[i], rows.row[i].label[0]);
        assert_true(near(v.prob[3 * i] + v.prob[3 * i + 1] + v.prob[3 * i + 2], 1, 1e-12));
    }
    sl_verdicts_free(&v);
    sl_fit_free(&fit);
    sl_held_out_free(&a);
    sl_held_out_free(&b);
}

/* ---- calibration ---- */

enum { N_CALIBRATE = 12000 };

static double normal(struct sl_rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += (double)sl_rng_below(rng, 1u << 30) / (1u << 30);
    }
    return sum;
}

/* Margins of a known law, and labels drawn by it. */
struct drawn {
    double *margin, *weight;
    uint32_t *label;
};

static struct drawn draw(double slope, const double *shift, uint32_t n_label, uint64_t seed)
{
    struct sl_rng rng = {seed};
    struct drawn d = {calloc(N_CALIBRATE * (size_t)n_label, sizeof(double)),
                      calloc(N_CALIBRATE, sizeof(double)), calloc(N_CALIBRATE, sizeof(uint32_t))};
    assert_true(d.margin != NULL && d.weight != NULL && d.label != NULL);
    for (size_t i = 0; i < N_CALIBRATE; i++) {
        double p[SLANT_MAX_LABEL];
        double at = (double)sl_rng_below(&rng, 1u << 30) / (1u << 30);
        for (uint32_t k = 0; k < n_label; k++) {
            d.margin[i * n_label + k] = normal(&rng) * 2 / slope;
        }
        sl_model_softmax(slope, shift, n_label, d.margin + i * n_label, p);
        while (d.label[i] + 1 < n_label && at >= p[d.label[i]]) {
            at -= p[d.label[i]++];
        }
        d.weight[i] = 1;
    }
    return d;
}

static void free_drawn(struct drawn *d)
{
    free(d->margin);
    free(d->weight);
    free(d->label);
}

/* A slope or shift that is not the likeliest, at any scale of the margins. */
static void test_calibration_recovers(void **state)
{
    static const double slope[5] = {0.3, 0.01, 1, 3, 40};
    static const double shift[3] = {0.7, -0.5, -0.2};
    (void)state;
    for (size_t i = 0; i < (size_t)trials(5); i++) {
        struct drawn d = draw(slope[i], shift, 3, i);
        struct sl_calibration c;
        assert_int_equal(sl_calibrate(d.margin, d.label, d.weight, N_CALIBRATE, 3, 0, &c, NULL),
                         SLANT_OK);
        assert_true(near(c.slope / slope[i], 1, 0.05));
        for (int k = 0; k < 3; k++) {
            assert_true(near(c.shift[k], shift[k], 0.06));
        }
        assert_true(near(c.shift[0] + c.shift[1] + c.shift[2], 0, 1e-9));
        free_drawn(&d);
    }
}

/* A label that is treated apart for its place. */
static void test_calibration_permuted(void **state)
{
    static const double shift[4] = {0.6, -0.1, 0.2, -0.7};
    static const uint32_t place[4] = {2, 0, 3, 1};
    struct drawn d = draw(1.5, shift, 4, 9);
    struct drawn e = draw(1.5, shift, 4, 9);
    struct sl_calibration c;
    struct sl_calibration p;
    (void)state;
    for (size_t i = 0; i < N_CALIBRATE; i++) {
        for (uint32_t k = 0; k < 4; k++) {
            e.margin[i * 4 + place[k]] = d.margin[i * 4 + k];
        }
        e.label[i] = place[d.label[i]];
    }
    assert_int_equal(sl_calibrate(d.margin, d.label, d.weight, N_CALIBRATE, 4, 0, &c, NULL),
                     SLANT_OK);
    assert_int_equal(sl_calibrate(e.margin, e.label, e.weight, N_CALIBRATE, 4, 0, &p, NULL),
                     SLANT_OK);
    assert_true(near(c.slope, p.slope, 1e-6));
    for (uint32_t k = 0; k < 4; k++) {
        assert_true(near(c.shift[k], p.shift[place[k]], 1e-6));
    }
    free_drawn(&d);
    free_drawn(&e);
}

/* A weight that is not a repetition. */
static void test_calibration_weighted(void **state)
{
    static const double shift[3] = {0, 0.4, -0.4};
    struct drawn d = draw(2, shift, 3, 10);
    struct drawn e = draw(2, shift, 3, 10);
    enum { USED = N_CALIBRATE / 2 };
    struct sl_calibration c;
    struct sl_calibration p;
    (void)state;
    /* e: the first half twice; d: the first half with weight 2 */
    for (size_t i = 0; i < USED; i++) {
        d.weight[i] = 2;
        e.label[USED + i] = e.label[i];
        memcpy(e.margin + (USED + i) * 3, e.margin + i * 3, 3 * sizeof *e.margin);
    }
    assert_int_equal(sl_calibrate(d.margin, d.label, d.weight, USED, 3, 0, &c, NULL), SLANT_OK);
    assert_int_equal(sl_calibrate(e.margin, e.label, e.weight, N_CALIBRATE, 3, 0, &p, NULL),
                     SLANT_OK);
    assert_true(near(c.slope, p.slope, 1e-6));
    for (uint32_t k = 0; k < 3; k++) {
        assert_true(near(c.shift[k], p.shift[k], 1e-6));
    }
    free_drawn(&d);
    free_drawn(&e);
}

/* Margins that tell nothing or mislead, that separate everything, or that are all the same. */
static void test_calibration_extremes(void **state)
{
    enum { N = 300 };
    double margin[N * 2];
    double weight[N];
    uint32_t label[N];
    struct sl_calibration c;
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        for (uint32_t i = 0; i < N; i++) {
            double right = kind == 0 ? 0 : kind == 1 ? -1 : kind == 2 ? 1 : 1e6;
            label[i] = i % 3 == 0;
            margin[2 * i] = label[i] == 0 ? right : -right;
            margin[2 * i + 1] = -margin[2 * i];
            weight[i] = 1;
        }
        assert_int_equal(sl_calibrate(margin, label, weight, N, 2, 0, &c, NULL), SLANT_OK);
        assert_true(isfinite(c.slope) && c.slope > 0); /* the order of margins is kept */
        assert_true(isfinite(c.shift[0]) && isfinite(c.shift[1]));
        if (kind == 0) { /* only the shares are left to learn: 2 to 1 */
            assert_true(near(c.shift[0] - c.shift[1], log(2), 1e-3));
        }
    }
}

/* ---- figures ---- */

static const char *const stance_label[] = {"favor", "against", "none"};

/* Ten rows by hand:
 *   gold   f f f f a a a n n n
 *   said   f f a n a a f n n f */
static const uint32_t hand_gold[10] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
static const uint32_t hand_said[10] = {0, 0, 1, 2, 1, 1, 0, 2, 2, 0};
static const double hand_sure[10] = {0.9, 0.8, 0.7, 0.6, 0.95, 0.5, 0.4, 0.85, 0.75, 0.65};

static struct sl_figures hand_figures(const uint32_t *group, unsigned n_draw)
{
    double prob[30];
    struct sl_figures f;
    struct sl_judged judged = {10, 3, stance_label, hand_gold, hand_said, prob, group};
    for (size_t i = 0; i < 10; i++) {
        for (uint32_t k = 0; k < 3; k++) {
            prob[3 * i + k] = k == hand_said[i] ? hand_sure[i] : (1 - hand_sure[i]) / 2;
        }
    }
    assert_int_equal(sl_figures_compute(&judged, n_draw, 1, &f, NULL), SLANT_OK);
    return f;
}

/* A figure that is another one under the same name. */
static void test_figures_by_hand(void **state)
{
    static const uint32_t group[10] = {1, 1, 2, 2, 3, 3, 4, 4, 77, 77};
    static const uint64_t confusion[3][3] = {{2, 1, 1}, {1, 2, 0}, {1, 0, 2}};
    struct sl_figures f = hand_figures(group, 500);
    const double f1[3] = {4.0 / 8, 4.0 / 6, 4.0 / 6};
    double log_loss = 0;
    double ece = 0;
    (void)state;
    assert_int_equal(f.n, 10);
    assert_int_equal(f.n_group, 5);
    assert_int_equal(f.n_label, 3);
    for (int g = 0; g < 3; g++) {
        for (int k = 0; k < 3; k++) {
            assert_int_equal(f.confusion[g][k], confusion[g][k]);
        }
    }
    assert_int_equal(f.label[0].n, 4);
    assert_true(near(f.label[0].precision, 2.0 / 4, 1e-12));
    assert_true(near(f.label[0].recall, 2.0 / 4, 1e-12));
    assert_true(near(f.label[1].precision, 2.0 / 3, 1e-12));
    assert_true(near(f.label[1].recall, 2.0 / 3, 1e-12));
    for (int k = 0; k < 3; k++) {
        assert_true(near(f.label[k].f1, f1[k], 1e-12));
    }
    assert_true(near(f.headline[SL_ACCURACY], 0.6, 1e-12));
    assert_true(near(f.headline[SL_MACRO_F1], (f1[0] + f1[1] + f1[2]) / 3, 1e-12));
    assert_true(near(f.headline[SL_F_AVG], (f1[0] + f1[1]) / 2, 1e-12)); /* without none */
    /* ten bins of one row each */
    for (int i = 0; i < 10; i++) {
        bool right = hand_gold[i] == hand_said[i];
        double p = right ? hand_sure[i] : (1 - hand_sure[i]) / 2;
        ece += fabs((right ? 1 : 0) - hand_sure[i]) / 10;
        log_loss -= log(p) / 10;
    }
    assert_true(near(ece, 0.36, 1e-12));
    assert_true(near(f.headline[SL_ECE], ece, 1e-12));
    assert_true(near(f.log_loss, log_loss, 1e-12));
    assert_true(near(f.majority_accuracy, 0.4, 1e-12));
    assert_true(near(f.majority_macro_f1, 8.0 / 14 / 3, 1e-12));
    for (int i = 0; i < SL_N_HEADLINE; i++) {
        assert_true(f.low[i] <= f.headline[i] + 1e-12);
        assert_true(f.high[i] >= f.headline[i] - 1e-12);
        assert_true(f.low[i] < f.high[i]);
    }
}

/* Rows whose top label is right as often as its probability says: the calibration error that chance makes
 * lies at the upper end of an interval that reaches far below it; one of the draws themselves would lie
 * above the figure. */
static void test_ece_interval(void **state)
{
    enum { N = 1000 };
    static double prob[3 * N];
    static uint32_t gold[N];
    static uint32_t said[N];
    static uint32_t group[N];
    struct sl_judged judged = {N, 3, stance_label, gold, said, prob, group};
    struct sl_rng rng = {5};
    struct sl_figures f;
    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        const double sure = 0.4 + 0.55 * (double)sl_rng_below(&rng, 1000) / 1000;
        said[i] = (uint32_t)sl_rng_below(&rng, 3);
        gold[i] = (double)sl_rng_below(&rng, 100000) / 100000 < sure ? said[i] : (said[i] + 1) % 3;
        group[i] = i;
        for (uint32_t k = 0; k < 3; k++) {
            prob[3 * i + k] = k == said[i] ? sure : (1 - sure) / 2;
        }
    }
    assert_int_equal(sl_figures_compute(&judged, 500, 1, &f, NULL), SLANT_OK);
    assert_true(f.headline[SL_ECE] > 0.01 && f.headline[SL_ECE] < 0.06);
    assert_true(f.low[SL_ECE] >= 0 && f.low[SL_ECE] < 0.7 * f.headline[SL_ECE]);
    assert_true(f.high[SL_ECE] >= f.headline[SL_ECE]);
    assert_true(f.high[SL_ECE] - f.headline[SL_ECE] < f.headline[SL_ECE] - f.low[SL_ECE]);
}

/* Twenty rows in ten bins: two of a bin may cancel, two of different bins may not. */
static void test_ece_bins(void **state)
{
    double prob[40];
    uint32_t gold[20];
    uint32_t said[20];
    uint32_t group[20];
    static const char *const label[] = {"yes", "no"};
    struct sl_judged judged = {20, 2, label, gold, said, prob, group};
    struct sl_figures f;
    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        /* bins of (right, wrong) with sureness 0.5 + bin / 100: |1 - 2 (0.5 + bin / 100)| / 20 */
        prob[2 * i] = 0.5 + (i / 2) / 100.0;
        prob[2 * i + 1] = 1 - prob[2 * i];
        said[i] = 0;
        gold[i] = i % 2;
        group[i] = i;
    }
    assert_int_equal(sl_figures_compute(&judged, 10, 1, &f, NULL), SLANT_OK);
    assert_true(near(f.headline[SL_ECE], 2 * 0.45 / 20, 1e-12));
    assert_true(near(f.headline[SL_ACCURACY], 0.5, 1e-12));
}

/* Rows of one group drawn apart; intervals that differ from run to run. */
static void test_intervals(void **state)
{
    static const uint32_t one[10] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    static const uint32_t own[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    struct sl_figures a = hand_figures(one, 200);
    struct sl_figures b = hand_figures(own, 2000);
    struct sl_figures c = hand_figures(own, 2000);
    (void)state;
    assert_int_equal(a.n_group, 1);
    for (int i = 0; i < SL_N_HEADLINE; i++) {
        assert_true(near(a.low[i], a.headline[i], 1e-12));
        assert_true(near(a.high[i], a.headline[i], 1e-12));
    }
    assert_int_equal(b.n_group, 10);
    /* accuracy of 10 draws at 0.6: the binomial's 2.5 % and 97.5 % points are 3 and 9 */
    assert_true(near(b.low[SL_ACCURACY], 0.3, 1e-9));
    assert_true(near(b.high[SL_ACCURACY], 0.9, 1e-9));
    assert_memory_equal(&b, &c, sizeof b);
}

/* Labels that do not occur, and no rows at all. */
static void test_figures_of_little(void **state)
{
    static const uint32_t zero[2] = {0, 0};
    static const double prob[6] = {1, 0, 0, 1, 0, 0};
    struct sl_judged judged = {2, 3, stance_label, zero, zero, prob, zero};
    struct sl_figures f;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(sl_figures_compute(&judged, 10, 1, &f, NULL), SLANT_OK);
    assert_true(near(f.headline[SL_ACCURACY], 1, 0));
    assert_true(near(f.headline[SL_MACRO_F1], 1, 0)); /* over labels that occur */
    assert_true(near(f.headline[SL_F_AVG], 1, 0));
    assert_true(near(f.headline[SL_ECE], 0, 0));
    assert_true(near(f.label[1].f1, 0, 0));
    assert_true(near(f.log_loss, 0, 1e-12));
    assert_true(near(f.majority_macro_f1, 1, 1e-12));
    judged.n = 0;
    assert_int_equal(sl_figures_compute(&judged, 10, 1, &f, &err), SLANT_ERR_DATA);
}

/* Probabilities made with one prior, of rows drawn with another, give the first away. */
static void implied_prior_is_found(void **state)
{
    enum { ROWS = 40000 };
    static const double prior[] = {0.5, 0.3, 0.2};
    static const double drawn[] = {0.3, 0.6, 0.1};
    static const double like[3][3] = {
        {0.7, 0.2, 0.1}, {0.2, 0.6, 0.2}, {0.15, 0.25, 0.6}}; /* P(x | k) */
    double *prob = malloc((size_t)ROWS * 3 * sizeof *prob);
    double share[3] = {0};
    double found[3];
    struct sl_rng rng = {5};
    (void)state;
    assert_non_null(prob);
    for (size_t i = 0; i < ROWS; i++) {
        double u[2];
        int k = 0;
        int x = 0;
        double sum = 0;
        for (int j = 0; j < 2; j++) {
            u[j] = (double)(sl_rng_next(&rng) >> 11) / 9007199254740992.0;
        }
        while (k < 2 && u[0] > drawn[k]) {
            u[0] -= drawn[k++];
        }
        while (x < 2 && u[1] > like[k][x]) {
            u[1] -= like[k][x++];
        }
        share[k] += 1.0 / ROWS;
        for (int j = 0; j < 3; j++) {
            sum += prior[j] * like[j][x];
        }
        for (int j = 0; j < 3; j++) {
            prob[3 * i + (size_t)j] = prior[j] * like[j][x] / sum;
        }
    }
    sl_implied_prior(prob, NULL, ROWS, 3, share, found);
    for (int j = 0; j < 3; j++) {
        assert_true(fabs(found[j] - prior[j]) < 0.02);
    }
    free(prob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(implied_prior_is_found),
        cmocka_unit_test(test_dual_is_optimal),
        cmocka_unit_test(test_dual_against_liblinear),
        cmocka_unit_test(test_dual_bags),
        cmocka_unit_test(test_dual_seeds_agree),
        cmocka_unit_test(test_dual_freedom),
        cmocka_unit_test(test_dual_freedom_by_hand),
        cmocka_unit_test(test_dual_by_hand),
        cmocka_unit_test(test_dual_cost_is_weight),
        cmocka_unit_test(test_libsvm_is_optimal),
        cmocka_unit_test(test_libsvm_first_row),
        cmocka_unit_test(test_libsvm_limit),
        cmocka_unit_test(test_fit_libsvm),
        cmocka_unit_test(test_fit_dual),
        cmocka_unit_test(test_rounding_libsvm),
        cmocka_unit_test(test_rounding_dual),
        cmocka_unit_test(test_fit_ratio),
        cmocka_unit_test(test_default_settings),
        cmocka_unit_test(test_training_and_scoring_agree),
        cmocka_unit_test(test_determinism_libsvm),
        cmocka_unit_test(test_determinism_dual),
        cmocka_unit_test(test_too_few_rows),
        cmocka_unit_test(test_too_few_rows_of_weight),
        cmocka_unit_test(test_nothing_to_learn),
        cmocka_unit_test(test_train_misuse),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_too_many_rows_for_libsvm),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_broken_bytes_in_rows),
        cmocka_unit_test(test_folds_of_real_rows),
        cmocka_unit_test(test_near_copies),
        cmocka_unit_test(test_folds_join_copies),
        cmocka_unit_test(test_short_copies),
        cmocka_unit_test(test_cross_validation),
        cmocka_unit_test(test_calibration_recovers),
        cmocka_unit_test(test_calibration_permuted),
        cmocka_unit_test(test_calibration_weighted),
        cmocka_unit_test(test_calibration_extremes),
        cmocka_unit_test(test_figures_by_hand),
        cmocka_unit_test(test_ece_bins),
        cmocka_unit_test(test_ece_interval),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_figures_of_little),
    };
    return cmocka_run_group_tests(tests, read_once, free_all);
}
