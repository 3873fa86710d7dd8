#include "base/bytes.h"

#define XXH_INLINE_ALL /* scoring hashes every token: worth an inlined copy */
#include <xxhash.h>

uint64_t sl_hash(const void *bytes, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, len, seed);
}

static unsigned char small(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

bool sl_same_letters_n(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (small(a[i]) != small(b[i])) {
            return false;
        }
        if (a[i] == 0) {
            break;
        }
    }
    return true;
}

bool sl_same_letters(const char *a, const char *b)
{
    return sl_same_letters_n(a, b, SIZE_MAX);
}

size_t sl_bracket_behind(const char *name, size_t len)
{
    size_t at = len;
    if (len == 0 || name[len - 1] != ')') {
        return len;
    }
    while (at > 0 && name[at - 1] != '(') {
        at--;
    }
    return at > 0 ? at - 1 : len;
}

void sl_hex(uint64_t v, char out[17])
{
    for (int i = 0; i < 16; i++) {
        out[i] = "0123456789abcdef"[v >> (60 - 4 * i) & 15];
    }
    out[16] = 0;
}
