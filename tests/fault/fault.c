/* With FAULT_PRELOAD: a library for LD_PRELOAD, armed by SLANT_FAULT=KIND:N[:lasting]; at exit it
 * writes how many calls failed to the file that SLANT_FAULT_HITS names. Else: for --wrap. */
#define _GNU_SOURCE
#include "fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static enum fault_kind armed;
static uint64_t at;
static bool lasts;
static atomic_ullong calls, hits;

void fault_arm(enum fault_kind kind, uint64_t n, bool lasting)
{
    at = n;
    lasts = lasting;
    atomic_store(&calls, 0);
    atomic_store(&hits, 0);
    armed = kind;
}

uint64_t fault_disarm(void)
{
    armed = FAULT_NONE;
    return atomic_load(&hits);
}

static bool due(void)
{
    uint64_t n = atomic_fetch_add(&calls, 1) + 1;
    bool yes = n == at || (lasts && n > at);
    if (yes) {
        atomic_fetch_add(&hits, 1);
    }
    return yes;
}

/* Whether this call of a kind fails. A call that touches a file may be the last of the process. */
static bool fails(enum fault_kind kind)
{
    if (armed == FAULT_KILL && kind != FAULT_ALLOC && kind != FAULT_THREAD && due()) {
        (void)kill(getpid(), SIGKILL);
    }
    return armed == kind && due();
}

#ifdef FAULT_PRELOAD

#define WRAPPED(name) name
#define EXPORT __attribute__((visibility("default")))
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
#define REAL(name) real_##name

static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
static void *(*const real_malloc)(size_t) = __libc_malloc;
static void *(*const real_calloc)(size_t, size_t) = __libc_calloc;
static void *(*const real_realloc)(void *, size_t) = __libc_realloc;
static void *(*const real_aligned_alloc)(size_t, size_t) = __libc_memalign;

/* Libraries whose code does not check what malloc gives: SLANT_FAULT_SPARE lists parts of their names.
 * Their calls are let through. */
enum { MOST_SPARED = 32 };
static struct {
    uintptr_t begin, end;
} spared[MOST_SPARED];
static int n_spared;

static int find_spared(struct dl_phdr_info *info, size_t size, void *names)
{
    char name[32];
    const char *p = names;
    (void)size;
    while (*p != 0) {
        size_t n = strcspn(p, ",");
        if (n > 0 && n < sizeof name) {
            memcpy(name, p, n);
            name[n] = 0;
            for (int i = 0; strstr(info->dlpi_name, name) != NULL && i < info->dlpi_phnum; i++) {
                if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X) &&
                    n_spared < MOST_SPARED) {
                    spared[n_spared].begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
                    spared[n_spared].end = spared[n_spared].begin + info->dlpi_phdr[i].p_memsz;
                    n_spared++;
                }
            }
        }
        p += n + (p[n] == ',');
    }
    return 0;
}

static bool spare(const void *caller)
{
    for (int i = 0; i < n_spared; i++) {
        if ((uintptr_t)caller >= spared[i].begin && (uintptr_t)caller < spared[i].end) {
            return true;
        }
    }
    return false;
}
#define SPARE spare(__builtin_return_address(0))

static void *find(const char *name)
{
    void *p = dlsym(RTLD_NEXT, name);
    if (p == NULL) {
        abort();
    }
    return p;
}

static const char *hits_path;

static __attribute__((constructor)) void begin(void)
{
    static const char *const kinds[] = {"none",   "alloc", "open",   "read",   "write", "fsync",
                                        "rename", "close", "thread", "choppy", "kill"};
    const char *text = getenv("SLANT_FAULT");
    const char *names = getenv("SLANT_FAULT_SPARE");
    char kind[16];
    unsigned long long n;
    *(void **)&real_read = find("read");
    *(void **)&real_write = find("write");
    *(void **)&real_open = find("open");
    *(void **)&real_close = find("close");
    *(void **)&real_fsync = find("fsync");
    *(void **)&real_rename = find("rename");
    *(void **)&real_unlink = find("unlink");
    *(void **)&real_pthread_create = find("pthread_create");
    hits_path = getenv("SLANT_FAULT_HITS");
    if (names != NULL) {
        char copy[256];
        (void)snprintf(copy, sizeof copy, "%s", names);
        (void)dl_iterate_phdr(find_spared, copy);
    }
    if (text != NULL && sscanf(text, "%15[a-z]:%llu", kind, &n) == 2) {
        for (int i = 0; i < (int)(sizeof kinds / sizeof kinds[0]); i++) {
            if (strcmp(kind, kinds[i]) == 0) {
                fault_arm((enum fault_kind)i, n, strstr(text, ":lasting") != NULL);
            }
        }
    }
}

static __attribute__((destructor)) void end(void)
{
    unsigned long long n = fault_disarm();
    if (hits_path != NULL) {
        int fd = real_open(hits_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd >= 0) {
            (void)dprintf(fd, "%llu\n", n);
            (void)real_close(fd);
        }
    }
}

#define KEEP(p) (p)

#else

#define WRAPPED(name) __wrap_##name
#define REAL(name) __real_##name
#define EXPORT
#define SPARE false
extern void *__real_malloc(size_t);
extern void *__real_calloc(size_t, size_t);
extern void *__real_realloc(void *, size_t);
extern void *__real_aligned_alloc(size_t, size_t);
extern char *__real_strdup(const char *);
extern void __real_free(void *);
extern ssize_t __real_read(int, void *, size_t);
extern ssize_t __real_write(int, const void *, size_t);
extern int __real_open(const char *, int, ...);
extern int __real_close(int);
extern int __real_fsync(int);
extern int __real_rename(const char *, const char *);
extern int __real_unlink(const char *);
extern int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

/* The blocks held: open addressing, a tombstone (1) where one was freed. */
enum { N_PLACE = 1 << 22 };
static uintptr_t place[N_PLACE];
static int64_t live, bytes, peak;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static size_t place_of(uintptr_t p)
{
    return (size_t)((p >> 4) * 0x9e3779b97f4a7c15u >> 42) & (N_PLACE - 1);
}

static void *keep(void *p)
{
    if (p != NULL) {
        size_t i = place_of((uintptr_t)p);
        pthread_mutex_lock(&lock);
        while (place[i] > 1) {
            i = (i + 1) & (N_PLACE - 1);
        }
        place[i] = (uintptr_t)p;
        live++;
        bytes += (int64_t)malloc_usable_size(p);
        peak = bytes > peak ? bytes : peak;
        pthread_mutex_unlock(&lock);
    }
    return p;
}
#define KEEP(p) keep(p)

static void forget(const void *p)
{
    if (p != NULL) {
        size_t i = place_of((uintptr_t)p);
        pthread_mutex_lock(&lock);
        while (place[i] != 0 && place[i] != (uintptr_t)p) {
            i = (i + 1) & (N_PLACE - 1);
        }
        if (place[i] != 0) { /* else a library's block, given to us */
            place[i] = place[(i + 1) & (N_PLACE - 1)] == 0 ? 0 : 1;
            live--;
            bytes -= (int64_t)malloc_usable_size((void *)(uintptr_t)p);
        }
        pthread_mutex_unlock(&lock);
    }
}

int64_t fault_live(void)
{
    return live;
}

int64_t fault_peak(void)
{
    int64_t most = peak;
    peak = bytes;
    return most;
}

void __wrap_free(void *p);
void __wrap_free(void *p)
{
    forget(p);
    __real_free(p);
}

char *__wrap_strdup(const char *text);
char *__wrap_strdup(const char *text)
{
    if (fails(FAULT_ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return keep(__real_strdup(text));
}

#endif

EXPORT void *WRAPPED(malloc)(size_t n);
EXPORT void *WRAPPED(malloc)(size_t n)
{
    if (!SPARE && fails(FAULT_ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return KEEP(REAL(malloc)(n));
}

EXPORT void *WRAPPED(calloc)(size_t n, size_t size);
EXPORT void *WRAPPED(calloc)(size_t n, size_t size)
{
    if (!SPARE && fails(FAULT_ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return KEEP(REAL(calloc)(n, size));
}

EXPORT void *WRAPPED(realloc)(void *p, size_t n);
EXPORT void *WRAPPED(realloc)(void *p, size_t n)
{
    void *grown;
    if (!SPARE && fails(FAULT_ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
#ifndef FAULT_PRELOAD
    forget(p);
#endif
    grown = REAL(realloc)(p, n);
    return KEEP(grown);
}

EXPORT void *WRAPPED(aligned_alloc)(size_t align, size_t n);
EXPORT void *WRAPPED(aligned_alloc)(size_t align, size_t n)
{
    if (!SPARE && fails(FAULT_ALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return KEEP(REAL(aligned_alloc)(align, n));
}

/* What a slow peer and signals do to a read or write: one byte, EINTR, one byte, EAGAIN ... */
static bool choppy(size_t *n)
{
    uint64_t turn = atomic_fetch_add(&calls, 1) & 3;
    atomic_fetch_add(&hits, 1);
    if (*n > 1) {
        *n = turn == 2 ? *n / 2 : 1;
    }
    errno = turn == 1 ? EINTR : EAGAIN;
    return turn == 1 || turn == 3;
}

EXPORT ssize_t WRAPPED(read)(int fd, void *p, size_t n);
EXPORT ssize_t WRAPPED(read)(int fd, void *p, size_t n)
{
    if (fails(FAULT_READ)) {
        errno = EIO;
        return -1;
    }
    if (armed == FAULT_CHOPPY && choppy(&n)) {
        return -1;
    }
    return REAL(read)(fd, p, n);
}

EXPORT ssize_t WRAPPED(write)(int fd, const void *p, size_t n);
EXPORT ssize_t WRAPPED(write)(int fd, const void *p, size_t n)
{
    if (fails(FAULT_WRITE)) {
        (void)!REAL(write)(fd, p, n / 2);
        errno = ENOSPC;
        return -1;
    }
    if (armed == FAULT_CHOPPY && choppy(&n)) {
        return -1;
    }
    return REAL(write)(fd, p, n);
}

EXPORT int WRAPPED(open)(const char *path, int flags, ...);
EXPORT int WRAPPED(open)(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (fails(FAULT_OPEN)) {
        errno = EMFILE;
        return -1;
    }
    if (flags & O_CREAT) {
        va_list list;
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        va_end(list);
    }
    return REAL(open)(path, flags, mode);
}

EXPORT int WRAPPED(close)(int fd);
EXPORT int WRAPPED(close)(int fd)
{
    bool failed = fails(FAULT_CLOSE);
    int code = REAL(close)(fd);
    if (failed) {
        errno = EIO;
        return -1;
    }
    return code;
}

EXPORT int WRAPPED(fsync)(int fd);
EXPORT int WRAPPED(fsync)(int fd)
{
    if (fails(FAULT_FSYNC)) {
        errno = EIO;
        return -1;
    }
    return REAL(fsync)(fd);
}

EXPORT int WRAPPED(rename)(const char *from, const char *to);
EXPORT int WRAPPED(rename)(const char *from, const char *to)
{
    if (fails(FAULT_RENAME)) {
        errno = EIO;
        return -1;
    }
    return REAL(rename)(from, to);
}

EXPORT int WRAPPED(unlink)(const char *path);
EXPORT int WRAPPED(unlink)(const char *path)
{
    (void)fails(FAULT_NONE); /* killed before it, perhaps */
    return REAL(unlink)(path);
}

EXPORT int WRAPPED(pthread_create)(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *),
                                   void *arg);
EXPORT int WRAPPED(pthread_create)(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *),
                                   void *arg)
{
    if (fails(FAULT_THREAD)) {
        return EAGAIN;
    }
    return REAL(pthread_create)(t, a, f, arg);
}
