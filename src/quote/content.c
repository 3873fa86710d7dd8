#include "quote/content.h"

enum { LONGEST = 256 }; /* tokens */

/* "and said", "but noted": a coordinated predicate with a cue of its own. */
static bool new_predicate(const struct sl_clause *c, int k, bool clause)
{
    const uint32_t before = SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_NEG);
    const uint32_t group = SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_NEG);
    while (sl_tag_in(c, k, before)) {
        k++;
    }
    if (!clause) {
        return sl_finite(sl_tag(c, k));
    }
    while (sl_tag_in(c, k, group)) {
        k++;
    }
    return sl_tag_in(c, k, SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VN)) && sl_verb_cue(c, k) &&
           sl_says(c, k);
}

/* Whether the words from k are a noun phrase and a verb group; *verb is its verb. */
static bool clause_starts(const struct sl_clause *c, int k, int *verb)
{
    const uint32_t group = SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_NEG) | SL_TAG_BIT(TAG_ADV);
    const uint32_t verbs =
        SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VB);
    int e = sl_np_end(c, k);
    if (e == k) {
        return false;
    }
    while (sl_tag(c, e) == TAG_PREP && e - k < 12) {
        int next = sl_np_end(c, e + 1);
        if (next == e + 1) {
            return false;
        }
        e = next;
    }
    while (sl_tag_in(c, e, group)) {
        if (sl_tag(c, e) == TAG_AUX && !sl_tag_in(c, e + 1, group | verbs)) {
            *verb = e;
            return true;
        }
        e++;
    }
    *verb = e;
    return sl_tag(c, e) == TAG_V || (sl_tag_in(c, e, verbs) && sl_tag_in(c, e - 1, group));
}

/* Whether the comma before "and" at k parts the last item of a list in a content that begins at from: routers,
 * cameras, and antennas made by X; not: the ban, the fine, and X said so. */
static bool ends_list(const struct sl_clause *c, int from, int k, bool clause)
{
    int j = k - 1;
    int verb;
    if (sl_tag(c, k + 1) != TAG_CONJ) {
        return false;
    }
    while (j > from && sl_tag_in(c, j, SL_TAGS_NP | SL_TAG_BIT(TAG_PREP))) {
        j--;
    }
    if (j <= from || j == k - 1 || c->tok[j].tag != TAG_COMMA || !sl_in_np(sl_tag(c, j - 1))) {
        return false;
    }
    if (clause) { /* that A, B, and C were: all are its subject */
        for (int i = from; i < j; i++) {
            if (sl_finite(c->tok[i].tag)) {
                return false;
            }
        }
        return true;
    }
    return clause_starts(c, k + 2, &verb) && sl_tag(c, verb + 1) == TAG_PREP &&
           (sl_qword(c, verb)->form & SL_FORM_PART || sl_qword(c, verb)->form == 0) &&
           sl_tag(c, verb - 1) != TAG_AUX;
}

static bool stops_at_comma(const struct sl_clause *c, int k, const struct sl_opening *o)
{
    int next = sl_tag(c, k + 1);
    int verb;
    bool clause = !sl_noun_frame(o->frame);
    if (o->relative) {
        int verb_at = k + 1;
        while (sl_tag(c, verb_at) == TAG_ADV) {
            verb_at++;
        }
        if (sl_finite(sl_tag(c, verb_at))) {
            return true;
        }
    }
    if (o->matrix_follows) {
        return next != TAG_CONJ && next != TAG_WH;
    }
    if (next == TAG_VG) {
        return !clause || (sl_verb_cue(c, k + 1));
    }
    if (next == TAG_ADV && sl_tag(c, k + 2) == TAG_VG) {
        return true;
    }
    if (next == TAG_VN && !clause) {
        return true;
    }
    if (next == TAG_CONJ) {
        int m = k + 2;
        if (new_predicate(c, m, clause)) {
            return true;
        }
        while (sl_tag(c, m) == TAG_ADV) {
            m++;
        }
        if (clause_starts(c, m, &verb)) {
            bool but = c->text[c->tok[k + 1].begin] == 'b';
            return !clause || but || (sl_verb_cue(c, verb) && sl_says(c, verb));
        }
        return false;
    }
    if (next == TAG_SUB || (next == TAG_PREP && sl_has(c, k + 1, SL_QC_SUB)) || next == TAG_ADV) {
        if (clause && next == TAG_SUB) {
            char b = c->text[c->tok[k + 1].begin];
            return b == 'w' || b == 'a' || b == 't'; /* while, when, although, as, though */
        }
        return !clause || next != TAG_ADV;
    }
    if (next == TAG_QO) {
        return !clause;
    }
    if (sl_has(c, k + 1, SL_QC_PREP) && k + 2 < c->n && sl_has(c, k + 2, SL_QC_TO) &&
        sl_tag(c, k + 1) != TAG_PREP) {
        return true;
    }
    /* ", he said" */
    if (clause_starts(c, k + 1, &verb) && sl_verb_cue(c, verb) && sl_says(c, verb)) {
        int m = sl_skip_adverbials(c, verb + 1);
        if (sl_is_end(c, m) || sl_tag(c, m) == TAG_COMMA || sl_tag(c, m) == TAG_QC) {
            return true;
        }
    }
    if (clause) {
        return false;
    }
    /* a list goes on: A, B and C */
    if (sl_in_np(next)) {
        for (int m = k + 1; m < c->n && m - k < 8; m++) {
            int t = c->tok[m].tag;
            if (t == TAG_CONJ) {
                return false;
            }
            if (!sl_in_np(t) && t != TAG_COMMA && t != TAG_PREP) {
                break;
            }
        }
    }
    return true;
}

/* Whether the word at k ends a noun phrase's content though no mark does. */
static bool stops_at_word(const struct sl_clause *c, int k)
{
    int end;
    if (sl_tag(c, k) != TAG_PREP) {
        return sl_tag(c, k) == TAG_SUB;
    }
    if (sl_has(c, k, SL_QC_SUB)) { /* after, before, since, as (except in: describe as) */
        return c->tok[k].end - c->tok[k].begin > 2;
    }
    return sl_venue_phrase(c, k, &end);
}

/* Marks that can end a content. */
static const uint32_t end_marks = SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_SEMI) |
                                  SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_LP) | SL_TAG_BIT(TAG_DASH) |
                                  SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_CONJ);

/* What sl_content_end looks at; all else stands inside the content. */
static uint32_t telling_tags(const struct sl_opening *o)
{
    const uint32_t words = SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_PREP);
    return end_marks | (sl_noun_frame(o->frame) ? words : 0) |
           (o->verbs >= 0 ? SL_TAG_BIT(TAG_WH) | SL_TAGS_FINITE : 0);
}

/* Whether the first word of a verb group stands at k. */
static bool starts_group(const struct sl_clause *c, int k)
{
    return sl_finite(sl_tag(c, k)) &&
           !sl_tag_in(c, k - 1, SL_TAGS_FINITE | SL_TAG_BIT(TAG_NEG) | SL_TAG_BIT(TAG_ADV));
}

/* Whether the content ends with the quotation that closes at close. */
static bool stops_at_quotation(const struct sl_clause *c, int close, const struct sl_opening *o)
{
    const uint32_t stop = SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_COMMA);
    if (o->frame == SL_FRAME_QUOTE && close > 1 &&
        (sl_tag_in(c, close - 1, stop) || sl_tag_in(c, close + 1, stop | SL_TAG_BIT(TAG_SEMI)))) {
        return true;
    }
    /* “a breach,” adding ...: the comma stands inside the mark */
    return sl_tag(c, close - 1) == TAG_COMMA && sl_tag(c, close + 1) < TAG_COMMA &&
           stops_at_comma(c, close, o);
}

/* The first token from k on that has the tag; c->n: none. */
static int find_tag(const struct sl_clause *c, int k, int tag)
{
    while (k < c->n && c->tok[k].tag != tag) {
        k++;
    }
    return k;
}

int sl_content_end(const struct sl_clause *c, int from, const struct sl_opening *o)
{
    enum { MOST_ASIDES = 5 };
    const bool noun = sl_noun_frame(o->frame);
    const int limit = c->n - from > LONGEST ? from + LONGEST : c->n;
    uint32_t telling = telling_tags(o);
    int verbs = o->verbs;
    int asides = 0;
    int k;
    for (k = from; k < limit; k++) {
        const int t = c->tok[k].tag;
        if (!(telling >> t & 1)) {
            continue;
        }
        if (t == TAG_PREP || t == TAG_SUB) {
            if (k > from && stops_at_word(c, k)) {
                return k;
            }
        } else if (t == TAG_COMMA) {
            if (k > from && !ends_list(c, from, k, !noun) && stops_at_comma(c, k, o)) {
                return k;
            }
        } else if (t == TAG_CONJ) {
            if (k > from && new_predicate(c, k + 1, !noun)) {
                return k;
            }
        } else if (t == TAG_WH) {
            telling = end_marks; /* whose verbs and prepositions are whose cannot be told */
        } else if (sl_finite(t)) {
            if (k > from && starts_group(c, k) && verbs-- == 0) {
                return k;
            }
        } else if (t == TAG_QO) {
            k = sl_close_of(c, k);
            if (k < 0) {
                return c->n;
            }
            if (stops_at_quotation(c, k, o)) {
                return k + 1;
            }
        } else if (t == TAG_LP) {
            k = find_tag(c, k, TAG_RP);
        } else if (t == TAG_DASH && !noun) {
            const int second = find_tag(c, k + 1, TAG_DASH);
            if (second >= c->n || asides == MOST_ASIDES) {
                return k;
            }
            asides++;
            k = second;
        } else if (t != TAG_STOP || !(c->tok[k].flags & TOK_INQ)) {
            return k;
        }
    }
    return k < c->n ? k : c->n;
}

/* Without times and places at the end of a content that is no clause: they belong to the cue. */
static struct sl_range without_time(const struct sl_clause *c, struct sl_range part)
{
    enum { MOST = 2 };
    const uint32_t before = SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_ADJ);
    for (int turns = 0; turns < MOST; turns++) {
        int k = part.to - 1;
        while (k > part.from && (c->tok[k].tag == TAG_TIME || sl_has(c, k, SL_QC_UNIT))) {
            k--;
        }
        if (k >= part.to - 1) {
            break;
        }
        while (k > part.from && sl_tag_in(c, k, before)) {
            k--;
        }
        part.to = sl_tag(c, k) == TAG_PREP && k > part.from ? k : k + 1;
    }
    return part;
}

bool sl_put_content(struct sl_rules *r, struct sl_finding *f, int at, const struct sl_opening *o)
{
    struct sl_clause *c = r->c;
    struct sl_range part = sl_trim(c, (struct sl_range){at, sl_content_end(c, at, o)});
    sl_put_part(r, f, sl_noun_frame(o->frame) ? without_time(c, part) : part);
    r->out->n -= f->n_part == 0;
    return f->n_part > 0;
}

bool sl_matrix_follows(const struct sl_clause *c, int g, struct sl_range source)
{
    const uint32_t before = SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_CONJ);
    int k = source.to > source.from && source.from < g ? source.from - 1 : g - 1;
    while (k > 0 && sl_tag(c, k) == TAG_ADV) {
        k--;
    }
    if (!sl_tag_in(c, k, SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_PREP)) ||
        (sl_tag(c, k) == TAG_PREP && !sl_has(c, k, SL_QC_SUB))) {
        return false;
    }
    return sl_tag_in(c, k - 1, before) || (k == 1 && sl_tag(c, 0) == TAG_ADV);
}
