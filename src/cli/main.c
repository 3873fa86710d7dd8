#include "cli/cli.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct cli_command *const commands[] = {
    &cli_train, &cli_eval, &cli_score, &cli_report, &cli_quotes, &cli_explain, &cli_inspect};
enum { N_COMMAND = sizeof commands / sizeof commands[0] };

static void help(FILE *to)
{
    (void)fputs("slant: who is for or against, and how sure\n\n"
                "usage: slant COMMAND [options] [FILE...]\n\ncommands:\n",
                to);
    for (size_t i = 0; i < N_COMMAND; i++) {
        (void)fprintf(to, "  %-10s%s\n", commands[i]->name, commands[i]->summary);
    }
    (void)fputs("\n`slant COMMAND --help` shows a command's options and an example;\n"
                "`slant --version` the version.\n\nexample:\n"
                "  slant report -m models/vendor-ban.slant article.txt\n",
                to);
}

/* A closed standard stream would give its number to the next file opened, and output or messages
 * would go there. Opened for reading, it refuses to be written. */
static void keep_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

/* What help printed must have arrived. */
static int flushed(int code)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        cli_say(NULL, "standard output: cannot write");
        return CLI_FAILED;
    }
    return code;
}

static const struct cli_command *find(const char *name)
{
    for (size_t i = 0; i < N_COMMAND; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static int run(const struct cli_command *c, int argc, char **argv)
{
    struct cli_values v = {.seed = 1, .top = 10, .evidence = 3};
    int code = cli_parse(c, argc, argv, &v);
    if (code == -1 && v.color != NULL) {
        static const char *const known[] = {"auto", "always", "never"};
        code = cli_choice(c, "color", v.color, known, 3) == 3 ? CLI_USAGE : -1;
    }
    if (code == -1) {
        code = cli_list_files(c, &v);
    }
    if (code == -1) {
        code = cli_guard(c, &v);
    }
    if (code == -1) {
        code = c->run(&v);
    }
    cli_free_files(&v);
    return code;
}

int main(int argc, char **argv)
{
    const struct cli_command *c;
    keep_standard_streams();
    cli_signals_begin();
    cli_memory_begin();
    if (argc < 2) {
        help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        (strcmp(argv[1], "help") == 0 && argc == 2)) {
        help(stdout);
        return flushed(CLI_DONE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("slant %s\n", slant_version());
        return flushed(CLI_DONE);
    }
    if (strcmp(argv[1], "help") == 0 && (c = find(argv[2])) != NULL) {
        cli_help(c);
        return flushed(CLI_DONE);
    }
    if (strcmp(argv[1], "help") == 0) {
        argv[1] = argv[2]; /* named in the message */
    }
    c = find(argv[1]);
    if (c == NULL) {
        cli_say(NULL, "\"%s\" is no command; `slant --help` lists them", argv[1]);
        return CLI_USAGE;
    }
    return flushed(run(c, argc - 1, argv + 1));
}
