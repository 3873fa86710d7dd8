/** All rows of a training as counts of features.
 *
 *  Everything that occurs in the rows is numbered once, in the order a model file keeps; a fold's
 *  vocabulary is a subset of it, chosen by counting that fold's training rows alone. */
#ifndef SL_TRAIN_FEATURES_H
#define SL_TRAIN_FEATURES_H

#include "feat/place.h"
#include "input/rows.h"
#include "train/vectors.h"

struct sl_count {
    uint32_t feature; /* of `all`; in `spelled` a spelling */
    float n;
};

/* What features are made with. */
struct sl_material {
    const struct sl_language *language;
    struct sl_lexicon lexicon; /* n 0: none */
    struct sl_vectors vectors; /* n 0: none */
    bool target_words;         /* learn the target's own words too */
};

struct sl_features {
    struct sl_vocabulary all;
    size_t n_row;
    size_t *start;          /* [n_row + 1] into count */
    struct sl_count *count; /* ascending by feature within a row; none of characters or vectors */
    /* Characters: a row has those of its words, kept once for each spelling of a word. */
    size_t *spelled_start;    /* [n_row + 1] into spelled */
    struct sl_count *spelled; /* the row's spellings, ascending */
    uint32_t n_spelling;
    size_t *gram_start; /* [n_spelling + 1] into gram */
    uint32_t *gram;     /* features of `all`, ascending; one that occurs twice stands twice */
    uint32_t *tail;     /* [n_trigram] the bigram, a feature, of its last two words */
    uint32_t *n_token;  /* [n_row] */
    uint32_t width;     /* of a word vector; 0: none */
    float *mean;        /* [n_row][SL_N_VECTOR][width] */
    bool *has_mean;     /* [n_row][SL_N_VECTOR] */
};

enum slant_status sl_features_build(struct sl_features *f, const struct sl_rows *rows,
                                    const struct sl_material *material, unsigned n_thread,
                                    struct slant_error *err);
void sl_features_free(struct sl_features *f);
/* The features of `all` for which keep[feature] is set, in the same order, without the lexicon's
 * and the vectors' words. keep must be closed: a bigram's words, a trigram's bigrams and what a list
 * names are kept with it. local[feature] gets the new number, or SL_FEATURE_NONE. */
enum slant_status sl_vocabulary_subset(const struct sl_vocabulary *all, const bool *keep,
                                       struct sl_vocabulary *out, uint32_t *local,
                                       struct slant_error *err);

#endif
