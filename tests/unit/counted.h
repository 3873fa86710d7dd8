/** For the unit tests: all counts of a training's rows, characters among them. */
#ifndef SL_TEST_COUNTED_H
#define SL_TEST_COUNTED_H

#include "train/features.h"

#include <stdlib.h>

struct counted {
    size_t *start;          /* [n_row + 1] into count */
    struct sl_count *count; /* ascending by feature within a row */
};

static inline int by_feature(const void *a, const void *b)
{
    uint32_t x = ((const struct sl_count *)a)->feature;
    uint32_t y = ((const struct sl_count *)b)->feature;
    return x < y ? -1 : x > y;
}

static inline void count_all(const struct sl_features *f, struct counted *c)
{
    size_t room = f->start[f->n_row];
    size_t n = 0;
    for (size_t i = 0; i < f->spelled_start[f->n_row]; i++) {
        const size_t *gram = f->gram_start + f->spelled[i].feature;
        room += gram[1] - gram[0];
    }
    c->start = calloc(f->n_row + 1, sizeof *c->start);
    c->count = calloc(room + 1, sizeof *c->count);
    assert_true(c->start != NULL && c->count != NULL);
    for (size_t r = 0; r < f->n_row; r++) {
        size_t first = n;
        size_t kept = n;
        for (size_t i = f->start[r]; i < f->start[r + 1]; i++) {
            c->count[n++] = f->count[i];
        }
        for (size_t i = f->spelled_start[r]; i < f->spelled_start[r + 1]; i++) {
            const size_t *gram = f->gram_start + f->spelled[i].feature;
            for (size_t k = gram[0]; k < gram[1]; k++) {
                c->count[n++] = (struct sl_count){f->gram[k], f->spelled[i].n};
            }
        }
        qsort(c->count + first, n - first, sizeof *c->count, by_feature);
        for (size_t i = first; i < n; i++) {
            if (kept > first && c->count[kept - 1].feature == c->count[i].feature) {
                c->count[kept - 1].n += c->count[i].n;
            } else {
                c->count[kept++] = c->count[i];
            }
        }
        n = kept;
        c->start[r + 1] = n;
    }
}

static inline void counted_free(struct counted *c)
{
    free(c->start);
    free(c->count);
}

#endif
