#include "input/scored.h"
#include "base/json_out.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

struct reading {
    struct sl_arena *arena;
    uint64_t line;
    struct slant_error *err;
};

static enum slant_status refuse(const struct reading *r, const char *what)
{
    return sl_fail(r->err, SLANT_ERR_ROW, r->line, "not a line that `slant score` writes: %s",
                   what);
}

static enum slant_status get_text(const struct reading *r, const json_t *object, const char *key,
                                  struct sl_text *out)
{
    const json_t *v = json_object_get(object, key);
    if (v == NULL || json_is_null(v)) {
        return SLANT_OK;
    }
    if (!json_is_string(v)) {
        return refuse(r, "a text is not a string");
    }
    out->len = json_string_length(v);
    out->p = sl_arena_copy(r->arena, json_string_value(v), out->len);
    return out->p == NULL ? sl_fail_nomem(r->err) : SLANT_OK;
}

static enum slant_status get_number(const struct reading *r, const json_t *object, const char *key,
                                    uint64_t *out)
{
    const json_t *v = json_object_get(object, key);
    if (!json_is_integer(v) || json_integer_value(v) < 0) {
        return refuse(r, "n, from and to are whole numbers from 0");
    }
    *out = (uint64_t)json_integer_value(v);
    return SLANT_OK;
}

static enum slant_status get_head(const struct reading *r, const char *name, const json_t *p,
                                  struct sl_scored_head *out)
{
    const char *label;
    json_t *v;
    out->name = sl_arena_copy(r->arena, name, strlen(name));
    if (out->name == NULL) {
        return sl_fail_nomem(r->err);
    }
    json_object_foreach((json_t *)p, label, v)
    {
        double prob = json_number_value(v);
        if (!json_is_number(v) || !(prob >= 0 && prob <= 1)) {
            return refuse(r, "a probability is not a number from 0 to 1");
        }
        if (out->n_label == SLANT_MAX_LABEL) {
            return refuse(r, "more than 16 labels");
        }
        out->label[out->n_label] = sl_arena_copy(r->arena, label, strlen(label));
        if (out->label[out->n_label] == NULL) {
            return sl_fail_nomem(r->err);
        }
        out->prob[out->n_label++] = (uint16_t)floor(prob * 10000 + 0.5);
    }
    return out->n_label >= 2 ? SLANT_OK : refuse(r, "fewer than two labels");
}

static enum slant_status get_sentence(const struct reading *r, json_t *object,
                                      struct sl_scored *out)
{
    const char *key;
    json_t *v;
    SL_TRY(get_number(r, object, "n", &out->n));
    SL_TRY(get_number(r, object, "from", &out->from));
    SL_TRY(get_number(r, object, "to", &out->to));
    SL_TRY(get_text(r, object, "text", &out->text));
    json_object_foreach(object, key, v)
    {
        const json_t *p = json_object_get(v, "p");
        if (!json_is_object(p)) {
            continue;
        }
        if (sl_json_reserved(key)) {
            return refuse(r, "a head has the name of another key");
        }
        if (out->n_head == SLANT_MAX_HEAD) {
            return refuse(r, "more than 4 heads");
        }
        SL_TRY(get_head(r, key, p, &out->head[out->n_head++]));
    }
    if (out->text.p == NULL || out->n_head == 0) {
        return refuse(r, "no text or no head with probabilities");
    }
    return SLANT_OK;
}

static bool is_stance(const char *head)
{
    return strncmp(head, "stance", 6) == 0 && (head[6] == 0 || head[6] == ':');
}

/* "heads": subjects and priors. Absent from what older versions wrote. */
static enum slant_status get_training(const struct reading *r, json_t *heads, struct sl_scored *out)
{
    struct sl_scored_prior *prior =
        sl_arena_alloc(r->arena, (size_t)SLANT_MAX_HEAD * SLANT_MAX_LABEL * sizeof *prior);
    struct sl_scored_figures *figures =
        sl_arena_alloc(r->arena, (size_t)SLANT_MAX_HEAD * sizeof *figures);
    bool of_stance = false;
    const char *head;
    const char *label;
    json_t *v;
    json_t *share;
    if (prior == NULL || figures == NULL) {
        return sl_fail_nomem(r->err);
    }
    json_object_foreach(heads, head, v)
    {
        struct sl_text subject = {NULL, 0};
        const char *name = sl_arena_copy(r->arena, head, strlen(head));
        const json_t *accuracy = json_object_get(v, "accuracy");
        const json_t *macro_f1 = json_object_get(v, "macro_f1");
        SL_TRY(get_text(r, v, "subject", &subject));
        if (name == NULL) {
            return sl_fail_nomem(r->err);
        }
        if (json_is_number(accuracy) && json_is_number(macro_f1) &&
            out->n_figures < SLANT_MAX_HEAD) {
            figures[out->n_figures++] = (struct sl_scored_figures){
                name, json_number_value(accuracy), json_number_value(macro_f1)};
        }
        if (out->subject == NULL || (!of_stance && is_stance(head))) {
            out->subject = subject.p;
            of_stance = is_stance(head);
        }
        json_object_foreach(json_object_get(v, "prior"), label, share)
        {
            double number = json_number_value(share);
            struct sl_scored_prior *to = &prior[out->n_prior];
            if (out->n_prior == (size_t)SLANT_MAX_HEAD * SLANT_MAX_LABEL ||
                !(number >= 0 && number <= 1)) {
                return refuse(r, "a prior is not a number from 0 to 1");
            }
            *to = (struct sl_scored_prior){name, sl_arena_copy(r->arena, label, strlen(label)),
                                           number};
            if (to->label == NULL) {
                return sl_fail_nomem(r->err);
            }
            out->n_prior++;
        }
    }
    out->prior = prior;
    out->figures = figures;
    return SLANT_OK;
}

static enum slant_status get_trailer(const struct reading *r, const json_t *trailer,
                                     struct sl_scored *out)
{
    struct sl_text model = {NULL, 0};
    struct sl_text digest = {NULL, 0};
    out->kind = SL_SCORED_TRAILER;
    SL_TRY(get_text(r, trailer, "model", &model));
    SL_TRY(get_text(r, trailer, "digest", &digest));
    out->model = model.p;
    out->digest = digest.p;
    return get_training(r, json_object_get(trailer, "heads"), out);
}

static enum slant_status get_record(const struct reading *r, json_t *object, struct sl_scored *out)
{
    const json_t *trailer = json_object_get(object, "trailer");
    if (json_is_object(trailer)) {
        return get_trailer(r, trailer, out);
    }
    SL_TRY(get_text(r, object, "doc", &out->doc));
    if (out->doc.p == NULL) {
        return refuse(r, "no \"doc\"");
    }
    SL_TRY(get_text(r, object, "error", &out->error));
    if (out->error.p != NULL) {
        out->kind = SL_SCORED_ERROR;
        return SLANT_OK;
    }
    SL_TRY(get_text(r, object, "title", &out->title));
    SL_TRY(get_text(r, object, "date", &out->date));
    SL_TRY(get_text(r, object, "source", &out->source));
    if (json_is_integer(json_object_get(object, "sentences"))) {
        out->kind = SL_SCORED_EMPTY;
        return SLANT_OK;
    }
    out->kind = SL_SCORED_SENTENCE;
    return get_sentence(r, object, out);
}

enum slant_status sl_scored_read(const char *line, size_t len, uint64_t line_number,
                                 struct sl_arena *arena, struct sl_scored *out,
                                 struct slant_error *err)
{
    struct reading r = {arena, line_number, err};
    json_error_t why;
    json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (object == NULL) {
        if (json_error_code(&why) == json_error_out_of_memory) {
            return sl_fail_nomem(err);
        }
        return refuse(&r, why.text);
    }
    status = json_is_object(object) ? get_record(&r, object, out) : refuse(&r, "not an object");
    json_decref(object);
    return status;
}
