#include "train/features.h"
#include "base/memory.h"
#include "base/order.h"
#include "base/parallel.h"

#include <stdlib.h>
#include <string.h>

/* ---- first pass: everything that occurs, in order of sight ---- */

struct seen {
    struct sl_strings word, character;
    struct sl_keys bigram;  /* word << 32 | word */
    struct sl_keys trigram; /* bigram << 32 | word */
    struct sl_keys negated; /* word */
};

static void seen_free(struct seen *s)
{
    sl_strings_free(&s->word);
    sl_strings_free(&s->character);
    sl_keys_free(&s->bigram);
    sl_keys_free(&s->trigram);
    sl_keys_free(&s->negated);
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

static bool see_row(struct seen *s, struct sl_lexer *lexer, const struct sl_row *row)
{
    struct sl_negation negation = {0};
    struct sl_tokens it;
    struct sl_token t;
    struct sl_lexeme lexeme;
    uint32_t last_word = SL_TABLE_NONE;
    uint32_t last_bigram = SL_TABLE_NONE;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    while (sl_tokens_next(&it, &t)) {
        uint32_t word;
        uint32_t bigram = SL_TABLE_NONE;
        bool negated;
        if (!sl_lexeme_read(lexer, row->text.p, &t, &lexeme)) {
            return false;
        }
        negated = sl_negation_step(&negation, t.after_break, lexeme.negator);
        word = sl_strings_add(&s->word, lexeme.stem, lexeme.stem_len);
        if (word == SL_TABLE_NONE || !see_characters(s, &lexeme) ||
            (negated && sl_keys_add(&s->negated, word) == SL_TABLE_NONE)) {
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
        last_word = word;
        last_bigram = bigram;
    }
    return true;
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

static bool order_all(const struct seen *s, struct sl_vocabulary *v)
{
    uint32_t *word = sl_array(s->word.n, sizeof *word);
    uint32_t *character = sl_array(s->character.n, sizeof *character);
    uint32_t *bigram = sl_array(s->bigram.n, sizeof *bigram);
    uint32_t *negated = sl_array(s->negated.n, sizeof *negated);
    bool good = word != NULL && character != NULL && bigram != NULL && negated != NULL;
    uint64_t total =
        (uint64_t)s->word.n + s->bigram.n + s->trigram.n + s->character.n + s->negated.n;
    v->negated_word = negated;
    good =
        good && total < SL_FEATURE_NONE &&
        order_strings(&s->word, &v->word_bytes, &v->word_start, word) &&
        order_strings(&s->character, &v->character_bytes, &v->character_start, character) &&
        order_lists(&s->bigram, s->word.n, word, word, &v->bigram_start, &v->bigram_next, bigram) &&
        order_lists(&s->trigram, s->bigram.n, bigram, word, &v->trigram_start, &v->trigram_next,
                    NULL);
    if (good) {
        for (uint32_t i = 0; i < s->negated.n; i++) {
            negated[i] = word[s->negated.key[i]];
        }
        qsort(negated, s->negated.n, sizeof *negated, sl_by_u32);
        v->n_word = s->word.n;
        v->n_bigram = s->bigram.n;
        v->n_trigram = s->trigram.n;
        v->n_character = s->character.n;
        v->n_negated = s->negated.n;
        v->n_feature = (uint32_t)total;
    }
    free(word);
    free(character);
    free(bigram);
    return good;
}

/* ---- second pass: counts, by the same function that explains a score ---- */

enum { CHUNK = 512 }; /* rows of one task */

struct row_counts {
    uint32_t *feature;
    size_t n, cap;
};

static bool count_one(void *user, uint32_t feature, struct slant_span where)
{
    struct row_counts *c = user;
    (void)where;
    if (!sl_grow(&c->feature, &c->cap, c->n + 1, sizeof *c->feature)) {
        return false;
    }
    c->feature[c->n++] = feature;
    return true;
}

struct chunk {
    struct sl_count *count;
    size_t n, cap;
};

struct counting {
    const struct sl_rows *rows;
    const struct sl_language *language;
    struct sl_features *out;
    struct chunk *chunk;
};

static enum slant_status count_rows(const struct counting *c, struct sl_lexer *lexer,
                                    struct row_counts *occurrences, size_t i,
                                    struct slant_error *err)
{
    struct chunk *chunk = &c->chunk[i];
    size_t end = (i + 1) * CHUNK < c->rows->n ? (i + 1) * CHUNK : c->rows->n;
    for (size_t r = i * CHUNK; r < end; r++) {
        const struct sl_row *row = &c->rows->row[r];
        size_t before = chunk->n;
        occurrences->n = 0;
        if (!sl_features(&c->out->all, lexer, row->text.p, (struct slant_span){0, row->text.len},
                         row->mask, row->n_mask, count_one, occurrences)) {
            return sl_fail_nomem(err);
        }
        if (occurrences->n > 0) {
            qsort(occurrences->feature, occurrences->n, sizeof *occurrences->feature, sl_by_u32);
        }
        if (!sl_grow(&chunk->count, &chunk->cap, chunk->n + occurrences->n, sizeof *chunk->count)) {
            return sl_fail_nomem(err);
        }
        for (size_t k = 0; k < occurrences->n; k++) {
            if (chunk->n > before &&
                chunk->count[chunk->n - 1].feature == occurrences->feature[k]) {
                chunk->count[chunk->n - 1].n++;
            } else {
                chunk->count[chunk->n++] = (struct sl_count){occurrences->feature[k], 1};
            }
        }
        c->out->start[r + 1] = chunk->n - before; /* summed later */
    }
    return SLANT_OK;
}

static enum slant_status count_chunk(void *user, size_t i, struct slant_error *err)
{
    const struct counting *c = user;
    struct sl_lexer lexer;
    struct row_counts occurrences = {0};
    enum slant_status status;
    SL_TRY(sl_lexer_init(&lexer, c->language, err));
    status = count_rows(c, &lexer, &occurrences, i, err);
    free(occurrences.feature);
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
    f->start = sl_array_zero(f->n_row + 1, sizeof *f->start);
    if (c->chunk == NULL || f->start == NULL) {
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
                                    const struct sl_language *language, unsigned n_thread,
                                    struct slant_error *err)
{
    struct counting counting = {rows, language, f, NULL};
    struct seen seen = {0};
    struct sl_lexer lexer;
    enum slant_status status;
    memset(f, 0, sizeof *f);
    SL_TRY(sl_lexer_init(&lexer, language, err));
    status = SLANT_OK;
    for (size_t r = 0; r < rows->n && status == SLANT_OK; r++) {
        if (!see_row(&seen, &lexer, &rows->row[r])) {
            status = sl_fail_nomem(err);
        }
    }
    sl_lexer_free(&lexer);
    if (status == SLANT_OK && !order_all(&seen, &f->all)) {
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

enum slant_status sl_vocabulary_subset(const struct sl_vocabulary *all, const bool *keep,
                                       struct sl_vocabulary *out, uint32_t *local,
                                       struct slant_error *err)
{
    uint32_t bigram = sl_first_bigram(all);
    uint32_t trigram = sl_first_trigram(all);
    uint32_t character = sl_first_character(all);
    uint32_t negated = sl_first_negated(all);
    uint32_t *list = sl_array(all->n_negated, sizeof *list);
    memset(out, 0, sizeof *out);
    out->negated_word = list;
    if (list == NULL ||
        !subset_strings(all->word_bytes, all->word_start, all->n_word, keep, local,
                        &out->word_bytes, &out->word_start, &out->n_word) ||
        !subset_lists(all->bigram_start, all->n_word, all->bigram_next, keep + bigram, local, local,
                      local + bigram, &out->bigram_start, &out->bigram_next, &out->n_bigram) ||
        !subset_lists(all->trigram_start, all->n_bigram, all->trigram_next, keep + trigram,
                      local + bigram, local, local + trigram, &out->trigram_start,
                      &out->trigram_next, &out->n_trigram) ||
        !subset_strings(all->character_bytes, all->character_start, all->n_character,
                        keep + character, local + character, &out->character_bytes,
                        &out->character_start, &out->n_character)) {
        sl_vocabulary_free(out);
        return sl_fail_nomem(err);
    }
    for (uint32_t i = 0; i < all->n_negated; i++) {
        local[negated + i] = SL_FEATURE_NONE;
        if (keep[negated + i]) {
            list[out->n_negated] = local[all->negated_word[i]];
            local[negated + i] = out->n_negated++;
        }
    }
    out->n_feature =
        out->n_word + out->n_bigram + out->n_trigram + out->n_character + out->n_negated;
    shift(local + bigram, all->n_bigram, sl_first_bigram(out));
    shift(local + trigram, all->n_trigram, sl_first_trigram(out));
    shift(local + character, all->n_character, sl_first_character(out));
    shift(local + negated, all->n_negated, sl_first_negated(out));
    return SLANT_OK;
}
