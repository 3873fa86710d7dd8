/** The frozen feature space of a model.
 *
 *  Features are numbered block by block: words, word bigrams, word trigrams, characters, negated
 *  words. Words and characters are sorted by their bytes; a bigram is a word's successor, a trigram
 *  a bigram's, both as lists sorted within their head (compressed rows). A bigram's words, a
 *  trigram's two bigrams and a negated word's word are always features too.
 *
 *  Weighting. With c(f) the occurrences of f in a sentence and s(b) the scale of its block b,
 *      x(f) = s(b) * c(f) * idf(f) / sqrt(sum over occurrences g in block b of idf(g)^2),
 *      idf(f) = ln((1 + N) / (1 + df(f))) + 1.
 *  The norm adds up over occurrences, so that a scorer can keep one sum per distinct token. */
#ifndef SL_FEAT_VOCABULARY_H
#define SL_FEAT_VOCABULARY_H

#include "feat/lexeme.h"

#define SL_FEATURE_NONE UINT32_MAX

enum sl_block { SL_BLOCK_WORD, SL_BLOCK_CHARACTER, SL_BLOCK_NEGATED, SL_N_BLOCK };

/* Arrays are owned by the model, or by the vocabulary builder. */
struct sl_vocabulary {
    uint32_t n_word, n_bigram, n_trigram, n_character, n_negated, n_feature;
    const char *word_bytes;
    const uint32_t *word_start;    /* [n_word + 1] into word_bytes */
    const uint32_t *bigram_start;  /* [n_word + 1] into bigram_next */
    const uint32_t *bigram_next;   /* [n_bigram] second word */
    const uint32_t *trigram_start; /* [n_bigram + 1] into trigram_next */
    const uint32_t *trigram_next;  /* [n_trigram] third word */
    const char *character_bytes;
    const uint32_t *character_start; /* [n_character + 1] */
    const uint32_t *negated_word;    /* [n_negated], ascending */
};

void sl_vocabulary_free(struct sl_vocabulary *v); /* its arrays */

/* First feature of each kind. */
static inline uint32_t sl_first_bigram(const struct sl_vocabulary *v)
{
    return v->n_word;
}
static inline uint32_t sl_first_trigram(const struct sl_vocabulary *v)
{
    return v->n_word + v->n_bigram;
}
static inline uint32_t sl_first_character(const struct sl_vocabulary *v)
{
    return sl_first_trigram(v) + v->n_trigram;
}
static inline uint32_t sl_first_negated(const struct sl_vocabulary *v)
{
    return sl_first_character(v) + v->n_character;
}
static inline enum sl_block sl_feature_block(const struct sl_vocabulary *v, uint32_t feature)
{
    return feature < sl_first_character(v) ? SL_BLOCK_WORD
           : feature < sl_first_negated(v) ? SL_BLOCK_CHARACTER
                                           : SL_BLOCK_NEGATED;
}

/* Each returns a feature, or SL_FEATURE_NONE; arguments may be NONE. */
uint32_t sl_find_word(const struct sl_vocabulary *v, const char *stem, size_t len);
uint32_t sl_find_bigram(const struct sl_vocabulary *v, uint32_t first, uint32_t second);
uint32_t sl_find_trigram(const struct sl_vocabulary *v, uint32_t bigram, uint32_t third);
uint32_t sl_find_character(const struct sl_vocabulary *v, const char *gram, size_t len);
uint32_t sl_find_negated(const struct sl_vocabulary *v, uint32_t word);

/* "word:nation secur", "char:_ba", "negated:risk". Returns the length that it needs, and writes at
 * most cap bytes with a NUL. */
size_t sl_feature_name(const struct sl_vocabulary *v, uint32_t feature, char *out, size_t cap);

/* Every occurrence of every feature in text[span], token by token; the reference that training and
 * explanations use, and that the scorer is tested against. Stops with false when memory is short or
 * seen returns false. */
typedef bool sl_feature_seen(void *user, uint32_t feature, struct slant_span where);
bool sl_features(const struct sl_vocabulary *v, struct sl_lexer *x, const char *text,
                 struct slant_span span, const struct slant_span *mask, size_t n_mask,
                 sl_feature_seen *seen, void *user);

#endif
