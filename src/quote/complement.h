/** What stands behind a cue: the frame it opens, and where the content begins. */
#ifndef SL_QUOTE_COMPLEMENT_H
#define SL_QUOTE_COMPLEMENT_H

#include "quote/finding.h"

struct sl_behind {
    enum sl_complement frame;
    int at; /* first token of the content */
    bool found, expects;
};

/* SL_N_FRAME where the preposition at k opens no frame. */
enum sl_complement sl_preposition_frame(const struct sl_clause *c, int k);
struct sl_behind sl_behind(const struct sl_clause *c, int i);

#endif
