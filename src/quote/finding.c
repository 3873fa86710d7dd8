#include "quote/finding.h"

#include <string.h>

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
    const uint32_t before = SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DASH) | SL_TAG_BIT(TAG_COLON);
    const uint32_t behind =
        before | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_STOP);
    while (r.to > r.from && sl_tag_in(c, r.to - 1, behind)) {
        const struct sl_qtoken *t = &c->tok[r.to - 1];
        if (!sl_is_token(c, r.to - 1) || (t->tag == TAG_STOP && t->flags & TOK_INQ)) {
            break;
        }
        r.to--;
    }
    while (sl_tag_in(c, r.from, before) && r.from < r.to) {
        r.from++;
    }
    return r;
}

void sl_put_part(struct sl_rules *r, struct sl_finding *f, struct sl_range part)
{
    const uint32_t marks = SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_QC);
    struct sl_clause *c = r->c;
    part = sl_trim(c, part);
    if (part.to <= part.from || f->n_part == SL_FINDING_PART) {
        return;
    }
    f->part[f->n_part++] = part;
    sl_cover(c, part);
    if (!sl_has_mark(c, marks)) {
        return;
    }
    for (int k = part.from; k < part.to; k++) {
        if (marks >> c->tok[k].tag & 1) {
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
