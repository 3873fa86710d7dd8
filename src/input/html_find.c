/* Which element is the article. */
#include "input/html_parts.h"

#include <string.h>

static size_t own_text(const struct sl_html_block *b)
{
    size_t len = b->to - b->from;
    return 2 * b->in_links >= len ? 0 : len - 2 * b->in_links;
}

/* Text counts are kept in the nodes' _private, which is free for the application's use. */
static void credit(xmlNode *n, size_t count)
{
    if (n != NULL && n->type == XML_ELEMENT_NODE) {
        n->_private = (void *)((uintptr_t)n->_private + count);
    }
}

static bool says_article(const xmlNode *n)
{
    const char *role = sl_node_attribute(n, "role");
    const char *property = sl_node_attribute(n, "itemprop");
    return strcmp(sl_node_name(n), "article") == 0 || strcmp(sl_node_name(n), "main") == 0 ||
           (role != NULL && strcmp(role, "main") == 0) ||
           (property != NULL && strcmp(property, "articleBody") == 0);
}

bool sl_node_is_below(const xmlNode *n, const xmlNode *top)
{
    while (n != NULL && n != top) {
        n = n->parent;
    }
    return n != NULL;
}

static size_t credit_of(const xmlNode *n)
{
    return n != NULL && n->type == XML_ELEMENT_NODE ? (size_t)(uintptr_t)n->_private : 0;
}

/* Credits each element with its own text and that of all below it. */
static void credit_below(xmlNode *root, const struct sl_html_page *page)
{
    xmlNode *n = root;
    for (; n != NULL; n = sl_node_next(n, root)) {
        n->_private = NULL;
    }
    for (size_t i = 0; i < page->n; i++) {
        credit(page->block[i].owner, own_text(&page->block[i]));
    }
    for (n = root; n != NULL;) { /* children before their parent */
        if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
            n = n->children;
            continue;
        }
        while (n != NULL && n != root && n->next == NULL) {
            credit(n->parent, credit_of(n));
            n = n->parent;
        }
        if (n == NULL || n == root) {
            return;
        }
        credit(n->parent, credit_of(n));
        n = n->next;
    }
}

xmlNode *sl_html_find_article(xmlNode *root, const struct sl_html_page *page)
{
    xmlNode *best = root;
    size_t most = 0;
    size_t text;
    for (size_t i = 0; i < page->n; i++) {
        credit(page->block[i].owner, 2 * own_text(&page->block[i]));
        credit(page->block[i].owner->parent, own_text(&page->block[i]));
    }
    for (xmlNode *n = root; n != NULL; n = sl_node_next(n, root)) {
        if (credit_of(n) > most) {
            most = credit_of(n);
            best = n;
        }
    }
    credit_below(root, page);
    text = credit_of(best);
    most = 0;
    for (xmlNode *n = root; n != NULL; n = sl_node_next(n, root)) {
        size_t own = credit_of(n);
        if (2 * own >= text && own > most && n->type == XML_ELEMENT_NODE && says_article(n)) {
            most = own;
            best = n;
        }
    }
    return best;
}
