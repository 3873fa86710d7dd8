/** Shares of labels in a collection, from its sentences' probabilities, when the shares may have moved
 * away from those of training (quantification; Forman 2008).
 *
 *  A calibrated probability p(k | x) was learnt where label k had the share prior[k]. Where it has the
 *  share q[k] instead, and sentences of a label look as they did, sentence x has the likelihood
 *  sum over k of q[k] p(k | x) / prior[k]. Its maximum, found by expectation maximisation (Saerens,
 *  Latinne & Decaestecker 2002), is free of the classifier's bias; but it is noisy, and far off where
 *  sentences of a label do not look as they did. So 0.15 pseudo-sentences of the training's shares stand
 *  beside each sentence. What that brings, and costs on text unlike the training text, `slant eval
 *  --quantify` shows; README.md has the table.
 *
 *  The interval is the central 94 % of the posterior under an even prior on q, which owes nothing to the
 *  training's shares, widened to take in the mean probability, that is no correction at all.
 *
 *  Sentences of one article are alike. The log-likelihood is therefore divided by the design effect: the
 *  variance of the score's sums over articles, by what it were if sentences were independent (a
 *  composite likelihood's adjustment; Pauli, Racugno & Ventura 2011). */
#ifndef SL_JUDGE_QUANTIFY_H
#define SL_JUDGE_QUANTIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_QUANTIFY_LABELS 3 /* heads of more labels are not corrected */

struct sl_quantity {
    double share[SL_QUANTIFY_LABELS]; /* sums to 1 */
    double low[SL_QUANTIFY_LABELS], high[SL_QUANTIFY_LABELS];
    double design_effect; /* at least 1 */
};

/* Sentences whose probabilities fall into the same cell of a lattice are one. */
struct sl_quantify; /* opaque */

/* NULL when memory is short. n_label 2 or 3; prior (train/calibrate.h: sl_implied_prior) sums to 1, all
 * above 0. */
struct sl_quantify *sl_quantify_new(uint32_t n_label, const double *prior);
void sl_quantify_free(struct sl_quantify *q);
void sl_quantify_reset(struct sl_quantify *q);
/* An article's prob[n][stride], in ten-thousandths; the label's own columns come first in a row. */
void sl_quantify_add(struct sl_quantify *q, const uint16_t *prob, size_t n, size_t stride);
/* The shares alone, which do not depend on the design effect; false without a sentence or when memory
 * is short. */
bool sl_quantify_shares(const struct sl_quantify *q, double share[SL_QUANTIFY_LABELS]);
/* The same with intervals, for a design effect of at least 1. */
bool sl_quantify_estimate(const struct sl_quantify *q, double design_effect,
                          struct sl_quantity *out);

/* The design effect around the shares `at`, article by article: see above. */
struct sl_clusters {
    double outer[SL_QUANTIFY_LABELS]; /* sum over articles of (sum of scores)^2 */
    double inner[SL_QUANTIFY_LABELS]; /* sum over sentences of score^2 */
    double total[SL_QUANTIFY_LABELS]; /* sum over sentences of score */
    uint64_t n_article, n_sentence;
    double squares; /* sum over articles of n^2 */
};
void sl_clusters_add(struct sl_clusters *c, const struct sl_quantify *q, const double *at,
                     const uint16_t *prob, size_t n, size_t stride);
double sl_clusters_effect(const struct sl_clusters *c, uint32_t n_label);

#endif
