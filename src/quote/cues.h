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
/* In the view of whom the words behind "in" at i tell, which begins a clause or follows a comma: in her view, in
 * the court's opinion. */
void sl_in_view(struct sl_rules *r, int i);
/* Before what they attribute. */
void sl_verb_cue_at(struct sl_rules *r, int i);
/* Who is a critic or a supporter of it, by the noun at i. */
void sl_partisan_at(struct sl_rules *r, int i);
/* It drew criticism from X: the noun at i, whose phrase begins at cue_from; whether it does. */
bool sl_comes_from(struct sl_rules *r, int cue_from, int i);
void sl_noun_cue_at(struct sl_rules *r, int i);
void sl_adjective_cue_at(struct sl_rules *r, int i);

#endif
