/** Failing: the place that finds a fault writes the message, callers pass the status up.
 *  Invariant: err->text is one line without control characters. */
#ifndef SL_BASE_STATUS_H
#define SL_BASE_STATUS_H

#include "slant.h"

/* Fills *err (unless NULL) and returns status. line 0: none. fmt takes no floating-point
 * conversions, which would follow the caller's locale. */
enum slant_status sl_fail(struct slant_error *err, enum slant_status status, uint64_t line,
                          const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The same for a failed system call: appends errno's meaning and keeps it in err->sys. */
enum slant_status sl_fail_sys(struct slant_error *err, int sys, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
enum slant_status sl_fail_nomem(struct slant_error *err);

/* Passes a failure up where nothing is held. The only macro that hides a return. */
#define SL_TRY(call)                           \
    do {                                       \
        enum slant_status try_status = (call); \
        if (try_status != SLANT_OK) {          \
            return try_status;                 \
        }                                      \
    } while (0)

#endif
