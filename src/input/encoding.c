#include "input/encoding.h"
#include "base/utf8.h"

#include <string.h>

enum { LOOKED_AT = 1 << 16, FEWEST = 16 };

size_t sl_mark_len(const char *bytes, size_t len)
{
    return len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

size_t sl_text_begin(const char *bytes, size_t len)
{
    size_t at = sl_mark_len(bytes, len);
    while (at < len && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
        at++;
    }
    return at;
}

enum slant_status sl_check_mark(const char *path, const char *bytes, size_t len,
                                struct slant_error *err)
{
    bool wide = len >= 4 &&
                (memcmp(bytes, "\xff\xfe\0\0", 4) == 0 || memcmp(bytes, "\0\0\xfe\xff", 4) == 0);
    if (wide ||
        (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))) {
        const char *name = wide ? "UTF-32" : "UTF-16";
        return sl_fail(err, SLANT_ERR_ROW, 0,
                       "%.180s: %s text; expected UTF-8: convert it with iconv -f %s -t UTF-8",
                       path, name, name);
    }
    return SLANT_OK;
}

/* Controls, but for backspace, the blanks and escape. */
static bool no_text(unsigned char c)
{
    return c < 0x08 || (c > 0x0d && c < 0x20 && c != 0x1b) || c == 0x7f;
}

enum slant_status sl_check_text(const char *path, const char *bytes, size_t len,
                                struct slant_error *err)
{
    size_t n = len < LOOKED_AT ? len : sl_utf8_floor(bytes, LOOKED_AT);
    size_t odd = (size_t)sl_utf8_count_invalid(bytes, n);
    for (size_t i = 0; i < n; i++) {
        odd += no_text((unsigned char)bytes[i]);
    }
    if (odd <= FEWEST || odd * 10 < n) {
        return SLANT_OK;
    }
    return sl_fail(
        err, SLANT_ERR_ROW, 0,
        "%.180s: no text, or not in UTF-8: %zu odd bytes among the first %zu; convert it "
        "(iconv), or leave it out",
        path, odd, n);
}
