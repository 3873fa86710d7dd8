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

struct sl_polarity sl_lexicon_word(const struct sl_lexicon *x, const struct sl_lexeme *lexeme);
/* A phrase of folded words; role NONE where there is none. */
struct sl_polarity sl_lexicon_phrase(const struct sl_lexicon *x, const char *phrase, size_t len);
void sl_lexicon_free(struct sl_lexicon *x);
bool sl_lexicon_copy(struct sl_lexicon *to, const struct sl_lexicon *from);

#endif
