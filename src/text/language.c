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

bool sl_word_list_has(const struct sl_word_list *list, const char *word, size_t len)
{
    size_t low = 0;
    size_t high = list->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        size_t own = strlen(list->word[middle]);
        int order = memcmp(list->word[middle], word, own < len ? own : len);
        if (order == 0 && own == len) {
            return true;
        }
        if (order < 0 || (order == 0 && own < len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
