#include "quote/unheld.h"
#include "quote/finding.h"

enum { NEAR = 4 }; /* tokens at a content's start that tell that it is asked: to say whether */

bool sl_is_nobody(const struct sl_clause *c, struct sl_range source)
{
    int s = source.from;
    if (source.to <= s) {
        return false;
    }
    if (sl_has(c, s, SL_QC_NOBODY)) {
        return sl_tag(c, s + 1) != TAG_NUM; /* No 10 is a house */
    }
    /* no one, nor Ms Price, nor did Ms Price */
    return sl_has(c, s - 1, SL_QC_NOBODY) ||
           (sl_tag(c, s - 1) == TAG_AUX && sl_has(c, s - 2, SL_QC_NOBODY));
}

bool sl_is_turn(const struct sl_clause *c, struct sl_range source)
{
    for (int k = source.from; k < source.to; k++) {
        bool letter = c->tok[k].end - c->tok[k].begin == 1;
        if (!letter && !sl_has(c, k, SL_QC_TURN)) {
            return false;
        }
    }
    return source.to > source.from;
}

bool sl_is_dated(const struct sl_clause *c, struct sl_range source)
{
    int k = source.from;
    while (k < source.to && c->tok[k].tag != TAG_WH) {
        k++;
    }
    while (k < source.to && !sl_has(c, k, SL_QC_FORMER)) {
        k++;
    }
    return k < source.to;
}

bool sl_is_conceding(const struct sl_clause *c, const struct sl_finding *f)
{
    int k = sl_has(c, 0, SL_QC_CONCESSION) ? 0 : 1; /* even though */
    int begin = f->cue.from;
    if (!sl_has(c, k, SL_QC_CONCESSION) || (k == 1 && !sl_is_word(c, 0, "even"))) {
        return false;
    }
    begin = f->source.to > f->source.from && f->source.from < begin ? f->source.from : begin;
    for (int i = 0; i < f->n_part; i++) {
        begin = f->part[i].from < begin ? f->part[i].from : begin;
    }
    while (k < begin && sl_tag(c, k) != TAG_COMMA) {
        k++;
    }
    return k < begin;
}

static bool asks(const struct sl_clause *c)
{
    return c->n > 0 && c->text[c->tok[c->n - 1].begin] == '?';
}

/* Whether the clause of subject s is no fact: if X bans it, had X banned it, does X ban it? */
static bool supposed(const struct sl_clause *c, int s)
{
    int k = s - 1;
    if (k >= 0 && sl_tag(c, k) == TAG_AUX) {
        int before = sl_tag(c, k - 1);
        return (before >= TAG_COLON || before == TAG_CONJ) &&
               (sl_has(c, k, SL_QC_UNREAL) || asks(c));
    }
    while (k >= 0 && sl_tag(c, k) == TAG_ADV) {
        k--;
    }
    return sl_has(c, k, SL_QC_UNREAL);
}

/* Whether the cue says that something is not said or done. */
static bool negated(const struct sl_clause *c, const struct sl_finding *f)
{
    return sl_has(c, f->cue.to - 1, SL_QC_REFUSAL) || sl_says_no(c, f->cue.from, f->cue.to);
}

bool sl_is_silent(const struct sl_clause *c, const struct sl_finding *f)
{
    static const char *const silence[] = {"comment", "elaborate", "respond", "reply",      "answer",
                                          "discuss", "drawn",     "engage",  "interviewed"};
    int k;
    if (f->frame != SL_FRAME_TO || f->n_part == 0 || !negated(c, f)) {
        return false;
    }
    k = f->part[0].from;
    k += sl_tag(c, k) == TAG_TO;
    k += sl_has(c, k, SL_QC_BE);
    for (size_t i = 0; i < sizeof silence / sizeof silence[0]; i++) {
        if (sl_is_spelled(c, k, silence[i])) {
            return true;
        }
    }
    return false;
}

/* did not say whether, declined to say if; of a cue that is negated */
static bool left_open(const struct sl_clause *c, const struct sl_finding *f)
{
    if (f->n_part == 0) {
        return false;
    }
    for (int k = f->part[0].from; k < f->part[0].to && k - f->part[0].from < NEAR; k++) {
        if (sl_has(c, k, SL_QC_UNREAL) && sl_tag(c, k) != TAG_AUX) {
            return true;
        }
    }
    return false;
}

/* X, who once opposed it, */
static bool former(const struct sl_clause *c, const struct sl_finding *f)
{
    bool found = false;
    int k = f->cue.to - 1;
    for (; k >= 0 && f->cue.to - k < SL_AHEAD && sl_tag(c, k) != TAG_WH; k--) {
        if (k < f->cue.from && sl_tag(c, k) != TAG_ADV && sl_tag(c, k) != TAG_TIME &&
            sl_tag(c, k) != TAG_SUB) {
            return false;
        }
        found = found || sl_has(c, k, SL_QC_FORMER);
    }
    return found && sl_tag(c, k) == TAG_WH;
}

bool sl_is_demanded(const struct sl_clause *c, const struct sl_finding *outer,
                    const struct sl_finding *inner)
{
    unsigned form = sl_qword(c, inner->cue.to - 1)->form;
    for (int k = inner->cue.from; k + 1 < inner->cue.to && inner->kind == SL_CUE_DEED; k++) {
        if ((sl_is_word(c, k, "should") || sl_is_word(c, k, "must") || sl_is_word(c, k, "ought")) &&
            sl_tag(c, k) == TAG_AUX) {
            return true; /* X said that Y should have banned it */
        }
    }
    if (inner->kind == SL_CUE_DEED && outer->frame == SL_FRAME_WH &&
        sl_says_no(c, inner->cue.from, inner->cue.to)) {
        return true; /* X asked why Y had not banned it */
    }
    return sl_has(c, outer->cue.to - 1, SL_QC_DEMAND) && outer->frame == SL_FRAME_THAT &&
           inner->kind == SL_CUE_DEED && form & SL_FORM_BASE &&
           !(form & (SL_FORM_PAST | SL_FORM_THIRD));
}

/* did not say that it is safe: told, and not said; of a cue that says no */
static bool unsaid(const struct sl_clause *c, const struct sl_finding *f)
{
    return f->kind == SL_CUE_SPEECH && !f->denies &&
           (f->frame == SL_FRAME_THAT || f->frame == SL_FRAME_BARE) &&
           !sl_has(c, f->cue.to - 1, SL_QC_DENIAL);
}

/* X was accused of opposing it: a deed that others say was X's */
static bool imputed(const struct sl_clause *c, const struct sl_finding *f)
{
    const int k = f->cue.from;
    return f->kind == SL_CUE_DEED && sl_tag(c, k) == TAG_VG && sl_tag(c, k - 1) == TAG_PREP &&
           sl_tag(c, k - 2) == TAG_VN && sl_has(c, k - 2, SL_QC_BLAME);
}

/* Whether a deed of its source is told that is none, or none of now. */
static bool undone(const struct sl_clause *c, const struct sl_findings *all,
                   const struct sl_finding *f)
{
    const struct sl_finding *outer = f->outer != 0 ? &all->p[f->outer - 1] : NULL;
    if (outer != NULL && (outer->denies || (outer->kind == SL_CUE_SPEECH && negated(c, outer)))) {
        return true;
    }
    return imputed(c, f) || former(c, f);
}

bool sl_unheld(const struct sl_clause *c, const struct sl_findings *all, int i)
{
    const struct sl_finding *f = &all->p[i];
    const int cue = f->cue.to - 1;
    const bool no = sl_says_no(c, f->cue.from, f->cue.to);
    if (no && (unsaid(c, f) || sl_has(c, cue, SL_QC_UNSURE))) {
        return true; /* who does not oppose it need not be for it */
    }
    if ((no || sl_has(c, cue, SL_QC_REFUSAL)) && (left_open(c, f) || sl_is_silent(c, f))) {
        return true;
    }
    return sl_is_nobody(c, f->source) ||
           (f->source.to > f->source.from && supposed(c, f->source.from)) ||
           (f->kind == SL_CUE_DEED && undone(c, all, f));
}
