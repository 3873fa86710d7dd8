/** Chunks through workers, results out in the order of the input.
 *
 *  The caller's thread reads; workers process; whichever worker finishes the oldest unfinished
 *  chunk emits it and those after it that are ready. A bounded ring of slots holds what is in
 *  flight. */
#ifndef SL_RUN_PIPELINE_H
#define SL_RUN_PIPELINE_H

#include "input/articles.h"

struct sl_slot {
    struct sl_chunk chunk;
    struct sl_arena arena; /* freed after emit */
    struct sl_buf out;     /* emptied after emit */
    void *result;          /* of the steps; made and kept by new_result */
    struct slant_counts counts;
    bool targeted; /* some record had a target */
};

/* What a command does with a chunk. All but process run one at a time. */
struct sl_steps {
    void *user;
    enum slant_status (*new_worker)(void *user, void **worker, struct slant_error *err);
    void (*free_worker)(void *worker);
    enum slant_status (*process)(void *user, void *worker, struct sl_slot *slot,
                                 struct slant_error *err); /* on any thread */
    enum slant_status (*emit)(void *user, struct sl_slot *slot, struct slant_error *err);
    void (*free_result)(void *result); /* NULL: none */
};

/* Counts an error and keeps the first one's text. */
void sl_note_error(struct slant_counts *counts, const char *text);
/* Runs to the end of the input, the first failure, or a stopping sink. counts adds up. */
enum slant_status sl_pipeline(const struct slant_input *in, const struct sl_steps *steps,
                              struct slant_counts *counts, struct slant_error *err);

#endif
