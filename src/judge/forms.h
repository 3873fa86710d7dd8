/** What is compiled twice, for any processor and for one with AVX2, BMI and POPCNT, with the same bits. */
#ifndef SL_JUDGE_FORMS_H
#define SL_JUDGE_FORMS_H

#include "judge/reader.h"

struct sl_scorer;

/* Work on a block; false when memory is short. *open: the sentence whose sums are being made. */
typedef bool sl_block_work(struct sl_scorer *s, uint32_t *open, double *margin);

struct sl_forms {
    sl_take_words *take_words;
    sl_ask_for_characters *ask_for_characters;
    sl_sum_asked *sum_asked;
    sl_block_work *score_block;
    sl_block_work *sum_block; /* the last step of it alone, where the block has been filled */
    void (*add_due)(struct sl_scorer *s); /* the rows that are due, to their blocks' sums */
    /* sentences before `item` have ended, those between without a token too */
    bool (*end_up_to)(struct sl_scorer *s, uint32_t *open, uint32_t item, double *margin);
};

const struct sl_forms *sl_forms_of(enum sl_simd simd);
/* NULL where the compiler knows no such processor. */
extern const struct sl_forms *const sl_forms_avx2;

#endif
