#include "text/language.h"

#include <string.h>

static const struct sl_language *const all[] = {&sl_language_english};

const struct sl_language *sl_language_find(const char *name)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i]->name, name) == 0) {
            return all[i];
        }
    }
    return NULL;
}

/* Order of a word of the list and word[0, len). */
static int order_of(const char *listed, const char *word, size_t len)
{
    size_t i = 0;
    while (i < len && listed[i] != 0 && listed[i] == word[i]) {
        i++;
    }
    if (i == len) {
        return listed[i] != 0;
    }
    return listed[i] == 0 ? -1 : (unsigned char)listed[i] - (unsigned char)word[i];
}

bool sl_word_list_has(const struct sl_word_list *list, const char *word, size_t len)
{
    size_t letter;
    size_t low;
    size_t high;
    if (!sl_word_list_may_have(list, word, len)) {
        return false;
    }
    letter = (size_t)(word[0] - 'a');
    low = list->by_letter[letter];
    high = list->by_letter[letter + 1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = order_of(list->word[middle], word, len);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
