/* Sentences, tokens, folding and mentions. The first byte is the length of a target's spelling,
 * which follows; the rest is the text. Spans lie in order, inside, and cut no code point. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/chars.h"
#include "text/fold.h"
#include "text/mention.h"
#include "text/scan.h"
#include "text/sentence.h"
#include "text/token.h"

/* Whether a code point begins at each byte, and at the end. */
static bool *boundaries(const char *text, size_t len)
{
    bool *starts = calloc(len + 1, sizeof *starts);
    LAW(starts != NULL);
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        size_t n = sl_utf8_next(text + at, text + len, &cp);
        LAW(n >= 1 && n <= len - at);
        starts[at] = true;
        at += n;
    }
    starts[len] = true;
    return starts;
}

/* Vector instructions and the table class bytes alike. */
static void check_scan(const char *text, size_t len)
{
    static struct sl_scan plain;
    static struct sl_scan fast;
    len = len < SL_SCAN_MAX ? len : SL_SCAN_MAX;
    sl_scan(SL_SIMD_NONE, text, len, &plain);
    for (int simd = SL_SIMD_SSE2; simd <= (int)sl_simd_best(); simd++) {
        sl_scan((enum sl_simd)simd, text, len, &fast);
        LAW(plain.n_edge == fast.n_edge && plain.n_care == fast.n_care);
        LAW(memcmp(plain.edge, fast.edge, plain.n_edge * sizeof *plain.edge) == 0);
        LAW(memcmp(plain.care, fast.care, plain.n_care * sizeof *plain.care) == 0);
    }
}

static bool has_word(const char *text, size_t begin, size_t end)
{
    while (begin < end) {
        uint32_t cp;
        begin += sl_utf8_next(text + begin, text + end, &cp);
        if (sl_char_in_word(sl_char_kind(cp))) {
            return true;
        }
    }
    return false;
}

static bool has_letter(const char *text, size_t begin, size_t end)
{
    while (begin < end) {
        uint32_t cp;
        enum sl_char_kind kind;
        begin += sl_utf8_next(text + begin, text + end, &cp);
        kind = sl_char_kind(cp);
        if (kind == SL_CHAR_UPPER || kind == SL_CHAR_LOWER) {
            return true;
        }
    }
    return false;
}

static void check_fold(const char *p, size_t len)
{
    char out[SL_FOLD_MAX];
    size_t n = sl_fold(p, len, out);
    LAW(n <= SL_FOLD_MAX && (n > 0) == (len > 0));
    LAW(sl_utf8_count_invalid(out, n) == 0);
}

/* Tokens of text[begin, end); counts those that are mentions. */
static size_t check_tokens(const char *text, const bool *starts, size_t begin, size_t end,
                           const struct sl_spans *mask)
{
    struct sl_tokens it;
    struct sl_token t;
    size_t last_begin = begin;
    size_t last_end = begin;
    size_t hashtag_end = 0;
    size_t n_mention = 0;
    sl_tokens_init(&it, text, begin, end, mask->p, mask->n);
    while (sl_tokens_next(&it, &t)) {
        LAW(t.begin < t.end && t.begin >= begin && t.end <= end);
        LAW(starts[t.begin] && starts[t.end]);
        LAW(t.begin >= last_begin);
        LAW(t.begin >= last_end || t.begin < hashtag_end);
        if (t.kind == SL_TOKEN_HASHTAG) {
            hashtag_end = t.end;
            last_end = t.begin + 1;
        } else {
            last_end = t.end;
        }
        last_begin = t.begin;
        n_mention += t.kind == SL_TOKEN_MENTION;
        LAW(t.kind != SL_TOKEN_WORD || has_word(text, t.begin, t.end));
        check_fold(text + t.begin, t.end - t.begin);
    }
    return n_mention;
}

static void find_mentions(const char *text, size_t len, const char *alias, const bool *starts,
                          struct sl_spans *out)
{
    const struct slant_target target = {&alias, 1};
    struct slant_error err = {0};
    enum slant_status status = sl_mentions_find(text, len, &target, out, &err);
    if (status != SLANT_OK) {
        LAW(status == SLANT_ERR_ARG && out->n == 0);
        fuzz_failure(status, &err);
    }
    for (size_t i = 0; i < out->n; i++) {
        LAW(out->p[i].begin < out->p[i].end && out->p[i].end <= len);
        LAW(i == 0 || out->p[i].begin >= out->p[i - 1].end);
        LAW(starts[out->p[i].begin] && starts[out->p[i].end]);
    }
}

static void check_sentences(const char *text, size_t len, const bool *starts,
                            const struct sl_spans *mention)
{
    struct sl_sentences it;
    struct slant_span span;
    size_t last = 0;
    sl_sentences_init(&it, text, len, &sl_language_english);
    while (sl_sentences_next(&it, &span)) {
        LAW(span.begin >= last && span.begin < span.end && span.end <= len);
        LAW(starts[span.begin] && starts[span.end]);
        LAW(has_word(text, span.begin, span.end));
        LAW(!has_letter(text, last, span.begin)); /* nothing is lost; the digits of a bullet may */
        (void)check_tokens(text, starts, span.begin, span.end, mention);
        last = span.end;
    }
    LAW(!has_letter(text, last, len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sl_spans mention = {0};
    char alias[64] = "";
    size_t alias_len;
    char *text;
    bool *starts;
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    alias_len = data[0] % 32;
    alias_len = alias_len < size - 1 ? alias_len : size - 1;
    memcpy(alias, data + 1, alias_len);
    size -= 1 + alias_len;
    text = malloc(size > 0 ? size : 1); /* of the exact size, so that a sanitizer sees its end */
    LAW(text != NULL);
    memcpy(text, data + 1 + alias_len, size);
    starts = boundaries(text, size);
    if (alias[0] != 0) {
        find_mentions(text, size, alias, starts, &mention);
    }
    check_scan(text, size);
    LAW(check_tokens(text, starts, 0, size, &mention) == mention.n);
    check_sentences(text, size, starts, &mention);
    free(starts);
    free(text);
    free(mention.p);
    return 0;
}
