/** Who a source is: names of a text, and what short forms and pronouns stand for. Names are never
 *  invented: a canonical name is the fullest form that stands in the text. */
#ifndef SL_QUOTE_SPEAKER_H
#define SL_QUOTE_SPEAKER_H

#include "quote/rules.h"

struct sl_speakers;
struct sl_speakers *sl_speakers_new(void);
void sl_speakers_free(struct sl_speakers *s);
void sl_speakers_begin(struct sl_speakers *s, const char *text);
/* The names of a sentence, in the order of the text. False when memory is short. */
bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c);
/* The source of attribution a (number + 1), in the sentence whose names were just read. */
bool sl_speakers_source(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source,
                        uint32_t a);
/* Sets speaker of each attribution. */
bool sl_speakers_resolve(struct sl_speakers *s, struct sl_quotes *q);
/* Lends the speakers to q. */
void sl_speakers_give(const struct sl_speakers *s, struct sl_quotes *q);

#endif
