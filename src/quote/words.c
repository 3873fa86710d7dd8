#include "quote/words.h"
#include "quote/letters.h"

#include <string.h>

static bool ends_with(const char *word, size_t len, const char *ending, size_t n)
{
    return len >= n + 2 && memcmp(word + len - n, ending, n) == 0;
}

uint16_t sl_qword_ending(const char *word, size_t len)
{
    switch (len < 4 ? 0 : word[len - 1]) {
    case 'd':
        return ends_with(word, len, "ed", 2) ? SL_QWORD_ED : 0;
    case 'g':
        return ends_with(word, len, "ing", 3) ? SL_QWORD_ING : 0;
    case 'y':
        return ends_with(word, len, "ly", 2) ? SL_QWORD_LY : 0;
    case 's':
        return ends_with(word, len, "ous", 3) || ends_with(word, len, "less", 4)
                   ? SL_QWORD_ADJECTIVE
                   : 0;
    case 'l':
        return ends_with(word, len, "ful", 3) ? SL_QWORD_ADJECTIVE : 0;
    case 'e':
        return ends_with(word, len, "able", 4) || ends_with(word, len, "ible", 4)
                   ? SL_QWORD_ADJECTIVE
                   : 0;
    default:
        return 0;
    }
}

uint32_t sl_qword_find(const struct sl_qkey *k)
{
    uint32_t number = sl_qword_only(k->part[0], k->part[1]);
    if (k->part[2] == 0) {
        return sl_qword_is(number, k->part[0], k->part[1]) ? number : 0;
    }
    for (const struct sl_qword_long *x = sl_qword_long; x->number != 0; x++) {
        const struct sl_qkey key = sl_qkey_of(x->text);
        if (memcmp(&key, k, sizeof key) == 0) {
            return x->number;
        }
    }
    return 0;
}

/* How many of the bytes are ASCII letters, all of them looked at alike. */
static size_t count_letters(const char text[SL_QWORD_SHORT])
{
    uint8_t n = 0;
    for (size_t i = 0; i < SL_QWORD_SHORT; i++) {
        const uint8_t letter = (uint8_t)((text[i] | 0x20) - 'a');
        n = (uint8_t)(n + (letter < 26));
    }
    return n;
}

uint16_t sl_qword_mark(const char *token, size_t len)
{
    char text[SL_QWORD_SHORT] = {0};
    if (len == 0 || len >= SL_QWORD_SHORT) {
        return 0;
    }
    memcpy(text, token, len);
    const bool capital = text[0] < 'a';
    if (count_letters(text) != len || (capital && len > 1 && text[1] < 'a')) {
        return 0;
    }
    const struct sl_qkey key = sl_letters_key(text, len);
    const uint32_t known = sl_qword_find(&key);
    const uint32_t number = known != 0 ? known : sl_qword_ending(token, len);
    return (uint16_t)(SL_MARK_PLAIN | (capital ? SL_MARK_CAPITAL : 0) | number << SL_MARK_SHIFT);
}
