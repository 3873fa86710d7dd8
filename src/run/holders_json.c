/* Statements and who makes them, on a scored sentence's line. */
#include "base/digits.h"
#include "run/holders.h"
#include "run/listing.h"

/* Names and mentions may be as long as the article: these have room whatever they are. */
static char *copy_text(char *to, struct sl_text t)
{
    return sl_json_copy_string(to, t.p, t.len);
}

/* {"name":...,"mention":...,"content":[...] */
static void put_who(struct sl_buf *b, const struct sl_article *a, const struct sl_statement *st)
{
    static const struct sl_text unknown = {"unknown", 7};
    const struct sl_text name = st->speaker.p == NULL ? unknown : st->speaker;
    const struct sl_text mention = sl_text_at(a, st->mention);
    const struct slant_span *content = st->content;
    char *to = sl_buf_room(b, SL_JSON_ROOM(name.len) + SL_JSON_ROOM(mention.len) +
                                  (2 * st->n_content + 2) * (SL_UINT_ROOM + 3) + 100);
    char *start = to;
    if (to == NULL) {
        return;
    }
    to = copy_text(SL_COPY_LITERAL(to, "{\"name\":"), name);
    if (st->generic) {
        to = SL_COPY_LITERAL(to, ",\"generic\":true");
    }
    if (mention.p == NULL) {
        to = SL_COPY_LITERAL(to, ",\"mention\":null");
    } else {
        to = SL_COPY_LITERAL(to, ",\"mention\":{\"from\":");
        to = sl_copy_uint(to, a->offset + st->mention.begin);
        to = sl_copy_uint(SL_COPY_LITERAL(to, ",\"to\":"), a->offset + st->mention.end);
        to = copy_text(SL_COPY_LITERAL(to, ",\"text\":"), mention);
        *to++ = '}';
    }
    to = SL_COPY_LITERAL(to, ",\"content\":[");
    for (size_t k = 0; k < st->n_content; k++) {
        to = k == 0 ? SL_COPY_LITERAL(to, "[") : SL_COPY_LITERAL(to, ",[");
        to = sl_copy_uint(to, a->offset + content[k].begin);
        *to++ = ',';
        to = sl_copy_uint(to, a->offset + content[k].end);
        *to++ = ']';
    }
    *to++ = ']';
    b->len += (size_t)(to - start);
}

static void put_statement(struct sl_json *j, const struct sl_phrases *p, const struct sl_article *a,
                          const struct sl_statement *st)
{
    if (j->comma) {
        sl_buf_byte(j->b, ',');
    }
    j->comma = true;
    put_who(j->b, a, st);
    if (st->of_target.p != NULL) {
        sl_json_next(j, "of_target");
        sl_json_string(j, st->of_target.p, st->of_target.len);
    }
    if (st->reporter.p != NULL) {
        sl_json_next(j, "reporter");
        sl_json_string(j, st->reporter.p, st->reporter.len);
    }
    sl_write_probabilities_json(j->b, p, st->prob);
    sl_json_close(j, '}');
}

void sl_write_holders_json(struct sl_buf *b, const struct sl_phrases *p, const struct sl_article *a,
                           struct sl_text of_target, const struct sl_statement *statement, size_t n)
{
    struct sl_json j = {b, true};
    if (n == 0 || b->failed || b->len < 2) {
        return;
    }
    b->len -= 2; /* the object's end and the line's */
    if (of_target.p != NULL) {
        sl_json_next(&j, "of_target");
        sl_json_string(&j, of_target.p, of_target.len);
    }
    sl_json_next(&j, "holder");
    put_statement(&j, p, a, &statement[0]);
    if (n > 1) {
        sl_json_next(&j, "holders");
        sl_json_open(&j, '[');
        for (size_t i = 1; i < n; i++) {
            put_statement(&j, p, a, &statement[i]);
        }
        sl_json_close(&j, ']');
    }
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}
