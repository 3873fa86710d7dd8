#include "judge/score.h"

#include <math.h>

struct sums {
    const struct slant_model *m;
    double block[SL_N_BLOCK][SL_MAX_COLUMN];
    double square[SL_N_BLOCK]; /* of idf over occurrences */
};

static void add(struct sums *s, enum sl_block b, uint32_t feature)
{
    if (feature != SL_FEATURE_NONE) {
        const float *w = s->m->weight + (size_t)feature * s->m->n_column;
        double idf = s->m->idf[feature];
        for (uint32_t k = 0; k < s->m->n_column; k++) {
            s->block[b][k] += (double)w[k];
        }
        s->square[b] += idf * idf;
    }
}

static void add_characters(struct sums *s, const double *known)
{
    for (uint32_t k = 0; k < s->m->n_column; k++) {
        s->block[SL_BLOCK_CHARACTER][k] += known[k];
    }
    s->square[SL_BLOCK_CHARACTER] += known[s->m->n_column];
}

static void finish(const struct sums *s, double *margin)
{
    double inverse[SL_N_BLOCK];
    for (int b = 0; b < SL_N_BLOCK; b++) {
        inverse[b] = s->square[b] > 0 ? 1 / sqrt(s->square[b]) : 0;
    }
    for (size_t h = 0; h < s->m->n_head; h++) {
        for (uint32_t k = 0; k < s->m->head[h].n_label; k++) {
            uint32_t column = s->m->fit[h].column + k;
            margin[column] = s->m->fit[h].bias[k];
            for (int b = 0; b < SL_N_BLOCK; b++) {
                margin[column] += s->block[b][column] * inverse[b];
            }
        }
    }
}

bool sl_score(struct sl_memo *memo, const char *text, struct slant_span span,
              const struct slant_span *mask, size_t n_mask, double *margin)
{
    const struct slant_model *m = memo->model;
    struct sums s = {.m = m};
    struct sl_negation negation = {0};
    struct sl_tokens it;
    struct sl_token t;
    uint32_t last_word = SL_FEATURE_NONE;
    uint32_t last_bigram = SL_FEATURE_NONE;
    sl_tokens_init(&it, text, span.begin, span.end, mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        struct sl_known mention = {.word = memo->target_word, .negated = SL_FEATURE_NONE};
        const struct sl_known *k = &mention;
        uint32_t bigram;
        if (t.kind == SL_TOKEN_MENTION) {
            mention.negated = sl_find_negated(&m->vocabulary, mention.word);
        } else {
            k = sl_memo_get(memo, text, &t);
            if (k == NULL) {
                return false;
            }
        }
        bigram = sl_find_bigram(&m->vocabulary, last_word, k->word);
        add(&s, SL_BLOCK_WORD, k->word);
        add(&s, SL_BLOCK_WORD, bigram);
        add(&s, SL_BLOCK_WORD, sl_find_trigram(&m->vocabulary, last_bigram, k->word));
        if (k->has_characters) {
            add_characters(&s, memo->sums + k->sums);
        }
        if (sl_negation_step(&negation, t.after_break, k->negator)) {
            add(&s, SL_BLOCK_NEGATED, k->negated);
        }
        last_word = k->word;
        last_bigram = bigram;
    }
    finish(&s, margin);
    return true;
}
