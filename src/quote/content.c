#include "quote/content.h"

enum { LONGEST = 256 }; /* tokens */

/* "and said", "but noted": a coordinated predicate with a cue of its own. */
static bool new_predicate(const struct sl_clause *c, int k, bool clause)
{
    while (sl_tag(c, k) == TAG_ADV || sl_tag(c, k) == TAG_NEG) {
        k++;
    }
    if (sl_tag(c, k) == TAG_AUX && !clause) {
        return true;
    }
    while (sl_tag(c, k) == TAG_AUX || sl_tag(c, k) == TAG_NEG) {
        k++;
    }
    if (sl_tag(c, k) != TAG_V && sl_tag(c, k) != TAG_VN) {
        return false;
    }
    return clause ? sl_verb_cue(c, k) && sl_says(c, k) : sl_tag(c, k) == TAG_V;
}

/* Whether the words from k are a noun phrase and a verb group; *verb is its verb. */
static bool clause_starts(const struct sl_clause *c, int k, int *verb)
{
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
    while (sl_tag(c, e) == TAG_ADV || sl_tag(c, e) == TAG_NEG || sl_tag(c, e) == TAG_AUX) {
        if (sl_tag(c, e) == TAG_AUX &&
            !(sl_tag(c, e + 1) == TAG_V || sl_tag(c, e + 1) == TAG_VN ||
              sl_tag(c, e + 1) == TAG_VG || sl_tag(c, e + 1) == TAG_VB ||
              sl_tag(c, e + 1) == TAG_AUX || sl_tag(c, e + 1) == TAG_ADV ||
              sl_tag(c, e + 1) == TAG_NEG)) {
            *verb = e;
            return true;
        }
        e++;
    }
    *verb = e;
    return e < c->n &&
           (sl_tag(c, e) == TAG_V || sl_tag(c, e) == TAG_VN || sl_tag(c, e) == TAG_VG ||
            sl_tag(c, e) == TAG_VB) &&
           (sl_tag(c, e) == TAG_V || sl_tag(c, e - 1) == TAG_AUX || sl_tag(c, e - 1) == TAG_NEG ||
            sl_tag(c, e - 1) == TAG_ADV);
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
    while (j > from && (sl_in_np(c->tok[j].tag) || c->tok[j].tag == TAG_PREP)) {
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

/* Words that end a noun phrase's content though no mark does. */
static bool stops_at_word(const struct sl_clause *c, int k, const struct sl_opening *o)
{
    int t = c->tok[k].tag;
    int end;
    if (!sl_noun_frame(o->frame)) {
        return false;
    }
    if (t == TAG_SUB) {
        return true;
    }
    if (t == TAG_PREP) {
        if (sl_has(c, k, SL_QC_SUB)) { /* after, before, since, as (except in: describe as) */
            size_t len = c->tok[k].end - c->tok[k].begin;
            return len > 2;
        }
        return sl_venue_phrase(c, k, &end);
    }
    return false;
}

/* What sl_content_end looks at; all else stands inside the content. */
static const uint32_t telling =
    SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_AUX) | SL_TAG_BIT(TAG_QO) | SL_TAG_BIT(TAG_QC) |
    SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_LP) | SL_TAG_BIT(TAG_DASH) |
    SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_PREP);

int sl_content_end(const struct sl_clause *c, int from, const struct sl_opening *o)
{
    int k = from;
    int nested_dash = 0;
    int verbs = o->verbs;
    bool relative = false;
    while (k < c->n && k - from < LONGEST) {
        int t = c->tok[k].tag;
        if (!(telling >> t & 1)) {
            k++;
            continue;
        }
        relative = relative || t == TAG_WH;
        if (verbs >= 0) {
            if (t == TAG_WH) {
                verbs = -1; /* whose verbs are whose cannot be told */
            } else if (sl_finite(t) && k > from && !sl_finite(sl_tag(c, k - 1)) &&
                       sl_tag(c, k - 1) != TAG_NEG && sl_tag(c, k - 1) != TAG_ADV && verbs-- == 0) {
                return k;
            }
        }
        if (t == TAG_QO) {
            int close = sl_close_of(c, k);
            if (close < 0) {
                return c->n;
            }
            k = close + 1;
            if (o->frame == SL_FRAME_QUOTE && close - 1 > 0) {
                int last = sl_tag(c, close - 1);
                if (last == TAG_STOP || last == TAG_COMMA || sl_is_end(c, k) ||
                    sl_tag(c, k) == TAG_COMMA) {
                    return k;
                }
            }
            /* “a breach,” adding ...: the comma stands inside the mark */
            if (sl_tag(c, close - 1) == TAG_COMMA && sl_tag(c, k) < TAG_COMMA &&
                stops_at_comma(c, close, o)) {
                return k;
            }
            continue;
        }
        if (t == TAG_QC || t == TAG_SEMI) {
            return k;
        }
        if (t == TAG_STOP && !(c->tok[k].flags & TOK_INQ)) {
            return k;
        }
        if (t == TAG_LP) {
            while (k < c->n && c->tok[k].tag != TAG_RP) {
                k++;
            }
            k++;
            continue;
        }
        if (t == TAG_DASH) {
            int m = k + 1;
            if (sl_noun_frame(o->frame)) {
                return k;
            }
            while (m < c->n && c->tok[m].tag != TAG_DASH) {
                m++;
            }
            if (m >= c->n || nested_dash > 4) {
                return k;
            }
            nested_dash++;
            k = m + 1;
            continue;
        }
        if (t == TAG_COMMA && k > from && !ends_list(c, from, k, !sl_noun_frame(o->frame)) &&
            stops_at_comma(c, k, o)) {
            return k;
        }
        if (t == TAG_CONJ && k > from && new_predicate(c, k + 1, !sl_noun_frame(o->frame))) {
            return k;
        }
        if (k > from && !relative && stops_at_word(c, k, o)) {
            return k;
        }
        k++;
    }
    return k < c->n ? k : c->n;
}
