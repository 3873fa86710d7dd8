/* Which features a fit keeps, and what they weigh before it is made: by the rows that have them. */
#include "base/memory.h"
#include "train/fit_parts.h"

#include <math.h>
#include <stdlib.h>

struct seen {
    uint32_t rows, last; /* row + 1 */
};

/* Rows of the training that each feature occurs in. */
static bool count_rows(const struct sl_features *f, const bool *in, uint32_t *df, size_t *n_row)
{
    enum { AHEAD = 32 };
    const uint32_t first = f->all.first[SL_BLOCK_CHARACTER];
    struct seen *character = sl_array_zero(f->all.n_character, sizeof *character);
    *n_row = 0;
    for (size_t r = 0; character != NULL && r < f->n_row; r++) {
        *n_row += in[r];
        for (size_t i = f->start[r]; in[r] && i < f->start[r + 1]; i++) {
            if (i + AHEAD < f->start[f->n_row]) {
                __builtin_prefetch(&df[f->count[i + AHEAD].feature]);
            }
            df[f->count[i].feature]++;
        }
        for (size_t i = f->spelled_start[r]; in[r] && i < f->spelled_start[r + 1]; i++) {
            const size_t *gram = f->gram_start + f->spelled[i].feature;
            for (size_t k = gram[0]; k < gram[1]; k++) {
                struct seen *c = &character[f->gram[k] - first];
                c->rows += c->last != (uint32_t)r + 1;
                c->last = (uint32_t)r + 1;
            }
        }
    }
    for (uint32_t i = 0; character != NULL && i < f->all.n_character; i++) {
        df[first + i] = character[i].rows;
    }
    free(character);
    return character != NULL;
}

/* keep[feature] where enough rows have it. */
static void keep_common(const struct sl_vocabulary *v, const struct sl_settings *settings,
                        const uint32_t *df, bool *keep)
{
    const struct {
        uint32_t end;
        enum sl_kind kind;
    } part[] = {{sl_first_bigram(v), SL_KIND_WORD},
                {sl_first_trigram(v), SL_KIND_BIGRAM},
                {v->first[SL_BLOCK_CHARACTER], SL_KIND_TRIGRAM}};
    uint32_t i = 0;
    for (size_t k = 0; k < 3; k++) {
        for (; i < part[k].end; i++) {
            keep[i] = df[i] > 0 && df[i] >= settings->min_df[part[k].kind];
        }
    }
    for (int b = SL_BLOCK_CHARACTER; b < SL_N_BLOCK; b++) {
        bool sum = b == SL_BLOCK_POLARITY || b == SL_BLOCK_PLACED_POLARITY;
        uint32_t least =
            settings->min_df[b == SL_BLOCK_CHARACTER ? SL_KIND_CHARACTER : SL_KIND_LISTED];
        for (; i < v->first[b + 1]; i++) {
            keep[i] = settings->scale[b] > 0 && (sum || (df[i] > 0 && df[i] >= least));
        }
    }
}

/* Keeps what kept features are made of: what lists name, a trigram's bigrams, a bigram's words. */
static void close_features(const struct sl_features *f, bool *keep)
{
    const struct sl_vocabulary *v = &f->all;
    for (int i = 0; i < SL_N_LIST; i++) {
        const bool *listed = keep + v->first[SL_FIRST_LIST + i];
        for (uint32_t k = 0; k < v->list[i].n; k++) {
            keep[v->list[i].feature[k]] |= listed[k];
        }
    }
    for (uint32_t word = 0; word < v->n_word; word++) {
        for (uint32_t b = v->bigram_start[word]; b < v->bigram_start[word + 1]; b++) {
            bool *bigram = &keep[sl_first_bigram(v) + b];
            for (uint32_t t = v->trigram_start[b]; t < v->trigram_start[b + 1]; t++) {
                if (keep[sl_first_trigram(v) + t]) {
                    *bigram = true;
                    keep[f->tail[t]] = true;
                }
            }
        }
    }
    for (uint32_t word = 0; word < v->n_word; word++) {
        for (uint32_t b = v->bigram_start[word]; b < v->bigram_start[word + 1]; b++) {
            if (keep[sl_first_bigram(v) + b]) {
                keep[word] = keep[v->bigram_next[b]] = true;
            }
        }
    }
}

/* What an occurrence of a feature that df of the rows have adds to its block's norm. */
static double norm_part_of_rows(enum sl_block b, uint32_t df, size_t n_row)
{
    double idf = b >= SL_BLOCK_POLARITY ? 1 : log((1.0 + (double)n_row) / (1.0 + df)) + 1.0;
    return sl_norm_part(b, idf);
}

static bool weigh_features(const struct sl_vocabulary *all, const uint32_t *df, size_t n_row,
                           struct sl_fit *out)
{
    enum { COMMON = 1 << 10 };
    uint16_t level[COMMON]; /* of features by their df: most are few */
    out->norm_level = sl_array(sl_n_feature(&out->vocabulary), sizeof *out->norm_level);
    if (out->norm_level == NULL) {
        return false;
    }
    for (int b = 0; b < SL_N_BLOCK; b++) {
        const double unit = sl_norm_unit(norm_part_of_rows((enum sl_block)b, 0, n_row));
        out->unit[b][out->n_column] = unit;
        for (uint32_t n = 0; n < COMMON; n++) {
            level[n] = sl_norm_level(norm_part_of_rows((enum sl_block)b, n, n_row), unit);
        }
        for (uint32_t i = all->first[b]; i < all->first[b + 1]; i++) {
            if (out->local[i] == SL_FEATURE_NONE) {
                continue;
            }
            out->norm_level[out->local[i]] =
                df[i] < COMMON
                    ? level[df[i]]
                    : sl_norm_level(norm_part_of_rows((enum sl_block)b, df[i], n_row), unit);
        }
    }
    return true;
}

enum slant_status sl_fit_choose(const struct sl_features *f, const bool *in,
                                const struct sl_settings *settings, uint32_t *df,
                                struct sl_fit *out, struct slant_error *err)
{
    const struct sl_vocabulary *all = &f->all;
    uint32_t n_feature = sl_n_feature(all);
    bool *keep = sl_array_zero(n_feature, sizeof *keep);
    size_t n_row = 0;
    enum slant_status status;
    out->local = sl_large(n_feature * sizeof *out->local); /* read out of order */
    if (keep == NULL || out->local == NULL || !count_rows(f, in, df, &n_row)) {
        free(keep);
        return sl_fail_nomem(err);
    }
    keep_common(all, settings, df, keep);
    close_features(f, keep);
    status = sl_vocabulary_subset(all, keep, &out->vocabulary, out->local, err);
    if (status == SLANT_OK && !weigh_features(all, df, n_row, out)) {
        status = sl_fail_nomem(err);
    }
    free(keep);
    return status;
}
