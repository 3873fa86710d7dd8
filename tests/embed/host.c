/* A program of another field that embeds libslant: it has functions named train, predict and scale, a
 * locale with a decimal comma, signal handlers, a closed standard input. All stay as they are, and the
 * bytes are those of the command.
 *     host MODEL ARTICLE TABLE FOLDER >scored */
#define _POSIX_C_SOURCE 200809L
#include <slant.h>

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* Names that liblinear, libsvm and their like use bare; a wrong one called would end us. */
#define MINE(name)   \
    void name(void); \
    void name(void)  \
    {                \
        abort();     \
    }
MINE(train)
MINE(predict)
MINE(predict_values)
MINE(load_model)
MINE(save_model)
MINE(check_parameter)
MINE(hash)
MINE(scale)
MINE(report)
MINE(tokenize)

static int caught;

static void handler(int sig)
{
    caught = sig;
}

static int to_standard_output(void *user, const void *bytes, size_t len)
{
    (void)user;
    return fwrite(bytes, 1, len, stdout) == len ? 0 : 1;
}

#define CHECK(condition)                                                  \
    do {                                                                  \
        if (!(condition)) {                                               \
            (void)fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
            return 1;                                                     \
        }                                                                 \
    } while (0)

int main(int argc, char **argv)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGXFSZ, SIGALRM, SIGFPE};
    struct sigaction before[7], after;
    struct slant_model *model = NULL;
    struct slant_error err = {0};
    struct slant_score_options score = {.size = sizeof score};
    struct slant_train_options train_options = {
        .size = sizeof train_options, .n_trial = 4, .n_fold = 2, .seed = 1};
    const char *path[] = {argc == 5 ? argv[2] : ""};
    const char *table[] = {argc == 5 ? argv[3] : ""};
    struct slant_input in = {.size = sizeof in, .path = path, .n_path = 1, .n_thread = 3};
    char out[600], locale[200], *first_variable = environ[0];
    mode_t mask;
    CHECK(argc == 5);
    (void)setlocale(LC_ALL, "");
    (void)snprintf(locale, sizeof locale, "%s", setlocale(LC_ALL, NULL));
    mask = umask(027);
    for (int i = 0; i < 7; i++) {
        struct sigaction action = {.sa_handler = handler};
        CHECK(sigaction(signals[i], &action, NULL) == 0);
        CHECK(sigaction(signals[i], NULL, &before[i]) == 0);
    }
    srand(5);
    CHECK(slant_model_open(argv[1], &model, &err) == SLANT_OK);
    CHECK(slant_score(model, &in, &score, to_standard_output, NULL, NULL, &err) == SLANT_OK);
    slant_model_free(model);
    in.path = table;
    in.format = SLANT_FORMAT_TSV;
    (void)snprintf(out, sizeof out, "%s/host.slant", argv[4]);
    train_options.name = "tiny";
    CHECK(slant_train(&in, &train_options, out, &err) == SLANT_OK);
    {
        int first = rand();
        srand(5);
        CHECK(first == rand()); /* nobody else drew */
    }
    for (int i = 0; i < 7; i++) {
        CHECK(sigaction(signals[i], NULL, &after) == 0);
        CHECK(after.sa_handler == before[i].sa_handler);
    }
    CHECK(strcmp(locale, setlocale(LC_ALL, NULL)) == 0);
    CHECK(umask(mask) == 027);
    CHECK(environ[0] == first_variable);
    CHECK(caught == 0);
    CHECK(fflush(stdout) == 0);
    return 0;
}
