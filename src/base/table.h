/** Strings to dense numbers, in order of first sight; and 64-bit keys to dense numbers. For
 * look-up: output order never comes from the hash. */
#ifndef SL_BASE_TABLE_H
#define SL_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_TABLE_NONE UINT32_MAX

/* Interned strings. Zero-initialised is empty. */
struct sl_strings {
    char *bytes; /* all strings, each with a NUL behind */
    size_t len, cap;
    size_t *start;    /* [n] into bytes */
    uint32_t *length; /* [n] */
    size_t cap_start, cap_length;
    uint64_t *slot; /* [n_slot], number + 1, and 32 bits of its hash above; 0: free */
    size_t n_slot;
    uint32_t n;
};

void sl_strings_free(struct sl_strings *t);
/* The string's number, or SL_TABLE_NONE when absent. */
uint32_t sl_strings_find(const struct sl_strings *t, const void *bytes, size_t len);
/* The same, adding it when absent; SL_TABLE_NONE when memory is short. */
uint32_t sl_strings_add(struct sl_strings *t, const void *bytes, size_t len);
static inline const char *sl_strings_get(const struct sl_strings *t, uint32_t i)
{
    return t->bytes + t->start[i];
}

/* 64-bit keys. Zero-initialised is empty. */
struct sl_keys {
    uint64_t *key; /* [n] */
    size_t cap_key;
    uint32_t *slot;
    size_t n_slot;
    uint32_t n;
};

void sl_keys_free(struct sl_keys *t);
/* Empties it; keeps its memory, unless that is much more than was used. */
void sl_keys_clear(struct sl_keys *t);
uint32_t sl_keys_find(const struct sl_keys *t, uint64_t key);
/* Fetches what finding the key will read, where many are looked up together. */
void sl_keys_fetch(const struct sl_keys *t, uint64_t key);
uint32_t sl_keys_add(struct sl_keys *t, uint64_t key);

#endif
