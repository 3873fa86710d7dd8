#include "train/folds.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>

/* ---- groups joined by near-copies ---- */

static uint32_t root(uint32_t *parent, uint32_t g)
{
    while (parent[g] != g) {
        parent[g] = parent[parent[g]];
        g = parent[g];
    }
    return g;
}

struct joining {
    const struct sl_rows *rows;
    uint32_t *parent; /* [n_group] */
    size_t n_joined;
};

static bool join(void *user, size_t row, size_t other)
{
    struct joining *j = user;
    uint32_t a = root(j->parent, j->rows->row[row].group);
    uint32_t b = root(j->parent, j->rows->row[other].group);
    if (a != b) {
        j->parent[a > b ? a : b] = a > b ? b : a;
        j->n_joined++;
    }
    return true;
}

/* ---- dealing ---- */

struct hand {
    uint64_t order;
    uint32_t group; /* a root */
    size_t n_row;
};

static int by_order(const void *a, const void *b)
{
    const struct hand *x = a;
    const struct hand *y = b;
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return x->group < y->group ? -1 : x->group > y->group;
}

static enum slant_status deal(const struct sl_rows *rows, uint32_t *parent, unsigned n_fold,
                              uint64_t seed, uint32_t *fold, struct slant_error *err)
{
    uint32_t n_group = rows->group.n;
    struct hand *hand = sl_array_zero(n_group, sizeof *hand);
    uint32_t *of_group = sl_array(n_group, sizeof *of_group);
    size_t *load = sl_array_zero(n_fold, sizeof *load);
    size_t n = 0;
    enum slant_status status = SLANT_OK;
    if (hand == NULL || of_group == NULL || load == NULL) {
        status = sl_fail_nomem(err);
        goto done;
    }
    for (size_t r = 0; r < rows->n; r++) {
        hand[root(parent, rows->row[r].group)].n_row++;
    }
    for (uint32_t g = 0; g < n_group; g++) {
        if (hand[g].n_row > 0) {
            hand[n++] =
                (struct hand){sl_hash(sl_strings_get(&rows->group, g), rows->group.length[g], seed),
                              g, hand[g].n_row};
        }
    }
    if (n < n_fold) {
        status =
            sl_fail(err, SLANT_ERR_DATA, 0,
                    "%zu group%s of rows cannot be dealt into %u folds: rows of one group stay "
                    "together, and so do near-copies of one another; add rows that differ%s",
                    n, n == 1 ? "" : "s", n_fold, n > 1 ? ", or ask for fewer folds" : "");
        goto done;
    }
    qsort(hand, n, sizeof *hand, by_order);
    for (size_t i = 0; i < n; i++) {
        unsigned least = 0;
        for (unsigned k = 1; k < n_fold; k++) {
            least = load[k] < load[least] ? k : least;
        }
        of_group[hand[i].group] = least;
        load[least] += hand[i].n_row;
    }
    for (size_t r = 0; r < rows->n; r++) {
        fold[r] = of_group[root(parent, rows->row[r].group)];
    }
done:
    free(hand);
    free(of_group);
    free(load);
    return status;
}

static enum slant_status join_all(const struct sl_rows *rows, struct joining *j,
                                  struct slant_error *err)
{
    *j = (struct joining){rows, sl_array(rows->group.n, sizeof *j->parent), 0};
    if (j->parent == NULL) {
        return sl_fail_nomem(err);
    }
    for (uint32_t g = 0; g < rows->group.n; g++) {
        j->parent[g] = g;
    }
    return sl_near_copies(rows, join, j, err);
}

enum slant_status sl_folds_most(const struct sl_rows *rows, size_t *n, struct slant_error *err)
{
    struct joining joining;
    enum slant_status status = join_all(rows, &joining, err);
    *n = rows->group.n - joining.n_joined; /* every group has a row */
    free(joining.parent);
    return status;
}

enum slant_status sl_folds_deal(const struct sl_rows *rows, unsigned n_fold, uint64_t seed,
                                uint32_t *fold, size_t *n_joined, struct slant_error *err)
{
    struct joining joining;
    enum slant_status status = join_all(rows, &joining, err);
    if (status == SLANT_OK) {
        status = deal(rows, joining.parent, n_fold, seed, fold, err);
    }
    *n_joined = joining.n_joined;
    free(joining.parent);
    return status;
}
