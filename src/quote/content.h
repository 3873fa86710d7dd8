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
    return f != SL_FRAME_THAT && f != SL_FRAME_BARE && f != SL_FRAME_WH && f != SL_FRAME_QUOTE &&
           f != SL_FRAME_PTHAT && f != SL_FRAME_COLON;
}
/* Behind the content that begins at token from. Linear in its length. */
int sl_content_end(const struct sl_clause *c, int from, const struct sl_opening *o);

#endif
