/* Parts of speech, as far as the rules need them: classes of words.tsv, forms of cues.tsv, endings,
 * and the two neighbours. One pass from left to right. */
#include "quote/clause.h"

#include <string.h>

/* Inlined, so that the comparison is one of numbers. */
static inline __attribute__((always_inline)) bool ends_with(const struct sl_clause *c, int i,
                                                            const char *ending, size_t len)
{
    size_t n = c->tok[i].end - c->tok[i].begin;
    return n >= len + 2 && memcmp(c->text + c->tok[i].end - len, ending, len) == 0;
}

/* Whether a noun phrase or clause can start at token i. */
static bool starts_phrase(const struct sl_clause *c, int i)
{
    if (i >= c->n) {
        return false;
    }
    if (c->tok[i].tag == TAG_QO || c->tok[i].tag == TAG_NUM) {
        return true;
    }
    return sl_has(c, i,
                  SL_QC_DET | SL_QC_PRON | SL_QC_POSSESSIVE | SL_QC_THAT | SL_QC_TO | SL_QC_WH |
                      SL_QC_ADJ | SL_QC_NUMBER | SL_QC_TITLE) ||
           (c->tok[i].flags & TOK_CAP) != 0;
}

/* Whether the word at k is passed over: the no of "no longer", the all of "ministers all". */
static bool floats(const struct sl_clause *c, int k)
{
    return sl_is_no_longer(c, k) ||
           (sl_has(c, k, SL_QC_ALONE) && k > 0 &&
            (c->tok[k - 1].tag <= TAG_PRON || c->tok[k - 1].tag == TAG_AUX));
}

/* What stands before, over adverbs. */
static inline int before(const struct sl_clause *c, int i)
{
    int k = i - 1;
    while (k >= 0 && (c->tok[k].tag == TAG_ADV || c->tok[k].tag == TAG_NEG ||
                      (c->tok[k].tag == TAG_DET && floats(c, k)))) {
        k--;
    }
    return k;
}

static bool nominal(int tag)
{
    return tag == TAG_N || tag == TAG_PROP || tag == TAG_PRON || tag == TAG_TIME || tag == TAG_NUM;
}

static bool is_name_word(const struct sl_clause *c, int i)
{
    return c->tok[i].tag == TAG_PROP || (c->tok[i].tag == TAG_N && c->tok[i].flags & TOK_CAP);
}

/* A and B: the names that end at i are joined to one before. */
static bool joined_name(const struct sl_clause *c, int i)
{
    enum { MOST = 8 };
    int k = i;
    while (k > 0 && i - k < MOST &&
           (is_name_word(c, k) || (sl_is_word(c, k, "of") && is_name_word(c, k - 1)))) {
        k--; /* A and the Chamber of B back it */
    }
    k -= k > 0 && c->tok[k].tag == TAG_DET;
    if (k > 1 && k < i && sl_is_word(c, k, "as") && sl_is_word(c, k - 1, "such")) {
        return true; /* critics such as A say */
    }
    if (k < 1 || k == i || c->tok[k].tag != TAG_CONJ) {
        return false;
    }
    k -= k > 1 && c->tok[k - 1].tag == TAG_COMMA; /* A, B, and C back it */
    return c->tok[k - 1].tag == TAG_PROP || (c->tok[k - 1].flags & TOK_CAP) != 0;
}

static bool plural_noun(const struct sl_clause *c, int i)
{
    return sl_has(c, i, SL_QC_PERSON) ||
           (c->tok[i].tag == TAG_N && ends_with(c, i, "s", 1) && !ends_with(c, i, "ss", 2));
}

enum { F_BASE = 1, F_THIRD = 2, F_PAST = 4, F_PART = 8, F_ING = 16 };

/* Forms that a known verb can have at i. */
static unsigned forms(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    unsigned f = w->form & SL_FORMS;
    if (w->classes & SL_QC_VERB) {
        f |= F_PAST;
    }
    if (w->classes & SL_QC_BASE) {
        f |= F_BASE;
    }
    return f;
}

static bool can_be_noun(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    return w->noun != 0 ||
           (w->classes & (SL_QC_NOUN | SL_QC_VENUE | SL_QC_UNIT | SL_QC_ADJ)) != 0 ||
           (w->form & (F_BASE | F_THIRD)) != 0;
}

/* The tag of a word that can be a verb, or TAG_N. */
static int verb_tag(const struct sl_clause *c, int i, unsigned f)
{
    int k = before(c, i);
    int tag = sl_tag(c, k);
    bool start = k < 0 || (tag >= TAG_COMMA && tag != TAG_QC);
    const struct sl_qword *w = sl_qword(c, i);
    if (k >= 0 && tag == TAG_TO) {
        return f & F_BASE ? TAG_VB : f & F_ING ? TAG_VG : TAG_N;
    }
    if (k >= 0 && tag == TAG_AUX) {
        if (f & F_ING) {
            return TAG_VG;
        }
        if (f & F_PART) {
            return TAG_VN;
        }
        if (f & F_BASE && sl_has(c, k, SL_QC_MODAL | SL_QC_DO)) {
            return TAG_VB;
        }
        return f & F_PAST                                           ? TAG_VN
               : f & F_BASE && !sl_has(c, k, SL_QC_BE | SL_QC_HAVE) ? TAG_VB
                                                                    : TAG_N; /* has long been */
    }
    if (f & F_ING) {
        return tag == TAG_DET || tag == TAG_POSS || tag == TAG_GEN || tag == TAG_ADJ
                   ? (can_be_noun(c, i) || !sl_has(c, i + 1,
                                                   SL_QC_DET | SL_QC_PRON | SL_QC_THAT | SL_QC_TO |
                                                       SL_QC_POSSESSIVE)
                          ? TAG_N
                          : TAG_VG)
                   : TAG_VG;
    }
    if (f & (F_PAST | F_PART)) {
        if (k >= 0 && (tag == TAG_DET || tag == TAG_POSS || tag == TAG_GEN || tag == TAG_ADJ ||
                       tag == TAG_PREP)) {
            if (tag == TAG_DET && k == 0 && sl_has(c, k, SL_QC_ALONE) && i + 1 < c->n &&
                (c->tok[i + 1].tag >= TAG_COMMA || sl_has(c, i + 1, SL_QC_THAT))) {
                return TAG_V; /* Another tweeted, */
            }
            return TAG_ADJ;
        }
        if (start) {
            bool verb = k >= 0 && (tag == TAG_COMMA || tag == TAG_RP); /* X (Labour) said */
            return f & F_PAST && verb ? TAG_V : f & F_PART ? TAG_VN : TAG_V;
        }
        return TAG_V; /* a reduced relative clause is told apart by the rules */
    }
    if (f & F_THIRD) {
        if (k >= 0 && (tag == TAG_DET || tag == TAG_POSS || tag == TAG_GEN || tag == TAG_ADJ ||
                       tag == TAG_PREP || tag == TAG_NUM)) {
            return TAG_N;
        }
        if (tag == TAG_PRON || tag == TAG_WH || tag == TAG_THAT) {
            return TAG_V;
        }
        if (!can_be_noun(c, i) || w->noun == 0) {
            return nominal(tag) || tag == TAG_QC || tag == TAG_RP || tag == TAG_COMMA ||
                           tag == TAG_CONJ
                       ? TAG_V
                       : TAG_N;
        }
        if (nominal(tag) || tag == TAG_QC || tag == TAG_COMMA || tag == TAG_RP || tag == TAG_CONJ) {
            return starts_phrase(c, i + 1) || sl_has(c, i + 1, SL_QC_PREP | SL_QC_PARTICLE) ? TAG_V
                                                                                            : TAG_N;
        }
        return TAG_N;
    }
    if (f & F_BASE) {
        if (k > 0 && tag == TAG_COMMA && w->noun == 0 && starts_phrase(c, i + 1)) {
            return TAG_V; /* others, however, say */
        }
        if (k < 0 || start || tag == TAG_DET || tag == TAG_POSS || tag == TAG_GEN ||
            tag == TAG_ADJ || tag == TAG_PREP || tag == TAG_NUM) {
            return TAG_N;
        }
        if (tag == TAG_PRON && sl_has(c, k, SL_QC_SUBJECT)) {
            return TAG_V;
        }
        if (tag == TAG_WH || tag == TAG_THAT) {
            return w->noun == 0 || starts_phrase(c, i + 1) ? TAG_V : TAG_N;
        }
        if (nominal(tag) && (plural_noun(c, k) || joined_name(c, k))) {
            return w->noun == 0 || starts_phrase(c, i + 1) ||
                           sl_has(c, i + 1, SL_QC_PREP | SL_QC_PARTICLE)
                       ? TAG_V
                       : TAG_N;
        }
        if (tag == TAG_CONJ) {
            int v = before(c, k);
            int vt = sl_tag(c, v);
            return v >= 0 && (vt == TAG_VB || starts_phrase(c, i + 1)) ? TAG_VB : TAG_N;
        }
        return TAG_N;
    }
    return TAG_N;
}

/* The tag of a word of a closed class that has none of its own, or -1 where it is to be told as other
 * words are. */
static int closed_tag(const struct sl_clause *c, int i, int prev, bool cap)
{
    uint64_t classes = sl_qword(c, i)->classes;
    if (classes & SL_QC_THAT) {
        if (i + 1 < c->n && (sl_has(c, i + 1, SL_QC_DET | SL_QC_PRON | SL_QC_POSSESSIVE) ||
                             (c->tok[i + 1].flags & TOK_CAP))) {
            return TAG_THAT;
        }
        return prev == TAG_PREP || prev == TAG_STOP || prev == TAG_CONJ || i == 0 ? TAG_PRON
                                                                                  : TAG_THAT;
    }
    if (classes & SL_QC_POSSESSIVE) {
        if (!sl_is_any_word(c, i + 1)) {
            return TAG_PRON; /* told her. */
        }
        return classes & SL_QC_WH ? TAG_WH : TAG_POSS;
    }
    if (classes & SL_QC_PRON) { /* one minister; one said */
        return sl_has(c, i + 1, SL_QC_PERSON | SL_QC_TITLE | SL_QC_ORGANISATION) &&
                       !(c->tok[i + 1].flags & TOK_CAP)
                   ? TAG_NUM
                   : TAG_PRON;
    }
    if (classes & SL_QC_WH) {
        return prev != TAG_V && prev != TAG_VG && prev != TAG_VB ? TAG_SUB : TAG_WH;
    }
    if (classes & SL_QC_TIME && cap) {
        return TAG_TIME;
    }
    if (classes & SL_QC_PREP && classes & SL_QC_SUB) { /* after, before, since, until, as */
        return i + 1 < c->n && sl_has(c, i + 1, SL_QC_SUBJECT) ? TAG_SUB : TAG_PREP;
    }
    return -1;
}

/* The tag of a word of which the tables tell none and that is no name inside a sentence. */
static int tag_by_ending(const struct sl_clause *c, int i, bool cap)
{
    const struct sl_qtoken *t = &c->tok[i];
    const char *word = c->text + t->begin;
    const size_t len = t->end - t->begin;
    const bool asked = t->word > 0 && t->word < SL_QWORD_FIRST;
    switch (asked ? t->word : sl_qword_ending(word, len)) {
    case SL_QWORD_ED:
        return verb_tag(c, i, F_PAST | F_PART);
    case SL_QWORD_ING:
        return cap && (i > 0 || memchr(word, '-', len) != NULL) ? TAG_N /* Ling-Ling Roe */
                                                                : verb_tag(c, i, F_ING);
    case SL_QWORD_LY:
        return cap ? TAG_N : TAG_ADV;
    case SL_QWORD_ADJECTIVE:
        return cap ? TAG_N : TAG_ADJ;
    default:
        return TAG_N;
    }
}

/* New Zealand, not: new Iran sanctions */
static bool is_new_place(const struct sl_clause *c, int i)
{
    static const char *const places[] = {"zealand", "york",    "jersey", "hampshire",
                                         "mexico",  "orleans", "delhi"};
    bool found = false;
    for (size_t k = 0; k < sizeof places / sizeof places[0] && sl_is_word(c, i, "new"); k++) {
        found = found || sl_is_word(c, i + 1, places[k]);
    }
    return found;
}

/* Whether names may stand behind the token at i - 1 with capitals: no clause begins there. */
static inline bool is_inside(const struct sl_clause *c, int i)
{
    const int prev = i > 0 ? c->tok[i - 1].tag : TAG_STOP;
    return prev != TAG_QO && prev != TAG_STOP && prev != TAG_COLON && !c->headline;
}

/* German officials: a people's name before a noun in small letters. */
static bool is_people_of(const struct sl_clause *c, int i)
{
    return sl_has(c, i, SL_QC_PEOPLE) && sl_is_any_word(c, i + 1) &&
           !(c->tok[i + 1].flags & TOK_CAP) &&
           (sl_qword(c, i + 1)->classes == 0 ||
            sl_has(c, i + 1, SL_QC_PERSON | SL_QC_NOUN | SL_QC_TITLE | SL_QC_ORGANISATION)) &&
           !(sl_qword(c, i + 1)->form & (SL_FORM_PAST));
}

/* The tag of a word that has none of its own. inside: see is_inside; asked of words with a capital alone. */
static int tag_by_class(const struct sl_clause *c, int i, bool cap, bool inside)
{
    const struct sl_qword *w = sl_qword(c, i);
    const uint64_t classes = w->classes;
    const int prev = i > 0 ? c->tok[i - 1].tag : TAG_STOP;
    unsigned f;
    if (classes == 0 && (w->form & SL_FORMS) == 0) {
        return cap && inside ? TAG_PROP : tag_by_ending(c, i, cap);
    }
    if (classes &
        (SL_QC_THAT | SL_QC_POSSESSIVE | SL_QC_PRON | SL_QC_WH | SL_QC_TIME | SL_QC_SUB)) {
        int tag = closed_tag(c, i, prev, cap);
        if (tag >= 0) {
            return tag;
        }
    }
    f = forms(c, i);
    if (classes & SL_QC_PREP) { /* like */
        int t = f & F_BASE && (prev == TAG_TO || prev == TAG_AUX ||
                               (prev == TAG_PRON && sl_has(c, i - 1, SL_QC_SUBJECT)));
        return t || !(f & F_BASE) ? verb_tag(c, i, f) : TAG_PREP;
    }
    if (f != 0) {
        int tag = verb_tag(c, i, f);
        if (tag != TAG_N || classes == 0) {
            return tag;
        }
    }
    if (classes & SL_QC_NUMBER) {
        return TAG_NUM;
    }
    if (classes & (SL_QC_ADV | SL_QC_PARTICLE)) {
        return TAG_ADV;
    }
    if (classes & (SL_QC_NOUN | SL_QC_TITLE) && !sl_is_any_word(c, i + 1)) {
        return cap && inside ? TAG_PROP : TAG_N; /* the chief, */
    }
    if (classes & SL_QC_ADJ) {
        return TAG_ADJ;
    }
    return cap && inside ? TAG_PROP : TAG_N;
}

/* The tag of an unknown word. */
static int tag_of_unknown(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    const bool cap = (t->flags & TOK_CAP) != 0;
    const bool initial = t->end - t->begin == 2 && c->text[t->end - 1] == '.'; /* Ann M. Roe */
    return cap && (initial || is_inside(c, i)) ? TAG_PROP : tag_by_ending(c, i, cap);
}

/* The tag of a known word in small letters. */
static int tag_of_small(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    return is_people_of(c, i)    ? TAG_ADJ
           : w->tag != TAG_OTHER ? w->tag
                                 : tag_by_class(c, i, false, false);
}

/* The tag of a word with a capital, or of capitals alone. */
static int tag_of_capital(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    uint64_t classes = w->classes;
    int prev = i > 0 ? c->tok[i - 1].tag : TAG_STOP;
    bool cap = (c->tok[i].flags & TOK_CAP) != 0;
    bool inside = is_inside(c, i);
    if (cap && c->tok[i].end - c->tok[i].begin == 2 && c->text[c->tok[i].end - 1] == '.') {
        return TAG_PROP; /* Ann M. Roe, in a headline too */
    }
    if (c->tok[i].flags & TOK_UPPER && !c->headline &&
        classes & (SL_QC_PRON | SL_QC_POSSESSIVE | SL_QC_BE)) {
        return TAG_PROP; /* US, IT */
    }
    if (cap && classes & (SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE) && i + 1 < c->n &&
        c->tok[i + 1].flags & TOK_CAP && c->tok[i + 1].word < SL_QWORD_FIRST) {
        return TAG_PROP; /* Mark Roe, in a headline too */
    }
    if (cap && !inside && !c->headline && i + 1 < c->n && c->tok[i + 1].flags & TOK_CAP &&
        (classes & (SL_QC_PEOPLE | SL_QC_NAMING) || is_new_place(c, i))) {
        return TAG_PROP; /* American Airlines, New Zealand */
    }
    if (is_people_of(c, i)) {
        return TAG_ADJ;
    }
    if (cap && inside && !(classes & (SL_QC_PRON | SL_QC_TIME))) {
        if (!(classes & (SL_QC_DET | SL_QC_PREP | SL_QC_CONJ)) || prev == TAG_PROP) {
            return classes & SL_QC_TO ? TAG_TO : TAG_PROP;
        }
    }
    if (w->tag != TAG_OTHER) {
        return cap && w->tag == TAG_AUX &&
                       (prev == TAG_TIME || prev == TAG_PREP ||
                        (sl_tag(c, i + 1) == TAG_NUM && !sl_is_any_word(c, i + 1)))
                   ? TAG_TIME
                   : w->tag; /* May */
    }
    return tag_by_class(c, i, cap, inside);
}

/* Whether a rule may begin at a token, which has its tag. */
static bool is_cue(struct sl_qtoken *t, const struct sl_qword *w, char first)
{
    if (w->verb != 0 &&
        (t->tag == TAG_V || t->tag == TAG_VB || t->tag == TAG_VG || t->tag == TAG_VN)) {
        t->flags |= TOK_VERB_CUE;
        __builtin_prefetch(&sl_cues[w->verb - 1]); /* the rules ask it next */
        return true;
    }
    if ((w->classes & SL_QC_OPENER) != 0 || (w->noun != 0 && t->tag == TAG_N) ||
        (w->adjective != 0 && t->tag != TAG_PROP)) {
        t->flags |= TOK_OTHER_CUE;
        return true;
    }
    /* as X said, in the words of X */
    return (t->tag == TAG_PREP || t->tag == TAG_SUB) && t->end - t->begin == 2 &&
           ((first | 0x20) == 'a' || (first | 0x20) == 'i');
}

/* All at once, so that no row is waited for before the next is asked for. */
static void look_up_words(struct sl_clause *c)
{
    for (int i = 0; i < c->n_asked; i++) {
        struct sl_qasked *a = &c->asked[i];
        a->number = sl_qword_only(a->part[0], a->part[1]);
        __builtin_prefetch(&sl_qwords[a->number]);
    }
    for (int i = 0; i < c->n_asked; i++) {
        const struct sl_qasked *a = &c->asked[i];
        c->tok[a->token].word =
            (uint16_t)(sl_qword_is(a->number, a->part[0], a->part[1]) ? a->number : 0);
    }
}

/* The tag of a mark that a neighbour can change. */
static int tag_of_mark(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    if (t->tag == TAG_GEN) { /* he's, here's; Trump's not */
        bool is = sl_tag(c, i - 1) == TAG_PRON || sl_tag(c, i - 1) == TAG_WH ||
                  sl_tag(c, i - 1) == TAG_THAT ||
                  sl_has(c, i + 1, SL_QC_DET | SL_QC_NEG | SL_QC_BE);
        return is && sl_tag(c, i - 1) != TAG_PROP ? TAG_AUX : TAG_GEN;
    }
    if (i == 0) {
        return TAG_OTHER;
    }
    /* Holt & Sons */
    if (c->text[t->begin] == '&' && t->end == t->begin + 1 && i + 1 < c->n &&
        c->tok[i - 1].flags & c->tok[i + 1].flags & TOK_CAP && !c->headline) {
        return TAG_PROP;
    }
    /* the voters' choice */
    return t->end - t->begin <= 3 && c->tok[i - 1].end == t->begin &&
                   (c->text[t->begin] == '\'' || (unsigned char)c->text[t->begin] == 0xe2) &&
                   c->text[t->begin - 1] == 's'
               ? TAG_GEN
               : TAG_OTHER;
}

void sl_clause_tag(struct sl_clause *c)
{
    int n_cue = 0;
    int n_capital = 0;
    look_up_words(c);
    for (int k = 0; k < c->n_open; k++) {
        const int i = c->open[k];
        struct sl_qtoken *t = &c->tok[i];
        const struct sl_qword *w = &sl_qwords[t->word];
        c->capital[n_capital] = (uint16_t)i;
        n_capital += t->flags & TOK_CAP;
        if (t->quotation != TOK_WORD) {
            t->tag = (uint8_t)(t->tag == TAG_PROP ? TAG_PROP : tag_of_mark(c, i));
            continue;
        }
        if (t->word < SL_QWORD_FIRST) {
            t->tag = (uint8_t)tag_of_unknown(c, i);
            t->word = 0;
            continue;
        }
        if (t->flags & (TOK_CAP | TOK_UPPER)) {
            t->tag = (uint8_t)tag_of_capital(c, i);
        } else if (w->form & SL_WORD_SURE) {
            t->tag = w->tag;
        } else {
            t->tag = (uint8_t)tag_of_small(c, i);
        }
        if (w->form & SL_WORD_BEGINS) {
            c->cue[n_cue] = (uint16_t)i;
            n_cue += is_cue(t, w, c->text[t->begin]);
        }
    }
    c->n_cue = n_cue;
}
