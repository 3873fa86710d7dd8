/** The command line: one table of options a command, from which parsing, --help and the tests of
 * the man pages and completions all come. */
#ifndef SL_CLI_CLI_H
#define SL_CLI_CLI_H

#include "slant.h"

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

#define CLI_MAX_ALIAS SLANT_MAX_ALIAS
#define CLI_MAX_SETTING 64

/* Values of all options; each command reads its own. */
struct cli_values {
    const char *model[2];
    size_t n_model;
    const char *output, *format, *subject, *name, *solver, *color, *leave_out, *text, *lexicon,
        *vectors, *weight, *title, *period, *compare, *group, *table, *chart, *files_from,
        *speakers;
    const char *setting[CLI_MAX_SETTING];
    size_t n_setting;
    const char *alias[CLI_MAX_ALIAS]; /* --target first, then each --alias */
    size_t n_alias;
    const char *target;
    unsigned long long seed, max_errors, threads, folds, top, evidence, width, bootstrap, trials;
    double cost;
    enum slant_format input;
    bool cross_validate, curve, quantify, count_copies, lines, trailer, no_holders, json,
        unbalanced, pooled, target_words, all, every_label, quiet, scored, top_given;
    bool recursive, null_ended, sandbox;
    const char *const *file; /* [n_file] */
    size_t n_file;
    char **listed; /* [n_listed], owned: what file points to after cli_list_files */
    size_t n_listed;
};

/* Long names only where short is 0. argument NULL: a flag. */
struct cli_option {
    const char *name;
    char short_name;
    const char *argument;
    const char *help;
};

struct cli_command {
    const char *name, *summary, *usage, *description, *example;
    const struct cli_option *const *option; /* [n_option] into the table of options.c */
    size_t n_option;
    int (*run)(struct cli_values *v);
};

extern const struct cli_command cli_train, cli_eval, cli_score, cli_report, cli_explain,
    cli_inspect, cli_quotes;

/* The options there are. */
extern const struct cli_option opt_model, opt_output, opt_format_data, opt_format_score,
    opt_format_report, opt_format_explain, opt_format_quotes, opt_input_format, opt_subject,
    opt_main_subject, opt_name, opt_solver, opt_cost, opt_seed, opt_folds, opt_unbalanced,
    opt_pooled, opt_target_words, opt_lexicon, opt_vectors, opt_set, opt_weight, opt_trials,
    opt_threads, opt_lines, opt_target, opt_alias, opt_max_errors, opt_trailer, opt_no_holders,
    opt_json, opt_cv, opt_models, opt_output_file, opt_curve, opt_leave_out, opt_bootstrap, opt_top,
    opt_all, opt_labels, opt_text, opt_color, opt_evidence, opt_width, opt_quiet, opt_scored,
    opt_title, opt_quantify, opt_count_copies, opt_period, opt_compare, opt_group, opt_table,
    opt_chart, opt_recursive, opt_files_from, opt_null, opt_speakers, opt_sandbox, opt_help;

/* Fills *v, or prints help or one line about what is wrong. -1: go on; else the exit code. */
int cli_parse(const struct cli_command *c, int argc, char **argv, struct cli_values *v);
void cli_help(const struct cli_command *c);
/* One line on standard error, "slant score: ...", without control characters. */
void cli_say(const struct cli_command *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int cli_fail(const struct cli_command *c, const struct slant_error *err); /* CLI_FAILED */
int cli_wrong(const struct cli_command *c, const char *what);             /* CLI_USAGE */
/* Index of --format in names[n], or n after telling that it is none of them. Without one the extension of
 * --output tells, or else it is the first. */
size_t cli_format(const struct cli_command *c, const struct cli_values *v, const char *const *names,
                  size_t n);
/* Whether --json or the extension of --output asks for JSON, not text. False after telling that it is neither. */
bool cli_json(const struct cli_command *c, const struct cli_values *v, bool *json);
/* Index of name in names[n], or n after telling that it is none of them. */
size_t cli_choice(const struct cli_command *c, const char *option, const char *name,
                  const char *const *names, size_t n);
/* Puts what is in folders and lists in the place of v->file. -1: go on; else the exit code. */
int cli_list_files(const struct cli_command *c, struct cli_values *v);
void cli_free_files(struct cli_values *v);
/* Whether the output would replace what it may not. -1: go on; else the exit code after telling. */
int cli_guard(const struct cli_command *c, const struct cli_values *v);

/* Signals that ask the command to stop wait for what is between begin and end. */
void cli_signals_begin(void);
/* Ends the process at once, without the temporary file. */
_Noreturn void cli_abandon(int code);
void cli_memory_begin(void); /* ends it where jansson gets no memory */
void cli_write_begin(void);
void cli_write_end(void);
/* The functions of slant.h, so that such a signal leaves no temporary file and no half line. */
enum slant_status cli_output_open(const char *path, struct slant_output **out,
                                  struct slant_error *err);
int cli_sink(void *output, const void *bytes, size_t len);
enum slant_status cli_output_commit(struct slant_output *out, struct slant_error *err);
void cli_output_discard(struct slant_output *out);

/* With --sandbox: gives up what is not needed to read v->file and to end out. CLI_DONE, or the exit code
 * after telling why not. */
int cli_sandbox(const struct cli_command *c, const struct cli_values *v,
                const struct slant_output *out);

/* What a run reads and writes beside its articles: NULL where it has none. */
struct cli_opened {
    struct slant_model *model;
    struct slant_aliases *aliases;
    struct slant_output *out;
};
/* Opens what is named of it, then gives up the rest as cli_sandbox does. *o is zero-initialised. CLI_DONE, or
 * the exit code after telling why not and closing all. */
int cli_open(const struct cli_command *c, const struct cli_values *v, struct cli_opened *o);
void cli_close_read(struct cli_opened *o); /* all but the output, which cli_finish ends */

/* Shows on a terminal how far the reading of an input is. */
struct cli_progress {
    double started, shown; /* seconds */
    bool on_screen;
};
void cli_progress_begin(struct cli_progress *p, const struct cli_values *v, struct slant_input *in);
void cli_progress_end(struct cli_progress *p);

bool cli_color(const struct cli_values *v);
struct slant_input cli_input(const struct cli_values *v, enum slant_format format);
/* The exit code after a run: tells of errors, or that no sentence was read, commits or discards the
 * output. counts: NULL where the run is not over articles. */
int cli_finish(const struct cli_command *c, const struct cli_values *v, enum slant_status status,
               const struct slant_counts *counts, struct slant_output *out,
               const struct slant_error *err);

#endif
