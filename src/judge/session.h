/** A session: one thread's scratch memory over a shared model. */
#ifndef SL_JUDGE_SESSION_H
#define SL_JUDGE_SESSION_H

#include "judge/score.h"
#include "text/mention.h"
#include "text/sentence.h"

/* Sentences scored at once: enough for their memory to be asked for ahead. */
#define SL_QUEUE_MAX 256
#define SL_QUEUE_BYTES 3072
#define SL_ARTICLE_BYTES 16384 /* where parts are scored too, nearly all articles are whole */
_Static_assert(SL_QUEUE_MAX <= SL_READER_ITEMS, "they are read in a row");

struct slant_session {
    const struct slant_model *model;
    struct sl_scorer *scorer;
    /* the article */
    const char *text;
    size_t len;
    struct sl_sentences sentences;
    bool whole_line, line_done;
    const struct slant_span *line; /* [n_line] the sentences, where they are known; borrowed */
    size_t n_line, next_line;
    bool has_target;         /* one was named */
    struct sl_spans split;   /* the sentences, where all were asked for */
    struct sl_spans mention; /* in the article */
    size_t next_mention;     /* first that does not lie before the next sentence */
    uint64_t index;
    /* sentences read ahead and scored */
    struct sl_item queue[SL_QUEUE_MAX];
    size_t n_queue, at; /* queue[at] is next; queue[at - 1] is the current sentence */
    double *margin;     /* [SL_QUEUE_MAX][n_column] */
    bool current;
    bool in_parts;    /* sl_session_in_parts */
    bool labels_only; /* probabilities are not asked for: labels alone are made */
    struct slant_sentence sentence;
    struct slant_verdict verdict[SLANT_MAX_HEAD];
    uint16_t prob[SL_MAX_COLUMN];
    struct sl_explanation *explanation;     /* of explain.c, made when first asked for */
    uint64_t n_word_again, n_unknown_again; /* in parts of sentences: sl_session_score */
};

void sl_explanation_free(struct sl_explanation *e);

/* Begins a line whose mentions are already known (evaluation). mask stays the caller's. */
enum slant_status sl_session_masked_line(struct slant_session *s, const char *text, size_t len,
                                         const struct slant_span *mask, size_t n_mask,
                                         struct slant_error *err);

/* Words of sentences scored since the session was made, and those among them that are no feature of the model by
 * themselves. Sentences are scored ahead: exact once an article's last is given. */
void sl_session_words(const struct slant_session *s, uint64_t *n_word, uint64_t *n_unknown);

/* Begins an "article" of lines that stand in text[0, len), each a sentence of its own (its index is
 * 1). Both stay the caller's until the last is given. */
enum slant_status sl_session_lines(struct slant_session *s, const char *text, size_t len,
                                   const struct slant_span *line, size_t n,
                                   struct slant_error *err);

/* The spans of an article's sentences (not of lines), so that they are found once; to be called once,
 * while the first is the current one. Borrowed until the next article. False when memory is short. */
bool sl_session_split(struct slant_session *s, const struct slant_span **out, size_t *n);

/* Parts of sentences will be scored too (sl_session_score), and tokens are marked, for sl_scorer_kept; before
 * anything is scored. */
void sl_session_in_parts(struct slant_session *s, sl_mark_token *mark);
/* Margins [n][n_column] of spans of the article, in any order, each scored as a sentence of its own: without
 * reading it again where it lies in a sentence that was scored last. False when memory is short. */
bool sl_session_score(struct slant_session *s, const struct sl_item *item, size_t n,
                      double *margin);

#endif
