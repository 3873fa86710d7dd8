/* The work on a block of tokens, compiled twice: for any processor, and for one with AVX2 and BMI2
 * (SL_AVX2). Its sums are of integers: the same bits. */
#include "judge/characters.h"
#include "judge/scorer.h"

#include <string.h>

/* The row of the pair in slot `first` or behind where its first bucket tells, which is nearly always;
 * *unsure not 0 where the search must go on. */
static inline uint32_t quick_pair(const uint32_t *bucket, uint32_t first, uint32_t tag,
                                  uint32_t none, uint32_t *unsure)
{
#ifdef SL_AVX2
    const __m256i want = _mm256_set1_epi32((int)tag);
    const __m256i *tags = (const __m256i *)bucket;
    const __m256i low = _mm256_cmpeq_epi32(_mm256_load_si256(tags), want);
    const __m256i high = _mm256_cmpeq_epi32(_mm256_load_si256(tags + 1), want);
    uint32_t hit = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(low)) |
                   (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(high)) << 8;
#else
    uint32_t hit = sl_pair_hit(bucket, tag);
#endif
    uint32_t row = first + (uint32_t)__builtin_ctz(hit | 1u << (SL_PAIR_SLOTS - 1));
    uint32_t found = sl_mask_of(hit != 0);
    *unsure = bucket[SL_PAIR_SLOTS - 1] & ~found;
    return none + ((row - none) & found);
}

/* The row of the pair that token i asks for, wherever it is. */
static __attribute__((noinline)) uint32_t slow_pair(const struct sl_scorer *s, size_t i)
{
    uint32_t slot =
        sl_pair_at(&s->m->vocabulary.pair, s->block.home[i] / SL_PAIR_SLOTS, s->block.tag[i]);
    return slot == SL_PAIR_NONE ? s->m->no_row : s->m->vocabulary.n_word + slot;
}

/* Where pairs and rows lie, for loops over a block. */
struct tables {
    const uint32_t *tags;
    const int8_t *rows;
    size_t width;         /* cells of a row */
    uint32_t first, none; /* rows of the first slot, and of what is no feature */
};
static inline struct tables tables_of(const struct sl_scorer *s)
{
    return (struct tables){s->m->vocabulary.pair.tag, s->m->row, s->m->stride,
                           s->m->vocabulary.n_word, s->m->no_row};
}

/* The row of the pair that token i asks for, whose memory is asked for. */
static inline uint32_t look_up_pair(const struct sl_scorer *s, const struct tables *t, size_t i)
{
    const struct sl_stretch *b = &s->block;
    uint32_t unsure;
    uint32_t row =
        quick_pair(t->tags + b->home[i], t->first + b->home[i], b->tag[i], t->none, &unsure);
    if (unsure != 0) {
        row = slow_pair(s, i);
    }
    __builtin_prefetch(t->rows + row * t->width);
    return row;
}

/* What is known of a token whose search ends where it begins; NULL elsewhere. */
static inline struct sl_known *quick_known(struct sl_known_two *two, const struct sl_key *key)
{
#ifdef SL_AVX2
    const __m256i one = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)key));
    const __m256i both = _mm256_load_si256((const __m256i *)two->key);
    uint32_t same =
        (uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(one, both)));
    same &= same >> 1 & 5; /* both halves of a key */
    return same != 0 ? &two->known[same >> 2] : NULL;
#else
    bool second = ((two->key[0][0] ^ key->low) | (two->key[0][1] ^ key->high)) != 0;
    const uint64_t *k = two->key[second];
    return ((k[0] ^ key->low) | (k[1] ^ key->high)) == 0 ? &two->known[second] : NULL;
#endif
}

/* What is known of any token; NULL when memory is short. */
static __attribute__((noinline)) struct sl_known *slow_known(struct sl_scorer *s, size_t i)
{
    const struct sl_read_token *t = &s->block.token[i];
    struct sl_token whole = {t->begin, t->begin + t->len, (enum sl_token_kind)t->kind,
                             t->after_break};
    return t->kind == SL_TOKEN_MENTION
               ? &s->mention
               : sl_memo_learn(&s->memo, s->reader.text, &whole, &s->block.key[i]);
}

/* Words of the block, and those that are no feature by themselves. */
static inline void count_words(struct sl_scorer *s, uint32_t n_unknown)
{
    const struct sl_stretch *b = &s->block;
    s->n_word += b->n;
    s->n_unknown += n_unknown;
    for (size_t i = 0, n = s->reader.others ? b->n : 0; i < n; i++) {
        bool other = b->token[i].kind != SL_TOKEN_WORD;
        s->n_word -= other;
        s->n_unknown -= other && b->word[i + 1] == s->m->no_row;
    }
}

/* What is known of each token. */
static inline bool look_up_words(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    struct sl_known_two *known = s->memo.known;
    const int16_t *sums = s->memo.sums;
    const uint32_t none = s->m->no_row;
    const size_t width = sl_memo_width(&s->memo);
    uint32_t bits = s->memo.bits;
    uint32_t n_negated = 0;
    uint32_t n_start = 0;
    uint32_t n_unknown = 0;
    struct sl_negation negation = s->negation;
    memset(b->negator, 0, sizeof b->negator);
    memset(b->turned, 0, sizeof b->turned);
    for (size_t i = 0, n = b->n; i < n; i++) {
        const struct sl_read_token *t = &b->token[i];
        const struct sl_key *key = &b->key[i];
        struct sl_known *k = quick_known(known + sl_memo_home(key->hash, bits), key);
        if (k == NULL) {
            k = slow_known(s, i);
            if (k == NULL) {
                return false;
            }
            known = s->memo.known;
            bits = s->memo.bits;
        } else if (!k->again) { /* nearly never: lines that are but read stay clean */
            k->again = true;
        }
        b->word[i + 1] = k->word;
        b->number[i] = k->number;
        b->mark[i] = k->flags;
        __builtin_prefetch(sums + k->number * width);
        n_unknown += k->word >= none;
        b->start[n_start] = (uint32_t)i;
        n_start += t->first;
        if (((k->flags & SL_KNOWN_NEGATOR) | negation.left) != 0) { /* rare */
            bool negator = (k->flags & SL_KNOWN_NEGATOR) != 0;
            bool turned = sl_negation_step(&negation, t->first || t->after_break, negator);
            b->negator[i] = negator;
            b->turned[i] = turned;
            b->negated[n_negated] = (struct sl_negated){(uint32_t)i, k->negated};
            n_negated += turned && k->negated != SL_FEATURE_NONE;
        }
    }
    s->negation = negation;
    b->n_negated = n_negated;
    b->n_start = n_start;
    count_words(s, n_unknown);
    return true;
}

/* Asks for the pair of a head and a word at token i, if they are one. */
static inline void ask_for_pair(struct sl_stretch *b, const struct sl_mixing *mixing,
                                const uint32_t *tags, size_t i, uint32_t head, uint32_t word,
                                bool is_pair)
{
    uint32_t tag;
    uint64_t home = sl_pair_home(mixing, head, word, &tag);
    uint32_t pair = sl_mask_of(is_pair);
    home = home * SL_PAIR_SLOTS & pair;
    __builtin_prefetch(tags + home);
    b->home[i] = (uint32_t)home;
    b->tag[i] = tag | ~pair;
}

static inline void ask_for_bigrams(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct tables t = tables_of(s);
    const struct sl_mixing mixing = s->mixing;
    for (size_t i = 0, n = b->n; i < n; i++) {
        ask_for_pair(b, &mixing, t.tags, i, b->word[i], b->word[i + 1],
                     (b->word[i] < t.none) & (b->word[i + 1] < t.none));
    }
    for (uint32_t k = 0; k < b->n_start; k++) { /* a sentence's first has none before it */
        b->home[b->start[k]] = 0;
        b->tag[b->start[k]] = NO_TAG;
    }
}

/* Asks for what sl_scorer_keep will read. */
static inline void ask_for_more(const struct sl_scorer *s)
{
    const struct sl_known_more *more = s->memo.more;
    for (size_t i = 0, n = s->reads_all ? s->block.n : 0; i < n; i++) {
        __builtin_prefetch(more + s->block.number[i]);
    }
}

/* Asks for the rows of the words' vectors, where the model has some. */
static inline void ask_for_vectors(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct tables t = tables_of(s);
    const struct sl_known_more *more = s->memo.more;
    const uint32_t first = s->m->vocabulary.first[SL_BLOCK_VECTOR];
    for (size_t i = 0, n = s->vectors ? b->n : 0; i < n; i++) {
        uint32_t vector = more[b->number[i]].vector;
        b->vector[i] = vector == SL_FEATURE_NONE ? t.none : first + vector;
        __builtin_prefetch(t.rows + b->vector[i] * t.width);
    }
}

static inline void look_up_bigrams(struct sl_scorer *s)
{
    struct sl_stretch *b = &s->block;
    const struct tables t = tables_of(s);
    const struct sl_mixing mixing = s->mixing;
    uint32_t last = b->bigram[0];
    for (size_t i = 0, n = b->n; i < n; i++) {
        uint32_t bigram = look_up_pair(s, &t, i);
        /* a trigram's bigrams are features, or it is none */
        ask_for_pair(b, &mixing, t.tags, i, last, b->word[i + 1],
                     (last < t.none) & (bigram < t.none));
        b->bigram[i + 1] = last = bigram;
    }
}

static inline void look_up_trigrams(struct sl_scorer *s)
{
    const struct tables t = tables_of(s);
    for (size_t i = 0, n = s->block.n; i < n; i++) {
        s->block.trigram[i] = look_up_pair(s, &t, i);
    }
}

/* ---- sums ---- */

_Static_assert((SL_CELL_MAX + 1) * 3 * SL_BLOCK_TOKENS <= INT16_MAX, "sums of a block have room");

/* Adds the tokens [from, to) of one sentence; parts of a row, a constant where this is inlined, so that
 * the sums stay in registers. */
SL_INLINE void add_tokens(struct sl_scorer *s, size_t from, size_t to, uint32_t parts)
{
    const struct sl_stretch *b = &s->block;
    const size_t width = (size_t)parts * SL_ROW_PART;
    const int8_t *rows = s->m->row;
    const int16_t *known = s->memo.sums;
    sl_sums16 word[SL_MAX_PARTS];
    sl_sums32 character[SL_MAX_PARTS];
    memset(word, 0, parts * sizeof *word);
    memset(character, 0, parts * sizeof *character);
    for (size_t i = from; i < to; i++) {
        const int16_t *of_token = known + b->number[i] * 2 * width;
        sl_add_large_sums(character, of_token, parts);
        sl_add_sums(word, of_token + width, parts);
        sl_add_cells(word, rows + b->bigram[i + 1] * width, parts);
        sl_add_cells(word, rows + b->trigram[i] * width, parts);
    }
    for (uint32_t k = 0; k < width; k++) {
        s->sums.word[k] += word[k / SL_ROW_PART][k % SL_ROW_PART];
        s->sums.character[k] += character[k / SL_ROW_PART][k % SL_ROW_PART];
    }
}

/* The same of their vectors. */
SL_INLINE void add_vectors(struct sl_scorer *s, size_t from, size_t to, uint32_t parts)
{
    const struct sl_stretch *b = &s->block;
    const size_t width = (size_t)parts * SL_ROW_PART;
    const int8_t *rows = s->m->row;
    double *sums = s->sums.block + (size_t)SL_BLOCK_VECTOR * width;
    sl_sums16 sum[SL_MAX_PARTS];
    uint32_t least = UINT32_MAX;
    memset(sum, 0, parts * sizeof *sum);
    for (size_t i = from; i < to; i++) {
        least = b->vector[i] < least ? b->vector[i] : least;
        sl_add_cells(sum, rows + b->vector[i] * width, parts);
    }
    for (uint32_t k = 0; k < width; k++) {
        sums[k] += sum[k / SL_ROW_PART][k % SL_ROW_PART];
    }
    s->sums.others |= (uint32_t)(least < s->m->no_row) << SL_BLOCK_VECTOR;
}

SL_INLINE void add_all(struct sl_scorer *s, size_t from, size_t to, uint32_t parts)
{
    add_tokens(s, from, to, parts);
    if (s->vectors) {
        add_vectors(s, from, to, parts);
    }
}

static inline void add_sentence_part(struct sl_scorer *s, size_t from, size_t to)
{
    if (s->m->stride == SL_ROW_PART) {
        add_all(s, from, to, 1);
    } else {
        add_all(s, from, to, s->m->stride / SL_ROW_PART);
    }
}

static inline bool sum_block(struct sl_scorer *s, uint32_t *open, double *margin)
{
    struct sl_stretch *b = &s->block;
    uint32_t negated = 0;
    uint32_t next = b->n_start > 0 && b->start[0] == 0; /* the sentence behind */
    b->start[b->n_start] = (uint32_t)b->n;
    for (size_t i = 0; i < b->n;) {
        size_t end = b->start[next++];
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
    ask_for_bigrams(s);
    ask_for_more(s);
    look_up_bigrams(s);
    ask_for_vectors(s);
    look_up_trigrams(s);
    return sum_block(s, open, margin);
}
