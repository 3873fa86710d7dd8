/** Mentions of a target: where one of its spellings stands as whole words, in any case. A
 * possessive 's belongs to the mention. The longest spelling at the leftmost place wins. */
#ifndef SL_TEXT_MENTION_H
#define SL_TEXT_MENTION_H

#include "base/status.h"

struct sl_spans {
    struct slant_span *p; /* [n], in order, apart */
    size_t n, cap;
};

/* The first of span[n] (in order, apart) that ends behind `at`; n: none. */
static inline size_t sl_first_behind(const struct slant_span *span, size_t n, size_t at)
{
    size_t lo = 0;
    size_t hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (span[mid].end <= at) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

/* Appends the mentions in text[0, len). Linear in len times the number of spellings that share a
 * first letter with the text's words. Errors: NOMEM, LIMIT (too many spellings), ARG (one without a
 * letter or digit). */
enum slant_status sl_mentions_find(const char *text, size_t len, const struct slant_target *target,
                                   struct sl_spans *out, struct slant_error *err);
/* Whether it would fail on any text. */
enum slant_status sl_target_check(const struct slant_target *target, struct slant_error *err);

#endif
