/** Subjects of verbs among tagged tokens: who does it. */
#ifndef SL_QUOTE_SUBJECT_H
#define SL_QUOTE_SUBJECT_H

#include "quote/phrase.h"

/* Subject of the verb group that begins at g; empty where there is none near. */
struct sl_range sl_subject(const struct sl_clause *c, int g);
/* The comma before what somebody is called, in a quotation that ends at `close`: X, known as "Y"; -1: it is
 * none such. */
int sl_byname(const struct sl_clause *c, int close);
/* Whether the phrase that begins at i is the object of an -ing that is the subject: banning (of) Norvane would
 * help. */
bool sl_is_gerund_object(const struct sl_clause *c, int i);
/* Subject of the last finite verb before i that no content covers. */
struct sl_range sl_matrix_subject(const struct sl_clause *c, int i);

#endif
