#include "feat/vocabulary.h"

#include <stdlib.h>
#include <string.h>

void sl_vocabulary_free(struct sl_vocabulary *v)
{
    free((char *)v->word_bytes);
    free((uint32_t *)v->word_start);
    free((uint32_t *)v->bigram_start);
    free((uint32_t *)v->bigram_next);
    free((uint32_t *)v->trigram_start);
    free((uint32_t *)v->trigram_next);
    free((char *)v->character_bytes);
    free((uint32_t *)v->character_start);
    free((uint32_t *)v->negated_word);
    memset(v, 0, sizeof *v);
}

/* Index of bytes[len] among sorted strings, or NONE. */
static uint32_t find_string(const char *all, const uint32_t *start, uint32_t n, const char *bytes,
                            size_t len)
{
    uint32_t low = 0;
    uint32_t high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t other = start[middle + 1] - start[middle];
        int order = memcmp(all + start[middle], bytes, other < len ? other : len);
        if (order == 0 && other == len) {
            return middle;
        }
        if (order < 0 || (order == 0 && other < len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return SL_FEATURE_NONE;
}

/* Index of id in the ascending list[low, high), or NONE. */
static uint32_t find_number(const uint32_t *list, uint32_t low, uint32_t high, uint32_t id)
{
    uint32_t end = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && list[low] == id ? low : SL_FEATURE_NONE;
}

uint32_t sl_find_word(const struct sl_vocabulary *v, const char *stem, size_t len)
{
    return find_string(v->word_bytes, v->word_start, v->n_word, stem, len);
}

uint32_t sl_find_bigram(const struct sl_vocabulary *v, uint32_t first, uint32_t second)
{
    uint32_t at;
    if (first == SL_FEATURE_NONE || second == SL_FEATURE_NONE) {
        return SL_FEATURE_NONE;
    }
    at = find_number(v->bigram_next, v->bigram_start[first], v->bigram_start[first + 1], second);
    return at == SL_FEATURE_NONE ? at : sl_first_bigram(v) + at;
}

uint32_t sl_find_trigram(const struct sl_vocabulary *v, uint32_t bigram, uint32_t third)
{
    uint32_t at;
    if (bigram == SL_FEATURE_NONE || third == SL_FEATURE_NONE) {
        return SL_FEATURE_NONE;
    }
    bigram -= sl_first_bigram(v);
    at =
        find_number(v->trigram_next, v->trigram_start[bigram], v->trigram_start[bigram + 1], third);
    return at == SL_FEATURE_NONE ? at : sl_first_trigram(v) + at;
}

uint32_t sl_find_character(const struct sl_vocabulary *v, const char *gram, size_t len)
{
    uint32_t at = find_string(v->character_bytes, v->character_start, v->n_character, gram, len);
    return at == SL_FEATURE_NONE ? at : sl_first_character(v) + at;
}

uint32_t sl_find_negated(const struct sl_vocabulary *v, uint32_t word)
{
    uint32_t at;
    if (word == SL_FEATURE_NONE) {
        return SL_FEATURE_NONE;
    }
    at = find_number(v->negated_word, 0, v->n_negated, word);
    return at == SL_FEATURE_NONE ? at : sl_first_negated(v) + at;
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

static void name_bigram(struct name *n, const struct sl_vocabulary *v, uint32_t bigram)
{
    name_word(n, v, owner(v->bigram_start, v->n_word, bigram));
    name_put(n, " ", 1);
    name_word(n, v, v->bigram_next[bigram]);
}

size_t sl_feature_name(const struct sl_vocabulary *v, uint32_t feature, char *out, size_t cap)
{
    struct name n = {out, 0, cap};
    if (feature < sl_first_character(v)) {
        name_put(&n, "word:", 5);
        if (feature < sl_first_bigram(v)) {
            name_word(&n, v, feature);
        } else if (feature < sl_first_trigram(v)) {
            name_bigram(&n, v, feature - sl_first_bigram(v));
        } else {
            uint32_t trigram = feature - sl_first_trigram(v);
            name_bigram(&n, v, owner(v->trigram_start, v->n_bigram, trigram));
            name_put(&n, " ", 1);
            name_word(&n, v, v->trigram_next[trigram]);
        }
    } else if (feature < sl_first_negated(v)) {
        uint32_t at = feature - sl_first_character(v);
        name_put(&n, "char:", 5);
        for (uint32_t i = v->character_start[at]; i < v->character_start[at + 1]; i++) {
            name_put(&n, v->character_bytes[i] == ' ' ? "_" : v->character_bytes + i, 1);
        }
    } else {
        name_put(&n, "negated:", 8);
        name_word(&n, v, v->negated_word[feature - sl_first_negated(v)]);
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
    return feature == SL_FEATURE_NONE || e->seen(e->user, feature, (struct slant_span){begin, end});
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

bool sl_features(const struct sl_vocabulary *v, struct sl_lexer *x, const char *text,
                 struct slant_span span, const struct slant_span *mask, size_t n_mask,
                 sl_feature_seen *seen, void *user)
{
    struct emitter e = {v, seen, user};
    struct sl_negation negation = {0};
    struct sl_tokens it;
    struct sl_token t;
    struct sl_lexeme lexeme;
    uint32_t last_word = SL_FEATURE_NONE;
    uint32_t last_bigram = SL_FEATURE_NONE;
    size_t begin_last = 0;
    size_t begin_bigram = 0;
    sl_tokens_init(&it, text, span.begin, span.end, mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        uint32_t word;
        uint32_t bigram;
        bool negated;
        if (!sl_lexeme_read(x, text, &t, &lexeme)) {
            return false;
        }
        negated = sl_negation_step(&negation, t.after_break, lexeme.negator);
        word = sl_find_word(v, lexeme.stem, lexeme.stem_len);
        bigram = sl_find_bigram(v, last_word, word);
        if (!emit(&e, word, t.begin, t.end) || !emit(&e, bigram, begin_last, t.end) ||
            !emit(&e, sl_find_trigram(v, last_bigram, word), begin_bigram, t.end) ||
            !emit_characters(&e, &lexeme, &t) ||
            !(!negated || emit(&e, sl_find_negated(v, word), t.begin, t.end))) {
            return false;
        }
        last_word = word;
        last_bigram = bigram;
        begin_bigram = begin_last;
        begin_last = t.begin;
    }
    return true;
}
