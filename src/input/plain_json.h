/** The common forms of a JSON line, read without a tree: strings, whole numbers, one level. Whatever
 *  is not common (or not JSON) is left to jansson: every function here says false, and nothing is
 *  lost but time. What is read is what jansson would read. */
#ifndef SL_INPUT_PLAIN_JSON_H
#define SL_INPUT_PLAIN_JSON_H

#include "input/json.h"

#include <string.h>

struct sl_plain_json {
    const char *p, *end;
    struct sl_arena *arena; /* strings are copied to it, a NUL behind each */
};

/* A string; escapes other than \u are understood. Its UTF-8 is the caller's to check. */
bool sl_plain_string(struct sl_plain_json *j, struct sl_text *out);
/* A whole number from 0 of at most 18 digits. */
bool sl_plain_uint(struct sl_plain_json *j, uint64_t *out);
/* Blanks, then exactly these bytes. */
static inline bool sl_plain_bytes(struct sl_plain_json *j, const char *bytes, size_t len)
{
    while (j->p < j->end && (*j->p == ' ' || *j->p == '\t')) {
        j->p++;
    }
    if ((size_t)(j->end - j->p) < len || memcmp(j->p, bytes, len) != 0) {
        return false;
    }
    j->p += len;
    return true;
}
static inline bool sl_plain_byte(struct sl_plain_json *j, char c)
{
    return sl_plain_bytes(j, &c, 1);
}
/* sl_json_object for a flat object of strings, whole numbers, true, false and null. */
bool sl_plain_object(const char *line, size_t len, const char *const *key, size_t n_key,
                     struct sl_arena *arena, struct sl_text *value);

#endif
