#include "run/pipeline.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct pipeline {
    const struct sl_steps *steps;
    struct sl_slot *slot; /* [n_slot], a ring */
    bool *done;           /* [n_slot] processed, not yet emitted */
    size_t n_slot;
    uint64_t read, taken, emitted; /* numbers of chunks */
    bool ended, emitting;
    struct slant_counts counts;
    enum slant_status status;
    struct slant_error error;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

static void fail(struct pipeline *p, enum slant_status status, const struct slant_error *error)
{
    if (p->status == SLANT_OK) {
        p->status = status;
        p->error = *error;
    }
}

static enum slant_status emit_one(struct pipeline *p, struct sl_slot *slot,
                                  struct slant_error *error)
{
    enum slant_status status = p->steps->emit(p->steps->user, slot, error);
    if (p->counts.n_error == 0) {
        memcpy(p->counts.first_error, slot->counts.first_error, sizeof p->counts.first_error);
    }
    p->counts.n_record += slot->counts.n_record;
    p->counts.n_sentence += slot->counts.n_sentence;
    p->counts.n_error += slot->counts.n_error;
    p->counts.n_invalid += slot->counts.n_invalid;
    p->counts.n_word += slot->counts.n_word;
    p->counts.n_unknown += slot->counts.n_unknown;
    p->counts.n_with_target += slot->counts.n_with_target;
    p->counts.n_joined += slot->counts.n_joined;
    slot->out.len = 0;
    sl_arena_free(&slot->arena);
    return status;
}

void sl_note_error(struct slant_counts *counts, const char *text)
{
    if (counts->n_error++ == 0) {
        struct slant_error error = {0};
        (void)sl_fail(&error, SLANT_ERR_ROW, 0, "%s", text);
        memcpy(counts->first_error, error.text, sizeof counts->first_error);
    }
}

/* Called and left with the lock held. */
static void emit_ready(struct pipeline *p)
{
    if (p->emitting) {
        return; /* another worker is at it and will come to this chunk */
    }
    p->emitting = true;
    while (p->status == SLANT_OK && p->emitted < p->taken && p->done[p->emitted % p->n_slot]) {
        struct slant_error error = {0};
        enum slant_status status;
        size_t i = p->emitted % p->n_slot;
        pthread_mutex_unlock(&p->lock);
        status = emit_one(p, &p->slot[i], &error);
        pthread_mutex_lock(&p->lock);
        if (status != SLANT_OK) {
            fail(p, status, &error);
        }
        p->done[i] = false;
        p->emitted++;
        pthread_cond_broadcast(&p->changed);
    }
    p->emitting = false;
}

static enum slant_status process(struct pipeline *p, void *worker, struct sl_slot *slot,
                                 struct slant_error *error)
{
    memset(&slot->counts, 0, sizeof slot->counts);
    slot->targeted = false;
    return p->steps->process(p->steps->user, worker, slot, error);
}

static void *work(void *arg)
{
    struct pipeline *p = arg;
    struct slant_error error = {0};
    void *worker = NULL;
    enum slant_status status = p->steps->new_worker(p->steps->user, &worker, &error);
    pthread_mutex_lock(&p->lock);
    if (status != SLANT_OK) {
        fail(p, status, &error);
    }
    for (;;) {
        size_t i;
        while (p->status == SLANT_OK && p->taken == p->read && !p->ended) {
            pthread_cond_wait(&p->changed, &p->lock);
        }
        if (p->status != SLANT_OK || p->taken == p->read) {
            break;
        }
        i = p->taken++ % p->n_slot;
        pthread_mutex_unlock(&p->lock);
        status = process(p, worker, &p->slot[i], &error);
        pthread_mutex_lock(&p->lock);
        if (status != SLANT_OK) {
            fail(p, status, &error);
            break;
        }
        p->done[i] = true;
        emit_ready(p);
    }
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    p->steps->free_worker(worker);
    return NULL;
}

/* Reads chunks into free slots until the input ends or something fails. */
static void feed(struct pipeline *p, struct sl_chunks *chunks)
{
    bool more = true;
    while (more) {
        struct slant_error error = {0};
        enum slant_status status;
        size_t i;
        pthread_mutex_lock(&p->lock);
        while (p->status == SLANT_OK && p->read - p->emitted == p->n_slot) {
            pthread_cond_wait(&p->changed, &p->lock);
        }
        status = p->status;
        i = p->read % p->n_slot;
        pthread_mutex_unlock(&p->lock);
        if (status != SLANT_OK) {
            break;
        }
        status = sl_chunks_next(chunks, &p->slot[i].chunk, &more, &error);
        pthread_mutex_lock(&p->lock);
        if (status != SLANT_OK) {
            fail(p, status, &error);
            more = false;
        } else if (more) {
            p->read++;
        }
        pthread_cond_broadcast(&p->changed);
        pthread_mutex_unlock(&p->lock);
    }
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

/* With one thread there is nothing to coordinate. */
static void run_alone(struct pipeline *p, struct sl_chunks *chunks)
{
    void *worker = NULL;
    bool more = true;
    p->status = p->steps->new_worker(p->steps->user, &worker, &p->error);
    while (p->status == SLANT_OK) {
        p->status = sl_chunks_next(chunks, &p->slot[0].chunk, &more, &p->error);
        if (p->status != SLANT_OK || !more) {
            break;
        }
        p->status = process(p, worker, &p->slot[0], &p->error);
        if (p->status == SLANT_OK) {
            p->status = emit_one(p, &p->slot[0], &p->error);
        }
    }
    p->steps->free_worker(worker);
}

static void run_threads(struct pipeline *p, struct sl_chunks *chunks, unsigned n_thread)
{
    pthread_t thread[SLANT_MAX_THREAD];
    unsigned started = 0;
    while (started < n_thread && pthread_create(&thread[started], NULL, work, p) == 0) {
        started++;
    }
    if (started == 0) {
        run_alone(p, chunks);
        return;
    }
    feed(p, chunks);
    while (started > 0) {
        (void)pthread_join(thread[--started], NULL);
    }
}

enum slant_status sl_pipeline(const struct slant_input *in, const struct sl_steps *steps,
                              struct slant_counts *counts, struct slant_error *err)
{
    struct pipeline p = {.steps = steps};
    struct sl_chunks chunks;
    unsigned n_thread;
    SL_TRY(sl_chunks_init(&chunks, in, err));
    n_thread = sl_thread_count(in->n_thread);
    p.n_slot = n_thread == 1 ? 1 : 2 * (size_t)n_thread;
    p.slot = sl_array_zero(p.n_slot, sizeof *p.slot);
    p.done = sl_array_zero(p.n_slot, sizeof *p.done);
    if (p.slot == NULL || p.done == NULL || pthread_mutex_init(&p.lock, NULL) != 0) {
        p.status = sl_fail_nomem(&p.error);
    } else {
        if (pthread_cond_init(&p.changed, NULL) != 0) {
            p.status = sl_fail_nomem(&p.error);
        } else {
            if (n_thread == 1) {
                run_alone(&p, &chunks);
            } else {
                run_threads(&p, &chunks, n_thread);
            }
            pthread_cond_destroy(&p.changed);
        }
        pthread_mutex_destroy(&p.lock);
    }
    for (size_t i = 0; p.slot != NULL && i < p.n_slot; i++) {
        free(p.slot[i].chunk.bytes);
        sl_arena_free(&p.slot[i].arena);
        sl_buf_free(&p.slot[i].out);
        if (steps->free_result != NULL) {
            steps->free_result(p.slot[i].result);
        }
    }
    free(p.slot);
    free(p.done);
    sl_chunks_free(&chunks);
    if (p.status != SLANT_OK) {
        if (err != NULL) {
            *err = p.error;
            err->status = p.status;
        }
        return p.status;
    }
    *counts = p.counts;
    return SLANT_OK;
}
