/** Failures on demand: the n-th call of a kind fails, once or from then on. Linked into a program with
 * the linker's --wrap it meets the calls of slant's own objects, under a sanitizer too; preloaded into
 * the finished command it meets those of the libraries as well. */
#ifndef SLANT_FAULT_H
#define SLANT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_ALLOC,  /* malloc, calloc, realloc, aligned_alloc, strdup: ENOMEM */
    FAULT_OPEN,   /* EMFILE */
    FAULT_READ,   /* EIO */
    FAULT_WRITE,  /* ENOSPC, after half of the bytes */
    FAULT_FSYNC,  /* EIO */
    FAULT_RENAME, /* EIO */
    FAULT_CLOSE,  /* EIO; the descriptor is gone, as on Linux */
    FAULT_THREAD, /* pthread_create: EAGAIN */
    FAULT_CHOPPY, /* no failure: reads and writes take one byte, or end with EINTR or EAGAIN */
    FAULT_KILL    /* SIGKILL before the n-th call of any kind that touches a file */
};

/* n counts from 1. Not for use while other threads run. */
void fault_arm(enum fault_kind kind, uint64_t n, bool lasting);
/* Disarms; how many calls failed since fault_arm. */
uint64_t fault_disarm(void);
/* Blocks that slant's objects hold; --wrap only. */
int64_t fault_live(void);
/* The most bytes that they held at once since the last call; --wrap only. */
int64_t fault_peak(void);

#endif
