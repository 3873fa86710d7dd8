#include "judge/block.h"

bool sl_score_block_any(struct sl_scorer *s, uint32_t *open, double *margin)
{
    return score_block(s, open, margin);
}
