#include "input/html_article.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "input/linked_data.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the tree ---- */

static const char *name_of(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE ? (const char *)n->name : "";
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcasecmp(name, *list) == 0) {
            return true;
        }
    }
    return false;
}

/* An attribute's value, or NULL. Borrowed: HTML attributes hold one text node. */
static const char *attribute(const xmlNode *n, const char *name)
{
    const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL;
    for (; a != NULL; a = a->next) {
        if (strcasecmp((const char *)a->name, name) == 0) {
            return a->children == NULL || a->children->content == NULL
                       ? ""
                       : (const char *)a->children->content;
        }
    }
    return NULL;
}

/* The next node in document order that is not below n; NULL behind root. */
static xmlNode *after(xmlNode *n, const xmlNode *root)
{
    while (n != root && n->next == NULL) {
        n = n->parent;
    }
    return n == root ? NULL : n->next;
}

static xmlNode *next_node(xmlNode *n, const xmlNode *root)
{
    return n->type == XML_ELEMENT_NODE && n->children != NULL ? n->children : after(n, root);
}

/* ---- what is no article ---- */

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
            if (n > 0 && is_one_of(word, words)) {
                return true;
            }
            n = 0;
        }
        if (*p == 0) {
            return false;
        }
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static const char *past_blanks(const char *p)
{
    while (is_blank(*p)) {
        p++;
    }
    return p;
}

/* Whether a style, "color: red; display: none", gives a property this value. */
static bool styles(const char *style, const char *property, const char *value)
{
    size_t len = strlen(property);
    for (const char *p = style; p != NULL; p = strchr(p, ';')) {
        p = past_blanks(p + (*p == ';'));
        if (strncasecmp(p, property, len) == 0) {
            const char *colon = past_blanks(p + len);
            const char *v = past_blanks(colon + (*colon == ':'));
            size_t n = strcspn(v, "; \t\r\n\f!");
            if (*colon == ':' && n == strlen(value) && strncasecmp(v, value, n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* By what the element itself says: style sheets are not read. */
static bool is_hidden(const xmlNode *n)
{
    const char *aria = attribute(n, "aria-hidden");
    const char *style = attribute(n, "style");
    return attribute(n, "hidden") != NULL || (aria != NULL && strcasecmp(aria, "true") == 0) ||
           styles(style, "display", "none") || styles(style, "visibility", "hidden");
}

/* The number of a note: a raised link. */
static bool is_note_mark(const xmlNode *n)
{
    return strcmp(name_of(n), "sup") == 0 && n->children != NULL &&
           strcmp(name_of(n->children), "a") == 0;
}

static bool is_other_matter(const xmlNode *n)
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
    const char *name = name_of(n);
    const char *role = attribute(n, "role");
    if (n->type != XML_ELEMENT_NODE || is_one_of(name, never)) {
        return n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE;
    }
    if (is_hidden(n) || is_one_of(name, article)) {
        return is_hidden(n);
    }
    if (strcmp(name, "footer") == 0 && n->parent != NULL &&
        strcmp(name_of(n->parent), "blockquote") == 0) { /* names who is quoted */
        return false;
    }
    return is_one_of(name, elements) || (role != NULL && is_one_of(role, roles)) ||
           is_note_mark(n) || names_other_matter(attribute(n, "class")) ||
           names_other_matter(attribute(n, "id"));
}

static bool is_block(const xmlNode *n)
{
    static const char *const elements[] = {"p",  "h1", "h2",      "h3",      "h4",         "h5",
                                           "h6", "li", "dd",      "dt",      "blockquote", "pre",
                                           "td", "th", "caption", "summary", NULL};
    return is_one_of(name_of(n), elements);
}

static bool starts_line(const xmlNode *n)
{
    static const char *const elements[] = {"div",  "section", "article", "main", "header", "ul",
                                           "ol",   "dl",      "table",   "tr",   "br",     "hr",
                                           "body", "footer",  "details", NULL};
    return is_block(n) || is_one_of(name_of(n), elements);
}

/* ---- quotation marks ---- */

/* The first text in it that is not blank; NULL: it has none, or it lies behind many nodes. */
static const char *first_text(const xmlNode *top)
{
    enum { LOOKED_AT = 16 };
    xmlNode *n = top->children;
    for (int i = 0; i < LOOKED_AT && n != NULL; i++, n = next_node(n, top)) {
        if (n->type == XML_TEXT_NODE && n->content != NULL) {
            const char *p = past_blanks((const char *)n->content);
            if (*p != 0) {
                return p;
            }
        }
    }
    return NULL;
}

/* Whether a browser's marks stand around it: a q element, unless its text brings marks along. */
static bool is_quoted(const xmlNode *n)
{
    static const char *const marks[] = {"\"", "'", "“", "”", "‘", "„", "«", "‹", NULL};
    const char *p = strcmp(name_of(n), "q") == 0 ? first_text(n) : NULL;
    for (size_t i = 0; p != NULL && marks[i] != NULL; i++) {
        if (strncmp(p, marks[i], strlen(marks[i])) == 0) {
            return false;
        }
    }
    return p != NULL;
}

/* The mark that opens or closes a quoted element: double ones without, single ones within. */
static const char *mark_of(const xmlNode *q, bool opens)
{
    bool inner = false;
    for (const xmlNode *n = q->parent; n != NULL; n = n->parent) {
        inner = is_quoted(n) ? !inner : inner;
    }
    return opens ? (inner ? "‘" : "“") : (inner ? "’" : "”");
}

/* ---- blocks ---- */

/* A stretch of text that an element begins, up to the next that does. */
struct block {
    xmlNode *owner; /* the element that it counts for */
    bool heading;
    size_t from, to; /* in the text of all blocks */
    size_t in_links; /* bytes of it */
};

struct page {
    struct sl_buf text;
    struct block *block; /* [n] */
    size_t n, cap;
};

static void put_text(struct sl_buf *b, size_t from, const char *p)
{
    for (; *p != 0; p++) {
        if (strncmp(p, "\xc2\xad", 2) == 0) { /* a soft hyphen */
            p++;
        } else if (!is_blank(*p)) {
            sl_buf_byte(b, *p);
        } else if (b->len > from && b->p[b->len - 1] != ' ') {
            sl_buf_byte(b, ' ');
        }
    }
}

static bool begin_block(struct page *page, xmlNode *owner, bool heading)
{
    struct block *last = page->n > 0 ? &page->block[page->n - 1] : NULL;
    if (last != NULL) {
        while (page->text.len > last->from && page->text.p[page->text.len - 1] == ' ') {
            page->text.len--;
        }
        last->to = page->text.len;
        if (last->to == last->from) { /* nothing in it: used again */
            *last = (struct block){owner, heading, page->text.len, page->text.len, 0};
            return true;
        }
    }
    if (!sl_grow(&page->block, &page->cap, page->n + 1, sizeof *page->block)) {
        return false;
    }
    page->block[page->n++] = (struct block){owner, heading, page->text.len, page->text.len, 0};
    return true;
}

static bool in_link(const xmlNode *n, const xmlNode *owner)
{
    for (; n != NULL && n != owner; n = n->parent) {
        if (strcmp(name_of(n), "a") == 0) {
            return true;
        }
    }
    return false;
}

/* What ends between n and next. A quotation gets its mark. Every end of an element that begins a line
 * begins a block too: text behind it is the parent's. */
static bool close_elements(struct page *page, xmlNode *n, const xmlNode *next)
{
    bool ok = true;
    bool begun = false;
    for (; ok && n != NULL && (next == NULL || n != next->parent); n = n->parent) {
        if (is_quoted(n) && !is_other_matter(n)) {
            sl_buf_text(&page->text, mark_of(n, false));
        }
        if (!begun && starts_line(n) && n->parent != NULL) {
            ok = begin_block(page, n->parent, false);
            begun = true;
        }
    }
    return ok;
}

static bool collect(xmlNode *root, struct page *page)
{
    bool ok = begin_block(page, root, false);
    for (xmlNode *n = root; ok && n != NULL;) {
        xmlNode *next;
        if (n != root && is_other_matter(n)) {
            next = after(n, root);
        } else {
            if (starts_line(n)) {
                const char *name = name_of(n);
                bool heading = name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
                ok = begin_block(page, is_block(n) && n->parent != NULL ? n->parent : n, heading);
            } else if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
                       n->content != NULL) {
                struct block *b = &page->block[page->n - 1];
                size_t before = page->text.len;
                put_text(&page->text, b->from, (const char *)n->content);
                b->in_links += in_link(n->parent, b->owner) ? page->text.len - before : 0;
            } else if (is_quoted(n)) {
                sl_buf_text(&page->text, mark_of(n, true));
            }
            next = next_node(n, root);
        }
        if (ok && next != n->children) {
            ok = close_elements(page, n, next);
        }
        n = next;
    }
    return ok && begin_block(page, root, false) && !page->text.failed;
}

/* ---- which element is the article ---- */

static size_t own_text(const struct block *b)
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
    const char *role = attribute(n, "role");
    const char *property = attribute(n, "itemprop");
    return strcmp(name_of(n), "article") == 0 || strcmp(name_of(n), "main") == 0 ||
           (role != NULL && strcmp(role, "main") == 0) ||
           (property != NULL && strcmp(property, "articleBody") == 0);
}

static bool is_below(const xmlNode *n, const xmlNode *top)
{
    while (n != NULL && n != top) {
        n = n->parent;
    }
    return n != NULL;
}

static size_t credit_of(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE ? (size_t)(uintptr_t)n->_private : 0;
}

/* Credits each element with its own text and that of all below it. */
static void credit_below(xmlNode *root, const struct page *page)
{
    xmlNode *n = root;
    for (; n != NULL; n = next_node(n, root)) {
        n->_private = NULL;
    }
    for (size_t i = 0; i < page->n; i++) {
        credit(page->block[i].owner, own_text(&page->block[i]));
    }
    for (n = root;;) { /* children before their parent */
        if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
            n = n->children;
            continue;
        }
        while (n != root && n->next == NULL) {
            credit(n->parent, credit_of(n));
            n = n->parent;
        }
        if (n == root) {
            return;
        }
        credit(n->parent, credit_of(n));
        n = n->next;
    }
}

static xmlNode *find_article(xmlNode *root, const struct page *page)
{
    xmlNode *best = root;
    size_t most = 0;
    size_t text;
    for (size_t i = 0; i < page->n; i++) {
        credit(page->block[i].owner, 2 * own_text(&page->block[i]));
        credit(page->block[i].owner->parent, own_text(&page->block[i]));
    }
    for (xmlNode *n = root; n != NULL; n = next_node(n, root)) {
        if (credit_of(n) > most) {
            most = credit_of(n);
            best = n;
        }
    }
    credit_below(root, page);
    text = credit_of(best);
    most = 0;
    for (xmlNode *n = root; n != NULL; n = next_node(n, root)) {
        size_t own = credit_of(n);
        if (2 * own >= text && own > most && n->type == XML_ELEMENT_NODE && says_article(n)) {
            most = own;
            best = n;
        }
    }
    return best;
}

/* ---- what else the page tells ---- */

static bool keep(struct sl_arena *arena, const char *value, struct sl_text *out)
{
    struct sl_buf b = {0};
    bool failed;
    put_text(&b, 0, value);
    while (b.len > 0 && b.p[b.len - 1] == ' ') {
        b.len--;
    }
    if (b.len > 0 && !b.failed) {
        out->p = sl_arena_copy(arena, b.p, b.len);
        out->len = b.len;
    }
    failed = b.failed;
    sl_buf_free(&b); /* which forgets it */
    return !failed && (out->len == 0 || out->p != NULL);
}

/* The value of the first of these meta elements, named best first. */
static const char *meta(xmlNode *root, const char *const *names)
{
    const char *found = NULL;
    size_t best = SIZE_MAX;
    for (xmlNode *n = root; n != NULL; n = next_node(n, root)) {
        const char *key = NULL;
        const char *value = NULL;
        if (strcmp(name_of(n), "meta") == 0) {
            key = attribute(n, "property");
            key = key == NULL ? attribute(n, "name") : key;
            key = key == NULL ? attribute(n, "itemprop") : key;
            value = attribute(n, "content");
        } else if (strcmp(name_of(n), "time") == 0) {
            key = "time";
            value = attribute(n, "datetime");
        } else if (strcmp(name_of(n), "link") == 0) {
            key = attribute(n, "rel");
            value = attribute(n, "href");
            key = key != NULL && strcasecmp(key, "canonical") == 0 ? key : NULL;
        }
        for (size_t i = 0;
             key != NULL && value != NULL && *value != 0 && names[i] != NULL && i < best; i++) {
            if (strcasecmp(key, names[i]) == 0) {
                best = i;
                found = value;
            }
        }
    }
    return found;
}

static bool title_element(xmlNode *root, const char *name, struct sl_arena *arena,
                          struct sl_text *out)
{
    for (xmlNode *n = root; n != NULL; n = next_node(n, root)) {
        if (strcmp(name_of(n), name) == 0) {
            xmlChar *content = xmlNodeGetContent(n);
            bool ok = content != NULL && keep(arena, (const char *)content, out);
            xmlFree(content);
            return ok;
        }
    }
    return true;
}

/* The host of a URL, without "www.". */
static bool host_of(const char *url, struct sl_arena *arena, struct sl_text *out)
{
    const char *p = strstr(url, "://");
    size_t len;
    if (p == NULL) {
        return true;
    }
    p += strncasecmp(p + 3, "www.", 4) == 0 ? 7 : 3;
    len = strcspn(p, "/:?#");
    if (len == 0) {
        return true;
    }
    out->p = sl_arena_copy(arena, p, len);
    out->len = len;
    return out->p != NULL;
}

/* What the page's linked data tell. False when memory is short. */
static bool read_linked_data(xmlNode *root, struct sl_arena *arena, struct sl_linked_data *out)
{
    for (xmlNode *n = root; n != NULL; n = next_node(n, root)) {
        const char *type = strcmp(name_of(n), "script") == 0 ? attribute(n, "type") : NULL;
        const char *json =
            type != NULL && strcasecmp(type, "application/ld+json") == 0 && n->children != NULL
                ? (const char *)n->children->content
                : NULL;
        if (json != NULL && sl_linked_data_read(json, strlen(json), arena, out, NULL) != SLANT_OK) {
            return false;
        }
    }
    return true;
}

/* Takes the value where nothing better was found. */
static bool fall_back(struct sl_arena *arena, const struct sl_text *value, struct sl_text *out)
{
    return out->p != NULL || value->p == NULL || keep(arena, value->p, out);
}

static bool read_meta(xmlNode *root, struct sl_arena *arena, struct sl_html_article *out)
{
    static const char *const titles[] = {"og:title", "twitter:title", "headline", NULL};
    static const char *const dates[] = {"article:published_time",
                                        "datePublished",
                                        "og:published_time",
                                        "date",
                                        "pubdate",
                                        "publishdate",
                                        "DC.date",
                                        "DC.date.issued",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        NULL};
    static const char *const times[] = {"time", NULL};
    static const char *const sources[] = {"og:site_name", "publisher", "application-name", NULL};
    static const char *const urls[] = {"canonical", "og:url", NULL};
    const char *title = meta(root, titles);
    const char *date = meta(root, dates);
    const char *shown = meta(root, times);
    const char *source = meta(root, sources);
    const char *url = meta(root, urls);
    struct sl_linked_data linked = {0};
    bool ok = title == NULL || keep(arena, title, &out->title);
    ok = ok && read_linked_data(root, arena, &linked) &&
         fall_back(arena, &linked.headline, &out->title);
    ok = ok && (out->title.p != NULL || title_element(root, "h1", arena, &out->title));
    ok = ok && (out->title.p != NULL || title_element(root, "title", arena, &out->title));
    ok = ok && (date == NULL || keep(arena, date, &out->date)) &&
         fall_back(arena, &linked.date, &out->date);
    ok = ok && (out->date.p != NULL || shown == NULL || keep(arena, shown, &out->date));
    ok = ok && (source == NULL || keep(arena, source, &out->source)) &&
         fall_back(arena, &linked.source, &out->source);
    ok = ok && (url == NULL || keep(arena, url, &out->url));
    return ok && (out->source.p != NULL || url == NULL || host_of(url, arena, &out->source));
}

/* ---- all together ---- */

static bool is_title(const struct sl_html_article *a, const char *p, size_t len)
{
    return a->title.len == len && memcmp(a->title.p, p, len) == 0;
}

static bool write_text(const struct page *page, xmlNode *article, struct sl_arena *arena,
                       struct sl_html_article *out)
{
    struct sl_buf b = {0};
    for (size_t i = 0; i < page->n; i++) {
        const struct block *k = &page->block[i];
        size_t len = k->to - k->from;
        const char *p = len == 0 ? "" : page->text.p + k->from;
        if (len == 0 || !is_below(k->owner, article) || 2 * k->in_links > len ||
            (k->heading && is_title(out, p, len))) {
            continue;
        }
        if (b.len > 0) {
            sl_buf_text(&b, "\n\n");
        }
        sl_buf_put(&b, p, len);
    }
    out->text.p = b.failed ? NULL : sl_arena_copy(arena, b.p == NULL ? "" : b.p, b.len);
    out->text.len = b.len;
    sl_buf_free(&b);
    return out->text.p != NULL;
}

/* Whether the page is UTF-16, by its mark or its first tag. */
static bool is_wide(const char *p, size_t len)
{
    return len >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 || memcmp(p, "\xfe\xff", 2) == 0 ||
                        memcmp(p, "<\0", 2) == 0 || memcmp(p, "\0<", 2) == 0);
}

/* Whether the page's first bytes name a character set, which the parser then takes. */
static bool names_charset(const char *p, size_t len)
{
    enum { LOOKED_AT = 4096 };
    static const char word[] = "charset";
    len = len < LOOKED_AT ? len : LOOKED_AT;
    for (size_t i = 0; i + sizeof word - 1 <= len; i++) {
        if (strncasecmp(p + i, word, sizeof word - 1) == 0) {
            return true;
        }
    }
    return is_wide(p, len) && (unsigned char)p[0] >= 0xfe;
}

/* ---- libxml2 ---- */

static pthread_once_t started = PTHREAD_ONCE_INIT;

/* libxml2 asks for this before threads use it. */
static void start(void)
{
    xmlInitParser();
}

#if LIBXML_VERSION >= 21200
typedef const xmlError reported;
#else
typedef xmlError reported;
#endif

/* libxml2 would print. Of what it says only that memory ran out matters. */
static void hear(void *short_of_memory, reported *error)
{
    if (error != NULL && error->code == XML_ERR_NO_MEMORY) {
        *(bool *)short_of_memory = true;
    }
}

/* Measured with libxml2 2.9.14 on a page of each kind in tests/unit/test_html_room.c, which holds it to
 * that: ordinary pages take 9 to 29 bytes a byte; the most is 81.5, for "<p>x" over and over, where
 * four bytes make two nodes and their text. An empty page takes 33 kB, tables of names and ids up
 * to 60 kB more. */
size_t sl_html_article_room(size_t len)
{
    enum { A_BYTE = 88, AT_LEAST = 256 << 10 };
    return AT_LEAST + (len * A_BYTE);
}

/* libxml2 2.9 may crash or spin where its memory runs out: ask beforehand. An allocator that is short
 * takes room by megabytes for the smallest block, as glibc does in a thread that gets no arena. */
static bool has_room_for(size_t len)
{
    enum { AT_ONCE = 4 << 20 };
    void *p = malloc(sl_html_article_room(len) + AT_ONCE);
    free(p);
    return p != NULL;
}

/* libxml2 compares each attribute of an element with all before it: a megabyte of them takes minutes.
 * Its array of them, names and values, grows twofold; this much is enough for 1,400. */
enum { MOST_ATTRIBUTES = 2816 };

struct source {
    const char *p;
    size_t left;
    const htmlParserCtxt *parser;
    const bool *short_of_memory;
    bool
        wide; /* UTF-16: half of its bytes may be zero. Else libxml2 would end the page at a zero */
    bool flood; /* too many attributes were met */
};

/* Gives libxml2 the next bytes, or no more of them. */
static int give(void *user, char *to, int most)
{
    struct source *s = user;
    size_t n = s->left < (size_t)most ? s->left : (size_t)most;
    s->flood = s->flood || s->parser->maxatts > MOST_ATTRIBUTES;
    if (s->flood || *s->short_of_memory) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        to[i] = s->p[i] == 0 && !s->wide ? ' ' : s->p[i];
    }
    s->p += n;
    s->left -= n;
    return (int)n;
}

/* The page's tree, to be freed; NULL where there is none. *whole: it was read to its end. */
static xmlDoc *read_page(const char *bytes, size_t len, const char *encoding, bool *whole,
                         bool *short_of_memory)
{
    struct source source = {bytes, len, NULL, short_of_memory, is_wide(bytes, len), false};
    htmlParserCtxt *parser;
    xmlDoc *doc = NULL;
    *whole = false;
    (void)pthread_once(&started, start);
    parser = htmlNewParserCtxt();
    if (parser == NULL) {
        *short_of_memory = true;
        return NULL;
    }
    source.parser = parser;
    doc = htmlCtxtReadIO(parser, give, NULL, &source, NULL, encoding,
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_NODEFDTD);
    /* it gives up above 256 levels, for example */
    *whole = doc != NULL && parser->disableSAX == 0 && source.left == 0 && !source.flood;
    htmlFreeParserCtxt(parser);
    return doc;
}

enum slant_status sl_html_article_read(const char *bytes, size_t len, struct sl_arena *arena,
                                       struct sl_html_article *out, struct slant_error *err)
{
    struct page page = {{0}, NULL, 0, 0};
    const char *encoding = names_charset(bytes, len) ? NULL
                           : is_wide(bytes, len)     ? bytes[0] == '<' ? "UTF-16LE" : "UTF-16BE"
                           : sl_utf8_count_invalid(bytes, len) == 0 ? "UTF-8"
                                                                    : "windows-1252";
    xmlStructuredErrorFunc before;
    void *before_context;
    xmlDoc *doc;
    xmlNode *root;
    bool whole;
    bool short_of_memory = false;
    memset(out, 0, sizeof *out);
    out->text.p = "";
    if (len == 0 || len > INT32_MAX) {
        return len == 0 ? SLANT_OK : sl_fail(err, SLANT_ERR_LIMIT, 0, "too large a page");
    }
    if (!has_room_for(len)) {
        return sl_fail_nomem(err);
    }
    before = xmlStructuredError; /* this thread's; some complaints pass the options of a page */
    before_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&short_of_memory, hear);
    doc = read_page(bytes, len, encoding, &whole, &short_of_memory);
    root = doc == NULL ? NULL : xmlDocGetRootElement(doc);
    if (root != NULL && whole && !short_of_memory) {
        short_of_memory = !read_meta(root, arena, out) || !collect(root, &page) ||
                          !write_text(&page, find_article(root, &page), arena, out) ||
                          short_of_memory;
        free(page.block);
        sl_buf_free(&page.text);
    }
    xmlFreeDoc(doc);
    xmlSetStructuredErrorFunc(before_context, before);
    if (short_of_memory) {
        return sl_fail_nomem(err);
    }
    return whole ? SLANT_OK
                 : sl_fail(
                       err, SLANT_ERR_ROW, 0,
                       "HTML that cannot be read: damaged, nested deeper than 256 elements, or an "
                       "element with more than a thousand attributes");
}
