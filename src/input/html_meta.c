/* What a page tells beside its text: title, date, source and address. */
#include "base/bytes.h"
#include "input/html_parts.h"
#include "input/linked_data.h"

#include <string.h>

static bool keep(struct sl_arena *arena, const char *value, struct sl_text *out)
{
    struct sl_buf b = {0};
    bool failed;
    sl_html_put_text(&b, 0, value);
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
    for (xmlNode *n = root; n != NULL; n = sl_node_next(n, root)) {
        const char *key = NULL;
        const char *value = NULL;
        if (strcmp(sl_node_name(n), "meta") == 0) {
            key = sl_node_attribute(n, "property");
            key = key == NULL ? sl_node_attribute(n, "name") : key;
            key = key == NULL ? sl_node_attribute(n, "itemprop") : key;
            value = sl_node_attribute(n, "content");
        } else if (strcmp(sl_node_name(n), "time") == 0) {
            key = "time";
            value = sl_node_attribute(n, "datetime");
        } else if (strcmp(sl_node_name(n), "link") == 0) {
            key = sl_node_attribute(n, "rel");
            value = sl_node_attribute(n, "href");
            key = key != NULL && sl_same_letters(key, "canonical") ? key : NULL;
        }
        for (size_t i = 0;
             key != NULL && value != NULL && *value != 0 && names[i] != NULL && i < best; i++) {
            if (sl_same_letters(key, names[i])) {
                best = i;
                found = value;
            }
        }
    }
    return found;
}

bool sl_html_is_report(xmlNode *root)
{
    static const char *const names[] = {"generator", NULL};
    static const char ours[] = SL_HTML_OUR_GENERATOR " ";
    const char *generator = meta(root, names);
    return generator != NULL && strncmp(generator, ours, sizeof ours - 1) == 0;
}

static bool title_element(xmlNode *root, const char *name, struct sl_arena *arena,
                          struct sl_text *out)
{
    for (xmlNode *n = root; n != NULL; n = sl_node_next(n, root)) {
        if (strcmp(sl_node_name(n), name) == 0) {
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
    p += sl_same_letters_n(p + 3, "www.", 4) ? 7 : 3;
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
    for (xmlNode *n = root; n != NULL; n = sl_node_next(n, root)) {
        const char *type =
            strcmp(sl_node_name(n), "script") == 0 ? sl_node_attribute(n, "type") : NULL;
        const char *json =
            type != NULL && sl_same_letters(type, "application/ld+json") && n->children != NULL
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

bool sl_html_read_meta(xmlNode *root, struct sl_arena *arena, struct sl_html_article *out)
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
