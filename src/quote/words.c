#include "quote/words.h"

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

uint16_t sl_qword_mark(const char *token, size_t len)
{
    char text[SL_QWORD_MAX] = {0};
    const bool capital = len > 0 && token[0] >= 'A' && token[0] <= 'Z';
    struct sl_qkey key;
    uint32_t number;
    if (len == 0 || len >= SL_QWORD_SHORT) {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        text[i] = (char)(token[i] | 0x20);
        if (text[i] < 'a' || text[i] > 'z') {
            return 0;
        }
    }
    if (capital && len > 1 && token[1] < 'a') {
        return 0;
    }
    key = sl_qkey_of(text);
    number = sl_qword_find(&key);
    number = number == 0 ? sl_qword_ending(token, len) : number;
    return (uint16_t)(SL_MARK_PLAIN | (capital ? SL_MARK_CAPITAL : 0) | number << SL_MARK_SHIFT);
}
