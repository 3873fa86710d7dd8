/* What a word's character n-grams add up to; compiled twice, like block.h, with the same bits. */
#include "judge/memo.h"
#include "judge/wide.h"

enum { SL_CHAR_LANES = 4 }; /* n-grams asked for at once */
_Static_assert(SL_CHAR_GRAMS *(SL_CELL_MAX + 1) <= INT16_MAX, "their sum has room");

/* sl_gram_hits, in this form's instructions. */
static inline uint32_t hits(const struct sl_gram_bucket *b, uint64_t gram)
{
#ifdef SL_AVX2
    const __m256i four = _mm256_load_si256((const __m256i *)b->gram);
    const __m256i same = _mm256_cmpeq_epi64(four, _mm256_set1_epi64x((long long)gram));
    return (uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(same)) |
           (uint32_t)(b->gram[SL_GRAM_SLOTS - 1] == gram) << (SL_GRAM_SLOTS - 1);
#else
    return sl_gram_hits(b, gram);
#endif
}

#ifdef SL_AVX2
/* Four products modulo 2^64 of numbers and a factor. */
static inline __m256i times(__m256i x, uint64_t factor)
{
    const __m256i lower = _mm256_set1_epi64x((long long)factor);
    const __m256i upper = _mm256_set1_epi64x((long long)(factor >> 32));
    __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), lower),
                                     _mm256_mul_epu32(x, upper));
    return _mm256_add_epi64(_mm256_mul_epu32(x, lower), _mm256_slli_epi64(cross, 32));
}
#endif

/* Numbers and homes of a word in ASCII, all of whose n-grams have short numbers. */
static inline size_t ask_plainly(const struct sl_grams *grams, const struct sl_characters *c,
                                 uint64_t *number, uint64_t *home)
{
    size_t n = 0;
    for (size_t length = SL_CHAR_MIN; length <= SL_CHAR_MAX && length <= c->n; length++) {
        const uint64_t mask = ~UINT64_C(0) >> (64 - 8 * length);
        const size_t n_gram = c->n - length + 1;
#ifdef SL_AVX2
        /* four at a time: what is behind the last is written over */
        const __m256i from = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 8, 2, 3,
                                              4, 5, 6, 7, 8, 9, 3, 4, 5, 6, 7, 8, 9, 10);
        const __m128i shift = _mm_cvtsi32_si128((int)(64 - grams->bucket_bits));
        for (size_t i = 0; i < n_gram; i += SL_CHAR_LANES) {
            __m256i x = _mm256_shuffle_epi8(
                _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(c->padded + i))),
                from);
            x = _mm256_and_si256(x, _mm256_set1_epi64x((long long)mask));
            _mm256_storeu_si256((__m256i *)(number + n + i), x);
            x = times(x, SL_GRAM_FACTOR);
            x = _mm256_xor_si256(x, _mm256_srli_epi64(x, 32));
            x = times(x, SL_GRAM_SECOND_FACTOR);
            _mm256_storeu_si256((__m256i *)(home + n + i), _mm256_srl_epi64(x, shift));
        }
#else
        for (size_t i = 0; i < n_gram; i++) {
            uint64_t gram;
            memcpy(&gram, c->padded + i, 8);
            number[n + i] = gram & mask;
            home[n + i] = sl_gram_home(grams, gram & mask);
        }
#endif
        n += n_gram;
    }
    for (size_t i = 0; i < n; i++) {
        __builtin_prefetch(grams->bucket + home[i]);
    }
    return n;
}

/* n-grams of `length` of any word: those whose numbers are long are found at once. */
static inline size_t find_any(const struct slant_model *m, const struct sl_characters *c,
                              size_t length, uint32_t *feature)
{
    const struct sl_grams *grams = &m->vocabulary.character_gram;
    size_t n = length > c->n ? 0 : c->n - length + 1;
    size_t n_found = 0;
    for (size_t i = 0; i < n; i++) {
        const char *p = c->padded + c->start[i];
        size_t len = (size_t)(c->start[i + length] - c->start[i]);
        uint64_t number = len <= SL_GRAM_MAX ? sl_gram_number_roomy(p, len) : 0;
        feature[n_found] = len <= SL_GRAM_MAX
                               ? sl_gram_at(grams, sl_gram_home(grams, number), number)
                               : sl_find_character(&m->vocabulary, p, len);
        n_found += feature[n_found] != SL_FEATURE_NONE;
    }
    return n_found;
}

/* The features of a word's character n-grams: the memory of all buckets is asked for before the first is read. */
static inline size_t find_characters(const struct slant_model *m, const struct sl_lexeme *lexeme,
                                     uint32_t feature[SL_CHAR_GRAMS + 1])
{
    const struct sl_grams grams = m->vocabulary.character_gram;
    struct sl_characters c;
    uint64_t number[SL_CHAR_GRAMS + SL_CHAR_LANES];
    uint64_t home[SL_CHAR_GRAMS + SL_CHAR_LANES];
    size_t n;
    size_t n_found = 0;
    if (lexeme->folded_len == 0) {
        return 0; /* no word: a user, an address, a mark */
    }
    sl_characters_init(&c, lexeme);
    memset(c.padded + c.start[c.n], 0, SL_GRAM_MAX); /* whole numbers are read */
    if (!sl_little_endian() || c.n != c.start[c.n]) {
        for (size_t length = SL_CHAR_MIN; length <= SL_CHAR_MAX; length++) {
            n_found += find_any(m, &c, length, feature + n_found);
        }
        return n_found;
    }
    n = ask_plainly(&grams, &c, number, home);
    for (size_t i = 0; i < n; i++) { /* what is not found is written over by the next */
        const struct sl_gram_bucket *b = grams.bucket + home[i];
        const uint32_t hit = hits(b, number[i]);
        feature[n_found] = b->feature[__builtin_ctz(hit | 1u << (SL_GRAM_SLOTS - 1))];
        if (b->spilled != 0 && hit == 0) {
            feature[n_found] = sl_gram_from(b, number[i]);
            n_found += feature[n_found] != SL_FEATURE_NONE;
        }
        n_found += hit != 0;
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

static void sum_characters(const struct slant_model *m, const struct sl_lexeme *lexeme,
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
