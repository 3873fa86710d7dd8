/** Where a content that stands behind its cue ends. */
#ifndef SL_QUOTE_CONTENT_H
#define SL_QUOTE_CONTENT_H

#include "quote/finding.h"

struct sl_opening {
    enum sl_complement frame;
    bool matrix_follows; /* the cue stands in a clause that another follows: stop at its comma */
    int verbs;           /* finite verbs that belong to the content of a noun; -1: any number */
    bool relative;       /* it stands in a clause with who: X, who said so, left */
};

/* Frames whose content is no clause. */
static inline bool sl_noun_frame(enum sl_complement f)
{
    const uint32_t clauses = UINT32_C(1) << SL_FRAME_THAT | UINT32_C(1) << SL_FRAME_BARE |
                             UINT32_C(1) << SL_FRAME_WH | UINT32_C(1) << SL_FRAME_QUOTE |
                             UINT32_C(1) << SL_FRAME_PTHAT | UINT32_C(1) << SL_FRAME_COLON;
    return !(clauses >> f & 1);
}
_Static_assert(SL_N_FRAME < 32, "a set of frames is one number");

/* Behind the content that begins at token from. Linear in its length. */
int sl_content_end(const struct sl_clause *c, int from, const struct sl_opening *o);
/* Adds the content that begins at token at to f, the last finding, and takes that back where none is left; whether it
 * stays. */
bool sl_put_content(struct sl_rules *r, struct sl_finding *f, int at, const struct sl_opening *o);
/* Whether the clause of a cue whose group begins at g began with a subordinator or a participle, and a matrix clause
 * follows. */
bool sl_matrix_follows(const struct sl_clause *c, int g, struct sl_range source);

#endif
