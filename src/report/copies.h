/** Near-copies among articles, such as one agency's text in many papers: MinHash (Broder 1997) in one
 * permutation (Li, Owen & Zhang 2012) of 64 parts over the articles' distinct word trigrams, candidates
 * by bands of four parts. Articles are near-copies if at least 0.6 of their trigrams are estimated to
 * be common (Jaccard). Of two articles as like as that 0.90 are found, of two with 0.8 in common 0.9997
 * (1 - (1 - s^4)^16). */
#ifndef SL_REPORT_COPIES_H
#define SL_REPORT_COPIES_H

#include "base/table.h"

#define SL_SKETCH_PARTS 64

struct sl_sketch {
    uint32_t least[SL_SKETCH_PARTS]; /* least hash in each part; UINT32_MAX: none */
    uint64_t word[2];                /* hashes of the two words before; 0: none yet */
};

void sl_sketch_begin(struct sl_sketch *s);
/* More of the article: words are runs of letters and digits, ASCII in lower case. */
void sl_sketch_add(struct sl_sketch *s, const char *text, size_t len);

/* The articles so far. Zero-initialised is empty. */
struct sl_copies {
    struct sl_sketch *sketch; /* [n] of articles that are no copies */
    uint32_t *article;        /* [n] their numbers */
    size_t n, cap_sketch, cap_article;
    struct sl_keys band;
    uint32_t *first; /* [band.n] into sketch: the first with that band */
    size_t cap_first;
};

void sl_copies_free(struct sl_copies *c);
/* *of: the number of the earlier article that this one is a near-copy of, or SL_TABLE_NONE. False when
 * memory is short. */
bool sl_copies_add(struct sl_copies *c, const struct sl_sketch *s, uint32_t article, uint32_t *of);

#endif
