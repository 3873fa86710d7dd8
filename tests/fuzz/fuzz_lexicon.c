/* A polarity lexicon as a table of tabs. What is read is in order and in range, every entry is found
 * again, and the lexicon written out reads as itself. */
#include "fuzz.h"

#include "train/lexicon_file.h"

#include <math.h>

static bool plain_key(const char *key, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)key[i];
        if (c < 0x20 || c >= 0x7f || c == '~') {
            return false;
        }
    }
    return true;
}

static void check_entry(const struct sl_lexicon *x, uint32_t i)
{
    const char *key = x->bytes + x->start[i];
    size_t len = x->start[i + 1] - x->start[i];
    double strength = (double)x->strength[i];
    struct sl_polarity p;
    LAW(x->start[i + 1] > x->start[i]);
    if (i > 0) {
        size_t before = x->start[i] - x->start[i - 1];
        int order = memcmp(x->bytes + x->start[i - 1], key, before < len ? before : len);
        LAW(order < 0 || (order == 0 && before < len));
    }
    LAW(x->role[i] < SL_N_ROLE &&
        (x->word_class[i] <= x->n_class || x->word_class[i] == SL_NO_CLASS));
    LAW(x->role[i] != SL_ROLE_NONE || x->word_class[i] != 0);
    LAW(isfinite(strength) && fabs(strength) <= 10);
    LAW((x->role[i] == SL_ROLE_NEGATOR || x->role[i] == SL_ROLE_NONE) == (strength == 0));
    LAW(x->role[i] == SL_ROLE_POLAR || strength >= 0);
    p = sl_lexicon_phrase(x, key, len);
    LAW(p.role == x->role[i] && (double)p.strength == strength &&
        p.word_class == (x->word_class[i] == SL_NO_CLASS ? 0 : x->word_class[i]));
}

/* Entries of plain letters, as a file that gives the same lexicon. */
static void check_written(const struct sl_lexicon *x)
{
    static const char *const role[] = {"", "", "intensifier", "diminisher", "negator"};
    struct fuzz_output out = {0};
    struct sl_lexicon y = {0};
    struct slant_error err = {0};
    uint64_t digest;
    char line[128];
    bool whole = true;
    (void)fuzz_sink(&out, "entry\trole\tstrength\tclass\n", 26);
    for (uint32_t i = 0; i < x->n; i++) {
        const char *key = x->bytes + x->start[i];
        size_t len = x->start[i + 1] - x->start[i];
        double strength = (double)x->strength[i];
        bool polar = x->role[i] == SL_ROLE_POLAR;
        uint32_t own = x->word_class[i];
        char number[32] = "";
        if (key[0] == '~') {
            continue; /* made again from the others */
        }
        whole = whole && plain_key(key, len);
        (void)fuzz_sink(&out, key, len);
        if (x->role[i] != SL_ROLE_NONE) {
            (void)snprintf(number, sizeof number, "%.9g",
                           polar ? fmin(3 * fabs(strength), 10) : strength);
        }
        (void)snprintf(line, sizeof line, "\t%s\t%s\t%s\n",
                       !polar         ? role[x->role[i]]
                       : strength > 0 ? "positive"
                                      : "negative",
                       number,
                       own == 0             ? ""
                       : own == SL_NO_CLASS ? "-"
                                            : x->class_name[own - 1]);
        (void)fuzz_sink(&out, line, strlen(line));
    }
    if (whole && out.len > 26) {
        LAW(sl_lexicon_read(fuzz_file(out.p, out.len), &sl_language_english, &y, &digest, &err) ==
            SLANT_OK);
        LAW(y.n == x->n && memcmp(y.start, x->start, (x->n + 1) * sizeof *x->start) == 0);
        LAW(memcmp(y.bytes, x->bytes, x->start[x->n]) == 0);
        LAW(memcmp(y.role, x->role, x->n * sizeof *x->role) == 0);
        LAW(y.n_class == x->n_class &&
            memcmp(y.class_name, x->class_name, sizeof x->class_name) == 0);
        LAW(memcmp(y.word_class, x->word_class, x->n * sizeof *x->word_class) == 0);
        for (uint32_t i = 0; i < x->n; i++) {
            LAW(fabs((double)(y.strength[i] - x->strength[i])) <= 1e-5);
        }
        sl_lexicon_free(&y);
    }
    free(out.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sl_lexicon x = {0};
    struct sl_lexicon y = {0};
    struct slant_error err = {0};
    uint64_t digest[2] = {0, 1};
    enum slant_status status;
    if (size > FUZZ_MAX) {
        return 0;
    }
    status = sl_lexicon_read(fuzz_file(data, size), &sl_language_english, &x, &digest[0], &err);
    if (status != SLANT_OK) {
        LAW(x.bytes == NULL);
        fuzz_failure(status, &err);
        return 0;
    }
    LAW(x.start[0] == 0 && x.n_class <= SL_MAX_WORD_CLASS);
    for (uint32_t i = 0; i < x.n_class; i++) {
        LAW(sl_class_name_is_good(x.class_name[i]));
        LAW(i == 0 || strcmp(x.class_name[i - 1], x.class_name[i]) < 0);
    }
    for (uint32_t i = 0; i < x.n; i++) {
        check_entry(&x, i);
    }
    LAW(sl_lexicon_read(fuzz_file(data, size), &sl_language_english, &y, &digest[1], &err) ==
        SLANT_OK);
    LAW(digest[0] == digest[1] && y.n == x.n);
    check_written(&x);
    sl_lexicon_free(&x);
    sl_lexicon_free(&y);
    return 0;
}
