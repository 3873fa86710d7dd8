#include "input/scored.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "input/json_load.h"
#include "input/plain_json.h"

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

static bool is_count(const json_t *v, uint64_t *out)
{
    bool is = json_is_integer(v) && json_integer_value(v) >= 0;
    *out = is ? (uint64_t)json_integer_value(v) : 0;
    return is;
}

static enum slant_status get_number(const struct reading *r, const json_t *object, const char *key,
                                    uint64_t *out)
{
    return is_count(json_object_get(object, key), out)
               ? SLANT_OK
               : refuse(r, "n, from and to are whole numbers from 0");
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

static bool is_unknown(const struct sl_text *name)
{
    return name->len == 7 && memcmp(name->p, "unknown", 7) == 0;
}

/* One of "holder" and "holders", whose heads are those of the sentence. */
static enum slant_status get_statement(const struct reading *r, const json_t *v,
                                       const struct sl_scored *s, struct sl_statement *out)
{
    uint32_t n = 0;
    uint16_t *prob;
    for (uint32_t h = 0; h < s->n_head; h++) {
        n += s->head[h].n_label;
    }
    prob = sl_arena_alloc(r->arena, n * sizeof *prob);
    if (prob == NULL) {
        return sl_fail_nomem(r->err);
    }
    memset(out, 0, sizeof *out);
    SL_TRY(get_text(r, v, "name", &out->speaker));
    if (out->speaker.p == NULL) {
        return refuse(r, "a holder has no name");
    }
    if (is_unknown(&out->speaker)) {
        out->speaker.p = NULL;
    }
    out->generic = json_is_true(json_object_get(v, "generic"));
    out->prob = prob;
    for (uint32_t h = 0; h < s->n_head; h++) {
        const json_t *p = json_object_get(json_object_get(v, s->head[h].name), "p");
        for (uint32_t k = 0; k < s->head[h].n_label; k++) {
            const json_t *x = json_object_get(p, s->head[h].label[k]);
            double number = json_number_value(x);
            if (!json_is_number(x) || !(number >= 0 && number <= 1)) {
                return refuse(r, "a holder's probability is not a number from 0 to 1");
            }
            *prob++ = (uint16_t)floor(number * 10000 + 0.5);
        }
    }
    return SLANT_OK;
}

static enum slant_status get_statements(const struct reading *r, const json_t *object,
                                        struct sl_scored *out)
{
    const json_t *first = json_object_get(object, "holder");
    const json_t *more = json_object_get(object, "holders");
    struct sl_statement *statement;
    size_t n = json_is_object(first) ? 1 + json_array_size(more) : 0;
    if (n == 0) {
        return SLANT_OK;
    }
    statement = sl_arena_alloc(r->arena, n * sizeof *statement);
    if (statement == NULL) {
        return sl_fail_nomem(r->err);
    }
    for (size_t i = 0; i < n; i++) {
        SL_TRY(get_statement(r, i == 0 ? first : json_array_get(more, i - 1), out, &statement[i]));
    }
    out->statement = statement;
    out->n_statement = n;
    return SLANT_OK;
}

/* Room for all heads of a sentence. */
static bool make_heads(struct sl_arena *arena, struct sl_scored *out)
{
    out->head = sl_arena_alloc(arena, SLANT_MAX_HEAD * sizeof *out->head);
    if (out->head != NULL) {
        memset(out->head, 0, SLANT_MAX_HEAD * sizeof *out->head);
    }
    return out->head != NULL;
}

static enum slant_status get_sentence(const struct reading *r, json_t *object,
                                      struct sl_scored *out)
{
    const char *key;
    json_t *v;
    if (!make_heads(r->arena, out)) {
        return sl_fail_nomem(r->err);
    }
    SL_TRY(get_number(r, object, "n", &out->n));
    SL_TRY(get_number(r, object, "from", &out->from));
    SL_TRY(get_number(r, object, "to", &out->to));
    SL_TRY(get_text(r, object, "text", &out->text));
    (void)is_count(json_object_get(object, "mentions"), &out->n_mention);
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
    return get_statements(r, object, out);
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
    out->no_holders = json_is_false(json_object_get(trailer, "holders"));
    out->no_target = json_is_false(json_object_get(trailer, "target"));
    out->counts = is_count(json_object_get(trailer, "sentences"), &out->n_counted);
    out->has_words = is_count(json_object_get(trailer, "words"), &out->n_word) &&
                     is_count(json_object_get(trailer, "unknown_words"), &out->n_unknown) &&
                     out->n_unknown <= out->n_word &&
                     is_count(json_object_get(trailer, "invalid_utf8"), &out->n_invalid);
    return get_training(r, json_object_get(trailer, "heads"), out);
}

/* An object of one text. */
static enum slant_status get_group(const struct reading *r, json_t *group, struct sl_scored *out)
{
    const char *key = json_object_iter_key(json_object_iter(group));
    if (group == NULL) {
        return SLANT_OK;
    }
    if (key == NULL) {
        return refuse(r, "\"group\" is not an object of one text");
    }
    out->group_key.len = strlen(key);
    out->group_key.p = sl_arena_copy(r->arena, key, out->group_key.len);
    return out->group_key.p == NULL ? sl_fail_nomem(r->err) : get_text(r, group, key, &out->group);
}

static enum slant_status get_record(const struct reading *r, json_t *object, struct sl_scored *out)
{
    const json_t *trailer = json_object_get(object, "trailer");
    if (json_is_object(trailer)) {
        return get_trailer(r, trailer, out);
    }
    SL_TRY(get_text(r, object, "doc", &out->doc));
    if (out->doc.p == NULL) {
        return refuse(r, json_is_string(json_object_get(object, "text"))
                             ? "no \"doc\"; articles are read without --scored"
                             : "no \"doc\"");
    }
    SL_TRY(get_text(r, object, "error", &out->error));
    if (out->error.p != NULL) {
        out->kind = SL_SCORED_ERROR;
        return SLANT_OK;
    }
    SL_TRY(get_text(r, object, "title", &out->title));
    SL_TRY(get_text(r, object, "date", &out->date));
    SL_TRY(get_text(r, object, "source", &out->source));
    SL_TRY(get_group(r, json_object_get(object, "group"), out));
    if (json_is_integer(json_object_get(object, "sentences"))) {
        out->kind = SL_SCORED_EMPTY;
        return SLANT_OK;
    }
    out->kind = SL_SCORED_SENTENCE;
    return get_sentence(r, object, out);
}

/* ---- the line of a sentence as `slant score` writes it ---- */

#define BYTES(j, text) sl_plain_bytes(j, text, sizeof(text) - 1)

/* 0.1234, in ten-thousandths. */
static bool plain_probability(struct sl_plain_json *j, uint16_t *out)
{
    const char *p;
    unsigned v = 0;
    if (!sl_plain_bytes(j, "", 0) || j->end - j->p < 7) {
        return false;
    }
    p = j->p;
    if ((p[0] != '0' && p[0] != '1') || p[1] != '.' || (p[6] != ',' && p[6] != '}')) {
        return false;
    }
    for (int i = 0; i < 6; i++) {
        if (i != 1) {
            if (p[i] < '0' || p[i] > '9') {
                return false;
            }
            v = v * 10 + (unsigned)(p[i] - '0');
        }
    }
    *out = (uint16_t)v;
    j->p += 6;
    return v <= 10000;
}

/* A number such as score writes for margins; its value is not needed. */
static bool skip_margin(struct sl_plain_json *j)
{
    const char *p = j->p;
    const char *from;
    p += p < j->end && *p == '-';
    from = p;
    while (p < j->end && *p >= '0' && *p <= '9') {
        p++;
    }
    if (p == from || (*from == '0' && p - from > 1) || j->end - p < 2 || *p != '.') {
        return false;
    }
    from = ++p;
    while (p < j->end && *p >= '0' && *p <= '9') {
        p++;
    }
    if (p == from) {
        return false;
    }
    j->p = p;
    return true;
}

static bool plain_head(struct sl_plain_json *j, struct sl_scored_head *head)
{
    struct sl_text text;
    if (!sl_plain_string(j, &text) || memchr(text.p, 0, text.len) != NULL ||
        sl_json_reserved(text.p) || !BYTES(j, ":{\"label\":")) {
        return false;
    }
    head->name = text.p;
    if (!sl_plain_string(j, &text) || !BYTES(j, ",\"p\":{")) {
        return false;
    }
    do {
        uint32_t k = head->n_label;
        if (k == SLANT_MAX_LABEL || !sl_plain_string(j, &text) || !sl_plain_byte(j, ':') ||
            !plain_probability(j, &head->prob[k])) {
            return false;
        }
        for (uint32_t i = 0; i < k; i++) {
            if (strcmp(head->label[i], text.p) == 0) {
                return false;
            }
        }
        head->label[k] = text.p;
        head->n_label++;
    } while (sl_plain_byte(j, ','));
    if (head->n_label < 2 || !BYTES(j, "},\"margin\":{")) {
        return false;
    }
    for (uint32_t k = 0; k < head->n_label; k++) {
        if ((k > 0 && !sl_plain_byte(j, ',')) || !sl_plain_string(j, &text) ||
            strcmp(text.p, head->label[k]) != 0 || !sl_plain_byte(j, ':') || !skip_margin(j)) {
            return false;
        }
    }
    return BYTES(j, "}}");
}

/* What "p" holds: a label's probability each, in the order of the head's. */
static bool plain_probabilities(struct sl_plain_json *j, const struct sl_scored_head *head,
                                uint16_t *prob)
{
    struct sl_text text;
    for (uint32_t k = 0; k < head->n_label; k++) {
        if ((k > 0 && !sl_plain_byte(j, ',')) || !sl_plain_string(j, &text) ||
            strcmp(text.p, head->label[k]) != 0 || !sl_plain_byte(j, ':') ||
            !plain_probability(j, &prob[k])) {
            return false;
        }
    }
    return true;
}

/* Where a holder is named, and what it states: read over. */
static bool skip_places(struct sl_plain_json *j)
{
    struct sl_text text;
    uint64_t number;
    if (!BYTES(j, ",\"mention\":null") &&
        (!BYTES(j, ",\"mention\":{\"from\":") || !sl_plain_uint(j, &number) ||
         !BYTES(j, ",\"to\":") || !sl_plain_uint(j, &number) || !BYTES(j, ",\"text\":") ||
         !sl_plain_string(j, &text) || !sl_plain_byte(j, '}'))) {
        return false;
    }
    if (!BYTES(j, ",\"content\":[")) {
        return false;
    }
    if (!sl_plain_byte(j, ']')) {
        do {
            if (!sl_plain_byte(j, '[') || !sl_plain_uint(j, &number) || !sl_plain_byte(j, ',') ||
                !sl_plain_uint(j, &number) || !sl_plain_byte(j, ']')) {
                return false;
            }
        } while (sl_plain_byte(j, ','));
        if (!sl_plain_byte(j, ']')) {
            return false;
        }
    }
    return (!BYTES(j, ",\"of_target\":") || sl_plain_string(j, &text)) &&
           (!BYTES(j, ",\"reporter\":") || sl_plain_string(j, &text));
}

/* A holder's object: as get_statement reads it, whose heads stand in the order of the sentence's. */
static bool plain_statement(struct sl_plain_json *j, const struct sl_scored *s,
                            struct sl_statement *out)
{
    uint32_t n = 0;
    uint16_t *prob;
    for (uint32_t h = 0; h < s->n_head; h++) {
        n += s->head[h].n_label;
    }
    prob = sl_arena_alloc(j->arena, n * sizeof *prob);
    memset(out, 0, sizeof *out);
    if (prob == NULL || !BYTES(j, "{\"name\":") || !sl_plain_string(j, &out->speaker)) {
        return false;
    }
    out->generic = BYTES(j, ",\"generic\":true");
    if (!skip_places(j)) {
        return false;
    }
    if (is_unknown(&out->speaker)) {
        out->speaker.p = NULL;
    }
    out->prob = prob;
    for (uint32_t h = 0; h < s->n_head; h++) {
        struct sl_text text;
        if (!sl_plain_byte(j, ',') || !sl_plain_string(j, &text) ||
            strcmp(text.p, s->head[h].name) != 0 || !BYTES(j, ":{\"label\":") ||
            !sl_plain_string(j, &text) || !BYTES(j, ",\"p\":{") ||
            !plain_probabilities(j, &s->head[h], prob) || !BYTES(j, "}}")) {
            return false;
        }
        prob += s->head[h].n_label;
    }
    return sl_plain_byte(j, '}');
}

/* "holder" and "holders", behind the comma. */
static bool plain_statements(struct sl_plain_json *j, struct sl_scored *out)
{
    enum { MOST = 64 }; /* of one sentence; more are left to jansson */
    struct sl_statement statement[MOST];
    struct sl_statement *copy;
    size_t n = 1;
    if (!plain_statement(j, out, &statement[0])) {
        return false;
    }
    if (BYTES(j, ",\"holders\":[")) {
        do {
            if (n == MOST || !plain_statement(j, out, &statement[n++])) {
                return false;
            }
        } while (sl_plain_byte(j, ','));
        if (!sl_plain_byte(j, ']')) {
            return false;
        }
    }
    copy = sl_arena_alloc(j->arena, n * sizeof *copy);
    if (copy == NULL) {
        return false; /* so that jansson's reading tells */
    }
    memcpy(copy, statement, n * sizeof *copy);
    out->statement = copy;
    out->n_statement = n;
    return true;
}

static bool plain_end(struct sl_plain_json *j, struct sl_scored *out)
{
    out->kind = SL_SCORED_SENTENCE;
    return sl_plain_byte(j, '}') && j->p == j->end;
}

static bool plain_sentence(const char *line, size_t len, struct sl_arena *arena,
                           struct sl_scored *out)
{
    struct sl_plain_json j = {line, line + len, arena};
    struct sl_text url;
    if (!make_heads(arena, out) || !BYTES(&j, "{\"doc\":") || !sl_plain_string(&j, &out->doc) ||
        !BYTES(&j, ",\"n\":") || !sl_plain_uint(&j, &out->n) || !BYTES(&j, ",\"from\":") ||
        !sl_plain_uint(&j, &out->from) || !BYTES(&j, ",\"to\":") || !sl_plain_uint(&j, &out->to) ||
        (BYTES(&j, ",\"title\":") && !sl_plain_string(&j, &out->title)) ||
        (BYTES(&j, ",\"date\":") && !sl_plain_string(&j, &out->date)) ||
        (BYTES(&j, ",\"source\":") && !sl_plain_string(&j, &out->source)) ||
        (BYTES(&j, ",\"url\":") && !sl_plain_string(&j, &url)) ||
        (BYTES(&j, ",\"group\":{") &&
         (!sl_plain_string(&j, &out->group_key) || !sl_plain_byte(&j, ':') ||
          !sl_plain_string(&j, &out->group) || !sl_plain_byte(&j, '}'))) ||
        !BYTES(&j, ",\"text\":") || !sl_plain_string(&j, &out->text) ||
        (BYTES(&j, ",\"mentions\":") && !sl_plain_uint(&j, &out->n_mention))) {
        return false;
    }
    while (sl_plain_byte(&j, ',')) {
        if (out->n_head > 0 && BYTES(&j, "\"holder\":")) {
            return plain_statements(&j, out) && plain_end(&j, out);
        }
        if (out->n_head == SLANT_MAX_HEAD || !plain_head(&j, &out->head[out->n_head])) {
            return false;
        }
        for (uint32_t i = 0; i < out->n_head; i++) {
            if (strcmp(out->head[i].name, out->head[out->n_head].name) == 0) {
                return false;
            }
        }
        out->n_head++;
    }
    return out->n_head > 0 && plain_end(&j, out);
}

static bool begins_json(const char *line, size_t len)
{
    size_t at = 0;
    while (at < len && (line[at] == ' ' || line[at] == '\t')) {
        at++;
    }
    return at < len && (line[at] == '{' || line[at] == '[');
}

enum slant_status sl_scored_read(const char *line, size_t len, uint64_t line_number,
                                 struct sl_arena *arena, struct sl_scored *out,
                                 struct slant_error *err)
{
    struct reading r = {arena, line_number, err};
    json_error_t why;
    json_t *object;
    enum slant_status status;
    memset(out, 0, sizeof *out);
    if (sl_utf8_count_invalid(line, len) == 0 && plain_sentence(line, len, arena, out)) {
        return SLANT_OK;
    }
    memset(out, 0, sizeof *out);
    SL_TRY(sl_json_load(line, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &object, &why, err));
    if (object == NULL) {
        return refuse(&r, begins_json(line, len)
                              ? why.text
                              : "no JSON; --scored reads score's JSON Lines, and "
                                "articles are read without it");
    }
    status = json_is_object(object) ? get_record(&r, object, out) : refuse(&r, "not an object");
    json_decref(object);
    return status;
}
