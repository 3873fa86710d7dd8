#include "learned.h"

#include "near.h"
#include "text/token.h"

#define HEADER "entry\trole\tstrength\n"
#define CLASSES "entry\trole\tstrength\tclass\n"

struct read {
    struct sl_lexicon x;
    uint64_t digest;
    struct slant_error err;
    enum slant_status status;
};

static struct read read_as(const char *suffix, const char *bytes, size_t len)
{
    struct read r = {.status = SLANT_OK};
    char path[64];
    spill_as(path, suffix, bytes, len);
    r.status = sl_lexicon_read(path, &sl_language_english, &r.x, &r.digest, &r.err);
    (void)unlink(path);
    if (r.status != SLANT_OK && r.status != SLANT_ERR_NOMEM) {
        assert_int_equal(r.err.status, r.status);
        assert_non_null(strstr(r.err.text, path)); /* a message names the file */
    }
    return r;
}

static struct sl_lexicon lexicon_of(const char *bytes)
{
    struct read r = read_as(".tsv", bytes, strlen(bytes));
    if (r.status != SLANT_OK) {
        print_error("%s\n", r.err.text);
    }
    assert_int_equal(r.status, SLANT_OK);
    return r.x;
}

/* Index of an entry, which must be there. */
static uint32_t entry(const struct sl_lexicon *x, const char *key)
{
    for (uint32_t i = 0; i < x->n; i++) {
        if (x->start[i + 1] - x->start[i] == strlen(key) &&
            memcmp(x->bytes + x->start[i], key, strlen(key)) == 0) {
            return i;
        }
    }
    print_error("no entry %s\n", key);
    fail();
    return 0;
}

static bool has_entry(const struct sl_lexicon *x, const char *key)
{
    return sl_lexicon_phrase(x, key, strlen(key)).role != SL_ROLE_NONE;
}

/* What a word of a text gets. */
static struct sl_polarity look_up(const struct sl_lexicon *x, const char *word)
{
    struct sl_token t = {0, strlen(word), SL_TOKEN_WORD, false};
    struct sl_lexer lexer;
    struct sl_lexeme lexeme;
    assert_int_equal(sl_lexer_init(&lexer, &sl_language_english, NULL), SLANT_OK);
    assert_true(sl_lexeme_read(&lexer, word, &t, &lexeme));
    sl_lexer_free(&lexer);
    return sl_lexicon_word(x, &lexeme);
}

static void assert_polarity(struct sl_polarity p, enum sl_role role, double strength)
{
    assert_int_equal(p.role, role);
    assert_true(near((double)p.strength, strength, 1e-7));
}

/* ---- the file ---- */

/* Strengths off their scale, signs lost, entries unsorted or unfolded. */
static void test_good_file(void **state)
{
    struct sl_lexicon x = lexicon_of(HEADER "superb\tpositive\t3\n"
                                            "Abuse\tnegative\t2\n"
                                            "very\tintensifier\t1.5\n"
                                            "fairly\tdiminisher\t0.5\n"
                                            "without\tnegator\t\n"
                                            "slap  in the\tnegative\t1\n");
    (void)state;
    assert_true(near((double)x.strength[entry(&x, "superb")], 1, 0));
    assert_true(near((double)x.strength[entry(&x, "abuse")], -2.0 / 3, 1e-7));
    assert_true(near((double)x.strength[entry(&x, "slap in the")], -1.0 / 3, 1e-7));
    assert_true(near((double)x.strength[entry(&x, "very")], 1.5, 0));
    assert_true(near((double)x.strength[entry(&x, "fairly")], 0.5, 0));
    assert_int_equal(x.role[entry(&x, "superb")], SL_ROLE_POLAR);
    assert_int_equal(x.role[entry(&x, "abuse")], SL_ROLE_POLAR);
    assert_int_equal(x.role[entry(&x, "very")], SL_ROLE_INTENSIFIER);
    assert_int_equal(x.role[entry(&x, "fairly")], SL_ROLE_DIMINISHER);
    assert_int_equal(x.role[entry(&x, "without")], SL_ROLE_NEGATOR);
    assert_int_equal(x.n, 6 + 5); /* five stems of single words; phrases have none */
    assert_int_equal(x.start[0], 0);
    for (uint32_t i = 1; i < x.n; i++) {
        size_t a = x.start[i] - x.start[i - 1];
        size_t b = x.start[i + 1] - x.start[i];
        int order = memcmp(x.bytes + x.start[i - 1], x.bytes + x.start[i], a < b ? a : b);
        assert_true(order < 0 || (order == 0 && a < b));
    }
    sl_lexicon_free(&x);
}

/* A line passed over, or the wrong one named. */
static void test_bad_lines(void **state)
{
    static const struct {
        const char *bytes;
        unsigned line;
        const char *says;
    } bad[] = {
        {HEADER "good\tpositive\t1\nbad\tnegativ\t1\n", 3, "unknown role"},
        {HEADER "good\tPositive\t1\n", 2, "unknown role"},
        {HEADER "good\t\t1\n", 2, "neither"},
        {HEADER "a\tpositive\t1\n\n\ngood\tpositive\tmuch\n", 5, "strength"},
        {HEADER "good\tpositive\t0\n", 2, "strength"},
        {HEADER "good\tpositive\t-1\n", 2, "strength"},
        {HEADER "good\tpositive\t10.5\n", 2, "strength"},
        {HEADER "good\tpositive\tnan\n", 2, "strength"},
        {HEADER "good\tpositive\tinf\n", 2, "strength"},
        {HEADER "good\tpositive\t1 \n", 2, "strength"},
        {HEADER "good\tpositive\t\n", 2, "strength"},
        {HEADER "very\tintensifier\t\n", 2, "strength"},
        {HEADER "fairly\tdiminisher\tx\n", 2, "strength"},
        {HEADER "good\tpositive\t1\nbad\tnegative\t1\ngood\tpositive\t1\n", 4, "twice"},
        {HEADER "good\tpositive\t1\nGOOD\tnegative\t1\n", 3, "twice"},
        {HEADER "so far\tnegator\t\nso  far\tnegator\t\n", 3, "twice"},
        {HEADER "\tpositive\t1\n", 2, "empty"},
        {HEADER "   \tpositive\t1\n", 2, "empty"},
        {HEADER "one two three four\tpositive\t1\n", 2, "at most 3 words"},
        {HEADER "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\tpositive\t1\n",
         2, "64 bytes"},
        {"entry\tstrength\ngood\t1\n", 1, "role"},
        {CLASSES "good\tpositive\t1\tWAY TOO\n", 2, "class"},
        {CLASSES "good\tpositive\t1\tnot\n", 2, "class"},
        {CLASSES "good\tpositive\t1\tTarget\n", 2, "class"},
        {CLASSES "good\tpositive\t1\t\xc3\xa4\n", 2, "class"},
        {CLASSES "good\tpositive\t1\tabcdefghijklmnopqrstuvwx\n", 2, "class"},
        {CLASSES "good\t\t1\tbig\n", 2, "no role"},
        {CLASSES "good\t\t\t\n", 2, "neither"},
        {"word\trole\tstrength\ngood\tpositive\t1\n", 1, "entry"},
        {"entry\trole\ngood\tpositive\n", 2, "strength"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct read r = read_as(".tsv", bad[i].bytes, strlen(bad[i].bytes));
        if (r.status != SLANT_ERR_ROW || r.err.line != bad[i].line ||
            strstr(r.err.text, bad[i].says) == NULL) {
            print_error("case %zu: %d, line %u: %s\n", i, (int)r.status, (unsigned)r.err.line,
                        r.err.text);
            fail();
        }
        assert_null(r.x.bytes);
    }
}

/* Errors that are not of a line. */
static void test_no_file(void **state)
{
    static const char long_row[] = HEADER "good\tpositive\t1\textra\n";
    struct sl_lexicon x;
    uint64_t digest;
    struct slant_error err = {0};
    struct read r = read_as(".tsv", "", 0);
    (void)state;
    assert_int_not_equal(r.status, SLANT_OK);
    assert_non_null(strstr(r.err.text, "such as: entry<TAB>role<TAB>strength"));
    assert_int_equal(
        sl_lexicon_read("/nonexistent/lexicon.tsv", &sl_language_english, &x, &digest, &err),
        SLANT_ERR_IO);
    assert_non_null(strstr(err.text, "/nonexistent/lexicon.tsv"));
    r = read_as(".tsv", long_row, sizeof long_row - 1);
    assert_int_equal(r.status, SLANT_ERR_ROW);
    assert_int_equal(r.err.line, 2);
}

/* A line end of another system, a mark at the start or another format that makes another lexicon.
 */
static void test_formats(void **state)
{
    static const char plain[] = HEADER "good\tpositive\t1.5\nnot once\tnegator\t\n";
    static const struct {
        const char *suffix, *bytes;
    } same[] = {
        {".tsv", "entry\trole\tstrength\r\ngood\tpositive\t1.5\r\nnot once\tnegator\t\r\n"},
        {".tsv", "\xef\xbb\xbf" HEADER "good\tpositive\t1.5\nnot once\tnegator\t"},
        {".tsv", "note\tstrength\trole\tentry\nx\t1.5\tpositive\tgood\ny\t\tnegator\tNot once\n"},
        {".txt", HEADER "good\tpositive\t1.5\nnot once\tnegator\t\n"}, /* as a table of tabs */
        {"", HEADER "good\tpositive\t1.5\nnot once\tnegator\t\n"},
        {".csv", "entry,role,strength\n\"good\",positive,1.5\nnot once,negator,\n"},
        {".jsonl", "{\"entry\":\"good\",\"role\":\"positive\",\"strength\":1.5}\n"
                   "{\"entry\":\"not once\",\"role\":\"negator\"}\n"},
    };
    struct read a = read_as(".tsv", plain, sizeof plain - 1);
    (void)state;
    assert_int_equal(a.status, SLANT_OK);
    assert_int_equal(a.x.n, 3);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct read b = read_as(same[i].suffix, same[i].bytes, strlen(same[i].bytes));
        if (b.status != SLANT_OK) {
            print_error("%zu: %s\n", i, b.err.text);
        }
        assert_int_equal(b.status, SLANT_OK);
        assert_int_equal(b.x.n, a.x.n);
        assert_memory_equal(b.x.start, a.x.start, (a.x.n + 1) * sizeof *a.x.start);
        assert_memory_equal(b.x.bytes, a.x.bytes, a.x.start[a.x.n]);
        assert_memory_equal(b.x.strength, a.x.strength, a.x.n * sizeof *a.x.strength);
        assert_memory_equal(b.x.role, a.x.role, a.x.n * sizeof *a.x.role);
        assert_true(b.digest == a.digest);
        sl_lexicon_free(&b.x);
    }
    sl_lexicon_free(&a.x);
}

/* A digest that another lexicon has too. */
static void test_digest(void **state)
{
    static const char *const other[] = {HEADER "good\tpositive\t2\n",
                                        HEADER "good\tnegative\t2\n",
                                        HEADER "good\tintensifier\t2\n",
                                        CLASSES "good\tpositive\t2\ta\n",
                                        CLASSES "good\tpositive\t2\tb\n",
                                        HEADER "goods\tpositive\t2\n",
                                        HEADER "good\tpositive\t2\nbad\tnegative\t1\n"};
    enum { N = sizeof other / sizeof other[0] };
    uint64_t digest[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        struct read r = read_as(".tsv", other[i], strlen(other[i]));
        assert_int_equal(r.status, SLANT_OK);
        digest[i] = r.digest;
        for (size_t k = 0; k < i; k++) {
            assert_true(digest[k] != digest[i]);
        }
        sl_lexicon_free(&r.x);
    }
}

/* ---- look-up ---- */

/* A stem that speaks against its own words, or over an entry of its own. */
static void test_stems(void **state)
{
    struct sl_lexicon x = lexicon_of(HEADER "abandon\tnegative\t1\n"
                                            "abandoned\tnegative\t3\n"
                                            "unite\tpositive\t1\n"
                                            "unit\tnegative\t1\n"
                                            "united\tpositive\t3\n"
                                            "refuse\tnegator\t\n"
                                            "refused\tnegative\t1\n");
    (void)state;
    assert_polarity(look_up(&x, "abandon"), SL_ROLE_POLAR, -1.0 / 3);
    assert_polarity(look_up(&x, "Abandoned"), SL_ROLE_POLAR, -1);
    assert_polarity(look_up(&x, "abandoning"), SL_ROLE_POLAR, -2.0 / 3); /* the mean */
    /* signs disagree: no stem, also when one more word agrees with the first */
    assert_polarity(look_up(&x, "units"), SL_ROLE_NONE, 0);
    assert_false(has_entry(&x, "~unit"));
    assert_polarity(look_up(&x, "united"), SL_ROLE_POLAR, 1);
    /* roles disagree */
    assert_polarity(look_up(&x, "refusing"), SL_ROLE_NONE, 0);
    assert_polarity(look_up(&x, "refuse"), SL_ROLE_NEGATOR, 0);
    assert_polarity(look_up(&x, "zebra"), SL_ROLE_NONE, 0);
    assert_polarity(look_up(&x, "aband"), SL_ROLE_NONE, 0);
    sl_lexicon_free(&x);
}

static void assert_class(const struct sl_lexicon *x, struct sl_polarity p, const char *name)
{
    assert_string_equal(
        p.word_class == 0 ? "" : sl_class_name(x, SL_N_ROLE_CLASS + p.word_class - 1u), name);
}

/* A class that hides a role, or a role a class; a stem that speaks against its words; numbers in
 * another order than the names. */
static void test_classes(void **state)
{
    struct sl_lexicon x = lexicon_of(CLASSES "shut out\t\t\tban\n"
                                             "safe\tpositive\t3\tPraise\n"
                                             "safely\t\t\tpraise\n"
                                             "barred\tnegative\t3\t\n"
                                             "bar\t\t\tban\n"
                                             "report\t\t\tsay\n"
                                             "reports\t\t\tevidence\n"
                                             "reported\t\t\tevidence\n"
                                             "ease\t\t\tban\n"
                                             "easing\tpositive\t3\t-\n"
                                             "eases\t\t\t-\n");
    struct sl_lexicon copy;
    (void)state;
    assert_int_equal(x.n_class, 4);
    assert_string_equal(x.class_name[0], "BAN");
    assert_string_equal(x.class_name[1], "EVIDENCE");
    assert_string_equal(x.class_name[2], "PRAISE");
    assert_string_equal(x.class_name[3], "SAY");
    assert_class(&x, sl_lexicon_phrase(&x, "shut out", 8), "BAN");
    assert_int_equal(sl_lexicon_phrase(&x, "shut out", 8).role, SL_ROLE_NONE);
    assert_class(&x, look_up(&x, "safe"), "PRAISE");
    assert_polarity(look_up(&x, "safe"), SL_ROLE_POLAR, 1);
    /* each from the stem where the word itself has none */
    assert_class(&x, look_up(&x, "barred"), "BAN");
    assert_polarity(look_up(&x, "barred"), SL_ROLE_POLAR, -1);
    assert_class(&x, look_up(&x, "bars"), "BAN");
    assert_polarity(look_up(&x, "bar"), SL_ROLE_POLAR, -1);
    /* entries of the stem disagree */
    assert_class(&x, look_up(&x, "report"), "SAY");
    assert_class(&x, look_up(&x, "reported"), "EVIDENCE");
    assert_class(&x, look_up(&x, "reporting"), "");
    /* kept out of the stem's */
    assert_class(&x, look_up(&x, "eased"), "BAN");
    assert_class(&x, look_up(&x, "easing"), "");
    assert_polarity(look_up(&x, "easing"), SL_ROLE_POLAR, 1);
    assert_class(&x, look_up(&x, "eases"), "");
    assert_class(&x, sl_lexicon_phrase(&x, "eases", 5), "");
    assert_true(sl_lexicon_copy(&copy, &x));
    sl_lexicon_free(&x);
    assert_class(&copy, look_up(&copy, "bars"), "BAN");
    sl_lexicon_free(&copy);
}

/* One class too many. */
static void test_many_classes(void **state)
{
    char file[2048] = CLASSES;
    (void)state;
    for (int i = 0; i <= SL_MAX_WORD_CLASS; i++) {
        size_t n = strlen(file);
        struct read r;
        (void)snprintf(file + n, sizeof file - n, "w%d\t\t\tc%d\n", i, i);
        r = read_as(".tsv", file, strlen(file));
        assert_int_equal(r.status, i < SL_MAX_WORD_CLASS ? SLANT_OK : SLANT_ERR_ROW);
        if (i < SL_MAX_WORD_CLASS) {
            assert_int_equal(r.x.n_class, i + 1);
            sl_lexicon_free(&r.x);
        } else {
            assert_non_null(strstr(r.err.text, "at most 29 classes"));
        }
    }
}

/* Phrases begun where none begins, or taken for a word. */
static void test_phrases(void **state)
{
    struct sl_lexicon x = lexicon_of(HEADER "absence of\tnegator\t\n"
                                            "absences\tnegative\t1\n"
                                            "at odds with\tnegative\t2\n"
                                            "at\tintensifier\t2\n"
                                            "oddsmaker\tpositive\t1\n");
    (void)state;
    assert_true(look_up(&x, "absence").starts_phrase);
    assert_true(look_up(&x, "ABSENCE").starts_phrase);
    assert_polarity(look_up(&x, "absence"), SL_ROLE_POLAR, -1.0 / 3); /* by the stem */
    assert_false(look_up(&x, "absences").starts_phrase);
    assert_true(look_up(&x, "at").starts_phrase);
    assert_polarity(look_up(&x, "at"), SL_ROLE_INTENSIFIER, 2);
    assert_false(look_up(&x, "a").starts_phrase);
    assert_false(look_up(&x, "odds").starts_phrase);
    assert_false(look_up(&x, "absenc").starts_phrase);
    assert_false(look_up(&x, "zebra").starts_phrase); /* beyond the last entry */
    assert_polarity(sl_lexicon_phrase(&x, "at odds with", 12), SL_ROLE_POLAR, -2.0 / 3);
    assert_polarity(sl_lexicon_phrase(&x, "at odds", 7), SL_ROLE_NONE, 0);
    assert_polarity(sl_lexicon_phrase(&x, "absence of", 10), SL_ROLE_NEGATOR, 0);
    assert_polarity(sl_lexicon_phrase(&x, "", 0), SL_ROLE_NONE, 0);
    sl_lexicon_free(&x);
}

static uint32_t hash_of(const char *word)
{
    return sl_phrase_hash(word, strlen(word));
}
static bool may_be(const struct sl_phrase_set *set, const char *first, const char *second,
                   const char *third)
{
    return third == NULL
               ? sl_phrase_set_may_have(set, hash_of(first), hash_of(second))
               : sl_phrase_set_may_have(set, sl_phrase_pair(hash_of(first), hash_of(second)),
                                        hash_of(third));
}

/* A phrase that is passed over, or the set full of what is none. */
static void test_phrase_set(void **state)
{
    struct sl_phrase_set set = {0};
    struct sl_lexicon x = lexicon_of(HEADER "absence of\tnegator\t\n"
                                            "at odds with\tnegative\t2\n"
                                            "oddsmaker\tpositive\t1\n");
    (void)state;
    assert_false(may_be(&set, "absence", "of", NULL));
    sl_phrase_set_read(&x, &set);
    assert_true(may_be(&set, "absence", "of", NULL));
    assert_true(may_be(&set, "at", "odds", "with"));
    assert_false(may_be(&set, "at", "odds", NULL));
    assert_false(may_be(&set, "odds", "with", NULL));
    assert_false(may_be(&set, "odds", "at", "with"));
    assert_false(may_be(&set, "at", "odds with", NULL));
    assert_false(may_be(&set, "oddsmaker", "", NULL));
    sl_lexicon_free(&x);
}

/* Words that have no letters to look up: marks, users and mentions. */
static void test_no_word(void **state)
{
    struct sl_lexicon x = lexicon_of(HEADER "!\tnegative\t1\nTARGET\tnegative\t1\n");
    static const char text[] = "!";
    struct sl_token t = {0, 1, SL_TOKEN_MARK, false};
    struct sl_lexer lexer;
    struct sl_lexeme lexeme;
    (void)state;
    assert_int_equal(sl_lexer_init(&lexer, &sl_language_english, NULL), SLANT_OK);
    assert_true(sl_lexeme_read(&lexer, text, &t, &lexeme));
    assert_polarity(sl_lexicon_word(&x, &lexeme), SL_ROLE_NONE, 0);
    t.kind = SL_TOKEN_MENTION;
    assert_true(sl_lexeme_read(&lexer, text, &t, &lexeme));
    assert_polarity(sl_lexicon_word(&x, &lexeme), SL_ROLE_NONE, 0);
    sl_lexer_free(&lexer);
    sl_lexicon_free(&x);
}

/* No lexicon, or one without entries, read beyond its end. */
static void test_empty(void **state)
{
    struct sl_lexicon none = {0};
    struct sl_lexicon copy;
    (void)state;
    assert_polarity(look_up(&none, "good"), SL_ROLE_NONE, 0);
    assert_false(look_up(&none, "good").starts_phrase);
    assert_polarity(sl_lexicon_phrase(&none, "a b", 3), SL_ROLE_NONE, 0);
    assert_true(sl_lexicon_copy(&copy, &none));
    assert_int_equal(copy.n, 0);
    assert_int_equal(copy.start[0], 0);
    sl_lexicon_free(&copy);
    sl_lexicon_free(&none);
}

/* A copy that points into what it was made of. */
static void test_copy(void **state)
{
    struct sl_lexicon x = lexicon_of(HEADER "good\tpositive\t2\nnot once\tnegator\t\n");
    struct sl_lexicon copy;
    (void)state;
    assert_true(sl_lexicon_copy(&copy, &x));
    memset((char *)(uintptr_t)x.bytes, 'z', x.start[x.n]);
    sl_lexicon_free(&x);
    assert_polarity(look_up(&copy, "good"), SL_ROLE_POLAR, 2.0 / 3);
    assert_polarity(sl_lexicon_phrase(&copy, "not once", 8), SL_ROLE_NEGATOR, 0);
    sl_lexicon_free(&copy);
}

/* Folding that grows words past the room for a phrase. */
static void test_longest_entry(void **state)
{
    /* U+0149, two bytes, folds to three; U+0390, two bytes, to two or six */
    static const char *const unit[] = {"\xc5\x89", "\xce\x90", "\xe1\xbe\xb7"};
    (void)state;
    for (size_t u = 0; u < 3; u++) {
        char word[65] = "";
        char file[512];
        char folded[SL_PHRASE_MAX];
        size_t n = 0;
        struct sl_lexicon x;
        while (strlen(word) + strlen(unit[u]) <= 64) {
            (void)snprintf(word + strlen(word), sizeof word - strlen(word), "%s", unit[u]);
        }
        (void)snprintf(file, sizeof file, HEADER "%s %s %s\tnegative\t3\n%s\tpositive\t3\n", word,
                       word, word, word);
        x = lexicon_of(file);
        for (int i = 0; i < 3; i++) {
            if (i > 0) {
                folded[n++] = ' ';
            }
            n += sl_fold(word, strlen(word), folded + n);
        }
        assert_true(n <= SL_PHRASE_MAX);
        assert_polarity(sl_lexicon_phrase(&x, folded, n), SL_ROLE_POLAR, -1);
        assert_polarity(look_up(&x, word), SL_ROLE_POLAR, 1);
        assert_true(look_up(&x, word).starts_phrase);
        sl_lexicon_free(&x);
    }
}

/* ---- the shipped one ---- */

static const char *read_folded(struct sl_lexer *lexer, const char *word)
{
    static struct sl_lexeme lexeme;
    struct sl_token t = {0, strlen(word), SL_TOKEN_WORD, false};
    assert_true(sl_lexeme_read(lexer, word, &t, &lexeme));
    lexeme.folded[lexeme.folded_len] = 0;
    return lexeme.folded;
}

/* An entry that no text can hold, because the tokens part it otherwise, looks like work and does
 * nothing. */
static void test_shipped_entries_are_met(void **state)
{
    struct sl_lexicon x;
    uint64_t digest;
    struct sl_lexer lexer;
    uint32_t n = 0;
    uint32_t n_role[SL_N_ROLE] = {0};
    (void)state;
    assert_int_equal(
        sl_lexicon_read("training/lexicon.tsv", &sl_language_english, &x, &digest, NULL), SLANT_OK);
    assert_int_equal(sl_lexer_init(&lexer, &sl_language_english, NULL), SLANT_OK);
    for (uint32_t i = 0; i < x.n; i++) {
        const char *key = x.bytes + x.start[i];
        size_t len = x.start[i + 1] - x.start[i];
        char met[SL_PHRASE_MAX + SL_FOLD_MAX];
        size_t n_met = 0;
        struct sl_tokens it;
        struct sl_token t;
        n_role[x.role[i]]++;
        if (key[0] == '~') {
            continue;
        }
        n++;
        if (len == 3 && memcmp(key, "u.s", 3) == 0) {
            assert_string_equal(read_folded(&lexer, "US"), "u.s"); /* in capitals alone */
            continue;
        }
        sl_tokens_init(&it, key, 0, len, NULL, 0);
        while (sl_tokens_next(&it, &t) && n_met <= SL_PHRASE_MAX) {
            struct sl_lexeme lexeme;
            assert_true(sl_lexeme_read(&lexer, key, &t, &lexeme));
            if (n_met > 0) {
                met[n_met++] = ' ';
            } else if (memchr(key, ' ', len) != NULL) {
                assert_true(sl_lexicon_word(&x, &lexeme).starts_phrase);
            }
            memcpy(met + n_met, lexeme.folded, lexeme.folded_len);
            n_met += lexeme.folded_len;
        }
        if (n_met != len || memcmp(met, key, len) != 0) {
            print_error("%.*s reads %.*s\n", (int)len, key, (int)n_met, met);
            fail();
        }
    }
    assert_true(n > 3000);
    for (int r = SL_ROLE_POLAR; r < SL_N_ROLE; r++) {
        assert_true(n_role[r] > 20);
    }
    sl_lexer_free(&lexer);
    sl_lexicon_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_file),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_stems),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_many_classes),
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_no_word),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_phrase_set),
        cmocka_unit_test(test_longest_entry),
        cmocka_unit_test(test_shipped_entries_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
