#include "run/listing.h"
#include "base/memory.h"

#include <stdlib.h>

void sl_listing_free(struct sl_listing *l)
{
    free(l->speaker);
    free(l->first_of);
}

/* As the text has it; unknown, speaker 0, has no span. */
static struct sl_text own_name(const struct sl_listing *l, uint32_t speaker)
{
    return sl_text_at(l->article, l->quotes->speaker[speaker].name);
}

bool sl_listing_read(struct sl_listing *l, const struct sl_article *a, const struct sl_quotes *q)
{
    uint32_t *first_of;
    l->article = a;
    l->quotes = q;
    if (l->aliases == NULL) {
        return true;
    }
    if (l->first_of == NULL) {
        l->first_of = sl_array_zero(l->aliases->name.n, sizeof *l->first_of);
    }
    first_of = l->first_of;
    if (first_of == NULL || !sl_grow(&l->speaker, &l->cap, q->n_speaker, sizeof *l->speaker)) {
        return false;
    }
    for (uint32_t i = 0; i < q->n_speaker; i++) {
        const uint32_t alias = sl_alias_find(l->aliases, own_name(l, i));
        uint32_t *first = alias == SL_TABLE_NONE ? NULL : &first_of[alias];
        l->speaker[i] = (struct sl_listed){alias, first == NULL || *first == 0 ? i : *first};
        if (first != NULL) {
            *first = l->speaker[i].first;
        }
    }
    for (size_t i = 0; i < q->n_speaker; i++) {
        if (l->speaker[i].alias != SL_TABLE_NONE) {
            first_of[l->speaker[i].alias] = 0;
        }
    }
    return true;
}

struct sl_text sl_listed_name(const struct sl_listing *l, uint32_t speaker)
{
    return sl_is_joined(l, speaker) ? sl_alias_name(l->aliases, l->speaker[speaker].alias)
                                    : own_name(l, speaker);
}
