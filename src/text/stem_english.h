/** Stems of English words. */
#ifndef SL_TEXT_STEM_ENGLISH_H
#define SL_TEXT_STEM_ENGLISH_H

#include <stddef.h>

/* Makes word[len], ASCII in lower case and not empty, its stem, which is never longer; gives its length. The
 * same as libstemmer 2.2's for English (Porter 2001), several times as fast. */
size_t sl_stem_english(char *word, size_t len);

#endif
