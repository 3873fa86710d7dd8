/* hostile records COUNT SEED: JSON Lines of COUNT short articles of every unpleasant kind, in turn at
 * random; hostile KIND BYTES: one article of about so many bytes; hostile kinds: their names. All
 * by a seeded generator of its own, so that a finding can be had again. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t next(void) /* splitmix64 (Steele, Lea & Flood 2014) */
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint64_t below(uint64_t n)
{
    return next() % n;
}

static void put(const char *text)
{
    (void)fputs(text, stdout);
}

/* Any number as UTF-8 would have it: surrogates and what lies behind the end too. */
static size_t encode(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 63));
        out[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 63));
    out[2] = (char)(0x80 | (c >> 6 & 63));
    out[3] = (char)(0x80 | (c & 63));
    return 4;
}

static void put_code(uint32_t c)
{
    char bytes[4];
    (void)fwrite(bytes, 1, encode(c, bytes), stdout);
}

static const char *const words[] = {
    "ban",  "Norvane", "the",  "minister", "said",    "denied",    "Olvik",
    "not",  "trust",   "port", "unfair",   "claimed", "according", "to",
    "they", "Mr.",     "U.S.", "safe",     "\\\"We",  "will\\\"",  "\xe2\x80\x9cno\xe2\x80\x9d",
    "(if)", "3,000.5", "must"};

static void some_words(unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        put(i > 0 ? " " : "");
        put(words[below(sizeof words / sizeof words[0])]);
    }
    put(".");
}

/* ---- short records ---- */

/* The value of "text", without its quotation marks. */
static void body(unsigned kind)
{
    static const char *const bad[] = {"\xff",         "\xc0\xaf",     "\xe0\x80\xaf",
                                      "\xed\xa0\x80", "\xed\xbf\xbf", "\xf8\x88\x80\x80\x80",
                                      "\x80",         "\xbf\xbf",     "\xf4\x90\x80\x80",
                                      "\xe2\x80",     "\xc3"};
    static const char *const bidi[] = {"\xe2\x80\xae", "\xe2\x80\xad", "\xe2\x81\xa6",
                                       "\xe2\x81\xa9", "\xe2\x80\x8f", "\xd8\x9c",
                                       "\xc2\x9b",     "\xc2\x85"};
    static const char *const escapes[] = {"\\u0000",    "\\ud800", "\\udc00", "\\ud83d\\ude00",
                                          "\\u001b[2J", "\\ufeff", "\\uffff", "\\u0085",
                                          "\\u2028",    "\\/"};
    static const char *const marks[] = {"\\\"",
                                        "\xe2\x80\x9c",
                                        "\xe2\x80\x9d",
                                        "\xe2\x80\x98",
                                        "\xe2\x80\x99",
                                        "\xc2\xab",
                                        "\xc2\xbb",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        "'"};
    unsigned n = 1 + (unsigned)below(6);
    switch (kind) {
    case 0:
        some_words(2 + n);
        break;
    case 1:
        for (unsigned i = 0; i < n; i++) {
            put(words[below(12)]);
            put(bad[below(sizeof bad / sizeof bad[0])]);
        }
        break;
    case 2:
        for (unsigned i = 0; i < 4 * n; i++) {
            uint32_t c = (uint32_t)below(0x110000);
            put_code(c < 0x20 || c == '"' || c == '\\' || (c >= 0xd800 && c < 0xe000) ? 'x' : c);
        }
        break;
    case 3:
        put("a");
        for (unsigned i = 0; i < 8 * n; i++) {
            put_code(0x300 + (uint32_t)below(0x70));
        }
        break;
    case 4:
        for (unsigned i = 0; i < n; i++) {
            put(bidi[below(sizeof bidi / sizeof bidi[0])]);
            put(words[below(12)]);
        }
        break;
    case 5:
        for (unsigned i = 0; i < n; i++) {
            put(escapes[below(sizeof escapes / sizeof escapes[0])]);
            put(" ban");
        }
        break;
    case 6:
        for (unsigned i = 0; i < n; i++) {
            (void)printf("w%llx ", (unsigned long long)next());
        }
        break;
    case 7:
        for (unsigned i = 0; i < 3 * n; i++) {
            put(marks[below(sizeof marks / sizeof marks[0])]);
            put(below(3) == 0 ? "he said " : "");
        }
        break;
    case 8:
        for (unsigned i = 0; i < n; i++) {
            put("Mr. J. U.S. Inc. vs. No. ");
        }
        break;
    case 9:
        put("<p>The <b>ban</b> &amp; &#x1F600; <script>alert(1)</script></p>");
        break;
    default:
        break; /* empty */
    }
}

static void record(uint64_t number)
{
    unsigned kind = (unsigned)below(20);
    (void)printf("{\"id\":\"%s%llu\",",
                 kind == 0   ? "=1+"
                 : kind == 1 ? "@"
                             : "r",
                 (unsigned long long)number);
    switch (kind) {
    case 11: /* not "text": what it must not be */
        put("\"text\":{\"deep\":");
        for (int i = 0; i < 40; i++) {
            put("[");
        }
        for (int i = 0; i < 40; i++) {
            put("]");
        }
        put("}}\n");
        return;
    case 12:
        put(below(2) == 0 ? "\"text\":1e999}\n" : "\"text\":99999999999999999999999}\n");
        return;
    case 13:
        put("\"text\":\"one\",\"text\":\"two\"}\n");
        return;
    case 14:
        put("\"text\":\"cut off");
        put("\n");
        return;
    case 15:
        put("\"date\":\"2024-13-45\",\"source\":\"=cmd|' /C calc'!A0\",\"text\":\"The ban is "
            "unfair.\"}\n");
        return;
    case 16:
        put("\"target\":\"Norvane|Norv|\",\"text\":\"Norvane Norv said it was not banned.\"}\n");
        return;
    case 17:
        put("\"title\":\"\\u0007\\u009b31m\",\"url\":\"javascript:alert(1)\",\"text\":[\"a\"]}\n");
        return;
    default:
        put("\"text\":\"");
        body(kind < 11 ? kind : (unsigned)below(10));
        put("\"}\n");
        return;
    }
}

/* ---- one large article ---- */

struct kind {
    const char *name;
    void (*part)(uint64_t i);
    const char *before, *after;
};

static void plain(uint64_t i)
{
    (void)i;
    put("Senator Olvik said the ban on Norvane was overdue. The port did not ban it, and will "
        "not. ");
    put(below(20) == 0 ? "\n\n" : "");
}
static void token(uint64_t i)
{
    (void)i;
    put("antidisestablishmentarianism");
}
static void sentence(uint64_t i)
{
    (void)i;
    put("and the port did not ban ");
}
static void quotation(uint64_t i)
{
    (void)i;
    put("\"");
}
static void curly(uint64_t i)
{
    put((i & 1) == 0 ? "\xe2\x80\x9c" : "\xe2\x80\x98");
}
static void said(uint64_t i)
{
    (void)i;
    put("\"No,\" he said, \"");
}
static void bracket(uint64_t i)
{
    (void)i;
    put("(");
}
static void abbreviation(uint64_t i)
{
    (void)i;
    put("U.S. Mr. J. ");
}
static void fresh(uint64_t i)
{
    (void)i;
    (void)printf("w%llx ", (unsigned long long)next());
}
static void combining(uint64_t i)
{
    put(i == 0 ? "a" : "\xcc\x81");
}
static void blank(uint64_t i)
{
    put((i & 3) == 0 ? " " : "\n");
}
static void stop(uint64_t i)
{
    (void)i;
    put("a. B! ");
}
static void zero(uint64_t i)
{
    (void)i;
    (void)fputc(0, stdout);
}
static void invalid(uint64_t i)
{
    (void)i;
    (void)fputc(0x80 + (int)below(128), stdout);
}
static void mention(uint64_t i)
{
    (void)i;
    put("Norvane ");
}
static void cue(uint64_t i)
{
    (void)i;
    put("said that Olvik claimed that ");
}
static void capital(uint64_t i)
{
    (void)i;
    put("Ida Olvik of Harbour ");
}
static void element(uint64_t i)
{
    (void)i;
    put("<div>");
}
static void attribute(uint64_t i)
{
    (void)i;
    put("<p class='a' b=c>The ban & more &amp;");
}
static void short_words(uint64_t i)
{
    (void)i;
    put("It is. ");
}
static void node(uint64_t i)
{
    (void)i;
    put("<p>x");
}
static void new_attribute(uint64_t i)
{
    (void)printf("q%llx=1 ", (unsigned long long)i);
}
static void new_id(uint64_t i)
{
    (void)printf("<p id=i%llx>x", (unsigned long long)i);
}

#define EIGHT(text) text text text text text text text text

static const struct kind kinds[] = {
    {"plain", plain, "", "\n"},
    {"one-token", token, "", "\n"},
    {"one-sentence", sentence, "The port was open ", ".\n"},
    {"quotation-marks", quotation, "He said ", "\n"},
    {"curly-marks", curly, "", "\n"},
    {"said-and-said", said, "\"", "\n"},
    {"brackets", bracket, "The port ", " ban.\n"},
    {"abbreviations", abbreviation, "", "\n"},
    {"new-tokens", fresh, "", "\n"},
    {"combining", combining, "", "\n"},
    {"blanks", blank, "", "\n"},
    {"short-sentences", stop, "", "\n"},
    {"short-words", short_words, "", "\n"},
    {"zeros", zero, "", "\n"},
    {"invalid", invalid, "", "\n"},
    {"mentions", mention, "", "\n"},
    {"cues", cue, "Olvik ", ".\n"},
    {"capitals", capital, "", "\n"},
    {"html-nested", element, "<!DOCTYPE html><title>t</title><body>", "<p>The ban is unfair.\n"},
    {"html-tags", attribute, "<!DOCTYPE html><title>t</title><body><article>", "\n"},
    {"html-nodes", node, "", "\n"},
    {"html-named", node, EIGHT(EIGHT("<main>")) EIGHT(EIGHT("<div><b>")), "\n"},
    {"html-attributes", new_attribute, "<p ", ">The ban is unfair.\n"},
    {"html-ids", new_id, "", "\n"},
};
enum { N_KIND = sizeof kinds / sizeof kinds[0] };

int main(int argc, char **argv)
{
    static char buffer[1 << 20];
    (void)setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (argc == 2 && strcmp(argv[1], "kinds") == 0) {
        for (int i = 0; i < N_KIND; i++) {
            (void)puts(kinds[i].name);
        }
        return fflush(stdout) != 0;
    }
    if (argc == 4 && strcmp(argv[1], "records") == 0) {
        uint64_t n = strtoull(argv[2], NULL, 10);
        state = strtoull(argv[3], NULL, 10);
        for (uint64_t i = 0; i < n; i++) {
            record(i);
        }
        return fflush(stdout) != 0;
    }
    for (int i = 0; argc == 3 && i < N_KIND; i++) {
        if (strcmp(argv[1], kinds[i].name) == 0) {
            uint64_t size = strtoull(argv[2], NULL, 10);
            long at = 0;
            put(kinds[i].before);
            for (uint64_t k = 0; (uint64_t)at < size; k++) {
                kinds[i].part(k);
                if ((k & 63) == 0) {
                    at = ftell(stdout);
                }
            }
            put(kinds[i].after);
            return fflush(stdout) != 0;
        }
    }
    (void)fputs("usage: hostile records COUNT SEED | hostile KIND BYTES | hostile kinds\n", stderr);
    return 2;
}
