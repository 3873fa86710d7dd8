/** Sentences of a text: byte spans, in order, apart, each with at least one letter or digit.
 *
 *  A sentence ends at . ! ? … with the quotes and brackets that close behind it, where the next
 *  word can start one; at a blank line; at the end of a line, unless the text is wrapped at a
 *  column, and then at a line clearly shorter than the rest; before a bullet. Abbreviations,
 *  initials, decimals and ellipses are known (lists in the language). Linear in the text. */
#ifndef SL_TEXT_SENTENCE_H
#define SL_TEXT_SENTENCE_H

#include "slant.h"
#include "text/language.h"

struct sl_sentences {
    const char *text;
    size_t at, end;
    const struct sl_language *language;
    size_t wrap_column; /* 0: lines are paragraphs; else lines about this long run on */
};

void sl_sentences_init(struct sl_sentences *it, const char *text, size_t len,
                       const struct sl_language *language);
bool sl_sentences_next(struct sl_sentences *it, struct slant_span *out);

/* The first byte from `at` on that may end a sentence or part lines. widely: sixteen bytes at a time
 * where the machine can; the answer is the same. */
size_t sl_sentence_plain_end(const char *text, size_t at, size_t end, bool widely);

#endif
