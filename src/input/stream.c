#include "input/stream.h"
#include "base/file.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum packing { UNKNOWN, PLAIN, GZIP, ZSTANDARD };
enum { PIECE = 1 << 17 };

struct sl_stream {
    int fd;
    const char *path; /* as given; borrowed */
    enum packing packing;
    unsigned char *in; /* [PIECE] */
    size_t at, len;    /* what is left of it: [at, len) */
    bool file_ended;
    bool inside; /* a gzip member or Zstandard frame */
    uint64_t taken;
    char *ahead; /* unpacked and looked at, not yet read: [at_ahead, n_ahead) */
    size_t at_ahead, n_ahead, cap_ahead;
    z_stream z;
    bool has_z;
    ZSTD_DStream *zstd;
};

enum slant_status sl_stream_open(const char *path, struct sl_stream **out, struct slant_error *err)
{
    struct sl_stream *s = calloc(1, sizeof *s);
    enum slant_status status;
    if (s == NULL) {
        return sl_fail_nomem(err);
    }
    s->path = path;
    s->in = sl_array(PIECE, 1);
    status = s->in == NULL ? sl_fail_nomem(err) : sl_file_open(path, &s->fd, err);
    if (status != SLANT_OK) {
        free(s->in);
        free(s);
        return status;
    }
    *out = s;
    return SLANT_OK;
}

void sl_stream_close(struct sl_stream *s)
{
    if (s == NULL) {
        return;
    }
    (void)close(s->fd);
    if (s->has_z) {
        (void)inflateEnd(&s->z);
    }
    (void)ZSTD_freeDStream(s->zstd);
    free(s->ahead);
    free(s->in);
    free(s);
}

uint64_t sl_stream_taken(const struct sl_stream *s)
{
    return s->taken;
}

/* More of the file behind what is left. */
static enum slant_status fill(struct sl_stream *s, struct slant_error *err)
{
    size_t got;
    memmove(s->in, s->in + s->at, s->len - s->at);
    s->len -= s->at;
    s->at = 0;
    SL_TRY(sl_file_read_some(s->fd, s->path, s->in + s->len, PIECE - s->len, &got, err));
    s->file_ended = got == 0;
    s->len += got;
    s->taken += got;
    return SLANT_OK;
}

static enum slant_status find_packing(struct sl_stream *s, struct slant_error *err)
{
    static const unsigned char gzip[] = {0x1f, 0x8b};
    static const unsigned char zstandard[] = {0x28, 0xb5, 0x2f, 0xfd};
    while (s->len < 4 && !s->file_ended) {
        SL_TRY(fill(s, err));
    }
    s->packing = PLAIN;
    if (s->len >= 2 && memcmp(s->in, gzip, 2) == 0) {
        s->packing = GZIP;
        s->has_z = inflateInit2(&s->z, 15 + 16) == Z_OK;
        return s->has_z ? SLANT_OK : sl_fail_nomem(err);
    }
    if (s->len >= 4 && memcmp(s->in, zstandard, 4) == 0) {
        s->packing = ZSTANDARD;
        s->zstd = ZSTD_createDStream();
        return s->zstd != NULL ? SLANT_OK : sl_fail_nomem(err);
    }
    return SLANT_OK;
}

static enum slant_status damaged(const struct sl_stream *s, const char *what,
                                 struct slant_error *err)
{
    return sl_fail(err, SLANT_ERR_IO, 0,
                   "%s: its %s data are damaged: %s; unpack it by hand to see more", sl_file_shown(s->path),
                   s->packing == GZIP ? "gzip" : "Zstandard", what);
}

static enum slant_status cut_off(const struct sl_stream *s, struct slant_error *err)
{
    return damaged(s, "they end too early", err);
}

/* One step of unpacking: may give nothing yet. */
static enum slant_status unpack_gzip(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                     struct slant_error *err)
{
    int code;
    s->inside = true;
    s->z.next_in = s->in + s->at;
    s->z.avail_in = (uInt)(s->len - s->at);
    s->z.next_out = buf;
    s->z.avail_out = cap > PIECE ? PIECE : (uInt)cap;
    *got = s->z.avail_out;
    code = inflate(&s->z, Z_NO_FLUSH);
    s->at = s->len - s->z.avail_in;
    *got -= s->z.avail_out;
    if (code == Z_STREAM_END) {
        s->inside = false;
        return inflateReset(&s->z) == Z_OK ? SLANT_OK : damaged(s, "reset", err);
    }
    if (code == Z_MEM_ERROR) {
        return sl_fail_nomem(err);
    }
    return code == Z_OK || code == Z_BUF_ERROR
               ? SLANT_OK
               : damaged(s, s->z.msg == NULL ? "unknown" : s->z.msg, err);
}

static enum slant_status unpack_zstandard(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                          struct slant_error *err)
{
    ZSTD_inBuffer in = {s->in + s->at, s->len - s->at, 0};
    ZSTD_outBuffer out = {buf, cap, 0};
    size_t code = ZSTD_decompressStream(s->zstd, &out, &in);
    if (ZSTD_isError(code)) {
        return damaged(s, ZSTD_getErrorName(code), err);
    }
    s->inside = code != 0;
    s->at += in.pos;
    *got = out.pos;
    return SLANT_OK;
}

static enum slant_status take_plain(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                    struct slant_error *err)
{
    size_t left = s->len - s->at;
    if (left == 0 && !s->file_ended) { /* straight to where it is wanted */
        SL_TRY(sl_file_read_some(s->fd, s->path, buf, cap, got, err));
        s->file_ended = *got == 0;
        s->taken += *got;
        return SLANT_OK;
    }
    *got = left < cap ? left : cap;
    memcpy(buf, s->in + s->at, *got);
    s->at += *got;
    return SLANT_OK;
}

static enum slant_status unpack(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                struct slant_error *err)
{
    if (s->packing == UNKNOWN) {
        SL_TRY(find_packing(s, err));
    }
    if (s->packing == PLAIN) {
        return take_plain(s, buf, cap, got, err);
    }
    for (;;) {
        size_t before = s->at;
        bool starved = s->at == s->len;
        *got = 0;
        if (starved && !s->file_ended) {
            SL_TRY(fill(s, err));
            continue;
        }
        if (starved && !s->inside) {
            return SLANT_OK;
        }
        SL_TRY(s->packing == GZIP ? unpack_gzip(s, buf, cap, got, err)
                                  : unpack_zstandard(s, buf, cap, got, err));
        if (*got > 0) {
            return SLANT_OK;
        }
        if (s->at == before && s->inside) {
            if (s->file_ended) {
                return cut_off(s, err);
            }
            SL_TRY(fill(s, err));
        }
    }
}

enum slant_status sl_stream_read(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                 struct slant_error *err)
{
    size_t left = s->n_ahead - s->at_ahead;
    if (left == 0) {
        return unpack(s, buf, cap, got, err);
    }
    *got = left < cap ? left : cap;
    memcpy(buf, s->ahead + s->at_ahead, *got);
    s->at_ahead += *got;
    if (*got == left) { /* it may be large */
        free(s->ahead);
        s->ahead = NULL;
        s->at_ahead = s->n_ahead = s->cap_ahead = 0;
    }
    return SLANT_OK;
}

enum slant_status sl_stream_ahead(struct sl_stream *s, size_t n, const char **bytes, size_t *len,
                                  struct slant_error *err)
{
    size_t got = 1;
    while (got > 0 && s->n_ahead - s->at_ahead < n) {
        if (!sl_grow(&s->ahead, &s->cap_ahead, s->n_ahead + PIECE, 1)) {
            return sl_fail_nomem(err);
        }
        SL_TRY(unpack(s, s->ahead + s->n_ahead, PIECE, &got, err));
        s->n_ahead += got;
    }
    *bytes = s->ahead + s->at_ahead;
    *len = s->n_ahead - s->at_ahead;
    return SLANT_OK;
}

enum slant_status sl_stream_read_all(struct sl_stream *s, size_t limit, char **bytes, size_t *len,
                                     struct slant_error *err)
{
    enum slant_status status = SLANT_OK;
    char *p = NULL;
    size_t cap = 0;
    size_t n = 0;
    for (;;) {
        size_t got;
        if (!sl_grow(&p, &cap, n + PIECE + 1, 1)) {
            status = sl_fail_nomem(err);
            break;
        }
        status = sl_stream_read(s, p + n, cap - n - 1, &got, err);
        if (status != SLANT_OK || got == 0) {
            break;
        }
        n += got;
        if (n > limit) {
            status = sl_fail(err, SLANT_ERR_LIMIT, 0, "%s: larger than the limit of %zu bytes",
                             sl_file_shown(s->path), limit);
            break;
        }
    }
    if (status != SLANT_OK) {
        free(p);
        return status;
    }
    p[n] = 0;
    *bytes = p;
    *len = n;
    return SLANT_OK;
}
