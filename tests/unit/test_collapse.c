/* Training works on means of word vectors; a model holds a number per word and label. Both must give
 * the same margins, with a lexicon and targets too. */
#include "learned.h"

#include "base/rng.h"
#include "judge/session.h"
#include "near.h"
#include "train/training.h"

enum { N_ROW = 300, WIDTH = 12 };
static char *tsv;
static size_t tsv_len;
static struct sl_rows rows;
static struct sl_material material;
static struct sl_features features;
static struct sl_heads heads;
static char vectors_path[64];

/* Vectors of every second word of the rows, uneven in length, in an order of their own. */
static void write_vectors(void)
{
    struct sl_material bare = {.language = &sl_language_english};
    struct sl_features f;
    struct sl_rng rng = {5};
    size_t cap = 1 << 20;
    size_t n = 0;
    char *text = malloc(cap);
    assert_non_null(text);
    assert_int_equal(sl_features_build(&f, &rows, &bare, 1, NULL), SLANT_OK);
    for (uint32_t i = 0; i < f.all.n_word; i += 2) {
        uint32_t w = (i * 7919 + 13) % f.all.n_word;
        n += (size_t)snprintf(text + n, cap - n, "%.*s",
                              (int)(f.all.word_start[w + 1] - f.all.word_start[w]),
                              f.all.word_bytes + f.all.word_start[w]);
        for (int d = 0; d < WIDTH; d++) {
            double v = ((double)sl_rng_below(&rng, 20001) - 10000) / 3000 + d;
            n += (size_t)snprintf(text + n, cap - n, " %.5f", v);
        }
        n += (size_t)snprintf(text + n, cap - n, "\n");
        assert_true(n + 4096 < cap);
    }
    spill(vectors_path, text, n);
    free(text);
    sl_features_free(&f);
}

static int build(void **state)
{
    struct slant_error err = {0};
    uint64_t digest;
    (void)state;
    tsv = first_rows("training/vendor-ban.tsv", N_ROW, &tsv_len);
    assert_int_equal(read_rows(tsv, tsv_len, &rows, &err), SLANT_OK);
    write_vectors();
    material.language = &sl_language_english;
    assert_int_equal(sl_lexicon_read("training/lexicon.tsv", material.language, &material.lexicon,
                                     &digest, &err),
                     SLANT_OK);
    assert_int_equal(sl_vectors_read(vectors_path, &material.vectors, &err), SLANT_OK);
    assert_true(material.vectors.n > 500);
    assert_int_equal(sl_features_build(&features, &rows, &material, 2, &err), SLANT_OK);
    heads = sl_heads_of(&rows, false);
    return 0;
}

static int take_down(void **state)
{
    (void)state;
    (void)unlink(vectors_path);
    sl_features_free(&features);
    sl_lexicon_free(&material.lexicon);
    sl_vectors_free(&material.vectors);
    sl_rows_free(&rows);
    free(tsv);
    return 0;
}

static struct slant_model *learn_with(enum slant_solver solver, const char *const *setting,
                                      size_t n_setting)
{
    struct slant_train_options opt = train_options(solver);
    opt.n_fold = 2;
    opt.lexicon = "training/lexicon.tsv";
    opt.vectors = vectors_path;
    opt.setting = setting;
    opt.n_setting = n_setting;
    return learn(tsv, tsv_len, &opt);
}

/* Sums over a sentence: of the fit's weights, and of what words with a vector weigh, rounded as a model
 * holds it and exactly. */
struct sums {
    const struct sl_fit *fit;
    const struct sl_vocabulary *v;
    double rounded[SL_N_BLOCK][SL_MAX_COLUMN], exact[SL_N_BLOCK][SL_MAX_COLUMN];
    double norm[SL_N_BLOCK];
};

static bool add(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct sums *s = user;
    const struct sl_fit *fit = s->fit;
    const struct sl_vectors *vectors = &material.vectors;
    enum sl_block b = sl_feature_block(s->v, feature);
    size_t word = feature - s->v->first[b];
    (void)where;
    for (size_t k = 0; b < SL_FIRST_VECTOR && k < fit->n_column; k++) {
        s->rounded[b][k] += n * sl_fit_weight(fit, b, feature, (uint32_t)k);
        s->exact[b][k] = s->rounded[b][k];
    }
    for (size_t k = 0; b >= SL_FIRST_VECTOR && k < fit->n_column; k++) {
        double sum = 0;
        for (size_t d = 0; d < WIDTH; d++) {
            size_t at = (size_t)(b - SL_FIRST_VECTOR) * WIDTH + d;
            sum += ((double)vectors->value[word * WIDTH + d] - fit->center[at]) *
                   fit->dense_weight[at * fit->n_column + k];
        }
        s->rounded[b][k] += n * in_units((double)vectors->a[word] * sum, fit->unit[b][k]);
        s->exact[b][k] += n * ((double)vectors->a[word] * sum);
    }
    s->norm[b] +=
        n * (b < SL_FIRST_VECTOR ? sl_fit_norm_part(fit, b, feature) : (double)vectors->a[word]);
    return true;
}

static void sum_row(const struct sl_fit *fit, const struct sl_vocabulary *v, struct sl_lexer *x,
                    size_t row, double *rounded, double *exact)
{
    static struct sums s;
    struct sl_readings scratch = {0};
    const struct sl_row *r = &rows.row[row];
    uint32_t n_token;
    memset(&s, 0, sizeof s);
    s.fit = fit;
    s.v = v;
    assert_true(sl_features(v, x, &scratch, r->text.p, (struct slant_span){0, r->text.len}, r->mask,
                            r->n_mask, add, &s, &n_token));
    sl_readings_free(&scratch);
    memcpy(rounded, fit->bias, fit->n_column * sizeof *rounded);
    memcpy(exact, fit->bias, fit->n_column * sizeof *exact);
    for (int b = 0; b < SL_N_BLOCK; b++) {
        double inverse = sl_norm_inverse((enum sl_block)b, s.norm[b], n_token);
        for (uint32_t k = 0; k < fit->n_column; k++) {
            rounded[k] += s.rounded[b][k] * inverse;
            exact[k] += s.exact[b][k] * inverse;
        }
    }
}

/* Every row's margins by the model's session, against the sum of rounded weights, within 1e-9; and those
 * by the fit, whose counts and means are floats, against that of exact ones, within 1e-6. */
static void check_margins(enum slant_solver solver, const char *const *setting, size_t n_setting)
{
    struct slant_model *m = learn_with(solver, setting, n_setting);
    struct sl_settings settings = sl_settings_default(solver, &rows);
    struct sl_fit fit;
    struct slant_session *s;
    struct sl_lexer x;
    bool in[N_ROW];
    memset(in, 1, sizeof in);
    assert_int_equal(sl_lexer_init(&x, material.language, NULL), SLANT_OK);
    for (size_t i = 0; i < n_setting; i++) {
        assert_int_equal(sl_settings_set(&settings, setting[i], NULL), SLANT_OK);
    }
    assert_int_equal(sl_fit(&rows, &features, &heads, in, &settings, &fit, NULL), SLANT_OK);
    assert_int_equal(fit.n_column, m->n_column);
    /* the model numbers its features otherwise */
    assert_int_equal(sl_fit_complete(&fit, &material, &features.all, &settings, NULL), SLANT_OK);
    assert_true(sl_lookup_build(&fit.vocabulary));
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        const struct sl_row *row = &rows.row[i];
        const struct slant_sentence *sentence;
        double margin[SL_MAX_COLUMN];
        double rounded[SL_MAX_COLUMN];
        double exact[SL_MAX_COLUMN];
        sl_fit_margins(&fit, &features, i, margin);
        sum_row(&fit, &fit.vocabulary, &x, i, rounded, exact);
        assert_int_equal(
            sl_session_masked_line(s, row->text.p, row->text.len, row->mask, row->n_mask, NULL),
            SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        for (uint32_t k = 0; k < m->n_column; k++) {
            assert_true(near(s->margin[k], rounded[k], 1e-9 * fmax(1, fabs(rounded[k]))));
            assert_true(near(margin[k], exact[k], 1e-6 * fmax(1, fabs(exact[k]))));
        }
    }
    sl_lexer_free(&x);
    slant_session_free(s);
    sl_fit_free(&fit);
    slant_model_free(m);
}

/* A center, an a(word) or a scale that the fold into words forgot. */
static void test_margins_dual(void **state)
{
    (void)state;
    check_margins(SLANT_SOLVER_DUAL, NULL, 0);
}

/* The kernel of the dense part. */
static void test_margins_libsvm(void **state)
{
    (void)state;
    check_margins(SLANT_SOLVER_LIBSVM, NULL, 0);
}

/* Scales that leave blocks out: what a left-out block needed must stay for the others. */
static void test_margins_of_settings(void **state)
{
    static const char *const only_vectors[] = {
        "scale.char=0",     "scale.word=0",           "scale.negated=0", "scale.near=0",
        "scale.wide=0",     "scale.before=0",         "scale.after=0",   "scale.frame=0",
        "scale.polarity=0", "scale.placed-polarity=0"};
    static const char *const one_vector[] = {"scale.vector=0", "scale.vector-near=3",
                                             "scale.vector-before=0", "scale.vector-after=0"};
    static const char *const no_vector[] = {"scale.vector=0", "scale.vector-near=0",
                                            "scale.vector-before=0", "scale.vector-after=0"};
    static const char *const frame_alone[] = {"scale.polarity=0", "scale.placed-polarity=0",
                                              "scale.frame=4"};
    static const char *const uneven[] = {"scale.vector=0.3", "scale.polarity=4", "scale.char=2",
                                         "rows.listed=3",    "rows.word=2",      "scale.wide=0.1"};
    (void)state;
    check_margins(SLANT_SOLVER_DUAL, only_vectors, 10);
    check_margins(SLANT_SOLVER_DUAL, one_vector, 4);
    check_margins(SLANT_SOLVER_DUAL, no_vector, 4);
    check_margins(SLANT_SOLVER_DUAL, uneven, 6);
    check_margins(SLANT_SOLVER_DUAL, frame_alone, 3);
}

static int block_of(const char *name)
{
    for (int b = 0; b < SL_N_BLOCK; b++) {
        size_t n = strlen(sl_block_name[b]);
        if (strncmp(name, sl_block_name[b], n) == 0 && name[n] == ':') {
            return b;
        }
    }
    return -1;
}

/* Bias and terms that miss the margin, on rows with targets; no block may stay silent. */
static void test_explanations(void **state)
{
    struct slant_model *m = learn_with(SLANT_SOLVER_DUAL, NULL, 0);
    struct slant_session *s;
    size_t seen[SL_N_BLOCK] = {0};
    (void)state;
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    for (size_t i = 0; i < N_ROW; i += 3) {
        const struct sl_row *row = &rows.row[i];
        const struct slant_sentence *sentence;
        assert_int_equal(
            sl_session_masked_line(s, row->text.p, row->text.len, row->mask, row->n_mask, NULL),
            SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        for (size_t h = 0; h < m->n_head; h++) {
            for (uint32_t k = 0; k < m->head[h].n_label; k++) {
                const struct slant_term *term;
                size_t n;
                double sum;
                assert_int_equal(slant_session_explain(s, h, k, &term, &n, &sum, NULL), SLANT_OK);
                for (size_t t = 0; t < n; t++) {
                    int b = block_of(term[t].name);
                    assert_true(b >= 0);
                    seen[b]++;
                    sum += term[t].contribution;
                    assert_true(near(term[t].value * term[t].weight, term[t].contribution, 1e-9));
                }
                assert_true(near(sum, sentence->verdict[h].margin[k], 1e-9));
            }
        }
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        assert_true(seen[b] > 0);
    }
    slant_session_free(s);
    slant_model_free(m);
}

/* Threads that reach the bytes of a model, with everything on and a search of settings. */
static void test_threads(void **state)
{
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    char *bytes[3];
    size_t len[3];
    size_t n;
    char *table = first_rows("training/vendor-ban.tsv", 150, &n);
    static const unsigned threads[] = {1, 2, 5};
    (void)state;
    opt.n_fold = 3;
    opt.n_trial = 4;
    opt.lexicon = "training/lexicon.tsv";
    opt.vectors = vectors_path;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(learn_bytes(table, n, &opt, threads[i], &bytes[i], &len[i], NULL),
                         SLANT_OK);
        assert_int_equal(len[i], len[0]);
        assert_memory_equal(bytes[i], bytes[0], len[0]);
    }
    for (int i = 0; i < 3; i++) {
        free(bytes[i]);
    }
    free(table);
}

/* The file's words and digests in what the model says of itself. */
static void test_meta(void **state)
{
    struct slant_model *m = learn_with(SLANT_SOLVER_DUAL, NULL, 0);
    char want[128];
    (void)state;
    (void)snprintf(want, sizeof want, "\"vectors\":{\"words\":%u,\"width\":%d,\"digest\":\"",
                   (unsigned)material.vectors.n, WIDTH);
    assert_non_null(strstr(m->meta, want));
    (void)snprintf(want, sizeof want, "\"lexicon\":{\"entries\":%u,\"classes\":%u,\"digest\":\"",
                   (unsigned)material.lexicon.n, (unsigned)material.lexicon.n_class);
    assert_non_null(strstr(m->meta, want));
    slant_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_margins_dual),
        cmocka_unit_test(test_margins_libsvm),
        cmocka_unit_test(test_margins_of_settings),
        cmocka_unit_test(test_explanations),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_meta),
    };
    return cmocka_run_group_tests(tests, build, take_down);
}
