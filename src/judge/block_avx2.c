#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include "judge/scorer.h"

#define SL_AVX2
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif

#include "judge/block.h"
#include "judge/words.h"

static const struct sl_forms avx2 = {
    take_words, ask_for_characters, sum_asked, score_block, sum_kept, add_due, end_up_to};
const struct sl_forms *const sl_forms_avx2 = &avx2;

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#else
#include "judge/forms.h"

const struct sl_forms *const sl_forms_avx2 = NULL;
#endif
