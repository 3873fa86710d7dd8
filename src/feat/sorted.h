/** Look-up in sorted tables. */
#ifndef SL_FEAT_SORTED_H
#define SL_FEAT_SORTED_H

#include <stddef.h>
#include <stdint.h>

/* The first of n sorted strings, all[start[i], start[i + 1]), that is not below bytes[len]. */
uint32_t sl_sorted_lower(const char *all, const uint32_t *start, uint32_t n, const char *bytes,
                         size_t len);
/* Its index where it is equal, else UINT32_MAX. */
uint32_t sl_sorted_find(const char *all, const uint32_t *start, uint32_t n, const char *bytes,
                        size_t len);
/* Index of id in the ascending list[low, high), else UINT32_MAX. */
uint32_t sl_sorted_number(const uint32_t *list, uint32_t low, uint32_t high, uint32_t id);

#endif
