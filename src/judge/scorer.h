/** What scoring keeps at hand; between score.c and the two forms of block.h. */
#ifndef SL_JUDGE_SCORER_H
#define SL_JUDGE_SCORER_H

#include "judge/forms.h"
#include "judge/score.h"

#define SL_BLOCK_TOKENS 64
/* Each step of a block is done by parts, so that what one asks memory for comes while the other is done. */
#define SL_BLOCK_PART 32

#define NO_TAG UINT32_MAX /* no bucket has it */

_Static_assert(SL_BLOCK_TOKENS <= SL_MEMO_SLACK, "the memo has room for a block");

struct sl_negated {
    uint32_t token, feature;
};

/* Tokens of the sentences that were scored last, so that parts of these are scored without being read
 * again. */
enum { SL_KEPT_MAX = 4096 }; /* few texts have more in SL_ARTICLE_BYTES */
struct sl_kept {
    size_t n;
    struct sl_read_token token[SL_KEPT_MAX + 1]; /* one behind the last begins at SIZE_MAX */
    uint16_t mark[SL_KEPT_MAX + 1];              /* what the memo knows of each: flags */
    uint32_t number[SL_KEPT_MAX], word[SL_KEPT_MAX], bigram[SL_KEPT_MAX], trigram[SL_KEPT_MAX];
    bool negator[SL_KEPT_MAX];
    struct sl_negated negated[SL_KEPT_MAX]; /* [n_negated], by token */
    size_t n_negated;
    struct slant_span span; /* where they stand */
    bool mentions;          /* there are some, in which words may lie */
    bool all;               /* they are those of all sentences; else no part is scored by them */
    uint32_t age;           /* of the memo whose numbers they have */
};

struct sl_stretch {
    size_t n;
    struct sl_read_token token[SL_BLOCK_TOKENS];
    struct sl_key key[SL_BLOCK_TOKENS];
    uint32_t start[SL_BLOCK_TOKENS + 1]; /* [n_start] tokens that are their sentence's first */
    uint32_t n_start;
    uint32_t number[SL_BLOCK_TOKENS]; /* in the memo */
    /* features, or no_row */
    uint32_t word[SL_BLOCK_TOKENS + 1];   /* [0]: of the token before the block */
    uint32_t bigram[SL_BLOCK_TOKENS + 1]; /* ending at the token; [0] as well */
    uint32_t trigram[SL_BLOCK_TOKENS];
    uint32_t vector[SL_BLOCK_TOKENS]; /* where the model has vectors */
    uint16_t mark[SL_BLOCK_TOKENS];   /* what the memo knows of it: flags */
    uint32_t home[SL_BLOCK_TOKENS];   /* first slot where the next pair is looked up, and its tag */
    uint32_t tag[SL_BLOCK_TOKENS];
    bool negator[SL_BLOCK_TOKENS], turned[SL_BLOCK_TOKENS];
    struct sl_negated negated[SL_BLOCK_TOKENS + 1]; /* [n_negated], by token */
    uint32_t n_negated;
};

/* Sums of the sentence at hand, of rows. */
struct sl_sums {
    double word[SL_MAX_STRIDE]; /* whole numbers, far below 2^53 */
    double character[SL_MAX_STRIDE];
    double *block;   /* [SL_N_BLOCK][stride], of the other blocks, whose occurrences may be parts */
    uint32_t others; /* bit b: something stands in those of block b */
    uint32_t n_token;
};

/* A row to be added to a block's sums. */
struct sl_due {
    double n;
    uint32_t feature, block;
};
#define SL_MAX_DUE 32

/* A word as one that phrases may begin with. */
struct sl_opening_word {
    uint32_t hash;
    bool begins; /* some phrases do */
};

struct sl_scorer {
    const struct slant_model *m;
    struct sl_mixing mixing; /* of the model's pairs */
    const struct sl_forms *forms;
    struct sl_memo memo;
    struct sl_reader reader;
    struct sl_readings readings;              /* of the sentence, where the model reads places */
    struct sl_opening_word last, before_last; /* of the readings */
    struct sl_negation negation;
    struct sl_known mention; /* a masked mention, as the memo would know it */
    bool reads_all;          /* readings serve a sentence without a mention too */
    bool vectors;            /* words have vectors, wherever they stand */
    struct sl_stretch block;
    struct sl_kept kept;
    struct sl_sums sums;
    struct sl_due due[SL_MAX_DUE]; /* [n_due], in order; their memory has been asked for */
    uint32_t n_due;
    uint32_t due_block;         /* of the last */
    uint64_t n_word, n_unknown; /* since the scorer was made: words read, and those of no feature */
    double *bias;               /* [stride], zeros behind those of the columns */
};

/* What stands in a sentence by its place has been added; false when memory is short. */
bool sl_scorer_end(struct sl_scorer *s, uint32_t item);
/* Begins a sentence. */
void sl_scorer_begin(struct sl_scorer *s);
void sl_scorer_add(struct sl_scorer *s, uint32_t feature);
/* Whether the features by place have something to read in the sentence. */
static inline bool sl_scorer_reads_places(const struct sl_scorer *s, uint32_t item)
{
    return s->reads_all || (s->m->vocabulary.placed && s->reader.item[item].n_mask > 0);
}

void sl_kept_begin(struct sl_kept *kept, struct slant_span span);
/* Keeps the block's tokens. */
void sl_kept_take(struct sl_scorer *s);
/* The tokens [*from, *to) that reading text[span) would give; false where that is not sure. */
bool sl_kept_find(const struct sl_scorer *s, struct slant_span span, size_t *from, size_t *to);
/* Fills the block with those of the part [from, to) from i on, as an item of its own. */
void sl_kept_give(struct sl_scorer *s, size_t from, size_t i, size_t to);

#endif
