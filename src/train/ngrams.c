#include "train/ngrams.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/radix.h"

#include <stdlib.h>
#include <string.h>

enum { RANGE = 1 << 19 }; /* bigrams that are sorted together, unless one word begins more */

struct numbering {
    const uint32_t *word;
    size_t n;
    uint32_t n_word;
    unsigned word_bits;
    uint32_t *begun; /* [n_word] bigrams that begin with the word */
    struct sl_keyed *key, *spare;
    size_t cap_bigram, cap_trigram, cap_start, cap_tail;
    struct sl_ngrams *out;
};

/* The bigrams that begin with words [low, high), each keyed with its words at its end. */
static size_t find_bigrams(struct numbering *s, uint32_t low, uint32_t high)
{
    struct sl_keyed *key = s->key;
    size_t n = 0;
    for (size_t i = 1; i < s->n; i++) {
        uint32_t first = s->word[i - 1];
        uint32_t second = s->word[i];
        key[n] = (struct sl_keyed){(uint64_t)(first - low) << s->word_bits | second, (uint32_t)i};
        n += (first - low < high - low) & (second != SL_NO_WORD);
    }
    return n;
}

/* That of key i. */
static uint32_t last_word(const struct numbering *s, size_t i)
{
    return (uint32_t)(s->key[i].key & ((UINT64_C(1) << s->word_bits) - 1));
}

static bool number_bigrams(struct numbering *s, size_t n, uint32_t low)
{
    struct sl_ngrams *out = s->out;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || s->key[i].key != s->key[i - 1].key) {
            if (!sl_grow(&out->bigram_next, &s->cap_bigram, (size_t)out->n_bigram + 1,
                         sizeof *out->bigram_next)) {
                return false;
            }
            out->bigram_next[out->n_bigram++] = last_word(s, i);
            out->bigram_start[low + (uint32_t)(s->key[i].key >> s->word_bits) + 1]++;
        }
        out->bigram[s->key[i].at] = out->n_bigram - 1;
    }
    return true;
}

/* From the sorted bigrams of a range to its trigrams, which start with bigrams from `first` on. */
static size_t find_trigrams(struct numbering *s, size_t n, uint32_t first)
{
    size_t n_trigram = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = (size_t)s->key[i].at + 1;
        uint32_t third = at < s->n ? s->word[at] : SL_NO_WORD;
        uint64_t head = s->out->bigram[at - 1] - first;
        s->key[n_trigram] = (struct sl_keyed){head << s->word_bits | third, (uint32_t)at};
        n_trigram += third != SL_NO_WORD;
    }
    return n_trigram;
}

static bool number_trigrams(struct numbering *s, size_t n, uint32_t first)
{
    struct sl_ngrams *out = s->out;
    if (!sl_grow(&out->trigram_start, &s->cap_start, (size_t)out->n_bigram + 1,
                 sizeof *out->trigram_start)) {
        return false;
    }
    memset(out->trigram_start + first + 1, 0, (out->n_bigram - first) * sizeof *out->trigram_start);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || s->key[i].key != s->key[i - 1].key) {
            if (!sl_grow(&out->trigram_next, &s->cap_trigram, (size_t)out->n_trigram + 1,
                         sizeof *out->trigram_next) ||
                !sl_grow(&out->tail, &s->cap_tail, (size_t)out->n_trigram + 1, sizeof *out->tail)) {
                return false;
            }
            out->tail[out->n_trigram] = s->key[i].at; /* where it is, for now */
            out->trigram_next[out->n_trigram++] = last_word(s, i);
            out->trigram_start[first + (uint32_t)(s->key[i].key >> s->word_bits) + 1]++;
        }
        out->trigram[s->key[i].at] = out->n_trigram - 1;
    }
    return true;
}

static bool number_range(struct numbering *s, uint32_t low, uint32_t high)
{
    uint32_t first = s->out->n_bigram;
    size_t n = find_bigrams(s, low, high);
    sl_radix_sort(s->key, s->spare, n, (uint64_t)(high - low) << s->word_bits);
    if (!number_bigrams(s, n, low)) {
        return false;
    }
    n = find_trigrams(s, n, first);
    sl_radix_sort(s->key, s->spare, n, (uint64_t)(s->out->n_bigram - first) << s->word_bits);
    return number_trigrams(s, n, first);
}

/* Counts what begins with each word; *room: the most that one range has. */
static void count_begun(struct numbering *s, size_t *room)
{
    *room = RANGE;
    for (size_t i = 1; i < s->n; i++) {
        if (s->word[i - 1] != SL_NO_WORD && s->word[i] != SL_NO_WORD) {
            uint32_t now = ++s->begun[s->word[i - 1]];
            *room = now > *room ? now : *room;
        }
    }
}

static bool number_all(struct numbering *s)
{
    struct sl_ngrams *out = s->out;
    uint32_t high;
    for (uint32_t low = 0; low < s->n_word; low = high) {
        size_t load = s->begun[low];
        for (high = low + 1; high < s->n_word && load + s->begun[high] <= RANGE; high++) {
            load += s->begun[high];
        }
        if (load > 0 && !number_range(s, low, high)) {
            return false;
        }
    }
    for (uint32_t w = 0; w < s->n_word; w++) {
        out->bigram_start[w + 1] += out->bigram_start[w];
    }
    for (uint32_t b = 0; b < out->n_bigram; b++) {
        out->trigram_start[b + 1] += out->trigram_start[b];
    }
    for (uint32_t t = 0; t < out->n_trigram; t++) {
        out->tail[t] = out->bigram[out->tail[t]];
    }
    return true;
}

bool sl_ngrams_number(const uint32_t *word, size_t n, uint32_t n_word, struct sl_ngrams *out)
{
    struct numbering s = {
        .word = word, .n = n, .n_word = n_word, .word_bits = sl_bits_of(n_word), .out = out};
    size_t room = 0;
    bool good;
    memset(out, 0, sizeof *out);
    s.begun = sl_array_zero(n_word, sizeof *s.begun);
    if (n < SL_NO_WORD) { /* written out of order */
        out->bigram = sl_large(n * sizeof *out->bigram);
        out->trigram = sl_large(n * sizeof *out->trigram);
    }
    out->bigram_start = sl_array_zero((size_t)n_word + 1, sizeof *out->bigram_start);
    good = s.begun != NULL && out->bigram != NULL && out->trigram != NULL &&
           out->bigram_start != NULL &&
           sl_grow(&out->bigram_next, &s.cap_bigram, 1, sizeof *out->bigram_next) &&
           sl_grow(&out->trigram_next, &s.cap_trigram, 1, sizeof *out->trigram_next) &&
           sl_grow(&out->trigram_start, &s.cap_start, 1, sizeof *out->trigram_start) &&
           sl_grow(&out->tail, &s.cap_tail, 1, sizeof *out->tail);
    if (good) {
        out->trigram_start[0] = 0;
        memset(out->bigram, 0xff, n * sizeof *out->bigram);
        memset(out->trigram, 0xff, n * sizeof *out->trigram);
        count_begun(&s, &room);
        s.key = sl_array(room + 1, sizeof *s.key);
        s.spare = sl_array(room + 1, sizeof *s.spare);
        good = s.key != NULL && s.spare != NULL && number_all(&s);
    }
    free(s.begun);
    free(s.key);
    free(s.spare);
    return good;
}

void sl_ngrams_free(struct sl_ngrams *g)
{
    free(g->bigram_start);
    free(g->bigram_next);
    free(g->trigram_start);
    free(g->trigram_next);
    free(g->tail);
    free(g->bigram);
    free(g->trigram);
    memset(g, 0, sizeof *g);
}
