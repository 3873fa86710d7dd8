/* slant_explain: files in, the terms of every sentence's scores out. */
#include "input/input.h"
#include "report/terms_writer.h"
#include "run/walk.h"

struct explaining {
    const struct slant_model *model; /* first: see sl_session_worker */
    const struct slant_input *in;
    const struct slant_explain_options *opt;
    slant_sink *sink;
    void *user;
};

struct writing {
    const struct explaining *run;
    struct sl_buf *out;
};

/* Whether an article of several begins, for people. */
static bool begins_article(const struct explaining *run, const struct sl_article *a,
                           const struct slant_sentence *s)
{
    return run->opt->text && run->in->text == NULL && s != NULL &&
           (a->one_line ? a->number : s->index) == 1;
}

static enum slant_status write_terms(void *user, struct slant_session *session,
                                     const struct sl_article *a, const struct slant_sentence *s,
                                     struct slant_error *err)
{
    const struct writing *w = user;
    if (s == NULL && a->error == NULL) {
        return SLANT_OK; /* no sentence, nothing to explain */
    }
    if (begins_article(w->run, a, s)) {
        sl_write_article(w->out, a, w->run->opt);
    }
    return sl_write_terms(w->out, session, w->run->model, a, s, w->run->opt, err);
}

static enum slant_status process(void *user, void *worker, struct sl_slot *slot,
                                 struct slant_error *err)
{
    const struct explaining *run = user;
    struct writing w = {run, &slot->out};
    return sl_walk(worker, slot, &run->in->target, write_terms, &w, err);
}

static enum slant_status emit(void *user, struct sl_slot *slot, struct slant_error *err)
{
    const struct explaining *run = user;
    if (slot->out.len > 0 && run->sink(run->user, slot->out.p, slot->out.len) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    return SLANT_OK;
}

enum slant_status slant_explain(const struct slant_model *m, const struct slant_input *in,
                                const struct slant_explain_options *opt, slant_sink *sink,
                                void *user, struct slant_counts *counts, struct slant_error *err)
{
    struct explaining run = {m, in, opt, sink, user};
    struct sl_steps steps = {&run, sl_session_worker, sl_session_worker_free, process, emit, NULL};
    struct slant_counts own = {0};
    if (m == NULL || opt == NULL || sink == NULL || opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_explain: an argument is NULL or of another "
                       "version");
    }
    SL_TRY(sl_input_articles(in, err));
    SL_TRY(sl_target_check(&in->target, err));
    SL_TRY(sl_pipeline(in, &steps, &own, err));
    if (counts != NULL) {
        *counts = own;
    }
    return SLANT_OK;
}
