/* slant_inspect: what a model holds, for people and programs. */
#include "base/bytes.h"
#include "base/json_out.h"
#include "base/memory.h"
#include "base/plain.h"
#include "input/json_load.h"
#include "model/model.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

struct top {
    uint32_t feature;
    double weight;
};

/* By what an occurrence adds before the block's norm; ties by number. */
static int by_weight(const void *a, const void *b)
{
    const struct top *x = a;
    const struct top *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

/* Words and negated words only: characters say little to a reader. */
static size_t top_features(const struct slant_model *m, uint32_t column, struct top *top)
{
    size_t n = 0;
    for (uint32_t i = 0; i < sl_n_feature(&m->vocabulary); i++) {
        /* people read neither pieces of words nor the rare words that vectors reach furthest with */
        enum sl_block b = sl_feature_block(&m->vocabulary, i);
        if (b != SL_BLOCK_CHARACTER && b < SL_FIRST_VECTOR && !sl_is_free(&m->vocabulary, i)) {
            top[n++] = (struct top){i, sl_weight(m, b, i, column)};
        }
    }
    if (n > 0) {
        qsort(top, n, sizeof *top, by_weight);
    }
    return n;
}

/* plain: a word needs no "word:" before it. */
static bool put_name(struct sl_buf *b, const struct slant_model *m, uint32_t feature, bool plain)
{
    size_t len = sl_feature_name(&m->vocabulary, feature, NULL, 0);
    char *name = sl_array(len + 1, 1);
    if (name == NULL) {
        return false;
    }
    (void)sl_feature_name(&m->vocabulary, feature, name, len + 1);
    if (plain && strncmp(name, "word:", 5) == 0) {
        sl_buf_put(b, name + 5, len - 5);
    } else {
        sl_buf_put(b, name, len);
    }
    free(name);
    return !b->failed;
}

/* What the model says of its training; NULL where it is no JSON. False where memory ran out. */
static bool read_meta(const struct slant_model *m, json_t **meta)
{
    json_error_t why;
    return sl_json_load(m->meta, strlen(m->meta), JSON_REJECT_DUPLICATES, meta, &why, NULL) ==
           SLANT_OK;
}

/* ---- the lexicon ---- */

/* Its entries as somebody wrote them: stems that were added to find them by ("~ban") are none. */
struct lexicon_sizes {
    uint64_t entry, positive, negative, of_role[SL_N_ROLE], of_class;
};

static struct lexicon_sizes lexicon_sizes(const struct sl_lexicon *x)
{
    struct lexicon_sizes s = {0};
    for (uint32_t i = 0; i < x->n; i++) {
        if (x->bytes[x->start[i]] == '~') {
            continue;
        }
        s.entry++;
        s.of_role[x->role[i]]++;
        s.positive += x->role[i] == SL_ROLE_POLAR && x->strength[i] > 0;
        s.negative += x->role[i] == SL_ROLE_POLAR && x->strength[i] < 0;
        s.of_class += x->word_class[i] != 0 && x->word_class[i] != SL_NO_CLASS;
    }
    return s;
}

static void put_lexicon(void (*put)(void *to, const char *key, uint64_t n), void *to,
                        const struct sl_lexicon *x)
{
    struct lexicon_sizes s = lexicon_sizes(x);
    put(to, "entries", s.entry);
    put(to, "positive", s.positive);
    put(to, "negative", s.negative);
    put(to, "negators", s.of_role[SL_ROLE_NEGATOR]);
    put(to, "intensifiers", s.of_role[SL_ROLE_INTENSIFIER]);
    put(to, "diminishers", s.of_role[SL_ROLE_DIMINISHER]);
    put(to, "of_a_class", s.of_class);
    put(to, "classes", x->n_class);
}

/* ---- JSON ---- */

static void size_json(void *to, const char *key, uint64_t n)
{
    sl_json_key(to, key);
    sl_json_uint(to, n);
}

static bool head_json(struct sl_json *j, const struct slant_model *m, size_t h, struct top *top,
                      unsigned n_top)
{
    const struct slant_head *head = &m->head[h];
    const struct sl_head *fit = &m->fit[h];
    bool own = sl_model_knows_own(fit, head->n_label);
    sl_json_key(j, head->name);
    sl_json_open(j, '{');
    sl_json_key(j, "subject");
    sl_json_text(j, fit->subject);
    sl_json_key(j, "slope");
    sl_json_double(j, fit->slope);
    if (own) {
        sl_json_key(j, "own_slope");
        sl_json_double(j, fit->own_slope);
    }
    sl_json_key(j, "labels");
    sl_json_open(j, '{');
    for (uint32_t k = 0; k < head->n_label; k++) {
        size_t n = top_features(m, fit->column + k, top);
        sl_json_key(j, head->label[k]);
        sl_json_open(j, '{');
        sl_json_key(j, "shift");
        sl_json_double(j, fit->shift[k]);
        if (own) {
            sl_json_key(j, "own_shift");
            sl_json_double(j, fit->own_shift[k]);
        }
        sl_json_key(j, "bias");
        sl_json_double(j, fit->bias[k]);
        sl_json_key(j, "prior");
        sl_json_fixed(j, fit->prior[k], 4);
        sl_json_key(j, "top_features");
        sl_json_open(j, '[');
        for (size_t i = 0; i < n && i < n_top; i++) {
            struct sl_buf name = {0};
            if (!put_name(&name, m, top[i].feature, false)) {
                sl_buf_free(&name);
                return false;
            }
            sl_json_open(j, '{');
            sl_json_key(j, "feature");
            sl_json_string(j, name.p, name.len);
            sl_json_key(j, "weight");
            sl_json_fixed(j, top[i].weight, 6);
            sl_json_close(j, '}');
            sl_buf_free(&name);
        }
        sl_json_close(j, ']');
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
    return true;
}

static bool write_json(struct sl_buf *b, const struct slant_model *m, struct top *top,
                       unsigned n_top)
{
    struct sl_json j = {b, false};
    char digest[17];
    json_t *meta;
    bool good = true;
    if (!read_meta(m, &meta)) {
        return false;
    }
    sl_hex(m->digest, digest);
    sl_json_open(&j, '{');
    sl_json_key(&j, "name");
    sl_json_text(&j, m->name);
    sl_json_key(&j, "digest");
    sl_json_text(&j, digest);
    sl_json_key(&j, "heads");
    sl_json_open(&j, '{');
    for (size_t h = 0; h < m->n_head && good; h++) {
        good = head_json(&j, m, h, top, n_top);
    }
    sl_json_close(&j, '}');
    if (m->vocabulary.lexicon.n > 0) {
        sl_json_key(&j, "lexicon");
        sl_json_open(&j, '{');
        put_lexicon(size_json, &j, &m->vocabulary.lexicon);
        sl_json_close(&j, '}');
    }
    sl_json_key(&j, "training");
    sl_json_raw(&j, json_is_object(meta) ? m->meta : "null");
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
    json_decref(meta);
    return good;
}

/* ---- text ---- */

static void scalar_text(struct sl_buf *b, const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_STRING:
        sl_plain_text(b, json_string_value(v), json_string_length(v));
        break;
    case JSON_INTEGER:
        sl_buf_fixed(b, (double)json_integer_value(v), 0);
        break;
    case JSON_REAL:
        sl_buf_double(b, json_real_value(v));
        break;
    case JSON_TRUE:
        sl_buf_text(b, "yes");
        break;
    case JSON_FALSE:
        sl_buf_text(b, "no");
        break;
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        sl_buf_text(b, "-");
        break;
    }
}

enum { TITLE = 16, WIDTH = 80 };

/* "key value" pairs with commas, lines broken between two. */
struct pairs {
    struct sl_buf *b;
    unsigned column;
};

static struct pairs begin_pairs(struct sl_buf *b, const char *title)
{
    sl_plain_padded(b, title, TITLE);
    return (struct pairs){b, TITLE};
}

/* Frees the pair. */
static void put_pair(struct pairs *to, struct sl_buf *pair)
{
    unsigned n = sl_plain_columns(pair->p == NULL ? "" : pair->p, pair->len);
    if (to->column > TITLE && to->column + 2 + n >= WIDTH) {
        sl_buf_text(to->b, ",\n");
        sl_plain_repeat(to->b, " ", TITLE);
        to->column = TITLE;
    } else if (to->column > TITLE) {
        sl_buf_text(to->b, ", ");
        to->column += 2;
    }
    sl_buf_put(to->b, pair->p == NULL ? "" : pair->p, pair->len);
    to->column += n;
    to->b->failed = to->b->failed || pair->failed;
    sl_buf_free(pair);
}

static void put_scalar(struct pairs *to, const char *key, const json_t *v)
{
    struct sl_buf pair = {0};
    sl_plain_text(&pair, key, strlen(key));
    sl_buf_byte(&pair, ' ');
    scalar_text(&pair, v);
    put_pair(to, &pair);
}

static void object_lines(struct sl_buf *b, const char *title, const json_t *object)
{
    const char *key;
    json_t *v;
    struct pairs to;
    if (!json_is_object(object)) {
        return;
    }
    to = begin_pairs(b, title);
    json_object_foreach((json_t *)(uintptr_t)object, key, v)
    {
        if (!json_is_object(v) && !json_is_array(v) &&
            (!json_is_string(v) || json_string_length(v) > 0)) {
            put_scalar(&to, key, v);
        }
    }
    sl_buf_byte(b, '\n');
}

static void figures_text(struct sl_buf *b, const char *head, const json_t *f)
{
    static const char *const shown[] = {"accuracy", "macro_f1", "f_avg", "ece"};
    const json_t *ci = json_object_get(f, "ci");
    sl_buf_text(b, "  ");
    sl_plain_padded(b, head, 12);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const json_t *pair = json_object_get(ci, shown[i]);
        sl_buf_text(b, i > 0 ? "  " : "");
        sl_buf_text(b, shown[i]);
        sl_buf_byte(b, ' ');
        sl_buf_fixed(b, json_number_value(json_object_get(f, shown[i])), 3);
        sl_buf_text(b, " [");
        sl_buf_fixed(b, json_number_value(json_array_get(pair, 0)), 3);
        sl_buf_text(b, ", ");
        sl_buf_fixed(b, json_number_value(json_array_get(pair, 1)), 3);
        sl_buf_byte(b, ']');
        if (i == 1) {
            sl_buf_text(b, "\n              ");
        }
    }
    sl_buf_byte(b, '\n');
}

/* Settings tried in training, with their held-out log loss; the first is where it started. */
static void trials_text(struct sl_buf *b, const json_t *trials)
{
    size_t i;
    json_t *t;
    json_array_foreach((json_t *)(uintptr_t)trials, i, t)
    {
        const char *change = json_string_value(json_object_get(t, "change"));
        sl_plain_padded(b, i == 0 ? "tried" : "", TITLE);
        sl_buf_text(b, "log loss ");
        sl_buf_fixed(b, json_number_value(json_object_get(t, "log_loss")), 4);
        sl_buf_text(b, "  ");
        sl_plain_text(b, change == NULL || *change == 0 ? "start" : change,
                      change == NULL || *change == 0 ? 5 : strlen(change));
        sl_buf_text(b, json_is_true(json_object_get(t, "kept")) ? "  kept\n" : "\n");
    }
}

static void size_text(void *to, const char *key, uint64_t n)
{
    struct sl_buf pair = {0};
    for (; *key != 0; key++) {
        sl_buf_byte(&pair, *key == '_' ? ' ' : *key);
    }
    sl_buf_byte(&pair, ' ');
    sl_buf_uint(&pair, n);
    put_pair(to, &pair);
}

static void meta_text(struct sl_buf *b, const struct slant_model *m, const json_t *meta)
{
    const json_t *cv = json_object_get(meta, "cross_validation");
    const json_t *heads = json_object_get(cv, "heads");
    const char *key;
    json_t *v;
    object_lines(b, "training", meta);
    object_lines(b, "settings", json_object_get(meta, "settings"));
    object_lines(b, "block scales", json_object_get(json_object_get(meta, "settings"), "scale"));
    object_lines(b, "features", json_object_get(meta, "features"));
    if (m->vocabulary.lexicon.n > 0) {
        const json_t *digest = json_object_get(json_object_get(meta, "lexicon"), "digest");
        struct pairs to = begin_pairs(b, "lexicon");
        put_lexicon(size_text, &to, &m->vocabulary.lexicon);
        if (json_is_string(digest)) {
            put_scalar(&to, "digest", digest);
        }
        sl_buf_byte(b, '\n');
    }
    object_lines(b, "vectors", json_object_get(meta, "vectors"));
    trials_text(b, json_object_get(meta, "trials"));
    object_lines(b, "cross-validated", cv);
    json_object_foreach((json_t *)(uintptr_t)heads, key, v)
    {
        figures_text(b, key, v);
        for (size_t h = 0; h < m->n_head; h++) {
            if (strcmp(m->head[h].name, key) == 0 &&
                sl_is_guessing(json_number_value(json_object_get(v, "macro_f1")),
                               m->head[h].n_label)) {
                sl_buf_text(b, "                hardly better than guessing\n");
            }
        }
    }
    if (json_object_size(heads) > 0 && json_array_size(json_object_get(meta, "trials")) > 1) {
        sl_buf_text(
            b, "  settings were chosen on the same rows, which flatters these figures a little;\n"
               "  `slant eval --cv` chooses them inside each fold\n");
    }
}

static bool heads_text(struct sl_buf *b, const struct slant_model *m, struct top *top,
                       unsigned n_top)
{
    for (size_t h = 0; h < m->n_head; h++) {
        const struct slant_head *head = &m->head[h];
        sl_buf_text(b, "\nhead ");
        sl_plain_text(b, head->name, strlen(head->name));
        sl_buf_text(b, "   calibration slope ");
        sl_buf_fixed(b, m->fit[h].slope, 3);
        sl_buf_byte(b, '\n');
        for (uint32_t k = 0; k < head->n_label; k++) {
            size_t n = top_features(m, m->fit[h].column + k, top);
            struct sl_buf line = {0};
            sl_buf_text(b, "  ");
            sl_plain_padded(b, head->label[k], 10);
            sl_buf_text(b, "prior ");
            sl_buf_fixed(b, m->fit[h].prior[k], 3);
            sl_buf_text(b, "  shift ");
            sl_buf_fixed(b, m->fit[h].shift[k], 3);
            sl_buf_text(b, "  bias ");
            sl_buf_fixed(b, m->fit[h].bias[k], 3);
            if (sl_model_knows_own(&m->fit[h], head->n_label)) {
                sl_buf_text(b, "  target's people ");
                sl_buf_text(b, m->fit[h].own_shift[k] < 0 ? "" : "+");
                sl_buf_fixed(b, m->fit[h].own_shift[k], 3);
            }
            sl_buf_text(b, "\n    ");
            for (size_t i = 0; i < n && i < n_top; i++) {
                sl_buf_text(&line, i > 0 ? ", " : "");
                if (!put_name(&line, m, top[i].feature, true)) {
                    sl_buf_free(&line);
                    return false;
                }
            }
            if (line.failed) {
                sl_buf_free(&line);
                return false;
            }
            sl_plain_wrapped(b, line.p == NULL ? "" : line.p, line.len, 4, WIDTH);
            sl_buf_byte(b, '\n');
            sl_buf_free(&line);
        }
    }
    return true;
}

static bool write_text(struct sl_buf *b, const struct slant_model *m, struct top *top,
                       unsigned n_top)
{
    char digest[17];
    json_t *meta;
    if (!read_meta(m, &meta)) {
        return false;
    }
    sl_hex(m->digest, digest);
    sl_plain_padded(b, "model", TITLE);
    sl_plain_text(b, m->name, strlen(m->name));
    sl_buf_text(b, "\n");
    sl_plain_padded(b, "digest", TITLE);
    sl_buf_text(b, digest);
    sl_buf_byte(b, '\n');
    if (json_is_object(meta)) {
        meta_text(b, m, meta);
    }
    json_decref(meta);
    return heads_text(b, m, top, n_top);
}

enum slant_status slant_inspect(const struct slant_model *m, bool json, unsigned top_n,
                                slant_sink *sink, void *user, struct slant_error *err)
{
    struct sl_buf b = {0};
    struct top *top;
    enum slant_status status = SLANT_OK;
    if (m == NULL || sink == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_inspect: an argument is NULL");
    }
    top = sl_array(sl_n_feature(&m->vocabulary), sizeof *top);
    if (top == NULL || !(json ? write_json : write_text)(&b, m, top, top_n) || b.failed) {
        status = sl_fail_nomem(err);
    } else if (sink(user, b.p, b.len) != 0) {
        status = sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    sl_buf_free(&b);
    free(top);
    return status;
}
