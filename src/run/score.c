/* slant_score: files in, a line a sentence out. */
#include "input/input.h"
#include "report/sentence_writer.h"
#include "run/holders.h"
#include "run/walk.h"

#include <stdlib.h>

struct scoring {
    const struct slant_model *model; /* first: see sl_session_worker */
    const struct slant_input *in;
    const struct slant_score_options *opt;
    slant_sink *sink;
    void *user;
    struct sl_phrases phrases;
    bool targeted; /* some record so far had a target */
};

/* What a thread has. */
struct scorer {
    void *session;
    struct sl_holders *holders; /* NULL: not asked for; in JSON alone */
};

struct writing {
    const struct scoring *run;
    struct sl_holders *holders;
    struct sl_buf *out;
};

static enum slant_status write_json(const struct writing *w, const struct sl_article *a,
                                    const struct slant_sentence *s, struct slant_error *err)
{
    const struct sl_statement *statement = NULL;
    struct sl_text of_target = {NULL, 0};
    size_t n = 0;
    if (w->holders != NULL) {
        SL_TRY(sl_holders_of(w->holders, a, s, &statement, &n, err));
        s = sl_holders_sentence(w->holders, s, &of_target);
    }
    sl_write_sentence_json(w->out, &w->run->phrases, a, s);
    sl_write_holders_json(w->out, &w->run->phrases, a, of_target, statement, n);
    return SLANT_OK;
}

static enum slant_status write_sentence(void *user, struct slant_session *session,
                                        const struct sl_article *a, const struct slant_sentence *s,
                                        struct slant_error *err)
{
    const struct writing *w = user;
    const struct sl_phrases *phrases = &w->run->phrases;
    (void)session;
    if (s == NULL && a->error == NULL) {
        /* no sentence, no line, unless the books are kept */
        if (w->run->opt->trailer && w->run->opt->format == SLANT_SCORE_JSONL) {
            sl_write_empty_json(w->out, a);
        }
        return w->out->failed ? sl_fail_nomem(err) : SLANT_OK;
    }
    switch (w->run->opt->format) {
    case SLANT_SCORE_JSONL:
        if (s == NULL) {
            sl_write_error_json(w->out, a, "doc");
        } else {
            SL_TRY(write_json(w, a, s, err));
        }
        break;
    case SLANT_SCORE_TSV:
        if (s == NULL) {
            sl_write_error_tsv(w->out, w->run->model, a);
        } else {
            sl_write_sentence_tsv(w->out, phrases, a, s);
        }
        break;
    case SLANT_SCORE_LABELS:
        if (s == NULL) {
            sl_buf_text(w->out, "error\n");
        } else {
            sl_write_sentence_labels(w->out, phrases, s);
        }
        break;
    }
    return w->out->failed ? sl_fail_nomem(err) : SLANT_OK;
}

static void free_scorer(void *worker)
{
    struct scorer *own = worker;
    if (own != NULL) {
        sl_session_worker_free(own->session);
        sl_holders_free(own->holders);
        free(own);
    }
}

static enum slant_status new_scorer(void *user, void **worker, struct slant_error *err)
{
    const struct scoring *run = user;
    struct scorer *own = calloc(1, sizeof *own);
    enum slant_status status;
    if (own == NULL) {
        return sl_fail_nomem(err);
    }
    status = sl_session_worker(user, &own->session, err);
    if (status == SLANT_OK && run->opt->format == SLANT_SCORE_JSONL && !run->opt->no_holders) {
        status = sl_holders_new(own->session, run->in->aliases, &own->holders, err);
    }
    if (status != SLANT_OK) {
        free_scorer(own);
        own = NULL;
    }
    *worker = own;
    return status;
}

static enum slant_status process(void *user, void *worker, struct sl_slot *slot,
                                 struct slant_error *err)
{
    const struct scoring *run = user;
    const struct scorer *own = worker;
    struct writing w = {run, own->holders, &slot->out};
    ((struct slant_session *)own->session)->labels_only = run->opt->format == SLANT_SCORE_LABELS;
    SL_TRY(sl_walk(own->session, slot, &run->in->target, write_sentence, &w, err));
    slot->counts.n_joined += own->holders == NULL ? 0 : sl_holders_joined(own->holders);
    return SLANT_OK;
}

static enum slant_status send(const struct scoring *run, const struct sl_buf *b,
                              struct slant_error *err)
{
    if (b->failed) {
        return sl_fail_nomem(err);
    }
    if (b->len > 0 && run->sink(run->user, b->p, b->len) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    return SLANT_OK;
}

static enum slant_status emit(void *user, struct sl_slot *slot, struct slant_error *err)
{
    struct scoring *run = user;
    run->targeted = run->targeted || slot->targeted;
    return send(run, &slot->out, err);
}

enum slant_status slant_score(const struct slant_model *m, const struct slant_input *in,
                              const struct slant_score_options *opt, slant_sink *sink, void *user,
                              struct slant_counts *counts, struct slant_error *err)
{
    struct scoring run = {.model = m, .in = in, .opt = opt, .sink = sink, .user = user};
    struct sl_steps steps = {&run, new_scorer, free_scorer, process, emit, NULL};
    struct slant_counts own = {0};
    struct sl_buf b = {0};
    enum slant_status status = SLANT_OK;
    if (m == NULL || opt == NULL || sink == NULL || opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_score: an argument is NULL or of another "
                       "version");
    }
    if ((int)opt->format < SLANT_SCORE_JSONL || opt->format > SLANT_SCORE_LABELS) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_score: unknown format");
    }
    SL_TRY(sl_input_articles(in, err));
    SL_TRY(sl_target_check(&in->target, err));
    if (opt->format == SLANT_SCORE_LABELS && in->format != SLANT_FORMAT_LINES) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_score: labels are a line for each line, of SLANT_FORMAT_LINES");
    }
    if (opt->format != SLANT_SCORE_JSONL && (opt->trailer || in->group != NULL)) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_score: a trailer and groups are kept in JSON Lines alone");
    }
    status = sl_phrases_init(&run.phrases, m, err);
    if (status == SLANT_OK && opt->format == SLANT_SCORE_TSV) {
        sl_write_tsv_header(&b, m);
        status = send(&run, &b, err);
    }
    if (status == SLANT_OK) {
        status = sl_pipeline(in, &steps, &own, err);
    }
    if (status == SLANT_OK && opt->trailer && opt->format == SLANT_SCORE_JSONL) {
        b.len = 0;
        sl_write_trailer_json(&b, m, &own, opt->no_holders, !run.targeted);
        status = send(&run, &b, err);
    }
    sl_buf_free(&b);
    sl_phrases_free(&run.phrases);
    if (status == SLANT_OK && counts != NULL) {
        *counts = own;
    }
    return status;
}
