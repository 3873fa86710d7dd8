/** One rule for each place that a cue can have: each looks at the cue at token i, and adds a finding
 * where it attributes. */
#ifndef SL_QUOTE_CUES_H
#define SL_QUOTE_CUES_H

#include "quote/finding.h"

/* Behind what they attribute. */
void sl_postponed_cue(struct sl_rules *r, int i); /* "...," he said; "...," said X */
/* The quotation stands in a sentence of its own before this one: "...?" X said. */
void sl_cue_after_quotation(struct sl_rules *r);
/* Length of a cue that is a preposition at i: "according to", "in the words of"; else 0. */
int sl_preposition_cue(const struct sl_clause *c, int i);
void sl_according(struct sl_rules *r, int i, int n); /* a preposition of n tokens */
void sl_as_clause(struct sl_rules *r, int i);        /* As X said, ...; ..., as X said */
/* Before what they attribute. */
void sl_verb_cue_at(struct sl_rules *r, int i);
void sl_noun_cue_at(struct sl_rules *r, int i);
void sl_adjective_cue_at(struct sl_rules *r, int i);

#endif
