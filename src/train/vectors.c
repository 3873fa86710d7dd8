#include "train/vectors.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/plain.h"
#include "base/table.h"
#include "base/utf8.h"
#include "input/stream.h"
#include "model/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1 << 16, PIECE = 1 << 17, WORD_MAX_BYTES = 192 };

struct reading {
    const char *path;
    struct sl_stream *stream;
    char *piece; /* [PIECE], of which [at, len) is left */
    size_t at, len;
    char *line; /* [LINE_MAX_BYTES] */
    uint64_t number;
    struct sl_strings word;
    float *value; /* [word.n][width] in file order */
    size_t cap;
    uint32_t width;
    struct slant_error *err;
};

static enum slant_status bad_line(struct reading *r, const char *what)
{
    return sl_fail(
        r->err, SLANT_ERR_ROW, r->number,
        "%s:%llu: %s; expected a word and its numbers, parted by spaces, as GloVe writes", r->path,
        (unsigned long long)r->number, what);
}

/* Splits off the field at *at, which is ended by a space or the end. */
static char *field(char **at)
{
    char *from = *at;
    char *space = strchr(from, ' ');
    if (space != NULL) {
        *space = 0;
        *at = space + 1;
    } else {
        *at = from + strlen(from);
    }
    return from;
}

static uint32_t count_fields(const char *line)
{
    uint32_t n = *line != 0;
    for (; *line != 0; line++) {
        n += *line == ' ' && line[1] != 0;
    }
    return n;
}

static enum slant_status read_line(struct reading *r)
{
    char *at = r->line;
    size_t len = strlen(at);
    uint32_t n;
    uint32_t before = r->word.n;
    uint32_t place;
    char *word;
    float *value;
    while (len > 0 && (at[len - 1] == '\n' || at[len - 1] == '\r' || at[len - 1] == ' ')) {
        at[--len] = 0;
    }
    if (len + 1 >= LINE_MAX_BYTES - 1) {
        return bad_line(r, "the line is too long");
    }
    n = count_fields(at);
    if (n == 0 || (r->number == 1 && n == 2)) {
        return SLANT_OK;
    }
    if (n < 2 || n - 1 > SL_VECTOR_MAX_WIDTH || (r->width != 0 && n - 1 != r->width)) {
        return bad_line(r, r->width == 0 ? "not a word vector" : "another number of values");
    }
    r->width = n - 1;
    word = field(&at);
    if (strlen(word) > WORD_MAX_BYTES || *word == 0 ||
        sl_utf8_count_invalid(word, strlen(word)) > 0) {
        return SLANT_OK; /* no word of a text can be it */
    }
    place = sl_strings_add(&r->word, word, strlen(word));
    if (place == SL_TABLE_NONE ||
        !sl_grow(&r->value, &r->cap, (size_t)r->word.n * r->width, sizeof *r->value)) {
        return sl_fail_nomem(r->err);
    }
    if (place < before) {
        return SLANT_OK;
    }
    value = r->value + (size_t)place * r->width;
    for (uint32_t d = 0; d < r->width; d++) {
        const char *text = field(&at);
        double v;
        if (!sl_parse_double(text, strlen(text), &v) || !(fabs(v) <= 1e6)) {
            return bad_line(r, "a value is not a number");
        }
        value[d] = (float)v;
    }
    return SLANT_OK;
}

/* The next line, or as much of it as there is room for, into r->line. */
static enum slant_status next_line(struct reading *r, bool *more)
{
    size_t n = 0;
    bool ended = false;
    while (!ended && n + 1 < LINE_MAX_BYTES) {
        const char *newline;
        size_t take;
        if (r->at == r->len) {
            r->at = 0;
            SL_TRY(sl_stream_read(r->stream, r->piece, PIECE, &r->len, r->err));
            if (r->len == 0) {
                break;
            }
        }
        take = r->len - r->at;
        take = take < LINE_MAX_BYTES - 1 - n ? take : LINE_MAX_BYTES - 1 - n;
        newline = memchr(r->piece + r->at, '\n', take);
        if (newline != NULL) {
            take = (size_t)(newline - (r->piece + r->at)) + 1;
            ended = true;
        }
        memcpy(r->line + n, r->piece + r->at, take);
        n += take;
        r->at += take;
    }
    r->line[n] = 0;
    *more = n > 0;
    return SLANT_OK;
}

static enum slant_status read_all(struct reading *r)
{
    bool more = true;
    while (r->word.n < SL_VECTOR_WORDS) {
        SL_TRY(next_line(r, &more));
        if (!more) {
            break;
        }
        r->number++;
        SL_TRY(read_line(r));
    }
    if (r->word.n == 0) {
        return sl_fail(r->err, SLANT_ERR_DATA, 0, "%s: holds no word vectors", r->path);
    }
    return SLANT_OK;
}

struct sorted {
    const char *word;
    uint32_t len, rank;
};

static int by_word(const void *a, const void *b)
{
    const struct sorted *x = a;
    const struct sorted *y = b;
    int order = memcmp(x->word, y->word, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

static enum slant_status sort_words(struct reading *r, struct sl_vectors *out)
{
    const double unit = sl_norm_unit(1); /* as a model holds a(word) */
    uint32_t n = r->word.n;
    struct sorted *s = sl_array(n, sizeof *s);
    size_t at = 0;
    *out = (struct sl_vectors){.n = n, .width = r->width};
    out->bytes = sl_array(r->word.len + 1, 1);
    out->start = sl_array((size_t)n + 1, sizeof *out->start);
    out->value = sl_array((size_t)n * r->width, sizeof *out->value);
    out->a = sl_array(n, sizeof *out->a);
    if (s == NULL || out->bytes == NULL || out->start == NULL || out->value == NULL ||
        out->a == NULL) {
        free(s);
        sl_vectors_free(out);
        return sl_fail_nomem(r->err);
    }
    for (uint32_t i = 0; i < n; i++) {
        s[i] = (struct sorted){sl_strings_get(&r->word, i), r->word.length[i], i};
    }
    qsort(s, n, sizeof *s, by_word);
    for (uint32_t i = 0; i < n; i++) {
        const float *value = r->value + (size_t)s[i].rank * r->width;
        out->start[i] = (uint32_t)at;
        memcpy(out->bytes + at, s[i].word, s[i].len);
        at += s[i].len;
        out->a[i] =
            (float)(sl_norm_level(1e-3 / (1e-3 + 0.1 / ((double)s[i].rank + 2)), unit) * unit);
        memcpy(out->value + (size_t)i * r->width, value, r->width * sizeof *value);
    }
    out->start[n] = (uint32_t)at;
    out->digest =
        sl_hash(out->value, (size_t)n * r->width * sizeof *out->value, sl_hash(out->bytes, at, 0));
    free(s);
    return SLANT_OK;
}

enum slant_status sl_vectors_read(const char *path, struct sl_vectors *out, struct slant_error *err)
{
    struct reading r = {.path = path, .err = err};
    enum slant_status status;
    r.line = sl_array(LINE_MAX_BYTES, 1);
    r.piece = sl_array(PIECE, 1);
    status = r.line == NULL || r.piece == NULL ? sl_fail_nomem(err)
                                               : sl_stream_open(path, &r.stream, err);
    if (status == SLANT_OK) {
        status = read_all(&r);
    }
    if (status == SLANT_OK) {
        status = sort_words(&r, out);
    }
    sl_stream_close(r.stream);
    sl_strings_free(&r.word);
    free(r.value);
    free(r.line);
    free(r.piece);
    return status;
}

void sl_vectors_free(struct sl_vectors *v)
{
    free(v->bytes);
    free(v->start);
    free(v->value);
    free(v->a);
    memset(v, 0, sizeof *v);
}
