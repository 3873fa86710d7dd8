/* A file of speakers' other names, as a table of tabs. Each name that is read is found again, as it stands and
 * in other letters and blanks, and what it stands for stands for itself; the names written out read as
 * themselves. */
#include "fuzz.h"

#include "input/aliases.h"

static struct sl_text text_of(const struct sl_strings *t, uint32_t i)
{
    return (struct sl_text){sl_strings_get(t, i), t->length[i]};
}

/* Under which name a speaker is listed. */
static struct sl_text listed(const struct slant_aliases *a, struct sl_text speaker)
{
    const uint32_t number = sl_alias_find(a, speaker);
    return number == SL_TABLE_NONE ? speaker : sl_alias_name(a, number);
}

/* The same name: a "the" before it, more blanks, small letters of ASCII as capitals. */
static struct sl_text vary(struct sl_text name, char *room)
{
    size_t n = 0;
    memcpy(room, "\t The ", 6);
    n = 6;
    for (size_t i = 0; i < name.len; i++) {
        char b = name.p[i];
        room[n++] = (char)(b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b);
        if (b == ' ') {
            room[n++] = '\n';
        }
    }
    return (struct sl_text){room, n};
}

static bool is_ascii(struct sl_text name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.p[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static bool plain(struct sl_text name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.p[i] < 0x20) {
            return false;
        }
    }
    return is_ascii(name);
}

/* Names and their spellings, as a file that joins the same. */
static void check_written(const struct slant_aliases *a)
{
    struct fuzz_output out = {0};
    struct slant_aliases *b = NULL;
    struct slant_error err = {0};
    bool whole = true;
    (void)fuzz_sink(&out, "speaker\talias\n", 14);
    for (uint32_t i = 0; i < a->spelling.n; i++) {
        const struct sl_text name = text_of(&a->name, a->spelled[i].name);
        const struct sl_text spelling = text_of(&a->spelling, i);
        whole = whole && plain(name) && plain(spelling);
        (void)fuzz_sink(&out, name.p, name.len);
        (void)fuzz_sink(&out, "\t", 1);
        (void)fuzz_sink(&out, spelling.p, spelling.len);
        (void)fuzz_sink(&out, "\n", 1);
    }
    if (whole) {
        LAW(slant_aliases_open(fuzz_file(out.p, out.len), &b, &err) == SLANT_OK);
        LAW(b->spelling.n == a->spelling.n && b->name.n == a->name.n);
        for (uint32_t i = 0; i < a->spelling.n; i++) {
            const struct sl_text x = listed(a, text_of(&a->spelling, i));
            const struct sl_text y = listed(b, text_of(&a->spelling, i));
            LAW(x.len == y.len && memcmp(x.p, y.p, x.len) == 0);
        }
        slant_aliases_free(b);
    }
    free(out.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slant_aliases *a = NULL;
    struct slant_error err = {0};
    enum slant_status status;
    char *room;
    if (size > FUZZ_MAX) {
        return 0;
    }
    status = slant_aliases_open(fuzz_file(data, size), &a, &err);
    if (status != SLANT_OK) {
        LAW(a == NULL);
        fuzz_failure(status, &err);
        return 0;
    }
    room = malloc(2 * size + 16);
    LAW(room != NULL && a->name.n > 0 && a->spelling.n >= a->name.n);
    for (uint32_t i = 0; i < a->name.n; i++) {
        const struct sl_text name = text_of(&a->name, i);
        LAW(sl_alias_find(a, name) == i);
        LAW(!is_ascii(name) || name.len > 400 || sl_alias_find(a, vary(name, room)) == i);
    }
    for (uint32_t i = 0; i < a->spelling.n; i++) {
        LAW(a->spelled[i].name < a->name.n);
    }
    check_written(a);
    free(room);
    slant_aliases_free(a);
    return 0;
}
