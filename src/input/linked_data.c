#include "input/linked_data.h"
#include "input/json_load.h"

#include <string.h>

enum { LONGEST = 1 << 20, DEEPEST = 8 };

static bool keep(struct sl_arena *arena, const json_t *value, struct sl_text *out)
{
    if (json_is_string(value) && json_string_length(value) > 0) {
        out->len = json_string_length(value);
        out->p = sl_arena_copy(arena, json_string_value(value), out->len);
        return out->p != NULL;
    }
    return true;
}

static bool ends_with(const json_t *value, const char *end)
{
    size_t len = strlen(end);
    size_t have = json_is_string(value) ? json_string_length(value) : 0;
    return have >= len && memcmp(json_string_value(value) + have - len, end, len) == 0;
}

/* "NewsArticle", "BlogPosting", or a list that names one. */
static bool names_article(const json_t *type)
{
    for (size_t i = 0; i < json_array_size(type); i++) {
        if (names_article(json_array_get(type, i))) {
            return true;
        }
    }
    return ends_with(type, "Article") || ends_with(type, "Posting");
}

static bool take(const json_t *object, struct sl_arena *arena, struct sl_linked_data *out)
{
    const json_t *date = json_object_get(object, "datePublished");
    const json_t *publisher = json_object_get(object, "publisher");
    bool is_article = names_article(json_object_get(object, "@type"));
    if (is_article <= out->is_article && (is_article || out->date.p != NULL || date == NULL)) {
        return true;
    }
    publisher = json_is_array(publisher) ? json_array_get(publisher, 0) : publisher;
    *out = (struct sl_linked_data){.is_article = is_article};
    return keep(arena, json_object_get(object, "headline"), &out->headline) &&
           keep(arena, date, &out->date) &&
           keep(arena, json_is_object(publisher) ? json_object_get(publisher, "name") : publisher,
                &out->source);
}

static bool search(const json_t *v, int depth, struct sl_arena *arena, struct sl_linked_data *out)
{
    static const char *const within[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    bool ok = !json_is_object(v) || take(v, arena, out);
    for (size_t i = 0; ok && depth < DEEPEST && i < json_array_size(v); i++) {
        ok = search(json_array_get(v, i), depth + 1, arena, out);
    }
    for (size_t i = 0; ok && depth < DEEPEST && i < sizeof within / sizeof within[0]; i++) {
        const json_t *inner = json_object_get(v, within[i]);
        ok = inner == NULL || search(inner, depth + 1, arena, out);
    }
    return ok;
}

enum slant_status sl_linked_data_read(const char *json, size_t len, struct sl_arena *arena,
                                      struct sl_linked_data *out, struct slant_error *err)
{
    json_t *v;
    json_error_t why;
    bool ok;
    if (len > LONGEST) {
        return SLANT_OK;
    }
    SL_TRY(sl_json_load(json, len, 0, &v, &why, err));
    ok = v == NULL || search(v, 0, arena, out);
    json_decref(v);
    return ok ? SLANT_OK : sl_fail_nomem(err);
}
