/* Runs when slant is built: words.tsv and cues.tsv in, the tables of quote/words.h out, as C.
 *
 *   quote_words WORDS.tsv CUES.tsv > quote_words.c
 *
 * A fault in a file is told with its line. The output depends on the two files alone. */
#include "quote/words.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 1 << SL_QWORD_BITS, MAX_CUE = 4096, MAX_LINE = 8192, MAX_FIELD = 16 };

static struct sl_qword word[MAX_WORD];
static char word_text[MAX_WORD][SL_QWORD_MAX];
static uint32_t n_word = SL_QWORD_FIRST; /* those before are unknown words */
static struct {
    char lemma[SL_QWORD_MAX];
    struct sl_cue cue;
} cue[MAX_CUE];
static uint32_t n_cue;
static uint16_t slot[4 * MAX_WORD];
static const char *path;
static unsigned long line;

static const char *const class_name[] = {
#define X(NAME, name) #name,
    SL_QCLASSES(X)
#undef X
};
static const char *const frame_name[] = {
#define X(NAME, name) #name,
    SL_COMPLEMENTS(X)
#undef X
};
static const char *const kind_name[] = {"speech", "thought", "deed"};

static _Noreturn void stop(const char *what, const char *which)
{
    (void)fprintf(stderr, "%s:%lu: %s: %s\n", path, line, what, which);
    exit(1);
}

static size_t find(const char *const *names, size_t n, const char *name, const char *what)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    stop(what, name);
}

static uint64_t hash(const char *text)
{
    char padded[SL_QWORD_MAX] = {0};
    struct sl_qkey key;
    memcpy(padded, text, strlen(text));
    key = sl_qkey_of(padded);
    return sl_qword_hash(key.part[0], key.part[1]);
}

static struct sl_qword *intern(const char *text)
{
    uint32_t mask = 4 * MAX_WORD - 1;
    uint32_t at;
    if (strlen(text) >= SL_QWORD_MAX) {
        stop("the word is too long", text);
    }
    at = (uint32_t)(hash(text) >> 32) & mask;
    for (const char *p = text; *p != 0; p++) {
        if ((unsigned char)*p >= 0x80 || (*p >= 'A' && *p <= 'Z')) {
            stop("words are lower-case ASCII", text);
        }
    }
    while (slot[at] != 0) {
        if (strcmp(word_text[slot[at]], text) == 0) {
            return &word[slot[at]];
        }
        at = (at + 1) & mask;
    }
    if (n_word == MAX_WORD) {
        stop("too many words", text);
    }
    slot[at] = (uint16_t)n_word;
    memcpy(word_text[n_word], text, strlen(text) + 1);
    return &word[n_word++];
}

/* Cuts p at the separator; the number of fields. */
static size_t cut(char *p, char separator, char *field[], size_t most)
{
    size_t n = 0;
    while (p != NULL) {
        char *next = strchr(p, separator);
        if (n == most) {
            stop("too many fields", p);
        }
        field[n++] = p;
        if (next != NULL) {
            *next++ = 0;
        }
        p = next;
    }
    return n;
}

static void read_words(char *p)
{
    char *field[2];
    char *each[1024];
    size_t class;
    if (cut(p, '\t', field, 2) != 2) {
        stop("expected a class, a tab and words", p);
    }
    class = find(class_name, SL_QC_N, field[0], "no such class");
    for (size_t i = 0, n = cut(field[1], ' ', each, 1024); i < n; i++) {
        if (each[i][0] != 0) {
            intern(each[i])->classes |= (uint64_t)1 << class;
        }
    }
}

static void read_cue(char *p)
{
    char *field[8];
    char *each[64];
    struct sl_cue *c = &cue[n_cue].cue;
    uint16_t number = (uint16_t)(n_cue + 1);
    if (cut(p, '\t', field, 8) != 8) {
        stop("expected 8 fields: part, five forms, kind, frames", p);
    }
    if (n_cue == MAX_CUE) {
        stop("too many cues", field[1]);
    }
    (void)intern(field[1]); /* checks its form */
    memcpy(cue[n_cue].lemma, field[1], strlen(field[1]) + 1);
    c->kind = (uint8_t)find(kind_name, 3, field[6], "no such kind");
    for (size_t i = 0, n = cut(field[7], ' ', each, 64); i < n; i++) {
        char *colon = strchr(each[i], ':');
        if (colon == NULL || colon[1] < 'a' || colon[1] > 'd' || colon[2] != 0) {
            stop("expected FRAME:GRADE with a grade a to d", each[i]);
        }
        *colon = 0;
        c->grade[find(frame_name, SL_N_FRAME, each[i], "no such frame")] =
            (uint8_t)(colon[1] - 'a' + 1);
    }
    for (int i = 0; i < 5; i++) {
        struct sl_qword *w;
        uint16_t *which;
        if (strcmp(field[1 + i], "-") == 0) {
            continue;
        }
        w = intern(field[1 + i]);
        which = field[0][0] == 'v' ? &w->verb : field[0][0] == 'n' ? &w->noun : &w->adjective;
        if (strchr("vna", field[0][0]) == NULL || field[0][1] != 0) {
            stop("the part is v, n or a", field[0]);
        }
        if (*which != 0 && *which != number) {
            stop("the word is a form of another cue already", field[1 + i]);
        }
        *which = number;
        if (field[0][0] == 'v') {
            w->form |= (uint8_t)(1 << i);
        }
    }
    n_cue++;
}

static void read_file(const char *name, void (*reader)(char *))
{
    static char text[MAX_LINE];
    FILE *f = fopen(name, "r");
    path = name;
    line = 0;
    if (f == NULL) {
        stop("cannot open", name);
    }
    while (fgets(text, sizeof text, f) != NULL) {
        size_t len = strlen(text);
        line++;
        if (len == 0 || text[len - 1] != '\n') {
            stop("the line is too long or has no end", "");
        }
        text[len - 1] = 0;
        if (text[0] != '#' && text[0] != 0) {
            reader(text);
        }
    }
    if (ferror(f) || fclose(f) != 0) {
        stop("cannot read", name);
    }
}

/* What a word is whatever stands around it, if it has no capital; or what must be asked. The first class
 * that tells it does. */
static unsigned tag_of(const struct sl_qword *w)
{
    const uint64_t c = w->classes;
    if (c & SL_QC_TO) {
        return TAG_TO;
    }
    if (c & (SL_QC_MODAL | SL_QC_BE | SL_QC_HAVE | SL_QC_DO)) {
        return TAG_AUX;
    }
    if (c & SL_QC_THAT) {
        return SL_ASK_THAT;
    }
    if (c & SL_QC_NEG) {
        return c & SL_QC_DET ? TAG_DET : TAG_NEG;
    }
    if (c & SL_QC_POSSESSIVE) {
        return c & SL_QC_PRON ? SL_ASK_POSSESSIVE : c & SL_QC_WH ? TAG_WH : TAG_POSS;
    }
    if (c & SL_QC_PRON) {
        return c & SL_QC_NUMBER ? SL_ASK_PRON : TAG_PRON;
    }
    if (c & SL_QC_WH) {
        return c & SL_QC_SUB ? SL_ASK_WH : TAG_WH;
    }
    if (c & SL_QC_CONJ) {
        return TAG_CONJ;
    }
    if (c & SL_QC_TIME) {
        if (c & SL_QC_NOUN && c & (SL_QC_SUB | SL_QC_PREP | SL_QC_DET)) {
            stop("a time that is a noun cannot be a sub, prep or det too", word_text[w - word]);
        }
        return c & SL_QC_NOUN ? SL_ASK_TIME : TAG_TIME;
    }
    if (c & SL_QC_SUB) {
        return c & SL_QC_PREP ? SL_ASK_SUB : TAG_SUB;
    }
    if (c & SL_QC_PREP) {
        return w->verb == 0 ? TAG_PREP : c & SL_QC_DET ? TAG_DET : SL_ASK_PREP;
    }
    if (c & SL_QC_DET) {
        return TAG_DET;
    }
    if (w->form != 0 || c & (SL_QC_VERB | SL_QC_BASE)) {
        return SL_ASK_VERB;
    }
    if (c == 0) {
        return SL_ASK_ENDING;
    }
    if (c & SL_QC_NUMBER) {
        return TAG_NUM;
    }
    if (c & (SL_QC_ADV | SL_QC_PARTICLE)) {
        return TAG_ADV;
    }
    if (c & (SL_QC_NOUN | SL_QC_TITLE)) {
        return c & SL_QC_ADJ ? SL_ASK_NOUN : TAG_N;
    }
    return c & SL_QC_ADJ ? TAG_ADJ : TAG_N;
}

/* ---- verbs ---- */

static bool is_in(enum sl_qtag tag, uint32_t set)
{
    return (SL_TAG_BIT(tag) & set) != 0;
}

/* Behind these stand nouns; and what can begin or be a phrase, behind which a verb can stand. */
static const uint32_t before_noun =
    SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_GEN) | SL_TAG_BIT(TAG_ADJ);
static const uint32_t nominal =
    SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_PRON) | SL_TAG_BIT(TAG_TIME);

static unsigned tag_of_past(unsigned form, enum sl_qtag before)
{
    const bool start = before >= TAG_COMMA && before != TAG_QC;
    if (is_in(before, before_noun | SL_TAG_BIT(TAG_PREP))) {
        return before == TAG_DET ? SL_VERB_ALONE : TAG_ADJ;
    }
    if (!start) {
        return TAG_V; /* a reduced relative clause is told apart by the rules */
    }
    if (form & SL_FORM_PAST && (before == TAG_COMMA || before == TAG_DASH || before == TAG_RP)) {
        return TAG_V; /* X (Labour) said */
    }
    return form & SL_FORM_PART ? TAG_VN : TAG_V;
}

static unsigned tag_of_third(enum sl_qtag before)
{
    if (is_in(before, before_noun | SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_NUM))) {
        return TAG_N;
    }
    if (before == TAG_PRON || before == TAG_WH || before == TAG_THAT) {
        return TAG_V;
    }
    return is_in(before, nominal | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_RP) | SL_TAG_BIT(TAG_COMMA) |
                             SL_TAG_BIT(TAG_DASH) | SL_TAG_BIT(TAG_CONJ))
               ? SL_VERB_THIRD
               : TAG_N;
}

static unsigned tag_of_base(enum sl_qtag before)
{
    switch (before) {
    case TAG_COMMA:
    case TAG_DASH:
        return SL_VERB_COMMA;
    case TAG_PRON:
        return SL_VERB_PRON;
    case TAG_WH:
    case TAG_THAT:
        return SL_VERB_CLAUSE;
    case TAG_CONJ:
        return SL_VERB_CONJ;
    default:
        return is_in(before, nominal) ? SL_VERB_NOMINAL : TAG_N;
    }
}

/* What a word with these forms of a verb is behind a tag, or what must be asked. */
static unsigned verb_tag(unsigned form, enum sl_qtag before)
{
    if (before == TAG_TO) {
        return form & SL_FORM_BASE ? TAG_VB : form & SL_FORM_ING ? TAG_VG : TAG_N;
    }
    if (before == TAG_AUX) {
        return form & SL_FORM_ING    ? TAG_VG
               : form & SL_FORM_PART ? TAG_VN
               : form & SL_FORM_BASE ? SL_VERB_AUX
               : form & SL_FORM_PAST ? TAG_VN
                                     : TAG_N; /* has long been */
    }
    if (form & SL_FORM_ING) {
        return is_in(before, before_noun) ? SL_VERB_GERUND : TAG_VG;
    }
    if (form & (SL_FORM_PAST | SL_FORM_PART)) {
        return tag_of_past(form, before);
    }
    return form & SL_FORM_THIRD  ? tag_of_third(before)
           : form & SL_FORM_BASE ? tag_of_base(before)
                                 : TAG_N;
}

/* ---- places ---- */

static uint32_t place[MAX_WORD]; /* [n_word] of the short ones */
static uint32_t at_place[MAX_WORD];
static uint16_t shift[1 << SL_QWORD_SHIFT_BITS];

static bool is_short(uint32_t i)
{
    return strlen(word_text[i]) <= SL_QWORD_SHORT;
}

static bool take_place(uint32_t i, uint32_t at)
{
    if (at_place[at] != 0) {
        return false;
    }
    at_place[at] = i;
    place[i] = at;
    return true;
}

/* Gives all words member[0, n) of one group free places. */
static bool place_group(const uint32_t *member, uint32_t n, uint32_t by)
{
    for (uint32_t k = 0; k < n; k++) {
        if (!take_place(member[k], sl_qword_place(hash(word_text[member[k]]), by))) {
            while (k-- > 0) {
                at_place[place[member[k]]] = 0;
            }
            return false;
        }
    }
    return true;
}

/* Large groups first, while there is room. */
static void place_words(void)
{
    enum { MOST = 64 };
    static uint32_t member[1 << SL_QWORD_SHIFT_BITS][MOST];
    static uint32_t n[1 << SL_QWORD_SHIFT_BITS];
    for (uint32_t i = SL_QWORD_FIRST; i < n_word; i++) {
        uint32_t g = sl_qword_group(hash(word_text[i]));
        if (is_short(i)) {
            if (n[g] == MOST) {
                stop("too many words of one hash", word_text[i]);
            }
            member[g][n[g]++] = i;
        }
    }
    for (uint32_t size = MOST; size > 0; size--) {
        for (uint32_t g = 0; g < 1 << SL_QWORD_SHIFT_BITS; g++) {
            uint32_t by = 0;
            if (n[g] != size) {
                continue;
            }
            while (!place_group(member[g], size, by)) {
                if (++by > UINT16_MAX) {
                    stop("no place for a word and those of its hash", word_text[member[g][0]]);
                }
            }
            shift[g] = (uint16_t)by;
        }
    }
}

/* ---- what is written ---- */

/* What stands beside the forms of word i. */
static unsigned marks_of(uint32_t i)
{
    const struct sl_qword *w = &word[i];
    const char *t = word_text[i];
    bool two = strcmp(t, "as") == 0 || strcmp(t, "in") == 0; /* as X said, in the words of X */
    bool begins = (w->verb | w->noun | w->adjective) != 0 || (w->classes & SL_QC_OPENER) != 0;
    return (tag_of(w) < TAG_OTHER && !(w->classes & SL_QC_PEOPLE) ? SL_WORD_SURE : 0u) |
           (two || begins ? SL_WORD_BEGINS : 0u);
}

/* What a word of number i is, as sl_qword_seen has it. */
static unsigned seen_of(uint32_t i, bool capital)
{
    const unsigned marks = marks_of(i);
    if (capital) {
        return TAG_N | SL_SEEN_OPEN;
    }
    if (i == 0 || i >= n_word) {
        return TAG_N;
    }
    return marks & SL_WORD_SURE ? tag_of(&word[i]) | (marks & SL_WORD_BEGINS ? SL_SEEN_OPEN : 0u)
                                : TAG_N | SL_SEEN_OPEN;
}

static void write_verb_tags(void)
{
    (void)printf("const uint8_t sl_verb_tags[SL_FORMS + 1][TAG_OTHER + 1] = {\n");
    for (unsigned form = 0; form <= SL_FORMS; form++) {
        for (unsigned before = 0; before <= TAG_OTHER; before++) {
            (void)printf(before == 0 ? "{%u" : ", %u", verb_tag(form, (enum sl_qtag)before));
        }
        (void)printf("},\n");
    }
    (void)printf("};\n\n");
}

static void write_words(void)
{
    (void)printf("/* Made from words.tsv and cues.tsv by src/gen/quote_words.c. */\n"
                 "#include \"quote/words.h\"\n\n"
                 "_Alignas(64) const struct sl_qword sl_qwords[] = {\n");
    for (uint32_t i = 0; i < n_word; i++) {
        (void)printf("{\"%s\", %lluull, %u, %u, %u, %u, %u},\n", is_short(i) ? word_text[i] : "",
                     (unsigned long long)word[i].classes, word[i].verb, word[i].noun,
                     word[i].adjective, word[i].form | marks_of(i), tag_of(&word[i]));
    }
    (void)printf("};\n\nconst struct sl_qword_long sl_qword_long[] = {\n");
    for (uint32_t i = 1; i < n_word; i++) {
        if (!is_short(i)) {
            (void)printf("{\"%s\", %u},\n", word_text[i], i);
        }
    }
    (void)printf("{\"\", 0}\n};\n\n");
    write_verb_tags();
    (void)printf("const struct sl_cue sl_cues[] = {\n");
    for (uint32_t i = 0; i < n_cue; i++) {
        (void)printf("{%u, {", cue[i].cue.kind);
        for (int k = 0; k < SL_N_FRAME; k++) {
            (void)printf(k == 0 ? "%u" : ", %u", cue[i].cue.grade[k]);
        }
        (void)printf("}},\n");
    }
    (void)printf("};\n\nconst char *const sl_cue_lemmas[] = {\n");
    for (uint32_t i = 0; i < n_cue; i++) {
        (void)printf("\"%s\",\n", cue[i].lemma);
    }
    (void)printf("};\n\nconst uint16_t sl_qword_shift[1 << SL_QWORD_SHIFT_BITS] = {");
    for (uint32_t i = 0; i < 1 << SL_QWORD_SHIFT_BITS; i++) {
        (void)printf(i % 16 == 0 ? "\n%u," : " %u,", shift[i]);
    }
    (void)printf("\n};\n\nconst uint8_t sl_qword_seen[2 << SL_QWORD_BITS] = {");
    for (uint32_t i = 0; i < 2 * MAX_WORD; i++) {
        (void)printf(i % 16 == 0 ? "\n%u," : " %u,", seen_of(i / 2, i % 2 != 0));
    }
    (void)printf("\n};\n\nconst uint16_t sl_qword_at[1 << SL_QWORD_BITS] = {");
    for (uint32_t at = 0; at < MAX_WORD; at++) {
        const uint32_t i = at_place[at];
        (void)printf(at % 16 == 0 ? "\n%u," : " %u,",
                     i == 0 ? 0 : i << 3 | sl_qword_check(hash(word_text[i])));
    }
    (void)printf("\n};\n");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        (void)fprintf(stderr, "usage: quote_words WORDS.tsv CUES.tsv > quote_words.c\n");
        return 2;
    }
    read_file(argv[1], read_words);
    read_file(argv[2], read_cue);
    place_words();
    write_words();
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "quote_words: cannot write\n");
        return 1;
    }
    return 0;
}
