#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int show_progress(void *user, const char *stage, uint64_t done, uint64_t total)
{
    const struct cli_values *v = user;
    if (done == total) { /* "writing": the next call of slant_train's is its last */
        cli_write_begin();
    }
    if (!v->quiet && isatty(STDERR_FILENO)) {
        (void)fprintf(stderr, "\r\033[K%s (%llu of %llu)%s", stage, (unsigned long long)done,
                      (unsigned long long)total, done == total ? "\r\033[K" : "");
    }
    return 0;
}

static void show_note(void *user, const char *text)
{
    const struct cli_values *v = user;
    if (!v->quiet) {
        (void)fprintf(stderr, "%s", isatty(STDERR_FILENO) ? "\r\033[K" : "");
        cli_say(&cli_train, "%s", text);
    }
}

static enum slant_format data_format(const struct cli_command *c, const char *name, bool *good)
{
    static const char *const known[] = {"tsv", "csv", "jsonl"};
    static const enum slant_format format[] = {SLANT_FORMAT_TSV, SLANT_FORMAT_CSV,
                                               SLANT_FORMAT_JSONL, SLANT_FORMAT_AUTO};
    size_t i = name == NULL ? 3 : cli_choice(c, "format", name, known, 3);
    *good = name == NULL || i < 3;
    return format[i];
}

/* The part of a training that eval --cv shares. False after telling what is wrong. */
static bool train_options(const struct cli_command *c, const struct cli_values *v,
                          struct slant_train_options *out, enum slant_format *format)
{
    static const char *const known[] = {"auto", "libsvm", "dual"};
    size_t solver = v->solver == NULL ? 0 : cli_choice(c, "solver", v->solver, known, 3);
    bool good;
    *format = data_format(c, v->format, &good);
    *out = (struct slant_train_options){.size = sizeof *out,
                                        .name = v->name,
                                        .subject = v->subject,
                                        .solver = (enum slant_solver)(solver % 3),
                                        .cost = v->cost,
                                        .seed = v->seed,
                                        .n_fold = (unsigned)v->folds,
                                        .unbalanced = v->unbalanced,
                                        .pooled = v->pooled,
                                        .target_words = v->target_words,
                                        .lexicon = v->lexicon,
                                        .vectors = v->vectors,
                                        .weight = v->weight,
                                        .leave_out = v->leave_out,
                                        .n_trial = (uint32_t)v->trials,
                                        .setting = v->setting,
                                        .n_setting = v->n_setting};
    return good && solver < 3;
}

/* Tells of heads whose labels are not two sides: reports on them have no verdicts. */
static void tell_sides(const char *path)
{
    struct slant_model *m = NULL;
    struct slant_error err;
    size_t n = 0;
    const struct slant_head *head;
    if (slant_model_open(path, &m, &err) != SLANT_OK) {
        return;
    }
    head = slant_model_heads(m, &n);
    for (size_t i = 0; i < n; i++) {
        char list[300] = "";
        size_t len = 0;
        unsigned sides = 0;
        for (uint32_t k = 0; k < head[i].n_label && len < sizeof list; k++) {
            const char *label = head[i].label[k];
            if (strcmp(label, "none") != 0 && strcmp(label, "neutral") != 0) {
                len += (size_t)snprintf(list + len, sizeof list - len, "%s%s",
                                        sides++ == 0 ? "" : ", ", label);
            }
        }
        if (sides != 2) {
            cli_say(&cli_train,
                    "%s has %u label%s beside none and neutral (%s), not two sides: reports "
                    "will give no verdict; is one misspelled?",
                    head[i].name, sides, sides == 1 ? "" : "s", list);
        }
    }
    slant_model_free(m);
}

/* Why no file can be made there, where that is known before the work already: an errno, or 0. Nothing is made for
 * a trial, which a signal would leave behind. */
static int why_not_written(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096];
    const size_t len = slash == NULL || slash == path ? 1 : (size_t)(slash - path);
    struct stat st;
    if (stat(path, &st) == 0) {
        return S_ISDIR(st.st_mode) ? EISDIR : 0; /* the rest, the writer knows */
    }
    if (len > sizeof folder - sizeof "/.") {
        return 0;
    }
    memcpy(folder, slash == NULL ? "." : path, len);
    memcpy(folder + len, "/.", sizeof "/."); /* a folder, that is */
    return access(folder, W_OK | X_OK) == 0 ? 0 : errno;
}

static int run_train(struct cli_values *v)
{
    struct slant_train_options opt;
    enum slant_format format;
    struct slant_input in;
    struct slant_error err;
    enum slant_status status;
    int why_not;
    if (!train_options(&cli_train, v, &opt, &format)) {
        return CLI_USAGE;
    }
    if (v->output == NULL || strcmp(v->output, "-") == 0) {
        return cli_wrong(&cli_train, "name the model to write with -o MODEL");
    }
    if (v->n_file == 0) {
        return cli_wrong(&cli_train, "name the labelled data to learn from");
    }
    in = cli_input(v, format);
    opt.progress = show_progress;
    opt.note = show_note;
    opt.user = v;
    why_not = why_not_written(v->output);
    if (why_not != 0) {
        cli_say(&cli_train, "%s: cannot be written: %s", v->output, strerror(why_not));
        return CLI_FAILED;
    }
    status = slant_train(&in, &opt, v->output, &err);
    cli_write_end();
    if (status != SLANT_OK) {
        return cli_fail(&cli_train, &err);
    }
    if (!v->quiet) {
        tell_sides(v->output);
        (void)fprintf(stderr, "wrote %s; see it with `slant inspect %s`\n", v->output, v->output);
    }
    return CLI_DONE;
}

/* Whether an option says how to learn. */
static bool learns(const struct cli_values *v)
{
    return v->solver != NULL || v->cost > 0 || v->unbalanced || v->pooled || v->target_words ||
           v->lexicon != NULL || v->vectors != NULL || v->weight != NULL || v->trials > 0 ||
           v->n_setting > 0;
}

static int run_eval(struct cli_values *v)
{
    struct slant_eval_options opt = {.size = sizeof opt};
    struct slant_model *model[2] = {NULL, NULL};
    struct slant_output *out;
    enum slant_format format;
    struct slant_input in;
    struct slant_error err;
    enum slant_status status = SLANT_OK;
    if (!train_options(&cli_eval, v, &opt.train, &format)) {
        return CLI_USAGE;
    }
    if ((v->n_model > 0) == (v->cross_validate || v->curve || v->leave_out != NULL)) {
        return cli_wrong(&cli_eval, "give either a model with -m MODEL, or --cv K, --curve or "
                                    "--leave-out COLUMN, which learn anew");
    }
    if (v->n_model > 0 && learns(v)) {
        return cli_wrong(&cli_eval, "options of training go with --cv; a model given is as it is");
    }
    if (v->n_file == 0) {
        return cli_wrong(&cli_eval, "name the labelled data to evaluate on");
    }
    if (!cli_json(&cli_eval, v, &opt.json)) {
        return CLI_USAGE;
    }
    opt.n_fold = (unsigned)v->folds;
    opt.curve = v->curve;
    opt.quantify = v->quantify;
    opt.n_bootstrap = (unsigned)v->bootstrap;
    in = cli_input(v, format);
    for (size_t i = 0; i < v->n_model && status == SLANT_OK; i++) {
        status = slant_model_open(v->model[i], &model[i], &err);
    }
    if (status == SLANT_OK) {
        status = cli_output_open(v->output, &out, &err);
    }
    if (status != SLANT_OK) {
        slant_model_free(model[0]);
        slant_model_free(model[1]);
        return cli_fail(&cli_eval, &err);
    }
    status = v->n_model == 2 ? slant_compare(model[0], model[1], &in, &opt, cli_sink, out, &err)
                             : slant_eval(model[0], &in, &opt, cli_sink, out, &err);
    slant_model_free(model[0]);
    slant_model_free(model[1]);
    return cli_finish(&cli_eval, v, status, NULL, out, &err);
}

static const struct cli_option *const train_table[] = {
    &opt_output_file,  &opt_format_data, &opt_subject, &opt_name,       &opt_solver,
    &opt_cost,         &opt_folds,       &opt_seed,    &opt_unbalanced, &opt_pooled,
    &opt_target_words, &opt_lexicon,     &opt_vectors, &opt_weight,     &opt_trials,
    &opt_set,          &opt_leave_out,   &opt_threads, &opt_quiet};

const struct cli_command cli_train = {
    .name = "train",
    .summary = "learn a model from labelled sentences",
    .usage = "slant train -o MODEL [options] DATA...",
    .description =
        "DATA is TSV (a header line, no quoting), CSV or JSON Lines with a column text and one or\n"
        "both of stance and sentiment; also read: subject, target (spellings parted by |) or from\n"
        "and to, group, weight. An empty label means unlabelled. The same data and settings give\n"
        "the same model, byte for byte.",
    .example = "  slant train -o ban.slant training/vendor-ban.tsv",
    .option = train_table,
    .n_option = sizeof train_table / sizeof train_table[0],
    .run = run_train,
};

static const struct cli_option *const eval_table[] = {
    &opt_models, &opt_cv,           &opt_curve,   &opt_leave_out, &opt_json,   &opt_bootstrap,
    &opt_output, &opt_format_data,  &opt_solver,  &opt_cost,      &opt_seed,   &opt_unbalanced,
    &opt_pooled, &opt_target_words, &opt_lexicon, &opt_vectors,   &opt_weight, &opt_trials,
    &opt_set,    &opt_threads,      &opt_quantify};

const struct cli_command cli_eval = {
    .name = "eval",
    .summary = "measure a model, or cross-validate, on labelled sentences",
    .usage = "slant eval -m MODEL [-m MODEL] DATA...   or   slant eval --cv K DATA...",
    .description =
        "Accuracy, macro-F1, F_avg (mean F1 of favor and against), calibration error, F1 per "
        "label\n"
        "and confusion, each headline with a 95 % bootstrap interval over groups; per subject "
        "where\n"
        "the data hold several. Cross-validation keeps groups and near-copies in one fold, "
        "chooses\n"
        "settings inside each, and shows a baseline of single words beside. Two models: McNemar's\n"
        "exact test and a paired bootstrap of the differences. --quantify: the errors of "
        "estimated\n"
        "shares, from artificial collections.",
    .example = "  slant eval -m models/vendor-ban.slant labelled.tsv --json | jq .heads.stance",
    .option = eval_table,
    .n_option = sizeof eval_table / sizeof eval_table[0],
    .run = run_eval,
};
