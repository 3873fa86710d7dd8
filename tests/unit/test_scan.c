/* The scan's vector forms against its table, and the reader that uses it against the tokens. */
#include "learned.h"

#include "base/rng.h"
#include "judge/forms.h"
#include "judge/score.h"
#include "text/scan.h"

static const char *const pieces[] = {"a",
                                     "B",
                                     "7",
                                     "word",
                                     "Words",
                                     " ",
                                     " ",
                                     "  ",
                                     ".",
                                     ",",
                                     "'",
                                     "&",
                                     "#",
                                     "@",
                                     ":",
                                     ";",
                                     "=",
                                     "<",
                                     "!",
                                     "?",
                                     "(",
                                     ")",
                                     "-",
                                     "_",
                                     "\n",
                                     "\t",
                                     "\xe2\x80\x99",
                                     "\xc3\xa9",
                                     "\xff",
                                     "www",
                                     "www.",
                                     "U.S",
                                     "<3",
                                     ":-)",
                                     "..",
                                     "...",
                                     "\xe2",
                                     "http://a.b",
                                     "1,000",
                                     "don't",
                                     "AT&T",
                                     "\x7f",
                                     "\x01",
                                     "D",
                                     "a very long word indeed so that a step ends in it",
                                     "unbelievablylongwordofmorethansixteen"};

static size_t random_text(struct sl_rng *rng, char *out, size_t cap)
{
    size_t len = (size_t)sl_rng_below(rng, cap);
    size_t n = 0;
    if (sl_rng_below(rng, 8) == 0) {
        for (; n < len; n++) {
            out[n] = (char)sl_rng_next(rng);
        }
        return n;
    }
    while (n < len) {
        const char *p = pieces[sl_rng_below(rng, sizeof pieces / sizeof pieces[0])];
        size_t size = strlen(p) < len - n ? strlen(p) : len - n;
        memcpy(out + n, p, size);
        n += size;
    }
    return n;
}

/* In a block of exactly its size, so that a sanitizer sees a read behind it. */
static char *exact(const char *p, size_t len)
{
    char *copy = malloc(len > 0 ? len : 1);
    assert_non_null(copy);
    memcpy(copy, p, len);
    return copy;
}

static void vector_forms_are_the_table(void **state)
{
    static struct sl_scan plain;
    static struct sl_scan fast;
    char text[SL_SCAN_MAX];
    (void)state;
    for (uint64_t seed = 0; seed < (uint64_t)trials(2000); seed++) {
        struct sl_rng rng = {seed};
        size_t len = random_text(&rng, text, seed % 3 == 0 ? SL_SCAN_MAX : 200);
        char *p = exact(text, len);
        sl_scan(SL_SIMD_NONE, p, len, &plain);
        for (int simd = SL_SIMD_SSE2; simd <= (int)sl_simd_best(); simd++) {
            sl_scan((enum sl_simd)simd, p, len, &fast);
            if (plain.n_edge != fast.n_edge || plain.n_care != fast.n_care ||
                memcmp(plain.edge, fast.edge, plain.n_edge * sizeof *plain.edge) != 0 ||
                memcmp(plain.care, fast.care, (plain.n_care + 1) * sizeof *plain.care) != 0 ||
                plain.n_broken != fast.n_broken ||
                memcmp(plain.broken, fast.broken, (plain.n_broken + 1) * sizeof *plain.broken) !=
                    0) {
                fail_msg("seed %llu, form %d", (unsigned long long)seed, simd);
            }
        }
        free(p);
    }
}

/* Edges are those of runs of letters and digits, one by one; every byte gets its class. */
static void edges_are_runs(void **state)
{
    static struct sl_scan scan;
    char text[256];
    (void)state;
    for (int c = 0; c < 256; c++) {
        for (size_t at = 0; at < 130; at++) {
            bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            memset(text, '-', sizeof text);
            text[at] = (char)c;
            for (int simd = SL_SIMD_NONE; simd <= (int)sl_simd_best(); simd++) {
                sl_scan((enum sl_simd)simd, text, 130, &scan);
                assert_int_equal(scan.n_edge, alnum ? 2 : 0);
                if (alnum) {
                    assert_int_equal(scan.edge[0], at);
                    assert_int_equal(scan.edge[1], at + 1);
                }
                assert_int_equal(scan.care[scan.n_care], SL_SCAN_MAX);
            }
        }
    }
}

/* The broken are the runs with a stop before them, byte by byte. */
static void broken_runs_stand_behind_stops(void **state)
{
    static struct sl_scan scan;
    char text[SL_SCAN_MAX];
    (void)state;
    for (uint64_t seed = 0; seed < (uint64_t)trials(2000); seed++) {
        struct sl_rng rng = {seed};
        size_t len = random_text(&rng, text, seed % 3 == 0 ? SL_SCAN_MAX : 200);
        uint32_t n = 0;
        sl_scan((enum sl_simd)(seed % (sl_simd_best() + 1)), text, len, &scan);
        for (uint32_t i = 0; i < scan.n_edge; i += 2) {
            uint32_t at = i == 0 ? 0 : scan.edge[i - 1];
            bool stops = false;
            for (; at < scan.edge[i]; at++) {
                stops = stops || (text[at] != 0 && strchr(".,;:!?()", text[at]) != NULL);
            }
            assert_int_equal(scan.broken[n] == scan.edge[i], stops);
            n += stops;
        }
        assert_int_equal(n, scan.n_broken);
        assert_int_equal(scan.broken[n], UINT32_MAX);
    }
}

/* Random spans of a random text, read in random portions, are the tokens of the reference. */
static void reader_gives_the_tokens(void **state)
{
    enum { CAP = 3 * SL_SCAN_MAX, ITEMS = 80 };
    static char text[CAP];
    static struct sl_read_token got[CAP];
    static struct sl_key got_key[CAP];
    struct sl_reader *r = calloc(1, sizeof *r);
    static struct sl_known_two known[2];
    const struct sl_memo memo = {.known = known, .bits = 2};
    (void)state;
    assert_non_null(r);
    for (uint64_t seed = 0; seed < (uint64_t)trials(3000); seed++) {
        struct sl_rng rng = {seed};
        struct sl_item item[ITEMS];
        struct slant_span mask = {0, 0};
        size_t len = random_text(&rng, text, seed % 4 == 0 ? CAP : 600);
        char *p = exact(text, len);
        size_t n_item = 0;
        size_t n = 0;
        size_t at = 0;
        size_t more;
        uint32_t start[201];
        uint32_t n_start;
        while (n_item < ITEMS && at < len) {
            size_t size = 1 + (size_t)sl_rng_below(&rng, seed % 5 == 0 ? 2 * SL_SCAN_MAX : 90);
            size_t begin = at + (size_t)sl_rng_below(&rng, 3);
            begin = begin < len ? begin : len;
            at = begin + size < len ? begin + size : len;
            item[n_item] = (struct sl_item){{begin, at}, NULL, 0};
            if (sl_rng_below(&rng, 10) == 0 && mask.end == 0) {
                mask = (struct slant_span){begin + (at - begin) / 3, begin + (at - begin + 1) / 2};
                item[n_item].mask = &mask;
                item[n_item].n_mask = 1;
            }
            n_item++;
        }
        r->simd = (enum sl_simd)(seed % (sl_simd_best() + 1));
        r->take_words = sl_forms_of(r->simd)->take_words;
        r->memo = &memo;
        sl_reader_begin(r, p, len, item, n_item);
        while ((more = sl_reader_next(r, got + n, got_key + n, 1 + (size_t)sl_rng_below(&rng, 200),
                                      start, &n_start)) > 0) {
            for (size_t i = 0, k = 0; i < more; i++) {
                bool noted = k < n_start && start[k] == i;
                assert_int_equal(noted, got[n + i].first);
                k += noted;
            }
            n += more;
        }
        at = 0;
        for (size_t i = 0; i < n_item; i++) {
            struct sl_tokens it;
            struct sl_token t;
            bool first = true;
            sl_tokens_init(&it, p, item[i].span.begin, item[i].span.end, item[i].mask,
                           item[i].n_mask);
            for (; sl_tokens_next(&it, &t); at++, first = false) {
                struct sl_key key;
                sl_memo_key(p + t.begin, t.end - t.begin, &key);
                key = t.kind == SL_TOKEN_MENTION ? sl_memo_no_key() : key;
                if (at >= n || got[at].begin != t.begin || got[at].len != t.end - t.begin ||
                    got[at].kind != t.kind || got[at].after_break != t.after_break ||
                    got[at].first != first || got[at].item != i || got_key[at].low != key.low ||
                    got_key[at].high != key.high || got_key[at].hash != key.hash) {
                    fail_msg("seed %llu, token %zu", (unsigned long long)seed, at);
                }
            }
        }
        assert_int_equal(at, n);
        free(p);
    }
    free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_forms_are_the_table),
        cmocka_unit_test(edges_are_runs),
        cmocka_unit_test(broken_runs_stand_behind_stops),
        cmocka_unit_test(reader_gives_the_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
