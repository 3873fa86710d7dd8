/** The words of a sentence and what each adds to its label's margin. */
#ifndef SL_REPORT_WORDS_H
#define SL_REPORT_WORDS_H

#include "report/gather.h"

/* Explains the session's current sentence s of text and sums up by word. *out and what it holds are
 * the arena's. */
enum slant_status sl_words_of(struct slant_session *session, const struct slant_sentence *s,
                              const char *text, size_t head, struct sl_arena *arena,
                              const struct sl_why **out, struct slant_error *err);

#endif
