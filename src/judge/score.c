#include "base/inline.h"
#include "base/memory.h"
#include "judge/scorer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum slant_status sl_scorer_new(const struct slant_model *m, enum sl_simd simd,
                                struct sl_scorer **out, struct slant_error *err)
{
    struct sl_scorer *s = calloc(1, sizeof *s);
    enum slant_status status;
    if (s == NULL) {
        return sl_fail_nomem(err);
    }
    s->m = m;
    s->mixing = sl_pair_mixing(&m->vocabulary.pair);
    s->forms = sl_forms_of(simd);
    s->reader.simd = simd;
    s->reader.take_words = s->forms->take_words;
    s->reader.memo = &s->memo;
    s->reader.names_too = m->vocabulary.target_words;
    s->bias = sl_array_zero(m->stride, sizeof *s->bias);
    s->sums.block = sl_array_zero((size_t)SL_N_BLOCK * m->stride, sizeof *s->sums.block);
    status = s->sums.block == NULL || s->bias == NULL ? sl_fail_nomem(err)
                                                      : sl_memo_init(&s->memo, m, s->forms, err);
    if (status != SLANT_OK || s->bias == NULL) {
        free(s->sums.block);
        free(s->bias);
        free(s);
        return status;
    }
    for (size_t h = 0; h < m->n_head; h++) {
        memcpy(s->bias + m->fit[h].column, m->fit[h].bias, m->head[h].n_label * sizeof *s->bias);
    }
    s->mention = (struct sl_known){.word = s->memo.target_word, .negated = s->memo.target_negated};
    s->vectors = m->vocabulary.used[SL_BLOCK_VECTOR];
    s->reads_all = m->vocabulary.placed &&
                   (m->vocabulary.used[SL_BLOCK_POLARITY] || m->vocabulary.used[SL_BLOCK_VECTOR] ||
                    m->vocabulary.list[SL_BLOCK_OUTLINE - SL_FIRST_LIST].n > 0);
    *out = s;
    return SLANT_OK;
}

void sl_scorer_free(struct sl_scorer *s)
{
    if (s != NULL) {
        sl_memo_free(&s->memo);
        sl_readings_free(&s->readings);
        free(s->sums.block);
        free(s->bias);
        free(s);
    }
}

bool sl_scorer_features(struct sl_scorer *s, const char *text, const struct sl_item *item,
                        sl_feature_seen *seen, void *user, uint32_t *n_token)
{
    s->readings.vectors_added = false;
    return sl_features(&s->m->vocabulary, &s->memo.lexer, &s->readings, text, item->span,
                       item->mask, item->n_mask, seen, user, n_token);
}

/* ---- sums ---- */

static bool add(void *user, uint32_t feature, double n, struct slant_span where)
{
    struct sl_scorer *s = user;
    const struct sl_vocabulary *v = &s->m->vocabulary;
    (void)where;
    __builtin_prefetch(sl_row_of(s->m, feature));
    if (s->n_due == SL_MAX_DUE) {
        s->forms->add_due(s);
    }
    /* they come block by block */
    if (feature - v->first[s->due_block] >= v->first[s->due_block + 1] - v->first[s->due_block]) {
        s->due_block = sl_feature_block(v, feature);
    }
    s->due[s->n_due++] = (struct sl_due){n, feature, s->due_block};
    return true;
}

void sl_scorer_add(struct sl_scorer *s, uint32_t feature)
{
    (void)add(s, feature, 1, (struct slant_span){0, 0});
}

/* sum[stride] = 0, by parts of a length that the compiler knows. */
static void clear_sums(double *sum, uint32_t stride)
{
    for (uint32_t k = 0; k < stride; k += SL_ROW_PART) {
        memset(sum + k, 0, SL_ROW_PART * sizeof *sum);
    }
}

void sl_scorer_begin(struct sl_scorer *s)
{
    const uint32_t stride = s->m->stride;
    clear_sums(s->sums.word, stride);
    clear_sums(s->sums.character, stride);
    for (; s->sums.others != 0; s->sums.others &= s->sums.others - 1) {
        clear_sums(s->sums.block + (size_t)__builtin_ctz(s->sums.others) * stride, stride);
    }
    s->sums.n_token = 0;
    s->readings.n = 0;
    s->n_due = 0;
}

bool sl_scorer_end(struct sl_scorer *s, uint32_t item)
{
    s->readings.vectors_added = true; /* token by token */
    if (sl_scorer_reads_places(s, item) &&
        !sl_placed_features(&s->m->vocabulary, s->reader.text, &s->readings, add, s)) {
        return false;
    }
    s->forms->add_due(s);
    return true;
}

/* ---- blocks ---- */

bool sl_score(struct sl_scorer *s, const char *text, size_t len, const struct sl_item *item,
              size_t n, bool keep, double *margin)
{
    struct sl_stretch *b = &s->block;
    uint32_t open = 0; /* the sentence whose sums are being made */
    sl_reader_begin(&s->reader, text, len, item, n);
    sl_scorer_begin(s);
    if (keep && n > 0) {
        sl_kept_begin(&s->kept, (struct slant_span){item[0].span.begin, item[n - 1].span.end});
    }
    for (;;) {
        if (!sl_memo_begin(&s->memo)) {
            return false;
        }
        b->n = sl_reader_next(&s->reader, b->token, b->key, SL_BLOCK_TOKENS, b->start, &b->n_start);
        if (b->n == 0) {
            break;
        }
        if (!s->forms->score_block(s, &open, margin)) {
            return false;
        }
        if (keep) {
            sl_kept_take(s);
        }
        b->word[0] = b->word[b->n];
        b->bigram[0] = b->bigram[b->n];
    }
    return s->forms->end_up_to(s, &open, (uint32_t)n, margin);
}

bool sl_score_part(struct sl_scorer *s, const char *text, size_t len, const struct sl_item *item,
                   double *margin)
{
    size_t from;
    size_t to;
    uint32_t open = 0;
    if (!sl_kept_find(s, item->span, &from, &to)) {
        return sl_score(s, text, len, item, 1, false, margin);
    }
    s->reader.item = item;
    sl_scorer_begin(s);
    for (size_t i = from; i < to; i += s->block.n) {
        sl_kept_give(s, from, i, to);
        if (!s->forms->sum_block(s, &open, margin)) {
            return false;
        }
    }
    return s->forms->end_up_to(s, &open, 1, margin);
}

void sl_scorer_words(const struct sl_scorer *s, uint64_t *n_word, uint64_t *n_unknown)
{
    *n_word = s->n_word;
    *n_unknown = s->n_unknown;
}
