#include "input/json.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "input/json_load.h"
#include "input/plain_json.h"

#include <math.h>
#include <string.h>

/* jansson refuses invalid UTF-8; replaced, the rest of the record survives. */
static const char *clean_copy(const char *p, size_t len, uint64_t invalid, size_t *clean_len,
                              struct sl_arena *arena)
{
    char *out;
    size_t n = 0;
    *clean_len = len;
    if (invalid == 0) {
        return p;
    }
    out = sl_arena_alloc(arena, len + 2 * (size_t)invalid + 1);
    if (out == NULL) {
        return NULL;
    }
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        bool valid;
        size_t size = sl_utf8_decode(p + at, p + len, &cp, &valid);
        memcpy(out + n, valid ? p + at : "\xef\xbf\xbd", valid ? size : 3);
        n += valid ? size : 3;
        at += size;
    }
    *clean_len = n;
    return out;
}

static enum slant_status put_scalar(const json_t *v, struct sl_buf *b, uint64_t line,
                                    const char *key, struct slant_error *err)
{
    switch (json_typeof(v)) {
    case JSON_STRING:
        sl_buf_put(b, json_string_value(v), json_string_length(v));
        return SLANT_OK;
    case JSON_INTEGER:
        if (json_integer_value(v) < 0) {
            sl_buf_byte(b, '-');
        }
        sl_buf_uint(b, json_integer_value(v) < 0 ? 0 - (uint64_t)json_integer_value(v)
                                                 : (uint64_t)json_integer_value(v));
        return SLANT_OK;
    case JSON_REAL:
        sl_buf_double(b, json_real_value(v));
        return SLANT_OK;
    case JSON_TRUE:
        sl_buf_text(b, "true");
        return SLANT_OK;
    case JSON_FALSE:
        sl_buf_text(b, "false");
        return SLANT_OK;
    case JSON_NULL:
        return SLANT_OK;
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return sl_fail(err, SLANT_ERR_ROW, line, "\"%s\" is an object or a list; expected text", key);
}

static enum slant_status read_value(const json_t *v, struct sl_arena *arena, struct sl_text *out,
                                    uint64_t line, const char *key, struct slant_error *err)
{
    struct sl_buf b = {0};
    enum slant_status status = SLANT_OK;
    if (json_is_array(v) && strcmp(key, "target") == 0) { /* its spellings */
        for (size_t i = 0; i < json_array_size(v) && status == SLANT_OK; i++) {
            if (i > 0) {
                sl_buf_byte(&b, '|');
            }
            status = put_scalar(json_array_get(v, i), &b, line, key, err);
        }
    } else {
        status = put_scalar(v, &b, line, key, err);
    }
    if (status == SLANT_OK) {
        out->p = b.failed ? NULL : sl_arena_copy(arena, b.p, b.len);
        out->len = b.len;
        if (out->p == NULL) {
            status = sl_fail_nomem(err);
        }
    }
    sl_buf_free(&b);
    return status;
}

enum slant_status sl_json_object(const char *line, size_t len, uint64_t line_number,
                                 const char *const *key, size_t n_loose, size_t n_key,
                                 struct sl_arena *arena, struct sl_text *value, uint64_t *n_invalid,
                                 struct slant_error *err)
{
    json_error_t why;
    json_t *object;
    enum slant_status status = SLANT_OK;
    size_t clean_len;
    uint64_t invalid = sl_utf8_count_invalid(line, len);
    const char *clean;
    *n_invalid += invalid;
    if (invalid == 0 && sl_plain_object(line, len, key, n_key, arena, value)) {
        return SLANT_OK;
    }
    clean = clean_copy(line, len, invalid, &clean_len, arena);
    if (clean == NULL) {
        return sl_fail_nomem(err);
    }
    SL_TRY(sl_json_load(clean, clean_len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &object, &why,
                        err));
    if (object == NULL) {
        return sl_fail(err, SLANT_ERR_ROW, line_number, "not a JSON object: %s", why.text);
    }
    if (!json_is_object(object)) {
        json_decref(object);
        return sl_fail(err, SLANT_ERR_ROW, line_number,
                       "JSON, but not an object; JSON Lines have one a line (of an array "
                       "jq -c '.[]' makes them)");
    }
    for (size_t i = 0; i < n_key && status == SLANT_OK; i++) {
        const json_t *v = json_object_get(object, key[i]);
        value[i] = (struct sl_text){NULL, 0};
        if (i < n_loose && (json_is_object(v) || json_is_array(v))) {
            value[i].p = "";
        } else if (v != NULL && !json_is_null(v)) {
            status = read_value(v, arena, &value[i], line_number, key[i], err);
        }
    }
    json_decref(object);
    return status;
}

static enum slant_status is_json(const char *text, size_t len, bool *out, struct slant_error *err)
{
    enum { LONGEST = 1 << 20 };
    json_error_t why;
    json_t *v;
    *out = false;
    if (len > LONGEST) {
        return SLANT_OK;
    }
    SL_TRY(sl_json_load(text, len, 0, &v, &why, err));
    *out = json_object_size(json_is_array(v) ? json_array_get(v, 0) : v) > 0;
    json_decref(v);
    return SLANT_OK;
}

enum slant_status sl_json_is(const char *text, size_t len, bool *out, struct slant_error *err)
{
    size_t at = sl_text_begin(text, len);
    const char *end;
    *out = false;
    if (at == len || (text[at] != '{' && text[at] != '[')) {
        return SLANT_OK;
    }
    end = memchr(text + at, '\n', len - at);
    if (text[at] == '{' && end != NULL) {
        SL_TRY(is_json(text + at, (size_t)(end - text) - at, out, err));
    }
    return *out ? SLANT_OK : is_json(text + at, len - at, out, err);
}

enum slant_status sl_json_number(const char *json, size_t len, const char *const *path,
                                 size_t n_path, double *out, struct slant_error *err)
{
    json_error_t why;
    json_t *object;
    const json_t *v;
    SL_TRY(sl_json_load(json, len, 0, &object, &why, err));
    v = object;
    for (size_t i = 0; i < n_path; i++) {
        v = json_object_get(v, path[i]);
    }
    *out = json_is_number(v) ? json_number_value(v) : NAN;
    json_decref(object);
    return SLANT_OK;
}
