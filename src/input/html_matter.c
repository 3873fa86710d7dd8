/* What of a page is no article, and what begins a line. */
#include "base/bytes.h"
#include "input/html_parts.h"

#include <string.h>

/* Whether a word of a class or id, parted by anything but letters, is one of these. */
static bool names_other_matter(const char *names)
{
    static const char *const words[] = {
        "nav",      "navbar",        "navigation",  "menu",        "footer",     "sidebar",
        "comment",  "comments",      "disqus",      "share",       "sharing",    "social",
        "promo",    "promotion",     "related",     "recommended", "newsletter", "subscribe",
        "advert",   "advertisement", "ads",         "ad",          "cookie",     "cookies",
        "consent",  "breadcrumb",    "breadcrumbs", "popup",       "modal",      "banner",
        "masthead", "pagination",    "tags",        "outbrain",    "taboola",    "signup",
        "paywall",  "byline",        "toolbar",     NULL};
    char word[24];
    size_t n = 0;
    for (const char *p = names == NULL ? "" : names;; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (letter && n < sizeof word - 1) {
            word[n++] = *p;
        } else if (!letter) {
            word[n] = 0;
            if (n > 0 && sl_html_is_one_of(word, words)) {
                return true;
            }
            n = 0;
        }
        if (*p == 0) {
            return false;
        }
    }
}

/* Whether a style, "color: red; display: none", gives a property this value. */
static bool styles(const char *style, const char *property, const char *value)
{
    size_t len = strlen(property);
    for (const char *p = style; p != NULL; p = strchr(p, ';')) {
        p = sl_html_past_blanks(p + (*p == ';'));
        if (sl_same_letters_n(p, property, len)) {
            const char *colon = sl_html_past_blanks(p + len);
            const char *v = sl_html_past_blanks(colon + (*colon == ':'));
            size_t n = strcspn(v, "; \t\r\n\f!");
            if (*colon == ':' && n == strlen(value) && sl_same_letters_n(v, value, n)) {
                return true;
            }
        }
    }
    return false;
}

/* By what the element itself says: style sheets are not read. */
static bool is_hidden(const xmlNode *n)
{
    const char *aria = sl_node_attribute(n, "aria-hidden");
    const char *style = sl_node_attribute(n, "style");
    return sl_node_attribute(n, "hidden") != NULL ||
           (aria != NULL && sl_same_letters(aria, "true")) || styles(style, "display", "none") ||
           styles(style, "visibility", "hidden");
}

/* The number of a note: a raised link. */
static bool is_note_mark(const xmlNode *n)
{
    return strcmp(sl_node_name(n), "sup") == 0 && n->children != NULL &&
           strcmp(sl_node_name(n->children), "a") == 0;
}

bool sl_node_is_other_matter(const xmlNode *n)
{
    static const char *const elements[] = {"script",   "style",  "noscript", "nav",      "footer",
                                           "aside",    "form",   "button",   "svg",      "iframe",
                                           "template", "figure", "select",   "textarea", "title",
                                           "object",   "audio",  "video",    "canvas",   "dialog",
                                           "input",    "del",    "s",        "strike",   NULL};
    static const char *const roles[] = {"navigation",  "complementary", "banner",
                                        "contentinfo", "search",        "menu",
                                        "dialog",      "alert",         NULL};
    /* libxml2 leaves a body without its tag in the head where it begins with an element of HTML 5 */
    static const char *const never[] = {"html", "head", "body", NULL};
    static const char *const article[] = {"article", "main", NULL};
    const char *name = sl_node_name(n);
    const char *role = sl_node_attribute(n, "role");
    if (n->type != XML_ELEMENT_NODE || sl_html_is_one_of(name, never)) {
        return n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE;
    }
    if (is_hidden(n) || sl_html_is_one_of(name, article)) {
        return is_hidden(n);
    }
    if (strcmp(name, "footer") == 0 && n->parent != NULL &&
        strcmp(sl_node_name(n->parent), "blockquote") == 0) { /* names who is quoted */
        return false;
    }
    return sl_html_is_one_of(name, elements) || (role != NULL && sl_html_is_one_of(role, roles)) ||
           is_note_mark(n) || names_other_matter(sl_node_attribute(n, "class")) ||
           names_other_matter(sl_node_attribute(n, "id"));
}

bool sl_node_is_block(const xmlNode *n)
{
    static const char *const elements[] = {"p",  "h1", "h2",      "h3",      "h4",         "h5",
                                           "h6", "li", "dd",      "dt",      "blockquote", "pre",
                                           "td", "th", "caption", "summary", NULL};
    return sl_html_is_one_of(sl_node_name(n), elements);
}

bool sl_node_starts_line(const xmlNode *n)
{
    static const char *const elements[] = {"div",  "section", "article", "main", "header", "ul",
                                           "ol",   "dl",      "table",   "tr",   "br",     "hr",
                                           "body", "footer",  "details", NULL};
    return sl_node_is_block(n) || sl_html_is_one_of(sl_node_name(n), elements);
}
