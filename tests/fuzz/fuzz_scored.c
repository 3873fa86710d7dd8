/* A report on scored lines. The first byte chooses the format and the number of evidence
 * sentences. Counts add up, and the JSON form is JSON. */
#include "fuzz.h"

static size_t whole(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    LAW(json_is_integer(v) && json_integer_value(v) >= 0);
    return (size_t)json_integer_value(v);
}

static void check_json(const struct fuzz_output *out, const struct slant_counts *counts,
                       unsigned n_evidence)
{
    json_t *report = fuzz_json(out->p, out->len);
    const json_t *articles = json_object_get(report, "articles");
    const json_t *corpus = json_object_get(report, "corpus");
    size_t n_sentence = 0;
    LAW(json_is_array(articles) && json_is_object(corpus));
    /* near-copies of earlier articles are told, but not counted */
    LAW(whole(corpus, "articles") + whole(corpus, "copies") == json_array_size(articles));
    for (size_t i = 0; i < json_array_size(articles); i++) {
        const json_t *article = json_array_get(articles, i);
        const json_t *evidence = json_object_get(article, "evidence");
        n_sentence += whole(article, "sentences");
        LAW(json_is_array(evidence) && json_array_size(evidence) <= 2 * (size_t)n_evidence);
    }
    LAW(n_sentence == counts->n_sentence);
    LAW(n_sentence == whole(corpus, "sentences") +
                          whole(json_object_get(report, "quality"), "sentences_in_copies"));
    LAW(json_array_size(json_object_get(report, "errors")) == counts->n_error);
    json_decref(report);
}

/* One script, ours, whatever the articles hold; and no control character. */
static void check_html(const struct fuzz_output *out)
{
    size_t n_script = 0;
    for (size_t i = 0; i < out->len; i++) {
        LAW((unsigned char)out->p[i] >= 0x20 || out->p[i] == '\n');
        n_script += out->len - i >= 7 && memcmp(out->p + i, "<script", 7) == 0;
    }
    LAW(n_script == 1);
}

/* Whether a line may tell of an article without a sentence, which is a record too. */
static bool has_empty(const uint8_t *data, size_t size)
{
    static const char key[] = "\"sentences\"";
    for (size_t i = 0; i + sizeof key - 1 <= size; i++) {
        if (memcmp(data + i, key, sizeof key - 1) == 0) {
            return true;
        }
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slant_report_options opt = {.size = sizeof opt};
    struct slant_input in = {
        .size = sizeof in, .n_path = 1, .n_thread = 1, .format = SLANT_FORMAT_SCORED};
    struct fuzz_output out = {0};
    struct slant_counts counts = {0};
    struct slant_error err = {0};
    enum slant_status status;
    const char *path;
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    opt.format = (enum slant_report_format)(data[0] % 4);
    if (data[0] / 64 % 2 == 1) {
        opt.format = SLANT_REPORT_HTML;
    }
    opt.n_evidence = data[0] / 4 % 4;
    opt.width = data[0] / 16 % 2 == 0 ? 0 : 50;
    opt.color = data[0] >= 128;
    path = fuzz_file(data + 1, size - 1);
    in.path = &path;
    status = slant_report(NULL, &in, &opt, fuzz_sink, &out, &counts, &err);
    if (status != SLANT_OK) {
        LAW(status == SLANT_ERR_DATA); /* two models' scores */
        fuzz_failure(status, &err);
    } else {
        LAW(counts.n_record == counts.n_sentence + counts.n_error ||
            (counts.n_record > counts.n_sentence + counts.n_error && has_empty(data, size)));
        LAW(opt.format == SLANT_REPORT_CSV || out.len > 0);
        if (opt.format == SLANT_REPORT_JSON) {
            check_json(&out, &counts, opt.n_evidence);
        }
        if (opt.format == SLANT_REPORT_HTML) {
            check_html(&out);
        }
        for (size_t i = 0; i < out.len; i++) { /* nothing that steers a terminal comes through */
            LAW(out.p[i] != 0x1b || opt.color);
            LAW(out.p[i] != 0);
        }
    }
    free(out.p);
    return 0;
}
