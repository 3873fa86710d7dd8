/** How an article is found in a web page, between its files. All of it borrows from libxml2's tree. */
#ifndef SL_INPUT_HTML_PARTS_H
#define SL_INPUT_HTML_PARTS_H

#include "base/buf.h"
#include "input/html_article.h"

#include <libxml/tree.h>

/* ---- html_tree.c ---- */

/* An element's name; "" of another node. */
const char *sl_node_name(const xmlNode *n);
/* An attribute's value, or NULL. */
const char *sl_node_attribute(const xmlNode *n, const char *name);
/* The next node in document order, and the next that is not below n; NULL behind root. */
xmlNode *sl_node_next(xmlNode *n, const xmlNode *root);
xmlNode *sl_node_after(xmlNode *n, const xmlNode *root);
/* Whether the name is on the list, which ends with NULL. */
bool sl_html_is_one_of(const char *name, const char *const *list);
bool sl_html_is_blank(char c);
const char *sl_html_past_blanks(const char *p);

/* ---- html_matter.c ---- */

bool sl_node_is_other_matter(const xmlNode *n);
bool sl_node_is_block(const xmlNode *n);
bool sl_node_starts_line(const xmlNode *n);

/* ---- html_marks.c ---- */

/* Whether a browser's marks stand around it, and the mark that opens or closes it. */
bool sl_node_is_quoted(const xmlNode *n);
const char *sl_node_mark(const xmlNode *q, bool opens);

/* ---- html_blocks.c ---- */

/* A stretch of text that an element begins, up to the next that does. */
struct sl_html_block {
    xmlNode *owner; /* the element that it counts for */
    bool heading;
    size_t from, to; /* in the text of all blocks */
    size_t in_links; /* bytes of it */
};

struct sl_html_page {
    struct sl_buf text;
    struct sl_html_block *block; /* [n] */
    size_t n, cap;
};

/* Appends a text, blanks as one, none where b ends at `from`. */
void sl_html_put_text(struct sl_buf *b, size_t from, const char *p);
/* Fills the page from the tree; what it holds is the caller's in any case. False: no memory. */
bool sl_html_collect(xmlNode *root, struct sl_html_page *page);

/* ---- html_find.c ---- */

xmlNode *sl_html_find_article(xmlNode *root, const struct sl_html_page *page);
bool sl_node_is_below(const xmlNode *n, const xmlNode *top);

/* ---- html_meta.c ---- */

/* Whether `slant report` made the page. */
bool sl_html_is_report(xmlNode *root);
/* Fills all but the text. False: no memory. */
bool sl_html_read_meta(xmlNode *root, struct sl_arena *arena, struct sl_html_article *out);

#endif
