/** Noun phrases, verb groups and adverbials among tagged tokens. */
#ifndef SL_QUOTE_PHRASE_H
#define SL_QUOTE_PHRASE_H

#include "quote/rules.h"

enum { SL_WINDOW = 48 }; /* tokens looked at to the left */

/* Sets of tags that many rules ask for. */
static const uint32_t SL_TAGS_NOMINAL =
    SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_PRON) | SL_TAG_BIT(TAG_NUM);
static const uint32_t SL_TAGS_NP = SL_TAG_BIT(TAG_NUM + 1) - 1; /* see sl_in_np */
static const uint32_t SL_TAGS_FINITE = SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_AUX);

static inline bool sl_nominal(int tag)
{
    return (SL_TAGS_NOMINAL >> tag & 1) != 0;
}
static inline bool sl_in_np(int tag)
{
    return tag <= TAG_NUM;
}
static inline bool sl_finite(int tag)
{
    return (SL_TAGS_FINITE >> tag & 1) != 0;
}
/* Whether a noun phrase ends before such a token, whatever it is: a mark, and, that, who. */
static inline bool sl_ends_phrase(int tag)
{
    const uint32_t words =
        SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_THAT) | SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_CONJ);
    return tag >= TAG_COMMA || (words >> tag & 1) != 0;
}
/* Whether the words from i are a participle's object: suing Norvane, covering the firm; not: a standing
 * ovation. */
static inline bool sl_begins_object(const struct sl_clause *c, int i)
{
    const int tag = sl_tag(c, i);
    return tag == TAG_PROP || tag == TAG_DET || tag == TAG_POSS || c->tok[i].flags & TOK_CAP;
}
/* Whether token i is a party and a state: D-Minn. */
bool sl_is_party(const struct sl_clause *c, int i);
/* Whether token i may be a state's name, behind a city's: Idaho, Ore., D.C. */
bool sl_is_state(const struct sl_clause *c, int i);
/* First token of the noun phrase whose last is e; prepositional phrases inside it too. */
int sl_np_start(const struct sl_clause *c, int e);
/* Behind the noun phrase that begins at s, without what hangs on it. */
int sl_np_end(const struct sl_clause *c, int s);
/* First token of the list of names whose last token is e (A, B and C), where it can be a subject; -1: it ends
 * none. */
int sl_list_start(const struct sl_clause *c, int e); /* the same, of what is likely to be one */
static inline int sl_names_start(const struct sl_clause *c, int e)
{
    const uint32_t item = (SL_TAGS_NP & ~SL_TAG_BIT(TAG_PRON)) | SL_TAG_BIT(TAG_PREP);
    int k = e;
    while (sl_tag_in(c, k, item)) {
        k--;
    }
    /* most phrases are joined to nothing; B (Y), and B, D-Ohio, are to be looked at */
    return sl_tag(c, k) == TAG_CONJ ||
                   (k >= e - 1 && sl_tag_in(c, k, SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_RP)))
               ? sl_list_start(c, e)
               : -1;
}
/* Behind the list whose first name ends before k, and behind which a verb stands (subject: that A, B and C left), or
 * none (according to A, B and C). k: it begins none. */
int sl_names_end(const struct sl_clause *c, int k, bool subject);
/* First token of the verb group whose verb is i. */
int sl_group_begin(const struct sl_clause *c, int i); /* the same, where it may have another */
static inline int sl_group_start(const struct sl_clause *c, int i)
{
    const uint32_t before =
        SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_NEG) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_DET);
    return sl_tag_in(c, i - 1, before) ? sl_group_begin(c, i) : i; /* most have one word */
}
/* A source that begins at s and stands behind its verb. */
struct sl_range sl_source_right(const struct sl_clause *c, int s);
/* Behind adverbs, times and "in a statement" from k. */
int sl_adverbials_end(const struct sl_clause *c, int k); /* the same, where one may begin */
static inline int sl_skip_adverbials(const struct sl_clause *c, int k)
{
    const uint32_t first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_NUM) |
                           SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_TIME);
    return sl_tag_in(c, k, first) ? sl_adverbials_end(c, k) : k;
}
bool sl_venue_phrase(const struct sl_clause *c, int k, int *end);

#endif
