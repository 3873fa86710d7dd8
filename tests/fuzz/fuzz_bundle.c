/* A model file. Its magic, length and checksum are repaired (see src/model/bundle.h), so that the
 * checks behind them are reached. What opens must score, explain and show itself. */
#include "fuzz.h"

#include "base/bytes.h"
#include "model/bundle.h"

#include <math.h>

static void put_le64(uint8_t *p, uint64_t v)
{
    for (int i = 0; i < 8; i++) {
        p[i] = (uint8_t)(v >> 8 * i);
    }
}

static void repair(uint8_t *p, size_t size)
{
    memcpy(p, SL_BUNDLE_MAGIC, 8);
    put_le64(p + 16, size);
    put_le64(p + 24, sl_hash(p + SL_BUNDLE_HEADER, size - SL_BUNDLE_HEADER, sl_hash(p, 24, 0)));
}

static void check_verdict(const struct slant_head *head, const struct slant_verdict *v)
{
    uint32_t sum = 0;
    LAW(v->label < head->n_label);
    for (uint32_t k = 0; k < head->n_label; k++) {
        sum += v->prob[k];
        LAW(v->prob[k] <= v->prob[v->label]);
        LAW(k >= v->label || v->prob[k] < v->prob[v->label]);
    }
    LAW(sum == 10000);
}

static void use(const struct slant_model *m)
{
    static const char text[] = "The port did not ban it. Norvane's gates (2,000) are safe!";
    static const char *const alias[] = {"Norvane"};
    const struct slant_target target = {alias, 1};
    const struct slant_sentence *s;
    struct slant_session *session;
    struct fuzz_output out = {0};
    struct slant_error err = {0};
    size_t n_head;
    const struct slant_head *head = slant_model_heads(m, &n_head);
    LAW(n_head >= 1 && n_head <= SLANT_MAX_HEAD);
    LAW(slant_session_new(m, &session, &err) == SLANT_OK);
    LAW(slant_session_article(session, text, sizeof text - 1, &target, &err) == SLANT_OK);
    for (;;) {
        LAW(slant_session_next(session, &s, &err) == SLANT_OK);
        if (s == NULL) {
            break;
        }
        for (size_t h = 0; h < n_head; h++) {
            const struct slant_term *term;
            size_t n_term;
            double bias;
            check_verdict(&head[h], &s->verdict[h]);
            LAW(slant_session_explain(session, h, 0, &term, &n_term, &bias, &err) == SLANT_OK);
        }
    }
    slant_session_free(session);
    LAW(slant_inspect(m, true, 3, fuzz_sink, &out, &err) == SLANT_OK);
    out.len = 0;
    LAW(slant_inspect(m, false, 3, fuzz_sink, &out, &err) == SLANT_OK);
    free(out.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slant_model *m = NULL;
    struct slant_error err = {0};
    uint8_t *copy;
    if (size > FUZZ_MAX) {
        return 0;
    }
    if (slant_model_open_bytes(data, size, "raw", &m, &err) == SLANT_OK) {
        use(m);
        slant_model_free(m);
    } else {
        LAW(m == NULL);
        fuzz_failure(err.status, &err);
    }
    if (size < SL_BUNDLE_HEADER) {
        return 0;
    }
    copy = malloc(size);
    LAW(copy != NULL);
    memcpy(copy, data, size);
    repair(copy, size);
    m = NULL;
    if (slant_model_open_bytes(copy, size, "repaired", &m, &err) == SLANT_OK) {
        use(m);
        slant_model_free(m);
    } else {
        LAW(m == NULL);
        fuzz_failure(err.status, &err);
    }
    free(copy);
    return 0;
}
