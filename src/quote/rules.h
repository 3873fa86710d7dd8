/** The attributions of one sentence, as token ranges. */
#ifndef SL_QUOTE_RULES_H
#define SL_QUOTE_RULES_H

#include "quote/clause.h"

struct sl_range {
    int from, to; /* tokens [from, to); empty: none */
};
static const struct sl_range SL_NO_RANGE = {0, 0};

enum { SL_FINDING_PART = 4 };

struct sl_finding {
    struct sl_range source, cue;
    struct sl_range part[SL_FINDING_PART]; /* of the content, in order */
    int n_part;
    int quotation; /* number + 1 of the quotation that is its content, or a part; 0: none */
    int outer;     /* number + 1 of the finding in whose content it stands; 0: none */
    bool expects;  /* it ends in a colon: the content follows in the next sentence */
    bool prior;    /* its content is the quotation before the sentence */
    bool open;     /* quotations that follow in the paragraph go on with it */
    bool denies;   /* what the content claims */
    bool negated;  /* denies what its cue's verb does: did not back */
    uint16_t lemma;
    uint8_t kind, frame, grade;
};

struct sl_findings {
    int n;
    struct sl_finding p[SL_QUOTE_MAX_FINDING]; /* [n] */
};

/* after_quotation: a quotation without an owner ends right before the sentence. */
void sl_rules_apply(struct sl_clause *c, const struct sl_quotations *q, bool after_quotation,
                    struct sl_findings *out);

#endif
