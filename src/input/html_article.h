/** The article in a web page: main text, title, date and source, the page's other matter left out.
 *
 *  libxml2 makes the tree. Text stands in blocks (paragraphs, headings, list items, table cells,
 *  quotations). Elements that say what they are (nav, aside, footer, role, class or id such as "related"),
 *  are struck out or hide themselves (hidden, aria-hidden, style) are left out; q elements get marks.
 *  Each block's text counts for its parent and half for the one above, link text against it (Lucas,
 *  Readability, 2009); the element with the most, or an article, main or articleBody element with at
 *  least half of that, is the article. Blocks of links alone are left out. Paragraphs are parted by an
 *  empty line. */
#ifndef SL_INPUT_HTML_ARTICLE_H
#define SL_INPUT_HTML_ARTICLE_H

#include "base/arena.h"
#include "base/status.h"
#include "input/json.h"

/* What a page of `slant report` names as its generator, the version behind it: it is no article. */
#define SL_HTML_OUR_GENERATOR "slant report"

struct sl_html_article {
    struct sl_text text;                     /* UTF-8 */
    struct sl_text title, date, source, url; /* p NULL: absent */
};

/* The character set is the one that the page's meta element names; where none does, UTF-8 if all of it
 * is valid, else windows-1252; UTF-16 by its mark or its first tag. Everything is copied to the arena.
 * Errors: NOMEM, ROW (no tree, or a report of slant's). Any number of threads. */
enum slant_status sl_html_article_read(const char *bytes, size_t len, struct sl_arena *arena,
                                       struct sl_html_article *out, struct slant_error *err);

/* At least as many bytes as libxml2 holds at once for a page of len. */
size_t sl_html_article_room(size_t len);

#endif
