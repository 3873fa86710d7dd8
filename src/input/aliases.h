/** Other names that speakers go by. A file of aliases joins what a text cannot: Canberra and the
 *  Australian government to Australia, Norvane Technologies to Norvane. Constant once it is read. */
#ifndef SL_INPUT_ALIASES_H
#define SL_INPUT_ALIASES_H

#include "base/table.h"
#include "input/json.h"

/* Where a spelling stood first. */
struct sl_spelled {
    uint32_t name; /* number of the name it stands for */
    uint64_t line;
    bool speaker; /* it is that name */
};

struct slant_aliases {
    struct sl_strings spelling; /* folded, names among them */
    struct sl_spelled *spelled; /* [spelling.n] */
    size_t cap;
    struct sl_strings name; /* as they are listed */
};

/* Number of the name that a speaker's name stands for; SL_TABLE_NONE: it stands for itself, or there
 * are no aliases (NULL). Small and capital letters, white space and a "the" before it do not count. A name of more than 16
 * words or 1000 bytes stands for itself. */
uint32_t sl_alias_find(const struct slant_aliases *a, struct sl_text speaker);
static inline struct sl_text sl_alias_name(const struct slant_aliases *a, uint32_t number)
{
    return (struct sl_text){sl_strings_get(&a->name, number), a->name.length[number]};
}

#endif
