/** Whether bytes are text at all: what is not UTF-8 is told, rather than scored as nonsense. */
#ifndef SL_INPUT_ENCODING_H
#define SL_INPUT_ENCODING_H

#include "base/status.h"

#include <stddef.h>

/* Length of the byte order mark of UTF-8 that a text begins with: 3 or 0. */
size_t sl_mark_len(const char *bytes, size_t len);
/* Where the text begins behind a mark and blanks; len: nowhere. */
size_t sl_text_begin(const char *bytes, size_t len);
/* Refuses (ROW) a file that begins with the byte order mark of UTF-16 or UTF-32. */
enum slant_status sl_check_mark(const char *path, const char *bytes, size_t len,
                                struct slant_error *err);
/* Refuses (ROW) what is no UTF-8 text: among its first 64 KiB a tenth of the bytes, and more than 16,
 * begin an invalid sequence or are control characters that no text has. */
enum slant_status sl_check_text(const char *path, const char *bytes, size_t len,
                                struct slant_error *err);

#endif
