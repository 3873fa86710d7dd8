/* The terms of every sentence's margins. The first byte chooses whether a target is named and
 * whether the text is one line. Bias and contributions add up to the margin. */
#include "fuzz.h"

#include <math.h>

static void check_terms(const struct slant_term *term, size_t n, const struct slant_sentence *s)
{
    for (size_t i = 0; i < n; i++) {
        const struct slant_term *t = &term[i];
        LAW(t->name != NULL && strchr(t->name, ':') != NULL && t->n_span > 0);
        LAW(fabs(t->value * t->weight - t->contribution) < 1e-9);
        LAW(i == 0 || fabs(t->contribution) <= fabs(term[i - 1].contribution));
        for (size_t k = 0; k < t->n_span; k++) {
            LAW(t->span[k].begin < t->span[k].end);
            LAW(t->span[k].begin >= s->span.begin && t->span[k].end <= s->span.end);
            LAW(k == 0 || t->span[k].begin >= t->span[k - 1].begin);
        }
    }
}

static void check_sentence(struct slant_session *session, const struct slant_sentence *s,
                           const struct slant_head *head, size_t n_head)
{
    for (size_t h = 0; h < n_head; h++) {
        for (uint32_t k = 0; k < head[h].n_label; k++) {
            const struct slant_term *term;
            struct slant_error err = {0};
            size_t n;
            double margin = s->verdict[h].margin[k];
            double sum;
            LAW(slant_session_explain(session, h, k, &term, &n, &sum, &err) == SLANT_OK);
            check_terms(term, n, s);
            for (size_t i = 0; i < n; i++) {
                sum += term[i].contribution;
            }
            LAW(isfinite(margin) && fabs(sum - margin) <= 1e-9);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const alias[] = {"Norvane Systems", "Norvane"};
    struct slant_target target = {alias, 2};
    struct slant_session *session;
    const struct slant_sentence *s;
    struct slant_error err = {0};
    size_t n_head;
    const struct slant_head *head = slant_model_heads(fuzz_model(), &n_head);
    uint64_t index = 0;
    const char *text;
    if (size < 1 || size > 1024) {
        return 0;
    }
    target.n_alias = (data[0] & 1) != 0 ? 2 : 0;
    text = (const char *)data + 1;
    LAW(slant_session_new(fuzz_model(), &session, &err) == SLANT_OK);
    if ((data[0] & 2) != 0) {
        LAW(slant_session_line(session, text, size - 1, &target, &err) == SLANT_OK);
    } else {
        LAW(slant_session_article(session, text, size - 1, &target, &err) == SLANT_OK);
    }
    for (;;) {
        LAW(slant_session_next(session, &s, &err) == SLANT_OK);
        if (s == NULL) {
            break;
        }
        LAW(s->index == ++index && s->span.end <= size - 1);
        check_sentence(session, s, head, n_head);
    }
    LAW((data[0] & 2) == 0 || index == 1);
    slant_session_free(session);
    return 0;
}
