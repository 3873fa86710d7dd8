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

enum { SL_STATEMENT_CONTENT = 8 }; /* spans of a statement's content in one sentence */

/* What somebody says, thinks or does in a sentence. */
struct sl_statement {
    struct sl_text speaker;           /* p NULL: unknown */
    struct sl_text reporter;          /* who says that the speaker says so; p NULL: nobody */
    struct slant_span mention;        /* of the speaker; empty: none. Not read back */
    const struct slant_span *content; /* [n_content]. Not read back */
    size_t n_content;
    struct sl_text of_target; /* the name by which the speaker is the target's; p NULL: it is not.
                                 Not read back */
    bool generic; /* the speaker has no name, but a description: another one in another article */
    const uint16_t *prob; /* [n_column], heads in order, in ten-thousandths */
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
    struct sl_text group_key, group; /* p NULL: absent */
    uint64_t n, from, to;
    uint64_t n_mention; /* of the target */
    struct sl_scored_head
        *head; /* [n_head]; apart, as a report keeps many sentences of few heads */
    uint32_t n_head;
    const struct sl_statement *statement; /* [n_statement] */
    size_t n_statement;
    bool no_holders;    /* of a trailer: they were not looked for */
    bool no_target;     /* of a trailer: no record had one */
    bool counts;        /* of a trailer: whether it tells how many sentences stand before it */
    uint64_t n_counted; /* so many */
    bool has_words;     /* of a trailer: whether it tells these */
    uint64_t n_word, n_unknown, n_invalid; /* see struct slant_counts */
    const char *model, *digest;            /* of a trailer; NULL: absent */
    const struct sl_scored_prior *prior;   /* [n_prior] of a trailer */
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
