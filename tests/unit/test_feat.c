#include "learned.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "counted.h"
#include "feat/vocabulary.h"
#include "near.h"
#include "text/stem_english.h"
#include "train/features.h"
#include "train/fit.h"
#include "train/forms.h"

#include <libstemmer.h>

/* ---- lexemes ---- */

/* The stems of a text, each followed by '|', with the mentions in mask. */
static const char *stems(const char *text, const struct slant_span *mask, size_t n_mask)
{
    static char out[4096];
    struct sl_lexer x;
    struct sl_tokens it;
    struct sl_token t;
    size_t n = 0;
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    sl_tokens_init(&it, text, 0, strlen(text), mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        struct sl_lexeme lexeme;
        assert_true(sl_lexeme_read(&x, text, &t, &lexeme));
        assert_true(lexeme.stem_len <= SL_STEM_MAX && n + lexeme.stem_len + 2 < sizeof out);
        memcpy(out + n, lexeme.stem, lexeme.stem_len);
        n += lexeme.stem_len;
        out[n++] = '|';
    }
    out[n] = 0;
    sl_lexer_free(&x);
    return out;
}

static struct sl_lexeme lexeme_of(const char *text, size_t len, enum sl_token_kind kind)
{
    struct sl_lexer x;
    struct sl_token t = {0, len, kind, false};
    struct sl_lexeme out;
    memset(&out, 0x55, sizeof out);
    assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
    assert_true(sl_lexeme_read(&x, text, &t, &out));
    sl_lexer_free(&x);
    return out;
}

/* A folding that makes the country and the pronoun one feature. */
static void test_united_states(void **state)
{
    (void)state;
    assert_string_equal(stems("US", NULL, 0), "u.s|");
    assert_string_equal(stems("U.S.", NULL, 0), "u.s|");
    assert_string_equal(stems("us", NULL, 0), "us|");
    assert_string_equal(stems("Us", NULL, 0), "us|");
    assert_string_equal(stems("They told us that the US and the U.S. agree", NULL, 0),
                        "they|told|us|that|the|u.s|and|the|u.s|agre|");
    assert_string_equal(stems("a U.S.-based firm", NULL, 0), "a|u.s|base|firm|");
}

/* Points of initialisms that stay, or points of numbers that go. */
static void test_initialisms(void **state)
{
    (void)state;
    assert_string_equal(stems("U.K.", NULL, 0), "uk|");
    assert_string_equal(stems("UK", NULL, 0), "uk|");
    assert_string_equal(stems("E.U. officials", NULL, 0), "eu|offici|");
    assert_string_equal(stems("5.2 and 1,000 and AT&T", NULL, 0), "5.2|and|1,000|and|at&t|");
}

/* Inflected forms that do not meet in one stem. */
static void test_stemming(void **state)
{
    (void)state;
    assert_string_equal(stems("ban bans banned banning Banned", NULL, 0), "ban|ban|ban|ban|ban|");
    assert_string_equal(stems("national security", NULL, 0), "nation|secur|");
    assert_string_equal(stems("caf\xc3\xa9 CAF\xc3\x89", NULL, 0), "caf\xc3\xa9|caf\xc3\xa9|");
}

/* A mention's spelling that leaks into the features, or a plain word that passes for a mention. */
static void test_target(void **state)
{
    const char *text = "Brelka Systems sued, and TARGET or target is not Brelka";
    const struct slant_span mask[] = {{0, 14}, {49, 55}};
    (void)state;
    assert_string_equal(stems(text, mask, 2), "TARGET|su|and|target|or|target|is|not|TARGET|");
    assert_int_equal(lexeme_of("Brelka", 6, SL_TOKEN_MENTION).folded_len, 0);
    assert_false(lexeme_of("not", 3, SL_TOKEN_MENTION).negator);
}

/* Names of accounts and addresses that become features of their own. */
static void test_users_and_addresses(void **state)
{
    (void)state;
    assert_string_equal(stems("@some_body @Other", NULL, 0), "@user|@user|");
    assert_string_equal(stems("see https://example.org/a?b and www.example.org now", NULL, 0),
                        "see|http:|and|http:|now|");
    assert_int_equal(lexeme_of("@ana", 4, SL_TOKEN_USER).folded_len, 0);
    assert_int_equal(lexeme_of("www.example.org", 15, SL_TOKEN_ADDRESS).folded_len, 0);
}

/* A hashtag whose parts are lost, or one that is stemmed. */
static void test_hashtags(void **state)
{
    (void)state;
    assert_string_equal(stems("#BanTheBoxes now", NULL, 0), "#bantheboxes|ban|the|box|now|");
}

/* Runs of marks that each make a new word. */
static void test_marks(void **state)
{
    (void)state;
    assert_string_equal(stems("no!!!!!!!! why?! wait.... so\xe2\x80\xa6", NULL, 0),
                        "no|!!!|whi|?!|wait|...|so|...|");
    assert_string_equal(stems("fine! !!", NULL, 0), "fine|!|!!|");
}

/* Negators missed where the apostrophe is curly or the word stands in capitals. */
static void test_negators(void **state)
{
    const char *const yes[] = {"not", "NOT", "don't", "don\xe2\x80\x99t", "Never", "cannot"};
    const char *const no[] = {"knot", "note", "do", "nott"};
    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        assert_true(lexeme_of(yes[i], strlen(yes[i]), SL_TOKEN_WORD).negator);
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        assert_false(lexeme_of(no[i], strlen(no[i]), SL_TOKEN_WORD).negator);
    }
}

/* Words past the reading limit that overrun a buffer or cut a code point. */
static void test_long_words(void **state)
{
    char word[4 * SL_WORD_MAX];
    struct sl_lexeme x;
    (void)state;
    memset(word, 'q', sizeof word);
    x = lexeme_of(word, sizeof word, SL_TOKEN_WORD);
    assert_int_equal(x.folded_len, SL_WORD_MAX);
    /* 3-byte letters: 64 is no multiple of 3 */
    for (size_t i = 0; i + 3 <= sizeof word; i += 3) {
        memcpy(word + i, "\xe1\xb8\x81", 3);
    }
    x = lexeme_of(word, sizeof word - sizeof word % 3, SL_TOKEN_WORD);
    assert_int_equal(x.folded_len, 63);
    /* the sharp s grows by folding; so does U+0390, to three code points */
    for (size_t i = 0; i + 2 <= sizeof word; i += 2) {
        memcpy(word + i, "\xce\x90", 2);
    }
    x = lexeme_of(word, sizeof word, SL_TOKEN_WORD);
    assert_true(x.folded_len > 0 && x.folded_len <= SL_FOLD_MAX && x.stem_len <= SL_STEM_MAX);
}

/* Broken bytes that become a stem: the model file would not hold them. */
static void test_broken_bytes(void **state)
{
    struct sl_lexeme x = lexeme_of("\xe9", 1, SL_TOKEN_MARK);
    struct sl_lexeme y = lexeme_of("\xff", 1, SL_TOKEN_MARK);
    (void)state;
    assert_int_equal(sl_utf8_count_invalid(x.stem, x.stem_len), 0);
    assert_int_equal(sl_utf8_count_invalid(y.stem, y.stem_len), 0);
}

/* A probe that differs from one call to the next would refuse every model. */
static void test_probe(void **state)
{
    uint64_t hash[2] = {0, 1};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct sl_lexer x;
        assert_int_equal(sl_lexer_init(&x, &sl_language_english, NULL), SLANT_OK);
        assert_int_equal(sl_lexer_probe(&x, &hash[i], NULL), SLANT_OK);
        sl_lexer_free(&x);
    }
    assert_true(hash[0] == hash[1]);
}

/* ---- a vocabulary of rows ---- */

static const char *const sentences[] = {
    "The agency did not ban the cheap grey boxes of Brelka this year.",
    "The agency did not act, the risk grew and nobody noticed it",
    "Nobody ever wanted a ban on the cheap grey boxes",
    "Don\xe2\x80\x99t never trust the caf\xc3\xa9 router, not once",
    "The ban on cheap boxes, the agency said, stands!",
    "a an at",
    "an a at #BanTheBoxes @some_body http://example.org/x",
};
enum { N_SENTENCE = sizeof sentences / sizeof sentences[0] };

static const char lexicon[] = "entry\trole\tstrength\tclass\n"
                              "cheap\tpositive\t2\tcost\n"
                              "risk\tnegative\t3\t\n"
                              "agency\t\t\tofficial\n"
                              "not once\tnegative\t1\t\n"
                              "very\tintensifier\t1.5\t\n"
                              "nobody\tnegator\t\t\n";
static const char vectors[] = "the 0.5 -1\nboxes 1 2\nban -1 0.25\nagency 0 1\nrouter 3 -2\n";

struct world {
    struct sl_rows rows;
    struct sl_material material;
    struct sl_features features;
    struct sl_lexer lexer;
    struct sl_readings readings;
};

static int build(void **state, bool with_material)
{
    static struct world w;
    char tsv[4096] = "stance\ttarget\ttext\n";
    memset(&w, 0, sizeof w);
    w.material.language = &sl_language_english;
    if (with_material) {
        read_lexicon(lexicon, sizeof lexicon - 1, &w.material.lexicon);
        read_vectors(vectors, sizeof vectors - 1, &w.material.vectors);
    }
    for (int i = 0; i < N_SENTENCE; i++) {
        size_t n = strlen(tsv);
        (void)snprintf(tsv + n, sizeof tsv - n, "%s\tBrelka\t%s\n", i % 2 ? "favor" : "against",
                       sentences[i]);
    }
    assert_int_equal(read_rows(tsv, strlen(tsv), &w.rows, NULL), SLANT_OK);
    assert_int_equal(sl_features_build(&w.features, &w.rows, &w.material, 1, NULL), SLANT_OK);
    assert_int_equal(sl_lexer_init(&w.lexer, &sl_language_english, NULL), SLANT_OK);
    *state = &w;
    return 0;
}

static int build_world(void **state)
{
    return build(state, false);
}

/* The same rows with a lexicon and word vectors: every block has features. */
static int build_full_world(void **state)
{
    return build(state, true);
}

static int free_world(void **state)
{
    struct world *w = *state;
    sl_lexer_free(&w->lexer);
    sl_readings_free(&w->readings);
    sl_features_free(&w->features);
    sl_lexicon_free(&w->material.lexicon);
    sl_vectors_free(&w->material.vectors);
    sl_rows_free(&w->rows);
    return 0;
}

struct names {
    const struct sl_vocabulary *v;
    const char *prefix; /* only names that start so */
    char text[8192];
};

static bool collect(void *user, uint32_t feature, double count, struct slant_span where)
{
    struct names *n = user;
    char name[256];
    (void)where;
    assert_true(count == 1);
    assert_true(sl_feature_name(n->v, feature, name, sizeof name) < sizeof name);
    if (strncmp(name, n->prefix, strlen(n->prefix)) == 0) {
        size_t len = strlen(n->text);
        assert_true(len + strlen(name) + 2 < sizeof n->text);
        (void)snprintf(n->text + len, sizeof n->text - len, "%s|", name + strlen(n->prefix));
    }
    return true;
}

/* The features of a text whose names start with prefix, in order of occurrence. */
static const char *features_of(struct world *w, const char *text, const char *prefix)
{
    static struct names n;
    uint32_t n_token;
    n = (struct names){.v = &w->features.all, .prefix = prefix};
    assert_true(sl_features(&w->features.all, &w->lexer, &w->readings, text,
                            (struct slant_span){0, strlen(text)}, NULL, 0, collect, &n, &n_token));
    return n.text;
}

/* Negation that reaches too far, passes a break, or misses its first word. */
static void test_negation(void **state)
{
    struct world *w = *state;
    assert_string_equal(features_of(w, sentences[0], "negated:"), "ban|the|cheap|grey|");
    /* the comma ends it; the second negator starts anew */
    assert_string_equal(features_of(w, sentences[1], "negated:"), "act|notic|it|");
    assert_string_equal(features_of(w, "No! ban the boxes", "negated:"), "!|");
    /* a negator under negation is not negated, and starts the count again */
    assert_string_equal(features_of(w, "not the nobody ban the cheap grey boxes", "negated:"),
                        "the|ban|the|cheap|grey|");
}

/* The step by itself: exactly SL_NEGATION_REACH words, none behind a break. */
static void test_negation_step(void **state)
{
    struct sl_negation n = {0};
    (void)state;
    assert_false(sl_negation_step(&n, false, false));
    assert_false(sl_negation_step(&n, false, true));
    for (int i = 0; i < SL_NEGATION_REACH; i++) {
        assert_true(sl_negation_step(&n, false, false));
    }
    assert_false(sl_negation_step(&n, false, false));
    assert_false(sl_negation_step(&n, false, true));
    assert_false(sl_negation_step(&n, true, false));
    assert_false(sl_negation_step(&n, false, false));
}

/* Grams that miss the word's edges, cross words, or come twice. */
static void test_characters(void **state)
{
    struct world *w = *state;
    assert_string_equal(features_of(w, "ban", "char:"), "_b|ba|an|n_|_ba|ban|an_|_ban|ban_|_ban_|");
    assert_string_equal(features_of(w, "a", "char:"), "_a|a_|_a_|");
    assert_string_equal(features_of(w, "@some_body http://example.org/x !!", "char:"), "");
}

/* Grams counted in bytes instead of code points. */
static void test_characters_of_code_points(void **state)
{
    struct sl_lexeme x = lexeme_of("caf\xc3\xa9", 5, SL_TOKEN_WORD);
    struct sl_characters c;
    struct world *w = *state;
    sl_characters_init(&c, &x);
    assert_int_equal(c.n, 6);
    assert_int_equal(c.start[6], 7);
    assert_int_equal(c.start[5] - c.start[4], 2);
    assert_string_equal(
        features_of(w, "caf\xc3\xa9", "char:"),
        "_c|ca|af|f\xc3\xa9|\xc3\xa9_|_ca|caf|af\xc3\xa9|f\xc3\xa9_|_caf|caf\xc3\xa9|"
        "af\xc3\xa9_|_caf\xc3\xa9|caf\xc3\xa9_|");
    x.folded_len = 0;
    sl_characters_init(&c, &x);
    assert_int_equal(c.n, 0);
}

/* Bigrams and trigrams out of order, across a lost word, or missing. */
static void test_word_grams(void **state)
{
    struct world *w = *state;
    assert_string_equal(features_of(w, "the cheap grey boxes", "word:"),
                        "the|cheap|the cheap|grey|cheap grey|the cheap grey|box|grey box|"
                        "cheap grey box|");
    assert_string_equal(features_of(w, "grey cheap", "word:"), "grey|cheap|");
    assert_string_equal(features_of(w, "the cheap zzz grey boxes", "word:"),
                        "the|cheap|the cheap|grey|box|grey box|");
}

/* Occurrences placed elsewhere than at their words. */
static bool in_place(void *user, uint32_t feature, double n, struct slant_span where)
{
    const struct world *w = user;
    char name[256];
    assert_true(n == 1);
    (void)sl_feature_name(&w->features.all, feature, name, sizeof name);
    if (strcmp(name, "word:the cheap grey") == 0) {
        assert_int_equal(where.begin, 4);
        assert_int_equal(where.end, 18);
    }
    if (strcmp(name, "word:cheap grey") == 0) {
        assert_int_equal(where.begin, 8);
        assert_int_equal(where.end, 18);
    }
    assert_true(where.begin >= 2 && where.begin < where.end && where.end <= 24);
    return true;
}

/* Features read from beyond the span, or spans that do not fit their words. */
static void test_spans(void **state)
{
    struct world *w = *state;
    const char *text = "# ; the cheap grey boxes not these";
    uint32_t n_token;
    assert_true(sl_features(&w->features.all, &w->lexer, &w->readings, text,
                            (struct slant_span){2, 24}, NULL, 0, in_place, w, &n_token));
    assert_int_equal(n_token, 4);
}

/* A look-up that misses a feature, finds another's, or finds what is not there. */
static void test_lookup(void **state)
{
    const struct sl_vocabulary *v = &((struct world *)*state)->features.all;
    const uint32_t none = SL_FEATURE_NONE;
    const uint32_t first_negated = v->first[SL_BLOCK_NEGATED];
    assert_true(v->n_word > 20 && v->n_bigram > 20 && v->n_trigram > 10);
    assert_int_equal(first_negated, v->first[SL_BLOCK_CHARACTER] + v->n_character);
    for (uint32_t i = 0; i < v->n_word; i++) {
        assert_int_equal(sl_find_word(v, v->word_bytes + v->word_start[i],
                                      v->word_start[i + 1] - v->word_start[i]),
                         i);
        for (uint32_t at = v->bigram_start[i]; at < v->bigram_start[i + 1]; at++) {
            uint32_t bigram = sl_first_bigram(v) + at;
            assert_int_equal(sl_find_bigram(v, i, v->bigram_next[at]), bigram);
            for (uint32_t k = v->trigram_start[at]; k < v->trigram_start[at + 1]; k++) {
                uint32_t third = v->trigram_next[k];
                assert_int_equal(sl_find_trigram(v, bigram, third), sl_first_trigram(v) + k);
                /* the second bigram is a feature too */
                assert_int_not_equal(sl_find_bigram(v, v->bigram_next[at], third), none);
            }
        }
    }
    for (uint32_t i = 0; i < v->n_character; i++) {
        assert_int_equal(sl_find_character(v, v->character_bytes + v->character_start[i],
                                           v->character_start[i + 1] - v->character_start[i]),
                         v->first[SL_BLOCK_CHARACTER] + i);
    }
    for (enum sl_block b = SL_FIRST_LIST; b < SL_FIRST_LIST + SL_N_LIST; b++) {
        const struct sl_list *list = &v->list[b - SL_FIRST_LIST];
        assert_int_equal(v->first[b + 1] - v->first[b], list->n);
        for (uint32_t i = 0; i < list->n; i++) {
            assert_true(i == 0 || list->feature[i] > list->feature[i - 1]);
            assert_int_equal(sl_find_listed(v, b, list->feature[i]), v->first[b] + i);
        }
        assert_int_equal(sl_find_listed(v, b, none), none);
        assert_int_equal(sl_find_listed(v, b, v->first[SL_BLOCK_CHARACTER]), none);
    }
    assert_int_equal(v->list[0].n, v->n_word);
    assert_true(v->first[SL_BLOCK_NEAR] < v->first[SL_BLOCK_FRAME]); /* rows have mentions */
    for (uint32_t i = 0; i < v->n_vector; i++) {
        struct sl_lexeme x = {.folded_len = v->vector_start[i + 1] - v->vector_start[i]};
        memcpy(x.folded, v->vector_bytes + v->vector_start[i], x.folded_len);
        assert_int_equal(sl_find_vector(v, &x), i);
        x.folded[x.folded_len++] = 'q';
        assert_int_equal(sl_find_vector(v, &x), none);
    }
    assert_int_equal(sl_find_word(v, "", 0), none);
    assert_int_equal(sl_find_word(v, "zzz", 3), none);
    assert_int_equal(sl_find_word(v, "th", 2), none);
    assert_int_equal(sl_find_word(v, "thee", 4), none);
    assert_int_not_equal(sl_find_word(v, "TARGET", 6), none);
    assert_int_equal(sl_find_word(v, "brelka", 6), none);
    assert_int_equal(sl_find_bigram(v, none, 0), none);
    assert_int_equal(sl_find_bigram(v, 0, none), none);
    assert_int_equal(sl_find_trigram(v, none, 0), none);
    assert_int_equal(sl_find_trigram(v, sl_first_bigram(v), none), none);
    assert_int_equal(sl_find_character(v, "zq", 2), none);
}

/* A model's numbers of features: each has one of its own, under which it has its name, and is found. */
static void test_freeze(void **state)
{
    struct sl_vocabulary *v = &((struct world *)*state)->features.all;
    const uint32_t n = sl_n_feature(v);
    uint32_t *number = calloc(n, sizeof *number);
    char(*name)[256] = calloc(n, sizeof *name);
    uint16_t *part = calloc(n, sizeof *part);
    bool *taken;
    uint32_t n_free = 0;
    assert_true(number != NULL && name != NULL && part != NULL && n > 0);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(sl_feature_name(v, i, name[i], sizeof name[i]) < sizeof name[i]);
    }
    for (uint32_t i = 0; i < n; i++) {
        part[i] = (uint16_t)(i * 7919 % 30000);
    }
    assert_true(sl_lookup_freeze(v, part, number));
    assert_true(sl_is_frozen(v));
    taken = calloc(sl_n_feature(v), sizeof *taken);
    assert_non_null(taken);
    for (uint32_t i = 0; i < n; i++) {
        char now[256];
        assert_true(number[i] < sl_n_feature(v) && !taken[number[i]]);
        taken[number[i]] = true;
        (void)sl_feature_name(v, number[i], now, sizeof now);
        assert_string_equal(now, name[i]);
    }
    for (uint32_t i = 0; i < sl_n_feature(v); i++) {
        char now[256];
        assert_true(taken[i] != sl_is_free(v, i));
        if (!taken[i]) {
            n_free++;
            assert_int_equal(sl_feature_name(v, i, now, sizeof now), 6);
            assert_string_equal(now, "word:?");
        }
    }
    assert_int_equal(n + n_free, sl_n_feature(v));
    for (int i = 0; i < SL_N_LIST; i++) {
        enum sl_block b = (enum sl_block)(SL_FIRST_LIST + i);
        for (uint32_t k = 0; k < v->list[i].n; k++) {
            assert_true(k == 0 || v->list[i].feature[k] > v->list[i].feature[k - 1]);
            assert_int_equal(sl_find_listed(v, b, v->list[i].feature[k]), v->first[b] + k);
        }
    }
    for (uint32_t i = 0; i < v->n_character; i++) {
        assert_int_equal(sl_find_character(v, v->character_bytes + v->character_start[i],
                                           v->character_start[i + 1] - v->character_start[i]),
                         v->first[SL_BLOCK_CHARACTER] + i);
    }
    free(number);
    free(name);
    free(part);
    free(taken);
}

/* Whether the stemmer at hand is of the version that slant's own follows: one word of each kind tells. */
static bool is_same_stemmer(struct sb_stemmer *stemmer)
{
    static const char *const probe[] = {"generously", "companies", "denied", "skies",
                                        "lying",      "hopping",   "owed",   "organizations"};
    bool same = true;
    for (size_t i = 0; i < sizeof probe / sizeof probe[0]; i++) {
        char own[64];
        const size_t len = strlen(probe[i]);
        const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)probe[i], (int)len);
        size_t n;
        memcpy(own, probe[i], len);
        n = sl_stem_english(own, len);
        same = same && (size_t)sb_stemmer_length(stemmer) == n && memcmp(stem, own, n) == 0;
    }
    return same;
}

/* Words that are taken to have no ending, and stems of slant's own: the stemmer says the same. */
static void test_endings(void **state)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzaeiouy'1&.\xc3\xa9";
    static const char *const beginning[] = {"gener", "commun", "arsen", "y", "'", "inn", "exc"};
    static const char *const ending[] = {
        "s",      "ies",   "ied", "us",    "ss",    "eed",   "ed",    "ing",   "ly",   "edly",
        "ingly",  "y",     "ogi", "enci",  "anci",  "abli",  "entli", "izer",  "ator", "alism",
        "aliti",  "alli",  "bli", "ousli", "iviti", "fulli", "li",    "alize", "ical", "ful",
        "ness",   "ative", "al",  "ance",  "er",    "ic",    "able",  "ant",   "ment", "ent",
        "ism",    "ate",   "iti", "ous",   "ive",   "ize",   "ion",   "sion",  "tion", "e",
        "tional", "l",     "ll",  "d",     "g",     "r",     "n",     "m",     "t",    "c"};
    struct sb_stemmer *stemmer = sb_stemmer_new("english", NULL);
    struct sl_rng rng = {5};
    size_t n_plain = 0;
    bool same;
    (void)state;
    assert_non_null(stemmer);
    same = is_same_stemmer(stemmer);
    if (!same) {
        print_message("another version of libstemmer: its stems are not compared\n");
    }
    for (int i = 0; i < trials(300000); i++) {
        char word[64];
        size_t len = 0;
        size_t n = 1 + (size_t)sl_rng_below(&rng, 9);
        const sb_symbol *stem;
        if (i % 7 == 0) {
            const char *head =
                beginning[sl_rng_below(&rng, sizeof beginning / sizeof beginning[0])];
            len = strlen(head);
            memcpy(word, head, len);
            n += len;
        }
        while (len < n) {
            word[len++] = letters[sl_rng_below(&rng, sizeof letters - 3)];
        }
        if (i % 5 == 0) { /* a letter of two bytes */
            memcpy(word + sl_rng_below(&rng, len), letters + sizeof letters - 3, 2);
            len++;
        }
        for (int tails = i % 4; tails > 1; tails--) {
            const char *tail = ending[sl_rng_below(&rng, sizeof ending / sizeof ending[0])];
            memcpy(word + len, tail, strlen(tail));
            len += strlen(tail);
        }
        stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);
        if (!sl_language_english.may_have_ending(word, len)) {
            assert_int_equal(sb_stemmer_length(stemmer), len);
            assert_memory_equal(stem, word, len);
            n_plain++;
        }
        if (same && i % 5 != 0) {
            char own[64];
            size_t own_len;
            memcpy(own, word, len);
            own_len = sl_stem_english(own, len);
            if (own_len != (size_t)sb_stemmer_length(stemmer) || memcmp(own, stem, own_len) != 0) {
                fail_msg("%.*s: %.*s", (int)len, word, (int)own_len, own);
            }
        }
    }
    assert_true(n_plain > (size_t)trials(300000) / 5);
    sb_stemmer_delete(stemmer);
}

/* Binary search that fails on an empty vocabulary. */
static void test_empty_vocabulary(void **state)
{
    static const uint32_t zero[1];
    const struct sl_vocabulary v = {.word_bytes = "",
                                    .word_start = zero,
                                    .bigram_start = zero,
                                    .trigram_start = zero,
                                    .character_bytes = "",
                                    .character_start = zero};
    struct names n = {.v = &v, .prefix = ""};
    struct world *w = *state;
    uint32_t n_token;
    assert_int_equal(sl_find_word(&v, "ban", 3), SL_FEATURE_NONE);
    assert_int_equal(sl_n_feature(&v), 0);
    assert_true(sl_features(&v, &w->lexer, &w->readings, "the ban", (struct slant_span){0, 7}, NULL,
                            0, collect, &n, &n_token));
    assert_string_equal(n.text, "");
    assert_int_equal(n_token, 2);
}

static uint32_t word(const struct sl_vocabulary *v, const char *stem)
{
    return sl_find_word(v, stem, strlen(stem));
}

/* Names that explanations print wrongly, or that write past their room. */
static void test_names(void **state)
{
    const struct sl_vocabulary *v = &((struct world *)*state)->features.all;
    uint32_t bigram = sl_find_bigram(v, word(v, "cheap"), word(v, "grey"));
    uint32_t trigram = sl_find_trigram(v, bigram, word(v, "box"));
    char name[32];
    assert_int_equal(sl_feature_name(v, word(v, "ban"), name, sizeof name), 8);
    assert_string_equal(name, "word:ban");
    (void)sl_feature_name(v, bigram, name, sizeof name);
    assert_string_equal(name, "word:cheap grey");
    (void)sl_feature_name(v, trigram, name, sizeof name);
    assert_string_equal(name, "word:cheap grey box");
    (void)sl_feature_name(v, sl_find_character(v, " ba", 3), name, sizeof name);
    assert_string_equal(name, "char:_ba");
    (void)sl_feature_name(v, sl_find_listed(v, SL_BLOCK_NEGATED, word(v, "ban")), name,
                          sizeof name);
    assert_string_equal(name, "negated:ban");
    for (size_t cap = 0; cap <= 20; cap++) {
        memset(name, 'z', sizeof name);
        assert_int_equal(sl_feature_name(v, trigram, name, cap), 19);
        assert_true(cap == 0 || strlen(name) == (cap > 19 ? 19 : cap - 1));
        assert_int_equal(name[cap], 'z');
    }
    assert_int_equal(sl_feature_name(v, trigram, NULL, 0), 19);
}

/* A block boundary off by one gives a feature another block's norm. */
static void test_blocks(void **state)
{
    const struct sl_vocabulary *v = &((struct world *)*state)->features.all;
    uint32_t n[SL_N_BLOCK] = {0};
    for (uint32_t i = 0; i < sl_n_feature(v); i++) {
        static const char *const prefix[SL_N_BLOCK] = {
            "word:",        "char:",          "negated:",         "outline:",
            "near:",        "wide:",          "before:",          "after:",
            "frame:",       "polarity:",      "placed-polarity:", "vector:",
            "vector-near:", "vector-before:", "vector-after:"};
        enum sl_block b = sl_feature_block(v, i);
        char name[256];
        (void)sl_feature_name(v, i, name, sizeof name);
        assert_memory_equal(name, prefix[b], strlen(prefix[b]));
        n[b]++;
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        bool material = b == SL_BLOCK_FRAME || b == SL_BLOCK_OUTLINE || b >= SL_BLOCK_POLARITY;
        assert_int_equal(n[b], v->first[b + 1] - v->first[b]);
        assert_true(n[b] > 0 || (material && v->lexicon.n == 0));
    }
    assert_true(v->lexicon.n == 0 ||
                (n[SL_BLOCK_POLARITY] == 2 && n[SL_BLOCK_PLACED_POLARITY] == 2 * SL_N_SLOT &&
                 n[SL_BLOCK_VECTOR] == 5 && n[SL_BLOCK_VECTOR_AFTER] == 5));
}

/* ---- rows as counts ---- */

enum { MAX_TALLY = 1 << 14 };

struct tally {
    double n[MAX_TALLY];
    const uint32_t *local; /* NULL, or what to count instead */
};

static bool count(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct tally *t = user;
    (void)where;
    if (t->local != NULL) {
        feature = t->local[feature];
    }
    if (feature != SL_FEATURE_NONE) {
        assert_true(feature < MAX_TALLY);
        t->n[feature] += n;
    }
    return true;
}

static uint32_t row_features(struct world *w, const struct sl_vocabulary *v, size_t r,
                             struct tally *t)
{
    const struct sl_row *row = &w->rows.row[r];
    uint32_t n_token;
    assert_true(sl_features(v, &w->lexer, &w->readings, row->text.p,
                            (struct slant_span){0, row->text.len}, row->mask, row->n_mask, count, t,
                            &n_token));
    return n_token;
}

/* The vectors' mean over the words of a block, from the tally. */
static void check_means(const struct world *w, size_t r, struct tally *t)
{
    const struct sl_vocabulary *v = &w->features.all;
    const struct sl_vectors *x = &w->material.vectors;
    for (size_t p = 0; p < SL_N_VECTOR && x->n > 0; p++) {
        double sum[2] = {0, 0};
        double norm = 0;
        for (uint32_t i = 0; i < x->n; i++) {
            double *n = &t->n[v->first[SL_FIRST_VECTOR + p] + i];
            for (uint32_t d = 0; d < 2; d++) {
                sum[d] += *n * (double)x->a[i] * (double)x->value[2 * i + d];
            }
            norm += *n * (double)x->a[i];
            *n = 0;
        }
        assert_true(w->features.has_mean[r * SL_N_VECTOR + p] == (norm > 0));
        for (size_t d = 0; d < 2; d++) {
            double got = (double)w->features.mean[(r * SL_N_VECTOR + p) * 2 + d];
            assert_true(near(got, norm > 0 ? sum[d] / norm : 0, 1e-6));
        }
    }
}

/* Training that counts other features than scoring sees. */
static void test_row_counts(void **state)
{
    struct world *w = *state;
    const struct sl_features *f = &w->features;
    struct counted c;
    count_all(f, &c);
    assert_int_equal(f->n_row, N_SENTENCE);
    for (size_t r = 0; r < f->n_row; r++) {
        struct tally *t = calloc(1, sizeof *t);
        assert_non_null(t);
        assert_int_equal(row_features(w, &f->all, r, t), f->n_token[r]);
        for (size_t i = c.start[r]; i < c.start[r + 1]; i++) {
            assert_true(i == c.start[r] || c.count[i].feature > c.count[i - 1].feature);
            assert_true(near(t->n[c.count[i].feature], (double)c.count[i].n, 1e-6));
            t->n[c.count[i].feature] = 0;
        }
        check_means(w, r, t);
        for (size_t i = 0; i < MAX_TALLY; i++) {
            assert_true(t->n[i] == 0);
        }
        free(t);
    }
    counted_free(&c);
}

/* A callback's refusal that is not passed on. */
static bool refuse(void *user, uint32_t feature, double n, struct slant_span where)
{
    (void)feature;
    (void)n;
    (void)where;
    return --*(int *)user > 0;
}

/* sl_features going on after its caller ran out of memory, at any occurrence of any block. */
static void test_stop(void **state)
{
    struct world *w = *state;
    const struct sl_row *row = &w->rows.row[0];
    int total = 1 << 20;
    uint32_t n_token;
    assert_true(sl_features(&w->features.all, &w->lexer, &w->readings, row->text.p,
                            (struct slant_span){0, row->text.len}, row->mask, row->n_mask, refuse,
                            &total, &n_token));
    total = (1 << 20) - total;
    assert_true(total > 100);
    for (int at = 1; at <= total; at++) {
        int left = at;
        assert_false(sl_features(&w->features.all, &w->lexer, &w->readings, row->text.p,
                                 (struct slant_span){0, row->text.len}, row->mask, row->n_mask,
                                 refuse, &left, &n_token));
        assert_int_equal(left, 0);
    }
}

/* ---- subsets ---- */

/* Keeps what keep needs: a bigram's words, a trigram's bigrams, what a list names. Polarities are
 * kept whole or not at all, vectors' words never: the fit adds them. */
static void close_under_parts(const struct sl_vocabulary *v, bool *keep)
{
    for (enum sl_block b = SL_BLOCK_POLARITY; b < SL_N_BLOCK; b++) {
        bool all = b < SL_FIRST_VECTOR && v->used[b] && keep[v->first[b]];
        memset(keep + v->first[b], all, v->first[b + 1] - v->first[b]);
    }
    for (int l = 0; l < SL_N_LIST; l++) {
        for (uint32_t i = 0; i < v->list[l].n; i++) {
            if (keep[v->first[SL_FIRST_LIST + l] + i]) {
                keep[v->list[l].feature[i]] = true;
            }
        }
    }
    for (uint32_t i = 0; i < v->n_word; i++) {
        for (uint32_t at = v->bigram_start[i]; at < v->bigram_start[i + 1]; at++) {
            for (uint32_t k = v->trigram_start[at]; k < v->trigram_start[at + 1]; k++) {
                if (keep[sl_first_trigram(v) + k]) {
                    keep[sl_first_bigram(v) + at] = true;
                    keep[sl_find_bigram(v, v->bigram_next[at], v->trigram_next[k])] = true;
                }
            }
        }
    }
    for (uint32_t i = 0; i < v->n_word; i++) {
        for (uint32_t at = v->bigram_start[i]; at < v->bigram_start[i + 1]; at++) {
            if (keep[sl_first_bigram(v) + at]) {
                keep[i] = true;
                keep[v->bigram_next[at]] = true;
            }
        }
    }
}

/* A subset must see in every row exactly the kept features, under the same names, in order. */
static void check_subset(struct world *w, const bool *keep)
{
    const struct sl_vocabulary *all = &w->features.all;
    struct sl_vocabulary v;
    uint32_t *local = calloc(sl_n_feature(all), sizeof *local);
    uint32_t kept = 0;
    assert_non_null(local);
    assert_int_equal(sl_vocabulary_subset(all, keep, &v, local, NULL), SLANT_OK);
    for (uint32_t i = 0; i < sl_n_feature(all); i++) {
        if (keep[i]) {
            char a[256];
            char b[256];
            assert_int_equal(local[i], kept);
            assert_int_equal(sl_feature_block(all, i), sl_feature_block(&v, kept));
            (void)sl_feature_name(all, i, a, sizeof a);
            (void)sl_feature_name(&v, kept++, b, sizeof b);
            assert_string_equal(a, b);
        } else {
            assert_int_equal(local[i], SL_FEATURE_NONE);
        }
    }
    assert_int_equal(sl_n_feature(&v), kept);
    assert_int_equal(v.lexicon.n, 0);
    assert_true(sl_lexicon_copy(&v.lexicon, &w->material.lexicon) && sl_vocabulary_number(&v) &&
                sl_lookup_outline(&v)); /* as sl_fit_complete does */
    for (size_t r = 0; r < w->rows.n; r++) {
        struct tally *want = calloc(1, sizeof *want);
        struct tally *got = calloc(1, sizeof *got);
        assert_true(want != NULL && got != NULL);
        want->local = local;
        assert_int_equal(row_features(w, all, r, want), row_features(w, &v, r, got));
        assert_memory_equal(want->n, got->n, sizeof got->n);
        free(want);
        free(got);
    }
    sl_vocabulary_free(&v);
    free(local);
}

/* Renumbering that mixes up blocks or loses a kept feature. */
static void test_subset(void **state)
{
    struct world *w = *state;
    uint32_t n = sl_n_feature(&w->features.all);
    bool *keep = calloc(n, sizeof *keep);
    struct sl_rng rng = {7};
    assert_non_null(keep);
    check_subset(w, keep); /* nothing */
    for (int round = 0; round < 60; round++) {
        for (uint32_t i = 0; i < n; i++) {
            keep[i] = sl_rng_below(&rng, 60) < (uint64_t)round;
        }
        close_under_parts(&w->features.all, keep);
        check_subset(w, keep);
    }
    memset(keep, 1, n * sizeof *keep);
    close_under_parts(&w->features.all, keep);
    check_subset(w, keep);
    free(keep);
}

/* A fit whose vocabulary lost a part of a kept feature: it could never be seen. */
static void test_fit_is_closed(void **state)
{
    size_t len;
    char *tsv = first_rows("training/vendor-ban.tsv", 150, &len);
    struct sl_rows rows;
    struct sl_features f;
    struct sl_fit fit;
    struct sl_heads heads;
    struct sl_settings settings;
    struct sl_material material = {.language = &sl_language_english};
    struct counted c;
    bool in[150];
    const struct sl_vocabulary *v = &fit.vocabulary;
    (void)state;
    assert_int_equal(read_rows(tsv, len, &rows, NULL), SLANT_OK);
    assert_int_equal(rows.n, 150);
    read_lexicon(lexicon, sizeof lexicon - 1, &material.lexicon);
    assert_int_equal(sl_features_build(&f, &rows, &material, 2, NULL), SLANT_OK);
    for (size_t i = 0; i < rows.n; i++) {
        in[i] = i % 5 != 0;
    }
    heads = sl_heads_of(&rows, false);
    settings = sl_settings_default(SLANT_SOLVER_DUAL, &rows);
    assert_int_equal(sl_fit(&rows, &f, &heads, in, &settings, &fit, NULL), SLANT_OK);
    assert_true(v->n_trigram > 0);
    for (uint32_t i = 0; i < v->n_word; i++) {
        for (uint32_t at = v->bigram_start[i]; at < v->bigram_start[i + 1]; at++) {
            assert_true(v->bigram_next[at] < v->n_word);
            for (uint32_t k = v->trigram_start[at]; k < v->trigram_start[at + 1]; k++) {
                assert_int_not_equal(sl_find_bigram(v, v->bigram_next[at], v->trigram_next[k]),
                                     SL_FEATURE_NONE);
            }
        }
    }
    for (int l = 0; l < SL_N_LIST; l++) {
        const struct sl_list *list = &v->list[l];
        assert_true(list->n > 0);
        for (uint32_t i = 0; i < list->n; i++) {
            assert_true(list->feature[i] < v->first[SL_BLOCK_CHARACTER]);
            assert_true(i == 0 || list->feature[i] > list->feature[i - 1]);
        }
    }
    /* idf as the header states it */
    count_all(&f, &c);
    for (uint32_t i = 0; i < sl_n_feature(&f.all); i++) {
        double df = 0;
        for (size_t r = 0; r < rows.n; r++) {
            for (size_t k = c.start[r]; in[r] && k < c.start[r + 1]; k++) {
                df += c.count[k].feature == i;
            }
        }
        if (fit.local[i] != SL_FEATURE_NONE) {
            bool sum = sl_feature_block(&f.all, i) >= SL_BLOCK_POLARITY;
            double idf = sum ? 1 : log(121 / (1 + df)) + 1;
            enum sl_block b = sl_feature_block(&f.all, i);
            double part = sl_fit_norm_part(&fit, b, fit.local[i]);
            double unit = fit.unit[b][fit.n_column];
            assert_true(near(part, idf * idf, unit / 2 + 1e-9));
            assert_true(unit <= 2 * pow(log(121) + 1, 2) / SL_NORM_MAX);
        }
        i += 36; /* a sample: the count above is quadratic */
    }
    counted_free(&c);
    sl_fit_free(&fit);
    sl_features_free(&f);
    sl_lexicon_free(&material.lexicon);
    sl_rows_free(&rows);
    free(tsv);
}

/* A token known as another: one that another was seen as lately, one of more bytes than are kept, a tag
 * for a word; a spelling with other characters than its own. */
static void test_forms(void **state)
{
    static const char *const word[] = {"Ban",
                                       "#ban",
                                       "ban",
                                       "BANS",
                                       "@ban",
                                       "U.S",
                                       "US",
                                       "us",
                                       "!!",
                                       "counterrevolutionaries",
                                       "counterrevolutionarinesses",
                                       "not",
                                       "banana"};
    const struct sl_lexicon none = {0};
    struct sl_forms f = {0};
    struct sl_lexer lexer;
    struct sl_rng rng = {9};
    (void)state;
    assert_int_equal(sl_lexer_init(&lexer, &sl_language_english, NULL), SLANT_OK);
    for (int i = 0; i < 30000; i++) {
        char text[80];
        uint64_t n = sl_rng_below(&rng, 6000);
        struct sl_tokens it;
        struct sl_token t;
        struct sl_lexeme lexeme;
        struct sl_characters c;
        uint32_t number;
        const struct sl_form *form;
        int len = n < 13 ? snprintf(text, sizeof text, "%s", word[n])
                         : snprintf(text, sizeof text, "%s%llx", word[n % 13] + (n % 13 == 1),
                                    (unsigned long long)(n * n * n));
        sl_tokens_init(&it, text, 0, (size_t)len, NULL, 0);
        assert_true(sl_tokens_next(&it, &t));
        assert_true(sl_lexeme_read(&lexer, text, &t, &lexeme));
        number = sl_form_of(&f, &lexer, &none, text, &t);
        assert_true(number < f.n);
        form = &f.form[number];
        assert_int_equal(f.word.length[form->word], lexeme.stem_len);
        assert_memory_equal(sl_strings_get(&f.word, form->word), lexeme.stem, lexeme.stem_len);
        assert_int_equal(form->negator, lexeme.negator);
        assert_int_equal(form->spelling == SL_TABLE_NONE, lexeme.folded_len == 0);
        if (lexeme.folded_len > 0) {
            const uint32_t *gram = f.gram + f.gram_start[form->spelling];
            sl_characters_init(&c, &lexeme);
            for (size_t size = SL_CHAR_MIN; size <= SL_CHAR_MAX; size++) {
                for (size_t k = 0; k + size <= c.n; k++, gram++) {
                    size_t bytes = (size_t)(c.start[k + size] - c.start[k]);
                    assert_int_equal(f.character.length[*gram], bytes);
                    assert_memory_equal(sl_strings_get(&f.character, *gram), c.padded + c.start[k],
                                        bytes);
                }
            }
            assert_ptr_equal(gram, f.gram + f.gram_start[form->spelling + 1]);
        }
    }
    assert_true(f.n > 4000);
    sl_lexer_free(&lexer);
    sl_forms_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_united_states),
        cmocka_unit_test(test_initialisms),
        cmocka_unit_test(test_stemming),
        cmocka_unit_test(test_target),
        cmocka_unit_test(test_users_and_addresses),
        cmocka_unit_test(test_hashtags),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_negators),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_broken_bytes),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_negation_step),
        cmocka_unit_test_setup_teardown(test_negation, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_characters, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_characters_of_code_points, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_word_grams, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_spans, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_lookup, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_lookup, build_full_world, free_world),
        cmocka_unit_test_setup_teardown(test_freeze, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_freeze, build_full_world, free_world),
        cmocka_unit_test(test_endings),
        cmocka_unit_test_setup_teardown(test_empty_vocabulary, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_names, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_blocks, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_blocks, build_full_world, free_world),
        cmocka_unit_test_setup_teardown(test_row_counts, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_row_counts, build_full_world, free_world),
        cmocka_unit_test_setup_teardown(test_stop, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_stop, build_full_world, free_world),
        cmocka_unit_test_setup_teardown(test_subset, build_world, free_world),
        cmocka_unit_test_setup_teardown(test_subset, build_full_world, free_world),
        cmocka_unit_test(test_fit_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
