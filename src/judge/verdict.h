/** What an article says as a whole, from the probabilities of its sentences.
 *
 *  Between two sides (favor and against; positive and negative) let A and B be the numbers of sentences
 *  on them, sentences independent given their probabilities, the sums taken as normal. In this order:
 *    too little evidence   fewer than 3 sentences
 *    neutral               A + B is more likely below a third of the sentences than not
 *    the first side        A > B with 90 % probability and A > 2 B more likely than not, or A > B with
 *                          97.5 % and half as many again are expected; and A >= 1 with 97.5 %
 *    the second side       the same of B
 *    mixed                 A >= 1 and B >= 1, each with 97.5 %
 *    too little evidence   otherwise
 *  Chosen on articles held out of training (docs/choices.md). */
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
 *   neutral               of two statements or more no more than half are labelled with a side
 *   a side                D is on it with 62 %
 *   mixed                 a statement is expected on each side
 *   too little evidence   otherwise
 * but neither neutral nor mixed (the first three) where D is on a side with 84 %. Chosen on articles with
 * known sides (docs/choices.md). n_side: statements labelled with each side; a side has at least one of
 * its own, and half a statement or more is expected on it, or there is too little evidence. */
enum sl_stand sl_stand_of_speaker(uint64_t n, double mean, double variance,
                                  const double expected[2], const uint64_t n_side[2]);
/* "favor", "against", "mixed", "neutral", "too little evidence" */
const char *sl_stand_name(const struct slant_head *head, const uint32_t side[2],
                          enum sl_stand stand);

#endif
