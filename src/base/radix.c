#include "base/radix.h"

#include <string.h>

enum { DIGIT_BITS = 9, DIGITS = 1 << DIGIT_BITS };

void sl_radix_sort(struct sl_keyed *p, struct sl_keyed *spare, size_t n, uint64_t largest)
{
    struct sl_keyed *from = p;
    struct sl_keyed *to = spare;
    for (unsigned shift = 0; n > 1 && shift < 64 && largest >> shift != 0; shift += DIGIT_BITS) {
        size_t place[DIGITS + 1] = {0};
        struct sl_keyed *swap = from;
        for (size_t i = 0; i < n; i++) {
            place[(from[i].key >> shift & (DIGITS - 1)) + 1]++;
        }
        for (size_t i = 1; i < DIGITS; i++) {
            place[i] += place[i - 1];
        }
        for (size_t i = 0; i < n; i++) {
            to[place[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
        }
        from = to;
        to = swap;
    }
    if (from != p) {
        memcpy(p, from, n * sizeof *p);
    }
}
