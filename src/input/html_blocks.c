/* A page's text in blocks. */
#include "base/memory.h"
#include "input/html_parts.h"

#include <string.h>

void sl_html_put_text(struct sl_buf *b, size_t from, const char *p)
{
    for (; *p != 0; p++) {
        if (strncmp(p, "\xc2\xad", 2) == 0) { /* a soft hyphen */
            p++;
        } else if (!sl_html_is_blank(*p)) {
            sl_buf_byte(b, *p);
        } else if (b->len > from && b->p[b->len - 1] != ' ') {
            sl_buf_byte(b, ' ');
        }
    }
}

static bool begin_block(struct sl_html_page *page, xmlNode *owner, bool heading)
{
    struct sl_html_block *last = page->n > 0 ? &page->block[page->n - 1] : NULL;
    if (last != NULL) {
        while (page->text.len > last->from && page->text.p[page->text.len - 1] == ' ') {
            page->text.len--;
        }
        last->to = page->text.len;
        if (last->to == last->from) { /* nothing in it: used again */
            *last = (struct sl_html_block){owner, heading, page->text.len, page->text.len, 0};
            return true;
        }
    }
    if (!sl_grow(&page->block, &page->cap, page->n + 1, sizeof *page->block)) {
        return false;
    }
    page->block[page->n++] =
        (struct sl_html_block){owner, heading, page->text.len, page->text.len, 0};
    return true;
}

static bool in_link(const xmlNode *n, const xmlNode *owner)
{
    for (; n != NULL && n != owner; n = n->parent) {
        if (strcmp(sl_node_name(n), "a") == 0) {
            return true;
        }
    }
    return false;
}

/* What ends between n and next. A quotation gets its mark. Every end of an element that begins a line
 * begins a block too: text behind it is the parent's. */
static bool close_elements(struct sl_html_page *page, xmlNode *n, const xmlNode *next)
{
    bool ok = true;
    bool begun = false;
    for (; ok && n != NULL && (next == NULL || n != next->parent); n = n->parent) {
        if (sl_node_is_quoted(n) && !sl_node_is_other_matter(n)) {
            sl_buf_text(&page->text, sl_node_mark(n, false));
        }
        if (!begun && sl_node_starts_line(n) && n->parent != NULL) {
            ok = begin_block(page, n->parent, false);
            begun = true;
        }
    }
    return ok;
}

bool sl_html_collect(xmlNode *root, struct sl_html_page *page)
{
    bool ok = begin_block(page, root, false);
    for (xmlNode *n = root; ok && n != NULL;) {
        xmlNode *next;
        if (n != root && sl_node_is_other_matter(n)) {
            next = sl_node_after(n, root);
        } else {
            if (sl_node_starts_line(n)) {
                const char *name = sl_node_name(n);
                bool heading = name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
                ok = begin_block(page, sl_node_is_block(n) && n->parent != NULL ? n->parent : n,
                                 heading);
            } else if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
                       n->content != NULL) {
                struct sl_html_block *b = &page->block[page->n - 1];
                size_t before = page->text.len;
                sl_html_put_text(&page->text, b->from, (const char *)n->content);
                b->in_links += in_link(n->parent, b->owner) ? page->text.len - before : 0;
            } else if (sl_node_is_quoted(n)) {
                sl_buf_text(&page->text, sl_node_mark(n, true));
            }
            next = sl_node_next(n, root);
        }
        if (ok && next != n->children) {
            ok = close_elements(page, n, next);
        }
        n = next;
    }
    return ok && begin_block(page, root, false) && !page->text.failed;
}
