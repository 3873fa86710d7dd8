#include "learned.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "judge/scorer.h"
#include "judge/session.h"
#include "judge/verdict.h"
#include "near.h"

/* A model of two heads and every block, learned once from real rows. */
static struct slant_model *model;

static const char vectors_text[] = "the 0.5 -1 0.125\nof 0.25 0.5 -2\nto -1 -1 0.5\nsaid 2 0 1\n"
                                   "ban -1 0.25 3\nsecurity 0 1 1\nnetwork 3 -2 0\nus 1 1 1\n"
                                   "u.s. -1 2 -1\nn't 4 0 -3\nnever 2 -2 2\nequipment 1 0 0\n";

static int learn_once(void **state)
{
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    size_t len;
    char *tsv = first_rows("training/vendor-ban.tsv", 400, &len);
    char vectors[64];
    (void)state;
    opt.n_fold = 2;
    spill(vectors, vectors_text, sizeof vectors_text - 1);
    opt.vectors = vectors;
    opt.lexicon = "training/lexicon.tsv";
    model = learn(tsv, len, &opt);
    (void)unlink(vectors);
    free(tsv);
    return 0;
}

static int free_model(void **state)
{
    (void)state;
    slant_model_free(model);
    return 0;
}

static struct slant_session *new_session(void)
{
    struct slant_session *s = NULL;
    assert_int_equal(slant_session_new(model, &s, NULL), SLANT_OK);
    return s;
}

static const char *const samples[] = {
    "training/samples/wire_5g_ban.txt",       "training/samples/court_app_ruling.txt",
    "training/samples/editorial_cameras.txt", "training/samples/explainer_inverters.txt",
    "training/samples/feature_drone_ban.txt", "training/samples/state_media_listing.txt",
    "training/samples/articles.jsonl", /* read as one text: brackets, escapes and all */
};
enum { N_SAMPLE = sizeof samples / sizeof samples[0] };

static const char *const vendors[] = {"Norvane Telecom", "Norvane", "Kestrel Optics", "Kestrel"};
static const struct slant_target vendor_target = {vendors, 4};

/* ---- the reference: sl_features and the model's weights, without any memory of tokens ---- */

struct reference {
    double sum[SL_N_BLOCK][SL_MAX_COLUMN];
    double norm[SL_N_BLOCK];
    struct slant_span span;
    size_t n;
};

static bool add_reference(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct reference *r = user;
    enum sl_block b = sl_feature_block(&model->vocabulary, feature);
    double idf = sl_idf(b, sl_added_to_norm(model, b, feature));
    for (uint32_t k = 0; k < model->n_column; k++) {
        r->sum[b][k] += n * sl_weight(model, b, feature, k);
    }
    r->norm[b] += b >= SL_FIRST_VECTOR ? n * idf : n * idf * idf;
    r->n += where.begin >= r->span.begin && where.end <= r->span.end;
    return true;
}

/* Norms as feat/vocabulary.h states them. */
static double over_norm(const struct reference *r, int b, uint32_t column, uint32_t n_token)
{
    double sum = r->sum[b][column];
    if (b == SL_BLOCK_POLARITY) {
        return n_token > 0 ? sum / sqrt(n_token) : 0;
    }
    if (b == SL_BLOCK_PLACED_POLARITY || r->norm[b] == 0) {
        return sum;
    }
    return b >= SL_FIRST_VECTOR ? sum / r->norm[b] : sum / sqrt(r->norm[b]);
}

static size_t reference_margins(struct sl_lexer *x, const char *text, struct slant_span span,
                                const struct slant_span *mask, size_t n_mask, double *margin)
{
    static struct reference r;
    struct sl_readings scratch = {0};
    uint32_t n_token;
    memset(&r, 0, sizeof r);
    r.span = span;
    assert_true(sl_features(&model->vocabulary, x, &scratch, text, span, mask, n_mask,
                            add_reference, &r, &n_token));
    sl_readings_free(&scratch);
    for (size_t h = 0; h < model->n_head; h++) {
        for (uint32_t k = 0; k < model->head[h].n_label; k++) {
            uint32_t column = model->fit[h].column + k;
            margin[column] = model->fit[h].bias[k];
            for (int b = 0; b < SL_N_BLOCK; b++) {
                margin[column] += over_norm(&r, b, column, n_token);
            }
        }
    }
    return r.n;
}

/* Compares every sentence that is left in the session; returns how many there were. */
static size_t compare_with_reference(struct slant_session *s, struct sl_lexer *x)
{
    size_t n = 0;
    for (;; n++) {
        const struct slant_sentence *sentence;
        double want[SL_MAX_COLUMN];
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        if (sentence == NULL) {
            return n;
        }
        (void)reference_margins(x, s->text, sentence->span, s->queue[s->at - 1].mask,
                                s->queue[s->at - 1].n_mask, want);
        for (size_t h = 0; h < model->n_head; h++) {
            for (uint32_t k = 0; k < model->head[h].n_label; k++) {
                assert_true(
                    near(sentence->verdict[h].margin[k], want[model->fit[h].column + k], 1e-9));
            }
        }
    }
}

/* The memo scorer seeing other features than training did, on articles. */
static void test_reference_on_samples(void **state)
{
    struct slant_session *s = new_session();
    struct sl_lexer x;
    (void)state;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    for (size_t i = 0; i < N_SAMPLE; i++) {
        size_t len;
        char *text = slurp(samples[i], &len);
        assert_int_equal(slant_session_article(s, text, len, &vendor_target, NULL), SLANT_OK);
        assert_true(compare_with_reference(s, &x) > 5);
        assert_int_equal(slant_session_article(s, text, len, NULL, NULL), SLANT_OK);
        assert_true(compare_with_reference(s, &x) > 5);
        assert_int_equal(slant_session_line(s, text, len, &vendor_target, NULL), SLANT_OK);
        assert_int_equal(compare_with_reference(s, &x), 1);
        free(text);
    }
    sl_lexer_free(&x);
    slant_session_free(s);
}

/* Pieces that meet each other in every order: words, joints, marks, broken bytes, NUL. */
static const char *const pieces[] = {"ban",
                                     "security",
                                     "not",
                                     "never",
                                     "don\xe2\x80\x99t",
                                     "US",
                                     "us",
                                     "U.S.",
                                     "U.K.",
                                     "Brelka",
                                     "Systems",
                                     "5G",
                                     "1,000",
                                     "5.2",
                                     "\xc3\x89lan",
                                     "stra\xc3\x9f",
                                     "#BanThis_Now",
                                     "#",
                                     "@ana",
                                     "@",
                                     "https://example.org/x",
                                     ",",
                                     ".",
                                     "!",
                                     "?!!?",
                                     "...",
                                     "\xe2\x80\xa6",
                                     "(",
                                     ")",
                                     "\"",
                                     "\xe2\x80\x94",
                                     ":-)",
                                     "\xf0\x9f\x99\x82",
                                     "\xff",
                                     "\xe2\x82",
                                     "\xc3",
                                     "'",
                                     "&",
                                     "AT&T",
                                     "-",
                                     "\n",
                                     "\n\n",
                                     "\t",
                                     "Mr.",
                                     "he said",
                                     "refused to exclude",
                                     "\xef\xbb\xbf",
                                     "the network",
                                     "\xed\xa0\x80",
                                     "\xe1\xb8\x81\xe1\xb8\x81",
                                     "\xce\x90",
                                     "\xf4\x90\x80\x80"};
enum { N_PIECE = sizeof pieces / sizeof pieces[0] };

/* A random text of at most cap bytes. */
static size_t random_text(struct sl_rng *rng, char *text, size_t cap)
{
    size_t len = 0;
    size_t want = sl_rng_below(rng, 60);
    for (size_t i = 0; i < want; i++) {
        const char *piece = pieces[sl_rng_below(rng, N_PIECE)];
        size_t n = strlen(piece);
        uint64_t times = sl_rng_below(rng, 40) == 0 ? 1 + sl_rng_below(rng, 90) : 1;
        for (uint64_t t = 0; t < times && len + n + 2 < cap; t++) {
            memcpy(text + len, piece, n);
            len += n;
        }
        if (sl_rng_below(rng, 3) > 0 && len < cap) {
            text[len++] = ' ';
        }
        if (sl_rng_below(rng, 50) == 0 && len < cap) {
            text[len++] = 0;
        }
    }
    return len;
}

/* Masks in order and apart, at code points, also inside words. */
static size_t random_masks(struct sl_rng *rng, const char *text, size_t len,
                           struct slant_span mask[8])
{
    size_t n = 0;
    size_t at = 0;
    while (at < len && n < 8 && sl_rng_below(rng, 3) > 0) {
        uint32_t cp;
        size_t begin;
        for (uint64_t skip = sl_rng_below(rng, 25); skip > 0 && at < len; skip--) {
            at += sl_utf8_next(text + at, text + len, &cp);
        }
        begin = at;
        for (uint64_t skip = 1 + sl_rng_below(rng, 9); skip > 0 && at < len; skip--) {
            at += sl_utf8_next(text + at, text + len, &cp);
        }
        if (at > begin) {
            mask[n++] = (struct slant_span){begin, at};
        }
    }
    return n;
}

/* The same on texts that nobody would write: long runs, broken bytes, masks inside words. */
static void test_reference_on_random_text(void **state)
{
    struct slant_session *s = new_session();
    struct sl_lexer x;
    struct sl_rng rng = {11};
    (void)state;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    for (int round = 0; round < trials(4000); round++) {
        char text[2048];
        struct slant_span mask[8];
        size_t len = random_text(&rng, text, sizeof text);
        size_t n_mask = random_masks(&rng, text, len, mask);
        char *exact = malloc(len > 0 ? len : 1); /* a sanitizer sees a read behind it */
        assert_non_null(exact);
        memcpy(exact, text, len);
        assert_int_equal(sl_session_masked_line(s, exact, len, mask, n_mask, NULL), SLANT_OK);
        assert_int_equal(compare_with_reference(s, &x), 1);
        assert_int_equal(slant_session_article(s, exact, len, &vendor_target, NULL), SLANT_OK);
        (void)compare_with_reference(s, &x);
        free(exact);
    }
    sl_lexer_free(&x);
    slant_session_free(s);
}

/* A line of n new words: letters, now and then a digit or a joint, up to more than are read of a word. */
static size_t new_words(struct sl_rng *rng, int n, char *text)
{
    static const char sign[] = "etaoinshrdlucmfwypvbgkjqxz'5";
    size_t len = 0;
    for (int w = 0; w < n; w++) {
        const uint64_t most = sl_rng_below(rng, 10) == 0 ? 80 : 12;
        for (uint64_t k = 1 + sl_rng_below(rng, most); k > 0; k--) {
            const bool odd = sl_rng_below(rng, 30) == 0;
            text[len++] = sign[sl_rng_below(rng, odd ? sizeof sign - 1 : 26)];
        }
        text[len++] = ' ';
    }
    return len;
}

/* A character n-gram forgotten or counted twice, be it told by the table of short ones or asked for by itself,
 * in a word of any length and in blocks of nothing but new words. */
static void test_new_words(void **state)
{
    struct sl_lexer x;
    struct sl_rng rng = {29};
    struct sl_scorer *scorer[SL_N_SIMD];
    const int n_form = (int)sl_simd_best() + 1;
    (void)state;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    for (int f = 0; f < n_form; f++) {
        assert_int_equal(sl_scorer_new(model, (enum sl_simd)f, &scorer[f], NULL), SLANT_OK);
    }
    for (int round = 0; round < trials(300); round++) {
        char text[80 * 81];
        double want[SL_MAX_COLUMN];
        double margin[SL_N_SIMD][SL_MAX_COLUMN];
        const int n_word = 1 + (int)sl_rng_below(&rng, 80);
        const struct sl_item item = {.span = {0, new_words(&rng, n_word, text)}};
        (void)reference_margins(&x, text, item.span, NULL, 0, want);
        for (int f = 0; f < n_form; f++) {
            assert_true(sl_score(scorer[f], text, item.span.end, &item, 1, false, margin[f]));
            assert_memory_equal(margin[f], margin[0], model->n_column * sizeof margin[0][0]);
        }
        for (uint32_t k = 0; k < model->n_column; k++) {
            assert_true(near(margin[0][k], want[k], 1e-9));
        }
    }
    for (int f = 0; f < n_form; f++) {
        sl_scorer_free(scorer[f]);
    }
    sl_lexer_free(&x);
}

/* What of the masks lies in a span. */
static size_t cut_masks(const struct slant_span *mask, size_t n_mask, struct slant_span span,
                        struct slant_span *out)
{
    size_t n = 0;
    for (size_t i = 0; i < n_mask; i++) {
        const size_t begin = mask[i].begin > span.begin ? mask[i].begin : span.begin;
        const size_t end = mask[i].end < span.end ? mask[i].end : span.end;
        if (begin < end) {
            out[n++] = (struct slant_span){begin, end};
        }
    }
    return n;
}

/* The code point at which, or in which, `at` lies. */
static size_t code_point_at(const char *text, struct slant_span span, size_t at)
{
    size_t begin = span.begin;
    while (begin < at) {
        uint32_t cp;
        const size_t next = begin + sl_utf8_next(text + begin, text + span.end, &cp);
        if (next > at) {
            break;
        }
        begin = next;
    }
    return begin;
}

/* Parts of the sentences that the session has scored last, each against a reading of its own; counts
 * those that were not read again. */
static size_t compare_parts(struct slant_session *s, struct sl_scorer *apart, struct sl_rng *rng,
                            int n_part)
{
    static struct slant_span mask[4096];
    size_t n_kept = 0;
    for (int k = 0; k < n_part && s->n_queue > 0; k++) {
        const struct sl_item *whole = &s->queue[sl_rng_below(rng, s->n_queue)];
        const size_t len = whole->span.end - whole->span.begin;
        const size_t begin =
            code_point_at(s->text, whole->span, whole->span.begin + sl_rng_below(rng, len + 1));
        const size_t end = code_point_at(s->text, whole->span,
                                         begin + sl_rng_below(rng, whole->span.end - begin + 1));
        struct sl_item part = {.span = {begin, end}, .mask = mask};
        double got[SL_MAX_COLUMN];
        double want[SL_MAX_COLUMN];
        size_t from;
        size_t to;
        assert_true(whole->n_mask <= sizeof mask / sizeof mask[0]);
        part.n_mask = cut_masks(whole->mask, whole->n_mask, part.span, mask);
        n_kept += sl_kept_find(s->scorer, part.span, &from, &to);
        assert_true(sl_session_score(s, &part, 1, got));
        assert_true(sl_score(apart, s->text, s->len, &part, 1, false, want));
        assert_memory_equal(got, want, model->n_column * sizeof got[0]);
    }
    return n_kept;
}

/* A part of a sentence scored with a token that its edges cut, with pairs or a negation that begin before
 * it, with a break or a mention that it has not: another margin than the part has alone. */
static void test_parts(void **state)
{
    struct slant_session *s = new_session();
    struct sl_scorer *apart = NULL;
    const struct slant_sentence *sentence;
    struct sl_rng rng = {17};
    size_t n_kept = 0;
    (void)state;
    sl_session_in_parts(s, NULL);
    assert_int_equal(sl_scorer_new(model, sl_simd_best(), &apart, NULL), SLANT_OK);
    for (int round = 0; round < trials(4000); round++) {
        char text[2048];
        struct slant_span mask[8];
        size_t len = random_text(&rng, text, sizeof text);
        size_t n_mask = random_masks(&rng, text, len, mask);
        char *exact = malloc(len > 0 ? len : 1);
        assert_non_null(exact);
        memcpy(exact, text, len);
        assert_int_equal(sl_session_masked_line(s, exact, len, mask, n_mask, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        (void)compare_parts(s, apart, &rng, 4);
        assert_int_equal(slant_session_article(s, exact, len, &vendor_target, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        (void)compare_parts(s, apart, &rng, 4);
        free(exact);
    }
    for (size_t i = 0; i < 2 * N_SAMPLE; i++) {
        const struct slant_target *target = i % 2 == 0 ? &vendor_target : NULL;
        size_t len;
        char *text = slurp(samples[i / 2], &len);
        assert_int_equal(slant_session_article(s, text, len, target, NULL), SLANT_OK);
        do {
            assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
            if (s->at == s->n_queue) {
                n_kept += compare_parts(s, apart, &rng, 100);
            }
        } while (sentence != NULL);
        free(text);
    }
    assert_true(n_kept > 100); /* of 1,400; most cut a word */
    sl_scorer_free(apart);
    slant_session_free(s);
}

/* Rows of n_label labels, each with words that speak for it, on which a model is learned. */
static struct slant_model *learn_labels(uint32_t n_label)
{
    static char tsv[1 << 16];
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct sl_rng rng = {n_label};
    size_t len = (size_t)snprintf(tsv, sizeof tsv, "stance\ttext\n");
    opt.n_fold = 2;
    for (uint32_t i = 0; i < 12 * n_label; i++) {
        len +=
            (size_t)snprintf(tsv + len, sizeof tsv - len, "l%02u\tw%u", i % n_label, i % n_label);
        for (int k = 0; k < 12; k++) { /* no near-copies */
            len += (size_t)snprintf(tsv + len, sizeof tsv - len, k == 6 ? " not x%u" : " x%u",
                                    (unsigned)sl_rng_below(&rng, 12));
        }
        len += (size_t)snprintf(tsv + len, sizeof tsv - len, "\n");
        assert_true(len + 256 < sizeof tsv);
    }
    return learn(tsv, len, &opt);
}

/* Rows of any width read past their end, or in part; a form for one processor whose sums are not bit
 * for bit those of the form for any. */
static void test_widths(void **state)
{
    static const char text[] =
        "A w1 x3 x4 is not x5, said x7 x8 x9, but w0 x2 isn't x1: x11 x0 x10.";
    const struct sl_item item = {.span = {0, sizeof text - 1}};
    struct slant_model *kept = model;
    (void)state;
    for (uint32_t n_label = 2; n_label <= SLANT_MAX_LABEL; n_label++) {
        struct slant_session *s;
        struct sl_lexer x;
        double margin[SL_N_SIMD][SL_MAX_COLUMN];
        model = learn_labels(n_label);
        assert_int_equal(model->n_column, n_label);
        assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
        s = new_session();
        assert_int_equal(slant_session_line(s, text, sizeof text - 1, NULL, NULL), SLANT_OK);
        assert_int_equal(compare_with_reference(s, &x), 1);
        for (int simd = SL_SIMD_NONE; simd <= (int)sl_simd_best(); simd++) {
            struct sl_scorer *scorer;
            assert_int_equal(sl_scorer_new(model, (enum sl_simd)simd, &scorer, NULL), SLANT_OK);
            assert_true(sl_score(scorer, text, sizeof text - 1, &item, 1, false, margin[simd]));
            assert_memory_equal(margin[simd], margin[0], n_label * sizeof margin[0][0]);
            sl_scorer_free(scorer);
        }
        sl_lexer_free(&x);
        slant_session_free(s);
        slant_model_free(model);
    }
    model = kept;
}

/* ---- explanations ---- */

static size_t seen_block[SL_N_BLOCK]; /* terms of each block that explanations have named */

static int block_named(const char *name)
{
    for (int b = 0; b < SL_N_BLOCK; b++) {
        size_t n = strlen(sl_block_name[b]);
        if (strncmp(name, sl_block_name[b], n) == 0 && name[n] == ':') {
            return b;
        }
    }
    fail();
    return 0;
}

/* Terms whose sum is not the margin, out of order, or with spans outside the sentence. */
static void check_explanation(struct slant_session *s, const struct slant_sentence *sentence)
{
    for (size_t h = 0; h < model->n_head; h++) {
        for (uint32_t k = 0; k < model->head[h].n_label; k++) {
            const struct slant_term *term;
            size_t n;
            double bias;
            double sum;
            assert_int_equal(slant_session_explain(s, h, k, &term, &n, &bias, NULL), SLANT_OK);
            sum = bias;
            for (size_t i = 0; i < n; i++) {
                const struct slant_term *t = &term[i];
                sum += t->contribution;
                assert_true(near(t->value * t->weight, t->contribution, 1e-9));
                assert_true(t->value > 0 && t->n_span > 0);
                seen_block[block_named(t->name)]++;
                for (size_t p = 0; p < t->n_span; p++) {
                    assert_true(t->span[p].begin >= sentence->span.begin);
                    assert_true(t->span[p].begin < t->span[p].end);
                    assert_true(t->span[p].end <= sentence->span.end);
                    assert_true(p == 0 || t->span[p].begin >= t->span[p - 1].begin);
                }
                if (i > 0) {
                    double before = fabs(term[i - 1].contribution);
                    assert_true(before >= fabs(t->contribution));
                    assert_true(before > fabs(t->contribution) ||
                                strcmp(term[i - 1].name, t->name) < 0);
                }
            }
            assert_true(near(sum, sentence->verdict[h].margin[k], 1e-9));
        }
    }
}

/* On articles, where sentences lie far from the text's start. */
static void test_explanations(void **state)
{
    struct slant_session *s = new_session();
    size_t n = 0;
    (void)state;
    for (size_t i = 0; i < N_SAMPLE; i++) {
        size_t len;
        char *text = slurp(samples[i], &len);
        const struct slant_sentence *sentence;
        assert_int_equal(slant_session_article(s, text, len, &vendor_target, NULL), SLANT_OK);
        while (slant_session_next(s, &sentence, NULL) == SLANT_OK && sentence != NULL) {
            check_explanation(s, sentence);
            n++;
        }
        free(text);
    }
    assert_true(n > 100);
    for (int b = 0; b < SL_N_BLOCK; b++) {
        assert_true(seen_block[b] > 0);
    }
    slant_session_free(s);
}

/* On random texts and masks, and on an empty one. */
static void test_explanations_of_random_text(void **state)
{
    struct slant_session *s = new_session();
    struct sl_rng rng = {12};
    const struct slant_sentence *sentence;
    (void)state;
    for (int round = 0; round < trials(300); round++) {
        char text[2048];
        struct slant_span mask[8];
        size_t len = random_text(&rng, text, sizeof text);
        size_t n_mask = random_masks(&rng, text, len, mask);
        assert_int_equal(sl_session_masked_line(s, text, len, mask, n_mask, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        check_explanation(s, sentence);
    }
    assert_int_equal(slant_session_line(s, NULL, 0, NULL, NULL), SLANT_OK);
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_non_null(sentence);
    check_explanation(s, sentence);
    slant_session_free(s);
}

/* ---- masks ---- */

/* text with every `from` replaced by `to`; free it. */
static char *replaced(const char *text, const char *from, const char *to, size_t *len)
{
    size_t n_from = strlen(from);
    size_t n_to = strlen(to);
    char *out = malloc(strlen(text) * (n_to + 1) + 1);
    size_t n = 0;
    assert_non_null(out);
    while (*text != 0) {
        if (strncmp(text, from, n_from) == 0) {
            memcpy(out + n, to, n_to);
            n += n_to;
            text += n_from;
        } else {
            out[n++] = *text++;
        }
    }
    out[n] = 0;
    *len = n;
    return out;
}

/* A name that reaches the score: then a model would judge vendors, not sentences. */
static void test_renamed_target(void **state)
{
    static const char *const old_alias[] = {"Norvane Telecom", "Norvane"};
    static const char *const new_alias[] = {"Quillmark-Ban Refused Security", "Quillmark-Ban"};
    const struct slant_target old_target = {old_alias, 2};
    const struct slant_target new_target = {new_alias, 2};
    struct slant_session *a = new_session();
    struct slant_session *b = new_session();
    const struct slant_sentence *x;
    const struct slant_sentence *y;
    size_t mentions = 0;
    size_t len[2];
    size_t part_len;
    char *text[2];
    char *part;
    (void)state;
    text[0] = slurp(samples[0], &len[0]);
    part = replaced(text[0], old_alias[0], new_alias[0], &part_len);
    text[1] = replaced(part, old_alias[1], new_alias[1], &len[1]);
    free(part);
    assert_int_equal(slant_session_article(a, text[0], len[0], &old_target, NULL), SLANT_OK);
    assert_int_equal(slant_session_article(b, text[1], len[1], &new_target, NULL), SLANT_OK);
    do {
        assert_int_equal(slant_session_next(a, &x, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(b, &y, NULL), SLANT_OK);
        assert_true((x == NULL) == (y == NULL));
        if (x != NULL) {
            assert_int_equal(x->n_mention, y->n_mention);
            mentions += x->n_mention;
            assert_memory_equal(a->margin, b->margin, model->n_column * sizeof *a->margin);
            assert_memory_equal(a->prob, b->prob, model->n_column * sizeof *a->prob);
        }
    } while (x != NULL);
    assert_true(mentions > 5);
    free(text[0]);
    free(text[1]);
    slant_session_free(a);
    slant_session_free(b);
}

/* Mentions that are masked in the score but not counted, or in another sentence. */
static void test_mentions(void **state)
{
    static const char text[] = "Abo sued. Nobody came. The court told ABO and Abo's "
                               "lawyers to wait. Abo lost.";
    const char *alias[] = {"Abo"};
    const struct slant_target target = {alias, 1};
    const uint32_t want[] = {1, 0, 2, 1};
    struct slant_session *s = new_session();
    const struct slant_sentence *sentence;
    (void)state;
    assert_int_equal(slant_session_article(s, text, sizeof text - 1, &target, NULL), SLANT_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        assert_non_null(sentence);
        assert_int_equal(sentence->n_mention, want[i]);
        assert_int_equal(sentence->index, i + 1);
    }
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_null(sentence);
    slant_session_free(s);
}

/* ---- errors ---- */

static const char good_text[] =
    "The ministry banned Brelka. Brelka says that nobody found a fault.";
static const char *const good_alias[] = {"Brelka"};
static const struct slant_target good_target = {good_alias, 1};

/* All margins of the good text, n_sentence * n_column; free it. */
static double *all_margins(struct slant_session *s, const char *text, size_t len,
                           const struct slant_target *target, size_t *n)
{
    const struct slant_sentence *sentence;
    double *out = NULL;
    *n = 0;
    assert_int_equal(slant_session_article(s, text, len, target, NULL), SLANT_OK);
    while (slant_session_next(s, &sentence, NULL) == SLANT_OK && sentence != NULL) {
        out = realloc(out, (*n + 1) * model->n_column * sizeof *out);
        assert_non_null(out);
        memcpy(out + *n * model->n_column, s->margin, model->n_column * sizeof *out);
        (*n)++;
    }
    return out;
}

static void check_still_good(struct slant_session *s)
{
    struct slant_session *fresh = new_session();
    size_t n[2];
    double *got = all_margins(s, good_text, sizeof good_text - 1, &good_target, &n[0]);
    double *want = all_margins(fresh, good_text, sizeof good_text - 1, &good_target, &n[1]);
    assert_int_equal(n[0], 2);
    assert_int_equal(n[1], 2);
    assert_memory_equal(got, want, 2 * model->n_column * sizeof *got);
    free(got);
    free(want);
    slant_session_free(fresh);
}

/* Misuse that crashes, or after which a session mixes articles. */
static void test_article_misuse(void **state)
{
    const char *many[SLANT_MAX_ALIAS + 1];
    const char *no_letter[] = {"Brelka", "--"};
    const struct slant_target too_many = {many, SLANT_MAX_ALIAS + 1};
    const struct slant_target bad = {no_letter, 2};
    struct slant_session *s = new_session();
    const struct slant_sentence *sentence = NULL;
    struct slant_error err = {0};
    (void)state;
    for (size_t i = 0; i <= SLANT_MAX_ALIAS; i++) {
        many[i] = "Brelka";
    }
    assert_int_equal(slant_session_article(NULL, "a", 1, NULL, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_line(NULL, "a", 1, NULL, &err), SLANT_ERR_ARG);
    /* nothing begun */
    assert_int_equal(slant_session_next(s, &sentence, &err), SLANT_OK);
    assert_null(sentence);
    assert_int_equal(slant_session_n_invalid(s), 0);
    for (int line = 0; line < 2; line++) {
        enum slant_status (*begin)(struct slant_session *, const char *, size_t,
                                   const struct slant_target *, struct slant_error *) =
            line ? slant_session_line : slant_session_article;
        assert_int_equal(begin(s, NULL, 1, NULL, &err), SLANT_ERR_ARG);
        check_still_good(s);
        assert_int_equal(begin(s, "a", SLANT_MAX_TEXT + 1, NULL, &err), SLANT_ERR_LIMIT);
        check_still_good(s);
        assert_int_equal(begin(s, good_text, sizeof good_text - 1, &too_many, &err),
                         SLANT_ERR_LIMIT);
        assert_int_equal(err.status, SLANT_ERR_LIMIT);
        /* an article that did not begin has no sentences, least of all unmasked ones */
        assert_int_equal(slant_session_next(s, &sentence, &err), SLANT_OK);
        assert_null(sentence);
        check_still_good(s);
        assert_int_equal(begin(s, good_text, sizeof good_text - 1, &bad, &err), SLANT_ERR_ARG);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        assert_null(sentence);
        check_still_good(s);
    }
    assert_int_equal(slant_session_next(NULL, &sentence, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_next(s, NULL, &err), SLANT_ERR_ARG);
    check_still_good(s);
    assert_int_equal(slant_session_new(NULL, &s, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_new(model, NULL, &err), SLANT_ERR_ARG);
    slant_session_free(s);
    slant_session_free(NULL);
    assert_int_equal(slant_session_n_invalid(NULL), 0);
}

/* A spelling or a whole list that is NULL, which a binding may well pass. */
static void test_null_alias(void **state)
{
    const char *null_alias[] = {"Brelka", NULL};
    const struct slant_target null_in_list = {null_alias, 2};
    const struct slant_target null_list = {NULL, 2};
    struct slant_session *s = new_session();
    (void)state;
    assert_int_equal(slant_session_line(s, good_text, 5, &null_in_list, NULL), SLANT_ERR_ARG);
    assert_int_equal(slant_session_line(s, good_text, 5, &null_list, NULL), SLANT_ERR_ARG);
    check_still_good(s);
    slant_session_free(s);
}

/* An explanation of no sentence, or of a head or label that does not exist. */
static void test_explain_misuse(void **state)
{
    struct slant_session *s = new_session();
    const struct slant_term *const untouched = (const struct slant_term *)(uintptr_t)0x10;
    const struct slant_term *term = untouched;
    const struct slant_sentence *sentence;
    size_t n = 77;
    double bias = 7;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_session_explain(s, 0, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_line(s, good_text, sizeof good_text - 1, NULL, NULL), SLANT_OK);
    assert_int_equal(slant_session_explain(s, 0, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_int_equal(slant_session_explain(s, 2, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, SIZE_MAX, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, 0, 3, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, 0, UINT32_MAX, &term, &n, &bias, &err),
                     SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(NULL, 0, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, 0, 0, NULL, &n, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, 0, 0, &term, NULL, &bias, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_session_explain(s, 0, 0, &term, &n, NULL, &err), SLANT_ERR_ARG);
    assert_ptr_equal(term, untouched);
    assert_int_equal(n, 77);
    assert_true(bias == 7);
    assert_int_equal(slant_session_explain(s, 0, 0, &term, &n, &bias, NULL), SLANT_OK);
    check_explanation(s, sentence);
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_null(sentence);
    assert_int_equal(slant_session_explain(s, 0, 0, &term, &n, &bias, &err), SLANT_ERR_ARG);
    check_still_good(s);
    slant_session_free(s);
}

/* Broken bytes counted in sentences instead of the text, or not at all. */
static void test_invalid_bytes(void **state)
{
    static const char text[] = "One \xff two. \xe2\x82 Three \xc3";
    struct slant_session *s = new_session();
    (void)state;
    assert_int_equal(slant_session_article(s, text, sizeof text - 1, NULL, NULL), SLANT_OK);
    assert_int_equal(slant_session_n_invalid(s), 3);
    assert_int_equal(slant_session_article(s, good_text, sizeof good_text - 1, NULL, NULL),
                     SLANT_OK);
    assert_int_equal(slant_session_n_invalid(s), 0);
    slant_session_free(s);
}

/* ---- what a session saw before ---- */

/* A memo that answers with another token's sums. */
static void test_independent_of_the_past(void **state)
{
    struct slant_session *old = new_session();
    (void)state;
    for (size_t i = 0; i < (size_t)trials(2 * N_SAMPLE); i++) {
        struct slant_session *fresh = new_session();
        size_t len;
        size_t n[2];
        char *text = slurp(samples[(i * 3) % N_SAMPLE], &len);
        double *got = all_margins(old, text, len, &vendor_target, &n[0]);
        double *want = all_margins(fresh, text, len, &vendor_target, &n[1]);
        assert_int_equal(n[0], n[1]);
        assert_memory_equal(got, want, n[0] * model->n_column * sizeof *got);
        free(got);
        free(want);
        free(text);
        slant_session_free(fresh);
    }
    slant_session_free(old);
}

/* The token under two kinds: "#ban" the hashtag, "@ban" the user, "ban" the word. */
static void test_kinds_apart(void **state)
{
    static const char *const text[] = {"ban", "#ban", "@ban", "ban", "!!!", "!!!!", "www.x ban"};
    struct slant_session *s = new_session();
    struct sl_lexer x;
    (void)state;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        assert_int_equal(slant_session_line(s, text[i], strlen(text[i]), NULL, NULL), SLANT_OK);
        assert_int_equal(compare_with_reference(s, &x), 1);
    }
    sl_lexer_free(&x);
    slant_session_free(s);
}

/* Leaves the stack below full of ones: what reads it before it writes there goes far astray. */
static void fill_stack(void)
{
    volatile unsigned char below[1 << 16];
    for (size_t i = 0; i < sizeof below; i++) {
        below[i] = 0xff;
    }
}

/* A token without a folded word, of which no character is read: nothing of it was set. */
static void test_tokens_without_a_word(void **state)
{
    static const char *const text[] = {"@ban", "!!!", "https://a.b/c",
                                       "...",  ":-)", "\xf0\x9f\x98\x80"};
    struct sl_lexer x;
    (void)state;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        struct slant_session *s = new_session();
        fill_stack();
        assert_int_equal(slant_session_line(s, text[i], strlen(text[i]), NULL, NULL), SLANT_OK);
        assert_int_equal(compare_with_reference(s, &x), 1);
        slant_session_free(s);
    }
    sl_lexer_free(&x);
}

/* What is forgotten at the budget must be learned again alike, also in mid-sentence; what came again
 * and again, short and long, is kept, and the same. */
static void test_memo_budget(void **state)
{
    enum { LINE = 1 << 18 };
    const size_t feed = ((size_t)trials(25) << 20) + (1 << 20);
    struct slant_session *s = new_session();
    char *line = malloc(LINE + 64);
    size_t fed = 0;
    size_t len_sample;
    char *sample = slurp(samples[0], &len_sample);
    static const char again[] = "The unsubstantiatedness of a ban, said the representatives of "
                                "counterintelligence-minded, is not institutionalisation.";
    size_t n[4];
    double *want = all_margins(s, sample, len_sample, &vendor_target, &n[0]);
    double *want_again = all_margins(s, again, sizeof again - 1, NULL, &n[2]);
    double *got;
    int forgotten = 0;
    size_t kept = 0;
    uint64_t number = 0;
    const struct sl_memo *memo = &s->scorer->memo;
    size_t each = 2 * (size_t)model->stride * sizeof *memo->sums;
    size_t last = memo->n;
    (void)state;
    assert_non_null(line);
    while (fed < feed) {
        const struct slant_sentence *sentence;
        size_t len = 0;
        while (len < LINE) {
            /* mostly accounts, whose characters are not read; some words */
            len += (size_t)snprintf(line + len, 64,
                                    number % 8 != 0 ? "@%c%llu_and_so_on " : "q%c%llu ",
                                    (int)('a' + number % 26), (unsigned long long)number);
            number++;
        }
        assert_int_equal(slant_session_line(s, line, len, NULL, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        fed += len;
        assert_true((sizeof *memo->known << memo->bits >> 1) + memo->len_names + memo->n * each <=
                    SL_MEMO_BUDGET + (SL_MEMO_BUDGET >> 1));
        if (memo->n < last) {
            forgotten++;
            kept = memo->n;
            got = all_margins(s, again, sizeof again - 1, NULL, &n[3]);
            kept = memo->n - kept; /* learned again */
            assert_int_equal(n[2], n[3]);
            assert_memory_equal(got, want_again, n[2] * model->n_column * sizeof *got);
            assert_true(kept == 0);
            free(got);
        }
        free(all_margins(s, again, sizeof again - 1, NULL, &n[3]));
        last = memo->n;
    }
    assert_true(forgotten >= 1);
    free(want_again);
    got = all_margins(s, sample, len_sample, &vendor_target, &n[1]);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(got, want, n[0] * model->n_column * sizeof *got);
    free(got);
    free(want);
    free(sample);
    free(line);
    slant_session_free(s);
}

/* The sentence during which everything is forgotten: its words before and after must agree. */
static void test_forgetting_inside_a_sentence(void **state)
{
    struct slant_session *s = new_session();
    const struct slant_sentence *sentence;
    struct sl_lexer x;
    char text[4096] = "";
    size_t len = 0;
    double want[SL_MAX_COLUMN];
    (void)state;
    for (int i = 0; i < 40; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len,
                                "the ban w%d is not a security risk, ", i % 5);
    }
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    (void)reference_margins(&x, text, (struct slant_span){0, len}, NULL, 0, want);
    for (size_t known = 0; known < 12; known++) {
        /* full but for a few bytes: the memo's own count is what it compares, block by block */
        struct sl_memo *memo;
        slant_session_free(s);
        s = new_session();
        memo = &s->scorer->memo;
        memo->cap_names = SL_MEMO_BUDGET;
        free(memo->names);
        memo->names = malloc(memo->cap_names);
        assert_non_null(memo->names);
        memo->len_names = SL_MEMO_BUDGET - (sizeof *memo->known << memo->bits >> 1) - known * 30;
        assert_int_equal(slant_session_line(s, text, len, NULL, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        assert_true(memo->len_names < 1000); /* forgotten */
        for (uint32_t k = 0; k < model->n_column; k++) {
            assert_true(near(s->margin[k], want[k], 1e-9));
        }
    }
    sl_lexer_free(&x);
    slant_session_free(s);
}

/* ---- counts of sentences ---- */

/* P(k successes) by listing all 2^n outcomes. */
static void enumerate(const uint16_t *prob, size_t n, size_t stride, double *mass)
{
    memset(mass, 0, (n + 1) * sizeof *mass);
    for (uint32_t set = 0; set < 1u << n; set++) {
        double p = 1;
        int k = 0;
        for (size_t i = 0; i < n; i++) {
            bool in = (set >> i & 1) != 0;
            double one = prob[i * stride] / 10000.0;
            p *= in ? one : 1 - one;
            k += in;
        }
        mass[k] += p;
    }
}

static struct sl_count_range range_of_mass(const double *mass, size_t n)
{
    struct sl_count_range r = {0, 0, (uint32_t)n};
    double below = 0;
    double above = 0;
    for (size_t k = 0; k <= n; k++) {
        r.mean += (double)k * mass[k];
    }
    while (r.low < n && below + mass[r.low] <= 0.025) {
        below += mass[r.low++];
    }
    while (r.high > 0 && above + mass[r.high] <= 0.025) {
        above += mass[r.high--];
    }
    return r;
}

/* A recursion in the wrong order, or a stride that reads another label. */
static void test_count_range_against_enumeration(void **state)
{
    struct sl_rng rng = {21};
    (void)state;
    for (int round = 0; round < trials(600); round++) {
        enum { STRIDE = 3, MOST = 12 };
        uint16_t prob[MOST * STRIDE];
        double scratch[SL_COUNT_SCRATCH];
        double mass[MOST + 1];
        size_t n = sl_rng_below(&rng, MOST + 1);
        struct sl_count_range want;
        struct sl_count_range got;
        double inside = 0;
        for (size_t i = 0; i < n * STRIDE; i++) {
            uint64_t kind = sl_rng_below(&rng, 6);
            prob[i] = kind == 0 ? 0 : kind == 1 ? 10000 : (uint16_t)sl_rng_below(&rng, 10001);
        }
        enumerate(prob + 1, n, STRIDE, mass);
        want = range_of_mass(mass, n);
        got = sl_count_range(prob + 1, n, STRIDE, scratch);
        assert_true(near(got.mean, want.mean, 1e-9));
        assert_int_equal(got.low, want.low);
        assert_int_equal(got.high, want.high);
        for (size_t k = got.low; k <= got.high; k++) {
            inside += mass[k];
        }
        assert_true(inside >= 0.95 - 1e-9);
    }
}

/* The exact distribution for any n, as the normal's yardstick. */
/* Of up to three trials the sums tell all: the same as the recursion. */
static void test_count_range_of_few(void **state)
{
    double scratch[SL_COUNT_SCRATCH];
    (void)state;
    for (uint32_t i = 0; i < 3000; i++) {
        const size_t n = 1 + i % 3;
        uint16_t prob[3];
        double mean = 0;
        double variance = 0;
        double third = 0;
        struct sl_count_range got;
        struct sl_count_range want;
        for (size_t k = 0; k < n; k++) {
            double p;
            prob[k] = (uint16_t)((i * 7919u + (uint32_t)k * 104729u + i / 7 * 31u) % 10001u);
            p = prob[k] / 10000.0;
            mean += p;
            variance += p * (1 - p);
            third += p * (1 - p) * (1 - 2 * p);
        }
        got = sl_count_range_of_moments(n, mean, variance, third);
        want = sl_count_range(prob, n, 1, scratch);
        assert_int_equal(got.low, want.low);
        assert_int_equal(got.high, want.high);
    }
    { /* one statement: against 0.90, none 0.08, favor 0.02 */
        const double d = 0.02 - 0.90;
        struct sl_count_range r = sl_balance_range(1, d, 0.92 - d * d, 0);
        assert_int_equal(r.low, 0);
        assert_int_equal(r.high, 1);
        r = sl_balance_range(1, -0.98, 0.98 - 0.98 * 0.98, 0);
        assert_int_equal(r.low, 0);
        assert_int_equal(r.high, 0);
    }
}

static struct sl_count_range long_recursion(const uint16_t *prob, size_t n)
{
    static double mass[4096];
    memset(mass, 0, sizeof mass);
    mass[0] = 1;
    for (size_t i = 0; i < n; i++) {
        double p = prob[i] / 10000.0;
        for (size_t k = i + 1; k > 0; k--) {
            mass[k] = mass[k] * (1 - p) + mass[k - 1] * p;
        }
        mass[0] *= 1 - p;
    }
    return range_of_mass(mass, n);
}

/* The normal far from the exact counts, above all where it is skewed. */
static void test_count_range_of_many(void **state)
{
    static const uint16_t level[] = {0, 1, 10, 100, 500, 2500, 5000, 9000, 9900, 9999, 10000};
    static uint16_t prob[2000];
    double scratch[SL_COUNT_SCRATCH + 1];
    struct sl_rng rng = {22};
    (void)state;
    int exact[2] = {0, 0};
    int n_case = 0;
    scratch[SL_COUNT_SCRATCH] = 42;
    for (size_t n = 511; n <= 2000; n += n < 514 ? 1 : 743) {
        for (size_t i = 0; i <= sizeof level / sizeof level[0]; i++) {
            struct sl_count_range got;
            struct sl_count_range want;
            for (size_t k = 0; k < n; k++) {
                prob[k] = i < sizeof level / sizeof level[0] ? level[i]
                                                             : (uint16_t)sl_rng_below(&rng, 10001);
            }
            got = sl_count_range(prob, n, 1, scratch);
            want = long_recursion(prob, n);
            assert_true(near(got.mean, want.mean, 1e-6));
            exact[0] += got.low == want.low;
            exact[1] += got.high == want.high;
            n_case++;
            assert_true(near(got.low, want.low, n <= 512 ? 0 : 1));
            assert_true(near(got.high, want.high, n <= 512 ? 0 : 1));
            assert_true(got.low <= got.high && got.high <= n);
        }
    }
    assert_true(exact[0] * 10 >= n_case * 9 && exact[1] * 10 >= n_case * 9);
    assert_true(scratch[SL_COUNT_SCRATCH] == 42);
}

/* n = 600 at an even chance: 300 +- 24 in textbooks. */
static void test_count_range_600(void **state)
{
    static uint16_t prob[600];
    double scratch[SL_COUNT_SCRATCH];
    struct sl_count_range r;
    (void)state;
    for (size_t i = 0; i < 600; i++) {
        prob[i] = 5000;
    }
    r = sl_count_range(prob, 600, 1, scratch);
    assert_true(near(r.mean, 300, 1e-9));
    assert_int_equal(r.low, 276);
    assert_int_equal(r.high, 324);
    memset(prob, 0, sizeof prob);
    r = sl_count_range(prob, 600, 1, scratch);
    assert_int_equal(r.low, 0);
    assert_int_equal(r.high, 0);
    r = sl_count_range(prob, 0, 1, scratch);
    assert_true(r.mean == 0 && r.low == 0 && r.high == 0);
}

/* ---- what an article says ---- */

static const char *const stance_labels[] = {"favor", "against", "none"};
static const struct slant_head stance = {"stance", stance_labels, 3};

/* n[i] sentences of probabilities p[i] (favor, against; none is the rest), in rows of stride 5. */
static enum sl_stand stand(const size_t n[3], const uint16_t p[3][2])
{
    enum { STRIDE = 5, OFFSET = 2 };
    static uint16_t prob[400 * STRIDE];
    double scratch[SL_COUNT_SCRATCH];
    struct sl_count_range range[2];
    uint32_t side[2];
    size_t total = 0;
    memset(prob, 0xff, sizeof prob); /* what lies between must not be read */
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < n[i]; k++, total++) {
            prob[total * STRIDE + OFFSET] = p[i][0];
            prob[total * STRIDE + OFFSET + 1] = p[i][1];
            prob[total * STRIDE + OFFSET + 2] = (uint16_t)(10000 - p[i][0] - p[i][1]);
        }
    }
    assert_true(sl_sides(&stance, side));
    for (int i = 0; i < 2; i++) {
        range[i] = sl_count_range(prob + OFFSET + side[i], total, STRIDE, scratch);
    }
    return sl_stand_of(prob + OFFSET, total, STRIDE, side, range);
}

/* Rules in another order, or a wrong bound. */
static void test_stand(void **state)
{
    static const uint16_t sure[3][2] = {{9500, 200}, {200, 9500}, {200, 200}};
    static const uint16_t unsure[3][2] = {{3333, 3333}, {4000, 3000}, {1500, 1500}};
    (void)state;
    assert_int_equal(stand((size_t[]){0, 0, 0}, sure), SL_STAND_UNKNOWN);
    assert_int_equal(stand((size_t[]){2, 0, 0}, sure), SL_STAND_UNKNOWN); /* fewer than three */
    assert_int_equal(stand((size_t[]){3, 0, 0}, sure), SL_STAND_FIRST);
    assert_int_equal(stand((size_t[]){0, 3, 0}, sure), SL_STAND_SECOND);
    assert_int_equal(stand((size_t[]){8, 1, 5}, sure), SL_STAND_FIRST);
    assert_int_equal(stand((size_t[]){1, 8, 5}, sure), SL_STAND_SECOND);
    assert_int_equal(stand((size_t[]){6, 4, 2}, sure), SL_STAND_MIXED); /* not half as many again */
    assert_int_equal(stand((size_t[]){4, 6, 2}, sure), SL_STAND_MIXED);
    assert_int_equal(stand((size_t[]){60, 45, 2}, sure), SL_STAND_MIXED);
    assert_int_equal(stand((size_t[]){7, 4, 2}, sure), SL_STAND_FIRST); /* not twice, but clearly */
    assert_int_equal(stand((size_t[]){4, 7, 2}, sure), SL_STAND_SECOND);
    assert_int_equal(stand((size_t[]){5, 5, 5}, sure), SL_STAND_MIXED);
    assert_int_equal(stand((size_t[]){0, 0, 40}, sure), SL_STAND_NEUTRAL);
    assert_int_equal(stand((size_t[]){2, 2, 200}, sure), SL_STAND_NEUTRAL); /* before mixed */
    assert_int_equal(stand((size_t[]){9, 0, 40}, sure), SL_STAND_NEUTRAL);  /* before a side */
    assert_int_equal(stand((size_t[]){4, 0, 0}, unsure), SL_STAND_UNKNOWN);
    assert_int_equal(stand((size_t[]){0, 0, 4}, unsure), SL_STAND_NEUTRAL); /* 30 % on sides */
    assert_int_equal(stand((size_t[]){0, 400, 0}, unsure), SL_STAND_MIXED);
}

/* The bounds themselves, by hand. For p = 0.45, 0.2 the difference is 0.25 n, its variance
 * n (0.65 - 0.0625): above 0 with 90 % from n = 1.2816^2 * 0.5875 / 0.0625 = 15.4 on; and the first is more
 * than twice the second by 0.05 n, which is above 0.5 from n = 11 on. For p = 0.45, 0.215 these are
 * n = 15.9 and n = 26. */
static void test_stand_bound(void **state)
{
    static const uint16_t wide[3][2] = {{4500, 2000}, {2000, 4500}, {0, 0}};
    static const uint16_t twice[3][2] = {{4500, 2150}, {2150, 4500}, {0, 0}};
    (void)state;
    assert_int_equal(stand((size_t[]){15, 0, 0}, wide), SL_STAND_UNKNOWN);
    assert_int_equal(stand((size_t[]){16, 0, 0}, wide), SL_STAND_FIRST);
    assert_int_equal(stand((size_t[]){0, 15, 0}, wide), SL_STAND_UNKNOWN);
    assert_int_equal(stand((size_t[]){0, 16, 0}, wide), SL_STAND_SECOND);
    assert_int_equal(stand((size_t[]){25, 0, 0}, twice), SL_STAND_MIXED);
    assert_int_equal(stand((size_t[]){26, 0, 0}, twice), SL_STAND_FIRST);
    assert_int_equal(stand((size_t[]){0, 25, 0}, twice), SL_STAND_MIXED);
    assert_int_equal(stand((size_t[]){0, 26, 0}, twice), SL_STAND_SECOND);
}

/* Heads without two sides, and names that would be printed for the wrong side. */
static void test_sides(void **state)
{
    static const char *const tone[] = {"negative", "neutral", "positive"};
    static const char *const one[] = {"none", "favor"};
    static const char *const three[] = {"a", "b", "c"};
    const struct slant_head sentiment = {"sentiment", tone, 3};
    const struct slant_head single = {"x", one, 2};
    const struct slant_head many = {"x", three, 3};
    uint32_t side[2];
    (void)state;
    assert_false(sl_sides(&single, side));
    assert_false(sl_sides(&many, side));
    assert_true(sl_sides(&sentiment, side));
    assert_int_equal(side[0], 0);
    assert_int_equal(side[1], 2);
    assert_string_equal(sl_stand_name(&sentiment, side, SL_STAND_FIRST), "negative");
    assert_string_equal(sl_stand_name(&sentiment, side, SL_STAND_SECOND), "positive");
    assert_string_equal(sl_stand_name(&sentiment, side, SL_STAND_MIXED), "mixed");
    assert_string_equal(sl_stand_name(&sentiment, side, SL_STAND_NEUTRAL), "neutral");
    assert_string_equal(sl_stand_name(&sentiment, side, SL_STAND_UNKNOWN), "too little evidence");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_on_samples),
        cmocka_unit_test(test_reference_on_random_text),
        cmocka_unit_test(test_new_words),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_explanations),
        cmocka_unit_test(test_explanations_of_random_text),
        cmocka_unit_test(test_renamed_target),
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(test_article_misuse),
        cmocka_unit_test(test_null_alias),
        cmocka_unit_test(test_explain_misuse),
        cmocka_unit_test(test_invalid_bytes),
        cmocka_unit_test(test_independent_of_the_past),
        cmocka_unit_test(test_kinds_apart),
        cmocka_unit_test(test_tokens_without_a_word),
        cmocka_unit_test(test_memo_budget),
        cmocka_unit_test(test_forgetting_inside_a_sentence),
        cmocka_unit_test(test_count_range_against_enumeration),
        cmocka_unit_test(test_count_range_of_few),
        cmocka_unit_test(test_count_range_of_many),
        cmocka_unit_test(test_count_range_600),
        cmocka_unit_test(test_stand),
        cmocka_unit_test(test_stand_bound),
        cmocka_unit_test(test_sides),
    };
    return cmocka_run_group_tests(tests, learn_once, free_model);
}
