#include "quote/finding.h"

#include <string.h>

uint8_t sl_grade_of(uint16_t lemma, enum sl_complement frame)
{
    return lemma == 0 ? 0 : sl_cues[lemma - 1].grade[frame];
}

bool sl_says_no(const struct sl_clause *c, int from, int to)
{
    for (int k = from; k < to; k++) {
        if ((sl_tag(c, k) == TAG_NEG || sl_has(c, k, SL_QC_NEG)) &&
            !sl_has(c, k + 1, SL_QC_FOCUS)) {
            return true;
        }
    }
    return false;
}

bool sl_is_end(const struct sl_clause *c, int k)
{
    return k >= c->n || sl_tag(c, k) == TAG_STOP || sl_tag(c, k) == TAG_SEMI;
}

void sl_cover(struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from; k < r.to; k++) {
        c->tok[k].flags |= TOK_COVERED;
    }
}

struct sl_finding *sl_finding_begin(struct sl_rules *r, struct sl_range source, struct sl_range cue,
                                    uint16_t lemma, enum sl_complement frame, uint8_t grade)
{
    struct sl_finding *f;
    if (r->out->n == SL_QUOTE_MAX_FINDING) {
        return NULL;
    }
    f = &r->out->p[r->out->n++];
    *f = (struct sl_finding){.source = source,
                             .cue = cue,
                             .lemma = lemma,
                             .kind = lemma == 0 ? SL_CUE_SPEECH : sl_cues[lemma - 1].kind,
                             .frame = (uint8_t)frame,
                             .grade = grade};
    return f;
}

struct sl_range sl_trim(const struct sl_clause *c, struct sl_range r)
{
    while (r.to > r.from &&
           (sl_tag(c, r.to - 1) == TAG_COMMA || sl_tag(c, r.to - 1) == TAG_CONJ ||
            sl_tag(c, r.to - 1) == TAG_DASH || sl_tag(c, r.to - 1) == TAG_SEMI ||
            sl_tag(c, r.to - 1) == TAG_COLON ||
            (sl_tag(c, r.to - 1) == TAG_STOP && !(c->tok[r.to - 1].flags & TOK_INQ)))) {
        r.to--;
    }
    while (r.from < r.to && (sl_tag(c, r.from) == TAG_COMMA || sl_tag(c, r.from) == TAG_DASH ||
                             sl_tag(c, r.from) == TAG_COLON)) {
        r.from++;
    }
    return r;
}

void sl_put_part(struct sl_rules *r, struct sl_finding *f, struct sl_range part)
{
    struct sl_clause *c = r->c;
    part = sl_trim(c, part);
    if (part.to <= part.from || f->n_part == SL_FINDING_PART) {
        return;
    }
    f->part[f->n_part++] = part;
    sl_cover(c, part);
    for (int k = part.from; k < part.to; k++) {
        if (c->tok[k].tag == TAG_QO || c->tok[k].tag == TAG_QC) {
            f->quotation = (int)c->tok[k].quotation + 1;
        }
    }
}

int sl_close_of(const struct sl_clause *c, int open)
{
    for (int k = open + 1; k < c->n; k++) {
        if (c->tok[k].tag == TAG_QC && c->tok[k].quotation == c->tok[open].quotation) {
            return k;
        }
    }
    return -1;
}

int sl_open_of(const struct sl_clause *c, int close)
{
    for (int k = close - 1; k >= 0; k--) {
        if (c->tok[k].tag == TAG_QO && c->tok[k].quotation == c->tok[close].quotation) {
            return k;
        }
    }
    return -1;
}

bool sl_says(const struct sl_clause *c, int i)
{
    uint16_t lemma = i < c->n ? sl_qword(c, i)->verb : 0;
    uint8_t grade = sl_grade_of(lemma, SL_FRAME_QUOTE);
    return grade > 0 && grade <= SL_MAX_GRADE;
}
