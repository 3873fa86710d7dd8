#include "learned.h"

#include "base/buf.h"
#include "near.h"
#include "train/settings.h"

#include <jansson.h>

static struct sl_settings start(void)
{
    static const struct sl_rows rows = {.n = 1000};
    return sl_settings_default(SLANT_SOLVER_DUAL, &rows);
}

static const char *const names[] = {
    "cost",
    "balanced",
    "weight.power",
    "ratio",
    "scale.word",
    "scale.char",
    "scale.negated",
    "scale.outline",
    "scale.near",
    "scale.wide",
    "scale.before",
    "scale.after",
    "scale.frame",
    "scale.polarity",
    "scale.placed-polarity",
    "scale.vector",
    "scale.vector-near",
    "scale.vector-before",
    "scale.vector-after",
    "rows.word",
    "rows.bigram",
    "rows.trigram",
    "rows.char",
    "rows.listed",
};
enum { N_NAME = sizeof names / sizeof names[0] };

/* The value of a name, found without the code under test. */
static double value_of(const struct sl_settings *s, size_t name)
{
    return name == 0   ? s->cost
           : name == 1 ? s->balanced
           : name == 2 ? s->weight_power
           : name == 3 ? s->ratio
           : name < 19 ? s->scale[name - 4]
                       : s->min_df[name - 19];
}

/* A name that sets another setting, or none; every other one must stay. */
static void test_names(void **state)
{
    (void)state;
    assert_int_equal(N_NAME, 4 + SL_N_BLOCK + SL_N_KIND);
    for (size_t i = 0; i < N_NAME; i++) {
        struct sl_settings before = start();
        struct sl_settings after = before;
        double value = i == 1 ? 0 : i == 3 ? 0.25 : 7;
        char text[64];
        (void)snprintf(text, sizeof text, "%s=%g", names[i], value);
        assert_int_equal(sl_settings_set(&after, text, NULL), SLANT_OK);
        for (size_t k = 0; k < N_NAME; k++) {
            assert_true(value_of(&after, k) == (k == i ? value : value_of(&before, k)));
        }
        assert_int_equal(after.solver, before.solver);
        assert_int_equal(after.seed, before.seed);
    }
}

/* A short name for all blocks by place, and for no other. */
static void test_place(void **state)
{
    struct sl_settings before = start();
    struct sl_settings s = before;
    (void)state;
    assert_int_equal(sl_settings_set(&s, "place=0", NULL), SLANT_OK);
    for (int b = 0; b < SL_N_BLOCK; b++) {
        bool anywhere = b <= SL_BLOCK_OUTLINE || b == SL_BLOCK_POLARITY || b == SL_BLOCK_VECTOR;
        assert_true(s.scale[b] == (anywhere ? before.scale[b] : 0));
    }
    assert_int_equal(sl_settings_set(&s, "place=1", NULL), SLANT_OK);
    assert_true(memcmp(s.scale, before.scale, sizeof s.scale) == 0);
    assert_int_equal(sl_settings_set(&s, "place=0.5", NULL), SLANT_ERR_ARG);
    assert_int_equal(sl_settings_set(&s, "place=2", NULL), SLANT_ERR_ARG);
}

/* What no number of the setting is; nothing may change. */
static void test_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "=",
        "cost",
        "cost=",
        "=1",
        "cost=x",
        "cost=1x",
        "cost= 1",
        "cost=0",
        "cost=-1",
        "cost=nan",
        "cost=inf",
        "cost=1e7",
        "costs=1",
        "cos=1",
        "Cost=1",
        "balanced=2",
        "balanced=0.5",
        "balanced=yes",
        "weight.power=11",
        "weight.power=-1",
        "ratio=1.01",
        "ratio=-0.1",
        "ratios=1",
        "weight.=1",
        "scale=1",
        "scale.=1",
        "scale.words=1",
        "scale.wor=1",
        "scale.word=-0.1",
        "scale.word=1001",
        "scale. word=1",
        "rows.word=0",
        "rows.word=0.5",
        "rows.word=1.5",
        "rows.negated=1",
        "rows.=1",
        "rows.char=-3",
        "seed=2",
        "solver=dual",
        "scale.char=1=2",
        "scale.char=1,2",
        "min_df.word=2",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct sl_settings before = start();
        struct sl_settings after = before;
        struct slant_error err = {0};
        if (sl_settings_set(&after, bad[i], &err) != SLANT_ERR_ARG) {
            print_error("accepted: %s\n", bad[i]);
            fail();
        }
        assert_int_equal(err.status, SLANT_ERR_ARG);
        assert_non_null(strstr(err.text, bad[i])); /* it says which */
        for (size_t k = 0; k < N_NAME; k++) {
            assert_true(value_of(&after, k) == value_of(&before, k));
        }
    }
}

/* The ends of the ranges shut out. */
static void test_ranges(void **state)
{
    static const char *const good[] = {"cost=1e6",       "cost=1e-6",         "balanced=0",
                                       "balanced=1",     "weight.power=0",    "weight.power=10",
                                       "scale.word=0",   "scale.word=1000",   "scale.vector=0.25",
                                       "rows.word=1",    "rows.char=1000000", "rows.listed=2",
                                       "scale.frame=.5", "scale.near=2e0"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct sl_settings s = start();
        struct slant_error err = {0};
        if (sl_settings_set(&s, good[i], &err) != SLANT_OK) {
            print_error("%s: %s\n", good[i], err.text);
            fail();
        }
    }
}

/* A message that a long argument pushes out of its room. */
static void test_long_text(void **state)
{
    char text[4096];
    struct sl_settings s = start();
    struct slant_error err = {0};
    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 0;
    assert_int_equal(sl_settings_set(&s, text, &err), SLANT_ERR_ARG);
    text[2000] = '=';
    assert_int_equal(sl_settings_set(&s, text, &err), SLANT_ERR_ARG);
    memcpy(text, "cost=", 5);
    assert_int_equal(sl_settings_set(&s, text, &err), SLANT_ERR_ARG);
    assert_true(strlen(err.text) < sizeof err.text);
}

/* Thresholds that would cut a bigram's words away under it. */
static void test_check(void **state)
{
    static const struct {
        uint32_t min_df[SL_N_KIND];
        bool good;
    } c[] = {
        {{1, 2, 2, 2, 2}, true},  {{2, 2, 2, 2, 2}, true},  {{3, 2, 2, 2, 2}, false},
        {{1, 3, 2, 2, 3}, false}, {{1, 3, 3, 2, 2}, false}, {{1, 1, 5, 9, 1}, true},
        {{1, 2, 2, 2, 1}, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++) {
        struct sl_settings s = start();
        struct slant_error err = {0};
        memcpy(s.min_df, c[i].min_df, sizeof s.min_df);
        assert_int_equal(sl_settings_check(&s, &err), c[i].good ? SLANT_OK : SLANT_ERR_ARG);
        assert_true((err.text[0] == 0) == c[i].good);
    }
}

/* Sets every number of a JSON object by its path; returns how many. */
static size_t set_all(struct sl_settings *s, const char *prefix, const json_t *object)
{
    const char *key;
    json_t *v;
    size_t n = 0;
    json_object_foreach((json_t *)(uintptr_t)object, key, v)
    {
        char text[128];
        char name[64];
        (void)snprintf(name, sizeof name, "%.30s%.30s", prefix, key);
        if (json_is_object(v)) {
            (void)snprintf(text, sizeof text, "%s.", name);
            n += set_all(s, text, v);
        } else if (strcmp(name, "solver") != 0 && strcmp(name, "seed") != 0) {
            (void)snprintf(text, sizeof text, "%s=%.17g", name,
                           json_is_boolean(v) ? json_is_true(v) : json_number_value(v));
            assert_int_equal(sl_settings_set(s, text, NULL), SLANT_OK);
            n++;
        }
    }
    return n;
}

/* What inspect shows must be what --set takes, to the last digit. */
static void test_json_round_trip(void **state)
{
    struct sl_settings want = start();
    struct sl_settings got = start();
    struct sl_buf b = {0};
    struct sl_json j = {&b, false};
    json_error_t why;
    json_t *parsed;
    (void)state;
    want.cost = 0.1 / 3;
    want.balanced = false;
    want.weight_power = 1.7;
    want.ratio = 0.3;
    want.seed = 12345;
    for (int i = 0; i < SL_N_BLOCK; i++) {
        want.scale[i] = i / 7.0;
    }
    for (uint32_t k = 0; k < SL_N_KIND; k++) {
        want.min_df[k] = 3 + k;
    }
    sl_json_open(&j, '{');
    sl_settings_json(&j, &want);
    sl_json_close(&j, '}');
    assert_false(b.failed);
    parsed = json_loadb(b.p, b.len, JSON_REJECT_DUPLICATES, &why);
    assert_non_null(parsed);
    assert_string_equal(json_string_value(json_object_get(parsed, "solver")), "dual");
    assert_int_equal(json_integer_value(json_object_get(parsed, "seed")), 12345);
    assert_int_equal(set_all(&got, "", parsed), N_NAME);
    for (size_t i = 0; i < N_NAME; i++) {
        assert_true(value_of(&got, i) == value_of(&want, i));
    }
    json_decref(parsed);
    sl_buf_free(&b);
}

/* A ratio with the solver that has none; a model that would say ratio 0 no more as it did before. */
static void test_ratio(void **state)
{
    struct sl_settings s = start();
    struct sl_buf b = {0};
    struct sl_json j = {&b, false};
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(sl_settings_check(&s, NULL), SLANT_OK);
    s.solver = SLANT_SOLVER_LIBSVM;
    assert_int_equal(sl_settings_check(&s, &err), SLANT_ERR_ARG);
    assert_non_null(strstr(err.text, "dual"));
    s.ratio = 0;
    assert_int_equal(sl_settings_check(&s, NULL), SLANT_OK);
    sl_json_open(&j, '{');
    sl_settings_json(&j, &s);
    sl_json_close(&j, '}');
    sl_buf_put(&b, "", 1);
    assert_false(b.failed);
    assert_null(strstr(b.p, "ratio"));
    sl_buf_free(&b);
}

/* Defaults that the check refuses, or that leave a block out. */
static void test_defaults(void **state)
{
    static const enum slant_solver solver[] = {SLANT_SOLVER_AUTO, SLANT_SOLVER_DUAL,
                                               SLANT_SOLVER_LIBSVM};
    struct sl_rows rows = {.n = 100};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct sl_settings s = sl_settings_default(solver[i], &rows);
        assert_int_not_equal(s.solver, SLANT_SOLVER_AUTO);
        assert_int_equal(sl_settings_check(&s, NULL), SLANT_OK);
        assert_true(s.cost > 0 && s.balanced && s.weight_power == 1);
        assert_true((s.ratio > 0) == (s.solver == SLANT_SOLVER_DUAL));
        for (int b = 0; b < SL_N_BLOCK; b++) {
            assert_true(s.scale[b] > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),           cmocka_unit_test(test_place),
        cmocka_unit_test(test_refused),         cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_long_text),       cmocka_unit_test(test_check),
        cmocka_unit_test(test_json_round_trip), cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
