#include "train/features.h"
#include "base/order.h"
#include "train/features_parts.h"

#include <stdlib.h>
#include <string.h>

/* Ascending. Most are few: one sentence's, or one word's. */
void sl_sort_numbers(uint32_t *p, size_t n)
{
    if (n > 64) {
        qsort(p, n, sizeof *p, sl_by_u32);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t one = p[i];
        size_t at = i;
        for (; at > 0 && p[at - 1] > one; at--) {
            p[at] = p[at - 1];
        }
        p[at] = one;
    }
}

enum slant_status sl_features_build(struct sl_features *f, const struct sl_rows *rows,
                                    const struct sl_material *material, unsigned n_thread,
                                    struct slant_error *err)
{
    struct sl_seen seen = {0};
    struct sl_lexer lexer;
    enum slant_status status;
    bool targets = false;
    memset(f, 0, sizeof *f);
    f->all.target_words = material->target_words;
    SL_TRY(sl_lexer_init(&lexer, material->language, err));
    for (size_t r = 0; r < rows->n && !targets; r++) {
        targets = rows->row[r].n_mask > 0;
    }
    status =
        sl_seen_rows(&seen, rows, material, &lexer) && sl_seen_order(&seen, material, targets, f)
            ? sl_seen_count(&seen, rows, material, n_thread, f, err)
            : sl_fail_nomem(err);
    sl_lexer_free(&lexer);
    sl_seen_free(&seen);
    if (status != SLANT_OK) {
        sl_features_free(f);
    }
    return status;
}

void sl_features_free(struct sl_features *f)
{
    sl_vocabulary_free(&f->all);
    free(f->start);
    free(f->count);
    free(f->spelled_start);
    free(f->spelled);
    free(f->gram_start);
    free(f->gram);
    free(f->tail);
    free(f->n_token);
    free(f->mean);
    free(f->has_mean);
    memset(f, 0, sizeof *f);
}
