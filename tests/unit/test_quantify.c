/* Shares of labels in a collection: judge/quantify.h. */
#include "base/rng.h"
#include "judge/quantify.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double even3[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

static void add(struct sl_quantify *q, size_t n, uint16_t a, uint16_t b, uint16_t c)
{
    uint16_t prob[3] = {a, b, c};
    for (size_t i = 0; i < n; i++) {
        sl_quantify_add(q, prob, 1, 3);
    }
}

static void sure_sentences_are_counted(void **state)
{
    struct sl_quantify *q = sl_quantify_new(3, even3);
    struct sl_quantity out;
    (void)state;
    add(q, 60, 10000, 0, 0);
    add(q, 30, 0, 10000, 0);
    add(q, 10, 0, 0, 10000);
    assert_true(sl_quantify_estimate(q, 1, &out));
    /* 100 sentences and 15 pseudo-sentences */
    assert_true(fabs(out.share[0] - 65.0 / 115) < 0.002);
    assert_true(fabs(out.share[2] - 15.0 / 115) < 0.002);
    assert_true(fabs(out.share[0] + out.share[1] + out.share[2] - 1) < 1e-9);
    for (int k = 0; k < 3; k++) {
        double counted = (double[]){0.6, 0.3, 0.1}[k];
        assert_true(out.low[k] < counted && counted < out.high[k]);
        assert_true(out.low[k] <= out.share[k] && out.share[k] <= out.high[k]);
        assert_true(out.high[k] - out.low[k] < 0.25);
    }
    sl_quantify_free(q);
}

static void nothing_said_leaves_the_prior(void **state)
{
    static const double prior[] = {0.5, 0.3, 0.2};
    struct sl_quantify *q = sl_quantify_new(3, prior);
    struct sl_quantity out;
    (void)state;
    assert_false(sl_quantify_estimate(q, 1, &out)); /* no sentence */
    add(q, 50, 5000, 3000, 2000);
    assert_true(sl_quantify_estimate(q, 1, &out));
    for (int k = 0; k < 3; k++) {
        assert_true(fabs(out.share[k] - prior[k]) < 0.02);
        assert_true(out.high[k] - out.low[k] > 0.8); /* and the interval knows it */
    }
    sl_quantify_free(q);
}

/* A classifier that says 0.6 for the label it takes a sentence for, and is right 6 times of 10. */
static void moved_shares_are_found(void **state)
{
    struct sl_quantify *q = sl_quantify_new(3, even3);
    struct sl_quantity out;
    double mean = 0.6 * 0.6 + 0.4 * 0.2;
    (void)state;
    add(q, 600, 6000, 2000, 2000); /* all sentences of the first label */
    add(q, 200, 2000, 6000, 2000);
    add(q, 200, 2000, 2000, 6000);
    assert_true(sl_quantify_estimate(q, 1, &out));
    assert_true(out.share[0] > mean + 0.15); /* counting says 0.6, the mean 0.44 */
    assert_true(out.high[0] > 0.97);
    sl_quantify_free(q);
}

static void order_does_not_matter(void **state)
{
    struct sl_quantify *q = sl_quantify_new(3, even3);
    struct sl_quantity forth;
    struct sl_quantity back;
    uint16_t prob[300][3];
    struct sl_rng rng = {7};
    (void)state;
    for (int i = 0; i < 300; i++) {
        prob[i][0] = (uint16_t)sl_rng_below(&rng, 5000);
        prob[i][1] = (uint16_t)sl_rng_below(&rng, 5000);
        prob[i][2] = (uint16_t)(10000 - prob[i][0] - prob[i][1]);
    }
    sl_quantify_add(q, prob[0], 300, 3);
    assert_true(sl_quantify_estimate(q, 1.5, &forth));
    sl_quantify_reset(q);
    for (int i = 300; i-- > 0;) {
        sl_quantify_add(q, prob[i], 1, 3);
    }
    assert_true(sl_quantify_estimate(q, 1.5, &back));
    for (int k = 0; k < 3; k++) {
        assert_true(memcmp(&forth.share[k], &back.share[k], sizeof(double)) == 0);
        assert_true(memcmp(&forth.low[k], &back.low[k], sizeof(double)) == 0);
    }
    sl_quantify_free(q);
}

static void two_labels_and_large_collections(void **state)
{
    static const double prior[] = {0.5, 0.5};
    static const uint16_t yes[] = {8000, 2000};
    static const uint16_t no[] = {2000, 8000};
    struct sl_quantify *q = sl_quantify_new(2, prior);
    struct sl_quantity out;
    (void)state;
    for (int i = 0; i < 30000; i++) {
        sl_quantify_add(q, i % 3 == 0 ? no : yes, 1, 2);
    }
    assert_true(sl_quantify_estimate(q, 1, &out));
    /* 0.8 q + 0.2 (1 - q) = 2/3: q = 7/9, before pseudo-sentences pull it to the middle */
    assert_true(out.share[0] > 2.0 / 3 && out.share[0] < 7.0 / 9);
    assert_true(out.low[0] <= 2.0 / 3 && out.high[0] > 7.0 / 9 && out.high[0] < 7.0 / 9 + 0.02);
    sl_quantify_free(q);
}

static void articles_alike_widen_the_interval(void **state)
{
    static const uint16_t yes[] = {8000, 1000, 1000};
    static const uint16_t no[] = {1000, 8000, 1000};
    struct sl_quantify *q = sl_quantify_new(3, even3);
    struct sl_clusters alike = {0};
    struct sl_clusters mixed = {0};
    (void)state;
    for (int article = 0; article < 20; article++) {
        uint16_t same[10][3];
        uint16_t both[10][3];
        for (int i = 0; i < 10; i++) {
            memcpy(same[i], article % 2 == 0 ? yes : no, sizeof yes);
            memcpy(both[i], i % 2 == 0 ? yes : no, sizeof yes);
        }
        sl_clusters_add(&alike, q, even3, same[0], 10, 3);
        sl_clusters_add(&mixed, q, even3, both[0], 10, 3);
    }
    assert_true(sl_clusters_effect(&alike, 3) > 5);
    assert_true(sl_clusters_effect(&mixed, 3) == 1);
    sl_quantify_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sure_sentences_are_counted),
        cmocka_unit_test(nothing_said_leaves_the_prior),
        cmocka_unit_test(moved_shares_are_found),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(two_labels_and_large_collections),
        cmocka_unit_test(articles_alike_widen_the_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
