/** Margins of sentences, a block of tokens at a time.
 *
 *  Each step of a block asks for the memory that the next step reads: the tokens' keys, what is known
 *  of them, the pairs that they make, the rows of those that are features. Sums are made last,
 *  sentence by sentence, token by token. */
#ifndef SL_JUDGE_SCORE_H
#define SL_JUDGE_SCORE_H

#include "judge/reader.h"

struct sl_scorer;
enum slant_status sl_scorer_new(const struct slant_model *m, enum sl_simd simd,
                                struct sl_scorer **out, struct slant_error *err);
void sl_scorer_free(struct sl_scorer *s);
/* margin[n][n_column] of at most SL_READER_ITEMS items, which stand in text[0, len) in order. Streams: memory does not
 * grow with the text. keep: for sl_score_part. False when memory is short. */
bool sl_score(struct sl_scorer *s, const char *text, size_t len, const struct sl_item *item,
              size_t n, bool keep, double *margin);
/* margin[n_column] of an item in the same text that lies in one of those that were kept last and cuts no
 * code point: the same as sl_score gives. */
bool sl_score_part(struct sl_scorer *s, const char *text, size_t len, const struct sl_item *item,
                   double *margin);
/* Has tokens marked; before anything is scored. */
void sl_scorer_mark(struct sl_scorer *s, sl_mark_token *mark);
/* The tokens [*n] that were kept last, and their marks; one more behind them begins at SIZE_MAX. */
void sl_scorer_kept(const struct sl_scorer *s, const struct sl_read_token **token,
                    const uint16_t **mark, size_t *n);
/* sl_features with the scorer's scratch memory. */
bool sl_scorer_features(struct sl_scorer *s, const char *text, const struct sl_item *item,
                        sl_feature_seen *seen, void *user, uint32_t *n_token);

/* Of all that was scored: see sl_session_words. */
void sl_scorer_words(const struct sl_scorer *s, uint64_t *n_word, uint64_t *n_unknown);

#endif
