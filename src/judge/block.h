/* The work on a block of tokens, compiled twice: for any processor, and for one with AVX2 and BMI2
 * (SL_AVX2). Its sums are of integers: the same bits. */
#include "judge/block_pairs.h"
#include "judge/block_readings.h"
#include "judge/characters.h"

#include <string.h>

/* What is known of a token whose search ends where it begins; NULL elsewhere. */
SL_INLINE struct sl_known *quick_known(struct sl_known_two *two, const struct sl_key *key)
{
#ifdef SL_AVX2
    const __m256i one = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)key));
    const __m256i both = _mm256_load_si256((const __m256i *)two->key);
    size_t same = (uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(one, both)));
    same &= same >> 1 & 5; /* both halves of a key: 1 the first, 4 the second */
    return same != 0 ? (struct sl_known *)((char *)two->known +
                                           (same & 4) * (sizeof(struct sl_known) / 4))
                     : NULL;
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
static inline void count_words(struct sl_scorer *s)
{
    const struct sl_stretch *b = &s->block;
    const uint32_t none = s->m->no_row;
    s->n_word += b->n;
    s->n_unknown += count_from(b->word + 1, b->n, none);
    for (size_t i = 0, n = s->reader.others ? b->n : 0; i < n; i++) {
        bool other = b->token[i].kind != SL_TOKEN_WORD;
        s->n_word -= other;
        s->n_unknown -= other && b->word[i + 1] == none;
    }
}

/* What is known of each of the tokens [from, to). */
SL_INLINE bool look_up_words(struct sl_scorer *s, size_t from, size_t to, uint32_t parts)
{
    struct sl_stretch *b = &s->block;
    struct sl_known_two *known = s->memo.known;
    const int16_t *sums = s->memo.sums;
    const size_t width = (size_t)2 * parts * SL_ROW_PART;
    uint32_t shift = sl_memo_shift(s->memo.bits);
    struct sl_negation negation = s->negation;
    uint32_t turning = negation.left > 0 ? SL_KNOWN_NEGATOR : 0;
    for (size_t i = from; i < to; i++) {
        const struct sl_key *key = &b->key[i];
        struct sl_known *k = quick_known(known + (key->hash >> shift), key);
        if (k == NULL) {
            k = slow_known(s, i);
            if (k == NULL) {
                return false;
            }
            known = s->memo.known;
            shift = sl_memo_shift(s->memo.bits);
        } else if (!k->again) { /* nearly never: lines that are but read stay clean */
            k->again = true;
        }
        b->word[i + 1] = k->word;
        b->number[i] = k->number;
        b->mark[i] = k->flags;
        __builtin_prefetch(sums + k->number * width);
        if (((k->flags | turning) & SL_KNOWN_NEGATOR) != 0) { /* rare */
            const struct sl_read_token *t = &b->token[i];
            bool negator = (k->flags & SL_KNOWN_NEGATOR) != 0;
            bool turned = sl_negation_step(&negation, t->first || t->after_break, negator);
            b->negator[i] = negator;
            b->turned[i] = turned;
            if (turned && k->negated == SL_NOT_ASKED) {
                k->negated = sl_find_listed(&s->m->vocabulary, SL_BLOCK_NEGATED, k->word);
            }
            b->negated[b->n_negated] = (struct sl_negated){(uint32_t)i, k->negated};
            b->n_negated += turned && k->negated != SL_FEATURE_NONE;
            turning = negation.left > 0 ? SL_KNOWN_NEGATOR : 0;
        }
    }
    s->negation = negation;
    return true;
}

/* What the tokens [from, to) ask for as bigrams; a sentence's first has none before it. */
SL_INLINE void ask_for_bigrams(struct sl_scorer *s, const struct tables *t, size_t from, size_t to)
{
    struct sl_stretch *b = &s->block;
    ask_for_pairs(b, &s->mixing, t->none, b->word, b->word + 1, from, to);
    for (uint32_t k = b->n_start; k > 0 && b->start[k - 1] >= from; k--) {
        b->home[b->start[k - 1]] = 0;
        b->tag[b->start[k - 1]] = NO_TAG;
    }
    fetch_pairs(b, t, from, to);
}

/* Asks for what keep_readings will read. */
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
    const struct tables t = tables_of(s, s->m->stride / SL_ROW_PART);
    const struct sl_known_more *more = s->memo.more;
    const uint32_t first = s->m->vocabulary.first[SL_BLOCK_VECTOR];
    for (size_t i = 0, n = s->vectors ? b->n : 0; i < n; i++) {
        uint32_t vector = more[b->number[i]].vector;
        b->vector[i] = vector == SL_FEATURE_NONE ? t.none : first + vector;
        __builtin_prefetch(t.rows + b->vector[i] * t.width);
    }
}

/* The bigrams of the tokens [from, to), and what they ask for as trigrams: those whose bigrams are features, or
 * they are none. */
SL_INLINE void look_up_bigrams(struct sl_scorer *s, const struct tables *t, size_t from, size_t to)
{
    struct sl_stretch *b = &s->block;
    look_up_pairs(s, t, b->bigram + 1, from, to);
    ask_for_pairs(b, &s->mixing, t->none, b->bigram, b->bigram + 1, from, to);
    fetch_pairs(b, t, from, to);
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
    for (uint32_t k = 0; k < parts; k++) {
        sl_sums32 wider;
        sl_widen_sums(&wider, (const int16_t *)&word[k]);
        sl_add_whole(s->sums.word + (size_t)k * SL_ROW_PART, &wider);
        sl_add_whole(s->sums.character + (size_t)k * SL_ROW_PART, &character[k]);
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

static void add_due(struct sl_scorer *s)
{
    const struct slant_model *m = s->m;
    for (uint32_t i = 0; i < s->n_due; i++) {
        const struct sl_due *d = &s->due[i];
        sl_add_times(s->sums.block + (size_t)d->block * m->stride, sl_row_of(m, d->feature), d->n,
                     m->stride / SL_ROW_PART);
        s->sums.others |= 1u << d->block;
    }
    s->n_due = 0;
}

/* ---- margins ---- */

typedef double sl_four __attribute__((vector_size(32)));
enum { SL_FOURS = SL_ROW_PART / 4 };

/* Adds to the margins what the sums of a block's rows come to; and what the norm's lanes come to, which nobody
 * reads. */
SL_INLINE void add_margins(const struct sl_scorer *s, enum sl_block b, const double *sum,
                           sl_four *margin, uint32_t parts)
{
    const struct slant_model *m = s->m;
    const double *unit = sl_units(m, (int)b);
    const double *norm = sum + m->n_column;
    double inverse =
        sl_norm_inverse(b, (norm[0] * SL_NORM_BASE + norm[1]) * unit[m->n_column], s->sums.n_token);
    for (uint32_t k = 0; k < parts * SL_FOURS; k++) {
        sl_four of_sum;
        sl_four of_unit;
        memcpy(&of_sum, sum + (size_t)k * 4, sizeof of_sum);
        memcpy(&of_unit, unit + (size_t)k * 4, sizeof of_unit);
        margin[k] += of_sum * of_unit * inverse;
    }
}

SL_INLINE void make_margins(const struct sl_scorer *s, double *margin, uint32_t parts)
{
    const struct slant_model *m = s->m;
    const struct sl_sums *sums = &s->sums;
    sl_four all[SL_MAX_PARTS * SL_FOURS];
    memcpy(all, s->bias, parts * SL_FOURS * sizeof *all);
    add_margins(s, SL_BLOCK_WORD, sums->word, all, parts);
    add_margins(s, SL_BLOCK_CHARACTER, sums->character, all, parts);
    for (uint32_t left = sums->others; left != 0; left &= left - 1) {
        int b = __builtin_ctz(left);
        add_margins(s, (enum sl_block)b, sums->block + (size_t)b * m->stride, all, parts);
    }
    for (uint32_t column = 0; column < m->n_column; column++) {
        margin[column] = all[column / 4][column % 4];
    }
}

/* Ends the sentence and begins the next. */
static inline bool end_sentence(struct sl_scorer *s, uint32_t item, double *margin)
{
    if (!sl_scorer_end(s, item)) {
        return false;
    }
    if (s->m->stride == SL_ROW_PART) {
        make_margins(s, margin, 1);
    } else {
        make_margins(s, margin, s->m->stride / SL_ROW_PART);
    }
    sl_scorer_begin(s);
    return true;
}

static bool end_up_to(struct sl_scorer *s, uint32_t *open, uint32_t item, double *margin)
{
    for (; *open < item; ++*open) {
        if (!end_sentence(s, *open, margin + (size_t)*open * s->m->n_column)) {
            return false;
        }
    }
    return true;
}

static inline bool sum_block(struct sl_scorer *s, uint32_t *open, double *margin)
{
    struct sl_stretch *b = &s->block;
    uint32_t negated = 0;
    uint32_t next = b->n_start > 0 && b->start[0] == 0; /* the sentence behind */
    b->start[b->n_start] = (uint32_t)b->n;
    for (size_t i = 0; i < b->n;) {
        size_t end = b->start[next++];
        if (!end_up_to(s, open, b->token[i].item, margin)) {
            return false;
        }
        add_sentence_part(s, i, end);
        s->sums.n_token += (uint32_t)(end - i);
        for (; negated < b->n_negated && b->negated[negated].token < end; negated++) {
            sl_scorer_add(s, b->negated[negated].feature);
        }
        if (!keep_readings(s, i, end)) {
            return false;
        }
        i = end;
    }
    return true;
}

/* Each step asks for the memory of a next one. parts of a row, a constant where this is inlined. */
SL_INLINE bool score_block_of(struct sl_scorer *s, uint32_t *open, double *margin, uint32_t parts)
{
    struct sl_stretch *b = &s->block;
    const struct tables t = tables_of(s, parts);
    const size_t n = b->n;
    const size_t half = n < SL_BLOCK_PART ? n : SL_BLOCK_PART;
    memset(b->negator, 0, sizeof b->negator);
    memset(b->turned, 0, sizeof b->turned);
    b->n_negated = 0;
    if (!look_up_words(s, 0, half, parts)) {
        return false;
    }
    ask_for_bigrams(s, &t, 0, half);
    if (!look_up_words(s, half, n, parts)) {
        return false;
    }
    ask_for_bigrams(s, &t, half, n);
    count_words(s);
    ask_for_more(s);
    look_up_bigrams(s, &t, 0, half);
    look_up_bigrams(s, &t, half, n);
    ask_for_vectors(s);
    look_up_pairs(s, &t, b->trigram, 0, half);
    look_up_pairs(s, &t, b->trigram, half, n);
    sum_asked(&s->memo);
    return sum_block(s, open, margin);
}

static bool score_block(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return s->m->stride == SL_ROW_PART
               ? score_block_of(s, open, margin, 1)
               : score_block_of(s, open, margin, s->m->stride / SL_ROW_PART);
}

static bool sum_kept(struct sl_scorer *s, uint32_t *open, double *margin)
{
    ask_for_vectors(s);
    return sum_block(s, open, margin);
}
