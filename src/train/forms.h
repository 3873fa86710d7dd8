/** The distinct tokens of a training, each read once: what its features are made of. */
#ifndef SL_TRAIN_FORMS_H
#define SL_TRAIN_FORMS_H

#include "base/table.h"
#include "feat/lexicon.h"

/* A token as it is written. */
struct sl_form {
    uint32_t word;     /* its stem's number, in order of sight */
    uint32_t spelling; /* the number of its folded word; SL_TABLE_NONE where it has no characters */
    struct sl_polarity polarity; /* of the word alone */
    bool negator;
};

/* A word lately read, at the place that its hash gives: most words are few. */
#define SL_RECENT_WORDS 4096
#define SL_RECENT_MAX 27
struct sl_recent {
    char word[SL_RECENT_MAX];
    uint8_t len; /* 0: free */
    uint32_t form;
};

/* Zero-initialised is empty. */
struct sl_forms {
    struct sl_form *form; /* [n] */
    uint32_t n;
    struct sl_strings word;      /* stems */
    struct sl_strings spelling;  /* folded words that characters are taken from */
    struct sl_strings character; /* n-grams of characters */
    /* the n-grams of a spelling, by their numbers; one that occurs twice stands twice */
    size_t *gram_start; /* [spelling.n + 1] into gram */
    uint32_t *gram;
    /* inside */
    struct sl_recent *recent;  /* [SL_RECENT_WORDS] */
    struct sl_strings written; /* words as they are written */
    struct sl_strings other;   /* stems of other tokens */
    uint32_t *of_written;      /* [written.n] the form */
    uint32_t *of_other;        /* [other.n] */
    size_t cap, cap_start, cap_gram, cap_written, cap_other;
};

/* The token's form; SL_TABLE_NONE when memory is short. All calls with one lexicon. */
uint32_t sl_form_of(struct sl_forms *f, struct sl_lexer *lexer, const struct sl_lexicon *lexicon,
                    const char *text, const struct sl_token *t);
void sl_forms_free(struct sl_forms *f);

#endif
