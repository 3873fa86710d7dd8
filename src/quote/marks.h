/** Quotations: pairs of marks, found paragraph by paragraph. Straight, curly, low-high and angle
 *  marks, '' and single ones; apostrophes told from single marks; a mark left unpaired ends where
 *  its line does. Linear. */
#ifndef SL_QUOTE_MARKS_H
#define SL_QUOTE_MARKS_H

#include "slant.h"

struct sl_quotation {
    size_t begin, end; /* with the marks */
    size_t inner,
        closer;     /* behind the opening mark; at the closing one (end where it is missing) */
    uint32_t owner; /* number + 1 of the attribution that holds it; 0: none yet */
    bool reopened;  /* it goes on in the next quotation, which opens the next paragraph */
};

struct sl_quotations {
    struct sl_quotation *p; /* [n], in order, apart */
    size_t n, cap;
};

/* Fills *out anew with the quotations in text[range). False when memory is short. */
bool sl_quotations_find(const char *text, struct slant_span range, struct sl_quotations *out);

#endif
