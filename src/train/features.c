#include "train/features.h"
#include "base/memory.h"
#include "base/order.h"
#include "base/parallel.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- first pass: everything that occurs, in order of sight ---- */

struct seen {
    struct sl_strings word, character;
    struct sl_keys bigram;  /* word << 32 | word */
    struct sl_keys trigram; /* bigram << 32 | word */
};

static void seen_free(struct seen *s)
{
    sl_strings_free(&s->word);
    sl_strings_free(&s->character);
    sl_keys_free(&s->bigram);
    sl_keys_free(&s->trigram);
}

static bool see_characters(struct seen *s, const struct sl_lexeme *lexeme)
{
    struct sl_characters c;
    sl_characters_init(&c, lexeme);
    for (size_t n = SL_CHAR_MIN; n <= SL_CHAR_MAX; n++) {
        for (size_t i = 0; i + n <= c.n; i++) {
            if (sl_strings_add(&s->character, c.padded + c.start[i],
                               (size_t)(c.start[i + n] - c.start[i])) == SL_TABLE_NONE) {
                return false;
            }
        }
    }
    return true;
}

/* n-grams of the frame about the target, or of the outline, that hold a class: they occur nowhere
 * else. */
static bool see_parts(struct seen *s, const struct sl_lexicon *lexicon,
                      const struct sl_readings *readings, bool frame)
{
    uint32_t last = SL_TABLE_NONE;
    uint32_t bigram = SL_TABLE_NONE;
    for (size_t i = 0; i < readings->n; i++) {
        uint8_t part = readings->part[i];
        uint32_t now = readings->p[i].word;
        uint32_t pair = SL_TABLE_NONE;
        if (part == SL_PART_OUT) {
            if (frame && readings->distance[i].decay > SL_FRAME_REACH) {
                last = bigram = SL_TABLE_NONE;
            }
            continue;
        }
        if (part >= SL_PART_CLASS) {
            const char *word = sl_class_name(lexicon, part - SL_PART_CLASS);
            now = sl_strings_add(&s->word, word, strlen(word));
        }
        if (now == SL_TABLE_NONE) {
            return false;
        }
        if (last != SL_TABLE_NONE &&
            (pair = sl_keys_add(&s->bigram, (uint64_t)last << 32 | now)) == SL_TABLE_NONE) {
            return false;
        }
        if (bigram != SL_TABLE_NONE &&
            sl_keys_add(&s->trigram, (uint64_t)bigram << 32 | now) == SL_TABLE_NONE) {
            return false;
        }
        last = now;
        bigram = pair;
    }
    return true;
}

static bool see_row(struct seen *s, struct sl_lexer *lexer, const struct sl_material *material,
                    struct sl_readings *readings, const struct sl_row *row)
{
    struct sl_tokens it;
    struct sl_token t;
    struct sl_lexeme lexeme;
    uint32_t last_word = SL_TABLE_NONE;
    uint32_t last_bigram = SL_TABLE_NONE;
    const struct sl_lexicon *lexicon = &material->lexicon;
    bool frame = lexicon->n > 0 && row->n_mask > 0;
    bool outline = lexicon->n_class > 0;
    readings->n = 0;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    it.names_too = material->target_words;
    while (sl_tokens_next(&it, &t)) {
        struct sl_reading now = {.mention = t.kind == SL_TOKEN_MENTION,
                                 .after_break = t.after_break,
                                 .begin = t.begin,
                                 .end = t.end};
        uint32_t word;
        uint32_t bigram = SL_TABLE_NONE;
        if (!sl_lexeme_read(lexer, row->text.p, &t, &lexeme)) {
            return false;
        }
        word = sl_strings_add(&s->word, lexeme.stem, lexeme.stem_len);
        if (word == SL_TABLE_NONE || (!lexeme.recalled && !see_characters(s, &lexeme))) {
            return false;
        }
        if (last_word != SL_TABLE_NONE) {
            bigram = sl_keys_add(&s->bigram, (uint64_t)last_word << 32 | word);
            if (bigram == SL_TABLE_NONE) {
                return false;
            }
        }
        if (last_bigram != SL_TABLE_NONE &&
            sl_keys_add(&s->trigram, (uint64_t)last_bigram << 32 | word) == SL_TABLE_NONE) {
            return false;
        }
        if (frame || outline) {
            now.word = word;
            now.negator = lexeme.negator;
            now.polarity = sl_lexicon_word(lexicon, &lexeme);
            if (!sl_readings_add(readings, &now)) {
                return false;
            }
        }
        last_word = word;
        last_bigram = bigram;
    }
    return (!frame || (sl_readings_frame(readings, lexicon, row->text.p) &&
                       see_parts(s, lexicon, readings, true))) &&
           (!outline || (sl_readings_outline(readings, lexicon, row->text.p) &&
                         see_parts(s, lexicon, readings, false)));
}

/* ---- the order that a model file keeps ---- */

struct ranked {
    uint64_t key;  /* numbers: head's rank << 32 | rank; strings: their number */
    uint32_t from; /* number in order of sight */
    const char *bytes;
    uint32_t len;
};

static int by_key(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int by_bytes(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    int order = memcmp(x->bytes, y->bytes, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* Sorted strings with their starts; rank[number in order of sight]. */
static bool order_strings(const struct sl_strings *t, const char **bytes, const uint32_t **start,
                          uint32_t *rank)
{
    struct ranked *r = sl_array(t->n, sizeof *r);
    char *all = sl_array(t->len + 1, 1);
    uint32_t *at = sl_array((size_t)t->n + 1, sizeof *at);
    *bytes = all;
    *start = at;
    if (r == NULL || all == NULL || at == NULL || t->len > UINT32_MAX) {
        free(r);
        return false;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        r[i] = (struct ranked){0, i, sl_strings_get(t, i), t->length[i]};
    }
    qsort(r, t->n, sizeof *r, by_bytes);
    at[0] = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        memcpy(all + at[i], r[i].bytes, r[i].len);
        at[i + 1] = at[i] + r[i].len;
        rank[r[i].from] = i;
    }
    free(r);
    return true;
}

/* Lists by head: starts over n_head heads, members ascending; rank[number in order of sight]. */
static bool order_lists(const struct sl_keys *t, uint32_t n_head, const uint32_t *head_rank,
                        const uint32_t *member_rank, const uint32_t **start,
                        const uint32_t **member, uint32_t *rank)
{
    struct ranked *r = sl_array(t->n, sizeof *r);
    uint32_t *at = sl_array_zero((size_t)n_head + 1, sizeof *at);
    uint32_t *list = sl_array(t->n, sizeof *list);
    *start = at;
    *member = list;
    if (r == NULL || at == NULL || list == NULL) {
        free(r);
        return false;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t head = head_rank[t->key[i] >> 32];
        r[i] = (struct ranked){(uint64_t)head << 32 | member_rank[(uint32_t)t->key[i]], i, NULL, 0};
    }
    qsort(r, t->n, sizeof *r, by_key);
    for (uint32_t i = 0; i < t->n; i++) {
        list[i] = (uint32_t)r[i].key;
        at[(r[i].key >> 32) + 1]++;
        if (rank != NULL) {
            rank[r[i].from] = i;
        }
    }
    for (uint32_t i = 0; i < n_head; i++) {
        at[i + 1] += at[i];
    }
    free(r);
    return true;
}

/* A list of every feature below n: what of it occurs, the counts will tell. */
static bool list_every(struct sl_list *list, uint32_t n)
{
    uint32_t *feature = sl_array(n, sizeof *feature);
    list->feature = feature;
    if (feature == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        feature[i] = i;
    }
    list->n = n;
    return true;
}

static bool add_listed(struct sl_list *list, uint32_t *cap, uint32_t feature)
{
    uint32_t *all = (uint32_t *)list->feature;
    size_t room = *cap;
    bool good = sl_grow(&all, &room, (size_t)list->n + 1, sizeof *all);
    list->feature = all;
    *cap = (uint32_t)room;
    if (good) {
        all[list->n++] = feature;
    }
    return good;
}

/* A list of the classes' n-grams: each length goes on from the one before. */
static bool list_classes(const struct sl_vocabulary *v, struct sl_list *list)
{
    bool *is_class = sl_array_zero(v->n_word, sizeof *is_class);
    uint32_t n_word;
    uint32_t n_bigram;
    uint32_t cap = 0;
    bool good = is_class != NULL;
    for (uint32_t c = 0; good && c < sl_n_class(&v->lexicon); c++) {
        if (v->class_word[c] != SL_FEATURE_NONE) {
            is_class[v->class_word[c]] = true;
        }
    }
    for (uint32_t w = 0; good && w < v->n_word; w++) {
        good = !is_class[w] || add_listed(list, &cap, w);
    }
    n_word = list->n;
    for (uint32_t i = 0; good && i < n_word; i++) {
        uint32_t w = list->feature[i];
        for (uint32_t b = v->bigram_start[w]; good && b < v->bigram_start[w + 1]; b++) {
            good = !is_class[v->bigram_next[b]] || add_listed(list, &cap, sl_first_bigram(v) + b);
        }
    }
    n_bigram = list->n;
    for (uint32_t i = n_word; good && i < n_bigram; i++) {
        uint32_t b = list->feature[i] - sl_first_bigram(v);
        for (uint32_t t = v->trigram_start[b]; good && t < v->trigram_start[b + 1]; t++) {
            good = !is_class[v->trigram_next[t]] || add_listed(list, &cap, sl_first_trigram(v) + t);
        }
    }
    free(is_class);
    return good;
}

/* Lists, lexicon and vector words; targets: some row has a mention of its target. */
static bool add_blocks(struct sl_vocabulary *v, const struct sl_material *material, bool targets)
{
    const struct sl_vectors *vectors = &material->vectors;
    bool good = list_every(&v->list[0], v->n_word); /* words under negation */
    for (int b = SL_BLOCK_NEAR; good && targets && b <= SL_BLOCK_AFTER; b++) {
        bool bigrams = b == SL_BLOCK_NEAR || b == SL_BLOCK_WIDE;
        good = list_every(&v->list[b - SL_FIRST_LIST], v->n_word + (bigrams ? v->n_bigram : 0));
    }
    if (good && targets && material->lexicon.n > 0) {
        good = list_every(&v->list[SL_BLOCK_FRAME - SL_FIRST_LIST],
                          v->n_word + v->n_bigram + v->n_trigram);
    }
    good = good && sl_lexicon_copy(&v->lexicon, &material->lexicon);
    if (good && material->lexicon.n_class > 0) {
        good =
            sl_vocabulary_number(v) && list_classes(v, &v->list[SL_BLOCK_OUTLINE - SL_FIRST_LIST]);
    }
    if (good && vectors->n > 0) {
        uint32_t *start = sl_array((size_t)vectors->n + 1, sizeof *start);
        v->vector_start = start;
        v->vector_bytes = sl_copy_bytes(vectors->bytes, vectors->start[vectors->n]);
        good = start != NULL && v->vector_bytes != NULL;
        if (good) {
            memcpy(start, vectors->start, ((size_t)vectors->n + 1) * sizeof *start);
            v->n_vector = vectors->n;
        }
    }
    v->used[SL_BLOCK_POLARITY] = v->lexicon.n > 0;
    v->used[SL_BLOCK_PLACED_POLARITY] = v->lexicon.n > 0 && targets;
    for (int b = SL_FIRST_VECTOR; b < SL_N_BLOCK; b++) {
        v->used[b] = v->n_vector > 0 && (b == SL_BLOCK_VECTOR || targets);
    }
    return good && sl_vocabulary_number(v);
}

static bool order_all(const struct seen *s, struct sl_vocabulary *v)
{
    uint32_t *word = sl_array(s->word.n, sizeof *word);
    uint32_t *character = sl_array(s->character.n, sizeof *character);
    uint32_t *bigram = sl_array(s->bigram.n, sizeof *bigram);
    bool good = word != NULL && character != NULL && bigram != NULL;
    good =
        good && order_strings(&s->word, &v->word_bytes, &v->word_start, word) &&
        order_strings(&s->character, &v->character_bytes, &v->character_start, character) &&
        order_lists(&s->bigram, s->word.n, word, word, &v->bigram_start, &v->bigram_next, bigram) &&
        order_lists(&s->trigram, s->bigram.n, bigram, word, &v->trigram_start, &v->trigram_next,
                    NULL);
    v->n_word = s->word.n;
    v->n_bigram = s->bigram.n;
    v->n_trigram = s->trigram.n;
    v->n_character = s->character.n;
    free(word);
    free(character);
    free(bigram);
    return good;
}

/* ---- second pass: counts, by the same function that explains a score ---- */

enum { CHUNK = 2048 }; /* rows of one task */

struct row_counts {
    const struct sl_vocabulary *v;
    const struct sl_vectors *vectors;
    struct sl_count *count;
    size_t n, cap;
    struct sl_count *spare; /* for the sort */
    size_t cap_spare;
    uint32_t n_bit; /* of the largest feature */
    double *sum;    /* [SL_N_VECTOR][width] of a * vector */
    double norm[SL_N_VECTOR];
};

static bool count_one(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct row_counts *c = user;
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
    if (!sl_grow(&c->count, &c->cap, c->n + 1, sizeof *c->count)) {
        return false;
    }
    c->count[c->n++] = (struct sl_count){feature, (float)n};
    return true;
}

/* By number, then by count: sums have one order. A byte of the number at a time from the lowest
 * (radix sort, Knuth 1973, 5.2.5); counts of one number are few. spare has room for as many; n_bit:
 * of the largest number. */
static void sort_counts(struct sl_count *c, struct sl_count *spare, size_t n, uint32_t n_bit)
{
    struct sl_count *from = c;
    struct sl_count *to = spare;
    for (uint32_t shift = 0; shift < n_bit; shift += 8) {
        uint32_t place[257] = {0};
        struct sl_count *swap = from;
        for (size_t i = 0; i < n; i++) {
            place[(from[i].feature >> shift & 0xff) + 1]++;
        }
        for (size_t i = 1; i < 256; i++) {
            place[i] += place[i - 1];
        }
        for (size_t i = 0; i < n; i++) {
            to[place[from[i].feature >> shift & 0xff]++] = from[i];
        }
        from = to;
        to = swap;
    }
    if (from != c && n > 0) {
        memcpy(c, from, n * sizeof *c);
    }
    for (size_t i = 1; i < n; i++) {
        struct sl_count one = c[i];
        size_t at = i;
        for (; at > 0 && c[at - 1].feature == one.feature && c[at - 1].n > one.n; at--) {
            c[at] = c[at - 1];
        }
        c[at] = one;
    }
}

struct chunk {
    struct sl_count *count;
    size_t n, cap;
};

struct counting {
    const struct sl_rows *rows;
    const struct sl_material *material;
    struct sl_features *out;
    struct chunk *chunk;
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

static bool keep_counts(struct chunk *chunk, struct row_counts *c)
{
    size_t before = chunk->n;
    if (!sl_grow(&c->spare, &c->cap_spare, c->n, sizeof *c->spare)) {
        return false;
    }
    sort_counts(c->count, c->spare, c->n, c->n_bit);
    if (!sl_grow(&chunk->count, &chunk->cap, chunk->n + c->n, sizeof *chunk->count)) {
        return false;
    }
    assert(c->n == 0 || (c->count != NULL && chunk->count != NULL));
    for (size_t k = 0; k < c->n; k++) {
        struct sl_count *last = chunk->n > before ? &chunk->count[chunk->n - 1] : NULL;
        if (last != NULL && last->feature == c->count[k].feature) {
            last->n += c->count[k].n;
        } else {
            chunk->count[chunk->n++] = c->count[k];
        }
    }
    return true;
}

static enum slant_status count_rows(const struct counting *c, struct sl_lexer *lexer,
                                    struct sl_readings *readings, struct row_counts *counts,
                                    size_t i, struct slant_error *err)
{
    struct chunk *chunk = &c->chunk[i];
    struct sl_features *f = c->out;
    size_t end = (i + 1) * CHUNK < c->rows->n ? (i + 1) * CHUNK : c->rows->n;
    for (size_t r = i * CHUNK; r < end; r++) {
        const struct sl_row *row = &c->rows->row[r];
        size_t before = chunk->n;
        counts->n = 0;
        memset(counts->sum, 0, (size_t)SL_N_VECTOR * f->width * sizeof *counts->sum);
        memset(counts->norm, 0, sizeof counts->norm);
        if (!sl_features(&f->all, lexer, readings, row->text.p,
                         (struct slant_span){0, row->text.len}, row->mask, row->n_mask, count_one,
                         counts, &f->n_token[r]) ||
            !keep_counts(chunk, counts)) {
            return sl_fail_nomem(err);
        }
        keep_means(f, r, counts);
        f->start[r + 1] = chunk->n - before; /* summed later */
    }
    return SLANT_OK;
}

static enum slant_status count_chunk(void *user, size_t i, struct slant_error *err)
{
    const struct counting *c = user;
    struct sl_lexer lexer;
    struct sl_readings readings = {0};
    struct row_counts counts = {.v = &c->out->all, .vectors = &c->material->vectors};
    enum slant_status status;
    SL_TRY(sl_lexer_init(&lexer, c->material->language, err));
    sl_lexer_recall(&lexer);
    while (sl_n_feature(counts.v) >> counts.n_bit != 0) {
        counts.n_bit++;
    }
    counts.sum = sl_array((size_t)SL_N_VECTOR * c->out->width, sizeof *counts.sum);
    status =
        counts.sum == NULL ? sl_fail_nomem(err) : count_rows(c, &lexer, &readings, &counts, i, err);
    free(counts.count);
    free(counts.spare);
    free(counts.sum);
    sl_readings_free(&readings);
    sl_lexer_free(&lexer);
    return status;
}

static enum slant_status count_all(struct counting *c, unsigned n_thread, struct slant_error *err)
{
    struct sl_features *f = c->out;
    size_t n_chunk = (c->rows->n + CHUNK - 1) / CHUNK;
    size_t total = 0;
    enum slant_status status;
    c->chunk = sl_array_zero(n_chunk, sizeof *c->chunk);
    f->n_row = c->rows->n;
    f->width = c->material->vectors.n > 0 ? c->material->vectors.width : 0;
    f->start = sl_array_zero(f->n_row + 1, sizeof *f->start);
    f->n_token = sl_array_zero(f->n_row, sizeof *f->n_token);
    f->mean = sl_array_zero(f->n_row * SL_N_VECTOR, f->width * sizeof *f->mean);
    f->has_mean = sl_array_zero(f->n_row * SL_N_VECTOR, sizeof *f->has_mean);
    if (c->chunk == NULL || f->start == NULL || f->n_token == NULL || f->mean == NULL ||
        f->has_mean == NULL) {
        free(c->chunk);
        return sl_fail_nomem(err);
    }
    status = sl_parallel(n_thread, n_chunk, count_chunk, c, err);
    for (size_t r = 0; r < f->n_row; r++) {
        f->start[r + 1] += f->start[r];
    }
    if (status == SLANT_OK) {
        f->count = sl_array(f->start[f->n_row], sizeof *f->count);
        if (f->count == NULL) {
            status = sl_fail_nomem(err);
        }
    }
    for (size_t i = 0; i < n_chunk; i++) {
        if (status == SLANT_OK && c->chunk[i].n > 0) {
            memcpy(f->count + total, c->chunk[i].count, c->chunk[i].n * sizeof *f->count);
            total += c->chunk[i].n;
        }
        free(c->chunk[i].count);
    }
    free(c->chunk);
    return status;
}

enum slant_status sl_features_build(struct sl_features *f, const struct sl_rows *rows,
                                    const struct sl_material *material, unsigned n_thread,
                                    struct slant_error *err)
{
    struct counting counting = {rows, material, f, NULL};
    struct seen seen = {0};
    struct sl_lexer lexer;
    struct sl_readings readings = {0};
    enum slant_status status;
    bool targets = false;
    memset(f, 0, sizeof *f);
    f->all.target_words = material->target_words;
    SL_TRY(sl_lexer_init(&lexer, material->language, err));
    sl_lexer_recall(&lexer);
    status = SLANT_OK;
    for (size_t r = 0; r < rows->n && status == SLANT_OK; r++) {
        targets = targets || rows->row[r].n_mask > 0;
        if (!see_row(&seen, &lexer, material, &readings, &rows->row[r])) {
            status = sl_fail_nomem(err);
        }
    }
    sl_lexer_free(&lexer);
    sl_readings_free(&readings);
    if (status == SLANT_OK &&
        !(order_all(&seen, &f->all) && add_blocks(&f->all, material, targets) &&
          sl_lookup_build(&f->all))) {
        status = sl_fail_nomem(err);
    }
    seen_free(&seen);
    if (status == SLANT_OK) {
        status = count_all(&counting, n_thread, err);
    }
    if (status != SLANT_OK) {
        sl_features_free(f);
    }
    return status;
}

void sl_features_free(struct sl_features *f)
{
    sl_vocabulary_free(&f->all);
    free(f->start);
    free(f->count);
    free(f->n_token);
    free(f->mean);
    free(f->has_mean);
    memset(f, 0, sizeof *f);
}

/* ---- subsets ---- */

static bool subset_strings(const char *bytes, const uint32_t *start, uint32_t n, const bool *keep,
                           uint32_t *local, const char **out_bytes, const uint32_t **out_start,
                           uint32_t *n_out)
{
    char *b = sl_array((size_t)start[n] + 1, 1);
    uint32_t *s = sl_array((size_t)n + 1, sizeof *s);
    uint32_t kept = 0;
    *out_bytes = b;
    *out_start = s;
    if (b == NULL || s == NULL) {
        return false;
    }
    s[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        local[i] = SL_FEATURE_NONE;
        if (keep[i]) {
            memcpy(b + s[kept], bytes + start[i], start[i + 1] - start[i]);
            s[kept + 1] = s[kept] + (start[i + 1] - start[i]);
            local[i] = kept++;
        }
    }
    *n_out = kept;
    return true;
}

/* head_local numbers the kept heads, member_local the kept members, both from 0. */
static bool subset_lists(const uint32_t *start, uint32_t n_head, const uint32_t *next,
                         const bool *keep, const uint32_t *head_local, const uint32_t *member_local,
                         uint32_t *local, const uint32_t **out_start, const uint32_t **out_next,
                         uint32_t *n_out)
{
    uint32_t *s = sl_array((size_t)n_head + 1, sizeof *s);
    uint32_t *list = sl_array(start[n_head], sizeof *list);
    uint32_t kept = 0;
    uint32_t heads = 0;
    *out_start = s;
    *out_next = list;
    if (s == NULL || list == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n_head; i++) {
        if (head_local[i] != SL_FEATURE_NONE) {
            s[heads++] = kept;
        }
        for (uint32_t at = start[i]; at < start[i + 1]; at++) {
            local[at] = SL_FEATURE_NONE;
            if (keep[at]) {
                list[kept] = member_local[next[at]];
                local[at] = kept++;
            }
        }
    }
    s[heads] = kept;
    *n_out = kept;
    return true;
}

static void shift(uint32_t *local, uint32_t n, uint32_t by)
{
    for (uint32_t i = 0; i < n; i++) {
        if (local[i] != SL_FEATURE_NONE) {
            local[i] += by;
        }
    }
}

static bool subset_list(const struct sl_list *from, const bool *keep, uint32_t *local,
                        const uint32_t *base_local, struct sl_list *out)
{
    uint32_t *feature = sl_array(from->n, sizeof *feature);
    out->feature = feature;
    if (feature == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < from->n; i++) {
        local[i] = SL_FEATURE_NONE;
        if (keep[i]) {
            feature[out->n] = base_local[from->feature[i]];
            local[i] = out->n++;
        }
    }
    return true;
}

enum slant_status sl_vocabulary_subset(const struct sl_vocabulary *all, const bool *keep,
                                       struct sl_vocabulary *out, uint32_t *local,
                                       struct slant_error *err)
{
    uint32_t bigram = sl_first_bigram(all);
    uint32_t trigram = sl_first_trigram(all);
    uint32_t character = all->first[SL_BLOCK_CHARACTER];
    bool good;
    memset(out, 0, sizeof *out);
    out->target_words = all->target_words;
    good =
        subset_strings(all->word_bytes, all->word_start, all->n_word, keep, local, &out->word_bytes,
                       &out->word_start, &out->n_word) &&
        subset_lists(all->bigram_start, all->n_word, all->bigram_next, keep + bigram, local, local,
                     local + bigram, &out->bigram_start, &out->bigram_next, &out->n_bigram) &&
        subset_lists(all->trigram_start, all->n_bigram, all->trigram_next, keep + trigram,
                     local + bigram, local, local + trigram, &out->trigram_start,
                     &out->trigram_next, &out->n_trigram) &&
        subset_strings(all->character_bytes, all->character_start, all->n_character,
                       keep + character, local + character, &out->character_bytes,
                       &out->character_start, &out->n_character);
    if (good) { /* lists name features by their final numbers */
        shift(local + bigram, all->n_bigram, sl_first_bigram(out));
        shift(local + trigram, all->n_trigram, sl_first_trigram(out));
    }
    for (int i = 0; good && i < SL_N_LIST; i++) {
        uint32_t first = all->first[SL_FIRST_LIST + i];
        good = subset_list(&all->list[i], keep + first, local + first, local, &out->list[i]);
    }
    for (int b = SL_BLOCK_POLARITY; good && b < SL_FIRST_VECTOR; b++) {
        out->used[b] = all->used[b] && keep[all->first[b]];
        for (uint32_t i = all->first[b]; i < all->first[b + 1]; i++) {
            local[i] = out->used[b] ? i - all->first[b] : SL_FEATURE_NONE;
        }
    }
    for (uint32_t i = all->first[SL_FIRST_VECTOR]; i < sl_n_feature(all); i++) {
        local[i] = SL_FEATURE_NONE;
    }
    if (!good || !sl_vocabulary_number(out)) {
        sl_vocabulary_free(out);
        return sl_fail_nomem(err);
    }
    for (int b = SL_BLOCK_CHARACTER; b < SL_FIRST_VECTOR; b++) {
        shift(local + all->first[b], all->first[b + 1] - all->first[b], out->first[b]);
    }
    return SLANT_OK;
}
