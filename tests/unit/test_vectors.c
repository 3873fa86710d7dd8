#include "learned.h"

#include "near.h"

#include <zlib.h>

struct read {
    struct sl_vectors v;
    struct slant_error err;
    enum slant_status status;
};

static struct read read_bytes(const char *bytes, size_t len)
{
    struct read r = {.status = SLANT_OK};
    char path[64];
    spill(path, bytes, len);
    r.status = sl_vectors_read(path, &r.v, &r.err);
    (void)unlink(path);
    if (r.status != SLANT_OK) {
        assert_int_equal(r.err.status, r.status);
        assert_non_null(strstr(r.err.text, path));
        assert_null(r.v.bytes);
    }
    return r;
}

static struct sl_vectors vectors_of(const char *text)
{
    struct read r = read_bytes(text, strlen(text));
    if (r.status != SLANT_OK) {
        print_error("%s\n", r.err.text);
    }
    assert_int_equal(r.status, SLANT_OK);
    return r.v;
}

/* Index of a word; n where it is not there. */
static uint32_t place(const struct sl_vectors *v, const char *word)
{
    uint32_t i = 0;
    while (i < v->n && (v->start[i + 1] - v->start[i] != strlen(word) ||
                        memcmp(v->bytes + v->start[i], word, strlen(word)) != 0)) {
        i++;
    }
    return i;
}

static void assert_same(const struct sl_vectors *a, const struct sl_vectors *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->width, b->width);
    assert_memory_equal(a->start, b->start, (a->n + 1) * sizeof *a->start);
    assert_memory_equal(a->bytes, b->bytes, a->start[a->n]);
    assert_memory_equal(a->value, b->value, (size_t)a->n * a->width * sizeof *a->value);
    assert_memory_equal(a->a, b->a, a->n * sizeof *a->a);
    assert_true(a->digest == b->digest);
}

static const char plain[] = "the 0.5 -1 2e-3\nof 1 2 3\nban -4 0 .25\n, 7 8 9\n";

/* GloVe's text: words with other words' values, or weights by another order than the file's. */
static void test_glove(void **state)
{
    static const char *const word[] = {"the", "of", "ban", ","};
    static const double value[][3] = {{0.5, -1, 2e-3}, {1, 2, 3}, {-4, 0, 0.25}, {7, 8, 9}};
    struct sl_vectors v = vectors_of(plain);
    (void)state;
    assert_int_equal(v.n, 4);
    assert_int_equal(v.width, 3);
    for (uint32_t rank = 0; rank < 4; rank++) {
        uint32_t i = place(&v, word[rank]);
        assert_true(i < v.n);
        for (uint32_t d = 0; d < 3; d++) {
            assert_true(near((double)v.value[i * 3 + d], value[rank][d], 1e-7));
        }
        /* a / (a + frequency), frequency 0.1 / (rank + 2), a = 1e-3 */
        assert_true(
            near((double)v.a[i], in_units(1e-3 / (1e-3 + 0.1 / (rank + 2)), 0x1p-13), 1e-9));
    }
    for (uint32_t i = 1; i < v.n; i++) {
        assert_true(v.bytes[v.start[i]] > v.bytes[v.start[i - 1]]); /* sorted: , b o t */
    }
    sl_vectors_free(&v);
    assert_int_equal(v.n, 0);
}

/* word2vec's first line taken for a word; the same line anywhere else taken for a header. */
static void test_word2vec_header(void **state)
{
    static const char header[] = "4 3\nthe 0.5 -1 2e-3\nof 1 2 3\nban -4 0 .25\n, 7 8 9\n";
    struct sl_vectors a = vectors_of(plain);
    struct sl_vectors b = vectors_of(header);
    struct read r = read_bytes("the 1 2 3\n4 3\n", 14);
    (void)state;
    assert_same(&a, &b);
    assert_int_equal(r.status, SLANT_ERR_ROW);
    assert_int_equal(r.err.line, 2);
    sl_vectors_free(&a);
    sl_vectors_free(&b);
}

/* Line ends, a last line without one, and spaces at a line's end. */
static void test_line_ends(void **state)
{
    static const char *const same[] = {
        "the 0.5 -1 2e-3\r\nof 1 2 3\r\nban -4 0 .25\r\n, 7 8 9\r\n",
        "the 0.5 -1 2e-3\nof 1 2 3\nban -4 0 .25\n, 7 8 9",
        "the 0.5 -1 2e-3 \nof 1 2 3 \nban -4 0 .25 \n, 7 8 9 \n",
        "the 0.5 -1 2e-3\n\nof 1 2 3\n\nban -4 0 .25\n, 7 8 9\n\n",
    };
    struct sl_vectors a = vectors_of(plain);
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct sl_vectors b = vectors_of(same[i]);
        assert_same(&a, &b);
        sl_vectors_free(&b);
    }
    sl_vectors_free(&a);
}

static size_t zip(const char *bytes, size_t len, char *out, size_t cap)
{
    z_stream z = {0};
    size_t n;
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    n = cap - z.avail_out;
    (void)deflateEnd(&z);
    return n;
}

/* gzip that reads otherwise than what was packed. */
static void test_gzip(void **state)
{
    char packed[1024];
    size_t n = zip(plain, sizeof plain - 1, packed, sizeof packed);
    struct read r = read_bytes(packed, n);
    struct sl_vectors a = vectors_of(plain);
    (void)state;
    assert_int_equal(r.status, SLANT_OK);
    assert_same(&a, &r.v);
    sl_vectors_free(&a);
    sl_vectors_free(&r.v);
}

/* A download that broke off, or was damaged, taken for a whole file. */
static void test_damaged_gzip(void **state)
{
    char text[4096];
    char packed[4096];
    size_t len = 0;
    size_t n;
    (void)state;
    for (int i = 0; i < 60; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "w%d %d.%d -0.%d\n", i, i * i, i * 7,
                                i * i * i);
    }
    n = zip(text, len, packed, sizeof packed);
    for (size_t cut = 2; cut < n; cut++) {
        struct read r = read_bytes(packed, cut);
        if (r.status == SLANT_OK) {
            print_error("accepted: %zu of %zu bytes, %u words\n", cut, n, (unsigned)r.v.n);
        }
        assert_int_not_equal(r.status, SLANT_OK);
    }
    for (size_t at = 10; at < n; at++) { /* behind the header, which has free fields */
        struct read r;
        packed[at] ^= 0x20;
        r = read_bytes(packed, n);
        packed[at] ^= 0x20;
        if (r.status == SLANT_OK) {
            print_error("accepted: byte %zu of %zu changed\n", at, n);
        }
        assert_int_not_equal(r.status, SLANT_OK);
    }
}

/* Lines passed over that should be told, or told by another number. */
static void test_bad_lines(void **state)
{
    static const struct {
        const char *bytes;
        unsigned line;
    } bad[] = {
        {"the 1 2\nof 1 2 3\n", 2},     {"the 1 2\nof 1\n", 2},      {"the 1 2\nof\n", 2},
        {"the 1 2\nof 1 x\n", 2},       {"the 1 2\nof 1 nan\n", 2},  {"the 1 2\nof 1 inf\n", 2},
        {"the 1 2\nof 1 0x10\n", 2},    {"the 1 2\nof 1 2e9\n", 2},  {"the 1 2\nof 1 2,5\n", 2},
        {"the 1 2\n\nof 1 1e999\n", 3}, {"the 1 2\nof 1  2\n", 2},   {"the\n", 1},
        {"the 1 2\nof\t1\t2\n", 2},     {"2 3\nthe 1 2\nof 1\n", 3}, {"the 1-2 3\n", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct read r = read_bytes(bad[i].bytes, strlen(bad[i].bytes));
        if (r.status != SLANT_ERR_ROW || r.err.line != bad[i].line) {
            print_error("case %zu: %d, line %u: %s\n", i, (int)r.status, (unsigned)r.err.line,
                        r.err.text);
            fail();
        }
    }
}

/* A file of nothing, which would train a model that differs from none in no way. */
static void test_no_words(void **state)
{
    static const char *const empty[] = {"", "\n\n", "400000 50\n"};
    struct sl_vectors v = {0};
    struct slant_error err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        assert_int_equal(read_bytes(empty[i], strlen(empty[i])).status, SLANT_ERR_DATA);
    }
    assert_int_equal(sl_vectors_read("/nonexistent/glove.txt", &v, &err), SLANT_ERR_IO);
    assert_non_null(strstr(err.text, "/nonexistent/glove.txt"));
    assert_int_equal(sl_vectors_read("/tmp", &v, &err), SLANT_ERR_IO);
}

/* Of two words alike the second kept, or one that moves the ranks behind it. */
static void test_duplicates(void **state)
{
    struct sl_vectors v = vectors_of("the 1 2\nthe 3 4\nof 5 6\n");
    (void)state;
    assert_int_equal(v.n, 2);
    assert_true(v.value[place(&v, "the") * 2] == 1);
    assert_true(v.value[place(&v, "of") * 2 + 1] == 6);
    assert_true(
        near((double)v.a[place(&v, "of")], in_units(1e-3 / (1e-3 + 0.1 / 3), 0x1p-13), 1e-9));
    sl_vectors_free(&v);
}

/* Words that no token can be: too long, or broken bytes. */
static void test_words_of_no_text(void **state)
{
    char text[1024];
    char word[256];
    struct sl_vectors v;
    (void)state;
    memset(word, 'a', sizeof word);
    word[193] = 0;
    (void)snprintf(text, sizeof text, "the 1 2\n%s 1 2\n\xff\xfe 3 4\nof 5 6\n", word);
    v = vectors_of(text);
    assert_int_equal(v.n, 2);
    assert_true(place(&v, "of") < 2);
    sl_vectors_free(&v);
    word[192] = 0;
    (void)snprintf(text, sizeof text, "the 1 2\n%s 1 2\n", word);
    v = vectors_of(text);
    assert_int_equal(v.n, 2);
    sl_vectors_free(&v);
}

/* A width or a line that makes the memory for it as long as the file says. */
static void test_too_wide(void **state)
{
    enum { CAP = 1 << 17 };
    char *text = malloc(CAP);
    struct read r;
    size_t n;
    (void)state;
    assert_non_null(text);
    for (uint32_t width = SL_VECTOR_MAX_WIDTH; width <= SL_VECTOR_MAX_WIDTH + 1; width++) {
        n = (size_t)snprintf(text, CAP, "the");
        for (uint32_t d = 0; d < width; d++) {
            n += (size_t)snprintf(text + n, CAP - n, " 0.%u", d);
        }
        r = read_bytes(text, n);
        if (width <= SL_VECTOR_MAX_WIDTH) {
            assert_int_equal(r.status, SLANT_OK);
            assert_int_equal(r.v.width, width);
            assert_true(near((double)r.v.value[1023], 0.1023, 1e-7));
            sl_vectors_free(&r.v);
        } else {
            assert_int_equal(r.status, SLANT_ERR_ROW);
        }
    }
    n = (size_t)snprintf(text, CAP, "of 1 2\n");
    memset(text + n, '9', 100000);
    text[n + 100000] = '\n';
    r = read_bytes(text, n + 100001);
    assert_int_equal(r.status, SLANT_ERR_ROW);
    assert_int_equal(r.err.line, 2);
    free(text);
}

/* A line of another width hidden behind the last word that is read. */
static void test_first_words(void **state)
{
    enum { CAP = 2 << 20 };
    char *text = malloc(CAP);
    size_t n = 0;
    struct read r;
    (void)state;
    assert_non_null(text);
    for (uint32_t i = 0; i < SL_VECTOR_WORDS + 10; i++) {
        n += (size_t)snprintf(text + n, CAP - n, "w%u %u.5 1\n", i, i % 10);
    }
    assert_true(n < CAP);
    r = read_bytes(text, n);
    assert_int_equal(r.status, SLANT_OK);
    assert_int_equal(r.v.n, SL_VECTOR_WORDS);
    assert_true(place(&r.v, "w59999") < r.v.n);
    assert_int_equal(place(&r.v, "w60000"), r.v.n);
    sl_vectors_free(&r.v);
    free(text);
}

/* A digest that another file's words share. */
static void test_digest(void **state)
{
    static const char *const other[] = {"a 1 2\nb 3 4\n", "a 1 2\nb 3 5\n", "a 1 2\nc 3 4\n",
                                        "a 1 2\n", "a 1 2\nb 3 4\nc 5 6\n"};
    uint64_t digest[5];
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct sl_vectors v = vectors_of(other[i]);
        digest[i] = v.digest;
        for (size_t k = 0; k < i; k++) {
            assert_true(digest[i] != digest[k]);
        }
        sl_vectors_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_glove),
        cmocka_unit_test(test_word2vec_header),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_gzip),
        cmocka_unit_test(test_damaged_gzip),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_no_words),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_words_of_no_text),
        cmocka_unit_test(test_too_wide),
        cmocka_unit_test(test_first_words),
        cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
