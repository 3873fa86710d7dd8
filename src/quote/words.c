#include "quote/words.h"

#define LETTER(c) ((c)&31)
#define BEFORE(c) (UINT32_C(1) << LETTER(c))
const uint32_t sl_before_last[32] = {
    [LETTER('d')] = BEFORE('e'),               /* ed */
    [LETTER('g')] = BEFORE('n'),               /* ing */
    [LETTER('s')] = BEFORE('u') | BEFORE('s'), /* ous, less */
    [LETTER('l')] = BEFORE('u'),               /* ful */
    [LETTER('e')] = BEFORE('l'),               /* able, ible */
    [LETTER('y')] = BEFORE('l'),               /* ly */
};

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
    number = number == 0 && sl_ends_tellingly(text, len) ? SL_QWORD_TELLING : number;
    return (uint16_t)(SL_MARK_PLAIN | (capital ? SL_MARK_CAPITAL : 0) | number << SL_MARK_SHIFT);
}
