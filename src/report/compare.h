/** Each group of articles against all others: by how much the balance of the main head (right minus left
 * mean probability) differs, and whether chance could do that. */
#ifndef SL_REPORT_COMPARE_H
#define SL_REPORT_COMPARE_H

#include "report/facts.h"

struct sl_difference {
    const struct sl_group *group;
    double difference; /* group minus rest, in shares */
    double low, high;  /* 95 %, Poisson bootstrap over articles */
    double p;          /* two-sided, articles dealt anew to groups of equal size (Fisher 1935) */
    double p_holm;     /* the same, corrected for the number of groups (Holm 1979) */
};

struct sl_comparison {
    struct sl_difference
        *item; /* [n] in the order of the groups, those of five articles or more that
                                   leave five others */
    size_t n;
    uint64_t n_left_out; /* groups of fewer articles, or that leave fewer */
    uint32_t n_permutation;
};

/* 9,999 permutations, fewer above 20,000 articles. The same articles in the same order give the same
 * figures. False when memory is short. */
bool sl_compare(const struct sl_facts *f, const struct sl_layout *l, const struct sl_groups *g,
                struct sl_comparison *out);
void sl_comparison_free(struct sl_comparison *c);

#endif
