/* Preloaded: as soon as the sandbox stands, the next read first tries what hostile code inside the
 * process would try, by bare system calls, and writes a line each to standard error: "name: denied" or
 * "name: ALLOWED". SLANT_INSIDE_ALWAYS: the first few, sandbox or not. SLANT_INSIDE_SECRET names a file to
 * read, SLANT_INSIDE_FOLDER a folder to write. SLANT_INSIDE_REFUSE=N: the N-th system call that sets up
 * Landlock or seccomp is refused, as by a kernel that lacks it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *secret, *folder;

static __attribute__((constructor)) void begin(void)
{
    secret = getenv("SLANT_INSIDE_SECRET");
    folder = getenv("SLANT_INSIDE_FOLDER");
}

__attribute__((visibility("default"))) long syscall(long number, ...)
{
    static long (*real)(long, long, long, long, long, long, long);
    static int seen;
    const char *refuse = getenv("SLANT_INSIDE_REFUSE");
    long a[6];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < 6; i++) {
        a[i] = va_arg(list, long);
    }
    va_end(list);
    if (real == NULL) {
        *(void **)&real = dlsym(RTLD_NEXT, "syscall");
    }
    if (refuse != NULL &&
        (number == SYS_landlock_create_ruleset || number == SYS_landlock_add_rule ||
         number == SYS_landlock_restrict_self || number == SYS_seccomp) &&
        ++seen == atoi(refuse)) {
        errno = ENOSYS;
        return -1;
    }
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void tell(const char *what, long result)
{
    (void)dprintf(2, "%s: %s\n", what, result >= 0 ? "ALLOWED" : "denied");
}

static void attempt(void)
{
    char path[600];
    char *const arguments[] = {"/bin/true", NULL};
    tell("open a file to read", syscall(SYS_openat, AT_FDCWD, secret, O_RDONLY));
    tell("open a file to write", syscall(SYS_openat, AT_FDCWD, secret, O_WRONLY));
    tell("list a folder elsewhere", syscall(SYS_openat, AT_FDCWD, "/etc", O_RDONLY | O_DIRECTORY));
    (void)snprintf(path, sizeof path, "%s/planted", folder);
    tell("make a file", syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0666));
    if (getenv("SLANT_INSIDE_ALWAYS") != NULL) {
        return; /* enough to see that these can succeed */
    }
    tell("make a folder", syscall(SYS_mkdirat, AT_FDCWD, path, 0777));
    tell("make a link", syscall(SYS_symlinkat, secret, AT_FDCWD, path));
    tell("cut a file off", syscall(SYS_truncate, secret, 0L));
    tell("change a mode", syscall(SYS_fchmodat, AT_FDCWD, secret, 0777, 0));
    tell("remove a file elsewhere", syscall(SYS_unlinkat, AT_FDCWD, secret, 0));
    tell("run a program", syscall(SYS_execve, "/bin/true", arguments, NULL));
    tell("start a process", syscall(SYS_clone, SIGCHLD, 0L, 0L, 0L, 0L));
    tell("make a socket", syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
    tell("make a local socket", syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, path));
    tell("signal another process", syscall(SYS_kill, getppid(), 0));
    tell("trace another process", syscall(SYS_ptrace, PTRACE_ATTACH, (long)getppid(), 0L, 0L));
    tell("mount", syscall(SYS_mount, "none", "/mnt", "tmpfs", 0L, NULL));
    tell("load a kernel program", syscall(SYS_bpf, BPF_PROG_LOAD, path, 0L));
    tell("make a namespace", syscall(SYS_unshare, CLONE_NEWUSER));
    tell("push input into the terminal", syscall(SYS_ioctl, 2, 0x5412L, "x"));
}

__attribute__((visibility("default"))) ssize_t read(int fd, void *p, size_t n)
{
    static ssize_t (*real)(int, void *, size_t);
    static int done;
    if (real == NULL) {
        *(void **)&real = dlsym(RTLD_NEXT, "read");
    }
    if (!done &&
        (getenv("SLANT_INSIDE_ALWAYS") != NULL || prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 0)) {
        done = 1;
        attempt();
    }
    return real(fd, p, n);
}
