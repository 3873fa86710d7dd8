/* What an attribution holds: parts of a sentence, quotations that run over several. */
#include "quote/draft.h"
#include "base/memory.h"

bool sl_draft_part(struct sl_quoter *q, uint32_t a, struct slant_span span)
{
    struct draft *d = &q->draft[a - 1];
    if (span.end <= span.begin) {
        return true;
    }
    if (d->last != NONE) {
        struct slant_span *last = &q->part[d->last - 1].span;
        if (span.begin <= last->end) { /* one text with it */
            last->end = span.end > last->end ? span.end : last->end;
            last->begin = span.begin < last->begin ? span.begin : last->begin;
            return true;
        }
    }
    if (!sl_grow(&q->part, &q->cap_part, q->n_part + 1, sizeof *q->part)) {
        return false;
    }
    q->part[q->n_part++] = (struct part){span, NONE};
    if (d->last == NONE) {
        d->first = (uint32_t)q->n_part;
    } else {
        q->part[d->last - 1].next = (uint32_t)q->n_part;
    }
    d->last = (uint32_t)q->n_part;
    return true;
}

uint32_t sl_draft_new(struct sl_quoter *q)
{
    if (!sl_grow(&q->out.attribution, &q->cap, q->out.n + 1, sizeof *q->out.attribution) ||
        !sl_grow(&q->draft, &q->cap_draft, q->out.n + 1, sizeof *q->draft)) {
        return NONE;
    }
    q->draft[q->out.n] = (struct draft){NONE, NONE};
    q->out.attribution[q->out.n] =
        (struct sl_attribution){.sentence = (uint32_t)q->out.n_sentence - 1};
    return (uint32_t)++q->out.n;
}

/* Quotation k and those that go on from it belong to a. */
bool sl_draft_own(struct sl_quoter *q, uint32_t k, uint32_t a)
{
    for (; k < q->quotations.n && q->quotations.p[k].owner == NONE; k++) {
        struct sl_quotation *p = &q->quotations.p[k];
        p->owner = a;
        if (!sl_draft_part(q, a, (struct slant_span){p->begin, p->end})) {
            return false;
        }
        if (!p->reopened) {
            break;
        }
    }
    return true;
}

/* The first paragraph of the quotation that k goes on with, as far back as nobody owns it. */
static uint32_t first_paragraph(const struct sl_quoter *q, uint32_t k)
{
    while (k > 0 && q->quotations.p[k - 1].reopened && q->quotations.p[k - 1].owner == NONE) {
        k--;
    }
    return k;
}

/* Paragraphs of the same quotation before k, whose cue comes now. */
static bool own_before(struct sl_quoter *q, uint32_t k, uint32_t a)
{
    for (uint32_t first = first_paragraph(q, k); first < k; first++) {
        struct sl_quotation *p = &q->quotations.p[first];
        p->owner = a;
        if (!sl_draft_part(q, a, (struct slant_span){p->begin, p->end})) {
            return false;
        }
    }
    return true;
}

/* A content's range of tokens as bytes, quotations whole where they reach over the sentence. */
bool sl_draft_range(struct sl_quoter *q, uint32_t a, struct sl_range r)
{
    const struct sl_clause *c = q->clause;
    struct slant_span span = sl_bytes_of(c, r);
    uint32_t last = UINT32_MAX;
    const bool quotes = sl_has_mark(c, SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_QC));
    for (int k = r.from; k < r.to && quotes; k++) {
        const struct sl_qtoken *t = &c->tok[k];
        if (t->tag == TAG_QO || t->tag == TAG_QC) {
            struct sl_quotation *p = &q->quotations.p[t->quotation];
            last = t->quotation;
            if (p->owner == NONE) {
                p->owner = a;
                if (t->tag == TAG_QO && !own_before(q, t->quotation, a)) {
                    return false;
                }
            }
            if (t->tag == TAG_QC && p->begin < c->span.begin && p->owner == a) {
                span.begin = p->begin < span.begin ? p->begin : span.begin;
            }
            if (t->tag == TAG_QO && p->end > span.end && p->owner == a) {
                span.end = p->end;
            }
        }
    }
    /* "A," he said. A quotation that opened before runs back to where its first paragraph began */
    if (c->begins_quoted && r.from == 0 && c->quotation < q->quotations.n) {
        uint32_t k = c->quotation;
        struct sl_quotation *p = &q->quotations.p[k];
        if (p->owner == NONE || p->owner == a) {
            p->owner = a;
            span.begin = p->begin < span.begin ? p->begin : span.begin;
            for (uint32_t first = first_paragraph(q, k); k > first;) {
                k--;
                q->quotations.p[k].owner = a;
                span.begin = q->quotations.p[k].begin;
            }
        }
    }
    if (!sl_draft_part(q, a, span)) {
        return false;
    }
    if (last != UINT32_MAX && q->quotations.p[last].reopened && q->quotations.p[last].owner == a) {
        return sl_draft_own(q, last + 1, a);
    }
    return true;
}

static uint8_t confidence(const struct sl_attribution *a, bool quoted)
{
    static const uint8_t by_grade[] = {50, 85, 70, 50, 30};
    unsigned base = by_grade[a->grade];
    if (a->source.end == a->source.begin) {
        base -= 15;
    }
    return (uint8_t)(quoted && a->grade <= 2 ? base + 10 : base);
}

/* What share of the content stands in marks. */
static uint8_t kind_of(const struct sl_quoter *q, const struct sl_attribution *a)
{
    bool all = true;
    bool any = false;
    for (uint32_t k = 0; k < a->n_content; k++) {
        struct slant_span s = q->out.content[a->content + k];
        size_t lo = 0;
        size_t hi = q->quotations.n;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (q->quotations.p[mid].end <= s.begin) {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        if (lo == q->quotations.n || q->quotations.p[lo].begin >= s.end) {
            all = false;
            continue;
        }
        any = true;
        all = all && q->quotations.p[lo].begin <= s.begin && q->quotations.p[lo].end + 1 >= s.end;
    }
    return any ? (all ? SL_QUOTE_DIRECT : SL_QUOTE_MIXED) : SL_QUOTE_INDIRECT;
}

/* A part that lies in another or reaches into it is one text with it. */
static size_t join_overlapping(struct slant_span *content, size_t n)
{
    size_t kept = n > 0;
    for (size_t k = 1; k < n; k++) {
        struct slant_span *last = &content[kept - 1];
        if (content[k].begin >= last->end) {
            content[kept++] = content[k];
        } else if (content[k].end > last->end) {
            last->end = content[k].end;
        }
    }
    return kept;
}

/* Lists of parts become runs of spans; attributions without content go. */
bool sl_drafts_finish(struct sl_quoter *q)
{
    struct sl_quotes *out = &q->out;
    size_t kept = 0;
    if (!sl_grow(&q->kept, &q->cap_kept, out->n + 1, sizeof *q->kept)) {
        return false;
    }
    if (!sl_grow(&out->content, &q->cap_content, q->n_part + 1, sizeof *out->content)) {
        return false;
    }
    for (size_t i = 0; i < out->n; i++) {
        struct sl_attribution *a = &out->attribution[i];
        a->content = (uint32_t)out->n_content;
        for (uint32_t k = q->draft[i].first; k != NONE; k = q->part[k - 1].next) {
            struct slant_span s = q->part[k - 1].span;
            uint32_t m = (uint32_t)out->n_content;
            while (m > a->content &&
                   out->content[m - 1].begin > s.begin) { /* few, nearly in order */
                out->content[m] = out->content[m - 1];
                m--;
            }
            out->content[m] = s;
            out->n_content++;
        }
        a->n_content =
            (uint32_t)join_overlapping(out->content + a->content, out->n_content - a->content);
        out->n_content = a->content + (size_t)a->n_content;
        a->outer = a->outer == NONE ? NONE : q->kept[a->outer - 1];
        q->kept[i] = a->n_content > 0 ? (uint32_t)kept + 1 : NONE;
        if (a->n_content > 0) {
            a->kind = kind_of(q, a);
            a->confidence = confidence(a, a->kind != SL_QUOTE_INDIRECT);
            if (kept < i) {
                out->attribution[kept] = *a;
            }
            kept++;
        }
    }
    out->n = kept;
    return true;
}
