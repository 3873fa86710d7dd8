#include "learned.h"

#include "base/rng.h"
#include "near.h"
#include "train/ratio.h"

/* Four rows, two of the label. Feature 0 is in both rows of the label and in none of the others, 1 in one
 * of each, 2 in one of the label's. A fifth row is not the machine's. */
static const size_t start[] = {0, 3, 4, 5, 5, 7};
static const struct sl_term term[] = {{0, 1}, {1, 2}, {2, 0.5f}, {0, 3}, {1, 1}, {1, 9}, {2, 9}};
static const float dense[] = {1, 2, 3, 4, 5};
static const uint32_t row[] = {0, 1, 2, 3};
static const signed char sign[] = {1, 1, -1, -1};
/* The same rows with a bag in the first, which feature 1 is in beside it. */
static const size_t start_bagged[] = {0, 2, 3, 4, 4, 6};
static const struct sl_term term_bagged[] = {{0, 1}, {1, 1}, {0, 3}, {1, 1}, {1, 9}, {2, 9}};
static const size_t bag_start[] = {0, 1, 1, 1, 1, 1};
static const struct sl_term bag[] = {{0, 2}};
static const size_t member_start[] = {0, 2};
static const struct sl_term member[] = {{1, 0.5f}, {2, 0.25f}};
static const struct sl_problem problem[] = {
    {.n_row = 5, .start = start, .term = term, .n_feature = 3, .dense = dense, .n_dense = 1},
    {.n_row = 5,
     .start = start_bagged,
     .term = term_bagged,
     .n_feature = 3,
     .dense = dense,
     .n_dense = 1,
     .bag_start = bag_start,
     .bag = bag,
     .n_bag = 1,
     .member_start = member_start,
     .member = member}};

static double scale_of(const struct sl_machine *m, size_t i)
{
    return sqrt((double)m->freedom[i]);
}

/* The formula by hand: ln of 2.1 / 0.1 and of 1.1 / 0.1; the rows' numbers are alike. */
static void test_by_hand(void **state)
{
    const double root[] = {sqrt(log(2.1 / 0.1)), 0, sqrt(log(1.1 / 0.1))};
    const double square[] = {1 + 9, 4 + 1, 0.25};
    double before = 0;
    double after = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        before += square[i];
        after += square[i] * root[i] * root[i];
    }
    for (int i = 0; i < 8; i++) {
        double ratio = 0.25 * (1 + i / 2);
        struct sl_machine m = {.row = row, .sign = sign, .n = 4};
        assert_int_equal(sl_ratio_freedom(&problem[i % 2], ratio, &m, 1, NULL), SLANT_OK);
        for (size_t f = 0; f < 3; f++) {
            double want = 1 - ratio + ratio * root[f] / sqrt(after / before);
            assert_true(near(scale_of(&m, f), want, 1e-6));
        }
        assert_true(m.freedom[3] == 1); /* the dense column */
        free((float *)m.freedom);
    }
}

/* The other side's machine with other scales: the ratio has no sign. */
static void test_both_sides_alike(void **state)
{
    const signed char other[] = {-1, -1, 1, 1};
    struct sl_machine m[] = {{.row = row, .sign = sign, .n = 4},
                             {.row = row, .sign = other, .n = 4}};
    (void)state;
    assert_int_equal(sl_ratio_freedom(problem, 0.5, m, 2, NULL), SLANT_OK);
    assert_memory_equal(m[0].freedom, m[1].freedom, 4 * sizeof *m[0].freedom);
    free((float *)m[0].freedom);
    free((float *)m[1].freedom);
}

/* Features that tell nothing: no division by their zero norm, and no difference between them. */
static void test_nothing_told(void **state)
{
    static const size_t at[] = {0, 1, 2};
    static const struct sl_term same[] = {{0, 1}, {0, 1}};
    const struct sl_problem p = {.n_row = 2, .start = at, .term = same, .n_feature = 1};
    const signed char both[] = {1, -1};
    struct sl_machine m = {.row = row, .sign = both, .n = 2};
    (void)state;
    assert_int_equal(sl_ratio_freedom(&p, 0.5, &m, 1, NULL), SLANT_OK);
    assert_true(near((double)m.freedom[0], 0.25, 1e-6));
    free((float *)m.freedom);
}

/* ---- what one row alone has, inside the problem and left out ---- */

enum {
    ROWS = 150,
    SHARED = 40,
    BAGS = 12,
    MEMBERS = 3,
    DENSE = 2,
    LONE = 3, /* of a row, in rows that stand once */
    LABELS = 9,
    INSIDE = SHARED + ROWS * LONE
};

static struct drawn {
    struct sl_problem inside, without;
    size_t start[2][ROWS + 1];
    struct sl_term term[ROWS * (2 + LONE)], term_without[ROWS * 2];
    float dense[ROWS * DENSE], alone[ROWS];
    size_t bag_start[ROWS + 1], member_start[BAGS + 1];
    struct sl_term bag[2 * ROWS], member[BAGS * MEMBERS];
    uint32_t row[2 * ROWS]; /* [n] every third of the problem's twice, each ninth of others never */
    size_t n;
    signed char sign[LABELS][2 * ROWS];
    double cost[2 * ROWS];
} drawn;

static bool stands_twice(size_t i)
{
    return i % 3 == 0;
}

static void draw_terms(struct drawn *d, struct sl_rng *rng)
{
    size_t n[2] = {0, 0};
    for (size_t i = 0; i < ROWS; i++) {
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t at = k * SHARED / 2 + (uint32_t)sl_rng_below(rng, SHARED / 2);
            struct sl_term t = {at, (float)(1 + sl_rng_below(rng, 8)) / 8};
            d->term[n[0]++] = d->term_without[n[1]++] = t;
        }
        for (uint32_t k = 0; k < LONE && !stands_twice(i); k++) {
            float value = (float)sl_rng_below(rng, 8) / 8;
            d->term[n[0]++] = (struct sl_term){SHARED + (uint32_t)i * LONE + k, value};
            d->alone[i] += value * value;
        }
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t at = k * BAGS / 2 + (uint32_t)sl_rng_below(rng, BAGS / 2);
            d->bag[2 * i + k] = (struct sl_term){at, 0.25f + 0.25f * (float)k};
        }
        d->start[0][i + 1] = n[0];
        d->start[1][i + 1] = n[1];
        d->bag_start[i + 1] = 2 * (i + 1);
        for (size_t k = 0; k < DENSE; k++) {
            d->dense[i * DENSE + k] = (float)sl_rng_below(rng, 16) / 16 - 0.5f;
        }
    }
    for (size_t b = 0; b < BAGS; b++) {
        uint32_t at = 0;
        for (size_t k = 0; k < MEMBERS; k++) {
            at += 1 + (uint32_t)sl_rng_below(rng, SHARED / MEMBERS - 1);
            d->member[b * MEMBERS + k] = (struct sl_term){at, 0.5f};
        }
        d->member_start[b + 1] = (b + 1) * MEMBERS;
    }
}

static void draw(struct drawn *d, bool bags)
{
    struct sl_rng rng = {7};
    memset(d, 0, sizeof *d);
    draw_terms(d, &rng);
    d->inside = (struct sl_problem){.n_row = ROWS,
                                    .start = d->start[0],
                                    .term = d->term,
                                    .n_feature = INSIDE,
                                    .dense = d->dense,
                                    .n_dense = bags ? 0 : DENSE,
                                    .bag_start = bags ? d->bag_start : NULL,
                                    .bag = d->bag,
                                    .n_bag = bags ? BAGS : 0,
                                    .member_start = d->member_start,
                                    .member = d->member};
    d->without = d->inside;
    d->without.start = d->start[1];
    d->without.term = d->term_without;
    d->without.n_feature = SHARED;
    d->without.alone = d->alone;
    for (uint32_t i = 0; i < ROWS; i++) {
        for (int k = i % 9 == 1 ? 2 : stands_twice(i) ? 0 : 1; k < 2; k++) {
            uint32_t label = sl_rng_below(&rng, 3) == 0 ? (uint32_t)sl_rng_below(&rng, LABELS)
                                                        : d->term_without[2 * i].at % LABELS;
            for (uint32_t l = 0; l < LABELS; l++) {
                d->sign[l][d->n] = l == label ? 1 : -1;
            }
            d->cost[d->n] = 0.25 * (1 + i % 2);
            d->row[d->n++] = i;
        }
    }
}

/* Weights and what is alone, as they are found. */
struct found {
    size_t n_weight;
    float weight[LABELS][INSIDE + DENSE], alone[LABELS][ROWS];
};

static void keep_found(void *user, size_t first, size_t n, const float *weight, const float *alone,
                       size_t width)
{
    struct found *f = user;
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < f->n_weight; i++) {
            f->weight[first + k][i] = weight[i * width + k];
        }
        for (size_t r = 0; r < ROWS; r++) {
            f->alone[first + k][r] = alone[r * width + k];
        }
    }
}

static void solve(const struct sl_problem *p, double ratio, size_t n, struct sl_machine *m,
                  struct found *f)
{
    const struct drawn *d = &drawn;
    for (size_t k = 0; k < n; k++) {
        m[k] = (struct sl_machine){.row = d->row, .sign = d->sign[k], .cost = d->cost, .n = d->n};
    }
    if (ratio > 0) {
        assert_int_equal(sl_ratio_freedom(p, ratio, m, n, NULL), SLANT_OK);
    }
    f->n_weight = (size_t)p->n_feature + p->n_dense;
    assert_int_equal(sl_solve_dual(p, m, n, 3, keep_found, f, NULL), SLANT_OK);
}

static void check_freedom(const struct sl_machine *inside, const struct sl_machine *without)
{
    const struct drawn *d = &drawn;
    for (size_t i = 0; i < SHARED; i++) {
        assert_true(near((double)without->freedom[i], (double)inside->freedom[i], 1e-5));
    }
    for (size_t i = 0; i < d->n; i++) {
        double want = (double)without->alone_freedom[without->sign[i] > 0];
        for (size_t t = d->start[0][d->row[i]] + 2; t < d->start[0][d->row[i] + 1]; t++) {
            if (d->term[t].value != 0) {
                assert_true(near(want, (double)inside->freedom[d->term[t].at], 1e-5));
            }
        }
    }
}

/* Weights of one machine, those of what stands alone too, within 1e-5 of the largest. */
static void check_weights(const struct found *inside, const struct found *without, size_t k,
                          size_t n_dense)
{
    const struct drawn *d = &drawn;
    const float *w = inside->weight[k];
    double most = 0;
    for (size_t i = 0; i < inside->n_weight; i++) {
        most = fmax(most, fabs((double)w[i]));
    }
    assert_true(most > 0.1);
    for (size_t i = 0; i < SHARED + n_dense; i++) {
        double want = (double)w[i < SHARED ? i : i - SHARED + INSIDE];
        assert_true(near((double)without->weight[k][i], want, 1e-5 * most));
    }
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t t = d->start[0][r] + 2; t < d->start[0][r + 1]; t++) {
            double got = (double)d->term[t].value * (double)without->alone[k][r];
            assert_true(near(got, (double)w[d->term[t].at], 1e-5 * most));
        }
    }
}

/* Another machine, or another scale, when what one row alone has is left out of the problem: with
 * ratio and without, in one part of a vector and in two, with rows that stand twice. */
static void test_alone_as_inside(void **state)
{
    static const double ratio[] = {0, 0.5, 1};
    static const size_t n_machine[] = {1, 3, LABELS};
    static struct found found[2];
    (void)state;
    for (int i = 0; i < 18; i++) {
        struct sl_machine m[2][LABELS];
        size_t n = n_machine[i / 2 % 3];
        draw(&drawn, i % 2 == 0);
        solve(&drawn.inside, ratio[i / 6], n, m[0], &found[0]);
        solve(&drawn.without, ratio[i / 6], n, m[1], &found[1]);
        for (size_t k = 0; k < n; k++) {
            if (ratio[i / 6] > 0) {
                check_freedom(&m[0][k], &m[1][k]);
            }
            check_weights(&found[0], &found[1], k, drawn.inside.n_dense);
            assert_true(near(m[1][k].bias, m[0][k].bias, 1e-5));
            free((float *)m[0][k].freedom);
            free((float *)m[1][k].freedom);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_both_sides_alike),
        cmocka_unit_test(test_nothing_told),
        cmocka_unit_test(test_alone_as_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
