/** What a session knows of the distinct tokens it has met: UTF-8, folding, stemming and character
 *  n-grams are paid once per token. Bounded: at SL_MEMO_BUDGET bytes everything is forgotten and
 *  learned again, which changes no result. */
#ifndef SL_JUDGE_MEMO_H
#define SL_JUDGE_MEMO_H

#include "feat/place.h"
#include "model/model.h"

#define SL_MEMO_BUDGET ((size_t)24 << 20)

struct sl_known {
    uint64_t hash;
    uint32_t name;    /* bytes of the token in the memo's names */
    uint32_t sums;    /* its sums: n_column character sums, then the sum of idf^2 */
    uint32_t word;    /* feature, or SL_FEATURE_NONE */
    uint32_t negated; /* feature, or SL_FEATURE_NONE */
    uint32_t vector;  /* index among the vector words, or SL_FEATURE_NONE */
    struct sl_polarity polarity;
    uint16_t len;
    bool has_characters;
    bool negator;
};

struct sl_memo {
    const struct slant_model *model;
    struct sl_lexer lexer;
    struct sl_known *known; /* [n_slot]; hash 0: free */
    size_t n_slot, n;
    char *names;
    size_t len_names, cap_names;
    double *sums;
    size_t n_sums, cap_sums;
    uint32_t target_word; /* the feature of a masked mention */
    uint32_t target_negated;
    double *block;               /* [SL_N_BLOCK][n_column], a sentence's sums */
    struct sl_readings readings; /* a sentence's tokens */
};

enum slant_status sl_memo_init(struct sl_memo *memo, const struct slant_model *model,
                               struct slant_error *err);
void sl_memo_free(struct sl_memo *memo);
/* Valid until the next call. NULL when memory is short. */
const struct sl_known *sl_memo_get(struct sl_memo *memo, const char *text,
                                   const struct sl_token *t);

#endif
