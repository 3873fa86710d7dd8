/** Memory that is freed all at once. Blocks never move. Zero-initialised is empty. */
#ifndef SL_BASE_ARENA_H
#define SL_BASE_ARENA_H

#include <stddef.h>

struct sl_arena {
    struct sl_arena_block *block; /* the newest first */
};

void *sl_arena_alloc(struct sl_arena *a, size_t len); /* 16-aligned; NULL when memory is short */
char *sl_arena_copy(struct sl_arena *a, const void *bytes, size_t len); /* with a NUL behind */
void sl_arena_free(struct sl_arena *a);

#endif
