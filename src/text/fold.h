/** Case folding of one word: Unicode default folding, composed (utf8proc), one kind of apostrophe.
 */
#ifndef SL_TEXT_FOLD_H
#define SL_TEXT_FOLD_H

#include <stddef.h>

#define SL_FOLD_MAX \
    192                /* bytes a folded word can take: the longest word read, grown by folding \
                         */
#define SL_WORD_MAX 64 /* bytes of a word that are read; the rest is ignored */

/* Writes the folded form of p[0, len) to out and returns its length. */
size_t sl_fold(const char *p, size_t len, char out[SL_FOLD_MAX]);
/* The letters of a word without their marks, small and ASCII (José: jose), into out[SL_FOLD_BASE]. 0 where
 * that is not all it takes, or there is no room. */
#define SL_FOLD_BASE 24
size_t sl_fold_base(const char *p, size_t len, char out[SL_FOLD_BASE]);

#endif
