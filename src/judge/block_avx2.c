#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include "judge/scorer.h"

#define SL_AVX2
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

#include "judge/block.h"

bool sl_score_block_avx2(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return score_block(s, open, margin);
}

bool sl_sum_block_avx2(struct sl_scorer *s, uint32_t *open, double *margin)
{
    ask_for_vectors(s);
    return sum_block(s, open, margin);
}

void sl_sum_characters_avx2(const struct slant_model *m, const struct sl_lexeme *lexeme,
                            int16_t *sums)
{
    sum_characters(m, lexeme, sums);
}

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#else
#include "judge/scorer.h"

bool sl_score_block_avx2(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return sl_score_block_any(s, open, margin);
}

bool sl_sum_block_avx2(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return sl_sum_block_any(s, open, margin);
}

void sl_sum_characters_avx2(const struct slant_model *m, const struct sl_lexeme *lexeme,
                            int16_t *sums)
{
    sl_sum_characters_any(m, lexeme, sums);
}
#endif
