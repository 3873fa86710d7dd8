/* A file that appears whole or not at all: written beside its place, synced, renamed, and the
 * folder synced too. Standard output, pipes and devices are written directly. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct slant_output {
    int fd;
    int failed;      /* errno of the first failed write, or 0 */
    char *path;      /* NULL: standard output */
    char *temporary; /* beside path, until renamed; NULL: written directly */
};

static void output_free(struct slant_output *o)
{
    free(o->path);
    free(o->temporary);
    free(o);
}

/* A new file beside path, under a name nobody has; O_EXCL settles races between writers. */
static enum slant_status open_temporary(struct slant_output *o, const char *path,
                                        const struct stat *old, struct slant_error *err)
{
    enum { ROOM = 40, TRIES = 1000 };
    size_t len = strlen(path);
    o->temporary = malloc(len + ROOM);
    if (o->temporary == NULL) {
        return sl_fail_nomem(err);
    }
    for (int i = 0; i < TRIES && o->fd < 0; i++) {
        (void)snprintf(o->temporary, len + ROOM, "%s.tmp%ld-%d", path, (long)getpid(), i);
        o->fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (o->fd < 0 && errno != EEXIST) {
            break;
        }
    }
    if (o->fd < 0) {
        return sl_fail_sys(err, errno, "%s: cannot create a file beside it", path);
    }
    if (old != NULL && fchmod(o->fd, old->st_mode & 0777) != 0) {
        int sys = errno;
        (void)close(o->fd);
        (void)unlink(o->temporary);
        return sl_fail_sys(err, sys, "%s: cannot keep its mode", path);
    }
    return SLANT_OK;
}

enum slant_status slant_output_open(const char *path, struct slant_output **out,
                                    struct slant_error *err)
{
    struct stat st;
    bool exists;
    enum slant_status status = SLANT_OK;
    struct slant_output *o;
    if (out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_output_open: an argument is NULL");
    }
    if (path != NULL && *path == 0) {
        return sl_fail_sys(err, ENOENT, "the output has an empty name");
    }
    o = calloc(1, sizeof *o);
    if (o == NULL) {
        return sl_fail_nomem(err);
    }
    o->fd = -1;
    if (path == NULL || strcmp(path, "-") == 0) {
        o->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        if (o->fd < 0) {
            status = sl_fail_sys(err, errno, "standard output");
        }
    } else {
        exists = stat(path, &st) == 0;
        if (!exists && lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
            output_free(o);
            return sl_fail_sys(err, ENOENT, "%s: a link to what is not there; make or remove it",
                               path);
        }
        /* the file that a link names is written, not the link; a pipe's link names no path */
        o->path = exists && S_ISREG(st.st_mode) ? realpath(path, NULL)
                                                : sl_copy_bytes(path, strlen(path));
        if (o->path == NULL) {
            int sys = exists && S_ISREG(st.st_mode) ? errno : ENOMEM;
            output_free(o);
            return sys == ENOMEM ? sl_fail_nomem(err) : sl_fail_sys(err, sys, "%s", path);
        }
        if (exists && S_ISDIR(st.st_mode)) {
            status = sl_fail_sys(err, EISDIR, "%s: expected a file name to write to", path);
        } else if (exists && !S_ISREG(st.st_mode)) {
            o->fd = open(path, O_WRONLY | O_CLOEXEC);
            if (o->fd < 0) {
                status = sl_fail_sys(err, errno, "%s: cannot open for writing", path);
            }
        } else {
            status = open_temporary(o, o->path, exists ? &st : NULL, err);
        }
    }
    if (status != SLANT_OK) {
        output_free(o);
        return status;
    }
    *out = o;
    return SLANT_OK;
}

int slant_output_sink(void *output, const void *bytes, size_t len)
{
    struct slant_output *o = output;
    if (o == NULL) {
        return EINVAL;
    }
    if (o->failed == 0) {
        o->failed = sl_file_write_all(o->fd, bytes, len);
    }
    return o->failed;
}

static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? sl_copy_bytes(".", 1)
                   : slash == path ? sl_copy_bytes("/", 1)
                                   : sl_copy_bytes(path, (size_t)(slash - path));
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd); /* the rename is done either way; not every file system syncs folders */
        (void)close(fd);
    }
    free(folder);
}

enum slant_status slant_output_commit(struct slant_output *o, struct slant_error *err)
{
    const char *name;
    int sys;
    enum slant_status status = SLANT_OK;
    if (o == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_output_commit: an argument is NULL");
    }
    name = o->path == NULL ? "standard output" : o->path;
    sys = o->failed;
    if (sys == 0 && o->temporary != NULL && fsync(o->fd) != 0) {
        sys = errno;
    }
    if (close(o->fd) != 0 && sys == 0 && errno != EINTR) {
        sys = errno;
    }
    if (sys == 0 && o->temporary != NULL && rename(o->temporary, o->path) != 0) {
        sys = errno;
    }
    if (sys != 0) {
        if (o->temporary != NULL) {
            (void)unlink(o->temporary);
        }
        status = sl_fail_sys(err, sys, "%s: cannot write", name);
    } else if (o->temporary != NULL) {
        sync_folder(o->temporary); /* the same folder */
    }
    output_free(o);
    return status;
}

const char *slant_output_temporary(const struct slant_output *o)
{
    return o == NULL ? NULL : o->temporary;
}

void slant_output_discard(struct slant_output *o)
{
    if (o != NULL) {
        (void)close(o->fd);
        if (o->temporary != NULL) {
            (void)unlink(o->temporary);
        }
        output_free(o);
    }
}
