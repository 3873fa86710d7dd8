#include "base/digits.h"

/* clang-format off */
const char sl_digit_pairs[200] = {
#define TEN(t) t, '0', t, '1', t, '2', t, '3', t, '4', t, '5', t, '6', t, '7', t, '8', t, '9'
    TEN('0'), TEN('1'), TEN('2'), TEN('3'), TEN('4'), TEN('5'), TEN('6'), TEN('7'), TEN('8'), TEN('9')
#undef TEN
};
/* clang-format on */

char *sl_copy_long_uint(char *to, uint64_t v)
{
    char digits[SL_UINT_ROOM];
    size_t n = sizeof digits;
    if (v < 100000000) { /* nearly always */
        return sl_copy_four(sl_copy_uint(to, v / 10000), (uint32_t)(v % 10000));
    }
    for (; v >= 10; v /= 100) {
        n -= 2;
        (void)sl_copy_two(digits + n, (uint32_t)(v % 100));
    }
    if (v > 0) {
        digits[--n] = (char)('0' + v);
    }
    memcpy(to, digits + n, sizeof digits - n);
    return to + (sizeof digits - n);
}
