/** Text for people: article text made safe for a terminal, lines broken at a width, bars. */
#ifndef SL_BASE_PLAIN_H
#define SL_BASE_PLAIN_H

#include "base/buf.h"

/* One line: white space becomes single blanks, control and bidirectional characters are shown as
 * \u{...}, invalid UTF-8 as U+FFFD. */
void sl_plain_text(struct sl_buf *b, const char *p, size_t len);
/* The same, broken at `width` columns; lines after the first start with `indent` blanks, and the
 * first is taken to start there too. */
void sl_plain_wrapped(struct sl_buf *b, const char *p, size_t len, unsigned indent, unsigned width);
/* Columns that a text takes on a terminal, and the bytes of its beginning that take at most so many. */
unsigned sl_plain_columns(const char *p, size_t len);
size_t sl_plain_offset(const char *p, size_t len, unsigned columns);
/* "1 article", "2 articles" */
void sl_plain_number(struct sl_buf *b, uint64_t n, const char *thing);
void sl_plain_repeat(struct sl_buf *b, const char *text, unsigned n);
/* x as a whole percentage; what is not quite 0 or 1 as <1 or >99. */
void sl_plain_percent(struct sl_buf *b, double x);
/* The same right-aligned in 3 columns. */
void sl_plain_right_percent(struct sl_buf *b, double x);
/* The same in a running text: one blank before it. */
void sl_plain_blank_percent(struct sl_buf *b, double x);
void sl_plain_padded(struct sl_buf *b, const char *text, unsigned width);

#endif
