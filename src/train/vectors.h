/** Word vectors read from a file: GloVe's or word2vec's text, plain or gzip. */
#ifndef SL_TRAIN_VECTORS_H
#define SL_TRAIN_VECTORS_H

#include "base/status.h"

#define SL_VECTOR_WORDS 60000 /* the first so many of a file, which lists the commonest first */
#define SL_VECTOR_MAX_WIDTH 1024

/* Sorted by word. Owned arrays; zero-initialised is none. */
struct sl_vectors {
    uint32_t n, width;
    char *bytes;
    uint32_t *start; /* [n + 1] into bytes */
    float *value;    /* [n][width] */
    float *a;        /* [n] weight in a mean: 1e-3 / (1e-3 + 0.1 / (rank + 2)), by the word's rank
                        in the file (Arora, Liang & Ma 2017, with frequencies by Zipf's law);
                        rounded as a model holds it */
    uint64_t digest; /* of the words and values kept */
};

/* Words are kept as they stand; of two alike the first. A first line of two numbers (word2vec) is
 * skipped. Errors: IO, NOMEM, ROW (a line of another width, a value that is no number). */
enum slant_status sl_vectors_read(const char *path, struct sl_vectors *out,
                                  struct slant_error *err);
void sl_vectors_free(struct sl_vectors *v);

#endif
