#include "feat/place.h"
#include "feat/sorted.h"

#include <stdlib.h>
#include <string.h>

const char *const sl_block_name[SL_N_BLOCK] = {
    "word",        "char",  "negated",  "outline",         "near",   "wide",        "before",
    "after",       "frame", "polarity", "placed-polarity", "vector", "vector-near", "vector-before",
    "vector-after"};

void sl_vocabulary_free(struct sl_vocabulary *v)
{
    free((char *)v->word_bytes);
    free((uint32_t *)v->word_start);
    sl_vocabulary_drop_lists(v);
    free((char *)v->character_bytes);
    free((uint32_t *)v->character_start);
    for (int i = 0; i < SL_N_LIST; i++) {
        free((uint32_t *)v->list[i].feature);
    }
    sl_lexicon_free(&v->lexicon);
    free((char *)v->vector_bytes);
    free((uint32_t *)v->vector_start);
    free(v->outline);
    sl_pairs_free(&v->pair);
    free((struct sl_gram_bucket *)v->word_gram.bucket);
    free((struct sl_gram_bucket *)v->character_gram.bucket);
    memset(v, 0, sizeof *v);
}

void sl_vocabulary_drop_lists(struct sl_vocabulary *v)
{
    free((uint32_t *)v->bigram_start);
    free((uint32_t *)v->bigram_next);
    free((uint32_t *)v->trigram_start);
    free((uint32_t *)v->trigram_next);
    v->bigram_start = v->bigram_next = v->trigram_start = v->trigram_next = NULL;
}

bool sl_is_free(const struct sl_vocabulary *v, uint32_t feature)
{
    return sl_is_frozen(v) && feature >= v->n_word && feature < v->first[SL_BLOCK_CHARACTER] &&
           v->pair.tag[feature - v->n_word] == 0;
}

bool sl_vocabulary_number(struct sl_vocabulary *v)
{
    uint64_t n[SL_N_BLOCK] = {v->n_word + sl_n_pair(v), v->n_character};
    uint64_t total = 0;
    for (int i = 0; i < SL_N_LIST; i++) {
        n[SL_FIRST_LIST + i] = v->list[i].n;
    }
    n[SL_BLOCK_POLARITY] = v->used[SL_BLOCK_POLARITY] ? 2 : 0;
    n[SL_BLOCK_PLACED_POLARITY] = v->used[SL_BLOCK_PLACED_POLARITY] ? 2 * SL_N_SLOT : 0;
    v->placed = false;
    for (int b = SL_FIRST_VECTOR; b < SL_N_BLOCK; b++) {
        n[b] = v->used[b] ? v->n_vector : 0;
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        v->first[b] = (uint32_t)total;
        total += n[b];
        if (total >= SL_FEATURE_NONE) {
            return false;
        }
        v->placed = v->placed || (b > SL_BLOCK_NEGATED && n[b] > 0);
    }
    v->first[SL_N_BLOCK] = (uint32_t)total;
    for (uint32_t c = 0; c < sl_n_class(&v->lexicon); c++) {
        const char *name = sl_class_name(&v->lexicon, c);
        v->class_word[c] = sl_find_word(v, name, strlen(name));
    }
    return true;
}

void sl_ask_for_word(const struct sl_vocabulary *v, const char *stem, size_t len)
{
    if (v->word_gram.bucket != NULL && len > 0) {
        __builtin_prefetch(v->word_gram.bucket +
                           sl_gram_home(&v->word_gram, sl_word_number(stem, len)));
    }
}

uint32_t sl_find_word(const struct sl_vocabulary *v, const char *stem, size_t len)
{
    if (v->word_gram.bucket != NULL && len > 0) {
        uint64_t number = sl_word_number(stem, len);
        uint32_t word = sl_gram_at(&v->word_gram, sl_gram_home(&v->word_gram, number), number);
        if (word == SL_FEATURE_NONE ||
            (v->word_start[word + 1] - v->word_start[word] == len &&
             memcmp(v->word_bytes + v->word_start[word], stem, len) == 0)) {
            return word;
        } /* two words of one number: the sorted strings tell */
    }
    return sl_sorted_find(v->word_bytes, v->word_start, v->n_word, stem, len);
}

static uint32_t find_pair(const struct sl_vocabulary *v, uint32_t head, uint32_t word)
{
    uint32_t slot = sl_pair_find(&v->pair, head, word);
    return slot == SL_PAIR_NONE      ? SL_FEATURE_NONE
           : v->pair.feature != NULL ? v->pair.feature[slot]
                                     : v->n_word + slot;
}

uint32_t sl_find_bigram(const struct sl_vocabulary *v, uint32_t first, uint32_t second)
{
    uint32_t at;
    if (first == SL_FEATURE_NONE || second == SL_FEATURE_NONE) {
        return SL_FEATURE_NONE;
    }
    if (v->pair.tag != NULL) {
        return find_pair(v, first, second);
    }
    at = sl_sorted_number(v->bigram_next, v->bigram_start[first], v->bigram_start[first + 1],
                          second);
    return at == SL_FEATURE_NONE ? at : sl_first_bigram(v) + at;
}

uint32_t sl_find_trigram(const struct sl_vocabulary *v, uint32_t bigram, uint32_t third)
{
    uint32_t at;
    if (bigram == SL_FEATURE_NONE || third == SL_FEATURE_NONE) {
        return SL_FEATURE_NONE;
    }
    if (v->pair.tag != NULL) {
        return find_pair(v, bigram, third);
    }
    bigram -= sl_first_bigram(v);
    at = sl_sorted_number(v->trigram_next, v->trigram_start[bigram], v->trigram_start[bigram + 1],
                          third);
    return at == SL_FEATURE_NONE ? at : sl_first_trigram(v) + at;
}

uint32_t sl_find_character(const struct sl_vocabulary *v, const char *gram, size_t len)
{
    uint32_t at;
    if (v->character_gram.bucket != NULL && len <= SL_GRAM_MAX) {
        uint64_t number = sl_gram_number(gram, len);
        return sl_gram_at(&v->character_gram, sl_gram_home(&v->character_gram, number), number);
    }
    at = sl_sorted_find(v->character_bytes, v->character_start, v->n_character, gram, len);
    return at == SL_FEATURE_NONE ? at : v->first[SL_BLOCK_CHARACTER] + at;
}

uint32_t sl_find_listed(const struct sl_vocabulary *v, enum sl_block list, uint32_t feature)
{
    const struct sl_list *l = &v->list[list - SL_FIRST_LIST];
    uint32_t at;
    if (feature == SL_FEATURE_NONE || l->n == 0) {
        return SL_FEATURE_NONE;
    }
    at = sl_sorted_number(l->feature, 0, l->n, feature);
    return at == SL_FEATURE_NONE ? at : v->first[list] + at;
}

static uint32_t find_vector(const struct sl_vocabulary *v, const char *word, size_t len)
{
    return sl_sorted_find(v->vector_bytes, v->vector_start, v->n_vector, word, len);
}

/* Word vectors are trained on text that parts don't into do n't, and cat's into cat 's. */
uint32_t sl_find_vector(const struct sl_vocabulary *v, const struct sl_lexeme *lexeme)
{
    const char *word = lexeme->folded;
    size_t len = lexeme->folded_len;
    uint32_t at;
    if (v->n_vector == 0 || len == 0) {
        return SL_FEATURE_NONE;
    }
    at = find_vector(v, word, len);
    if (at == SL_FEATURE_NONE && len == 3 && memcmp(word, "u.s", 3) == 0) {
        at = find_vector(v, "u.s.", 4);
    } else if (at == SL_FEATURE_NONE && len > 2 && memcmp(word + len - 2, "'s", 2) == 0) {
        at = find_vector(v, word, len - 2);
    } else if (at == SL_FEATURE_NONE && len > 3 && memcmp(word + len - 3, "n't", 3) == 0) {
        at = find_vector(v, "n't", 3);
    }
    return at;
}

/* ---- names ---- */

struct name {
    char *out;
    size_t len, cap;
};

static void name_put(struct name *n, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++, n->len++) {
        if (n->len + 1 < n->cap) {
            n->out[n->len] = bytes[i];
        }
    }
}

static void name_word(struct name *n, const struct sl_vocabulary *v, uint32_t word)
{
    name_put(n, v->word_bytes + v->word_start[word], v->word_start[word + 1] - v->word_start[word]);
}

/* Which head's list holds position at: the last start that is not above it. */
static uint32_t owner(const uint32_t *start, uint32_t n, uint32_t at)
{
    uint32_t low = 0;
    uint32_t high = n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (start[middle] <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* What a bigram or trigram is made of; false where it is none: a hostile model may say so. */
static bool parts_of(const struct sl_vocabulary *v, uint32_t feature, uint32_t *head,
                     uint32_t *word)
{
    if (sl_is_frozen(v)) {
        return sl_pair_read(&v->pair, feature - v->n_word, head, word) && *word < v->n_word &&
               *head < v->first[SL_BLOCK_CHARACTER];
    }
    if (feature < sl_first_trigram(v)) {
        *head = owner(v->bigram_start, v->n_word, feature - sl_first_bigram(v));
        *word = v->bigram_next[feature - sl_first_bigram(v)];
    } else {
        *head = sl_first_bigram(v) +
                owner(v->trigram_start, v->n_bigram, feature - sl_first_trigram(v));
        *word = v->trigram_next[feature - sl_first_trigram(v)];
    }
    return true;
}

static void name_ngram(struct name *n, const struct sl_vocabulary *v, uint32_t feature)
{
    uint32_t word[3];
    int n_word = 0;
    while (feature >= v->n_word && n_word < 2 && parts_of(v, feature, &feature, &word[n_word])) {
        n_word++;
    }
    if (feature >= v->n_word) {
        name_put(n, "?", 1);
    } else {
        name_word(n, v, feature);
    }
    while (n_word > 0) {
        name_put(n, " ", 1);
        name_word(n, v, word[--n_word]);
    }
}

static void name_text(struct name *n, const char *text)
{
    name_put(n, text, strlen(text));
}

size_t sl_feature_name(const struct sl_vocabulary *v, uint32_t feature, char *out, size_t cap)
{
    static const char *const place[SL_N_SLOT] = {"within about 4", "within about 10", "4 before",
                                                 "4 after",        "before",          "after"};
    struct name n = {out, 0, cap};
    enum sl_block b = sl_feature_block(v, feature);
    uint32_t at = feature - v->first[b];
    name_text(&n, sl_block_name[b]);
    name_put(&n, ":", 1);
    if (b == SL_BLOCK_WORD) {
        name_ngram(&n, v, feature);
    } else if (b == SL_BLOCK_CHARACTER) {
        for (uint32_t i = v->character_start[at]; i < v->character_start[at + 1]; i++) {
            name_put(&n, v->character_bytes[i] == ' ' ? "_" : v->character_bytes + i, 1);
        }
    } else if (b < SL_BLOCK_POLARITY) {
        name_ngram(&n, v, v->list[b - SL_FIRST_LIST].feature[at]);
    } else if (b < SL_FIRST_VECTOR) {
        name_text(&n, at % 2 == 0 ? "positive" : "negative");
        if (b == SL_BLOCK_PLACED_POLARITY) {
            name_put(&n, " ", 1);
            name_text(&n, place[at / 2]);
        }
    } else {
        name_put(&n, v->vector_bytes + v->vector_start[at],
                 v->vector_start[at + 1] - v->vector_start[at]);
    }
    if (cap > 0) {
        out[n.len < cap ? n.len : cap - 1] = 0;
    }
    return n.len;
}

/* ---- occurrences ---- */

struct emitter {
    const struct sl_vocabulary *v;
    sl_feature_seen *seen;
    void *user;
};

static bool emit(const struct emitter *e, uint32_t feature, size_t begin, size_t end)
{
    return feature == SL_FEATURE_NONE ||
           e->seen(e->user, feature, 1, (struct slant_span){begin, end});
}

static bool emit_characters(const struct emitter *e, const struct sl_lexeme *lexeme,
                            const struct sl_token *t)
{
    struct sl_characters c;
    sl_characters_init(&c, lexeme);
    for (size_t n = SL_CHAR_MIN; n <= SL_CHAR_MAX; n++) {
        for (size_t i = 0; i + n <= c.n; i++) {
            uint32_t feature = sl_find_character(e->v, c.padded + c.start[i],
                                                 (size_t)(c.start[i + n] - c.start[i]));
            /* folding may change lengths, so a gram is placed at its whole word */
            if (!emit(e, feature, t->begin, t->end)) {
                return false;
            }
        }
    }
    return true;
}

bool sl_features(const struct sl_vocabulary *v, struct sl_lexer *x, struct sl_readings *scratch,
                 const char *text, struct slant_span span, const struct slant_span *mask,
                 size_t n_mask, sl_feature_seen *seen, void *user, uint32_t *n_token)
{
    struct emitter e = {v, seen, user};
    struct sl_negation negation = {0};
    struct sl_tokens it;
    struct sl_token t;
    struct sl_lexeme lexeme;
    uint32_t last_bigram = SL_FEATURE_NONE;
    size_t begin_bigram = 0;
    struct sl_reading last = {.word = SL_FEATURE_NONE};
    scratch->n = 0;
    *n_token = 0;
    sl_tokens_init(&it, text, span.begin, span.end, mask, n_mask);
    it.names_too = v->target_words;
    while (sl_tokens_next(&it, &t)) {
        struct sl_reading now = {.begin = t.begin, .end = t.end, .after_break = t.after_break};
        if (!sl_lexeme_read(x, text, &t, &lexeme)) {
            return false;
        }
        ++*n_token;
        now.mention = t.kind == SL_TOKEN_MENTION;
        now.negator = lexeme.negator;
        now.negated = sl_negation_step(&negation, t.after_break, lexeme.negator);
        now.word = sl_find_word(v, lexeme.stem, lexeme.stem_len);
        now.bigram = sl_find_bigram(v, last.word, now.word);
        if (!emit(&e, now.word, t.begin, t.end) || !emit(&e, now.bigram, last.begin, t.end) ||
            !emit(&e, sl_find_trigram(v, last_bigram, now.word), begin_bigram, t.end) ||
            !emit_characters(&e, &lexeme, &t) ||
            !(!now.negated ||
              emit(&e, sl_find_listed(v, SL_BLOCK_NEGATED, now.word), t.begin, t.end))) {
            return false;
        }
        if (v->placed) {
            now.vector = sl_find_vector(v, &lexeme);
            now.polarity = sl_lexicon_word(&v->lexicon, &lexeme);
            if (!sl_readings_add(scratch, &now)) {
                return false;
            }
        }
        last_bigram = now.bigram;
        begin_bigram = last.begin;
        last = now;
    }
    return !v->placed || sl_placed_features(v, text, scratch, seen, user);
}
