/** Noun phrases, verb groups and subjects among tagged tokens. */
#ifndef SL_QUOTE_PHRASE_H
#define SL_QUOTE_PHRASE_H

#include "quote/rules.h"

static inline bool sl_nominal(int tag)
{
    return tag == TAG_N || tag == TAG_PROP || tag == TAG_PRON || tag == TAG_NUM;
}
static inline bool sl_in_np(int tag)
{
    return tag <= TAG_NUM;
}
static inline bool sl_finite(int tag)
{
    return tag == TAG_V || tag == TAG_AUX;
}
/* Whether token i is a party and a state: D-Minn. */
bool sl_is_party(const struct sl_clause *c, int i);
/* First token of the noun phrase whose last is e; prepositional phrases inside it too. */
int sl_np_start(const struct sl_clause *c, int e);
/* Behind the noun phrase that begins at s, without what hangs on it. */
int sl_np_end(const struct sl_clause *c, int s);
/* First token of the list of names whose last token is e (A, B and C), where it can be a subject; -1: it ends
 * none. */
int sl_names_start(const struct sl_clause *c, int e);
/* Behind the list whose first name ends before k, and behind which a verb stands (subject: that A, B and C left), or
 * none (according to A, B and C). k: it begins none. */
int sl_names_end(const struct sl_clause *c, int k, bool subject);
/* First token of the verb group whose verb is i. */
int sl_group_start(const struct sl_clause *c, int i);
/* Subject of the verb group that begins at g; empty where there is none near. */
struct sl_range sl_subject(const struct sl_clause *c, int g);
/* Whether the phrase that begins at i is the object of an -ing that is the subject: banning Norvane would help. */
bool sl_is_gerund_object(const struct sl_clause *c, int i);
/* Subject of the last finite verb before i that no content covers. */
struct sl_range sl_matrix_subject(const struct sl_clause *c, int i);
/* A source that begins at s and stands behind its verb. */
struct sl_range sl_source_right(const struct sl_clause *c, int s);
/* Behind adverbs, times and "in a statement" from k. */
int sl_skip_adverbials(const struct sl_clause *c, int k);
bool sl_venue_phrase(const struct sl_clause *c, int k, int *end);

#endif
