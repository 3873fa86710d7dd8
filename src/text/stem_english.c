/* The stems of English (Porter 1980, and 2001 as "Porter2"), as libstemmer 2.2 gives them, for words in ASCII:
 * a dictionary of endings, longest first, each cut or changed where the word before it is long enough. */
#include "text/stem_english.h"
#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A word at work: w[0, n), with the places behind which endings count. Y: a y that is a consonant. */
struct stem {
    char *w;
    size_t n;
    size_t r1, r2;
};

static bool is_vowel(char c)
{
    static const uint32_t vowels = 1u << ('a' & 31) | 1u << ('e' & 31) | 1u << ('i' & 31) |
                                   1u << ('o' & 31) | 1u << ('u' & 31) | 1u << ('y' & 31);
    return c >= 'a' && c <= 'z' && (vowels >> (c & 31) & 1) != 0;
}

/* An ending of at most 7 bytes, zeros behind, and what stands in its place then; NULL: nothing, and the word
 * is mended. */
struct ending {
    char text[8];
    uint8_t len;
    const char *instead;
};
/* clang-format off */
#define ENDING(text, instead) {text, sizeof(text) - 1, (instead)}
/* clang-format on */

/* Those that end in one letter; len 0 is behind the last. A longer one stands before what ends it. */
enum { MOST_ENDINGS = 15 };
struct endings {
    char letter;
    struct ending list[MOST_ENDINGS];
};

static bool ends_with(const struct stem *s, const char *text, size_t len)
{
    return s->n >= len && memcmp(s->w + s->n - len, text, len) == 0;
}

/* The first of the endings that the word has; NULL: none. */
static const struct ending *find_ending(const struct stem *s, const struct endings *all, size_t n)
{
    const char last = s->w[s->n - 1];
    uint64_t tail; /* of a word shorter than 8 bytes: what is before it is 0 */
    size_t i = 0;
    while (i < n && all[i].letter != last) {
        i++;
    }
    if (i == n) {
        return NULL;
    }
    tail = s->n < 8 ? sl_le64((const unsigned char *)s->w) << (64 - 8 * s->n)
                    : sl_le64((const unsigned char *)s->w + s->n - 8);
    for (const struct ending *e = all[i].list; e->len > 0; e++) {
        if (tail >> (64 - 8 * e->len) == sl_le64((const unsigned char *)e->text)) {
            return e;
        }
    }
    return NULL;
}
#define FIND(s, all) find_ending(s, all, sizeof(all) / sizeof((all)[0]))

static void replace(struct stem *s, size_t len, const char *instead)
{
    const size_t n = strlen(instead);
    s->n -= len;
    memcpy(s->w + s->n, instead, n);
    s->n += n;
}

static bool has_vowel(const struct stem *s, size_t end)
{
    size_t i = 0;
    while (i < end && !is_vowel(s->w[i])) {
        i++;
    }
    return i < end;
}

/* Whether w[0, n) ends in a short syllable: hop, not hoop, how; or is one: at. */
static bool ends_short(const struct stem *s, size_t n)
{
    const char *w = s->w;
    if (n >= 3 && !is_vowel(w[n - 1]) && w[n - 1] != 'w' && w[n - 1] != 'x' && w[n - 1] != 'Y' &&
        is_vowel(w[n - 2]) && !is_vowel(w[n - 3])) {
        return true;
    }
    return n == 2 && !is_vowel(w[1]) && is_vowel(w[0]);
}

/* Behind the first consonant that follows a vowel, from `at` on. */
static size_t behind_syllable(const struct stem *s, size_t at)
{
    while (at < s->n && !is_vowel(s->w[at])) {
        at++;
    }
    while (at < s->n && is_vowel(s->w[at])) {
        at++;
    }
    return at < s->n ? at + 1 : s->n;
}

static void mark_regions(struct stem *s)
{
    static const char *const whole[] = {"gener", "commun", "arsen"};
    s->r1 = 0;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        const size_t len = strlen(whole[i]);
        s->r1 = s->n >= len && memcmp(s->w, whole[i], len) == 0 ? len : s->r1;
    }
    s->r1 = s->r1 > 0 ? s->r1 : behind_syllable(s, 0);
    s->r2 = behind_syllable(s, s->r1);
}

/* ---- steps ---- */

/* Plurals, and what an apostrophe begins. */
static void step_1a(struct stem *s)
{
    s->n -= ends_with(s, "'s'", 3) ? 3 : ends_with(s, "'s", 2) ? 2 : ends_with(s, "'", 1) ? 1 : 0;
    if (s->n == 0 || (s->w[s->n - 1] != 's' && s->w[s->n - 1] != 'd')) {
        return;
    }
    if (ends_with(s, "sses", 4)) {
        s->n -= 2;
    } else if (ends_with(s, "ied", 3) || ends_with(s, "ies", 3)) {
        s->n -= s->n > 4 ? 2 : 1;
    } else if (s->w[s->n - 1] == 's' && !ends_with(s, "us", 2) && !ends_with(s, "ss", 2) &&
               s->n >= 2 && has_vowel(s, s->n - 2)) {
        s->n--;
    }
}

/* What is left of a word that lost -ed or -ing. */
static void mend(struct stem *s)
{
    const char last = s->n > 0 ? s->w[s->n - 1] : 0;
    if (ends_with(s, "at", 2) || ends_with(s, "bl", 2) || ends_with(s, "iz", 2)) {
        s->w[s->n++] = 'e';
    } else if (s->n >= 2 && last == s->w[s->n - 2] && strchr("bdfgmnprt", last) != NULL) {
        s->n--;
    } else if (s->n == s->r1 && ends_short(s, s->n)) {
        s->w[s->n++] = 'e';
    }
}

static void step_1b(struct stem *s)
{
    static const struct endings all[] = {
        {'y', {ENDING("eedly", "ee"), ENDING("ingly", NULL), ENDING("edly", NULL)}},
        {'d', {ENDING("eed", "ee"), ENDING("ed", NULL)}},
        {'g', {ENDING("ing", NULL)}},
    };
    const struct ending *e = FIND(s, all);
    if (e == NULL) {
        return;
    }
    if (e->instead != NULL) {
        if (s->n - e->len >= s->r1) {
            replace(s, e->len, e->instead);
        }
    } else if (has_vowel(s, s->n - e->len)) {
        s->n -= e->len;
        mend(s);
    }
}

static void step_1c(struct stem *s)
{
    if (s->n >= 3 && (s->w[s->n - 1] == 'y' || s->w[s->n - 1] == 'Y') &&
        !is_vowel(s->w[s->n - 2])) {
        s->w[s->n - 1] = 'i';
    }
}

static void step_2(struct stem *s)
{
    static const struct endings all[] = {
        {'l', {ENDING("ational", "ate"), ENDING("tional", "tion")}},
        {'n', {ENDING("ization", "ize"), ENDING("ation", "ate")}},
        {'r', {ENDING("izer", "ize"), ENDING("ator", "ate")}},
        {'m', {ENDING("alism", "al")}},
        {'s', {ENDING("fulness", "ful"), ENDING("ousness", "ous"), ENDING("iveness", "ive")}},
        {'i',
         {ENDING("enci", "ence"), ENDING("anci", "ance"), ENDING("abli", "able"),
          ENDING("entli", "ent"), ENDING("aliti", "al"), ENDING("alli", "al"),
          ENDING("ousli", "ous"), ENDING("iviti", "ive"), ENDING("biliti", "ble"),
          ENDING("bli", "ble"), ENDING("ogi", "og"), ENDING("fulli", "ful"),
          ENDING("lessli", "less"), ENDING("li", "")}},
    };
    const struct ending *e = FIND(s, all);
    char before;
    if (e == NULL || s->n - e->len < s->r1) {
        return;
    }
    before = s->n > e->len ? s->w[s->n - e->len - 1] : 0;
    if ((strcmp(e->text, "ogi") == 0 && before != 'l') ||
        (e->len == 2 && (before == 0 || strchr("cdeghkmnrt", before) == NULL))) {
        return;
    }
    replace(s, e->len, e->instead);
}

static void step_3(struct stem *s)
{
    static const struct endings all[] = {
        {'l',
         {ENDING("ational", "ate"), ENDING("tional", "tion"), ENDING("ical", "ic"),
          ENDING("ful", "")}},
        {'e', {ENDING("alize", "al"), ENDING("icate", "ic"), ENDING("ative", "")}},
        {'i', {ENDING("iciti", "ic")}},
        {'s', {ENDING("ness", "")}},
    };
    const struct ending *e = FIND(s, all);
    const size_t from = e == NULL || strcmp(e->text, "ative") != 0 ? s->r1 : s->r2;
    if (e != NULL && s->n - e->len >= (from > s->r1 ? from : s->r1)) {
        replace(s, e->len, e->instead);
    }
}

static void step_4(struct stem *s)
{
    static const struct endings all[] = {
        {'t', {ENDING("ement", ""), ENDING("ment", ""), ENDING("ent", ""), ENDING("ant", "")}},
        {'e',
         {ENDING("ance", ""), ENDING("ence", ""), ENDING("able", ""), ENDING("ible", ""),
          ENDING("ate", ""), ENDING("ive", ""), ENDING("ize", "")}},
        {'l', {ENDING("al", "")}},
        {'r', {ENDING("er", "")}},
        {'c', {ENDING("ic", "")}},
        {'m', {ENDING("ism", "")}},
        {'i', {ENDING("iti", "")}},
        {'s', {ENDING("ous", "")}},
        {'n', {ENDING("ion", "")}},
    };
    const struct ending *e = FIND(s, all);
    char before;
    if (e == NULL || s->n - e->len < s->r2) {
        return;
    }
    before = s->n > e->len ? s->w[s->n - e->len - 1] : 0;
    if (strcmp(e->text, "ion") != 0 || before == 's' || before == 't') {
        s->n -= e->len;
    }
}

static void step_5(struct stem *s)
{
    const size_t n = s->n - 1;
    if (s->w[n] == 'e') {
        s->n -= n >= s->r2 || (n >= s->r1 && !ends_short(s, n));
    } else if (s->w[n] == 'l') {
        s->n -= n >= s->r2 && n > 0 && s->w[n - 1] == 'l';
    }
}

/* ---- words by themselves ---- */

struct exception {
    const char *word, *stem;
};

static const char *find_exception(const struct exception *list, size_t n, const char *word,
                                  size_t len)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].word[0] == word[0] && strlen(list[i].word) == len &&
            memcmp(list[i].word, word, len) == 0) {
            return list[i].stem;
        }
    }
    return NULL;
}

/* Stems of whole words. */
static const char *whole_stem(const char *word, size_t len)
{
    static const struct exception list[] = {
        {"skis", "ski"},    {"skies", "sky"},  {"dying", "die"},    {"lying", "lie"},
        {"tying", "tie"},   {"idly", "idl"},   {"gently", "gentl"}, {"ugly", "ugli"},
        {"early", "earli"}, {"only", "onli"},  {"singly", "singl"}, {"sky", "sky"},
        {"news", "news"},   {"howe", "howe"},  {"atlas", "atlas"},  {"cosmos", "cosmos"},
        {"bias", "bias"},   {"andes", "andes"}};
    enum { LONGEST = 6 };
    return len > LONGEST ? NULL : find_exception(list, sizeof list / sizeof list[0], word, len);
}

/* Whether what is left when a plural's ending is gone stays as it is. */
static bool stays(const char *word, size_t len)
{
    static const struct exception list[] = {{"inning", ""},  {"outing", ""},  {"canning", ""},
                                            {"herring", ""}, {"earring", ""}, {"proceed", ""},
                                            {"exceed", ""},  {"succeed", ""}};
    return (len == 6 || len == 7) &&
           find_exception(list, sizeof list / sizeof list[0], word, len) != NULL;
}

/* A y at the beginning or behind a vowel is a consonant. Whether there is one. */
static bool mark_consonants(struct stem *s)
{
    bool any = s->w[0] == 'y';
    s->w[0] = any ? 'Y' : s->w[0];
    for (size_t i = 1; i < s->n; i++) {
        if (s->w[i] == 'y' && is_vowel(s->w[i - 1])) {
            s->w[i] = 'Y';
            any = true;
        }
    }
    return any;
}

size_t sl_stem_english(char *word, size_t len)
{
    struct stem s = {word, len, 0, 0};
    const char *whole = whole_stem(word, len);
    bool marked;
    if (whole != NULL) {
        memcpy(word, whole, strlen(whole));
        return strlen(whole);
    }
    if (len < 3) {
        return len;
    }
    if (word[0] == '\'') {
        memmove(word, word + 1, --s.n);
    }
    marked = mark_consonants(&s);
    mark_regions(&s);
    step_1a(&s);
    if (s.n > 0 && !stays(s.w, s.n)) {
        step_1b(&s);
        if (s.n > 0) {
            step_1c(&s);
            step_2(&s);
        }
        if (s.n > 0) {
            step_3(&s);
        }
        if (s.n > 0) {
            step_4(&s);
        }
        if (s.n > 0) {
            step_5(&s);
        }
    }
    for (size_t i = 0; marked && i < s.n; i++) {
        s.w[i] = s.w[i] == 'Y' ? 'y' : s.w[i];
    }
    return s.n;
}
