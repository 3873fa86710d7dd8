#include "base/memory.h"
#include "train/features.h"

#include <string.h>

static bool subset_strings(const char *bytes, const uint32_t *start, uint32_t n, const bool *keep,
                           uint32_t *local, const char **out_bytes, const uint32_t **out_start,
                           uint32_t *n_out)
{
    char *b = sl_array((size_t)start[n] + 1, 1);
    uint32_t *s = sl_array((size_t)n + 1, sizeof *s);
    uint32_t kept = 0;
    *out_bytes = b;
    *out_start = s;
    if (b == NULL || s == NULL) {
        return false;
    }
    s[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        local[i] = SL_FEATURE_NONE;
        if (keep[i]) {
            memcpy(b + s[kept], bytes + start[i], start[i + 1] - start[i]);
            s[kept + 1] = s[kept] + (start[i + 1] - start[i]);
            local[i] = kept++;
        }
    }
    *n_out = kept;
    return true;
}

/* head_local numbers the kept heads, member_local the kept members, both from 0. */
static bool subset_lists(const uint32_t *start, uint32_t n_head, const uint32_t *next,
                         const bool *keep, const uint32_t *head_local, const uint32_t *member_local,
                         uint32_t *local, const uint32_t **out_start, const uint32_t **out_next,
                         uint32_t *n_out)
{
    uint32_t *s = sl_array((size_t)n_head + 1, sizeof *s);
    uint32_t *list = sl_array(start[n_head], sizeof *list);
    uint32_t kept = 0;
    uint32_t heads = 0;
    *out_start = s;
    *out_next = list;
    if (s == NULL || list == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n_head; i++) {
        if (head_local[i] != SL_FEATURE_NONE) {
            s[heads++] = kept;
        }
        for (uint32_t at = start[i]; at < start[i + 1]; at++) {
            local[at] = SL_FEATURE_NONE;
            if (keep[at]) {
                list[kept] = member_local[next[at]];
                local[at] = kept++;
            }
        }
    }
    s[heads] = kept;
    *n_out = kept;
    return true;
}

static void shift(uint32_t *local, uint32_t n, uint32_t by)
{
    for (uint32_t i = 0; i < n; i++) {
        if (local[i] != SL_FEATURE_NONE) {
            local[i] += by;
        }
    }
}

static bool subset_list(const struct sl_list *from, const bool *keep, uint32_t *local,
                        const uint32_t *base_local, struct sl_list *out)
{
    uint32_t *feature = sl_array(from->n, sizeof *feature);
    out->feature = feature;
    if (feature == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < from->n; i++) {
        local[i] = SL_FEATURE_NONE;
        if (keep[i]) {
            feature[out->n] = base_local[from->feature[i]];
            local[i] = out->n++;
        }
    }
    return true;
}

enum slant_status sl_vocabulary_subset(const struct sl_vocabulary *all, const bool *keep,
                                       struct sl_vocabulary *out, uint32_t *local,
                                       struct slant_error *err)
{
    uint32_t bigram = sl_first_bigram(all);
    uint32_t trigram = sl_first_trigram(all);
    uint32_t character = all->first[SL_BLOCK_CHARACTER];
    bool good;
    memset(out, 0, sizeof *out);
    out->target_words = all->target_words;
    good =
        subset_strings(all->word_bytes, all->word_start, all->n_word, keep, local, &out->word_bytes,
                       &out->word_start, &out->n_word) &&
        subset_lists(all->bigram_start, all->n_word, all->bigram_next, keep + bigram, local, local,
                     local + bigram, &out->bigram_start, &out->bigram_next, &out->n_bigram) &&
        subset_lists(all->trigram_start, all->n_bigram, all->trigram_next, keep + trigram,
                     local + bigram, local, local + trigram, &out->trigram_start,
                     &out->trigram_next, &out->n_trigram) &&
        subset_strings(all->character_bytes, all->character_start, all->n_character,
                       keep + character, local + character, &out->character_bytes,
                       &out->character_start, &out->n_character);
    if (good) { /* lists name features by their final numbers */
        shift(local + bigram, all->n_bigram, sl_first_bigram(out));
        shift(local + trigram, all->n_trigram, sl_first_trigram(out));
    }
    for (int i = 0; good && i < SL_N_LIST; i++) {
        uint32_t first = all->first[SL_FIRST_LIST + i];
        good = subset_list(&all->list[i], keep + first, local + first, local, &out->list[i]);
    }
    for (int b = SL_BLOCK_POLARITY; good && b < SL_FIRST_VECTOR; b++) {
        out->used[b] = all->used[b] && keep[all->first[b]];
        for (uint32_t i = all->first[b]; i < all->first[b + 1]; i++) {
            local[i] = out->used[b] ? i - all->first[b] : SL_FEATURE_NONE;
        }
    }
    for (uint32_t i = all->first[SL_FIRST_VECTOR]; i < sl_n_feature(all); i++) {
        local[i] = SL_FEATURE_NONE;
    }
    if (!good || !sl_vocabulary_number(out)) {
        sl_vocabulary_free(out);
        return sl_fail_nomem(err);
    }
    for (int b = SL_BLOCK_CHARACTER; b < SL_FIRST_VECTOR; b++) {
        shift(local + all->first[b], all->first[b + 1] - all->first[b], out->first[b]);
    }
    return SLANT_OK;
}
