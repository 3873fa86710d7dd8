/* Which files a command reads: those named, those in folders (-r), those in a list (--files-from). */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { DEEPEST = 64 };

struct list {
    char **path; /* [n], owned */
    size_t n, cap;
};

static bool add(struct list *l, const char *path)
{
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 64 : 2 * l->cap;
        char **grown =
            cap > SIZE_MAX / sizeof *grown ? NULL : realloc(l->path, cap * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        l->path = grown;
        l->cap = cap;
    }
    l->path[l->n] = strdup(path);
    return l->path[l->n] != NULL && ++l->n > 0;
}

void cli_free_files(struct cli_values *v)
{
    for (size_t i = 0; i < v->n_listed; i++) {
        free(v->listed[i]);
    }
    free(v->listed);
    v->listed = NULL;
    v->n_listed = 0;
}

/* ---- folders ---- */

/* In small letters or large; none of the extensions has an i, which some locales change otherwise. */
static bool has_extension(const char *name, size_t len, const char *extension)
{
    size_t n = strlen(extension);
    return len > n && strncasecmp(name + len - n, extension, n) == 0;
}

/* A folder holds much that is no article: only these are taken from it. */
static bool is_article(const char *name)
{
    static const char *const extensions[] = {".txt", ".html", ".htm", ".jsonl", ".ndjson"};
    size_t len = strlen(name);
    if (has_extension(name, len, ".gz")) {
        len -= 3;
    } else if (has_extension(name, len, ".zst")) {
        len -= 4;
    }
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        if (has_extension(name, len, extensions[i])) {
            return true;
        }
    }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *join(const char *folder, const char *name)
{
    size_t n = strlen(folder);
    size_t size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s%s%s", folder, n > 0 && folder[n - 1] == '/' ? "" : "/",
                       name);
    }
    return path;
}

/* The names in a folder, hidden ones left out, in the order of their bytes. */
static bool list_folder(const char *folder, struct list *names)
{
    DIR *d = opendir(folder);
    struct dirent *entry;
    bool ok = d != NULL;
    errno = 0;
    while (ok && (entry = readdir(d)) != NULL) {
        ok = entry->d_name[0] == '.' || add(names, entry->d_name);
        errno = 0;
    }
    ok = ok && errno == 0;
    if (d != NULL) {
        (void)closedir(d);
    }
    if (names->n > 1) {
        qsort(names->path, names->n, sizeof *names->path, by_bytes);
    }
    return ok;
}

static void free_list(struct list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->path[i]);
    }
    free(l->path);
}

/* Files of a folder that are of other kinds, or cannot be looked at. */
struct passed_over {
    size_t n;
    char first[256]; /* the name of one */
};

/* Links to folders are not followed, so that none is met twice. -1, or the exit code after telling. */
static int walk(const struct cli_command *c, const char *folder, int depth, struct list *out,
                struct passed_over *passed)
{
    struct list names = {0};
    int code = -1;
    if (!list_folder(folder, &names)) {
        cli_say(c, "%s: cannot list: %s", folder, strerror(errno == 0 ? ENOMEM : errno));
        code = CLI_FAILED;
    } else if (depth > DEEPEST) {
        cli_say(c, "%s: folders nested deeper than %d", folder, DEEPEST);
        code = CLI_FAILED;
    }
    for (size_t i = 0; code == -1 && i < names.n; i++) {
        struct stat st;
        char *path = join(folder, names.path[i]);
        bool there = path != NULL && lstat(path, &st) == 0;
        bool ok = path != NULL;
        if (there && S_ISDIR(st.st_mode)) {
            code = walk(c, path, depth + 1, out, passed);
        } else if (there) {
            const bool found = !S_ISLNK(st.st_mode) || stat(path, &st) == 0;
            if (found && S_ISREG(st.st_mode) && is_article(names.path[i])) {
                ok = add(out, path);
            } else if (!(found && S_ISDIR(st.st_mode)) && passed->n++ == 0) {
                (void)snprintf(passed->first, sizeof passed->first, "%s", names.path[i]);
            }
        }
        if (!ok) {
            cli_say(c, "out of memory");
            code = CLI_FAILED;
        }
        free(path);
    }
    free_list(&names);
    return code;
}

static int add_named(const struct cli_command *c, const struct cli_values *v, const char *path,
                     struct list *out)
{
    struct stat st;
    if (v->recursive && strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        struct passed_over passed = {0};
        const int code = walk(c, path, 1, out, &passed);
        if (code == -1 && passed.n > 0 && !v->quiet) {
            cli_say(
                c,
                "%s: %zu file%s passed over, such as %s: other kinds, or links that lead nowhere",
                path, passed.n, passed.n == 1 ? "" : "s", passed.first);
        }
        return code;
    }
    if (!add(out, path)) {
        cli_say(c, "out of memory");
        return CLI_FAILED;
    }
    return -1;
}

/* ---- lists ---- */

static int read_list(const struct cli_command *c, const struct cli_values *v, struct list *out)
{
    bool standard = strcmp(v->files_from, "-") == 0;
    FILE *f = standard ? stdin : fopen(v->files_from, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int code = -1;
    if (f == NULL) {
        cli_say(c, "%s: cannot open: %s", v->files_from, strerror(errno));
        return CLI_FAILED;
    }
    while (code == -1 && (n = getdelim(&line, &cap, v->null_ended ? 0 : '\n', f)) > 0) {
        if (!v->null_ended && line[n - 1] == '\n') {
            line[--n] = 0;
            if (n > 0 && line[n - 1] == '\r') { /* a list made on Windows */
                line[--n] = 0;
            }
        }
        if (strlen(line) != (size_t)n && !v->null_ended) {
            cli_say(c, "%s: a name with a NUL; add -0 for a list parted by NULs", v->files_from);
            code = CLI_FAILED;
        } else if (standard && strcmp(line, "-") == 0) {
            cli_say(c, "standard input holds the list of files, it cannot be one of them");
            code = CLI_USAGE;
        } else if (*line != 0) {
            code = add_named(c, v, line, out);
        }
    }
    if (code == -1 && ferror(f) != 0) {
        cli_say(c, "%s: cannot read: %s", v->files_from, strerror(errno));
        code = CLI_FAILED;
    }
    free(line);
    if (!standard) {
        (void)fclose(f);
    }
    return code;
}

int cli_list_files(const struct cli_command *c, struct cli_values *v)
{
    struct list out = {0};
    int code = -1;
    if (v->null_ended && v->files_from == NULL) {
        return cli_wrong(c, "-0 is about --files-from; give that too");
    }
    if (!v->recursive && v->files_from == NULL) {
        return -1;
    }
    if (v->recursive && v->n_file == 0 && v->files_from == NULL) {
        return cli_wrong(c, "name a folder for -r");
    }
    for (size_t i = 0; code == -1 && i < v->n_file; i++) {
        code = add_named(c, v, v->file[i], &out);
    }
    if (code == -1 && v->files_from != NULL) {
        code = read_list(c, v, &out);
    }
    v->listed = out.path;
    v->n_listed = out.n;
    if (code == -1 && out.n == 0) {
        cli_say(
            c, v->files_from != NULL
                   ? "the list names no file"
                   : "no article in the folder: no .txt, .html, .htm, .jsonl or .ndjson, packed or "
                     "not");
        code = CLI_FAILED;
    }
    if (code != -1) {
        cli_free_files(v);
        return code;
    }
    v->file = (const char *const *)v->listed;
    v->n_file = v->n_listed;
    return -1;
}
