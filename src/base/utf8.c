#include "base/utf8.h"

#include <string.h>

size_t sl_utf8_decode(const char *p, const char *end, uint32_t *cp, bool *valid)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t room = (size_t)(end - p);
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    uint32_t v;
    size_t n;
    *valid = true;
    if (s[0] < 0x80) {
        *cp = s[0];
        return 1;
    }
    if (s[0] >= 0xc2 && s[0] <= 0xdf) {
        n = 2;
        v = s[0] & 0x1fu;
    } else if (s[0] >= 0xe0 && s[0] <= 0xef) {
        n = 3;
        v = s[0] & 0x0fu;
        low = s[0] == 0xe0 ? 0xa0 : 0x80;
        high = s[0] == 0xed ? 0x9f : 0xbf; /* no surrogates */
    } else if (s[0] >= 0xf0 && s[0] <= 0xf4) {
        n = 4;
        v = s[0] & 0x07u;
        low = s[0] == 0xf0 ? 0x90 : 0x80;
        high = s[0] == 0xf4 ? 0x8f : 0xbf;
    } else {
        n = 1;
        v = 0;
        *valid = false;
    }
    for (size_t i = 1; i < n; i++) {
        if (i >= room || s[i] < low || s[i] > high) {
            *valid = false;
            n = i;
            break;
        }
        v = v << 6 | (s[i] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    *cp = *valid ? v : SL_CP_INVALID;
    return n;
}

uint64_t sl_utf8_count_invalid(const char *p, size_t len)
{
    const char *end = p + len;
    uint64_t n = 0;
    while (p < end) {
        uint32_t cp;
        bool valid;
        uint64_t word;
        uint64_t part[4];
        while (end - p >= 32 && (memcpy(part, p, 32), ((part[0] | part[1] | part[2] | part[3]) &
                                                       0x8080808080808080u) == 0)) {
            p += 32;
        }
        while (end - p >= 8 && (memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0)) {
            p += 8;
        }
        if (p == end) {
            break;
        }
        p += sl_utf8_decode(p, end, &cp, &valid);
        n += !valid;
    }
    return n;
}

size_t sl_utf8_floor(const char *p, size_t len)
{
    size_t n = len;
    while (n > 0 && len - n < 4 && ((unsigned char)p[n] & 0xc0) == 0x80) {
        n--;
    }
    return len - n < 4 ? n : len;
}

size_t sl_utf8_offset(const char *p, size_t len, uint64_t n)
{
    size_t at = 0;
    while (n > 0 && at < len) {
        uint32_t cp;
        at += sl_utf8_next(p + at, p + len, &cp);
        n--;
    }
    return n > 0 ? len + 1 : at;
}
