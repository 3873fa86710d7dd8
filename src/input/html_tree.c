/* A page's tree, as libxml2 makes it. */
#include "base/bytes.h"
#include "input/html_parts.h"

const char *sl_node_name(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE ? (const char *)n->name : "";
}

bool sl_html_is_one_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (sl_same_letters(name, *list)) {
            return true;
        }
    }
    return false;
}

/* An attribute's value, or NULL. Borrowed: HTML attributes hold one text node. */
const char *sl_node_attribute(const xmlNode *n, const char *name)
{
    const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL;
    for (; a != NULL; a = a->next) {
        if (sl_same_letters((const char *)a->name, name)) {
            return a->children == NULL || a->children->content == NULL
                       ? ""
                       : (const char *)a->children->content;
        }
    }
    return NULL;
}

/* The next node in document order that is not below n; NULL behind root. */
xmlNode *sl_node_after(xmlNode *n, const xmlNode *root)
{
    while (n != root && n->next == NULL) {
        n = n->parent;
    }
    return n == root ? NULL : n->next;
}

xmlNode *sl_node_next(xmlNode *n, const xmlNode *root)
{
    return n->type == XML_ELEMENT_NODE && n->children != NULL ? n->children
                                                              : sl_node_after(n, root);
}

bool sl_html_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

const char *sl_html_past_blanks(const char *p)
{
    while (sl_html_is_blank(*p)) {
        p++;
    }
    return p;
}
