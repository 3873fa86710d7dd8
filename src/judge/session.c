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
    status = sl_memo_init(&s->memo, m, err);
    if (status != SLANT_OK) {
        free(s);
        return status;
    }
    for (size_t h = 0; h < m->n_head; h++) {
        s->verdict[h].margin = s->margin + m->fit[h].column;
        s->verdict[h].prob = s->prob + m->fit[h].column;
    }
    s->sentence.verdict = s->verdict;
    *out = s;
    return SLANT_OK;
}

void slant_session_free(struct slant_session *s)
{
    if (s != NULL) {
        sl_memo_free(&s->memo);
        sl_explanation_free(s->explanation);
        free(s->mention.p);
        free(s);
    }
}

static enum slant_status begin(struct slant_session *s, const char *text, size_t len,
                               const struct slant_target *target, bool line,
                               struct slant_error *err)
{
    if (s == NULL || (text == NULL && len > 0)) {
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
    s->current = false;
    s->index = 0;
    s->mention.n = 0;
    s->next_mention = 0;
    s->n_mask = 0;
    sl_sentences_init(&s->sentences, s->text, line ? 0 : len, s->model->language);
    if (target != NULL && target->n_alias > 0) {
        enum slant_status status = sl_mentions_find(s->text, len, target, &s->mention, err);
        if (status != SLANT_OK) {
            s->len = 0;
            s->line_done = true;
            s->sentences.end = 0;
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

static bool next_span(struct slant_session *s, struct slant_span *span)
{
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

/* The mentions that touch the span; sentences come in order, so each is passed once. */
static void take_mentions(struct slant_session *s, struct slant_span span)
{
    size_t first = s->next_mention;
    size_t last;
    while (first < s->mention.n && s->mention.p[first].end <= span.begin) {
        first++;
    }
    last = first;
    while (last < s->mention.n && s->mention.p[last].begin < span.end) {
        last++;
    }
    s->next_mention = first;
    s->mask = s->mention.p == NULL ? NULL : s->mention.p + first;
    s->n_mask = last - first;
}

enum slant_status slant_session_next(struct slant_session *s, const struct slant_sentence **out,
                                     struct slant_error *err)
{
    struct slant_span span;
    if (s == NULL || out == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_session_next: an argument is NULL");
    }
    s->current = false;
    if (s->text == NULL || !next_span(s, &span)) {
        *out = NULL;
        return SLANT_OK;
    }
    take_mentions(s, span);
    if (!sl_score(&s->memo, s->text, span, s->mask, s->n_mask, s->margin)) {
        return sl_fail_nomem(err);
    }
    for (size_t h = 0; h < s->model->n_head; h++) {
        uint32_t column = s->model->fit[h].column;
        s->verdict[h].label = sl_model_verdict(&s->model->fit[h], s->model->head[h].n_label,
                                               s->margin + column, s->prob + column);
    }
    s->sentence.span = span;
    s->sentence.index = ++s->index;
    s->sentence.n_mention = (uint32_t)s->n_mask;
    s->current = true;
    *out = &s->sentence;
    return SLANT_OK;
}

uint64_t slant_session_n_invalid(const struct slant_session *s)
{
    return s == NULL || s->text == NULL ? 0 : sl_utf8_count_invalid(s->text, s->len);
}
