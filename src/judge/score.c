#include "judge/score.h"

#include <math.h>
#include <string.h>

struct sums {
    const struct slant_model *m;
    double *block;           /* [SL_N_BLOCK][n_column], the memo's */
    double norm[SL_N_BLOCK]; /* see sl_norm_part */
};

static bool add(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct sums *s = user;
    const struct slant_model *m = s->m;
    enum sl_block b = sl_feature_block(&m->vocabulary, feature);
    const float *w = m->weight + (size_t)feature * m->n_column;
    double *sum = s->block + (size_t)b * m->n_column;
    (void)where;
    for (uint32_t k = 0; k < m->n_column; k++) {
        sum[k] += n * (double)w[k];
    }
    s->norm[b] += sl_norm_part(b, n, m->idf[feature]);
    return true;
}

/* The same for a block that is known and one occurrence: the common case. */
static void add_one(struct sums *s, enum sl_block b, uint32_t feature)
{
    if (feature != SL_FEATURE_NONE) {
        const float *w = s->m->weight + (size_t)feature * s->m->n_column;
        double *sum = s->block + (size_t)b * s->m->n_column;
        for (uint32_t k = 0; k < s->m->n_column; k++) {
            sum[k] += (double)w[k];
        }
        s->norm[b] += sl_norm_part(b, 1, s->m->idf[feature]);
    }
}

static void add_characters(struct sums *s, const double *known)
{
    double *sum = s->block + (size_t)SL_BLOCK_CHARACTER * s->m->n_column;
    for (uint32_t k = 0; k < s->m->n_column; k++) {
        sum[k] += known[k];
    }
    s->norm[SL_BLOCK_CHARACTER] += known[s->m->n_column];
}

static void finish(const struct sums *s, uint32_t n_token, double *margin)
{
    const struct slant_model *m = s->m;
    double inverse[SL_N_BLOCK];
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = sl_norm_inverse((enum sl_block)b, s->norm[b], n_token);
    }
    for (size_t h = 0; h < m->n_head; h++) {
        for (uint32_t k = 0; k < m->head[h].n_label; k++) {
            uint32_t column = m->fit[h].column + k;
            margin[column] = m->fit[h].bias[k];
            for (int b = 0; b < SL_N_BLOCK; b++) {
                margin[column] += s->block[(size_t)b * m->n_column + column] * inverse[b];
            }
        }
    }
}

bool sl_score(struct sl_memo *memo, const char *text, struct slant_span span,
              const struct slant_span *mask, size_t n_mask, double *margin)
{
    const struct slant_model *m = memo->model;
    const struct sl_vocabulary *v = &m->vocabulary;
    struct sums s = {.m = m, .block = memo->block};
    struct sl_negation negation = {0};
    struct sl_tokens it;
    struct sl_token t;
    uint32_t last_word = SL_FEATURE_NONE;
    uint32_t last_bigram = SL_FEATURE_NONE;
    uint32_t n_token = 0;
    memset(s.block, 0, (size_t)SL_N_BLOCK * m->n_column * sizeof *s.block);
    memo->readings.n = 0;
    sl_tokens_init(&it, text, span.begin, span.end, mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        struct sl_known mention = {
            .word = memo->target_word, .negated = memo->target_negated, .vector = SL_FEATURE_NONE};
        const struct sl_known *k = &mention;
        uint32_t bigram;
        bool negated;
        if (t.kind != SL_TOKEN_MENTION) {
            k = sl_memo_get(memo, text, &t);
            if (k == NULL) {
                return false;
            }
        }
        n_token++;
        bigram = sl_find_bigram(v, last_word, k->word);
        negated = sl_negation_step(&negation, t.after_break, k->negator);
        add_one(&s, SL_BLOCK_WORD, k->word);
        add_one(&s, SL_BLOCK_WORD, bigram);
        add_one(&s, SL_BLOCK_WORD, sl_find_trigram(v, last_bigram, k->word));
        if (k->has_characters) {
            add_characters(&s, memo->sums + k->sums);
        }
        if (negated) {
            add_one(&s, SL_BLOCK_NEGATED, k->negated);
        }
        if (v->placed) {
            struct sl_reading now = {.word = k->word,
                                     .bigram = bigram,
                                     .vector = k->vector,
                                     .polarity = k->polarity,
                                     .mention = t.kind == SL_TOKEN_MENTION,
                                     .negator = k->negator,
                                     .negated = negated,
                                     .after_break = t.after_break,
                                     .begin = t.begin,
                                     .end = t.end};
            if (!sl_readings_add(&memo->readings, &now)) {
                return false;
            }
        }
        last_word = k->word;
        last_bigram = bigram;
    }
    if (v->placed && !sl_placed_features(v, text, &memo->readings, add, &s)) {
        return false;
    }
    finish(&s, n_token, margin);
    return true;
}
