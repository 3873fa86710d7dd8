/** What `slant score` wrote as JSON Lines, read back. */
#ifndef SL_INPUT_SCORED_H
#define SL_INPUT_SCORED_H

#include "input/json.h"

struct sl_scored_head {
    const char *name;
    const char *label[SLANT_MAX_LABEL];
    uint16_t prob[SLANT_MAX_LABEL]; /* ten-thousandths */
    uint32_t n_label;
};

/* A label's share in the training of the model. */
struct sl_scored_prior {
    const char *head, *label;
    double share;
};

/* How good a head is by cross-validation. */
struct sl_scored_figures {
    const char *head;
    double accuracy, macro_f1;
};

/* EMPTY: an article without a sentence, which score names when it keeps the books. */
enum sl_scored_kind { SL_SCORED_SENTENCE, SL_SCORED_EMPTY, SL_SCORED_ERROR, SL_SCORED_TRAILER };

struct sl_scored {
    enum sl_scored_kind kind;
    struct sl_text doc, text, title, date, source, error;
    uint64_t n, from, to;
    struct sl_scored_head head[SLANT_MAX_HEAD];
    uint32_t n_head;
    const char *model, *digest;          /* of a trailer; NULL: absent */
    const struct sl_scored_prior *prior; /* [n_prior] of a trailer */
    size_t n_prior;
    const struct sl_scored_figures *figures; /* [n_figures] */
    size_t n_figures;
    const char *subject; /* of the first head of stance, else the first of all; NULL: absent */
};

/* Everything is copied to the arena. Errors: ROW (not what score writes), NOMEM. */
enum slant_status sl_scored_read(const char *line, size_t len, uint64_t line_number,
                                 struct sl_arena *arena, struct sl_scored *out,
                                 struct slant_error *err);

#endif
