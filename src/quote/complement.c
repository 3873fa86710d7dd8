#include "quote/complement.h"

enum sl_complement sl_preposition_frame(const struct sl_clause *c, int k)
{
    static const struct {
        const char *word;
        enum sl_complement frame;
    } known[] = {
        {"about", SL_FRAME_ABOUT}, {"for", SL_FRAME_FOR},         {"of", SL_FRAME_OF},
        {"on", SL_FRAME_ON},       {"against", SL_FRAME_AGAINST}, {"with", SL_FRAME_WITH},
        {"in", SL_FRAME_IN},       {"at", SL_FRAME_AT},           {"over", SL_FRAME_OVER},
        {"into", SL_FRAME_INTO},   {"toward", SL_FRAME_TOWARD},   {"towards", SL_FRAME_TOWARD},
        {"from", SL_FRAME_FROM},   {"as", SL_FRAME_AS},           {"to", SL_FRAME_TO},
        {"upon", SL_FRAME_ON},     {"regarding", SL_FRAME_ABOUT}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (sl_is_word(c, k, known[i].word)) {
            return known[i].frame;
        }
    }
    return SL_N_FRAME;
}

/* Behind what may follow the subject's noun phrase that ends before e: of the firm, and the firm, (R-Ohio); -1:
 * it is no subject; e: nothing does. */
static int behind_attached(const struct sl_clause *c, int e)
{
    int k = e;
    if (sl_tag(c, e) == TAG_LP) {
        while (k < c->n && c->tok[k].tag != TAG_RP) {
            k++;
        }
        return k + 1;
    }
    if (sl_tag(c, e) == TAG_CONJ && !sl_in_np(sl_tag(c, e + 1))) {
        return e;
    }
    k = sl_np_end(c, e + 1);
    return k > e + 1 ? k : -1;
}

/* Whether the noun phrase at k is the subject of a clause; *after is behind the phrase. */
static bool opens_clause(const struct sl_clause *c, int k, int *after)
{
    enum { MOST = 4 };
    const uint32_t attached = SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_LP);
    int e = sl_np_end(c, k);
    *after = e;
    if (e == k) {
        return false;
    }
    e = sl_names_end(c, e, true);
    for (int turns = 0; turns < MOST && sl_tag_in(c, e, attached); turns++) {
        const int next = behind_attached(c, e);
        if (next < 0) {
            return false;
        }
        if (next == e) {
            break;
        }
        if (sl_tag(c, e) == TAG_CONJ && sl_tag_in(c, next, SL_TAGS_FINITE | SL_TAG_BIT(TAG_NEG))) {
            return true;
        }
        e = next;
    }
    while (sl_tag_in(c, e, SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_NEG))) {
        e++;
    }
    return sl_finite(sl_tag(c, e));
}

static struct sl_behind begins(enum sl_complement frame, int at)
{
    return (struct sl_behind){frame, at, true, false};
}

static const struct sl_behind nothing = {SL_FRAME_NP, 0, false, false};

/* Told the crowd in Ohio that; told CNN: - a clause or a quotation behind the words from k on. */
static struct sl_behind further_on(const struct sl_clause *c, int i, int k)
{
    const bool clause = sl_grade_of(sl_qword(c, i)->verb, SL_FRAME_THAT) != 0;
    const uint32_t inside =
        SL_TAGS_NP | SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_TIME) | SL_TAG_BIT(TAG_ADV);
    const int limit = c->n - k > SL_AHEAD ? k + SL_AHEAD : c->n;
    if (!clause && !sl_has_mark(c, SL_TAG_BIT(TAG_COLON) | SL_TAG_BIT(TAG_QO))) {
        return nothing;
    }
    for (int m = k; m < limit; m++) {
        const int t = c->tok[m].tag;
        if (inside >> t & 1) {
            continue;
        }
        if (t == TAG_THAT && m > k && clause && !sl_finite(sl_tag(c, m + 1))) {
            return begins(SL_FRAME_THAT, m);
        }
        if (t == TAG_COLON || (t == TAG_COMMA && sl_tag(c, m + 1) == TAG_QO)) {
            return (struct sl_behind){SL_FRAME_QUOTE, m + 1, true, m + 1 >= c->n};
        }
        if (t == TAG_QO && m > k && sl_has(c, i, SL_QC_HEARER)) {
            return (struct sl_behind){SL_FRAME_QUOTE, m, true, m + 1 >= c->n};
        }
        if (!(t == TAG_TO && sl_in_np(sl_tag(c, m + 1))) &&
            !(t == TAG_COMMA && sl_tag(c, m + 1) == TAG_PROP)) {
            break;
        }
    }
    return nothing;
}

/* Behind who hears it, at k: told X to, asked X whether. */
static struct sl_behind behind_hearer(const struct sl_clause *c, int k)
{
    const int e = sl_np_end(c, k);
    const int t = sl_tag(c, e);
    int after;
    if (e > k && (t == TAG_WH || (t == TAG_SUB && c->text[c->tok[e].begin] == 'i'))) {
        return begins(SL_FRAME_WH, e);
    }
    if (e > k && t == TAG_TO) {
        return begins(SL_FRAME_NPTO, k);
    }
    if (sl_tag(c, k) == TAG_PRON && opens_clause(c, k + 1, &after)) {
        return begins(SL_FRAME_BARE, k + 1); /* told him the deal was off */
    }
    if (e > k && sl_tag(c, e) == TAG_PRON && sl_has(c, e, SL_QC_SUBJECT) &&
        opens_clause(c, e, &after)) {
        return begins(SL_FRAME_BARE, e); /* told the paper it was off */
    }
    if (e > k && t == TAG_PREP) {
        const enum sl_complement f = sl_preposition_frame(c, e);
        if (f == SL_FRAME_ABOUT || f == SL_FRAME_OF || f == SL_FRAME_AGAINST) {
            return begins(f, e + 1);
        }
    }
    return nothing;
}

/* What the noun phrase at k opens behind the cue i. */
static struct sl_behind behind_phrase(const struct sl_clause *c, int i, int k)
{
    const uint16_t lemma = sl_qword(c, i)->verb;
    const int t = sl_tag(c, k);
    int after;
    if (t == TAG_GEN) {
        return nothing;
    }
    if (opens_clause(c, k, &after)) {
        return begins(SL_FRAME_BARE, k);
    }
    if (sl_tag(c, i) != TAG_N && sl_grade_of(lemma, SL_FRAME_BARE) == 1 &&
        sl_grade_of(lemma, SL_FRAME_NP) > 1 && sl_tag(c, after) != TAG_STOP && t != TAG_PRON) {
        return begins(SL_FRAME_BARE, k); /* such a cue has no object: the verb stands further on */
    }
    if (sl_tag(c, after) == TAG_TO) {
        return begins(SL_FRAME_NPTO, k);
    }
    return begins(t == TAG_ADJ && after == k + 1 ? SL_FRAME_ADJ : SL_FRAME_NP, k);
}

/* Said as he left, "...": the quotation behind the clause that begins at k. */
static struct sl_behind behind_clause(const struct sl_clause *c, int k)
{
    for (int m = k + 1; m < c->n && m - k < 2 * SL_AHEAD; m++) {
        if (c->tok[m].tag == TAG_COMMA && sl_tag(c, m + 1) == TAG_QO) {
            return begins(SL_FRAME_QUOTE, m + 1);
        }
        if (c->tok[m].tag >= TAG_COLON) {
            break;
        }
    }
    return nothing;
}

/* What the mark at k opens. */
static struct sl_behind behind_mark(const struct sl_clause *c, int k)
{
    const int t = sl_tag(c, k);
    const int next = sl_tag(c, k + 1);
    if (t == TAG_QO) {
        return begins(SL_FRAME_QUOTE, k);
    }
    if (t == TAG_COLON || (t == TAG_DASH && next == TAG_QO)) {
        return (struct sl_behind){SL_FRAME_QUOTE, k + 1, true, k + 1 >= c->n};
    }
    if (t == TAG_COMMA && next == TAG_QO) {
        return begins(SL_FRAME_QUOTE, k + 1);
    }
    return t == TAG_COMMA && next == TAG_THAT ? begins(SL_FRAME_THAT, k + 1) : nothing;
}

/* What the word at k, which is no part of a noun phrase, opens. */
static struct sl_behind behind_word(const struct sl_clause *c, int k)
{
    enum sl_complement f;
    switch (sl_tag(c, k)) {
    case TAG_THAT:
        return begins(SL_FRAME_THAT, k);
    case TAG_WH:
        return begins(SL_FRAME_WH, k);
    case TAG_SUB:
        return sl_has(c, k, SL_QC_WH) || c->text[c->tok[k].begin] == 'i' ? begins(SL_FRAME_WH, k)
                                                                         : behind_clause(c, k);
    case TAG_TO:
        return begins(SL_FRAME_TO, k);
    case TAG_PREP:
        f = sl_preposition_frame(c, k);
        return f == SL_N_FRAME ? nothing : begins(f, k + 1);
    case TAG_VG:
        return begins(SL_FRAME_ING, k);
    case TAG_NEG:
        return begins(SL_FRAME_NP, k);
    default:
        return nothing;
    }
}

/* Behind what stands between commas at k, if "that" does then: said, | however, | that; k: nothing does. */
static int behind_aside(const struct sl_clause *c, int k)
{
    enum { MOST = 4 };
    int e = k + 1;
    if (sl_tag(c, k) != TAG_COMMA) {
        return k;
    }
    while (e - k <= MOST && sl_tag(c, e) < TAG_COMMA && !sl_finite(sl_tag(c, e))) {
        e++;
    }
    return e > k + 1 && sl_tag(c, e) == TAG_COMMA && sl_tag(c, e + 1) == TAG_THAT ? e + 1 : k;
}

struct sl_behind sl_behind(const struct sl_clause *c, int i)
{
    const bool hearer = sl_has(c, i, SL_QC_HEARER);
    int k = i + 1;
    int t;
    if (sl_has(c, k, SL_QC_PARTICLE) && (!sl_has(c, k, SL_QC_PREP) || sl_tag(c, k) == TAG_ADV)) {
        k++;
    }
    k = sl_skip_adverbials(c, k);
    k = behind_aside(c, k);
    t = sl_tag(c, k);
    if (t == TAG_THAT && sl_has(c, k - 1, SL_QC_VENUE) && sl_finite(sl_tag(c, k + 1))) {
        return nothing; /* said in a speech that lasted an hour */
    }
    if (t == TAG_PREP && sl_tag(c, k + 1) == TAG_VG && sl_is_word(c, k, "in") &&
        sl_grade_of(sl_qword(c, i)->verb, SL_FRAME_QUOTE) == 1) {
        return nothing; /* said in asking for it */
    }
    if (t >= TAG_COMMA) {
        return behind_mark(c, k);
    }
    if (!hearer && sl_in_np(t)) {
        return behind_phrase(c, i, k);
    }
    if (hearer || t == TAG_PREP || (t == TAG_TO && sl_in_np(sl_tag(c, k + 1)))) {
        const struct sl_behind b = further_on(c, i, k);
        if (b.found) {
            return b;
        }
    }
    if (sl_in_np(t)) {
        const struct sl_behind b = behind_hearer(c, k);
        return b.found ? b : behind_phrase(c, i, k);
    }
    return behind_word(c, k);
}
