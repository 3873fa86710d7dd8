/* Articles as lines, JSON Lines, text and what nothing names through slant_score. The first byte chooses
 * the input and output format and whether a target is named. A line in is a line out; every line out is JSON. */
#include "fuzz.h"

static size_t count_lines(const uint8_t *p, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        n += p[i] == '\n';
    }
    return n + (len > 0 && p[len - 1] != '\n');
}

static size_t whole(const json_t *record, const char *key)
{
    const json_t *v = json_object_get(record, key);
    LAW(json_is_integer(v) && json_integer_value(v) >= 0);
    return (size_t)json_integer_value(v);
}

static void check_record(const char *line, size_t len, enum slant_format format, size_t size,
                         size_t number)
{
    json_t *record = fuzz_json(line, len);
    LAW(json_is_string(json_object_get(record, "doc")));
    if (json_object_get(record, "error") == NULL) {
        const json_t *p = json_object_get(json_object_get(record, "stance"), "p");
        size_t from = whole(record, "from");
        size_t to = whole(record, "to");
        double sum = 0;
        const char *label;
        json_t *v;
        LAW(from <= to && json_is_string(json_object_get(record, "text")));
        LAW(format == SLANT_FORMAT_JSONL || format == SLANT_FORMAT_AUTO || to <= size);
        LAW(format != SLANT_FORMAT_LINES || whole(record, "n") == number);
        json_object_foreach((json_t *)(uintptr_t)p, label, v)
        {
            sum += json_number_value(v);
        }
        LAW(json_object_size(p) == 3 && sum > 0.99999 && sum < 1.00001);
    }
    json_decref(record);
}

static size_t count_tabs(const char *p, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        n += p[i] == '\t';
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum slant_format formats[] = {SLANT_FORMAT_LINES, SLANT_FORMAT_JSONL,
                                                SLANT_FORMAT_TEXT};
    static const char *const alias[] = {"Norvane Systems", "Norvane"};
    struct slant_score_options opt = {.size = sizeof opt};
    struct slant_input in = {.size = sizeof in, .n_path = 1, .n_thread = 1};
    struct fuzz_output out = {0};
    struct slant_counts counts = {0};
    struct slant_error err = {0};
    const char *path;
    const char *line;
    size_t at = 0;
    size_t len;
    size_t n = 0;
    size_t n_tab = 0;
    if (size < 1 || size > FUZZ_MAX) {
        return 0;
    }
    in.format = formats[data[0] % 3];
    if (in.format == SLANT_FORMAT_TEXT && (data[0] & 64) != 0) { /* the first line tells */
        in.format = SLANT_FORMAT_AUTO;
    }
    opt.format = (enum slant_score_format)(data[0] / 3 % 3);
    if (opt.format == SLANT_SCORE_LABELS) { /* of lines alone */
        in.format = SLANT_FORMAT_LINES;
    }
    in.target = (struct slant_target){alias, (data[0] & 128) != 0 ? 2 : 0};
    data++;
    size--;
    path = fuzz_file(data, size);
    in.path = &path;
    LAW(slant_score(fuzz_model(), &in, &opt, fuzz_sink, &out, &counts, &err) == SLANT_OK);
    while (fuzz_line(&out, &at, &line, &len)) {
        n++;
        if (opt.format == SLANT_SCORE_JSONL) {
            check_record(line, len, in.format, size, n);
        } else if (opt.format == SLANT_SCORE_TSV) {
            n_tab = n == 1 ? count_tabs(line, len) : n_tab;
            LAW(count_tabs(line, len) == n_tab);
        }
    }
    n -= opt.format == SLANT_SCORE_TSV; /* its header */
    LAW(n == counts.n_sentence + counts.n_error);
    LAW(counts.n_error <= counts.n_record && (counts.n_error > 0) == (counts.first_error[0] != 0));
    if (in.format == SLANT_FORMAT_LINES && fuzz_is_as_read(data, size)) {
        LAW(n == count_lines(data, size) && counts.n_error == 0);
    }
    free(out.p);
    return 0;
}
