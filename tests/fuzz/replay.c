/* Runs a fuzz target on every file of a folder, in order of name; a TAP line each. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

static int by_name(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

/* Names of the folder's visible entries, sorted; NULL where it cannot be read. */
static char **list(const char *folder, size_t *n)
{
    DIR *dir = opendir(folder);
    char **name = NULL;
    struct dirent *entry;
    *n = 0;
    if (dir == NULL) {
        return NULL;
    }
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.') {
            name = realloc(name, (*n + 1) * sizeof *name);
            LAW(name != NULL);
            name[*n] = strdup(entry->d_name);
            LAW(name[*n] != NULL);
            ++*n;
        }
    }
    (void)closedir(dir);
    if (*n > 0) {
        qsort(name, *n, sizeof *name, by_name);
    }
    return name;
}

static uint8_t *slurp(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    uint8_t *bytes = NULL;
    if (f == NULL) {
        return NULL;
    }
    if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode)) {
        *len = (size_t)st.st_size;
        bytes =
            malloc(*len > 0 ? *len : 1); /* of the exact size, so that a sanitizer sees its end */
        if (bytes != NULL && fread(bytes, 1, *len, f) != *len) {
            free(bytes);
            bytes = NULL;
        }
    }
    (void)fclose(f);
    return bytes;
}

int main(int argc, char **argv)
{
    size_t n;
    char **name = argc == 2 ? list(argv[1], &n) : NULL;
    int code = 0;
    if (name == NULL) {
        (void)printf("not ok - %s: no folder with seeds\n", argc == 2 ? argv[1] : "replay FOLDER");
        return 1;
    }
    for (size_t i = 0; i < n; i++) {
        char path[4096];
        size_t len = 0;
        uint8_t *bytes;
        (void)snprintf(path, sizeof path, "%s/%s", argv[1], name[i]);
        bytes = slurp(path, &len);
        if (bytes == NULL) {
            (void)printf("not ok - %s: cannot be read\n", name[i]);
            code = 1;
        } else {
            (void)LLVMFuzzerTestOneInput(bytes, len); /* a broken law aborts */
            (void)printf("ok - %s\n", name[i]);
        }
        (void)fflush(stdout);
        free(bytes);
        free(name[i]);
    }
    free(name);
    return code;
}
