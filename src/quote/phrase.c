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
    return tag >= TAG_COMMA || tag == TAG_SUB || tag == TAG_THAT || tag == TAG_WH ||
           tag == TAG_CONJ;
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
    if (i < 1 || !(sl_nominal(sl_tag(c, i - 1)) || sl_tag(c, i - 1) == TAG_RP)) {
        return false;
    }
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        known = known || sl_is_word(c, i, words[k]);
    }
    return known;
}

int sl_np_start(const struct sl_clause *c, int e)
{
    int i = e;
    int single = -1;
    int low = e > WINDOW ? e - WINDOW : 0;
    if (sl_tag(c, i) == TAG_RP) {
        int k = open_of(c, i);
        if (k <= 0) {
            return i;
        }
        i = k - 1;
    }
    if (sl_tag(c, i) == TAG_PRON && !(sl_has(c, i, SL_QC_DET) && sl_tag(c, i - 1) == TAG_PREP)) {
        if (!(sl_tag(c, i - 1) == TAG_PREP && sl_has(c, i - 2, SL_QC_DET | SL_QC_NUMBER))) {
            return i;
        }
    }
    while (i > low) {
        int p = sl_tag(c, i - 1);
        if ((sl_tag(c, i) == TAG_DET || sl_tag(c, i) == TAG_POSS) && p != TAG_DET &&
            p != TAG_PREP && p != TAG_CONJ && p != TAG_ADV) {
            break; /* a decision | the company made */
        }
        if (p == TAG_N || p == TAG_PROP || p == TAG_POSS || p == TAG_GEN || p == TAG_DET ||
            p == TAG_ADJ || p == TAG_NUM) {
            i--;
        } else if (p == TAG_RP && open_of(c, i - 1) > 0) {
            i = open_of(c, i - 1);
        } else if (i >= 3 && sl_is_word(c, i - 1, "as") && sl_is_word(c, i - 2, "such") &&
                   sl_nominal(sl_tag(c, i - 3))) {
            i -= 3; /* rivals such as Norvane */
        } else if (p == TAG_PREP && i >= 2 && !sl_has(c, i - 1, SL_QC_SUB)) {
            int b = sl_tag(c, i - 2);
            if (sl_nominal(b) || b == TAG_DET || b == TAG_RP) {
                i -= 2;
            } else if ((b == TAG_ADJ || b == TAG_VN || b == TAG_V || b == TAG_VG) && i >= 3 &&
                       sl_nominal(sl_tag(c, i - 3)) && sl_tag(c, i - 3) != TAG_PRON) {
                i -= 3; /* people familiar with the matter, officials briefed on it */
            } else {
                break;
            }
        } else if (p == TAG_TO && i >= 2 && head_before_to(c, i - 1) >= 0) {
            i = head_before_to(c, i - 1); /* the ambassador to Denmark, sources close to it */
        } else if (p == TAG_VG && i >= 2 && sl_nominal(sl_tag(c, i - 2)) &&
                   sl_tag(c, i - 2) != TAG_PRON && begins_object(c, i) &&
                   !tells_clauses(c, i - 1)) {
            i -= 2; /* families suing Norvane; not: emails showing Norvane */
        } else if (p == TAG_CONJ && i >= 2 && sl_tag(c, i - 2) == TAG_RP && open_of(c, i - 2) > 0 &&
                   sl_has(c, i - 1, SL_QC_CONJ)) {
            single = single < 0 ? i : single;
            i = open_of(c, i - 2); /* A (D-Ohio) and B */
        } else if (p == TAG_CONJ && i >= 2 && sl_nominal(sl_tag(c, i - 2)) &&
                   sl_has(c, i - 1, SL_QC_CONJ)) {
            single = single < 0 ? i : single; /* A and B, if both are the subject */
            i -= 2;
        } else if (p == TAG_ADV && i >= 2 && (sl_tag(c, i - 2) == TAG_DET)) {
            i--;
        } else {
            break;
        }
    }
    if (single >= 0 && i > 0 && !boundary(sl_tag(c, i - 1))) {
        i = single;
    }
    while (i < e && (sl_tag(c, i) == TAG_PREP || sl_tag(c, i) == TAG_GEN)) {
        i++;
    }
    return i;
}

int sl_np_end(const struct sl_clause *c, int s)
{
    int i = s;
    while (i < c->n) {
        int t = c->tok[i].tag;
        if (t == TAG_PRON && i > s && sl_nominal(sl_tag(c, i - 1))) {
            break;
        }
        if (!sl_in_np(t) && !(t == TAG_ADV && i + 1 < c->n && sl_tag(c, i + 1) == TAG_ADJ)) {
            break;
        }
        i++;
        if (t == TAG_PRON) {
            break;
        }
    }
    return i;
}

int sl_group_start(const struct sl_clause *c, int i)
{
    int k = i;
    while (k > 0 && i - k < 8) {
        int t = c->tok[k - 1].tag;
        if (t != TAG_AUX && t != TAG_NEG && t != TAG_ADV &&
            !(t == TAG_DET && (sl_is_no_longer(c, k - 1) ||
                               (sl_has(c, k - 1, SL_QC_ALONE) && sl_tag(c, k - 2) == TAG_AUX)))) {
            break;
        }
        k--;
    }
    return k;
}

static const struct sl_range none = {0, 0};

/* From e to the left over "on Tuesday", "last week", "also". */
static int skip_back(const struct sl_clause *c, int e)
{
    for (int turns = 0; turns < 3 && e > 0; turns++) {
        int k = e;
        if (c->tok[k].tag == TAG_TIME) {
            while (k > 0 && (c->tok[k].tag == TAG_TIME || c->tok[k].tag == TAG_NUM)) {
                k--;
            }
            if (k > 0 && (c->tok[k].tag == TAG_ADJ || c->tok[k].tag == TAG_ADV)) {
                k--; /* late Tuesday, last March */
            }
            if (c->tok[k].tag == TAG_PREP) {
                k--;
            }
        } else if (sl_has(c, k, SL_QC_UNIT) &&
                   (sl_tag(c, k - 1) == TAG_DET || sl_tag(c, k - 1) == TAG_ADJ ||
                    sl_tag(c, k - 1) == TAG_ADV) &&
                   (sl_nominal(sl_tag(c, k - 2)) || sl_tag(c, k - 2) == TAG_PREP ||
                    sl_tag(c, k - 2) == TAG_ADV || sl_tag(c, k - 2) == TAG_TIME ||
                    sl_tag(c, k - 2) == TAG_RP || sl_tag(c, k - 2) == TAG_WH)) {
            int t = sl_tag(c, k - 2);
            k -= t == TAG_PREP || t == TAG_ADV || t == TAG_TIME ? 3 : 2;
        } else if (c->tok[k].tag == TAG_ADV || c->tok[k].tag == TAG_NEG || floats(c, k)) {
            k--;
        } else {
            break;
        }
        if (k < 0) {
            break;
        }
        e = k;
    }
    return e;
}

/* The head of a relative clause in which the tokens before b stand: its first token, or -1. */
static int relative_head(const struct sl_clause *c, int b)
{
    bool verb = false;
    for (int k = b - 1; k > 0 && b - k < 20; k--) {
        int t = c->tok[k].tag;
        if (t == TAG_WH || t == TAG_THAT) {
            int before = sl_tag(c, k - 1);
            if (!verb) {
                return -1;
            }
            if (sl_nominal(before) && before != TAG_PRON) {
                return sl_np_start(c, k - 1);
            }
            return -1;
        }
        if (t == TAG_V || t == TAG_AUX) {
            verb = true;
        } else if (!sl_in_np(t) && t != TAG_PREP && t != TAG_ADV && t != TAG_TIME && t != TAG_VN &&
                   t != TAG_VG && t != TAG_VB && t != TAG_TO && t != TAG_NEG) {
            return -1;
        }
    }
    return -1;
}

/* The parenthesis that ends at the comma or dash e: its opening one, or -1. */
static int parenthesis(const struct sl_clause *c, int e)
{
    bool relative = false;
    bool quoted = false;
    for (int k = e - 1; k > 0 && e - k < WINDOW; k--) {
        int t = c->tok[k].tag;
        if (t == TAG_QC) {
            if (e - k > 6) {
                return -1;
            }
            quoted = true;
        }
        if (t == c->tok[e].tag && k < e - 1) {
            int first = sl_tag(c, k + 1);
            relative = first == TAG_WH || first == TAG_PREP || first == TAG_SUB ||
                       first == TAG_VN || first == TAG_VG || first == TAG_V || first == TAG_ADV;
            for (int v = k + 1; v < e && !relative; v++) {
                if (sl_finite(c->tok[v].tag) && sl_tag(c, v - 1) != TAG_WH) {
                    bool inner = false;
                    for (int w = k + 1; w < v; w++) {
                        inner = inner || c->tok[w].tag == TAG_WH || c->tok[w].tag == TAG_THAT;
                    }
                    if (!inner) {
                        return -1;
                    }
                    break;
                }
            }
            return k;
        }
        if (t == TAG_SEMI || t == TAG_COLON || t == TAG_STOP || (t == TAG_QO && !quoted)) {
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
    return sl_tag(c, i - 1) == TAG_VG && (i == 1 || boundary(sl_tag(c, i - 2))) &&
           begins_object(c, i) && sl_qword(c, i - 1)->verb != 0;
}

struct sl_range sl_subject(const struct sl_clause *c, int g)
{
    int e = g - 1;
    int t;
    struct sl_range r;
    if (e < 0) {
        return none;
    }
    e = skip_back(c, e);
    t = c->tok[e].tag;
    if (t == TAG_COMMA || t == TAG_DASH) {
        int end = e;
        int m = parenthesis(c, e);
        int b;
        if (sl_tag(c, e - 1) == TAG_RP && t == TAG_COMMA) {
            return (struct sl_range){sl_np_start(c, e - 1), e}; /* X (R-Ohio), said */
        }
        if (m <= 0 || !(sl_nominal(sl_tag(c, m - 1)) || sl_tag(c, m - 1) == TAG_RP)) {
            return none;
        }
        b = m + 2 == e && sl_is_party(c, m + 1) ? sl_names_start(c, m - 1) : -1;
        if (b >= 0) {
            return (struct sl_range){b, end}; /* X, D-Ohio, and Y, R-Iowa, */
        }
        b = sl_np_start(c, m - 1);
        if (sl_tag(c, b - 1) == TAG_PREP) { /* X, based in A, B, said */
            int k = b - 1;
            while (k > 0 && b - k < 8 && c->tok[k].tag < TAG_COMMA) {
                k--;
            }
            if (k > 0 && c->tok[k].tag == TAG_COMMA && sl_nominal(sl_tag(c, k - 1)) &&
                sl_tag(c, k + 1) >= TAG_V && sl_tag(c, k + 1) <= TAG_VG) {
                b = sl_np_start(c, k - 1);
            }
        }
        /* X, 53, a nurse, said */
        while (b >= 2 && sl_tag(c, b - 1) == TAG_COMMA && sl_nominal(sl_tag(c, b - 2)) &&
               (sl_tag(c, b) == TAG_NUM || sl_tag(c, b) == TAG_DET || sl_tag(c, b) == TAG_N ||
                sl_tag(c, b) == TAG_ADJ || sl_is_party(c, b))) {
            b = sl_np_start(c, b - 2);
        }
        r.from = b;
        r.to = end;
        return r;
    }
    if (t == TAG_WH || (t == TAG_THAT && e > 0 && sl_nominal(sl_tag(c, e - 1))) ||
        (t == TAG_PRON && sl_has(c, e, SL_QC_THAT) && e > 0 && sl_nominal(sl_tag(c, e - 1)))) {
        if (e > 0 && sl_nominal(sl_tag(c, e - 1))) {
            return (struct sl_range){sl_np_start(c, e - 1), e};
        }
        if (sl_tag(c, e - 1) == TAG_COMMA || e == 0) {
            return (struct sl_range){e, e + 1};
        }
        return none;
    }
    if (t == TAG_RP || sl_nominal(t) || t == TAG_DET || t == TAG_ADJ) {
        int head;
        r.from = sl_names_start(c, e);
        r.to = e + 1;
        if (r.from >= 0) {
            return r;
        }
        r.from = sl_np_start(c, e);
        if (r.from >= 2 && sl_tag(c, r.from - 1) == TAG_COMMA &&
            sl_tag(c, r.from - 2) == TAG_PROP && sl_tag(c, r.from) == TAG_N &&
            !(c->tok[r.from].flags & TOK_CAP)) {
            int name = sl_np_start(c, r.from - 2);
            if (name == 0 || boundary(sl_tag(c, name - 1))) {
                r.from = name; /* X, head of Y said */
                return r;
            }
        }
        head = relative_head(c, r.from);
        if (head >= 0) {
            r.from = head; /* those who wrote to her say */
        } else if (t == TAG_PRON && !sl_has(c, e, SL_QC_SUBJECT) &&
                   sl_has(c, e, SL_QC_MALE | SL_QC_FEMALE)) {
            return none; /* him */
        }
        return r;
    }
    if (t == TAG_QC && e > 0) {
        for (int k = e - 1; k >= 0 && e - k < 8; k--) {
            if (c->tok[k].tag == TAG_QO && c->tok[k].quotation == c->tok[e].quotation) {
                if (k > 0 && sl_in_np(sl_tag(c, k - 1))) {
                    return (struct sl_range){sl_np_start(c, k - 1), e + 1};
                }
                return none;
            }
        }
    }
    return none;
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
        int g;
        if (!sl_finite(c->tok[k].tag) || (c->tok[k].flags & (TOK_COVERED | TOK_INQ))) {
            continue;
        }
        g = sl_group_start(c, k);
        r = sl_subject(c, g);
        if (r.to > r.from) {
            return r;
        }
        k = g;
    }
    return none;
}

bool sl_venue_phrase(const struct sl_clause *c, int k, int *end)
{
    int i = k;
    bool ok = false;
    if (sl_tag(c, i) != TAG_PREP) {
        return false;
    }
    i++;
    if (i < c->n &&
        (c->tok[i].tag == TAG_TIME || (sl_has(c, i, SL_QC_UNIT) && !sl_has(c, i, SL_QC_DET)))) {
        while (i < c->n && (c->tok[i].tag == TAG_TIME || c->tok[i].tag == TAG_NUM ||
                            sl_has(c, i, SL_QC_UNIT))) {
            i++;
        }
        *end = i;
        return true;
    }
    for (; i < c->n && i - k < 10 && sl_in_np(c->tok[i].tag); i++) {
        if (ok && (c->tok[i].tag == TAG_DET || c->tok[i].tag == TAG_POSS)) {
            break; /* via email | the ban */
        }
        ok = sl_has(c, i, SL_QC_VENUE | SL_QC_UNIT);
    }
    if (sl_tag(c, i) == TAG_TIME) {
        ok = true;
        while (sl_tag(c, i) == TAG_TIME) {
            i++;
        }
    }
    *end = i;
    return ok;
}

int sl_skip_adverbials(const struct sl_clause *c, int k)
{
    int end;
    for (;;) {
        int t = sl_tag(c, k);
        bool early = t == TAG_ADJ || t == TAG_ADV;
        if ((early || t == TAG_DET) && sl_has(c, k + 1, SL_QC_UNIT) &&
            !sl_in_np(sl_tag(c, k + 2))) {
            k += 2; /* last week */
        } else if (early && sl_tag(c, k + 1) == TAG_TIME) {
            k += 2; /* late Tuesday */
        } else if (t == TAG_PREP && sl_tag(c, k + 1) == TAG_ADJ && sl_tag(c, k + 2) == TAG_TIME) {
            k += 3; /* in early June */
        } else if (t == TAG_NUM && sl_is_word(c, k + 2, "ago")) {
            k += 3; /* two weeks ago */
        } else if (k < c->n && (t == TAG_ADV || t == TAG_TIME)) {
            k++;
        } else if (t == TAG_PREP && sl_venue_phrase(c, k, &end)) {
            k = end;
            /* with CNN, on Facebook */
            if (sl_tag(c, k) == TAG_PREP && sl_has(c, k, SL_QC_PREP) &&
                sl_tag(c, k + 1) == TAG_PROP) {
                k = sl_np_end(c, k + 1);
            }
        } else {
            return k;
        }
    }
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
            sl_cues[sl_qword(c, k)->verb - 1].grade[SL_FRAME_THAT] == 1) {
            k = head_end; /* said X, who said that ...: a statement of its own */
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
