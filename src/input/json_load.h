/** jansson's parser, with running out of memory told apart from a mistake in the text: it reports the
 * former as the latter in places. */
#ifndef SL_INPUT_JSON_LOAD_H
#define SL_INPUT_JSON_LOAD_H

#include <jansson.h>

#include "base/status.h"

/* *out is NULL where the text is no JSON, and *why then tells; the caller drops it. Error: NOMEM. */
enum slant_status sl_json_load(const char *text, size_t len, size_t flags, json_t **out,
                               json_error_t *why, struct slant_error *err);

#endif
