/* Word vectors as text, and the same packed by gzip. What is read is in order and in range, and
 * written out with a header it reads as itself. */
#include "fuzz.h"

#include "base/utf8.h"
#include "train/vectors.h"

#include <math.h>
#include <zlib.h>

static void check(const struct sl_vectors *v)
{
    LAW(v->n >= 1 && v->n <= SL_VECTOR_WORDS);
    LAW(v->width >= 1 && v->width <= SL_VECTOR_MAX_WIDTH && v->start[0] == 0);
    for (uint32_t i = 0; i < v->n; i++) {
        const char *word = v->bytes + v->start[i];
        size_t len = v->start[i + 1] - v->start[i];
        LAW(v->start[i + 1] > v->start[i]);
        LAW(memchr(word, ' ', len) == NULL && memchr(word, '\n', len) == NULL);
        LAW(memchr(word, 0, len) == NULL && sl_utf8_count_invalid(word, len) == 0);
        LAW(v->a[i] > 0 && v->a[i] < 1);
        if (i > 0) {
            size_t before = v->start[i] - v->start[i - 1];
            int order = memcmp(v->bytes + v->start[i - 1], word, before < len ? before : len);
            LAW(order < 0 || (order == 0 && before < len));
        }
    }
    for (size_t i = 0; i < (size_t)v->n * v->width; i++) {
        LAW(fabs((double)v->value[i]) <= 1e6);
    }
}

static void check_same(const struct sl_vectors *a, const struct sl_vectors *b)
{
    LAW(a->n == b->n && a->width == b->width && a->digest == b->digest);
    LAW(memcmp(a->start, b->start, (a->n + 1) * sizeof *a->start) == 0);
    LAW(memcmp(a->bytes, b->bytes, a->start[a->n]) == 0);
    LAW(memcmp(a->a, b->a, a->n * sizeof *a->a) == 0);
    LAW(memcmp(a->value, b->value, (size_t)a->n * a->width * sizeof *a->value) == 0);
}

static void check_reads_as(const char *path, const struct sl_vectors *want)
{
    struct sl_vectors v = {0};
    struct slant_error err = {0};
    LAW(sl_vectors_read(path, &v, &err) == SLANT_OK);
    check_same(want, &v);
    sl_vectors_free(&v);
}

/* In the file's order, which the weights tell: they grow with the rank. */
static void check_written(const struct sl_vectors *v)
{
    struct fuzz_output out = {0};
    char text[64];
    double last = 0;
    (void)snprintf(text, sizeof text, "%u %u\n", (unsigned)v->n, (unsigned)v->width);
    (void)fuzz_sink(&out, text, strlen(text));
    for (uint32_t rank = 0; rank < v->n; rank++) {
        uint32_t next = v->n;
        for (uint32_t i = 0; i < v->n; i++) {
            if ((double)v->a[i] > last && (next == v->n || v->a[i] < v->a[next])) {
                next = i;
            }
        }
        LAW(next < v->n);
        last = (double)v->a[next];
        (void)fuzz_sink(&out, v->bytes + v->start[next], v->start[next + 1] - v->start[next]);
        for (uint32_t d = 0; d < v->width; d++) {
            (void)snprintf(text, sizeof text, " %.9g",
                           (double)v->value[(size_t)next * v->width + d]);
            (void)fuzz_sink(&out, text, strlen(text));
        }
        (void)fuzz_sink(&out, "\n", 1);
    }
    check_reads_as(fuzz_file(out.p, out.len), v);
    free(out.p);
}

static void check_packed(const uint8_t *data, size_t size, const struct sl_vectors *v)
{
    z_stream z = {0};
    size_t cap = size + size / 100 + 128;
    uint8_t *packed = malloc(cap);
    LAW(packed != NULL && deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, 0) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)data;
    z.avail_in = (uInt)size;
    z.next_out = packed;
    z.avail_out = (uInt)cap;
    LAW(deflate(&z, Z_FINISH) == Z_STREAM_END);
    check_reads_as(fuzz_file(packed, cap - z.avail_out), v);
    (void)deflateEnd(&z);
    free(packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sl_vectors v = {0};
    struct slant_error err = {0};
    enum slant_status status;
    if (size > FUZZ_MAX) {
        return 0;
    }
    status = sl_vectors_read(fuzz_file(data, size), &v, &err);
    if (status != SLANT_OK) {
        LAW(v.bytes == NULL && v.n == 0);
        fuzz_failure(status, &err);
        return 0;
    }
    check(&v);
    if (v.n <= 300) { /* the order is found in quadratic time */
        check_written(&v);
    }
    if (size < 2 || data[0] != 0x1f || data[1] != 0x8b) {
        check_packed(data, size, &v);
    }
    sl_vectors_free(&v);
    return 0;
}
