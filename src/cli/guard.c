/* What an output may not replace: a file that is read, and by a model only a model. A wildcard behind
 * -o, as in "-o *.tsv", would else cost labels written by hand. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const char *path)
{
    struct stat b;
    return path != NULL &&
           (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &b) : stat(path, &b)) == 0 &&
           a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

static bool is_read(const struct stat *out, const struct cli_values *v)
{
    const char *const named[] = {v->model[0], v->model[1], v->lexicon,
                                 v->vectors,  v->speakers, v->files_from};
    bool same = v->n_file == 0 && v->text == NULL && same_file(out, "-");
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        same = same || same_file(out, named[i]);
    }
    for (size_t i = 0; i < v->n_file; i++) {
        same = same || same_file(out, v->file[i]);
    }
    return same;
}

/* -1: a model file, perhaps damaged, or an empty one; else the exit code after telling. */
static int check_model(const struct cli_command *c, const char *path)
{
    static const char magic[8] = {'\x89', 'S',  'L',  'N',
                                  'T',    '\r', '\n', '\x1a'}; /* model/bundle.h */
    char bytes[sizeof magic];
    size_t n;
    bool failed;
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        cli_say(c, "%s: cannot open: %s", path, strerror(errno));
        return CLI_FAILED;
    }
    n = fread(bytes, 1, sizeof bytes, f);
    failed = ferror(f) != 0;
    (void)fclose(f);
    if (failed) {
        cli_say(c, "%s: cannot read what the model would replace", path);
        return CLI_FAILED;
    }
    if (n > 0 && (n < sizeof bytes || memcmp(bytes, magic, sizeof magic) != 0)) {
        cli_say(c,
                "--output %.200s is no model, and a model replaces none but models; choose another "
                "name, or remove that file first",
                path);
        return CLI_USAGE;
    }
    return -1;
}

int cli_guard(const struct cli_command *c, const struct cli_values *v)
{
    bool standard = v->output == NULL || strcmp(v->output, "-") == 0;
    struct stat out;
    if ((standard ? fstat(STDOUT_FILENO, &out) : stat(v->output, &out)) != 0 ||
        !S_ISREG(out.st_mode)) {
        return -1;
    }
    if (is_read(&out, v)) {
        return cli_wrong(c, standard ? "standard output goes to a file that is read; choose another"
                                     : "--output names a file that is read; choose another");
    }
    return c == &cli_train && !standard ? check_model(c, v->output) : -1;
}
