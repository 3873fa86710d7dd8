/* Features in the order that a model file keeps. */
#include "base/bytes.h"
#include "base/memory.h"
#include "base/radix.h"
#include "train/features_parts.h"

#include <stdlib.h>
#include <string.h>

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

/* The numbers of the strings, sorted by bytes: by their beginnings, then each run of one beginning. */
static bool sort_strings(const struct sl_strings *t, struct ranked *r)
{
    struct sl_keyed *key = sl_array(t->n, sizeof *key);
    struct sl_keyed *spare = sl_array(t->n, sizeof *spare);
    bool good = key != NULL && spare != NULL;
    for (uint32_t i = 0; good && i < t->n; i++) {
        key[i] = (struct sl_keyed){sl_beginning(sl_strings_get(t, i), t->length[i]), i};
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
static bool rank_words(struct sl_seen *s, const uint32_t *rank)
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

static bool order_words(struct sl_seen *s, struct sl_vocabulary *v)
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
static bool order_characters(struct sl_seen *s, struct sl_features *f)
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
        sl_sort_numbers(gram, n);
    }
    free(rank);
    f->gram_start = forms->gram_start;
    f->gram = forms->gram;
    forms->gram_start = NULL; /* moved */
    forms->gram = NULL;
    return good;
}

/* The vector of each spelling. */
static bool find_vectors(struct sl_seen *s, const struct sl_vocabulary *v)
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

bool sl_seen_order(struct sl_seen *s, const struct sl_material *material, bool targets,
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
    return (!v->placed || sl_lookup_build(v)) && find_vectors(s, v);
}
