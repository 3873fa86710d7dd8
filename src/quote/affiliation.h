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
    bool own;        /* a word of it is of class own */
};

/* Whether the two of a name can tell anything at all, as nearly always they cannot: beside it stands a comma, a
 * word of class own, or what can lead from one to the name. */
static inline bool sl_affiliation_may_be(const struct sl_clause *c, const struct sl_name *name)
{
    static const uint32_t leads = SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP) |
                                  SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) |
                                  SL_TAG_BIT(TAG_NUM) | SL_TAG_BIT(TAG_CONJ);
    const struct sl_qtoken *before = &c->tok[name->from - (name->from > 0)];
    const unsigned is_led = name->from > 0 && (leads >> before->tag & 1) != 0;
    const unsigned comma = sl_tag(c, name->to) == TAG_COMMA;
    const unsigned own = (sl_qwords[before->word].classes & SL_QC_OWN) != 0;
    return (is_led | comma | own | name->own) != 0;
}

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
