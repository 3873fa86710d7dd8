#include "quote/affiliation.h"
#include "quote/phrase.h"
#include "text/mention.h"

enum {
    MOST_WORDS = 7, /* between a name and what it is of */
    MOST_NAMES = 3  /* and capitalised runs: Head of Public Policy at Norvane */
};

static bool is_past(const struct sl_clause *c, int i)
{
    return i >= 0 && (sl_is_spelled(c, i, "former") || sl_is_spelled(c, i, "Former") ||
                      sl_is_spelled(c, i, "ex") || sl_is_spelled(c, i, "Ex"));
}

/* Whether tokens [from, to) are words of one phrase, with one for one's own people. */
static bool tells_own(const struct sl_clause *c, int from, int to)
{
    bool own = false;
    if (to - from > MOST_WORDS) {
        return false;
    }
    for (int i = from; i < to; i++) {
        int t = sl_tag(c, i);
        if ((t != TAG_N && t != TAG_PROP && t != TAG_ADJ && t != TAG_VN && t != TAG_VG &&
             t != TAG_NUM && (t != TAG_CONJ || i == from) && !sl_has(c, i, SL_QC_OWN)) ||
            is_past(c, i)) {
            return false;
        }
        own = own || sl_has(c, i, SL_QC_OWN);
    }
    return own;
}

static bool joins_own(const struct sl_clause *c, int i)
{
    return sl_is_spelled(c, i, "of") || sl_is_spelled(c, i, "for") || sl_is_spelled(c, i, "at");
}

static struct sl_range tokens_of(const struct sl_name *name)
{
    return (struct sl_range){name->from, name->to};
}

/* "[the] founder [of government affairs] at [the] NAME": what stands in [from, name). */
static bool leads_to(const struct sl_clause *c, int from, const struct sl_name *name)
{
    int to = name->from;
    to -= to > from && sl_tag(c, to - 1) == TAG_DET;
    if (to <= from || !joins_own(c, to - 1)) {
        return false;
    }
    to--;
    from += sl_tag(c, from) == TAG_DET;
    for (int i = from; i < to; i++) {
        if (sl_tag(c, i) == TAG_PREP) {
            return tells_own(c, from, i);
        }
    }
    return tells_own(c, from, to);
}

/* Whether what was set beside a noun ends at i: the founder, Bo Lund, said. */
static bool ends_apposition(const struct sl_clause *c, int i)
{
    return sl_tag(c, i) == TAG_COMMA || sl_tag(c, i) == TAG_STOP || sl_tag(c, i) == TAG_DASH;
}

/* Whether [from, to) goes on with one phrase: head of public policy at the */
static bool is_phrase(const struct sl_clause *c, int from, int to)
{
    for (int i = from; i < to; i++) {
        int t = sl_tag(c, i);
        if (!sl_in_np(t) && t != TAG_PREP && t != TAG_CONJ) {
            return false;
        }
    }
    return true;
}

/* "who heads [the] NAME" */
static bool is_head_of(const struct sl_clause *c, int from, const struct sl_name *name)
{
    static const char *const heads[] = {"heads", "leads", "runs", "chairs", "founded", "owns"};
    const int to = name->from - (sl_tag(c, name->from - 1) == TAG_DET);
    return to == from + 2 && sl_is_word(c, from, "who") &&
           sl_is_one_of(c, from + 1, heads, sizeof heads / sizeof heads[0]);
}

/* Norvane's India head Bo Lund: number of the name before which no place belongs to what follows. */
static int before_places(const struct sl_clause *c, const struct sl_name *name, int k)
{
    while (k > 1 && sl_has(c, name[k - 1].to - 1, SL_QC_PLACE) &&
           name[k - 1].from - name[k - 2].to == (sl_tag(c, name[k - 2].to) == TAG_GEN)) {
        k--;
    }
    return k;
}

struct sl_range sl_affiliation_of_name(const struct sl_clause *c, const struct sl_name *name, int n,
                                       int k)
{
    const struct sl_name *it = &name[k];
    if (it->own) {
        int first = it->from;
        while (!sl_has(c, first, SL_QC_OWN)) {
            first++;
        }
        if (first > it->from && first + 1 < it->to) { /* Norvane Chairman Bo Lund, in one run */
            return (struct sl_range){it->from, first};
        }
    }
    if (k > 0) {
        const struct sl_name *last = &name[before_places(c, name, k) - 1];
        const int to = it->from - (sl_tag(c, it->from - 1) == TAG_COMMA);
        const bool genitive = sl_tag(c, last->to) == TAG_GEN;
        /* Norvane's founder Bo Lund; Norvane's founder, Bo Lund */
        if ((to == it->from || (genitive && ends_apposition(c, it->to))) && last->to < to &&
            tells_own(c, last->to + genitive, to) &&
            !is_past(c, last->from - 1)) { /* former Norvane executive */
            return tokens_of(last);
        }
        /* The founder of Norvane, Bo Lund */
        if (to < it->from && last->to == to && ends_apposition(c, it->to) &&
            leads_to(c, sl_np_start(c, to - 1), last)) {
            return tokens_of(last);
        }
    }
    if (k + 1 < n && sl_tag(c, it->to) == TAG_COMMA) {
        const struct sl_name *next = &name[k + 1];
        int from = it->to + 1;
        int to = next->to;
        const struct sl_name *of = NULL;
        /* Bo Lund, CEO of Norvane; of Head of Public Policy at Norvane the name that is no known word */
        for (int j = k + 1; j < n && j <= k + MOST_NAMES && is_phrase(c, from, name[j].from); j++) {
            if ((of == NULL || c->tok[of->to - 1].word != 0) && leads_to(c, from, &name[j])) {
                of = &name[j];
            }
        }
        if (of != NULL) {
            return tokens_of(of);
        }
        if (is_head_of(c, from, next)) { /* Bo Lund, who heads Norvane */
            return tokens_of(next);
        }
        to += sl_tag(c, to) == TAG_GEN;
        from += sl_tag(c, from) == TAG_DET;
        if (from == next->from) { /* Bo Lund, Norvane's rotating chairman */
            int end = to;
            while (end < c->n && end - to < MOST_WORDS && !sl_has(c, end, SL_QC_OWN) &&
                   (sl_tag(c, end) == TAG_N || sl_tag(c, end) == TAG_ADJ)) {
                end++;
            }
            if (sl_has(c, end, SL_QC_OWN) && tells_own(c, to, end + 1)) {
                return tokens_of(next);
            }
        }
    }
    return SL_NO_RANGE;
}

/* Where the first phrase of a description ends that goes on to `to`: before a preposition or a comma. */
static int phrase_end(const struct sl_clause *c, int from, int to)
{
    int end = from;
    while (end < to && sl_tag(c, end) != TAG_PREP && sl_tag(c, end) != TAG_COMMA) {
        end++;
    }
    return end;
}

struct sl_range sl_affiliation_of_description(const struct sl_clause *c, const struct sl_name *name,
                                              int n, int from, int to)
{
    int k = 0;
    while (k < n && name[k].from < from) {
        k++;
    }
    for (; k < n && name[k].from <= to + 2; k++) { /* head of trade | at the NAME */
        const int behind = name[k].to + (sl_tag(c, name[k].to) == TAG_GEN);
        const int end = phrase_end(c, from, to);
        if ((behind < end && sl_has(c, end - 1, SL_QC_OWN) && tells_own(c, behind, end) &&
             !is_past(c, name[k].from - 1)) ||
            leads_to(c, from, &name[k])) {
            return tokens_of(&name[k]);
        }
    }
    return SL_NO_RANGE;
}

bool sl_affiliation_is_its(const struct sl_clause *c, int from, int to)
{
    return sl_tag(c, from) == TAG_POSS && sl_is_word(c, from, "its") &&
           tells_own(c, from + 1, phrase_end(c, from + 1, to));
}

int sl_affiliation_its_name(const struct sl_clause *c, const struct sl_name *name)
{
    const int to = name->from - (sl_tag(c, name->from - 1) == TAG_COMMA);
    int from = to - 1;
    if (!sl_has(c, from, SL_QC_OWN) || (to < name->from && !ends_apposition(c, name->to))) {
        return -1; /* nearly always */
    }
    while (from > 0 && to - from <= MOST_WORDS && sl_tag(c, from) != TAG_POSS) {
        from--;
    }
    return sl_affiliation_is_its(c, from, to) ? from : -1;
}

/* Whether the first word of s is a mention's, or a mention of it. */
static bool begins_as(struct slant_span s, const struct slant_span *mention, size_t n)
{
    size_t k = sl_first_behind(mention, n, s.begin);
    return s.end > s.begin && k < n && mention[k].begin <= s.begin;
}

bool sl_affiliated(const struct sl_speaker *speaker, const struct slant_span *mention, size_t n)
{
    return begins_as(speaker->of, mention, n) ||
           (speaker->named && begins_as(speaker->name, mention, n));
}
