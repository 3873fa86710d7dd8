#define _DEFAULT_SOURCE /* madvise */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *sl_array(size_t n, size_t size)
{
    size_t len;
    if (__builtin_mul_overflow(n, size, &len) || len > PTRDIFF_MAX) {
        return NULL;
    }
    return malloc(len == 0 ? 1 : len);
}

void *sl_array_zero(size_t n, size_t size)
{
    if (n == 0 || size == 0) {
        n = size = 1;
    }
    return calloc(n, size);
}

void *sl_large(size_t len)
{
    enum { SMALL_ALIGN = 64, LARGE_ALIGN = 2 << 20 };
    size_t align = len < (size_t)LARGE_ALIGN ? SMALL_ALIGN : LARGE_ALIGN;
    void *p;
    if (len > PTRDIFF_MAX - LARGE_ALIGN) {
        return NULL;
    }
    len = (len + align) / align * align;
    p = aligned_alloc(align, len);
#ifdef MADV_HUGEPAGE
    if (p != NULL && align == LARGE_ALIGN) {
        (void)madvise(p, len, MADV_HUGEPAGE); /* only a hint */
    }
#endif
    return p;
}

bool sl_grow(void *array_pointer, size_t *cap, size_t n, size_t size)
{
    void *old;
    void *grown;
    size_t want = *cap < 16 ? 16 : *cap;
    size_t len;
    if (n <= *cap) {
        return true;
    }
    while (want < n) {
        if (want > SIZE_MAX / 2) {
            return false;
        }
        want *= 2;
    }
    if (__builtin_mul_overflow(want, size, &len) || len > PTRDIFF_MAX) {
        return false;
    }
    /* array_pointer is the address of some T*; memcpy keeps the access free of aliasing trouble. */
    memcpy(&old, array_pointer, sizeof old);
    grown = realloc(old, len);
    if (grown == NULL) {
        return false;
    }
    memcpy(array_pointer, &grown, sizeof grown);
    *cap = want;
    return true;
}

char *sl_copy_bytes(const void *bytes, size_t len)
{
    char *copy;
    if (len >= PTRDIFF_MAX) {
        return NULL;
    }
    copy = malloc(len + 1);
    if (copy != NULL) {
        if (len > 0) {
            memcpy(copy, bytes, len);
        }
        copy[len] = 0;
    }
    return copy;
}
