#include "train/judged.h"
#include "base/bytes.h"
#include "judge/session.h"

#include <stdio.h>
#include <string.h>

void sl_judged_heads_free(struct sl_judged_heads *j)
{
    for (size_t h = 0; h < SL_N_HEAD; h++) {
        sl_verdicts_free(&j->head[h].verdicts);
        sl_verdicts_free(&j->head[h].words_only);
    }
    j->n = 0;
}

struct sl_judged sl_judged_of(const struct sl_judged_head *h, const struct sl_verdicts *v)
{
    return (struct sl_judged){v->n, h->n_label, h->label, v->gold, v->label, v->prob, v->group};
}

bool sl_same_labels(const char *const *a, uint32_t n_a, const char *const *b, uint32_t n_b)
{
    bool same = n_a == n_b;
    for (uint32_t k = 0; same && k < n_a; k++) {
        same = strcmp(a[k], b[k]) == 0;
    }
    return same;
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

/* The heads that the rows have labels of, each with room for their verdicts. */
static enum slant_status find_heads(const struct slant_model *m, const struct sl_rows *rows,
                                    struct sl_judged_heads *j, struct slant_error *err)
{
    for (size_t h = 0; h < m->n_head; h++) {
        size_t of_rows = sl_head_number(m->head[h].name);
        struct sl_judged_head *same = NULL; /* for another subject */
        bool labelled = false;
        for (size_t i = 0; i < j->n; i++) {
            same = sl_head_number(j->head[i].name) == of_rows ? &j->head[i] : same;
        }
        if (same != NULL &&
            !sl_same_labels(same->label, same->n_label, m->head[h].label, m->head[h].n_label)) {
            return sl_fail(err, SLANT_ERR_DATA, 0,
                           "the model's %s labels differ by subject; they cannot be judged "
                           "together",
                           same->name);
        }
        for (size_t r = 0; of_rows < SL_N_HEAD && same == NULL && r < rows->n; r++) {
            labelled = labelled || rows->row[r].label[of_rows] != SL_LABEL_NONE;
        }
        if (labelled) {
            struct sl_judged_head *head = &j->head[j->n++];
            head->name = sl_head_name[of_rows];
            head->label = m->head[h].label;
            head->n_label = m->head[h].n_label;
            head->prior = m->fit[h].prior;
            if (!sl_verdicts_room(&head->verdicts, rows->n, head->n_label)) {
                return sl_fail_nomem(err);
            }
        }
    }
    if (rows->n == 0) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       "no rows to judge by: nothing stands below the header");
    }
    return j->n > 0 ? SLANT_OK
                    : sl_fail(err, SLANT_ERR_DATA, 0,
                              "no labels that the model knows; expected a column named %s",
                              m->head[0].name);
}

/* Whether the model was trained on exactly these rows. */
static bool learned_from(const struct slant_model *m, const struct sl_rows *rows)
{
    char digest[17];
    char member[64];
    sl_hex(rows->digest, digest);
    (void)snprintf(member, sizeof member, "\"training_digest\":\"%s\"", digest);
    return strstr(m->meta, member) != NULL;
}

enum slant_status sl_judge_rows(const struct slant_model *m, const struct sl_rows *rows,
                                struct sl_judged_heads *out, struct slant_error *err)
{
    struct slant_session *s = NULL;
    enum slant_status status;
    memset(out, 0, sizeof *out);
    out->rows = rows;
    status = find_heads(m, rows, out, err);
    if (status == SLANT_OK) {
        status = slant_session_new(m, &s, err);
    }
    for (size_t r = 0; r < rows->n && status == SLANT_OK; r++) {
        const struct sl_row *row = &rows->row[r];
        const struct slant_sentence *sentence;
        out->n_row += sl_row_labelled(row);
        out->n_seen += sl_row_labelled(row) && sl_model_has_seen(m, row->text.p, row->text.len);
        status = sl_session_masked_line(s, row->text.p, row->text.len, row->mask, row->n_mask, err);
        if (status == SLANT_OK) {
            status = slant_session_next(s, &sentence, err);
        }
        for (size_t i = 0; status == SLANT_OK && i < out->n; i++) {
            struct sl_judged_head *head = &out->head[i];
            uint32_t gold = row->label[sl_head_number(head->name)];
            size_t h = 0;
            if (gold != SL_LABEL_NONE) {
                status = head_for(m, head->name, rows, row, &h, err);
            }
            if (gold != SL_LABEL_NONE && status == SLANT_OK) {
                note_verdict(&head->verdicts, row, gold, head->n_label, &sentence->verdict[h]);
            }
        }
    }
    slant_session_free(s);
    if (learned_from(m, rows)) { /* older models keep no more than this */
        out->n_seen = out->n_row;
    }
    if (status != SLANT_OK) {
        sl_judged_heads_free(out);
    }
    return status;
}

/* ---- cross-validation ---- */

enum slant_status sl_judge_held_out(const struct sl_training *t, const struct sl_nested *nested,
                                    struct sl_judged_heads *out, struct slant_error *err)
{
    struct sl_held_out words;
    enum slant_status status;
    memset(out, 0, sizeof *out);
    out->rows = &t->rows;
    SL_TRY(sl_nested_words_only(t, nested, &words, err));
    status = SLANT_OK;
    for (size_t h = 0; h < SL_N_HEAD && status == SLANT_OK; h++) {
        struct sl_judged_head *head = &out->head[out->n];
        if (t->rows.n_label[h] == 0) {
            continue;
        }
        head->name = sl_head_name[h];
        head->label = (const char *const *)t->rows.label[h];
        head->n_label = t->rows.n_label[h];
        out->n++;
        status =
            sl_held_out_verdicts(&nested->held_out, &t->rows, &t->heads, h, &head->verdicts, err);
        head->small_folds = head->verdicts.n < (size_t)SL_FOLD_ROWS * t->n_fold;
        if (status == SLANT_OK && !head->small_folds) {
            status = sl_held_out_verdicts(&words, &t->rows, &t->heads, h, &head->words_only, err);
        }
    }
    sl_held_out_free(&words);
    if (status != SLANT_OK) {
        sl_judged_heads_free(out);
    }
    return status;
}
