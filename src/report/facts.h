/** What is kept of each article when it is done, and the groups that timelines and tables of sources
 * are made of. */
#ifndef SL_REPORT_FACTS_H
#define SL_REPORT_FACTS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/table.h"
#include "input/json.h"
#include "judge/verdict.h"
#include "report/bootstrap.h"
#include "report/layout.h"

struct sl_share {
    double share;     /* of sentences: corrected where it says so, else the mean probability */
    double low, high; /* 95 % of it */
    bool has_interval, corrected;
    double mean;    /* mean probability */
    uint64_t count; /* sentences whose verdict is the label */
};

struct sl_fact {
    struct sl_text doc, name; /* name: the title, else doc */
    int32_t day;   /* of its date, from 1970-01-01; SL_NO_DAY: none, or none that can be read */
    bool has_date; /* something stands where its date should */
    uint32_t source, group; /* into those of sl_facts; SL_TABLE_NONE: none */
    enum sl_stand stand;
    uint64_t n_sentence;
    size_t first;     /* of its sentences in prob */
    uint32_t copy_of; /* an earlier article, of which this is not counted; SL_TABLE_NONE: counted */
};

struct sl_facts {
    struct sl_fact *fact; /* [n] in the order of the input */
    uint64_t *figure;     /* [n][2 * n_column]: sums in ten-thousandths, then counts */
    uint16_t *prob;       /* [n_sentence][n_column] */
    size_t n, n_sentence, cap_fact, cap_figure, cap_prob;
    uint32_t n_column;
    struct sl_strings source, group;
    struct sl_arena arena;
};

void sl_facts_free(struct sl_facts *f);
/* name and doc are copied; source and group: p NULL or empty: none. figure[2 * n_column],
 * prob[n_sentence][n_column]. False when memory is short. */
bool sl_facts_add(struct sl_facts *f, const struct sl_fact *fact, const struct sl_text *source,
                  const struct sl_text *group, const uint64_t *figure, const uint16_t *prob);
static inline const uint64_t *sl_facts_figure(const struct sl_facts *f, size_t i)
{
    return f->figure + i * 2 * f->n_column;
}

/* Articles that have something in common. */
struct sl_group {
    struct sl_text name;
    int32_t day;             /* first of the period; of others 0 */
    const uint32_t *article; /* [n_article] into the facts, in order */
    size_t n_article;
    uint64_t n_sentence;
    uint64_t stand[SL_N_STAND]; /* articles of each verdict */
    struct sl_share share[SL_MAX_COLUMN];
    double design_effect; /* of the main head; 1: not estimated */
};

struct sl_groups {
    struct sl_group *group; /* [n] */
    size_t n, n_left_out;   /* articles without a date, source or group, copies apart */
    uint32_t *order;
    struct sl_arena arena;
};

extern const char *const sl_period_name[]; /* "day", ... indexed by period */

/* By period, earliest first; AUTO gives the shortest with at most 31 days, 26 weeks or 60 months
 * from first to last, and *period is set to it. False when memory is short. */
bool sl_groups_by_period(const struct sl_facts *f, const struct sl_layout *l,
                         enum slant_period *period, struct sl_groups *out);
/* By source or by group, most sentences first, ties by name. */
bool sl_groups_by_source(const struct sl_facts *f, const struct sl_layout *l,
                         struct sl_groups *out);
bool sl_groups_by_group(const struct sl_facts *f, const struct sl_layout *l, struct sl_groups *out);
void sl_groups_free(struct sl_groups *g);

/* Fills a group's sums and shares from its articles. From SL_FEWEST_ARTICLES on there are
 * intervals, and shares are corrected (judge/quantify.h) where the prior is known and the head has at
 * most three labels; else they are means, with a bootstrap over articles. False when memory is short.
 */
bool sl_group_sum(const struct sl_facts *f, const struct sl_layout *l, struct sl_group *g);

/* Which period a day lies in, counted from that of 1970-01-01; weeks begin on Monday. */
int32_t sl_period_number(enum slant_period period, int32_t day);
#endif
