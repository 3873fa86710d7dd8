#include "input/html_article.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "input/html_parts.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static bool is_title(const struct sl_html_article *a, const char *p, size_t len)
{
    return a->title.len == len && memcmp(a->title.p, p, len) == 0;
}

static bool write_text(const struct sl_html_page *page, xmlNode *article, struct sl_arena *arena,
                       struct sl_html_article *out)
{
    struct sl_buf b = {0};
    for (size_t i = 0; i < page->n; i++) {
        const struct sl_html_block *k = &page->block[i];
        size_t len = k->to - k->from;
        const char *p = len == 0 ? "" : page->text.p + k->from;
        if (len == 0 || !sl_node_is_below(k->owner, article) || 2 * k->in_links > len ||
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

/* ---- libxml2 ---- */

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
        if (sl_same_letters_n(p + i, word, sizeof word - 1)) {
            return true;
        }
    }
    return is_wide(p, len) && (unsigned char)p[0] >= 0xfe;
}

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
    struct sl_html_page page = {{0}, NULL, 0, 0};
    const char *encoding = names_charset(bytes, len) ? NULL
                           : is_wide(bytes, len)     ? bytes[0] == '<' ? "UTF-16LE" : "UTF-16BE"
                           : sl_utf8_count_invalid(bytes, len) == 0 ? "UTF-8"
                                                                    : "windows-1252";
    xmlStructuredErrorFunc before;
    void *before_context;
    xmlDoc *doc;
    xmlNode *root;
    bool whole;
    bool ours;
    bool short_of_memory = false;
    memset(out, 0, sizeof *out);
    out->text.p = "";
    if (len == 0 || len > INT32_MAX) {
        return len == 0 ? SLANT_OK : sl_fail(err, SLANT_ERR_LIMIT, 0, "too large a page");
    }
    if (!has_room_for(len)) {
        return sl_fail_nomem(err);
    }
    (void)pthread_once(&started, start); /* before anything is asked of libxml2 */
    before = xmlStructuredError; /* this thread's; some complaints pass the options of a page */
    before_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&short_of_memory, hear);
    doc = read_page(bytes, len, encoding, &whole, &short_of_memory);
    root = doc == NULL ? NULL : xmlDocGetRootElement(doc);
    ours = root != NULL && sl_html_is_report(root);
    if (root != NULL && whole && !ours && !short_of_memory) {
        short_of_memory = !sl_html_read_meta(root, arena, out) || !sl_html_collect(root, &page) ||
                          !write_text(&page, sl_html_find_article(root, &page), arena, out) ||
                          short_of_memory;
        free(page.block);
        sl_buf_free(&page.text);
    }
    xmlFreeDoc(doc);
    xmlSetStructuredErrorFunc(before_context, before);
    if (short_of_memory) {
        return sl_fail_nomem(err);
    }
    if (ours) {
        return sl_fail(err, SLANT_ERR_ROW, 0, "a page that slant report made, not an article");
    }
    return whole ? SLANT_OK
                 : sl_fail(
                       err, SLANT_ERR_ROW, 0,
                       "HTML that cannot be read: damaged, nested deeper than 256 elements, or an "
                       "element with more than a thousand attributes");
}
