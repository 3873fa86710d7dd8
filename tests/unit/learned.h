/** For the unit tests: files that vanish, labelled rows read from text, models learned from it. */
#ifndef SL_TEST_LEARNED_H
#define SL_TEST_LEARNED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/rows.h"
#include "slant.h"
#include "train/lexicon_file.h"
#include "train/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often a random trial runs: a fifth as often under a sanitizer, which is slow. */
static inline int trials(int n)
{
    const char *sanitizer = getenv("SANITIZER");
    return sanitizer != NULL && *sanitizer != 0 ? n / 5 : n;
}

/* A new temporary file with these bytes; path has room for 64. */
static inline void spill(char *path, const char *bytes, size_t len)
{
    FILE *f;
    int fd;
    (void)snprintf(path, 64, "/tmp/slant-test-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    f = fdopen(fd, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* The same with a name that ends in suffix. */
static inline void spill_as(char *path, const char *suffix, const char *bytes, size_t len)
{
    char bare[64];
    int n;
    spill(bare, bytes, len);
    n = snprintf(path, 64, "%.40s%.20s", bare, suffix);
    assert_true(n > 0 && n < 64);
    assert_int_equal(rename(bare, path), 0);
}

/* The whole file with a NUL behind; free it. */
static inline char *slurp(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *bytes;
    long end;
    if (f == NULL) {
        print_error("%s cannot be opened; run the tests from the project's root\n", path);
    }
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    end = ftell(f);
    assert_true(end >= 0);
    assert_int_equal(fseek(f, 0, SEEK_SET), 0);
    *len = (size_t)end;
    bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, f), *len);
    bytes[*len] = 0;
    (void)fclose(f);
    return bytes;
}

/* The header and the first n rows of a table. */
static inline char *first_rows(const char *path, size_t n, size_t *len)
{
    char *bytes = slurp(path, len);
    char *end = bytes;
    for (size_t i = 0; i <= n && end != NULL && *end != 0; i++) {
        char *line = strchr(end, '\n');
        end = line == NULL ? bytes + *len : line + 1;
    }
    *len = (size_t)(end - bytes);
    *end = 0;
    return bytes;
}

static inline enum slant_status read_rows(const char *tsv, size_t len, struct sl_rows *rows,
                                          struct slant_error *err)
{
    char path[64];
    const char *one = path;
    struct sl_rows_options opt = {.path = &one, .n_path = 1, .format = SLANT_FORMAT_TSV};
    enum slant_status status;
    spill(path, tsv, len);
    status = sl_rows_read(rows, &opt, err);
    (void)unlink(path);
    return status;
}

/* A lexicon and vectors that must come out of these bytes. */
static inline void read_lexicon(const char *bytes, size_t len, struct sl_lexicon *out)
{
    char path[64];
    uint64_t digest;
    struct slant_error err = {0};
    enum slant_status status;
    spill_as(path, ".tsv", bytes, len);
    status = sl_lexicon_read(path, &sl_language_english, out, &digest, &err);
    (void)unlink(path);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
}

static inline void read_vectors(const char *bytes, size_t len, struct sl_vectors *out)
{
    char path[64];
    struct slant_error err = {0};
    enum slant_status status;
    spill(path, bytes, len);
    status = sl_vectors_read(path, out, &err);
    (void)unlink(path);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
}

/* Without a search of settings, which takes ten times as long. */
static inline struct slant_train_options train_options(enum slant_solver solver)
{
    struct slant_train_options opt = {.size = sizeof opt, .name = "test", .solver = solver};
    opt.seed = 1;
    opt.n_trial = 1;
    return opt;
}

/* slant_train through files. On success *bytes is the model file; free it. */
static inline enum slant_status learn_bytes(const char *tsv, size_t len,
                                            const struct slant_train_options *opt,
                                            unsigned n_thread, char **bytes, size_t *n_bytes,
                                            struct slant_error *err)
{
    char data[64];
    char model[72];
    const char *one = data;
    struct slant_input in = {.size = sizeof in,
                             .path = &one,
                             .n_path = 1,
                             .format = SLANT_FORMAT_TSV,
                             .n_thread = n_thread};
    enum slant_status status;
    spill(data, tsv, len);
    (void)snprintf(model, sizeof model, "%s.slant", data);
    status = slant_train(&in, opt, model, err);
    if (status == SLANT_OK) {
        *bytes = slurp(model, n_bytes);
        (void)unlink(model);
    }
    (void)unlink(data);
    return status;
}

/* A model that must come out. */
static inline struct slant_model *learn(const char *tsv, size_t len,
                                        const struct slant_train_options *opt)
{
    struct slant_error err = {0};
    struct slant_model *m = NULL;
    char *bytes = NULL;
    size_t n = 0;
    enum slant_status status = learn_bytes(tsv, len, opt, 2, &bytes, &n, &err);
    if (status == SLANT_OK) {
        status = slant_model_open_bytes(bytes, n, "test", &m, &err);
    }
    free(bytes);
    if (status != SLANT_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(status, SLANT_OK);
    return m;
}

#endif
