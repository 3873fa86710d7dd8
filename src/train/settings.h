/** What can be chosen in a training, by name: "cost", "balanced", "scale.word", "rows.bigram" ... */
#ifndef SL_TRAIN_SETTINGS_H
#define SL_TRAIN_SETTINGS_H

#include "base/json_out.h"
#include "feat/vocabulary.h"
#include "input/rows.h"

enum sl_kind {
    SL_KIND_WORD,
    SL_KIND_BIGRAM,
    SL_KIND_TRIGRAM,
    SL_KIND_CHARACTER,
    SL_KIND_LISTED,
    SL_N_KIND
};

struct sl_settings {
    enum slant_solver solver; /* not AUTO */
    double cost;
    bool balanced;       /* labels weigh alike, however rare */
    double weight_power; /* of a row's weight, in the cost of its error */
    double
        ratio; /* 0 to 1: how far the scale of a feature follows its log-count ratio (train/ratio.h) */
    uint64_t seed;
    double scale[SL_N_BLOCK];   /* 0: without the block */
    uint32_t min_df[SL_N_KIND]; /* rows that a feature must occur in; not falling from words to
                                   trigrams, nor from words and bigrams to lists */
};

/* Defaults for the solver (AUTO: by the rows); how they were chosen: docs/choices.md. */
struct sl_settings sl_settings_default(enum slant_solver solver, const struct sl_rows *rows);
/* Sets one from "NAME=VALUE"; "place" stands for the scales of all blocks by place about the target: 0, or 1 for their defaults.
 * Errors: ARG, with what is expected. */
enum slant_status sl_settings_set(struct sl_settings *s, const char *text, struct slant_error *err);
/* Whether all go together (see min_df). */
enum slant_status sl_settings_check(const struct sl_settings *s, struct slant_error *err);
/* The members of an object: a key for each name; a ratio of 0 is left out. */
void sl_settings_json(struct sl_json *j, const struct sl_settings *s);

#endif
