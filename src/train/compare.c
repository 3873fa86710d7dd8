/* slant_compare: two models on the same rows. */
#include "base/bytes.h"
#include "base/memory.h"
#include "base/plain.h"
#include "input/input.h"
#include "train/eval_text.h"
#include "train/resample.h"

#include <stdio.h>
#include <string.h>

struct comparison {
    const struct slant_model *model[2];
    const struct sl_judged_heads *judged[2];
    const struct slant_eval_options *opt;
};

/* ---- heads that both have ---- */

static const struct slant_head *head_of(const struct slant_model *m, size_t number)
{
    for (size_t h = 0; h < m->n_head; h++) {
        if (sl_head_number(m->head[h].name) == number) {
            return &m->head[h];
        }
    }
    return NULL;
}

static void list_labels(const struct slant_head *h, char *out, size_t size)
{
    size_t len = 0;
    out[0] = 0;
    for (uint32_t k = 0; k < h->n_label && len < size; k++) {
        len += (size_t)snprintf(out + len, size - len, "%s%.40s", k == 0 ? "" : ", ", h->label[k]);
    }
}

static enum slant_status check_heads(const struct slant_model *a, const struct slant_model *b,
                                     struct slant_error *err)
{
    size_t common = 0;
    for (size_t n = 0; n < SL_N_HEAD; n++) {
        const struct slant_head *x = head_of(a, n);
        const struct slant_head *y = head_of(b, n);
        if (x == NULL || y == NULL) {
            continue;
        }
        common++;
        if (!sl_same_labels(x->label, x->n_label, y->label, y->n_label)) {
            char of_x[160];
            char of_y[160];
            list_labels(x, of_x, sizeof of_x);
            list_labels(y, of_y, sizeof of_y);
            return sl_fail(err, SLANT_ERR_DATA, 0,
                           "the models' %s labels differ, %s against %s; compare models trained "
                           "on the same labels",
                           sl_head_name[n], of_x, of_y);
        }
    }
    return common > 0 ? SLANT_OK
                      : sl_fail(err, SLANT_ERR_DATA, 0,
                                "the models have no head in common: one judges %s, the other %s",
                                a->head[0].name, b->head[0].name);
}

/* ---- text ---- */

static void put_model(struct sl_buf *b, const char *letter, const struct slant_model *m)
{
    char digest[17];
    sl_hex(m->digest, digest);
    sl_buf_text(b, letter);
    sl_buf_text(b, ": ");
    sl_plain_text(b, m->name, strlen(m->name));
    sl_buf_text(b, " (");
    sl_buf_text(b, digest);
    sl_buf_text(b, ")\n");
}

static void paired_text(struct sl_buf *b, const char *head, const struct sl_paired *p)
{
    sl_buf_text(b, head);
    sl_buf_text(b, ": ");
    sl_plain_number(b, p->n, "row");
    sl_buf_text(b, " in ");
    sl_plain_number(b, p->n_group, "group");
    sl_buf_text(b, p->n_group < SL_FEWEST_GROUPS ? ", too few for intervals over groups" : "");
    sl_buf_text(b, "\n                 A      B   B - A\n");
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        sl_buf_text(b, "  ");
        sl_plain_padded(b, sl_headline_name[f], 10);
        sl_buf_byte(b, ' ');
        sl_put_figure(b, p->a[f]);
        sl_buf_text(b, "  ");
        sl_put_figure(b, p->b[f]);
        sl_buf_text(b, "  ");
        sl_put_signed(b, p->difference[f], 3);
        sl_put_uncertainty(b, p, (enum sl_headline)f);
        sl_buf_byte(b, '\n');
    }
    sl_buf_text(b, "  right: both ");
    sl_buf_uint(b, p->both_right);
    sl_buf_text(b, ", only A ");
    sl_buf_uint(b, p->only_a);
    sl_buf_text(b, ", only B ");
    sl_buf_uint(b, p->only_b);
    sl_buf_text(b, ", neither ");
    sl_buf_uint(b, p->both_wrong);
    sl_buf_text(b, "; McNemar's exact test ");
    sl_put_p(b, p->mcnemar_p);
    sl_buf_text(b, "\n\n");
}

/* ---- JSON ---- */

static void model_json(struct sl_json *j, const char *letter, const struct slant_model *m,
                       const struct sl_judged_heads *judged)
{
    char digest[17];
    sl_hex(m->digest, digest);
    sl_json_key(j, letter);
    sl_json_open(j, '{');
    sl_json_key(j, "name");
    sl_json_text(j, m->name);
    sl_json_key(j, "digest");
    sl_json_text(j, digest);
    sl_learned_json(j, judged);
    sl_json_close(j, '}');
}

static void side_json(struct sl_json *j, const char *letter, const double *figure)
{
    sl_json_key(j, letter);
    sl_json_open(j, '{');
    for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
        sl_json_key(j, sl_headline_name[f]);
        sl_json_fixed(j, figure[f], 4);
    }
    sl_json_close(j, '}');
}

static void paired_json(struct sl_json *j, const char *head, const struct sl_paired *p)
{
    sl_json_key(j, head);
    sl_json_open(j, '{');
    sl_json_key(j, "n");
    sl_json_uint(j, p->n);
    sl_json_key(j, "groups");
    sl_json_uint(j, p->n_group);
    side_json(j, "a", p->a);
    side_json(j, "b", p->b);
    sl_json_key(j, "difference");
    sl_paired_difference_json(j, p);
    sl_json_key(j, "right");
    sl_json_open(j, '{');
    sl_json_key(j, "both");
    sl_json_uint(j, p->both_right);
    sl_json_key(j, "only_a");
    sl_json_uint(j, p->only_a);
    sl_json_key(j, "only_b");
    sl_json_uint(j, p->only_b);
    sl_json_key(j, "neither");
    sl_json_uint(j, p->both_wrong);
    sl_json_close(j, '}');
    sl_json_key(j, "mcnemar_p");
    sl_json_double(j, p->mcnemar_p);
    sl_json_close(j, '}');
}

/* ---- all ---- */

static const struct sl_judged_head *judged_of(const struct sl_judged_heads *j, const char *name)
{
    for (size_t h = 0; h < j->n; h++) {
        if (strcmp(j->head[h].name, name) == 0) {
            return &j->head[h];
        }
    }
    return NULL;
}

static enum slant_status write_heads(const struct comparison *c, struct sl_json *json,
                                     struct slant_error *err)
{
    unsigned n_bootstrap = c->opt->n_bootstrap == 0 ? SL_DEFAULT_DRAWS : c->opt->n_bootstrap;
    size_t n = 0;
    for (size_t h = 0; h < c->judged[0]->n; h++) {
        const struct sl_judged_head *x = &c->judged[0]->head[h];
        const struct sl_judged_head *y = judged_of(c->judged[1], x->name);
        struct sl_judged a = sl_judged_of(x, &x->verdicts);
        struct sl_judged b;
        struct sl_paired p;
        if (y == NULL) {
            continue; /* a head of A's alone */
        }
        b = sl_judged_of(y, &y->verdicts);
        SL_TRY(sl_paired_compute(&a, &b, n_bootstrap, 1, &p, err));
        n++;
        if (c->opt->json) {
            paired_json(json, x->name, &p);
        } else {
            paired_text(json->b, x->name, &p);
        }
    }
    return n > 0 ? SLANT_OK
                 : sl_fail(err, SLANT_ERR_DATA, 0,
                           "the data have no labels of a head that both models have");
}

static enum slant_status write_comparison(const struct comparison *c, struct sl_buf *b,
                                          struct slant_error *err)
{
    struct sl_json json = {b, false};
    if (!c->opt->json) {
        put_model(b, "A", c->model[0]);
        put_model(b, "B", c->model[1]);
        sl_buf_byte(b, '\n');
        sl_learned_text(b, "A", c->judged[0]);
        sl_learned_text(b, "B", c->judged[1]);
        SL_TRY(write_heads(c, &json, err));
    } else {
        sl_json_open(&json, '{');
        sl_json_key(&json, "models");
        sl_json_open(&json, '{');
        model_json(&json, "a", c->model[0], c->judged[0]);
        model_json(&json, "b", c->model[1], c->judged[1]);
        sl_json_close(&json, '}');
        sl_json_key(&json, "heads");
        sl_json_open(&json, '{');
        SL_TRY(write_heads(c, &json, err));
        sl_json_close(&json, '}');
        sl_json_close(&json, '}');
        sl_buf_byte(b, '\n');
    }
    return b->failed ? sl_fail_nomem(err) : SLANT_OK;
}

static enum slant_status compare_rows(const struct slant_model *const model[2],
                                      const struct sl_rows *rows,
                                      const struct slant_eval_options *opt, struct sl_buf *out,
                                      struct slant_error *err)
{
    struct sl_judged_heads a = {0};
    struct sl_judged_heads b = {0};
    struct comparison c = {{model[0], model[1]}, {&a, &b}, opt};
    enum slant_status status = sl_judge_rows(model[0], rows, &a, err);
    if (status == SLANT_OK) {
        status = sl_judge_rows(model[1], rows, &b, err);
    }
    if (status == SLANT_OK) {
        status = write_comparison(&c, out, err);
    }
    sl_judged_heads_free(&a);
    sl_judged_heads_free(&b);
    return status;
}

enum slant_status slant_compare(const struct slant_model *a, const struct slant_model *b,
                                const struct slant_input *in, const struct slant_eval_options *opt,
                                slant_sink *sink, void *user, struct slant_error *err)
{
    struct sl_rows_options rows_options = {0};
    const struct slant_model *const model[2] = {a, b};
    struct sl_buf out = {0};
    struct sl_rows rows;
    enum slant_status status;
    if (a == NULL || b == NULL || in == NULL || opt == NULL || sink == NULL ||
        in->size != sizeof *in || opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_compare: an argument is NULL or of another version");
    }
    SL_TRY(sl_input_rows(in, err));
    SL_TRY(sl_draws_check(opt->n_bootstrap, err));
    SL_TRY(check_heads(a, b, err));
    rows_options.path = in->path;
    rows_options.n_path = in->n_path;
    rows_options.format = in->format;
    rows_options.head = a->head;
    rows_options.n_head = a->n_head;
    SL_TRY(sl_rows_read(&rows, &rows_options, err));
    status = compare_rows(model, &rows, opt, &out, err);
    if (status == SLANT_OK && sink(user, out.p, out.len) != 0) {
        status = sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    sl_buf_free(&out);
    sl_rows_free(&rows);
    return status;
}
