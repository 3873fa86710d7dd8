#include "quote/words.h"

#include <string.h>

/* Whether two padded words are the same: three words of 8 bytes, without a call. */
static bool same(const char *a, const char *b)
{
    uint64_t x[3];
    uint64_t y[3];
    memcpy(x, a, sizeof x);
    memcpy(y, b, sizeof y);
    return ((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2])) == 0;
}

_Static_assert(SL_QWORD_MAX == 24, "same() compares 24 bytes");

uint32_t sl_qword_find(const char text[SL_QWORD_MAX], uint32_t h)
{
    uint32_t at = sl_qword_hash_end(h) & sl_qword_mask;
    while (sl_qword_slot[at] != 0) {
        if (same(sl_qwords[sl_qword_slot[at]].text, text)) {
            return sl_qword_slot[at];
        }
        at = (at + 1) & sl_qword_mask;
    }
    return 0;
}
