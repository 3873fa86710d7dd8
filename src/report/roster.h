/** Speakers: who is for and who against, per article and over all of them.
 *
 *  A speaker's statements in one article are counted once per sentence; over articles speakers of the
 *  same name are one, letter case aside. A speaker that is described, not named ("the company"), is another
 *  one in another article: over articles its statements are counted, not listed. So are those of unknown
 *  speakers. */
#ifndef SL_REPORT_ROSTER_H
#define SL_REPORT_ROSTER_H

#include "base/buf.h"
#include "base/table.h"
#include "input/scored.h"
#include "judge/verdict.h"

struct sl_standpoint {
    const char *name; /* len bytes */
    size_t len;
    const char *verdict; /* NULL: the head has no two sides */
    uint64_t n_statement, n_article;
    uint64_t count[SLANT_MAX_LABEL];                    /* statements whose label it is */
    double share[SLANT_MAX_LABEL];                      /* mean probabilities */
    double low[SLANT_MAX_LABEL], high[SLANT_MAX_LABEL]; /* 95 % */
    double balance, balance_low, balance_high; /* mean of the first side minus the second, 95 % */
    /* the strongest quote */
    uint32_t label;
    uint16_t prob;
    uint64_t n, from, to;
    uint64_t article, place; /* both from 1: the sentence's in the article */
    const char *doc, *text;
    size_t doc_len, text_len;
};

/* Sums of one speaker. */
struct sl_tally {
    uint64_t n_statement, n_article;
    uint64_t count[SLANT_MAX_LABEL];
    double mean[SLANT_MAX_LABEL], variance[SLANT_MAX_LABEL], third[SLANT_MAX_LABEL];
    double d, d_variance, d_third; /* of the first side minus the second */
    struct sl_standpoint quote;    /* its text is owned */
    char *name, *text, *doc;       /* the name as it is shown */
    size_t len_name, cap_name, cap_text, cap_doc;
    bool generic; /* described, not named */
};

struct sl_roster {
    struct sl_strings names;
    struct sl_tally *tally;    /* [names.n], reused when emptied */
    size_t n_made, cap;        /* tallies that hold memory */
    uint64_t unknown;          /* statements without a speaker */
    uint64_t generic;          /* of all articles: of speakers that are described */
    struct sl_standpoint *row; /* what sl_roster_rows gives */
    size_t cap_row;
    char *key; /* of the name at hand */
    size_t cap_key;
};

void sl_roster_free(struct sl_roster *r);
void sl_roster_empty(struct sl_roster *r); /* keeps its memory */
/* Adds the statements of a scored sentence, the place-th of the article-th article (from 1), to that
 * article's roster. column: of the head that verdicts are about. False when memory is short. */
bool sl_roster_add(struct sl_roster *r, const struct sl_scored *s, uint64_t article, uint64_t place,
                   uint32_t column, const struct slant_head *head, const uint32_t side[2],
                   bool has_sides);
/* Adds an article's roster to that of all articles. False when memory is short. */
bool sl_roster_join(struct sl_roster *r, const struct sl_roster *article);
/* Rows, most statements first, ties by name. Borrowed
 * until the next call. NULL when memory is short. */
const struct sl_standpoint *sl_roster_rows(struct sl_roster *r, const struct slant_head *head,
                                           const uint32_t side[2], bool has_sides, size_t *n);

#endif
