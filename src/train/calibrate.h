/** From margins to probabilities that mean what they say. */
#ifndef SL_TRAIN_CALIBRATE_H
#define SL_TRAIN_CALIBRATE_H

#include "base/status.h"

struct sl_calibration {
    double slope;
    double shift[SLANT_MAX_LABEL]; /* sums to 0 */
};

/* Fits softmax(slope * margin + shift) to held-out margins[n][n_label] and labels[n], weighted, by
 * Newton's method on the log loss: temperature scaling (Guo, Pleiss, Sun & Weinberger 2017) with a
 * shift per label (their vector scaling, one slope), because balanced training moves the prior.
 * pull draws the shifts toward 0, as much as so many of each row: at 0 they move the prior of
 * balanced training all the way back, and rare labels are hardly ever the most probable. */
#define SL_SHIFT_PULL 0.2 /* docs/choices.md: what it brings in F1 and costs in log loss */
enum slant_status sl_calibrate(const double *margin, const uint32_t *label, const double *weight,
                               size_t n, uint32_t n_label, double pull, struct sl_calibration *out,
                               struct slant_error *err);

#endif
