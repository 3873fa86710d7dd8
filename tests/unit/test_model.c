#include "learned.h"

#include "base/bytes.h"
#include "base/rng.h"
#include "judge/session.h"
#include "model/bundle.h"
#include "near.h"

#include <errno.h>

/* A small model's file, learned once. */
static char *file;
static size_t file_len;

static int learn_once(void **state)
{
    static const char *const side[3] = {"favor", "against", "none"};
    static const char *const tone[3] = {"negative", "neutral", "positive"};
    static const char *const what[3] = {"must not sell the unsafe boxes", "may sell its good boxes",
                                        "sells caf\xc3\xa9 boxes on Monday"};
    static const char *const who[4] = {"Brelka", "The maker", "Ostrin", "Nobody there"};
    struct slant_train_options opt = train_options(SLANT_SOLVER_AUTO);
    struct slant_error err = {0};
    char tsv[8192] = "group\tstance\tsentiment\ttarget\ttext\n";
    static const char lexicon_text[] = "entry\trole\tstrength\tclass\n"
                                       "good\tpositive\t2\t\n"
                                       "unsafe\tnegative\t3\t\n"
                                       "boxes\t\t\tthing\n"
                                       "sell\t\t\tdeed\n"
                                       "must not\tnegator\t\t\n";
    static const char vectors_text[] = "boxes 1 2\nsell 0.5 -1\nmust -1 0.25\n";
    char lexicon[64];
    char vectors[64];
    (void)state;
    for (unsigned i = 0; i < 24; i++) {
        size_t n = strlen(tsv);
        (void)snprintf(tsv + n, sizeof tsv - n,
                       "g%u\t%s\t%s\tBrelka\tOnce more %s %s, it said, part %u of %u!\n", i / 2,
                       side[i % 3], tone[(i + i / 7) % 3], who[i % 4], what[i % 3], i, i * i);
    }
    opt.n_fold = 2;
    opt.subject = "vendor ban";
    spill_as(lexicon, ".tsv", lexicon_text, sizeof lexicon_text - 1);
    spill(vectors, vectors_text, sizeof vectors_text - 1);
    opt.lexicon = lexicon;
    opt.vectors = vectors;
    if (learn_bytes(tsv, strlen(tsv), &opt, 1, &file, &file_len, &err) != SLANT_OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    (void)unlink(lexicon);
    (void)unlink(vectors);
    return 0;
}

static int free_file(void **state)
{
    (void)state;
    free(file);
    return 0;
}

/* A copy in a block of exactly its size, so that a sanitizer sees a read behind it. */
static unsigned char *copy_of(size_t len)
{
    unsigned char *p = malloc(len > 0 ? len : 1);
    assert_non_null(p);
    memcpy(p, file, len < file_len ? len : file_len);
    return p;
}

static void put32(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++) {
        p[i] = (unsigned char)(v >> 8 * i);
    }
}

static void put64(unsigned char *p, uint64_t v)
{
    put32(p, (uint32_t)v);
    put32(p + 4, (uint32_t)(v >> 32));
}

/* Makes the checksum right again: what damage by accident cannot do, but a hostile hand can. */
static void repair(unsigned char *p, size_t len)
{
    put64(p + 24, sl_hash(p + SL_BUNDLE_HEADER, len - SL_BUNDLE_HEADER, sl_hash(p, 24, 0)));
}

/* Opens; where it is refused, the out-argument must be untouched and the message filled. */
static enum slant_status try_open(const unsigned char *p, size_t len, struct slant_model **m)
{
    struct slant_model *const untouched = (struct slant_model *)(uintptr_t)0x10;
    struct slant_error err = {0};
    enum slant_status status;
    *m = untouched;
    status = slant_model_open_bytes(p, len, "a.slant", m, &err);
    if (status != SLANT_OK) {
        assert_ptr_equal(*m, untouched);
        assert_int_equal(err.status, status);
        assert_true(err.text[0] != 0);
        *m = NULL;
    }
    return status;
}

static void assert_refused(const unsigned char *p, size_t len, enum slant_status want)
{
    struct slant_model *m;
    enum slant_status status = try_open(p, len, &m);
    slant_model_free(m);
    assert_int_equal(status, want);
}

/* The section's entry in the table. */
static size_t entry_of(const unsigned char *p, const char *tag)
{
    for (size_t i = 0; i < SL_N_SECTION; i++) {
        if (memcmp(p + SL_BUNDLE_HEADER + i * SL_BUNDLE_ENTRY, tag, 4) == 0) {
            return SL_BUNDLE_HEADER + i * SL_BUNDLE_ENTRY;
        }
    }
    fail();
    return 0;
}

static size_t section_of(const unsigned char *p, const char *tag)
{
    return (size_t)sl_le64(p + entry_of(p, tag) + 8);
}

/* ---- round trip ---- */

/* Anything that is read but not written again, or written otherwise. */
static void test_round_trip(void **state)
{
    struct slant_model *m;
    struct sl_buf out = {0};
    (void)state;
    assert_int_equal(try_open((unsigned char *)file, file_len, &m), SLANT_OK);
    m->digest = 0;
    sl_model_write(m, &out);
    assert_false(out.failed);
    assert_int_equal(out.len, file_len);
    assert_memory_equal(out.p, file, file_len);
    assert_true(m->digest == sl_le64((unsigned char *)file + 24));
    sl_buf_free(&out);
    slant_model_free(m);
}

/* A writer that counts its offsets from the buffer's start instead of its own. */
static void test_write_behind_something(void **state)
{
    struct slant_model *m;
    struct sl_buf out = {0};
    (void)state;
    assert_int_equal(try_open((unsigned char *)file, file_len, &m), SLANT_OK);
    sl_buf_text(&out, "some bytes before");
    sl_model_write(m, &out);
    assert_int_equal(out.len, 17 + file_len);
    assert_memory_equal(out.p + 17, file, file_len);
    sl_buf_free(&out);
    slant_model_free(m);
}

/* Heads, labels or subject that differ from what was trained. */
static void test_heads(void **state)
{
    struct slant_model *m;
    const struct slant_head *head;
    size_t n = 99;
    (void)state;
    assert_int_equal(try_open((unsigned char *)file, file_len, &m), SLANT_OK);
    head = slant_model_heads(m, &n);
    assert_int_equal(n, 2);
    assert_string_equal(head[0].name, "stance");
    assert_int_equal(head[0].n_label, 3);
    assert_string_equal(head[0].label[0], "favor");
    assert_string_equal(head[0].label[1], "against");
    assert_string_equal(head[0].label[2], "none");
    assert_string_equal(head[1].name, "sentiment");
    assert_string_equal(head[1].label[0], "negative");
    assert_string_equal(head[1].label[2], "positive");
    assert_string_equal(m->fit[0].subject, "vendor ban");
    for (size_t h = 0; h < 2; h++) {
        const double *p = m->fit[h].prior;
        assert_true(near(p[0] + p[1] + p[2], 1, 1e-12));
    }
    slant_model_free(m);
    assert_null(slant_model_heads(NULL, &n));
    assert_int_equal(n, 0);
    slant_model_free(NULL);
}

/* Arguments and paths that crash instead of failing. */
static void test_misuse(void **state)
{
    struct slant_model *m = NULL;
    struct slant_error err = {0};
    (void)state;
    assert_int_equal(slant_model_open_bytes(NULL, 5, "a", &m, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_model_open_bytes(file, file_len, NULL, &m, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_model_open_bytes(file, file_len, "a", NULL, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_model_open_bytes(file, 9, "a", &m, NULL), SLANT_ERR_BUNDLE);
    assert_int_equal(slant_model_open(NULL, &m, &err), SLANT_ERR_ARG);
    assert_int_equal(slant_model_open("/nowhere/at/all.slant", &m, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_null(m);
}

/* ---- damage ---- */

/* A length that is trusted before it is compared. */
static void test_cut_short(void **state)
{
    (void)state;
    for (size_t len = 0; len < file_len; len++) {
        unsigned char *p = copy_of(len);
        assert_refused(p, len, SLANT_ERR_BUNDLE);
        free(p);
    }
}

/* Bytes behind the end that nobody looks at. */
static void test_grown(void **state)
{
    unsigned char *p = copy_of(file_len + 8);
    (void)state;
    memset(p + file_len, 0, 8);
    assert_refused(p, file_len + 1, SLANT_ERR_BUNDLE);
    assert_refused(p, file_len + 8, SLANT_ERR_BUNDLE);
    free(p);
}

/* Cut short by a hand that mends length and checksum. */
static void test_cut_short_and_mended(void **state)
{
    unsigned char *padded = copy_of(file_len);
    size_t end = section_of(padded, "LGRM") + sl_le64(padded + entry_of(padded, "LGRM") + 16);
    (void)state;
    free(padded);
    for (size_t len = SL_BUNDLE_HEADER; len < end; len += len < 400 ? 1 : 7) {
        unsigned char *p = copy_of(len);
        put64(p + 16, len);
        repair(p, len);
        assert_refused(p, len, SLANT_ERR_BUNDLE);
        free(p);
    }
}

/* A byte that no check covers. */
static void test_flipped(void **state)
{
    unsigned char *p = copy_of(file_len);
    size_t step = trials(5) < 5 ? 7 : 1;
    struct sl_rng rng = {1};
    (void)state;
    for (size_t i = 0; i < file_len; i += i < 400 ? 1 : step) {
        unsigned char old = p[i];
        struct slant_model *m;
        p[i] = (unsigned char)(old ^ 1u << sl_rng_below(&rng, 8));
        assert_int_equal(try_open(p, file_len, &m),
                         i == 8 || i == 9 ? SLANT_ERR_VERSION : SLANT_ERR_BUNDLE);
        p[i] = old;
    }
    free(p);
}

static void check_verdict(const struct slant_head *head, const struct slant_verdict *v)
{
    unsigned sum = 0;
    uint32_t best = 0;
    for (uint32_t k = 0; k < head->n_label; k++) {
        sum += v->prob[k];
        best = v->prob[k] > v->prob[best] ? k : best;
    }
    assert_int_equal(sum, 10000);
    assert_int_equal(v->label, best);
}

static int swallow(void *user, const void *bytes, size_t len)
{
    (void)user;
    (void)bytes;
    (void)len;
    return 0;
}

/* Scores and explains with a model that passed; it may be wrong, but must not fail. */
static void use(const struct slant_model *m)
{
    static const char text[] = "Brelka must not sell the unsafe boxes, it said. Nobody there may "
                               "sell its caf\xc3\xa9 boxes on Monday! #BanIt @ana \xff";
    const char *alias = "Brelka";
    const struct slant_target target = {&alias, 1};
    struct slant_session *s;
    const struct slant_sentence *sentence;
    size_t n_head;
    const struct slant_head *head = slant_model_heads(m, &n_head);
    assert_int_equal(slant_session_new(m, &s, NULL), SLANT_OK);
    assert_int_equal(slant_session_article(s, text, sizeof text - 1, &target, NULL), SLANT_OK);
    for (;;) {
        assert_int_equal(slant_session_next(s, &sentence, NULL), SLANT_OK);
        if (sentence == NULL) {
            break;
        }
        for (size_t h = 0; h < n_head; h++) {
            check_verdict(&head[h], &sentence->verdict[h]);
            for (uint32_t k = 0; k < head[h].n_label; k++) {
                const struct slant_term *term;
                size_t n_term;
                double bias;
                assert_int_equal(slant_session_explain(s, h, k, &term, &n_term, &bias, NULL),
                                 SLANT_OK);
            }
        }
    }
    slant_session_free(s);
    /* names of all features, of which a wrong index would read elsewhere */
    assert_int_equal(slant_inspect(m, true, 1, swallow, NULL, NULL), SLANT_OK);
    for (uint32_t i = 0; i < sl_n_feature(&m->vocabulary); i += 3) {
        char name[64];
        (void)sl_feature_name(&m->vocabulary, i, name, sizeof name);
    }
}

static void open_and_use(const unsigned char *p, size_t len, int count[2])
{
    struct slant_model *m;
    enum slant_status status = try_open(p, len, &m);
    assert_true(status == SLANT_OK || status == SLANT_ERR_BUNDLE || status == SLANT_ERR_VERSION);
    count[status == SLANT_OK]++;
    if (status == SLANT_OK) {
        use(m);
        slant_model_free(m);
    }
}

/* An index or length that only the checksum kept in bounds. */
static void test_flipped_and_mended(void **state)
{
    unsigned char *p = copy_of(file_len);
    size_t weights = section_of(p, "ROWS");
    size_t step = trials(5) < 5 ? 7 : 1;
    int count[2] = {0, 0};
    struct sl_rng rng = {2};
    (void)state;
    /* every byte before the weights (every seventh in a slow build), then a sample of those */
    for (size_t i = 0; i < file_len; i += i >= weights ? 41 * step : step) {
        unsigned char old = p[i];
        p[i] = (unsigned char)(old ^ 1u << sl_rng_below(&rng, 8));
        repair(p, file_len);
        open_and_use(p, file_len, count);
        p[i] = old;
    }
    free(p);
    assert_true(count[0] > 20 && count[1] > 20);
}

/* Sizes whose product or sum wraps round; numbers at the edges of their types. */
static void test_edge_numbers_mended(void **state)
{
    static const uint32_t edge[] = {0,          1,          2,          0x7f,       0xff,
                                    0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x7f800000,
                                    0x7fc00000, 0xff7fffff, 0x00000001, 0x7fefffff, 0x40000000};
    unsigned char *p = copy_of(file_len);
    size_t weights = section_of(p, "ROWS");
    size_t step = trials(5) < 5 ? 7 : 1;
    struct sl_rng rng = {3};
    int count[2] = {0, 0};
    (void)state;
    for (size_t i = 12; i + 4 <= file_len; i += i >= weights ? 404 * step : 4 * step) {
        unsigned char old[4];
        memcpy(old, p + i, 4);
        put32(p + i, edge[sl_rng_below(&rng, sizeof edge / sizeof edge[0])]);
        repair(p, file_len);
        open_and_use(p, file_len, count);
        memcpy(p + i, old, 4);
    }
    free(p);
    assert_true(count[0] > 20 && count[1] > 20);
}

/* A newer major version taken for this one; a strange file taken for a model. */
static void test_magic_and_version(void **state)
{
    unsigned char *p = copy_of(file_len);
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        p[i] ^= 0x20;
        repair(p, file_len);
        assert_refused(p, file_len, SLANT_ERR_BUNDLE);
        p[i] ^= 0x20;
    }
    for (unsigned major = 0; major < 600; major += 1 + major / 4) {
        if (major != SL_BUNDLE_MAJOR) {
            p[8] = (unsigned char)major;
            p[9] = (unsigned char)(major >> 8);
            repair(p, file_len);
            assert_refused(p, file_len, SLANT_ERR_VERSION);
        }
    }
    free(p);
}

/* A model of another libstemmer that scores nonsense without a word. */
static void test_other_stemmer(void **state)
{
    unsigned char *p = copy_of(file_len);
    size_t at = section_of(p, "NAME");
    (void)state;
    at += 4 + sl_le32(p + at); /* the name */
    at += 4 + sl_le32(p + at); /* the language */
    p[at] ^= 1;
    repair(p, file_len);
    assert_refused(p, file_len, SLANT_ERR_VERSION);
    free(p);
}

/* Writes v at an offset of a section, mends the checksum, wants a refusal, and undoes it. */
static void refuse_number(unsigned char *p, const char *tag, size_t offset, uint32_t v)
{
    unsigned char *at = p + section_of(p, tag) + offset;
    uint32_t old = sl_le32(at);
    assert_true(offset + 4 <= sl_le64(p + entry_of(p, tag) + 16));
    put32(at, v);
    repair(p, file_len);
    assert_refused(p, file_len, SLANT_ERR_BUNDLE);
    put32(at, old);
}

/* The same in a feature's two cells of what it adds to norms. */
static void refuse_norm(unsigned char *p, const struct slant_model *m, size_t feature, uint8_t high,
                        uint8_t low)
{
    size_t offset = feature * m->stride + m->n_column;
    size_t at = section_of(p, "ROWS") + offset;
    uint32_t rest = (uint32_t)p[at + 2] << 16 | (uint32_t)p[at + 3] << 24;
    refuse_number(p, "ROWS", offset, rest | high | (uint32_t)low << 8);
}

/* The lexicon's strengths and roles, and what says where its and the vectors' words lie. */
static void check_lexicon_and_vectors(unsigned char *p, const struct slant_model *m)
{
    const struct sl_lexicon *x = &m->vocabulary.lexicon;
    size_t count = 4 + x->n_class * (size_t)SL_CLASS_NAME;
    size_t start = count + 4;
    size_t strength = start + 4 * ((size_t)x->n + 1);
    size_t role = strength + 4 * (size_t)x->n;
    size_t word_class = role + 4 * (size_t)x->n;
    assert_true(x->n > 2 && m->vocabulary.n_vector == 3);
    for (uint32_t i = 0; i < x->n; i++) {
        refuse_number(p, "LEXI", role + 4 * i, SL_N_ROLE);
        refuse_number(p, "LEXI", word_class + 4 * i, 3);
        if (x->word_class[i] == 0) { /* neither */
            refuse_number(p, "LEXI", role + 4 * i, SL_ROLE_NONE);
        } else if (x->role[i] == SL_ROLE_NONE) {
            refuse_number(p, "LEXI", word_class + 4 * i, 0);
        }
        refuse_number(p, "LEXI", strength + 4 * i, 0x7fc00000); /* NaN */
        refuse_number(p, "LEXI", strength + 4 * i, 0xff800000); /* -inf */
        refuse_number(p, "LEXI", start + 4 * i, UINT32_MAX);
    }
    refuse_number(p, "LEXI", count, x->n + 1);
    refuse_number(p, "LEXI", start + 4 * (size_t)x->n, UINT32_MAX);
    refuse_number(p, "LEXI", word_class + 4 * (size_t)x->n + x->start[1], 0); /* out of order */
    assert_int_equal(x->n_class, 2);
    refuse_number(p, "LEXI", 0, SL_MAX_WORD_CLASS + 1);
    refuse_number(p, "LEXI", 0, UINT32_MAX);
    refuse_number(p, "LEXI", 4, 0x64656564);                     /* deed */
    refuse_number(p, "LEXI", 4, 0);                              /* no name */
    refuse_number(p, "LEXI", 4 + SL_CLASS_NAME - 4, 0x41414141); /* letters behind its end */
    refuse_number(p, "LEXI", 4, 0x5a5a5a5a);                     /* out of order */
    refuse_number(p, "LEXI", 4, 0x00544f4e);                     /* NOT */
    refuse_number(p, "VECT", 0, 4);
    refuse_number(p, "VECT", 4, 1);
    refuse_number(p, "VECT", 12, 0);
    refuse_number(p, "VECT", 16, UINT32_MAX);
    refuse_number(p, "VECT", 4 + 4 * 4 + m->vocabulary.vector_start[1], 0);
}

/* Look-up tables whose features lie elsewhere, or whose shapes do not go together. */
static void check_tables(unsigned char *p, const struct slant_model *m)
{
    const struct sl_vocabulary *v = &m->vocabulary;
    static const uint32_t bits[] = {0, 29, 33, 64, 255, UINT32_MAX};
    size_t n = 0;
    for (size_t i = 0; i < sl_pair_slots(v->pair.n_bucket); i++) { /* one too few, one too many */
        refuse_number(p, "PAIR", SL_BUNDLE_ALIGN + 4 * i, v->pair.tag[i] == 0);
        n += v->pair.tag[i] != 0;
    }
    assert_int_equal(n, v->n_bigram + v->n_trigram);
    refuse_number(p, "PAIR", 0, v->n_bigram + 1);
    refuse_number(p, "PAIR", 4, v->n_trigram - 1);
    for (size_t i = 0; i < sl_lookup_buckets(v->word_gram.bucket_bits); i++) {
        for (size_t k = 0; k < SL_GRAM_SLOTS; k++) {
            if (v->word_gram.bucket[i].gram[k] != 0) {
                refuse_number(p, "WGRM",
                              SL_BUNDLE_ALIGN + i * sizeof *v->word_gram.bucket +
                                  8 * SL_GRAM_SLOTS + 4 * k,
                              v->n_word);
            }
        }
    }
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++) {
        refuse_number(p, "PAIR", 8, bits[i]);
        refuse_number(p, "PAIR", 12, bits[i]);
        refuse_number(p, "PAIR", 16, bits[i]);
        refuse_number(p, "WGRM", 0, bits[i]);
        refuse_number(p, "CGRM", 0, bits[i]);
        refuse_number(p, "LGRM", 0, bits[i]);
    }
    refuse_number(p, "PAIR", 12, v->pair.word_bits + 1);
    refuse_number(p, "PAIR", 16, v->pair.n_bucket + 1);
}

/* Indices one past their list, lists and strings out of order, numbers that are none. */
static void test_bad_contents(void **state)
{
    unsigned char *p = copy_of(file_len);
    struct slant_model *m;
    uint32_t n_word;
    size_t next = 0;
    (void)state;
    assert_int_equal(try_open(p, file_len, &m), SLANT_OK);
    n_word = m->vocabulary.n_word;
    assert_true(m->vocabulary.n_bigram > 0 && m->vocabulary.n_trigram > 0);
    for (int i = 0; i < SL_N_LIST; i++) {
        const struct sl_list *list = &m->vocabulary.list[i];
        assert_true(list->n > 1);
        refuse_number(p, "LIST", next + 4 * (size_t)list->n, m->vocabulary.first[1]);
        refuse_number(p, "LIST", next + 4, list->feature[1]);
        refuse_number(p, "LIST", next, UINT32_MAX);
        next += 4 + 4 * (size_t)list->n;
    }
    check_lexicon_and_vectors(p, m);
    refuse_number(p, "WORD", 4, 1);
    refuse_number(p, "CHAR", 8, UINT32_MAX);
    /* the second word before the first */
    refuse_number(p, "WORD", 4 + 4 * ((size_t)n_word + 1) + m->vocabulary.word_start[1], 0);
    refuse_norm(p, m, 0, 0, 0);
    refuse_norm(p, m, 0, 0xff, 1);
    refuse_norm(p, m, 3, 1, 0x80);
    refuse_norm(p, m, sl_n_feature(&m->vocabulary) - 2, 0, 0);
    for (uint32_t k = 0; k <= m->n_column; k++) { /* units */
        refuse_number(p, "UNIT", 8 * (size_t)k + 4, 0x7ff00000);
        refuse_number(p, "UNIT", 8 * (size_t)k + 4, 0xbff00000); /* -1 */
    }
    refuse_number(p, "UNIT", 8 * (size_t)m->n_column + 4, 0); /* of norms none */
    check_tables(p, m);
    refuse_number(p, "BLOK", 8, 0x7ff00000); /* the upper half of infinity */
    refuse_number(p, "BLOK", 0, SL_N_BLOCK + 1);
    refuse_number(p, "HEAD", 0, 1);
    refuse_number(p, "HEAD", 0, 0);
    refuse_number(p, "HEAD", 0, SLANT_MAX_HEAD + 1);
    slant_model_free(m);
    free(p);
}

/* The file with one more section at its end; free it. */
static unsigned char *with_section(uint32_t flags, size_t *len)
{
    enum {
        TABLE = SL_BUNDLE_HEADER + SL_FIRST_OPTIONAL * SL_BUNDLE_ENTRY
    }; /* it has the needed ones */
    unsigned char *p = malloc(file_len + 8);
    unsigned char *entry = p + TABLE;
    assert_non_null(p);
    memcpy(p, file, file_len);
    *len = file_len + 8;
    /* the table grows into the gap before the first section */
    assert_true(TABLE + SL_BUNDLE_ENTRY <= section_of(p, sl_section_tag[0]));
    assert_int_equal(file_len % SL_BUNDLE_ALIGN, 0);
    memcpy(entry, "MORE", 4);
    put32(entry + 4, flags);
    put64(entry + 8, *len - 8);
    put64(entry + 16, 8);
    memcpy(p + *len - 8, "contents", 8);
    p[10] = SL_BUNDLE_MINOR + 1;
    put32(p + 12, SL_FIRST_OPTIONAL + 1);
    put64(p + 16, *len);
    repair(p, *len);
    return p;
}

/* A later minor version refused, or a section that must be known passed over. */
static void test_more_sections(void **state)
{
    size_t len;
    unsigned char *p = with_section(0, &len);
    struct slant_model *m;
    (void)state;
    assert_int_equal(try_open(p, len, &m), SLANT_OK);
    use(m);
    slant_model_free(m);
    /* the known section twice, and one that points behind the end */
    memcpy(p + entry_of(p, "LGRM") + SL_BUNDLE_ENTRY, "META", 4);
    repair(p, len);
    assert_refused(p, len, SLANT_ERR_BUNDLE);
    free(p);
    p = with_section(1, &len);
    assert_refused(p, len, SLANT_ERR_BUNDLE);
    free(p);
}

/* A missing section read as empty. */
static void test_missing_sections(void **state)
{
    unsigned char *p = copy_of(file_len);
    (void)state;
    for (size_t i = 0; i < SL_FIRST_OPTIONAL; i++) {
        unsigned char *entry = p + entry_of(p, sl_section_tag[i]);
        memcpy(entry, "ELSE", 4);
        put32(entry + 4, 0);
        repair(p, file_len);
        assert_refused(p, file_len, SLANT_ERR_BUNDLE);
        memcpy(entry, sl_section_tag[i], 4);
    }
    free(p);
}

/* Seeds of the fuzzer that the format has left behind: each would be refused by its version, and nothing
 * behind that be tried. Make them anew with tests/fuzz/bundle_seeds.py. */
static void test_seeds_are_of_this_format(void **state)
{
    static const char *const name[] = {"whole",    "no_lexicon", "no_vectors",
                                       "one_head", "two_labels", "target_words"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        char path[64];
        struct slant_model *m;
        struct slant_error err = {0};
        (void)snprintf(path, sizeof path, "tests/fuzz/seeds/bundle/%s", name[i]);
        assert_int_equal(slant_model_open(path, &m, &err), SLANT_OK);
        use(m);
        slant_model_free(m);
    }
}

/* The optional sections lost, misread, or written where there is nothing to say. */
static void test_optional_sections(void **state)
{
    struct slant_model *m;
    struct slant_model *again;
    struct sl_buf b = {0};
    unsigned char *p;
    (void)state;
    assert_int_equal(try_open((unsigned char *)file, file_len, &m), SLANT_OK);
    assert_false(m->vocabulary.target_words);
    assert_false(sl_model_knows_own(&m->fit[0], m->head[0].n_label));
    m->vocabulary.target_words = true;
    m->fit[0].own_slope = 0.75;
    m->fit[0].own_shift[1] = 1.5;
    sl_model_write(m, &b);
    assert_false(b.failed);
    assert_int_equal(try_open((unsigned char *)b.p, b.len, &again), SLANT_OK);
    assert_true(again->vocabulary.target_words);
    assert_true(again->fit[0].own_slope == 0.75 && again->fit[0].own_shift[1] == 1.5);
    assert_true(sl_model_knows_own(&again->fit[0], again->head[0].n_label));
    slant_model_free(again);
    slant_model_free(m);
    p = malloc(b.len);
    assert_non_null(p);
    memcpy(p, b.p, b.len);
    put32(p + section_of(p, "OWNS"), SLANT_MAX_HEAD); /* more heads than there are */
    repair(p, b.len);
    assert_refused(p, b.len, SLANT_ERR_BUNDLE);
    memcpy(p, b.p, b.len);
    memset(p + section_of(p, "OWNS") + 4, 0xff, 8); /* not a number */
    repair(p, b.len);
    assert_refused(p, b.len, SLANT_ERR_BUNDLE);
    memcpy(p, b.p, b.len);
    put64(p + entry_of(p, "NAMW") + 16, 1); /* it is empty */
    repair(p, b.len);
    assert_refused(p, b.len, SLANT_ERR_BUNDLE);
    free(p);
    sl_buf_free(&b);
}

/* Probabilities of what the target's own people say: not summing to one, or not moved as asked. */
static void test_own_probabilities(void **state)
{
    struct sl_head h = {.own_slope = 1};
    uint16_t prob[3] = {6000, 3000, 1000};
    (void)state;
    sl_model_own(&h, 3, prob);
    assert_int_equal(prob[0], 6000);
    assert_int_equal(prob[1], 3000);
    h.own_shift[1] = log(4);
    sl_model_own(&h, 3, prob); /* 0.6, 1.2, 0.1 of 1.9 */
    assert_int_equal(prob[0], 3158);
    assert_int_equal(prob[1], 6316);
    assert_int_equal(prob[2], 526);
}

/* ---- verdicts ---- */

static double spread(struct sl_rng *rng)
{
    return (double)sl_rng_below(rng, 2000001) / 1000000 - 1;
}

/* Ten-thousandths of p, one each to the largest remainders, ties to the lower index. */
static void round_by_remainders(const double *p, uint32_t n, uint16_t *prob)
{
    double rest[SLANT_MAX_LABEL];
    int left = 10000;
    for (uint32_t k = 0; k < n; k++) {
        prob[k] = (uint16_t)(p[k] * 10000);
        rest[k] = p[k] * 10000 - prob[k];
        left -= prob[k];
    }
    for (; left > 0; left--) {
        uint32_t most = 0;
        for (uint32_t k = 1; k < n; k++) {
            most = rest[k] > rest[most] ? k : most;
        }
        prob[most]++;
        rest[most] = -1;
    }
}

/* Probabilities that do not add up, are not those of the softmax, a label that contradicts them, or a lost
 * order. */
static void test_verdicts(void **state)
{
    struct sl_rng rng = {4};
    (void)state;
    for (int round = 0; round < trials(200000); round++) {
        struct sl_head h = {.slope = pow(10, 3 * spread(&rng))};
        uint32_t n = 2 + (uint32_t)sl_rng_below(&rng, round % 2 == 0 ? 2 : SLANT_MAX_LABEL - 1);
        double power = round % 4 == 0 ? 300 * spread(&rng) : 2 * spread(&rng);
        double margin[SLANT_MAX_LABEL];
        double p[SLANT_MAX_LABEL];
        uint16_t prob[SLANT_MAX_LABEL];
        uint16_t want[SLANT_MAX_LABEL];
        struct slant_head head = {NULL, NULL, n};
        struct slant_verdict v = {0, prob, margin};
        for (uint32_t k = 0; k < n; k++) {
            margin[k] = spread(&rng) * pow(10, power);
            if (k > 0 && sl_rng_below(&rng, 8) == 0) {
                margin[k] = margin[k - 1];
            }
        }
        v.label = sl_model_verdict(&h, n, margin, prob);
        check_verdict(&head, &v);
        sl_model_softmax(h.slope, h.shift, n, margin, p);
        round_by_remainders(p, n, want);
        assert_memory_equal(prob, want, n * sizeof *prob);
        for (uint32_t k = 1; k < n; k++) {
            assert_false(p[k] > p[k - 1] && prob[k] < prob[k - 1]);
            assert_false(p[k] < p[k - 1] && prob[k] > prob[k - 1]);
            assert_false(margin[k] > margin[k - 1] && p[k] < p[k - 1]);
        }
    }
}

/* Ties: the remainder goes to the lower index, and the label is the first. */
static void test_verdict_ties(void **state)
{
    struct sl_head h = {.slope = 1};
    double margin[4] = {0, 0, 0, 0};
    uint16_t prob[4];
    (void)state;
    assert_int_equal(sl_model_verdict(&h, 3, margin, prob), 0);
    assert_int_equal(prob[0], 3334);
    assert_int_equal(prob[1], 3333);
    assert_int_equal(prob[2], 3333);
    assert_int_equal(sl_model_verdict(&h, 4, margin, prob), 0);
    assert_int_equal(prob[3], 2500);
    margin[1] = 1e-9;
    assert_int_equal(sl_model_verdict(&h, 2, margin, prob), 0); /* equal as printed */
    assert_int_equal(prob[0], 5000);
    h.shift[1] = 1000;
    assert_int_equal(sl_model_verdict(&h, 2, margin, prob), 1);
    assert_int_equal(prob[1], 10000);
}

/* Hand-computed: slope 2, shifts 0.5, 0, -0.5. */
static void test_softmax(void **state)
{
    const double margin[3] = {-0.25, 0.1, 0.75};
    const double shift[3] = {0.5, 0, -0.5};
    const double e[3] = {1, 1.2214027581601699, 2.7182818284590452};
    double p[3];
    (void)state;
    sl_model_softmax(2, shift, 3, margin, p);
    for (int k = 0; k < 3; k++) {
        assert_true(near(p[k], e[k] / (e[0] + e[1] + e[2]), 1e-15));
    }
}

/* Margins that overflow when scaled become NaN, whose conversion to a number is undefined: only a
 * hostile model has them. */
static void test_verdict_overflow(void **state)
{
    struct sl_head h = {.slope = 1e300};
    const double margin[3] = {-1e300, 0, 1e300};
    const double low[2] = {-1e300, -1e300};
    double p[3];
    uint16_t prob[3];
    (void)state;
    sl_model_softmax(h.slope, h.shift, 3, margin, p);
    assert_true(near(p[0] + p[1] + p[2], 1, 1e-12));
    assert_int_equal(sl_model_verdict(&h, 3, margin, prob), 2);
    assert_int_equal(prob[2], 10000);
    sl_model_softmax(h.slope, h.shift, 2, low, p);
    assert_true(near(p[0], 0.5, 1e-12));
}

/* ---- cells ---- */

/* Cut instead of rounded, a sign that rounds otherwise, the largest past the last cell. */
static void test_cells(void **state)
{
    struct sl_rng rng = {8};
    (void)state;
    for (int i = 0; i < 200000; i++) {
        double top = ldexp(1 + (double)sl_rng_below(&rng, 1u << 20) * 0x1p-20,
                           (int)sl_rng_below(&rng, 400) - 200);
        double unit = sl_weight_unit(top);
        double w = top * ((double)sl_rng_below(&rng, 1u << 20) * 0x1p-20);
        int8_t cell = sl_cell_of(w, unit);
        assert_true(fabs(cell * unit - w) <= unit * (0.5 + 1e-12));
        assert_int_equal(sl_cell_of(-w, unit), -cell);
        assert_int_equal(sl_cell_of(top, unit), SL_CELL_MAX);
        assert_int_equal(sl_cell_of(-top, unit), -SL_CELL_MAX);
    }
    assert_int_equal(sl_cell_of(0, sl_weight_unit(0)), 0); /* a block where nothing weighs */
}

/* A level that its two cells lose, one that is none, a unit twice as large as it need be. */
static void test_norm_levels(void **state)
{
    static const double top[] = {1e-9, 0.5, 1, 1.99, 2, 127.9, 128, 361, 1e6};
    (void)state;
    for (uint32_t level = 1; level <= SL_NORM_MAX; level++) {
        int8_t cell[SL_NORM_CELLS];
        sl_put_norm_level(cell, (uint16_t)level);
        assert_true(cell[0] >= 0 && cell[1] >= 0);
        assert_int_equal(cell[0] * SL_NORM_BASE + cell[1], level);
        assert_int_equal(sl_norm_level(level * 0.25, 0.25), level);
    }
    assert_int_equal(sl_norm_level(0, 1), 1);
    assert_int_equal(sl_norm_level(1e9, 1), SL_NORM_MAX);
    for (size_t i = 0; i < sizeof top / sizeof top[0]; i++) {
        double unit = sl_norm_unit(top[i]);
        int exponent;
        assert_true(frexp(unit, &exponent) == 0.5);
        assert_true(unit * SL_NORM_MAX >= top[i]);
        assert_true(unit * SL_NORM_MAX < 2 * top[i] || top[i] < 0.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_norm_levels),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_write_behind_something),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_misuse),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_grown),
        cmocka_unit_test(test_cut_short_and_mended),
        cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_flipped_and_mended),
        cmocka_unit_test(test_edge_numbers_mended),
        cmocka_unit_test(test_magic_and_version),
        cmocka_unit_test(test_other_stemmer),
        cmocka_unit_test(test_bad_contents),
        cmocka_unit_test(test_more_sections),
        cmocka_unit_test(test_missing_sections),
        cmocka_unit_test(test_seeds_are_of_this_format),
        cmocka_unit_test(test_optional_sections),
        cmocka_unit_test(test_own_probabilities),
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_verdict_ties),
        cmocka_unit_test(test_softmax),
        cmocka_unit_test(test_verdict_overflow),
    };
    return cmocka_run_group_tests(tests, learn_once, free_file);
}
