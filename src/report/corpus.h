/** What is known of all articles together, from the facts of each. */
#ifndef SL_REPORT_CORPUS_H
#define SL_REPORT_CORPUS_H

#include "report/gather.h"

/* Keeps sentences of the article that was added to the facts last, if they are among the strongest.
 * False when memory is short. */
bool sl_corpus_strongest(struct sl_corpus *c, const struct sl_facts *f, const struct sl_layout *l,
                         const struct sl_summary *s);
/* Shares, design effect and quality, near-copies left out. False when memory is short. */
bool sl_corpus_sum(struct sl_corpus *c, const struct sl_facts *f, const struct sl_layout *l);
/* Compares the groups that are there already. Errors: DATA (no article is in a group), NOMEM. */
enum slant_status sl_corpus_compare(struct sl_corpus *c, const struct sl_facts *f,
                                    const struct sl_layout *l, enum slant_compare compare,
                                    struct slant_error *err);

#endif
