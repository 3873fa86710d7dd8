/* Near-copies by min-hash (Broder 1997): rows whose signatures agree in a band are compared in
 * full. With 12 bands of 2, a pair sharing half of its trigrams is compared with probability 0.97.
 */
#include "base/bytes.h"
#include "base/memory.h"
#include "base/order.h"
#include "text/fold.h"
#include "text/token.h"
#include "train/folds.h"

#include <stdlib.h>
#include <string.h>

enum { BANDS = 12, BAND_ROWS = 2, HASHES = BANDS * BAND_ROWS, SHORTEST = 3 };

struct sketch {
    uint64_t low[HASHES];
    uint64_t *shingle; /* [n], ascending, distinct */
    size_t n;
};

static bool add_shingle(struct sketch *s, size_t *cap, const uint64_t word[3])
{
    if (!sl_grow(&s->shingle, cap, s->n + 1, sizeof *s->shingle)) {
        return false;
    }
    s->shingle[s->n++] = sl_hash(word, 3 * sizeof *word, 1);
    return true;
}

static bool sketch_row(const struct sl_row *row, struct sketch *s)
{
    struct sl_tokens it;
    struct sl_token t;
    uint64_t last[3] = {0};
    size_t cap = 0;
    size_t words = 0;
    size_t distinct = 0;
    sl_tokens_init(&it, row->text.p, 0, row->text.len, row->mask, row->n_mask);
    while (sl_tokens_next(&it, &t)) {
        char folded[SL_FOLD_MAX];
        size_t len = sl_fold(row->text.p + t.begin, t.end - t.begin, folded);
        last[0] = last[1];
        last[1] = last[2];
        last[2] = t.kind == SL_TOKEN_MENTION ? 1 : sl_hash(folded, len, 0);
        if (++words >= SHORTEST && !add_shingle(s, &cap, last)) {
            return false;
        }
    }
    if (words > 0 && words < SHORTEST && !add_shingle(s, &cap, last)) {
        return false; /* "Live:" is its own shingle */
    }
    memset(s->low, 0xff, sizeof s->low);
    if (s->shingle != NULL) {
        qsort(s->shingle, s->n, sizeof *s->shingle, sl_by_u64);
    }
    for (size_t i = 0; s->shingle != NULL && i < s->n; i++) {
        if (i > 0 && s->shingle[i] == s->shingle[i - 1]) {
            continue;
        }
        s->shingle[distinct++] = s->shingle[i];
        for (uint64_t h = 0; h < HASHES; h++) {
            uint64_t v = sl_hash(&s->shingle[i], sizeof s->shingle[i], h + 2);
            s->low[h] = v < s->low[h] ? v : s->low[h];
        }
    }
    s->n = distinct;
    return true;
}

static bool near(const struct sketch *a, const struct sketch *b)
{
    size_t i = 0;
    size_t j = 0;
    size_t both = 0;
    while (i < a->n && j < b->n) {
        both += a->shingle[i] == b->shingle[j];
        if (a->shingle[i] <= b->shingle[j]) {
            j += a->shingle[i] == b->shingle[j];
            i++;
        } else {
            j++;
        }
    }
    return both * 2 >= a->n + b->n - both;
}

struct bucket {
    uint64_t key;
    size_t row;
};

static int by_bucket(const void *a, const void *b)
{
    const struct bucket *x = a;
    const struct bucket *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->row < y->row ? -1 : x->row > y->row;
}

/* Within a bucket each row is compared with a few rows before it: near-copies chain, and a bucket
 * of a million equal rows stays linear. */
static bool compare_band(const struct sketch *s, struct bucket *bucket, size_t n, int band,
                         sl_near_copy *pair, void *user)
{
    enum { REACH = 8 };
    size_t used = 0;
    for (size_t r = 0; r < n; r++) {
        if (s[r].n > 0) {
            bucket[used++] = (struct bucket){
                sl_hash(s[r].low + (size_t)band * BAND_ROWS, BAND_ROWS * sizeof(uint64_t), 0), r};
        }
    }
    if (used > 0) {
        qsort(bucket, used, sizeof *bucket, by_bucket);
    }
    for (size_t i = 1; i < used; i++) {
        for (size_t j = i; j-- > 0 && i - j <= REACH && bucket[j].key == bucket[i].key;) {
            if (near(&s[bucket[i].row], &s[bucket[j].row])) {
                if (!pair(user, bucket[j].row, bucket[i].row)) {
                    return false;
                }
                break;
            }
        }
    }
    return true;
}

enum slant_status sl_near_copies(const struct sl_rows *rows, sl_near_copy *pair, void *user,
                                 struct slant_error *err)
{
    struct sketch *s = sl_array_zero(rows->n, sizeof *s);
    struct bucket *bucket = sl_array(rows->n, sizeof *bucket);
    enum slant_status status = SLANT_OK;
    if (s == NULL || bucket == NULL) {
        free(s);
        free(bucket);
        return sl_fail_nomem(err);
    }
    for (size_t r = 0; status == SLANT_OK && r < rows->n; r++) {
        if (!sketch_row(&rows->row[r], &s[r])) {
            status = sl_fail_nomem(err);
        }
    }
    for (int band = 0; status == SLANT_OK && band < BANDS; band++) {
        if (!compare_band(s, bucket, rows->n, band, pair, user)) {
            break;
        }
    }
    for (size_t r = 0; r < rows->n; r++) {
        free(s[r].shingle);
    }
    free(s);
    free(bucket);
    return status;
}
