#include "feat/lexicon.h"
#include "base/memory.h"
#include "feat/sorted.h"

#include <stdlib.h>
#include <string.h>

static struct sl_polarity at_entry(const struct sl_lexicon *x, uint32_t i)
{
    struct sl_polarity p = {0};
    if (i != UINT32_MAX) {
        p.strength = x->strength[i];
        p.role = (uint8_t)x->role[i];
    }
    return p;
}

static uint32_t find_entry(const struct sl_lexicon *x, const char *bytes, size_t len)
{
    if (x->gram.bucket != NULL && len > 0) {
        uint64_t number = sl_word_number(bytes, len);
        uint32_t at = sl_gram_at(&x->gram, sl_gram_home(&x->gram, number), number);
        if (at == UINT32_MAX || (x->start[at + 1] - x->start[at] == len &&
                                 memcmp(x->bytes + x->start[at], bytes, len) == 0)) {
            return at;
        } /* two entries of one number: the sorted strings tell */
    }
    return sl_sorted_find(x->bytes, x->start, x->n, bytes, len);
}

struct sl_polarity sl_lexicon_word(const struct sl_lexicon *x, const struct sl_lexeme *lexeme)
{
    char key[SL_FOLD_MAX + 2];
    struct sl_polarity p = {0};
    uint32_t next;
    if (x->n == 0 || lexeme->folded_len == 0) {
        return p;
    }
    p = at_entry(x, find_entry(x, lexeme->folded, lexeme->folded_len));
    if (p.role == SL_ROLE_NONE) {
        key[0] = '~';
        memcpy(key + 1, lexeme->stem, lexeme->stem_len);
        p = at_entry(x, find_entry(x, key, lexeme->stem_len + 1));
    }
    memcpy(key, lexeme->folded, lexeme->folded_len);
    key[lexeme->folded_len] = ' ';
    next = sl_sorted_lower(x->bytes, x->start, x->n, key, lexeme->folded_len + 1);
    p.starts_phrase = next < x->n && x->start[next + 1] - x->start[next] > lexeme->folded_len + 1 &&
                      memcmp(x->bytes + x->start[next], key, lexeme->folded_len + 1) == 0;
    return p;
}

struct sl_polarity sl_lexicon_phrase(const struct sl_lexicon *x, const char *phrase, size_t len)
{
    return at_entry(x, find_entry(x, phrase, len));
}

void sl_openings_read(const struct sl_lexicon *x, struct sl_openings *o)
{
    for (uint32_t i = 0; i < x->n; i++) {
        const char *p = x->bytes + x->start[i];
        const char *end = x->bytes + x->start[i + 1];
        const char *space = memchr(p, ' ', (size_t)(end - p));
        if (space != NULL) {
            const char *second = space + 1;
            const char *behind = memchr(second, ' ', (size_t)(end - second));
            size_t len = (size_t)((behind != NULL ? behind : end) - second);
            uint32_t bit = sl_opening_bit(sl_opening_hash(p, (size_t)(space - p)),
                                          sl_opening_hash(second, len));
            o->bits[bit / 64] |= UINT64_C(1) << bit % 64;
        }
    }
}

void sl_lexicon_free(struct sl_lexicon *x)
{
    free((char *)x->bytes);
    free((uint32_t *)x->start);
    free((float *)x->strength);
    free((uint32_t *)x->role);
    free((struct sl_gram_bucket *)x->gram.bucket);
    memset(x, 0, sizeof *x);
}

bool sl_lexicon_copy(struct sl_lexicon *to, const struct sl_lexicon *from)
{
    uint32_t *start = sl_array((size_t)from->n + 1, sizeof *start);
    float *strength = sl_array(from->n, sizeof *strength);
    uint32_t *role = sl_array(from->n, sizeof *role);
    size_t len = from->n == 0 ? 0 : from->start[from->n];
    *to = (struct sl_lexicon){.n = from->n,
                              .bytes = sl_copy_bytes(from->n == 0 ? "" : from->bytes, len),
                              .start = start,
                              .strength = strength,
                              .role = role};
    if (to->bytes == NULL || start == NULL || strength == NULL || role == NULL) {
        sl_lexicon_free(to);
        return false;
    }
    start[0] = 0;
    if (from->n > 0) {
        memcpy(start, from->start, ((size_t)from->n + 1) * sizeof *start);
        memcpy(strength, from->strength, from->n * sizeof *strength);
        memcpy(role, from->role, from->n * sizeof *role);
    }
    return true;
}
