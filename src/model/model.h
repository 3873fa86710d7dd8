/** A model in memory: constant after it is opened or built, so any number of threads may read it.
 *
 *  Columns are labels of all heads side by side: head h has columns [column, column + n_label). The
 *  margin of a column for a sentence is
 *      bias + sum over blocks b of (sum over occurrences f in b of n * weight(f)) / norm(b),
 *  n and norm as feat/vocabulary.h gives them, with idf and the block's scale folded into weight(f):
 *  one look-up, one addition. Weights are of 8 bits (model/cell.h), rounded when the model is made:
 *  training scores with the rounded ones too.
 *
 *  A feature's weights, and what it adds to the sum behind the norm, stand side by side in a row of
 *  `stride` cells: an eighth of a cache line holds all that a scorer wants of it for up to six labels, and
 *  one sum of rows is the sums of all. */
#ifndef SL_MODEL_MODEL_H
#define SL_MODEL_MODEL_H

#include "base/buf.h"
#include "feat/vocabulary.h"
#include "model/cell.h"

#define SL_MAX_COLUMN (SLANT_MAX_HEAD * SLANT_MAX_LABEL)

struct sl_head {
    uint32_t column;
    double slope; /* calibration: probability = softmax(slope * margin + shift) */
    double shift[SLANT_MAX_LABEL];
    double bias[SLANT_MAX_LABEL];  /* of the margins */
    double prior[SLANT_MAX_LABEL]; /* shares that the probabilities take for granted: calibrate.h */
    /* of what the target or one of its people says, from the probabilities of the text:
     * softmax(own_slope * log p + own_shift); 1 and zeros where that is not known */
    double own_slope;
    double own_shift[SLANT_MAX_LABEL];
    char *subject; /* what it is about; "" for any */
};

struct slant_model {
    char *name;
    char *meta;      /* JSON object: settings, digest of the training rows, figures */
    uint64_t digest; /* of the file */
    const struct sl_language *language;
    uint64_t stemmer_probe;
    struct slant_head *head; /* [n_head] public view; names and labels owned here */
    struct sl_head *fit;     /* [n_head] */
    size_t n_head;
    uint32_t n_column;
    double scale[SL_N_BLOCK];
    struct sl_vocabulary vocabulary; /* its arrays are owned here */
    uint32_t stride;
    int8_t *row;          /* [n_feature][stride]: n_column weights, norm part, zeros; 64-aligned */
    double *unit;         /* [SL_N_BLOCK][n_column + 1] of the cells; the last of the norm parts */
    uint32_t no_row;      /* behind the features': a row of zeros, for what is no feature */
    const uint32_t *seen; /* [n_seen] sl_text_mark of the texts learned from, ascending */
    uint32_t n_seen;
    void *
        block; /* the opened file, which row and the vocabulary's arrays lie in; NULL: each has its own
                    memory */
};

/* Cells of a row: room for the weights and the norm's part, a multiple of SL_ROW_PART. */
#define SL_ROW_PART 8
#define SL_MAX_STRIDE (SL_MAX_COLUMN + SL_ROW_PART)
static inline uint32_t sl_row_stride(uint32_t n_column)
{
    return (n_column + SL_NORM_CELLS + SL_ROW_PART - 1) / SL_ROW_PART * SL_ROW_PART;
}
static inline const int8_t *sl_row_of(const struct slant_model *m, uint32_t feature)
{
    return m->row + (size_t)feature * m->stride;
}
static inline double *sl_units(const struct slant_model *m, int b)
{
    return m->unit + (size_t)b * sl_row_stride(m->n_column);
}
/* The weight of a feature of block b. */
static inline double sl_weight(const struct slant_model *m, enum sl_block b, uint32_t feature,
                               uint32_t column)
{
    return sl_row_of(m, feature)[column] * sl_units(m, (int)b)[column];
}
/* What an occurrence of it adds to the sum behind the block's norm. */
static inline double sl_added_to_norm(const struct slant_model *m, enum sl_block b,
                                      uint32_t feature)
{
    const int8_t *cell = sl_row_of(m, feature) + m->n_column;
    return (cell[0] * SL_NORM_BASE + cell[1]) * sl_units(m, (int)b)[m->n_column];
}
/* Room for the units; false: memory. */
bool sl_model_make_units(struct slant_model *m);
/* Sets row and stride from norm_level[n] and cell[n][n_column] of the features that the model numbers
 * number[n], and zeros for the others; false: memory. */
bool sl_model_set_rows(struct slant_model *m, const uint16_t *norm_level, const int8_t *cell,
                       const uint32_t *number, size_t n);

/* What a text learned from leaves in the model. */
uint32_t sl_text_mark(const char *text, size_t len);
/* Whether the model was trained on a row of this text, or of one whose mark is the same: of a million
 * other texts that happens to 5 where 20,000 were learned from. */
bool sl_model_has_seen(const struct slant_model *m, const char *text, size_t len);

/* Room for n_head heads; NULL when memory is short. */
struct slant_model *sl_model_new(size_t n_head);
/* Sets head h's name, subject and labels (copied) and its column. */
bool sl_model_set_head(struct slant_model *m, size_t h, const char *name, const char *subject,
                       const char *const *label, uint32_t n_label);

/* A verdict from margins[n_label]: probabilities in ten-thousandths that sum to 10000 (largest
 * remainders, ties to the lower index), label the first of the largest. */
uint32_t sl_model_verdict(const struct sl_head *h, uint32_t n_label, const double *margin,
                          uint16_t *prob);
/* The label alone, where one probability stands out so far that rounding cannot change it; false
 * elsewhere. */
bool sl_model_label(const struct sl_head *h, uint32_t n_label, const double *margin,
                    uint32_t *label);
/* The same probabilities, unrounded. */
void sl_model_softmax(double slope, const double *shift, uint32_t n_label, const double *margin,
                      double *prob);

/* Whether head h knows how the target's own people speak. */
bool sl_model_knows_own(const struct sl_head *h, uint32_t n_label);
/* prob[n_label], of what a text says, becomes that of the target or one of its people saying it. Returns
 * the first of the most probable labels. */
uint32_t sl_model_own(const struct sl_head *h, uint32_t n_label, uint16_t *prob);

/* Whether a macro-F1 is hardly above the best that guessing reaches: one over the number of labels. */
static inline bool sl_is_guessing(double macro_f1, uint32_t n_label)
{
    return macro_f1 * n_label < 1.1;
}

/* Appends the file's bytes; sets m->digest. */
void sl_model_write(struct slant_model *m, struct sl_buf *out);

#endif
