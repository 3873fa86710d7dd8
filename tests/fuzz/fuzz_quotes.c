/* Attributions of any text: spans lie inside, cut no code point, are not empty; contents are in order
 * and apart; numbers point at what exists; the command's lines are JSON with those spans. */
#include "fuzz.h"

#include "base/utf8.h"
#include "quote/marks.h"
#include "quote/quote.h"
#include "quote/words.h"

static bool *starts;
static size_t size_of_text;

static void check_span(struct slant_span s, bool may_be_empty)
{
    LAW(s.begin <= s.end && s.end <= size_of_text);
    LAW(may_be_empty || s.begin < s.end);
    LAW(s.begin == s.end || (starts[s.begin] && starts[s.end]));
}

static bool same_span(struct slant_span a, struct slant_span b)
{
    return a.begin == b.begin && a.end == b.end;
}

static void check_attribution(const struct sl_quotes *q, size_t i)
{
    const struct sl_attribution *a = &q->attribution[i];
    check_span(a->source, true);
    check_span(a->cue, true);
    LAW(a->n_content > 0 && a->content + (size_t)a->n_content <= q->n_content);
    for (uint32_t k = 0; k < a->n_content; k++) {
        struct slant_span s = q->content[a->content + k];
        check_span(s, false);
        LAW(k == 0 || s.begin >= q->content[a->content + k - 1].end);
    }
    LAW(a->sentence < q->n_sentence && a->speaker < q->n_speaker);
    LAW(a->other + (size_t)a->n_other <= q->n_other);
    for (uint32_t k = 0; k < a->n_other; k++) {
        LAW(q->other[a->other + k] > 0 && q->other[a->other + k] < q->n_speaker);
    }
    LAW(a->outer <= i && (a->outer == 0 || i + 1 - a->outer <= SL_QUOTE_MAX_FINDING));
    LAW(a->outer == 0 || q->attribution[a->outer - 1].outer == 0);
    LAW(a->grade <= 4 && a->confidence > 0 && a->confidence <= 100);
    LAW(i == 0 || a->sentence >= q->attribution[i - 1].sentence);
}

static void check_marks(const char *text, size_t len)
{
    struct sl_quotations q = {0};
    LAW(sl_quotations_find(text, (struct slant_span){0, len}, &q));
    for (size_t i = 0; i < q.n; i++) {
        const struct sl_quotation *p = &q.p[i];
        LAW(p->begin < p->inner && p->inner < p->closer && p->closer <= p->end && p->end <= len);
        LAW(i == 0 || p->begin >= q.p[i - 1].end);
        LAW(starts[p->begin] && starts[p->inner] && starts[p->closer] && starts[p->end]);
    }
    free(q.p);
}

/* Words that are known before change nothing. */
static void check_known(const char *text, size_t len, bool line, const struct sl_quotes *want)
{
    static struct sl_quoter *other;
    struct sl_read_token *token = calloc(len + 1, sizeof *token);
    uint16_t *mark = calloc(len + 1, sizeof *mark);
    const struct sl_quotes *q;
    struct slant_error err = {0};
    size_t n = 0;
    other = other == NULL ? sl_quoter_new() : other;
    LAW(token != NULL && mark != NULL && other != NULL);
    for (size_t i = 0; i < want->n_sentence; i++) {
        struct sl_tokens it;
        struct sl_token t;
        sl_tokens_init(&it, text, want->sentence[i].begin, want->sentence[i].end, NULL, 0);
        while (n < len && sl_tokens_next(&it, &t)) {
            token[n] = (struct sl_read_token){.begin = t.begin, .len = (uint32_t)(t.end - t.begin)};
            mark[n++] = sl_qword_mark(text + t.begin, t.end - t.begin);
        }
    }
    token[n].begin = SIZE_MAX;
    sl_quoter_tokens(other, token, mark, n);
    LAW(sl_quoter_read(other, text, len, line, &sl_language_english, &q, &err) == SLANT_OK);
    LAW(q->n == want->n && q->n_content == want->n_content && q->n_speaker == want->n_speaker);
    for (size_t i = 0; i < q->n; i++) {
        const struct sl_attribution *a = &q->attribution[i];
        const struct sl_attribution *b = &want->attribution[i];
        LAW(same_span(a->source, b->source) && same_span(a->cue, b->cue));
        LAW(a->speaker == b->speaker && a->outer == b->outer && a->frame == b->frame &&
            a->kind == b->kind && a->denies == b->denies && a->confidence == b->confidence);
    }
    for (size_t i = 0; i < q->n_content; i++) {
        LAW(same_span(q->content[i], want->content[i]));
    }
    free(token);
    free(mark);
}

static void check_lines(const char *text, size_t len, size_t n_outer)
{
    const char *path = fuzz_file(text, len);
    struct slant_input in = {
        .size = sizeof in, .path = &path, .n_path = 1, .format = SLANT_FORMAT_TEXT, .n_thread = 1};
    struct slant_quotes_options opt = {.size = sizeof opt};
    struct fuzz_output out = {0};
    struct slant_error err = {0};
    const char *line;
    size_t line_len;
    size_t at = 0;
    size_t n = 0;
    enum slant_status status = slant_quotes(&in, &opt, fuzz_sink, &out, NULL, &err);
    LAW(status == SLANT_OK);
    while (fuzz_line(&out, &at, &line, &line_len)) {
        json_t *v = fuzz_json(line, line_len);
        json_t *content = json_object_get(v, "content");
        if (json_object_get(v, "error") != NULL) { /* bytes that are no text are refused whole */
            json_decref(v);
            free(out.p);
            return;
        }
        LAW(json_is_string(json_object_get(v, "speaker")));
        LAW(json_array_size(content) > 0);
        for (size_t k = 0; k < json_array_size(content); k++) {
            json_t *span = json_array_get(content, k);
            LAW(json_integer_value(json_array_get(span, 0)) <
                json_integer_value(json_array_get(span, 1)));
            LAW((size_t)json_integer_value(json_array_get(span, 1)) <= len);
        }
        json_decref(v);
        n++;
    }
    LAW(n == n_outer);
    free(out.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sl_quoter *quoter; /* one for all: what it keeps from a text must not matter */
    const struct sl_quotes *q;
    struct slant_error err = {0};
    size_t n_outer = 0;
    char *text;
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    if (quoter == NULL) {
        quoter = sl_quoter_new();
        LAW(quoter != NULL);
    }
    size_of_text = size - 1;
    text =
        malloc(size > 1 ? size - 1 : 1); /* of the exact size, so that a sanitizer sees its end */
    starts = calloc(size, sizeof *starts);
    LAW(text != NULL && starts != NULL);
    memcpy(text, data + 1, size - 1);
    for (size_t at = 0; at < size_of_text;) {
        uint32_t cp;
        starts[at] = true;
        at += sl_utf8_next(text + at, text + size_of_text, &cp);
    }
    starts[size_of_text] = true;
    check_marks(text, size_of_text);
    LAW(sl_quoter_read(quoter, text, size_of_text, data[0] & 1, &sl_language_english, &q, &err) ==
        SLANT_OK);
    for (size_t i = 0; i < q->n; i++) {
        check_attribution(q, i);
        n_outer += q->attribution[i].outer == 0;
    }
    check_known(text, size_of_text, data[0] & 1, q);
    if (!(data[0] & 1) && data[0] & 2 && fuzz_is_as_read(text, size_of_text)) {
        check_lines(text, size_of_text, n_outer);
    }
    free(starts);
    free(text);
    return 0;
}
