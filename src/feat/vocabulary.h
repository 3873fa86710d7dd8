/** The frozen feature space of a model.
 *
 *  Features are numbered block by block, in the order of enum sl_block. Words and characters are
 *  sorted by their bytes. In training a bigram is a word's successor, a trigram a bigram's, both as lists
 *  sorted within their head (compressed rows); in a model both are numbered by the slots of their table
 *  (feat/pairs.h), of which some are free: a number that no n-gram has. A bigram's words, a trigram's two
 *  bigrams and what a list names are always features too.
 *
 *  Weighting. With n(f) the occurrences of f in a sentence, each counted as the block says, and s(b)
 *  the scale of its block b,
 *      x(f) = s(b) * n(f) * idf(f) / norm(b),   idf(f) = ln((1 + N) / (1 + df(f))) + 1,
 *      norm(b) = sqrt(sum over occurrences g in block b of n * idf(g)^2)    words, characters, lists
 *              = sqrt(tokens of the sentence)                               polarity
 *              = 1                                                          polarity by place
 *              = sum over occurrences g of n * a(g), with a(g) for idf      vectors
 *  Every norm adds up over occurrences, so that a scorer can keep one sum per distinct token. What an
 *  occurrence adds, idf^2 or a, is rounded as a model holds it (model/model.h) before anything is
 *  learned with it: idf is the root of that.
 *
 *  Word vectors. A linear machine on the mean of word vectors, weighted by a(word), is one number
 *  per word and label; these numbers are the weights of the vector blocks' features. */
#ifndef SL_FEAT_VOCABULARY_H
#define SL_FEAT_VOCABULARY_H

#include "feat/lexicon.h"
#include "feat/lookup.h"

#include <math.h>

#define SL_FEATURE_NONE UINT32_MAX

enum sl_block {
    SL_BLOCK_WORD,      /* words, bigrams, trigrams */
    SL_BLOCK_CHARACTER, /* n-grams inside words */
    /* lists: some of the words and their n-grams, again */
    SL_BLOCK_NEGATED, /* words under negation */
    SL_BLOCK_OUTLINE, /* n-grams of the classes that the lexicon has of words; what has none is left out
                         (class-based n-grams: Brown, Della Pietra, deSouza, Lai & Mercer 1992) */
    SL_BLOCK_NEAR,   /* words and bigrams within 5 tokens of the target */
    SL_BLOCK_WIDE,   /* within 10 */
    SL_BLOCK_BEFORE, /* words before the first mention */
    SL_BLOCK_AFTER,  /* words after it */
    SL_BLOCK_FRAME,  /* n-grams within 4, polar words and negators replaced by their class */
    /* sums of the lexicon's polarity */
    SL_BLOCK_POLARITY,
    SL_BLOCK_PLACED_POLARITY, /* by place about the target */
    /* means of word vectors */
    SL_BLOCK_VECTOR,
    SL_BLOCK_VECTOR_NEAR,   /* weighted exp(-distance / 4) */
    SL_BLOCK_VECTOR_BEFORE, /* the 6 tokens before the target */
    SL_BLOCK_VECTOR_AFTER,
    SL_N_BLOCK
};
#define SL_FIRST_LIST SL_BLOCK_NEGATED
#define SL_N_LIST 7
#define SL_FIRST_VECTOR SL_BLOCK_VECTOR
#define SL_N_VECTOR 4
extern const char *const sl_block_name[SL_N_BLOCK]; /* "word", "char", ... */

/* Features of the polarity blocks: slot * 2, plus 1 for negative. */
enum sl_polarity_slot {
    SL_SLOT_DECAY_4, /* weighted exp(-distance / 4) */
    SL_SLOT_DECAY_10,
    SL_SLOT_BEFORE_4, /* the 4 tokens before the target */
    SL_SLOT_AFTER_4,
    SL_SLOT_BEFORE, /* all before the first mention */
    SL_SLOT_AFTER,
    SL_N_SLOT
};

struct sl_list {
    uint32_t n;
    const uint32_t *feature; /* [n], ascending, of the word block */
};

/* Arrays are owned by the model, or by the vocabulary builder. */
struct sl_vocabulary {
    uint32_t n_word, n_bigram, n_trigram, n_character, n_vector;
    const char *word_bytes;
    const uint32_t *word_start; /* [n_word + 1] into word_bytes */
    /* of a training; NULL in a model */
    const uint32_t *bigram_start;  /* [n_word + 1] into bigram_next */
    const uint32_t *bigram_next;   /* [n_bigram] second word */
    const uint32_t *trigram_start; /* [n_bigram + 1] into trigram_next */
    const uint32_t *trigram_next;  /* [n_trigram] third word */
    const char *character_bytes;
    const uint32_t *character_start; /* [n_character + 1] */
    struct sl_list list[SL_N_LIST];
    struct sl_lexicon lexicon;
    const char *vector_bytes; /* words that have a vector */
    const uint32_t *vector_start;
    struct sl_pairs pair; /* look-up tables: of a model, and where a training reads places */
    struct sl_grams word_gram, character_gram;
    bool used[SL_N_BLOCK];          /* polarity and vector blocks that have features */
    uint32_t first[SL_N_BLOCK + 1]; /* first feature of each block; the last is their number */
    bool target_words; /* the target's own words are features too: see sl_tokens.names_too */
    bool placed;       /* has blocks beyond words, characters and negated words */
    uint32_t class_word[SL_MAX_CLASS]; /* features that stand for the classes, or NONE */
    uint32_t *
        outline; /* the outline's features by their n classes (sl_n_class), or NONE: n of one class,
                          then n * n of two, then n * n * n of three; NULL: the block is empty */
};

/* Sets first, placed and class_word from the numbers and used. False when features are too many. */
bool sl_vocabulary_number(struct sl_vocabulary *v);
void sl_vocabulary_free(struct sl_vocabulary *v); /* its arrays */
/* Gives up the lists of bigrams and trigrams. */
void sl_vocabulary_drop_lists(struct sl_vocabulary *v);

/* Whether bigrams and trigrams are numbered by the slots of their table. */
static inline bool sl_is_frozen(const struct sl_vocabulary *v)
{
    return v->pair.tag != NULL && v->pair.feature == NULL;
}
/* Numbers of bigrams and trigrams, those of free slots too. */
static inline uint64_t sl_n_pair(const struct sl_vocabulary *v)
{
    return sl_is_frozen(v) ? sl_pair_slots(v->pair.n_bucket) : (uint64_t)v->n_bigram + v->n_trigram;
}
/* Whether a feature is a bigram's or trigram's number that none has. */
bool sl_is_free(const struct sl_vocabulary *v, uint32_t feature);

static inline uint32_t sl_n_feature(const struct sl_vocabulary *v)
{
    return v->first[SL_N_BLOCK];
}
static inline uint32_t sl_first_bigram(const struct sl_vocabulary *v)
{
    return v->n_word;
}
static inline uint32_t sl_first_trigram(const struct sl_vocabulary *v)
{
    return v->n_word + v->n_bigram;
}
static inline enum sl_block sl_feature_block(const struct sl_vocabulary *v, uint32_t feature)
{
    int b = feature >= v->first[SL_FIRST_VECTOR] ? SL_FIRST_VECTOR : 0;
    while (feature >= v->first[b + 1]) {
        b++;
    }
    return (enum sl_block)b;
}

/* ---- norms ---- */

/* What an occurrence of a feature adds to the sum behind its block's norm, and the idf of that. */
static inline double sl_norm_part(enum sl_block b, double idf)
{
    return b >= SL_FIRST_VECTOR ? idf : idf * idf;
}
static inline double sl_idf(enum sl_block b, double norm_part)
{
    return b >= SL_FIRST_VECTOR ? norm_part : sqrt(norm_part);
}
/* 1 / norm, 0 where the block is empty. */
static inline double sl_norm_inverse(enum sl_block b, double sum, uint32_t n_token)
{
    if (b == SL_BLOCK_POLARITY) {
        return n_token > 0 ? 1 / sqrt(n_token) : 0;
    }
    if (b == SL_BLOCK_PLACED_POLARITY) {
        return 1;
    }
    return sum <= 0 ? 0 : b >= SL_FIRST_VECTOR ? 1 / sum : 1 / sqrt(sum);
}

/* ---- look-up: each returns a feature, or SL_FEATURE_NONE; arguments may be NONE ---- */

/* Asks for the memory that sl_find_word will read first. */
void sl_ask_for_word(const struct sl_vocabulary *v, const char *stem, size_t len);
uint32_t sl_find_word(const struct sl_vocabulary *v, const char *stem, size_t len);
uint32_t sl_find_bigram(const struct sl_vocabulary *v, uint32_t first, uint32_t second);
uint32_t sl_find_trigram(const struct sl_vocabulary *v, uint32_t bigram, uint32_t third);
uint32_t sl_find_character(const struct sl_vocabulary *v, const char *gram, size_t len);
uint32_t sl_find_listed(const struct sl_vocabulary *v, enum sl_block list, uint32_t feature);
/* The word's index among those with a vector: the feature less the block's first. */
uint32_t sl_find_vector(const struct sl_vocabulary *v, const struct sl_lexeme *lexeme);

/* "word:nation secur", "char:_ba", "negated:risk", "near:fail", "polarity:negative before",
 * "vector:menace". Returns the length that it needs, and writes at most cap bytes with a NUL. */
size_t sl_feature_name(const struct sl_vocabulary *v, uint32_t feature, char *out, size_t cap);

/* Every occurrence of every feature in text[span], token by token; the reference that training and
 * explanations use, and that the scorer is tested against. n: how much the occurrence counts.
 * *n_token: tokens of the sentence. Stops with false when memory is short or seen returns false. */
struct sl_readings;
typedef bool sl_feature_seen(void *user, uint32_t feature, double n, struct slant_span where);
bool sl_features(const struct sl_vocabulary *v, struct sl_lexer *x, struct sl_readings *scratch,
                 const char *text, struct slant_span span, const struct slant_span *mask,
                 size_t n_mask, sl_feature_seen *seen, void *user, uint32_t *n_token);

#endif
