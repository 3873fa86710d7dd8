#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/radix.h"
#include "base/rng.h"
#include "train/ngrams.h"

#include <stdlib.h>
#include <string.h>

/* Keys out of order, equal keys that changed places, or a value parted from its key. */
static void test_radix(void **state)
{
    enum { MOST = 3000 };
    static struct sl_keyed p[MOST];
    static struct sl_keyed spare[MOST];
    static uint64_t key[MOST];
    struct sl_rng rng = {3};
    (void)state;
    for (int round = 0; round < 200; round++) {
        size_t n = (size_t)sl_rng_below(&rng, round < 20 ? 3 : MOST);
        unsigned bits = (unsigned)(round % 64) + 1;
        uint64_t largest = 0;
        for (size_t i = 0; i < n; i++) {
            uint64_t few = sl_rng_below(&rng, 2) == 0 ? 7 : UINT64_MAX;
            key[i] = sl_rng_next(&rng) >> (64 - bits) & few;
            largest = key[i] > largest ? key[i] : largest;
            p[i] = (struct sl_keyed){key[i], (uint32_t)i};
        }
        sl_radix_sort(p, spare, n, largest);
        for (size_t i = 0; i < n; i++) {
            assert_true(p[i].at < n && p[i].key == key[p[i].at]);
            assert_true(i == 0 || p[i - 1].key < p[i].key ||
                        (p[i - 1].key == p[i].key && p[i - 1].at < p[i].at));
        }
    }
}

/* The number of the n-gram among the list of its head. */
static uint32_t listed(const uint32_t *start, const uint32_t *next, uint32_t head, uint32_t word)
{
    for (uint32_t i = start[head]; i < start[head + 1]; i++) {
        if (next[i] == word) {
            return i;
        }
    }
    return SL_NO_WORD;
}

/* Numbers that are not those of the sorted lists, n-grams across a parting, n-grams listed that do not
 * occur, a trigram with another tail. */
static void check_numbers(const uint32_t *word, size_t n, uint32_t n_word)
{
    struct sl_ngrams g;
    uint32_t *seen;
    size_t distinct[2] = {0, 0};
    assert_true(sl_ngrams_number(word, n, n_word, &g));
    assert_int_equal(g.bigram_start[n_word], g.n_bigram);
    assert_int_equal(g.trigram_start[g.n_bigram], g.n_trigram);
    seen = calloc((size_t)g.n_bigram + g.n_trigram + 1, sizeof *seen);
    assert_non_null(seen);
    for (uint32_t w = 0; w < n_word; w++) {
        for (uint32_t b = g.bigram_start[w] + 1; b < g.bigram_start[w + 1]; b++) {
            assert_true(g.bigram_next[b - 1] < g.bigram_next[b]);
        }
    }
    for (uint32_t b = 0; b < g.n_bigram; b++) {
        for (uint32_t t = g.trigram_start[b] + 1; t < g.trigram_start[b + 1]; t++) {
            assert_true(g.trigram_next[t - 1] < g.trigram_next[t]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t first = i > 1 ? word[i - 2] : SL_NO_WORD;
        uint32_t second = i > 0 ? word[i - 1] : SL_NO_WORD;
        uint32_t bigram = SL_NO_WORD;
        uint32_t trigram = SL_NO_WORD;
        if (word[i] != SL_NO_WORD && second != SL_NO_WORD) {
            bigram = listed(g.bigram_start, g.bigram_next, second, word[i]);
            assert_int_not_equal(bigram, SL_NO_WORD);
            distinct[0] += seen[bigram]++ == 0;
        }
        if (bigram != SL_NO_WORD && first != SL_NO_WORD) {
            trigram = listed(g.trigram_start, g.trigram_next, g.bigram[i - 1], word[i]);
            assert_int_not_equal(trigram, SL_NO_WORD);
            distinct[1] += seen[g.n_bigram + trigram]++ == 0;
            assert_int_equal(g.tail[trigram], bigram);
        }
        assert_int_equal(g.bigram[i], bigram);
        assert_int_equal(g.trigram[i], trigram);
    }
    assert_int_equal(distinct[0], g.n_bigram);
    assert_int_equal(distinct[1], g.n_trigram);
    free(seen);
    sl_ngrams_free(&g);
}

static void test_numbers(void **state)
{
    enum { MOST = 1 << 21 };
    uint32_t *word = malloc(MOST * sizeof *word);
    struct sl_rng rng = {5};
    (void)state;
    assert_non_null(word);
    check_numbers(word, 0, 0);
    for (int round = 0; round < 150; round++) {
        size_t n = (size_t)sl_rng_below(&rng, round % 3 == 0 ? 6 : 700);
        uint32_t n_word = 1 + (uint32_t)sl_rng_below(&rng, round % 2 == 0 ? 3 : 40);
        for (size_t i = 0; i < n; i++) {
            word[i] =
                sl_rng_below(&rng, 8) == 0 ? SL_NO_WORD : (uint32_t)sl_rng_below(&rng, n_word);
        }
        check_numbers(word, n, n_word);
    }
    /* so many that there are several ranges, one of them a single word's */
    for (size_t i = 0; i < MOST; i++) {
        word[i] = sl_rng_below(&rng, 20) == 0 ? SL_NO_WORD
                  : i % 5 < 2                 ? 3
                                              : (uint32_t)sl_rng_below(&rng, 9);
    }
    check_numbers(word, MOST, 9);
    free(word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_radix),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
