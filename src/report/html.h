/** Pieces of HTML and SVG. Text goes in through sl_html_text alone: escaped, one line, controls and
 * bidirectional marks shown as \u{...}, invalid UTF-8 replaced. */
#ifndef SL_REPORT_HTML_H
#define SL_REPORT_HTML_H

#include "base/buf.h"

void sl_html_text(struct sl_buf *b, const char *p, size_t len);
void sl_html_name(struct sl_buf *b, const char *text);
/* Our own markup. %s: text, escaped; %u: a uint64_t; %p: a share as sl_html_percent puts it; %f: a
 * double with at most one decimal; %%: the sign. */
void sl_html_put(struct sl_buf *b, const char *markup, ...);
/* "44 %"; 0 and 100 only where it is exactly so, else "<1" and ">99". */
void sl_html_percent(struct sl_buf *b, double share);

/* Of src/report/page.css, chart.css and page.js; made by embed.sh. */
extern const char sl_page_css[], sl_chart_css[], sl_page_js[];
/* "sha256-..." of the chart's and the page's style, and of the script. */
extern const char sl_page_css_hash[], sl_page_js_hash[];

#endif
