/* Subjects: what stands before a verb group, with the asides, relative clauses and appositions between. */
#include "quote/subject.h"
#include "quote/finding.h"

/* Whether the word at i floats behind a subject: they both said, X himself said. */
static bool floats(const struct sl_clause *c, int i)
{
    static const char *const words[] = {"both",    "all",    "each",      "himself",
                                        "herself", "itself", "themselves"};
    if (!sl_has(c, i, SL_QC_DET | SL_QC_PRON) || /* what all of them are */
        !sl_tag_in(c, i - 1, SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_RP))) {
        return false;
    }
    return sl_is_word_of(c, i, words, sizeof words / sizeof words[0]);
}

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
    const int low = e > SL_WINDOW ? e - SL_WINDOW : 0;
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

bool sl_is_gerund_object(const struct sl_clause *c, int i)
{
    const int verb = i - 1 - (sl_is_spelled(c, i - 1, "of") && i > 1);
    return sl_tag(c, verb) == TAG_VG && (verb == 0 || sl_ends_phrase(sl_tag(c, verb - 1))) &&
           sl_begins_object(c, i) && sl_qword(c, verb)->verb != 0;
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
        return SL_NO_RANGE;
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
        if (name == 0 || sl_ends_phrase(sl_tag(c, name - 1))) {
            return (struct sl_range){name, e + 1}; /* X, head of Y said */
        }
    }
    head = relative_head(c, from);
    if (head >= 0) {
        from = head; /* those who wrote to her say */
    } else if (sl_tag(c, e) == TAG_PRON && !sl_has(c, e, SL_QC_SUBJECT) &&
               sl_has(c, e, SL_QC_MALE | SL_QC_FEMALE)) {
        return SL_NO_RANGE; /* him */
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
               : SL_NO_RANGE;
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
               : SL_NO_RANGE;
}

struct sl_range sl_subject(const struct sl_clause *c, int g)
{
    const uint32_t last = (SL_TAGS_NOMINAL & ~SL_TAG_BIT(TAG_PRON)) | SL_TAG_BIT(TAG_RP) |
                          SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADJ);
    int e;
    if (g < 1) {
        return SL_NO_RANGE;
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
    return sl_tag(c, e) == TAG_QC ? subject_quoted(c, e) : SL_NO_RANGE;
}

/* The last token before i in which its clause's verb can stand: not in a relative clause that ends before "and".
 * X praised Y, who wrote it, and | called for more. */
static int before_relative(const struct sl_clause *c, int i)
{
    if (sl_tag(c, i - 1) != TAG_CONJ || sl_tag(c, i - 2) != TAG_COMMA) {
        return i - 1;
    }
    for (int k = i - 3; k > 0 && i - k <= SL_WINDOW; k--) {
        const int t = c->tok[k].tag;
        if (t == TAG_COMMA || t == TAG_SEMI || t == TAG_COLON || t == TAG_QO || t == TAG_QC) {
            return t == TAG_COMMA && sl_tag(c, k + 1) == TAG_WH ? k - 1 : i - 1;
        }
    }
    return i - 1;
}

struct sl_range sl_matrix_subject(const struct sl_clause *c, int i)
{
    for (int k = before_relative(c, i); k >= 0 && i - k < SL_WINDOW; k--) {
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
    return SL_NO_RANGE;
}
