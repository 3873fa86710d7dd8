/** What an article says as a whole, from the probabilities of its sentences.
 *
 *  Between two sides (favor and against; positive and negative) let D be the number of sentences on
 *  the first side minus the number on the second, sentences independent given their probabilities.
 *  In this order:
 *    too little evidence   fewer than 3 sentences
 *    the first side        D > 0 with 95 % probability: mean - 1.645 standard deviations > 0; and it has
 *                          at least 1 sentence, with 97.5 %
 *    the second side       D < 0 with 95 % probability, and the same
 *    neutral               fewer than a third of the sentences are on either side, with 97.5 %
 *    mixed                 each side has at least 1 sentence, with 97.5 % probability
 *    too little evidence   otherwise */
#ifndef SL_JUDGE_VERDICT_H
#define SL_JUDGE_VERDICT_H

#include "judge/share.h"
#include "slant.h"

enum sl_stand {
    SL_STAND_FIRST,
    SL_STAND_SECOND,
    SL_STAND_MIXED,
    SL_STAND_NEUTRAL,
    SL_STAND_UNKNOWN,
    SL_N_STAND
};

/* The two labels of a head that are sides: those not named none or neutral. False unless there are
 * exactly two. */
bool sl_sides(const struct slant_head *head, uint32_t side[2]);
/* prob[n][stride], in ten-thousandths. range: of the two sides' counts. */
enum sl_stand sl_stand_of(const uint16_t *prob, size_t n, size_t stride, const uint32_t side[2],
                          const struct sl_count_range range[2]);
/* A speaker's stand, from sums over its n statements: D's mean and variance, and the expected numbers
 * on the two sides. Statements are few, so that 95 % would call nearly nobody; in this order:
 *   neutral               fewer than half of the statements are expected on either side
 *   mixed                 1.3 statements are expected on each side
 *   a side                D is on it with 62 %
 *   mixed                 a statement is expected on each side
 *   too little evidence   otherwise
 * but neither neutral nor mixed (the first) where D is on a side with 84 %. Chosen on articles with
 * known sides (docs/choices.md). n_side: statements labelled with each side; a side has at least one of
 * its own, or there is too little evidence. */
enum sl_stand sl_stand_of_speaker(uint64_t n, double mean, double variance,
                                  const double expected[2], const uint64_t n_side[2]);
/* "favor", "against", "mixed", "neutral", "too little evidence" */
const char *sl_stand_name(const struct slant_head *head, const uint32_t side[2],
                          enum sl_stand stand);

#endif
