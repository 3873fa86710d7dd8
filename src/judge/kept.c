#include "judge/scorer.h"

#include <string.h>

void sl_kept_begin(struct sl_kept *kept, struct slant_span span)
{
    kept->span = span;
    kept->n = kept->n_negated = 0;
    kept->all = true;
    kept->token[0].begin = SIZE_MAX;
}

void sl_kept_take(struct sl_scorer *s)
{
    struct sl_kept *kept = &s->kept;
    const struct sl_stretch *b = &s->block;
    const size_t at = kept->n;
    const bool room = b->n <= SL_KEPT_MAX - at;
    kept->all = kept->all && room && (at == 0 || kept->age == s->memo.age) && !s->reader.tags;
    if (!room) {
        return;
    }
    kept->age = s->memo.age;
    kept->mentions = s->reader.mentions;
    memcpy(kept->token + at, b->token, b->n * sizeof b->token[0]);
    memcpy(kept->number + at, b->number, b->n * sizeof b->number[0]);
    memcpy(kept->word + at, b->word + 1, b->n * sizeof b->word[0]);
    memcpy(kept->bigram + at, b->bigram + 1, b->n * sizeof b->bigram[0]);
    memcpy(kept->trigram + at, b->trigram, b->n * sizeof b->trigram[0]);
    memcpy(kept->mark + at, b->mark, b->n * sizeof b->mark[0]);
    memcpy(kept->negator + at, b->negator, b->n * sizeof b->negator[0]);
    for (uint32_t i = 0; i < b->n_negated; i++) {
        kept->negated[kept->n_negated++] =
            (struct sl_negated){(uint32_t)at + b->negated[i].token, b->negated[i].feature};
    }
    kept->n += b->n;
    kept->token[kept->n].begin = SIZE_MAX;
}

/* Whether a token that begins before token i goes on behind `at`: the one before it, or the mention which
 * that lies in. */
static bool is_cut(const struct sl_scorer *s, size_t i, size_t at)
{
    const struct sl_read_token *t = s->kept.token + i;
    do {
        if (i-- == 0) {
            return false;
        }
        t--;
        if (t->begin + t->len > at) {
            return true;
        }
    } while (s->kept.mentions && !t->first);
    return false;
}

bool sl_kept_find(const struct sl_scorer *s, struct slant_span span, size_t *from, size_t *to)
{
    const struct sl_kept *kept = &s->kept;
    const size_t begin = sl_first_token(kept->token, kept->n, span.begin);
    size_t end = begin;
    if (!kept->all || kept->age != s->memo.age || begin == kept->n ||
        span.begin < kept->span.begin || span.end > kept->span.end) {
        return false;
    }
    /* a break before the first may lie outside */
    if (kept->token[begin].after_break && kept->token[begin].begin > span.begin) {
        return false;
    }
    while (end < kept->n && kept->token[end].begin < span.end) {
        const struct sl_read_token *t = &kept->token[end];
        /* what a tag or an address is, is told by what stands around it too */
        if ((t->kind != SL_TOKEN_WORD && t->kind != SL_TOKEN_MENTION && t->kind != SL_TOKEN_MARK) ||
            (t->first && end > begin)) {
            return false;
        }
        end++;
    }
    *from = begin;
    *to = end;
    return end > begin && !is_cut(s, begin, span.begin) && !is_cut(s, end, span.end);
}

/* Negation in the block, whose first token is the kept one number i: words may have lost their negator. */
static void turn(struct sl_scorer *s, size_t i)
{
    const struct sl_kept *kept = &s->kept;
    struct sl_stretch *b = &s->block;
    size_t k = 0;
    b->n_negated = 0;
    if (b->token[0].first && memchr(b->negator, true, b->n) == NULL) {
        s->negation.left = 0;
        memset(b->turned, 0, b->n);
        return;
    }
    while (k < kept->n_negated && kept->negated[k].token < i) {
        k++;
    }
    for (size_t j = 0; j < b->n; j++) {
        b->turned[j] = sl_negation_step(&s->negation, b->token[j].first || b->token[j].after_break,
                                        b->negator[j]);
        if (k < kept->n_negated && kept->negated[k].token == i + j) {
            b->negated[b->n_negated] = (struct sl_negated){(uint32_t)j, kept->negated[k++].feature};
            b->n_negated += b->turned[j];
        }
    }
}

void sl_kept_give(struct sl_scorer *s, size_t from, size_t i, size_t to)
{
    const struct sl_kept *kept = &s->kept;
    struct sl_stretch *b = &s->block;
    const size_t n = to - i < SL_BLOCK_TOKENS ? to - i : SL_BLOCK_TOKENS;
    b->n = n;
    for (size_t j = 0; j < n; j++) { /* few */
        b->token[j] = kept->token[i + j];
        b->token[j].item = 0;
        b->number[j] = kept->number[i + j];
        b->word[j + 1] = kept->word[i + j];
        b->bigram[j + 1] = kept->bigram[i + j];
        b->trigram[j] = kept->trigram[i + j];
        b->negator[j] = kept->negator[i + j];
    }
    if (i == from) { /* pairs with what stands before are none */
        b->token[0].first = true;
        b->token[0].after_break = false;
        b->bigram[1] = b->trigram[0] = b->trigram[1] = s->m->no_row;
    }
    b->start[0] = 0; /* they are of one sentence */
    b->n_start = b->token[0].first;
    turn(s, i);
}

void sl_scorer_mark(struct sl_scorer *s, sl_mark_token *mark)
{
    s->memo.mark = mark;
}

void sl_scorer_kept(const struct sl_scorer *s, const struct sl_read_token **token,
                    const uint16_t **mark, size_t *n)
{
    *token = s->kept.token;
    *mark = s->kept.mark;
    *n = s->kept.n;
}
