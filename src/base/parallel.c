#include "base/parallel.h"

#include <pthread.h>
#include <unistd.h>

struct run {
    pthread_mutex_t lock;
    size_t next, n;
    sl_task *task;
    void *user;
    size_t failed_at;
    struct slant_error error;
};

unsigned sl_thread_count(unsigned asked)
{
    long n = asked;
    if (n == 0) {
        n = sysconf(_SC_NPROCESSORS_ONLN);
    }
    return n < 1 ? 1u : n > SLANT_MAX_THREAD ? (unsigned)SLANT_MAX_THREAD : (unsigned)n;
}

static void *work(void *arg)
{
    struct run *r = arg;
    for (;;) {
        struct slant_error error = {0};
        enum slant_status status;
        size_t i;
        pthread_mutex_lock(&r->lock);
        i = r->next;
        /* tasks start in order, so every task below a failed one has started and may lower it */
        if (i >= r->n || i > r->failed_at) {
            pthread_mutex_unlock(&r->lock);
            return NULL;
        }
        r->next++;
        pthread_mutex_unlock(&r->lock);
        status = r->task(r->user, i, &error);
        if (status != SLANT_OK) {
            pthread_mutex_lock(&r->lock);
            if (i < r->failed_at) {
                r->failed_at = i;
                r->error = error;
                r->error.status = status;
            }
            pthread_mutex_unlock(&r->lock);
        }
    }
}

enum slant_status sl_parallel(unsigned n_thread, size_t n, sl_task *task, void *user,
                              struct slant_error *err)
{
    struct run r = {.n = n, .task = task, .user = user, .failed_at = SIZE_MAX};
    pthread_t thread[SLANT_MAX_THREAD];
    unsigned started = 0;
    n_thread = sl_thread_count(n_thread);
    if (pthread_mutex_init(&r.lock, NULL) != 0) {
        return sl_fail_nomem(err);
    }
    while (started + 1 < n_thread && started + 1 < n) {
        if (pthread_create(&thread[started], NULL, work, &r) != 0) {
            break; /* fewer threads do the same work */
        }
        started++;
    }
    (void)work(&r);
    while (started > 0) {
        (void)pthread_join(thread[--started], NULL);
    }
    pthread_mutex_destroy(&r.lock);
    if (r.failed_at != SIZE_MAX) {
        if (err != NULL) {
            *err = r.error;
        }
        return r.error.status;
    }
    return SLANT_OK;
}
