/** Attributions of a text: who (source) says, thinks or does (cue) what (content).
 *
 *  Sentences come from the text floor. In each, words are tagged by short lists, endings and what
 *  stands around them; cues and their frames come from cues.tsv; the source is the cue's subject, the
 *  content what the frame opens, up to the end of the clause. Quotations run over sentences and
 *  paragraphs and stay with the attribution that holds them. The rules follow the attribution scheme
 *  of Pareti (2012) and PolNeAR (Newell, Margolin & Ruths 2018): source, cue, content.
 *
 *  Invariants: spans lie on UTF-8 boundaries inside the text, not empty, content spans in order and
 *  apart; attributions are in order of their cues sentence by sentence, those that stand in another's
 *  content behind the others of their piece of text, at most SL_QUOTE_MAX_FINDING together. Linear in the
 *  text: a sentence beyond SL_QUOTE_MAX_TOKEN words is read in pieces. */
#ifndef SL_QUOTE_QUOTE_H
#define SL_QUOTE_QUOTE_H

#include "slant.h"
#include "text/language.h"
#include "text/token.h"

enum {
    SL_QUOTE_MAX_TOKEN = 512, /* tokens of a sentence looked at together: a piece */
    SL_QUOTE_MAX_FINDING = 64 /* attributions of a piece */
};

enum sl_quote_kind { SL_QUOTE_DIRECT, SL_QUOTE_INDIRECT, SL_QUOTE_MIXED };

struct sl_attribution {
    struct slant_span source;    /* begin == end: none is named */
    struct slant_span cue;       /* the same: a quotation that nothing introduces */
    uint32_t content, n_content; /* spans from sl_quotes.content[content] */
    uint32_t sentence;           /* number of the sentence of the cue, from 0 */
    uint32_t speaker;            /* number in sl_quotes.speaker; 0: unknown */
    uint32_t other, n_other;     /* further speakers (A and B said), from sl_quotes.other[other] */
    uint32_t outer;     /* number + 1 of the attribution whose content it stands in; 0: none */
    uint16_t lemma;     /* number + 1 of the cue in cues.tsv; 0: of another construction */
    uint8_t kind;       /* enum sl_quote_kind */
    uint8_t does;       /* enum sl_cue_kind: said, thought or done */
    uint8_t frame;      /* enum sl_complement */
    uint8_t grade;      /* of the cue's frame, 1 (reliable) to 4 */
    uint8_t confidence; /* hundredths */
    bool denies;        /* the source holds the opposite of what the content claims */
    bool negated;       /* it denies what the cue's last word does: did not back */
    bool dated;         /* its source tells of another time: X, who once opposed it, */
    bool nobody;        /* no speaker is told of it: no senator backed it, if X backs it, "Q:" */
    bool unheld;        /* nobody is told to hold it: whether X bans it, if X did */
    bool conceding;     /* despite A, X said B: a part before it is not what X says */
    bool tells;         /* its content is a clause or a quotation, not what it acts on */
};

/* Number of the speaker that is told; 0: unknown. */
static inline uint32_t sl_told_speaker(const struct sl_attribution *x)
{
    return x->nobody ? 0 : x->speaker;
}

/* Who speaks. Number 0 is the unknown speaker. */
struct sl_speaker {
    struct slant_span name; /* the fullest form in the text */
    struct slant_span of;   /* whom it speaks for, as the text tells; begin == end: not told */
    uint32_t of_speaker;    /* that one's number; 0: not known */
    uint32_t n_mention;
    bool agent;   /* a name, or the description of somebody: not "the rules" */
    bool generic; /* a description without a name in it: "the company", "officials" */
    bool named;   /* by a name, not by a description */
};

struct sl_quotes {
    struct sl_attribution *attribution; /* [n] */
    size_t n;
    struct slant_span *content; /* [n_content] */
    size_t n_content;
    const struct slant_span *sentence; /* [n_sentence] */
    size_t n_sentence;
    uint32_t *other; /* [n_other] */
    size_t n_other;
    struct sl_speaker *speaker; /* [n_speaker] */
    size_t n_speaker;
    uint32_t topic; /* the speaker that the text is about, where a name stands out; else 0 */
};

/* Scratch memory of one thread. */
struct sl_quoter;
struct sl_quoter *sl_quoter_new(void); /* NULL when memory is short */
void sl_quoter_free(struct sl_quoter *q);
/* Mentions [n] of the target in the text that is read next, in order and apart, borrowed until that is
 * done: a name that is one of them is the target, and nobody's short form (Kaspersky is not Eugene
 * Kaspersky). */
void sl_quoter_target(struct sl_quoter *q, const struct slant_span *mention, size_t n);
/* Tokens [n] of the text that is read next, in order, and what is known of each (sl_qword_mark): they spare
 * looking words up, and change nothing. Borrowed until that is done; token[n] is there too, and begins at
 * SIZE_MAX. */
void sl_quoter_tokens(struct sl_quoter *q, const struct sl_read_token *token, const uint16_t *mark,
                      size_t n);
/* Finds the attributions of text[0, len). line: the whole text is one sentence. *out is borrowed until
 * the next call. Errors: NOMEM. */
enum slant_status sl_quoter_read(struct sl_quoter *q, const char *text, size_t len, bool line,
                                 const struct sl_language *language, const struct sl_quotes **out,
                                 struct slant_error *err);

/* The same of text[range) where its sentences are known: [n], in order, inside the range. They stay the
 * caller's, as long as *out is read. */
enum slant_status sl_quoter_read_sentences(struct sl_quoter *q, const char *text,
                                           struct slant_span range,
                                           const struct slant_span *sentence, size_t n,
                                           const struct sl_quotes **out, struct slant_error *err);

const char *sl_cue_lemma(uint16_t lemma); /* "" for 0 */

#endif
