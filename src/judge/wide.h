/** Four columns at once. Vectors of the compiler's, so that any machine has them. */
#ifndef SL_JUDGE_WIDE_H
#define SL_JUDGE_WIDE_H

typedef double wide __attribute__((vector_size(32)));
typedef float narrow __attribute__((vector_size(16)));

#endif
