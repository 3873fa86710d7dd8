#include "judge/block.h"
#include "judge/words.h"

static const struct sl_forms any = {
    take_words, ask_for_characters, sum_asked, score_block, sum_kept, add_due, end_up_to};

const struct sl_forms *sl_forms_of(enum sl_simd simd)
{
    return simd >= SL_SIMD_AVX2 && sl_forms_avx2 != NULL ? sl_forms_avx2 : &any;
}
