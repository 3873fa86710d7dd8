/* What a word's character n-grams add up to; compiled twice, like block.h, with the same bits. */
#include "judge/memo.h"
#include "judge/wide.h"

_Static_assert(SL_CHAR_GRAMS *(SL_CELL_MAX + 1) <= INT16_MAX, "their sum has room");

/* As sl_gram_from, but `none` where there is none. */
static inline uint32_t feature_of(const struct sl_gram_bucket *b, uint64_t gram, uint32_t none)
{
    uint32_t feature;
#ifdef SL_AVX2
    __m256i four = _mm256_load_si256((const __m256i *)b->gram);
    __m256i same = _mm256_cmpeq_epi64(four, _mm256_set1_epi64x((long long)gram));
    uint32_t hit = (uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(same));
    uint32_t found;
    hit |= (uint32_t)(b->gram[SL_GRAM_SLOTS - 1] == gram) << (SL_GRAM_SLOTS - 1);
    found = sl_mask_of(hit != 0);
    feature = b->feature[__builtin_ctz(hit | 1u << (SL_GRAM_SLOTS - 1))];
    feature = none + ((feature - none) & found);
    if ((b->spilled & ~found) == 0) {
        return feature;
    }
#endif
    feature = sl_gram_from(b, gram);
    return feature == SL_FEATURE_NONE ? none : feature;
}

/* Numbers and homes of a word in ASCII, all of whose n-grams have short numbers. */
static inline size_t ask_plainly(const struct sl_grams *grams, const struct sl_characters *c,
                                 uint64_t *number, const struct sl_gram_bucket **home)
{
    size_t n = 0;
    for (size_t length = SL_CHAR_MIN; length <= SL_CHAR_MAX && length <= c->n; length++) {
        const uint64_t mask = ~UINT64_C(0) >> (64 - 8 * length);
        for (size_t i = 0; i + length <= c->n; i++, n++) {
            uint64_t gram;
            memcpy(&gram, c->padded + i, 8);
            number[n] = gram & mask;
            home[n] = grams->bucket + sl_gram_home(grams, number[n]);
            __builtin_prefetch(home[n]);
        }
    }
    return n;
}

static inline size_t ask(const struct slant_model *m, const struct sl_characters *c, size_t length,
                         uint64_t *number, const struct sl_gram_bucket **home)
{
    const struct sl_grams *grams = &m->vocabulary.character_gram;
    size_t n = length > c->n ? 0 : c->n - length + 1;
    for (size_t i = 0; i < n; i++) {
        const char *p = c->padded + c->start[i];
        size_t len = (size_t)(c->start[i + length] - c->start[i]);
        home[i] = NULL;
        if (len <= SL_GRAM_MAX) {
            number[i] = sl_gram_number_roomy(p, len);
            home[i] = grams->bucket + sl_gram_home(grams, number[i]);
            __builtin_prefetch(home[i]);
        } else {
            uint32_t feature = sl_find_character(&m->vocabulary, p, len);
            number[i] = feature == SL_FEATURE_NONE ? m->no_row : feature;
        }
    }
    return n;
}

/* The features of a word's character n-grams, in one fixed order, so that a sum never depends on
 * what was met before. Each step asks for the memory of all of them before it reads the first. */
static inline size_t find_characters(const struct slant_model *m, const struct sl_lexeme *lexeme,
                                     uint32_t feature[SL_CHAR_GRAMS + 1])
{
    const struct sl_grams grams = m->vocabulary.character_gram;
    const uint32_t none = m->no_row;
    const int8_t *rows = m->row;
    const size_t width = m->stride;
    struct sl_characters c;
    uint64_t number[SL_CHAR_GRAMS];
    const struct sl_gram_bucket *home[SL_CHAR_GRAMS];
    size_t n = 0;
    size_t n_found = 0;
    if (lexeme->folded_len == 0) {
        return 0; /* no word: a user, an address, a mark */
    }
    sl_characters_init(&c, lexeme);
    memset(c.padded + c.start[c.n], 0, SL_GRAM_MAX); /* whole numbers are read */
    if (sl_little_endian() && c.n == c.start[c.n]) {
        n = ask_plainly(&grams, &c, number, home);
    } else {
        for (size_t length = SL_CHAR_MIN; length <= SL_CHAR_MAX; length++) {
            n += ask(m, &c, length, number + n, home + n);
        }
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t found =
            home[i] != NULL ? feature_of(home[i], number[i], none) : (uint32_t)number[i];
        feature[n_found] = found;
        __builtin_prefetch(rows + found * width);
        n_found += found < none;
    }
    return n_found;
}

/* parts of a row, a constant where this is inlined. */
SL_INLINE void add_rows(const struct slant_model *m, const uint32_t *feature, size_t n,
                        int16_t *sums, uint32_t parts)
{
    sl_sums16 sum[SL_MAX_PARTS];
    memset(sum, 0, parts * sizeof *sum);
    for (size_t i = 0; i < n; i++) {
        sl_add_cells(sum, m->row + (size_t)feature[i] * parts * SL_ROW_PART, parts);
    }
    memcpy(sums, sum, parts * sizeof *sum);
}

static inline void sum_characters(const struct slant_model *m, const struct sl_lexeme *lexeme,
                                  int16_t *sums)
{
    uint32_t feature[SL_CHAR_GRAMS + 1];
    size_t n = find_characters(m, lexeme, feature);
    if (m->stride == SL_ROW_PART) {
        add_rows(m, feature, n, sums, 1);
    } else {
        add_rows(m, feature, n, sums, m->stride / SL_ROW_PART);
    }
}
