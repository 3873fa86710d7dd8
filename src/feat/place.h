/** Features that depend on where a token stands: near the target, before or after it; and those of
 *  the lexicon and the word vectors, which have a form by place too. */
#ifndef SL_FEAT_PLACE_H
#define SL_FEAT_PLACE_H

#include "feat/vocabulary.h"

/* Tokens of a sentence that these features read; those beyond are left out, so that memory stays
 * bounded on any input. */
#define SL_READ_MAX 4096

/* One token, as they see it. */
struct sl_reading {
    uint32_t word, bigram;       /* features; the bigram ends here */
    uint32_t vector;             /* index among the vector words */
    struct sl_polarity polarity; /* of the word alone */
    bool mention, negator, negated, after_break;
    size_t begin, end;
};

#define SL_FRAME_REACH 4 /* tokens from the target */

/* A token's part in the frame about the target, or in the sentence's outline. */
enum sl_part {
    SL_PART_OUT, /* too far from the target, without a class, or inside a phrase of the lexicon */
    SL_PART_WORD,
    SL_PART_CLASS /* this and the following: SL_PART_CLASS + the number of a class */
};

struct sl_distance {
    uint32_t tokens;
    uint32_t decay; /* a break counts as some tokens more */
};

/* Scratch memory. Zero-initialised is empty. */
struct sl_readings {
    struct sl_reading *p;
    struct sl_distance *distance; /* [n] to the nearest mention */
    uint8_t *part;                /* [n] enum sl_part */
    uint16_t *
        telling; /* [n_telling] tokens of which the lexicon says something, or may with others; negators */
    size_t n_telling;
    size_t n, cap, cap_distance, cap_part, cap_telling;
    bool vectors_added; /* the caller adds what SL_BLOCK_VECTOR has of each reading itself */
};

void sl_readings_free(struct sl_readings *r);
/* Room for n readings more, which the caller fills at p[r->n]; *room: how many of them are taken, for
 * SL_READ_MAX is the most. False when memory is short. */
bool sl_readings_room(struct sl_readings *r, size_t n, size_t *room);
/* False when memory is short. Tokens beyond SL_READ_MAX are dropped. */
bool sl_readings_add(struct sl_readings *r, const struct sl_reading *one);
/* Sets part[r->n], of each token in the order read. False when memory is short. */
bool sl_readings_frame(struct sl_readings *r, const struct sl_lexicon *x, const char *text);
bool sl_readings_outline(struct sl_readings *r, const struct sl_lexicon *x, const char *text);
/* Calls seen for every occurrence in the readings; false when memory is short or seen returns it.
 */
bool sl_placed_features(const struct sl_vocabulary *v, const char *text, struct sl_readings *r,
                        sl_feature_seen *seen, void *user);

#endif
