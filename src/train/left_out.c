#include "train/left_out.h"
#include "base/memory.h"
#include "base/plain.h"
#include "train/eval_text.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 }; /* values in the text form */

struct named {
    uint32_t *of_group; /* [n_group] its value; all that have no name share one */
    uint32_t *start;    /* [n + 1] into gold and label */
    uint32_t *gold, *label, *times;
    size_t n;
};

static void named_free(struct named *d)
{
    free(d->of_group);
    free(d->start);
    free(d->gold);
    free(d->label);
    free(d->times);
}

/* rows.c names a group of its own with a byte that no value starts with. */
static const char *value_name(const struct sl_rows *rows, uint32_t group)
{
    const char *name = sl_strings_get(&rows->group, group);
    return name[0] == '\001' ? "" : name;
}

/* Numbers the values in the order of their first group, names[n] and n. */
static void number_values(const struct sl_rows *rows, struct named *d, const char **name)
{
    uint32_t unnamed = UINT32_MAX;
    for (uint32_t g = 0; g < rows->group.n; g++) {
        const char *own = value_name(rows, g);
        if (*own == 0 && unnamed != UINT32_MAX) {
            d->of_group[g] = unnamed;
            continue;
        }
        name[d->n] = own;
        d->of_group[g] = (uint32_t)d->n++;
        unnamed = *own == 0 ? d->of_group[g] : unnamed;
    }
}

/* Gold and labels of each value side by side. */
static void sort_verdicts(const struct sl_verdicts *v, struct named *d)
{
    for (size_t i = 0; i < v->n; i++) {
        d->start[d->of_group[v->group[i]] + 1]++;
    }
    for (size_t k = 0; k < d->n; k++) {
        d->start[k + 1] += d->start[k];
    }
    for (size_t i = v->n; i-- > 0;) { /* fills each from its end: start + 1 moves down */
        uint32_t k = d->of_group[v->group[i]];
        uint32_t at = --d->start[k + 1];
        d->gold[at] = v->gold[i];
        d->label[at] = v->label[i];
        d->times[i] = 1;
    }
    for (size_t k = 0; k < d->n; k++) { /* start[k + 1] has come down to the start of k */
        d->start[k] = d->start[k + 1];
    }
    d->start[d->n] = (uint32_t)v->n;
}

static int by_rows(const void *a, const void *b)
{
    const struct sl_left_out_value *x = a;
    const struct sl_left_out_value *y = b;
    return x->n > y->n ? -1 : x->n < y->n ? 1 : strcmp(x->name, y->name);
}

enum slant_status sl_left_out_compute(const struct sl_rows *rows, const struct sl_judged_head *h,
                                      struct sl_left_out *out, struct slant_error *err)
{
    const struct sl_verdicts *v = &h->verdicts;
    const char **name = sl_array(rows->group.n, sizeof *name);
    struct named d = {0};
    enum slant_status status = SLANT_OK;
    memset(out, 0, sizeof *out);
    d.of_group = sl_array(rows->group.n, sizeof *d.of_group);
    d.start = sl_array_zero((size_t)rows->group.n + 1, sizeof *d.start);
    d.gold = sl_array(v->n, sizeof *d.gold);
    d.label = sl_array(v->n, sizeof *d.label);
    d.times = sl_array(v->n, sizeof *d.times);
    out->value = sl_array(rows->group.n, sizeof *out->value);
    if (name == NULL || d.of_group == NULL || d.start == NULL || d.gold == NULL ||
        d.label == NULL || d.times == NULL || out->value == NULL) {
        sl_left_out_free(out);
        status = sl_fail_nomem(err);
    } else {
        number_values(rows, &d, name);
        sort_verdicts(v, &d);
        for (size_t k = 0; k < d.n; k++) {
            struct sl_judged one = {.n = d.start[k + 1] - d.start[k],
                                    .n_label = h->n_label,
                                    .label_name = h->label,
                                    .gold = d.gold + d.start[k],
                                    .label = d.label + d.start[k]};
            if (one.n > 0) {
                struct sl_left_out_value *value = &out->value[out->n++];
                value->name = name[k];
                value->n = one.n;
                sl_label_headlines(&one, d.times, value->figure);
            }
        }
        qsort(out->value, out->n, sizeof *out->value, by_rows);
    }
    named_free(&d);
    free(name);
    return status;
}

void sl_left_out_free(struct sl_left_out *l)
{
    free(l->value);
    memset(l, 0, sizeof *l);
}

void sl_left_out_text(struct sl_buf *b, const char *head, const char *column,
                      const struct sl_left_out *l)
{
    sl_buf_text(b, head);
    sl_buf_text(b, ": each ");
    sl_plain_text(b, column, strlen(column));
    sl_buf_text(b, " while it was left out\n     rows  macro_f1  f_avg  accuracy\n");
    for (size_t i = 0; i < l->n && i < SHOWN; i++) {
        const struct sl_left_out_value *v = &l->value[i];
        const char *shown = *v->name == 0 ? "(none)" : v->name;
        sl_put_number(b, v->n, 9);
        sl_buf_text(b, "     ");
        sl_put_figure(b, v->figure[SL_MACRO_F1]);
        sl_buf_text(b, "  ");
        sl_put_figure(b, v->figure[SL_F_AVG]);
        sl_buf_text(b, "     ");
        sl_put_figure(b, v->figure[SL_ACCURACY]);
        sl_buf_text(b, "  ");
        sl_plain_text(b, shown, strlen(shown));
        sl_buf_byte(b, '\n');
    }
    if (l->n > SHOWN) {
        sl_buf_text(b, "  and ");
        sl_buf_uint(b, l->n - SHOWN);
        sl_buf_text(b, " with fewer rows; --json has all\n");
    }
    sl_buf_byte(b, '\n');
}

void sl_left_out_json(struct sl_json *j, const struct sl_left_out *l)
{
    sl_json_open(j, '{');
    for (size_t i = 0; i < l->n; i++) {
        const struct sl_left_out_value *v = &l->value[i];
        sl_json_key(j, v->name);
        sl_json_open(j, '{');
        sl_json_key(j, "n");
        sl_json_uint(j, v->n);
        for (int f = 0; f < SL_N_LABEL_HEADLINE; f++) {
            sl_json_key(j, sl_headline_name[f]);
            sl_json_fixed(j, v->figure[f], 4);
        }
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
}
