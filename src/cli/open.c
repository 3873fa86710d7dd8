#include "cli/cli.h"

#include <string.h>

/* Reads --speakers, where it is given. CLI_DONE, or the exit code after telling why not. */
static int read_speakers(const struct cli_command *c, const struct cli_values *v,
                         struct slant_aliases **out)
{
    struct slant_error err = {0};
    if (v->speakers == NULL) {
        return CLI_DONE;
    }
    if (strcmp(v->speakers, "-") == 0 && v->n_file == 0 && v->text == NULL) {
        return cli_wrong(c, "--speakers - and the articles are both standard input; name files");
    }
    return slant_aliases_open(v->speakers, out, &err) == SLANT_OK ? CLI_DONE : cli_fail(c, &err);
}

void cli_close_read(struct cli_opened *o)
{
    slant_model_free(o->model);
    slant_aliases_free(o->aliases);
}

int cli_open(const struct cli_command *c, const struct cli_values *v, struct cli_opened *o)
{
    struct slant_error err;
    int code;
    if (v->n_model > 0 && slant_model_open(v->model[0], &o->model, &err) != SLANT_OK) {
        return cli_fail(c, &err);
    }
    code = read_speakers(c, v, &o->aliases);
    if (code == CLI_DONE && cli_output_open(v->output, &o->out, &err) != SLANT_OK) {
        code = cli_fail(c, &err);
    }
    if (code == CLI_DONE) {
        code = cli_sandbox(c, v, o->out);
        if (code != CLI_DONE) {
            cli_output_discard(o->out);
        }
    }
    if (code != CLI_DONE) {
        cli_close_read(o);
    }
    return code;
}
