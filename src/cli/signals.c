/* Asked to stop by a signal, the command leaves no temporary file and no half line, and then dies of
 * that signal, so that whoever started it sees 128 + n. A signal that comes amid a write waits for its
 * end; a second one, or three seconds with a reader that does not read, end it at once. */
#include "cli/cli.h"

#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE = 3 }; /* seconds */

static const int stopping[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { N_STOPPING = sizeof stopping / sizeof stopping[0] };

static atomic_int pending; /* a signal that waits for the end of a write */
static atomic_bool writing;
static char temporary[PATH_MAX]; /* changed while writing is true or the signals are blocked */

/* Only what a handler may call. */
static void die(int sig)
{
    sigset_t set;
    if (temporary[0] != 0) {
        (void)unlink(temporary);
    }
    (void)signal(sig, SIG_DFL);
    (void)sigemptyset(&set);
    (void)sigaddset(&set, sig);
    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
    (void)raise(sig);
    _exit(128 + sig);
}

static void stop(int sig)
{
    if (sig == SIGALRM) {
        die(atomic_load(&pending));
    }
    if (atomic_exchange(&pending, sig) != 0 || !atomic_load(&writing)) {
        die(sig);
    }
    (void)alarm(PATIENCE);
}

void cli_signals_begin(void)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, told and counted */
    (void)signal(SIGXFSZ, SIG_IGN); /* and so is a file as large as is allowed */
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGALRM, &action, NULL);
    for (int i = 0; i < N_STOPPING; i++) {
        struct sigaction old;
        /* nohup and shells in the background have some ignored */
        if (sigaction(stopping[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            (void)sigaction(stopping[i], &action, NULL);
        }
    }
}

void cli_abandon(int code)
{
    if (temporary[0] != 0) {
        (void)unlink(temporary);
    }
    _exit(code);
}

void cli_write_begin(void)
{
    int sig;
    atomic_store(&writing, true);
    sig = atomic_load(&pending);
    if (sig != 0) {
        die(sig);
    }
}

void cli_write_end(void)
{
    int sig;
    atomic_store(&writing, false);
    sig = atomic_load(&pending);
    if (sig != 0) {
        die(sig);
    }
}

enum slant_status cli_output_open(const char *path, struct slant_output **out,
                                  struct slant_error *err)
{
    enum slant_status status;
    const char *name;
    cli_write_begin();
    status = slant_output_open(path, out, err);
    name = status == SLANT_OK ? slant_output_temporary(*out) : NULL;
    if (name != NULL && strlen(name) < sizeof temporary) { /* longer ones cannot be opened */
        memcpy(temporary, name, strlen(name) + 1);
    }
    cli_write_end();
    return status;
}

int cli_sink(void *output, const void *bytes, size_t len)
{
    int failed;
    cli_write_begin();
    failed = slant_output_sink(output, bytes, len);
    cli_write_end();
    return failed;
}

enum slant_status cli_output_commit(struct slant_output *out, struct slant_error *err)
{
    enum slant_status status;
    cli_write_begin();
    status = slant_output_commit(out, err);
    temporary[0] = 0;
    cli_write_end();
    return status;
}

void cli_output_discard(struct slant_output *out)
{
    cli_write_begin();
    slant_output_discard(out);
    temporary[0] = 0;
    cli_write_end();
}
