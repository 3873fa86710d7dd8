/** Under which names the speakers of an article are listed: as the text has them, or as a file of aliases
 *  joins them. One for each worker. */
#ifndef SL_RUN_LISTING_H
#define SL_RUN_LISTING_H

#include "input/aliases.h"
#include "input/articles.h"
#include "quote/quote.h"

struct sl_listed {
    uint32_t alias; /* number of its name; SL_TABLE_NONE: it goes by its own */
    uint32_t first; /* the first speaker of the article that is listed under the same name */
};

/* Zero-initialised, with aliases set or NULL. */
struct sl_listing {
    const struct slant_aliases *aliases;
    const struct sl_article *article;
    const struct sl_quotes *quotes;
    struct sl_listed *speaker; /* [quotes->n_speaker]; not read where there are no aliases */
    size_t cap;
    uint32_t *first_of; /* [aliases->name.n], zeros between two articles */
};

/* What stands at s in the article; p NULL where s is empty. */
static inline struct sl_text sl_text_at(const struct sl_article *a, struct slant_span s)
{
    return s.end > s.begin ? (struct sl_text){a->text.p + s.begin, s.end - s.begin}
                           : (struct sl_text){NULL, 0};
}

void sl_listing_free(struct sl_listing *l);
/* Begins an article, borrowed until the next; false when memory is short. */
bool sl_listing_read(struct sl_listing *l, const struct sl_article *a, const struct sl_quotes *q);
/* Whether a name of the file is given to the speaker. */
static inline bool sl_is_joined(const struct sl_listing *l, uint32_t speaker)
{
    return l->aliases != NULL && l->speaker[speaker].alias != SL_TABLE_NONE;
}
/* The speaker who stands for all that are listed under the same name. */
static inline uint32_t sl_first_listed(const struct sl_listing *l, uint32_t speaker)
{
    return l->aliases == NULL ? speaker : l->speaker[speaker].first;
}
/* p NULL: unknown. It lies in the article or in the aliases. */
struct sl_text sl_listed_name(const struct sl_listing *l, uint32_t speaker);

#endif
