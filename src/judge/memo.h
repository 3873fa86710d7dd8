/** What a session knows of the distinct tokens it has met: UTF-8, folding, stemming, character
 *  n-grams and the word's own weights are paid once per token.
 *
 *  Tokens of at most 16 bytes, nearly all, are their own keys: two integers, so that to find one is
 *  one comparison. Bounded: at SL_MEMO_BUDGET bytes what has been met but once is forgotten at the start
 *  of the next block of tokens; everything, where that is less than a quarter, or where a hostile text makes
 *  the search long. What is forgotten is learned again, which changes no result. */
#ifndef SL_JUDGE_MEMO_H
#define SL_JUDGE_MEMO_H

#include "feat/place.h"
#include "model/model.h"
#include "text/scan.h"

#define SL_MEMO_BUDGET ((size_t)21 << 20)
#define SL_MEMO_SLACK 1024 /* tokens that may be learned between two calls of sl_memo_begin */

#define SL_KNOWN_NEGATOR 1

/* Of a token of more than 16 bytes, low is a hash whose lowest byte is SL_LONG, with which no token
 * begins: the two kinds of key never meet. */
#define SL_LONG 1

#define SL_NOT_ASKED (SL_FEATURE_NONE - 1) /* no feature has it */

struct sl_forms;

struct sl_known {
    uint32_t number;  /* of what else is known of it; 0: the masked mention */
    uint32_t word;    /* feature, or the model's no_row */
    uint32_t negated; /* feature, or SL_FEATURE_NONE, or, until it is wanted, SL_NOT_ASKED */
    uint8_t len;
    bool again; /* met a second time since it was learned, or things were forgotten */
    uint16_t flags;
};

/* A cache line of the memo's table: two places, of which one comparison tells which it is. */
struct sl_known_two {
    uint64_t key[2]
                [2]; /* low and high: the token's bytes, zeros behind; long: a hash, and where its
                           name is. low 0: free */
    struct sl_known known[2];
};

/* What only the features by place, the lexicon and the vectors read. */
struct sl_known_more {
    struct sl_polarity polarity;
    uint32_t vector; /* index among the vector words, or SL_FEATURE_NONE */
    uint32_t hash;   /* as phrases have it */
};

/* A token as it is looked up. */
struct sl_key {
    uint64_t low, high; /* together, as in struct sl_known_two */
    uint64_t hash;
};
static inline bool sl_key_long(const struct sl_key *key)
{
    return (key->low & 0xff) == SL_LONG;
}

/* The short character n-grams, of two and three, of letters and of a word's edges: a place tells three
 * characters, an edge or nothing being 0, and holds what the n-grams of two and of three that begin there add up
 * to. Zeros: not known yet. */
#define SL_SHORT_MAX 3
#define SL_SHORT_BITS 5
#define SL_SHORT_CODES (1 << SL_SHORT_BITS)
#define SL_SHORT_PLACES ((size_t)SL_SHORT_CODES * SL_SHORT_CODES * SL_SHORT_CODES)

/* n-grams of new words, whose rows are still to be added to the words' sums. */
enum { SL_ASKED_WORDS = 16, SL_ASKED_GRAMS = 512, SL_CHAR_LANES = 4 };
struct sl_asked_word {
    int16_t *sums;
    uint32_t end; /* behind its last n-gram */
};
struct sl_asked {
    struct sl_asked_word word[SL_ASKED_WORDS];
    uint64_t gram[SL_ASKED_GRAMS + SL_CHAR_GRAMS + SL_CHAR_LANES];
    uint64_t home[SL_ASKED_GRAMS + SL_CHAR_GRAMS + SL_CHAR_LANES]; /* buckets */
    uint32_t n_word, n_gram;
};

struct sl_memo;
/* Asks for the rows of a word's character n-grams, to be added up in sums[stride] of the memo; */
typedef void sl_ask_for_characters(struct sl_memo *memo, const struct sl_lexeme *lexeme,
                                   int16_t *sums);
/* and adds those of all words that were asked for. */
typedef void sl_sum_asked(struct sl_memo *memo);

/* What else is to be known of a token, wherever it stands, in bits 1 to 15. */
typedef uint16_t sl_mark_token(const char *token, size_t len);

struct sl_memo {
    const struct slant_model *model;
    const struct sl_forms *forms;
    int16_t *of_short;     /* [SL_SHORT_PLACES][stride], filled as it is wanted, page by page */
    struct sl_asked asked; /* empty where sums are read */
    struct sl_lexer lexer;
    struct sl_known_two
        *known; /* [2^bits / 2], 64-aligned; the search begins at the first of two */
    uint32_t bits;
    size_t n;        /* tokens known */
    int16_t *sums;   /* [n + 1][2][stride]: of the rows of its characters; the word's own row */
    size_t cap_sums; /* what the budget allows, and a block's tokens more: asked for once, and used
                        page by page */
    struct sl_known_more *more; /* [n + 1], where the model has use for it */
    size_t cap_more;
    struct sl_phrase_set phrases; /* of the lexicon, where the model has use for them */
    char *names;                  /* of long tokens */
    size_t len_names, cap_names;
    bool crowded;        /* a search was long */
    bool full;           /* the table may not grow */
    sl_mark_token *mark; /* the other flags of a token are what it gives; or NULL */
    uint32_t age; /* how often it has begun anew: numbers of another age are of other tokens */
    uint32_t target_word; /* of a masked mention, as in struct sl_known */
    uint32_t target_negated;
};

enum slant_status sl_memo_init(struct sl_memo *memo, const struct slant_model *model,
                               const struct sl_forms *forms, struct slant_error *err);
void sl_memo_free(struct sl_memo *memo);
/* Forgets what must be forgotten; what sl_memo_learn gave until now may be gone. False: memory. */
bool sl_memo_begin(struct sl_memo *memo);

/* The key of a token of bytes p[0, len). Words longer than SL_WORD_MAX
 * are cut: no more of them is read. */
void sl_memo_key(const char *p, size_t len, struct sl_key *key);
/* Only its upper bits are used, which depend on all bits of both (Dietzfelbinger 1996). */
static inline uint64_t sl_memo_hash(uint64_t low, uint64_t high)
{
    return low * UINT64_C(0x9e3779b97f4a7c15) + high * UINT64_C(0xd6e8feb86659fd93);
}
/* From one token's sums to the next's. */
static inline size_t sl_memo_width(const struct sl_memo *memo)
{
    return (size_t)2 * memo->model->stride;
}
/* Where the search for a token begins: number of the two. */
static inline uint32_t sl_memo_shift(uint32_t bits)
{
    return 65 - bits;
}
static inline size_t sl_memo_home(uint64_t hash, uint32_t bits)
{
    return (size_t)(hash >> sl_memo_shift(bits));
}
/* Of a masked mention: no token has it. */
static inline struct sl_key sl_memo_no_key(void)
{
    return (struct sl_key){SL_LONG, UINT64_MAX, 0};
}
/* What is known of the token, which is learned where it is new; the sums of its characters wait for sum_asked.
 * Valid until the next call. NULL when memory is short. */
struct sl_known *sl_memo_learn(struct sl_memo *memo, const char *text, const struct sl_token *t,
                               const struct sl_key *key);

#endif
