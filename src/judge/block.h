/* The work on a block of tokens, compiled twice: for any processor, and for one with AVX2 and BMI2
 * (SL_AVX2). The same operations on doubles in the same order, none fused, so the same bits. */
#include "judge/characters.h"
#include "judge/scorer.h"

#include <string.h>

/* The pair's feature where its first bucket tells, which is nearly always, without a branch that
 * depends on whether it is there; *sure false where the search must go on. */
static inline uint32_t quick_pair(const struct sl_pair_bucket *b, uint32_t tag, bool *sure)
{
#ifdef SL_AVX2
    __m256i tags = _mm256_load_si256((const __m256i *)b->tag);
    uint32_t hit = (uint32_t)_mm256_movemask_ps(
        _mm256_castsi256_ps(_mm256_cmpeq_epi32(tags, _mm256_set1_epi32((int)tag))));
#else
    uint32_t hit = sl_pair_hit(b, tag);
#endif
    uint32_t feature = b->feature[__builtin_ctz(hit | 1u << (SL_PAIR_SLOTS - 1))];
    *sure = (hit != 0) | (b->tag[SL_PAIR_SLOTS - 1] == 0);
    return hit != 0 ? feature : SL_FEATURE_NONE;
}

/* What is known of each token, and the pairs that they make. */
static inline bool look_up_words(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct sl_pair_bucket *bucket = s->m->vocabulary.pair.bucket;
    const struct sl_mixing mixing = sl_pair_mixing(&s->m->vocabulary.pair);
    const struct sl_known *known = s->memo.known;
    uint32_t bits = s->memo.bits;
    size_t width = s->m->stride;
    const double *sums = s->memo.sums;
    const uint16_t *rows = s->m->row;
    uint32_t last = b->word[0];
    uint32_t n_negated = 0;
    uint32_t n_word = 0;
    uint32_t n_unknown = 0;
    struct sl_negation negation = s->negation;
    memset(b->negator, 0, sizeof b->negator);
    memset(b->turned, 0, sizeof b->turned);
    for (size_t i = 0, n = b->n; i < n; i++) {
        const struct sl_read_token *t = &b->token[i];
        const struct sl_key *key = &b->key[i];
        const struct sl_known *k = known + sl_memo_home(key->hash, bits);
        uint32_t word;
        uint32_t tag;
        uint64_t home;
        bool pair;
        k += !sl_known_is(k, key);
        if (!sl_known_is(k, key) || t->kind == SL_TOKEN_MENTION) {
            struct sl_token whole = {t->begin, t->begin + t->len, (enum sl_token_kind)t->kind,
                                     t->after_break};
            k = t->kind == SL_TOKEN_MENTION ? &s->mention
                                            : sl_memo_learn(&s->memo, s->reader.text, &whole, key);
            if (k == NULL) {
                return false;
            }
            known = s->memo.known;
            bits = s->memo.bits;
            sums = s->memo.sums;
        }
        word = k->word;
        n_word += t->kind == SL_TOKEN_WORD;
        n_unknown += (t->kind == SL_TOKEN_WORD) & (word == SL_FEATURE_NONE);
        b->number[i] = k->number;
        __builtin_prefetch(sums + k->number * width);
        __builtin_prefetch(word == SL_FEATURE_NONE ? s->no_row : rows + word * width);
        last = t->first ? SL_FEATURE_NONE : last;
        b->mark[i] = k->flags;
        if (((k->flags & SL_KNOWN_NEGATOR) | negation.left) != 0) { /* rare */
            bool negator = (k->flags & SL_KNOWN_NEGATOR) != 0;
            bool turned = sl_negation_step(&negation, t->first || t->after_break, negator);
            b->negator[i] = negator;
            b->turned[i] = turned;
            b->negated[n_negated] = (struct sl_negated){(uint32_t)i, k->negated};
            n_negated += turned && k->negated != SL_FEATURE_NONE;
        }
        b->word[i + 1] = word;
        /* NONE in either makes no pair; nothing here waits for which it is */
        home = sl_pair_home(&mixing, last, word, &tag);
        pair = last != SL_FEATURE_NONE && word != SL_FEATURE_NONE;
        home = pair ? home : 0;
        __builtin_prefetch(bucket + home);
        b->home[i] = home;
        b->tag[i] = pair ? tag : NO_TAG;
        last = word;
    }
    s->negation = negation;
    s->n_word += n_word;
    s->n_unknown += n_unknown;
    b->n_negated = n_negated;
    return true;
}

/* Asks for what sl_scorer_keep will read. */
static inline void ask_for_more(const struct sl_scorer *s)
{
    const struct sl_known_more *more = s->memo.more;
    for (size_t i = 0, n = s->reads_all ? s->block.n : 0; i < n; i++) {
        __builtin_prefetch(more + s->block.number[i]);
    }
}

static inline void look_up_bigrams(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct sl_pairs *pairs = &s->m->vocabulary.pair;
    const struct sl_pair_bucket *bucket = pairs->bucket;
    const struct sl_mixing mixing = sl_pair_mixing(pairs);
    const uint16_t *rows = s->m->row;
    size_t width = s->m->stride;
    uint32_t last = b->bigram[0];
    for (size_t i = 0, n = b->n; i < n; i++) {
        bool sure;
        bool both;
        uint32_t tag;
        uint64_t home;
        uint32_t bigram = quick_pair(bucket + b->home[i], b->tag[i], &sure);
        if (!sure) {
            bigram = sl_pair_at(pairs, b->home[i], b->tag[i]);
        }
        __builtin_prefetch(bigram == SL_FEATURE_NONE ? s->no_row : rows + bigram * width);
        /* a trigram's bigrams are features, or it is none */
        both = bigram != SL_FEATURE_NONE && last != SL_FEATURE_NONE;
        home = sl_pair_home(&mixing, last, b->word[i + 1], &tag);
        home = both ? home : 0;
        __builtin_prefetch(bucket + home);
        b->home[i] = home;
        b->tag[i] = both ? tag : NO_TAG;
        b->bigram[i + 1] = last = bigram;
    }
}

static inline void look_up_trigrams(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct sl_pairs *pairs = &s->m->vocabulary.pair;
    const struct sl_pair_bucket *bucket = pairs->bucket;
    const uint16_t *rows = s->m->row;
    size_t width = s->m->stride;
    for (size_t i = 0, n = b->n; i < n; i++) {
        bool sure;
        uint32_t trigram = quick_pair(bucket + b->home[i], b->tag[i], &sure);
        if (!sure) {
            trigram = sl_pair_at(pairs, b->home[i], b->tag[i]);
        }
        __builtin_prefetch(trigram == SL_FEATURE_NONE ? s->no_row : rows + trigram * width);
        b->trigram[i] = trigram;
    }
}

/* ---- sums ---- */

static inline __attribute__((always_inline)) void add_doubles(wide *sum, const double *p)
{
    wide v;
    memcpy(&v, p, sizeof v);
    *sum += v;
}

/* Adds the tokens [from, to) of one sentence; parts is the stride / 4, a constant where this is
 * inlined, so that the sums stay in registers. */
static inline __attribute__((always_inline)) void add_tokens(struct sl_scorer *s, size_t from,
                                                             size_t to, uint32_t parts)
{
    const struct sl_stretch *b = &s->block;
    const uint16_t *rows = s->m->row;
    const uint16_t *no_row = s->no_row;
    const double *all = s->memo.sums;
    wide word[SL_MAX_COLUMN / 4 + 1];
    wide character[SL_MAX_COLUMN / 4 + 1];
    memcpy(word, s->sums.word, parts * sizeof *word);
    memcpy(character, s->sums.character, parts * sizeof *character);
    for (size_t i = from; i < to; i++) {
        const double *known = all + (size_t)b->number[i] * parts * 4;
        uint32_t single = b->word[i + 1];
        uint32_t bigram = b->bigram[i + 1];
        uint32_t trigram = b->trigram[i];
        sl_add_row(word, single == SL_FEATURE_NONE ? no_row : rows + (size_t)single * parts * 4,
                   parts);
        for (uint32_t k = 0; k < parts; k++) {
            add_doubles(&character[k], known + 4 * (size_t)k);
        }
        sl_add_row(word, bigram == SL_FEATURE_NONE ? no_row : rows + (size_t)bigram * parts * 4,
                   parts);
        sl_add_row(word, trigram == SL_FEATURE_NONE ? no_row : rows + (size_t)trigram * parts * 4,
                   parts);
    }
    memcpy(s->sums.word, word, parts * sizeof *word);
    memcpy(s->sums.character, character, parts * sizeof *character);
}

static inline void add_sentence_part(struct sl_scorer *s, size_t from, size_t to)
{
    switch (s->m->stride) {
    case 4:
        add_tokens(s, from, to, 1);
        break;
    case 8:
        add_tokens(s, from, to, 2);
        break;
    default:
        add_tokens(s, from, to, s->m->stride / 4);
        break;
    }
}

static inline bool sum_block(struct sl_scorer *s, uint32_t *open, double *margin)
{
    const struct sl_stretch *b = &s->block;
    uint32_t negated = 0;
    for (size_t i = 0; i < b->n;) {
        size_t end = i + 1;
        while (end < b->n && !b->token[end].first) {
            end++;
        }
        if (!sl_scorer_end_up_to(s, open, b->token[i].item, margin)) {
            return false;
        }
        add_sentence_part(s, i, end);
        s->sums.n_token += (uint32_t)(end - i);
        for (; negated < b->n_negated && b->negated[negated].token < end; negated++) {
            sl_scorer_add(s, b->negated[negated].feature);
        }
        if (!sl_scorer_keep(s, i, end)) {
            return false;
        }
        i = end;
    }
    return true;
}

static inline bool score_block(struct sl_scorer *s, uint32_t *open, double *margin)
{
    if (!look_up_words(s)) {
        return false;
    }
    ask_for_more(s);
    look_up_bigrams(s);
    look_up_trigrams(s);
    return sum_block(s, open, margin);
}
