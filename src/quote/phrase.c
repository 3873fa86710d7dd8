#include "quote/phrase.h"
#include "quote/finding.h"

enum { WINDOW = 48 }; /* tokens looked at to the left */

static int open_of(const struct sl_clause *c, int i)
{
    for (int k = i - 1; k >= 0 && i - k < WINDOW; k--) {
        if (c->tok[k].tag == TAG_LP) {
            return k;
        }
    }
    return -1;
}

static bool boundary(int tag)
{
    const uint32_t words =
        SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_THAT) | SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_CONJ);
    return tag >= TAG_COMMA || (words >> tag & 1) != 0;
}

/* Of what the phrase behind the "to" at i is part: the token of an ambassador (to Denmark), of sources
 * (close to it); -1: of nothing. */
static int head_before_to(const struct sl_clause *c, int i)
{
    const int before = sl_tag(c, i - 1);
    if (before == TAG_PROP || (before == TAG_N && sl_has(c, i - 1,
                                                         SL_QC_TITLE | SL_QC_PERSON | SL_QC_OWN |
                                                             SL_QC_ORGANISATION | SL_QC_VENUE))) {
        return i - 1;
    }
    if (sl_is_word(c, i - 1, "close") &&
        (sl_tag(c, i - 2) == TAG_N || sl_tag(c, i - 2) == TAG_PROP)) {
        return i - 2;
    }
    if ((before == TAG_VG || before == TAG_VN) &&
        sl_tag_in(c, i - 2, SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP))) {
        return i - 2; /* a source speaking to the paper */
    }
    return before == TAG_ADJ && (sl_tag(c, i - 2) == TAG_N || sl_tag(c, i - 2) == TAG_PROP) ? i - 2
                                                                                            : -1;
}

/* Whether the words from i are a participle's object: suing Norvane, covering the firm; not: a standing
 * ovation. */
static bool begins_object(const struct sl_clause *c, int i)
{
    const int tag = sl_tag(c, i);
    return tag == TAG_PROP || tag == TAG_DET || tag == TAG_POSS || c->tok[i].flags & TOK_CAP;
}

/* Whether a clause can stand behind the verb at i. */
static bool tells_clauses(const struct sl_clause *c, int i)
{
    const uint16_t lemma = sl_qword(c, i)->verb;
    return lemma != 0 &&
           (sl_grade_of(lemma, SL_FRAME_THAT) != 0 || sl_grade_of(lemma, SL_FRAME_BARE) != 0);
}

/* Whether the word at i floats behind a subject: they both said, X himself said. */
static bool floats(const struct sl_clause *c, int i)
{
    static const char *const words[] = {"both",    "all",    "each",      "himself",
                                        "herself", "itself", "themselves"};
    bool known = false;
    if (!sl_has(c, i, SL_QC_DET | SL_QC_PRON) || /* what all of them are */
        !sl_tag_in(c, i - 1, SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_RP))) {
        return false;
    }
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        known = known || sl_is_word(c, i, words[k]);
    }
    return known;
}

/* Whether the phrase whose last token is e is a pronoun alone: it; not: some of them. */
static bool stands_alone(const struct sl_clause *c, int e)
{
    if (sl_tag(c, e) != TAG_PRON) {
        return false;
    }
    return sl_tag(c, e - 1) != TAG_PREP ||
           (!sl_has(c, e, SL_QC_DET) && !sl_has(c, e - 2, SL_QC_DET | SL_QC_NUMBER));
}

/* Where the noun phrase goes on behind a preposition at i - 1: critics | of it; i: nowhere. */
static int before_preposition(const struct sl_clause *c, int i)
{
    const uint32_t phrase = SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_RP);
    const uint32_t participle =
        SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VG);
    if (sl_has(c, i - 1, SL_QC_SUB)) {
        const bool such = sl_is_word(c, i - 1, "as") && sl_is_word(c, i - 2, "such");
        return such && sl_tag_in(c, i - 3, SL_TAGS_NOMINAL) ? i - 3
                                                            : i; /* rivals such as Norvane */
    }
    if (i < 2 || sl_tag(c, i - 1) != TAG_PREP) {
        return i;
    }
    if (sl_tag_in(c, i - 2, phrase) || sl_has(c, i - 2, SL_QC_TITLE)) {
        return i - 2; /* the chief of staff */
    }
    /* people familiar with the matter, officials briefed on it */
    return sl_tag_in(c, i - 2, participle) &&
                   sl_tag_in(c, i - 3, SL_TAGS_NOMINAL & ~SL_TAG_BIT(TAG_PRON))
               ? i - 3
               : i;
}

bool sl_is_state(const struct sl_clause *c, int i)
{
    enum { LONGEST = 6 };
    const struct sl_qtoken *t = &c->tok[i];
    return sl_has(c, i, SL_QC_PLACE) || (t->flags & TOK_CAP && t->end - t->begin <= LONGEST &&
                                         c->text[t->end - 1] == '.' && t->end - t->begin > 2);
}

/* Whether i is the state where the place before it lies: the mayor of Boise, | Idaho. */
static bool is_state_of(const struct sl_clause *c, int i)
{
    int k = i - 2;
    if (!sl_is_state(c, i) || sl_in_np(sl_tag(c, i + 1))) {
        return false;
    }
    while (k > 0 && sl_tag_in(c, k, SL_TAG_BIT(TAG_PROP)) && c->tok[k].flags & TOK_CAP) {
        k--;
    }
    return k < i - 2 && (sl_is_spelled(c, k, "in") || sl_is_spelled(c, k, "of") ||
                         sl_is_spelled(c, k, "from") || sl_is_spelled(c, k, "near"));
}

/* Where the noun phrase goes on to the left of i over what is no word of one; i: nowhere. */
static int goes_on_before(const struct sl_clause *c, int i)
{
    const int p = sl_tag(c, i - 1);
    if (p == TAG_PREP || p == TAG_SUB) {
        return before_preposition(c, i);
    }
    if (p == TAG_RP) {
        const int open = open_of(c, i - 1);
        return open > 0 ? open : i;
    }
    if (i < 2) {
        return i;
    }
    if (p == TAG_COMMA) {
        return is_state_of(c, i) ? i - 2 : i;
    }
    if (p == TAG_TO) { /* the ambassador to Denmark, sources close to it */
        const int head = head_before_to(c, i - 1);
        return head >= 0 ? head : i;
    }
    if (p == TAG_VG) { /* families suing Norvane; not: emails showing Norvane */
        return sl_tag_in(c, i - 2, SL_TAGS_NOMINAL & ~SL_TAG_BIT(TAG_PRON)) &&
                       begins_object(c, i) && !tells_clauses(c, i - 1)
                   ? i - 2
                   : i;
    }
    if (p == TAG_CONJ && sl_has(c, i - 1, SL_QC_CONJ)) { /* A (D-Ohio) and B; A and B */
        const int open = sl_tag(c, i - 2) == TAG_RP ? open_of(c, i - 2) : -1;
        return open > 0 ? open : sl_tag_in(c, i - 2, SL_TAGS_NOMINAL) ? i - 2 : i;
    }
    return p == TAG_ADV && sl_tag(c, i - 2) == TAG_DET ? i - 1 : i;
}

int sl_np_start(const struct sl_clause *c, int e)
{
    const uint32_t first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS);
    const uint32_t before_first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_PREP) |
                                  SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_TO);
    int i = e;
    int single = -1; /* where B begins in: A and B */
    const int low = e - WINDOW;
    if (sl_tag(c, i) == TAG_RP) {
        int k = open_of(c, i);
        if (k <= 0) {
            return i;
        }
        i = k - 1;
    }
    if (stands_alone(c, i)) {
        return i;
    }
    while (i > low) {
        int next = i - 1;
        if (sl_tag_in(c, i, first) && !sl_tag_in(c, i - 1, before_first)) {
            break; /* a decision | the company made */
        }
        if (!sl_tag_in(c, i - 1, SL_TAGS_NP & ~SL_TAG_BIT(TAG_PRON))) {
            next = goes_on_before(c, i);
            if (next == i) {
                break;
            }
            if (sl_tag(c, i - 1) == TAG_CONJ && single < 0) {
                single = i;
            }
        }
        i = next;
    }
    if (single >= 0 && i > 0 && !boundary(sl_tag(c, i - 1))) {
        i = single; /* B alone is the subject */
    }
    while (sl_tag_in(c, i, SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_GEN)) && i < e) {
        i++;
    }
    return i;
}

int sl_np_end(const struct sl_clause *c, int s)
{
    int i = s;
    for (;;) {
        while (sl_tag_in(c, i, SL_TAGS_NP & ~SL_TAG_BIT(TAG_PRON))) {
            i++;
        }
        if (sl_tag(c, i) == TAG_PRON) {
            return i > s && sl_nominal(sl_tag(c, i - 1)) ? i : i + 1;
        }
        if (sl_tag(c, i) != TAG_ADV || sl_tag(c, i + 1) != TAG_ADJ) {
            return i;
        }
        i++;
    }
}

int sl_group_begin(const struct sl_clause *c, int i)
{
    enum { MOST = 8 };
    const uint32_t group = SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_NEG) | SL_TAG_BIT(TAG_ADV);
    int k = i;
    while (i - k < MOST) {
        if (!sl_tag_in(c, k - 1, group) &&
            !(sl_tag(c, k - 1) == TAG_DET &&
              (sl_is_no_longer(c, k - 1) ||
               (sl_has(c, k - 1, SL_QC_ALONE) && sl_tag(c, k - 2) == TAG_AUX)))) {
            break;
        }
        k--;
    }
    return k;
}

static const struct sl_range none = {0, 0};

/* Before the time that ends at e: on late Tuesday. */
static int before_time(const struct sl_clause *c, int e)
{
    int k = e;
    while (k > 0 && sl_tag_in(c, k, SL_TAG_BIT(TAG_TIME) | SL_TAG_BIT(TAG_NUM))) {
        k--;
    }
    if (k > 0 && sl_tag_in(c, k, SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_ADV))) {
        k--; /* late Tuesday, last March */
    }
    return sl_tag(c, k) == TAG_PREP ? k - 1 : k;
}

/* Before a time of a determiner or an adjective and the unit at e: last week, in that year; e: it is none. */
static int before_unit(const struct sl_clause *c, int e)
{
    const uint32_t first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_ADV);
    const uint32_t inside = SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_TIME);
    const uint32_t before = SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_RP) | SL_TAG_BIT(TAG_WH);
    if (!sl_has(c, e, SL_QC_UNIT) || !sl_tag_in(c, e - 1, first)) {
        return e;
    }
    return sl_tag_in(c, e - 2, inside) ? e - 3 : sl_tag_in(c, e - 2, before) ? e - 2 : e;
}

/* From e to the left over "on Tuesday", "last week", "also". */
static int skip_back(const struct sl_clause *c, int e)
{
    const uint32_t adverb = SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_NEG);
    for (int turns = 0; turns < 3 && e > 0; turns++) {
        int k = e;
        if (!sl_tag_in(c, e, adverb | SL_TAG_BIT(TAG_TIME)) &&
            !sl_has(c, e, SL_QC_UNIT | SL_QC_DET | SL_QC_PRON)) {
            break; /* nothing of all this, as most */
        }
        if (sl_tag(c, e) == TAG_TIME) {
            k = before_time(c, e);
        } else {
            k = before_unit(c, e);
            k -= k == e && (sl_tag_in(c, e, adverb) || floats(c, e));
        }
        if (k == e || k < 0) {
            break;
        }
        e = k;
    }
    return e;
}

/* The head of a relative clause in which the tokens before b stand: its first token, or -1. */
static int relative_head(const struct sl_clause *c, int b)
{
    enum { MOST = 20 };
    const uint32_t other = SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_TIME) |
                           SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VB) |
                           SL_TAG_BIT(TAG_TO) | SL_TAG_BIT(TAG_NEG);
    const uint32_t inside = SL_TAGS_NP | SL_TAGS_FINITE | other;
    const int low = b - MOST;
    uint32_t seen = 0;
    int k = b - 1;
    while (k > low && sl_tag_in(c, k, inside)) {
        seen |= SL_TAG_BIT(c->tok[k].tag);
        k--;
    }
    if (k <= low || !sl_tag_in(c, k, SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_THAT)) ||
        !(seen & SL_TAGS_FINITE) || !sl_tag_in(c, k - 1, SL_TAGS_NOMINAL & ~SL_TAG_BIT(TAG_PRON))) {
        return -1;
    }
    return sl_np_start(c, k - 1);
}

/* Whether the past form at k, behind a noun, may be its participle: a lawyer | based in Lund. */
static bool is_participle(const struct sl_clause *c, int k)
{
    const unsigned form = sl_qword(c, k)->form;
    return sl_tag(c, k) == TAG_V && sl_tag(c, k - 1) == TAG_N &&
           (form & SL_FORM_PART || (form & SL_FORMS) == 0) &&
           sl_tag_in(c, k + 1, SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_TIME));
}

/* Whether what stands between two marks at from and to can be a parenthesis: no clause but a relative one. */
static bool is_aside(const struct sl_clause *c, int from, int to)
{
    const uint32_t first = SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_SUB) |
                           SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_V) |
                           SL_TAG_BIT(TAG_ADV);
    uint32_t seen = 0;
    if (sl_tag_in(c, from + 1, first)) {
        return true;
    }
    for (int k = from + 1; k < to; k++) {
        if (k > from + 1 && is_participle(c, k)) {
            continue; /* a lawyer based in Lund */
        }
        if (sl_finite(c->tok[k].tag) && sl_tag(c, k - 1) != TAG_WH) {
            return (seen & (SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_THAT))) != 0;
        }
        seen |= SL_TAG_BIT(c->tok[k].tag);
    }
    return true;
}

/* The parenthesis that ends at the comma or dash e: its opening one, or -1. */
static int parenthesis(const struct sl_clause *c, int e)
{
    enum { QUOTED = 6 }; /* tokens of a quotation behind which it may stand */
    const int mark = c->tok[e].tag;
    const uint32_t telling = SL_TAG_BIT(mark) | SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_QC) |
                             SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_COLON) | SL_TAG_BIT(TAG_STOP);
    const int low = e > WINDOW ? e - WINDOW : 0;
    bool quoted = false;
    for (int k = e - 1; k > low; k--) {
        const int t = c->tok[k].tag;
        if (!(telling >> t & 1)) {
            continue;
        }
        if (t == mark) {
            if (k < e - 1) {
                return is_aside(c, k, e) ? k : -1;
            }
        } else if (t == TAG_QC && e - k <= QUOTED) {
            quoted = true;
        } else if (t != TAG_QO || !quoted) {
            return -1;
        }
    }
    return -1;
}

bool sl_is_party(const struct sl_clause *c, int i)
{
    const char *p = c->text + c->tok[i].begin;
    return c->tok[i].end - c->tok[i].begin > 2 && p[1] == '-' &&
           (p[0] == 'D' || p[0] == 'R' || p[0] == 'I') && p[2] >= 'A' && p[2] <= 'Z';
}

bool sl_is_gerund_object(const struct sl_clause *c, int i)
{
    const int verb = i - 1 - (sl_is_spelled(c, i - 1, "of") && i > 1);
    return sl_tag(c, verb) == TAG_VG && (verb == 0 || boundary(sl_tag(c, verb - 1))) &&
           begins_object(c, i) && sl_qword(c, verb)->verb != 0;
}

/* X, based in A, B, said; X, of A, B, said: where X begins, if the phrase that begins at b only tells of it; else b. */
static int before_participle(const struct sl_clause *c, int b)
{
    enum { MOST = 8 };
    int k = b - 1;
    if (sl_tag_in(c, k, SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VN)) && sl_tag(c, k - 1) == TAG_COMMA &&
        sl_nominal(sl_tag(c, k - 2))) {
        return sl_np_start(c, k - 2); /* X, facing a challenge, a large one, said */
    }
    if (sl_tag(c, k) != TAG_PREP) {
        return b;
    }
    while (k > 0 && b - k < MOST && c->tok[k].tag < TAG_COMMA) {
        k--;
    }
    return sl_tag(c, k) == TAG_COMMA && sl_nominal(sl_tag(c, k - 1)) &&
                   ((sl_tag(c, k + 1) >= TAG_V && sl_tag(c, k + 1) <= TAG_VG) || k + 2 == b)
               ? sl_np_start(c, k - 1)
               : b;
}

/* X, 53, a nurse: where X begins, if the phrase that begins at b only tells of it; else b. */
static int before_details(const struct sl_clause *c, int b)
{
    const uint32_t title =
        SL_TAG_BIT(TAG_NUM) | SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_ADJ);
    while (b >= 2 && sl_tag(c, b - 1) == TAG_COMMA && sl_nominal(sl_tag(c, b - 2)) &&
           (sl_tag_in(c, b, title) || sl_is_party(c, b))) {
        const int before = sl_np_start(c, b - 2);
        if (sl_tag_in(c, before - 1, SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_TO))) {
            break; /* in Berlin, the minister */
        }
        b = before;
    }
    return b;
}

/* Where a list begins of which the last name begins at b, and in which appositions stand: X, the minister, and Y.
 * b: there is none. */
static int before_joined(const struct sl_clause *c, int b)
{
    enum { MOST = 6 };
    static const uint32_t first =
        SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_WH);
    int k = b - 2;
    if (sl_is_spelled(c, b - 1, "but")) {
        return b;
    }
    for (int n = 0; n < MOST && k > 1 && sl_tag(c, k) == TAG_COMMA; n++) {
        const int m = parenthesis(c, k);
        if (m <= 0 || !sl_tag_in(c, m - 1, SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_N)) ||
            !(c->tok[m - 1].flags & TOK_CAP) || !sl_tag_in(c, m + 1, first) ||
            c->tok[m + 1].flags & TOK_CAP) {
            break;
        }
        b = sl_np_start(c, m - 1);
        b = c->tok[b].flags & TOK_CAP ? b : before_details(c, b);
        k = b - 1;
    }
    return b;
}

static inline int before_appositions(const struct sl_clause *c, int b)
{
    return sl_tag(c, b - 1) == TAG_CONJ ? before_joined(c, b) : b; /* most are joined to nothing */
}

/* The subject behind which a parenthesis ends at the comma or dash e. */
static struct sl_range subject_before_aside(const struct sl_clause *c, int e)
{
    int m;
    int b;
    if (sl_tag(c, e - 1) == TAG_RP && sl_tag(c, e) == TAG_COMMA) {
        /* X (R-Ohio), said; X, head of Y (Z), said */
        return (struct sl_range){before_details(c, sl_np_start(c, e - 1)), e};
    }
    m = parenthesis(c, e);
    if (m <= 0 || !sl_tag_in(c, m - 1, SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_RP))) {
        return none;
    }
    b = sl_names_start(c, m - 1);
    if (b >= 0) {
        return (struct sl_range){b, e}; /* X, D-Ohio, and Y, R-Iowa, */
    }
    b = before_details(c, before_participle(c, sl_np_start(c, m - 1)));
    return (struct sl_range){before_appositions(c, b), e};
}

/* The subject whose last token is e. */
static struct sl_range subject_phrase(const struct sl_clause *c, int e)
{
    int from = sl_names_start(c, e);
    int head;
    if (from >= 0) {
        return (struct sl_range){from, e + 1};
    }
    from = before_appositions(c, sl_np_start(c, e));
    if (sl_tag(c, from - 1) == TAG_COMMA && sl_tag(c, from - 2) == TAG_PROP &&
        sl_tag(c, from) == TAG_N && !(c->tok[from].flags & TOK_CAP)) {
        int name = sl_np_start(c, from - 2);
        if (name == 0 || boundary(sl_tag(c, name - 1))) {
            return (struct sl_range){name, e + 1}; /* X, head of Y said */
        }
    }
    head = relative_head(c, from);
    if (head >= 0) {
        from = head; /* those who wrote to her say */
    } else if (sl_tag(c, e) == TAG_PRON && !sl_has(c, e, SL_QC_SUBJECT) &&
               sl_has(c, e, SL_QC_MALE | SL_QC_FEMALE)) {
        return none; /* him */
    }
    return (struct sl_range){from, e + 1};
}

/* Whether a relative clause begins at e: who, that; not: that, where it is a subject of its own. */
static bool is_relative(const struct sl_clause *c, int e)
{
    const int t = sl_tag(c, e);
    return t == TAG_WH || ((t == TAG_THAT || (t == TAG_PRON && sl_has(c, e, SL_QC_THAT))) &&
                           sl_nominal(sl_tag(c, e - 1)));
}

/* The subject of the relative clause that begins at e: what it belongs to. */
static struct sl_range subject_of_relative(const struct sl_clause *c, int e)
{
    return e == 0 || sl_tag(c, e - 1) == TAG_COMMA || sl_nominal(sl_tag(c, e - 1))
               ? (struct sl_range){e, e + 1}
               : none;
}

int sl_byname(const struct sl_clause *c, int close)
{
    enum { MOST = 8 };
    static const char *const names[] = {"known", "nicknamed", "dubbed", "called",
                                        "named", "styled",    "alias"};
    const uint32_t before = SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_WH);
    const int open = sl_open_of(c, close);
    int k = open - 1;
    if (open <= 0 || close - open > MOST) {
        return -1;
    }
    k -= sl_is_spelled(c, k, "as");
    if (!sl_is_one_of(c, k, names, sizeof names / sizeof names[0])) {
        return -1;
    }
    do {
        k--; /* who is also known as */
    } while (sl_tag_in(c, k, before));
    return sl_tag(c, k) == TAG_COMMA && sl_nominal(sl_tag(c, k - 1)) ? k : -1;
}

/* The phrase whose last words are a quotation that ends at e: the party "of the people" said; X, known as "Y,"
 * said. */
static struct sl_range subject_quoted(const struct sl_clause *c, int e)
{
    enum { MOST = 8 };
    const int open = sl_open_of(c, e);
    const int byname = sl_byname(c, e);
    if (byname > 0) {
        return (struct sl_range){sl_np_start(c, byname - 1), e + 1};
    }
    return open > 0 && e - open < MOST && sl_in_np(sl_tag(c, open - 1))
               ? (struct sl_range){sl_np_start(c, open - 1), e + 1}
               : none;
}

struct sl_range sl_subject(const struct sl_clause *c, int g)
{
    const uint32_t last = (SL_TAGS_NOMINAL & ~SL_TAG_BIT(TAG_PRON)) | SL_TAG_BIT(TAG_RP) |
                          SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADJ);
    int e;
    if (g < 1) {
        return none;
    }
    e = skip_back(c, g - 1);
    if (sl_tag_in(c, e, last)) {
        return subject_phrase(c, e);
    }
    if (is_relative(c, e)) {
        return subject_of_relative(c, e);
    }
    if (sl_tag(c, e) == TAG_PRON) {
        return subject_phrase(c, e);
    }
    if (sl_is_word(c, e - 1, "those") && sl_tag_in(c, e, SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VN))) {
        return (struct sl_range){e - 1, e + 1}; /* those asked */
    }
    if (sl_tag_in(c, e, SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DASH))) {
        return subject_before_aside(c, e);
    }
    return sl_tag(c, e) == TAG_QC ? subject_quoted(c, e) : none;
}

/* The last token before i in which its clause's verb can stand: not in a relative clause that ends before "and".
 * X praised Y, who wrote it, and | called for more. */
static int before_relative(const struct sl_clause *c, int i)
{
    if (sl_tag(c, i - 1) != TAG_CONJ || sl_tag(c, i - 2) != TAG_COMMA) {
        return i - 1;
    }
    for (int k = i - 3; k > 0 && i - k <= WINDOW; k--) {
        const int t = c->tok[k].tag;
        if (t == TAG_COMMA || t == TAG_SEMI || t == TAG_COLON || t == TAG_QO || t == TAG_QC) {
            return t == TAG_COMMA && sl_tag(c, k + 1) == TAG_WH ? k - 1 : i - 1;
        }
    }
    return i - 1;
}

struct sl_range sl_matrix_subject(const struct sl_clause *c, int i)
{
    for (int k = before_relative(c, i); k >= 0 && i - k < WINDOW; k--) {
        struct sl_range r;
        if (!sl_finite(c->tok[k].tag) || (c->tok[k].flags & (TOK_COVERED | TOK_INQ))) {
            continue;
        }
        k = sl_group_start(c, k);
        r = sl_subject(c, k);
        if (r.to > r.from) {
            return r;
        }
    }
    return none;
}

bool sl_venue_phrase(const struct sl_clause *c, int k, int *end)
{
    enum { MOST = 10 };
    const uint32_t first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_POSS);
    int i = k + 1;
    bool ok;
    if (sl_tag(c, k) != TAG_PREP) {
        return false;
    }
    if (i < c->n &&
        (c->tok[i].tag == TAG_TIME || (sl_has(c, i, SL_QC_UNIT) && !sl_has(c, i, SL_QC_DET)))) {
        while (i < c->n && (c->tok[i].tag == TAG_TIME || c->tok[i].tag == TAG_NUM ||
                            sl_has(c, i, SL_QC_UNIT))) {
            i++;
        }
        *end = i;
        return true;
    }
    for (; i < c->n && i - k < MOST &&
           (sl_in_np(c->tok[i].tag) || (c->tok[i].tag == TAG_TIME && sl_in_np(sl_tag(c, i + 1))));
         i++) { /* at a Sunday news conference */
        if (sl_tag_in(c, i, first) && i > k + 1 && sl_has(c, i - 1, SL_QC_VENUE | SL_QC_UNIT)) {
            break; /* via email | the ban */
        }
    }
    ok = i > k + 1 && sl_has(c, i - 1, SL_QC_VENUE | SL_QC_UNIT);
    while (sl_tag(c, i) == TAG_TIME) {
        ok = true;
        i++;
    }
    *end = i;
    return ok;
}

/* Behind the adverbial that begins at k; k: none does. */
static int adverbial_end(const struct sl_clause *c, int k)
{
    const int t = sl_tag(c, k);
    int end;
    if (t == TAG_PREP) {
        if (sl_tag(c, k + 1) == TAG_ADJ && sl_tag(c, k + 2) == TAG_TIME) {
            return k + 3; /* in early June */
        }
        if (!sl_venue_phrase(c, k, &end)) {
            return k;
        }
        /* with CNN, on Facebook */
        return sl_tag(c, end) == TAG_PREP && sl_has(c, end, SL_QC_PREP) &&
                       sl_tag(c, end + 1) == TAG_PROP
                   ? sl_np_end(c, end + 1)
                   : end;
    }
    if (t == TAG_NUM) {
        return sl_is_word(c, k + 2, "ago") ? k + 3 : k; /* two weeks ago */
    }
    if (t == TAG_TIME) {
        return k + 1;
    }
    if (t != TAG_DET && t != TAG_ADJ && t != TAG_ADV) {
        return k;
    }
    if (sl_has(c, k + 1, SL_QC_UNIT) && !sl_in_np(sl_tag(c, k + 2))) {
        return k + 2; /* last week */
    }
    if (t != TAG_DET && sl_tag(c, k + 1) == TAG_TIME) {
        return k + 2; /* late Tuesday */
    }
    return t == TAG_ADV ? k + 1 : k;
}

int sl_adverbials_end(const struct sl_clause *c, int k)
{
    int end = adverbial_end(c, k);
    while (end > k) {
        k = end;
        end = adverbial_end(c, k);
    }
    return k;
}

struct sl_range sl_source_right(const struct sl_clause *c, int s)
{
    int k = s;
    bool relative = false;
    int head_end = -1; /* where a relative clause begins */
    int end;
    while (k + 1 < c->n && k - s < 2 &&
           (c->tok[k].tag == TAG_V || c->tok[k].tag == TAG_VN || c->tok[k].tag == TAG_VG ||
            c->tok[k].tag == TAG_ADV)) {
        k++; /* said retired General X */
    }
    if (k >= c->n || !(sl_in_np(c->tok[k].tag) || sl_tag(c, k) == TAG_WH) ||
        (k > s && c->tok[k].tag != TAG_PROP && c->tok[k].tag != TAG_N)) {
        return none;
    }
    if (c->tok[s].tag == TAG_PRON) {
        return (struct sl_range){s, s + 1};
    }
    while (k < c->n) {
        int t = c->tok[k].tag;
        int next = sl_tag(c, k + 1);
        if (relative && head_end > s && c->tok[k].flags & TOK_VERB_CUE &&
            (sl_cues[sl_qword(c, k)->verb - 1].grade[SL_FRAME_THAT] == 1 ||
             sl_has(c, k, SL_QC_SUPPORT | SL_QC_UNSURE))) {
            k = head_end; /* said X, who said that ..., who backs it: a statement of its own */
            break;
        }
        if (sl_in_np(t)) {
            if (t == TAG_PRON && !relative && k > s) {
                break;
            }
            k++;
        } else if (t == TAG_PREP) {
            if (sl_venue_phrase(c, k, &end) || sl_has(c, k, SL_QC_SUB)) {
                break;
            }
            k++;
        } else if (t == TAG_COMMA) {
            const int list = sl_names_end(c, k, false);
            if (list > k) {
                k = list; /* said A, B and C */
            } else if (next == TAG_DET || next == TAG_NUM || next == TAG_WH || next == TAG_POSS ||
                       next == TAG_PREP || next == TAG_ADJ ||
                       (next == TAG_N && k + 1 < c->n && !(c->tok[k + 1].flags & TOK_COVERED)) ||
                       next == TAG_PROP) {
                relative = next == TAG_WH;
                head_end = relative ? k : head_end;
                k++;
            } else {
                break;
            }
        } else if (t == TAG_WH) {
            relative = true;
            k++;
        } else if (t == TAG_CONJ) {
            if (!sl_in_np(next) && !(relative && (next == TAG_V || next == TAG_AUX))) {
                break;
            }
            k++;
        } else if (t == TAG_LP) {
            while (k < c->n && c->tok[k].tag != TAG_RP) {
                k++;
            }
            k++;
        } else if (t == TAG_QO) {
            int q = k;
            while (k < c->n && !(c->tok[k].tag == TAG_QC)) {
                k++;
            }
            if (k - q > 8) {
                k = q;
                break;
            }
            k++;
        } else if (relative && t != TAG_STOP && t != TAG_SEMI && t != TAG_DASH && t != TAG_QC &&
                   t != TAG_COLON) {
            k++;
        } else {
            break;
        }
    }
    if (k > c->n) {
        k = c->n;
    }
    while (k > s && (sl_tag(c, k - 1) == TAG_COMMA || sl_tag(c, k - 1) == TAG_CONJ ||
                     sl_tag(c, k - 1) == TAG_PREP)) {
        k--;
    }
    return (struct sl_range){s, k};
}
