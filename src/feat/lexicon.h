/** A polarity lexicon: words and phrases that are good or bad news, and words that strengthen,
 *  weaken or turn what follows.
 *
 *  Entries are looked up by folded words, one to three joined by single spaces. "~stem" stands for
 *  every word of that stem which has no entry of its own; the builder adds it where all entries of a
 *  stem agree in sign. */
#ifndef SL_FEAT_LEXICON_H
#define SL_FEAT_LEXICON_H

#include "feat/lexeme.h"
#include "feat/lookup.h"

enum sl_role {
    SL_ROLE_NONE,
    SL_ROLE_POLAR,       /* strength: above 0 positive, below negative */
    SL_ROLE_INTENSIFIER, /* strength: a factor, as of the next two */
    SL_ROLE_DIMINISHER,
    SL_ROLE_NEGATOR,
    SL_N_ROLE
};

#define SL_PHRASE_WORDS 3
#define SL_PHRASE_MAX (SL_PHRASE_WORDS * (SL_FOLD_MAX + 1))

/* Sorted by bytes, distinct. Arrays are owned by the vocabulary that holds it. */
struct sl_lexicon {
    uint32_t n;
    const char *bytes;
    const uint32_t *start; /* [n + 1] into bytes */
    const float *strength; /* [n] */
    const uint32_t *role;  /* [n], enum sl_role */
    struct sl_grams gram;  /* look-up table, as of feat/lookup.h: entries by their bytes */
};

struct sl_polarity {
    float strength;
    uint8_t role;
    bool starts_phrase; /* some entry goes on after this word and a space */
};

/* The first two words of all phrases, by their hashes: nearly every pair that begins none is told
 * apart, and no phrase is missed (Bloom 1970). Zero-initialised is empty. */
#define SL_OPENINGS_BITS 15
struct sl_openings {
    uint64_t bits[(1 << SL_OPENINGS_BITS) / 64];
};
void sl_openings_read(const struct sl_lexicon *x, struct sl_openings *o);
/* What stands for a folded word in it. */
static inline uint32_t sl_opening_hash(const char *word, size_t len)
{
    return (uint32_t)sl_hash(word, len, 0);
}
static inline uint32_t sl_opening_bit(uint32_t first, uint32_t second)
{
    return (first * 0x9e3779b1u ^ second) * 0x85ebca77u >> (32 - SL_OPENINGS_BITS);
}
/* Whether some phrase may begin with the two words of these hashes. */
static inline bool sl_openings_may_have(const struct sl_openings *o, uint32_t first,
                                        uint32_t second)
{
    uint32_t bit = sl_opening_bit(first, second);
    return (o->bits[bit / 64] >> bit % 64 & 1) != 0;
}

struct sl_polarity sl_lexicon_word(const struct sl_lexicon *x, const struct sl_lexeme *lexeme);
/* A phrase of folded words; role NONE where there is none. */
struct sl_polarity sl_lexicon_phrase(const struct sl_lexicon *x, const char *phrase, size_t len);
void sl_lexicon_free(struct sl_lexicon *x);
bool sl_lexicon_copy(struct sl_lexicon *to, const struct sl_lexicon *from);

#endif
