#include "text/fold.h"
#include "base/utf8.h"
#include "text/chars.h"

#include <string.h>
#include <utf8proc.h>

/* Folds what holds more than ASCII. Falls back to the bytes where the folded form has no room. */
static size_t fold_unicode(const char *p, size_t len, char out[SL_FOLD_MAX])
{
    /* one code point folds to at most four composed ones; reencode needs one cell more */
    utf8proc_int32_t cps[SL_WORD_MAX * 4 + 1];
    char clean[SL_WORD_MAX * 3];
    size_t n = 0;
    utf8proc_ssize_t n_cp;
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        at += sl_utf8_next(p + at, p + len, &cp);
        n += (size_t)utf8proc_encode_char((utf8proc_int32_t)(sl_char_apostrophe(cp) ? '\'' : cp),
                                          (utf8proc_uint8_t *)clean + n);
    }
    n_cp = utf8proc_decompose((const utf8proc_uint8_t *)clean, (utf8proc_ssize_t)n, cps,
                              (utf8proc_ssize_t)(sizeof cps / sizeof cps[0]) - 1,
                              UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n_cp > 0 && n_cp < (utf8proc_ssize_t)(sizeof cps / sizeof cps[0])) {
        utf8proc_ssize_t n_out = utf8proc_reencode(cps, n_cp, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
        if (n_out > 0 && n_out <= SL_FOLD_MAX) {
            memcpy(out, cps, (size_t)n_out);
            return (size_t)n_out;
        }
    }
    n = n < SL_FOLD_MAX ? n : SL_FOLD_MAX;
    memcpy(out, clean, n);
    return n;
}

size_t sl_fold(const char *p, size_t len, char out[SL_FOLD_MAX])
{
    if (len > SL_WORD_MAX) {
        len = sl_utf8_floor(p, SL_WORD_MAX);
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c >= 0x80) {
            return fold_unicode(p, len, out);
        }
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return len;
}

size_t sl_fold_base(const char *p, size_t len, char out[SL_FOLD_BASE])
{
    size_t n = 0;
    for (size_t at = 0; at < len;) {
        utf8proc_int32_t base[4];
        uint32_t cp;
        at += sl_utf8_next(p + at, p + len, &cp);
        if (utf8proc_decompose_char((utf8proc_int32_t)cp, base, 4,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD,
                                    NULL) == 1) {
            cp = (uint32_t)base[0];
        }
        cp = cp == 0xf8    ? 'o'
             : cp == 0x142 ? 'l'
             : cp == 0x111 ? 'd'
                           : cp; /* letters of their own */
        if (cp >= 0x80 || n == SL_FOLD_BASE) {
            return 0;
        }
        out[n++] = (char)cp;
    }
    return n;
}
