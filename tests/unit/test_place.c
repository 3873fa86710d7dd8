/* Features by place, block by block, each against a sentence worked out by hand. */
#include "learned.h"

#include "feat/place.h"
#include "near.h"
#include "train/features.h"

/* Everything that the sentences below hold is a feature: the rows are these sentences. */
static const char *const sentences[] = {
    "bab bac bad baf bag bak Brelka bal bam ban bap bar bas bat",
    "bab Brelka bac bad baf bag bak bal bam ban bap bar bat bad baf Brelka bag",
    "bab, Brelka bac (bad baf bag",
    "Brelka is not a cheap risk",
    "cheap Brelka bab bac bad baf bag bak bal Brelka risk",
    "not once Brelka is very cheap",
    "cheap, Brelka",
    "nobody bab Brelka",
    "very cheap Brelka is slightly poor",
    "never risk Brelka, and not very cheap",
    "absence of risk bab bac bad cheap Brelka",
    "don't Brelka's bab cat's US bac",
    "Brelka bag bar bat", /* what would join across the gap of the second */
};
enum { N_SENTENCE = sizeof sentences / sizeof sentences[0] };

static const char lexicon[] = "entry\trole\tstrength\tclass\n"
                              "cheap\tpositive\t2\tcost\n"
                              "bal\t\t\tban\n"
                              "bam\t\t\tsay\n"
                              "bap bar\t\t\tban\n"
                              "risk\tnegative\t3\t\n"
                              "poor\tnegative\t1.5\t\n"
                              "not once\tnegative\t3\t\n"
                              "bab brelka\tnegative\t3\t\n"
                              "very\tintensifier\t1.5\t\n"
                              "slightly\tdiminisher\t0.5\t\n"
                              "nobody\tnegator\t\t\n"
                              "absence of\tnegator\t\t\n";
static const char vectors[] = "bab 1 0\nbac 0 1\nbad 1 1\nbak 2 1\nbal 3 1\nbam 1 3\nbar 4 4\n"
                              "brelka 9 9\nn't 5 0\ncat 0 5\nu.s. 5 5\ntarget 8 8\n's 7 7\n";

static struct sl_rows rows;
static struct sl_material material;
static struct sl_features features;
static struct sl_lexer lexer;
static struct sl_readings readings;

static int build(void **state)
{
    char tsv[4096] = "stance\ttarget\ttext\n";
    (void)state;
    for (int i = 0; i < N_SENTENCE; i++) {
        size_t n = strlen(tsv);
        (void)snprintf(tsv + n, sizeof tsv - n, "%s\tBrelka\t%s\n", i % 2 ? "favor" : "against",
                       sentences[i]);
    }
    material.language = &sl_language_english;
    read_lexicon(lexicon, sizeof lexicon - 1, &material.lexicon);
    read_vectors(vectors, sizeof vectors - 1, &material.vectors);
    assert_int_equal(read_rows(tsv, strlen(tsv), &rows, NULL), SLANT_OK);
    assert_int_equal(sl_features_build(&features, &rows, &material, 1, NULL), SLANT_OK);
    assert_int_equal(sl_lexer_init(&lexer, &sl_language_english, NULL), SLANT_OK);
    return 0;
}

static int take_down(void **state)
{
    (void)state;
    sl_readings_free(&readings);
    sl_lexer_free(&lexer);
    sl_features_free(&features);
    sl_lexicon_free(&material.lexicon);
    sl_vectors_free(&material.vectors);
    sl_rows_free(&rows);
    return 0;
}

struct listing {
    const char *prefix, *text;
    bool words; /* say where each lies, in the text's words */
    char out[8192];
    size_t n;
};

static bool list(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct listing *l = user;
    char name[128];
    size_t len = strlen(l->prefix);
    assert_true(sl_feature_name(&features.all, feature, name, sizeof name) < sizeof name);
    assert_true(where.begin < where.end && where.end <= strlen(l->text));
    if (strncmp(name, l->prefix, len) != 0) {
        return true;
    }
    l->n += (size_t)snprintf(l->out + l->n, sizeof l->out - l->n, "%s", name + len);
    if (fabs(n - 1) > 1e-6) { /* strengths are floats */
        l->n += (size_t)snprintf(l->out + l->n, sizeof l->out - l->n, " %.4f", n);
    }
    if (l->words) {
        l->n += (size_t)snprintf(l->out + l->n, sizeof l->out - l->n, " [%.*s]",
                                 (int)(where.end - where.begin), l->text + where.begin);
    }
    l->n += (size_t)snprintf(l->out + l->n, sizeof l->out - l->n, "|");
    assert_true(l->n < sizeof l->out);
    return true;
}

/* The occurrences of a block in a text, mentions of Brelka masked, in order: "name n|name n|". */
static const char *block(const char *prefix, const char *text, bool words)
{
    static struct listing l;
    struct slant_span mask[8];
    size_t n_mask = 0;
    uint32_t n_token;
    for (const char *p = text; (p = strstr(p, "Brelka")) != NULL; p += 6) {
        mask[n_mask++] = (struct slant_span){(size_t)(p - text), (size_t)(p - text) + 6};
    }
    memset(&l, 0, sizeof l);
    l.prefix = prefix;
    l.text = text;
    l.words = words;
    assert_true(sl_features(&features.all, &lexer, &readings, text,
                            (struct slant_span){0, strlen(text)}, mask, n_mask, list, &l,
                            &n_token));
    return l.out;
}

static void assert_block(const char *prefix, const char *text, const char *want)
{
    assert_string_equal(block(prefix, text, false), want);
}

/* ---- words about the target ---- */

/* Five tokens on both sides, bigrams only where both words are so near. */
static void test_near(void **state)
{
    (void)state;
    assert_block("near:", sentences[0],
                 "bac|bad|bac bad|baf|bad baf|bag|baf bag|bak|bag bak|TARGET|bak TARGET|"
                 "bal|TARGET bal|bam|bal bam|ban|bam ban|bap|ban bap|bar|bap bar|");
    /* the nearer of two mentions counts */
    assert_block("near:", sentences[1],
                 "bab|TARGET|bab TARGET|bac|TARGET bac|bad|bac bad|baf|bad baf|bag|baf bag|"
                 "bak|bag bak|bap|bar|bap bar|bat|bar bat|bad|bat bad|baf|bad baf|"
                 "TARGET|baf TARGET|bag|TARGET bag|");
    /* a break counts for nothing here */
    assert_block("near:", sentences[2],
                 "bab|TARGET|bab TARGET|bac|TARGET bac|bad|bac bad|baf|bad baf|bag|baf bag|");
    assert_block("near:", "bab bac bad", ""); /* no mention */
}

/* Ten tokens: one text in which exactly the words beyond are missing. */
static void test_wide(void **state)
{
    (void)state;
    assert_block("wide:", "baf bag bak Brelka", "baf|bag|baf bag|bak|bag bak|TARGET|bak TARGET|");
    assert_block("wide:", "Brelka bab bac bad baf bag bak bal bam ban bap bar bas",
                 "TARGET|bab|TARGET bab|bac|bab bac|bad|bac bad|baf|bad baf|bag|baf bag|bak|"
                 "bag bak|bal|bak bal|bam|bal bam|ban|bam ban|bap|ban bap|");
    assert_block("wide:", "bar bab bac bad baf bag bak bal bam ban bap Brelka",
                 "bab|bac|bab bac|bad|bac bad|baf|bad baf|bag|baf bag|bak|bag bak|bal|bak bal|"
                 "bam|bal bam|ban|bam ban|bap|ban bap|TARGET|");
}

/* Split at the first mention; a later one is neither before nor after. */
static void test_before_and_after(void **state)
{
    (void)state;
    assert_block("before:", sentences[0], "bab|bac|bad|baf|bag|bak|");
    assert_block("after:", sentences[0], "bal|bam|ban|bap|bar|bas|bat|");
    assert_block("before:", sentences[1], "bab|");
    assert_block("after:", sentences[1],
                 "bac|bad|baf|bag|bak|bal|bam|ban|bap|bar|bat|bad|baf|bag|");
    assert_block("before:", "Brelka bab", "");
    assert_block("after:", "bab Brelka", "");
    assert_block("before:", "bab", "");
    assert_block("after:", "bab", "");
}

/* ---- frames ---- */

/* Polar words and negators by class, four tokens about the target. */
static void test_frame_classes(void **state)
{
    (void)state;
    /* not: a negator of the language; risk is the fifth token */
    assert_block("frame:", sentences[3],
                 "TARGET|is|TARGET is|NOT|is NOT|TARGET is NOT|a|NOT a|is NOT a|POSITIVE|"
                 "a POSITIVE|NOT a POSITIVE|");
    /* no n-gram across what lies too far off */
    assert_block("frame:", sentences[4],
                 "POSITIVE|TARGET|POSITIVE TARGET|bab|TARGET bab|POSITIVE TARGET bab|bac|bab bac|"
                 "TARGET bab bac|bad|bac bad|bab bac bad|baf|bad baf|bac bad baf|bag|baf bag|"
                 "bad baf bag|bak|bag bak|baf bag bak|bal|bak bal|bag bak bal|TARGET|bal TARGET|"
                 "bak bal TARGET|NEGATIVE|TARGET NEGATIVE|bal TARGET NEGATIVE|");
    assert_block("frame:", sentences[0],
                 "bad|baf|bad baf|bag|baf bag|bad baf bag|bak|bag bak|baf bag bak|TARGET|"
                 "bak TARGET|bag bak TARGET|bal|TARGET bal|bak TARGET bal|bam|bal bam|"
                 "TARGET bal bam|ban|bam ban|bal bam ban|bap|ban bap|bam ban bap|");
    /* a negator of the lexicon */
    assert_block("frame:", sentences[7], "NOT|bab|NOT bab|TARGET|bab TARGET|NOT bab TARGET|");
    assert_block("frame:", "cheap risk", "");
}

/* A gap of two mentions, eight tokens between: what is read on both sides, and not joined. */
static void test_frame_gap(void **state)
{
    (void)state;
    assert_block("frame:", sentences[1],
                 "bab|TARGET|bab TARGET|bac|TARGET bac|bab TARGET bac|bad|bac bad|TARGET bac bad|"
                 "baf|bad baf|bac bad baf|bag|baf bag|bad baf bag|"
                 "bar|bat|bar bat|bad|bat bad|bar bat bad|baf|bad baf|bat bad baf|TARGET|"
                 "baf TARGET|bad baf TARGET|bag|TARGET bag|baf TARGET bag|");
}

/* A phrase is one class at its first word; the negator in it does not show. */
static void test_frame_phrase(void **state)
{
    (void)state;
    assert_string_equal(block("frame:", "not once Brelka", true),
                        "NEGATIVE [not]|TARGET [Brelka]|NEGATIVE TARGET [not once Brelka]|");
    assert_block("frame:", "not Brelka", "NOT|TARGET|NOT TARGET|");
}

/* A break is as far as five tokens more. */
static void test_frame_break(void **state)
{
    (void)state;
    assert_block("frame:", sentences[6], "TARGET|");
    assert_block("frame:", sentences[2], "TARGET|bac|TARGET bac|");
}

/* ---- outlines ---- */

/* Classes of words and phrases, then of roles, over whatever has none; the target is left out, and a
 * sentence without it has an outline too. */
static void test_outline(void **state)
{
    (void)state;
    assert_string_equal(block("outline:", sentences[0], true),
                        "BAN [bal]|SAY [bam]|BAN SAY [bal bam]|BAN [bap]|"
                        "SAY BAN [bam ban bap]|BAN SAY BAN [bal bam ban bap]|");
    assert_block("outline:", sentences[3],
                 "NOT|COST|NOT COST|NEGATIVE|COST NEGATIVE|NOT COST NEGATIVE|");
    assert_block("outline:", "bal, bab Brelka bab bam", "BAN|SAY|BAN SAY|");
    assert_block("outline:", "bap, bar", ""); /* a break parts the phrase */
    assert_block("outline:", "not once", "NEGATIVE|");
    assert_block("outline:", "very bab", "");
    assert_block("outline:", "CHEAP bals", "COST|BAN|COST BAN|"); /* by its stem */
}

/* ---- polarity ---- */

/* Sums over the sentence, mention or not. */
static void test_polarity(void **state)
{
    (void)state;
    assert_block("polarity:", "cheap risk poor", "positive 0.6667|negative|negative 0.5000|");
    assert_block("polarity:", "bab cheap", "positive 0.6667|");
    assert_block("polarity:", "very cheap", "positive|");            /* 2/3 * 1.5 */
    assert_block("polarity:", "slightly poor", "negative 0.2500|");  /* 0.5 * 0.5 */
    assert_block("polarity:", "very bab cheap", "positive 0.6667|"); /* only the next word's */
    assert_block("polarity:", "cheap very", "positive 0.6667|");
    assert_block("polarity:", "bab bac", "");
    /* the last of two factors */
    assert_block("polarity:", "slightly very cheap", "positive|");
}

/* Negation turns and weakens: -0.7 times, four words far, no further than a break. */
static void test_polarity_negated(void **state)
{
    (void)state;
    assert_block("polarity:", "never cheap", "negative 0.4667|");
    assert_block("polarity:", "never risk", "positive 0.7000|");
    assert_block("polarity:", "never very cheap", "negative 0.7000|");
    assert_block("polarity:", "nobody cheap", "negative 0.4667|"); /* the lexicon's negator */
    assert_block("polarity:", "never bab bac bad cheap", "negative 0.4667|");
    assert_block("polarity:", "never bab bac bad baf cheap", "positive 0.6667|");
    assert_block("polarity:", "nobody bab bac bad cheap", "negative 0.4667|");
    assert_block("polarity:", "nobody bab bac bad baf cheap", "positive 0.6667|");
    assert_block("polarity:", "never, cheap", "positive 0.6667|");
    assert_block("polarity:", "nobody, cheap", "positive 0.6667|");
}

/* The longest entry counts, once, over all its words; a break or a mention ends it. */
static void test_polarity_phrase(void **state)
{
    (void)state;
    assert_string_equal(block("polarity:", "bab not once bac", true), "negative [not once]|");
    assert_string_equal(block("polarity:", "Absence  of risk", true), "positive 0.7000 [risk]|");
    assert_block("polarity:", "absence, of risk", "negative|");
    assert_block("polarity:", "not, once", "");
    assert_block("polarity:", "not Brelka once", "");
    assert_block("polarity:", "bab Brelka", ""); /* a mention is in no phrase */
    assert_block("polarity:", "bab brelka", "negative|");
    assert_block("polarity:", "absence of bab bac bad cheap", "negative 0.4667|");
    assert_block("polarity:", "absence of bab bac bad baf cheap", "positive 0.6667|");
}

/* Each slot by hand: d tokens off, exp(-d / 4) and exp(-d / 10). */
static void test_placed_polarity(void **state)
{
    (void)state;
    /* strength 1 at d = 1 before; -0.25 at d = 3 after */
    assert_block("placed-polarity:", sentences[8],
                 "positive within about 4 0.7788|positive within about 10 0.9048|positive before|"
                 "positive 4 before|"
                 "negative within about 4 0.1181|negative within about 10 0.1852|"
                 "negative after 0.2500|negative 4 after 0.2500|");
    /* d = 5: outside the window of four on either side */
    assert_block("placed-polarity:", "risk bab bac bad baf Brelka",
                 "negative within about 4 0.2865|negative within about 10 0.6065|negative before|");
    assert_block("placed-polarity:", "risk bab bac bad Brelka",
                 "negative within about 4 0.3679|negative within about 10 0.6703|negative before|"
                 "negative 4 before|");
    assert_block("placed-polarity:", "Brelka bab bac bad baf risk",
                 "negative within about 4 0.2865|negative within about 10 0.6065|negative after|");
    assert_block("placed-polarity:", "Brelka bab bac bad risk",
                 "negative within about 4 0.3679|negative within about 10 0.6703|negative after|"
                 "negative 4 after|");
    /* a break is five more, d = 6, but the window counts tokens */
    assert_block("placed-polarity:", "risk, Brelka",
                 "negative within about 4 0.2231|negative within about 10 0.5488|negative before|"
                 "negative 4 before|");
    /* the nearest mention for the distance, the first for the side */
    assert_block("placed-polarity:", "Brelka bab bac bad baf bag risk Brelka",
                 "negative within about 4 0.7788|negative within about 10 0.9048|negative after|");
    assert_block("placed-polarity:", "cheap risk", "");
}

/* Beyond 64 tokens nothing decays any more, and nothing is summed. */
static void test_far(void **state)
{
    char text[1024];
    (void)state;
    for (int breaks = 10; breaks <= 11; breaks++) {
        size_t n = (size_t)snprintf(text, sizeof text, "risk");
        for (int i = 0; i < breaks - 1; i++) {
            n += (size_t)snprintf(text + n, sizeof text - n, ", bab");
        }
        (void)snprintf(text + n, sizeof text - n, ", Brelka");
        /* d = 6 * breaks */
        assert_block("placed-polarity:negative ", text,
                     breaks == 10 ? "within about 4 0.0000|within about 10 0.0025|before|"
                                  : "before|");
    }
}

/* ---- vectors ---- */

/* Occurrences, decays and windows of words with a vector; the target's own never. */
static void test_vectors(void **state)
{
    (void)state;
    assert_block("vector:", "bab zzz bac Brelka bab", "bab|bac|bab|");
    assert_block("vector:", "bab bac", "bab|bac|");
    assert_block("vector-near:", "bab zzz bac Brelka bab, bad",
                 "bab 0.4724|bac 0.7788|bab 0.7788|bad 0.1738|"); /* d = 3, 1, 1, 7 */
    assert_block("vector-near:", "bab", "");
    /* six tokens before and after the first mention */
    assert_block("vector-before:", "bar bab bac bad zza zzb zzc Brelka bam", "bab|bac|bad|");
    assert_block("vector-after:", "bab Brelka zza zzb zzc bac bad bak bal", "bac|bad|bak|");
    assert_block("vector-before:", "Brelka bab", "");
    assert_block("vector-after:", "bab Brelka", "");
    assert_block("vector-after:", "Brelka bab Brelka bac", "bab|bac|");
    assert_block("vector-before:", "bab", "");
    assert_block("vector-after:", "bab", "");
    assert_block("vector:", "Brelka target's", "target|"); /* a word of a text, not the mention */
}

/* Words as the vectors' texts part them. */
static void test_vector_words(void **state)
{
    (void)state;
    assert_block("vector:", "don't", "n't|");
    assert_block("vector:", "Don\xe2\x80\x99t", "n't|");
    assert_block("vector:", "cat's", "cat|");
    assert_block("vector:", "US", "u.s.|");
    assert_block("vector:", "U.S.", "u.s.|");
    assert_block("vector:", "us", "");
    assert_block("vector:", "BAB Bac", "bab|bac|");
    assert_block("vector:", "dog's bab's", "bab|");
    assert_block("vector:", "babs", "");
}

/* ---- the whole ---- */

/* Memory that grows with a sentence: tokens beyond SL_READ_MAX are left out. */
static void test_longest_sentence(void **state)
{
    enum { N = SL_READ_MAX + 50 };
    char *text = malloc((size_t)N * 4 + 64);
    size_t len = 0;
    size_t n = 0;
    (void)state;
    assert_non_null(text);
    len += (size_t)sprintf(text, "Brelka");
    for (int i = 0; i < N; i++) {
        len += (size_t)sprintf(text + len, " zza");
    }
    (void)sprintf(text + len, " risk");
    assert_block("polarity:", text, "");
    assert_block("before:", text, "");
    assert_int_equal(readings.n, SL_READ_MAX);
    assert_true(readings.cap <= 2 * SL_READ_MAX);
    for (const char *p = block("word:", text, false); *p != 0; p++) {
        n += *p == '|';
    }
    assert_int_equal(n, 2); /* words are read to the end: TARGET and risk */
    free(text);
}

/* Scratch memory that remembers the sentence before. */
static void test_scratch(void **state)
{
    struct sl_readings fresh = {0};
    char first[8192];
    (void)state;
    for (int i = 0; i < N_SENTENCE; i++) {
        struct sl_readings used = readings;
        (void)snprintf(first, sizeof first, "%s", block("", sentences[i], true));
        readings = fresh;
        assert_string_equal(block("", sentences[i], true), first);
        sl_readings_free(&readings);
        readings = used;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_before_and_after),
        cmocka_unit_test(test_frame_classes),
        cmocka_unit_test(test_frame_gap),
        cmocka_unit_test(test_frame_phrase),
        cmocka_unit_test(test_frame_break),
        cmocka_unit_test(test_outline),
        cmocka_unit_test(test_polarity),
        cmocka_unit_test(test_polarity_negated),
        cmocka_unit_test(test_polarity_phrase),
        cmocka_unit_test(test_placed_polarity),
        cmocka_unit_test(test_far),
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_vector_words),
        cmocka_unit_test(test_longest_sentence),
        cmocka_unit_test(test_scratch),
    };
    return cmocka_run_group_tests(tests, build, take_down);
}
