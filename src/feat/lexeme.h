/** A token as the features see it: its stem and, for words, its folded form.
 *
 *  A mention of the target is TARGET, a user @user, an address http:, whoever and wherever they
 *  are. Initialisms lose their points (U.K. is uk), but US and U.S. become u.s, apart from the
 *  pronoun. Runs of ! and ? keep three signs. Words are stemmed as Snowball does (Porter 2001,
 *  libstemmer), by it or by what the language knows itself. */
#ifndef SL_FEAT_LEXEME_H
#define SL_FEAT_LEXEME_H

#include "base/status.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/token.h"

#define SL_STEM_MAX (SL_FOLD_MAX + 1)
#define SL_STEM_TARGET "TARGET" /* upper case: no folded word can be it */

struct sl_lexeme {
    char stem[SL_STEM_MAX];
    size_t stem_len;
    char folded[SL_FOLD_MAX]; /* characters are taken from it; folded_len 0: none are */
    size_t folded_len;
    bool negator;
};

/* One thread's stemmer; libstemmer returns a buffer that the stemmer owns. */
struct sl_lexer {
    void *stemmer; /* struct sb_stemmer, hidden here */
    const struct sl_language *language;
};

enum slant_status sl_lexer_init(struct sl_lexer *x, const struct sl_language *language,
                                struct slant_error *err);
void sl_lexer_free(struct sl_lexer *x);
/* False only when memory is short. */
bool sl_lexeme_read(struct sl_lexer *x, const char *text, const struct sl_token *t,
                    struct sl_lexeme *out);
/* A hash of the stems of a fixed list of words: differs where another version of the algorithm
 * would make other features. */
enum slant_status sl_lexer_probe(struct sl_lexer *x, uint64_t *hash, struct slant_error *err);

/* Negation: a negator marks the words behind it, up to a break or SL_NEGATION_REACH words. */
#define SL_NEGATION_REACH 4
struct sl_negation {
    int left;
};
/* Whether this token stands under negation. */
static inline bool sl_negation_step(struct sl_negation *n, bool after_break, bool negator)
{
    bool negated;
    if (after_break) {
        n->left = 0;
    }
    negated = n->left > 0;
    n->left = negator ? SL_NEGATION_REACH : negated ? n->left - 1 : 0;
    return negated && !negator;
}

/* Character n-grams of one word: code points of the folded word between two spaces. */
#define SL_CHAR_MIN 2
#define SL_CHAR_MAX 5
#define SL_CHAR_POINTS 66 /* with the spaces; what folding made longer is cut */
#define SL_CHAR_GRAMS \
    ((SL_CHAR_MAX - SL_CHAR_MIN + 1) * (2 * SL_CHAR_POINTS + 2 - SL_CHAR_MIN - SL_CHAR_MAX) / 2)
struct sl_characters {
    char padded[SL_FOLD_MAX + 2 + 20];  /* and room to read 16 bytes at any of them, and behind */
    uint16_t start[SL_CHAR_POINTS + 1]; /* [n + 1], of the code points */
    size_t n;
};
void sl_characters_init(struct sl_characters *c, const struct sl_lexeme *x);

#endif
