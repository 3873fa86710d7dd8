#include "run/holders.h"
#include "base/memory.h"
#include "judge/verdict.h"
#include "quote/affiliation.h"
#include "quote/words.h"
#include "run/listing.h"

#include <stdlib.h>
#include <string.h>

enum {
    NEARLY_ALL = 75,    /* hundredths of a sentence that are scored as the whole */
    MAX_STATEMENT = 16, /* of a sentence; more are left out */
    MAX_HULL = 4,       /* attributions of one statement that are scored */
    MAX_SPAN = MAX_STATEMENT * (MAX_HULL + 1) /* and what it denies */
};

/* A content span of an attribution. */
struct piece {
    struct slant_span span;
    uint32_t attribution;
};

struct sl_holders {
    struct slant_session *session;
    const struct slant_model *model;
    struct sl_quoter *quoter;
    const struct sl_quotes *quotes;
    struct sl_listing listing;
    uint64_t n_joined;   /* statements whose speaker the aliases name */
    struct piece *piece; /* [n_piece] of the article, in order */
    size_t n_piece, cap_piece;
    size_t next;                   /* the first that does not end before the sentence */
    struct sl_item item[MAX_SPAN]; /* [n_item] what is scored of the sentence beside the whole */
    size_t n_item;
    double *margin;          /* [MAX_SPAN][n_column] */
    struct slant_span *mask; /* of all items */
    size_t n_mask, cap_mask;
    struct sl_statement statement[MAX_STATEMENT];
    uint16_t prob[MAX_STATEMENT][SL_MAX_COLUMN];
    struct slant_span content[MAX_STATEMENT][SL_STATEMENT_CONTENT];
    struct slant_span hull[MAX_STATEMENT][MAX_HULL]; /* words of each attribution */
    size_t n_hull[MAX_STATEMENT];
    bool conceding[MAX_STATEMENT]; /* a part of the sentence before it is not its holder's */
    uint32_t speaker[MAX_STATEMENT];
    struct slant_span denied[MAX_STATEMENT]; /* content that its holder denies; empty: none */
    size_t n;
    bool *
        own; /* [quotes->n_speaker] the target, or one of its people. Where no target is named, what
                  the article is about stands for it */
    size_t cap_own;
    struct slant_sentence whole; /* the sentence in the light of who says it */
    struct slant_verdict verdict[SLANT_MAX_HEAD];
    uint16_t whole_prob[SL_MAX_COLUMN];
};

enum slant_status sl_holders_new(struct slant_session *session, const struct slant_aliases *aliases,
                                 struct sl_holders **out, struct slant_error *err)
{
    struct sl_holders *h = sl_array_zero(1, sizeof *h);
    if (h == NULL) {
        return sl_fail_nomem(err);
    }
    h->session = session;
    h->model = session->model;
    h->listing.aliases = aliases;
    h->quoter = sl_quoter_new();
    h->margin = sl_array(MAX_SPAN, h->model->n_column * sizeof *h->margin);
    if (h->quoter == NULL || h->margin == NULL) {
        sl_holders_free(h);
        return sl_fail_nomem(err);
    }
    sl_session_in_parts(session, sl_qword_mark);
    *out = h;
    return SLANT_OK;
}

void sl_holders_free(struct sl_holders *h)
{
    if (h != NULL) {
        sl_quoter_free(h->quoter);
        sl_listing_free(&h->listing);
        free(h->margin);
        free(h->piece);
        free(h->mask);
        free(h->own);
        free(h);
    }
}

uint64_t sl_holders_joined(struct sl_holders *h)
{
    const uint64_t n = h->n_joined;
    h->n_joined = 0;
    return n;
}

static int by_begin(const void *a, const void *b)
{
    const struct piece *x = a;
    const struct piece *y = b;
    if (x->span.begin != y->span.begin) {
        return x->span.begin < y->span.begin ? -1 : 1;
    }
    return x->attribution < y->attribution ? -1 : x->attribution > y->attribution;
}

/* They come nearly sorted; where they do not, the library sorts them. */
static void sort_pieces(struct piece *p, size_t n)
{
    enum { FEW = 16 }; /* moves of one piece */
    for (size_t i = 1; i < n; i++) {
        struct piece x = p[i];
        size_t k = i;
        while (k > 0 && i - k < FEW && by_begin(&p[k - 1], &x) > 0) {
            p[k] = p[k - 1];
            k--;
        }
        p[k] = x;
        if (k > 0 && by_begin(&p[k - 1], &x) > 0) {
            qsort(p, n, sizeof *p, by_begin);
            return;
        }
    }
}

/* Reads the article that begins with sentence s; a line is a text of its own. */
static enum slant_status read_article(struct sl_holders *h, const struct sl_article *a,
                                      struct slant_span s, struct slant_error *err)
{
    struct slant_session *session = h->session;
    const struct sl_quotes *q;
    const struct slant_span *sentence = &s;
    struct slant_span range = s;
    const struct sl_read_token *token;
    const uint16_t *mark;
    size_t n_token;
    size_t n = 1;
    if (!a->one_line) {
        range = (struct slant_span){0, a->text.len};
        if (!sl_session_split(session, &sentence, &n)) {
            return sl_fail_nomem(err);
        }
    }
    if (session->has_target) {
        sl_quoter_target(h->quoter, session->mention.p, session->mention.n);
    }
    sl_scorer_kept(session->scorer, &token, &mark, &n_token);
    sl_quoter_tokens(h->quoter, token, mark, n_token);
    SL_TRY(sl_quoter_read_sentences(h->quoter, a->text.p, range, sentence, n, &q, err));
    h->quotes = q;
    if (!sl_listing_read(&h->listing, a, q)) {
        return sl_fail_nomem(err);
    }
    h->n_piece = h->next = 0;
    if (!sl_grow(&h->piece, &h->cap_piece, q->n_content + 1, sizeof *h->piece)) {
        return sl_fail_nomem(err);
    }
    if (!sl_grow(&h->own, &h->cap_own, q->n_speaker, sizeof *h->own)) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < q->n_speaker; i++) {
        h->own[i] = session->has_target
                        ? sl_affiliated(&q->speaker[i], session->mention.p, session->mention.n)
                        : q->topic != 0 && (i == q->topic || q->speaker[i].of_speaker == q->topic);
        h->own[sl_first_listed(&h->listing, (uint32_t)i)] |= h->own[i];
    }
    for (size_t i = 0; i < q->n; i++) {
        const struct sl_attribution *x = &q->attribution[i];
        /* what seems so is said by nobody */
        if ((x->outer != 0 && (x->speaker == 0 || x->unheld)) ||
            (x->source.end == x->source.begin && x->kind != SL_QUOTE_DIRECT)) {
            continue;
        }
        for (uint32_t k = 0; k < x->n_content; k++) {
            h->piece[h->n_piece++] = (struct piece){q->content[x->content + k], (uint32_t)i};
        }
    }
    sort_pieces(h->piece, h->n_piece);
    return SLANT_OK;
}

static struct slant_span cut(struct slant_span s, struct slant_span to)
{
    s.begin = s.begin > to.begin ? s.begin : to.begin;
    s.end = s.end < to.end ? s.end : to.end;
    return s.end > s.begin ? s : (struct slant_span){0, 0};
}

static void widen(struct slant_span *hull, struct slant_span s)
{
    if (s.end > s.begin) {
        *hull = hull->end == hull->begin
                    ? s
                    : (struct slant_span){s.begin < hull->begin ? s.begin : hull->begin,
                                          s.end > hull->end ? s.end : hull->end};
    }
}

/* Of an attribution's content the first span that ends behind `at`, or n_content: a quotation can run
 * over a whole article, and is looked at in each of its sentences. */
static uint32_t content_from(const struct sl_quotes *q, const struct sl_attribution *x, size_t at)
{
    const struct slant_span *content = q->content + x->content;
    uint32_t lo = 0;
    uint32_t hi = x->n_content;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (content[mid].end <= at) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

/* What of an attribution's content stands in a sentence, as one span. */
static struct slant_span content_in(const struct sl_quotes *q, const struct sl_attribution *x,
                                    struct slant_span sentence)
{
    const struct slant_span *content = q->content + x->content;
    struct slant_span hull = {0, 0};
    for (uint32_t k = content_from(q, x, sentence.begin);
         k < x->n_content && content[k].begin < sentence.end; k++) {
        widen(&hull, cut(content[k], sentence));
    }
    return hull;
}

/* An attribution's words in a sentence: content, cue and source. */
static struct slant_span hull_in(const struct sl_quotes *q, uint32_t i, struct slant_span sentence)
{
    const struct sl_attribution *x = &q->attribution[i];
    struct slant_span hull = content_in(q, x, sentence);
    if (x->kind != SL_QUOTE_DIRECT) { /* the cue turns the content: denied, welcomed */
        widen(&hull, cut(x->cue, sentence));
        if (!x->dated) {
            widen(&hull, cut(x->source, sentence));
        }
    }
    return hull;
}

/* The attribution inside i that takes most of its content, or i: who is innermost holds it, or nobody
 * does, where the outer one only tells of it, and does not strike back at it. */
static uint32_t innermost(const struct sl_quotes *q, uint32_t i, struct slant_span sentence)
{
    const struct sl_attribution *x = &q->attribution[i];
    if (!x->tells) {
        return i;
    }
    for (size_t k = i + 1; k < q->n && k <= i + (size_t)SL_QUOTE_MAX_FINDING &&
                           q->attribution[k].sentence == x->sentence;
         k++) {
        if (q->attribution[k].outer == i + 1 &&
            (q->attribution[k].unheld ? !x->denies : q->attribution[k].speaker != 0)) {
            struct slant_span outer = content_in(q, x, sentence);
            struct slant_span inner = hull_in(q, (uint32_t)k, sentence);
            if ((inner.end - inner.begin) * 10 >= (outer.end - outer.begin) * 7) {
                return (uint32_t)k;
            }
        }
    }
    return i;
}

/* The verb of a cue, which stands last in it. */
static struct slant_span last_word(const struct sl_article *a, struct slant_span s)
{
    size_t begin = s.end;
    while (begin > s.begin && (unsigned char)a->text.p[begin - 1] > ' ') {
        begin--;
    }
    return (struct slant_span){begin, s.end};
}

static void add(struct sl_holders *h, const struct sl_article *a, uint32_t attribution,
                uint32_t speaker, uint32_t reporter, struct slant_span sentence)
{
    const struct sl_quotes *q = h->quotes;
    const struct sl_attribution *x = &q->attribution[attribution];
    size_t i = 0;
    struct slant_span hull;
    struct sl_statement *st;
    if (speaker != 0 && (x->unheld || x->nobody ||
                         !(q->speaker[speaker].agent || sl_is_joined(&h->listing, speaker)))) {
        speaker = 0; /* rules and routers hold no stance, nor does no senator, nor who might */
    }
    speaker = sl_first_listed(&h->listing, speaker);
    reporter = sl_first_listed(&h->listing, reporter);
    while (i < h->n && (speaker == 0 || h->speaker[i] != speaker)) {
        i++;
    }
    if (i == MAX_STATEMENT) {
        return;
    }
    st = &h->statement[i];
    if (i == h->n) {
        h->n++;
        h->speaker[i] = speaker;
        h->n_hull[i] = 0;
        h->conceding[i] = true;
        h->denied[i] = (struct slant_span){0, 0};
        *st = (struct sl_statement){.prob = h->prob[i], .content = h->content[i]};
        st->speaker = sl_listed_name(&h->listing, speaker);
        h->n_joined += sl_is_joined(&h->listing, speaker);
        st->generic = q->speaker[speaker].generic && !sl_is_joined(&h->listing, speaker);
        st->mention = x->source;
        if (reporter != 0 && reporter != speaker) {
            st->reporter = sl_listed_name(&h->listing, reporter);
        }
    }
    h->conceding[i] = h->conceding[i] && x->conceding;
    hull = hull_in(q, attribution, sentence);
    if (h->n_hull[i] < MAX_HULL &&
        (h->n_hull[i] == 0 || hull.begin != h->hull[i][h->n_hull[i] - 1].begin)) {
        h->hull[i][h->n_hull[i]++] = hull; /* a content in parts comes once for each */
    }
    if (x->denies) {
        widen(&h->denied[i], content_in(q, x, sentence));
        if (x->negated) {
            widen(&h->denied[i], cut(last_word(a, x->cue), sentence));
        }
    }
    for (uint32_t k = content_from(q, x, sentence.begin);
         k < x->n_content && st->n_content < SL_STATEMENT_CONTENT; k++) {
        struct slant_span s = cut(q->content[x->content + k], sentence);
        if (s.end == s.begin) {
            break;
        }
        if (st->n_content == 0 || s.begin >= h->content[i][st->n_content - 1].end) {
            h->content[i][st->n_content++] = s;
        }
    }
}

/* Puts text[span) of the article among what is scored. */
static bool ask(struct sl_holders *h, struct slant_span span)
{
    const struct sl_spans *mention = &h->session->mention;
    struct sl_item *item = &h->item[h->n_item++];
    *item = (struct sl_item){.span = span};
    for (size_t i = sl_first_behind(mention->p, mention->n, span.begin);
         i < mention->n && mention->p[i].begin < span.end; i++) {
        if (!sl_grow(&h->mask, &h->cap_mask, h->n_mask + 1, sizeof *h->mask)) {
            return false;
        }
        h->mask[h->n_mask++] = cut(mention->p[i], span);
        item->n_mask++;
    }
    return true;
}

/* Whether an attribution's words are nearly the whole sentence, whose score they share. */
static bool nearly_all(struct slant_span hull, struct slant_span sentence)
{
    return (hull.end - hull.begin) * 100 >= (sentence.end - sentence.begin) * NEARLY_ALL;
}

static bool denied(const struct sl_holders *h, size_t i)
{
    return h->denied[i].end > h->denied[i].begin;
}

/* Scores what has to be scored for the statements, at once. */
static bool score_spans(struct sl_holders *h, struct slant_span sentence)
{
    size_t n_mask = 0;
    h->n_item = h->n_mask = 0;
    for (size_t i = 0; i < h->n; i++) {
        for (size_t m = 0; m < h->n_hull[i]; m++) {
            if (!nearly_all(h->hull[i][m], sentence) && !ask(h, h->hull[i][m])) {
                return false;
            }
        }
        if (denied(h, i) && !ask(h, h->denied[i])) {
            return false;
        }
    }
    for (size_t k = 0; k < h->n_item; k++) { /* the masks stay where they are now */
        h->item[k].mask = h->mask == NULL ? NULL : h->mask + n_mask;
        n_mask += h->item[k].n_mask;
    }
    return h->n_item == 0 || sl_session_score(h->session, h->item, h->n_item, h->margin);
}

/* The probabilities [n_column] of item k. */
static void probabilities(const struct sl_holders *h, size_t k, uint16_t *prob)
{
    const struct slant_model *m = h->model;
    for (size_t i = 0; i < m->n_head; i++) {
        uint32_t column = m->fit[i].column;
        (void)sl_model_verdict(&m->fit[i], m->head[i].n_label, h->margin + k * m->n_column + column,
                               prob + column);
    }
}

/* The probabilities of the whole sentence. */
static void copy_whole(const struct sl_holders *h, const struct slant_sentence *whole,
                       uint16_t *prob)
{
    for (size_t k = 0; k < h->model->n_head; k++) {
        for (uint32_t l = 0; l < h->model->head[k].n_label; l++) {
            prob[h->model->fit[k].column + l] = whole->verdict[k].prob[l];
        }
    }
}

/* The mean over the attributions of statement i, which has several. */
static void judge_hulls(struct sl_holders *h, size_t i, size_t *item,
                        const struct slant_sentence *whole)
{
    const uint32_t n = (uint32_t)h->n_hull[i];
    uint32_t sum[SL_MAX_COLUMN] = {0};
    if (n == 0) {
        return;
    }
    for (size_t m = 0; m < n; m++) {
        uint16_t own[SL_MAX_COLUMN] = {0};
        if (nearly_all(h->hull[i][m], whole->span)) {
            copy_whole(h, whole, own);
        } else {
            probabilities(h, (*item)++, own);
        }
        for (uint32_t l = 0; l < h->model->n_column; l++) {
            sum[l] += own[l];
        }
    }
    for (size_t k = 0; k < h->model->n_head; k++) {
        const uint32_t column = h->model->fit[k].column;
        const uint32_t last = column + h->model->head[k].n_label - 1;
        uint32_t rest = 10000;
        for (uint32_t l = column; l < last; l++) {
            h->prob[i][l] = (uint16_t)(sum[l] / n);
            rest -= sum[l] / n;
        }
        h->prob[i][last] = (uint16_t)rest;
    }
}

/* Averages probabilities with the whole sentence's. */
static void average(const struct sl_holders *h, uint16_t *prob, const struct slant_sentence *whole)
{
    for (size_t k = 0; k < h->model->n_head; k++) {
        const uint32_t last = h->model->head[k].n_label - 1;
        uint16_t *own = prob + h->model->fit[k].column;
        uint32_t rest = 10000;
        for (uint32_t l = 0; l < last; l++) {
            own[l] = (uint16_t)((own[l] + whole->verdict[k].prob[l]) / 2);
            rest -= own[l];
        }
        own[last] = (uint16_t)rest;
    }
}

/* Probabilities of statement i: the mean over its attributions, averaged with the whole sentence's,
 * for the words around a statement tell of it too (measured on articles with known sides: see
 * docs/choices.md), unless it begins with a concession. *item is the next that was scored, and moves on. */
static void judge(struct sl_holders *h, size_t i, size_t *item, const struct slant_sentence *whole)
{
    if (h->n_hull[i] != 1) {
        judge_hulls(h, i, item, whole);
    } else if (!nearly_all(h->hull[i][0], whole->span)) {
        probabilities(h, (*item)++, h->prob[i]);
    } else {
        copy_whole(h, whole, h->prob[i]);
        return; /* the average would be the same */
    }
    if (!h->conceding[i]) {
        average(h, h->prob[i], whole);
    }
}

/* What statement i denies turns a stance round: probabilities of the content alone, sides swapped. Of what
 * the target's own people deny they are averaged with those it had: their denials are known to be no
 * pleas for the other side. */
static void judge_denied(struct sl_holders *h, size_t i, size_t item, bool own)
{
    uint16_t content[SL_MAX_COLUMN];
    probabilities(h, item, content);
    for (size_t k = 0; k < h->model->n_head; k++) {
        const struct slant_head *head = &h->model->head[k];
        const uint16_t *from = content + h->model->fit[k].column;
        uint16_t *prob = h->prob[i] + h->model->fit[k].column;
        uint32_t side[2];
        uint32_t rest = 10000;
        if (strncmp(head->name, "stance", 6) != 0 || !sl_sides(head, side)) {
            continue;
        }
        for (uint32_t l = 0; l < head->n_label; l++) {
            uint32_t p = from[l == side[0] ? side[1] : l == side[1] ? side[0] : l];
            p = l + 1 == head->n_label ? rest : own ? (p + prob[l]) / 2 : p;
            prob[l] = (uint16_t)p;
            rest -= p;
        }
    }
}

/* That the target or one of its people says it tells of the stance too. */
static void score_own(struct sl_holders *h, const struct sl_article *a, size_t i)
{
    const struct sl_speaker *speaker = &h->quotes->speaker[h->speaker[i]];
    h->statement[i].of_target =
        sl_text_at(a, speaker->of.end > speaker->of.begin ? speaker->of : speaker->name);
    for (size_t k = 0; k < h->model->n_head; k++) {
        const struct sl_head *fit = &h->model->fit[k];
        if (sl_model_knows_own(fit, h->model->head[k].n_label)) {
            (void)sl_model_own(fit, h->model->head[k].n_label, h->prob[i] + fit->column);
        }
    }
}

const struct slant_sentence *sl_holders_sentence(struct sl_holders *h,
                                                 const struct slant_sentence *s,
                                                 struct sl_text *of_target)
{
    size_t said = 0;
    *of_target = (struct sl_text){NULL, 0};
    for (size_t i = 0; i < h->n; i++) {
        for (size_t k = 0; h->statement[i].of_target.p != NULL && k < h->statement[i].n_content;
             k++) {
            said += h->content[i][k].end - h->content[i][k].begin;
            *of_target = of_target->p == NULL ? h->statement[i].of_target : *of_target;
        }
    }
    if (said * 2 <= s->span.end - s->span.begin) {
        *of_target = (struct sl_text){NULL, 0};
        return s;
    }
    h->whole = *s;
    h->whole.verdict = h->verdict;
    for (size_t k = 0; k < h->model->n_head; k++) {
        const struct sl_head *fit = &h->model->fit[k];
        uint32_t n_label = h->model->head[k].n_label;
        uint16_t *prob = h->whole_prob + fit->column;
        h->verdict[k] = s->verdict[k];
        h->verdict[k].prob = prob;
        memcpy(prob, s->verdict[k].prob, n_label * sizeof *prob);
        if (sl_model_knows_own(fit, n_label)) {
            h->verdict[k].label = sl_model_own(fit, n_label, prob);
        }
    }
    return &h->whole;
}

enum slant_status sl_holders_of(struct sl_holders *h, const struct sl_article *a,
                                const struct slant_sentence *s, const struct sl_statement **out,
                                size_t *n, struct slant_error *err)
{
    struct slant_span span = s->span;
    size_t item = 0;
    if (s->index == 1) {
        SL_TRY(read_article(h, a, span, err));
    }
    h->n = 0;
    while (h->next < h->n_piece && h->piece[h->next].span.end <= span.begin) {
        h->next++;
    }
    for (size_t k = h->next; k < h->n_piece && h->piece[k].span.begin < span.end; k++) {
        uint32_t outer = h->piece[k].attribution;
        uint32_t within = h->quotes->attribution[outer].outer;
        uint32_t holder;
        const struct sl_attribution *x;
        if (h->piece[k].span.end <= span.begin) {
            continue;
        }
        holder = innermost(h->quotes, outer, span);
        x = &h->quotes->attribution[holder];
        if (x->unheld) {
            add(h, a, outer, 0, 0, span);
            continue;
        }
        if (holder == outer) { /* else it comes by itself */
            add(h, a, outer, x->speaker,
                within == 0 ? 0 : h->quotes->attribution[within - 1].speaker, span);
        }
        for (uint32_t m = 0; m < x->n_other; m++) {
            add(h, a, holder, h->quotes->other[x->other + m], 0, span);
        }
    }
    if (!score_spans(h, span)) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < h->n; i++) {
        bool own = h->speaker[i] != 0 && h->own[h->speaker[i]];
        judge(h, i, &item, s);
        if (denied(h, i)) {
            judge_denied(h, i, item++, own);
        }
        if (own) {
            score_own(h, a, i);
        }
    }
    *out = h->statement;
    *n = h->n;
    return SLANT_OK;
}
