/** What the text floor knows of a language. One file a language; a model names the one it uses. */
#ifndef SL_TEXT_LANGUAGE_H
#define SL_TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SL_LETTER_BOUNDS = 27 };
struct sl_word_list {
    const char *const *word; /* [n], sorted by strcmp, each beginning with a to z */
    size_t n;
    const uint8_t *by_letter; /* [SL_LETTER_BOUNDS] where the words of a, b, ... z begin, and n */
    const uint32_t
        *second; /* [26] bits: low five bits of what follows an a, b, ... z; 0: nothing */
    const uint32_t *length; /* [26] bits: how long the words of an a, b, ... z are */
};

struct sl_language {
    const char *name;                 /* "english", which is also libstemmer's name for it */
    struct sl_word_list title;        /* words whose point never ends a sentence: "mr" */
    struct sl_word_list abbreviation; /* words whose point may: "inc" */
    const char *const *counted;       /* [n_counted] whose point ends none before a number: "no" */
    size_t n_counted;
    struct sl_word_list starter; /* words that, capitalised, start a sentence: "the" */
    struct sl_word_list negator; /* folded words that turn what follows: "not" */
    /* false only where the stemmer would leave a folded word of two letters or more as it is */
    bool (*may_have_ending)(const char *word, size_t len);
    /* makes word[len], of ASCII alone, its stem, which is not longer, as the stemmer does; NULL: the stemmer is
     * asked, as it is for other words */
    size_t (*stem)(char *word, size_t len);
};

/* NULL where the language is unknown. */
const struct sl_language *sl_language_find(const char *name);
/* False only where no word of the list has the first two bytes of word[len], or none its length. */
static inline bool sl_word_list_may_have(const struct sl_word_list *list, const char *word,
                                         size_t len)
{
    const unsigned letter = len == 0 ? 26 : (unsigned)(unsigned char)word[0] - 'a';
    return letter < 26 && len < 32 &&
           (list->second[letter] >> (len > 1 ? word[1] & 31 : 0) & list->length[letter] >> len &
            1) != 0;
}
/* Whether word[len], which is folded, stands in the list. */
bool sl_word_list_has(const struct sl_word_list *list, const char *word, size_t len);

extern const struct sl_language sl_language_english;

#endif
