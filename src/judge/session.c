#include "judge/session.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum slant_status slant_session_new(const struct slant_model *m, struct slant_session **out,
                                    struct slant_error *err)
{
    struct slant_session *s;
    enum slant_status status;
    if (m == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session_new: an argument is NULL");
    }
    s = calloc(1, sizeof *s);
    if (s == NULL) {
        return sl_fail_nomem(err);
    }
    s->model = m;
    s->margin = sl_array_zero(SL_QUEUE_MAX, m->n_column * sizeof *s->margin);
    status =
        s->margin == NULL ? sl_fail_nomem(err) : sl_scorer_new(m, sl_simd_best(), &s->scorer, err);
    if (status != SLANT_OK) {
        free(s->margin);
        free(s);
        return status;
    }
    for (size_t h = 0; h < m->n_head; h++) {
        s->verdict[h].prob = s->prob + m->fit[h].column;
    }
    s->sentence.verdict = s->verdict;
    *out = s;
    return SLANT_OK;
}

void slant_session_free(struct slant_session *s)
{
    if (s != NULL) {
        sl_scorer_free(s->scorer);
        free(s->margin);
        sl_explanation_free(s->explanation);
        free(s->mention.p);
        free(s->split.p);
        free(s);
    }
}

/* Leaves the session without an article: what it had may be freed, even if the next one is refused. */
static void forget(struct slant_session *s)
{
    s->text = NULL;
    s->len = 0;
    s->current = false;
    s->n_queue = s->at = 0;
}

static enum slant_status begin(struct slant_session *s, const char *text, size_t len,
                               const struct slant_target *target, bool line,
                               struct slant_error *err)
{
    if (s == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session: an argument is NULL");
    }
    forget(s);
    if (text == NULL && len > 0) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session: an argument is NULL");
    }
    if (len > SLANT_MAX_TEXT) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0, "text of %zu bytes; the limit is %zu", len,
                       SLANT_MAX_TEXT);
    }
    s->text = text == NULL ? "" : text;
    s->len = len;
    s->whole_line = line;
    s->line_done = false;
    s->index = 0;
    s->mention.n = 0;
    s->has_target = target != NULL && target->n_alias > 0;
    s->next_mention = 0;
    s->n_line = s->next_line = 0;
    sl_sentences_init(&s->sentences, s->text, line ? 0 : len, s->model->language);
    if (s->has_target) {
        enum slant_status status = sl_mentions_find(s->text, len, target, &s->mention, err);
        if (status != SLANT_OK) {
            forget(s);
            return status;
        }
    }
    return SLANT_OK;
}

enum slant_status slant_session_article(struct slant_session *s, const char *text, size_t len,
                                        const struct slant_target *target, struct slant_error *err)
{
    return begin(s, text, len, target, false, err);
}

enum slant_status slant_session_line(struct slant_session *s, const char *text, size_t len,
                                     const struct slant_target *target, struct slant_error *err)
{
    return begin(s, text, len, target, true, err);
}

enum slant_status sl_session_masked_line(struct slant_session *s, const char *text, size_t len,
                                         const struct slant_span *mask, size_t n_mask,
                                         struct slant_error *err)
{
    SL_TRY(begin(s, text, len, NULL, true, err));
    for (size_t i = 0; i < n_mask; i++) {
        if (!sl_grow(&s->mention.p, &s->mention.cap, i + 1, sizeof *s->mention.p)) {
            return sl_fail_nomem(err);
        }
        s->mention.p[s->mention.n++] = mask[i];
    }
    return SLANT_OK;
}

enum slant_status sl_session_lines(struct slant_session *s, const char *text, size_t len,
                                   const struct slant_span *line, size_t n, struct slant_error *err)
{
    SL_TRY(begin(s, text, len, NULL, true, err));
    s->line_done = true;
    s->line = line;
    s->n_line = n;
    return SLANT_OK;
}

static bool next_span(struct slant_session *s, struct slant_span *span)
{
    if (s->next_line < s->n_line) {
        *span = s->line[s->next_line++];
        return true;
    }
    if (s->whole_line) {
        if (s->line_done) {
            return false;
        }
        s->line_done = true;
        *span = (struct slant_span){0, s->len};
        return true;
    }
    return sl_sentences_next(&s->sentences, span);
}

/* The mentions that touch the item; sentences come in order, so each is passed once. */
static void take_mentions(struct slant_session *s, struct sl_item *item)
{
    size_t first = s->next_mention;
    size_t last;
    while (first < s->mention.n && s->mention.p[first].end <= item->span.begin) {
        first++;
    }
    last = first;
    while (last < s->mention.n && s->mention.p[last].begin < item->span.end) {
        last++;
    }
    s->next_mention = first;
    item->mask = s->mention.p == NULL ? NULL : s->mention.p + first;
    item->n_mask = last - first;
}

/* Reads sentences ahead and scores them. */
static bool fill_queue(struct slant_session *s)
{
    s->n_queue = s->at = 0;
    while (s->n_queue < SL_QUEUE_MAX) {
        struct sl_item *item = &s->queue[s->n_queue];
        if (!next_span(s, &item->span)) {
            break;
        }
        take_mentions(s, item);
        s->n_queue++;
        if (item->span.end - s->queue[0].span.begin >=
            (s->in_parts ? SL_ARTICLE_BYTES : SL_QUEUE_BYTES)) {
            break;
        }
    }
    return s->n_queue == 0 ||
           sl_score(s->scorer, s->text, s->len, s->queue, s->n_queue, s->in_parts, s->margin);
}

enum slant_status slant_session_next(struct slant_session *s, const struct slant_sentence **out,
                                     struct slant_error *err)
{
    const struct sl_item *item;
    double *margin;
    if (s == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session_next: an argument is NULL");
    }
    s->current = false;
    if (s->text != NULL && s->at == s->n_queue && !fill_queue(s)) {
        s->n_queue = s->at = 0;
        return sl_fail_nomem(err);
    }
    if (s->text == NULL || s->n_queue == 0) {
        *out = NULL;
        return SLANT_OK;
    }
    item = &s->queue[s->at];
    margin = s->margin + s->at++ * s->model->n_column;
    for (size_t h = 0; h < s->model->n_head; h++) {
        const struct sl_head *fit = &s->model->fit[h];
        uint32_t n_label = s->model->head[h].n_label;
        struct slant_verdict *v = &s->verdict[h];
        v->margin = margin + fit->column;
        if (!s->labels_only || !sl_model_label(fit, n_label, v->margin, &v->label)) {
            v->label = sl_model_verdict(fit, n_label, v->margin, s->prob + fit->column);
        }
    }
    s->sentence.span = item->span;
    s->sentence.index = s->whole_line && s->n_line > 0 ? 1 : ++s->index;
    s->sentence.n_mention = (uint32_t)item->n_mask;
    s->current = true;
    *out = &s->sentence;
    return SLANT_OK;
}

bool sl_session_split(struct slant_session *s, const struct slant_span **out, size_t *n)
{
    struct sl_spans *all = &s->split;
    struct slant_span span;
    all->n = 0;
    for (size_t i = 0; i < s->n_queue || next_span(s, &span); i++) {
        if (!sl_grow(&all->p, &all->cap, all->n + 1, sizeof *all->p)) {
            return false;
        }
        all->p[all->n++] = i < s->n_queue ? s->queue[i].span : span;
    }
    s->line = all->p;
    s->n_line = all->n;
    s->next_line = s->n_queue;
    *out = all->p;
    *n = all->n;
    return true;
}

void sl_session_in_parts(struct slant_session *s, sl_mark_token *mark)
{
    s->in_parts = true;
    sl_scorer_mark(s->scorer, mark);
}

bool sl_session_score(struct slant_session *s, const struct sl_item *item, size_t n, double *margin)
{
    uint64_t n_word;
    uint64_t n_unknown;
    bool ok = true;
    sl_scorer_words(s->scorer, &n_word, &n_unknown);
    s->n_word_again -= n_word;
    s->n_unknown_again -= n_unknown;
    for (size_t i = 0; ok && i < n; i++) {
        ok = sl_score_part(s->scorer, s->text, s->len, item + i, margin + i * s->model->n_column);
    }
    sl_scorer_words(s->scorer, &n_word, &n_unknown);
    s->n_word_again += n_word;
    s->n_unknown_again += n_unknown;
    return ok;
}

uint64_t slant_session_n_invalid(const struct slant_session *s)
{
    return s == NULL || s->text == NULL ? 0 : sl_utf8_count_invalid(s->text, s->len);
}

void sl_session_words(const struct slant_session *s, uint64_t *n_word, uint64_t *n_unknown)
{
    sl_scorer_words(s->scorer, n_word, n_unknown);
    *n_word -= s->n_word_again;
    *n_unknown -= s->n_unknown_again;
}
