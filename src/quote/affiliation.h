/** Whom a speaker speaks for: the name that a title, a description or an apposition gives it. "Norvane
 *  chairman Bo Lund", "Bo Lund, the founder of Norvane", "Norvane's spokeswoman" are of Norvane. Only
 *  words that tell of one's own people count (class own of words.tsv): not critics, rivals, users, and
 *  not who was something formerly. */
#ifndef SL_QUOTE_AFFILIATION_H
#define SL_QUOTE_AFFILIATION_H

#include "quote/rules.h"

/* A name in a sentence. */
struct sl_name {
    int from, to;    /* tokens */
    uint32_t entity; /* number of its speaker */
};

/* Of the bearer of name[k] of name[n]; tokens of the sentence, empty: none is told. */
struct sl_range sl_affiliation_of_name(const struct sl_clause *c, const struct sl_name *name, int n,
                                       int k);
/* The same of a description, tokens [from, to). */
struct sl_range sl_affiliation_of_description(const struct sl_clause *c, const struct sl_name *name,
                                              int n, int from, int to);
/* Whether the description, tokens [from, to), begins with "its" and tells of its own people. */
bool sl_affiliation_is_its(const struct sl_clause *c, int from, int to);
/* The token of "its" where such a description stands before the name, or -1: its chairman, [the name]. */
int sl_affiliation_its_name(const struct sl_clause *c, const struct sl_name *name);
/* Whether the speaker is the one that mention[n] (in order, apart) are mentions of, or one of its
 * people. */
bool sl_affiliated(const struct sl_speaker *speaker, const struct slant_span *mention, size_t n);

#endif
