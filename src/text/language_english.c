/* English, as news writes it. Lists are kept sorted; a unit test checks it. */
#include "text/language.h"
#include "text/stem_english.h"

#include <string.h>

static const char *const titles[] = {
    "adj",  "adm", "alderman", "assoc", "atty", "ave", "brig",   "capt",  "cdr",  "cllr",
    "cmdr", "col", "comdr",    "cpl",   "det",  "dr",  "drs",    "eng",   "engr", "fig",
    "gen",  "gov", "hon",      "insp",  "lt",   "maj", "messrs", "mfr",   "mgr",  "mlle",
    "mme",  "mr",  "mrs",      "ms",    "mt",   "mx",  "pres",   "prof",  "pvt",  "rep",
    "reps", "rev", "sen",      "sens",  "sgt",  "st",  "supt",   "treas", "v",    "vs"};
static const uint8_t titles_by_letter[SL_LETTER_BOUNDS] = {0,  6,  7,  14, 17, 19, 20, 22, 23,
                                                           24, 24, 24, 25, 36, 36, 36, 39, 39,
                                                           42, 47, 48, 48, 50, 50, 50, 50, 50};
static const uint32_t titles_second[26] = {
    0x581010, 0x40000, 0x1b012,  0x40020,   0x4000, 0x200, 0x8020,   0x8000, 0x4000,
    0x0,      0x0,     0x100000, 0x11c30e2, 0x0,    0x0,   0x440000, 0x0,    0x20,
    0x3000a0, 0x40000, 0x0,      0x80001,   0x0,    0x0,   0x0,      0x0};
static const uint32_t titles_length[26] = {0x138, 0x10, 0x38, 0xc,  0x18, 0x8, 0x8,  0x8, 0x10,
                                           0x0,   0x0,  0x4,  0x5c, 0x0,  0x0, 0x18, 0x0, 0x18,
                                           0x1c,  0x20, 0x0,  0x6,  0x0,  0x0, 0x0,  0x0};

static const char *const abbreviations[] = {
    "a.m", "al",   "apr", "aug",  "bros", "ca",  "cf",  "co",   "corp", "d",       "d.c",
    "dec", "dept", "e.g", "e.u",  "ed",   "eds", "est", "etc",  "feb",  "ft",      "i.e",
    "inc", "jan",  "jr",  "jul",  "jun",  "kg",  "km",  "ltd",  "mar",  "min",     "mph",
    "nov", "oct",  "p.m", "ph.d", "plc",  "pp",  "pte", "pty",  "pvt",  "r-calif", "rd",
    "sep", "sept", "sq",  "sr",   "u.k",  "u.n", "u.s", "univ", "vol"};
static const uint8_t abbreviations_by_letter[SL_LETTER_BOUNDS] = {
    0,  4,  5,  9,  13, 19, 21, 21, 21, 23, 27, 29, 30, 33,
    34, 35, 42, 42, 44, 48, 48, 52, 53, 53, 53, 53, 53};
static const uint32_t abbreviations_second[26] = {
    0x215000, 0x40000, 0x8042,   0x4021,  0x184010, 0x100020, 0x0,      0x0, 0x4000,
    0x240002, 0x2080,  0x100000, 0x10202, 0x8000,   0x8,      0x515100, 0x0, 0x2010,
    0x60020,  0x0,     0x4000,   0x8000,  0x0,      0x0,      0x0,      0x0};
static const uint32_t abbreviations_length[26] = {0xc,  0x10, 0x14, 0x1a, 0xc, 0xc, 0x0,  0x0, 0x8,
                                                  0xc,  0x4,  0x8,  0x8,  0x8, 0x8, 0x1c, 0x0, 0x84,
                                                  0x1c, 0x0,  0x18, 0x8,  0x0, 0x0, 0x0,  0x0};

static const char *const counted[] = {"app",  "approx", "art",  "arts", "ch",    "cl",
                                      "no",   "nos",    "pt",   "para", "paras", "reg",
                                      "regs", "sec",    "secs", "sect"};

static const char *const starters[] = {
    "a",         "according", "after",     "all",          "also",     "although",
    "an",        "and",       "another",   "any",          "anyone",   "as",
    "at",        "because",   "before",    "both",         "but",      "by",
    "can",       "despite",   "did",       "do",           "does",     "during",
    "each",      "earlier",   "even",      "ever",         "every",    "few",
    "first",     "following", "for",       "from",         "further",  "had",
    "has",       "have",      "he",        "her",          "here",     "his",
    "how",       "however",   "i",         "if",           "in",       "instead",
    "is",        "it",        "its",       "just",         "last",     "later",
    "many",      "may",       "meanwhile", "more",         "moreover", "most",
    "much",      "my",        "neither",   "nevertheless", "no",       "nobody",
    "none",      "nor",       "not",       "nothing",      "now",      "of",
    "officials", "on",        "once",      "one",          "only",     "or",
    "other",     "others",    "our",       "over",         "people",   "she",
    "should",    "since",     "so",        "some",         "still",    "such",
    "that",      "the",       "their",     "then",         "there",    "these",
    "they",      "this",      "those",     "though",       "three",    "through",
    "thus",      "to",        "today",     "two",          "under",    "unless",
    "until",     "upon",      "we",        "well",         "were",     "what",
    "when",      "where",     "whether",   "which",        "while",    "who",
    "why",       "will",      "with",      "without",      "would",    "yes",
    "yet",       "you",       "your"};
static const uint8_t starters_by_letter[SL_LETTER_BOUNDS] = {
    0,  13, 18, 19, 24, 29, 35,  35,  44,  51,  52,  52,  54, 62,
    71, 82, 83, 83, 83, 90, 106, 110, 110, 125, 125, 129, 129};
static const uint32_t starters_second[26] = {
    0x185049, 0x2208020, 0x2,     0x208220,  0x400002, 0x248220, 0x0,    0x8222, 0x184041,
    0x200000, 0x0,       0x2,     0x2208022, 0x8020,   0x744040, 0x20,   0x0,    0x0,
    0x308300, 0x808100,  0x14000, 0x0,       0x8320,   0x0,      0x8020, 0x0};
static const uint32_t starters_length[26] = {
    0x3fe,  0xdc,  0x8,  0xdc, 0xb0, 0x2b8, 0x0,  0x9c, 0x8e, 0x10, 0x0, 0x30, 0x31c,
    0x10dc, 0x27c, 0x40, 0x0,  0x0,  0x7c,  0xfc, 0x70, 0x0,  0xbc, 0x0, 0x18, 0x0};

static const char *const negators[] = {
    "ain't",  "aren't",  "arent",   "can't",   "cannot",  "cant",     "couldn't",  "couldnt",
    "didn't", "didnt",   "doesn't", "doesnt",  "don't",   "dont",     "hadn't",    "hardly",
    "hasn't", "haven't", "isn't",   "isnt",    "neither", "never",    "no",        "nobody",
    "none",   "nor",     "not",     "nothing", "nowhere", "scarcely", "shouldn't", "wasn't",
    "wasnt",  "weren't", "without", "won't",   "wont",    "wouldn't", "wouldnt"};
static const uint8_t negators_by_letter[SL_LETTER_BOUNDS] = {0,  3,  3,  8,  14, 14, 14, 14, 18,
                                                             20, 20, 20, 20, 20, 29, 29, 29, 29,
                                                             29, 31, 31, 31, 31, 39, 39, 39, 39};
static const uint32_t negators_second[26] = {
    0x40200, 0x0, 0x8002, 0x8200, 0x0, 0x0,   0x0, 0x2, 0x80000, 0x0,    0x0, 0x0, 0x0,
    0x8020,  0x0, 0x0,    0x0,    0x0, 0x108, 0x0, 0x0, 0x0,     0x8222, 0x0, 0x0, 0x0};
static const uint32_t negators_length[26] = {0x60,  0x0, 0x1f0, 0xf0, 0x0,   0x0, 0x0, 0xc0, 0x30,
                                             0x0,   0x0, 0x0,   0x0,  0xfc,  0x0, 0x0, 0x0,  0x0,
                                             0x300, 0x0, 0x0,   0x0,  0x1f0, 0x0, 0x0, 0x0};

/* The letters before the last one that the endings of English have in common (Porter 2001: -ing, -er, -or,
 * -ion, -ism, -ic, -ant, -ent, -al, -ful, -ll); all that end in e, i, s or an apostrophe may have one, and
 * all in y behind a consonant. Most other words have none, and need no stemmer. */
static bool english_may_have_ending(const char *word, size_t len)
{
    static const char *const before[26] = {
        ['c' - 'a'] = "i", ['d' - 'a'] = "e", ['g' - 'a'] = "n",  ['l' - 'a'] = "alu",
        ['m' - 'a'] = "s", ['n' - 'a'] = "o", ['r' - 'a'] = "eo", ['t' - 'a'] = "n"};
    char last = word[len - 1];
    if (len < 2 || word[0] == '\'') {
        return true;
    }
    if (last < 'a' || last > 'z') {
        return last == '\'';
    }
    if (last == 'e' || last == 'i' || last == 's') {
        return true;
    }
    if (last == 'y') {
        return memchr("aeiou", word[len - 2], 5) == NULL;
    }
    return before[last - 'a'] != NULL && strchr(before[last - 'a'], word[len - 2]) != NULL;
}

const struct sl_language sl_language_english = {
    .name = "english",
    .title = {titles, sizeof titles / sizeof titles[0], titles_by_letter, titles_second,
              titles_length},
    .abbreviation = {abbreviations, sizeof abbreviations / sizeof abbreviations[0],
                     abbreviations_by_letter, abbreviations_second, abbreviations_length},
    .counted = counted,
    .n_counted = sizeof counted / sizeof counted[0],
    .starter = {starters, sizeof starters / sizeof starters[0], starters_by_letter, starters_second,
                starters_length},
    .negator = {negators, sizeof negators / sizeof negators[0], negators_by_letter, negators_second,
                negators_length},
    .may_have_ending = english_may_have_ending,
    .stem = sl_stem_english,
};
