/* What a word's character n-grams add up to; compiled twice, like block.h, with the same bits.
 *
 * Of words in the letters a to z the short n-grams, of two and three characters, are told by a table of all that
 * there are. The others are looked up one by one, but later: memory is asked for meanwhile. */
#include "judge/memo.h"
#include "judge/wide.h"

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

/* Asks for the n-grams of `shortest` characters and more of a word in ASCII, all of which have short numbers. */
static inline void ask_for_grams(const struct sl_grams *grams, const struct sl_characters *c,
                                 size_t shortest, struct sl_asked *asked)
{
    uint64_t *number = asked->gram;
    uint64_t *home = asked->home;
    size_t n = asked->n_gram;
    size_t first = n;
    for (size_t length = shortest; length <= SL_CHAR_MAX && length <= c->n; length++) {
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
    for (; first < n; first++) {
        __builtin_prefetch(grams->bucket + home[first]);
    }
    asked->n_gram = (uint32_t)n;
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

/* The features of the n-grams [from, to) that were asked for. */
static inline size_t find_asked(const struct sl_grams *grams, const struct sl_asked *asked,
                                size_t from, size_t to, uint32_t feature[SL_CHAR_GRAMS + 1])
{
    size_t n_found = 0;
    for (size_t i = from; i < to; i++) { /* what is not found is written over by the next */
        const struct sl_gram_bucket *b = grams->bucket + asked->home[i];
        const uint32_t hit = hits(b, asked->gram[i]);
        feature[n_found] = b->feature[__builtin_ctz(hit | 1u << (SL_GRAM_SLOTS - 1))];
        if (b->spilled != 0 && hit == 0) {
            feature[n_found] = sl_gram_from(b, asked->gram[i]);
            n_found += feature[n_found] != SL_FEATURE_NONE;
        }
        n_found += hit != 0;
    }
    return n_found;
}

/* Whether a word is of the letters a to z alone, and none of it is cut. */
static inline bool all_letters(const struct sl_lexeme *lexeme)
{
    const size_t len = lexeme->folded_len;
    bool other = false;
#ifdef SL_AVX2
    if (len <= 32) { /* what stands behind it is shifted out */
        const __m256i v = _mm256_loadu_si256((const __m256i *)lexeme->folded);
        const __m256i others = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8('a'), v),
                                               _mm256_cmpgt_epi8(v, _mm256_set1_epi8('z')));
        return (uint32_t)_mm256_movemask_epi8(others) << (32 - len) == 0;
    }
#endif
    for (size_t i = 0; i < len; i++) {
        other |= lexeme->folded[i] < 'a' || lexeme->folded[i] > 'z';
    }
    return !other && len + 2 <= SL_CHAR_POINTS;
}

/* sl_characters_init of a word of letters, whose code points are bytes: of start the end alone is set. */
static inline void pad_letters(struct sl_characters *c, const struct sl_lexeme *lexeme)
{
    _Static_assert(SL_CHAR_POINTS - 2 <= SL_WORD_MAX && SL_WORD_MAX <= SL_FOLD_MAX, "all of them");
    c->n = lexeme->folded_len + 2;
    c->padded[0] = ' ';
    memcpy(c->padded + 1, lexeme->folded, SL_WORD_MAX); /* with what is behind: fewer steps */
    c->padded[c->n - 1] = ' ';
    c->start[c->n] = (uint16_t)c->n;
}

/* Places in the table of short n-grams, of each of a word's characters but the last; behind it stand zeros. */
static inline size_t place_short(const struct sl_characters *c, uint16_t place[SL_CHAR_POINTS + 16])
{
    const size_t n = c->n - 1;
#ifdef SL_AVX2
    const __m128i code = _mm_set1_epi8(SL_SHORT_CODES - 1);
    for (size_t i = 0; i < n; i += 16) {
        const __m128i *at = (const __m128i *)(c->padded + i);
        const __m128i *next = (const __m128i *)(c->padded + i + 1);
        const __m128i *third = (const __m128i *)(c->padded + i + 2);
        __m256i x = _mm256_cvtepu8_epi16(_mm_and_si128(_mm_loadu_si128(at), code));
        __m256i y = _mm256_cvtepu8_epi16(_mm_and_si128(_mm_loadu_si128(next), code));
        __m256i z = _mm256_cvtepu8_epi16(_mm_and_si128(_mm_loadu_si128(third), code));
        x = _mm256_or_si256(x, _mm256_or_si256(_mm256_slli_epi16(y, SL_SHORT_BITS),
                                               _mm256_slli_epi16(z, 2 * SL_SHORT_BITS)));
        _mm256_storeu_si256((__m256i *)(place + i), x);
    }
#else
    for (size_t i = 0; i < n; i++) {
        const unsigned char *at = (const unsigned char *)c->padded + i;
        place[i] = (uint16_t)(at[0] % SL_SHORT_CODES | at[1] % SL_SHORT_CODES << SL_SHORT_BITS |
                              at[2] % SL_SHORT_CODES << 2 * SL_SHORT_BITS);
    }
#endif
    return n;
}

static inline bool is_known(const int16_t *sums)
{
#ifdef SL_AVX2
    const __m128i first = _mm_loadu_si128((const __m128i *)sums);
    return _mm_testz_si128(first, first) == 0;
#else
    uint64_t half[2];
    memcpy(half, sums, sizeof half);
    return (half[0] | half[1]) != 0;
#endif
}

/* Fills a place of the table: sums of the n-grams of two and three characters that begin so. */
static void learn_short(const struct slant_model *m, const char *at, int16_t *sums)
{
    memset(sums, 0, m->stride * sizeof *sums);
    for (size_t len = SL_CHAR_MIN; len <= SL_SHORT_MAX && at[len - 1] != 0; len++) {
        const uint32_t feature = sl_find_character(&m->vocabulary, at, len);
        for (uint32_t k = 0; k < m->stride && feature != SL_FEATURE_NONE; k++) {
            sums[k] = (int16_t)(sums[k] + sl_row_of(m, feature)[k]);
        }
    }
}

/* parts of a row, a constant where these are inlined. */

/* Adds the short n-grams of a word in letters. */
SL_INLINE void add_short(const struct sl_memo *memo, const struct sl_characters *c, sl_sums16 *sum,
                         uint32_t parts)
{
    uint16_t place[SL_CHAR_POINTS + 16];
    const size_t n = place_short(c, place);
    for (size_t i = 0; i < n; i++) {
        int16_t *sums = memo->of_short + (size_t)place[i] * parts * SL_ROW_PART;
        if (!is_known(sums)) {
            learn_short(memo->model, c->padded + i, sums);
        }
        sl_add_sums(sum, sums, parts);
    }
}

SL_INLINE void add_rows(const struct slant_model *m, const uint32_t *feature, size_t n,
                        sl_sums16 *sum, uint32_t parts)
{
    for (size_t i = 0; i < n; i++) {
        sl_add_cells(sum, m->row + (size_t)feature[i] * parts * SL_ROW_PART, parts);
    }
}

/* The same of any word, by all its n-grams. */
SL_INLINE void add_any(const struct slant_model *m, const struct sl_characters *c, sl_sums16 *sum,
                       uint32_t parts)
{
    uint32_t feature[SL_CHAR_POINTS];
    for (size_t length = SL_CHAR_MIN; length <= SL_CHAR_MAX; length++) {
        add_rows(m, feature, find_any(m, c, length, feature), sum, parts);
    }
}

SL_INLINE void begin_characters(struct sl_memo *memo, const struct sl_lexeme *lexeme, int16_t *sums,
                                uint32_t parts)
{
    const struct slant_model *m = memo->model;
    struct sl_asked *asked = &memo->asked;
    sl_sums16 sum[SL_MAX_PARTS];
    struct sl_characters c;
    const bool letters = all_letters(lexeme);
    memset(sum, 0, parts * sizeof *sum);
    (letters ? pad_letters : sl_characters_init)(&c, lexeme);
    memset(c.padded + c.start[c.n], 0, SL_GRAM_MAX); /* whole numbers are read */
    if (letters) {
        add_short(memo, &c, sum, parts);
    }
    if (sl_little_endian() && c.n == c.start[c.n]) {
        ask_for_grams(&m->vocabulary.character_gram, &c, letters ? SL_SHORT_MAX + 1 : SL_CHAR_MIN,
                      asked);
        asked->word[asked->n_word++] = (struct sl_asked_word){sums, asked->n_gram};
    } else {
        add_any(m, &c, sum, parts);
    }
    memcpy(sums, sum, parts * sizeof *sum);
}

SL_INLINE void add_asked(struct sl_memo *memo, uint32_t parts)
{
    const struct slant_model *m = memo->model;
    struct sl_asked *asked = &memo->asked;
    size_t from = 0;
    for (uint32_t w = 0; w < asked->n_word; w++) {
        const struct sl_asked_word *word = &asked->word[w];
        uint32_t feature[SL_CHAR_GRAMS + 1];
        const size_t n = find_asked(&m->vocabulary.character_gram, asked, from, word->end, feature);
        sl_sums16 sum[SL_MAX_PARTS];
        memcpy(sum, word->sums, parts * sizeof *sum);
        add_rows(m, feature, n, sum, parts);
        memcpy(word->sums, sum, parts * sizeof *sum);
        from = word->end;
    }
    asked->n_word = asked->n_gram = 0;
}

static void sum_asked(struct sl_memo *memo)
{
    if (memo->model->stride == SL_ROW_PART) {
        add_asked(memo, 1);
    } else {
        add_asked(memo, memo->model->stride / SL_ROW_PART);
    }
}

static void ask_for_characters(struct sl_memo *memo, const struct sl_lexeme *lexeme, int16_t *sums)
{
    const uint32_t stride = memo->model->stride;
    if (memo->asked.n_word == SL_ASKED_WORDS || memo->asked.n_gram > SL_ASKED_GRAMS) {
        sum_asked(memo);
    }
    if (lexeme->folded_len == 0) { /* no word: a user, an address, a mark */
        memset(sums, 0, stride * sizeof *sums);
    } else if (stride == SL_ROW_PART) {
        begin_characters(memo, lexeme, sums, 1);
    } else {
        begin_characters(memo, lexeme, sums, stride / SL_ROW_PART);
    }
}
