#include "learned.h"

#include "base/rng.h"
#include "near.h"
#include "train/tune.h"

enum { N_ROW = 240 };

struct data {
    struct sl_rows rows;
    struct sl_material material;
    struct sl_features features;
    struct sl_heads heads;
};

/* A word that hardly any other row has. */
static void put_word(char *text, size_t cap, struct sl_rng *rng, const char *ending)
{
    static const char *const part[] = {"ba", "ko", "mi", "lu", "te", "ra", "do", "si",
                                       "ne", "pu", "fo", "gi", "wa", "hu", "jo", "ze"};
    size_t n = strlen(text);
    for (int i = 0; i < 4; i++) {
        n += (size_t)snprintf(text + n, cap - n, "%s", part[sl_rng_below(rng, 16)]);
    }
    (void)snprintf(text + n, cap - n, "%s ", ending);
}

/* Rows of random words. marked: in seven rows of eight the label shows in the letters of one word,
 * and in nothing else; else labels are dealt at random. */
static void make(struct data *d, uint64_t seed, bool marked, const char *extra_head,
                 const char *const extra[2])
{
    static const char *const ending[] = {"xq", "vv"};
    struct sl_rng rng = {seed};
    size_t cap = 1 << 17;
    char *tsv = malloc(cap);
    size_t n;
    assert_non_null(tsv);
    memset(d, 0, sizeof *d);
    n = (size_t)snprintf(tsv, cap, "stance%s\ttext\n", extra_head);
    for (int i = 0; i < N_ROW; i++) {
        size_t label = sl_rng_below(&rng, 2);
        char text[512] = "";
        for (uint64_t k = 0; k < 8; k++) {
            put_word(text, sizeof text, &rng, marked && k == 3 && i % 8 > 0 ? ending[label] : "");
        }
        n += (size_t)snprintf(tsv + n, cap - n, "%s%s\t%s\n", label == 0 ? "favor" : "against",
                              extra[i % 2], text);
    }
    assert_int_equal(read_rows(tsv, n, &d->rows, NULL), SLANT_OK);
    free(tsv);
    d->material.language = &sl_language_english;
    assert_int_equal(sl_features_build(&d->features, &d->rows, &d->material, 1, NULL), SLANT_OK);
    d->heads = sl_heads_of(&d->rows, false);
}

static const char *const nothing[2] = {"", ""};

static void drop(struct data *d)
{
    sl_features_free(&d->features);
    sl_rows_free(&d->rows);
}

static struct sl_settings tune(const struct data *d, struct sl_settings settings, const bool *in,
                               uint32_t n_trial, unsigned n_thread, struct sl_trials *trials)
{
    struct sl_tune_options opt = {n_trial, 3, n_thread};
    struct slant_error err = {0};
    enum slant_status status =
        sl_tune(&d->rows, &d->features, &d->heads, in, &opt, &settings, trials, &err);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
    return settings;
}

static void assert_same_settings(const struct sl_settings *a, const struct sl_settings *b)
{
    assert_int_equal(a->solver, b->solver);
    assert_true(a->cost == b->cost && a->balanced == b->balanced && a->seed == b->seed);
    assert_true(a->weight_power == b->weight_power && a->ratio == b->ratio);
    assert_memory_equal(a->scale, b->scale, sizeof a->scale);
    assert_memory_equal(a->min_df, b->min_df, sizeof a->min_df);
}

static void assert_same_trials(const struct sl_trials *a, const struct sl_trials *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_string_equal(a->trial[i].change, b->trial[i].change);
        assert_true(a->trial[i].log_loss == b->trial[i].log_loss);
        assert_true(a->trial[i].kept == b->trial[i].kept);
    }
}

/* What is better by far passed by; or said to be kept, and not kept. */
static void test_keeps_what_is_better(void **state)
{
    struct data d;
    struct sl_settings start;
    struct sl_settings got;
    struct sl_settings again;
    struct sl_trials trials;
    struct sl_trials more;
    size_t kept = 0;
    (void)state;
    make(&d, 1, true, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    start.scale[SL_BLOCK_CHARACTER] = 0; /* without letters the label cannot be seen */
    got = tune(&d, start, NULL, 8, 2, &trials);
    assert_int_equal(trials.n, 8);
    assert_string_equal(trials.trial[0].change, "");
    for (size_t i = 1; i < trials.n; i++) {
        if (trials.trial[i].kept && strncmp(trials.trial[i].change, "scale.char=", 11) == 0) {
            char set[64];
            kept = i;
            (void)snprintf(set, sizeof set, "%s", trials.trial[i].change);
            again = got;
            assert_int_equal(sl_settings_set(&again, set, NULL), SLANT_OK);
            assert_same_settings(&again, &got); /* it is what it says */
        }
    }
    assert_true(kept > 0);
    assert_true(got.scale[SL_BLOCK_CHARACTER] > 0);
    assert_true(trials.trial[kept].log_loss < trials.trial[0].log_loss - 0.1);
    for (size_t i = 1; i < trials.n; i++) { /* the best of its values */
        if (strncmp(trials.trial[i].change, "scale.char=", 11) == 0) {
            assert_true(trials.trial[i].log_loss >= trials.trial[kept].log_loss);
            assert_true(trials.trial[i].kept == (i == kept));
        }
    }
    /* a search that starts where this one ended measures the same there */
    (void)tune(&d, got, NULL, 2, 1, &more);
    for (size_t i = kept; i < trials.n; i++) {
        kept = trials.trial[i].kept ? i : kept;
    }
    assert_true(more.trial[0].log_loss == trials.trial[kept].log_loss);
    drop(&d);
}

/* The last value that beats the start kept in place of the best. */
static void test_keeps_the_best(void **state)
{
    struct data d;
    struct sl_settings start;
    struct sl_trials trials;
    size_t kept = 0;
    size_t worse = 0; /* values behind the kept one that beat the start, but not it */
    (void)state;
    make(&d, 1, true, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    start.cost = 1e-6;
    start.ratio = 0;
    start = tune(&d, start, NULL, 4, 2, &trials);
    assert_int_equal(trials.n, 4);
    for (size_t i = 1; i < 4; i++) {
        assert_memory_equal(trials.trial[i].change, "cost=", 5);
        kept = trials.trial[i].kept ? i : kept;
    }
    assert_true(kept > 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(trials.trial[i].log_loss >= trials.trial[kept].log_loss);
        assert_true(trials.trial[i].kept == (i == kept));
        worse += i > kept && trials.trial[i].log_loss < trials.trial[0].log_loss - 0.002;
    }
    assert_true(worse > 0);
    assert_true(start.cost == strtod(trials.trial[kept].change + 5, NULL));
    drop(&d);
}

/* Chance taken for a gain: on labels dealt at random nothing is better than the start. */
static void test_keeps_nothing_on_noise(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct data d;
        struct sl_settings start;
        struct sl_settings got;
        struct sl_trials trials;
        make(&d, seed, false, "", nothing);
        start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
        got = tune(&d, start, NULL, 14, 2, &trials);
        for (size_t i = 0; i < trials.n; i++) {
            if (trials.trial[i].kept) {
                print_error("seed %d kept %s: %.5f from %.5f\n", (int)seed, trials.trial[i].change,
                            trials.trial[i].log_loss, trials.trial[0].log_loss);
            }
            assert_false(trials.trial[i].kept);
        }
        assert_same_settings(&got, &start);
        drop(&d);
    }
}

/* Threads that reach a choice. */
static void test_threads(void **state)
{
    struct data d;
    struct sl_settings start;
    struct sl_settings a;
    struct sl_settings b;
    struct sl_trials one;
    struct sl_trials many;
    (void)state;
    make(&d, 3, true, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    a = tune(&d, start, NULL, 12, 1, &one);
    b = tune(&d, start, NULL, 12, 3, &many);
    assert_same_settings(&a, &b);
    assert_same_trials(&one, &many);
    b = tune(&d, start, NULL, 12, 2, NULL); /* nor does it matter who looks on */
    assert_same_settings(&a, &b);
    drop(&d);
}

/* The rows held out having a say: then what is measured on them is no measure. */
static void test_only_rows_in(void **state)
{
    struct data d;
    struct sl_settings start;
    struct sl_settings a;
    struct sl_settings b;
    struct sl_trials before;
    struct sl_trials after;
    bool in[N_ROW];
    (void)state;
    make(&d, 4, true, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    for (size_t r = 0; r < N_ROW; r++) {
        in[r] = r % 3 != 0;
    }
    a = tune(&d, start, in, 8, 2, &before);
    for (size_t r = 0; r < N_ROW; r += 3) {
        d.rows.row[r].label[0] = 1 - d.rows.row[r].label[0];
    }
    b = tune(&d, start, in, 8, 2, &after);
    assert_same_settings(&a, &b);
    assert_same_trials(&before, &after);
    d.rows.row[1].label[0] = 1 - d.rows.row[1].label[0];
    (void)tune(&d, start, in, 8, 2, &after);
    assert_true(before.trial[0].log_loss != after.trial[0].log_loss);
    drop(&d);
}

/* More trials than asked for; a lone trial that costs time; settings of what is not there. */
static void test_trials(void **state)
{
    static const char *const absent[] = {"polarity", "vector", "near",
                                         "before",   "frame",  "weight."};
    struct data d;
    struct sl_settings start;
    struct sl_settings got;
    struct sl_trials trials;
    (void)state;
    make(&d, 5, false, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    got = tune(&d, start, NULL, 1, 1, &trials);
    assert_int_equal(trials.n, 0);
    assert_same_settings(&got, &start);
    for (uint32_t n = 2; n <= 6; n += 2) {
        (void)tune(&d, start, NULL, n, 1, &trials);
        assert_int_equal(trials.n, n);
    }
    (void)tune(&d, start, NULL, 1000, 2, &trials);
    assert_true(trials.n > 10 && trials.n <= SL_MAX_TRIAL);
    for (size_t i = 0; i < trials.n; i++) {
        for (size_t k = 0; k < sizeof absent / sizeof absent[0]; k++) {
            assert_null(strstr(trials.trial[i].change, absent[k]));
        }
    }
    drop(&d);
}

/* A weight column whose power is never tried. */
static void test_trials_of_weights(void **state)
{
    static const char *const weight[2] = {"\t1", "\t0.5"};
    struct data d;
    struct sl_trials trials;
    bool tried = false;
    (void)state;
    make(&d, 6, true, "\tweight", weight);
    assert_true(d.rows.weighted);
    (void)tune(&d, sl_settings_default(SLANT_SOLVER_DUAL, &d.rows), NULL, 30, 2, &trials);
    for (size_t i = 0; i < trials.n; i++) {
        tried = tried || strncmp(trials.trial[i].change, "weight.power=", 13) == 0;
    }
    assert_true(tried);
    drop(&d);
}

/* Settings reached by a search that --set would refuse: nobody could train that model again. */
static void test_found_settings_are_allowed(void **state)
{
    struct data d;
    struct sl_settings start;
    struct sl_settings got;
    struct sl_trials trials;
    (void)state;
    make(&d, 7, true, "", nothing);
    start = sl_settings_default(SLANT_SOLVER_DUAL, &d.rows);
    start.min_df[SL_KIND_WORD] = 40; /* so that any lower threshold helps */
    start.min_df[SL_KIND_BIGRAM] = start.min_df[SL_KIND_TRIGRAM] = 40;
    start.min_df[SL_KIND_LISTED] = start.min_df[SL_KIND_CHARACTER] = 40;
    assert_int_equal(sl_settings_check(&start, NULL), SLANT_OK);
    got = tune(&d, start, NULL, 40, 2, &trials);
    assert_int_equal(sl_settings_check(&got, NULL), SLANT_OK);
    for (size_t i = 1; i < trials.n; i++) {
        const char *change = trials.trial[i].change;
        const char *value = strchr(change, '=');
        assert_non_null(value);
        if (strncmp(change, "rows.bigram", 11) == 0) {
            assert_true(atoi(value + 1) >= 40);
        }
    }
    drop(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_what_is_better),
        cmocka_unit_test(test_keeps_nothing_on_noise),
        cmocka_unit_test(test_keeps_the_best),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_only_rows_in),
        cmocka_unit_test(test_trials),
        cmocka_unit_test(test_trials_of_weights),
        cmocka_unit_test(test_found_settings_are_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
