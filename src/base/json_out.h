/** JSON out, into a buffer: commas by themselves, numbers free of the locale, invalid UTF-8
 * replaced. Ours and not a library's because one record a sentence leaves here at the speed of
 * scoring, and every number's digits are part of the format. */
#ifndef SL_BASE_JSON_OUT_H
#define SL_BASE_JSON_OUT_H

#include "base/buf.h"

struct sl_json {
    struct sl_buf *b;
    bool comma; /* something stands before in this object or list */
};

void sl_json_open(struct sl_json *j, char bracket); /* '{' or '[' */
void sl_json_close(struct sl_json *j, char bracket);
void sl_json_key(struct sl_json *j, const char *key);
/* The same of a string literal that needs no escapes: the first of an object, and another. */
#define sl_json_first(j, key) (sl_buf_literal((j)->b, "\"" key "\":"), (void)((j)->comma = false))
#define sl_json_next(j, key) (sl_buf_literal((j)->b, ",\"" key "\":"), (void)((j)->comma = false))
void sl_json_string(struct sl_json *j, const char *text, size_t len);
void sl_json_text(struct sl_json *j, const char *text); /* NULL: null */
void sl_json_uint(struct sl_json *j, uint64_t v);
void sl_json_fixed(struct sl_json *j, double v, unsigned digits);
void sl_json_double(struct sl_json *j, double v);
void sl_json_bool(struct sl_json *j, bool v);
void sl_json_raw(struct sl_json *j, const char *json); /* a whole value */
/* Whether the outputs use the key beside the names of heads, which must differ from it. */
bool sl_json_reserved(const char *key);
/* Bytes that a string of len takes at most, quotes too, and some that are written and not kept. */
#define SL_JSON_ROOM(len) ((len)*6 + 32)
/* p[*from, ...) as it stands in a string, where there is SL_JSON_ROOM, up to the first code point that
 * begins at stop or behind it: *from is there then. Bytes end at len; stop <= len. widely: many bytes at
 * once; else one by one, to the same end. Returns where the next byte goes. */
char *sl_json_copy_escaped(char *to, const char *p, size_t *from, size_t stop, size_t len,
                           bool widely);
/* The whole string in quotes, where there is SL_JSON_ROOM. */
static inline char *sl_json_copy_string(char *to, const char *p, size_t len)
{
    size_t at = 0;
    *to++ = '"';
    to = sl_json_copy_escaped(to, p, &at, len, len, true);
    *to++ = '"';
    return to;
}
/* The literal's bytes. */
#define SL_COPY_LITERAL(to, text) (memcpy((to), "" text, sizeof(text) - 1), (to) + sizeof(text) - 1)
/* [low, high] */
void sl_json_pair(struct sl_json *j, double low, double high, unsigned digits);

#endif
