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
    bool small = false;
    while (k < c->n && k < 6 &&
           (c->tok[k].flags & TOK_CAP || c->tok[k].tag == TAG_GEN ||
            (k > 0 && sl_has(c, k, SL_QC_TITLE))) &&
           sl_in_np(c->tok[k].tag) && !sl_has(c, k, SL_QC_LABEL)) {
        small = small || !(c->tok[k].flags & TOK_CAP || c->tok[k].tag == TAG_GEN);
        k++;
    }
    if (k == 0 || k >= 6) {
        return;
    }
    k = label_goes_on(c, k);
    if (sl_tag(c, k) != TAG_COLON || k + 2 >= c->n ||
        (small && (sl_tag(c, k + 1) != TAG_QO || !(c->tok[k - 1].flags & TOK_CAP)))) {
        return; /* Labour leader Ann Roe: "..." */
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

/* The cue at i, before what it attributes. inside a content: finite verbs, and what is not done (would not back),
 * alone; an infinitive in a content is rarely held by anybody */
static void cue_before(struct sl_rules *r, int i, bool inside)
{
    const struct sl_clause *c = r->c;
    const struct sl_qword *w = sl_qword(c, i);
    const int t = sl_tag(c, i);
    const bool adjective = w->adjective != 0 && t != TAG_PROP;
    if (sl_verb_cue(c, i)) {
        if (t == TAG_VN && adjective && sl_tag(c, i + 1) == TAG_TO) {
            sl_adjective_cue_at(r, i); /* is opposed to it */
            return;
        }
        if (!inside || t == TAG_V || t == TAG_VN ||
            (sl_has(c, i, SL_QC_SUPPORT | SL_QC_UNSURE) &&
             sl_says_no(c, sl_group_start(c, i), i))) {
            sl_verb_cue_at(r, i);
            return;
        }
    }
    if (t == TAG_N && w->noun != 0) {
        sl_noun_cue_at(r, i);
    } else if (adjective) {
        sl_adjective_cue_at(r, i);
    }
}

/* What is found, or stands in a content that is, is no cue any more. */
static bool is_done(const struct sl_clause *c, int i)
{
    return (c->tok[i].flags & (TOK_CUE_DONE | TOK_COVERED)) != 0;
}

static void cues_before(struct sl_rules *r, struct sl_range in, bool inside)
{
    const struct sl_clause *c = r->c;
    for (int k = 0; k < c->n_cue; k++) {
        const int i = c->cue[k];
        if (i >= in.from && i < in.to && !is_done(c, i)) {
            cue_before(r, i, inside);
        }
    }
}

/* Leaves those of the clause's cues that stand in a content. */
static void keep_covered(struct sl_clause *c)
{
    int left = 0;
    for (int k = 0; k < c->n_cue; k++) {
        const int i = c->cue[k];
        c->cue[left] = (uint16_t)i;
        left += (c->tok[i].flags & (TOK_CUE_DONE | TOK_COVERED)) == TOK_COVERED;
    }
    c->n_cue = left;
}

/* officials said Huawei had denied it: what stands in an unquoted content, once more */
static void nested(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    int n = c->n;
    int n_outer = r->out->n;
    if (n_outer == 0) {
        return;
    }
    keep_covered(c);
    if (c->n_cue == 0) {
        return;
    }
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
            cues_before(r, part, true);
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

/* Whether the word at i is "as". */
static bool is_as(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    return (c->text[t->begin] | 0x20) == 'a' && t->end - t->begin == 2 &&
           (t->tag == TAG_PREP || t->tag == TAG_SUB);
}

/* The cue at i, behind what it attributes. parted: a mark stands in the clause that can part the two. */
static void cue_behind(struct sl_rules *r, int i, bool parted)
{
    const uint32_t before_view =
        SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_COMMA);
    const struct sl_clause *c = r->c;
    int n;
    if (sl_verb_cue(c, i)) {
        if (parted) {
            sl_postponed_cue(r, i);
        }
        return;
    }
    n = sl_has(c, i, SL_QC_OPENER) || sl_has(c, i + 2, SL_QC_OPENER) ? sl_preposition_cue(c, i) : 0;
    if (n > 0) {
        sl_according(r, i, n);
    } else if (is_as(c, i)) {
        sl_as_clause(r, i);
    } else if (sl_tag_in(c, i - 1, before_view) && sl_is_word(c, i, "in")) {
        sl_in_view(r, i);
    }
}

/* Leaves those of the clause's cues that can stand before what they attribute, outside of quotations. */
static void cues_behind(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    const bool parted =
        sl_has_mark(c, SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_DASH));
    int left = 0;
    for (int k = 0; k < c->n_cue; k++) {
        const int i = c->cue[k];
        if (c->tok[i].flags & TOK_INQ) {
            continue;
        }
        c->cue[left] = (uint16_t)i;
        left += (c->tok[i].flags & (TOK_VERB_CUE | TOK_OTHER_CUE)) != 0;
        if (!is_done(c, i)) {
            cue_behind(r, i, parted);
        }
    }
    c->n_cue = left;
}

void sl_rules_apply(struct sl_clause *c, const struct sl_quotations *q, bool after_quotation,
                    struct sl_findings *out)
{
    struct sl_rules r = {c, q, out};
    out->n = 0;
    if (sl_has_mark(c, SL_TAG_BIT(TAG_COLON))) {
        headline_colon(&r);
    }
    if (sl_has_mark(c, SL_TAG_BIT(TAG_DASH)) && sl_has_mark(c, SL_TAG_BIT(TAG_QC))) {
        dash_name(&r);
    }
    if (after_quotation) {
        sl_cue_after_quotation(&r);
    }
    cues_behind(&r);
    cues_before(&r, (struct sl_range){0, c->n}, false);
    nested(&r);
}
