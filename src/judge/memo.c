#include "judge/memo.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "judge/forms.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BITS = 12,
    MORE_BITS = 2, /* fourfold: what the tables before leave behind stays small */
    LONG_SEARCH = 512
};

static bool start_anew(struct sl_memo *memo);

enum slant_status sl_memo_init(struct sl_memo *memo, const struct slant_model *model,
                               const struct sl_forms *forms, struct slant_error *err)
{
    memset(memo, 0, sizeof *memo);
    memo->model = model;
    memo->forms = forms;
    SL_TRY(sl_lexer_init(&memo->lexer, model->language, err));
    memo->target_word = sl_find_word(&model->vocabulary, SL_STEM_TARGET, sizeof SL_STEM_TARGET - 1);
    memo->target_negated = sl_find_listed(&model->vocabulary, SL_BLOCK_NEGATED, memo->target_word);
    memo->target_word = memo->target_word == SL_FEATURE_NONE ? model->no_row : memo->target_word;
    if (model->vocabulary.placed) {
        sl_phrase_set_read(&model->vocabulary.lexicon, &memo->phrases);
    }
    memo->of_short = sl_array_zero(SL_SHORT_PLACES, model->stride * sizeof *memo->of_short);
    if (memo->of_short == NULL || !start_anew(memo)) {
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
    free(memo->of_short);
    memset(memo, 0, sizeof *memo);
}

/* ---- the table ---- */

static inline uint64_t *key_at(struct sl_known_two *known, size_t at)
{
    return known[at / 2].key[at % 2];
}
static inline struct sl_known *known_at(struct sl_known_two *known, size_t at)
{
    return &known[at / 2].known[at % 2];
}
_Static_assert(SL_WORD_MAX + 4 <= UINT8_MAX, "a known token's length is a byte");
static void put(struct sl_known_two *known, size_t at, const uint64_t key[2],
                const struct sl_known *what)
{
    memcpy(key_at(known, at), key, 2 * sizeof *key);
    *known_at(known, at) = *what;
}

/* ---- what is kept of a token ---- */

/* Room for item number n; sums are 64-aligned. */
static bool make_room(struct sl_memo *memo, size_t n)
{
    size_t size = sl_memo_width(memo) * sizeof *memo->sums;
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

/* Of the mention's mask there are no characters: lexeme NULL. */
static void ask_for_characters(struct sl_memo *memo, size_t number, const struct sl_lexeme *lexeme)
{
    const struct slant_model *m = memo->model;
    int16_t *sums = memo->sums + number * sl_memo_width(memo);
    if (lexeme != NULL && m->vocabulary.n_character > 0) {
        memo->forms->ask_for_characters(memo, lexeme, sums);
    } else {
        memset(sums, 0, m->stride * sizeof *sums);
    }
}

static void set_word(const struct sl_memo *memo, size_t number, uint32_t word)
{
    const struct slant_model *m = memo->model;
    const int8_t *row = sl_row_of(m, word);
    int16_t *sums = memo->sums + number * sl_memo_width(memo) + m->stride;
    for (uint32_t k = 0; k < m->stride; k++) {
        sums[k] = (int16_t)row[k];
    }
}

/* Into a free place `at` of the table; t is cut to what a key covers. */
static bool learn(struct sl_memo *memo, size_t at, const char *text, const struct sl_token *t,
                  const struct sl_key *key)
{
    const struct sl_vocabulary *v = &memo->model->vocabulary;
    struct sl_lexeme lexeme;
    size_t number = memo->n + 1;
    size_t len = t->end - t->begin;
    struct sl_known new = {.len = (uint8_t)len};
    uint64_t high = key->high;
    if (!sl_lexeme_read(&memo->lexer, text, t, &lexeme) || !make_room(memo, number)) {
        return false;
    }
    if (sl_key_long(key)) {
        if (!sl_grow(&memo->names, &memo->cap_names, memo->len_names + len, 1)) {
            return false;
        }
        memcpy(memo->names + memo->len_names, text + t->begin, len);
        high = memo->len_names;
        memo->len_names += len;
    }
    new.number = (uint32_t)number;
    sl_ask_for_word(v, lexeme.stem, lexeme.stem_len);
    ask_for_characters(memo, number, &lexeme);
    new.word = sl_find_word(v, lexeme.stem, lexeme.stem_len);
    new.negated = new.word == SL_FEATURE_NONE ? SL_FEATURE_NONE : SL_NOT_ASKED;
    new.word = new.word == SL_FEATURE_NONE ? memo->model->no_row : new.word;
    set_word(memo, number, new.word);
    new.flags = lexeme.negator ? SL_KNOWN_NEGATOR : 0;
    if (memo->mark != NULL) {
        new.flags |= (uint16_t)(memo->mark(text + t->begin, len) & ~SL_KNOWN_NEGATOR);
    }
    if (v->placed) {
        char folded[SL_FOLD_MAX]; /* as phrases are compared, where a lexeme may lose its points */
        size_t folded_len = sl_fold(text + t->begin, len, folded);
        memo->more[number] =
            (struct sl_known_more){sl_lexicon_word(&v->lexicon, &lexeme),
                                   sl_find_vector(v, &lexeme), sl_phrase_hash(folded, folded_len)};
    }
    memo->n++;
    put(memo->known, at, (const uint64_t[2]){key->low, high}, &new);
    return true;
}

/* Room for 2^bits. */
static struct sl_known_two *new_known(uint32_t bits)
{
    size_t len = sizeof(struct sl_known_two) << bits >> 1;
    struct sl_known_two *known = sl_large(len);
    if (known != NULL) {
        memset(known, 0, len);
    }
    return known;
}

/* The sums keep their memory; the table begins small, so that to forget often costs little. */
static bool start_anew(struct sl_memo *memo)
{
    free(memo->known);
    memo->bits = FIRST_BITS;
    memo->known = new_known(FIRST_BITS);
    memo->n = 0;
    memo->len_names = 0;
    memo->crowded = memo->full = false;
    memo->age++;
    if (memo->known == NULL || !make_room(memo, 0)) {
        return false;
    }
    ask_for_characters(memo, 0, NULL);
    set_word(memo, 0, memo->target_word);
    if (memo->model->vocabulary.placed) {
        memo->more[0] = (struct sl_known_more){.vector = SL_FEATURE_NONE};
    }
    return true;
}

/* Memory in use if the table had 2^bits places. */
static size_t used(const struct sl_memo *memo, uint32_t bits)
{
    size_t each = sl_memo_width(memo) * sizeof *memo->sums +
                  (memo->model->vocabulary.placed ? sizeof *memo->more : 0);
    return (sizeof *memo->known << bits >> 1) + memo->n * each + memo->len_names;
}

static uint64_t hash_of(const uint64_t key[2])
{
    struct sl_key it = {.low = key[0]};
    return sl_key_long(&it) ? key[0] : sl_memo_hash(key[0], key[1]);
}

/* Into a table that has room, and does not have it. */
static void insert(struct sl_known_two *known, uint32_t bits, const uint64_t key[2],
                   const struct sl_known *what)
{
    size_t mask = ((size_t)1 << bits) - 1;
    size_t at = 2 * sl_memo_home(hash_of(key), bits);
    while (key_at(known, at)[0] != 0) {
        at = (at + 1) & mask;
    }
    put(known, at, key, what);
}

static bool grow(struct sl_memo *memo)
{
    struct sl_known_two *old = memo->known;
    size_t n_old = (size_t)1 << memo->bits;
    struct sl_known_two *known = new_known(memo->bits + MORE_BITS);
    if (known == NULL) {
        return false;
    }
    memo->known = known;
    memo->bits += MORE_BITS;
    for (size_t i = 0; i < n_old; i++) {
        const uint64_t *key = key_at(old, i);
        if (key[0] != 0) {
            insert(known, memo->bits, key, known_at(old, i));
        }
    }
    free(old);
    return true;
}

/* ---- forgetting ---- */

static bool is_crowded(size_t n, uint32_t bits)
{
    return n * 16 >= (size_t)11 << bits;
}

/* Token number `from` becomes number `to`, which is not larger. */
static void move_known(struct sl_memo *memo, uint64_t key[2], struct sl_known *known, size_t to)
{
    const size_t width = sl_memo_width(memo);
    const size_t from = known->number;
    const struct sl_key it = {.low = key[0]};
    memmove(memo->sums + to * width, memo->sums + from * width, width * sizeof *memo->sums);
    if (memo->model->vocabulary.placed) {
        memo->more[to] = memo->more[from];
    }
    if (sl_key_long(&it)) {
        memmove(memo->names + memo->len_names, memo->names + key[1], known->len);
        key[1] = memo->len_names;
        memo->len_names += known->len;
    }
    known->number = (uint32_t)to;
}

/* Leaves in the table what was met again. Behind a free place nothing is searched for from before it, so from
 * there on each finds its place where it was or earlier. */
static void close_ranks(struct sl_memo *memo)
{
    const size_t n_place = (size_t)1 << memo->bits;
    size_t at = 0;
    while (key_at(memo->known, at)[0] != 0) {
        at++;
    }
    for (size_t i = 0; i < n_place; i++, at = (at + 1) & (n_place - 1)) {
        uint64_t *place = key_at(memo->known, at);
        uint64_t key[2] = {place[0], place[1]};
        struct sl_known what = *known_at(memo->known, at);
        place[0] = 0;
        if (key[0] != 0 && what.again) {
            what.again = false;
            insert(memo->known, memo->bits, key, &what);
        }
    }
}

/* Forgets what was met but once. False where that is less than a quarter, or memory is short: nothing
 * is changed then. */
static bool forget_strangers(struct sl_memo *memo)
{
    uint32_t *place = sl_array(memo->n + 1, sizeof *place); /* in the table, by number; or none */
    size_t n = 0;
    if (place == NULL) {
        return false;
    }
    memset(place, 0xff, (memo->n + 1) * sizeof *place);
    for (size_t i = 0; i < (size_t)1 << memo->bits; i++) {
        if (key_at(memo->known, i)[0] != 0 && known_at(memo->known, i)->again) {
            place[known_at(memo->known, i)->number] = (uint32_t)i;
            n++;
        }
    }
    if (n > memo->n / 4 * 3) {
        free(place);
        return false;
    }
    memo->len_names = 0;
    for (size_t number = 1, to = 1; number <= memo->n; number++) {
        if (place[number] != UINT32_MAX) { /* in the order of numbers, in which names lie too */
            move_known(memo, key_at(memo->known, place[number]),
                       known_at(memo->known, place[number]), to++);
        }
    }
    free(place);
    close_ranks(memo);
    memo->n = n;
    memo->full = false;
    memo->age++;
    return true;
}

bool sl_memo_begin(struct sl_memo *memo)
{
    memo->forms->sum_asked(memo); /* where a block was left early */
    if (memo->crowded) {
        return start_anew(memo);
    }
    return (used(memo, memo->bits) <= SL_MEMO_BUDGET && !memo->full) || forget_strangers(memo) ||
           start_anew(memo);
}

/* ---- finding it ---- */

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

static bool is_it(const struct sl_memo *memo, size_t at, const char *p, size_t len,
                  const struct sl_key *key)
{
    const uint64_t *k = key_at(memo->known, at);
    if (sl_key_long(key)) {
        return k[0] == key->low && known_at(memo->known, at)->len == len &&
               memcmp(memo->names + k[1], p, len) == 0;
    }
    return k[0] == key->low && k[1] == key->high;
}

struct sl_known *sl_memo_learn(struct sl_memo *memo, const char *text, const struct sl_token *t,
                               const struct sl_key *key)
{
    struct sl_token cut = *t;
    size_t len = covered(t->end - t->begin);
    size_t mask;
    size_t at;
    size_t steps = 0;
    cut.end = cut.begin + len;
    if (is_crowded(memo->n, memo->bits)) {
        /* past the budget there is no use in a larger table: everything will be forgotten at once,
         * and until then what is free does for a block's tokens */
        if (used(memo, memo->bits + MORE_BITS) > SL_MEMO_BUDGET) {
            memo->full = true;
        } else if (!grow(memo)) {
            return NULL;
        }
    }
    mask = ((size_t)1 << memo->bits) - 1;
    at = 2 * sl_memo_home(key->hash, memo->bits);
    while (key_at(memo->known, at)[0] != 0) {
        if (is_it(memo, at, text + cut.begin, len, key)) {
            known_at(memo->known, at)->again = true;
            return known_at(memo->known, at);
        }
        at = (at + 1) & mask;
        memo->crowded = memo->crowded || ++steps > LONG_SEARCH;
    }
    return learn(memo, at, text, &cut, key) ? known_at(memo->known, at) : NULL;
}
