/** A sentence as tagged tokens. What rules see of the text. */
#ifndef SL_QUOTE_CLAUSE_H
#define SL_QUOTE_CLAUSE_H

#include "quote/marks.h"
#include "quote/quote.h"
#include "quote/words.h"

#include <string.h>

enum {
    TOK_CAP = 1,        /* begins with a capital */
    TOK_INQ = 2,        /* in a quotation */
    TOK_SPACE = 4,      /* white space before it */
    TOK_COVERED = 8,    /* in a content that was found */
    TOK_UPPER = 16,     /* capitals alone */
    TOK_CUE_DONE = 32,  /* part of a cue or source that was found */
    TOK_VERB_CUE = 64,  /* tagged as a verb that is a cue */
    TOK_OTHER_CUE = 128 /* a noun or adjective that is one */
};

struct sl_qtoken {
    uint32_t begin, end; /* in the text */
    uint16_t word;
    uint8_t tag;
    uint8_t flags;
    uint32_t quotation; /* of TAG_QO and TAG_QC; TOK_WORD of what was read as a word */
};
#define TOK_WORD UINT32_MAX

/* A token whose word is still to be looked up, by its key. */
struct sl_qasked {
    uint64_t part[SL_QWORD_SHORT / 8];
    uint32_t token, number; /* number: the only one it can have */
};

enum { CLAUSE_QUOTED = 1, CLAUSE_PLAIN = 2 };

struct sl_clause {
    const char *text;
    size_t len; /* bytes of it that may be read */
    /* the next token that is known, and what of it and of those behind; the last begins at SIZE_MAX */
    const struct sl_read_token *known;
    const uint16_t *mark;
    struct slant_span span;                   /* of the sentence, or of the piece of it */
    size_t next;                              /* where the next piece begins */
    int n, n_open, n_capital, n_cue, n_asked; /* of the lists below */
    uint32_t marks;     /* bit t: a token has the tag t, of those from TAG_COMMA on */
    uint32_t quotation; /* the first that ends behind span.begin */
    unsigned words;     /* whether it has words in quotations, and outside of them */
    bool begins_quoted; /* its first token lies in a quotation */
    bool headline;      /* most words have capitals */
    struct sl_qtoken tok[SL_QUOTE_MAX_TOKEN + 2];
    uint16_t open[SL_QUOTE_MAX_TOKEN + 2];    /* tokens that sl_clause_tag looks at, in order */
    uint16_t capital[SL_QUOTE_MAX_TOKEN + 2]; /* tokens with a capital, once tagged */
    uint16_t cue[SL_QUOTE_MAX_TOKEN + 2];     /* tokens at which a rule may begin, in order */
    struct sl_qasked asked[SL_QUOTE_MAX_TOKEN + 2]; /* until sl_clause_tag */
};

/* Fills tokens from text[c->span.begin...); words whose tag can be told from themselves have it. *quotation:
 * see above, moved on. */
void sl_clause_read(struct sl_clause *c, const struct sl_quotations *q, uint32_t *quotation);
void sl_clause_tag(struct sl_clause *c);

static inline const struct sl_qword *sl_qword(const struct sl_clause *c, int i)
{
    return &sl_qwords[c->tok[i].word];
}
static inline bool sl_is_token(const struct sl_clause *c, int i)
{
    return (unsigned)i < (unsigned)c->n; /* nor below 0 */
}
/* Whether token i was read as a word: no mark, number, 's. */
static inline bool sl_is_any_word(const struct sl_clause *c, int i)
{
    return sl_is_token(c, i) && c->tok[i].quotation == TOK_WORD;
}
/* Whether token i is this word, of less than SL_QWORD_SHORT letters. */
static inline bool sl_is_word(const struct sl_clause *c, int i, const char *word)
{
    const char *text = sl_is_token(c, i) ? sl_qword(c, i)->text : "";
    return text[0] == word[0] && strncmp(text, word, SL_QWORD_SHORT) == 0;
}
/* Whether it is one of word[n], each so short. */
static inline bool sl_is_word_of(const struct sl_clause *c, int i, const char *const *word,
                                 size_t n)
{
    bool found = false;
    for (size_t k = 0; k < n; k++) {
        found = found || sl_is_word(c, i, word[k]);
    }
    return found;
}
/* Whether token i is this word, however long, as it is written. */
static inline bool sl_is_spelled(const struct sl_clause *c, int i, const char *word)
{
    const size_t len = strlen(word);
    return sl_is_token(c, i) && c->tok[i].end - c->tok[i].begin == len &&
           memcmp(c->text + c->tok[i].begin, word, len) == 0;
}
/* Whether it is one of word[n], each as it is written. */
static inline bool sl_is_one_of(const struct sl_clause *c, int i, const char *const *word, size_t n)
{
    bool found = false;
    for (size_t k = 0; k < n; k++) {
        found = found || sl_is_spelled(c, i, word[k]);
    }
    return found;
}
static inline bool sl_has(const struct sl_clause *c, int i, uint64_t classes)
{
    return sl_is_token(c, i) && (sl_qwords[c->tok[i].word].classes & classes) != 0;
}
/* Whether token i is the first of "no longer". */
static inline bool sl_is_no_longer(const struct sl_clause *c, int i)
{
    return sl_has(c, i, SL_QC_NEG) && sl_is_word(c, i + 1, "longer");
}
static inline int sl_tag(const struct sl_clause *c, int i)
{
    return sl_is_token(c, i) ? c->tok[i].tag : TAG_STOP;
}
/* Sets of tags: SL_TAG_BIT. */
static inline bool sl_tag_in(const struct sl_clause *c, int i, uint32_t set)
{
    return (set >> sl_tag(c, i) & 1) != 0;
}
/* Whether the clause has a mark of the set. */
static inline bool sl_has_mark(const struct sl_clause *c, uint32_t set)
{
    return (c->marks & set) != 0;
}

#endif
