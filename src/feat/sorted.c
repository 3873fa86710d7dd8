#include "feat/sorted.h"

#include <string.h>

uint32_t sl_sorted_lower(const char *all, const uint32_t *start, uint32_t n, const char *bytes,
                         size_t len)
{
    uint32_t low = 0;
    uint32_t high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t other = start[middle + 1] - start[middle];
        int order = memcmp(all + start[middle], bytes, other < len ? other : len);
        if (order < 0 || (order == 0 && other < len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t sl_sorted_find(const char *all, const uint32_t *start, uint32_t n, const char *bytes,
                        size_t len)
{
    uint32_t at = sl_sorted_lower(all, start, n, bytes, len);
    return at < n && start[at + 1] - start[at] == len && memcmp(all + start[at], bytes, len) == 0
               ? at
               : UINT32_MAX;
}

uint32_t sl_sorted_number(const uint32_t *list, uint32_t low, uint32_t high, uint32_t id)
{
    uint32_t n = high - low;
    while (n > 1) { /* without a branch that nobody can foresee */
        uint32_t half = n / 2;
        low = list[low + half - 1] < id ? low + half : low;
        n -= half;
    }
    return n == 1 && list[low] == id ? low : UINT32_MAX;
}
