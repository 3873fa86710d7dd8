#include "cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPTION(variable, long_name, short_letter, argument_name, help_text) \
    const struct cli_option variable = {long_name, short_letter, argument_name, help_text}

OPTION(opt_model, "model", 'm', "MODEL", "the model file");
OPTION(opt_output_file, "output", 'o', "FILE", "write here, whole or not at all (required)");
OPTION(opt_models, "model", 'm', "MODEL", "the model file; twice: compare two models");
OPTION(opt_output, "output", 'o', "FILE",
       "write here, whole or not at all (default: standard output)");
OPTION(opt_format_data, "format", 'f', "FORMAT", "tsv, csv or jsonl (default: by extension)");
OPTION(opt_format_score, "format", 'f', "FORMAT",
       "jsonl (default), tsv, or labels (with --lines); or by -o's extension");
OPTION(opt_format_report, "format", 'f', "FORMAT",
       "text (default), json, csv, markdown or html; or by -o's extension");
OPTION(opt_format_explain, "format", 'f', "FORMAT",
       "jsonl (default) or text; or by -o's extension");
OPTION(opt_format_quotes, "format", 'f', "FORMAT", "jsonl (default) or tsv; or by -o's extension");
OPTION(opt_input_format, "input", 'i', "FORMAT",
       "text, lines, jsonl or html (default: by extension, else by how it begins)");
OPTION(opt_recursive, "recursive", 'r', NULL, "take the articles in folders, by their extensions");
OPTION(opt_files_from, "files-from", 0, "LIST", "read the files that LIST names, one a line");
OPTION(opt_null, "null", '0', NULL, "names in --files-from end with a NUL");
OPTION(opt_subject, "subject", 's', "NAME", "what the stance is about");
OPTION(opt_main_subject, "subject", 0, "NAME",
       "judge by the stance toward this, of a model with several");
OPTION(opt_name, "name", 'n', "NAME", "the model's name (default: from its file)");
OPTION(opt_solver, "solver", 0, "SOLVER", "auto (default), libsvm or dual");
OPTION(opt_cost, "cost", 'c', "C", "cost of an error in training (default: 0.2 libsvm, 0.05 dual)");
OPTION(opt_seed, "seed", 0, "N", "seed of folds and solver (default 1)");
OPTION(opt_folds, "folds", 'k', "K", "folds for calibration and figures (default 5)");
OPTION(opt_unbalanced, "unbalanced", 0, NULL, "do not weigh rare labels up");
OPTION(opt_pooled, "pooled", 0, NULL, "one stance for all subjects, even if each has enough rows");
OPTION(opt_target_words, "target-words", 0, NULL,
       "learn the target's own name too: the model then knows who is who");
OPTION(opt_lexicon, "lexicon", 0, "FILE", "lexicon: entry, role, strength and class");
OPTION(opt_vectors, "vectors", 0, "FILE", "word vectors: GloVe or word2vec text, gzip too");
OPTION(opt_weight, "weight", 0, "COLUMN",
       "column that weighs rows, such as the annotators' agreement");
OPTION(opt_trials, "trials", 0, "N",
       "settings to try (default: ten seconds' worth, counted in work; 1: none)");
OPTION(opt_set, "set", 0, "NAME=N", "a setting, by the name inspect gives it; may be repeated");
OPTION(opt_threads, "threads", 'j', "N",
       "threads (default: one per processor); never changes a byte");
OPTION(opt_lines, "lines", 'l', NULL, "each line is a sentence");
OPTION(opt_target, "target", 't', "NAME", "the vendor, person or thing whose mentions are masked");
OPTION(opt_alias, "alias", 'a', "NAME", "another spelling of the target; may be repeated");
OPTION(opt_speakers, "speakers", 0, "FILE",
       "other names of speakers: a table of speaker and alias");
OPTION(opt_max_errors, "max-errors", 0, "N", "exit 0 with up to N unreadable records (default 0)");
OPTION(opt_trailer, "trailer", 0, NULL,
       "keep the books: name articles without a sentence, end with counts");
OPTION(opt_no_holders, "no-holders", 0, NULL,
       "leave out who holds what is said, which takes half of the time");
OPTION(opt_json, "json", 0, NULL, "JSON instead of text; so does -o FILE.json");
OPTION(opt_cv, "cv", 0, "K", "cross-validate on the data in K folds, without a model");
OPTION(opt_curve, "curve", 0, NULL,
       "with --cv (default 5): figures by labels learned from, and by 200 more");
OPTION(opt_leave_out, "leave-out", 0, "COLUMN",
       "leave out each value of COLUMN in turn; with K folds: several at a time");
OPTION(opt_bootstrap, "bootstrap", 0, "N", "bootstrap samples for the intervals (default 1000)");
OPTION(opt_quantify, "quantify", 0, NULL, "also show how well shares of collections are estimated");
OPTION(opt_top, "top", 0, "N", "features shown per label (default 10)");
OPTION(opt_all, "all", 0, NULL, "show every feature");
OPTION(opt_labels, "labels", 0, NULL, "explain every label, not the verdict's alone");
OPTION(opt_text, "text", 0, "SENTENCE", "explain this text instead of files");
OPTION(opt_color, "color", 0, "WHEN", "auto (default), always or never; NO_COLOR is respected");
OPTION(opt_title, "title", 0, "TEXT", "title of the page (default: from the model's subject)");
OPTION(opt_count_copies, "count-copies", 0, NULL, "count near-copies of earlier articles too");
OPTION(opt_table, "table", 0, "TABLE",
       "of csv: articles (default), sentences, timeline, sources, speakers,\n"
       "                          corpus-speakers, groups");
OPTION(opt_chart, "chart", 0, "CHART",
       "an SVG: shares, articles, timeline, sources, scatter or speakers");
OPTION(opt_period, "period", 0, "PERIOD",
       "of the timeline: auto (default), day, week, month or year");
OPTION(opt_compare, "compare", 0, "WHAT",
       "test each source, period, or value of a JSON KEY against the others");
OPTION(opt_group, "group", 0, "KEY", "pass this JSON key on, for report --scored --compare KEY");
OPTION(opt_evidence, "evidence", 0, "N", "evidence sentences on each side (default 3)");
OPTION(opt_width, "width", 0, "N", "columns of the text form (default 80)");
OPTION(opt_sandbox, "sandbox", 0, NULL,
       "give up all rights that reading the input does not need (Linux)");
OPTION(opt_quiet, "quiet", 'q', NULL, "say nothing but errors");
OPTION(opt_scored, "scored", 0, NULL, "the input is what `slant score` wrote; needs no model");
OPTION(opt_help, "help", 'h', NULL, "show this help");

/* ---- messages ---- */

void cli_say(const struct cli_command *c, const char *format, ...)
{
    char text[640];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (unsigned char *p = (unsigned char *)text; *p != 0; p++) {
        bool c1 = p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0;
        if (*p < 0x20 || *p == 0x7f || c1) {
            *p = '?';
            p[c1] = '?';
        }
    }
    (void)fprintf(stderr, "slant%s%s: %s\n", c == NULL ? "" : " ", c == NULL ? "" : c->name, text);
}

int cli_fail(const struct cli_command *c, const struct slant_error *err)
{
    if (err->sys != EPIPE) { /* a reader that has seen enough wants no word */
        cli_say(c, "%s", err->text);
    }
    return err->status == SLANT_ERR_ARG ? CLI_USAGE : CLI_FAILED;
}

int cli_wrong(const struct cli_command *c, const char *what)
{
    cli_say(c, "%s; see `slant %s --help`", what, c->name);
    return CLI_USAGE;
}

/* "text, json or html" */
static void list_names(char *list, size_t size, const char *const *names, size_t n)
{
    size_t len = 0;
    list[0] = 0;
    for (size_t i = 0; i < n && len < size; i++) {
        len += (size_t)snprintf(list + len, size - len, "%s%s",
                                i == 0      ? ""
                                : i + 1 < n ? ", "
                                            : " or ",
                                names[i]);
    }
}

/* What a file's extension promises; "": it has none. */
static const char *kind_of(const char *path)
{
    static const char *const other[][2] = {
        {"txt", "text"}, {"md", "markdown"}, {"htm", "html"}, {"ndjson", "jsonl"}};
    const char *dot = path == NULL ? NULL : strrchr(path, '.');
    const char *kind = dot == NULL ? "" : dot + 1;
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        kind = strcasecmp(kind, other[i][0]) == 0 ? other[i][1] : kind;
    }
    return kind;
}

/* Whether an extension promises what is not written by it. */
static bool is_foreign(const char *extension)
{
    static const char *const foreign[] = {"csv", "tsv",  "html", "markdown", "xml", "pdf",
                                          "doc", "docx", "odt",  "rtf",      "xls", "xlsx",
                                          "ods", "png",  "jpg",  "jpeg",     "svg"};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        if (strcasecmp(extension, foreign[i]) == 0) {
            return true;
        }
    }
    return false;
}

size_t cli_format(const struct cli_command *c, const struct cli_values *v, const char *const *names,
                  size_t n)
{
    const char *name = kind_of(v->output);
    const bool svg = strcasecmp(name, "svg") == 0;
    char list[200];
    if (v->format != NULL) {
        return cli_choice(c, "format", v->format, names, n);
    }
    if (v->chart != NULL) { /* a format of its own */
        if (svg || !is_foreign(name)) {
            return 0;
        }
        cli_say(c, "%.200s: a chart is SVG, no %s; name the file .svg", v->output, name);
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcasecmp(names[i], name) == 0) {
            return i;
        }
    }
    if (!is_foreign(name)) {
        return 0;
    }
    list_names(list, sizeof list, names, n);
    cli_say(c, "%.200s: no %s can be written here; name another file, or give --format %s%s",
            v->output, name, list, c == &cli_report && svg ? ", or --chart NAME" : "");
    return n;
}

bool cli_json(const struct cli_command *c, const struct cli_values *v, bool *json)
{
    const char *kind = kind_of(v->output);
    *json = v->json || strcasecmp(kind, "json") == 0;
    if (*json || !is_foreign(kind)) {
        return true;
    }
    cli_say(c, "%.200s: no %s can be written here; name the file .txt or .json", v->output, kind);
    return false;
}

size_t cli_choice(const struct cli_command *c, const char *option, const char *name,
                  const char *const *names, size_t n)
{
    char list[200];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, names[i]) == 0) {
            return i;
        }
    }
    list_names(list, sizeof list, names, n);
    cli_say(c, "--%s %.200s is unknown; expected %s", option, name, list);
    return n;
}

/* "-o, --output FILE" in a column, its help beside it or below. */
static void help_option(const struct cli_option *o)
{
    int n = o->short_name == 0 ? printf("      --%s", o->name)
                               : printf("  -%c, --%s", o->short_name, o->name);
    if (o->argument != NULL) {
        n += printf(" %s", o->argument);
    }
    (void)printf("%*s%s\n", n < 26 ? 26 - n : 2, "", o->help);
}

void cli_help(const struct cli_command *c)
{
    (void)printf("slant %s: %s\n\nusage: %s\n\n%s\n\noptions:\n", c->name, c->summary, c->usage,
                 c->description);
    for (size_t i = 0; i < c->n_option; i++) {
        help_option(c->option[i]);
    }
    help_option(&opt_help);
    (void)printf("\nexample:\n%s\n", c->example);
}

/* ---- values ---- */

static bool whole_number(const char *text, unsigned long long most, unsigned long long *out)
{
    char *end;
    errno = 0;
    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    *out = strtoull(text, &end, 10);
    return errno == 0 && *end == 0 && *out <= most;
}

static int bad_value(const struct cli_command *c, const struct cli_option *o, const char *value,
                     const char *expected)
{
    cli_say(c, "--%s %.200s: expected %s", o->name, value, expected);
    return CLI_USAGE;
}

struct number_option {
    const struct cli_option *option;
    size_t offset;
    unsigned long long least, most;
    const char *expected;
};

#define NUMBER(option, field, least, most, expected)                         \
    {                                                                        \
        &(option), offsetof(struct cli_values, field), least, most, expected \
    }

static const struct number_option numbers[] = {
    NUMBER(opt_seed, seed, 0, ~0ull, "a whole number from 0"),
    NUMBER(opt_folds, folds, 2, 100, "a number of folds from 2 to 100"),
    NUMBER(opt_cv, folds, 2, 100, "a number of folds from 2 to 100"),
    NUMBER(opt_threads, threads, 1, SLANT_MAX_THREAD, "a number of threads from 1 to 256"),
    NUMBER(opt_max_errors, max_errors, 0, ~0ull, "a whole number from 0"),
    NUMBER(opt_top, top, 0, 1000000, "a whole number from 0 to 1000000"),
    NUMBER(opt_evidence, evidence, 0, 1000, "a number from 0 to 1000"),
    NUMBER(opt_width, width, 50, 1000, "a number of columns from 50 to 1000"),
    NUMBER(opt_trials, trials, 1, 100, "a number from 1 to 100"),
    NUMBER(opt_bootstrap, bootstrap, 10, 1000000, "a number of samples from 10 to 1000000"),
};

struct text_option {
    const struct cli_option *option;
    size_t offset;
};

#define TEXT(option, field)                           \
    {                                                 \
        &(option), offsetof(struct cli_values, field) \
    }

static const struct text_option texts[] = {
    TEXT(opt_output, output),
    TEXT(opt_output_file, output),
    TEXT(opt_format_data, format),
    TEXT(opt_format_score, format),
    TEXT(opt_format_report, format),
    TEXT(opt_format_explain, format),
    TEXT(opt_format_quotes, format),
    TEXT(opt_table, table),
    TEXT(opt_subject, subject),
    TEXT(opt_main_subject, subject),
    TEXT(opt_name, name),
    TEXT(opt_solver, solver),
    TEXT(opt_color, color),
    TEXT(opt_leave_out, leave_out),
    TEXT(opt_lexicon, lexicon),
    TEXT(opt_vectors, vectors),
    TEXT(opt_weight, weight),
    TEXT(opt_text, text),
    TEXT(opt_title, title),
    TEXT(opt_period, period),
    TEXT(opt_chart, chart),
    TEXT(opt_files_from, files_from),
    TEXT(opt_speakers, speakers),
    TEXT(opt_compare, compare),
    TEXT(opt_group, group),
    TEXT(opt_target, target),
};

struct flag_option {
    const struct cli_option *option;
    size_t offset;
};

static const struct flag_option flags[] = {TEXT(opt_unbalanced, unbalanced),
                                           TEXT(opt_pooled, pooled),
                                           TEXT(opt_target_words, target_words),
                                           TEXT(opt_lines, lines),
                                           TEXT(opt_trailer, trailer),
                                           TEXT(opt_no_holders, no_holders),
                                           TEXT(opt_json, json),
                                           TEXT(opt_all, all),
                                           TEXT(opt_labels, every_label),
                                           TEXT(opt_curve, curve),
                                           TEXT(opt_quiet, quiet),
                                           TEXT(opt_sandbox, sandbox),
                                           TEXT(opt_scored, scored),
                                           TEXT(opt_quantify, quantify),
                                           TEXT(opt_count_copies, count_copies),
                                           TEXT(opt_recursive, recursive),
                                           TEXT(opt_null, null_ended)};

static int set_option(const struct cli_command *c, const struct cli_option *o, const char *value,
                      struct cli_values *v)
{
    char *base = (char *)v;
    char *end;
    if (o == &opt_target && (v->target != NULL || *value == 0)) {
        return cli_wrong(c, *value == 0 ? "--target needs a name"
                                        : "--target is given twice; add spellings with --alias");
    }
    if (o == &opt_speakers && v->speakers != NULL) {
        return cli_wrong(c, "--speakers is given twice; put all names into one table");
    }
    if ((o == &opt_target || o == &opt_alias) && strchr(value, '|') != NULL) {
        return cli_wrong(c, "a target's spellings are given apart: --target NAME --alias NAME");
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].option == o) {
            *(const char **)(void *)(base + texts[i].offset) = value;
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (flags[i].option == o) {
            *(bool *)(void *)(base + flags[i].offset) = true;
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const struct number_option *n = &numbers[i];
        unsigned long long number;
        if (n->option != o) {
            continue;
        }
        if (!whole_number(value, n->most, &number) || number < n->least) {
            return bad_value(c, o, value, n->expected);
        }
        memcpy(base + n->offset, &number, sizeof number);
        v->cross_validate = v->cross_validate || o == &opt_cv;
        v->top_given = v->top_given || o == &opt_top;
        return -1;
    }
    if (o == &opt_model || o == &opt_models) {
        if (v->n_model == (o == &opt_models ? 2 : 1)) {
            return cli_wrong(c, o == &opt_models ? "--model is given more than twice"
                                                 : "--model is given twice");
        }
        v->model[v->n_model++] = value;
    } else if (o == &opt_alias) {
        if (v->n_alias + 1 >= CLI_MAX_ALIAS) {
            return cli_wrong(c, "too many --alias");
        }
        v->alias[1 + v->n_alias++] = value;
    } else if (o == &opt_set) {
        if (v->n_setting == CLI_MAX_SETTING) {
            return cli_wrong(c, "too many --set");
        }
        v->setting[v->n_setting++] = value;
    } else if (o == &opt_cost) {
        v->cost = strtod(value, &end);
        if (*end != 0 || end == value || !(v->cost > 0 && v->cost <= 1e6)) {
            return bad_value(c, o, value, "a number above 0 and at most 1000000");
        }
    } else if (o == &opt_input_format) {
        static const char *const known[] = {"text", "lines", "jsonl", "html"};
        static const enum slant_format format[] = {SLANT_FORMAT_TEXT, SLANT_FORMAT_LINES,
                                                   SLANT_FORMAT_JSONL, SLANT_FORMAT_HTML};
        size_t i = cli_choice(c, "input", value, known, 4);
        if (i == 4) {
            return CLI_USAGE;
        }
        v->input = format[i];
    }
    return -1;
}

int cli_parse(const struct cli_command *c, int argc, char **argv, struct cli_values *v)
{
    enum { MOST = 40, LONG_HELP = 1000 + MOST };
    struct option table[MOST] = {{0}};
    char letters[96] = ":h"; /* without a leading +: options may follow files */
    size_t n = 2;
    int index = 0;
    int got;
    for (size_t i = 0; i < c->n_option; i++) {
        const struct cli_option *o = c->option[i];
        table[i] = (struct option){o->name, o->argument != NULL ? required_argument : no_argument,
                                   NULL, 1000 + (int)i};
        if (o->short_name != 0) {
            letters[n++] = o->short_name;
            if (o->argument != NULL) {
                letters[n++] = ':';
            }
        }
    }
    table[c->n_option] = (struct option){"help", no_argument, NULL, LONG_HELP};
    opterr = 0;
    while ((got = getopt_long(argc, argv, letters, table, &index)) != -1) {
        const struct cli_option *o = NULL;
        char what[200];
        int code;
        if (got == 'h' || got == LONG_HELP) {
            cli_help(c);
            return CLI_DONE;
        }
        if (got == ':' || got == '?') {
            const char *why = got == ':'       ? "needs a value"
                              : optopt >= 1000 ? "takes no value"
                                               : "is no option of this command";
            if (optopt > 0 && optopt < 1000) { /* a letter, perhaps amid others */
                (void)snprintf(what, sizeof what, "-%c %s", optopt, why);
            } else {
                (void)snprintf(what, sizeof what, "%.150s %s", argv[optind - 1], why);
            }
            return cli_wrong(c, what);
        }
        for (size_t i = 0; i < c->n_option; i++) {
            if (got == 1000 + (int)i || (got < 1000 && got == c->option[i]->short_name)) {
                o = c->option[i];
            }
        }
        code = o == NULL ? CLI_USAGE : set_option(c, o, optarg, v);
        if (code != -1) {
            return code;
        }
    }
    v->file = (const char *const *)(argv + optind);
    v->n_file = (size_t)(argc - optind);
    if (v->lines && v->input != SLANT_FORMAT_AUTO && v->input != SLANT_FORMAT_LINES) {
        return cli_wrong(c, "--lines is an input format of its own; drop --lines or --input");
    }
    if (v->target == NULL && v->n_alias > 0) {
        return cli_wrong(c, "--alias adds spellings to --target; name the target too");
    }
    if (v->target != NULL) {
        v->alias[0] = v->target;
        v->n_alias++;
    }
    return -1;
}

/* ---- what commands share ---- */

bool cli_color(const struct cli_values *v)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (v->color != NULL && strcmp(v->color, "auto") != 0) {
        return strcmp(v->color, "always") == 0;
    }
    return isatty(STDOUT_FILENO) != 0 && (no_color == NULL || *no_color == 0) &&
           (term == NULL || strcmp(term, "dumb") != 0) &&
           (v->output == NULL || strcmp(v->output, "-") == 0);
}

struct slant_input cli_input(const struct cli_values *v, enum slant_format format)
{
    static const char *const standard_input[] = {"-"};
    struct slant_input in = {.size = sizeof in,
                             .path = v->n_file > 0 ? v->file : standard_input,
                             .n_path = v->n_file > 0 ? v->n_file : 1,
                             .format = format,
                             .text = v->text,
                             .target = {v->alias, v->n_alias},
                             .n_thread = (unsigned)v->threads,
                             .group = v->group};
    if (v->sandbox && in.n_thread == 0) { /* the number is in a file that will be out of reach */
        long n = sysconf(_SC_NPROCESSORS_ONLN);
        in.n_thread = n < 1 ? 1 : n > SLANT_MAX_THREAD ? SLANT_MAX_THREAD : (unsigned)n;
    }
    return in;
}

/* Whether a folder was named as if it were an article. */
static bool named_folder(const struct cli_values *v)
{
    struct stat st;
    for (size_t i = 0; !v->recursive && i < v->n_file; i++) {
        if (stat(v->file[i], &st) == 0 && S_ISDIR(st.st_mode)) {
            return true;
        }
    }
    return false;
}

int cli_finish(const struct cli_command *c, const struct cli_values *v, enum slant_status status,
               const struct slant_counts *counts, struct slant_output *out,
               const struct slant_error *err)
{
    static const struct slant_counts none = {0};
    struct slant_error last = {0};
    bool of_articles = counts != NULL;
    bool nothing_read;
    counts = of_articles ? counts : &none;
    nothing_read = status == SLANT_OK && counts->n_error > v->max_errors &&
                   counts->n_error == counts->n_record;
    if (status != SLANT_OK && status != SLANT_ERR_STOPPED) {
        cli_output_discard(out);
        return cli_fail(c, err);
    }
    if (nothing_read && v->output != NULL) {
        cli_output_discard(out);
    } else if (cli_output_commit(out, &last) != SLANT_OK) {
        return cli_fail(c, &last);
    }
    if (counts->n_error > 0 && !(v->quiet && counts->n_error <= v->max_errors)) {
        (void)fprintf(stderr, "slant %s: %llu of %llu records could not be read; first: %s%s\n",
                      c->name, (unsigned long long)counts->n_error,
                      (unsigned long long)counts->n_record, counts->first_error,
                      named_folder(v) ? "; -r takes the articles in a folder" : "");
    }
    if (of_articles && status == SLANT_OK && counts->n_sentence + counts->n_error == 0 &&
        !v->quiet) {
        (void)fprintf(stderr, "slant %s: the input holds no sentence\n", c->name);
    }
    if (v->target != NULL && counts->n_sentence > 0 && counts->n_with_target == 0 && !v->quiet) {
        cli_say(c, "no sentence mentions %.200s; check the spelling, or add others with --alias",
                v->target);
    }
    if (v->speakers != NULL && counts->n_sentence > 0 && counts->n_joined == 0 && !v->quiet) {
        cli_say(c,
                "no speaker goes by a name in %.200s; names are compared whole, as slant quotes "
                "tells them",
                v->speakers);
    }
    return counts->n_error > v->max_errors ? CLI_FAILED : CLI_DONE;
}
