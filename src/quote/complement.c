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

/* Whether the noun phrase at k is the subject of a clause; *after is behind the phrase. */
static bool opens_clause(const struct sl_clause *c, int k, int *after)
{
    int e = sl_np_end(c, k);
    *after = e;
    if (e == k) {
        return false;
    }
    e = sl_names_end(c, e, true);
    for (int turns = 0; turns < 4; turns++) {
        int t = sl_tag(c, e);
        if (t == TAG_PREP) {
            int next = sl_np_end(c, e + 1);
            if (next == e + 1) {
                return false;
            }
            e = next;
            continue;
        }
        if (t == TAG_CONJ && sl_in_np(sl_tag(c, e + 1))) {
            int next = sl_np_end(c, e + 1);
            int tt = sl_tag(c, next);
            if (sl_finite(tt) || tt == TAG_NEG) {
                return true;
            }
            e = next;
            continue;
        }
        if (t == TAG_LP) {
            while (e < c->n && c->tok[e].tag != TAG_RP) {
                e++;
            }
            e++;
            continue;
        }
        break;
    }
    while (sl_tag(c, e) == TAG_ADV || sl_tag(c, e) == TAG_NEG) {
        e++;
    }
    return e < c->n && (sl_tag(c, e) == TAG_V || sl_tag(c, e) == TAG_AUX);
}

struct sl_behind sl_behind(const struct sl_clause *c, int i)
{
    struct sl_behind r = {SL_FRAME_NP, i + 1, false, false};
    int k = i + 1;
    int t;
    int after;
    bool hearer = sl_has(c, i, SL_QC_HEARER);
    while (k < c->n && (sl_has(c, k, SL_QC_PARTICLE) &&
                        (!sl_has(c, k, SL_QC_PREP) || sl_tag(c, k) == TAG_ADV) && k == i + 1)) {
        k++;
    }
    k = sl_skip_adverbials(c, k);
    t = sl_tag(c, k);
    if (k >= c->n || t == TAG_STOP || t == TAG_SEMI) {
        return r;
    }
    r.found = true;
    r.at = k;
    if (t == TAG_COLON || (t == TAG_DASH && sl_tag(c, k + 1) == TAG_QO)) {
        r.frame = SL_FRAME_QUOTE;
        r.at = k + 1;
        r.expects = k + 1 >= c->n;
        return r;
    }
    if (t == TAG_COMMA) {
        int m = k + 1;
        if (sl_tag(c, m) == TAG_QO) {
            r.frame = SL_FRAME_QUOTE;
            r.at = m;
            return r;
        }
        if (sl_tag(c, m) == TAG_THAT) {
            r.frame = SL_FRAME_THAT;
            r.at = m;
            return r;
        }
        r.found = false;
        return r;
    }
    /* told the crowd in Ohio that; told CNN: */
    if (hearer || t == TAG_PREP || (t == TAG_TO && sl_in_np(sl_tag(c, k + 1)))) {
        int m = k;
        while (m < c->n && m - k < SL_AHEAD) {
            int tt = c->tok[m].tag;
            if (tt == TAG_THAT && m > k && sl_grade_of(sl_qword(c, i)->verb, SL_FRAME_THAT) != 0) {
                r.frame = SL_FRAME_THAT;
                r.at = m;
                return r;
            }
            if (tt == TAG_COLON || (tt == TAG_COMMA && sl_tag(c, m + 1) == TAG_QO) ||
                (tt == TAG_QO && m > k && hearer)) {
                r.frame = SL_FRAME_QUOTE;
                r.at = tt == TAG_QO ? m : m + 1;
                r.expects = m + 1 >= c->n;
                return r;
            }
            if (!sl_in_np(tt) && tt != TAG_PREP && tt != TAG_TIME && tt != TAG_ADV &&
                !(tt == TAG_TO && sl_in_np(sl_tag(c, m + 1))) &&
                !(tt == TAG_COMMA && sl_tag(c, m + 1) == TAG_PROP)) {
                break;
            }
            m++;
        }
        if (hearer && sl_in_np(t)) {
            int e = sl_np_end(c, k);
            int tt = sl_tag(c, e);
            if (e > k && (tt == TAG_WH || (tt == TAG_SUB && c->text[c->tok[e].begin] == 'i'))) {
                r.frame = SL_FRAME_WH;
                r.at = e;
                return r;
            }
            if (e > k && tt == TAG_TO) {
                r.frame = SL_FRAME_NPTO;
                r.at = k;
                return r;
            }
            if (c->tok[k].tag == TAG_PRON && opens_clause(c, k + 1, &after)) {
                r.frame = SL_FRAME_BARE; /* told him the deal was off */
                r.at = k + 1;
                return r;
            }
            if (e > k && tt == TAG_PREP) {
                enum sl_complement f = sl_preposition_frame(c, e);
                if (f == SL_FRAME_ABOUT || f == SL_FRAME_OF || f == SL_FRAME_AGAINST) {
                    r.frame = f;
                    r.at = e + 1;
                    return r;
                }
            }
        }
    }
    switch (t) {
    case TAG_QO:
        r.frame = SL_FRAME_QUOTE;
        return r;
    case TAG_THAT:
        r.frame = SL_FRAME_THAT;
        return r;
    case TAG_WH:
        r.frame = SL_FRAME_WH;
        return r;
    case TAG_SUB:
        if (sl_has(c, k, SL_QC_WH) || c->text[c->tok[k].begin] == 'i') {
            r.frame = SL_FRAME_WH;
            return r;
        }
        for (int m = k + 1; m < c->n && m - k < 2 * SL_AHEAD; m++) { /* said as he left, "..." */
            if (c->tok[m].tag == TAG_COMMA && sl_tag(c, m + 1) == TAG_QO) {
                r.frame = SL_FRAME_QUOTE;
                r.at = m + 1;
                return r;
            }
            if (c->tok[m].tag >= TAG_COLON) {
                break;
            }
        }
        r.found = false;
        return r;
    case TAG_TO:
        r.frame = SL_FRAME_TO;
        return r;
    case TAG_PREP: {
        enum sl_complement f = sl_preposition_frame(c, k);
        if (f == SL_N_FRAME) {
            r.found = false;
            return r;
        }
        r.frame = f;
        r.at = k + 1;
        return r;
    }
    case TAG_VG:
        r.frame = SL_FRAME_ING;
        return r;
    case TAG_NEG:
        r.frame = SL_FRAME_NP;
        return r;
    default:
        break;
    }
    if (sl_in_np(t) && t != TAG_GEN) {
        uint16_t lemma = sl_qword(c, i)->verb;
        uint8_t bare = sl_grade_of(lemma, SL_FRAME_BARE);
        if (opens_clause(c, k, &after)) {
            r.frame = SL_FRAME_BARE;
        } else if (sl_tag(c, i) != TAG_N && bare == 1 && sl_grade_of(lemma, SL_FRAME_NP) > 1 &&
                   sl_tag(c, after) != TAG_STOP && after < c->n && t != TAG_PRON) {
            r.frame = SL_FRAME_BARE; /* such a cue has no object: the verb stands further on */
        } else if (sl_tag(c, after) == TAG_TO) {
            r.frame = SL_FRAME_NPTO;
        } else if (t == TAG_ADJ && after == k + 1) {
            r.frame = SL_FRAME_ADJ;
        } else {
            r.frame = SL_FRAME_NP;
        }
        return r;
    }
    r.found = false;
    return r;
}
