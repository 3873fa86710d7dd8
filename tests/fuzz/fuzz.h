/** What the fuzz targets share: a law that aborts, bytes as a file, a tiny model, and a sink. */
#ifndef SLANT_FUZZ_H
#define SLANT_FUZZ_H

#include "slant.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FUZZ_DATA "tests/fuzz/tiny.tsv" /* seen from the project's folder */
#define FUZZ_LEXICON "tests/fuzz/tiny_lexicon.tsv"
#define FUZZ_VECTORS "tests/fuzz/tiny_vectors.txt"
#define FUZZ_MAX 65536 /* longer inputs teach nothing more */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A law that must hold for every input. */
#define LAW(condition)                                                                        \
    do {                                                                                      \
        if (!(condition)) {                                                                   \
            (void)fprintf(stderr, "%s:%d: law broken: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                          \
        }                                                                                     \
    } while (0)

/* One unlinked file, rewritten for every input; its path opens it anew from the start. In memory where
 * there is such a folder: a disk takes longer than what is tried. */
static inline const char *fuzz_file(const void *bytes, size_t len)
{
    static char path[64];
    static int fd = -1;
    const char *p = bytes;
    if (fd < 0) {
        char name[2][32] = {"/dev/shm/slant-fuzz-XXXXXX", "/tmp/slant-fuzz-XXXXXX"};
        for (int i = 0; i < 2 && fd < 0; i++) {
            fd = mkstemp(name[i]);
            LAW(fd < 0 || unlink(name[i]) == 0);
        }
        LAW(fd >= 0);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    LAW(ftruncate(fd, 0) == 0);
    for (size_t at = 0; at < len;) {
        ssize_t n = pwrite(fd, p + at, len - at, (off_t)at);
        LAW(n > 0);
        at += (size_t)n;
    }
    return path;
}

/* Whether a file of these bytes is read as it stands: neither packed nor marked as another encoding. */
static inline int fuzz_is_as_read(const void *bytes, size_t len)
{
    static const struct {
        const char *begin;
        size_t len;
    } other[] = {{"\xef\xbb\xbf", 3}, {"\x1f\x8b", 2}, {"\x28\xb5\x2f\xfd", 4},
                 {"\xff\xfe", 2},     {"\xfe\xff", 2}, {"\0\0\xfe\xff", 4}};
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        if (len >= other[i].len && memcmp(bytes, other[i].begin, other[i].len) == 0) {
            return 0;
        }
    }
    return 1;
}

/* The tiny model, trained when first asked for, so that no change of format outdates it. It has
 * features of every block. */
static inline const struct slant_model *fuzz_model(void)
{
    static struct slant_model *model;
    if (model == NULL) {
        char name[] = "/tmp/slant-fuzz-XXXXXX";
        const char *path[] = {FUZZ_DATA};
        struct slant_input in = {.size = sizeof in,
                                 .path = path,
                                 .n_path = 1,
                                 .format = SLANT_FORMAT_TSV,
                                 .n_thread = 1};
        struct slant_train_options opt = {.size = sizeof opt,
                                          .seed = 1,
                                          .name = "tiny",
                                          .n_trial = 1,
                                          .lexicon = FUZZ_LEXICON,
                                          .vectors = FUZZ_VECTORS};
        struct slant_error err = {0};
        enum slant_status status;
        int fd = mkstemp(name);
        LAW(fd >= 0);
        status = slant_train(&in, &opt, name, &err);
        if (status == SLANT_OK) {
            status = slant_model_open(name, &model, &err);
        }
        (void)close(fd);
        (void)unlink(name);
        if (status != SLANT_OK) {
            (void)fprintf(stderr, "the tiny model (run in the project's folder): %s\n", err.text);
            abort();
        }
    }
    return model;
}

/* Output kept in memory, with a NUL behind. */
struct fuzz_output {
    char *p;
    size_t len, cap;
};

static inline int fuzz_sink(void *user, const void *bytes, size_t len)
{
    struct fuzz_output *o = user;
    if (o->len + len + 1 > o->cap) {
        o->cap = 2 * (o->len + len) + 256;
        o->p = realloc(o->p, o->cap);
        LAW(o->p != NULL);
    }
    memcpy(o->p + o->len, bytes, len);
    o->len += len;
    o->p[o->len] = 0;
    return 0;
}

/* Cuts the next line off at *at, without its end; false at the end. Every line must have one. */
static inline int fuzz_line(const struct fuzz_output *o, size_t *at, const char **line, size_t *len)
{
    const char *newline;
    if (*at >= o->len) {
        return 0;
    }
    *line = o->p + *at;
    newline = memchr(*line, '\n', o->len - *at);
    LAW(newline != NULL);
    *len = (size_t)(newline - *line);
    *at += *len + 1;
    return 1;
}

/* The bytes as a JSON object without a key twice; the caller drops it. */
static inline json_t *fuzz_json(const char *p, size_t len)
{
    json_error_t why;
    json_t *v = json_loadb(p, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    LAW(json_is_object(v));
    return v;
}

/* A failure names itself: a status with a group of its own, one line of text. */
static inline void fuzz_failure(enum slant_status status, const struct slant_error *err)
{
    size_t len = strlen(err->text);
    LAW(err->status == status && len > 0);
    for (size_t i = 0; i < len; i++) {
        LAW((unsigned char)err->text[i] >= 0x20 && err->text[i] != 0x7f);
    }
}

#endif
