/** A session: one thread's scratch memory over a shared model. */
#ifndef SL_JUDGE_SESSION_H
#define SL_JUDGE_SESSION_H

#include "judge/score.h"
#include "text/mention.h"
#include "text/sentence.h"

struct slant_session {
    const struct slant_model *model;
    struct sl_memo memo;
    /* the article */
    const char *text;
    size_t len;
    struct sl_sentences sentences;
    bool whole_line, line_done;
    struct sl_spans mention; /* in the article */
    size_t next_mention;     /* first that does not lie before the next sentence */
    uint64_t index;
    /* the current sentence */
    bool current;
    const struct slant_span *mask;
    size_t n_mask;
    struct slant_sentence sentence;
    struct slant_verdict verdict[SLANT_MAX_HEAD];
    double margin[SL_MAX_COLUMN];
    uint16_t prob[SL_MAX_COLUMN];
    struct sl_explanation *explanation; /* of explain.c, made when first asked for */
};

void sl_explanation_free(struct sl_explanation *e);

/* Begins a line whose mentions are already known (evaluation). mask stays the caller's. */
enum slant_status sl_session_masked_line(struct slant_session *s, const char *text, size_t len,
                                         const struct slant_span *mask, size_t n_mask,
                                         struct slant_error *err);

#endif
