/** What a web page's linked data (JSON-LD, schema.org) tell of its article.
 *
 *  Looked at are the objects that the text is, lists of them, and those under "@graph", "mainEntity" and
 *  "mainEntityOfPage": what else is nested may be about other articles. The first whose "@type" is an
 *  article or a posting is taken, or else the first that has a "datePublished". */
#ifndef SL_INPUT_LINKED_DATA_H
#define SL_INPUT_LINKED_DATA_H

#include "base/arena.h"
#include "base/status.h"
#include "input/json.h"

struct sl_linked_data {
    bool is_article;                       /* its type says so */
    struct sl_text headline, date, source; /* p NULL: not told */
};

/* Takes what is better than what *out holds (zeroed at first): an article before anything else. Text that
 * is no JSON, or longer than 1 MiB, tells nothing. Copied to the arena. Error: NOMEM. */
enum slant_status sl_linked_data_read(const char *json, size_t len, struct sl_arena *arena,
                                      struct sl_linked_data *out, struct slant_error *err);

#endif
