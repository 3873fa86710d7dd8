/** A lexicon: words and phrases that are good or bad news, words that strengthen, weaken or turn what
 *  follows, and classes of words that say much the same (a ban, a denial, an official).
 *
 *  Entries are looked up by folded words, one to three joined by single spaces. "~stem" stands for
 *  every word of that stem which has no entry of its own; the builder adds it where all entries of a
 *  stem that have a role agree in it and in sign, or all that have a class in it. The class "-" keeps
 *  a word out of the class that its stem has. */
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

/* Classes of words, beyond those that a role is. Names are A-Z, 0-9, - and _, zeros behind: no folded
 * word can be one. */
#define SL_MAX_WORD_CLASS 29
#define SL_CLASS_NAME 24
#define SL_NO_CLASS 255 /* in word_class: none, whatever the stem has */

#define SL_PHRASE_WORDS 3
#define SL_PHRASE_MAX (SL_PHRASE_WORDS * (SL_FOLD_MAX + 1))

/* Sorted by bytes, distinct. Arrays are owned by the vocabulary that holds it. */
struct sl_lexicon {
    uint32_t n;
    const char *bytes;
    const uint32_t *start;      /* [n + 1] into bytes */
    const float *strength;      /* [n] */
    const uint32_t *role;       /* [n], enum sl_role */
    const uint32_t *word_class; /* [n], 0: none, else 1 and the number of its name, or NO_CLASS */
    uint32_t n_class;
    char class_name[SL_MAX_WORD_CLASS][SL_CLASS_NAME]; /* [n_class], sorted */
    struct sl_grams gram; /* look-up table, as of feat/lookup.h: entries by their bytes */
};

struct sl_polarity {
    float strength;
    uint8_t role;
    uint8_t word_class;
    bool starts_phrase; /* some entry goes on after this word and a space */
};

/* What stands for a word in a frame and in an outline: of its role, or (in outlines) one of the
 * lexicon's own classes, numbered from SL_N_ROLE_CLASS. Upper case: no folded word can be its name. */
enum sl_class { SL_CLASS_POSITIVE, SL_CLASS_NEGATIVE, SL_CLASS_NOT, SL_N_ROLE_CLASS };
#define SL_MAX_CLASS (SL_N_ROLE_CLASS + SL_MAX_WORD_CLASS)
const char *sl_class_name(const struct sl_lexicon *x, uint32_t class_number);
static inline uint32_t sl_n_class(const struct sl_lexicon *x)
{
    return SL_N_ROLE_CLASS + x->n_class;
}

/* All phrases, by the hashes of their words: nearly all that is none is told apart, and no phrase is missed
 * (Bloom 1970; all bits of a phrase in one word, Putze et al. 2007). Zero-initialised is empty. */
#define SL_PHRASE_SET_BITS 11
struct sl_phrase_set {
    uint64_t word[1 << SL_PHRASE_SET_BITS];
};
void sl_phrase_set_read(const struct sl_lexicon *x, struct sl_phrase_set *set);
/* What stands for a folded word in it; and for two words, before a third. */
static inline uint32_t sl_phrase_hash(const char *word, size_t len)
{
    return (uint32_t)sl_hash(word, len, 0);
}
static inline uint32_t sl_phrase_pair(uint32_t first, uint32_t second)
{
    return first * 0x85ebca77u ^ second;
}
/* The place of a phrase whose last word, and what is before it, have these hashes, and its bits there. */
static inline uint32_t sl_phrase_place(uint32_t before, uint32_t last, uint64_t *bits)
{
    const uint64_t x =
        (before * UINT64_C(0x9e3779b97f4a7c15) ^ last) * UINT64_C(0xd6e8feb86659fd93);
    *bits = UINT64_C(1) << (x >> 34 & 63) | UINT64_C(1) << (x >> 40 & 63) |
            UINT64_C(1) << (x >> 46 & 63);
    return (uint32_t)(x >> (64 - SL_PHRASE_SET_BITS));
}
/* Whether they may be one. */
static inline bool sl_phrase_set_may_have(const struct sl_phrase_set *set, uint32_t before,
                                          uint32_t last)
{
    uint64_t bits;
    const uint32_t place = sl_phrase_place(before, last, &bits);
    return (set->word[place] & bits) == bits;
}

struct sl_polarity sl_lexicon_word(const struct sl_lexicon *x, const struct sl_lexeme *lexeme);
/* A phrase of folded words; role NONE and no class where there is none. */
struct sl_polarity sl_lexicon_phrase(const struct sl_lexicon *x, const char *phrase, size_t len);
/* Whether a name may be that of a class: letters as above, and none of those that are taken. */
bool sl_class_name_is_good(const char name[SL_CLASS_NAME]);
void sl_lexicon_free(struct sl_lexicon *x);
bool sl_lexicon_copy(struct sl_lexicon *to, const struct sl_lexicon *from);

#endif
