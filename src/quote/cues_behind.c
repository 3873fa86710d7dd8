/* Cues behind what they attribute. */
#include "quote/complement.h"
#include "quote/content.h"
#include "quote/cues.h"
#include "quote/subject.h"

enum {
    FIRST_VERB = 24
}; /* tokens before the verb that goes with a quotation before the sentence */

/* The content before token `end`, for a cue behind it: from the start of the sentence, or from what
 * an earlier finding left. */
static struct sl_range content_before(const struct sl_rules *r, int end)
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
    if (sl_has_mark(c, SL_TAG_BIT(TAG_SEMI))) {
        int k = end;
        while (k > from && sl_tag(c, k - 1) != TAG_SEMI) {
            k--;
        }
        from = k;
    }
    return sl_trim(c, (struct sl_range){from, end});
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

/* Whether r, which begins with a preposition or an -ing, is a clause all the same: excluding it would help;
 * not: speaking to those who asked */
static bool is_clause(const struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from; k < r.to; k++) {
        const int t = c->tok[k].tag;
        if (sl_finite(t)) {
            return true;
        }
        if (t == TAG_WH || t == TAG_THAT || t == TAG_SUB ||
            (k == r.from && sl_has(c, k, SL_QC_SUB))) {
            return false;
        }
    }
    return false;
}

/* Whether a clause follows a comma in r: if it fails, | we can step in */
static bool has_matrix(const struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from + 1; k < r.to; k++) {
        if (c->tok[k].tag == TAG_COMMA && sl_in_np(sl_tag(c, k + 1))) {
            const int e = sl_np_end(c, k + 1);
            if (e < r.to && sl_finite(sl_tag(c, e))) {
                return true;
            }
        }
    }
    return false;
}

/* What follows a postponed cue: ", "B" goes on with the quotation; and the rest of a clause. */
static void content_behind(struct sl_rules *r, struct sl_finding *f, int k, bool quoted)
{
    struct sl_clause *c = r->c;
    struct sl_opening o = {SL_FRAME_BARE, false, -1, false};
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
            if (sl_verb_cue(c, m) && sl_says(c, m)) {
                return;
            }
            m++;
        }
        if (m >= c->n || c->tok[m].tag != TAG_QO) {
            return;
        }
        if (sl_tag(c, m - 1) == TAG_COMMA || sl_tag(c, m - 1) == TAG_COLON ||
            sl_tag(c, m - 1) == TAG_STOP || sl_tag(c, m - 1) == TAG_DASH) {
            int close = sl_close_of(c, m);
            sl_put_part(r, f, (struct sl_range){m, close < 0 ? c->n : close + 1});
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
        sl_put_part(r, f, (struct sl_range){m + 1, sl_content_end(c, m + 1, &o)});
    }
}

void sl_cue_after_quotation(struct sl_rules *r)
{
    struct sl_clause *c = r->c;
    struct sl_behind b;
    struct sl_range source;
    struct sl_finding *f;
    int i = 0;
    int g;
    while (i < c->n && i < FIRST_VERB && !sl_verb_cue(c, i)) {
        if (c->tok[i].tag >= TAG_COLON && c->tok[i].tag != TAG_LP && c->tok[i].tag != TAG_RP) {
            return;
        }
        i++;
    }
    if (i == 0 || i >= c->n || i >= FIRST_VERB || !sl_says(c, i) || sl_tag(c, i) == TAG_VG ||
        sl_tag(c, i) == TAG_VB) {
        return;
    }
    g = sl_group_start(c, i);
    source = sl_subject(c, g);
    if (source.to <= source.from || source.from > 0) {
        return;
    }
    b = sl_behind(c, i);
    if (b.found &&
        (b.frame == SL_FRAME_THAT || b.frame == SL_FRAME_BARE || b.frame == SL_FRAME_QUOTE ||
         b.frame == SL_FRAME_WH || b.frame == SL_FRAME_NP || b.frame == SL_FRAME_NPTO)) {
        return; /* it says something of its own */
    }
    f = sl_finding_begin(r, sl_trim(c, source), (struct sl_range){g, i + 1}, sl_qword(c, i)->verb,
                         SL_FRAME_QUOTE, sl_grade_of(sl_qword(c, i)->verb, SL_FRAME_QUOTE));
    if (f == NULL) {
        return;
    }
    f->prior = f->open = true;
    for (int k = 0; k <= i; k++) {
        c->tok[k].flags |= TOK_CUE_DONE;
    }
    content_behind(r, f, i + 1, true);
}

/* Whether a quotation that ends at close is speech, not a word in marks. */
static bool speech_ends(const struct sl_clause *c, int close, int after)
{
    int last = sl_tag(c, close - 1);
    int open;
    if (sl_byname(c, close) >= 0) {
        return false;
    }
    if (last == TAG_COMMA || last == TAG_STOP || last == TAG_DASH || (last == TAG_OTHER)) {
        return true;
    }
    if (after > close + 1) {
        return true; /* a comma behind the mark */
    }
    open = sl_open_of(c, close);
    return open <= 0;
}

/* Whether behind the comma at k the clause goes on that the cue parted: the ban, said X, "is a farce" */
static bool goes_on(const struct sl_clause *c, int k)
{
    return sl_tag(c, k) == TAG_COMMA && (sl_tag(c, k + 1) == TAG_QO || sl_finite(sl_tag(c, k + 1)));
}

/* Told X: X is who hears it. */
static bool wants_hearer(const struct sl_clause *c, int i)
{
    static const char *const words[] = {"told",     "tells",   "informed",
                                        "reminded", "assured", "convinced"};
    return sl_is_word_of(c, i, words, sizeof words / sizeof words[0]);
}

/* Marks that part a cue from what it attributes before it. */
static const uint32_t parting_marks =
    SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_DASH);

/* Whether the verb at i may have what it attributes before it: speech behind it, or what ends the clause, or a
 * quotation that stands in it. */
static bool can_be_postponed(const struct sl_clause *c, int i)
{
    const uint32_t marks =
        SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_QC) | SL_TAG_BIT(TAG_STOP) | SL_TAG_BIT(TAG_DASH);
    const uint32_t ends =
        SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DASH) | SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_STOP);
    const uint32_t adverbials = SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_DET) |
                                SL_TAG_BIT(TAG_NUM) | SL_TAG_BIT(TAG_PREP) | SL_TAG_BIT(TAG_TIME);
    if (sl_tag_in(c, i, SL_TAG_BIT(TAG_VB) | SL_TAG_BIT(TAG_VG))) {
        return false;
    }
    return sl_tag_in(c, i + 1, ends | adverbials) ||
           sl_tag_in(c, i - 1, marks | SL_TAG_BIT(TAG_ADV)) || sl_has_mark(c, SL_TAG_BIT(TAG_QC)) ||
           sl_has(c, i, SL_QC_HEARER);
}

/* Whether the cue i ends its clause, with adverbs and who hears it: ..., X told reporters. *m: its last mark;
 * *after: behind who hears it. */
static bool ends_clause(const struct sl_clause *c, int i, int *m, int *after)
{
    const uint32_t ends =
        SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_DASH) | SL_TAG_BIT(TAG_SEMI) | SL_TAG_BIT(TAG_STOP);
    *after = i + 1;
    *m = sl_skip_adverbials(c, *after);
    if (sl_has(c, i, SL_QC_HEARER)) {
        *after = sl_np_end(c, *m);
        *m = sl_skip_adverbials(c, *after);
    }
    if (sl_is_word(c, *m, "in") && sl_tag(c, *m + 1) == TAG_VG) {
        int k = *m + 2; /* said in asking for it */
        while (!sl_is_end(c, k) && !sl_finite(sl_tag(c, k)) && sl_tag(c, k) != TAG_QO) {
            k++;
        }
        *m = sl_is_end(c, k) ? k : *m;
    }
    return sl_tag_in(c, *m, ends) && sl_tag(c, *m + 1) != TAG_QO;
}

/* Whether what stands before a cue without quotation marks is what it says; the clause ends at m. */
static bool is_told(const struct sl_clause *c, struct sl_range before, int m)
{
    const uint32_t dependent = SL_TAG_BIT(TAG_SUB) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_PREP);
    if (sl_tag_in(c, before.from, dependent) && sl_is_end(c, m) && !is_clause(c, before) &&
        !has_matrix(c, before)) {
        return false;
    }
    return sl_tag(c, before.from) == TAG_SUB || sl_tag(c, m) == TAG_COMMA || has_verb(c, before);
}

/* Whether "the ban is a farce, said X" stands without marks: X is source, g where the verb group begins. */
static bool is_said_by(const struct sl_rules *r, int g, struct sl_range source)
{
    const struct sl_clause *c = r->c;
    const uint32_t first = SL_TAG_BIT(TAG_PROP) | SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_N) |
                           SL_TAG_BIT(TAG_PRON) | SL_TAG_BIT(TAG_POSS);
    const uint32_t behind = SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_PREP);
    const bool end = sl_is_end(c, source.to);
    return sl_tag(c, g - 1) == TAG_COMMA && sl_tag_in(c, source.from, first) &&
           (end || sl_tag_in(c, source.to, behind)) &&
           (has_verb(c, content_before(r, g - 1)) || goes_on(c, source.to)) &&
           (sl_subject(c, g).to == 0 || (sl_tag(c, source.from) == TAG_PROP && end));
}

/* Whether the word nearly always attributes a quotation, or a clause and no object. */
static bool surely_says(uint16_t lemma)
{
    const uint8_t bare = sl_grade_of(lemma, SL_FRAME_BARE);
    return sl_grade_of(lemma, SL_FRAME_QUOTE) == 1 ||
           (sl_grade_of(lemma, SL_FRAME_THAT) == 1 && bare != 0 && bare <= 2 &&
            sl_grade_of(lemma, SL_FRAME_NP) != 1);
}

/* "...," said X: the source behind the cue i, whose group begins at g; empty: none. */
static struct sl_range source_behind(const struct sl_rules *r, int g, int i, uint8_t grade)
{
    const struct sl_clause *c = r->c;
    const int e = g - 1;
    struct sl_range source;
    int close;
    if (!sl_tag_in(c, e, parting_marks | SL_TAG_BIT(TAG_STOP)) ||
        !(g == i || (sl_tag(c, g) == TAG_ADV && g + 1 == i)) || wants_hearer(c, i)) {
        return SL_NO_RANGE;
    }
    source = sl_source_right(c, sl_skip_adverbials(c, i + 1));
    if (source.to <= source.from || (sl_tag(c, source.from) == TAG_POSS && grade != 1)) {
        return SL_NO_RANGE;
    }
    close = sl_tag(c, e) == TAG_COMMA ? e - 1 : e;
    if (sl_tag(c, close) == TAG_QC) {
        if (sl_byname(c, close) >= 0) {
            return SL_NO_RANGE;
        }
        return grade <= 2 || sl_open_of(c, close) <= 0 ? source : SL_NO_RANGE;
    }
    return surely_says(sl_qword(c, i)->verb) &&
                   sl_qword(c, i)->form & (SL_FORM_PAST | SL_FORM_THIRD) && is_said_by(r, g, source)
               ? source
               : SL_NO_RANGE;
}

/* The mark before the source that begins at from, if it parts it from what it says; else -1. */
static int mark_before(const struct sl_clause *c, int from)
{
    const int k =
        sl_tag(c, from - 1) == TAG_CONJ && sl_tag(c, from - 2) == TAG_QC ? from - 2 : from - 1;
    return sl_tag_in(c, k, parting_marks) ? k : -1;
}

/* Whether the quotation that opens at `open` is what something is called: "Law and Life". */
static bool is_title(const struct sl_clause *c, int open)
{
    enum { MOST = 7 };
    const int close = sl_close_of(c, open);
    if (sl_tag(c, open) != TAG_QO || close < 0 || close - open > MOST) {
        return false;
    }
    for (int k = open + 1; k < close; k++) {
        if (!(c->tok[k].flags & TOK_CAP) &&
            !sl_tag_in(c, k,
                       SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_DET) | SL_TAG_BIT(TAG_PREP) |
                           SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_OTHER))) {
            return false;
        }
    }
    return true;
}

/* Whether the cue i opens a content of its own: the quotation before belongs to another. */
static bool says_more(const struct sl_clause *c, int i)
{
    const struct sl_behind b = sl_behind(c, i);
    if (b.found && b.frame == SL_FRAME_THAT && sl_has(c, b.at - 1, SL_QC_VENUE)) {
        return false; /* "...," said X in a letter that the ministry published */
    }
    if (b.found && sl_has(c, i, SL_QC_HEARER) &&
        ((b.frame == SL_FRAME_BARE && b.at == sl_skip_adverbials(c, i + 1)) ||
         (b.frame == SL_FRAME_QUOTE && is_title(c, b.at)))) {
        return false; /* "...," X told Telvia TV in a film posted on Friday; told "Law & Life" */
    }
    return b.found && (b.frame == SL_FRAME_THAT || b.frame == SL_FRAME_BARE ||
                       (b.frame == SL_FRAME_QUOTE && sl_tag(c, b.at - 1) != TAG_COMMA));
}

/* The content that ends with the quotation that closes at close, of what no earlier finding has. */
static struct sl_range quoted_before(const struct sl_clause *c, struct sl_range before, int close)
{
    const int open = sl_open_of(c, close);
    before.to = close + 1;
    if (open < 0) {
        before.from = 0;
    }
    /* words before the mark: part of the clause, unless a cue or a colon parts them */
    for (int k = open - 1; k >= before.from; k--) {
        if (c->tok[k].tag == TAG_COLON ||
            (sl_verb_cue(c, k) && sl_says(c, k) && sl_tag(c, open - 1) == TAG_COMMA)) {
            before.from = open;
            break;
        }
    }
    return before;
}

static void set_done(struct sl_clause *c, struct sl_range r)
{
    for (int k = r.from; k < r.to; k++) {
        c->tok[k].flags |= TOK_CUE_DONE;
    }
}

void sl_postponed_cue(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    uint8_t grade;
    struct sl_range source;
    struct sl_range before;
    struct sl_finding *f;
    bool inverted;
    bool ends = true;
    bool quoted;
    int after = i + 1;
    int m = after;
    int g;
    int mark;
    int close;
    if (!can_be_postponed(c, i)) {
        return;
    }
    grade = sl_grade_of(sl_qword(c, i)->verb, SL_FRAME_QUOTE);
    if (grade == 0 || grade > SL_MAX_GRADE) {
        return;
    }
    g = sl_group_start(c, i);
    source = source_behind(r, g, i, grade);
    inverted = source.to > source.from;
    if (!inverted) {
        ends = ends_clause(c, i, &m, &after);
        if (!ends && !sl_has_mark(c, SL_TAG_BIT(TAG_QC))) {
            return;
        }
        source = sl_subject(c, g);
    }
    mark = inverted ? g - 1 : source.to > source.from ? mark_before(c, source.from) : -1;
    if (!sl_tag_in(c, mark, parting_marks)) {
        return;
    }
    close = sl_tag(c, mark) == TAG_QC ? mark : mark - 1;
    quoted = sl_tag(c, close) == TAG_QC && speech_ends(c, close, mark + 1);
    if (!quoted && close == mark) {
        return;
    }
    before = content_before(r, mark);
    if (!inverted && (quoted ? says_more(c, i) : !ends || !is_told(c, before, m))) {
        return;
    }
    f = sl_finding_begin(r, sl_trim(c, source), (struct sl_range){g, i + 1}, sl_qword(c, i)->verb,
                         SL_FRAME_QUOTE, grade);
    if (f == NULL) {
        return;
    }
    sl_put_part(r, f, quoted ? quoted_before(c, before, close) : before);
    f->open = quoted;
    set_done(c, f->source);
    set_done(c, f->cue);
    content_behind(r, f, inverted ? source.to : quoted ? i + 1 : after, quoted);
}

int sl_preposition_cue(const struct sl_clause *c, int i)
{
    static const char *const in_words[] = {"in", "the", "words", "of"};
    int k = 0;
    if (sl_has(c, i, SL_QC_OPENER)) {
        return sl_has(c, i + 1, SL_QC_TO) ? 2 : 0; /* "according" */
    }
    if (!sl_has(c, i + 2, SL_QC_OPENER) || sl_tag(c, i) != TAG_PREP) {
        return 0;
    }
    while (k < 4 && sl_is_word(c, i + k, in_words[k])) {
        k++;
    }
    return k == 4 ? 4 : 0;
}

/* according to X; in the words of X. The cue has n tokens. */
void sl_according(struct sl_rules *r, int i, int n)
{
    struct sl_clause *c = r->c;
    int cue_to = i + n;
    struct sl_range source = sl_source_right(c, cue_to);
    struct sl_finding *f;
    struct sl_opening o = {SL_FRAME_BARE, false, -1, false};
    if (source.to <= source.from || sl_tag(c, i - 1) == TAG_THAT) {
        return;
    }
    f = sl_finding_begin(r, source, (struct sl_range){i, cue_to}, 0, SL_FRAME_BARE, 1);
    if (f == NULL) {
        return;
    }
    if (i <= 1 || sl_tag(c, i - 1) == TAG_CONJ || sl_tag(c, i - 1) == TAG_STOP ||
        (i == 2 && sl_tag(c, 1) == TAG_COMMA &&
         sl_tag_in(c, 0, SL_TAG_BIT(TAG_CONJ) | SL_TAG_BIT(TAG_ADV)))) { /* But, according to X, */
        int k = source.from;
        int e;
        while (k < c->n && c->tok[k].tag != TAG_COMMA) {
            k++;
        }
        if (k >= c->n) {
            r->out->n--;
            return;
        }
        f->source.to = sl_names_end(c, k, false);
        e = sl_np_end(c, k + 1);
        if (f->source.to == k && e > k + 1 && sl_tag(c, e) == TAG_COMMA &&
            sl_in_np(sl_tag(c, e + 1))) {
            f->source.to = e; /* the bank, a lender, */
        }
        sl_put_part(r, f, (struct sl_range){f->source.to, sl_content_end(c, f->source.to + 1, &o)});
    } else {
        struct sl_range before;
        r->out->n--;
        before = content_before(r, i);
        r->out->n++;
        sl_put_part(r, f, before);
        if (sl_tag(c, source.to) == TAG_COMMA && !sl_is_end(c, source.to + 1) &&
            sl_tag(c, i - 1) == TAG_COMMA && sl_tag(c, source.to + 1) != TAG_VG &&
            sl_tag(c, source.to + 1) != TAG_WH && sl_tag(c, source.to + 1) != TAG_CONJ) {
            sl_put_part(r, f,
                        (struct sl_range){source.to + 1, sl_content_end(c, source.to + 1, &o)});
        }
    }
    sl_cover(c, f->source);
    if (f->n_part == 0) {
        r->out->n--;
    } else {
        c->tok[i].flags |= TOK_CUE_DONE;
    }
}

void sl_in_view(struct sl_rules *r, int i)
{
    enum { MOST = 8 };
    static const char *const views[] = {"view", "opinion",  "words",
                                        "eyes", "judgment", "judgement"};
    struct sl_clause *c = r->c;
    struct sl_opening o = {SL_FRAME_BARE, false, -1, false};
    struct sl_finding *f;
    struct sl_range content;
    const bool first = sl_tag(c, i - 1) != TAG_COMMA;
    int k = i + 1;
    if (sl_tag(c, k) != TAG_POSS) {
        while (k - i < MOST && sl_in_np(sl_tag(c, k)) && sl_tag(c, k) != TAG_GEN) {
            k++;
        }
    }
    if (!sl_tag_in(c, k, SL_TAG_BIT(TAG_POSS) | SL_TAG_BIT(TAG_GEN)) ||
        (k == i + 1) != (sl_tag(c, k) == TAG_POSS) ||
        !sl_is_one_of(c, k + 1, views, sizeof views / sizeof views[0]) ||
        !(first ? sl_tag(c, k + 2) == TAG_COMMA
                : sl_is_end(c, k + 2) || sl_tag(c, k + 2) == TAG_COMMA)) {
        return;
    }
    content =
        first ? (struct sl_range){k + 3, sl_content_end(c, k + 3, &o)} : content_before(r, i - 1);
    f = sl_finding_begin(r, (struct sl_range){i + 1, k + 1}, (struct sl_range){i, k + 2}, 0,
                         SL_FRAME_BARE, 2);
    if (f == NULL) {
        return;
    }
    sl_put_part(r, f, content);
    if (!first && sl_tag(c, k + 2) == TAG_COMMA && sl_finite(sl_tag(c, k + 3))) {
        sl_put_part(r, f, (struct sl_range){k + 3, sl_content_end(c, k + 3, &o)});
    }
    r->out->n -= f->n_part == 0;
}

void sl_as_clause(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    struct sl_opening o = {SL_FRAME_BARE, false, -1, false};
    int e = sl_np_end(c, i + 1);
    int v = e;
    int after;
    struct sl_finding *f;
    bool first = i == 0 || (i == 1 && sl_tag(c, 0) == TAG_CONJ) ||
                 /* If, as X says, ... */
                 (i == 2 && sl_tag(c, 1) == TAG_COMMA && c->tok[0].tag >= TAG_CONJ &&
                  c->tok[0].tag <= TAG_ADV);
    if (e == i + 1 || e - i > 8) {
        return;
    }
    while (sl_tag(c, v) == TAG_AUX || sl_tag(c, v) == TAG_ADV) {
        v++;
    }
    if (!sl_verb_cue(c, v) || !sl_says(c, v) || sl_tag(c, v) == TAG_VG) {
        return;
    }
    after = sl_skip_adverbials(c, v + 1);
    if (first) {
        if (sl_tag(c, after) != TAG_COMMA && sl_tag(c, after) != TAG_COLON) {
            return;
        }
    } else if (sl_tag(c, i - 1) != TAG_COMMA ||
               !(sl_is_end(c, after) || sl_tag(c, after) == TAG_COMMA)) {
        return;
    }
    f = sl_finding_begin(r, (struct sl_range){i + 1, e}, (struct sl_range){e, v + 1},
                         sl_qword(c, v)->verb, SL_FRAME_BARE, 2);
    if (f == NULL) {
        return;
    }
    if (!first) {
        struct sl_range before;
        r->out->n--;
        before = content_before(r, i);
        r->out->n++;
        sl_put_part(r, f, before);
    } else if (after + 1 < c->n) {
        sl_put_part(r, f, (struct sl_range){after + 1, sl_content_end(c, after + 1, &o)});
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
