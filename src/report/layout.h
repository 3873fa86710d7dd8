/** The heads that a report is about. */
#ifndef SL_REPORT_LAYOUT_H
#define SL_REPORT_LAYOUT_H

#include "model/model.h"

/* Which side of a head is drawn to the left (against, negative) and which to the right. */
struct sl_poles {
    bool two; /* the head has two sides */
    uint32_t left, right;
};

/* The heads of what is reported, from a model or from the first scored sentence. Owned. */
struct sl_layout {
    struct slant_head head[SLANT_MAX_HEAD];
    uint32_t column[SLANT_MAX_HEAD];
    size_t n_head;
    uint32_t n_column;
    const char *subject; /* of the main head; NULL: none, or not known before the articles */
    size_t main;         /* the head that verdicts and evidence are about: stance, else the first */
    uint32_t side[2];    /* labels of the main head */
    bool has_sides;
    struct sl_poles poles[SLANT_MAX_HEAD];
    bool has_figures[SLANT_MAX_HEAD]; /* of the model, by cross-validation: */
    double accuracy[SLANT_MAX_HEAD], macro_f1[SLANT_MAX_HEAD];
    bool has_prior[SLANT_MAX_HEAD];
    double prior[SLANT_MAX_HEAD][SLANT_MAX_LABEL]; /* see train/calibrate.h: sl_implied_prior */
};

#endif
