/** Seeded random numbers: SplitMix64 (Steele, Lea & Flood 2014). Equal seeds, equal numbers. */
#ifndef SL_BASE_RNG_H
#define SL_BASE_RNG_H

#include <stdint.h>

struct sl_rng {
    uint64_t state;
};

static inline uint64_t sl_rng_next(struct sl_rng *r)
{
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* Below n, n > 0: multiply-shift; its bias of n / 2^64 is of no account here. */
static inline uint64_t sl_rng_below(struct sl_rng *r, uint64_t n)
{
    __extension__ typedef unsigned __int128 wide;
    return (uint64_t)(((wide)sl_rng_next(r) * n) >> 64);
}

#endif
