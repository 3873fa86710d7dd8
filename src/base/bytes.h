/** Little-endian reads from checked bytes, and a 64-bit hash of bytes. */
#ifndef SL_BASE_BYTES_H
#define SL_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool sl_little_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

/* Bits that a number takes, 1 at least. */
static inline uint32_t sl_bits_of(uint64_t n)
{
    return 64 - (uint32_t)__builtin_clzll(n | 1);
}

static inline uint32_t sl_le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t sl_le64(const unsigned char *p)
{
    return (uint64_t)sl_le32(p) | (uint64_t)sl_le32(p + 4) << 32;
}

/* The first 8 bytes of a string as a number of the same order, zeros behind. */
static inline uint64_t sl_beginning(const char *p, size_t len)
{
    uint64_t v = 0;
    for (size_t i = 0; i < 8; i++) {
        v = v << 8 | (i < len ? (unsigned char)p[i] : 0);
    }
    return v;
}
/* The same of a string that is not empty, of which 8 bytes may be read. */
static inline uint64_t sl_beginning_roomy(const char *p, size_t len)
{
    const uint64_t eight = __builtin_bswap64(sl_le64((const unsigned char *)p));
    return len >= 8 ? eight : eight & ~(UINT64_MAX >> (8 * len));
}

static inline float sl_le_float(const unsigned char *p)
{
    uint32_t bits = sl_le32(p);
    float v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static inline double sl_le_double(const unsigned char *p)
{
    uint64_t bits = sl_le64(p);
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* Whether two strings, or the first n bytes of both, are the same but for the case of ASCII letters. Unlike
 * strcasecmp's, the answer follows no locale. */
bool sl_same_letters(const char *a, const char *b);
bool sl_same_letters_n(const char *a, const char *b, size_t n);

/* Where the bracket begins that ends a name: Trade Court |(TC); len: none ends it. */
size_t sl_bracket_behind(const char *name, size_t len);

/* XXH3 of libxxhash: stable across versions and machines. */
uint64_t sl_hash(const void *bytes, size_t len, uint64_t seed);
/* The same hash, faster where there is much. */
uint64_t sl_hash_large(const void *bytes, size_t len, uint64_t seed);
/* 16 lower-case hexadecimal digits and a NUL. */
void sl_hex(uint64_t v, char out[17]);

#endif
