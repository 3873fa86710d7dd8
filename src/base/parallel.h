/** Independent tasks on threads. Which thread runs a task must not matter to its result. */
#ifndef SL_BASE_PARALLEL_H
#define SL_BASE_PARALLEL_H

#include "base/status.h"

typedef enum slant_status sl_task(void *user, size_t i, struct slant_error *err);

/* 0: one per processor. At most SLANT_MAX_THREAD. */
unsigned sl_thread_count(unsigned asked);
/* Runs task(user, i) for i in [0, n). The status and error are those of the lowest failing i, so
 * that the message does not depend on timing; tasks after a failure may be skipped. */
enum slant_status sl_parallel(unsigned n_thread, size_t n, sl_task *task, void *user,
                              struct slant_error *err);

#endif
