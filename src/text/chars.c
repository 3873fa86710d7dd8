#include "text/chars.h"

#include <utf8proc.h>

/* clang-format off */
#define EIGHT(k) k, k, k, k, k, k, k, k
#define SPACE EIGHT(SL_CHAR_SPACE)
#define OTHER SL_CHAR_OTHER
#define SIX(k) k, k, k, k, k, k
const uint8_t sl_ascii_kind[0x80] = {
    SPACE, SPACE, SPACE, SPACE, /* controls */
    SL_CHAR_SPACE, OTHER, SIX(OTHER), EIGHT(OTHER), /* blank to / */
    EIGHT(SL_CHAR_DIGIT), SL_CHAR_DIGIT, SL_CHAR_DIGIT, SIX(OTHER), /* 0 to ? */
    OTHER, SL_CHAR_UPPER, SIX(SL_CHAR_UPPER), EIGHT(SL_CHAR_UPPER),
    EIGHT(SL_CHAR_UPPER), SL_CHAR_UPPER, SL_CHAR_UPPER, SL_CHAR_UPPER, OTHER, OTHER, OTHER, OTHER, OTHER,
    OTHER, SL_CHAR_LOWER, SIX(SL_CHAR_LOWER), EIGHT(SL_CHAR_LOWER),
    EIGHT(SL_CHAR_LOWER), SL_CHAR_LOWER, SL_CHAR_LOWER, SL_CHAR_LOWER, OTHER, OTHER, OTHER, OTHER, SL_CHAR_SPACE
};
/* clang-format on */

enum sl_char_kind sl_char_kind_wide(uint32_t cp)
{
    if (cp >= 0x2010 &&
        cp <= 0x2027) { /* dashes, quotation marks, ellipsis: what text has most of */
        return SL_CHAR_OTHER;
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
