#include "judge/memo.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BITS = 12,
    MORE_BITS = 2, /* fourfold: what the tables before leave behind stays small */
    LONG_SEARCH = 512
};

static bool start_anew(struct sl_memo *memo);

enum slant_status sl_memo_init(struct sl_memo *memo, const struct slant_model *model,
                               enum sl_simd simd, struct slant_error *err)
{
    memset(memo, 0, sizeof *memo);
    memo->model = model;
    memo->sum_characters = simd == SL_SIMD_AVX2 ? sl_sum_characters_avx2 : sl_sum_characters_any;
    SL_TRY(sl_lexer_init(&memo->lexer, model->language, err));
    memo->target_word = sl_find_word(&model->vocabulary, SL_STEM_TARGET, sizeof SL_STEM_TARGET - 1);
    memo->target_negated = sl_find_listed(&model->vocabulary, SL_BLOCK_NEGATED, memo->target_word);
    if (model->vocabulary.placed) {
        sl_openings_read(&model->vocabulary.lexicon, &memo->openings);
    }
    if (!start_anew(memo)) {
        sl_memo_free(memo);
        return sl_fail_nomem(err);
    }
    return SLANT_OK;
}

void sl_memo_free(struct sl_memo *memo)
{
    sl_lexer_free(&memo->lexer);
    free(memo->known);
    free(memo->sums);
    free(memo->more);
    free(memo->names);
    memset(memo, 0, sizeof *memo);
}

/* ---- what is kept of a token ---- */

/* Room for item number n; sums are 64-aligned. */
static bool make_room(struct sl_memo *memo, size_t n)
{
    size_t size = memo->model->stride * sizeof *memo->sums;
    if (memo->model->vocabulary.placed &&
        !sl_grow(&memo->more, &memo->cap_more, n + 1, sizeof *memo->more)) {
        return false;
    }
    if (memo->sums == NULL) {
        memo->cap_sums = SL_MEMO_BUDGET / size + SL_MEMO_SLACK;
        memo->sums = sl_large((memo->cap_sums * size + 63) / 64 * 64);
    }
    if (memo->sums == NULL || n >= memo->cap_sums) {
        return false;
    }
    return true;
}

static void set_sums(const struct sl_memo *memo, const struct sl_lexeme *lexeme, double *sums)
{
    const struct slant_model *m = memo->model;
    if (lexeme != NULL && m->vocabulary.n_character > 0) {
        memo->sum_characters(m, lexeme, sums);
    } else {
        memset(sums, 0, m->stride * sizeof *sums);
    }
}

/* t is cut to what a key covers. */
static bool learn(struct sl_memo *memo, struct sl_known *k, const char *text,
                  const struct sl_token *t, const struct sl_key *key)
{
    const struct sl_vocabulary *v = &memo->model->vocabulary;
    struct sl_lexeme lexeme;
    size_t number = memo->n + 1;
    size_t len = t->end - t->begin;
    struct sl_known new = {.low = key->low, .high = key->high, .len = (uint16_t)len};
    if (!sl_lexeme_read(&memo->lexer, text, t, &lexeme) || !make_room(memo, number)) {
        return false;
    }
    if (sl_key_long(key)) {
        if (!sl_grow(&memo->names, &memo->cap_names, memo->len_names + len, 1)) {
            return false;
        }
        memcpy(memo->names + memo->len_names, text + t->begin, len);
        new.high = memo->len_names;
        memo->len_names += len;
    }
    new.number = (uint32_t)number;
    new.word = sl_find_word(v, lexeme.stem, lexeme.stem_len);
    new.negated = sl_find_listed(v, SL_BLOCK_NEGATED, new.word);
    new.flags = lexeme.negator ? SL_KNOWN_NEGATOR : 0;
    if (memo->mark != NULL) {
        new.flags |= (uint16_t)(memo->mark(text + t->begin, len) & ~SL_KNOWN_NEGATOR);
    }
    set_sums(memo, &lexeme, memo->sums + number * memo->model->stride);
    if (v->placed) {
        char folded[SL_FOLD_MAX]; /* as phrases are compared, where a lexeme may lose its points */
        size_t folded_len = sl_fold(text + t->begin, len, folded);
        memo->more[number] =
            (struct sl_known_more){sl_lexicon_word(&v->lexicon, &lexeme),
                                   sl_find_vector(v, &lexeme), sl_opening_hash(folded, folded_len)};
    }
    memo->n++;
    *k = new;
    return true;
}

/* ---- finding it ---- */

static struct sl_known *new_known(size_t n)
{
    struct sl_known *known = sl_large(n * sizeof *known);
    if (known != NULL) {
        memset(known, 0, n * sizeof *known);
    }
    return known;
}

/* The sums keep their memory; the table begins small, so that to forget often costs little. */
static bool start_anew(struct sl_memo *memo)
{
    free(memo->known);
    memo->bits = FIRST_BITS;
    memo->known = new_known((size_t)1 << FIRST_BITS);
    memo->n = 0;
    memo->len_names = 0;
    memo->crowded = false;
    memo->age++;
    if (memo->known == NULL || !make_room(memo, 0)) {
        return false;
    }
    set_sums(memo, NULL, memo->sums);
    if (memo->model->vocabulary.placed) {
        memo->more[0] = (struct sl_known_more){.vector = SL_FEATURE_NONE};
    }
    return true;
}

/* Memory in use if the table had 2^bits places. */
static size_t used(const struct sl_memo *memo, uint32_t bits)
{
    size_t each = memo->model->stride * sizeof *memo->sums +
                  (memo->model->vocabulary.placed ? sizeof *memo->more : 0);
    return ((size_t)sizeof *memo->known << bits) + memo->n * each + memo->len_names;
}

bool sl_memo_begin(struct sl_memo *memo)
{
    return (used(memo, memo->bits) <= SL_MEMO_BUDGET && !memo->crowded) || start_anew(memo);
}

static bool grow(struct sl_memo *memo)
{
    struct sl_known *old = memo->known;
    size_t n_old = (size_t)1 << memo->bits;
    struct sl_known *known = new_known(n_old << MORE_BITS);
    size_t mask = (n_old << MORE_BITS) - 1;
    if (known == NULL) {
        return false;
    }
    memo->known = known;
    memo->bits += MORE_BITS;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].low != 0) {
            struct sl_key key = {.low = old[i].low};
            uint64_t hash = sl_key_long(&key) ? old[i].low : sl_memo_hash(old[i].low, old[i].high);
            size_t at = sl_memo_home(hash, memo->bits);
            while (known[at].low != 0) {
                at = (at + 1) & mask;
            }
            known[at] = old[i];
        }
    }
    free(old);
    return true;
}

/* Bytes of a token that a key covers: no more is read of a word; a code point is whole or visibly
 * cut behind them. */
static size_t covered(size_t len)
{
    return len > SL_WORD_MAX + 4 ? SL_WORD_MAX + 4 : len;
}

void sl_memo_key(const char *p, size_t len, struct sl_key *key)
{
    len = covered(len);
    *key = (struct sl_key){0};
    if (len <= 16) {
        memcpy(&key->low, p, len < 8 ? len : 8);
        if (len > 8) {
            memcpy(&key->high, p + 8, len - 8);
        }
        key->hash = sl_memo_hash(key->low, key->high);
    } else {
        key->low = (sl_hash(p, len, 0) & ~UINT64_C(0xff)) | SL_LONG;
        key->high = UINT64_MAX; /* the place of no name */
        key->hash = key->low;
    }
}

static bool is_it(const struct sl_memo *memo, const struct sl_known *k, const char *p, size_t len,
                  const struct sl_key *key)
{
    return sl_key_long(key)
               ? k->low == key->low && k->len == len && memcmp(memo->names + k->high, p, len) == 0
               : sl_known_is(k, key);
}

const struct sl_known *sl_memo_learn(struct sl_memo *memo, const char *text,
                                     const struct sl_token *t, const struct sl_key *key)
{
    struct sl_token cut = *t;
    size_t len = covered(t->end - t->begin);
    size_t mask;
    size_t at;
    size_t steps = 0;
    cut.end = cut.begin + len;
    if (memo->n * 16 >= (size_t)11 << memo->bits) {
        /* past the budget there is no use in a larger table: everything will be forgotten at once,
         * and until then what is free does for a block's tokens */
        if (used(memo, memo->bits + MORE_BITS) > SL_MEMO_BUDGET) {
            memo->crowded = true;
        } else if (!grow(memo)) {
            return NULL;
        }
    }
    mask = ((size_t)1 << memo->bits) - 1;
    at = sl_memo_home(key->hash, memo->bits);
    while (memo->known[at].low != 0) {
        if (is_it(memo, &memo->known[at], text + cut.begin, len, key)) {
            return &memo->known[at];
        }
        at = (at + 1) & mask;
        memo->crowded = memo->crowded || ++steps > LONG_SEARCH;
    }
    return learn(memo, &memo->known[at], text, &cut, key) ? &memo->known[at] : NULL;
}
