/** How the target's own people speak: what a text's probabilities are worth where the target, or one of
 *  its people (quote/affiliation.h), says it. "We must be doing something right" tells little; said by a
 *  vendor's chairman it is no plea for a ban. */
#ifndef SL_TRAIN_OWN_H
#define SL_TRAIN_OWN_H

#include "train/cross_validate.h"

struct sl_own {
    double slope,
        shift[SLANT_MAX_LABEL]; /* as of struct sl_head; 1 and zeros: nothing was learned */
};

/* Reads the rows of a group as an article, in their order, finds which of them the target's own people
 * say, and fits each head's slope and shifts to the held-out probabilities of those (as sl_calibrate
 * does). They are kept where there are SL_MIN_OWN of them and they pay by Akaike's criterion (1974).
 * calibration[heads->n], out[heads->n]. */
#define SL_MIN_OWN 30
enum slant_status sl_own_fit(const struct sl_rows *rows, const struct sl_heads *heads,
                             const struct sl_language *language, const struct sl_held_out *held_out,
                             const struct sl_calibration *calibration, struct sl_own *out,
                             struct slant_error *err);

#endif
