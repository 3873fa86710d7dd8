#include "report/sentence_writer.h"
#include "base/bytes.h"
#include "base/digits.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum {
    PIECE_SLACK = 32, /* bytes that may be read behind the phrases, and written behind a piece */
    MARGIN_ROOM = 32  /* and that a margin takes at most: 17 digits, a sign, a point, an exponent */
};

static uint64_t number_of(const struct sl_article *a, const struct slant_sentence *s)
{
    return a->one_line ? a->number : s->index;
}

static void optional(struct sl_json *j, const char *key, const struct sl_text *v)
{
    if (v->p != NULL) {
        sl_json_key(j, key);
        sl_json_string(j, v->p, v->len);
    }
}

/* What else the article's record told. */
static void put_record(struct sl_json *j, const struct sl_article *a)
{
    optional(j, "title", &a->title);
    optional(j, "date", &a->date);
    optional(j, "source", &a->source);
    optional(j, "url", &a->url);
    if (a->group_key != NULL) {
        sl_json_key(j, "group");
        sl_json_open(j, '{');
        optional(j, a->group_key, &a->group);
        sl_json_close(j, '}');
    }
}

/* Where a text is short enough that room for the worst of its escapes costs nothing. */
static inline bool is_short(size_t len)
{
    return len <= 1 << 13;
}

/* Whether its line has the usual keys alone, and none is long: nearly always. */
static inline bool is_usual(const struct sl_article *a, const struct slant_sentence *s)
{
    return (s->index != 1 || a->one_line) && s->n_mention == 0 && is_short(a->doc.len) &&
           is_short(s->span.end - s->span.begin);
}

/* Room for a string of len and the numbers that say where the sentence stands. */
static inline size_t place_room(size_t len)
{
    return SL_JSON_ROOM(len) + 3 * (SL_UINT_ROOM + 16);
}

static inline char *copy_place(char *to, const struct sl_article *a, const struct slant_sentence *s)
{
    to = sl_copy_uint(SL_COPY_LITERAL(to, ",\"n\":"), number_of(a, s));
    to = sl_copy_uint(SL_COPY_LITERAL(to, ",\"from\":"), a->offset + s->span.begin);
    return sl_copy_uint(SL_COPY_LITERAL(to, ",\"to\":"), a->offset + s->span.end);
}

/* {"doc":...,"n":...,"from":...,"to":...,"text":... where it is usual and there is room */
static inline char *copy_usual(char *to, const struct sl_article *a, const struct slant_sentence *s)
{
    to = sl_json_copy_string(SL_COPY_LITERAL(to, "{\"doc\":"), a->doc.p, a->doc.len);
    to = copy_place(to, a, s);
    return sl_json_copy_string(SL_COPY_LITERAL(to, ",\"text\":"), a->text.p + s->span.begin,
                               s->span.end - s->span.begin);
}

void sl_write_sentence_keys(struct sl_json *j, const struct sl_article *a,
                            const struct slant_sentence *s)
{
    char *to;
    sl_json_first(j, "doc");
    sl_json_string(j, a->doc.p, a->doc.len);
    to = sl_buf_room(j->b, place_room(0));
    if (to == NULL) {
        return;
    }
    j->b->len += (size_t)(copy_place(to, a, s) - to);
    if (s->index == 1) {
        put_record(j, a);
    }
    sl_json_next(j, "text");
    sl_json_string(j, a->text.p + s->span.begin, s->span.end - s->span.begin);
    if (s->n_mention > 0) {
        sl_json_key(j, "mentions");
        sl_json_uint(j, s->n_mention);
    }
}

/* ---- what every line repeats ---- */

static void put_field(struct sl_buf *b, const char *p, size_t len);

static struct sl_piece piece_since(const struct sl_buf *b, size_t start)
{
    return (struct sl_piece){(uint32_t)start, (uint32_t)(b->len - start)};
}

/* What stands before the margin of label k of head h, and its name in a table. */
static void add_key(struct sl_phrases *p, size_t h, uint32_t k)
{
    struct sl_buf *b = &p->bytes;
    struct sl_json j = {b, k > 0};
    const char *label = p->m->head[h].label[k];
    uint32_t column = p->m->fit[h].column + k;
    size_t start = b->len;
    if (k == 0) {
        sl_buf_text(b, "},\"margin\":{");
    }
    sl_json_key(&j, label);
    p->key[column] = piece_since(b, start);
    start = b->len;
    put_field(b, label, strlen(label));
    p->field[column] = piece_since(b, start);
}

/* What stands before the margins of head h where its label is `best`. */
static void add_label(struct sl_phrases *p, size_t h, uint32_t best)
{
    const struct slant_head *head = &p->m->head[h];
    uint32_t column = p->m->fit[h].column;
    struct sl_buf *b = &p->bytes;
    struct sl_json j = {b, true};
    size_t start = b->len;
    sl_json_key(&j, head->name);
    sl_buf_text(b, "{\"label\":");
    sl_json_text(&j, head->label[best]);
    sl_buf_text(b, ",\"p\":{");
    j.comma = false;
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_json_key(&j, head->label[k]);
        p->share[column + k] = (uint32_t)b->len;
        sl_buf_text(b, "0.0000");
        j.comma = true;
    }
    for (uint32_t k = 0; k < head->n_label; k++) {
        p->share[column + k] = (uint32_t)b->len - p->share[column + k];
    }
    p->label[column + best] = piece_since(b, start);
}

enum slant_status sl_phrases_init(struct sl_phrases *p, const struct slant_model *m,
                                  struct slant_error *err)
{
    struct sl_buf *b = &p->bytes;
    memset(p, 0, sizeof *p);
    p->m = m;
    for (size_t h = 0; h < m->n_head; h++) {
        size_t longest = 0;
        for (uint32_t k = 0; k < m->head[h].n_label; k++) {
            uint32_t column = m->fit[h].column + k;
            add_key(p, h, k);
            add_label(p, h, k);
            p->room += (size_t)p->key[column].len + MARGIN_ROOM;
            longest = p->label[column].len > longest ? p->label[column].len : longest;
        }
        p->room += longest + 2;
    }
    p->room += PIECE_SLACK + 2;
    sl_buf_put(b, (const char[PIECE_SLACK]){0}, PIECE_SLACK);
    return b->failed ? sl_fail_nomem(err) : SLANT_OK;
}

void sl_phrases_free(struct sl_phrases *p)
{
    sl_buf_free(&p->bytes);
}

/* Copies a piece by whole parts of PIECE_SLACK bytes, for which there is room at both ends. */
static inline char *copy_piece(char *to, const struct sl_phrases *p, struct sl_piece piece)
{
    const char *from = p->bytes.p + piece.at;
    size_t at = 0;
    do {
        memcpy(to + at, from + at, PIECE_SLACK);
        at += PIECE_SLACK;
    } while (at < piece.len);
    return to + piece.len;
}

static void put_piece(struct sl_buf *b, const struct sl_phrases *p, struct sl_piece piece)
{
    char *to = sl_buf_room(b, (size_t)piece.len + PIECE_SLACK);
    if (to != NULL) {
        b->len += (size_t)(copy_piece(to, p, piece) - to);
    }
}

static void put_probability(struct sl_buf *b, uint32_t p)
{
    char *to = sl_buf_room(b, 6);
    if (to != NULL) {
        b->len += (size_t)(sl_copy_share(to, p) - to);
    }
}

/* ,"stance":{"label":"favor","p":{"favor":0.1234,... for which there is room */
static inline char *copy_label(char *to, const struct sl_phrases *p, size_t h, uint32_t label,
                               const uint16_t *prob)
{
    uint32_t column = p->m->fit[h].column;
    uint32_t n_label = p->m->head[h].n_label;
    to = copy_piece(to, p, p->label[column + label]);
    for (uint32_t k = 0; k < n_label; k++) {
        char *share = to - p->share[column + k]; /* 0.0000 */
        if (prob[k] < 10000) {
            (void)sl_copy_four(share + 2, prob[k]);
        } else {
            share[0] = '1';
        }
    }
    return to;
}

static char *copy_verdicts(char *to, const struct sl_phrases *p, const struct slant_sentence *s)
{
    for (size_t h = 0; h < p->m->n_head; h++) {
        const struct slant_verdict *v = &s->verdict[h];
        uint32_t column = p->m->fit[h].column;
        uint32_t n_label = p->m->head[h].n_label;
        to = copy_label(to, p, h, v->label, v->prob);
        for (uint32_t k = 0; k < n_label; k++) {
            to = copy_piece(to, p, p->key[column + k]);
            if (fabs(v->margin[k]) < SL_MICRO_MAX) {
                to = sl_copy_micro(to, v->margin[k]);
            } else {
                struct sl_buf b = {to, 0, MARGIN_ROOM, false};
                sl_buf_fixed(&b, v->margin[k], 6);
                to += b.len;
            }
        }
        memcpy(to, "}}", 2);
        to += 2;
    }
    return to;
}

void sl_write_probabilities_json(struct sl_buf *b, const struct sl_phrases *p, const uint16_t *prob)
{
    char *to = sl_buf_room(b, p->room);
    char *start = to;
    if (to == NULL) {
        return;
    }
    for (size_t h = 0; h < p->m->n_head; h++) {
        uint32_t column = p->m->fit[h].column;
        uint32_t best = 0;
        for (uint32_t k = 1; k < p->m->head[h].n_label; k++) {
            best = prob[column + k] > prob[column + best] ? k : best;
        }
        to = copy_label(to, p, h, best, prob + column);
        memcpy(to, "}}", 2);
        to += 2;
    }
    b->len += (size_t)(to - start);
}

void sl_write_sentence_json(struct sl_buf *b, const struct sl_phrases *p,
                            const struct sl_article *a, const struct slant_sentence *s)
{
    struct sl_json j = {b, false};
    char *to;
    char *start;
    if (is_usual(a, s)) {
        size_t len = s->span.end - s->span.begin;
        to = start = sl_buf_room(b, place_room(a->doc.len) + SL_JSON_ROOM(len) + p->room);
        to = to == NULL ? NULL : copy_usual(to, a, s);
    } else {
        sl_json_open(&j, '{');
        sl_write_sentence_keys(&j, a, s);
        to = start = sl_buf_room(b, p->room);
    }
    if (to != NULL) {
        to = copy_verdicts(to, p, s);
        memcpy(to, "}\n", 2);
        b->len += (size_t)(to + 2 - start);
    }
}

void sl_write_empty_json(struct sl_buf *b, const struct sl_article *a)
{
    struct sl_json j = {b, false};
    sl_json_open(&j, '{');
    sl_json_key(&j, "doc");
    sl_json_string(&j, a->doc.p, a->doc.len);
    put_record(&j, a);
    sl_json_key(&j, "sentences");
    sl_json_uint(&j, 0);
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}

void sl_write_error_json(struct sl_buf *b, const struct sl_article *a, const char *key)
{
    struct sl_json j = {b, false};
    sl_json_open(&j, '{');
    sl_json_key(&j, key);
    sl_json_string(&j, a->doc.p, a->doc.len);
    if (a->line > 0) {
        sl_json_key(&j, "line");
        sl_json_uint(&j, a->line);
    }
    sl_json_key(&j, "error");
    sl_json_text(&j, a->error);
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}

enum slant_status sl_cross_validated(const struct slant_model *m, size_t h, const char *figure,
                                     double *out, struct slant_error *err)
{
    char head[64];
    const char *path[] = {"cross_validation", "heads", head, figure};
    size_t len = strcspn(m->head[h].name, ":"); /* of all subjects together */
    *out = NAN;
    if (len >= sizeof head) {
        return SLANT_OK;
    }
    memcpy(head, m->head[h].name, len);
    head[len] = 0;
    return sl_json_number(m->meta, strlen(m->meta), path, 4, out, err);
}

/* What a report on the scores needs to know of the model. */
static void put_training(struct sl_json *j, const struct slant_model *m)
{
    sl_json_key(j, "heads");
    sl_json_open(j, '{');
    for (size_t h = 0; h < m->n_head; h++) {
        if (h > 0 && strcmp(m->head[h].name, m->head[h - 1].name) == 0) {
            continue; /* the same for another subject */
        }
        sl_json_key(j, m->head[h].name);
        sl_json_open(j, '{');
        sl_json_key(j, "subject");
        sl_json_text(j, m->fit[h].subject);
        for (int i = 0; i < 2; i++) {
            const char *name = i == 0 ? "accuracy" : "macro_f1";
            double figure;
            if (sl_cross_validated(m, h, name, &figure, NULL) != SLANT_OK) {
                j->b->failed = true; /* out of memory */
            } else if (!isnan(figure)) {
                sl_json_key(j, name);
                sl_json_fixed(j, figure, 4);
            }
        }
        sl_json_key(j, "prior");
        sl_json_open(j, '{');
        for (uint32_t k = 0; k < m->head[h].n_label; k++) {
            sl_json_key(j, m->head[h].label[k]);
            sl_json_double(j, m->fit[h].prior[k]);
        }
        sl_json_close(j, '}');
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
}

void sl_write_trailer_json(struct sl_buf *b, const struct slant_model *m,
                           const struct slant_counts *counts, bool no_holders, bool no_target)
{
    struct sl_json j = {b, false};
    char digest[17];
    sl_hex(m->digest, digest);
    sl_json_open(&j, '{');
    sl_json_key(&j, "trailer");
    sl_json_open(&j, '{');
    sl_json_key(&j, "records");
    sl_json_uint(&j, counts->n_record);
    sl_json_key(&j, "sentences");
    sl_json_uint(&j, counts->n_sentence);
    sl_json_key(&j, "errors");
    sl_json_uint(&j, counts->n_error);
    sl_json_key(&j, "invalid_utf8");
    sl_json_uint(&j, counts->n_invalid);
    sl_json_key(&j, "words");
    sl_json_uint(&j, counts->n_word);
    sl_json_key(&j, "unknown_words");
    sl_json_uint(&j, counts->n_unknown);
    if (no_holders) {
        sl_json_key(&j, "holders");
        sl_json_bool(&j, false);
    }
    if (no_target) {
        sl_json_key(&j, "target");
        sl_json_bool(&j, false);
    }
    sl_json_key(&j, "model");
    sl_json_text(&j, m->name);
    sl_json_key(&j, "digest");
    sl_json_text(&j, digest);
    put_training(&j, m);
    sl_json_close(&j, '}');
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}

/* ---- tables ---- */

/* A field has no tab, line end or control character, and its UTF-8 is valid. */
static void put_field(struct sl_buf *b, const char *p, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        bool valid;
        size_t size;
        size_t plain = at;
        while (plain < len && (unsigned char)p[plain] - 0x20u < 0x5f) { /* ASCII, by whole runs */
            plain++;
        }
        if (plain > at) {
            sl_buf_put(b, p + at, plain - at);
            at = plain;
            continue;
        }
        size = sl_utf8_decode(p + at, p + len, &cp, &valid);
        if (!valid) {
            sl_buf_text(b, "\xef\xbf\xbd");
        } else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0)) {
            sl_buf_byte(b, ' ');
        } else {
            sl_buf_put(b, p + at, size);
        }
        at += size;
    }
}

void sl_write_tsv_header(struct sl_buf *b, const struct slant_model *m)
{
    sl_buf_text(b, "doc\tn\tfrom\tto\ttext");
    for (size_t h = 0; h < m->n_head; h++) {
        const struct slant_head *head = &m->head[h];
        sl_buf_byte(b, '\t');
        put_field(b, head->name, strlen(head->name));
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_buf_byte(b, '\t');
            put_field(b, head->name, strlen(head->name));
            sl_buf_text(b, "_p_");
            put_field(b, head->label[k], strlen(head->label[k]));
        }
    }
    sl_buf_text(b, "\terror\n");
}

void sl_write_sentence_tsv(struct sl_buf *b, const struct sl_phrases *p, const struct sl_article *a,
                           const struct slant_sentence *s)
{
    put_field(b, a->doc.p, a->doc.len);
    sl_buf_byte(b, '\t');
    sl_buf_uint(b, number_of(a, s));
    sl_buf_byte(b, '\t');
    sl_buf_uint(b, a->offset + s->span.begin);
    sl_buf_byte(b, '\t');
    sl_buf_uint(b, a->offset + s->span.end);
    sl_buf_byte(b, '\t');
    put_field(b, a->text.p + s->span.begin, s->span.end - s->span.begin);
    for (size_t h = 0; h < p->m->n_head; h++) {
        const struct slant_verdict *v = &s->verdict[h];
        sl_buf_byte(b, '\t');
        put_piece(b, p, p->field[p->m->fit[h].column + v->label]);
        for (uint32_t k = 0; k < p->m->head[h].n_label; k++) {
            sl_buf_byte(b, '\t');
            put_probability(b, v->prob[k]);
        }
    }
    sl_buf_text(b, "\t\n");
}

void sl_write_error_tsv(struct sl_buf *b, const struct slant_model *m, const struct sl_article *a)
{
    put_field(b, a->doc.p, a->doc.len);
    sl_buf_text(b, "\t\t\t\t");
    for (size_t h = 0; h < m->n_head; h++) {
        for (uint32_t k = 0; k <= m->head[h].n_label; k++) {
            sl_buf_byte(b, '\t');
        }
    }
    sl_buf_byte(b, '\t');
    put_field(b, a->error, strlen(a->error));
    sl_buf_byte(b, '\n');
}

void sl_write_sentence_labels(struct sl_buf *b, const struct sl_phrases *p,
                              const struct slant_sentence *s)
{
    size_t n_head = p->m->n_head;
    for (size_t h = 0; h < n_head; h++) {
        struct sl_piece label = p->field[p->m->fit[h].column + s->verdict[h].label];
        char *to = sl_buf_room(b, (size_t)label.len + PIECE_SLACK + 1);
        if (to != NULL) {
            char *end = copy_piece(to, p, label);
            *end++ = h + 1 < n_head ? '\t' : '\n';
            b->len += (size_t)(end - to);
        }
    }
}
