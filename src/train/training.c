#include "train/training.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/order.h"
#include "input/input.h"
#include "train/folds.h"
#include "train/lexicon_file.h"
#include "train/notes.h"
#include "train/solver.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FOLDS = 100 };

/* Whether there is something to learn from. */
static enum slant_status check_rows(const struct sl_training *t, const struct slant_input *in,
                                    struct slant_error *err)
{
    const struct sl_rows *rows = &t->rows;
    const char *file = sl_file_shown(in->path[0]);
    const char *others = in->n_path > 1 ? " and the others" : "";
    if (rows->n == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%.80s%s: no rows to learn from: nothing stands below the header", file,
                       others);
    }
    if (t->heads.n == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%.80s%s: no labels to learn from; expected a column named stance or "
                       "sentiment, in small letters, with labels in it%s%s",
                       file, others,
                       rows->unread == NULL || *rows->unread == 0 ? "" : "; not read: ",
                       rows->unread == NULL ? "" : rows->unread);
    }
    return SLANT_OK;
}

static enum slant_status check_labels(const struct sl_training *t, struct slant_error *err)
{
    const struct sl_rows *rows = &t->rows;
    for (size_t i = 0; i < t->heads.n; i++) {
        size_t h = t->heads.of_rows[i];
        size_t n[SLANT_MAX_LABEL] = {0};
        const struct sl_row *first[SLANT_MAX_LABEL] = {NULL};
        for (size_t r = 0; r < rows->n; r++) {
            uint32_t label = rows->row[r].label[h];
            if (label != SL_LABEL_NONE) {
                first[label] = first[label] == NULL ? &rows->row[r] : first[label];
                n[label] += rows->row[r].weight > 0;
            }
        }
        if (rows->n_label[h] < 2) {
            return sl_fail(err, SLANT_ERR_DATA, 0,
                           "every %s label is \"%s\"; two labels or more are needed to tell apart",
                           sl_head_name[h], rows->label[h][0]);
        }
        for (uint32_t k = 0; k < rows->n_label[h]; k++) {
            if (n[k] < SL_MIN_LABEL_ROWS && first[k] != NULL) {
                return sl_fail(
                    err, SLANT_ERR_DATA, first[k]->line,
                    "%s:%llu: %s label \"%s\" has %zu row%s (of weight above 0), at least "
                    "%d are needed to calibrate: is it misspelled? Else label more, or leave the "
                    "column %s out",
                    first[k]->file, (unsigned long long)first[k]->line, sl_head_name[h],
                    rows->label[h][k], n[k], n[k] == 1 ? "" : "s", SL_MIN_LABEL_ROWS,
                    sl_head_name[h]);
            }
        }
    }
    return SLANT_OK;
}

static enum slant_status check_options(const struct slant_input *in,
                                       const struct slant_train_options *opt,
                                       struct slant_error *err)
{
    if (in == NULL || opt == NULL || in->size != sizeof *in || opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "training: input or options are NULL or of another version");
    }
    SL_TRY(sl_input_rows(in, err));
    if ((int)opt->solver < SLANT_SOLVER_AUTO || opt->solver > SLANT_SOLVER_DUAL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "unknown solver");
    }
    for (size_t i = 0; i < opt->n_setting; i++) {
        if (opt->setting == NULL || opt->setting[i] == NULL) {
            return sl_fail(err, SLANT_ERR_ARG, 0, "a setting is NULL");
        }
    }
    if (opt->n_fold == 1 || opt->n_fold > MAX_FOLDS) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "%u folds asked for; expected 2 to %d", opt->n_fold,
                       MAX_FOLDS);
    }
    if (opt->n_trial > SL_MAX_TRIAL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "%u trials asked for; at most %d are made",
                       opt->n_trial, SL_MAX_TRIAL);
    }
    if (!(opt->cost >= 0 && opt->cost <= 1e6)) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "the cost must be above 0 and at most 1000000");
    }
    return SLANT_OK;
}

/* One fold for each value of the column, joined ones together. */
static enum slant_status fold_for_each(const struct sl_rows *rows, const char *column,
                                       unsigned *n_fold, struct slant_error *err)
{
    size_t n;
    SL_TRY(sl_folds_most(rows, &n, err));
    if (n < 2) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%s has one value, or near-copies join all of them; nothing can be left out",
                       column);
    }
    if (n > MAX_FOLDS) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "%s has %zu values, a row without one counting as one, too many to leave "
                       "out each; ask for folds, such as --cv 5",
                       column, n);
    }
    *n_fold = (unsigned)n;
    return SLANT_OK;
}

static enum slant_status choose_settings(struct sl_training *t,
                                         const struct slant_train_options *opt,
                                         struct slant_error *err)
{
    t->settings = sl_settings_default(opt->solver, &t->rows);
    t->settings.cost = opt->cost > 0 ? opt->cost : t->settings.cost;
    t->settings.seed = opt->seed;
    t->settings.balanced = !opt->unbalanced;
    for (size_t i = 0; i < opt->n_setting; i++) {
        SL_TRY(sl_settings_set(&t->settings, opt->setting[i], err));
    }
    return sl_settings_check(&t->settings, err);
}

enum slant_status sl_training_prepare(struct sl_training *t, const struct slant_input *in,
                                      const struct slant_train_options *opt,
                                      struct slant_error *err)
{
    struct sl_rows_options rows = {0};
    enum slant_status status;
    memset(t, 0, sizeof *t);
    SL_TRY(check_options(in, opt, err));
    rows.path = in->path;
    rows.n_path = in->n_path;
    rows.format = in->format;
    rows.leave_out = t->leave_out = opt->leave_out;
    rows.weight = opt->weight;
    t->material.language = &sl_language_english;
    t->material.target_words = opt->target_words;
    t->n_fold = opt->n_fold == 0 ? SL_DEFAULT_FOLDS : opt->n_fold;
    t->n_thread = in->n_thread;
    t->n_trial = opt->n_trial;
    SL_TRY(sl_rows_read(&t->rows, &rows, err));
    t->heads = sl_heads_of(&t->rows, opt->pooled);
    status = check_rows(t, in, err);
    if (status == SLANT_OK) {
        status = check_labels(t, err);
    }
    if (status == SLANT_OK) {
        status = sl_note_rows(&t->rows, opt->note, opt->user, err);
    }
    if (status == SLANT_OK && opt->n_fold == 0 && opt->leave_out != NULL) {
        status = fold_for_each(&t->rows, opt->leave_out, &t->n_fold, err);
    }
    if (status == SLANT_OK && opt->solver == SLANT_SOLVER_LIBSVM && t->rows.weighted) {
        status = sl_fail(err, SLANT_ERR_ARG, 0,
                         "libsvm takes no weight per row; use --solver dual, or drop the column");
    }
    if (status == SLANT_OK && opt->solver == SLANT_SOLVER_LIBSVM) {
        status = sl_libsvm_fits(t->rows.n, err);
    }
    if (status == SLANT_OK) {
        status = choose_settings(t, opt, err);
    }
    if (status == SLANT_OK && opt->lexicon != NULL) {
        status = sl_lexicon_read(opt->lexicon, t->material.language, &t->material.lexicon,
                                 &t->lexicon_digest, err);
    }
    if (status == SLANT_OK && opt->vectors != NULL) {
        status = sl_vectors_read(opt->vectors, &t->material.vectors, err);
    }
    if (status == SLANT_OK) {
        t->subject = opt->subject != NULL     ? (char *)opt->subject
                     : t->rows.subject.n == 1 ? t->rows.subject.bytes
                                              : (char *)"";
        status = sl_features_build(&t->features, &t->rows, &t->material, t->n_thread, err);
    }
    if (status != SLANT_OK) {
        sl_training_free(t);
    }
    return status;
}

void sl_training_free(struct sl_training *t)
{
    sl_features_free(&t->features);
    sl_lexicon_free(&t->material.lexicon);
    sl_vectors_free(&t->material.vectors);
    sl_rows_free(&t->rows);
}

static const char *head_subject(const struct sl_training *t, size_t i)
{
    return t->heads.subject[i] == SL_ANY_SUBJECT
               ? t->subject
               : sl_strings_get(&t->rows.subject, t->heads.subject[i]);
}

/* "stance", or "stance:SUBJECT" where several subjects have a head each. */
static bool head_name(const struct sl_training *t, size_t i, struct sl_buf *out)
{
    out->len = 0;
    sl_buf_text(out, sl_head_name[t->heads.of_rows[i]]);
    if (t->heads.subject[i] != SL_ANY_SUBJECT) {
        sl_buf_byte(out, ':');
        sl_buf_text(out, head_subject(t, i));
    }
    sl_buf_byte(out, 0);
    return !out->failed;
}

/* The texts learned from, so that eval can tell what the model has seen. */
static bool keep_seen(const struct sl_rows *rows, struct slant_model *m)
{
    uint32_t *seen = sl_array(rows->n, sizeof *seen);
    size_t n = 0;
    m->seen = seen;
    if (seen == NULL) {
        return false;
    }
    for (size_t r = 0; r < rows->n; r++) {
        if (sl_row_labelled(&rows->row[r])) {
            seen[n++] = sl_text_mark(rows->row[r].text.p, rows->row[r].text.len);
        }
    }
    qsort(seen, n, sizeof *seen, sl_by_u32);
    for (size_t i = 0; i < n; i++) {
        if (m->n_seen == 0 || seen[m->n_seen - 1] != seen[i]) {
            seen[m->n_seen++] = seen[i];
        }
    }
    return true;
}

/* The model's own numbers of its features, and their rows. */
static bool set_features(const struct sl_fit *fit, struct slant_model *m)
{
    size_t n = sl_n_feature(&m->vocabulary);
    uint32_t *number = sl_array(n, sizeof *number);
    bool good = number != NULL && sl_lookup_freeze(&m->vocabulary, fit->norm_level, number) &&
                sl_model_set_rows(m, fit->norm_level, fit->cell, number, n) &&
                sl_model_make_units(m);
    for (int b = 0; good && b < SL_N_BLOCK; b++) {
        memcpy(sl_units(m, b), fit->unit[b], (m->n_column + 1) * sizeof *m->unit);
    }
    free(number);
    return good;
}

static bool fill_model(const struct sl_training *t, struct sl_fit *fit,
                       const struct sl_calibration *calibration, const struct sl_own *own,
                       const char *name, const char *meta, struct slant_model *m)
{
    m->name = sl_copy_bytes(name, strlen(name));
    m->meta = sl_copy_bytes(meta, strlen(meta));
    if (m->name == NULL || m->meta == NULL) {
        return false;
    }
    for (size_t i = 0; i < t->heads.n; i++) {
        size_t h = t->heads.of_rows[i];
        struct sl_head *head = &m->fit[i];
        struct sl_buf full = {0};
        bool set = head_name(t, i, &full) &&
                   sl_model_set_head(m, i, (const char *)full.p, head_subject(t, i),
                                     (const char *const *)t->rows.label[h], t->rows.n_label[h]);
        sl_buf_free(&full);
        if (!set) {
            return false;
        }
        head->slope = calibration[i].slope;
        memcpy(head->shift, calibration[i].shift, sizeof head->shift);
        memcpy(head->bias, fit->bias + t->heads.column[i],
               t->rows.n_label[h] * sizeof head->bias[0]);
        memcpy(head->prior, calibration[i].prior, sizeof head->prior);
        if (own != NULL) {
            head->own_slope = own[i].slope;
            memcpy(head->own_shift, own[i].shift, sizeof head->own_shift);
        }
    }
    m->language = t->material.language;
    memcpy(m->scale, t->settings.scale, sizeof m->scale);
    m->vocabulary = fit->vocabulary;
    memset(&fit->vocabulary, 0, sizeof fit->vocabulary); /* moved */
    return keep_seen(&t->rows, m) && set_features(fit, m);
}

enum slant_status sl_training_model(const struct sl_training *t, struct sl_fit *fit,
                                    const struct sl_calibration *calibration,
                                    const struct sl_own *own, const char *name, const char *meta,
                                    struct slant_model **out, struct slant_error *err)
{
    struct slant_model *m = sl_model_new(t->heads.n);
    struct sl_lexer lexer;
    enum slant_status status;
    if (m == NULL || !fill_model(t, fit, calibration, own, name, meta, m)) {
        slant_model_free(m);
        return sl_fail_nomem(err);
    }
    status = sl_lexer_init(&lexer, t->material.language, err);
    if (status == SLANT_OK) {
        status = sl_lexer_probe(&lexer, &m->stemmer_probe, err);
        sl_lexer_free(&lexer);
    }
    if (status != SLANT_OK) {
        slant_model_free(m);
        return status;
    }
    *out = m;
    return SLANT_OK;
}

/* ---- for people ---- */

static void meta_features(struct sl_json *j, const struct sl_vocabulary *v)
{
    const uint32_t n[] = {v->n_word, v->n_bigram, v->n_trigram, v->n_character};
    static const char *const name[] = {"word", "bigram", "trigram", "char"};
    sl_json_open(j, '{');
    for (int i = 0; i < 4; i++) {
        sl_json_key(j, name[i]);
        sl_json_uint(j, n[i]);
    }
    for (int b = SL_FIRST_LIST; b < SL_N_BLOCK; b++) {
        if (v->first[b + 1] > v->first[b]) {
            sl_json_key(j, sl_block_name[b]);
            sl_json_uint(j, v->first[b + 1] - v->first[b]);
        }
    }
    sl_json_close(j, '}');
}

static void meta_trials(struct sl_json *j, const struct sl_trials *trials)
{
    sl_json_key(j, "trials");
    sl_json_open(j, '[');
    for (size_t i = 0; i < trials->n; i++) {
        const struct sl_trial *t = &trials->trial[i];
        sl_json_open(j, '{');
        sl_json_key(j, "change");
        sl_json_text(j, t->change);
        sl_json_key(j, "log_loss");
        sl_json_double(j, t->log_loss);
        sl_json_key(j, "kept");
        sl_json_bool(j, t->kept);
        sl_json_close(j, '}');
    }
    sl_json_close(j, ']');
}

void sl_training_meta(const struct sl_training *t, const struct sl_held_out *held_out,
                      const struct sl_figures *figures, const struct sl_fit *fit,
                      struct sl_buf *out)
{
    struct sl_json j = {out, false};
    char digest[17];
    sl_hex(t->rows.digest, digest);
    sl_json_open(&j, '{');
    sl_json_key(&j, "slant");
    sl_json_text(&j, SLANT_VERSION);
    sl_json_key(&j, "subject");
    sl_json_text(&j, t->subject);
    sl_json_key(&j, "rows");
    sl_json_uint(&j, t->rows.n);
    sl_json_key(&j, "training_digest");
    sl_json_text(&j, digest);
    sl_json_key(&j, "language");
    sl_json_text(&j, t->material.language->name);
    if (t->material.lexicon.n > 0) {
        sl_hex(t->lexicon_digest, digest);
        sl_json_key(&j, "lexicon");
        sl_json_open(&j, '{');
        sl_json_key(&j, "entries");
        sl_json_uint(&j, t->material.lexicon.n);
        sl_json_key(&j, "classes");
        sl_json_uint(&j, t->material.lexicon.n_class);
        sl_json_key(&j, "digest");
        sl_json_text(&j, digest);
        sl_json_close(&j, '}');
    }
    if (t->material.vectors.n > 0) {
        sl_hex(t->material.vectors.digest, digest);
        sl_json_key(&j, "vectors");
        sl_json_open(&j, '{');
        sl_json_key(&j, "words");
        sl_json_uint(&j, t->material.vectors.n);
        sl_json_key(&j, "width");
        sl_json_uint(&j, t->material.vectors.width);
        sl_json_key(&j, "digest");
        sl_json_text(&j, digest);
        sl_json_close(&j, '}');
    }
    if (t->material.target_words) {
        sl_json_key(&j, "target_words");
        sl_json_bool(&j, true);
    }
    sl_json_key(&j, "settings");
    sl_json_open(&j, '{');
    sl_settings_json(&j, &t->settings);
    sl_json_close(&j, '}');
    meta_trials(&j, &t->trials);
    sl_json_key(&j, "features");
    meta_features(&j, &fit->vocabulary);
    sl_json_key(&j, "cross_validation");
    sl_json_open(&j, '{');
    sl_json_key(&j, "folds");
    sl_json_uint(&j, held_out->n_fold);
    if (t->leave_out != NULL) {
        sl_json_key(&j, "leave_out");
        sl_json_text(&j, t->leave_out);
    }
    sl_json_key(&j, "groups_joined_by_near_copies");
    sl_json_uint(&j, held_out->n_joined);
    sl_json_key(&j, "heads");
    sl_json_open(&j, '{');
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        if (t->rows.n_label[h] > 0) {
            sl_json_key(&j, sl_head_name[h]);
            sl_figures_json(&j, &figures[h], (const char *const *)t->rows.label[h]);
        }
    }
    sl_json_close(&j, '}');
    sl_json_close(&j, '}');
    sl_json_close(&j, '}');
}
