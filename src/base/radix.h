/** Sorting by numbers, digit by digit (radix sort, Knuth 1973, 5.2.5): stable, in linear time. */
#ifndef SL_BASE_RADIX_H
#define SL_BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct sl_keyed {
    uint64_t key;
    uint32_t at; /* what the key stands for */
};

/* Sorts p[n] by key; equal keys keep their order. spare has room for as many; no key is above largest. */
void sl_radix_sort(struct sl_keyed *p, struct sl_keyed *spare, size_t n, uint64_t largest);

#endif
