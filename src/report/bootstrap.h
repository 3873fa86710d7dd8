/** Intervals of a corpus's shares: a Poisson bootstrap over articles, sums in integers and weights
 * from hash(article, replicate), so that the order of articles does not matter (Chamandy,
 * Muralidharan, Najmi & Naidu 2012). */
#ifndef SL_REPORT_BOOTSTRAP_H
#define SL_REPORT_BOOTSTRAP_H

#include "base/rng.h"
#include "model/model.h"

#define SL_REPLICATES 1000
#define SL_FEWEST_ARTICLES 5 /* below, an interval over articles would be a pretence */

struct sl_bootstrap {
    uint64_t *sum; /* [SL_REPLICATES][width]: probabilities, sentences, and what makes it even */
    uint32_t n_column, width;
    uint64_t n_article;
};

/* How often an article stands in each replicate, one after the other: Poisson of mean 1. */
struct sl_replicates {
    struct sl_rng rng;
};
struct sl_replicates sl_replicates_of(const char *doc, size_t len);
unsigned sl_replicates_next(struct sl_replicates *r);

bool sl_bootstrap_init(struct sl_bootstrap *b, uint32_t n_column);
void sl_bootstrap_free(struct sl_bootstrap *b);
/* sum[n_column]: an article's probabilities, in ten-thousandths, added up. */
void sl_bootstrap_add(struct sl_bootstrap *b, const char *doc, size_t len, const uint64_t *sum,
                      uint64_t n_sentence);
/* False where there are too few articles. */
bool sl_bootstrap_interval(const struct sl_bootstrap *b, uint32_t column, double *low,
                           double *high);

#endif
