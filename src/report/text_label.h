/** For a terminal: columns, colours, and labels and names cut to a width. */
#ifndef SL_REPORT_TEXT_LABEL_H
#define SL_REPORT_TEXT_LABEL_H

#include "base/buf.h"
#include "report/layout.h"

#define SL_TEXT_SHORT_LABEL 8 /* columns that a label has at least */
#define SL_TEXT_VERDICT 19    /* "too little evidence" */

/* Columns of a line. */
unsigned sl_text_width(const struct slant_report_options *opt);
/* Appends a code for the terminal, where colours are wanted. */
void sl_text_color(struct sl_buf *b, const struct slant_report_options *opt, const char *code);
/* The code of a label of head h; empty but for the main head's. */
const char *sl_text_side_color(const struct sl_layout *l, size_t h, uint32_t k);

/* How a text is cut: to `width` columns, `tail` of them behind the cut. */
struct sl_text_cut {
    unsigned width, tail;
};

/* Columns of a head's widest label, as far as it is shown. */
unsigned sl_text_label_width(const struct slant_head *head);
/* The cut of a head's labels that keeps them apart: in the middle, or as near to it as does. */
struct sl_text_cut sl_text_cut_labels(const struct slant_head *head, unsigned width);
/* The same of the main head, so that both sides and a verdict fit on a line of speakers. */
struct sl_text_cut sl_text_cut_main(const struct sl_layout *l,
                                    const struct slant_report_options *opt);

/* A label or verdict, cut, and blanks up to `column`. */
void sl_text_label(struct sl_buf *b, const char *label, struct sl_text_cut cut, unsigned column);
/* Any other text in at most `width` columns, cut at its end, and blanks up to `column`. */
void sl_text_name(struct sl_buf *b, const char *p, size_t len, unsigned width, unsigned column);
/* Columns that sl_text_likely takes beside the label. */
#define SL_TEXT_LIKELY 8
/* A label of the main head and its probability, before the sentence that has them. */
void sl_text_likely(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, struct sl_text_cut cut, uint32_t label,
                    uint16_t prob);

#endif
