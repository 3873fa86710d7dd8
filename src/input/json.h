/** JSON objects, one a line, by jansson: the only user of it for data. */
#ifndef SL_INPUT_JSON_H
#define SL_INPUT_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"

struct sl_text {
    const char *p; /* NULL: absent */
    size_t len;
};

/* Parses line[0, len) as an object and copies the values of the wanted keys[n] into value[n]:
 * strings as they are, numbers and booleans as their text, null as absent. An array of strings
 * is joined by '|' under the key target; objects and other lists are refused, but under the first
 * n_loose keys they are "". Invalid UTF-8 is replaced first and counted in *n_invalid.
 * Errors: ROW with the reason (line_number is for it), NOMEM. */
enum slant_status sl_json_object(const char *line, size_t len, uint64_t line_number,
                                 const char *const *key, size_t n_loose, size_t n_key,
                                 struct sl_arena *arena, struct sl_text *value, uint64_t *n_invalid,
                                 struct slant_error *err);

/* Whether a text is JSON rather than prose: its first line is an object that holds something, or the
 * whole is one, or a list that begins with one. What is longer than 1 MiB is taken for prose. Error:
 * NOMEM. */
enum slant_status sl_json_is(const char *text, size_t len, bool *out, struct slant_error *err);

/* The number at path[n_path], keys from the outside in, of a JSON object; NaN where there is none.
 * Error: NOMEM. */
enum slant_status sl_json_number(const char *json, size_t len, const char *const *path,
                                 size_t n_path, double *out, struct slant_error *err);

#endif
