/** What a code point is, for tokens and sentences. Unicode categories come from utf8proc. */
#ifndef SL_TEXT_CHARS_H
#define SL_TEXT_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum sl_char_kind {
    SL_CHAR_OTHER, /* punctuation and symbols without a part to play */
    SL_CHAR_SPACE, /* also controls, NUL and the byte order mark */
    SL_CHAR_UPPER, /* letters, upper or title case */
    SL_CHAR_LOWER, /* other letters and marks */
    SL_CHAR_DIGIT,
    SL_CHAR_EMOJI
};
extern const uint8_t sl_ascii_kind[0x80];         /* enum sl_char_kind */
enum sl_char_kind sl_char_kind_wide(uint32_t cp); /* cp >= 0x80 */
static inline enum sl_char_kind sl_char_kind(uint32_t cp)
{
    return cp < 0x80 ? (enum sl_char_kind)sl_ascii_kind[cp] : sl_char_kind_wide(cp);
}
static inline bool sl_char_in_word(enum sl_char_kind kind)
{
    return kind == SL_CHAR_UPPER || kind == SL_CHAR_LOWER || kind == SL_CHAR_DIGIT;
}
static inline bool sl_char_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || cp == 0x02bc || cp == 0xff07;
}

#endif
