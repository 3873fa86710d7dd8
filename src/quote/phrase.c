/* Noun phrases, verb groups, adverbials, and sources behind their verbs. */
#include "quote/phrase.h"
#include "quote/finding.h"

static int open_of(const struct sl_clause *c, int i)
{
    for (int k = i - 1; k >= 0 && i - k < SL_WINDOW; k--) {
        if (c->tok[k].tag == TAG_LP) {
            return k;
        }
    }
    return -1;
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

/* Whether a clause can stand behind the verb at i. */
static bool tells_clauses(const struct sl_clause *c, int i)
{
    const uint16_t lemma = sl_qword(c, i)->verb;
    return lemma != 0 &&
           (sl_grade_of(lemma, SL_FRAME_THAT) != 0 || sl_grade_of(lemma, SL_FRAME_BARE) != 0);
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

bool sl_is_party(const struct sl_clause *c, int i)
{
    const char *p = c->text + c->tok[i].begin;
    return c->tok[i].end - c->tok[i].begin > 2 && p[1] == '-' &&
           (p[0] == 'D' || p[0] == 'R' || p[0] == 'I') && p[2] >= 'A' && p[2] <= 'Z';
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
                       sl_begins_object(c, i) && !tells_clauses(c, i - 1)
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
    const int low = e - SL_WINDOW;
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
    if (single >= 0 && i > 0 && !sl_ends_phrase(sl_tag(c, i - 1))) {
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

/* Behind the adverbial that begins at k; k: SL_NO_RANGE does. */
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

/* A source that stands behind its verb, while it is read from left to right. */
struct right {
    int from;
    int head_end;  /* where the last relative clause behind a comma begins; -1: none does */
    bool relative; /* what is read next stands in such a clause, or in one without a comma */
};

/* The first noun of the source that begins at s, or what stands before it; behind participles and adverbs: said
 * retired | General X. -1: no source is there. */
static int first_of_right(const struct sl_clause *c, int s)
{
    enum { MOST = 2 };
    const uint32_t before =
        SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_ADV);
    int k = s;
    while (k + 1 < c->n && k - s < MOST && sl_tag_in(c, k, before)) {
        k++;
    }
    if (k == s) {
        return sl_tag_in(c, k, SL_TAGS_NP | SL_TAG_BIT(TAG_WH)) ? k : -1;
    }
    return sl_tag_in(c, k, SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_N)) ? k : -1;
}

/* Whether the verb at k makes its relative clause a statement of its own: said X, | who said that ..., who backs it. */
static bool states(const struct sl_clause *c, int k)
{
    return c->tok[k].flags & TOK_VERB_CUE &&
           (sl_cues[sl_qword(c, k)->verb - 1].grade[SL_FRAME_THAT] == 1 ||
            sl_has(c, k, SL_QC_SUPPORT | SL_QC_UNSURE));
}

/* Behind the comma at k, and the list that it begins, where the source goes on there; k: it ends. */
static int behind_comma(const struct sl_clause *c, struct right *r, int k)
{
    const uint32_t first = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_NUM) | SL_TAG_BIT(TAG_WH) |
                           SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_ADJ) |
                           SL_TAG_BIT(TAG_PROP);
    const int list = sl_names_end(c, k, false);
    const int next = sl_tag(c, k + 1);
    if (list > k) {
        return list; /* said A, B and C */
    }
    if (!(first >> next & 1) && !(next == TAG_N && !(c->tok[k + 1].flags & TOK_COVERED))) {
        return k;
    }
    r->relative = next == TAG_WH;
    r->head_end = r->relative ? k : r->head_end;
    return k + 1;
}

/* The first token from k on that has the tag; none: where the clause ends. */
static int find_tag(const struct sl_clause *c, int k, enum sl_qtag tag)
{
    while (k < c->n && c->tok[k].tag != tag) {
        k++;
    }
    return k;
}

/* Behind what of the source stands at k: a word, brackets, a short quotation; k: it ends there. */
static int behind_right(const struct sl_clause *c, struct right *r, int k)
{
    enum { QUOTED = 8 };
    const uint32_t ends = SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_DASH) |
                          SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_COLON);
    const int t = c->tok[k].tag;
    int end;
    if (sl_in_np(t)) {
        return k + !(t == TAG_PRON && !r->relative && k > r->from);
    }
    switch (t) {
    case TAG_PREP:
        return k + !(sl_venue_phrase(c, k, &end) || sl_has(c, k, SL_QC_SUB));
    case TAG_COMMA:
        return behind_comma(c, r, k);
    case TAG_WH:
        r->relative = true;
        return k + 1;
    case TAG_CONJ:
        return k + (sl_in_np(sl_tag(c, k + 1)) || (r->relative && sl_finite(sl_tag(c, k + 1))));
    case TAG_LP:
        return find_tag(c, k, TAG_RP) + 1;
    case TAG_QO:
        end = find_tag(c, k, TAG_QC);
        return end - k > QUOTED ? k : end + 1;
    default:
        return k + (r->relative && !(ends >> t & 1));
    }
}

struct sl_range sl_source_right(const struct sl_clause *c, int s)
{
    const uint32_t last = SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_PREP);
    struct right r = {s, -1, false};
    int k = first_of_right(c, s);
    if (k < 0) {
        return SL_NO_RANGE;
    }
    if (c->tok[s].tag == TAG_PRON) {
        return (struct sl_range){s, s + 1};
    }
    while (k < c->n) {
        int behind;
        if (r.relative && r.head_end >= 0 && states(c, k)) {
            k = r.head_end;
            break;
        }
        behind = behind_right(c, &r, k);
        if (behind == k) {
            break;
        }
        k = behind;
    }
    k = k < c->n ? k : c->n;
    while (k > s && sl_tag_in(c, k - 1, last)) {
        k--;
    }
    return (struct sl_range){s, k};
}
