#include "report/words.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/* A term's contribution over the characters it stands on, blanks left out. False: it stands on
 * none. */
static bool spread(const struct slant_term *t, const struct slant_span *sentence, const char *text,
                   double *share)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_span; i++) {
        for (size_t at = t->span[i].begin; at < t->span[i].end; at++) {
            n += at >= sentence->begin && at < sentence->end && !is_blank(text[at]);
        }
    }
    for (size_t i = 0; n > 0 && i < t->n_span; i++) {
        for (size_t at = t->span[i].begin; at < t->span[i].end; at++) {
            if (at >= sentence->begin && at < sentence->end && !is_blank(text[at])) {
                share[at - sentence->begin] += t->contribution / (double)n;
            }
        }
    }
    return n > 0;
}

static struct sl_word *gather_words(const char *p, size_t len, const double *share,
                                    struct sl_arena *arena, size_t *n_word)
{
    struct sl_word *word = sl_arena_alloc(arena, (len / 2 + 1) * sizeof *word);
    *n_word = 0;
    for (size_t at = 0; word != NULL && at < len;) {
        double sum = 0;
        size_t begin = at;
        while (at < len && !is_blank(p[at])) {
            sum += share[at++];
        }
        if (fabs(sum) >= 0.0005) {
            word[(*n_word)++] = (struct sl_word){(uint32_t)begin, (uint32_t)(at - begin),
                                                 (int32_t)lround(sum * 1000)};
        }
        while (at < len && is_blank(p[at])) {
            at++;
        }
    }
    return word;
}

enum slant_status sl_words_of(struct slant_session *session, const struct slant_sentence *s,
                              const char *text, size_t head, struct sl_arena *arena,
                              const struct sl_why **out, struct slant_error *err)
{
    size_t len = s->span.end - s->span.begin;
    uint32_t label = s->verdict[head].label;
    const struct slant_term *term;
    size_t n_term;
    double bias;
    double *share;
    struct sl_why *why = sl_arena_alloc(arena, sizeof *why);
    SL_TRY(slant_session_explain(session, head, label, &term, &n_term, &bias, err));
    share = sl_array_zero(len, sizeof *share);
    if (why == NULL || share == NULL) {
        free(share);
        return sl_fail_nomem(err);
    }
    *why = (struct sl_why){.margin = s->verdict[head].margin[label], .bias = bias};
    for (size_t i = 0; i < n_term; i++) {
        if (!spread(&term[i], &s->span, text, share)) {
            why->rest += term[i].contribution;
        }
    }
    why->word = gather_words(text + s->span.begin, len, share, arena, &why->n_word);
    free(share);
    if (why->word == NULL) {
        return sl_fail_nomem(err);
    }
    *out = why;
    return SLANT_OK;
}
