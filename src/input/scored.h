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
    const uint16_t *prob; /* [n_column], heads in order, in ten-thousandths */
};

/* EMPTY: an article without a sentence, which score names when it keeps the books. */
enum sl_scored_kind { SL_SCORED_SENTENCE, SL_SCORED_EMPTY, SL_SCORED_ERROR, SL_SCORED_TRAILER };

struct sl_scored {
    enum sl_scored_kind kind;
    struct sl_text doc, text, title, date, source, error;
    uint64_t n, from, to;
    struct sl_scored_head head[SLANT_MAX_HEAD];
    uint32_t n_head;
    const struct sl_statement *statement; /* [n_statement] */
    size_t n_statement;
    const char *model, *digest; /* of a trailer; NULL: absent */
};

/* Everything is copied to the arena. Errors: ROW (not what score writes), NOMEM. */
enum slant_status sl_scored_read(const char *line, size_t len, uint64_t line_number,
                                 struct sl_arena *arena, struct sl_scored *out,
                                 struct slant_error *err);

#endif
