/** Scales of features by how unlike the labels use them, as in NB-SVM (Wang & Manning 2012). */
#ifndef SL_TRAIN_RATIO_H
#define SL_TRAIN_RATIO_H

#include "train/solver.h"

/* Allocates each machine's freedom (solver.h), and sets it and that of what stands alone to the square of
 *     (1 - ratio) + ratio * sqrt(r(f)) / norm,
 *     r(f) = |ln((n+(f) + a) / (n+ + 2a)) - ln((n-(f) + a) / (n- + 2a))|,
 * where n+(f) of the n+ rows of the label have feature f, n-(f) of the n- others, a is SL_RATIO_PRIOR
 * and norm keeps the sum of the squared values of the machine's rows as it was. Dense columns keep 1.
 * A machine with such freedom is one on features times that scale, which its weights hold already: the
 * model and its scorer do not know of it. ratio: above 0, to 1.
 * Errors: NOMEM. */
#define SL_RATIO_PRIOR 0.1 /* docs/choices.md: 0.01 to 1 within noise */
enum slant_status sl_ratio_freedom(const struct sl_problem *p, double ratio, struct sl_machine *m,
                                   size_t n, struct slant_error *err);

#endif
