/** Tokens of several sentences in a row, by the scan where the text is plain. */
#ifndef SL_JUDGE_READER_H
#define SL_JUDGE_READER_H

#include "judge/memo.h"
#include "text/scan.h"

enum { SL_READER_ITEMS = UINT8_MAX + 1 }; /* read in a row */

/* A sentence, and the mentions of the target in it. */
struct sl_item {
    struct slant_span span;
    const struct slant_span *mask; /* [n_mask] */
    size_t n_mask;
};

/* Where words go, and what is next in the scan. */
struct sl_words {
    struct sl_read_token *t;
    struct sl_key *key;
    const uint32_t *edge, *broken;
    uint32_t what; /* they are: see struct sl_read_token */
};
struct sl_reader;
/* Takes words up to t_end that end before `stop`; `roomy`: before which 16 bytes may be read of each. */
typedef void sl_take_words(const struct sl_reader *r, struct sl_words *w,
                           const struct sl_read_token *t_end, uint32_t stop, uint32_t roomy);

struct sl_reader {
    enum sl_simd simd; /* the scan's form */
    sl_take_words *take_words;
    bool names_too;             /* see sl_tokens */
    const struct sl_memo *memo; /* whose memory is asked for ahead */
    const char *text;
    size_t len;
    const struct sl_item *item;
    size_t n_item;
    size_t at_item;      /* the sentence being read */
    bool begun;          /* it has been begun */
    bool slow;           /* it is read without the scan */
    bool first;          /* its next token is its first */
    bool others;         /* the tokens last read are not words alone */
    bool mentions, tags; /* there was such a token so far; of tags, perhaps parts alone */
    const struct sl_read_token *out; /* where tokens go */
    uint32_t *start;                 /* [n_start] of them, their sentences' first */
    uint32_t n_start;
    struct sl_tokens it;         /* where it is read */
    size_t from, to;             /* what the scan has seen */
    uint32_t edge, care, broken; /* next in the scan */
    struct sl_scan scan;
};

/* n_item <= SL_READER_ITEMS */
void sl_reader_begin(struct sl_reader *r, const char *text, size_t len, const struct sl_item *item,
                     size_t n_item);
/* The next tokens and their keys, at most cap; fewer only at the end. start[*n_start], of cap + 1: those
 * that are their sentence's first. */
size_t sl_reader_next(struct sl_reader *r, struct sl_read_token *out, struct sl_key *key,
                      size_t cap, uint32_t *start, uint32_t *n_start);

#endif
