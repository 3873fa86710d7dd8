/** All rows of a training as counts of features.
 *
 *  Everything that occurs in the rows is numbered once, in the order a model file keeps; a fold's
 *  vocabulary is a subset of it, chosen by counting that fold's training rows alone. */
#ifndef SL_TRAIN_FEATURES_H
#define SL_TRAIN_FEATURES_H

#include "feat/vocabulary.h"
#include "input/rows.h"

struct sl_count {
    uint32_t feature; /* of `all` */
    uint32_t n;
};

struct sl_features {
    struct sl_vocabulary all;
    size_t n_row;
    size_t *start;          /* [n_row + 1] into count */
    struct sl_count *count; /* ascending by feature within a row */
};

enum slant_status sl_features_build(struct sl_features *f, const struct sl_rows *rows,
                                    const struct sl_language *language, unsigned n_thread,
                                    struct slant_error *err);
void sl_features_free(struct sl_features *f);
/* The features of `all` for which keep[feature] is set, in the same order. keep must be closed: a
 * bigram's words, a trigram's bigrams and a negated word's word are kept with it. local[feature]
 * gets the new number, or SL_FEATURE_NONE. */
enum slant_status sl_vocabulary_subset(const struct sl_vocabulary *all, const bool *keep,
                                       struct sl_vocabulary *out, uint32_t *local,
                                       struct slant_error *err);

#endif
