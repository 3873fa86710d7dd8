/** Which findings tell of no stance of their source: what is denied, asked, supposed or long past. */
#ifndef SL_QUOTE_UNHELD_H
#define SL_QUOTE_UNHELD_H

#include "quote/rules.h"

/* No senator, neither A nor B, few ministers: a source that is nobody. */
bool sl_is_nobody(const struct sl_clause *c, struct sl_range source);
/* Q, A, MODERATOR: words before a colon that tell whose turn it is, and no name. */
bool sl_is_turn(const struct sl_clause *c, struct sl_range source);
/* X, who once opposed it: a source that tells of another time. */
bool sl_is_dated(const struct sl_clause *c, struct sl_range source);
/* Despite A, X said B: whether all of a finding stands behind a concession and its comma. */
bool sl_is_conceding(const struct sl_clause *c, const struct sl_finding *f);
/* X demanded that ministries drop it, said that Y should have dropped it, asked why Y had not: whether the
 * inner deed is only what the outer cue asks for. */
bool sl_is_demanded(const struct sl_clause *c, const struct sl_finding *outer,
                    const struct sl_finding *inner);
/* X refused to comment, declined to be drawn: who does so says nothing by it, yet it is X who does. */
bool sl_is_silent(const struct sl_clause *c, const struct sl_finding *f);
/* Whether finding i is no statement or deed of its source. */
bool sl_unheld(const struct sl_clause *c, const struct sl_findings *all, int i);

#endif
