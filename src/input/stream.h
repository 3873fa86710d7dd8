/** Bytes of a file, unpacked where it is gzip (RFC 1952) or Zstandard (RFC 8878), which its first bytes
 * tell, whatever its name. */
#ifndef SL_INPUT_STREAM_H
#define SL_INPUT_STREAM_H

#include "base/status.h"

struct sl_stream; /* opaque */

/* "-" is standard input. Errors: IO, NOMEM. */
enum slant_status sl_stream_open(const char *path, struct sl_stream **out, struct slant_error *err);
/* At most cap unpacked bytes; *got 0 at the end. Errors: IO (also: packed data damaged or cut off),
 * NOMEM. */
enum slant_status sl_stream_read(struct sl_stream *s, void *buf, size_t cap, size_t *got,
                                 struct slant_error *err);
/* The bytes that the next reads give: at least n of them, or all there are. Borrowed until the next call.
 * Errors as of a read. */
enum slant_status sl_stream_ahead(struct sl_stream *s, size_t n, const char **bytes, size_t *len,
                                  struct slant_error *err);
/* Bytes of the file read so far, before unpacking. */
uint64_t sl_stream_taken(const struct sl_stream *s);
void sl_stream_close(struct sl_stream *s);
/* The whole rest into a new block with a NUL behind; LIMIT above limit bytes. */
enum slant_status sl_stream_read_all(struct sl_stream *s, size_t limit, char **bytes, size_t *len,
                                     struct slant_error *err);

#endif
