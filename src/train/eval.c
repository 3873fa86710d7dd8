/* slant_eval: figures of a model on labelled rows, or of cross-validation. */
#include "base/memory.h"
#include "base/plain.h"
#include "judge/session.h"
#include "train/quantify.h"
#include "train/training.h"

#include <stdlib.h>
#include <string.h>

/* What is judged: the rows, and for each head the verdicts of its labelled rows. */
struct judged_heads {
    const struct sl_rows *rows;
    size_t n;
    const char *name[SLANT_MAX_HEAD];
    const char *const *label[SLANT_MAX_HEAD];
    uint32_t n_label[SLANT_MAX_HEAD];
    const double *prior[SLANT_MAX_HEAD]; /* in training; NULL: the shares of the verdicts */
    struct sl_verdicts verdicts[SLANT_MAX_HEAD];
};

static void judged_free(struct judged_heads *j)
{
    for (size_t h = 0; h < SLANT_MAX_HEAD; h++) {
        sl_verdicts_free(&j->verdicts[h]);
    }
}

/* ---- a model ---- */

static void note_verdict(struct sl_verdicts *v, const struct sl_row *row, uint32_t gold,
                         uint32_t n_label, const struct slant_verdict *verdict)
{
    v->gold[v->n] = gold;
    v->label[v->n] = verdict->label;
    v->group[v->n] = row->group;
    v->subject[v->n] = row->subject;
    for (uint32_t k = 0; k < n_label; k++) {
        v->prob[v->n * n_label + k] = verdict->prob[k] / 10000.0;
    }
    v->n++;
}

/* The model's head of that name for the row's subject; the only one serves any subject. */
static enum slant_status head_for(const struct slant_model *m, const char *name,
                                  const struct sl_rows *rows, const struct sl_row *row, size_t *out,
                                  struct slant_error *err)
{
    const char *subject = sl_strings_get(&rows->subject, row->subject);
    size_t n = 0;
    for (size_t h = 0; h < m->n_head; h++) {
        if (sl_head_number(m->head[h].name) == sl_head_number(name)) {
            *out = h;
            n++;
            if (strcmp(m->fit[h].subject, subject) == 0) {
                return SLANT_OK;
            }
        }
    }
    return n == 1 ? SLANT_OK
                  : sl_fail(err, SLANT_ERR_ROW, row->line,
                            "%s:%llu: the model knows no subject \"%.60s\"; `slant inspect` lists "
                            "those it knows",
                            row->file, (unsigned long long)row->line, subject);
}

static enum slant_status judge_rows(const struct slant_model *m, const struct sl_rows *rows,
                                    struct judged_heads *j, struct slant_error *err)
{
    struct slant_session *s = NULL;
    enum slant_status status = SLANT_OK;
    for (size_t h = 0; h < m->n_head; h++) {
        bool labelled = false;
        size_t of_rows = sl_head_number(m->head[h].name);
        for (size_t i = 0; i < j->n; i++) { /* the same for another subject */
            of_rows = sl_head_number(j->name[i]) == of_rows ? SL_N_HEAD : of_rows;
        }
        for (size_t r = 0; of_rows < SL_N_HEAD && r < rows->n; r++) {
            labelled = labelled || rows->row[r].label[of_rows] != SL_LABEL_NONE;
        }
        if (!labelled) {
            continue;
        }
        j->name[j->n] = sl_head_name[of_rows];
        j->label[j->n] = m->head[h].label;
        j->n_label[j->n] = m->head[h].n_label;
        j->prior[j->n] = m->fit[h].prior;
        if (!sl_verdicts_room(&j->verdicts[j->n++], rows->n, m->head[h].n_label)) {
            return sl_fail_nomem(err);
        }
    }
    if (j->n == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "no labels that the model knows; expected a column named %s",
                       m->head[0].name);
    }
    SL_TRY(slant_session_new(m, &s, err));
    for (size_t r = 0; r < rows->n && status == SLANT_OK; r++) {
        const struct sl_row *row = &rows->row[r];
        const struct slant_sentence *sentence;
        status = sl_session_masked_line(s, row->text.p, row->text.len, row->mask, row->n_mask, err);
        if (status == SLANT_OK) {
            status = slant_session_next(s, &sentence, err);
        }
        for (size_t i = 0; status == SLANT_OK && i < j->n; i++) {
            uint32_t gold = row->label[sl_head_number(j->name[i])];
            size_t h = 0;
            if (gold != SL_LABEL_NONE) {
                status = head_for(m, j->name[i], rows, row, &h, err);
            }
            if (gold != SL_LABEL_NONE && status == SLANT_OK) {
                note_verdict(&j->verdicts[i], row, gold, j->n_label[i], &sentence->verdict[h]);
            }
        }
    }
    slant_session_free(s);
    return status;
}

/* ---- cross-validation ---- */

/* Settings chosen inside each fold: the fold held out has no say (nested cross-validation; Varma &
 * Simon 2006). */
static enum slant_status choose_in_fold(void *user, const bool *in, struct sl_settings *settings,
                                        struct slant_error *err)
{
    const struct sl_training *t = user;
    struct sl_tune_options tune = {t->n_trial, t->n_fold < 5 ? t->n_fold : 5, 1};
    return sl_tune(&t->rows, &t->features, &t->heads, in, &tune, settings, NULL, err);
}

static enum slant_status judge_held_out(const struct sl_training *t, struct judged_heads *j,
                                        struct slant_error *err)
{
    struct sl_cv_options cv = {.n_fold = t->n_fold,
                               .n_thread = t->n_thread,
                               .choose = t->n_trial != 1 ? choose_in_fold : NULL,
                               .user = (void *)(uintptr_t)t};
    struct sl_held_out held_out;
    enum slant_status status;
    SL_TRY(sl_cross_validate(&t->rows, &t->features, &t->heads, &t->settings, &cv, &held_out, err));
    status = SLANT_OK;
    for (size_t h = 0; h < SL_N_HEAD && status == SLANT_OK; h++) {
        if (t->rows.n_label[h] > 0) {
            j->name[j->n] = sl_head_name[h];
            j->label[j->n] = (const char *const *)t->rows.label[h];
            j->n_label[j->n] = t->rows.n_label[h];
            status =
                sl_held_out_verdicts(&held_out, &t->rows, &t->heads, h, &j->verdicts[j->n], err);
            j->n++;
        }
    }
    sl_held_out_free(&held_out);
    return status;
}

/* ---- figures ---- */

static enum slant_status figures_of(const struct judged_heads *j, size_t h,
                                    const struct sl_verdicts *v, unsigned n_bootstrap,
                                    struct sl_figures *out, struct slant_error *err)
{
    struct sl_judged judged = {v->n,     j->n_label[h], j->label[h], v->gold,
                               v->label, v->prob,       v->group};
    return sl_figures_compute(&judged, n_bootstrap == 0 ? 1000 : n_bootstrap, 1, out, err);
}

static void put_headline(struct sl_buf *b, const struct sl_figures *f, enum sl_headline i)
{
    sl_buf_text(b, sl_headline_name[i]);
    sl_buf_byte(b, ' ');
    sl_buf_fixed(b, f->headline[i], 3);
    sl_buf_text(b, " [");
    sl_buf_fixed(b, f->low[i], 3);
    sl_buf_text(b, ", ");
    sl_buf_fixed(b, f->high[i], 3);
    sl_buf_text(b, "]");
}

static void put_number(struct sl_buf *b, uint64_t v, size_t width)
{
    struct sl_buf digits = {0};
    sl_buf_uint(&digits, v);
    for (size_t n = digits.len; n < width; n++) {
        sl_buf_byte(b, ' ');
    }
    sl_buf_put(b, digits.p, digits.len);
    sl_buf_free(&digits);
}

static void figures_text(struct sl_buf *b, const struct judged_heads *j, size_t h,
                         const char *subject, const struct sl_figures *f)
{
    sl_buf_text(b, j->name[h]);
    if (subject != NULL) {
        const char *shown = *subject == 0 ? "no subject" : subject;
        sl_buf_text(b, ", ");
        sl_plain_text(b, shown, strlen(shown));
    }
    sl_buf_text(b, ": ");
    sl_buf_uint(b, f->n);
    sl_buf_text(b, " rows in ");
    sl_buf_uint(b, f->n_group);
    sl_buf_text(b, " groups\n  ");
    put_headline(b, f, SL_MACRO_F1);
    sl_buf_text(b, "   ");
    put_headline(b, f, SL_F_AVG);
    sl_buf_text(b, "\n  ");
    put_headline(b, f, SL_ACCURACY);
    sl_buf_text(b, "   ");
    put_headline(b, f, SL_ECE);
    sl_buf_text(b, "\n  log loss ");
    sl_buf_fixed(b, f->log_loss, 3);
    sl_buf_text(b, "   always the commonest label: accuracy ");
    sl_buf_fixed(b, f->majority_accuracy, 3);
    sl_buf_text(b, ", macro_f1 ");
    sl_buf_fixed(b, f->majority_macro_f1, 3);
    sl_buf_text(b, "\n\n    label      precision  recall     f1   rows   said as:");
    for (uint32_t k = 0; k < f->n_label; k++) {
        sl_buf_byte(b, ' ');
        sl_plain_text(b, j->label[h][k], strlen(j->label[h][k]));
    }
    sl_buf_byte(b, '\n');
    for (uint32_t k = 0; k < f->n_label; k++) {
        sl_buf_text(b, "    ");
        sl_plain_padded(b, j->label[h][k], 10);
        sl_buf_text(b, "     ");
        sl_buf_fixed(b, f->label[k].precision, 3);
        sl_buf_text(b, "   ");
        sl_buf_fixed(b, f->label[k].recall, 3);
        sl_buf_text(b, "  ");
        sl_buf_fixed(b, f->label[k].f1, 3);
        put_number(b, f->label[k].n, 7);
        sl_buf_text(b, "           ");
        for (uint32_t i = 0; i < f->n_label; i++) {
            put_number(b, f->confusion[k][i], i == 0 ? 5 : strlen(j->label[h][i]) + 1);
        }
        sl_buf_byte(b, '\n');
    }
    sl_buf_byte(b, '\n');
}

/* The verdicts on rows of one subject; arrays shared with `all` but for the copies made. */
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

static enum slant_status head_subjects(const struct judged_heads *j, size_t h,
                                       const struct slant_eval_options *opt, struct sl_json *json,
                                       struct sl_figures *f, struct slant_error *err)
{
    const struct sl_strings *subject = &j->rows->subject;
    if (subject->n < 2) {
        return SLANT_OK;
    }
    if (opt->json) {
        sl_json_key(json, j->name[h]);
        sl_json_open(json, '{');
    }
    for (uint32_t s = 0; s < subject->n; s++) {
        struct sl_verdicts v;
        const char *name = sl_strings_get(subject, s);
        enum slant_status status;
        SL_TRY(subject_verdicts(&j->verdicts[h], s, j->n_label[h], &v, err));
        if (v.n == 0) {
            sl_verdicts_free(&v);
            continue;
        }
        status = figures_of(j, h, &v, opt->n_bootstrap, f, err);
        sl_verdicts_free(&v);
        SL_TRY(status);
        if (opt->json) {
            sl_json_key(json, name);
            sl_figures_json(json, f, j->label[h]);
        } else {
            figures_text(json->b, j, h, name, f);
        }
    }
    if (opt->json) {
        sl_json_close(json, '}');
    }
    return SLANT_OK;
}

static enum slant_status write_figures(const struct judged_heads *j,
                                       const struct slant_eval_options *opt, struct sl_buf *b,
                                       struct slant_error *err)
{
    struct sl_json json = {b, false};
    struct sl_figures *f = sl_array_zero(1, sizeof *f);
    enum slant_status status = SLANT_OK;
    if (f == NULL) {
        return sl_fail_nomem(err);
    }
    if (opt->json) {
        sl_buf_text(b, "{\"heads\":{");
    }
    for (size_t h = 0; h < j->n && status == SLANT_OK; h++) {
        status = figures_of(j, h, &j->verdicts[h], opt->n_bootstrap, f, err);
        if (status == SLANT_OK && opt->json) {
            sl_json_key(&json, j->name[h]);
            sl_figures_json(&json, f, j->label[h]);
        } else if (status == SLANT_OK) {
            figures_text(b, j, h, NULL, f);
        }
    }
    if (opt->json) {
        sl_buf_text(b, "},\"subjects\":{");
        json.comma = false;
    }
    for (size_t h = 0; h < j->n && status == SLANT_OK; h++) {
        status = head_subjects(j, h, opt, &json, f, err);
    }
    if (opt->json) {
        sl_buf_text(b, opt->quantify ? "},\"quantify\":{" : "}}\n");
        json.comma = false;
    }
    for (size_t h = 0; h < j->n && opt->quantify && status == SLANT_OK; h++) {
        status = sl_shift_report(&j->verdicts[h], j->name[h], j->n_label[h], j->prior[h], b,
                                 opt->json ? &json : NULL, err);
    }
    if (opt->json && opt->quantify) {
        sl_buf_text(b, "}}\n");
    }
    free(f);
    return status == SLANT_OK && b->failed ? sl_fail_nomem(err) : status;
}

static enum slant_status send_figures(const struct judged_heads *j,
                                      const struct slant_eval_options *opt, slant_sink *sink,
                                      void *user, struct slant_error *err)
{
    struct sl_buf b = {0};
    enum slant_status status = write_figures(j, opt, &b, err);
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
    struct judged_heads j = {.rows = &rows};
    enum slant_status status;
    SL_TRY(sl_rows_read(&rows, &rows_options, err));
    status = judge_rows(m, &rows, &j, err);
    if (status == SLANT_OK) {
        status = send_figures(&j, opt, sink, user, err);
    }
    judged_free(&j);
    sl_rows_free(&rows);
    return status;
}

static enum slant_status eval_folds(const struct slant_input *in,
                                    const struct slant_eval_options *opt, slant_sink *sink,
                                    void *user, struct slant_error *err)
{
    struct sl_training t;
    struct slant_train_options train = opt->train;
    struct judged_heads j = {0};
    enum slant_status status;
    train.n_fold = opt->n_fold;
    SL_TRY(sl_training_prepare(&t, in, &train, opt->leave_out, err));
    j.rows = &t.rows;
    status = judge_held_out(&t, &j, err);
    if (status == SLANT_OK) {
        status = send_figures(&j, opt, sink, user, err);
    }
    judged_free(&j);
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
    if (in->n_path == 0) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "no data files named");
    }
    return m != NULL ? eval_model(m, in, opt, sink, user, err)
                     : eval_folds(in, opt, sink, user, err);
}
