/* Calls that no program should make: each returns a status of its own, and what it was given works
 * afterwards. Threads: many sessions on one model, some failing. */
#include "slant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct slant_model *model;
static char model_path[] = "/tmp/slant-misuse-XXXXXX";
static char no_path[sizeof model_path + 3]; /* of what nobody may make */

static int into_nothing(void *user, const void *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)user += len;
    return 0;
}

static int full(void *user, const void *bytes, size_t len)
{
    (void)user;
    (void)bytes;
    (void)len;
    return 28;
}

static struct slant_input good_input(void)
{
    static const char *const path[] = {"tests/fuzz/tiny.tsv"};
    return (struct slant_input){.size = sizeof(struct slant_input),
                                .path = path,
                                .n_path = 1,
                                .format = SLANT_FORMAT_LINES,
                                .n_thread = 1};
}

/* The four runs over articles, chosen by number. */
static enum slant_status run(int which, const struct slant_model *m, const struct slant_input *in,
                             size_t size, int format, slant_sink *sink, struct slant_counts *counts,
                             struct slant_error *err)
{
    struct slant_score_options score = {.size = size, .format = (enum slant_score_format)format};
    struct slant_quotes_options quotes = {.size = size, .format = (enum slant_quotes_format)format};
    struct slant_explain_options explain = {.size = size, .top = 1};
    struct slant_report_options report = {.size = size, .format = (enum slant_report_format)format};
    size_t got = 0;
    switch (which) {
    case 0:
        score.size = size == 0 ? 0 : sizeof score;
        return slant_score(m, in, &score, sink, &got, counts, err);
    case 1:
        quotes.size = size == 0 ? 0 : sizeof quotes;
        return slant_quotes(in, &quotes, sink, &got, counts, err);
    case 2:
        explain.size = size == 0 ? 0 : sizeof explain;
        return slant_explain(m, in, &explain, sink, &got, counts, err);
    default:
        report.size = size == 0 ? 0 : sizeof report;
        return slant_report(m, in, &report, sink, &got, counts, err);
    }
}

static void expect(int which, enum slant_status got, enum slant_status want,
                   const struct slant_error *err, const char *what)
{
    if (got != want || err->status != want || err->text[0] == 0) {
        print_message("run %d, %s: %d (%s)\n", which, what, (int)got, err->text);
        fail();
    }
}

static void test_runs(void **state)
{
    (void)state;
    for (int which = 0; which < 4; which++) {
        struct slant_input in = good_input();
        const char *const null_path[] = {NULL};
        struct slant_counts counts = {.n_record = 77};
        struct slant_error err = {0};
        expect(which, run(which, model, NULL, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "no input");
        in.size = 3;
        expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "an input of another version");
        in = good_input();
        expect(which, run(which, model, &in, 0, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "options of another version");
        expect(which, run(which, model, &in, 1, 0, NULL, &counts, &err), SLANT_ERR_ARG, &err,
               "no sink");
        if (which != 1) {
            expect(which, run(which, NULL, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
                   &err, "no model");
        }
        if (which != 2) {
            expect(which, run(which, model, &in, 1, 99, into_nothing, &counts, &err), SLANT_ERR_ARG,
                   &err, "an unknown format");
        }
        in.path = NULL;
        expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "no list of paths");
        in.path = null_path;
        expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "a path that is NULL");
        in = good_input();
        in.format = (enum slant_format)99;
        expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_ARG,
               &err, "an unknown input format");
        in = good_input();
        expect(which, run(which, model, &in, 1, 0, full, &counts, &err), SLANT_ERR_STOPPED, &err,
               "a full sink");
        assert_int_equal(counts.n_record, 77);
        in.n_path = 0;
        assert_int_equal(run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_OK);
        assert_int_equal(counts.n_record, 0);
        in = good_input();
        assert_int_equal(run(which, model, &in, 1, 0, into_nothing, NULL, NULL), SLANT_OK);
        assert_int_equal(run(which, model, NULL, 1, 0, into_nothing, NULL, NULL), SLANT_ERR_ARG);
        in.n_thread = SLANT_MAX_THREAD + 1;
        expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_ERR_LIMIT,
               &err, "too many threads");
        in.n_thread = SLANT_MAX_THREAD;
        assert_int_equal(run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_OK);
        assert_int_equal(counts.n_error, 0);
    }
}

/* A wrong target of the call is the call's fault and no record's; nothing is written, no header
 * either. Quotes uses none. */
static void test_targets(void **state)
{
    static const char *const null_alias[] = {NULL};
    static const char *const empty[] = {"Norvane", ""};
    const char *many[SLANT_MAX_ALIAS + 1];
    (void)state;
    for (size_t i = 0; i <= SLANT_MAX_ALIAS; i++) {
        many[i] = "Norvane";
    }
    for (int which = 0; which < 4; which++) {
        struct slant_input in = good_input();
        struct slant_error err = {0};
        if (which == 1) {
            in.target = (struct slant_target){null_alias, 1};
            assert_int_equal(run(which, model, &in, 1, 0, into_nothing, NULL, &err), SLANT_OK);
            continue;
        }
        in.target = (struct slant_target){NULL, 1};
        expect(which, run(which, model, &in, 1, 1, full, NULL, &err), SLANT_ERR_ARG, &err,
               "no spellings");
        in.target = (struct slant_target){null_alias, 1};
        expect(which, run(which, model, &in, 1, 1, full, NULL, &err), SLANT_ERR_ARG, &err,
               "a spelling that is NULL");
        in.target = (struct slant_target){empty, 2};
        expect(which, run(which, model, &in, 1, 1, full, NULL, &err), SLANT_ERR_ARG, &err,
               "an empty spelling");
        in.target = (struct slant_target){many, SLANT_MAX_ALIAS + 1};
        expect(which, run(which, model, &in, 1, 1, full, NULL, &err), SLANT_ERR_LIMIT, &err,
               "too many spellings");
        in.target.n_alias = SLANT_MAX_ALIAS;
        assert_int_equal(run(which, model, &in, 1, 0, into_nothing, NULL, &err), SLANT_OK);
    }
}

/* Formats that a text, or a run, has no use for would be read as what they are not. */
static void test_formats(void **state)
{
    (void)state;
    for (int which = 0; which < 4; which++) {
        for (int format = SLANT_FORMAT_AUTO; format <= SLANT_FORMAT_HTML; format++) {
            struct slant_input in = good_input();
            struct slant_counts counts = {0};
            struct slant_error err = {0};
            bool good = format == SLANT_FORMAT_AUTO || format == SLANT_FORMAT_TEXT ||
                        (format == SLANT_FORMAT_SCORED && which == 3);
            in.text = "{\"text\": \"The ban was overdue.\"}";
            in.format = (enum slant_format)format;
            if (!good) {
                expect(which, run(which, model, &in, 1, 0, into_nothing, &counts, &err),
                       SLANT_ERR_ARG, &err, "a text of a format");
                continue;
            }
            assert_int_equal(run(which, model, &in, 1, 0, into_nothing, &counts, &err), SLANT_OK);
            assert_int_equal(counts.n_record, 1);
        }
        if (which < 3) {
            struct slant_input in = good_input();
            struct slant_error err = {0};
            in.format = SLANT_FORMAT_SCORED;
            expect(which, run(which, model, &in, 1, 0, into_nothing, NULL, &err), SLANT_ERR_ARG,
                   &err, "scored lines");
        }
    }
}

/* What the command refuses before it calls. */
static void test_options(void **state)
{
    static const char *const alias[] = {"Norvane"};
    struct slant_score_options score = {.size = sizeof score, .format = SLANT_SCORE_LABELS};
    struct slant_report_options report = {.size = sizeof report};
    struct slant_input in = good_input();
    struct slant_error err = {0};
    size_t got = 0;
    (void)state;
    assert_int_equal(slant_score(model, &in, &score, into_nothing, &got, NULL, &err), SLANT_OK);
    in.format = SLANT_FORMAT_TEXT;
    got = 0;
    assert_int_equal(slant_score(model, &in, &score, into_nothing, &got, NULL, &err),
                     SLANT_ERR_ARG);
    for (int format = SLANT_SCORE_TSV; format <= SLANT_SCORE_LABELS; format++) {
        in = good_input();
        score.format = (enum slant_score_format)format;
        score.trailer = true;
        assert_int_equal(slant_score(model, &in, &score, into_nothing, &got, NULL, &err),
                         SLANT_ERR_ARG);
        score.trailer = false;
        in.group = "outlet";
        assert_int_equal(slant_score(model, &in, &score, into_nothing, &got, NULL, &err),
                         SLANT_ERR_ARG);
    }
    in = good_input();
    for (unsigned i = 0; i < 4; i++) {
        static const unsigned wrong[] = {1, 49, 1001, UINT32_MAX};
        report.width = wrong[i];
        assert_int_equal(slant_report(model, &in, &report, into_nothing, &got, NULL, &err),
                         SLANT_ERR_ARG);
    }
    report.width = 0;
    in.text = "{}";
    in.format = SLANT_FORMAT_SCORED;
    in.target = (struct slant_target){alias, 1};
    assert_int_equal(slant_report(NULL, &in, &report, into_nothing, &got, NULL, &err),
                     SLANT_ERR_ARG);
    assert_int_equal(got, 0);
    in.target.n_alias = 0;
    report.width = 1000;
    assert_int_equal(slant_report(NULL, &in, &report, into_nothing, &got, NULL, &err), SLANT_OK);
}

static void test_learning(void **state)
{
    struct slant_input in = good_input();
    struct slant_train_options train = {.size = sizeof train, .n_trial = 1};
    struct slant_eval_options eval = {.size = sizeof eval};
    const char *const null_path[] = {NULL};
    const char *const null_setting[] = {NULL};
    struct slant_error err = {0};
    size_t got = 0;
    (void)state;
    in.format = SLANT_FORMAT_TSV;
    assert_int_equal(slant_train(NULL, &train, no_path, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_train(&in, NULL, no_path, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_train(&in, &train, NULL, &err), SLANT_ERR_ARG);
    train.solver = (enum slant_solver)99;
    assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
    train.solver = SLANT_SOLVER_DUAL;
    train.setting = null_setting;
    train.n_setting = 1;
    assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
    train.setting = NULL;
    assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
    train.n_setting = 0;
    in.path = null_path;
    assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_eval(model, &in, &eval, into_nothing, &got, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_compare(model, model, &in, &eval, into_nothing, &got, &err),
                     SLANT_ERR_ARG);
    in = good_input();
    in.format = SLANT_FORMAT_TSV;
    assert_int_equal(slant_train(&in, &train, "-", &err), SLANT_ERR_ARG);
    train.n_trial = 101;
    assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
    train.n_trial = 1;
    for (size_t i = 0; i < 3; i++) {
        static const char *const taken[] = {"text", "stance", "group"};
        train.weight = taken[i];
        assert_int_equal(slant_train(&in, &train, no_path, &err), SLANT_ERR_ARG);
        assert_null(strstr(err.text, "no column"));
    }
    train.weight = NULL;
    assert_int_equal(slant_eval(model, &in, NULL, into_nothing, &got, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_eval(model, NULL, &eval, into_nothing, &got, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_eval(model, &in, &eval, NULL, &got, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_compare(NULL, model, &in, &eval, into_nothing, &got, &err),
                     SLANT_ERR_ARG);
    assert_int_equal(slant_compare(model, NULL, &in, &eval, into_nothing, &got, &err),
                     SLANT_ERR_ARG);
    eval.n_bootstrap = 1000001;
    assert_int_equal(slant_eval(model, &in, &eval, into_nothing, &got, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_compare(model, model, &in, &eval, into_nothing, &got, &err),
                     SLANT_ERR_ARG);
    assert_int_equal(access(no_path, F_OK), -1);
    assert_int_equal(got, 0);
}

/* Inputs that are no labelled rows, through all that learn or measure. */
static void test_rows(void **state)
{
    struct slant_train_options train = {
        .size = sizeof train, .n_trial = 1, .n_fold = 2, .solver = SLANT_SOLVER_DUAL};
    struct slant_eval_options eval = {
        .size = sizeof eval, .n_fold = 2, .n_bootstrap = 10, .train = train};
    size_t got = 0;
    (void)state;
    for (int how = 0; how < 6; how++) {
        enum slant_status want = how == 5 ? SLANT_ERR_LIMIT : SLANT_ERR_ARG;
        struct slant_input in = good_input();
        struct slant_error err = {0};
        in.format = how == 1   ? SLANT_FORMAT_TEXT
                    : how == 2 ? SLANT_FORMAT_LINES
                    : how == 3 ? SLANT_FORMAT_HTML
                    : how == 4 ? SLANT_FORMAT_SCORED
                               : SLANT_FORMAT_AUTO;
        in.text = how == 0 ? "The ban was overdue." : NULL;
        in.n_thread = how == 5 ? SLANT_MAX_THREAD + 1 : 1;
        expect(how, slant_train(&in, &train, no_path, &err), want, &err, "train");
        expect(how, slant_eval(model, &in, &eval, into_nothing, &got, &err), want, &err, "eval");
        expect(how, slant_eval(NULL, &in, &eval, into_nothing, &got, &err), want, &err, "folds");
        expect(how, slant_compare(model, model, &in, &eval, into_nothing, &got, &err), want, &err,
               "compare");
    }
    assert_int_equal(access(no_path, F_OK), -1);
    assert_int_equal(got, 0);
}

static void test_output(void **state)
{
    struct slant_output *out = NULL;
    struct slant_model *m = NULL;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_output_open(no_path, NULL, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_output_commit(NULL, &err), SLANT_ERR_ARG);
    slant_output_discard(NULL);
    assert_null(slant_output_temporary(NULL));
    assert_int_not_equal(slant_output_sink(NULL, "a", 1), 0);
    assert_int_equal(slant_output_open("", &out, &err), SLANT_ERR_IO);
    assert_int_equal(slant_output_open("/nosuch/folder/x", &out, &err), SLANT_ERR_IO);
    assert_null(out);
    assert_int_equal(slant_inspect(NULL, true, 1, into_nothing, NULL, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_model_open_bytes("x", SLANT_MAX_BUNDLE + 1, "x", &m, &err),
                     SLANT_ERR_LIMIT);
    assert_int_equal(slant_model_open_bytes("x", 1, NULL, &m, &err), SLANT_ERR_ARG);
    assert_null(m);
    slant_session_free(NULL);
    slant_model_free(NULL);
    assert_int_equal(slant_session_n_invalid(NULL), 0);
}

/* A begin that is refused leaves no article: the caller may have freed the one before. */
static void test_refused_begin(void **state)
{
    static const char *const none[] = {NULL};
    static const struct slant_target bad = {none, 1};
    const struct slant_sentence *s;
    const struct slant_term *term;
    struct slant_session *session;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_session_new(model, &session, &err), SLANT_OK);
    for (int how = 0; how < 6; how++) {
        const char before[] = "The ban was overdue. The port\xff did not close. Ships came.";
        char *text = malloc(sizeof before);
        enum slant_status status;
        double bias;
        size_t n;
        assert_non_null(text);
        memcpy(text, before, sizeof before);
        assert_int_equal(slant_session_article(session, text, sizeof before - 1, NULL, &err),
                         SLANT_OK);
        assert_int_equal(slant_session_next(session, &s, &err), SLANT_OK);
        assert_non_null(s);
        assert_int_equal(slant_session_explain(session, 0, 0, NULL, &n, &bias, &err),
                         SLANT_ERR_ARG);
        assert_null(strstr(err.text, "no current sentence"));
        free(text);
        status = how == 0   ? slant_session_article(session, "x", SLANT_MAX_TEXT + 1, NULL, &err)
                 : how == 1 ? slant_session_line(session, "x", SLANT_MAX_TEXT + 1, NULL, &err)
                 : how == 2 ? slant_session_article(session, NULL, 5, NULL, &err)
                 : how == 3 ? slant_session_line(session, NULL, 5, NULL, &err)
                 : how == 4 ? slant_session_article(session, "It flew. It fell.", 17, &bad, &err)
                            : slant_session_line(session, "It flew.", 8, &bad, &err);
        assert_int_equal(status, how < 2 ? SLANT_ERR_LIMIT : SLANT_ERR_ARG);
        assert_int_equal(slant_session_n_invalid(session), 0);
        assert_int_equal(slant_session_explain(session, 0, 0, &term, &n, &bias, &err),
                         SLANT_ERR_ARG);
        assert_int_equal(slant_session_next(session, &s, &err), SLANT_OK);
        assert_null(s);
    }
    assert_int_equal(slant_session_line(session, NULL, 0, NULL, &err), SLANT_OK);
    assert_int_equal(slant_session_next(session, &s, &err), SLANT_OK);
    assert_non_null(s); /* an empty line is a sentence */
    slant_session_free(session);
}

static void test_aliases(void **state)
{
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_aliases_open(NULL, &a, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_aliases_open("tests/fuzz/tiny.tsv", NULL, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_aliases_open("/nonexistent/names.tsv", &a, &err), SLANT_ERR_IO);
    assert_int_equal(slant_aliases_open("tests/fuzz/tiny.tsv", &a, &err), SLANT_ERR_ROW);
    assert_null(a);
    slant_aliases_free(NULL);
}

/* What a stopped run leaves: a write that failed fails the commit too, with its errno; otherwise the
 * commit is the caller's choice. */
static void test_stopped_output(void **state)
{
    struct slant_score_options score = {.size = sizeof score};
    struct slant_input in = good_input();
    struct slant_output *out = NULL;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_output_open("/dev/full", &out, &err), SLANT_OK);
    assert_int_equal(slant_score(model, &in, &score, slant_output_sink, out, NULL, &err),
                     SLANT_ERR_STOPPED);
    assert_int_equal(err.sys, 0);
    assert_int_equal(slant_output_commit(out, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOSPC);
}

/* ---- one sink, many threads ---- */

struct heard {
    pthread_mutex_t busy;
    char *bytes;
    size_t len, cap, n_call, n_overlap;
};

static int hear(void *user, const void *bytes, size_t len)
{
    struct heard *h = user;
    if (pthread_mutex_trylock(&h->busy) != 0) {
        h->n_overlap++;
        return 1;
    }
    if (h->len + len > h->cap) {
        char *grown = realloc(h->bytes, h->cap = 2 * (h->len + len));
        if (grown == NULL) {
            return 1;
        }
        h->bytes = grown;
    }
    memcpy(h->bytes + h->len, bytes, len);
    h->len += len;
    h->n_call++;
    return pthread_mutex_unlock(&h->busy);
}

/* Calls of a sink never overlap and come in the order of the input. */
static void test_sink(void **state)
{
    enum { FILES = 40 };
    const char *path[FILES];
    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        path[i] = i % 3 == 0 ? "tests/fuzz/tiny.tsv" : "tests/fuzz/tiny_lexicon.tsv";
    }
    for (int which = 0; which < 4; which++) {
        struct heard h[2] = {{.len = 0}, {.len = 0}};
        for (int i = 0; i < 2; i++) {
            struct slant_input in = good_input();
            struct slant_report_options report = {
                .size = sizeof report, .format = SLANT_REPORT_CSV, .table = SLANT_TABLE_SENTENCES};
            struct slant_score_options score = {.size = sizeof score};
            struct slant_quotes_options quotes = {.size = sizeof quotes};
            struct slant_explain_options explain = {.size = sizeof explain, .top = 3};
            struct slant_error err = {0};
            enum slant_status status;
            in.path = path;
            in.n_path = FILES;
            in.n_thread = i == 0 ? 1 : 7;
            assert_int_equal(pthread_mutex_init(&h[i].busy, NULL), 0);
            status = which == 0   ? slant_score(model, &in, &score, hear, &h[i], NULL, &err)
                     : which == 1 ? slant_quotes(&in, &quotes, hear, &h[i], NULL, &err)
                     : which == 2 ? slant_explain(model, &in, &explain, hear, &h[i], NULL, &err)
                                  : slant_report(model, &in, &report, hear, &h[i], NULL, &err);
            assert_int_equal(status, SLANT_OK);
            assert_int_equal(h[i].n_overlap, 0);
            pthread_mutex_destroy(&h[i].busy);
        }
        assert_int_equal(h[1].len, h[0].len);
        assert_int_equal(h[1].n_call, h[0].n_call);
        assert_true(h[0].len == 0 || memcmp(h[0].bytes, h[1].bytes, h[0].len) == 0);
        free(h[0].bytes);
        free(h[1].bytes);
    }
}

/* ---- one model, many threads ---- */

static void *one_thread(void *arg)
{
    static const char *const alias[] = {"Norvane"};
    static const char *const none[] = {NULL};
    static const struct slant_target good = {alias, 1};
    static const struct slant_target bad = {none, 1};
    uint64_t sum = 0;
    for (int i = 0; i < 30; i++) {
        struct slant_session *s;
        const struct slant_sentence *sentence;
        char text[200];
        int n = snprintf(text, sizeof text, "Ban %d on Norvane was overdue. The port did not.", i);
        if (slant_session_new(model, &s, NULL) != SLANT_OK) {
            return NULL;
        }
        if (i % 3 == 0 && slant_session_article(s, text, (size_t)n, &bad, NULL) != SLANT_ERR_ARG) {
            return NULL;
        }
        if (slant_session_article(s, text, (size_t)n, &good, NULL) != SLANT_OK) {
            return NULL;
        }
        while (slant_session_next(s, &sentence, NULL) == SLANT_OK && sentence != NULL) {
            sum = sum * 31 + sentence->verdict[0].prob[0];
        }
        slant_session_free(s);
    }
    *(uint64_t *)arg = sum;
    return arg;
}

static void test_threads(void **state)
{
    enum { THREADS = 8 };
    pthread_t thread[THREADS];
    uint64_t sum[THREADS] = {0};
    (void)state;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, one_thread, &sum[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(thread[i], &result), 0);
        assert_non_null(result);
        assert_int_equal(sum[i], sum[0]);
    }
}

static int begin(void **state)
{
    struct slant_input in = good_input();
    struct slant_train_options opt = {
        .size = sizeof opt, .n_trial = 1, .n_fold = 2, .solver = SLANT_SOLVER_DUAL, .name = "tiny"};
    struct slant_error err;
    int fd = mkstemp(model_path);
    (void)state;
    in.format = SLANT_FORMAT_TSV;
    (void)snprintf(no_path, sizeof no_path, "%s.no", model_path);
    if (fd < 0 || close(fd) != 0 || slant_train(&in, &opt, model_path, &err) != SLANT_OK ||
        slant_model_open(model_path, &model, &err) != SLANT_OK) {
        print_message("the tiny model: %s\n", err.text);
        return -1;
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    slant_model_free(model);
    return unlink(model_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),     cmocka_unit_test(test_targets),
        cmocka_unit_test(test_formats),  cmocka_unit_test(test_options),
        cmocka_unit_test(test_learning), cmocka_unit_test(test_rows),
        cmocka_unit_test(test_output),   cmocka_unit_test(test_refused_begin),
        cmocka_unit_test(test_aliases),  cmocka_unit_test(test_stopped_output),
        cmocka_unit_test(test_sink),     cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
