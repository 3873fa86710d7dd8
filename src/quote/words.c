#include "quote/words.h"

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
