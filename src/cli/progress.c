/* How far a run over files is, on a terminal. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec / 1e9 : 0;
}

static int show(void *user, const char *stage, uint64_t done, uint64_t total)
{
    static const double every = 0.2;
    struct cli_progress *p = user;
    double t = now();
    double taken = t - p->started;
    double rate = taken > 0 ? (double)done / taken : 0;
    if (t - p->shown < every || taken < 2 * every) { /* short runs show nothing */
        return 0;
    }
    p->shown = t;
    (void)fprintf(stderr, "\r\033[K%s: %.1f", stage, (double)done / 1e6);
    if (total > 0) {
        (void)fprintf(stderr, " of %.1f MB (%.0f %%), %.1f MB/s, %.0f s left", (double)total / 1e6,
                      100 * (double)done / (double)total, rate / 1e6,
                      rate > 0 && total > done ? (double)(total - done) / rate : 0);
    } else {
        (void)fprintf(stderr, " MB, %.1f MB/s", rate / 1e6);
    }
    p->on_screen = true;
    return 0;
}

void cli_progress_begin(struct cli_progress *p, const struct cli_values *v, struct slant_input *in)
{
    bool to_file = v->output != NULL && strcmp(v->output, "-") != 0;
    memset(p, 0, sizeof *p);
    p->started = now();
    /* what goes to the terminal and how far it is would mix */
    if (!v->quiet && isatty(STDERR_FILENO) != 0 && (to_file || isatty(STDOUT_FILENO) == 0)) {
        in->progress = show;
        in->progress_user = p;
    }
}

void cli_progress_end(struct cli_progress *p)
{
    if (p->on_screen) {
        (void)fprintf(stderr, "\r\033[K");
    }
}
