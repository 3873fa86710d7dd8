/* Numbers of evaluation: two judges compared, learning curves and their law. */
#include "learned.h"

#include "near.h"
#include "train/curve.h"
#include "train/paired.h"
#include "train/resample.h"

#include <math.h>

static const char *const stance_label[] = {"favor", "against", "none"};

/* ---- McNemar's test ---- */

/* A test that is one-sided, approximate, or beside itself where binomials are beyond a double. */
static void test_mcnemar(void **state)
{
    static const struct {
        uint64_t a, b;
        double p;
    } known[] = {
        {0, 0, 1},
        {5, 5, 1},
        {0, 5, 2.0 / 32},
        {9, 1, 22.0 / 1024},               /* 2 (1 + 10) / 2^10 */
        {3, 12, 2.0 * 576 / 32768},        /* 1 + 15 + 105 + 455 */
        {400, 500, 0.0009564441369189461}, /* by exact integers */
        {1200, 1500, 8.412086328628738e-09},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_true(near(sl_mcnemar(known[i].a, known[i].b) / known[i].p, 1, 1e-9));
        assert_true(near(sl_mcnemar(known[i].b, known[i].a) / known[i].p, 1, 1e-9));
    }
    assert_true(sl_mcnemar(0, 1u << 20) < 1e-300);
}

/* ---- two judges ---- */

/*   gold   f f f f a a a n n n
 *   A      f f a n a a f n n f
 *   B      f f f f f a a n n n */
static const uint32_t gold[10] = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
static const uint32_t said_a[10] = {0, 0, 1, 2, 1, 1, 0, 2, 2, 0};
static const uint32_t said_b[10] = {0, 0, 0, 0, 0, 1, 1, 2, 2, 2};
static const uint32_t own[10] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};

static struct sl_paired compare(const uint32_t *a, const uint32_t *b, const uint32_t *group,
                                unsigned n_draw)
{
    struct sl_judged x = {10, 3, stance_label, gold, a, NULL, group};
    struct sl_judged y = {10, 3, stance_label, gold, b, NULL, group};
    struct sl_paired p;
    assert_int_equal(sl_paired_compute(&x, &y, n_draw, 1, &p, NULL), SLANT_OK);
    return p;
}

/* Counts, differences or signs of another pair. */
static void test_paired_by_hand(void **state)
{
    struct sl_paired p = compare(said_a, said_b, own, 2000);
    struct sl_paired q = compare(said_b, said_a, own, 2000);
    double of_a = (1 / 2.0 + 2 / 3.0 + 2 / 3.0) / 3;
    double of_b = (8 / 9.0 + 4 / 5.0 + 1) / 3;
    (void)state;
    assert_int_equal(p.n, 10);
    assert_int_equal(p.n_group, 10);
    assert_int_equal(p.both_right, 5);
    assert_int_equal(p.only_a, 1);
    assert_int_equal(p.only_b, 4);
    assert_int_equal(p.both_wrong, 0);
    assert_true(near(p.mcnemar_p, 2.0 * (1 + 5) / 32, 1e-12));
    assert_true(near(p.a[SL_MACRO_F1], of_a, 1e-12));
    assert_true(near(p.b[SL_MACRO_F1], of_b, 1e-12));
    assert_true(near(p.difference[SL_MACRO_F1], of_b - of_a, 1e-12));
    assert_true(near(p.difference[SL_ACCURACY], 0.3, 1e-12));
    assert_true(near(p.b[SL_F_AVG], (8 / 9.0 + 4 / 5.0) / 2, 1e-12));
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        assert_true(p.low[f] < p.difference[f] && p.difference[f] < p.high[f]);
        assert_true(near(q.difference[f], -p.difference[f], 1e-12));
        assert_true(near(q.p[f], p.p[f], 1e-12));
    }
    /* the difference of accuracies is a sum of ten draws, 1 with 0.4, -1 with 0.1, else 0: it is at
     * most 0 with probability 0.1092, counted over the trinomial */
    assert_true(near(p.p[SL_ACCURACY], 2 * 0.1092, 0.04));
    assert_int_equal(q.only_a, 4);
    assert_int_equal(q.only_b, 1);
}

/* Equal judges that differ; a sure difference that is not; samples that split a group. */
static void test_paired_extremes(void **state)
{
    static const uint32_t one[10] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    static const uint32_t wrong[10] = {1, 1, 1, 1, 2, 2, 2, 0, 0, 0};
    struct sl_paired same = compare(said_a, said_a, own, 100);
    struct sl_paired sure = compare(wrong, gold, own, 999);
    struct sl_paired whole = compare(said_a, said_b, one, 100);
    struct sl_judged none = {0, 3, stance_label, gold, gold, NULL, own};
    struct sl_paired p;
    (void)state;
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        assert_true(near(same.difference[f], 0, 0) && near(same.low[f], 0, 0));
        assert_true(near(same.high[f], 0, 0) && near(same.p[f], 1, 0));
        assert_true(near(sure.p[f], 2.0 / 1000, 1e-12)); /* never 0 */
        assert_true(near(whole.low[f], whole.difference[f], 1e-12));
        assert_true(near(whole.high[f], whole.difference[f], 1e-12));
    }
    assert_true(near(same.mcnemar_p, 1, 0));
    assert_int_equal(whole.n_group, 1);
    assert_int_equal(sl_paired_compute(&none, &none, 10, 1, &p, NULL), SLANT_ERR_DATA);
}

/* A group that comes in parts, or a sample of another size. */
static void test_resample(void **state)
{
    static const uint32_t group[6] = {4, 4, 9, 4, 9, 100};
    struct sl_resample s;
    uint32_t times[6];
    uint64_t sum = 0;
    (void)state;
    assert_int_equal(sl_resample_init(&s, group, 6, 1, NULL), SLANT_OK);
    assert_int_equal(s.n_group, 3);
    for (int i = 0; i < 3000; i++) {
        sl_resample_next(&s, times);
        assert_int_equal(times[0], times[1]);
        assert_int_equal(times[0], times[3]);
        assert_int_equal(times[2], times[4]);
        assert_int_equal(times[0] + times[2] + times[5], 3);
        sum += times[5];
    }
    assert_true(near((double)sum / 3000, 1, 0.06));
    sl_resample_free(&s);
}

/* ---- the power law ---- */

static const double sizes[5] = {100, 200, 400, 800, 1600};

static struct sl_power_law fit(const double *n, const double *figure, const double *weight,
                               size_t count)
{
    struct sl_power_law law;
    assert_true(sl_power_law_fit(n, figure, weight, count, &law));
    return law;
}

/* A law that is not the one the points were made by. */
static void test_power_law_recovers(void **state)
{
    static const struct sl_power_law made[] = {
        {0.9, 2, 0.5, 0}, {0.71, 0.8, 0.25, 0}, {0.6, 40, 1.2, 0}, {0.99, 1.5, 0.3, 0}};
    static const double even[5] = {1, 1, 1, 1, 1};
    static const double uneven[5] = {1, 9, 3, 0.5, 20};
    (void)state;
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        double figure[5];
        struct sl_power_law a;
        struct sl_power_law b;
        for (int p = 0; p < 5; p++) {
            figure[p] = made[i].a - made[i].b * pow(sizes[p], -made[i].c);
        }
        a = fit(sizes, figure, even, 5);
        b = fit(sizes, figure, uneven, 5);
        assert_true(near(a.a, made[i].a, 1e-5) && near(b.a, made[i].a, 1e-5));
        assert_true(near(a.b / made[i].b, 1, 1e-4) && near(b.b / made[i].b, 1, 1e-4));
        assert_true(near(a.c, made[i].c, 1e-4) && near(b.c, made[i].c, 1e-4));
        assert_true(near(a.r2, 1, 1e-6));
        assert_true(
            near(sl_power_law_at(&a, 3000), made[i].a - made[i].b * pow(3000, -made[i].c), 1e-6));
    }
}

/* Beyond a figure of 1, falling with more labels, weights without weight, too few points. */
static void test_power_law_bounds(void **state)
{
    static const double falling[5] = {0.8, 0.78, 0.7, 0.69, 0.6};
    static const double steep[5] = {0.1, 0.3, 0.5, 0.7, 0.9}; /* even steps in log n */
    static const double off[5] = {0.5, 0.6, 0.1, 0.7, 0.72};
    static const double even[5] = {1, 1, 1, 1, 1};
    static const double without[5] = {1, 1, 1e-9, 1, 1};
    static const double four[4] = {0.5, 0.6, 0.7, 0.72};
    static const double four_sizes[4] = {100, 200, 800, 1600};
    struct sl_power_law law = fit(sizes, falling, even, 5);
    struct sl_power_law three;
    (void)state;
    assert_true(near(law.b, 0, 1e-12));
    assert_true(near(law.a, 0.714, 1e-9)); /* their mean */
    assert_true(near(law.r2, 0, 1e-9));
    law = fit(sizes, steep, even, 5);
    assert_true(law.a <= 1 && law.b > 0);
    law = fit(sizes, off, without, 5);
    three = fit(four_sizes, four, even, 4);
    assert_true(near(sl_power_law_at(&law, 1600), sl_power_law_at(&three, 1600), 1e-4));
    assert_true(near(law.c, three.c, 1e-2));
    assert_false(sl_power_law_fit(sizes, off, even, 2, &law));
}

/* ---- curves ---- */

enum { ROWS = 1000 };
static uint32_t curve_gold[ROWS];
static uint32_t curve_group[ROWS];
static const char *const two_label[] = {"yes", "no"};

/* Verdicts of which so many are wrong, as many of one label as of the other, anywhere. */
static uint32_t *wrong_in(unsigned n_wrong)
{
    uint32_t *label = calloc(ROWS, sizeof *label);
    assert_non_null(label);
    for (uint32_t r = 0; r < ROWS; r++) {
        uint32_t key = r * 7919 % ROWS;
        curve_gold[r] = key % 2;
        curve_group[r] = r / 4;
        label[r] = key < n_wrong ? 1 - curve_gold[r] : curve_gold[r];
    }
    return label;
}

static struct sl_curve curve_of(const double *n, const unsigned *n_wrong, const size_t *point,
                                size_t n_draw)
{
    struct sl_judged judged = {ROWS, 2, two_label, curve_gold, NULL, NULL, curve_group};
    struct sl_curve_draw draw[16] = {{0}};
    struct sl_curve c;
    for (size_t i = 0; i < n_draw; i++) {
        draw[i] = (struct sl_curve_draw){point[i], n[i], wrong_in(n_wrong[i])};
    }
    assert_int_equal(sl_curve_compute(&judged, draw, n_draw, 2000, 200, 1, &c, NULL), SLANT_OK);
    for (size_t i = 0; i < n_draw; i++) {
        free((uint32_t *)draw[i].label);
    }
    return c;
}

/* Figures, intervals or a forecast of another curve: 0.9 - 2 n^-0.5. */
static void test_curve_by_hand(void **state)
{
    static const unsigned n_wrong[5] = {300, 242, 200, 170, 150};
    static const size_t point[5] = {0, 1, 2, 3, 4};
    struct sl_curve c = curve_of(sizes, n_wrong, point, 5);
    const struct sl_curve_next *next = &c.next[SL_MACRO_F1];
    (void)state;
    assert_int_equal(c.n, 5);
    for (int p = 0; p < 5; p++) {
        assert_true(near(c.point[p].n, sizes[p], 1e-12));
        assert_int_equal(c.point[p].n_draw, 1);
        for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) { /* balanced errors: all figures agree */
            assert_true(near(c.point[p].figure[f], 1 - n_wrong[p] / 1000.0, 1e-9));
            assert_true(c.point[p].low[f] < c.point[p].figure[f]);
            assert_true(c.point[p].high[f] > c.point[p].figure[f]);
            assert_true(c.point[p].high[f] - c.point[p].low[f] < 0.12);
        }
    }
    assert_null(next->why_not);
    assert_true(near(next->law.a, 0.9, 0.01));
    assert_true(near(next->now, 0.9 - 2 / sqrt(2000), 0.003));
    assert_true(near(next->gain, 2 / sqrt(2000) - 2 / sqrt(2200), 0.0005));
    assert_true(next->low <= next->gain && next->gain <= next->high);
    assert_true(next->low >= 0);
}

/* A point that is not the mean of its draws; sizes that are hardly two. */
static void test_curve_draws(void **state)
{
    static const double n[7] = {90, 110, 200, 400, 800, 1600, 1610};
    static const unsigned n_wrong[7] = {400, 200, 242, 200, 170, 300, 150};
    static const size_t point[7] = {0, 0, 1, 2, 3, 4, 5};
    struct sl_curve c = curve_of(n, n_wrong, point, 7);
    (void)state;
    assert_int_equal(c.n, 5);
    assert_int_equal(c.point[0].n_draw, 2);
    assert_true(near(c.point[0].n, 100, 1e-12));
    assert_true(near(c.point[0].figure[SL_MACRO_F1], 0.7, 1e-9));
    assert_true(c.point[0].low[SL_MACRO_F1] < 0.63); /* the draws differ, and count */
    assert_true(c.point[0].high[SL_MACRO_F1] > 0.77);
    assert_true(near(c.point[4].n, 1610, 1e-12)); /* the larger of the two */
    assert_true(near(c.point[4].figure[SL_MACRO_F1], 0.85, 1e-9));
}

/* A forecast from what foretells nothing. */
static void test_curve_cannot_tell(void **state)
{
    static const unsigned falls[5] = {100, 150, 200, 250, 300};
    static const unsigned jumps[5] = {400, 200, 380, 150, 350};
    static const unsigned rises[3] = {300, 200, 150};
    static const unsigned rises_once[5] = {300, 200, 200, 200, 200};
    static const unsigned rises_on[5] = {500, 490, 480, 470, 460}; /* even steps in log n */
    static const size_t point[5] = {0, 1, 2, 3, 4};
    struct sl_curve c = curve_of(sizes, falls, point, 5);
    (void)state;
    assert_non_null(strstr(c.next[SL_MACRO_F1].why_not, "does not rise"));
    c = curve_of(sizes, jumps, point, 5);
    assert_non_null(strstr(c.next[SL_MACRO_F1].why_not, "follows no power law"));
    c = curve_of(sizes, rises, point, 3);
    assert_non_null(strstr(c.next[SL_MACRO_F1].why_not, "too few sizes"));
    c = curve_of(sizes, rises_once, point, 5);
    assert_non_null(strstr(c.next[SL_MACRO_F1].why_not, "the best exponent"));
    c = curve_of(sizes, rises_on, point, 5);
    assert_non_null(strstr(c.next[SL_MACRO_F1].why_not, "the best exponent"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mcnemar),
        cmocka_unit_test(test_paired_by_hand),
        cmocka_unit_test(test_paired_extremes),
        cmocka_unit_test(test_resample),
        cmocka_unit_test(test_power_law_recovers),
        cmocka_unit_test(test_power_law_bounds),
        cmocka_unit_test(test_curve_by_hand),
        cmocka_unit_test(test_curve_draws),
        cmocka_unit_test(test_curve_cannot_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
