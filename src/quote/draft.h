/** The attributions of a text while it is read. Between the files that read sentences and those that
 *  keep what was found. */
#ifndef SL_QUOTE_DRAFT_H
#define SL_QUOTE_DRAFT_H

#include "quote/rules.h"
#include "quote/speaker.h"
#include "text/mention.h"

enum { NONE = 0 }; /* no number + 1 */

/* Content spans as found; an attribution's form a list. */
struct part {
    struct slant_span span;
    uint32_t next; /* number + 1 */
};

/* What an attribution has beside what is given out. */
struct draft {
    uint32_t first, last; /* parts, number + 1 */
};

/* A sentence, or a piece of one, and what the rules found in it. */
struct sl_piece {
    struct sl_clause clause;
    struct sl_findings findings;
    uint32_t sentence; /* its number */
};
enum { SL_PIECES = 16 };

struct sl_quoter {
    struct sl_quotes out;
    size_t cap, cap_content, cap_other;
    struct sl_spans sentence; /* where they are not given */
    struct draft *draft;
    size_t cap_draft;
    struct part *part;
    size_t n_part, cap_part;
    uint32_t *kept; /* [out.n] number + 1 after those without content went */
    size_t cap_kept;
    struct sl_quotations quotations;
    /* Pieces that are read together: each step is taken for all of them before the next one is, so that its
     * instructions are fetched once. */
    struct sl_piece piece[SL_PIECES];
    int n_piece;
    struct sl_clause *clause; /* of the piece whose attributions are taken */
    struct sl_findings *findings;
    struct sl_speakers *speakers;
    /* while reading */
    const char *text;
    size_t len;
    const struct slant_span *mention; /* [n_mention] of the target in the text to read next */
    size_t n_mention;
    const struct sl_read_token *token; /* [n_token + 1] of the same, or NULL */
    const uint16_t *mark;
    size_t n_token;
    const struct sl_read_token *known; /* the next of them */
    const uint16_t *known_mark;
    uint32_t next_quotation; /* first that does not end before the sentence */
    uint32_t floor;          /* attribution, number + 1, whose quotation may go on */
    bool transcript;         /* many of its lines begin with who speaks */
    uint32_t turn;           /* attribution, number + 1, of the one who speaks in this line */
    bool in_turn;            /* the sentence goes on with it */
    bool questioned;         /* a turn was Q: */
    size_t turn_end;         /* of the turn's last sentence so far */
    uint32_t expecting;      /* attribution, number + 1, whose content follows */
    uint32_t prior;          /* the asked one whose cue was found */
    uint32_t asked;          /* quotation, number + 1, that ends in ? or !: its cue may follow */
    uint32_t signed_quote;   /* quotation, number + 1, behind which a dash and a name stand */
};

/* A range of tokens as bytes. */
static inline struct slant_span sl_bytes_of(const struct sl_clause *c, struct sl_range r)
{
    return r.to > r.from ? (struct slant_span){c->tok[r.from].begin, c->tok[r.to - 1].end}
                         : (struct slant_span){0, 0};
}

/* Number + 1 of a new attribution; NONE when memory is short. */
uint32_t sl_draft_new(struct sl_quoter *q);
/* Each adds to the content of attribution a, number + 1. False when memory is short. */
bool sl_draft_part(struct sl_quoter *q, uint32_t a, struct slant_span span);
bool sl_draft_range(struct sl_quoter *q, uint32_t a, struct sl_range r);
bool sl_draft_own(struct sl_quoter *q, uint32_t k, uint32_t a); /* quotation k */
/* Makes of the drafts what is given out. */
bool sl_drafts_finish(struct sl_quoter *q);

#endif
