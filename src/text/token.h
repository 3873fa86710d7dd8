/** Tokens of a text, in order, without copies.
 *
 *  A word is a run of letters, marks and digits, joined across an apostrophe between letters
 *  (don't), a point between single letters or digits (U.S, 5.2), a comma between digits (1,000) and
 *  an ampersand between letters (AT&T). A hyphen parts words. Further tokens: #hashtags, followed
 *  by the parts of a #CamelCase one; @users; addresses; runs of ! and ?; ellipses; emoticons; emoji.
 *  A masked mention of the target is one token of its own.
 *  Spans lie in order; only the parts of a hashtag, and a mention's own words where they are asked for,
 *  lie inside the token before them. */
#ifndef SL_TEXT_TOKEN_H
#define SL_TEXT_TOKEN_H

#include "slant.h"

enum sl_token_kind {
    SL_TOKEN_WORD,
    SL_TOKEN_HASHTAG,
    SL_TOKEN_USER,
    SL_TOKEN_ADDRESS,
    SL_TOKEN_MARK,
    SL_TOKEN_MENTION
};

struct sl_token {
    size_t begin, end; /* in the text */
    enum sl_token_kind kind;
    bool after_break; /* a comma, stop, colon, bracket or dash lies before it */
};

/* A token among those of several sentences. */
struct sl_read_token {
    size_t begin;
    uint32_t len;
    union {
        struct {
            uint8_t item; /* index of its sentence */
            uint8_t kind; /* enum sl_token_kind */
            bool after_break;
            bool first; /* of its sentence */
        };
        uint32_t what; /* all of these */
    };
};

/* The first of token[n], in order, that does not begin before `at`; n: none. */
static inline size_t sl_first_token(const struct sl_read_token *token, size_t n, size_t at)
{
    size_t lo = 0;
    size_t hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (token[mid].begin < at) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

struct sl_tokens {
    const char *text;
    size_t at, end;
    const struct slant_span *mask; /* [n_mask], in order, apart: mentions of the target */
    size_t n_mask;
    size_t limit;       /* of the token being read: the end, or the next mask */
    size_t hashtag_end; /* inside a hashtag's parts until here */
    bool after_break;
    bool names_too; /* set it to have a mention's own words behind the mention; false at first */
};

/* Tokens of text[begin, end). Masks outside are skipped; one that crosses an edge is clipped. */
void sl_tokens_init(struct sl_tokens *it, const char *text, size_t begin, size_t end,
                    const struct slant_span *mask, size_t n_mask);
bool sl_tokens_next(struct sl_tokens *it, struct sl_token *out);

#endif
