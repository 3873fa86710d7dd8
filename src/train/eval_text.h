/** Figures for people: the parts that the text forms of evaluation share. */
#ifndef SL_TRAIN_EVAL_TEXT_H
#define SL_TRAIN_EVAL_TEXT_H

#include "base/buf.h"
#include "train/judged.h"
#include "train/paired.h"

/* "0.712", or with sign and so many digits "+0.031" */
void sl_put_figure(struct sl_buf *b, double v);
void sl_put_signed(struct sl_buf *b, double v, unsigned digits);
/* "[0.690, 0.734]", and a p-value: "p 0.012", never "p 0.000" */
void sl_put_interval(struct sl_buf *b, double low, double high, unsigned digits);
void sl_put_p(struct sl_buf *b, double p);
/* A difference's interval and p-value; nothing where there are too few groups. */
void sl_put_uncertainty(struct sl_buf *b, const struct sl_paired *p, enum sl_headline f);
/* Right-aligned in `width` columns. */
void sl_put_number(struct sl_buf *b, uint64_t v, size_t width);
void sl_put_blanks(struct sl_buf *b, size_t n);

/* That rows were learned from, by a model called so: figures on them are far too good. Nothing where none
 * was. */
void sl_learned_text(struct sl_buf *b, const char *model, const struct sl_judged_heads *j);
/* "learned_from" and "rows_learned_from", in an object. */
void sl_learned_json(struct sl_json *j, const struct sl_judged_heads *heads);

/* All figures of a head. subject: NULL for all subjects together. words, gain: NULL without a
 * baseline. */
void sl_put_figures(struct sl_buf *b, const struct sl_judged_head *h, const char *subject,
                    const struct sl_figures *f, const struct sl_figures *words,
                    const struct sl_paired *gain);

#endif
