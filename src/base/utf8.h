/** UTF-8 in, code points out. Invalid sequences read as U+FFFD, one per maximal subpart (Unicode
 * 15, section 3.9), so that every byte belongs to exactly one code point. */
#ifndef SL_BASE_UTF8_H
#define SL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_CP_INVALID 0xfffdu

/* Length in bytes (at least 1) of the code point at p < end; *valid false where it is malformed. */
size_t sl_utf8_decode(const char *p, const char *end, uint32_t *cp, bool *valid);
static inline size_t sl_utf8_next(const char *p, const char *end, uint32_t *cp)
{
    bool valid;
    if ((unsigned char)*p < 0x80) {
        *cp = (unsigned char)*p;
        return 1;
    }
    return sl_utf8_decode(p, end, cp, &valid);
}
uint64_t sl_utf8_count_invalid(const char *p, size_t len);
/* The largest length <= len that does not cut a code point of p. */
size_t sl_utf8_floor(const char *p, size_t len);
/* Byte offset of code point number n, or len + 1 where the text is shorter. */
size_t sl_utf8_offset(const char *p, size_t len, uint64_t n);

#endif
