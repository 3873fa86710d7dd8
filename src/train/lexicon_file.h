/** A lexicon read from a table: columns entry, role, strength and class.
 *
 *  entry: one to three words. role: positive or negative (strength above 0, at most 10, 1 to 3 by custom), intensifier or
 *  diminisher (strength: what the next word's is multiplied by), negator (no strength). */
#ifndef SL_TRAIN_LEXICON_FILE_H
#define SL_TRAIN_LEXICON_FILE_H

#include "feat/lexicon.h"

/* Errors: IO, NOMEM, ROW (an unknown role, a strength out of range, an entry twice). *digest: of the
 * entries. */
enum slant_status sl_lexicon_read(const char *path, const struct sl_language *language,
                                  struct sl_lexicon *out, uint64_t *digest,
                                  struct slant_error *err);

#endif
