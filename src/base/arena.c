#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

struct sl_arena_block {
    struct sl_arena_block *next;
    size_t used, cap;
    _Alignas(16) unsigned char data[];
};

void *sl_arena_alloc(struct sl_arena *a, size_t len)
{
    struct sl_arena_block *b = a->block;
    void *p;
    if (len > PTRDIFF_MAX / 2) {
        return NULL;
    }
    len = (len + 15) & ~(size_t)15;
    if (b == NULL || b->cap - b->used < len) {
        size_t cap = len > BLOCK ? len : BLOCK;
        b = malloc(sizeof *b + cap);
        if (b == NULL) {
            return NULL;
        }
        b->next = a->block;
        b->used = 0;
        b->cap = cap;
        a->block = b;
    }
    p = b->data + b->used;
    b->used += len;
    return p;
}

char *sl_arena_copy(struct sl_arena *a, const void *bytes, size_t len)
{
    char *copy = len >= SIZE_MAX ? NULL : sl_arena_alloc(a, len + 1);
    if (copy != NULL) {
        if (len > 0) {
            memcpy(copy, bytes, len);
        }
        copy[len] = 0;
    }
    return copy;
}

void sl_arena_free(struct sl_arena *a)
{
    while (a->block != NULL) {
        struct sl_arena_block *next = a->block->next;
        free(a->block);
        a->block = next;
    }
}
