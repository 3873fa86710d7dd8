#include "learned.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_both_sides_alike),
        cmocka_unit_test(test_nothing_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
