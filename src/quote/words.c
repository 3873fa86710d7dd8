#include "quote/words.h"

#include <string.h>

uint32_t sl_qword_find(const char text[SL_QWORD_MAX], uint32_t h)
{
    uint32_t at = sl_qword_hash_end(h) & sl_qword_mask;
    while (sl_qword_slot[at] != 0) {
        if (memcmp(sl_qwords[sl_qword_slot[at]].text, text, SL_QWORD_MAX) == 0) {
            return sl_qword_slot[at];
        }
        at = (at + 1) & sl_qword_mask;
    }
    return 0;
}
