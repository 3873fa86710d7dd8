#include "base/memory.h"
#include "base/radix.h"
#include "feat/vocabulary.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct sl_gram_bucket) == 64, "a bucket is a cache line");

enum { MAX_BUCKET_BITS = 28, MOST_TRIALS = 64 };

/* The fewest bits of which 2^bits buckets hold n things at `fill` a bucket. */
static uint32_t buckets_for(uint64_t n, uint64_t fill)
{
    uint32_t bits = 0;
    while ((fill << bits) < n) {
        bits++;
    }
    return bits;
}

/* ---- pairs ---- */

/* All bigrams and trigrams of a training vocabulary. */
struct listed {
    size_t n;             /* of both */
    uint32_t *head;       /* [n] by their numbers in the lists, behind the words */
    const uint32_t *word; /* [n] */
    uint32_t *order;      /* [n] in which they are put, bigrams first */
    uint32_t *slot;       /* [n] where they are put */
};

static void free_listed(struct listed *l)
{
    free(l->head);
    free((uint32_t *)l->word);
    free(l->order);
    free(l->slot);
}

/* The heads of lists, and what lists hold. */
static void spell_out(const uint32_t *start, uint32_t n_head, uint32_t first_head,
                      const uint32_t *next, uint32_t *head, uint32_t *word)
{
    for (uint32_t h = 0; h < n_head; h++) {
        for (uint32_t i = start[h]; i < start[h + 1]; i++) {
            head[i] = first_head + h;
            word[i] = next[i];
        }
    }
}

/* Orders pairs [from, end) by level[pair], those of one level as they stand (counting sort). */
static bool order_by_level(const uint16_t *level, uint32_t from, uint32_t end, uint32_t *order)
{
    enum { N_LEVEL = 1 << 16 };
    uint32_t *place = sl_array_zero(N_LEVEL + 1, sizeof *place);
    if (place == NULL) {
        return false;
    }
    for (uint32_t i = from; i < end; i++) {
        place[level[i] + 1]++;
    }
    place[0] = from;
    for (uint32_t k = 1; k <= N_LEVEL; k++) {
        place[k] += place[k - 1];
    }
    for (uint32_t i = from; i < end; i++) {
        order[place[level[i]]++] = i;
    }
    free(place);
    return true;
}

static bool order_pairs(const struct sl_vocabulary *v, const uint16_t *norm_level, struct listed *l)
{
    for (uint32_t i = 0; i < l->n && norm_level == NULL; i++) {
        l->order[i] = i;
    }
    return norm_level == NULL ||
           (order_by_level(norm_level + v->n_word, 0, v->n_bigram, l->order) &&
            order_by_level(norm_level + v->n_word, v->n_bigram, (uint32_t)l->n, l->order));
}

/* norm_level[feature]: idf rises with it, so that what is frequent comes first: it lies where the search
 * for it begins, and its row beside those of others that are; NULL: in the lists' order. */
static bool list_pairs(const struct sl_vocabulary *v, const uint16_t *norm_level, struct listed *l)
{
    size_t n = (size_t)v->n_bigram + v->n_trigram;
    uint32_t *word = sl_array(n, sizeof *word);
    *l = (struct listed){.n = n, .word = word};
    l->head = sl_array(n, sizeof *l->head);
    l->order = sl_array(n, sizeof *l->order);
    l->slot = sl_array(n, sizeof *l->slot);
    if (word == NULL || l->head == NULL || l->order == NULL || l->slot == NULL ||
        !order_pairs(v, norm_level, l)) {
        free_listed(l);
        return false;
    }
    spell_out(v->bigram_start, v->n_word, 0, v->bigram_next, l->head, word);
    spell_out(v->trigram_start, v->n_bigram, v->n_word, v->trigram_next, l->head + v->n_bigram,
              word + v->n_bigram);
    return true;
}

/* Pair k in the table's order. by_slot: heads that are bigrams are told by their slots, and not by their
 * numbers in the lists; bigrams come first. */
static uint32_t head_of(const struct listed *l, size_t k, uint32_t n_word, bool by_slot)
{
    uint32_t head = l->head[l->order[k]];
    return by_slot && head >= n_word ? n_word + l->slot[head - n_word] : head;
}

static bool put_pairs(const struct listed *l, size_t n_bigram, uint32_t n_word, bool by_slot,
                      struct sl_pairs *t)
{
    enum { AHEAD = 16 };
    for (size_t k = 0; k < l->n; k++) {
        uint32_t i = l->order[k];
        size_t next = k + AHEAD;
        if (next < (k < n_bigram ? n_bigram : l->n)) { /* a later one's head may have no slot yet */
            sl_pair_fetch(t, head_of(l, next, n_word, by_slot), l->word[l->order[next]]);
        }
        l->slot[i] = sl_pair_put(t, head_of(l, k, n_word, by_slot), l->word[i]);
        if (l->slot[i] == SL_PAIR_NONE) {
            return false;
        }
    }
    return true;
}

static bool build_pairs(const struct listed *l, size_t n_bigram, uint32_t n_word, bool by_slot,
                        struct sl_pairs *t)
{
    for (unsigned more = 0; more < MOST_TRIALS; more++) {
        if (!sl_pairs_make(t, l->n, n_word, by_slot ? 0 : n_word + l->n, more)) {
            return false;
        }
        if (put_pairs(l, n_bigram, n_word, by_slot, t)) {
            return true;
        }
        sl_pairs_free(t);
        t->tag = NULL;
    }
    return false;
}

/* The table of a training vocabulary, whose slots tell the features. */
static bool build_listed_pairs(struct sl_vocabulary *v)
{
    struct listed l;
    uint32_t *feature = NULL;
    bool good;
    if (!list_pairs(v, NULL, &l)) {
        return false;
    }
    good = build_pairs(&l, v->n_bigram, v->n_word, false, &v->pair);
    if (good) {
        feature = sl_array_zero(sl_pair_slots(v->pair.n_bucket), sizeof *feature);
        good = feature != NULL;
    }
    for (size_t i = 0; good && i < l.n; i++) {
        feature[l.slot[i]] = v->n_word + (uint32_t)i;
    }
    v->pair.feature = feature;
    free_listed(&l);
    return good;
}

/* The table of a model; number[feature] of each pair. */
static bool build_slots(struct sl_vocabulary *v, const uint16_t *norm_level, uint32_t *number)
{
    struct listed l;
    bool good;
    if (!list_pairs(v, norm_level, &l)) {
        return false;
    }
    good = build_pairs(&l, v->n_bigram, v->n_word, true, &v->pair);
    for (size_t i = 0; good && i < l.n; i++) {
        number[v->n_word + i] = v->n_word + l.slot[i];
    }
    free_listed(&l);
    return good;
}

/* ---- grams ---- */

static bool add_gram(const struct sl_grams *t, struct sl_gram_bucket *bucket, uint64_t gram,
                     uint32_t feature)
{
    uint64_t home = sl_gram_home(t, gram);
    for (uint32_t step = 0; step < SL_GRAM_STEPS; step++) {
        struct sl_gram_bucket *b = bucket + home + step;
        for (int i = 0; i < SL_GRAM_SLOTS; i++) {
            if (b->gram[i] == 0) {
                b->gram[i] = gram;
                b->feature[i] = feature;
                return true;
            }
        }
        b->spilled = 1;
    }
    return false;
}

/* longest: of the strings that go in. */
static bool build_grams(struct sl_grams *t, const char *bytes, const uint32_t *start, uint32_t n,
                        uint32_t first, size_t longest)
{
    if (t->bucket != NULL) {
        return true;
    }
    for (t->bucket_bits = buckets_for(n, SL_GRAM_SLOTS - 1); t->bucket_bits <= MAX_BUCKET_BITS;
         t->bucket_bits++) {
        size_t len = sl_lookup_buckets(t->bucket_bits) * sizeof(struct sl_gram_bucket);
        struct sl_gram_bucket *bucket = aligned_alloc(64, len);
        bool good = bucket != NULL;
        if (bucket == NULL) {
            return false;
        }
        memset(bucket, 0, len);
        for (uint32_t i = 0; good && i < n; i++) {
            size_t size = start[i + 1] - start[i];
            if (size > 0 && size <= longest) {
                good = add_gram(t, bucket, sl_word_number(bytes + start[i], size), first + i);
            }
        }
        if (good) {
            t->bucket = bucket;
            return true;
        }
        free(bucket);
    }
    return false;
}

bool sl_lookup_outline(struct sl_vocabulary *v)
{
    const uint32_t n = sl_n_class(&v->lexicon);
    uint32_t *one = v->outline;
    uint32_t *two;
    uint32_t *three;
    if (v->list[SL_BLOCK_OUTLINE - SL_FIRST_LIST].n == 0) {
        return true;
    }
    if (one == NULL && (one = sl_array(n + n * n + n * n * n, sizeof *one)) == NULL) {
        return false;
    }
    v->outline = one;
    two = one + n;
    three = two + n * n;
    for (uint32_t a = 0; a < n; a++) {
        *one++ = sl_find_listed(v, SL_BLOCK_OUTLINE, v->class_word[a]);
        for (uint32_t b = 0; b < n; b++) {
            uint32_t bigram = sl_find_bigram(v, v->class_word[a], v->class_word[b]);
            *two++ = sl_find_listed(v, SL_BLOCK_OUTLINE, bigram);
            for (uint32_t c = 0; c < n; c++) {
                *three++ = sl_find_listed(v, SL_BLOCK_OUTLINE,
                                          sl_find_trigram(v, bigram, v->class_word[c]));
            }
        }
    }
    return true;
}

static bool build_all_grams(struct sl_vocabulary *v)
{
    return build_grams(&v->word_gram, v->word_bytes, v->word_start, v->n_word, 0, SIZE_MAX) &&
           build_grams(&v->character_gram, v->character_bytes, v->character_start, v->n_character,
                       v->first[SL_BLOCK_CHARACTER], SL_GRAM_MAX) &&
           build_grams(&v->lexicon.gram, v->lexicon.bytes, v->lexicon.start, v->lexicon.n, 0,
                       SIZE_MAX);
}

bool sl_lookup_build(struct sl_vocabulary *v)
{
    return build_listed_pairs(v) && build_all_grams(v) && sl_lookup_outline(v);
}

/* ---- freezing ---- */

/* A list by its members' new numbers, ascending again; rank[n]: where each member of old went. */
static bool renumber_list(struct sl_list *list, const uint32_t *number, uint32_t *rank)
{
    uint32_t *old = (uint32_t *)list->feature;
    struct sl_keyed *member = sl_array(list->n, sizeof *member);
    struct sl_keyed *spare = sl_array(list->n, sizeof *spare);
    bool good = member != NULL && spare != NULL;
    for (uint32_t i = 0; good && i < list->n; i++) {
        member[i] = (struct sl_keyed){number[old[i]], i};
    }
    if (good) {
        sl_radix_sort(member, spare, list->n, UINT32_MAX);
    }
    for (uint32_t i = 0; good && i < list->n; i++) {
        old[i] = (uint32_t)member[i].key;
        rank[member[i].at] = i;
    }
    free(member);
    free(spare);
    return good;
}

bool sl_lookup_freeze(struct sl_vocabulary *v, const uint16_t *norm_level, uint32_t *number)
{
    uint32_t old[SL_N_BLOCK + 1];
    sl_pairs_free(&v->pair);
    free((struct sl_gram_bucket *)v->character_gram.bucket); /* it tells features' numbers */
    v->pair = (struct sl_pairs){0};
    v->character_gram = (struct sl_grams){0};
    memcpy(old, v->first, sizeof old);
    if (!build_slots(v, norm_level, number)) {
        return false;
    }
    for (uint32_t w = 0; w < v->n_word; w++) {
        number[w] = w;
    }
    for (int b = SL_FIRST_LIST; b < SL_FIRST_LIST + SL_N_LIST; b++) {
        if (!renumber_list(&v->list[b - SL_FIRST_LIST], number, number + old[b])) {
            return false;
        }
    }
    if (!sl_vocabulary_number(v)) {
        return false;
    }
    for (int b = SL_BLOCK_CHARACTER; b < SL_N_BLOCK; b++) {
        bool list = b >= SL_FIRST_LIST && b < SL_FIRST_LIST + SL_N_LIST;
        for (uint32_t i = old[b]; i < old[b + 1]; i++) {
            number[i] = v->first[b] + (list ? number[i] : i - old[b]);
        }
    }
    sl_vocabulary_drop_lists(v);
    return build_all_grams(v) && sl_lookup_outline(v);
}

/* ---- checks ---- */

static bool grams_are_good(const struct sl_grams *t, uint32_t first, uint32_t end)
{
    uint32_t bad = 0;
    size_t n = sl_lookup_buckets(t->bucket_bits);
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < SL_GRAM_SLOTS; k++) {
            uint32_t feature = t->bucket[i].feature[k];
            bad |=
                (uint32_t)(t->bucket[i].gram[k] != 0) & (uint32_t)(feature - first >= end - first);
        }
    }
    return bad == 0;
}

bool sl_lookup_is_good(const struct sl_vocabulary *v)
{
    return grams_are_good(&v->word_gram, 0, v->n_word) &&
           grams_are_good(&v->character_gram, v->first[SL_BLOCK_CHARACTER],
                          v->first[SL_BLOCK_CHARACTER + 1]) &&
           grams_are_good(&v->lexicon.gram, 0, v->lexicon.n);
}
