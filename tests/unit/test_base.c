/* The base floor: buffers, numbers, UTF-8, tables, arenas, failing, files, threads, JSON out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/digits.h"
#include "base/file.h"
#include "base/json_out.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "base/status.h"
#include "base/table.h"
#include "base/utf8.h"
#include "near.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- helpers ---- */

static char folder[64]; /* made by group_setup, removed by group_teardown */

static const char *path_of(const char *name)
{
    static char path[4][160];
    static unsigned turn;
    char *p = path[turn++ % 4];
    (void)snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *path, const char *want)
{
    char got[256];
    size_t n;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    n = fread(got, 1, sizeof got - 1, f);
    got[n] = 0;
    (void)fclose(f);
    assert_string_equal(got, want);
}

/* Names in the folder that hold `part`. */
static int count_names(const char *part)
{
    int n = 0;
    struct dirent *e;
    DIR *d = opendir(folder);
    assert_non_null(d);
    while ((e = readdir(d)) != NULL) {
        n += strstr(e->d_name, part) != NULL;
    }
    (void)closedir(d);
    return n;
}

static void run_shell(const char *command)
{
    pid_t pid = fork();
    int status;
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (pid > 0) {
        (void)waitpid(pid, &status, 0);
    }
}

static int group_setup(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/slant_base_XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int group_teardown(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    run_shell(command);
    return 0;
}

static uint64_t shift_state = 88172645463325252u;
static uint64_t xorshift(void)
{
    shift_state ^= shift_state << 13;
    shift_state ^= shift_state >> 7;
    shift_state ^= shift_state << 17;
    return shift_state;
}

static const char *buf_string(struct sl_buf *b)
{
    sl_buf_byte(b, 0);
    assert_false(b->failed);
    return b->p;
}

static void check_fixed(double x, unsigned digits, const char *want, int line)
{
    struct sl_buf b = {0};
    sl_buf_fixed(&b, x, digits);
    _assert_string_equal(buf_string(&b), want, __FILE__, line);
    sl_buf_free(&b);
}
#define FIXED(x, digits, want) check_fixed(x, digits, want, __LINE__)

static void check_double(double x, const char *want, int line)
{
    struct sl_buf b = {0};
    sl_buf_double(&b, x);
    _assert_string_equal(buf_string(&b), want, __FILE__, line);
    sl_buf_free(&b);
}
#define DOUBLE(x, want) check_double(x, want, __LINE__)

/* ---- buffers ---- */

/* Catches: bytes lost or moved at a growth; a NUL or an empty put treated specially. */
static void buf_keeps_every_byte(void **state)
{
    struct sl_buf b = {0};
    (void)state;
    sl_buf_put(&b, NULL, 0);
    assert_int_equal(b.len, 0);
    for (int i = 0; i < 5000; i++) {
        char three[3] = {(char)(i & 0x7f), 0, (char)(i >> 7)};
        sl_buf_put(&b, three, sizeof three);
    }
    assert_int_equal(b.len, 15000);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(b.p[3 * i], i & 0x7f);
        assert_int_equal(b.p[3 * i + 1], 0);
        assert_int_equal(b.p[3 * i + 2], i >> 7);
    }
    sl_buf_free(&b);
    assert_null(b.p);
    assert_int_equal(b.len, 0);
}

/* Catches: a failed growth that is forgotten, or that loses what was there before it. */
static void buf_remembers_failure(void **state)
{
    struct sl_buf b = {0};
    volatile size_t huge = SIZE_MAX;
    (void)state;
    sl_buf_text(&b, "kept");
    sl_buf_put(&b, "x", huge);
    assert_true(b.failed);
    sl_buf_text(&b, "more");
    sl_buf_uint(&b, 7);
    assert_int_equal(b.len, 4);
    assert_memory_equal(b.p, "kept", 4);
    sl_buf_free(&b);
    assert_false(b.failed);
}

/* Catches: a wrong digit count at 0 and at the largest number, a wrong pair of digits. */
static void buf_uint_edges(void **state)
{
    struct sl_buf b = {0};
    (void)state;
    sl_buf_uint(&b, 0);
    sl_buf_byte(&b, ' ');
    sl_buf_uint(&b, 10);
    sl_buf_byte(&b, ' ');
    sl_buf_uint(&b, UINT64_MAX);
    assert_string_equal(buf_string(&b), "0 10 18446744073709551615");
    for (unsigned v = 0; v < 12000; v++) {
        char want[16];
        (void)snprintf(want, sizeof want, "%u", v);
        b.len = 0;
        sl_buf_uint(&b, v);
        assert_string_equal(buf_string(&b), want);
    }
    sl_buf_free(&b);
}

/* Catches: host byte order or a dropped byte in the model file's numbers. */
static void little_endian_both_ways(void **state)
{
    static const unsigned char want[] = {0x02, 0x01, 0x06, 0x05, 0x04, 0x03, 0x0e, 0x0d, 0x0c,
                                         0x0b, 0x0a, 0x09, 0x08, 0x07, 0x00, 0x00, 0xc0, 0xbf,
                                         0,    0,    0,    0,    0,    0,    0x04, 0x40};
    struct sl_buf b = {0};
    const unsigned char *p;
    (void)state;
    sl_buf_le16(&b, 0x0102);
    sl_buf_le32(&b, 0x03040506u);
    sl_buf_le64(&b, 0x0708090a0b0c0d0eu);
    sl_buf_le_float(&b, -1.5f);
    sl_buf_le_double(&b, 2.5);
    assert_int_equal(b.len, sizeof want);
    assert_memory_equal(b.p, want, sizeof want);
    p = (const unsigned char *)b.p;
    assert_true(sl_le32(p + 2) == 0x03040506u);
    assert_true(sl_le64(p + 6) == 0x0708090a0b0c0d0eu);
    assert_true(sl_le_float(p + 14) == -1.5f);
    assert_true(sl_le_double(p + 18) == 2.5);
    sl_buf_free(&b);
}

/* ---- numbers ---- */

/* Catches: wrong digit counts, lost leading zeros behind the point, "-0.00". */
static void fixed_digits_and_sign(void **state)
{
    (void)state;
    FIXED(0, 0, "0");
    FIXED(0, 4, "0.0000");
    FIXED(1, 1, "1.0");
    FIXED(0.05, 2, "0.05");
    FIXED(12.003, 3, "12.003");
    FIXED(1.0 / 3, 12, "0.333333333333");
    FIXED(-1.25, 2, "-1.25");
    FIXED(-0.0, 2, "0.00");
    FIXED(-0.00001, 2, "0.00");
    FIXED(-0.006, 2, "-0.01");
    FIXED(0.9999, 2, "1.00");
    FIXED(123456789.5, 1, "123456789.5");
    FIXED(999999.999999999, 6, "1000000.000000");
}

/* Catches: half to even (0.125 to 0.12) instead of half away from zero. */
static void fixed_rounds_half_away(void **state)
{
    (void)state;
    FIXED(0.5, 0, "1");
    FIXED(1.5, 0, "2");
    FIXED(2.5, 0, "3");
    FIXED(-2.5, 0, "-3");
    FIXED(0.125, 2, "0.13");
    FIXED(-0.125, 2, "-0.13");
    FIXED(0.375, 2, "0.38");
    FIXED(4503599627370497.5, 0, "4503599627370498");
}

/* Catches: adding 0.5 in floating point, which rounds what lies below a half up, and bumps odd
 * integers above 2^52. */
static void fixed_below_half_stays_down(void **state)
{
    (void)state;
    FIXED(0.49999999999999994, 0, "0");
    FIXED(9007199254740991.0, 0, "9007199254740991");
    FIXED(4503599627370497.0, 0, "4503599627370497");
    FIXED(-9007199254740991.0, 0, "-9007199254740991");
}

/* Catches: undefined conversions to integer for numbers that have no 64-bit form; NaN as text. */
static void fixed_huge_and_not_finite(void **state)
{
    static const double huge[] = {9e18, -9e18, 1e19, 1e300, -DBL_MAX};
    (void)state;
    FIXED((double)NAN, 2, "null");
    FIXED((double)INFINITY, 2, "null");
    FIXED(-(double)INFINITY, 0, "null");
    FIXED(8e18, 0, "8000000000000000000");
    for (size_t i = 0; i < sizeof huge / sizeof huge[0]; i++) {
        struct sl_buf b = {0};
        double back = 0;
        sl_buf_fixed(&b, huge[i], 3);
        assert_true(sl_parse_double(b.p, b.len, &back));
        assert_true(back == huge[i]);
        sl_buf_free(&b);
    }
}

/* Catches: 17 digits where 15 do ("0.10000000000000001"), "-0" lost, NaN as text. */
static void double_is_shortest(void **state)
{
    (void)state;
    DOUBLE(0, "0");
    DOUBLE(-0.0, "-0");
    DOUBLE(0.1, "0.1");
    DOUBLE(-2.5, "-2.5");
    DOUBLE(100, "100");
    DOUBLE(1e100, "1e+100");
    DOUBLE(0.1 + 0.2, "0.30000000000000004");
    DOUBLE((double)NAN, "null");
    DOUBLE((double)INFINITY, "null");
}

/* Catches: any double, subnormal or extreme, that does not come back as itself. */
static void double_reads_back(void **state)
{
    static const double edge[] = {DBL_MAX, DBL_MIN, 5e-324, -DBL_MAX, DBL_EPSILON, 1.0 / 3};
    size_t n_edge = sizeof edge / sizeof edge[0];
    struct sl_buf b = {0};
    (void)state;
    sl_buf_text(&b, "prefix"); /* the number may start anywhere in the buffer */
    for (size_t i = 0; i < 20000; i++) {
        double x;
        double back = 0;
        uint64_t bits = xorshift();
        memcpy(&x, &bits, sizeof x);
        x = i < n_edge ? edge[i] : x;
        if (!isfinite(x)) {
            continue;
        }
        b.len = 6;
        sl_buf_double(&b, x);
        assert_memory_equal(b.p, "prefix", 6);
        assert_true(sl_parse_double(b.p + 6, b.len - 6, &back));
        assert_true(back == x);
    }
    sl_buf_free(&b);
}

/* Catches: strtod's own forms let through (hex, inf, white space), and a refusal that writes. */
static void parse_double_accepts_and_refuses(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0},      {"-1.5", -1.5}, {"+2", 2},      {".5", 0.5},   {"5.", 5},
                {"1e3", 1000}, {"1E-2", 0.01}, {"2.5e+1", 25}, {"1e-400", 0}, {"007", 7}};
    static const char *const bad[] = {"",    ".",    "-",     "e5",    "1e",    "1e400",   "inf",
                                      "nan", "0x10", " 1",    "1 ",    "1,5",   "1..2",    "1.2.3",
                                      "--1", "1-",   "1e5.5", "12abc", "1e+-5", "\xd9\xa3"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double got = -77;
        assert_true(sl_parse_double(good[i].text, strlen(good[i].text), &got));
        assert_true(got == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double got = -77;
        if (sl_parse_double(bad[i], strlen(bad[i]), &got)) {
            print_error("accepted \"%s\"\n", bad[i]);
            fail();
        }
        assert_true(got == -77);
    }
}

/* Catches: reading on behind the given length, or stopping at a NUL inside it. */
static void parse_double_keeps_to_its_length(void **state)
{
    double got = -77;
    (void)state;
    assert_true(sl_parse_double("12345", 2, &got));
    assert_true(got == 12);
    assert_false(sl_parse_double("1\0002", 3, &got));
    assert_true(got == 12);
}

/* Catches: silent overflow, signs, spaces and empty text as a number. */
static void parse_uint_edges(void **state)
{
    static const char *const bad[] = {
        "", "-1", "+1", " 1", "1 ", "1.0", "18446744073709551616", "99999999999999999999999", "a"};
    uint64_t got = 5;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(sl_parse_uint(bad[i], strlen(bad[i]), &got));
        assert_true(got == 5);
    }
    assert_true(sl_parse_uint("18446744073709551615", 20, &got));
    assert_true(got == UINT64_MAX);
    assert_true(sl_parse_uint("0070", 4, &got));
    assert_true(got == 70);
    assert_true(sl_parse_uint("1234", 3, &got));
    assert_true(got == 123);
}

/* Sets a locale whose decimal point is `point`: an installed one, or one compiled from source. */
static bool set_locale_with_point(const char *source, const char *point)
{
    static const char *const installed[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "it_IT.UTF-8",
                                            "ps_AF.UTF-8", "nl_NL.UTF-8", "pt_BR.UTF-8"};
    char command[512];
    for (size_t i = 0; i < sizeof installed / sizeof installed[0]; i++) {
        if (setlocale(LC_ALL, installed[i]) != NULL &&
            strcmp(localeconv()->decimal_point, point) == 0) {
            return true;
        }
    }
    (void)snprintf(command, sizeof command, "localedef -i %s -f UTF-8 %s/%s.UTF-8 >/dev/null 2>&1",
                   source, folder, source);
    run_shell(command);
    (void)setenv("LOCPATH", folder, 1);
    (void)snprintf(command, sizeof command, "%s.UTF-8", source);
    if (setlocale(LC_ALL, command) != NULL && strcmp(localeconv()->decimal_point, point) == 0) {
        return true;
    }
    (void)setlocale(LC_ALL, "C");
    return false;
}

static int back_to_c(void **state)
{
    (void)state;
    (void)unsetenv("LOCPATH");
    (void)setlocale(LC_ALL, "C");
    return 0;
}

static void numbers_in_this_locale(void)
{
    char native[16];
    char text[SL_DOUBLE_ROOM];
    double got = 0;
    (void)snprintf(native, sizeof native, "%.1f", 0.5);
    assert_string_not_equal(native, "0.5"); /* else this would test nothing */
    FIXED(1234567.125, 2, "1234567.13");
    DOUBLE(0.1, "0.1");
    DOUBLE(1234567.25, "1234567.25");
    DOUBLE(1.5e22, "1.5e+22");
    sl_double_text(-1.7976931348623157e308, text);
    assert_string_equal(text, "-1.7976931348623157e+308");
    FIXED(1.5e22, 2, "1.5e+22");
    assert_true(sl_parse_double("1234.5", 6, &got));
    assert_true(got == 1234.5);
    assert_false(sl_parse_double("1234,5", 6, &got));
    assert_false(sl_parse_double(native, strlen(native), &got));
}

/* Catches: printf and strtod following a locale that writes 0,5. */
static void numbers_with_comma_locale(void **state)
{
    (void)state;
    if (!set_locale_with_point("de_DE", ",")) {
        skip();
    }
    numbers_in_this_locale();
}

/* Catches: the same for a locale whose decimal point takes two bytes (U+066B). */
static void numbers_with_two_byte_point(void **state)
{
    (void)state;
    if (!set_locale_with_point("ps_AF", "\xd9\xab")) {
        skip();
    }
    numbers_in_this_locale();
}

/* Catches: letters of one case that differ, others taken for alike (@ and `), reading past a string's end. */
static void letters_without_case(void **state)
{
    (void)state;
    assert_true(sl_same_letters("", ""));
    assert_true(sl_same_letters("Itemprop-AZ", "iTEMPROP-az"));
    assert_false(sl_same_letters("title", "titles"));
    assert_false(sl_same_letters("titles", "title"));
    assert_false(sl_same_letters("@[", "`{"));
    assert_false(sl_same_letters("\xc3\x89", "\xc3\xa9")); /* É, é */
    assert_true(sl_same_letters_n("WWW.x", "www.y", 4));
    assert_false(sl_same_letters_n("WWW.x", "www.y", 5));
    assert_true(sl_same_letters_n("ab", "AB", 9)); /* both end before */
    assert_true(sl_same_letters_n("a", "b", 0));
}

/* Catches: another hash than XXH3, which would make every model file unreadable. */
static void hash_is_xxh3(void **state)
{
    char hex[17];
    (void)state;
    sl_hex(sl_hash("", 0, 0), hex);
    assert_string_equal(hex, "2d06800538d394c2");
    sl_hex(sl_hash("a", 1, 0), hex);
    assert_string_equal(hex, "e6c632b61e964e1f");
    assert_true(sl_hash("a", 1, 1) != sl_hash("a", 1, 0));
    sl_hex(0xfu, hex);
    assert_string_equal(hex, "000000000000000f");
}

/* Catches: another generator than SplitMix64, and draws outside [0, n). */
static void rng_is_splitmix(void **state)
{
    struct sl_rng r = {1234567};
    bool seen[7] = {false};
    (void)state;
    assert_true(sl_rng_next(&r) == 6457827717110365317u);
    assert_true(sl_rng_next(&r) == 3203168211198807973u);
    for (int i = 0; i < 1000; i++) {
        uint64_t v = sl_rng_below(&r, 7);
        assert_true(v < 7);
        seen[v] = true;
    }
    for (int i = 0; i < 7; i++) {
        assert_true(seen[i]);
    }
    assert_true(sl_rng_below(&r, 1) == 0);
}

/* ---- UTF-8 ---- */

static size_t encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 63));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 63));
        out[2] = (char)(0x80 | (cp & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 63));
    out[2] = (char)(0x80 | (cp >> 6 & 63));
    out[3] = (char)(0x80 | (cp & 63));
    return 4;
}

/* Catches: any code point that decodes to another one, or a surrogate taken as valid. */
static void utf8_every_code_point(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        char bytes[4];
        size_t n = encode(cp, bytes);
        uint32_t got = 0;
        bool valid = false;
        size_t used = sl_utf8_decode(bytes, bytes + n, &got, &valid);
        bool surrogate = cp >= 0xd800 && cp <= 0xdfff;
        if (valid == surrogate || used != (surrogate ? 1 : n) ||
            got != (surrogate ? SL_CP_INVALID : cp)) {
            print_error("U+%04X: %zu bytes, U+%04X\n", (unsigned)cp, used, (unsigned)got);
            fail();
        }
    }
}

/* Catches: overlong forms, surrogates, truncation and lone bytes read as text, and the wrong number
 * of replacements for them (Unicode 3.9, table 3-8). */
static void utf8_malformed(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        size_t first; /* bytes of the first replacement */
        uint64_t n;   /* replacements in all */
    } bad[] = {
        {"\xc0\x80", 2, 1, 2},
        {"\xc1\xbf", 2, 1, 2},
        {"\xe0\x80\x80", 3, 1, 3},
        {"\xe0\x9f\xbf", 3, 1, 3},
        {"\xf0\x80\x80\x80", 4, 1, 4},
        {"\xf0\x8f\xbf\xbf", 4, 1, 4},
        {"\xed\xa0\x80", 3, 1, 3},
        {"\xed\xbf\xbf", 3, 1, 3},
        {"\xf4\x90\x80\x80", 4, 1, 4},
        {"\xf5\x80\x80\x80", 4, 1, 4},
        {"\xff", 1, 1, 1},
        {"\x80", 1, 1, 1},
        {"\xbf\xbf", 2, 1, 2},
        {"\xc3", 1, 1, 1},
        {"\xe2\x82", 2, 2, 1},
        {"\xf0\x9f\x98", 3, 3, 1},
        {"\xf0\x9f\x98z", 4, 3, 1},
        {"\xe2\x82z", 3, 2, 1},
        {"\xc3z", 2, 1, 1},
        {"\xf0\x9f\xc3\xa9", 4, 2, 1},
        {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf", 8, 2, 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint32_t cp = 0;
        bool valid = true;
        size_t used = sl_utf8_decode(bad[i].bytes, bad[i].bytes + bad[i].len, &cp, &valid);
        uint64_t n = sl_utf8_count_invalid(bad[i].bytes, bad[i].len);
        if (valid || cp != SL_CP_INVALID || used != bad[i].first || n != bad[i].n) {
            print_error("case %zu: valid %d, %zu bytes, %llu replacements\n", i, valid, used,
                        (unsigned long long)n);
            fail();
        }
    }
}

/* Catches: the eight-bytes-at-once path skipping a bad byte, or reading behind the end. */
static void utf8_count_at_every_place(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 40; len++) {
        char *text = malloc(len); /* its own block: a sanitizer sees a read behind it */
        assert_non_null(text);
        memset(text, 'a', len);
        assert_true(sl_utf8_count_invalid(text, len) == 0);
        for (size_t at = 0; at < len; at++) {
            text[at] = (char)0xff;
            assert_true(sl_utf8_count_invalid(text, len) == 1);
            text[at] = 'a';
        }
        free(text);
    }
    assert_true(sl_utf8_count_invalid("", 0) == 0);
}

/* Catches: a cut inside a character, or one further left than needed, in valid text. */
static void utf8_floor_cuts_between_characters(void **state)
{
    static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\xf0\x9f\x98\x80";
    size_t len = sizeof text - 1;
    (void)state;
    for (size_t want = 0, n = 0; n <= len; n++) {
        uint32_t cp;
        while (want < n) { /* the last boundary at or below n */
            size_t next = want + sl_utf8_next(text + want, text + len, &cp);
            if (next > n) {
                break;
            }
            want = next;
        }
        assert_int_equal(sl_utf8_floor(text, n), want);
    }
    assert_int_equal(sl_utf8_floor("\x80\x80\x80\x80\x80\x80", 5), 5);
}

/* Catches: offsets that count bytes, and the end of the text taken for behind it. */
static void utf8_offset_counts_characters(void **state)
{
    static const char text[] = "a\xc3\xa9\xf0\x9f\x98\x80z";
    (void)state;
    assert_int_equal(sl_utf8_offset(text, 8, 0), 0);
    assert_int_equal(sl_utf8_offset(text, 8, 1), 1);
    assert_int_equal(sl_utf8_offset(text, 8, 2), 3);
    assert_int_equal(sl_utf8_offset(text, 8, 3), 7);
    assert_int_equal(sl_utf8_offset(text, 8, 4), 8);
    assert_int_equal(sl_utf8_offset(text, 8, 5), 9);
    assert_int_equal(sl_utf8_offset(text, 8, UINT64_MAX), 9);
    assert_int_equal(sl_utf8_offset("", 0, 0), 0);
    assert_int_equal(sl_utf8_offset("", 0, 1), 1);
}

/* ---- tables ---- */

/* Catches: numbers that depend on the hash, duplicates, and keys compared as C strings. */
static void strings_number_in_order_of_sight(void **state)
{
    struct sl_strings t = {0};
    (void)state;
    assert_true(sl_strings_find(&t, "a", 1) == SL_TABLE_NONE);
    assert_int_equal(sl_strings_add(&t, "beta", 4), 0);
    assert_int_equal(sl_strings_add(&t, "alpha", 5), 1);
    assert_int_equal(sl_strings_add(&t, "beta", 4), 0);
    assert_int_equal(sl_strings_add(&t, "", 0), 2);
    assert_int_equal(sl_strings_add(&t, "a\0b", 3), 3);
    assert_int_equal(sl_strings_add(&t, "a\0c", 3), 4);
    assert_int_equal(sl_strings_add(&t, "a", 1), 5);
    assert_int_equal(sl_strings_find(&t, "a\0b", 3), 3);
    assert_int_equal(sl_strings_find(&t, "alphabet", 5), 1);
    assert_true(sl_strings_find(&t, "alp", 3) == SL_TABLE_NONE);
    assert_int_equal(t.n, 6);
    assert_string_equal(sl_strings_get(&t, 1), "alpha");
    assert_string_equal(sl_strings_get(&t, 2), "");
    sl_strings_free(&t);
    assert_int_equal(t.n, 0);
}

/* Catches: strings lost or renumbered when the table grows. */
static void strings_survive_growth(void **state)
{
    struct sl_strings t = {0};
    char name[24];
    (void)state;
    for (uint32_t i = 0; i < 20000; i++) {
        int n = snprintf(name, sizeof name, "w%u", (unsigned)i);
        assert_int_equal(sl_strings_add(&t, name, (size_t)n), i);
    }
    for (uint32_t i = 0; i < 20000; i++) {
        int n = snprintf(name, sizeof name, "w%u", (unsigned)i);
        assert_int_equal(sl_strings_find(&t, name, (size_t)n), i);
        assert_string_equal(sl_strings_get(&t, i), name);
    }
    assert_true(sl_strings_find(&t, "w20000", 6) == SL_TABLE_NONE);
    sl_strings_free(&t);
}

/* Catches: a longer string with the same start taken for the one looked up. */
static void strings_that_start_alike(void **state)
{
    static char text[4000];
    struct sl_strings t = {0};
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t i = sizeof text; i > 0; i--) { /* the longest first */
        assert_int_equal(sl_strings_add(&t, text, i), sizeof text - i);
    }
    for (size_t i = sizeof text; i > 0; i--) {
        assert_int_equal(sl_strings_find(&t, text, i), sizeof text - i);
    }
    sl_strings_free(&t);
}

/* Catches: 0 or the largest key taken for "free", and equal low bits taken for equal keys. */
static void keys_number_in_order_of_sight(void **state)
{
    struct sl_keys t = {0};
    (void)state;
    assert_true(sl_keys_find(&t, 0) == SL_TABLE_NONE);
    assert_int_equal(sl_keys_add(&t, UINT64_MAX), 0);
    assert_int_equal(sl_keys_add(&t, 0), 1);
    assert_int_equal(sl_keys_add(&t, UINT64_MAX), 0);
    for (uint64_t i = 1; i <= 20000; i++) {
        assert_int_equal(sl_keys_add(&t, i << 40), 1 + i);
    }
    for (uint64_t i = 1; i <= 20000; i++) {
        assert_int_equal(sl_keys_find(&t, i << 40), 1 + i);
    }
    assert_true(sl_keys_find(&t, 1) == SL_TABLE_NONE);
    assert_int_equal(sl_keys_find(&t, 0), 1);
    assert_int_equal(t.n, 20002);
    /* emptied, it numbers anew; what it had for much goes when little was used */
    sl_keys_clear(&t);
    sl_keys_fetch(&t, 0);
    assert_true(sl_keys_find(&t, 0) == SL_TABLE_NONE);
    assert_int_equal(sl_keys_add(&t, 7), 0);
    sl_keys_clear(&t);
    assert_int_equal(t.n_slot, 0);
    sl_keys_fetch(&t, 7);
    assert_true(sl_keys_find(&t, 7) == SL_TABLE_NONE);
    assert_int_equal(sl_keys_add(&t, 8), 0);
    sl_keys_free(&t);
}

/* ---- memory ---- */

/* Catches: blocks that move or overlap when the arena grows, and blocks out of alignment. */
static void arena_blocks_stay(void **state)
{
    enum { N = 3000 };
    static unsigned char *block[N];
    struct sl_arena a = {NULL};
    (void)state;
    for (size_t i = 0; i < N; i++) {
        size_t len = i % 500 == 499 ? 200000 : i % 97 + 1;
        block[i] = sl_arena_alloc(&a, len);
        assert_non_null(block[i]);
        assert_int_equal((uintptr_t)block[i] % 16, 0);
        memset(block[i], (int)(i % 251), len);
    }
    for (size_t i = 0; i < N; i++) {
        size_t len = i % 500 == 499 ? 200000 : i % 97 + 1;
        for (size_t k = 0; k < len; k++) {
            assert_int_equal(block[i][k], i % 251);
        }
    }
    sl_arena_free(&a);
    assert_null(a.block);
    sl_arena_free(&a);
}

/* Catches: a missing NUL behind a copy, and a size that wraps around. */
static void arena_copy_and_refusal(void **state)
{
    struct sl_arena a = {NULL};
    const char *copy = sl_arena_copy(&a, "a\0b!", 3);
    volatile size_t huge = SIZE_MAX;
    (void)state;
    assert_non_null(copy);
    assert_memory_equal(copy, "a\0b", 4);
    copy = sl_arena_copy(&a, NULL, 0);
    assert_non_null(copy);
    assert_string_equal(copy, "");
    assert_null(sl_arena_alloc(&a, huge));
    assert_null(sl_arena_alloc(&a, huge - 7));
    assert_null(sl_arena_copy(&a, "x", huge));
    sl_arena_free(&a);
}

/* Catches: a product of sizes that wraps, and an array lost by a failed growth. */
static void memory_checks_sizes(void **state)
{
    volatile size_t huge = SIZE_MAX / 4;
    size_t cap = 0;
    int *list = NULL;
    void *empty = sl_array(0, 8);
    char *copy = sl_copy_bytes("xyz", 2);
    (void)state;
    assert_non_null(empty);
    assert_non_null(copy);
    assert_string_equal(copy, "xy");
    free(empty);
    free(copy);
    assert_null(sl_array(huge, 16));
#if !defined(__SANITIZE_THREAD__) /* its calloc ends the program instead */
    assert_null(sl_array_zero(huge, 16));
#endif
    assert_true(sl_grow(&list, &cap, 3, sizeof *list));
    assert_true(cap >= 3);
    list[2] = 42;
    assert_false(sl_grow(&list, &cap, huge * 2, sizeof *list));
    assert_int_equal(list[2], 42);
    assert_true(sl_grow(&list, &cap, 1000, sizeof *list));
    assert_int_equal(list[2], 42);
    free(list);
}

/* ---- failing ---- */

/* Catches: a newline or escape of a file name reaching the terminal, an overrun of the text. */
static void error_text_is_one_line(void **state)
{
    struct slant_error err = {0};
    char name[1000];
    (void)state;
    assert_int_equal(sl_fail(&err, SLANT_ERR_ROW, 12, "%s:%d: odd", "a\nb\033[31m\x7f", 12),
                     SLANT_ERR_ROW);
    assert_int_equal(err.status, SLANT_ERR_ROW);
    assert_int_equal(err.line, 12);
    assert_int_equal(err.sys, 0);
    assert_string_equal(err.text, "a?b?[31m?:12: odd");
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = 0;
    assert_int_equal(sl_fail_sys(&err, ENOENT, "%s", name), SLANT_ERR_IO);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(sl_fail_sys(&err, ENOENT, "%s", "file"), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_string_equal(err.text, "file: No such file or directory");
    assert_int_equal(sl_fail_nomem(NULL), SLANT_ERR_NOMEM);
    assert_int_equal(sl_fail_sys(NULL, EIO, "x"), SLANT_ERR_IO);
}

/* Catches: the control characters U+0080 to U+009F (U+009B opens an escape sequence) let through.
 */
static void error_text_has_no_c1_controls(void **state)
{
    struct slant_error err = {0};
    (void)state;
    (void)sl_fail(&err, SLANT_ERR_ROW, 0,
                  "caf\xc3\xa9 \xc2\x9b"
                  "31m \xc2\x85 end");
    assert_null(strstr(err.text, "\xc2\x9b"));
    assert_null(strstr(err.text, "\xc2\x85"));
    assert_non_null(strstr(err.text, "caf\xc3\xa9")); /* letters stay */
    assert_non_null(strstr(err.text, "end"));
}

/* Catches: a character of a file name cut in two where the text is full. */
static void error_text_is_cut_between_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        struct slant_error err = {0};
        char name[700];
        size_t n = (size_t)shift;
        memset(name, 'x', sizeof name);
        for (; n + 3 < sizeof name; n += 3) {
            memcpy(name + n, "\xe2\x82\xac", 3);
        }
        name[n] = 0;
        (void)sl_fail(&err, SLANT_ERR_ROW, 0, "%s", name);
        assert_true(strlen(err.text) > sizeof err.text - 5);
        assert_true(sl_utf8_count_invalid(err.text, strlen(err.text)) == 0);
    }
}

/* ---- files ---- */

/* Catches: a truncated read, a limit off by one, a missing NUL, a folder or nothing read as a file.
 */
static void file_read_whole(void **state)
{
    struct slant_error err = {0};
    const char *path = path_of("read");
    char *bytes = NULL;
    char *untouched = NULL;
    size_t len = 0;
    (void)state;
    write_file(path, "ab\0cd", 5);
    assert_int_equal(sl_file_read(path, 5, &bytes, &len, &err), SLANT_OK);
    assert_int_equal(len, 5);
    assert_memory_equal(bytes, "ab\0cd", 6);
    free(bytes);
    assert_int_equal(sl_file_read(path, 4, &untouched, &len, &err), SLANT_ERR_LIMIT);
    assert_non_null(strstr(err.text, path));
    write_file(path, "", 0);
    assert_int_equal(sl_file_read(path, 0, &bytes, &len, &err), SLANT_OK);
    assert_int_equal(len, 0);
    assert_int_equal(bytes[0], 0);
    free(bytes);
    assert_int_equal(sl_file_read(path_of("absent"), 9, &untouched, &len, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_non_null(strstr(err.text, "absent"));
    assert_int_equal(sl_file_read(folder, 9, &untouched, &len, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, EISDIR);
    assert_null(untouched);
}

/* Catches: readers that see half a file, a lost mode, a temporary file left behind. */
static void output_commit_replaces(void **state)
{
    struct slant_error err = {0};
    struct slant_output *o = NULL;
    const char *path = path_of("commit");
    struct stat st;
    (void)state;
    write_file(path, "old", 3);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(slant_output_open(path, &o, &err), SLANT_OK);
    assert_int_equal(slant_output_sink(o, "new ", 4), 0);
    assert_int_equal(slant_output_sink(o, "text", 4), 0);
    assert_file(path, "old");
    assert_int_equal(slant_output_commit(o, &err), SLANT_OK);
    assert_file(path, "new text");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(count_names("commit"), 1);
}

/* Catches: a discard that replaces or creates the file, or leaves the temporary one. */
static void output_discard_keeps_old(void **state)
{
    struct slant_error err = {0};
    struct slant_output *o = NULL;
    const char *path = path_of("discard");
    const char *fresh = path_of("discard_new");
    (void)state;
    write_file(path, "old", 3);
    assert_int_equal(slant_output_open(path, &o, &err), SLANT_OK);
    assert_int_equal(slant_output_sink(o, "new", 3), 0);
    slant_output_discard(o);
    assert_file(path, "old");
    assert_int_equal(slant_output_open(fresh, &o, &err), SLANT_OK);
    assert_int_equal(slant_output_sink(o, "new", 3), 0);
    slant_output_discard(o);
    slant_output_discard(NULL);
    assert_int_equal(access(fresh, F_OK), -1);
    assert_int_equal(count_names("discard"), 1);
}

/* Catches: two writers of one path who share a temporary file. */
static void output_two_writers(void **state)
{
    struct slant_error err = {0};
    struct slant_output *a = NULL;
    struct slant_output *b = NULL;
    const char *path = path_of("race");
    (void)state;
    assert_int_equal(slant_output_open(path, &a, &err), SLANT_OK);
    assert_int_equal(slant_output_open(path, &b, &err), SLANT_OK);
    assert_int_equal(slant_output_sink(a, "aaaa", 4), 0);
    assert_int_equal(slant_output_sink(b, "bb", 2), 0);
    assert_int_equal(slant_output_commit(a, &err), SLANT_OK);
    assert_file(path, "aaaa");
    assert_int_equal(slant_output_commit(b, &err), SLANT_OK);
    assert_file(path, "bb");
    assert_int_equal(count_names("race"), 1);
}

/* Catches: a full device reported as success. */
static void output_device_full(void **state)
{
    struct slant_error err = {0};
    struct slant_output *o = NULL;
    (void)state;
    if (access("/dev/full", W_OK) != 0) {
        skip();
    }
    assert_int_equal(slant_output_open("/dev/full", &o, &err), SLANT_OK);
    assert_int_equal(slant_output_sink(o, "text", 4), ENOSPC);
    assert_int_equal(slant_output_sink(o, "more", 4), ENOSPC);
    assert_int_equal(slant_output_commit(o, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOSPC);
    memset(&err, 0, sizeof err);
    assert_int_equal(sl_file_replace("/dev/full", "text", 4, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOSPC);
    assert_int_equal(access("/dev/full", W_OK), 0); /* and the device is still there */
}

/* Catches: an old file lost, or a temporary file left, when a write to a real file fails. */
static void output_failed_write_keeps_old(void **state)
{
    struct slant_error err = {0};
    struct slant_output *o = NULL;
    const char *path = path_of("toobig");
    static char block[1 << 16];
    struct rlimit old;
    struct rlimit low;
    void (*handler)(int);
    int sink;
    enum slant_status status;
    (void)state;
    write_file(path, "old", 3);
    assert_int_equal(slant_output_open(path, &o, &err), SLANT_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    low = old;
    low.rlim_cur = 5000;
    handler = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    sink = slant_output_sink(o, block, sizeof block);
    status = slant_output_commit(o, &err);
    (void)setrlimit(RLIMIT_FSIZE, &old);
    (void)signal(SIGXFSZ, handler);
    assert_int_equal(sink, EFBIG);
    assert_int_equal(status, SLANT_ERR_IO);
    assert_int_equal(err.sys, EFBIG);
    assert_non_null(strstr(err.text, path));
    assert_file(path, "old");
    assert_int_equal(count_names("toobig"), 1);
}

/* Catches: a folder or a missing folder found out only at the commit; *out written on failure. */
static void output_refuses_folder(void **state)
{
    struct slant_error err = {0};
    struct slant_output *o = NULL;
    (void)state;
    assert_int_equal(slant_output_open(folder, &o, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, EISDIR);
    assert_non_null(strstr(err.text, folder));
    assert_int_equal(slant_output_open(path_of("no/such/file"), &o, &err), SLANT_ERR_IO);
    assert_int_equal(err.sys, ENOENT);
    assert_null(o);
}

/* Catches: standard output closed by a commit, or what was written lost. */
static void output_to_standard_output(void **state)
{
    struct slant_error err = {0};
    const char *path = path_of("stdout");
    enum slant_status status = SLANT_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int kept;
    (void)state;
    assert_true(fd >= 0);
    (void)fflush(stdout);
    kept = dup(STDOUT_FILENO);
    (void)dup2(fd, STDOUT_FILENO);
    for (int i = 0; i < 2 && status == SLANT_OK; i++) {
        struct slant_output *o = NULL;
        status = slant_output_open(i == 0 ? NULL : "-", &o, &err);
        if (status == SLANT_OK) {
            (void)slant_output_sink(o, i == 0 ? "one" : " two", i == 0 ? 3 : 4);
            status = slant_output_commit(o, &err);
        }
    }
    (void)dup2(kept, STDOUT_FILENO);
    (void)close(kept);
    (void)close(fd);
    assert_int_equal(status, SLANT_OK);
    assert_file(path, "one two");
}

/* ---- threads ---- */

struct counted {
    pthread_mutex_t lock;
    unsigned char run[1000];
    size_t fail_from;
    bool lowest_last; /* the failing tasks end in this order */
};

static enum slant_status count_task(void *user, size_t i, struct slant_error *err)
{
    struct counted *c = user;
    pthread_mutex_lock(&c->lock);
    c->run[i]++;
    pthread_mutex_unlock(&c->lock);
    if (i >= c->fail_from) {
        bool late = (i == c->fail_from) == c->lowest_last;
        struct timespec wait = {0, late ? 5000000 : 1000000}; /* so that others start meanwhile */
        (void)nanosleep(&wait, NULL);
        return sl_fail(err, i == c->fail_from ? SLANT_ERR_ROW : SLANT_ERR_DATA, i, "task %zu", i);
    }
    return SLANT_OK;
}

/* Catches: a task left out or run twice, with any number of threads. */
static void parallel_runs_each_once(void **state)
{
    static const unsigned threads[] = {1, 2, 7, 300, 0};
    (void)state;
    for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
        struct counted c = {.lock = PTHREAD_MUTEX_INITIALIZER, .fail_from = SIZE_MAX};
        struct slant_error err = {0};
        assert_int_equal(sl_parallel(threads[t], 1000, count_task, &c, &err), SLANT_OK);
        for (size_t i = 0; i < 1000; i++) {
            assert_int_equal(c.run[i], 1);
        }
        assert_int_equal(sl_parallel(threads[t], 0, count_task, &c, &err), SLANT_OK);
    }
}

/* Catches: the status or message of whichever task failed first in time, not the lowest. */
static void parallel_reports_lowest_failure(void **state)
{
    (void)state;
    for (size_t round = 0; round < 80; round++) {
        size_t from = round / 2;
        struct counted c = {
            .lock = PTHREAD_MUTEX_INITIALIZER, .fail_from = from, .lowest_last = round % 2 == 0};
        struct slant_error err = {0};
        char want[32];
        (void)snprintf(want, sizeof want, "task %zu", from);
        assert_int_equal(sl_parallel(8, 1000, count_task, &c, &err), SLANT_ERR_ROW);
        assert_string_equal(err.text, want);
        assert_int_equal(err.status, SLANT_ERR_ROW);
        assert_int_equal(err.line, from);
        for (size_t i = 0; i < from; i++) {
            assert_int_equal(c.run[i], 1);
        }
    }
    {
        struct counted c = {.lock = PTHREAD_MUTEX_INITIALIZER, .fail_from = 3};
        assert_int_equal(sl_parallel(4, 10, count_task, &c, NULL), SLANT_ERR_ROW);
    }
}

/* Catches: no thread at all, or more than the limit. */
static void thread_count_is_bounded(void **state)
{
    (void)state;
    assert_true(sl_thread_count(0) >= 1);
    assert_int_equal(sl_thread_count(3), 3);
    assert_int_equal(sl_thread_count(4000000000u), SLANT_MAX_THREAD);
}

/* ---- JSON out ---- */

/* Catches: a missing or doubled comma in nested objects and lists. */
static void json_commas(void **state)
{
    struct sl_buf b = {0};
    struct sl_json j = {&b, false};
    (void)state;
    sl_json_open(&j, '{');
    sl_json_key(&j, "a");
    sl_json_open(&j, '[');
    sl_json_close(&j, ']');
    sl_json_key(&j, "b");
    sl_json_open(&j, '[');
    sl_json_uint(&j, 1);
    sl_json_double(&j, 0.5);
    sl_json_open(&j, '{');
    sl_json_close(&j, '}');
    sl_json_bool(&j, true);
    sl_json_close(&j, ']');
    sl_json_key(&j, "c");
    sl_json_text(&j, NULL);
    sl_json_key(&j, "d");
    sl_json_pair(&j, 0.25, 1, 2);
    sl_json_key(&j, "e\"");
    sl_json_fixed(&j, (double)NAN, 2);
    sl_json_close(&j, '}');
    assert_string_equal(buf_string(&b), "{\"a\":[],\"b\":[1,0.5,{},true],\"c\":null,"
                                        "\"d\":[0.25,1.00],\"e\\\"\":null}");
    sl_buf_free(&b);
}

/* Catches: a string that breaks the line or the JSON, and invalid UTF-8 passed on. */
static void json_escapes(void **state)
{
    static const char text[] = "q\" b\\ n\n t\t r\r nul\0 esc\033 del\x7f c1\xc2\x85 ls\xe2\x80\xa8"
                               " \xff \xe2\x82 \xc3\xa9 \xf0\x9f\x98\x80";
    struct sl_buf b = {0};
    struct sl_json j = {&b, false};
    (void)state;
    sl_json_string(&j, text, sizeof text - 1);
    assert_string_equal(buf_string(&b),
                        "\"q\\\" b\\\\ n\\n t\\t r\\r nul\\u0000 esc\\u001b del\\u007f c1\\u0085 "
                        "ls\\u2028 \xef\xbf\xbd \xef\xbf\xbd \xc3\xa9 \xf0\x9f\x98\x80\"");
    sl_buf_free(&b);
}

/* Catches: a byte that is escaped, cut or lost by the many at once and not by the one by one: at any
 * place of a string of any length, whatever stands behind it, wherever it is told to stop. */
static void json_many_bytes_as_one_by_one(void **state)
{
    static const char *const piece[] = {"a",        "word ", "sixteen letters ", "\"",   "\\",
                                        "\n",       "\x7f",  "\xe2\x80\x9c",     "\xff", "\xe2\x82",
                                        "\xc2\x85", "\x01",  "\xe2\x80\xa8"};
    (void)state;
    for (int turn = 0; turn < 20000; turn++) {
        char text[120];
        char wide[SL_JSON_ROOM(sizeof text)];
        char one[SL_JSON_ROOM(sizeof text)];
        const unsigned plain = xorshift() % 4 == 0 ? 13 : 3; /* how many pieces to draw from */
        size_t len = 0;
        size_t most = xorshift() % 80;
        while (len < most) {
            const char *p = piece[xorshift() % plain];
            memcpy(text + len, p, strlen(p));
            len += strlen(p);
        }
        for (int cut = 0; cut < 2; cut++) { /* the whole, and in parts */
            size_t n_wide = 0;
            size_t n_one = 0;
            size_t at = 0;
            size_t at_one = 0;
            while (at < len) {
                size_t stop = cut ? at + 1 + xorshift() % (len - at) : len;
                char *end = sl_json_copy_escaped(wide + n_wide, text, &at, stop, len, true);
                n_wide = (size_t)(end - wide);
                end = sl_json_copy_escaped(one + n_one, text, &at_one, stop, len, false);
                n_one = (size_t)(end - one);
                assert_true(at >= stop && at <= len);
                assert_int_equal(at, at_one);
            }
            assert_int_equal(n_wide, n_one);
            assert_memory_equal(wide, one, n_one);
        }
    }
}

/* Catches: a string put together wrongly where it is longer than what is copied at once. */
static void json_long_strings(void **state)
{
    enum { LONGEST = 20000 };
    char *text = malloc(LONGEST);
    char *want = malloc(SL_JSON_ROOM((size_t)LONGEST));
    (void)state;
    assert_non_null(text);
    assert_non_null(want);
    for (size_t i = 0; i + 3 <= LONGEST; i += 3) {
        memcpy(text + i, xorshift() % 5 == 0 ? "\xe2\x82\xac" : "a\"b", 3);
    }
    for (size_t len = 4080; len <= LONGEST; len = len < 4110 ? len + 1 : len + 3331) {
        struct sl_buf b = {0};
        struct sl_json j = {&b, false};
        size_t at = 0;
        char *end = sl_json_copy_escaped(want, text, &at, len, len, false);
        sl_json_string(&j, text, len);
        assert_int_equal(b.len, (size_t)(end - want) + 2);
        assert_int_equal(b.p[0], '"');
        assert_int_equal(b.p[b.len - 1], '"');
        assert_memory_equal(b.p + 1, want, b.len - 2);
        sl_buf_free(&b);
    }
    free(text);
    free(want);
}

/* Catches: a digit of a number that is written without printf. */
static void copied_numbers(void **state)
{
    char text[64];
    char want[64];
    (void)state;
    for (uint32_t v = 0; v <= 10000; v++) {
        *sl_copy_share(text, v) = 0;
        (void)snprintf(want, sizeof want, "%u.%04u", v / 10000, v % 10000);
        assert_string_equal(text, want);
    }
    for (uint64_t v = 1; v < UINT64_MAX / 10; v *= 10) {
        for (int d = -1; d <= 1; d++) {
            *sl_copy_uint(text, v + (uint64_t)d) = 0;
            (void)snprintf(want, sizeof want, "%llu", (unsigned long long)(v + (uint64_t)d));
            assert_string_equal(text, want);
        }
    }
    *sl_copy_uint(text, UINT64_MAX) = 0;
    assert_string_equal(text, "18446744073709551615");
    for (int turn = 0; turn < 200000; turn++) {
        struct sl_buf b = {0};
        double x =
            ((double)(xorshift() >> 11) / 9007199254740992.0 - 0.5) * (turn % 3 == 0   ? 179.9
                                                                       : turn % 3 == 1 ? 2
                                                                                       : 1e-5);
        x = turn % 7 == 0 ? round(x * 2e6) / 2e6 : x; /* halves too */
        *sl_copy_micro(text, x) = 0;
        sl_buf_fixed(&b, x, 6);
        assert_string_equal(text, buf_string(&b));
        sl_buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf_keeps_every_byte),
        cmocka_unit_test(buf_remembers_failure),
        cmocka_unit_test(buf_uint_edges),
        cmocka_unit_test(little_endian_both_ways),
        cmocka_unit_test(letters_without_case),
        cmocka_unit_test(fixed_digits_and_sign),
        cmocka_unit_test(fixed_rounds_half_away),
        cmocka_unit_test(fixed_below_half_stays_down),
        cmocka_unit_test(fixed_huge_and_not_finite),
        cmocka_unit_test(double_is_shortest),
        cmocka_unit_test(double_reads_back),
        cmocka_unit_test(parse_double_accepts_and_refuses),
        cmocka_unit_test(parse_double_keeps_to_its_length),
        cmocka_unit_test(parse_uint_edges),
        cmocka_unit_test_teardown(numbers_with_comma_locale, back_to_c),
        cmocka_unit_test_teardown(numbers_with_two_byte_point, back_to_c),
        cmocka_unit_test(hash_is_xxh3),
        cmocka_unit_test(rng_is_splitmix),
        cmocka_unit_test(utf8_every_code_point),
        cmocka_unit_test(utf8_malformed),
        cmocka_unit_test(utf8_count_at_every_place),
        cmocka_unit_test(utf8_floor_cuts_between_characters),
        cmocka_unit_test(utf8_offset_counts_characters),
        cmocka_unit_test(strings_number_in_order_of_sight),
        cmocka_unit_test(strings_survive_growth),
        cmocka_unit_test(strings_that_start_alike),
        cmocka_unit_test(keys_number_in_order_of_sight),
        cmocka_unit_test(arena_blocks_stay),
        cmocka_unit_test(arena_copy_and_refusal),
        cmocka_unit_test(memory_checks_sizes),
        cmocka_unit_test(error_text_is_one_line),
        cmocka_unit_test(error_text_has_no_c1_controls),
        cmocka_unit_test(error_text_is_cut_between_characters),
        cmocka_unit_test(file_read_whole),
        cmocka_unit_test(output_commit_replaces),
        cmocka_unit_test(output_discard_keeps_old),
        cmocka_unit_test(output_two_writers),
        cmocka_unit_test(output_device_full),
        cmocka_unit_test(output_failed_write_keeps_old),
        cmocka_unit_test(output_refuses_folder),
        cmocka_unit_test(output_to_standard_output),
        cmocka_unit_test(parallel_runs_each_once),
        cmocka_unit_test(parallel_reports_lowest_failure),
        cmocka_unit_test(thread_count_is_bounded),
        cmocka_unit_test(json_commas),
        cmocka_unit_test(json_escapes),
        cmocka_unit_test(json_many_bytes_as_one_by_one),
        cmocka_unit_test(json_long_strings),
        cmocka_unit_test(copied_numbers),
    };
    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
