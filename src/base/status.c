#include "base/status.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* File names come from outside: a newline, an escape sequence or half a character in one must not
 * reach a terminal. */
static void make_one_line(char *text)
{
    const char *end = text + strlen(text);
    char *out = text;
    for (const char *p = text; p < end;) {
        uint32_t cp;
        bool valid;
        size_t len = sl_utf8_decode(p, end, &cp, &valid);
        if (!valid || cp < 0x20 || (cp >= 0x7f && cp < 0xa0)) {
            *out++ = '?';
        } else {
            memmove(out, p, len);
            out += len;
        }
        p += len;
    }
    *out = 0;
}

enum slant_status sl_fail(struct slant_error *err, enum slant_status status, uint64_t line,
                          const char *fmt, ...)
{
    if (err != NULL) {
        va_list args;
        err->status = status;
        err->sys = 0;
        err->line = line;
        va_start(args, fmt);
        (void)vsnprintf(err->text, sizeof err->text, fmt, args);
        va_end(args);
        make_one_line(err->text);
    }
    return status;
}

enum slant_status sl_fail_sys(struct slant_error *err, int sys, const char *fmt, ...)
{
    if (err != NULL) {
        va_list args;
        char why[96] = "";
        size_t len;
        err->status = SLANT_ERR_IO;
        err->sys = sys;
        err->line = 0;
        va_start(args, fmt);
        (void)vsnprintf(err->text, sizeof err->text, fmt, args);
        va_end(args);
        if (strerror_r(sys, why, sizeof why) != 0) {
            (void)snprintf(why, sizeof why, "system error %d", sys);
        }
        len = strlen(err->text);
        (void)snprintf(err->text + len, sizeof err->text - len, ": %s", why);
        make_one_line(err->text);
    }
    return SLANT_ERR_IO;
}

enum slant_status sl_fail_nomem(struct slant_error *err)
{
    return sl_fail(err, SLANT_ERR_NOMEM, 0, "out of memory");
}
