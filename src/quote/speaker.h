/** Who a source is: names of a text, and what short forms and pronouns stand for. Names are never
 *  invented: a canonical name is the fullest form that stands in the text. A pronoun goes to the
 *  nearest compatible speaker; where that is in doubt, to nobody. */
#ifndef SL_QUOTE_SPEAKER_H
#define SL_QUOTE_SPEAKER_H

#include "quote/rules.h"

enum { SL_SPEAKER_UNKNOWN = 0 };
#define SL_SPEAKER_NOMEM UINT32_MAX

struct sl_speakers;
struct sl_speakers *sl_speakers_new(void);
void sl_speakers_free(struct sl_speakers *s);
/* mention[n]: of the target, see sl_quoter_target; borrowed until the next call. */
bool sl_speakers_begin(struct sl_speakers *s, const char *text, const struct slant_span *mention,
                       size_t n);
/* The names of a sentence's unquoted words, in the order of the text. False when memory is short. */
bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c, uint32_t sentence);
/* Number of the speaker that a source names, in the sentence whose names were just read. */
uint32_t sl_speakers_find(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source);
/* The other names of a source that joins several (A, B and C): fills out[most], returns how many. */
int sl_speakers_others(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source,
                       uint32_t speaker, uint32_t *out, int most);
/* Lends the speakers to q. */
void sl_speakers_give(const struct sl_speakers *s, struct sl_quotes *q);
/* The first whose name has several words and is no body's: who is asked, in a text of questions and answers; or 0. */
uint32_t sl_speakers_interviewed(const struct sl_speakers *s);

#endif
