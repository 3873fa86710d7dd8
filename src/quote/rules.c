/* From cue words to attributions. Two passes over a sentence's tokens: first cues behind what they
 * attribute ("...," he said), then, from left to right, cues before it; what a content covers is not
 * looked at again, but for who is quoted inside it. */
#include "quote/content.h"
#include "quote/cues.h"
#include "quote/unheld.h"

/* Whether what stands before the colon at k says where, not who: LAGOS: ...; Sweden: "...," said X. */
static bool is_dateline(const struct sl_clause *c, int k)
{
    bool capitals = true;
    int i;
    for (i = 0; i < k; i++) {
        capitals = capitals && (c->tok[i].flags & TOK_UPPER) != 0;
    }
    if (capitals && sl_has(c, k - 1, SL_QC_PLACE)) {
        return true;
    }
    if (sl_tag(c, k + 1) != TAG_QO) {
        return false;
    }
    for (i = sl_close_of(c, k + 1); i > 0 && i < c->n; i++) {
        if (!(c->tok[i].flags & TOK_INQ) && sl_verb_cue(c, i) && sl_says(c, i)) {
            return true;
        }
    }
    return false;
}

/* Where the label whose name ends before k ends: Ann Roe (Leeds) (Lab): ...; Ann Roe, MP for Leeds: "..." */
static int label_goes_on(const struct sl_clause *c, int k)
{
    enum { LONGEST = 12 };
    int i = k;
    while (sl_tag(c, i) == TAG_LP) {
        while (i < c->n && i - k < LONGEST && sl_tag(c, i) != TAG_RP) {
            i++;
        }
        i++;
    }
    if (sl_tag(c, i) == TAG_COMMA) {
        while (i < c->n && i - k < LONGEST && sl_tag(c, i) != TAG_COLON &&
               !sl_finite(sl_tag(c, i))) {
            i++;
        }
        return sl_tag(c, i + 1) == TAG_QO ? i : k;
    }
    return i < c->n ? i : k;
}

/* Trump: ... */
static void headline_colon(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    int k = 0;
    struct sl_finding *f;
    struct sl_opening o = {SL_FRAME_COLON, false, -1, false};
    while (k < c->n && k < 6 && (c->tok[k].flags & TOK_CAP || c->tok[k].tag == TAG_GEN) &&
           sl_in_np(c->tok[k].tag) && !sl_has(c, k, SL_QC_LABEL)) {
        k++;
    }
    if (k == 0 || k >= 6) {
        return;
    }
    k = label_goes_on(c, k);
    if (sl_tag(c, k) != TAG_COLON || k + 2 >= c->n) {
        return;
    }
    if (is_dateline(c, k)) {
        return;
    }
    f = sl_finding_begin(r, (struct sl_range){0, k}, (struct sl_range){k, k + 1}, 0, SL_FRAME_COLON,
                         2);
    if (f == NULL) {
        return;
    }
    f->open = true;
    sl_put_part(r, f, (struct sl_range){k + 1, sl_content_end(c, k + 1, &o)});
    if (f->n_part == 0) {
        r->out->n--;
    }
}

/* "..." - X, at the end of a line */
static void dash_name(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    int e = c->n;
    int k;
    struct sl_finding *f;
    while (e > 0 && sl_tag(c, e - 1) == TAG_STOP) {
        e--;
    }
    k = e;
    while (k > 0 && e - k < 12 &&
           (sl_in_np(sl_tag(c, k - 1)) || sl_tag(c, k - 1) == TAG_COMMA ||
            sl_tag(c, k - 1) == TAG_PREP)) {
        k--;
    }
    if (k < 2 || k == e || sl_tag(c, k - 1) != TAG_DASH || sl_tag(c, k - 2) != TAG_QC ||
        !(c->tok[k].flags & TOK_CAP)) {
        return;
    }
    f = sl_finding_begin(r, (struct sl_range){k, e}, (struct sl_range){k - 1, k}, 0, SL_FRAME_COLON,
                         2);
    if (f == NULL) {
        return;
    }
    sl_put_part(r, f,
                (struct sl_range){sl_open_of(c, k - 2) < 0 ? 0 : sl_open_of(c, k - 2), k - 1});
    for (int i = k; i < e; i++) {
        c->tok[i].flags |= TOK_CUE_DONE;
    }
    if (f->n_part == 0) {
        r->out->n--;
    }
}

/* nested: finite verbs, and what is not done (would not back), alone; an infinitive in a content is rarely
 * held by anybody */
static void forward(struct sl_rules *r, int from, int to, bool inside)
{
    struct sl_clause *c = r->c;
    int k = 0;
    while (k < c->n_cue && c->cue[k] < from) {
        k++;
    }
    for (; k < c->n_cue && c->cue[k] < to; k++) {
        int i = c->cue[k];
        const struct sl_qtoken *t = &c->tok[i];
        if (t->flags & (TOK_INQ | TOK_CUE_DONE | TOK_COVERED)) {
            continue;
        }
        if (!(t->flags & (TOK_VERB_CUE | TOK_OTHER_CUE))) {
            continue;
        }
        if (t->tag == TAG_VN && sl_qword(c, i)->adjective != 0 && sl_tag(c, i + 1) == TAG_TO) {
            sl_adjective_cue_at(r, i); /* is opposed to it */
        } else if (sl_verb_cue(c, i) && (!inside || t->tag == TAG_V || t->tag == TAG_VN ||
                                         (sl_has(c, i, SL_QC_SUPPORT | SL_QC_UNSURE) &&
                                          sl_says_no(c, sl_group_start(c, i), i)))) {
            sl_verb_cue_at(r, i);
        } else if (t->tag == TAG_N && sl_qword(c, i)->noun != 0) {
            sl_noun_cue_at(r, i);
        } else if (sl_qword(c, i)->adjective != 0 && t->tag != TAG_PROP) {
            sl_adjective_cue_at(r, i);
        }
    }
}

/* officials said Huawei had denied it: what stands in an unquoted content, once more */
static void nested(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    int n = c->n;
    int n_outer = r->out->n;
    for (int i = 0; i < n_outer; i++) {
        for (int p = 0; p < r->out->p[i].n_part; p++) {
            struct sl_range part = r->out->p[i].part[p];
            int before = r->out->n;
            int kept;
            if (part.to - part.from < 4) {
                continue;
            }
            for (int k = part.from; k < part.to; k++) {
                c->tok[k].flags &= (uint8_t)~TOK_COVERED;
            }
            c->n = part.to;
            forward(r, part.from, part.to, true);
            c->n = n;
            kept = before;
            for (int k = before; k < r->out->n; k++) {
                struct sl_finding inner = r->out->p[k];
                if (!sl_is_demanded(c, &r->out->p[i], &inner)) {
                    inner.outer = i + 1;
                    inner.open = inner.expects = false;
                    r->out->p[kept++] = inner;
                }
            }
            r->out->n = kept;
            while (r->out->n > before && r->out->p[r->out->n - 1].n_part == 0) {
                r->out->n--;
            }
        }
    }
}

/* The first mark that can part a cue from what it attributes before it; c->n: none. */
static int first_parting(const struct sl_clause *c)
{
    const uint32_t parting = SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_DASH);
    int i = 0;
    if (!sl_has_mark(c, parting)) {
        return c->n;
    }
    while (i < c->n && !(parting >> c->tok[i].tag & 1)) {
        i++;
    }
    return i;
}

void sl_rules_apply(struct sl_clause *c, const struct sl_quotations *q, bool after_quotation,
                    struct sl_findings *out)
{
    struct sl_rules r = {c, q, out};
    const int parted = first_parting(c);
    out->n = 0;
    if (c->marks >> TAG_COLON & 1) {
        headline_colon(&r);
    }
    if (c->marks >> TAG_DASH & c->marks >> TAG_QC & 1) {
        dash_name(&r);
    }
    if (after_quotation) {
        sl_cue_after_quotation(&r);
    }
    for (int k = 0; k < c->n_cue; k++) {
        int i = c->cue[k];
        const struct sl_qtoken *t = &c->tok[i];
        int n;
        if (t->flags & (TOK_INQ | TOK_CUE_DONE | TOK_COVERED)) {
            continue;
        }
        if (t->flags & TOK_VERB_CUE) {
            if (i > parted) {
                sl_postponed_cue(&r, i);
            }
        } else if ((t->flags & TOK_OTHER_CUE || t->tag == TAG_PREP) &&
                   (n = sl_preposition_cue(c, i)) > 0) {
            sl_according(&r, i, n);
        } else if ((t->tag == TAG_PREP || t->tag == TAG_SUB) && t->end - t->begin == 2 &&
                   (c->text[t->begin] | 0x20) == 'a') {
            sl_as_clause(&r, i);
        }
    }
    forward(&r, 0, c->n, false);
    nested(&r);
}
