/** The bigrams and trigrams of sequences of words, numbered in the order that a vocabulary keeps. */
#ifndef SL_TRAIN_NGRAMS_H
#define SL_TRAIN_NGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_NO_WORD UINT32_MAX /* parts two sequences */

struct sl_ngrams {
    uint32_t n_bigram, n_trigram;
    /* as in feat/vocabulary.h */
    uint32_t *bigram_start, *bigram_next, *trigram_start, *trigram_next;
    uint32_t *tail; /* [n_trigram] the bigram of its last two words */
    /* [n] of the n-gram that ends there, or SL_NO_WORD */
    uint32_t *bigram, *trigram;
};

/* word[n]: words below n_word, and SL_NO_WORD. False when memory is short, or n not below
 * SL_NO_WORD. Free it either way. Linear time but for a factor that grows with n / 2^20: the
 * sequences are read once for each range of first words, so that what is sorted stays in the cache. */
bool sl_ngrams_number(const uint32_t *word, size_t n, uint32_t n_word, struct sl_ngrams *out);
void sl_ngrams_free(struct sl_ngrams *g);

#endif
