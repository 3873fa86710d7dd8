/** Pictures as SVG, for the page and alone. Classes are those of src/report/chart.css. Left (against,
 * negative) is drawn in l, right (favor, positive) in r; position, shape or dashes tell them apart
 * too. */
#ifndef SL_REPORT_CHART_H
#define SL_REPORT_CHART_H

#include "report/gather.h"
#include "report/html.h"

/* Name of the one label that is neither pole; "other" where there are several, NULL where there is none. */
const char *sl_chart_other_name(const struct slant_head *head, const struct sl_poles *p);
/* "against to the left, none in the middle, favor to the right" */
void sl_chart_where(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p);
/* "against 44 % (32 to 58 %), none 32 %, favor 24 % (13 to 34 %)" */
void sl_chart_words(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p,
                    const struct sl_share *share);

/* Whether a side's share of any group has an interval: groups of few articles have none. */
bool sl_chart_has_intervals(const struct sl_layout *l, const struct sl_groups *g);
/* A picture with a row for each group, names to the left, at most n_row of them. intervals: some row has
 * one. */
void sl_chart_rows_begin(struct sl_buf *b, const struct sl_layout *l, size_t n_row,
                         const char *what, bool intervals);
void sl_chart_row(struct sl_buf *b, const struct sl_layout *l, size_t row,
                  const struct sl_text *name, const struct sl_share *share);
/* All labels' shares as bars, standing alone. */
void sl_chart_shares(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c);

/* left | other | right of a head with two sides, or left | right where it has no other label, each on a
 * scale of 0 to 100 % of equal length, with whiskers over the intervals of the sides. */
void sl_chart_diverging(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p,
                        const struct sl_share *share);
/* One share from 0 to 100 % with its whiskers; which: "l", "r" or "o". */
void sl_chart_bar(struct sl_buf *b, const struct sl_share *share, const char *which);

/* Shares of the main head's sides by period, articles counted below. Empty periods stay empty. */
void sl_chart_timeline(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                       bool alone);
/* Each article at its balance (right minus left share) of the main head and of another. */
void sl_chart_scatter(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                      size_t other, bool alone);
/* The head that sl_chart_scatter may set against the main one; false: none has two sides. */
bool sl_chart_other_head(const struct sl_layout *l, size_t *other);

/* Speakers with the most statements, at most SL_CHART_SPEAKERS, each at its balance (right minus left
 * share, mean probabilities) with the 95 % interval; the mark's shape is the verdict's. */
#define SL_CHART_SPEAKERS 20
void sl_chart_speakers(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                       bool alone);

/* For pictures: opens one that can stand alone, in the middle of its text alternative. */
void sl_chart_open(struct sl_buf *b, double width, double height);
/* Ends the text alternative and begins what is drawn; alone: with the style inside. */
void sl_chart_draw(struct sl_buf *b, bool alone);
/* Opens a path whose shape and class are the verdict's. */
void sl_chart_mark(struct sl_buf *b, const struct sl_layout *l, enum sl_stand stand, double x,
                   double y);
/* An end-aligned name at (x, y), cut where it is long. */
void sl_chart_name(struct sl_buf *b, const char *name, size_t len, double x, double y);

#endif
