/** Figures of verdicts against labels, with bootstrap intervals. */
#ifndef SL_TRAIN_METRICS_H
#define SL_TRAIN_METRICS_H

#include "base/json_out.h"
#include "base/status.h"

/* Judged rows of one head. Arrays are borrowed. */
struct sl_judged {
    size_t n;
    uint32_t n_label;
    const char *const *label_name; /* [n_label] */
    const uint32_t *gold;          /* [n] */
    const uint32_t *label;         /* [n] */
    const double *prob;            /* [n][n_label] */
    const uint32_t *group;         /* [n], any numbers */
};

struct sl_label_figures {
    double precision, recall, f1; /* 0 where undefined */
    uint64_t n;                   /* rows of the label */
};

enum sl_headline { SL_ACCURACY, SL_MACRO_F1, SL_F_AVG, SL_ECE, SL_N_HEADLINE };
extern const char *const sl_headline_name[SL_N_HEADLINE];
#define SL_DEFAULT_DRAWS 1000      /* of the bootstrap */
#define SL_N_LABEL_HEADLINE SL_ECE /* the headlines that labels alone give come first */

/* Below so many groups a bootstrap over them tells nothing: intervals and p-values are left out. */
#define SL_FEWEST_GROUPS 5

struct sl_figures {
    uint64_t n, n_group;
    uint32_t n_label;
    double headline[SL_N_HEADLINE], low[SL_N_HEADLINE], high[SL_N_HEADLINE];
    double log_loss;
    double majority_accuracy, majority_macro_f1; /* of always saying the commonest label */
    struct sl_label_figures label[SLANT_MAX_LABEL];
    uint64_t confusion[SLANT_MAX_LABEL][SLANT_MAX_LABEL]; /* [gold][label] */
};

/* macro_f1: mean F1 of the labels that occur in gold. f_avg: the same without none and neutral
 * (SemEval-2016 task 6). ece: expected calibration error of the top probability over ten bins of
 * equal mass (Naeini, Cooper & Hauskrecht 2015). Intervals: 95 %, percentile, resampling whole
 * groups (Efron & Tibshirani 1993; Field & Welsh 2007); that of ece is a basic one (Davison & Hinkley 1997, 5.2), for
 * gaps of bins have no sign, so that ece leans upward (Kumar, Liang & Ma 2019), and its draws once more
 * (docs/choices.md). Each is widened to hold its figure. */
enum slant_status sl_figures_compute(const struct sl_judged *judged, unsigned n_bootstrap,
                                     uint64_t seed, struct sl_figures *out,
                                     struct slant_error *err);
/* The first headlines of the rows, row i counted times[i] times. */
void sl_label_headlines(const struct sl_judged *judged, const uint32_t *times,
                        double out[SL_N_LABEL_HEADLINE]);
/* Members of an object: the headlines, log_loss and ci. */
void sl_headlines_json(struct sl_json *j, const struct sl_figures *f);
/* Members of an object: n, groups, those, majority, per_class, confusion. */
void sl_figures_members(struct sl_json *j, const struct sl_figures *f,
                        const char *const *label_name);
void sl_figures_json(struct sl_json *j, const struct sl_figures *f, const char *const *label_name);

#endif
