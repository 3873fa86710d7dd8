#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *sl_file_shown(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

enum slant_status sl_file_open(const char *path, int *out, struct slant_error *err)
{
    struct stat st;
    int fd = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                    : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return sl_fail_sys(err, errno, "%s: cannot open", sl_file_shown(path));
    }
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        (void)close(fd);
        return sl_fail_sys(err, EISDIR, "%s: expected a file", sl_file_shown(path));
    }
    *out = fd;
    return SLANT_OK;
}

/* Whether a call that gave `sys` shall be repeated: it was interrupted, or the descriptor, which
 * another program may have made non-blocking, was not ready and now is. */
static bool again(int fd, short ready, int sys)
{
    if (sys == EAGAIN || sys == EWOULDBLOCK) {
        struct pollfd wait = {.fd = fd, .events = ready};
        return poll(&wait, 1, -1) >= 0 || errno == EINTR;
    }
    return sys == EINTR;
}

enum slant_status sl_file_read_some(int fd, const char *path, void *buf, size_t cap, size_t *got,
                                    struct slant_error *err)
{
    ssize_t n;
    do {
        n = read(fd, buf, cap);
    } while (n < 0 && again(fd, POLLIN, errno));
    if (n < 0) {
        return sl_fail_sys(err, errno, "%s: cannot read", sl_file_shown(path));
    }
    *got = (size_t)n;
    return SLANT_OK;
}

/* Makes room for n bytes in a block of sl_large. */
static bool block_room(char **p, size_t *cap, size_t len, size_t n)
{
    enum { LEAST = 1 << 16 };
    size_t want = *cap < LEAST / 2 ? LEAST : *cap <= SIZE_MAX / 2 ? 2 * *cap : n;
    char *grown;
    if (n <= *cap) {
        return true;
    }
    want = len == 0 || n > want ? n : want; /* the first room is asked for as it is needed */
    grown = sl_large(want);
    if (grown == NULL) {
        return false;
    }
    if (len > 0) {
        memcpy(grown, *p, len);
    }
    free(*p);
    *p = grown;
    *cap = want;
    return true;
}

enum slant_status sl_file_read(const char *path, size_t limit, char **bytes, size_t *len,
                               struct slant_error *err)
{
    struct stat st;
    enum slant_status status;
    char *p = NULL;
    size_t cap = 0;
    size_t n = 0;
    size_t got = 0;
    int fd = -1;
    SL_TRY(sl_file_open(path, &fd, err));
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        size_t want = (uintmax_t)st.st_size < limit ? (size_t)st.st_size : limit;
        (void)block_room(&p, &cap, 0, want + SL_FILE_ZEROS + 1); /* only a head start */
    }
    for (;;) {
        if (!block_room(&p, &cap, n, n + SL_FILE_ZEROS + 1)) {
            status = sl_fail_nomem(err);
            break;
        }
        status = sl_file_read_some(fd, path, p + n, cap - n - SL_FILE_ZEROS, &got, err);
        if (status != SLANT_OK || got == 0) {
            break;
        }
        n += got;
        if (n > limit) {
            status = sl_fail(err, SLANT_ERR_LIMIT, 0, "%s: larger than the limit of %zu bytes",
                             sl_file_shown(path), limit);
            break;
        }
    }
    (void)close(fd);
    if (status != SLANT_OK || p == NULL) {
        free(p);
        return status;
    }
    memset(p + n, 0, SL_FILE_ZEROS);
    *bytes = p;
    *len = n;
    return SLANT_OK;
}

int sl_file_write_all(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;
    while (len > 0) {
        ssize_t n = write(fd, p, len);
        if (n < 0) {
            int sys = errno;
            if (again(fd, POLLOUT, sys)) {
                continue;
            }
            return sys;
        }
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

enum slant_status sl_file_replace(const char *path, const void *bytes, size_t len,
                                  struct slant_error *err)
{
    struct slant_output *out;
    SL_TRY(slant_output_open(path, &out, err));
    if (slant_output_sink(out, bytes, len) != 0) {
        /* commit reports what the sink met, and removes the temporary file */
        return slant_output_commit(out, err);
    }
    return slant_output_commit(out, err);
}
