#include "learned.h"

#include "near.h"
#include "train/ratio.h"

/* Four rows, two of the label. Feature 0 is in both rows of the label and in none of the others, 1 in one
 * of each, 2 in one of the label's. A fifth row is not the machine's. */
static const size_t start[] = {0, 3, 4, 5, 5, 7};
static const uint32_t feature[] = {0, 1, 2, 0, 1, 1, 2};
static const double value[] = {1, 2, 0.5, 3, 1, 9, 9};
static const double dense[] = {1, 2, 3, 4, 5};
static const uint32_t row[] = {0, 1, 2, 3};
static const signed char sign[] = {1, 1, -1, -1};
static const struct sl_problem problem = {5, start, feature, value, 3, dense, 1};

static double scale_of(const struct sl_machine *m, size_t i)
{
    return sqrt(m->freedom[i]);
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
    for (double ratio = 0.25; ratio <= 1; ratio += 0.25) {
        struct sl_machine m = {.row = row, .sign = sign, .n = 4};
        assert_int_equal(sl_ratio_freedom(&problem, ratio, &m, NULL), SLANT_OK);
        for (size_t i = 0; i < 3; i++) {
            double want = 1 - ratio + ratio * root[i] / sqrt(after / before);
            assert_true(near(scale_of(&m, i), want, 1e-12));
        }
        assert_true(m.freedom[3] == 1); /* the dense column */
        free((double *)m.freedom);
    }
}

/* The other side's machine with other scales: the ratio has no sign. */
static void test_both_sides_alike(void **state)
{
    const signed char other[] = {-1, -1, 1, 1};
    struct sl_machine a = {.row = row, .sign = sign, .n = 4};
    struct sl_machine b = {.row = row, .sign = other, .n = 4};
    (void)state;
    assert_int_equal(sl_ratio_freedom(&problem, 0.5, &a, NULL), SLANT_OK);
    assert_int_equal(sl_ratio_freedom(&problem, 0.5, &b, NULL), SLANT_OK);
    assert_memory_equal(a.freedom, b.freedom, 4 * sizeof *a.freedom);
    free((double *)a.freedom);
    free((double *)b.freedom);
}

/* Features that tell nothing: no division by their zero norm, and no difference between them. */
static void test_nothing_told(void **state)
{
    static const size_t at[] = {0, 1, 2};
    static const uint32_t same[] = {0, 0};
    static const double one[] = {1, 1};
    const struct sl_problem p = {2, at, same, one, 1, NULL, 0};
    const signed char both[] = {1, -1};
    struct sl_machine m = {.row = row, .sign = both, .n = 2};
    (void)state;
    assert_int_equal(sl_ratio_freedom(&p, 0.5, &m, NULL), SLANT_OK);
    assert_true(near(m.freedom[0], 0.25, 1e-12));
    free((double *)m.freedom);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_both_sides_alike),
        cmocka_unit_test(test_nothing_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
