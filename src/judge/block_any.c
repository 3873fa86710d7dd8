#include "judge/block.h"

bool sl_score_block_any(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return score_block(s, open, margin);
}

bool sl_sum_block_any(struct sl_scorer *s, uint32_t *open, double *margin)
{
    ask_for_vectors(s);
    return sum_block(s, open, margin);
}

void sl_sum_characters_any(const struct slant_model *m, const struct sl_lexeme *lexeme,
                           int16_t *sums)
{
    sum_characters(m, lexeme, sums);
}
