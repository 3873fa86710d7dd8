/** Folds: each row is held out once; rows of one group, and rows that are near-copies of one
 * another, are held out together. */
#ifndef SL_TRAIN_FOLDS_H
#define SL_TRAIN_FOLDS_H

#include "input/rows.h"

/* fold[row] < n_fold. Groups joined by near-copies are dealt, in the order of hash(seed, name),
 * each to the fold with the fewest rows. Near-copies: at least half of the distinct word trigrams
 * in common (Jaccard; Broder 1997), found by min-hash bands. *n_joined: groups that near-copies
 * joined to another. Errors: NOMEM, DATA (fewer groups than folds). */
enum slant_status sl_folds_deal(const struct sl_rows *rows, unsigned n_fold, uint64_t seed,
                                uint32_t *fold, size_t *n_joined, struct slant_error *err);

/* The most folds that the rows can be dealt into: groups, joined ones counted once. Errors: NOMEM. */
enum slant_status sl_folds_most(const struct sl_rows *rows, size_t *n, struct slant_error *err);

/* Calls pair for each pair of near-copies (each row at least once); pair returns false to stop. */
typedef bool sl_near_copy(void *user, size_t row, size_t other);
enum slant_status sl_near_copies(const struct sl_rows *rows, sl_near_copy *pair, void *user,
                                 struct slant_error *err);

#endif
