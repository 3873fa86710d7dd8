/* --sandbox: before strangers' text is read, the command gives up all that reading it does not need.
 * Landlock leaves the named inputs to be read and, in the output's folder, the rename that ends a
 * write; seccomp leaves the system calls that computing, reading, writing and threads take. No new
 * file can be written, nothing else read, no program started, no socket made. */
#define _GNU_SOURCE /* O_PATH, syscall, dladdr */
#include "cli/cli.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What headers older than the kernel lack; by the version of the interface that brought it. */
enum {
    FS_V1 = (1 << 13) - 1, /* execute, write, read, list, remove and make of each kind */
    FS_REFER = 1 << 13,
    FS_TRUNCATE = 1 << 14,
    FS_IOCTL = 1 << 15,
    NET_BIND_CONNECT = 3,
    SCOPE_SOCKET_SIGNAL = 3
};
struct ruleset {
    uint64_t fs, net, scoped;
};

static int version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
                        LANDLOCK_CREATE_RULESET_VERSION);
}

static int new_ruleset(int abi)
{
    struct ruleset r = {.fs = FS_V1};
    r.fs |= abi >= 2 ? (uint64_t)FS_REFER : 0;
    r.fs |= abi >= 3 ? (uint64_t)FS_TRUNCATE : 0;
    r.fs |= abi >= 5 ? (uint64_t)FS_IOCTL : 0;
    r.net = abi >= 4 ? NET_BIND_CONNECT : 0;
    r.scoped = abi >= 6 ? SCOPE_SOCKET_SIGNAL : 0;
    return (int)syscall(SYS_landlock_create_ruleset, &r,
                        abi >= 6   ? sizeof r
                        : abi >= 4 ? 2 * sizeof r.fs
                                   : sizeof r.fs,
                        0U);
}

/* A path that is not there, or stands for a pipe, needs no rule. */
static bool allow(int ruleset, const char *path, bool folder, uint64_t access)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = access};
    struct stat st;
    bool good = true;
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0) {
        return errno != ENOMEM && errno != EMFILE && errno != ENFILE;
    }
    if (fstat(rule.parent_fd, &st) == 0 && S_ISDIR(st.st_mode) == folder) {
        good =
            syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0U) == 0 ||
            errno == EBADFD;
    }
    (void)close(rule.parent_fd);
    return good;
}

/* Pages in old character sets are decoded by modules that the C library loads when it meets them. */
static bool allow_charsets(int ruleset)
{
    char path[PATH_MAX];
    Dl_info info;
    const char *slash;
    if (dladdr((void *)(uintptr_t)&fopen, &info) == 0 || info.dli_fname == NULL ||
        (slash = strrchr(info.dli_fname, '/')) == NULL) {
        return true;
    }
    (void)snprintf(path, sizeof path, "%.*s/gconv", (int)(slash - info.dli_fname), info.dli_fname);
    return allow(ruleset, path, true, LANDLOCK_ACCESS_FS_READ_FILE);
}

static bool allow_rename(int ruleset, const struct slant_output *out)
{
    const char *name = slant_output_temporary(out);
    const char *slash = name == NULL ? NULL : strrchr(name, '/');
    char folder[PATH_MAX] = ".";
    if (name == NULL) {
        return true;
    }
    if (slash != NULL) {
        size_t len = slash == name ? 1 : (size_t)(slash - name);
        if (len >= sizeof folder) {
            return false;
        }
        memcpy(folder, name, len);
        folder[len] = 0;
    }
    return allow(ruleset, folder, true,
                 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                     LANDLOCK_ACCESS_FS_READ_DIR);
}

static bool restrict_files(int abi, const struct cli_values *v, const struct slant_output *out)
{
    int ruleset = new_ruleset(abi);
    bool good = ruleset >= 0 && allow_charsets(ruleset) && allow_rename(ruleset, out);
    int sys;
    for (size_t i = 0; good && i < v->n_file; i++) {
        good = strcmp(v->file[i], "-") == 0 ||
               allow(ruleset, v->file[i], false, LANDLOCK_ACCESS_FS_READ_FILE);
    }
    good = good && syscall(SYS_landlock_restrict_self, ruleset, 0U) == 0;
    sys = errno;
    if (ruleset >= 0) {
        (void)close(ruleset);
    }
    errno = sys;
    return good;
}

/* Calls that change neither files nor other processes, or only through what Landlock allows. */
static const int calls[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
    SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fsync), SCMP_SYS(fcntl), SCMP_SYS(poll),
    SCMP_SYS(ppoll), SCMP_SYS(dup),
    /* files: Landlock says which */
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(fstat), SCMP_SYS(lstat),
    SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(rename),
    SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    /* memory; modules for character sets are mapped to be run */
    SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(munmap), SCMP_SYS(mremap),
    SCMP_SYS(mprotect), SCMP_SYS(madvise),
    /* threads */
    SCMP_SYS(futex), SCMP_SYS(futex_time64), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
    SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(gettid), SCMP_SYS(getpid),
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(prlimit64), SCMP_SYS(sysinfo),
    /* signals to itself */
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall), SCMP_SYS(alarm), SCMP_SYS(setitimer),
    /* time and chance */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(getrandom)};

static int restrict_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int code = filter == NULL ? -ENOMEM : 0;
    for (size_t i = 0; code == 0 && i < sizeof calls / sizeof calls[0]; i++) {
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    }
    if (code == 0) { /* a thread, no process; clone3 hides its flags, without it clone is used */
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    }
    if (code == 0) {
        code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    }
    if (code == 0) { /* whether it is a terminal */
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                                SCMP_A1(SCMP_CMP_EQ, TCGETS, 0));
    }
    if (code == 0) {
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
    }
    if (code == 0) {
        code = seccomp_load(filter);
    }
    seccomp_release(filter);
    return code;
}

int cli_sandbox(const struct cli_command *c, const struct cli_values *v,
                const struct slant_output *out)
{
    int abi;
    int code;
    if (!v->sandbox) {
        return CLI_DONE;
    }
    abi = version();
    if (abi < 1) {
        cli_say(c,
                "--sandbox: this kernel has no Landlock (Linux 5.13 or later, not switched off); "
                "nothing was read; without --sandbox it works: %s",
                strerror(errno));
        return CLI_FAILED;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !restrict_files(abi, v, out)) {
        cli_say(c, "--sandbox: Landlock refused: %s", strerror(errno));
        return CLI_FAILED;
    }
    code = restrict_calls();
    if (code != 0) {
        cli_say(c, "--sandbox: seccomp refused: %s", strerror(-code));
        return CLI_FAILED;
    }
    return CLI_DONE;
}
