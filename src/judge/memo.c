#include "judge/memo.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 10 };

enum slant_status sl_memo_init(struct sl_memo *memo, const struct slant_model *model,
                               struct slant_error *err)
{
    memset(memo, 0, sizeof *memo);
    memo->model = model;
    SL_TRY(sl_lexer_init(&memo->lexer, model->language, err));
    memo->known = sl_array_zero(FIRST_SLOTS, sizeof *memo->known);
    memo->block = sl_array((size_t)SL_N_BLOCK * model->n_column, sizeof *memo->block);
    if (memo->known == NULL || memo->block == NULL) {
        sl_memo_free(memo);
        return sl_fail_nomem(err);
    }
    memo->n_slot = FIRST_SLOTS;
    memo->target_word = sl_find_word(&model->vocabulary, SL_STEM_TARGET, sizeof SL_STEM_TARGET - 1);
    memo->target_negated = sl_find_listed(&model->vocabulary, SL_BLOCK_NEGATED, memo->target_word);
    return SLANT_OK;
}

void sl_memo_free(struct sl_memo *memo)
{
    sl_lexer_free(&memo->lexer);
    free(memo->known);
    free(memo->names);
    free(memo->sums);
    free(memo->block);
    sl_readings_free(&memo->readings);
    memset(memo, 0, sizeof *memo);
}

static struct sl_known *find(const struct sl_memo *memo, uint64_t hash, const char *p, size_t len)
{
    size_t mask = memo->n_slot - 1;
    size_t i = (size_t)hash & mask;
    for (;; i = (i + 1) & mask) {
        struct sl_known *k = &memo->known[i];
        if (k->hash == 0 ||
            (k->hash == hash && k->len == len && memcmp(memo->names + k->name, p, len) == 0)) {
            return k;
        }
    }
}

static bool grow(struct sl_memo *memo)
{
    struct sl_known *old = memo->known;
    size_t n_old = memo->n_slot;
    struct sl_known *known = sl_array_zero(n_old * 2, sizeof *known);
    if (known == NULL) {
        return false;
    }
    memo->known = known;
    memo->n_slot = n_old * 2;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].hash != 0) {
            size_t at = (size_t)old[i].hash & (memo->n_slot - 1);
            while (known[at].hash != 0) {
                at = (at + 1) & (memo->n_slot - 1);
            }
            known[at] = old[i];
        }
    }
    free(old);
    return true;
}

static void forget(struct sl_memo *memo)
{
    memset(memo->known, 0, memo->n_slot * sizeof *memo->known);
    memo->n = 0;
    memo->len_names = 0;
    memo->n_sums = 0;
}

/* Character n-grams in one fixed order, so that a sum never depends on what was met before. */
static void sum_characters(const struct slant_model *m, const struct sl_lexeme *lexeme,
                           double *sums)
{
    struct sl_characters c;
    sl_characters_init(&c, lexeme);
    for (size_t n = SL_CHAR_MIN; n <= SL_CHAR_MAX; n++) {
        for (size_t i = 0; i + n <= c.n; i++) {
            uint32_t feature = sl_find_character(&m->vocabulary, c.padded + c.start[i],
                                                 (size_t)(c.start[i + n] - c.start[i]));
            if (feature != SL_FEATURE_NONE) {
                const float *w = m->weight + (size_t)feature * m->n_column;
                double idf = m->idf[feature];
                for (uint32_t k = 0; k < m->n_column; k++) {
                    sums[k] += (double)w[k];
                }
                sums[m->n_column] += idf * idf;
            }
        }
    }
}

static bool learn(struct sl_memo *memo, struct sl_known *k, uint64_t hash, const char *text,
                  const struct sl_token *t)
{
    const struct slant_model *m = memo->model;
    struct sl_lexeme lexeme;
    size_t len = t->end - t->begin;
    size_t width = (size_t)m->n_column + 1;
    if (!sl_lexeme_read(&memo->lexer, text, t, &lexeme) ||
        !sl_grow(&memo->names, &memo->cap_names, memo->len_names + len, 1) ||
        !sl_grow(&memo->sums, &memo->cap_sums, memo->n_sums + width, sizeof *memo->sums)) {
        return false;
    }
    *k = (struct sl_known){.hash = hash,
                           .name = (uint32_t)memo->len_names,
                           .sums = (uint32_t)memo->n_sums,
                           .len = (uint16_t)len,
                           .word = sl_find_word(&m->vocabulary, lexeme.stem, lexeme.stem_len),
                           .has_characters = lexeme.folded_len > 0,
                           .negator = lexeme.negator};
    k->negated = sl_find_listed(&m->vocabulary, SL_BLOCK_NEGATED, k->word);
    k->vector = sl_find_vector(&m->vocabulary, &lexeme);
    k->polarity = sl_lexicon_word(&m->vocabulary.lexicon, &lexeme);
    memcpy(memo->names + memo->len_names, text + t->begin, len);
    memo->len_names += len;
    memset(memo->sums + memo->n_sums, 0, width * sizeof *memo->sums);
    sum_characters(m, &lexeme, memo->sums + memo->n_sums);
    memo->n_sums += width;
    memo->n++;
    return true;
}

const struct sl_known *sl_memo_get(struct sl_memo *memo, const char *text, const struct sl_token *t)
{
    struct sl_token cut = *t;
    struct sl_known *k;
    uint64_t hash;
    size_t used;
    if (t->end - t->begin > SL_WORD_MAX && t->kind != SL_TOKEN_MENTION) {
        /* no more than this is read of a word, so no more need be known of it; one byte beyond
         * keeps a code point whole or visibly cut, as the reader of the token sees it */
        cut.end = t->begin + SL_WORD_MAX + 4 < t->end ? t->begin + SL_WORD_MAX + 4 : t->end;
    }
    hash = sl_hash(text + cut.begin, cut.end - cut.begin, (uint64_t)t->kind);
    hash += hash == 0;
    k = find(memo, hash, text + cut.begin, cut.end - cut.begin);
    if (k->hash != 0) {
        return k;
    }
    used = memo->n_slot * sizeof *memo->known + memo->len_names + memo->n_sums * sizeof *memo->sums;
    if (used > SL_MEMO_BUDGET) {
        forget(memo);
        k = find(memo, hash, text + cut.begin, cut.end - cut.begin);
    } else if (memo->n * 2 >= memo->n_slot) {
        if (!grow(memo)) {
            return NULL;
        }
        k = find(memo, hash, text + cut.begin, cut.end - cut.begin);
    }
    return learn(memo, k, hash, text, &cut) ? k : NULL;
}
