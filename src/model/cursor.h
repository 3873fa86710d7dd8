/** Reads of checked length from a model file's bytes. */
#ifndef SL_MODEL_CURSOR_H
#define SL_MODEL_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* After a failed read, ok is false and values are zero. */
struct sl_cursor {
    const unsigned char *p;
    size_t left;
    bool ok;
};

const unsigned char *sl_take(struct sl_cursor *c, size_t len);
uint32_t sl_take_u32(struct sl_cursor *c);
/* Finite, and so small that no margin and no probability overflows. */
double sl_take_double(struct sl_cursor *c);
/* A new string of at most max bytes, valid UTF-8 without NUL; NULL on failure, *nomem set apart. */
char *sl_take_string(struct sl_cursor *c, size_t max, bool *nomem);
/* n numbers of four bytes, integers or floats, used where they stand: on a big-endian machine they are
 * turned there. The bytes are our own. */
const void *sl_take_numbers(struct sl_cursor *c, size_t n);

#endif
