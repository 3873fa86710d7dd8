#include "report/copies.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 4, BANDS = SL_SKETCH_PARTS / ROWS };
static const double alike = 0.6;

void sl_sketch_begin(struct sl_sketch *s)
{
    memset(s->least, 0xff, sizeof s->least);
    s->word[0] = s->word[1] = 0;
}

static bool in_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static void add_word(struct sl_sketch *s, uint64_t word)
{
    if (s->word[0] != 0) {
        const uint64_t shingle[3] = {s->word[0], s->word[1], word};
        uint64_t h = sl_hash(shingle, sizeof shingle, 0);
        uint32_t *least = &s->least[h >> 58];
        if ((uint32_t)h < *least) {
            *least = (uint32_t)h;
        }
    }
    s->word[0] = s->word[1];
    s->word[1] = word;
}

void sl_sketch_add(struct sl_sketch *s, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint64_t h = 0xcbf29ce484222325u; /* FNV-1a (Fowler, Noll & Vo) */
        size_t begin = at;
        while (at < len && in_word((unsigned char)text[at])) {
            unsigned char c = (unsigned char)text[at++];
            h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x100000001b3u;
        }
        if (at > begin) {
            add_word(s, h | 1);
        } else {
            at++;
        }
    }
}

void sl_copies_free(struct sl_copies *c)
{
    free(c->sketch);
    free(c->article);
    free(c->first);
    sl_keys_free(&c->band);
}

static bool are_alike(const struct sl_sketch *a, const struct sl_sketch *b)
{
    unsigned same = 0;
    unsigned either = 0;
    for (int i = 0; i < SL_SKETCH_PARTS; i++) {
        bool empty = a->least[i] == UINT32_MAX && b->least[i] == UINT32_MAX;
        either += !empty;
        same += !empty && a->least[i] == b->least[i];
    }
    return either > 0 && same >= alike * either;
}

static bool band_key(const struct sl_sketch *s, uint64_t band, uint64_t *key)
{
    const uint32_t *part = s->least + band * ROWS;
    bool empty = true;
    for (int i = 0; i < ROWS; i++) {
        empty = empty && part[i] == UINT32_MAX;
    }
    *key = sl_hash(part, ROWS * sizeof *part, band + 1);
    return !empty;
}

bool sl_copies_add(struct sl_copies *c, const struct sl_sketch *s, uint32_t article, uint32_t *of)
{
    uint64_t key[BANDS];
    bool used[BANDS];
    *of = SL_TABLE_NONE;
    for (size_t band = 0; band < BANDS; band++) {
        used[band] = band_key(s, band, &key[band]);
        sl_keys_fetch(&c->band, key[band]);
    }
    for (size_t band = 0; band < BANDS; band++) {
        uint32_t found = used[band] ? sl_keys_find(&c->band, key[band]) : SL_TABLE_NONE;
        if (found != SL_TABLE_NONE && are_alike(s, &c->sketch[c->first[found]])) {
            uint32_t original = c->article[c->first[found]];
            *of = original < *of ? original : *of;
        }
    }
    if (*of != SL_TABLE_NONE) {
        return true;
    }
    if (!sl_grow(&c->sketch, &c->cap_sketch, c->n + 1, sizeof *c->sketch) ||
        !sl_grow(&c->article, &c->cap_article, c->n + 1, sizeof *c->article)) {
        return false;
    }
    c->sketch[c->n] = *s;
    c->article[c->n++] = article;
    for (size_t band = 0; band < BANDS; band++) {
        uint32_t n = c->band.n;
        uint32_t number;
        if (!used[band]) {
            continue;
        }
        number = sl_keys_add(&c->band, key[band]);
        if (number == SL_TABLE_NONE ||
            !sl_grow(&c->first, &c->cap_first, c->band.n, sizeof *c->first)) {
            return false;
        }
        if (c->band.n > n) {
            c->first[number] = (uint32_t)(c->n - 1);
        }
    }
    return true;
}
