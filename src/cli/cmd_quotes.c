#include "cli/cli.h"

static int run_quotes(struct cli_values *v)
{
    static const char *const known[] = {"jsonl", "tsv"};
    struct slant_quotes_options opt = {.size = sizeof opt};
    struct slant_input in = cli_input(v, v->lines ? SLANT_FORMAT_LINES : v->input);
    struct cli_progress progress;
    struct slant_counts counts = {0};
    struct cli_opened o = {0};
    struct slant_error err = {0};
    enum slant_status status;
    int code;
    size_t format = cli_format(&cli_quotes, v, known, 2);
    if (format == 2) {
        return CLI_USAGE;
    }
    opt.format = (enum slant_quotes_format)format;
    code = cli_open(&cli_quotes, v, &o);
    if (code != CLI_DONE) {
        return code;
    }
    in.aliases = o.aliases;
    cli_progress_begin(&progress, v, &in);
    status = slant_quotes(&in, &opt, cli_sink, o.out, &counts, &err);
    cli_progress_end(&progress);
    cli_close_read(&o);
    return cli_finish(&cli_quotes, v, status, &counts, o.out, &err);
}

static const struct cli_option *const quotes_table[] = {
    &opt_output,     &opt_format_quotes, &opt_input_format, &opt_recursive,
    &opt_files_from, &opt_null,          &opt_lines,        &opt_speakers,
    &opt_max_errors, &opt_threads,       &opt_sandbox,      &opt_quiet};

const struct cli_command cli_quotes = {
    .name = "quotes",
    .summary = "find who says what in articles",
    .usage = "slant quotes [options] [FILE...]",
    .description =
        "One line out per attribution: file, sentence n, source (who), cue (the word that says\n"
        "so), content (what, as spans of bytes), kind (direct, indirect, mixed), act (said, "
        "thought,\n"
        "done), speaker (the source's full name as the text has it, else unknown), others who "
        "speak\n"
        "with it, confidence, and inner: attributions inside the content (rows of level 2 in "
        "tsv).\n"
        "Needs no model. FILE is plain text (an article), a web page (.html), JSON Lines (an "
        "article\n"
        "a line) or, with --lines, a sentence a line. No FILE or - is standard input, where its\n"
        "beginning tells which it is.",
    .example = "  slant quotes article.txt | jq -r '[.speaker, .cue.text] | @tsv'",
    .option = quotes_table,
    .n_option = sizeof quotes_table / sizeof quotes_table[0],
    .run = run_quotes,
};
