/* slant_eval: figures of a model on labelled rows, or of cross-validation. */
#include "base/memory.h"
#include "input/input.h"
#include "train/curve.h"
#include "train/eval_text.h"
#include "train/left_out.h"
#include "train/quantify.h"
#include "train/resample.h"

#include <stdlib.h>
#include <string.h>

static unsigned draws_of(const struct slant_eval_options *opt)
{
    return opt->n_bootstrap == 0 ? SL_DEFAULT_DRAWS : opt->n_bootstrap;
}

/* ---- figures ---- */

/* A head's figures, and those of the baseline where there is one. */
struct head_figures {
    struct sl_figures own, words_only;
    struct sl_paired gain; /* over the baseline */
    bool has_words_only;
};

static enum slant_status figures_of(const struct sl_judged_head *h, const struct sl_verdicts *v,
                                    const struct sl_verdicts *words_only, unsigned n_bootstrap,
                                    struct head_figures *out, struct slant_error *err)
{
    struct sl_judged own = sl_judged_of(h, v);
    struct sl_judged words = sl_judged_of(h, words_only);
    SL_TRY(sl_figures_compute(&own, n_bootstrap, 1, &out->own, err));
    out->has_words_only = words_only->n > 0;
    if (out->has_words_only) {
        SL_TRY(sl_figures_compute(&words, n_bootstrap, 1, &out->words_only, err));
        SL_TRY(sl_paired_compute(&words, &own, n_bootstrap, 1, &out->gain, err));
    }
    return SLANT_OK;
}

static void write_head(struct sl_json *json, bool as_json, const struct sl_judged_head *h,
                       const char *subject, const struct head_figures *f)
{
    if (!as_json) {
        sl_put_figures(json->b, h, subject, &f->own, f->has_words_only ? &f->words_only : NULL,
                       &f->gain);
        return;
    }
    sl_json_key(json, subject == NULL ? h->name : subject);
    sl_json_open(json, '{');
    sl_figures_members(json, &f->own, h->label);
    if (f->has_words_only) {
        sl_json_key(json, "words_only");
        sl_json_open(json, '{');
        sl_headlines_json(json, &f->words_only);
        sl_json_key(json, "gain");
        sl_paired_difference_json(json, &f->gain);
        sl_json_close(json, '}');
    }
    sl_json_close(json, '}');
}

/* ---- by subject ---- */

/* The verdicts on rows of one subject, copied. */
static enum slant_status subject_verdicts(const struct sl_verdicts *all, uint32_t subject,
                                          uint32_t n_label, struct sl_verdicts *out,
                                          struct slant_error *err)
{
    if (!sl_verdicts_room(out, all->n, n_label)) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < all->n; i++) {
        if (all->subject[i] == subject) {
            out->gold[out->n] = all->gold[i];
            out->label[out->n] = all->label[i];
            out->group[out->n] = all->group[i];
            memcpy(out->prob + out->n * n_label, all->prob + i * n_label,
                   n_label * sizeof *out->prob);
            out->n++;
        }
    }
    return SLANT_OK;
}

static enum slant_status write_subject(const struct sl_judged_heads *j, size_t h, uint32_t subject,
                                       const struct slant_eval_options *opt, struct sl_json *json,
                                       struct head_figures *f, struct slant_error *err)
{
    const struct sl_judged_head *head = &j->head[h];
    struct sl_verdicts own = {0};
    struct sl_verdicts words = {0};
    enum slant_status status = subject_verdicts(&head->verdicts, subject, head->n_label, &own, err);
    if (status == SLANT_OK) {
        status = subject_verdicts(&head->words_only, subject, head->n_label, &words, err);
    }
    if (status == SLANT_OK && own.n > 0) {
        status = figures_of(head, &own, &words, draws_of(opt), f, err);
        if (status == SLANT_OK) {
            write_head(json, opt->json, head, sl_strings_get(&j->rows->subject, subject), f);
        }
    }
    sl_verdicts_free(&own);
    sl_verdicts_free(&words);
    return status;
}

static enum slant_status write_subjects(const struct sl_judged_heads *j, size_t h,
                                        const struct slant_eval_options *opt, struct sl_json *json,
                                        struct head_figures *f, struct slant_error *err)
{
    if (j->rows->subject.n < 2) {
        return SLANT_OK;
    }
    if (opt->json) {
        sl_json_key(json, j->head[h].name);
        sl_json_open(json, '{');
    }
    for (uint32_t s = 0; s < j->rows->subject.n; s++) {
        SL_TRY(write_subject(j, h, s, opt, json, f, err));
    }
    if (opt->json) {
        sl_json_close(json, '}');
    }
    return SLANT_OK;
}

/* ---- all ---- */

/* What stands beside the figures. */
struct extras {
    unsigned n_fold; /* of cross-validation; 0: the rest is empty */
    size_t n_joined;
    struct sl_left_out left_out[SL_N_HEAD]; /* with --leave-out, as the judged heads */
    struct sl_curve curve[SL_N_HEAD];       /* with --curve */
};

static void folds_text(const struct extras *x, struct sl_buf *b)
{
    sl_buf_text(b, "cross-validated in ");
    sl_buf_uint(b, x->n_fold);
    sl_buf_text(b, " folds; near-copies joined ");
    sl_buf_uint(b, x->n_joined);
    sl_buf_text(b, x->n_joined == 1 ? " group to another" : " groups to others");
    sl_buf_text(b, x->n_joined > 0 ? ", for the folds alone; below each counts\n\n" : "\n\n");
}

static void folds_json(const struct extras *x, struct sl_json *json)
{
    sl_json_key(json, "cross_validation");
    sl_json_open(json, '{');
    sl_json_key(json, "folds");
    sl_json_uint(json, x->n_fold);
    sl_json_key(json, "groups_joined_by_near_copies");
    sl_json_uint(json, x->n_joined);
    sl_json_close(json, '}');
}

static void write_left_out(const struct sl_judged_heads *j, const struct extras *x,
                           const struct slant_eval_options *opt, struct sl_json *json)
{
    if (opt->json) {
        sl_json_key(json, "left_out");
        sl_json_open(json, '{');
    }
    for (size_t h = 0; h < j->n; h++) {
        if (opt->json) {
            sl_json_key(json, j->head[h].name);
            sl_left_out_json(json, &x->left_out[h]);
        } else {
            sl_left_out_text(json->b, j->head[h].name, opt->train.leave_out, &x->left_out[h]);
        }
    }
    if (opt->json) {
        sl_json_close(json, '}');
    }
}

static void write_curves(const struct sl_judged_heads *j, const struct extras *x,
                         const struct slant_eval_options *opt, struct sl_json *json)
{
    if (opt->json) {
        sl_json_key(json, "curve");
        sl_json_open(json, '{');
    }
    for (size_t h = 0; h < j->n; h++) {
        if (opt->json) {
            sl_json_key(json, j->head[h].name);
            sl_curve_json(json, &x->curve[h]);
        } else {
            sl_curve_text(json->b, j->head[h].name, &x->curve[h]);
        }
    }
    if (opt->json) {
        sl_json_close(json, '}');
    }
}

static enum slant_status write_figures(const struct sl_judged_heads *j, const struct extras *x,
                                       const struct slant_eval_options *opt, struct sl_buf *b,
                                       struct slant_error *err)
{
    struct sl_json json = {b, false};
    struct head_figures *f = sl_array_zero(1, sizeof *f);
    enum slant_status status = SLANT_OK;
    if (f == NULL) {
        return sl_fail_nomem(err);
    }
    if (opt->json) {
        sl_json_open(&json, '{');
        if (x->n_fold > 0) {
            folds_json(x, &json);
        }
        if (x->n_fold == 0) {
            sl_learned_json(&json, j);
        }
        sl_json_key(&json, "heads");
        sl_json_open(&json, '{');
    } else if (x->n_fold > 0) {
        folds_text(x, b);
    } else {
        sl_learned_text(b, "the model", j);
    }
    for (size_t h = 0; h < j->n && status == SLANT_OK; h++) {
        const struct sl_judged_head *head = &j->head[h];
        status = figures_of(head, &head->verdicts, &head->words_only, draws_of(opt), f, err);
        if (status == SLANT_OK) {
            write_head(&json, opt->json, head, NULL, f);
        }
    }
    if (opt->json) {
        sl_json_close(&json, '}');
        sl_json_key(&json, "subjects");
        sl_json_open(&json, '{');
    }
    for (size_t h = 0; h < j->n && status == SLANT_OK; h++) {
        status = write_subjects(j, h, opt, &json, f, err);
    }
    if (opt->json) {
        sl_json_close(&json, '}');
    }
    if (x->n_fold > 0 && opt->train.leave_out != NULL) {
        write_left_out(j, x, opt, &json);
    }
    if (x->n_fold > 0 && opt->curve) {
        write_curves(j, x, opt, &json);
    }
    if (opt->quantify && opt->json) {
        sl_json_key(&json, "quantify");
        sl_json_open(&json, '{');
    }
    for (size_t h = 0; h < j->n && opt->quantify && status == SLANT_OK; h++) {
        status = sl_shift_report(&j->head[h].verdicts, j->head[h].name, j->head[h].n_label,
                                 j->head[h].prior, b, opt->json ? &json : NULL, err);
    }
    if (opt->quantify && opt->json) {
        sl_json_close(&json, '}');
    }
    if (opt->json) {
        sl_json_close(&json, '}');
        sl_buf_byte(b, '\n');
    }
    free(f);
    return status == SLANT_OK && b->failed ? sl_fail_nomem(err) : status;
}

static enum slant_status send_figures(const struct sl_judged_heads *j, const struct extras *x,
                                      const struct slant_eval_options *opt, slant_sink *sink,
                                      void *user, struct slant_error *err)
{
    struct sl_buf b = {0};
    enum slant_status status = write_figures(j, x, opt, &b, err);
    if (status == SLANT_OK && sink(user, b.p, b.len) != 0) {
        status = sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    sl_buf_free(&b);
    return status;
}

static enum slant_status eval_model(const struct slant_model *m, const struct slant_input *in,
                                    const struct slant_eval_options *opt, slant_sink *sink,
                                    void *user, struct slant_error *err)
{
    struct sl_rows_options rows_options = {.path = in->path,
                                           .n_path = in->n_path,
                                           .format = in->format,
                                           .head = m->head,
                                           .n_head = m->n_head};
    struct sl_rows rows;
    struct sl_judged_heads j;
    enum slant_status status;
    SL_TRY(sl_rows_read(&rows, &rows_options, err));
    status = sl_judge_rows(m, &rows, &j, err);
    if (status == SLANT_OK) {
        struct extras x = {0};
        status = send_figures(&j, &x, opt, sink, user, err);
        sl_judged_heads_free(&j);
    }
    sl_rows_free(&rows);
    return status;
}

static enum slant_status eval_training(const struct sl_training *t,
                                       const struct slant_eval_options *opt, slant_sink *sink,
                                       void *user, struct slant_error *err)
{
    struct sl_nested nested;
    struct sl_judged_heads j = {0};
    struct extras x = {0};
    enum slant_status status;
    SL_TRY(sl_nested_run(t, &nested, err));
    status = sl_judge_held_out(t, &nested, &j, err);
    x.n_fold = t->n_fold;
    x.n_joined = nested.held_out.n_joined;
    for (size_t h = 0; h < j.n && opt->train.leave_out != NULL && status == SLANT_OK; h++) {
        status = sl_left_out_compute(&t->rows, &j.head[h], &x.left_out[h], err);
    }
    if (status == SLANT_OK && opt->curve) {
        status = sl_curves_run(t, &nested, &j, draws_of(opt), x.curve, err);
    }
    if (status == SLANT_OK) {
        status = send_figures(&j, &x, opt, sink, user, err);
    }
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        sl_left_out_free(&x.left_out[h]);
    }
    sl_judged_heads_free(&j);
    sl_nested_free(&nested);
    return status;
}

static enum slant_status eval_folds(const struct slant_input *in,
                                    const struct slant_eval_options *opt, slant_sink *sink,
                                    void *user, struct slant_error *err)
{
    struct sl_training t;
    struct slant_train_options train = opt->train;
    enum slant_status status;
    train.n_fold = opt->n_fold;
    SL_TRY(sl_training_prepare(&t, in, &train, err));
    status = eval_training(&t, opt, sink, user, err);
    sl_training_free(&t);
    return status;
}

enum slant_status slant_eval(const struct slant_model *m, const struct slant_input *in,
                             const struct slant_eval_options *opt, slant_sink *sink, void *user,
                             struct slant_error *err)
{
    if (in == NULL || opt == NULL || sink == NULL || in->size != sizeof *in ||
        opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_eval: an argument is NULL or of another "
                       "version");
    }
    SL_TRY(sl_input_rows(in, err));
    SL_TRY(sl_draws_check(opt->n_bootstrap, err));
    if (m != NULL && opt->curve) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "a learning curve trains anew; it takes no model beside the data");
    }
    return m != NULL ? eval_model(m, in, opt, sink, user, err)
                     : eval_folds(in, opt, sink, user, err);
}
