/** Functions that are compiled into each caller, so that what it passes as a constant is one, and code
 *  built for a processor stays built for it. */
#ifndef SL_BASE_INLINE_H
#define SL_BASE_INLINE_H

#define SL_INLINE static inline __attribute__((always_inline))

#endif
