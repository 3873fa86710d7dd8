/* Quotation marks of q elements. */
#include "input/html_parts.h"

#include <string.h>

/* The first text in it that is not blank; NULL: it has none, or it lies behind many nodes. */
static const char *first_text(const xmlNode *top)
{
    enum { LOOKED_AT = 16 };
    xmlNode *n = top->children;
    for (int i = 0; i < LOOKED_AT && n != NULL; i++, n = sl_node_next(n, top)) {
        if (n->type == XML_TEXT_NODE && n->content != NULL) {
            const char *p = sl_html_past_blanks((const char *)n->content);
            if (*p != 0) {
                return p;
            }
        }
    }
    return NULL;
}

/* Whether a browser's marks stand around it: a q element, unless its text brings marks along. */
bool sl_node_is_quoted(const xmlNode *n)
{
    static const char *const marks[] = {"\"", "'", "“", "”", "‘", "„", "«", "‹", NULL};
    const char *p = strcmp(sl_node_name(n), "q") == 0 ? first_text(n) : NULL;
    for (size_t i = 0; p != NULL && marks[i] != NULL; i++) {
        if (strncmp(p, marks[i], strlen(marks[i])) == 0) {
            return false;
        }
    }
    return p != NULL;
}

/* The mark that opens or closes a quoted element: double ones without, single ones within. */
const char *sl_node_mark(const xmlNode *q, bool opens)
{
    bool inner = false;
    for (const xmlNode *n = q->parent; n != NULL; n = n->parent) {
        inner = sl_node_is_quoted(n) ? !inner : inner;
    }
    return opens ? (inner ? "‘" : "“") : (inner ? "’" : "”");
}
