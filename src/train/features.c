#include "train/features.h"
#include "base/memory.h"
#include "base/order.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "train/forms.h"
#include "train/ngrams.h"

#include <stdlib.h>
#include <string.h>

/* Ascending. Most are few: one sentence's, or one word's. */
static void sort_numbers(uint32_t *p, size_t n)
{
    if (n > 64) {
        qsort(p, n, sizeof *p, sl_by_u32);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t one = p[i];
        size_t at = i;
        for (; at > 0 && p[at - 1] > one; at--) {
            p[at] = p[at - 1];
        }
        p[at] = one;
    }
}

/* ---- first pass: everything that occurs, in order of sight ---- */

struct words {
    uint32_t *p;
    size_t n, cap;
};

static bool add_word(struct words *w, uint32_t word)
{
    if (!sl_grow(&w->p, &w->cap, w->n + 1, sizeof *w->p)) {
        return false;
    }
    w->p[w->n++] = word;
    return true;
}

struct seen {
    struct sl_forms forms;
    struct words token; /* twice the form, and 1 under negation; SL_NO_WORD behind each row */
    size_t *first;      /* [n_row + 1] into token */
    struct words part;  /* words and classes of frames and outlines, parted by SL_NO_WORD */
    /* then */
    uint32_t *word; /* [token.n + part.n] both, as words of the vocabulary */
    struct sl_ngrams ngrams;
    uint32_t *vector; /* [spelling.n] index among the vector words */
};

static void seen_free(struct seen *s)
{
    sl_forms_free(&s->forms);
    free(s->token.p);
    free(s->first);
    free(s->part.p);
    free(s->word);
    sl_ngrams_free(&s->ngrams);
    free(s->vector);
}

/* The frame about the target, or the outline, for the n-grams of it that occur nowhere else: they
 * hold a class. */
static bool see_parts(struct seen *s, const struct sl_lexicon *lexicon,
                      const struct sl_readings *readings, bool frame)
{
    for (size_t i = 0; i < readings->n; i++) {
        uint8_t part = readings->part[i];
        uint32_t now = readings->p[i].word;
        if (part == SL_PART_OUT) {
            if (frame && readings->distance[i].decay > SL_FRAME_REACH &&
                !add_word(&s->part, SL_NO_WORD)) {
                return false;
            }
            continue;
        }
        if (part >= SL_PART_CLASS) {
            const char *word = sl_class_name(lexicon, part - SL_PART_CLASS);
            now = sl_strings_add(&s->forms.word, word, strlen(word));
        }
        if (now == SL_TABLE_NONE || !add_word(&s->part, now)) {
            return false;
        }
    }
    return add_word(&s->part, SL_NO_WORD);
}

static bool see_row(struct seen *s, struct sl_lexer *lexer, const struct sl_material *material,
                    struct sl_readings *readings, const struct sl_row *row)
{
    struct sl_tokens it;
    struct sl_token t;
    struct sl_negation negation = {0};
    const struct sl_lexicon *lexicon = &material->lexicon;
    bool frame = lexicon->n > 0 && row->n_mask > 0;
    bool outline = lexicon->n_class > 0;
    readings->n = 0;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    it.names_too = material->target_words;
    while (sl_tokens_next(&it, &t)) {
        uint32_t number = sl_form_of(&s->forms, lexer, lexicon, row->text.p, &t);
        const struct sl_form *form;
        if (number == SL_TABLE_NONE) {
            return false;
        }
        form = &s->forms.form[number];
        number = 2 * number + sl_negation_step(&negation, t.after_break, form->negator);
        if (!add_word(&s->token, number)) {
            return false;
        }
        if (frame || outline) {
            struct sl_reading now = {.word = form->word,
                                     .polarity = form->polarity,
                                     .negator = form->negator,
                                     .mention = t.kind == SL_TOKEN_MENTION,
                                     .after_break = t.after_break,
                                     .begin = t.begin,
                                     .end = t.end};
            if (!sl_readings_add(readings, &now)) {
                return false;
            }
        }
    }
    return add_word(&s->token, SL_NO_WORD) &&
           (!frame || (sl_readings_frame(readings, lexicon, row->text.p) &&
                       see_parts(s, lexicon, readings, true))) &&
           (!outline || (sl_readings_outline(readings, lexicon, row->text.p) &&
                         see_parts(s, lexicon, readings, false)));
}

static bool see_rows(struct seen *s, const struct sl_rows *rows, const struct sl_material *material,
                     struct sl_lexer *lexer)
{
    struct sl_readings readings = {0};
    bool good = (s->first = sl_array(rows->n + 1, sizeof *s->first)) != NULL;
    for (size_t r = 0; good && r < rows->n; r++) {
        s->first[r] = s->token.n;
        good = see_row(s, lexer, material, &readings, &rows->row[r]);
    }
    if (good) {
        s->first[rows->n] = s->token.n;
    }
    sl_readings_free(&readings);
    return good;
}

/* ---- the order that a model file keeps ---- */

struct ranked {
    const char *bytes;
    uint32_t len, from; /* number in order of sight */
};

static int by_bytes(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    int order = memcmp(x->bytes, y->bytes, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* The first 8 bytes of a string as a number of the same order. */
static uint64_t beginning(const char *p, size_t len)
{
    uint64_t v = 0;
    for (size_t i = 0; i < 8; i++) {
        v = v << 8 | (i < len ? (unsigned char)p[i] : 0);
    }
    return v;
}

/* The numbers of the strings, sorted by bytes: by their beginnings, then each run of one beginning. */
static bool sort_strings(const struct sl_strings *t, struct ranked *r)
{
    struct sl_keyed *key = sl_array(t->n, sizeof *key);
    struct sl_keyed *spare = sl_array(t->n, sizeof *spare);
    bool good = key != NULL && spare != NULL;
    for (uint32_t i = 0; good && i < t->n; i++) {
        key[i] = (struct sl_keyed){beginning(sl_strings_get(t, i), t->length[i]), i};
    }
    if (good) {
        sl_radix_sort(key, spare, t->n, UINT64_MAX);
    }
    for (uint32_t i = 0, end; good && i < t->n; i = end) {
        for (end = i; end < t->n && key[end].key == key[i].key; end++) {
            uint32_t from = key[end].at;
            r[end] = (struct ranked){sl_strings_get(t, from), t->length[from], from};
        }
        if (end - i > 1) {
            qsort(r + i, end - i, sizeof *r, by_bytes);
        }
    }
    free(key);
    free(spare);
    return good;
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
    if (r == NULL || all == NULL || at == NULL || t->len > UINT32_MAX || !sort_strings(t, r)) {
        free(r);
        return false;
    }
    at[0] = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        memcpy(all + at[i], r[i].bytes, r[i].len);
        at[i + 1] = at[i] + r[i].len;
        rank[r[i].from] = i;
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

/* Words of rows, frames and outlines, in the vocabulary's numbers. */
static bool rank_words(struct seen *s, const uint32_t *rank)
{
    size_t n = s->token.n;
    s->word = sl_large((n + s->part.n) * sizeof *s->word); /* read out of order */
    for (size_t i = 0; s->word != NULL && i < n; i++) {
        uint32_t token = s->token.p[i];
        s->word[i] = token == SL_NO_WORD ? SL_NO_WORD : rank[s->forms.form[token / 2].word];
    }
    for (size_t i = 0; s->word != NULL && i < s->part.n; i++) {
        s->word[n + i] = s->part.p[i] == SL_NO_WORD ? SL_NO_WORD : rank[s->part.p[i]];
    }
    return s->word != NULL;
}

static bool order_words(struct seen *s, struct sl_vocabulary *v)
{
    struct sl_ngrams *g = &s->ngrams;
    uint32_t *rank = sl_array(s->forms.word.n, sizeof *rank);
    bool good = rank != NULL &&
                order_strings(&s->forms.word, &v->word_bytes, &v->word_start, rank) &&
                rank_words(s, rank);
    free(rank);
    v->n_word = s->forms.word.n;
    if (!good || !sl_ngrams_number(s->word, s->token.n + s->part.n, v->n_word, g)) {
        return false;
    }
    v->n_bigram = g->n_bigram;
    v->n_trigram = g->n_trigram;
    v->bigram_start = g->bigram_start;
    v->bigram_next = g->bigram_next;
    v->trigram_start = g->trigram_start;
    v->trigram_next = g->trigram_next;
    g->bigram_start = g->bigram_next = g->trigram_start = g->trigram_next = NULL; /* moved */
    return true;
}

/* Characters, and which of them each spelling has, ascending and not yet as features. */
static bool order_characters(struct seen *s, struct sl_features *f)
{
    struct sl_forms *forms = &s->forms;
    struct sl_vocabulary *v = &f->all;
    uint32_t *rank = sl_array(forms->character.n, sizeof *rank);
    bool good = rank != NULL &&
                order_strings(&forms->character, &v->character_bytes, &v->character_start, rank);
    v->n_character = forms->character.n;
    f->n_spelling = forms->spelling.n;
    for (uint32_t i = 0; good && i < f->n_spelling; i++) {
        uint32_t *gram = forms->gram + forms->gram_start[i];
        size_t n = forms->gram_start[i + 1] - forms->gram_start[i];
        for (size_t k = 0; k < n; k++) {
            gram[k] = rank[gram[k]];
        }
        sort_numbers(gram, n);
    }
    free(rank);
    f->gram_start = forms->gram_start;
    f->gram = forms->gram;
    forms->gram_start = NULL; /* moved */
    forms->gram = NULL;
    return good;
}

static bool order_all(struct seen *s, const struct sl_material *material, bool targets,
                      struct sl_features *f)
{
    struct sl_vocabulary *v = &f->all;
    if (!order_words(s, v) || !order_characters(s, f) || !add_blocks(v, material, targets)) {
        return false;
    }
    f->tail = s->ngrams.tail;
    s->ngrams.tail = NULL; /* moved */
    for (uint32_t t = 0; t < v->n_trigram; t++) {
        f->tail[t] += sl_first_bigram(v);
    }
    for (size_t i = 0; f->n_spelling > 0 && i < f->gram_start[f->n_spelling]; i++) {
        f->gram[i] += v->first[SL_BLOCK_CHARACTER];
    }
    return !v->placed || sl_lookup_build(v);
}

/* The vector of each spelling. */
static bool find_vectors(struct seen *s, const struct sl_vocabulary *v)
{
    s->vector = sl_array(s->forms.spelling.n, sizeof *s->vector);
    for (uint32_t i = 0; s->vector != NULL && i < s->forms.spelling.n; i++) {
        struct sl_lexeme lexeme;
        lexeme.folded_len = s->forms.spelling.length[i];
        memcpy(lexeme.folded, sl_strings_get(&s->forms.spelling, i), lexeme.folded_len);
        s->vector[i] = sl_find_vector(v, &lexeme);
    }
    return s->vector != NULL;
}

/* ---- second pass: counts ---- */

enum { CHUNK = 2048 }; /* rows of one task */

struct counts {
    struct sl_count *p;
    size_t n, cap;
};

struct row_counts {
    const struct sl_vocabulary *v;
    const struct sl_vectors *vectors;
    struct words number; /* features or spellings of one kind */
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
    const struct seen *seen;
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

/* Sorts the numbers and keeps each with how often it occurs. */
static bool keep_numbers(struct counts *to, const struct words *number)
{
    size_t before = to->n;
    sort_numbers(number->p, number->n);
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
static bool count_words(const struct seen *s, struct row_counts *c, size_t r, struct counts *to)
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
    struct words *number = &c->number;
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

static bool count_spellings(const struct seen *s, struct row_counts *c, size_t r, struct counts *to)
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
static bool count_placed(const struct seen *s, struct sl_readings *readings, struct row_counts *c,
                         const struct sl_row *row, size_t r)
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
    const struct counting *c = user;
    struct sl_readings readings = {0};
    struct row_counts counts = {.v = &c->out->all, .vectors = &c->material->vectors};
    size_t end = (i + 1) * CHUNK < c->rows->n ? (i + 1) * CHUNK : c->rows->n;
    bool good;
    counts.sum = sl_array((size_t)SL_N_VECTOR * c->out->width, sizeof *counts.sum);
    good = counts.sum != NULL;
    for (size_t r = i * CHUNK; good && r < end; r++) {
        good = count_row(c, &readings, &counts, r, &c->chunk[i]);
    }
    free(counts.number.p);
    free(counts.placed);
    free(counts.spare);
    free(counts.sum);
    sl_readings_free(&readings);
    return good ? SLANT_OK : sl_fail_nomem(err);
}

/* Moves the chunks' counts behind each other; to has room for all. */
static void join_counts(struct counts *chunk, struct sl_count *to, size_t *n)
{
    if (chunk->n > 0 && to != NULL) {
        memcpy(to + *n, chunk->p, chunk->n * sizeof *to);
        *n += chunk->n;
    }
    free(chunk->p);
}

static enum slant_status count_all(struct counting *c, unsigned n_thread, struct slant_error *err)
{
    struct sl_features *f = c->out;
    size_t n_chunk = (c->rows->n + CHUNK - 1) / CHUNK;
    size_t n = 0;
    size_t n_spelled = 0;
    enum slant_status status;
    c->chunk = sl_array_zero(n_chunk, sizeof *c->chunk);
    f->n_row = c->rows->n;
    f->width = c->material->vectors.n > 0 ? c->material->vectors.width : 0;
    f->start = sl_array_zero(f->n_row + 1, sizeof *f->start);
    f->spelled_start = sl_array_zero(f->n_row + 1, sizeof *f->spelled_start);
    f->n_token = sl_array_zero(f->n_row, sizeof *f->n_token);
    f->mean = sl_array_zero(f->n_row * SL_N_VECTOR, f->width * sizeof *f->mean);
    f->has_mean = sl_array_zero(f->n_row * SL_N_VECTOR, sizeof *f->has_mean);
    if (c->chunk == NULL || f->start == NULL || f->spelled_start == NULL || f->n_token == NULL ||
        f->mean == NULL || f->has_mean == NULL) {
        free(c->chunk);
        return sl_fail_nomem(err);
    }
    status = sl_parallel(n_thread, n_chunk, count_chunk, c, err);
    for (size_t r = 0; r < f->n_row; r++) {
        f->start[r + 1] += f->start[r];
        f->spelled_start[r + 1] += f->spelled_start[r];
    }
    if (status == SLANT_OK) {
        f->count = sl_array(f->start[f->n_row], sizeof *f->count);
        f->spelled = sl_array(f->spelled_start[f->n_row], sizeof *f->spelled);
        if (f->count == NULL || f->spelled == NULL) {
            status = sl_fail_nomem(err);
        }
    }
    for (size_t i = 0; i < n_chunk; i++) {
        join_counts(&c->chunk[i].count, status == SLANT_OK ? f->count : NULL, &n);
        join_counts(&c->chunk[i].spelled, status == SLANT_OK ? f->spelled : NULL, &n_spelled);
    }
    free(c->chunk);
    return status;
}

enum slant_status sl_features_build(struct sl_features *f, const struct sl_rows *rows,
                                    const struct sl_material *material, unsigned n_thread,
                                    struct slant_error *err)
{
    struct seen seen = {0};
    struct counting counting = {rows, material, &seen, f, NULL};
    struct sl_lexer lexer;
    enum slant_status status;
    bool targets = false;
    memset(f, 0, sizeof *f);
    f->all.target_words = material->target_words;
    SL_TRY(sl_lexer_init(&lexer, material->language, err));
    for (size_t r = 0; r < rows->n && !targets; r++) {
        targets = rows->row[r].n_mask > 0;
    }
    status = see_rows(&seen, rows, material, &lexer) && order_all(&seen, material, targets, f) &&
                     find_vectors(&seen, &f->all)
                 ? count_all(&counting, n_thread, err)
                 : sl_fail_nomem(err);
    sl_lexer_free(&lexer);
    seen_free(&seen);
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
    free(f->spelled_start);
    free(f->spelled);
    free(f->gram_start);
    free(f->gram);
    free(f->tail);
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
