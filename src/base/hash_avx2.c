/* XXH3 with wider vectors: the same hash. */
#include "base/bytes.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#define XXH_INLINE_ALL
#define XXH_VECTOR 2 /* XXH_AVX2 */
#include <xxhash.h>

static uint64_t hash_avx2(const void *bytes, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, len, seed);
}

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

uint64_t sl_hash_large(const void *bytes, size_t len, uint64_t seed)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? hash_avx2(bytes, len, seed) : sl_hash(bytes, len, seed);
}
#else
uint64_t sl_hash_large(const void *bytes, size_t len, uint64_t seed)
{
    return sl_hash(bytes, len, seed);
}
#endif
