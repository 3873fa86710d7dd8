#include "train/eval_text.h"
#include "base/plain.h"

#include <string.h>

void sl_put_figure(struct sl_buf *b, double v)
{
    sl_buf_fixed(b, v, 3);
}

void sl_put_signed(struct sl_buf *b, double v, unsigned digits)
{
    if (v >= 0) {
        sl_buf_byte(b, '+');
    }
    sl_buf_fixed(b, v, digits);
}

void sl_put_interval(struct sl_buf *b, double low, double high, unsigned digits)
{
    sl_buf_byte(b, '[');
    sl_buf_fixed(b, low, digits);
    sl_buf_text(b, ", ");
    sl_buf_fixed(b, high, digits);
    sl_buf_byte(b, ']');
}

void sl_put_p(struct sl_buf *b, double p)
{
    sl_buf_text(b, p < 0.001 ? "p < " : "p ");
    sl_buf_fixed(b, p < 0.001 ? 0.001 : p, 3);
}

void sl_put_uncertainty(struct sl_buf *b, const struct sl_paired *p, enum sl_headline f)
{
    if (p->n_group < SL_FEWEST_GROUPS) {
        return;
    }
    sl_buf_byte(b, ' ');
    sl_put_interval(b, p->low[f], p->high[f], 3);
    sl_buf_text(b, ", ");
    if (p->p[f] <= p->smallest_p && p->smallest_p >= 0.001) {
        sl_buf_text(b, "p <= ");
        sl_buf_fixed(b, p->smallest_p, 3);
    } else {
        sl_put_p(b, p->p[f]);
    }
}

void sl_put_blanks(struct sl_buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sl_buf_byte(b, ' ');
    }
}

void sl_put_number(struct sl_buf *b, uint64_t v, size_t width)
{
    size_t n = 1;
    for (uint64_t rest = v / 10; rest > 0; rest /= 10) {
        n++;
    }
    sl_put_blanks(b, n < width ? width - n : 0);
    sl_buf_uint(b, v);
}

void sl_learned_text(struct sl_buf *b, const char *model, const struct sl_judged_heads *j)
{
    if (j->n_seen == 0) {
        return;
    }
    if (j->n_seen == j->n_row) {
        sl_buf_text(b, "these are the rows that ");
    } else {
        sl_buf_uint(b, j->n_seen);
        sl_buf_text(b, " of these ");
        sl_buf_uint(b, j->n_row);
        sl_buf_text(b, j->n_seen == 1 ? " rows has a text that " : " rows have a text that ");
    }
    sl_buf_text(b, model);
    sl_buf_text(b,
                j->n_seen == j->n_row
                    ? " learned from: the figures are far too good; see `slant inspect`, or use "
                      "--cv\n\n"
                    : " learned from: the figures are too good; leave them out, or use --cv\n\n");
}

void sl_learned_json(struct sl_json *j, const struct sl_judged_heads *heads)
{
    if (heads->n_seen == heads->n_row && heads->n_row > 0) {
        sl_json_key(j, "learned_from");
        sl_json_bool(j, true);
    }
    if (heads->n_seen > 0) {
        sl_json_key(j, "rows_learned_from");
        sl_json_uint(j, heads->n_seen);
    }
}

static void put_headline(struct sl_buf *b, const struct sl_figures *f, enum sl_headline i)
{
    sl_buf_text(b, sl_headline_name[i]);
    sl_buf_byte(b, ' ');
    sl_put_figure(b, f->headline[i]);
    if (f->n_group >= SL_FEWEST_GROUPS) {
        sl_buf_byte(b, ' ');
        sl_put_interval(b, f->low[i], f->high[i], 3);
    }
}

static void put_baselines(struct sl_buf *b, const struct sl_figures *f,
                          const struct sl_figures *words, const struct sl_paired *gain)
{
    sl_buf_text(b, "  log loss ");
    sl_put_figure(b, f->log_loss);
    sl_buf_text(b, "   always the commonest label: accuracy ");
    sl_put_figure(b, f->majority_accuracy);
    sl_buf_text(b, ", macro_f1 ");
    sl_put_figure(b, f->majority_macro_f1);
    sl_buf_byte(b, '\n');
    if (words == NULL) {
        return;
    }
    sl_buf_text(b, "  words only: ");
    put_headline(b, words, SL_MACRO_F1);
    sl_buf_text(b, "   ");
    put_headline(b, words, SL_F_AVG);
    sl_buf_text(b, "\n    accuracy ");
    sl_put_figure(b, words->headline[SL_ACCURACY]);
    sl_buf_text(b, ", log loss ");
    sl_put_figure(b, words->log_loss);
    sl_buf_text(b, "; beyond it: macro_f1 ");
    sl_put_signed(b, gain->difference[SL_MACRO_F1], 3);
    sl_put_uncertainty(b, gain, SL_MACRO_F1);
    sl_buf_byte(b, '\n');
}

static void put_labels(struct sl_buf *b, const struct sl_judged_head *h, const struct sl_figures *f)
{
    sl_buf_text(b, "\n    label      precision  recall     f1   rows   said as:");
    for (uint32_t k = 0; k < f->n_label; k++) {
        sl_buf_byte(b, ' ');
        sl_plain_text(b, h->label[k], strlen(h->label[k]));
    }
    sl_buf_byte(b, '\n');
    for (uint32_t k = 0; k < f->n_label; k++) {
        sl_buf_text(b, "    ");
        sl_plain_padded(b, h->label[k], 10);
        sl_buf_text(b, "     ");
        sl_put_figure(b, f->label[k].precision);
        sl_buf_text(b, "   ");
        sl_put_figure(b, f->label[k].recall);
        sl_buf_text(b, "  ");
        sl_put_figure(b, f->label[k].f1);
        sl_put_number(b, f->label[k].n, 7);
        sl_buf_text(b, "           ");
        for (uint32_t i = 0; i < f->n_label; i++) {
            sl_put_number(b, f->confusion[k][i], i == 0 ? 5 : strlen(h->label[i]) + 1);
        }
        sl_buf_byte(b, '\n');
    }
    sl_buf_byte(b, '\n');
}

void sl_put_figures(struct sl_buf *b, const struct sl_judged_head *h, const char *subject,
                    const struct sl_figures *f, const struct sl_figures *words,
                    const struct sl_paired *gain)
{
    sl_buf_text(b, h->name);
    if (subject != NULL) {
        const char *shown = *subject == 0 ? "no subject" : subject;
        sl_buf_text(b, ", ");
        sl_plain_text(b, shown, strlen(shown));
    }
    sl_buf_text(b, ": ");
    sl_plain_number(b, f->n, "row");
    sl_buf_text(b, " in ");
    sl_plain_number(b, f->n_group, "group");
    sl_buf_text(b, "\n  ");
    put_headline(b, f, SL_MACRO_F1);
    sl_buf_text(b, "   ");
    put_headline(b, f, SL_F_AVG);
    sl_buf_text(b, "\n  ");
    put_headline(b, f, SL_ACCURACY);
    sl_buf_text(b, "   ");
    put_headline(b, f, SL_ECE);
    sl_buf_byte(b, '\n');
    if (f->n_group < SL_FEWEST_GROUPS) {
        sl_buf_text(b,
                    "  no intervals: fewer than 5 groups; name the article of each row in a column "
                    "group\n");
    }
    if (sl_is_guessing(f->headline[SL_MACRO_F1], f->n_label)) {
        sl_buf_text(b, "  macro_f1 is hardly better than that of guessing\n");
    }
    put_baselines(b, f, words, gain);
    if (h->small_folds) {
        sl_buf_text(b, "  words only: not computed: fewer than 5 rows a fold. The figures above "
                       "mislead too, as\n"
                       "  a label is rarer where rows of it are held out; ask for fewer folds, or "
                       "label more\n");
    }
    put_labels(b, h, f);
}
