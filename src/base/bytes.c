#include "base/bytes.h"

#define XXH_INLINE_ALL /* scoring hashes every token: worth an inlined copy */
#include <xxhash.h>

uint64_t sl_hash(const void *bytes, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, len, seed);
}

void sl_hex(uint64_t v, char out[17])
{
    for (int i = 0; i < 16; i++) {
        out[i] = "0123456789abcdef"[v >> (60 - 4 * i) & 15];
    }
    out[16] = 0;
}
