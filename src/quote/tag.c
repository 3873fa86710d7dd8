/* Parts of speech, as far as the rules need them: classes of words.tsv, forms of cues.tsv, endings,
 * and the two neighbours. One pass from left to right. */
#include "base/inline.h"
#include "quote/clause.h"

#include <string.h>

/* Inlined, so that the comparison is one of numbers. */
SL_INLINE bool ends_with(const struct sl_clause *c, int i, const char *ending, size_t len)
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

/* What may be passed over: adverbs, and determiners that float. */
static const uint32_t passed = SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_NEG) | SL_TAG_BIT(TAG_DET);

static int pass_back(const struct sl_clause *c, int k)
{
    while (sl_tag_in(c, k, passed) && (c->tok[k].tag != TAG_DET || floats(c, k))) {
        k--;
    }
    return k;
}

/* What stands before, over adverbs. */
static inline int before(const struct sl_clause *c, int i)
{
    return sl_tag_in(c, i - 1, passed) ? pass_back(c, i - 1) : i - 1;
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

/* Forms that a known verb can have. */
static unsigned forms(const struct sl_qword *w)
{
    return (w->form & SL_FORMS) | (w->classes & SL_QC_VERB ? SL_FORM_PAST : 0u) |
           (w->classes & SL_QC_BASE ? SL_FORM_BASE : 0u);
}

static bool can_be_noun(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    return w->noun != 0 ||
           (w->classes & (SL_QC_NOUN | SL_QC_VENUE | SL_QC_UNIT | SL_QC_ADJ)) != 0 ||
           (w->form & (SL_FORM_BASE | SL_FORM_THIRD)) != 0;
}

/* Whether those at i, who are hardly ever a verb (member states, Norvane's allies), are one: the order states
 * that; not: states that are poor. */
static bool is_verb_of_one(const struct sl_clause *c, int i)
{
    int k = i - 1;
    if (!sl_is_any_word(c, i + 1)) {
        return true;
    }
    if (!starts_phrase(c, i + 1) ||
        (sl_has(c, i + 1, SL_QC_THAT) &&
         (sl_has(c, i + 2, SL_QC_MODAL | SL_QC_BE | SL_QC_HAVE | SL_QC_DO | SL_QC_VERB) ||
          sl_qword(c, i + 2)->verb != 0))) {
        return false;
    }
    while (sl_tag_in(c, k, SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_ADJ))) {
        k--;
    }
    return k < i - 1
               ? sl_tag_in(c, k, SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_GEN))
               : sl_has(c, i + 1, SL_QC_THAT);
}

/* Whether what follows tells that the word at i, a noun or a verb, is the verb. */
static bool governs(const struct sl_clause *c, int i)
{
    const bool noun = sl_qword(c, i)->noun != 0;
    if (!noun && sl_has(c, i, SL_QC_PERSON) && ends_with(c, i, "s", 1) &&
        !sl_is_spelled(c, i, "advocates")) {
        return is_verb_of_one(c, i);
    }
    return !noun || starts_phrase(c, i + 1) || sl_has(c, i + 1, SL_QC_PREP | SL_QC_PARTICLE);
}

/* Whether the phrase that ends at k hangs by a preposition on a noun of many: analysts | at the firm. */
static bool hangs_on_many(const struct sl_clause *c, int k)
{
    enum { MOST = 8 };
    const uint32_t inside = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_ADJ) |
                            SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_NUM);
    int p = k;
    while (k - p < MOST && sl_tag_in(c, p, inside)) {
        p--;
    }
    return p < k && sl_tag(c, p) == TAG_PREP && sl_has(c, p - 1, SL_QC_PERSON) &&
           ends_with(c, p - 1, "s", 1);
}

/* Whether the word at i in the base form is the verb of the phrase that ends at k. */
static bool is_verb_of_many(const struct sl_clause *c, int i, int k)
{
    return ((plural_noun(c, k) || joined_name(c, k)) && governs(c, i)) ||
           (starts_phrase(c, i + 1) && governs(c, i) && hangs_on_many(c, k));
}

/* Another tweeted, */
static bool is_alone(const struct sl_clause *c, int i, int k)
{
    return k == 0 && sl_has(c, k, SL_QC_ALONE) && i + 1 < c->n &&
           (c->tok[i + 1].tag >= TAG_COMMA || sl_has(c, i + 1, SL_QC_THAT));
}

/* The tag of a verb in the base form behind a conjunction at k: of the verb before that. */
static int tag_of_joined(const struct sl_clause *c, int i, int k)
{
    const int v = before(c, k);
    return v >= 0 && (c->tok[v].tag == TAG_VB || starts_phrase(c, i + 1)) ? TAG_VB : TAG_N;
}

/* The tag of a word that can be a verb, behind token k, where more must be asked than its tag. Seldom: by
 * itself, so that verb_tag stays short. */
static __attribute__((noinline)) int asked_verb_tag(const struct sl_clause *c, int i, int k,
                                                    unsigned form, unsigned asked)
{
    switch (asked) {
    case SL_VERB_AUX:
        return sl_has(c, k, SL_QC_MODAL | SL_QC_DO)   ? TAG_VB
               : form & SL_FORM_PAST                  ? TAG_VN
               : !sl_has(c, k, SL_QC_BE | SL_QC_HAVE) ? TAG_VB
                                                      : TAG_N;
    case SL_VERB_GERUND:
        return can_be_noun(c, i) ||
                       !sl_has(c, i + 1,
                               SL_QC_DET | SL_QC_PRON | SL_QC_THAT | SL_QC_TO | SL_QC_POSSESSIVE)
                   ? TAG_N
                   : TAG_VG;
    case SL_VERB_ALONE:
        return is_alone(c, i, k) ? TAG_V : TAG_ADJ;
    case SL_VERB_THIRD:
        return governs(c, i) ? TAG_V : TAG_N;
    case SL_VERB_COMMA:
        return k > 0 && sl_qword(c, i)->noun == 0 &&
                       (starts_phrase(c, i + 1) || sl_has(c, i + 1, SL_QC_PERSON))
                   ? TAG_V
                   : TAG_N; /* ..., say experts */
    case SL_VERB_PRON:
        return sl_has(c, k, SL_QC_SUBJECT) || is_verb_of_many(c, i, k) ? TAG_V : TAG_N;
    case SL_VERB_CLAUSE:
        return sl_qword(c, i)->noun == 0 || starts_phrase(c, i + 1) ? TAG_V : TAG_N;
    case SL_VERB_NOMINAL:
        return is_verb_of_many(c, i, k) ? TAG_V : TAG_N;
    case SL_VERB_CONJ:
        return tag_of_joined(c, i, k);
    default:
        return TAG_N;
    }
}

/* The tag of a word that can be a verb, or TAG_N. */
static int verb_tag(const struct sl_clause *c, int i, unsigned form)
{
    const int k = before(c, i);
    const unsigned tag = sl_verb_tags[form][sl_tag(c, k)];
    return tag <= TAG_OTHER ? (int)tag : asked_verb_tag(c, i, k, form, tag);
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
        return !cap && memchr(word, '-', len) != NULL ? TAG_ADJ /* self-described */
                                                      : verb_tag(c, i, SL_FORM_PAST | SL_FORM_PART);
    case SL_QWORD_ING:
        return cap && (i > 0 || memchr(word, '-', len) != NULL) ? TAG_N /* Ling-Ling Roe */
                                                                : verb_tag(c, i, SL_FORM_ING);
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
    static const uint32_t begins =
        SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_COLON);
    return !sl_tag_in(c, i - 1, begins) & !c->headline;
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

/* The tag of that: a pronoun, or what opens a clause. */
static int tag_of_that(const struct sl_clause *c, int i, int prev)
{
    if (sl_has(c, i + 1, SL_QC_DET | SL_QC_PRON | SL_QC_POSSESSIVE) ||
        (i + 1 < c->n && c->tok[i + 1].flags & TOK_CAP)) {
        return TAG_THAT;
    }
    return prev == TAG_PREP || prev == TAG_STOP || prev == TAG_CONJ ? TAG_PRON : TAG_THAT;
}

/* The tag of a word that can be no verb, or is none here. name: what nouns are, TAG_PROP or TAG_N. */
static int tag_of_noun(const struct sl_clause *c, int i, int name)
{
    const uint64_t classes = sl_qword(c, i)->classes;
    if (classes & SL_QC_NUMBER) {
        return TAG_NUM;
    }
    if (classes & (SL_QC_ADV | SL_QC_PARTICLE)) {
        return TAG_ADV;
    }
    if (classes & (SL_QC_NOUN | SL_QC_TITLE) && !sl_is_any_word(c, i + 1)) {
        return name; /* the chief, */
    }
    return classes & SL_QC_ADJ ? TAG_ADJ : name;
}

/* The tag of a word that can be a verb, or something else. */
static int tag_of_verb(const struct sl_clause *c, int i, int name)
{
    const struct sl_qword *w = sl_qword(c, i);
    const int tag = verb_tag(c, i, forms(w));
    return tag != TAG_N || w->classes == 0 ? tag : tag_of_noun(c, i, name);
}

/* like */
static int tag_of_preposition(const struct sl_clause *c, int i, int prev)
{
    const unsigned form = forms(sl_qword(c, i));
    const bool verb =
        prev == TAG_TO || prev == TAG_AUX || (prev == TAG_PRON && sl_has(c, i - 1, SL_QC_SUBJECT));
    return verb || !(form & SL_FORM_BASE) ? verb_tag(c, i, form) : TAG_PREP;
}

/* The tag of a known word, which may have to be asked. inside: see is_inside; asked of words with a capital
 * alone. */
static int tag_by_class(const struct sl_clause *c, int i, bool cap, bool inside)
{
    const struct sl_qword *w = sl_qword(c, i);
    const int prev = i > 0 ? c->tok[i - 1].tag : TAG_STOP;
    const int name = cap && inside ? TAG_PROP : TAG_N;
    switch (w->tag) {
    case SL_ASK_VERB:
        return tag_of_verb(c, i, name);
    case SL_ASK_ENDING:
        return name == TAG_PROP ? TAG_PROP : tag_by_ending(c, i, cap);
    case SL_ASK_THAT:
        return tag_of_that(c, i, prev);
    case SL_ASK_POSSESSIVE: /* told her. */
        return !sl_is_any_word(c, i + 1) ? TAG_PRON : w->classes & SL_QC_WH ? TAG_WH : TAG_POSS;
    case SL_ASK_PRON: /* one minister; one said */
        return sl_has(c, i + 1, SL_QC_PERSON | SL_QC_TITLE | SL_QC_ORGANISATION) &&
                       !(c->tok[i + 1].flags & TOK_CAP)
                   ? TAG_NUM
                   : TAG_PRON;
    case SL_ASK_WH:
        return prev != TAG_V && prev != TAG_VG && prev != TAG_VB ? TAG_SUB : TAG_WH;
    case SL_ASK_TIME:
        return cap ? TAG_TIME : tag_of_verb(c, i, name);
    case SL_ASK_SUB:
        return sl_has(c, i + 1, SL_QC_SUBJECT) ? TAG_SUB : TAG_PREP;
    case SL_ASK_PREP:
        return tag_of_preposition(c, i, prev);
    case SL_ASK_NOUN:
        return tag_of_noun(c, i, name);
    default:
        return w->tag;
    }
}

/* Ann M. Roe */
static bool is_initial(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    return t->end - t->begin == 2 && c->text[t->end - 1] == '.';
}

/* The tag of an unknown word. */
static int tag_of_unknown(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    const bool cap = (t->flags & TOK_CAP) != 0;
    return cap && (is_inside(c, i) || is_initial(c, i)) ? TAG_PROP : tag_by_ending(c, i, cap);
}

/* The tag of a known word in small letters. */
static int tag_of_small(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    if (w->form & SL_WORD_SURE) {
        return w->tag;
    }
    if (w->classes & SL_QC_PEOPLE && is_people_of(c, i)) {
        return TAG_ADJ;
    }
    return w->tag == SL_ASK_VERB ? tag_of_verb(c, i, TAG_N) : tag_by_class(c, i, false, false);
}

/* Whether a known word with a capital is part of a name, as the next word with a capital tells. */
static bool begins_name(const struct sl_clause *c, int i, bool inside)
{
    const uint64_t classes = sl_qword(c, i)->classes;
    const bool next = i + 1 < c->n && c->tok[i + 1].flags & TOK_CAP;
    if (next && classes & (SL_QC_GIVEN_MALE | SL_QC_GIVEN_FEMALE) &&
        c->tok[i + 1].word < SL_QWORD_FIRST) {
        return true; /* Mark Roe, in a headline too */
    }
    /* American Airlines, New Zealand */
    return next && !inside && !c->headline &&
           (classes & (SL_QC_PEOPLE | SL_QC_NAMING) || is_new_place(c, i));
}

/* Jan Kral, June Holt: a month's name before a capitalised word that is unknown; not: in May Norvane */
static bool is_given_month(const struct sl_clause *c, int i, int prev)
{
    static const char *const months[] = {"Jan", "June", "April", "May", "August"};
    const uint32_t dates = SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_DET) |
                           SL_TAG_BIT(TAG_TIME) | SL_TAG_BIT(TAG_NUM) | SL_TAG_BIT(TAG_N) |
                           SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_ADV);
    return !(dates >> prev & 1) && !c->headline && i + 1 < c->n && sl_is_any_word(c, i + 1) &&
           c->tok[i + 1].flags & TOK_CAP && !(c->tok[i + 1].flags & TOK_UPPER) &&
           c->tok[i + 1].word < SL_QWORD_FIRST &&
           sl_is_one_of(c, i, months, sizeof months / sizeof months[0]);
}

/* May, unless it is the verb */
static bool is_month(const struct sl_clause *c, int i, int prev)
{
    return prev == TAG_TIME || prev == TAG_PREP || prev == TAG_ADJ || /* in late May */
           (i > 0 && sl_tag(c, i + 1) >= TAG_COMMA) ||
           (sl_tag(c, i + 1) == TAG_NUM && !sl_is_any_word(c, i + 1));
}

/* The tag of a known word with a capital, or of capitals alone. */
static int tag_of_capital(const struct sl_clause *c, int i)
{
    const struct sl_qword *w = sl_qword(c, i);
    const uint64_t classes = w->classes;
    const int prev = i > 0 ? c->tok[i - 1].tag : TAG_STOP;
    const bool cap = (c->tok[i].flags & TOK_CAP) != 0;
    const bool inside = is_inside(c, i);
    if (c->tok[i].flags & TOK_UPPER && !c->headline &&
        classes & (SL_QC_PRON | SL_QC_POSSESSIVE | SL_QC_BE)) {
        return TAG_PROP; /* US, IT */
    }
    if (cap && (is_initial(c, i) || begins_name(c, i, inside) ||
                ((classes & SL_QC_TIME) != 0 && is_given_month(c, i, prev)))) {
        return TAG_PROP;
    }
    if (classes & SL_QC_PEOPLE && is_people_of(c, i)) {
        return TAG_ADJ;
    }
    if (cap && inside && !(classes & (SL_QC_PRON | SL_QC_TIME)) &&
        (!(classes & (SL_QC_DET | SL_QC_PREP | SL_QC_CONJ)) || prev == TAG_PROP)) {
        return classes & SL_QC_TO ? TAG_TO : TAG_PROP;
    }
    return cap && w->tag == TAG_AUX && is_month(c, i, prev) ? TAG_TIME
                                                            : tag_by_class(c, i, cap, inside);
}

/* How a rule may begin at a word that has its tag, as a flag of the token; 0: it may not. */
static inline unsigned cue_flag(const struct sl_qword *w, uint32_t tag)
{
    static const uint32_t verbs =
        SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VB) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VN);
    const bool verb = (w->verb != 0) & ((tag & verbs) != 0);
    const bool noun = (w->noun != 0) & (tag == SL_TAG_BIT(TAG_N));
    const bool adjective = (w->adjective != 0) & (tag != SL_TAG_BIT(TAG_PROP));
    const bool opener = (w->classes & SL_QC_OPENER) != 0;
    const bool other = (noun | adjective | opener) & !verb;
    return (unsigned)(verb * TOK_VERB_CUE + other * TOK_OTHER_CUE);
}

/* as X said, in the words of X */
static bool is_as_or_in(const struct sl_clause *c, int i)
{
    const struct sl_qtoken *t = &c->tok[i];
    const char first = (char)(c->text[t->begin] | 0x20);
    return (t->tag == TAG_PREP || t->tag == TAG_SUB) && t->end - t->begin == 2 &&
           (first == 'a' || first == 'i');
}

/* All at once, so that no row is waited for before the next is asked for. */
static void look_up_words(struct sl_clause *c)
{
    /* of known ones too: scoring has had the cache for itself since */
    for (int k = 0; k < c->n_open; k++) {
        __builtin_prefetch(&sl_qwords[c->tok[c->open[k]].word]);
    }
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

/* Takes the comma before the word i into a firm's name: Norvane Technologies Co., Ltd. said. Before a second
 * comma what follows the first is beside the name, like anything else. */
static void join_legal_form(struct sl_clause *c, int i)
{
    static const char *const form[] = {"Ltd", "Ltd.", "Inc", "Inc.", "LLC", "LLP", "L.P."};
    if (i > 1 && c->tok[i - 1].tag == TAG_COMMA && c->tok[i - 2].flags & TOK_CAP &&
        sl_tag(c, i + 1) != TAG_COMMA && sl_is_one_of(c, i, form, sizeof form / sizeof form[0])) {
        c->tok[i - 1].tag = c->tok[i].tag = TAG_PROP;
        c->tok[i - 1].flags |= TOK_CAP;
    }
}

void sl_clause_tag(struct sl_clause *c)
{
    const int n = c->n_open;
    int n_cue = 0;
    int n_capital = 0;
    look_up_words(c);
    for (int k = 0; k < n; k++) {
        const int i = c->open[k];
        struct sl_qtoken *t = &c->tok[i];
        c->capital[n_capital] = (uint16_t)i;
        n_capital += t->flags & TOK_CAP;
        if (t->quotation != TOK_WORD) {
            t->tag = (uint8_t)(t->tag == TAG_PROP ? TAG_PROP : tag_of_mark(c, i));
            continue;
        }
        if (t->word < SL_QWORD_FIRST) {
            t->tag = (uint8_t)tag_of_unknown(c, i);
            t->word = 0;
            join_legal_form(c, i);
            continue;
        }
        const struct sl_qword *w = &sl_qwords[t->word];
        if (t->flags & (TOK_CAP | TOK_UPPER)) {
            t->tag = (uint8_t)tag_of_capital(c, i);
            join_legal_form(c, i);
        } else {
            t->tag = (uint8_t)tag_of_small(c, i);
        }
        if (w->form & SL_WORD_BEGINS) {
            const unsigned flag = cue_flag(w, SL_TAG_BIT(t->tag));
            t->flags = (uint8_t)(t->flags | flag);
            c->cue[n_cue] = (uint16_t)i;
            n_cue += flag != 0 || is_as_or_in(c, i);
        }
    }
    c->n_cue = n_cue;
}
