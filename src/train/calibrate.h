/** From margins to probabilities that mean what they say. */
#ifndef SL_TRAIN_CALIBRATE_H
#define SL_TRAIN_CALIBRATE_H

#include "base/status.h"

struct sl_calibration {
    double slope;
    double shift[SLANT_MAX_LABEL]; /* sums to 0 */
    double prior[SLANT_MAX_LABEL]; /* see sl_implied_prior */
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

/* The shares of the labels that probabilities prob[n][n_label] of rows, whose labels have the share[]
 * given, take for granted. Dividing them out (judge/quantify.h) must find the shares of those rows:
 * prior = share / a, where the mean of p a / sum of p a is the share. It is the share itself where the
 * probabilities' mean is, but pulled shifts keep part of the prior of balanced training. weight NULL:
 * 1 each. Shares are above 0. */
void sl_implied_prior(const double *prob, const double *weight, size_t n, uint32_t n_label,
                      const double *share, double *prior);

#endif
