/** Checked sizes. Every allocation of a counted array goes through here. */
#ifndef SL_BASE_MEMORY_H
#define SL_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* NULL on overflow or when memory is short; n or size 0 gives a block that may be freed. */
void *sl_array(size_t n, size_t size);
void *sl_array_zero(size_t n, size_t size);
/* More than len bytes, 64-aligned; large ones in large pages, where the system has them: look-ups at
 * random then seldom wait for the page table. free() it. */
void *sl_large(size_t len);
/* Makes room for n elements in *array of *cap; doubles, keeps the old block on failure. */
bool sl_grow(void *array_pointer, size_t *cap, size_t n, size_t size);
char *sl_copy_bytes(const void *bytes, size_t len); /* with a NUL behind */

#endif
