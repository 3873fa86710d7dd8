/* The table of pairs: what is put is found and read back, and nothing else. */
#include "learned.h"

#include "base/rng.h"
#include "feat/pairs.h"

enum { N_WORD = 3000, N = 20000 };

static struct sl_pairs table;
static uint32_t head[N], word[N], slot[N];

/* Pairs of words, and of what was put before and a word, as n-grams are; each once. */
static void fill(uint64_t seed, uint32_t n_word, size_t n)
{
    struct sl_rng rng = {seed};
    unsigned more = 0;
    size_t at = 0;
    while (at < n) {
        if (at == 0) {
            assert_true(sl_pairs_make(&table, n, n_word, 0, more));
        }
        head[at] = at < n / 2 ? (uint32_t)sl_rng_below(&rng, n_word)
                              : n_word + slot[sl_rng_below(&rng, n / 2)];
        word[at] = (uint32_t)sl_rng_below(&rng, n_word);
        if (sl_pair_find(&table, head[at], word[at]) != SL_PAIR_NONE) {
            continue;
        }
        slot[at] = sl_pair_put(&table, head[at], word[at]);
        if (slot[at++] == SL_PAIR_NONE) { /* too crowded */
            sl_pairs_free(&table);
            at = 0;
            more++;
        }
    }
    assert_true(more < 8);
}

static void pairs_are_found_and_read_back(void **state)
{
    static const uint32_t n_word[] = {1, 2, 40, N_WORD, 1 << 20};
    (void)state;
    for (size_t k = 0; k < sizeof n_word / sizeof n_word[0]; k++) {
        size_t n = n_word[k] < 200 ? n_word[k] : N;
        size_t free_slots = 0;
        struct sl_rng rng = {k};
        n = n_word[k] == 1 ? 1 : n;
        fill(k, n_word[k], n);
        assert_true(sl_pairs_shape_is_good(&table, n_word[k]));
        for (size_t i = 0; i < n; i++) {
            uint32_t h;
            uint32_t w;
            assert_int_equal(sl_pair_find(&table, head[i], word[i]), slot[i]);
            assert_true(sl_pair_read(&table, slot[i], &h, &w));
            assert_int_equal(h, head[i]);
            assert_int_equal(w, word[i]);
        }
        for (uint32_t i = 0; i < sl_pair_slots(table.n_bucket); i++) {
            uint32_t h;
            uint32_t w;
            bool taken = sl_pair_read(&table, i, &h, &w);
            assert_true(taken == (table.tag[i] != 0) && (!taken || i >= SL_PAIR_SLOTS));
            free_slots += !taken;
        }
        assert_int_equal(free_slots, sl_pair_slots(table.n_bucket) - n);
        for (int i = 0; i < 20000; i++) { /* what is found is what was asked for */
            uint32_t h =
                (uint32_t)sl_rng_below(&rng, n_word[k] + (uint64_t)sl_pair_slots(table.n_bucket));
            uint32_t w = (uint32_t)sl_rng_below(&rng, n_word[k]);
            uint32_t at = sl_pair_find(&table, h, w);
            uint32_t is_head;
            uint32_t is_word;
            assert_true(at == SL_PAIR_NONE || (sl_pair_read(&table, at, &is_head, &is_word) &&
                                               is_head == h && is_word == w));
        }
        sl_pairs_free(&table);
    }
}

/* The table is hardly larger than what is in it, and few buckets are full. */
static void room_is_used(void **state)
{
    size_t full = 0;
    (void)state;
    fill(7, N_WORD, N);
    assert_true(sl_pair_slots(table.n_bucket) < 2 * N);
    for (uint32_t b = 1; b <= table.n_bucket; b++) {
        full += table.tag[(b + 1) * SL_PAIR_SLOTS - 1] != 0;
    }
    assert_true(full < table.n_bucket / 8);
    sl_pairs_free(&table);
}

/* Tags that nobody put there: read back as some pair that may lie there, or refused. */
static void hostile_tags_are_read_safely(void **state)
{
    struct sl_rng rng = {1};
    uint32_t *tag;
    (void)state;
    fill(3, N_WORD, N);
    tag = (uint32_t *)table.tag;
    for (uint32_t i = 0; i < sl_pair_slots(table.n_bucket); i++) {
        uint32_t h;
        uint32_t w;
        tag[i] = (uint32_t)sl_rng_next(&rng) >> sl_rng_below(&rng, 32);
        if (sl_pair_read(&table, i, &h, &w)) {
            uint32_t is;
            const struct sl_mixing mixing = sl_pair_mixing(&table);
            uint64_t home = sl_pair_home(&mixing, h, w, &is);
            assert_int_equal(home + (tag[i] - 1) % SL_PAIR_STEPS, i / SL_PAIR_SLOTS);
            assert_int_equal(is + (tag[i] - 1) % SL_PAIR_STEPS, tag[i]);
        }
    }
    sl_pairs_free(&table);
}

static void odd_shapes_are_refused(void **state)
{
    struct sl_pairs t;
    (void)state;
    assert_false(sl_pairs_make(&t, UINT64_MAX / 2, N_WORD, 0, 0));
    assert_false(sl_pairs_make(&t, N, (1u << 31) - 1, 0, 0)); /* its tags would not do */
    fill(3, N_WORD, N);
    for (uint32_t i = 0; i < 3 * 32; i++) {
        t = table;
        *(i % 3 == 0 ? &t.bits : i % 3 == 1 ? &t.word_bits : &t.n_bucket) ^= 1u << i / 3;
        assert_true(!sl_pairs_shape_is_good(&t, N_WORD) || i % 3 == 2); /* of another size */
    }
    t = table;
    t.n_bucket = 0;
    assert_false(sl_pairs_shape_is_good(&t, N_WORD));
    sl_pairs_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_found_and_read_back),
        cmocka_unit_test(room_is_used),
        cmocka_unit_test(hostile_tags_are_read_safely),
        cmocka_unit_test(odd_shapes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
