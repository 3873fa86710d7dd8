/** Scored sentences, in order, gathered into articles and a corpus. */
#ifndef SL_REPORT_GATHER_H
#define SL_REPORT_GATHER_H

#include "base/buf.h"
#include "input/articles.h"
#include "input/scored.h"
#include "judge/verdict.h"
#include "report/compare.h"
#include "report/copies.h"
#include "report/facts.h"
#include "report/roster.h"

#include <string.h>

/* A word of a sentence and what it adds to a margin: the contributions of all features that stand
 * on it, each shared out evenly over its characters. */
struct sl_word {
    uint32_t from, len; /* bytes in the sentence */
    int32_t milli;      /* thousandths of the margin */
};

/* Why a sentence has its label: margin = bias + all words (those below half a thousandth are left
 * out of word) + rest. */
struct sl_why {
    const struct sl_word *word; /* [n_word] in order */
    size_t n_word;
    double margin, bias, rest; /* rest: of features that stand on no word */
};

struct sl_evidence {
    uint32_t label; /* of the main head */
    uint16_t prob;
    uint64_t n, from, to;
    char *text;
    size_t len;
};

/* A sentence as scored, for formats that show the text. */
struct sl_kept {
    uint64_t n, from, to;
    const char *text;
    size_t len;
    uint32_t label;               /* of the main head */
    bool evidence;                /* may stand as evidence for its label, a side */
    const struct sl_why *why;     /* NULL: not asked for, or not known */
    const struct sl_text *holder; /* [n_holder] names of who says, thinks or does it */
    size_t n_holder;
};

struct sl_summary {
    struct sl_text doc, title, date, source, group;
    uint64_t n_sentence;
    uint64_t n_with_target;  /* sentences that mention the target */
    uint64_t last;           /* number of the latest sentence */
    const char *verdict;     /* NULL: the main head has no two sides */
    uint64_t copy_of;        /* number, from 1, of the article it is a near-copy of; 0: of none */
    struct sl_text original; /* that one's doc */
    struct sl_share share[SLANT_MAX_HEAD][SLANT_MAX_LABEL];
    const struct sl_evidence *evidence; /* [n_evidence] first side, then second; strongest first */
    size_t n_evidence;
    const struct sl_standpoint *speaker; /* [n_speaker], most statements first */
    size_t n_speaker;
    uint64_t unattributed;          /* statements whose speaker is unknown */
    const struct sl_kept *sentence; /* [n_sentence]; NULL unless the format keeps them */
    const uint16_t *prob;           /* [n_sentence][n_column], in ten-thousandths */
};

/* What people call an article: its title, or else its record's name. */
static inline struct sl_text sl_article_name(const struct sl_summary *s)
{
    return s->title.p != NULL ? s->title : sl_doc_name(s->doc);
}

/* How far the articles are like what the model was trained on. Calibrated probabilities say how often
 * their labels are right, so their mean, set beside the cross-validated accuracy, tells how much is
 * lost (average confidence; Garg et al. 2022, Guillory et al. 2021). */
struct sl_quality {
    double confidence; /* mean probability of the most probable label */
    double unsure;     /* share of sentences where that is below 0.5 */
    double moved;      /* the largest difference of a share from the model's prior; 0: not known */
};

/* What was read, near-copies too: sums of what each run of scoring counted. */
struct sl_reading_sums {
    bool known;                            /* false: sentences came that no run's books count */
    uint64_t n_word, n_unknown, n_invalid; /* see struct slant_counts */
    bool untold;                           /* nor does anything tell which model scored them */
    bool no_target;                        /* it is known that no record had one */
    bool targeted;                         /* it is known that one had */
};

#define SL_STRONGEST 5
/* A sentence among the strongest of all counted articles on its side. */
struct sl_strongest {
    uint32_t label;
    uint16_t prob;
    uint64_t article, number; /* both from 1: the sentence's place in the article */
    const char *name;         /* the article's: title or doc */
    size_t name_len;
    char *text; /* owned by the gatherer */
    size_t len;
};

struct sl_corpus {
    uint64_t n_article, n_sentence; /* without near-copies */
    uint64_t n_copy, n_copied;      /* near-copies, and sentences in them */
    struct sl_reading_sums reading;
    uint64_t n_empty, n_undated, n_sourceless; /* articles without a sentence, a date, a source */
    uint64_t n_with_target;                    /* articles that mention the target */
    uint64_t n_odd_date; /* of the undated: something that is no date stands there */
    struct sl_quality quality[SLANT_MAX_HEAD];
    struct sl_strongest
        strongest[2][SL_STRONGEST]; /* of side[0] and side[1], strongest first; only for
                                                       formats that keep sentences */
    size_t n_strongest[2];
    struct {
        const char *name;
        uint64_t n;
    } verdict[SL_N_STAND];
    size_t n_verdict;
    struct sl_share share[SLANT_MAX_HEAD][SLANT_MAX_LABEL];
    const struct sl_standpoint *speaker; /* [n_speaker] of all articles */
    size_t n_speaker;
    uint64_t unattributed;
    uint64_t generic; /* statements of speakers that are described, not named: not listed */
    const struct sl_facts *facts;
    enum slant_period period;
    struct sl_groups timeline, source, group;
    const char *group_key; /* what group is by; NULL: nothing */
    const char *compared;  /* "source", the period or group_key; NULL: nothing was to be compared */
    struct sl_comparison comparison;
    double design_effect; /* of the main head's shares: see judge/quantify.h */
};

/* Whether a verdict is possible: where every label is a side, no article is neutral. */
static inline bool sl_may_be(const struct sl_layout *l, size_t stand)
{
    return stand != SL_STAND_NEUTRAL || l->head[l->main].n_label > 2;
}

/* Whether corrected shares of all articles stand beside those of parts of them, with what explains them. */
static inline bool sl_has_parts(const struct sl_layout *l, const struct sl_corpus *c)
{
    return l->has_sides && c->share[l->main][0].corrected &&
           (c->timeline.n > 1 || c->source.n > 1 || c->group.n > 1);
}
extern const char sl_parts_note[];
extern const char sl_weighed_note[]; /* of speakers' verdicts */
extern const char sl_no_target_note[];
/* Appends that the shares of all articles are corrected, and what was counted, without a stop; nothing
 * where they are not. */
void sl_put_counted(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c);
/* Why nothing is compared, without a stop; NULL where something is. */
const char *sl_not_compared(const struct sl_layout *l, const struct sl_corpus *c);

/* Whether the model is clearly less sure here than it was right in cross-validation, where that is
 * known: the articles are not like its training data. */
static inline bool sl_drifted(const struct sl_layout *l, const struct sl_corpus *c, size_t h)
{
    return l->has_figures[h] && c->n_sentence > 0 &&
           c->quality[h].confidence < l->accuracy[h] - 0.05;
}

/* Whether the model hardly did better in cross-validation than one that guesses. */
static inline bool sl_guesses(const struct sl_layout *l, size_t h)
{
    return l->has_figures[h] && sl_is_guessing(l->macro_f1[h], l->head[h].n_label);
}

/* Whether so many words are unknown to the model that it can hardly tell: it learned from few rows, or
 * this is another subject or language. News on its subject has a tenth. */
static inline bool sl_unread(const struct sl_reading_sums *r)
{
    return r->known && r->n_word >= 20 && r->n_unknown * 10 >= r->n_word * 3;
}
extern const char sl_unread_note[]; /* why, without a stop */

/* Whether it is known that there is a target. */
static inline bool sl_targeted(const struct sl_corpus *c)
{
    return c->reading.targeted || c->n_with_target > 0;
}

/* Articles that have sentences, none of which mentions the target. */
static inline uint64_t sl_without_target(const struct sl_corpus *c)
{
    return sl_targeted(c) ? c->n_article - c->n_empty - c->n_with_target : 0;
}
/* Appends how many there are, of how many, and what that means, without a stop; nothing where there is none. */
void sl_put_without_target(struct sl_buf *b, const struct sl_corpus *c);

struct sl_report_tail {
    const char *model, *digest;              /* NULL: unknown */
    bool taken;                              /* lines do not tell that it scored them */
    const char *subject;                     /* of the main head; NULL: unknown */
    bool corrected;                          /* shares of several articles are */
    const struct sl_text *error_doc, *error; /* [n_error] */
    size_t n_error;
};
/* Message i, without the name of its record that most begin with. */
static inline struct sl_text sl_error_message(const struct sl_report_tail *t, size_t i)
{
    const struct sl_text doc = t->error_doc[i];
    struct sl_text message = t->error[i];
    if (message.len > doc.len + 2 && memcmp(message.p, doc.p, doc.len) == 0 &&
        memcmp(message.p + doc.len, ": ", 2) == 0) {
        message.p += doc.len + 2;
        message.len -= doc.len + 2;
    }
    return message;
}

/* How a format is written. Each call appends to b. begin may be NULL, and close where not
 * corpus_first. */
struct sl_report_format {
    bool keeps_sentences; /* wants sl_summary.sentence */
    bool corpus_first; /* what end writes goes before all articles, and what close writes after */
    void (*begin)(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt);
    void (*article)(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before);
    void (*end)(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail);
    void (*close)(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt, const struct sl_report_tail *tail);
};

struct sl_gather; /* opaque */

/* group: key of the input's groups; NULL: none. */
enum slant_status sl_gather_new(const struct slant_report_options *opt, const char *group,
                                slant_sink *sink, void *user, struct sl_gather **out,
                                struct slant_error *err);
void sl_gather_free(struct sl_gather *g);
/* subject: what the main head's stance is about; NULL: not known, or in its name. */
enum slant_status sl_gather_layout(struct sl_gather *g, const struct slant_head *head,
                                   size_t n_head, const char *subject, struct slant_error *err);
/* The heads that a sentence was scored with: the first lays them out, all others must have the same. */
enum slant_status sl_gather_heads(struct sl_gather *g, const struct sl_scored *s,
                                  struct slant_error *err);
/* Begins the article doc; a doc equal to the current one goes on where it was if `goes_on`. Before the
 * heads are laid out it has no sentence, and waits for them. */
enum slant_status sl_gather_article(struct sl_gather *g, const struct sl_scored *s, bool goes_on,
                                    struct slant_error *err);
/* why: NULL if not known. */
enum slant_status sl_gather_sentence(struct sl_gather *g, const struct sl_scored *s,
                                     const struct sl_why *why, struct slant_error *err);
enum slant_status sl_gather_error(struct sl_gather *g, const struct sl_text *doc,
                                  const struct sl_text *error, struct slant_error *err);
enum slant_status sl_gather_model(struct sl_gather *g, const char *name, const char *digest,
                                  struct slant_error *err);
/* A label's prior, of a head laid out before; unknown ones are passed over. */
void sl_gather_prior(struct sl_gather *g, const char *head, const char *label, double share);
/* How good a head is by cross-validation; figures outside of 0 to 1 are passed over. */
void sl_gather_figures(struct sl_gather *g, const char *head, double accuracy, double macro_f1);
/* Lines came that do not tell which model scored them; the one given is taken for it. */
void sl_gather_taken(struct sl_gather *g);
/* What the stance is about, told when all articles are done. */
enum slant_status sl_gather_subject(struct sl_gather *g, const char *subject,
                                    struct slant_error *err);
/* What was read of all that was gathered; without it nothing is known. */
void sl_gather_reading(struct sl_gather *g, const struct sl_reading_sums *sums);
enum slant_status sl_gather_end(struct sl_gather *g, struct slant_error *err);

extern const struct sl_report_format sl_report_text, sl_report_json, sl_report_csv,
    sl_report_markdown, sl_report_html, sl_report_svg, sl_report_csv_sentences,
    sl_report_csv_speakers, sl_report_csv_corpus_speakers, sl_report_csv_groups;

#endif
