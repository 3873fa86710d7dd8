/** Findings of the rules, and what all rules ask of the tokens. */
#ifndef SL_QUOTE_FINDING_H
#define SL_QUOTE_FINDING_H

#include "quote/phrase.h"

enum {
    SL_MAX_GRADE = 4,
    SL_AHEAD = 14
}; /* tokens looked at behind a cue for that, or a quotation */

struct sl_rules {
    struct sl_clause *c;
    const struct sl_quotations *q;
    struct sl_findings *out;
};

/* 0: the cue, number + 1, has no such frame. */
static inline uint8_t sl_grade_of(uint16_t lemma, enum sl_complement frame)
{
    return lemma == 0 ? 0 : sl_cues[lemma - 1].grade[frame];
}
static inline bool sl_verb_cue(const struct sl_clause *c, int i)
{
    return sl_is_token(c, i) && (c->tok[i].flags & TOK_VERB_CUE) != 0;
}
/* A cue that takes quotations. */
static inline bool sl_says(const struct sl_clause *c, int i)
{
    const uint8_t grade = sl_grade_of(i < c->n ? sl_qword(c, i)->verb : 0, SL_FRAME_QUOTE);
    return grade > 0 && grade <= SL_MAX_GRADE;
}
/* Whether one of tokens [from, to) says no: did not, would never; not "not only". */
bool sl_says_no(const struct sl_clause *c, int from, int to);
static inline bool sl_is_end(const struct sl_clause *c, int k)
{
    return k >= c->n || sl_tag(c, k) == TAG_STOP || sl_tag(c, k) == TAG_SEMI;
}
/* The mark that closes, or opens, the quotation of token i; -1 where it is not in the clause. */
int sl_close_of(const struct sl_clause *c, int i);
int sl_open_of(const struct sl_clause *c, int i);
/* A finding without a content yet, of the cue's number + 1 (lemma; 0: of another construction); NULL
 * where there are too many. */
struct sl_finding *sl_finding_begin(struct sl_rules *r, struct sl_range source, struct sl_range cue,
                                    uint16_t lemma, enum sl_complement frame, uint8_t grade);
/* Without commas and the like at its ends. */
struct sl_range sl_trim(const struct sl_clause *c, struct sl_range r);
/* What is covered is not looked at again. */
void sl_cover(struct sl_clause *c, struct sl_range r);
/* Adds a part of the content, trimmed, and covers its tokens. */
void sl_put_part(struct sl_rules *r, struct sl_finding *f, struct sl_range part);

#endif
