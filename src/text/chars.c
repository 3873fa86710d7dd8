#include "text/chars.h"

#include <utf8proc.h>

static enum sl_char_kind ascii_kind(uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z') {
        return SL_CHAR_LOWER;
    }
    if (cp >= 'A' && cp <= 'Z') {
        return SL_CHAR_UPPER;
    }
    if (cp >= '0' && cp <= '9') {
        return SL_CHAR_DIGIT;
    }
    return cp <= ' ' || cp == 0x7f ? SL_CHAR_SPACE : SL_CHAR_OTHER;
}

enum sl_char_kind sl_char_kind(uint32_t cp)
{
    if (cp < 0x80) {
        return ascii_kind(cp);
    }
    if (cp == 0xfeff || (cp >= 0x80 && cp < 0xa0) || cp == 0x200b) {
        return SL_CHAR_SPACE;
    }
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return SL_CHAR_UPPER;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return SL_CHAR_LOWER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return SL_CHAR_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return SL_CHAR_SPACE;
    case UTF8PROC_CATEGORY_SO:
        return SL_CHAR_EMOJI;
    default: /* utf8proc's enumeration, not ours */
        return SL_CHAR_OTHER;
    }
}
