#include "cli/cli.h"

#include <string.h>

/* As cli_open, of a command that needs a model. */
static int open_all(const struct cli_command *c, const struct cli_values *v, struct cli_opened *o)
{
    if (v->n_model == 0 && !v->scored) {
        return cli_wrong(c, "name a model with -m MODEL");
    }
    return cli_open(c, v, o);
}

/* A text that is given is one article, whatever the files beside it would be. */
static enum slant_format input_format(const struct cli_values *v)
{
    return v->text != NULL ? SLANT_FORMAT_TEXT : v->lines ? SLANT_FORMAT_LINES : v->input;
}

static int run_score(struct cli_values *v)
{
    static const char *const known[] = {"jsonl", "tsv", "labels"};
    struct slant_score_options opt = {
        .size = sizeof opt, .trailer = v->trailer, .no_holders = v->no_holders};
    struct slant_input in = cli_input(v, input_format(v));
    struct cli_progress progress;
    struct slant_counts counts = {0};
    struct cli_opened o = {0};
    struct slant_error err = {0};
    enum slant_status status;
    size_t format = cli_format(&cli_score, v, known, 3);
    int code;
    if (format == 3) {
        return CLI_USAGE;
    }
    opt.format = (enum slant_score_format)format;
    if (opt.format == SLANT_SCORE_LABELS && in.format != SLANT_FORMAT_LINES) {
        return cli_wrong(&cli_score, "--format labels gives a line for each line; add --lines");
    }
    if (opt.trailer && opt.format != SLANT_SCORE_JSONL) {
        return cli_wrong(&cli_score, "--trailer is a JSON record; drop --format or --trailer");
    }
    if (v->group != NULL && (opt.format != SLANT_SCORE_JSONL || *v->group == 0)) {
        return cli_wrong(&cli_score, *v->group == 0 ? "--group needs a key of JSON Lines"
                                                    : "--group is kept in JSON Lines alone; drop "
                                                      "--format or --group");
    }
    if (v->speakers != NULL && (opt.format != SLANT_SCORE_JSONL || opt.no_holders)) {
        return cli_wrong(&cli_score, "--speakers names who holds what is said, which JSON Lines "
                                     "alone tell; drop --speakers, --format or --no-holders");
    }
    code = open_all(&cli_score, v, &o);
    if (code != CLI_DONE) {
        return code;
    }
    in.aliases = o.aliases;
    cli_progress_begin(&progress, v, &in);
    status = slant_score(o.model, &in, &opt, cli_sink, o.out, &counts, &err);
    cli_progress_end(&progress);
    cli_close_read(&o);
    return cli_finish(&cli_score, v, status, &counts, o.out, &err);
}

static int run_explain(struct cli_values *v)
{
    static const char *const known[] = {"jsonl", "text"};
    struct slant_explain_options opt = {.size = sizeof opt};
    struct slant_input in = cli_input(v, input_format(v));
    struct cli_progress progress;
    struct slant_counts counts = {0};
    struct cli_opened o = {0};
    struct slant_error err = {0};
    enum slant_status status;
    size_t format = cli_format(&cli_explain, v, known, 2);
    int code;
    if (format == 2) {
        return CLI_USAGE;
    }
    if (v->text != NULL && v->n_file > 0) {
        return cli_wrong(&cli_explain, "give either --text or files");
    }
    if (v->all && v->top_given) {
        return cli_wrong(&cli_explain, "--all shows every feature; drop --all or --top");
    }
    opt.text = format == 1;
    opt.top = v->all ? 0 : (size_t)v->top;
    opt.every_label = v->every_label;
    opt.color = cli_color(v);
    code = open_all(&cli_explain, v, &o);
    if (code != CLI_DONE) {
        return code;
    }
    cli_progress_begin(&progress, v, &in);
    status = slant_explain(o.model, &in, &opt, cli_sink, o.out, &counts, &err);
    cli_progress_end(&progress);
    cli_close_read(&o);
    return cli_finish(&cli_explain, v, status, &counts, o.out, &err);
}

/* The index of an option's value in names[n]; 0 if it is not given. False after telling. */
static bool choose(const char *option, const char *value, const char *const *names, size_t n,
                   size_t *out)
{
    *out = value == NULL ? 0 : cli_choice(&cli_report, option, value, names, n);
    return *out < n;
}

static bool report_choices(const struct cli_values *v, struct slant_report_options *opt)
{
    static const char *const period[] = {"auto", "day", "week", "month", "year"};
    static const char *const table[] = {"articles", "sentences", "timeline",       "sources",
                                        "speakers", "groups",    "corpus-speakers"};
    static const char *const chart[] = {"shares",  "articles", "timeline",
                                        "sources", "scatter",  "speakers"};
    size_t i;
    if (!choose("period", v->period, period, 5, &i)) {
        return false;
    }
    opt->period = (enum slant_period)i;
    /* what is neither a source nor a period is a key of the articles */
    opt->compare = v->compare == NULL                  ? SLANT_COMPARE_NONE
                   : strcmp(v->compare, "source") == 0 ? SLANT_COMPARE_SOURCE
                   : strcmp(v->compare, "period") == 0 ? SLANT_COMPARE_PERIOD
                                                       : SLANT_COMPARE_GROUP;
    if (v->compare != NULL && *v->compare == 0) {
        (void)cli_wrong(&cli_report, "--compare needs source, period or a key of the articles");
        return false;
    }
    if (!choose("table", v->table, table, 7, &i)) {
        return false;
    }
    opt->table = (enum slant_table)i;
    if (!choose("chart", v->chart, chart, 6, &i)) {
        return false;
    }
    opt->chart = (enum slant_chart)i;
    return true;
}

static int run_report(struct cli_values *v)
{
    static const char *const known[] = {"text", "json", "csv", "markdown", "html"};
    struct slant_report_options opt = {.size = sizeof opt,
                                       .n_evidence = (unsigned)v->evidence,
                                       .width = (unsigned)v->width,
                                       .title = v->title,
                                       .count_copies = v->count_copies,
                                       .subject = v->subject};
    struct slant_input in = cli_input(v, v->scored ? SLANT_FORMAT_SCORED : input_format(v));
    struct cli_progress progress;
    struct slant_counts counts = {0};
    struct cli_opened o = {0};
    struct slant_error err = {0};
    enum slant_status status;
    size_t format = cli_format(&cli_report, v, known, 5);
    int code;
    if (format == 5) {
        return CLI_USAGE;
    }
    if (!report_choices(v, &opt)) {
        return CLI_USAGE;
    }
    if (opt.compare == SLANT_COMPARE_GROUP) {
        in.group = v->compare;
    }
    if (opt.table == SLANT_TABLE_GROUPS && in.group == NULL) {
        return cli_wrong(&cli_report,
                         "--table groups needs --compare KEY, the JSON key that groups "
                         "the articles");
    }
    if (v->scored && (v->lines || v->input != SLANT_FORMAT_AUTO)) {
        return cli_wrong(&cli_report, "--scored is an input format of its own");
    }
    opt.format = v->chart != NULL ? SLANT_REPORT_SVG : (enum slant_report_format)format;
    if (v->chart != NULL && v->format != NULL) {
        return cli_wrong(&cli_report, "--chart is a format of its own; drop --format or --chart");
    }
    if (v->table != NULL && opt.format != SLANT_REPORT_CSV) {
        return cli_wrong(&cli_report, "--table chooses a table of --format csv; add that");
    }
    if (v->scored && v->target != NULL) {
        return cli_wrong(&cli_report,
                         "scored lines were scored with their target; give --target to "
                         "slant score");
    }
    if (v->title != NULL && opt.format != SLANT_REPORT_HTML) {
        return cli_wrong(&cli_report, "--title is of the page; add --format html");
    }
    opt.color = cli_color(v);
    code = open_all(&cli_report, v, &o);
    if (code != CLI_DONE) {
        return code;
    }
    in.aliases = o.aliases;
    cli_progress_begin(&progress, v, &in);
    status = slant_report(o.model, &in, &opt, cli_sink, o.out, &counts, &err);
    cli_progress_end(&progress);
    cli_close_read(&o);
    return cli_finish(&cli_report, v, status, &counts, o.out, &err);
}

static int run_inspect(struct cli_values *v)
{
    struct slant_model *model = NULL;
    struct slant_output *out = NULL;
    struct slant_error err = {0};
    enum slant_status status;
    bool json;
    if (v->n_file == 1 && v->n_model == 0) {
        v->model[v->n_model++] = v->file[0];
    } else if (v->n_file + v->n_model != 1) {
        return cli_wrong(&cli_inspect, "name one model");
    }
    if (!cli_json(&cli_inspect, v, &json)) {
        return CLI_USAGE;
    }
    if (slant_model_open(v->model[0], &model, &err) != SLANT_OK) {
        return cli_fail(&cli_inspect, &err);
    }
    if (cli_output_open(v->output, &out, &err) != SLANT_OK) {
        slant_model_free(model);
        return cli_fail(&cli_inspect, &err);
    }
    status = slant_inspect(model, json, (unsigned)v->top, cli_sink, out, &err);
    slant_model_free(model);
    return cli_finish(&cli_inspect, v, status, NULL, out, &err);
}

#define TABLE(name, ...) static const struct cli_option *const name[] = {__VA_ARGS__}

TABLE(score_table, &opt_model, &opt_output, &opt_format_score, &opt_input_format, &opt_recursive,
      &opt_files_from, &opt_null, &opt_lines, &opt_target, &opt_alias, &opt_max_errors,
      &opt_trailer, &opt_no_holders, &opt_speakers, &opt_group, &opt_threads, &opt_sandbox,
      &opt_quiet);

const struct cli_command cli_score = {
    .name = "score",
    .summary = "score every sentence of articles",
    .usage = "slant score -m MODEL [options] [FILE...]",
    .description =
        "One line out per sentence, in order: doc, n, from and to (byte offsets), text, and for "
        "each\n"
        "head the label, the probability of each label, and the margins. FILE is plain text (an\n"
        "article), a web page (.html), JSON Lines (an article a line: id, text, title, date, "
        "source,\n"
        "url) or, with --lines, a sentence a line. No FILE or - is standard input, where its\n"
        "beginning tells which it is. A record that cannot be read becomes a line with "
        "\"error\",\n"
        "and the exit code tells.",
    .example = "  slant score -m models/vendor-ban.slant articles.jsonl | jq -r .stance.label",
    .option = score_table,
    .n_option = sizeof score_table / sizeof score_table[0],
    .run = run_score,
};

TABLE(report_table, &opt_model, &opt_output, &opt_format_report, &opt_scored, &opt_input_format,
      &opt_recursive, &opt_files_from, &opt_null, &opt_lines, &opt_target, &opt_alias,
      &opt_speakers, &opt_table, &opt_chart, &opt_title, &opt_count_copies, &opt_period,
      &opt_compare, &opt_main_subject, &opt_evidence, &opt_width, &opt_color, &opt_max_errors,
      &opt_threads, &opt_sandbox, &opt_quiet);

const struct cli_command cli_report = {
    .name = "report",
    .summary = "report on articles and on all of them together",
    .usage = "slant report -m MODEL [options] [FILE...]   or   slant report --scored [FILE...]",
    .description =
        "Per article: sentences, the share of each label with a 95 % interval, a verdict (favor,\n"
        "against, mixed, neutral, too little evidence), the strongest sentences on each side (of\n"
        "50 % and more), and who speaks for and against; then the same for all articles. With\n"
        "--scored it reads what `slant score` wrote.",
    .example = "  slant report -m models/vendor-ban.slant --target Norvane article.txt\n"
               "  slant report -m models/vendor-ban.slant -o report.html articles.jsonl\n"
               "  slant score --trailer -m models/vendor-ban.slant *.txt | slant report --scored",
    .option = report_table,
    .n_option = sizeof report_table / sizeof report_table[0],
    .run = run_report,
};

TABLE(explain_table, &opt_model, &opt_output, &opt_format_explain, &opt_text, &opt_input_format,
      &opt_recursive, &opt_files_from, &opt_null, &opt_lines, &opt_target, &opt_alias, &opt_top,
      &opt_all, &opt_labels, &opt_color, &opt_max_errors, &opt_threads, &opt_sandbox, &opt_quiet);

const struct cli_command cli_explain = {
    .name = "explain",
    .summary = "show the features that make each score",
    .usage = "slant explain -m MODEL [options] [FILE... | --text SENTENCE]",
    .description = "For each sentence and head: the features that contribute most to the label's "
                   "margin (with\n"
                   "--all every one), and where they stand in the text. All contributions and the "
                   "bias add up\n"
                   "to the margin.",
    .example = "  slant explain -m models/vendor-ban.slant -f text --text \"The court lifted the "
               "ban.\"",
    .option = explain_table,
    .n_option = sizeof explain_table / sizeof explain_table[0],
    .run = run_explain,
};

TABLE(inspect_table, &opt_model, &opt_output, &opt_json, &opt_top);

const struct cli_command cli_inspect = {
    .name = "inspect",
    .summary = "show what a model holds",
    .usage = "slant inspect [options] MODEL",
    .description =
        "Labels, subject, features, the digest of the training rows, settings, cross-validated\n"
        "figures, calibration, and the words that weigh most for each label.",
    .example = "  slant inspect models/vendor-ban.slant --top 20",
    .option = inspect_table,
    .n_option = sizeof inspect_table / sizeof inspect_table[0],
    .run = run_inspect,
};
