/* Features, second pass: how often each occurs in a row. */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "train/features_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = 2048, /* rows of one task */
    TOGETHER = 16 /* chunks counted before they are joined, and their memory used again */
};

struct counts {
    struct sl_count *p;
    size_t n, cap;
};

struct row_counts {
    const struct sl_vocabulary *v;
    const struct sl_vectors *vectors;
    struct sl_numbers number; /* features or spellings of one kind */
    struct sl_keyed
        *placed; /* [n_placed] features by place; at: the bits of a float, their count */
    size_t n_placed, cap_placed;
    struct sl_keyed *spare; /* for the sort */
    size_t cap_spare;
    double *sum; /* [SL_N_VECTOR][width] of a * vector */
    double norm[SL_N_VECTOR];
};

static float placed_count(const struct sl_keyed *placed)
{
    float n;
    memcpy(&n, &placed->at, sizeof n);
    return n;
}

static bool count_one(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct row_counts *c = user;
    struct sl_keyed *to;
    float count = (float)n;
    (void)where;
    if (feature >= c->v->first[SL_FIRST_VECTOR]) {
        enum sl_block b = sl_feature_block(c->v, feature);
        uint32_t word = feature - c->v->first[b];
        uint32_t width = c->vectors->width;
        const float *value = c->vectors->value + (size_t)word * width;
        double *sum = c->sum + (size_t)(b - SL_FIRST_VECTOR) * width;
        double a = n * (double)c->vectors->a[word];
        for (uint32_t d = 0; d < width; d++) {
            sum[d] += a * (double)value[d];
        }
        c->norm[b - SL_FIRST_VECTOR] += a;
        return true;
    }
    if (!sl_grow(&c->placed, &c->cap_placed, c->n_placed + 1, sizeof *c->placed)) {
        return false;
    }
    to = &c->placed[c->n_placed++];
    to->key = feature;
    memcpy(&to->at, &count, sizeof count);
    return true;
}

/* By number, then by count: sums have one order. Counts of one number are few. */
static bool sort_placed(struct row_counts *c)
{
    struct sl_keyed *p = c->placed;
    if (!sl_grow(&c->spare, &c->cap_spare, c->n_placed, sizeof *c->spare)) {
        return false;
    }
    sl_radix_sort(p, c->spare, c->n_placed, sl_n_feature(c->v));
    for (size_t i = 1; i < c->n_placed; i++) {
        struct sl_keyed one = p[i];
        size_t at = i;
        for (; at > 0 && p[at - 1].key == one.key && placed_count(&p[at - 1]) > placed_count(&one);
             at--) {
            p[at] = p[at - 1];
        }
        p[at] = one;
    }
    return true;
}

struct chunk {
    struct counts count, spelled;
};

struct counting {
    const struct sl_rows *rows;
    const struct sl_material *material;
    const struct sl_seen *seen;
    struct sl_features *out;
    size_t first; /* row of the first chunk */
    struct chunk chunk[TOGETHER];
};

static void keep_means(struct sl_features *f, size_t row, const struct row_counts *c)
{
    for (size_t p = 0; p < SL_N_VECTOR && f->width > 0; p++) {
        float *mean = f->mean + (row * SL_N_VECTOR + p) * f->width;
        bool has = c->norm[p] > 0;
        f->has_mean[row * SL_N_VECTOR + p] = has;
        for (uint32_t d = 0; d < f->width; d++) {
            mean[d] = has ? (float)(c->sum[p * f->width + d] / c->norm[p]) : 0;
        }
    }
}

/* Sorts the numbers and keeps each with how often it occurs. */
static bool keep_numbers(struct counts *to, const struct sl_numbers *number)
{
    size_t before = to->n;
    sl_sort_numbers(number->p, number->n);
    if (!sl_grow(&to->p, &to->cap, to->n + number->n, sizeof *to->p)) {
        return false;
    }
    for (size_t i = 0; i < number->n; i++) {
        if (to->n > before && to->p[to->n - 1].feature == number->p[i]) {
            to->p[to->n - 1].n++;
        } else {
            to->p[to->n++] = (struct sl_count){number->p[i], 1};
        }
    }
    return true;
}

static bool keep_placed(struct counts *to, struct row_counts *c)
{
    size_t before = to->n;
    if (!sort_placed(c) || !sl_grow(&to->p, &to->cap, to->n + c->n_placed, sizeof *to->p)) {
        return false;
    }
    for (size_t i = 0; i < c->n_placed; i++) {
        uint32_t feature = (uint32_t)c->placed[i].key;
        float n = placed_count(&c->placed[i]);
        if (to->n > before && to->p[to->n - 1].feature == feature) {
            to->p[to->n - 1].n += n;
        } else {
            to->p[to->n++] = (struct sl_count){feature, n};
        }
    }
    return true;
}

/* What sl_features gives of words, their n-grams and negation, in the vocabulary's order. */
static bool count_words(const struct sl_seen *s, struct row_counts *c, size_t r, struct counts *to)
{
    const struct sl_vocabulary *v = c->v;
    const size_t from = s->first[r];
    const size_t end = s->first[r + 1] - 1; /* SL_NO_WORD stands there */
    const struct {
        const uint32_t *number;
        uint32_t first;
    } kind[] = {{s->word, 0},
                {s->ngrams.bigram, sl_first_bigram(v)},
                {s->ngrams.trigram, sl_first_trigram(v)}};
    struct sl_numbers *number = &c->number;
    if (!sl_grow(&number->p, &number->cap, end - from + 1, sizeof *number->p)) {
        return false;
    }
    for (size_t k = 0; k < 3; k++) {
        number->n = 0;
        for (size_t i = from + k; i < end; i++) {
            number->p[number->n++] = kind[k].first + kind[k].number[i];
        }
        if (!keep_numbers(to, number)) {
            return false;
        }
    }
    number->n = 0;
    for (size_t i = from; i < end; i++) {
        if (s->token.p[i] % 2 == 1) { /* every word is on the list */
            number->p[number->n++] = v->first[SL_BLOCK_NEGATED] + s->word[i];
        }
    }
    return keep_numbers(to, number);
}

static bool count_spellings(const struct sl_seen *s, struct row_counts *c, size_t r,
                            struct counts *to)
{
    c->number.n = 0; /* count_words made room */
    for (size_t i = s->first[r]; i + 1 < s->first[r + 1]; i++) {
        uint32_t spelling = s->forms.form[s->token.p[i] / 2].spelling;
        if (spelling != SL_TABLE_NONE) {
            c->number.p[c->number.n++] = spelling;
        }
    }
    return keep_numbers(to, &c->number);
}

/* The rest, by the function that explains a score too. */
static bool count_placed(const struct sl_seen *s, struct sl_readings *readings,
                         struct row_counts *c, const struct sl_row *row, size_t r)
{
    struct sl_tokens it;
    struct sl_token t;
    readings->n = 0;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    it.names_too = c->v->target_words;
    for (size_t i = s->first[r]; sl_tokens_next(&it, &t); i++) {
        const struct sl_form *form = &s->forms.form[s->token.p[i] / 2];
        uint32_t bigram = s->ngrams.bigram[i];
        struct sl_reading now = {
            .word = s->word[i],
            .bigram = bigram == SL_NO_WORD ? SL_FEATURE_NONE : sl_first_bigram(c->v) + bigram,
            .vector = form->spelling == SL_TABLE_NONE ? SL_FEATURE_NONE : s->vector[form->spelling],
            .polarity = form->polarity,
            .mention = t.kind == SL_TOKEN_MENTION,
            .negator = form->negator,
            .negated = s->token.p[i] % 2 == 1,
            .after_break = t.after_break,
            .begin = t.begin,
            .end = t.end};
        if (!sl_readings_add(readings, &now)) {
            return false;
        }
    }
    return sl_placed_features(c->v, row->text.p, readings, count_one, c);
}

static bool count_row(const struct counting *c, struct sl_readings *readings,
                      struct row_counts *counts, size_t r, struct chunk *chunk)
{
    struct sl_features *f = c->out;
    size_t before = chunk->count.n;
    size_t before_spelled = chunk->spelled.n;
    counts->n_placed = 0;
    memset(counts->sum, 0, (size_t)SL_N_VECTOR * f->width * sizeof *counts->sum);
    memset(counts->norm, 0, sizeof counts->norm);
    if (!count_words(c->seen, counts, r, &chunk->count) ||
        !count_spellings(c->seen, counts, r, &chunk->spelled) ||
        (f->all.placed && !(count_placed(c->seen, readings, counts, &c->rows->row[r], r) &&
                            keep_placed(&chunk->count, counts)))) {
        return false;
    }
    keep_means(f, r, counts);
    f->n_token[r] = (uint32_t)(c->seen->first[r + 1] - c->seen->first[r] - 1);
    f->start[r + 1] = chunk->count.n - before; /* summed later */
    f->spelled_start[r + 1] = chunk->spelled.n - before_spelled;
    return true;
}

static enum slant_status count_chunk(void *user, size_t i, struct slant_error *err)
{
    struct counting *c = user;
    struct sl_readings readings = {0};
    struct row_counts counts = {.v = &c->out->all, .vectors = &c->material->vectors};
    size_t first = c->first + i * CHUNK;
    size_t end = first + CHUNK < c->rows->n ? first + CHUNK : c->rows->n;
    bool good;
    counts.sum = sl_array((size_t)SL_N_VECTOR * c->out->width, sizeof *counts.sum);
    good = counts.sum != NULL;
    for (size_t r = first; good && r < end; r++) {
        good = count_row(c, &readings, &counts, r, &c->chunk[i]);
    }
    free(counts.number.p);
    free(counts.placed);
    free(counts.spare);
    free(counts.sum);
    sl_readings_free(&readings);
    return good ? SLANT_OK : sl_fail_nomem(err);
}

/* Moves the chunk's counts behind all others. */
static bool join_counts(struct counts *all, struct counts *chunk)
{
    if (!sl_grow(&all->p, &all->cap, all->n + chunk->n, sizeof *all->p)) {
        return false;
    }
    if (chunk->n > 0) {
        memcpy(all->p + all->n, chunk->p, chunk->n * sizeof *all->p);
    }
    all->n += chunk->n;
    chunk->n = 0;
    return true;
}

static enum slant_status count_chunks(struct counting *c, unsigned n_thread, struct chunk *all,
                                      struct slant_error *err)
{
    enum slant_status status = SLANT_OK;
    for (c->first = 0; c->first < c->rows->n && status == SLANT_OK; c->first += TOGETHER * CHUNK) {
        size_t n = (c->rows->n - c->first + CHUNK - 1) / CHUNK;
        n = n < TOGETHER ? n : TOGETHER;
        status = sl_parallel(n_thread, n, count_chunk, c, err);
        for (size_t i = 0; i < n && status == SLANT_OK; i++) {
            if (!join_counts(&all->count, &c->chunk[i].count) ||
                !join_counts(&all->spelled, &c->chunk[i].spelled)) {
                status = sl_fail_nomem(err);
            }
        }
    }
    for (size_t i = 0; i < TOGETHER; i++) {
        free(c->chunk[i].count.p);
        free(c->chunk[i].spelled.p);
    }
    return status;
}

enum slant_status sl_seen_count(const struct sl_seen *s, const struct sl_rows *rows,
                                const struct sl_material *material, unsigned n_thread,
                                struct sl_features *f, struct slant_error *err)
{
    struct counting c = {.rows = rows, .material = material, .seen = s, .out = f};
    struct chunk all = {0};
    enum slant_status status;
    f->n_row = rows->n;
    f->width = material->vectors.n > 0 ? material->vectors.width : 0;
    f->start = sl_array_zero(f->n_row + 1, sizeof *f->start);
    f->spelled_start = sl_array_zero(f->n_row + 1, sizeof *f->spelled_start);
    f->n_token = sl_array_zero(f->n_row, sizeof *f->n_token);
    f->mean = sl_array_zero(f->n_row * SL_N_VECTOR, f->width * sizeof *f->mean);
    f->has_mean = sl_array_zero(f->n_row * SL_N_VECTOR, sizeof *f->has_mean);
    if (f->start == NULL || f->spelled_start == NULL || f->n_token == NULL || f->mean == NULL ||
        f->has_mean == NULL) {
        return sl_fail_nomem(err);
    }
    status = count_chunks(&c, n_thread, &all, err);
    f->count = all.count.p;
    f->spelled = all.spelled.p;
    for (size_t r = 0; r < f->n_row; r++) {
        f->start[r + 1] += f->start[r];
        f->spelled_start[r + 1] += f->spelled_start[r];
    }
    return status;
}
