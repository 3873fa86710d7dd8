/* From cue words to attributions. Two passes over a sentence's tokens: first cues behind what they
 * attribute ("...," he said), then, from left to right, cues before it; what a content covers is not
 * looked at again. */
#include "quote/phrase.h"

#include <string.h>

enum { MAX_GRADE = 4, AHEAD = 14, LONGEST = 256 };

struct rules {
    struct sl_clause *c;
    const struct sl_quotations *q;
    struct sl_findings *out;
};

static uint8_t grade_of(uint16_t lemma, enum sl_complement frame)
{
    return lemma == 0 ? 0 : sl_cues[lemma - 1].grade[frame];
}

static bool is_end(const struct sl_clause *c, int k)
{
    return k >= c->n || sl_tag(c, k) == TAG_STOP || sl_tag(c, k) == TAG_SEMI;
}

static void cover(struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from; k < r.to; k++) {
        c->tok[k].flags |= TOK_COVERED;
    }
}

static struct sl_finding *add(struct rules *r)
{
    struct sl_finding *f;
    if (r->out->n == SL_QUOTE_MAX_FINDING) {
        return NULL;
    }
    f = &r->out->p[r->out->n++];
    memset(f, 0, sizeof *f);
    return f;
}

static struct sl_range trim(const struct sl_clause *c, struct sl_range r)
{
    while (r.to > r.from &&
           (sl_tag(c, r.to - 1) == TAG_COMMA || sl_tag(c, r.to - 1) == TAG_CONJ ||
            sl_tag(c, r.to - 1) == TAG_DASH || sl_tag(c, r.to - 1) == TAG_SEMI ||
            sl_tag(c, r.to - 1) == TAG_COLON ||
            (sl_tag(c, r.to - 1) == TAG_STOP && !(c->tok[r.to - 1].flags & TOK_INQ)))) {
        r.to--;
    }
    while (r.from < r.to && (sl_tag(c, r.from) == TAG_COMMA || sl_tag(c, r.from) == TAG_DASH ||
                             sl_tag(c, r.from) == TAG_COLON)) {
        r.from++;
    }
    return r;
}

static void put_part(struct rules *r, struct sl_finding *f, struct sl_range part)
{
    struct sl_clause *c = r->c;
    part = trim(c, part);
    if (part.to <= part.from || f->n_part == SL_FINDING_PART) {
        return;
    }
    f->part[f->n_part++] = part;
    cover(c, part);
    for (int k = part.from; k < part.to; k++) {
        if (c->tok[k].tag == TAG_QO || c->tok[k].tag == TAG_QC) {
            f->quotation = (int)c->tok[k].quotation + 1;
        }
    }
}

static int close_of(const struct sl_clause *c, int open)
{
    for (int k = open + 1; k < c->n; k++) {
        if (c->tok[k].tag == TAG_QC && c->tok[k].quotation == c->tok[open].quotation) {
            return k;
        }
    }
    return -1;
}

static int open_of(const struct sl_clause *c, int close)
{
    for (int k = close - 1; k >= 0; k--) {
        if (c->tok[k].tag == TAG_QO && c->tok[k].quotation == c->tok[close].quotation) {
            return k;
        }
    }
    return -1;
}

static bool verb_cue(const struct sl_clause *c, int i)
{
    return i >= 0 && i < c->n && (c->tok[i].flags & TOK_VERB_CUE) != 0;
}

static bool says(const struct sl_clause *c, int i)
{
    uint16_t lemma = i < c->n ? sl_qword(c, i)->verb : 0;
    uint8_t grade = grade_of(lemma, SL_FRAME_QUOTE);
    return grade > 0 && grade <= MAX_GRADE;
}

/* ---- where a content that begins at k ends ---- */

struct opening {
    enum sl_complement frame;
    bool matrix_follows; /* the cue stands in a clause that another follows: stop at its comma */
    int verbs;           /* finite verbs that belong to the content of a noun; -1: any number */
};

static bool noun_frame(enum sl_complement f)
{
    return f != SL_FRAME_THAT && f != SL_FRAME_BARE && f != SL_FRAME_WH && f != SL_FRAME_QUOTE &&
           f != SL_FRAME_PTHAT && f != SL_FRAME_COLON;
}

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
    return clause ? verb_cue(c, k) && says(c, k) : sl_tag(c, k) == TAG_V;
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

static bool stops_at_comma(const struct sl_clause *c, int k, const struct opening *o)
{
    int next = sl_tag(c, k + 1);
    int verb;
    bool clause = !noun_frame(o->frame);
    if (o->matrix_follows) {
        return next != TAG_CONJ && next != TAG_WH;
    }
    if (next == TAG_VG) {
        return !clause || (verb_cue(c, k + 1));
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
            return !clause || but || (verb_cue(c, verb) && says(c, verb));
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
    if (clause_starts(c, k + 1, &verb) && verb_cue(c, verb) && says(c, verb)) {
        int m = sl_skip_adverbials(c, verb + 1);
        if (is_end(c, m) || sl_tag(c, m) == TAG_COMMA || sl_tag(c, m) == TAG_QC) {
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
static bool stops_at_word(const struct sl_clause *c, int k, const struct opening *o)
{
    int t = c->tok[k].tag;
    int end;
    if (!noun_frame(o->frame)) {
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

static int content_end(const struct sl_clause *c, int from, const struct opening *o)
{
    int k = from;
    int nested_dash = 0;
    int verbs = o->verbs;
    bool relative = false;
    while (k < c->n && k - from < LONGEST) {
        int t = c->tok[k].tag;
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
            int close = close_of(c, k);
            if (close < 0) {
                return c->n;
            }
            k = close + 1;
            if (o->frame == SL_FRAME_QUOTE && close - 1 > 0) {
                int last = sl_tag(c, close - 1);
                if (last == TAG_STOP || last == TAG_COMMA || is_end(c, k) ||
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
            if (noun_frame(o->frame)) {
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
        if (t == TAG_COMMA && k > from && stops_at_comma(c, k, o)) {
            return k;
        }
        if (t == TAG_CONJ && k > from && new_predicate(c, k + 1, !noun_frame(o->frame))) {
            return k;
        }
        if (k > from && !relative && stops_at_word(c, k, o)) {
            return k;
        }
        k++;
    }
    return k < c->n ? k : c->n;
}

/* ---- what stands behind a cue ---- */

struct complement {
    enum sl_complement frame;
    int at; /* first token of the content */
    bool found, expects;
};

static enum sl_complement preposition_frame(const struct sl_clause *c, int k)
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
    const char *word = sl_qword(c, k)->text;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].word, word) == 0) {
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

static struct complement behind(const struct sl_clause *c, int i)
{
    struct complement r = {SL_FRAME_NP, i + 1, false, false};
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
        while (m < c->n && m - k < AHEAD) {
            int tt = c->tok[m].tag;
            if (tt == TAG_THAT && m > k && grade_of(sl_qword(c, i)->verb, SL_FRAME_THAT) != 0) {
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
                enum sl_complement f = preposition_frame(c, e);
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
        for (int m = k + 1; m < c->n && m - k < 2 * AHEAD; m++) { /* said as he left, "..." */
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
        enum sl_complement f = preposition_frame(c, k);
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
        uint8_t bare = grade_of(lemma, SL_FRAME_BARE);
        if (opens_clause(c, k, &after)) {
            r.frame = SL_FRAME_BARE;
        } else if (sl_tag(c, i) != TAG_N && bare == 1 && grade_of(lemma, SL_FRAME_NP) > 1 &&
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

/* ---- cues behind what they attribute ---- */

/* The content before token `end`, for a cue behind it: from the start of the sentence, or from what
 * an earlier finding left. */
static struct sl_range content_before(const struct rules *r, int end)
{
    const struct sl_clause *c = r->c;
    int from = 0;
    for (int k = 0; k < r->out->n; k++) {
        const struct sl_finding *f = &r->out->p[k];
        int last = f->cue.to > f->source.to ? f->cue.to : f->source.to;
        for (int m = 0; m < f->n_part; m++) {
            last = f->part[m].to > last ? f->part[m].to : last;
        }
        from = last > from && last <= end ? last : from;
    }
    for (int k = end - 1; k >= from; k--) {
        if (c->tok[k].tag == TAG_SEMI) {
            from = k + 1;
            break;
        }
    }
    return trim(c, (struct sl_range){from, end});
}

static bool has_verb(const struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from; k < r.to; k++) {
        if (sl_finite(c->tok[k].tag)) {
            return true;
        }
    }
    return false;
}

/* What follows a postponed cue: ", "B" goes on with the quotation; and the rest of a clause. */
static void content_behind(struct rules *r, struct sl_finding *f, int k, bool quoted)
{
    struct sl_clause *c = r->c;
    struct opening o = {SL_FRAME_BARE, false, -1};
    int m = sl_skip_adverbials(c, k);
    int t = sl_tag(c, m);
    if (m >= c->n) {
        return;
    }
    if (quoted) {
        while (m < c->n && m - k < 24 && c->tok[m].tag != TAG_QO) {
            if (c->tok[m].tag == TAG_SEMI) {
                return;
            }
            if (verb_cue(c, m) && says(c, m)) {
                return;
            }
            m++;
        }
        if (m >= c->n || c->tok[m].tag != TAG_QO) {
            return;
        }
        if (sl_tag(c, m - 1) == TAG_COMMA || sl_tag(c, m - 1) == TAG_COLON ||
            sl_tag(c, m - 1) == TAG_STOP || sl_tag(c, m - 1) == TAG_DASH) {
            int close = close_of(c, m);
            put_part(r, f, (struct sl_range){m, close < 0 ? c->n : close + 1});
        }
        return;
    }
    if (t == TAG_COMMA) {
        int next = sl_tag(c, m + 1);
        if (next == TAG_VG || next == TAG_WH || next == TAG_VN || next == TAG_SUB ||
            next == TAG_CONJ ||
            (next == TAG_PREP && !(c->tok[m + 1].flags & TOK_CAP) &&
             sl_venue_phrase(c, m + 1, &t))) {
            return;
        }
        put_part(r, f, (struct sl_range){m + 1, content_end(c, m + 1, &o)});
    }
}

/* Whether a quotation that ends at close is speech, not a word in marks. */
static bool speech_ends(const struct sl_clause *c, int close, int after)
{
    int last = sl_tag(c, close - 1);
    int open;
    if (last == TAG_COMMA || last == TAG_STOP || last == TAG_DASH || (last == TAG_OTHER)) {
        return true;
    }
    if (after > close + 1) {
        return true; /* a comma behind the mark */
    }
    open = open_of(c, close);
    return open <= 0;
}

static void postponed(struct rules *r, int i)
{
    struct sl_clause *c = r->c;
    int g;
    int e;
    int left;
    struct sl_range source = {0, 0};
    struct sl_finding *f;
    bool quoted = false;
    bool inverted = false;
    int after = i + 1;
    int close = -1;
    uint8_t grade = grade_of(sl_qword(c, i)->verb, SL_FRAME_QUOTE);
    if (sl_tag(c, i) == TAG_VB || sl_tag(c, i) == TAG_VG || grade == 0 || grade > MAX_GRADE) {
        return;
    }
    g = sl_group_start(c, i);
    e = g - 1;
    if (e < 0) {
        return;
    }
    if (sl_tag(c, e) == TAG_COMMA || sl_tag(c, e) == TAG_QC || sl_tag(c, e) == TAG_STOP ||
        sl_tag(c, e) == TAG_DASH) {
        /* "...," said X */
        if (g == i || (sl_tag(c, g) == TAG_ADV && g + 1 == i)) {
            int s = sl_skip_adverbials(c, i + 1);
            struct sl_range right = sl_source_right(c, s);
            bool mark =
                sl_tag(c, e) == TAG_QC || (sl_tag(c, e) == TAG_COMMA && sl_tag(c, e - 1) == TAG_QC);
            bool ok;
            ok = right.to > right.from && sl_tag(c, right.from) != TAG_POSS;
            if (mark && ok) {
                int shut = sl_tag(c, e) == TAG_QC ? e : e - 1;
                ok = grade <= 2 || open_of(c, shut) <= 0;
            }
            if (!mark && ok) {
                int head = sl_tag(c, right.from);
                ok = sl_tag(c, e) == TAG_COMMA &&
                     (head == TAG_PROP || head == TAG_DET || head == TAG_N || head == TAG_PRON ||
                      head == TAG_POSS) &&
                     sl_qword(c, i)->form & SL_FORM_PAST && grade == 1 &&
                     (is_end(c, right.to) || sl_tag(c, right.to) == TAG_COMMA ||
                      sl_tag(c, right.to) == TAG_PREP);
                ok = ok && has_verb(c, content_before(r, e)) && sl_subject(c, g).to == 0;
            }
            if (ok) {
                source = right;
                inverted = true;
                after = right.to;
                left = e;
            }
        }
    }
    if (!inverted) {
        source = sl_subject(c, g);
        if (source.to <= source.from || source.from == 0) {
            return;
        }
        left = source.from - 1;
        if (sl_tag(c, left) == TAG_CONJ && sl_tag(c, left - 1) == TAG_QC) {
            left--;
        }
    }
    if (sl_tag(c, left) == TAG_QC) {
        quoted = true;
        close = left;
    } else if (sl_tag(c, left) == TAG_COMMA || sl_tag(c, left) == TAG_DASH) {
        if (sl_tag(c, left - 1) == TAG_QC) {
            quoted = true;
            close = left - 1;
        }
    } else {
        return;
    }
    if (quoted && !speech_ends(c, close, left + 1)) {
        quoted = false;
        if (sl_tag(c, left) == TAG_QC) {
            return;
        }
    }
    if (!inverted) {
        int m = sl_skip_adverbials(c, after);
        int t = sl_tag(c, m);
        int end;
        if (!quoted) {
            struct sl_range before = content_before(r, left);
            if (!is_end(c, m) && t != TAG_COMMA &&
                !(t == TAG_PREP && (sl_venue_phrase(c, m, &end))) && t != TAG_DASH &&
                t != TAG_COLON) {
                return;
            }
            if (t == TAG_COLON || sl_tag(c, m + 1) == TAG_QO) {
                return;
            }
            if (sl_tag(c, before.from) == TAG_SUB || sl_tag(c, before.from) == TAG_VG ||
                sl_tag(c, before.from) == TAG_PREP) {
                if (is_end(c, m)) {
                    return;
                }
                if (sl_tag(c, before.from) != TAG_SUB) {
                    int v = 0;
                    v = has_verb(c, before);
                    if (!v && t != TAG_COMMA) {
                        return;
                    }
                }
            } else if (!has_verb(c, before) && t != TAG_COMMA) {
                return;
            }
        } else {
            struct complement b = behind(c, i);
            if (b.found && (b.frame == SL_FRAME_THAT || b.frame == SL_FRAME_BARE ||
                            (b.frame == SL_FRAME_QUOTE && sl_tag(c, b.at - 1) != TAG_COMMA))) {
                return; /* the quotation before belongs to another */
            }
        }
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = trim(c, source);
    f->cue = (struct sl_range){g, i + 1};
    f->lemma = sl_qword(c, i)->verb;
    f->kind = sl_cues[f->lemma - 1].kind;
    f->frame = SL_FRAME_QUOTE;
    f->grade = grade;
    {
        struct sl_range before;
        r->out->n--; /* itself does not bound it */
        before = content_before(r, left);
        r->out->n++;
        if (quoted) {
            int open = open_of(c, close);
            before.to = close + 1;
            if (open < 0) {
                before.from = 0;
            } else if (open > before.from) {
                /* words before the mark: part of the clause, unless a cue or a colon parts them */
                for (int k = open - 1; k >= before.from; k--) {
                    if (c->tok[k].tag == TAG_COLON ||
                        (verb_cue(c, k) && says(c, k) && sl_tag(c, open - 1) == TAG_COMMA)) {
                        before.from = open;
                        break;
                    }
                }
            }
        }
        put_part(r, f, before);
    }
    f->open = quoted;
    for (int k = f->source.from; k < f->source.to; k++) {
        c->tok[k].flags |= TOK_CUE_DONE;
    }
    for (int k = g; k <= i; k++) {
        c->tok[k].flags |= TOK_CUE_DONE;
    }
    content_behind(r, f, after, quoted);
}

/* Length of a cue that is a preposition at i: "according to", "in the words of"; else 0. */
static int preposition_cue(const struct sl_clause *c, int i)
{
    static const char *const in_words[] = {"in", "the", "words", "of"};
    int k = 0;
    if (sl_has(c, i, SL_QC_OPENER)) {
        return sl_has(c, i + 1, SL_QC_TO) ? 2 : 0; /* "according" */
    }
    if (!sl_has(c, i + 2, SL_QC_OPENER)) {
        return 0;
    }
    while (k < 4 && i + k < c->n && strcmp(sl_qword(c, i + k)->text, in_words[k]) == 0) {
        k++;
    }
    return k == 4 ? 4 : 0;
}

/* according to X; in the words of X. The cue has n tokens. */
static void according(struct rules *r, int i, int n)
{
    struct sl_clause *c = r->c;
    int cue_to = i + n;
    struct sl_range source = sl_source_right(c, cue_to);
    struct sl_finding *f;
    struct opening o = {SL_FRAME_BARE, false, -1};
    if (source.to <= source.from || sl_tag(c, i - 1) == TAG_THAT) {
        return;
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = source;
    f->cue = (struct sl_range){i, cue_to};
    f->grade = 1;
    f->frame = SL_FRAME_BARE;
    if (i <= 1 || sl_tag(c, i - 1) == TAG_CONJ || sl_tag(c, i - 1) == TAG_STOP) {
        int k = source.from;
        int e;
        while (k < c->n && c->tok[k].tag != TAG_COMMA) {
            k++;
        }
        if (k >= c->n) {
            r->out->n--;
            return;
        }
        f->source.to = k;
        e = sl_np_end(c, k + 1);
        if (e > k + 1 && sl_tag(c, e) == TAG_COMMA && sl_in_np(sl_tag(c, e + 1))) {
            f->source.to = e; /* the bank, a lender, */
        }
        put_part(r, f, (struct sl_range){f->source.to, content_end(c, f->source.to + 1, &o)});
    } else {
        struct sl_range before;
        r->out->n--;
        before = content_before(r, i);
        r->out->n++;
        put_part(r, f, before);
        if (sl_tag(c, source.to) == TAG_COMMA && !is_end(c, source.to + 1) &&
            sl_tag(c, i - 1) == TAG_COMMA && sl_tag(c, source.to + 1) != TAG_VG &&
            sl_tag(c, source.to + 1) != TAG_WH && sl_tag(c, source.to + 1) != TAG_CONJ) {
            put_part(r, f, (struct sl_range){source.to + 1, content_end(c, source.to + 1, &o)});
        }
    }
    cover(c, f->source);
    if (f->n_part == 0) {
        r->out->n--;
    } else {
        c->tok[i].flags |= TOK_CUE_DONE;
    }
}

/* ---- cues before what they attribute ---- */

/* Whether the cue's clause began with a subordinator or a participle, and a matrix clause follows. */
static bool matrix_follows(const struct sl_clause *c, int g, struct sl_range source)
{
    int k = source.to > source.from && source.from < g ? source.from : g;
    int t;
    k--;
    while (k > 0 && (sl_tag(c, k) == TAG_ADV)) {
        k--;
    }
    t = sl_tag(c, k);
    if (k < 0) {
        return false;
    }
    if (t == TAG_SUB || (t == TAG_PREP && sl_has(c, k, SL_QC_SUB))) {
        return k == 0 || sl_tag(c, k - 1) == TAG_STOP || sl_tag(c, k - 1) == TAG_CONJ ||
               (k == 1 && sl_tag(c, 0) == TAG_ADV);
    }
    return false;
}

static void finish(struct rules *r, struct sl_finding *f, int at, struct opening o)
{
    struct sl_clause *c = r->c;
    int end = content_end(c, at, &o);
    struct sl_range part = trim(c, (struct sl_range){at, end});
    /* times and places at the end belong to the cue */
    for (int turns = 0; turns < 2; turns++) {
        int k = part.to - 1;
        while (k > part.from &&
               (c->tok[k].tag == TAG_TIME || (noun_frame(o.frame) && sl_has(c, k, SL_QC_UNIT)))) {
            k--;
        }
        if (k < part.to - 1 && noun_frame(o.frame)) {
            while (k > part.from && (sl_tag(c, k) == TAG_DET || sl_tag(c, k) == TAG_ADJ)) {
                k--;
            }
            part.to = sl_tag(c, k) == TAG_PREP && k > part.from ? k : k + 1;
        }
    }
    put_part(r, f, part);
    if (f->n_part == 0) {
        r->out->n--;
    }
}

/* Whether the cue i, whose group begins at g, says no to a claim: to a clause, or to a noun that
 * claims something (denied the charge that ...). */
static bool denies(const struct sl_clause *c, int g, int i, const struct sl_finding *f)
{
    if (!sl_has(c, i, SL_QC_DENIAL)) {
        return false;
    }
    for (int k = g; k < i; k++) {
        if (sl_tag(c, k) == TAG_NEG || sl_has(c, k, SL_QC_NEG)) {
            return false;
        }
    }
    if (f->frame == SL_FRAME_THAT || f->frame == SL_FRAME_BARE) {
        return true;
    }
    for (int p = 0; p < f->n_part; p++) {
        for (int k = f->part[p].from; k < f->part[p].to && k - f->part[p].from < 8; k++) {
            if (sl_has(c, k, SL_QC_CLAIM)) {
                return true;
            }
        }
    }
    return false;
}

static void verb(struct rules *r, int i)
{
    struct sl_clause *c = r->c;
    int g = sl_group_start(c, i);
    uint16_t lemma = sl_qword(c, i)->verb;
    bool passive = false;
    struct sl_range source = {0, 0};
    struct complement b;
    struct sl_finding *f;
    struct opening o = {SL_FRAME_NP, false, -1};
    uint8_t grade;
    int t = sl_tag(c, i);
    int cue_from = g;
    if (t == TAG_VN) {
        for (int k = i - 1; k >= g; k--) {
            if (c->tok[k].tag == TAG_AUX) {
                passive = sl_has(c, k, SL_QC_BE);
                break;
            }
        }
        if (g == i) {
            passive = true;
        }
    }
    b = behind(c, i);
    if ((t == TAG_V || t == TAG_VN) &&
        (sl_qword(c, i)->form & SL_FORM_PART || sl_qword(c, i)->form == 0) &&
        sl_has(c, i + 1, SL_QC_PREP) && strcmp(sl_qword(c, i + 1)->text, "by") == 0) {
        passive = true;
    }
    if (passive) {
        struct sl_range subject = g > 0 ? sl_subject(c, g) : (struct sl_range){0, 0};
        if (subject.to <= subject.from && sl_tag(c, g - 1) == TAG_CONJ) {
            subject = sl_matrix_subject(c, g);
        }
        enum sl_complement frame = SL_FRAME_PASSIVE;
        int k = i + 1;
        while (sl_tag(c, k) == TAG_ADV || sl_tag(c, k) == TAG_TIME) {
            k++;
        }
        if (k < c->n && strcmp(sl_qword(c, k)->text, "by") == 0) {
            source = sl_source_right(c, k + 1);
            k = source.to > source.from ? source.to : k;
        }
        if (sl_tag(c, k) == TAG_TO) {
            frame = SL_FRAME_PTO;
        } else if (sl_tag(c, k) == TAG_THAT) {
            frame = SL_FRAME_PTHAT;
        }
        grade = grade_of(lemma, frame);
        if (grade == 0 || grade > MAX_GRADE ||
            (frame == SL_FRAME_PASSIVE && subject.to <= subject.from) ||
            (frame == SL_FRAME_PASSIVE && source.to <= source.from && grade > 2)) {
            return;
        }
        if (subject.to > subject.from && (c->tok[subject.from].flags & TOK_COVERED)) {
            return;
        }
        f = add(r);
        if (f == NULL) {
            return;
        }
        f->source = source;
        f->cue = (struct sl_range){g, i + 1};
        f->lemma = lemma;
        f->kind = sl_cues[lemma - 1].kind;
        f->frame = (uint8_t)frame;
        f->grade = grade;
        if (frame != SL_FRAME_PTHAT && subject.to > subject.from) {
            put_part(r, f, subject);
        }
        if (k < c->n &&
            (sl_tag(c, k) == TAG_TO || sl_tag(c, k) == TAG_THAT || sl_tag(c, k) == TAG_SUB ||
             (sl_has(c, k, SL_QC_PREP) && sl_qword(c, k)->text[0] == 'a' &&
              sl_qword(c, k)->text[1] == 's'))) {
            o.frame = frame == SL_FRAME_PTHAT ? SL_FRAME_THAT : SL_FRAME_TO;
            put_part(r, f, (struct sl_range){k, content_end(c, k, &o)});
        }
        if (f->n_part == 0) {
            r->out->n--;
        }
        return;
    }
    if (!b.found) {
        return;
    }
    grade = grade_of(lemma, b.frame);
    if (grade == 0 || grade > MAX_GRADE) {
        return;
    }
    if (t == TAG_V ||
        ((t == TAG_VN || t == TAG_VG || t == TAG_VB) && g < i && sl_tag(c, g) == TAG_AUX)) {
        source = sl_subject(c, g);
        if (source.to <= source.from) {
            source = sl_matrix_subject(c, g);
        }
    } else {
        int p = g - 1;
        if (p >= 0 && sl_tag(c, p) == TAG_TO) {
            cue_from = p;
            source = sl_matrix_subject(c, p);
        } else if (p >= 0 && t == TAG_VG && (sl_tag(c, p) == TAG_N || sl_tag(c, p) == TAG_PROP)) {
            source = (struct sl_range){sl_np_start(c, p), p + 1}; /* emails showing */
        } else {
            source = sl_matrix_subject(c, g);
            if (source.to <= source.from && p > 0 && sl_tag(c, p) == TAG_COMMA &&
                (sl_nominal(sl_tag(c, p - 1)) || sl_tag(c, p - 1) == TAG_RP)) {
                source = (struct sl_range){sl_np_start(c, p - 1), p};
                o.matrix_follows = true; /* The paper, citing ..., reported */
            } else if (source.to <= source.from) {
                o.matrix_follows = true; /* Declaring that ..., he left */
            }
        }
    }
    if (sl_tag(c, source.to) == TAG_COMMA && source.to > source.from) {
        source = trim(c, source);
    }
    if (sl_has(c, i, SL_QC_RAISING) && b.frame != SL_FRAME_AT && b.frame != SL_FRAME_FOR &&
        b.frame != SL_FRAME_INTO) {
        /* what seems to be so is said by nobody: the subject is content */
        f = add(r);
        if (f != NULL) {
            f->cue = (struct sl_range){g, i + 1};
            f->lemma = lemma;
            f->kind = sl_cues[lemma - 1].kind;
            f->frame = (uint8_t)b.frame;
            f->grade = grade;
            o.frame = b.frame;
            put_part(r, f, source);
            finish(r, f, b.at, o);
        }
        return;
    }
    o.frame = b.frame;
    o.matrix_follows = o.matrix_follows || matrix_follows(c, g, source);
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = source;
    f->cue = (struct sl_range){cue_from, i + 1};
    f->lemma = lemma;
    f->kind = sl_cues[lemma - 1].kind;
    f->frame = (uint8_t)b.frame;
    f->grade = grade;
    f->expects = b.expects;
    if (b.expects) {
        return;
    }
    f->open = b.frame == SL_FRAME_QUOTE;
    {
        bool late = o.matrix_follows && source.to <= source.from;
        int n = r->out->n;
        finish(r, f, b.at, o);
        if (r->out->n == n) {
            f->denies = denies(c, g, i, f);
        }
        if (late && r->out->n == n) {
            int k = f->part[f->n_part - 1].to;
            if (sl_tag(c, k) == TAG_COMMA && sl_in_np(sl_tag(c, k + 1))) {
                int e = sl_np_end(c, k + 1);
                while (sl_tag(c, e) == TAG_PREP) {
                    int next = sl_np_end(c, e + 1);
                    if (next == e + 1) {
                        break;
                    }
                    e = next;
                }
                f->source = (struct sl_range){k + 1, e};
            }
        }
    }
}

static void noun(struct rules *r, int i)
{
    struct sl_clause *c = r->c;
    uint16_t lemma = sl_qword(c, i)->noun;
    struct sl_range source = {0, 0};
    struct sl_finding *f;
    struct opening o = {SL_FRAME_NP, false, -1};
    int k = i + 1;
    int at;
    int p = i - 1;
    int cue_from;
    enum sl_complement frame;
    uint8_t grade;
    while (p >= 0 &&
           (sl_tag(c, p) == TAG_ADJ || sl_tag(c, p) == TAG_ADV || sl_tag(c, p) == TAG_N)) {
        p--;
    }
    cue_from = p + 1;
    if (sl_tag(c, p) == TAG_GEN && p > 0) {
        source = (struct sl_range){sl_np_start(c, p - 1), p + 1};
    } else if (sl_tag(c, p) == TAG_POSS) {
        source = (struct sl_range){p, p + 1};
    }
    if (k < c->n && strcmp(sl_qword(c, k)->text, "by") == 0 && source.to == 0) {
        source = sl_source_right(c, k + 1);
        if (source.to > source.from) {
            int stop = k + 1;
            stop = sl_np_end(c, stop);
            if (stop < source.to) {
                source.to = stop;
            }
        }
        k = source.to > source.from ? source.to : k;
    }
    switch (sl_tag(c, k)) {
    case TAG_THAT:
        frame = SL_FRAME_THAT;
        at = k;
        break;
    case TAG_TO:
        frame = SL_FRAME_TO;
        at = k;
        break;
    case TAG_COLON:
        frame = SL_FRAME_COLON;
        at = k + 1;
        break;
    case TAG_PREP:
        frame = preposition_frame(c, k);
        at = k + 1;
        break;
    case TAG_AUX: /* Clinton's view is that */
        if (sl_tag(c, k + 1) == TAG_THAT && sl_has(c, k, SL_QC_BE)) {
            frame = SL_FRAME_THAT;
            at = k + 1;
            break;
        }
        return;
    default:
        return;
    }
    if (frame == SL_N_FRAME) {
        return;
    }
    grade = grade_of(lemma, frame);
    if (grade == 0 || grade > MAX_GRADE) {
        return;
    }
    if (source.to <= source.from) {
        int v = cue_from - 1;
        while (v >= 0 && sl_in_np(sl_tag(c, v))) {
            v--;
        }
        if (sl_tag(c, v) == TAG_V || sl_tag(c, v) == TAG_VG || sl_tag(c, v) == TAG_VB ||
            sl_tag(c, v) == TAG_VN) {
            int g = sl_group_start(c, v);
            source = sl_subject(c, g);
            if (source.to <= source.from || sl_tag(c, v) == TAG_VG || sl_tag(c, v) == TAG_VB) {
                source = sl_matrix_subject(c, g);
            }
            cue_from = g;
        }
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = source;
    f->cue = (struct sl_range){cue_from, i + 1};
    f->lemma = lemma;
    f->kind = sl_cues[lemma - 1].kind;
    f->frame = (uint8_t)frame;
    f->grade = grade;
    o.frame = frame;
    o.verbs = frame == SL_FRAME_THAT ? 1 : frame == SL_FRAME_COLON ? -1 : 0;
    if (sl_tag(c, k) == TAG_AUX) {
        o.verbs = -1; /* his view is that ... */
    }
    if (frame == SL_FRAME_COLON) {
        f->open = true;
        f->expects = at >= c->n;
        if (f->expects) {
            return;
        }
    }
    finish(r, f, at, o);
}

static void adjective(struct rules *r, int i)
{
    struct sl_clause *c = r->c;
    uint16_t lemma = sl_qword(c, i)->adjective;
    struct sl_finding *f;
    struct complement b;
    struct opening o = {SL_FRAME_NP, false, -1};
    struct sl_range source;
    uint8_t grade;
    int g = sl_group_start(c, i);
    if (g == i || !sl_has(c, i - 1, SL_QC_BE | SL_QC_ADV | SL_QC_NEG)) {
        if (sl_tag(c, i - 1) != TAG_V) {
            return;
        }
        g = sl_group_start(c, i - 1);
    }
    b = behind(c, i);
    if (!b.found) {
        return;
    }
    grade = grade_of(lemma, b.frame);
    if (grade == 0 || grade > MAX_GRADE) {
        return;
    }
    source = sl_subject(c, g);
    if (source.to <= source.from) {
        source = sl_matrix_subject(c, g);
    }
    if (source.to <= source.from) {
        return;
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = trim(c, source);
    f->cue = (struct sl_range){g, i + 1};
    f->lemma = lemma;
    f->kind = sl_cues[lemma - 1].kind;
    f->frame = (uint8_t)b.frame;
    f->grade = grade;
    o.frame = b.frame;
    o.matrix_follows = matrix_follows(c, g, source);
    finish(r, f, b.at, o);
}

/* Trump: ... */
static void headline_colon(struct rules *r)
{
    struct sl_clause *c = r->c;
    int k = 0;
    struct sl_finding *f;
    struct opening o = {SL_FRAME_COLON, false, -1};
    while (k < c->n && k < 6 && (c->tok[k].flags & TOK_CAP || c->tok[k].tag == TAG_GEN) &&
           sl_in_np(c->tok[k].tag) && !sl_has(c, k, SL_QC_LABEL)) {
        k++;
    }
    if (k == 0 || k >= 6 || sl_tag(c, k) != TAG_COLON || k + 2 >= c->n) {
        return;
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = (struct sl_range){0, k};
    f->cue = (struct sl_range){k, k + 1};
    f->frame = SL_FRAME_COLON;
    f->grade = 2;
    f->open = true;
    finish(r, f, k + 1, o);
}

/* "..." - X, at the end of a line */
static void dash_name(struct rules *r)
{
    struct sl_clause *c = r->c;
    int e = c->n;
    int k;
    struct sl_finding *f;
    while (e > 0 && sl_tag(c, e - 1) == TAG_STOP) {
        e--;
    }
    k = e;
    while (k > 0 && e - k < 12 &&
           (sl_in_np(sl_tag(c, k - 1)) || sl_tag(c, k - 1) == TAG_COMMA ||
            sl_tag(c, k - 1) == TAG_PREP)) {
        k--;
    }
    if (k < 2 || k == e || sl_tag(c, k - 1) != TAG_DASH || sl_tag(c, k - 2) != TAG_QC ||
        !(c->tok[k].flags & TOK_CAP)) {
        return;
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = (struct sl_range){k, e};
    f->cue = (struct sl_range){k - 1, k};
    f->frame = SL_FRAME_COLON;
    f->grade = 2;
    put_part(r, f, (struct sl_range){open_of(c, k - 2) < 0 ? 0 : open_of(c, k - 2), k - 1});
    for (int i = k; i < e; i++) {
        c->tok[i].flags |= TOK_CUE_DONE;
    }
    if (f->n_part == 0) {
        r->out->n--;
    }
}

/* As X said, ...; ..., as X said */
static void as_clause(struct rules *r, int i)
{
    struct sl_clause *c = r->c;
    struct opening o = {SL_FRAME_BARE, false, -1};
    int e = sl_np_end(c, i + 1);
    int v = e;
    int after;
    struct sl_finding *f;
    bool first = i == 0 || (i == 1 && sl_tag(c, 0) == TAG_CONJ);
    if (e == i + 1 || e - i > 8) {
        return;
    }
    while (sl_tag(c, v) == TAG_AUX || sl_tag(c, v) == TAG_ADV) {
        v++;
    }
    if (!verb_cue(c, v) || !says(c, v) || sl_tag(c, v) == TAG_VG) {
        return;
    }
    after = sl_skip_adverbials(c, v + 1);
    if (first) {
        if (sl_tag(c, after) != TAG_COMMA && sl_tag(c, after) != TAG_COLON) {
            return;
        }
    } else if (sl_tag(c, i - 1) != TAG_COMMA ||
               !(is_end(c, after) || sl_tag(c, after) == TAG_COMMA)) {
        return;
    }
    f = add(r);
    if (f == NULL) {
        return;
    }
    f->source = (struct sl_range){i + 1, e};
    f->cue = (struct sl_range){e, v + 1};
    f->lemma = sl_qword(c, v)->verb;
    f->kind = sl_cues[f->lemma - 1].kind;
    f->frame = SL_FRAME_BARE;
    f->grade = 2;
    if (!first) {
        struct sl_range before;
        r->out->n--;
        before = content_before(r, i);
        r->out->n++;
        put_part(r, f, before);
    } else if (after + 1 < c->n) {
        put_part(r, f, (struct sl_range){after + 1, content_end(c, after + 1, &o)});
    } else {
        f->expects = true;
    }
    for (int k = i; k <= v; k++) {
        c->tok[k].flags |= TOK_CUE_DONE;
    }
    if (f->n_part == 0 && !f->expects) {
        r->out->n--;
    }
}

/* nested: finite verbs alone; an infinitive in a content is rarely held by anybody */
static void forward(struct rules *r, int from, int to, bool inside)
{
    struct sl_clause *c = r->c;
    for (int i = from; i < to; i++) {
        const struct sl_qtoken *t = &c->tok[i];
        if (t->flags & (TOK_INQ | TOK_CUE_DONE | TOK_COVERED)) {
            continue;
        }
        if (!(t->flags & (TOK_VERB_CUE | TOK_OTHER_CUE))) {
            continue;
        }
        if (verb_cue(c, i) && (!inside || t->tag == TAG_V || t->tag == TAG_VN)) {
            verb(r, i);
        } else if (t->tag == TAG_N && sl_qword(c, i)->noun != 0) {
            noun(r, i);
        } else if (sl_qword(c, i)->adjective != 0 && t->tag != TAG_PROP) {
            adjective(r, i);
        }
    }
}

/* officials said Huawei had denied it: what stands in an unquoted content, once more */
static void nested(struct rules *r)
{
    struct sl_clause *c = r->c;
    int n = c->n;
    int n_outer = r->out->n;
    for (int i = 0; i < n_outer; i++) {
        for (int p = 0; p < r->out->p[i].n_part; p++) {
            struct sl_range part = r->out->p[i].part[p];
            int before = r->out->n;
            if (part.to - part.from < 4) {
                continue;
            }
            for (int k = part.from; k < part.to; k++) {
                c->tok[k].flags &= (uint8_t)~TOK_COVERED;
            }
            c->n = part.to;
            forward(r, part.from, part.to, true);
            c->n = n;
            for (int k = before; k < r->out->n; k++) {
                r->out->p[k].outer = i + 1;
                r->out->p[k].open = r->out->p[k].expects = false;
            }
            while (r->out->n > before && r->out->p[r->out->n - 1].n_part == 0) {
                r->out->n--;
            }
        }
    }
}

void sl_rules_apply(struct sl_clause *c, const struct sl_quotations *q, struct sl_findings *out)
{
    struct rules r = {c, q, out};
    out->n = 0;
    headline_colon(&r);
    dash_name(&r);
    for (int i = 0; i < c->n; i++) {
        const struct sl_qtoken *t = &c->tok[i];
        int n;
        if (t->flags & (TOK_INQ | TOK_CUE_DONE | TOK_COVERED)) {
            continue;
        }
        if (i > 0 && verb_cue(c, i)) {
            postponed(&r, i);
        } else if ((t->flags & TOK_OTHER_CUE || t->tag == TAG_PREP) &&
                   (n = preposition_cue(c, i)) > 0) {
            according(&r, i, n);
        } else if ((t->tag == TAG_PREP || t->tag == TAG_SUB) && t->end - t->begin == 2 &&
                   (c->text[t->begin] | 0x20) == 'a') {
            as_clause(&r, i);
        }
    }
    forward(&r, 0, c->n, false);
    nested(&r);
}
