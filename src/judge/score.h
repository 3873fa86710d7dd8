/** Margins of one sentence, one look-up a token. */
#ifndef SL_JUDGE_SCORE_H
#define SL_JUDGE_SCORE_H

#include "judge/memo.h"

/* margin[n_column] of text[span) with the mentions in mask. Streams: memory does not grow with the
 * sentence. False when memory is short. */
bool sl_score(struct sl_memo *memo, const char *text, struct slant_span span,
              const struct slant_span *mask, size_t n_mask, double *margin);

#endif
