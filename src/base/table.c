#include "base/table.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

static size_t mix(uint64_t key)
{
    key = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;
    return (size_t)(key ^ key >> 29);
}

void sl_strings_free(struct sl_strings *t)
{
    free(t->bytes);
    free(t->start);
    free(t->length);
    free(t->slot);
    memset(t, 0, sizeof *t);
}

static uint32_t hash_of(const void *bytes, size_t len)
{
    return (uint32_t)sl_hash(bytes, len, 0);
}

/* The slot that holds the string, or the free slot where it would go. */
static size_t string_slot(const struct sl_strings *t, const void *bytes, size_t len, uint32_t hash)
{
    size_t mask = t->n_slot - 1;
    size_t i = hash & mask;
    for (; t->slot[i] != 0; i = (i + 1) & mask) {
        uint32_t at = (uint32_t)t->slot[i] - 1;
        if (t->slot[i] >> 32 == hash && t->length[at] == len &&
            memcmp(t->bytes + t->start[at], bytes, len) == 0) {
            break;
        }
    }
    return i;
}

uint32_t sl_strings_find(const struct sl_strings *t, const void *bytes, size_t len)
{
    if (t->n_slot == 0) {
        return SL_TABLE_NONE;
    }
    return (uint32_t)t->slot[string_slot(t, bytes, len, hash_of(bytes, len))] -
           1; /* free: 0 - 1 is NONE */
}

static bool strings_room(struct sl_strings *t)
{
    size_t want = t->n_slot == 0 ? FIRST_SLOTS : t->n_slot * 2;
    uint64_t *slot;
    if ((size_t)t->n * 2 < t->n_slot) {
        return true;
    }
    slot = sl_array_zero(want, sizeof *slot);
    if (slot == NULL) {
        return false;
    }
    for (size_t i = 0; i < t->n_slot; i++) { /* the hashes say where each goes */
        size_t to = (size_t)(t->slot[i] >> 32) & (want - 1);
        if (t->slot[i] == 0) {
            continue;
        }
        while (slot[to] != 0) {
            to = (to + 1) & (want - 1);
        }
        slot[to] = t->slot[i];
    }
    free(t->slot);
    t->slot = slot;
    t->n_slot = want;
    return true;
}

uint32_t sl_strings_add(struct sl_strings *t, const void *bytes, size_t len)
{
    uint32_t hash = hash_of(bytes, len);
    size_t i;
    if (t->n >= SL_TABLE_NONE - 1 || len >= UINT32_MAX || !strings_room(t)) {
        return SL_TABLE_NONE;
    }
    i = string_slot(t, bytes, len, hash);
    if (t->slot[i] == 0) {
        if (!sl_grow(&t->bytes, &t->cap, t->len + len + 1, 1) ||
            !sl_grow(&t->start, &t->cap_start, (size_t)t->n + 1, sizeof *t->start) ||
            !sl_grow(&t->length, &t->cap_length, (size_t)t->n + 1, sizeof *t->length)) {
            return SL_TABLE_NONE;
        }
        memcpy(t->bytes + t->len, bytes, len);
        t->bytes[t->len + len] = 0;
        t->start[t->n] = t->len;
        t->length[t->n] = (uint32_t)len;
        t->len += len + 1;
        t->slot[i] = (uint64_t)hash << 32 | ++t->n;
    }
    return (uint32_t)t->slot[i] - 1;
}

void sl_keys_free(struct sl_keys *t)
{
    free(t->key);
    free(t->slot);
    memset(t, 0, sizeof *t);
}

void sl_keys_clear(struct sl_keys *t)
{
    if (t->n_slot > FIRST_SLOTS && t->n < t->n_slot / 8) {
        sl_keys_free(t);
    } else if (t->n > 0) {
        memset(t->slot, 0, t->n_slot * sizeof *t->slot);
        t->n = 0;
    }
}

static size_t key_slot(const struct sl_keys *t, uint64_t key)
{
    size_t mask = t->n_slot - 1;
    size_t i = mix(key) & mask;
    while (t->slot[i] != 0 && t->key[t->slot[i] - 1] != key) {
        i = (i + 1) & mask;
    }
    return i;
}

void sl_keys_fetch(const struct sl_keys *t, uint64_t key)
{
    if (t->n_slot > 0) {
        __builtin_prefetch(&t->slot[mix(key) & (t->n_slot - 1)]);
    }
}

uint32_t sl_keys_find(const struct sl_keys *t, uint64_t key)
{
    if (t->n_slot == 0) {
        return SL_TABLE_NONE;
    }
    return t->slot[key_slot(t, key)] - 1;
}

/* Room for one key more: half of the slots stay free. */
static bool keys_room(struct sl_keys *t)
{
    size_t want = t->n_slot == 0 ? FIRST_SLOTS : t->n_slot * 2;
    uint32_t *slot = sl_array_zero(want, sizeof *slot);
    if (slot == NULL || !sl_grow(&t->key, &t->cap_key, want / 2, sizeof *t->key)) {
        free(slot);
        return false;
    }
    free(t->slot);
    t->slot = slot;
    t->n_slot = want;
    for (uint32_t at = 0; at < t->n; at++) {
        t->slot[key_slot(t, t->key[at])] = at + 1;
    }
    return true;
}

uint32_t sl_keys_add(struct sl_keys *t, uint64_t key)
{
    size_t i;
    if (t->n >= SL_TABLE_NONE - 1 || ((size_t)t->n * 2 >= t->n_slot && !keys_room(t))) {
        return SL_TABLE_NONE;
    }
    for (i = mix(key) & (t->n_slot - 1); t->slot[i] != 0; i = (i + 1) & (t->n_slot - 1)) {
        if (t->key[t->slot[i] - 1] == key) {
            return t->slot[i] - 1;
        }
    }
    t->key[t->n] = key;
    t->slot[i] = t->n + 1;
    return t->n++;
}
