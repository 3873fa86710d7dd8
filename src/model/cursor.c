#include "model/cursor.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

const unsigned char *sl_take(struct sl_cursor *c, size_t len)
{
    const unsigned char *p = c->p;
    if (!c->ok || len > c->left) {
        c->ok = false;
        return NULL;
    }
    c->p += len;
    c->left -= len;
    return p;
}

uint32_t sl_take_u32(struct sl_cursor *c)
{
    const unsigned char *p = sl_take(c, 4);
    return p == NULL ? 0 : sl_le32(p);
}

double sl_take_double(struct sl_cursor *c)
{
    const unsigned char *p = sl_take(c, 8);
    double v = p == NULL ? 0 : sl_le_double(p);
    if (!(fabs(v) <= 1e12)) { /* so that no margin and no probability overflows */
        c->ok = false;
        return 0;
    }
    return v;
}

/* A new string of at most max bytes, valid UTF-8 without NUL; NULL on failure, nomem set apart. */
char *sl_take_string(struct sl_cursor *c, size_t max, bool *nomem)
{
    uint32_t len = sl_take_u32(c);
    const unsigned char *p = sl_take(c, len);
    char *copy;
    if (p == NULL || len > max || memchr(p, 0, len) != NULL ||
        sl_utf8_count_invalid((const char *)p, len) > 0) {
        c->ok = false;
        return NULL;
    }
    copy = sl_copy_bytes(p, len);
    *nomem = *nomem || copy == NULL;
    return copy;
}

const void *sl_take_numbers(struct sl_cursor *c, size_t n)
{
    unsigned char *p;
    size_t len;
    if (__builtin_mul_overflow(n, 4, &len)) {
        c->ok = false;
        return NULL;
    }
    p = (unsigned char *)sl_take(c, len);
    for (size_t i = 0; p != NULL && !sl_little_endian() && i < n; i++) {
        uint32_t v = sl_le32(p + 4 * i);
        memcpy(p + 4 * i, &v, 4);
    }
    return p;
}
