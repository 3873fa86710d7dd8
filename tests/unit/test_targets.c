/* Whom a sentence is about: two targets of one sentence, names that may not be learned, a stance for
 * each subject. */
#include "learned.h"

#include "base/rng.h"
#include "judge/session.h"
#include "near.h"
#include "train/fit.h"

static const char *const consonant[] = {"B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "V"};
static const char *const rest[] = {"arno", "elka",  "itus",  "olen",
                                   "umax", "arvik", "estor", "ildan"};

/* A name by number: 96 of them. */
static const char *name(char *out, size_t cap, uint64_t i)
{
    (void)snprintf(out, cap, "%s%s", consonant[i % 12], rest[i / 12 % 8]);
    return out;
}

static const char *const praise[] = {"is safe", "was praised", "keeps its word", "works well",
                                     "earned trust"};
static const char *const blame[] = {"is dangerous", "was condemned", "breaks its word",
                                    "fails badly", "lost trust"};
static const char *const joint[] = {"while", "but", ", and", ", whereas", "even as"};

/* Sentences of two names, one praised and one blamed; each stands twice, once about either. */
static size_t two_sided(char *tsv, size_t cap, uint64_t seed, int n_row, uint64_t first_name)
{
    struct sl_rng rng = {seed};
    size_t n = (size_t)snprintf(tsv, cap, "group\tstance\ttarget\ttext\n");
    for (int i = 0; i < n_row; i++) {
        char a[32];
        char b[32];
        char text[256];
        bool good_first = sl_rng_below(&rng, 2) == 0;
        uint64_t who = sl_rng_below(&rng, 40);
        const char *good = praise[sl_rng_below(&rng, 5)];
        const char *bad = blame[sl_rng_below(&rng, 5)];
        (void)name(a, sizeof a, first_name + who);
        (void)name(b, sizeof b, first_name + who + 1 + sl_rng_below(&rng, 7));
        (void)snprintf(text, sizeof text, "%s %s %s %s %s in %d.", a, good_first ? good : bad,
                       joint[sl_rng_below(&rng, 5)], b, good_first ? bad : good, 1900 + i);
        n += (size_t)snprintf(tsv + n, cap - n, "g%d\t%s\t%s\t%s\n", i,
                              good_first ? "favor" : "against", a, text);
        n += (size_t)snprintf(tsv + n, cap - n, "g%d\t%s\t%s\t%s\n", i,
                              good_first ? "against" : "favor", b, text);
    }
    assert_true(n < cap);
    return n;
}

static uint32_t label_for(const struct slant_model *m, const char *text, const char *alias)
{
    const char *const one[] = {alias};
    const struct slant_target target = {one, 1};
    const struct slant_sentence *sentence;
    struct slant_session *s;
    uint32_t label;
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    assert_int_equal(slant_session_line(s, text, strlen(text), &target, NULL), SLANT_OK);
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_int_equal(sentence->n_mention, 1);
    label = sentence->verdict[0].label;
    slant_session_free(s);
    return label;
}

/* One answer for a sentence, whomever it is asked about. */
static void test_two_targets(void **state)
{
    static const struct {
        const char *text, *good, *bad;
    } ask[] = {
        {"Quorvex is safe but Jundal is dangerous.", "Quorvex", "Jundal"},
        {"Quorvex is dangerous but Jundal is safe.", "Jundal", "Quorvex"},
        {"Jundal was praised while Quorvex fails badly.", "Jundal", "Quorvex"},
        {"Jundal lost trust, whereas Quorvex works well.", "Quorvex", "Jundal"},
    };
    static char tsv[1 << 16];
    size_t len = two_sided(tsv, sizeof tsv, 1, 150, 0);
    (void)state;
    for (int solver = SLANT_SOLVER_LIBSVM; solver <= SLANT_SOLVER_DUAL; solver++) {
        struct slant_train_options opt = train_options((enum slant_solver)solver);
        struct slant_model *m = learn(tsv, len, &opt);
        for (size_t i = 0; i < sizeof ask / sizeof ask[0]; i++) {
            uint32_t good = label_for(m, ask[i].text, ask[i].good);
            uint32_t bad = label_for(m, ask[i].text, ask[i].bad);
            assert_string_equal(m->head[0].label[good], "favor");
            assert_string_equal(m->head[0].label[bad], "against");
        }
        slant_model_free(m);
    }
}

/* A model of rows whose target is called by, in what could know it by name. */
static struct slant_model *learn_named(const char *by)
{
    static const char lexicon_text[] = "entry\trole\tstrength\n"
                                       "Brelka\tnegative\t3\nTolvan\tpositive\t3\n"
                                       "Tolvan lost\tnegator\t\ndid Tolvan\tnegative\t3\n"
                                       "did Tolvan's\tnegative\t3\n"
                                       "safe\tpositive\t2\ndangerous\tnegative\t3\n";
    static const char vectors_text[] = "brelka 9 -9\ntolvan -5 8\nis 1 2\nword 0 3\nBrelka 1 1\n";
    char lexicon[64];
    char vectors[64];
    static char tsv[1 << 16];
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct slant_model *m;
    size_t n = (size_t)snprintf(tsv, sizeof tsv, "stance\ttarget\ttext\n");
    struct sl_rng rng = {9};
    for (int i = 0; i < 80; i++) {
        bool good = sl_rng_below(&rng, 2) == 0;
        const char *what = (good ? praise : blame)[sl_rng_below(&rng, 5)];
        n += (size_t)snprintf(tsv + n, sizeof tsv - n,
                              "%s\t%s\tIn %d %s %s, not once did %s's plan fail in town %d.\n",
                              good ? "favor" : "against", by, 1900 + i * 3, by, what, by, i * i);
    }
    spill_as(lexicon, ".tsv", lexicon_text, sizeof lexicon_text - 1);
    spill(vectors, vectors_text, sizeof vectors_text - 1);
    opt.lexicon = lexicon;
    opt.vectors = vectors;
    opt.n_fold = 3;
    m = learn(tsv, n, &opt);
    (void)unlink(lexicon);
    (void)unlink(vectors);
    return m;
}

/* The target's name reaching a feature, a weight or a probability: by its letters, its place in the
 * lexicon, its vector, or what stands around it. */
static void test_name_is_not_learned(void **state)
{
    static const char *const alias[2][1] = {{"Brelka"}, {"Tolvan"}};
    static const char *const text[2] = {"Brelka lost trust and Brelka's word is not safe.",
                                        "Tolvan lost trust and Tolvan's word is not safe."};
    struct slant_model *m[2];
    const struct sl_vocabulary *a;
    const struct sl_vocabulary *b;
    (void)state;
    for (int i = 0; i < 2; i++) {
        m[i] = learn_named(alias[i][0]);
    }
    a = &m[0]->vocabulary;
    b = &m[1]->vocabulary;
    assert_int_equal(sl_n_feature(a), sl_n_feature(b));
    assert_int_equal(a->word_start[a->n_word], b->word_start[b->n_word]);
    assert_memory_equal(a->word_bytes, b->word_bytes, a->word_start[a->n_word]);
    assert_int_equal(a->character_start[a->n_character], b->character_start[b->n_character]);
    assert_memory_equal(a->character_bytes, b->character_bytes, a->character_start[a->n_character]);
    assert_memory_equal(m[0]->row, m[1]->row,
                        (size_t)sl_n_feature(a) * m[0]->stride * sizeof *m[0]->row);
    assert_memory_equal(m[0]->fit[0].bias, m[1]->fit[0].bias, sizeof m[0]->fit[0].bias);
    assert_true(m[0]->fit[0].slope == m[1]->fit[0].slope);
    for (int model = 0; model < 2; model++) { /* either model on either sentence */
        double margin[2][SL_MAX_COLUMN];
        for (int i = 0; i < 2; i++) {
            const struct slant_target target = {alias[i], 1};
            const struct slant_sentence *sentence;
            struct slant_session *s;
            assert_int_equal(slant_session_new(m[model], &s, NULL), SLANT_OK);
            assert_int_equal(slant_session_line(s, text[i], strlen(text[i]), &target, NULL),
                             SLANT_OK);
            assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
            assert_int_equal(sentence->n_mention, 2);
            memcpy(margin[i], s->margin, m[model]->n_column * sizeof margin[i][0]);
            slant_session_free(s);
        }
        assert_memory_equal(margin[0], margin[1], m[model]->n_column * sizeof margin[0][0]);
    }
    slant_model_free(m[0]);
    slant_model_free(m[1]);
}

/* Rows in which nothing but the name tells the stance. */
static size_t named_rows(char *tsv, size_t cap)
{
    static const char *const tail[] = {"was in the news", "spoke at noon", "will sign the deal",
                                       "opened an office", "held a meeting"};
    struct sl_rng rng = {4};
    size_t n = (size_t)snprintf(tsv, cap, "stance\ttarget\ttext\n");
    for (int i = 0; i < 120; i++) {
        bool good = i % 2 == 0;
        const char *by = good ? "Brelka" : "Tolvan";
        n += (size_t)snprintf(tsv + n, cap - n, "%s\t%s\tIn %d %s %s in town %d.\n",
                              good ? "favor" : "against", by, 1900 + i * 7, by,
                              tail[sl_rng_below(&rng, 5)], i * i);
    }
    assert_true(n < cap);
    return n;
}

/* A name not learned where it is asked for, or scored otherwise than explained. */
static void test_name_is_learned_when_asked(void **state)
{
    static char tsv[1 << 16];
    static const char *const alias[2][1] = {{"Brelka"}, {"Tolvan"}};
    size_t len = named_rows(tsv, sizeof tsv);
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct slant_model *m;
    (void)state;
    opt.target_words = true;
    m = learn(tsv, len, &opt);
    for (uint32_t i = 0; i < 2; i++) {
        char text[64];
        const struct slant_target target = {alias[i], 1};
        const struct slant_sentence *sentence;
        const struct slant_term *term;
        struct slant_session *s;
        size_t n;
        double sum;
        bool named = false;
        (void)snprintf(text, sizeof text, "Today %s was in the news.", alias[i][0]);
        assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
        assert_int_equal(slant_session_line(s, text, strlen(text), &target, NULL), SLANT_OK);
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        assert_string_equal(m->head[0].label[sentence->verdict[0].label],
                            i == 0 ? "favor" : "against");
        assert_int_equal(slant_session_explain(s, 0, i, &term, &n, &sum, NULL), SLANT_OK);
        for (size_t k = 0; k < n; k++) {
            sum += term[k].contribution;
            named = named || strcmp(term[k].name, i == 0 ? "word:brelka" : "word:tolvan") == 0;
        }
        assert_true(named);
        assert_true(near(sum, sentence->verdict[0].margin[i], 1e-9));
        slant_session_free(s);
    }
    slant_model_free(m);
}

/* ---- the target's own people ---- */

/* Words that tell nothing, other ones each time. */
static const char *chatter(char out[96], struct sl_rng *rng)
{
    size_t n = 0;
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 3; k++) {
            out[n++] = "bdfgklmnprst"[sl_rng_below(rng, 12)];
            out[n++] = "aeiou"[sl_rng_below(rng, 5)];
        }
        out[n++] = ' ';
    }
    out[n - 1] = 0;
    return out;
}

/* Articles in which Lin Bao speaks, against, and a minister, mostly for it. */
static size_t own_people(char *tsv, size_t cap, const char *role)
{
    struct sl_rng rng = {5};
    size_t n = (size_t)snprintf(tsv, cap, "group\tstance\ttarget\ttext\n");
    for (int i = 0; i < 60; i++) {
        char who[32];
        char words[96];
        (void)name(who, sizeof who, (uint64_t)i);
        n += (size_t)snprintf(tsv + n, cap - n, "a%d\tagainst\t%s\t%s %s Lin Bao said %s.\n", i,
                              who, who, role, chatter(words, &rng));
        n += (size_t)snprintf(tsv + n, cap - n, "a%d\tagainst\t%s\tLin also said %s.\n", i, who,
                              chatter(words, &rng));
        n += (size_t)snprintf(tsv + n, cap - n, "a%d\t%s\t%s\tMinister Ana Reis said %s.\n", i,
                              i % 8 == 0 ? "against" : "favor", who, chatter(words, &rng));
        n += (size_t)snprintf(tsv + n, cap - n, "b%d\tfavor\t%s\t%s rival Lin Bao said %s.\n", i,
                              who, who, chatter(words, &rng));
        n += (size_t)snprintf(tsv + n, cap - n, "b%d\tfavor\t%s\tLin also said %s.\n", i, who,
                              chatter(words, &rng));
    }
    assert_true(n < cap);
    return n;
}

/* That a speaker is the target's not learned, or learned of others. */
static void test_own_people(void **state)
{
    static char tsv[1 << 16];
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    (void)state;
    for (int own = 0; own < 2; own++) {
        size_t len = own_people(tsv, sizeof tsv, own == 1 ? "chairman" : "customer");
        struct slant_model *m = learn(tsv, len, &opt);
        assert_int_equal(sl_model_knows_own(&m->fit[0], m->head[0].n_label), own == 1);
        assert_string_equal(m->head[0].label[1], "against");
        assert_true(own == 0 || m->fit[0].own_shift[1] > m->fit[0].own_shift[0]);
        slant_model_free(m);
    }
}

/* ---- a stance for each subject ---- */

/* n_bridge and n_harbour rows; what is for the one is against the other. */
static size_t two_subjects(char *tsv, size_t cap, int n_bridge, int n_harbour)
{
    struct sl_rng rng = {2};
    size_t n = (size_t)snprintf(tsv, cap, "stance\tsentiment\tsubject\ttext\n");
    for (int i = 0; i < n_bridge + n_harbour; i++) {
        bool bridge = i < n_bridge;
        bool good = i % 2 == 0;
        char a[32];
        n += (size_t)snprintf(tsv + n, cap - n, "%s\t%s\t%s\tThe %s plan of %d %s, report %d.\n",
                              good == bridge ? "favor" : "against", good ? "positive" : "negative",
                              bridge ? "bridge" : "harbour",
                              name(a, sizeof a, sl_rng_below(&rng, 96)), i * 31,
                              (good ? praise : blame)[sl_rng_below(&rng, 5)], i * 97);
    }
    assert_true(n < cap);
    return n;
}

/* Heads that learn from each other's rows, or from none. */
static void test_heads(void **state)
{
    static char tsv[1 << 16];
    struct sl_rows rows;
    struct sl_heads heads;
    size_t len = two_subjects(tsv, sizeof tsv, 30, 20);
    size_t n[3] = {0};
    (void)state;
    assert_int_equal(read_rows(tsv, len, &rows, NULL), SLANT_OK);
    heads = sl_heads_of(&rows, false);
    assert_int_equal(heads.n, 3); /* a stance each, one sentiment */
    assert_int_equal(heads.n_column, 6);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(heads.column[i], 2 * i);
        assert_int_equal(heads.of_rows[i], i < 2 ? 0 : 1);
        for (size_t r = 0; r < rows.n; r++) {
            n[i] += sl_head_learns(&heads, i, &rows.row[r]);
        }
    }
    assert_int_equal(n[0], 30);
    assert_int_equal(n[1], 20);
    assert_int_equal(n[2], 50);
    assert_string_equal(sl_strings_get(&rows.subject, heads.subject[0]), "bridge");
    assert_string_equal(sl_strings_get(&rows.subject, heads.subject[1]), "harbour");
    assert_true(heads.subject[2] == SL_ANY_SUBJECT);
    heads = sl_heads_of(&rows, true);
    assert_int_equal(heads.n, 2);
    assert_true(heads.subject[0] == SL_ANY_SUBJECT);
    sl_rows_free(&rows);
    /* too few rows of some label for one of the two: together */
    len = two_subjects(tsv, sizeof tsv, 30, 2 * SL_MIN_LABEL_ROWS - 1);
    assert_int_equal(read_rows(tsv, len, &rows, NULL), SLANT_OK);
    assert_int_equal(sl_heads_of(&rows, false).n, 2);
    sl_rows_free(&rows);
    len = two_subjects(tsv, sizeof tsv, 30, 2 * SL_MIN_LABEL_ROWS);
    assert_int_equal(read_rows(tsv, len, &rows, NULL), SLANT_OK);
    assert_int_equal(sl_heads_of(&rows, false).n, 3);
    sl_rows_free(&rows);
    /* one subject */
    len = two_subjects(tsv, sizeof tsv, 30, 0);
    assert_int_equal(read_rows(tsv, len, &rows, NULL), SLANT_OK);
    assert_int_equal(sl_heads_of(&rows, false).n, 2);
    sl_rows_free(&rows);
}

/* More subjects than a model can hold heads for. */
static void test_many_subjects(void **state)
{
    static char tsv[1 << 16];
    (void)state;
    for (int n_subject = 2; n_subject <= SLANT_MAX_HEAD + 1; n_subject++) {
        struct sl_rows rows;
        struct sl_heads heads;
        size_t n = (size_t)snprintf(tsv, sizeof tsv, "stance\tsentiment\tsubject\ttext\n");
        for (int i = 0; i < n_subject * 2 * SL_MIN_LABEL_ROWS; i++) {
            n += (size_t)snprintf(tsv + n, sizeof tsv - n, "%s\tpositive\tsubject%d\ttext %d\n",
                                  i / n_subject % 2 ? "favor" : "against", i % n_subject, i);
        }
        assert_int_equal(read_rows(tsv, n, &rows, NULL), SLANT_OK);
        heads = sl_heads_of(&rows, false);
        assert_true(heads.n <= SLANT_MAX_HEAD);
        assert_int_equal(heads.n, n_subject < SLANT_MAX_HEAD ? n_subject + 1 : 2);
        sl_rows_free(&rows);
    }
}

/* Two heads that give one answer, or each the other's. */
static void test_stance_by_subject(void **state)
{
    static char tsv[1 << 16];
    static const char text[] = "The new plan is safe.";
    size_t len = two_subjects(tsv, sizeof tsv, 80, 80);
    struct slant_train_options opt = train_options(SLANT_SOLVER_DUAL);
    struct slant_model *m = learn(tsv, len, &opt);
    struct slant_session *s;
    const struct slant_sentence *sentence;
    const struct slant_head *head;
    size_t n_head;
    (void)state;
    head = slant_model_heads(m, &n_head);
    assert_int_equal(n_head, 3);
    assert_string_equal(m->fit[0].subject, "bridge");
    assert_string_equal(m->fit[1].subject, "harbour");
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    assert_int_equal(slant_session_line(s, text, sizeof text - 1, NULL, NULL), SLANT_OK);
    assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
    assert_string_equal(head[0].label[sentence->verdict[0].label], "favor");
    assert_string_equal(head[1].label[sentence->verdict[1].label], "against");
    assert_string_equal(head[2].label[sentence->verdict[2].label], "positive");
    slant_session_free(s);
    slant_model_free(m);
    /* pooled, the two speak against each other, and the words say nothing */
    opt.pooled = true;
    m = learn(tsv, len, &opt);
    (void)slant_model_heads(m, &n_head);
    assert_int_equal(n_head, 2);
    slant_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_targets),
        cmocka_unit_test(test_name_is_not_learned),
        cmocka_unit_test(test_name_is_learned_when_asked),
        cmocka_unit_test(test_own_people),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_many_subjects),
        cmocka_unit_test(test_stance_by_subject),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
