/* models quick|full MODEL: a small model damaged in every way below, its checksum repaired each time:
 * refused by name, or opened and then scoring, explaining and shown within the laws of
 * tests/fuzz/fuzz_bundle.c. Memory stays below FACTOR times the file and ROOM. Prints TAP, and last
 * "# loops L refused R opened O factor F". */
#include "../fault/fault.h"
#include "../fuzz/fuzz_bundle.c" /* its laws */

#include <signal.h>

enum { FACTOR = 2, ROOM = 8 << 20, SECONDS = 20 };

static uint8_t original[FUZZ_MAX], damaged[FUZZ_MAX + 64];
static size_t len;
static unsigned long long n_loop, n_refused, n_opened;
static double factor;

static void put_le(uint8_t *p, uint64_t v, int n)
{
    for (int i = 0; i < n; i++) {
        p[i] = (uint8_t)(v >> 8 * i);
    }
}

static uint64_t get_le(const uint8_t *p, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++) {
        v |= (uint64_t)p[i] << 8 * i;
    }
    return v;
}

static void open_and_use(const uint8_t *p, size_t size)
{
    struct slant_model *m = NULL;
    struct slant_error err = {0};
    enum slant_status status;
    int64_t peak;
    int64_t before = fault_live();
    (void)fault_peak();
    peak = fault_peak();
    status = slant_model_open_bytes(p, size, "damaged", &m, &err);
    peak = fault_peak() - peak;
    if (status == SLANT_OK) {
        n_opened++;
        use(m);
        slant_model_free(m);
    } else {
        LAW(status == SLANT_ERR_BUNDLE || status == SLANT_ERR_VERSION || status == SLANT_ERR_LIMIT);
        fuzz_failure(status, &err);
        n_refused++;
    }
    LAW(fault_live() == before);
    LAW(peak <= (int64_t)(FACTOR * size + ROOM));
    if (size > 4096 && (double)peak / (double)size > factor) {
        factor = (double)peak / (double)size;
    }
}

static void try(size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1); /* so that a sanitizer sees its end */
    LAW(exact != NULL);
    if (size >= SL_BUNDLE_HEADER) {
        put_le(
            damaged + 24,
            sl_hash(damaged + SL_BUNDLE_HEADER, size - SL_BUNDLE_HEADER, sl_hash(damaged, 24, 0)),
            8);
    }
    memcpy(exact, damaged, size);
    (void)alarm(SECONDS); /* a hang ends the process */
    n_loop++;
    open_and_use(exact, size);
    free(exact);
}

static void reset(void)
{
    memcpy(damaged, original, len);
}

static void flip_bytes(size_t step)
{
    static const uint8_t masks[] = {0xff, 0x01, 0x80};
    for (size_t at = 0; at < len; at += step) {
        for (size_t i = 0; i < sizeof masks; i++) {
            reset();
            damaged[at] ^= masks[i];
            try(len);
        }
        reset();
        damaged[at] = 0;
        try(len);
    }
    (void)printf("ok - bytes flipped at every %zu. offset\n", step);
}

static void truncate_all(size_t step)
{
    for (size_t size = 0; size < len; size += step) {
        reset();
        put_le(damaged + 16, size, 8);
        try(size);
        reset();
        try(size); /* the length it once had */
    }
    (void)printf("ok - cut off at every %zu. length\n", step);
}

static void inflate_counts(size_t step)
{
    for (size_t at = 8; at + 4 <= len; at += 4 * step) {
        uint64_t v = get_le(original + at, 4);
        const uint64_t other[] = {v + 1,      v - 1,      2 * v, v | 0x80000000,
                                  0xffffffff, 0x7fffffff, len,   len / 4};
        for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
            reset();
            put_le(damaged + at, other[i], 4);
            try(len);
        }
    }
    (void)printf("ok - counts inflated at every %zu. place\n", 4 * step);
}

/* Offsets and lengths of sections: each to what it should never be. */
static void damage_table(void)
{
    uint64_t n = get_le(original + 12, 4);
    for (uint64_t s = 0; s < n; s++) {
        uint8_t *entry = damaged + SL_BUNDLE_HEADER + s * SL_BUNDLE_ENTRY;
        for (int field = 8; field < SL_BUNDLE_ENTRY; field += 8) {
            uint64_t v = get_le(original + (entry - damaged) + field, 8);
            const uint64_t other[] = {
                0,     v + 1,      v - 1,           v + 64,     v - 64,         2 * v,
                len,   len - v,    len - 1,         UINT64_MAX, UINT64_MAX - v, 1ull << 63,
                v / 2, 1ull << 32, (1ull << 32) + v};
            for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
                reset();
                put_le(entry + field, other[i], 8);
                try(len);
            }
        }
    }
    (void)printf("ok - every offset and length of the table changed\n");
}

/* Tags, entries and contents of every two sections exchanged. */
static void swap_sections(void)
{
    static uint8_t kept[FUZZ_MAX];
    uint64_t n = get_le(original + 12, 4);
    for (uint64_t a = 0; a < n; a++) {
        for (uint64_t b = 0; b < n; b++) {
            uint8_t *x = damaged + SL_BUNDLE_HEADER + a * SL_BUNDLE_ENTRY;
            uint8_t *y = damaged + SL_BUNDLE_HEADER + b * SL_BUNDLE_ENTRY;
            uint64_t from = get_le(original + (x - damaged) + 8, 8);
            uint64_t to = get_le(original + (y - damaged) + 8, 8);
            uint64_t size = get_le(original + (x - damaged) + 16, 8);
            uint64_t other = get_le(original + (y - damaged) + 16, 8);
            size = size < other ? size : other;
            reset(); /* the tags */
            memcpy(kept, x, 8);
            memmove(x, y, 8);
            memcpy(y, kept, 8);
            try(len);
            reset(); /* the places */
            memcpy(kept, x + 8, 16);
            memmove(x + 8, y + 8, 16);
            memcpy(y + 8, kept, 16);
            try(len);
            reset(); /* one in the place of the other */
            memmove(x, y, SL_BUNDLE_ENTRY);
            try(len);
            reset(); /* as much of the contents as fits */
            memcpy(damaged + from, original + to, size);
            memcpy(damaged + to, original + from, size);
            try(len);
        }
    }
    (void)printf("ok - every two sections exchanged\n");
}

int main(int argc, char **argv)
{
    bool full = argc == 3 && strcmp(argv[1], "full") == 0;
    FILE *f = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (f == NULL) {
        (void)fputs("usage: models quick|full MODEL\n", stderr);
        return 2;
    }
    len = fread(original, 1, sizeof original, f);
    (void)fclose(f);
    if (len == sizeof original) {
        (void)printf("not ok - %s: larger than a small model\n", argv[2]);
        return 1;
    }
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    reset();
    try(len);
    if (n_opened != 1) {
        (void)printf("not ok - %s: not opened as it is\n", argv[2]);
        return 1;
    }
    damage_table();
    swap_sections();
    flip_bytes(full ? 1 : 31);
    truncate_all(full ? 1 : 31);
    inflate_counts(full ? 1 : 31);
    (void)printf("%s - memory: %.2f times the file at most\n", factor <= FACTOR ? "ok" : "not ok",
                 factor);
    (void)printf("# loops %llu refused %llu opened %llu factor %.2f\n", n_loop, n_refused, n_opened,
                 factor);
    return 0;
}
