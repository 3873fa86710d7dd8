/* Verbs before what they attribute. */
#include "quote/complement.h"
#include "quote/content.h"
#include "quote/cues.h"
#include "quote/subject.h"

/* Whether the content names a claim and hardly says what it claims: "the charges as baseless". To deny
 * it is not to hold its opposite. */
static bool is_bare(const struct sl_clause *c, const struct sl_finding *f)
{
    enum { FEWEST = 5 };
    int n = 0;
    for (int p = 0; p < f->n_part; p++) {
        n += f->part[p].to - f->part[p].from;
    }
    return n < FEWEST && sl_tag(c, f->part[0].from) == TAG_DET;
}

/* Whether k is a participle for what is done to something that may be backed or fought: opposing, lifting. */
static bool takes_side(const struct sl_clause *c, int k)
{
    return sl_tag(c, k) == TAG_VG &&
           (sl_has(c, k, SL_QC_SUPPORT | SL_QC_UNSURE) || sl_is_spelled(c, k, "lifting") ||
            sl_is_spelled(c, k, "easing") || sl_is_spelled(c, k, "banning"));
}

/* (accused) X of opposing it, (attacked) X for backing it */
static bool blames_side(const struct sl_clause *c, struct sl_range content)
{
    enum { REACH = 8 };
    for (int k = content.from + 1; k + 1 < content.to && k - content.from < REACH; k++) {
        if (sl_is_word(c, k, "of") || sl_is_word(c, k, "for")) {
            return takes_side(c, k + 1);
        }
    }
    return false;
}

/* (withdrew) his support for it, (dropped) her opposition to it */
static bool gives_up_side(const struct sl_clause *c, struct sl_range content)
{
    int k = content.from;
    k += sl_tag(c, k) == TAG_POSS || sl_tag(c, k) == TAG_DET;
    k += sl_tag(c, k) == TAG_ADJ;
    return k + 2 < content.to && (sl_tag(c, k + 1) == TAG_PREP || sl_tag(c, k + 1) == TAG_TO) &&
           (sl_is_spelled(c, k, "support") || sl_is_spelled(c, k, "backing") ||
            sl_is_spelled(c, k, "endorsement") || sl_is_spelled(c, k, "opposition") ||
            sl_is_spelled(c, k, "objection") || sl_is_spelled(c, k, "objections"));
}

/* Whether the cue i, whose group begins at g, says no to a claim: to a clause, to a noun that claims
 * something (denied the charge that ...), or to a deed (refused to back). */
static bool denies(const struct sl_clause *c, int g, int i, const struct sl_finding *f)
{
    if (!sl_has(c, i, SL_QC_DENIAL | SL_QC_REFUSAL | SL_QC_BLAME | SL_QC_GIVING_UP) ||
        sl_says_no(c, g, i)) {
        return false;
    }
    if (sl_has(c, i, SL_QC_BLAME)) {
        return blames_side(c, f->part[0]);
    }
    if (sl_has(c, i, SL_QC_GIVING_UP)) {
        return gives_up_side(c, f->part[0]);
    }
    if (sl_has(c, i, SL_QC_REFUSAL)) {
        int k = f->part[0].from + 1;
        return f->frame == SL_FRAME_TO && sl_verb_cue(c, k) &&
               sl_cues[sl_qword(c, k)->verb - 1].kind == SL_CUE_DEED;
    }
    if (f->frame == SL_FRAME_THAT || f->frame == SL_FRAME_BARE) {
        return true;
    }
    if (takes_side(c, f->part[0].from)) {
        return true; /* denied opposing it */
    }
    for (int p = 0; p < f->n_part; p++) {
        for (int k = f->part[p].from; k < f->part[p].to && k - f->part[p].from < 8; k++) {
            if (sl_has(c, k, SL_QC_CLAIM)) {
                return !is_bare(c, f);
            }
        }
    }
    return false;
}

/* Welcomed by A and condemned by B: the passive whose subject the bare participle i shares, or NULL. */
static const struct sl_finding *joined_passive(const struct sl_rules *r, int g, int i)
{
    const struct sl_finding *last = r->out->n > 0 ? &r->out->p[r->out->n - 1] : NULL;
    return last != NULL && g == i && sl_tag(r->c, g - 1) == TAG_CONJ &&
                   last->frame == SL_FRAME_PASSIVE && last->source.to == g - 1
               ? last
               : NULL;
}

/* Whether the verb i, whose group begins at g, is passive: was told, (is) seen by X; not: said by telephone. */
static bool is_passive(const struct sl_clause *c, int g, int i)
{
    const int t = sl_tag(c, i);
    const unsigned form = sl_qword(c, i)->form;
    int k = i - 1;
    int end;
    if (t != TAG_V && t != TAG_VN) {
        return false;
    }
    if (sl_is_word(c, i + 1, "by") && (form & SL_FORM_PART || (form & SL_FORMS) == 0) &&
        !(g == i && sl_tag(c, i + 2) == TAG_N && sl_venue_phrase(c, i + 1, &end))) {
        return true;
    }
    if (t == TAG_V || g == i) {
        return t == TAG_VN;
    }
    while (k >= g && c->tok[k].tag != TAG_AUX) {
        k--;
    }
    return k >= g && sl_has(c, k, SL_QC_BE);
}

/* Finds the subject of the passive i, whose group begins at g; false where a content was found that holds it. */
static bool passive_subject(const struct sl_rules *r, int g, int i, struct sl_range *subject)
{
    const struct sl_clause *c = r->c;
    const struct sl_finding *joined = joined_passive(r, g, i);
    if (joined != NULL) {
        *subject = joined->part[0];
        return true;
    }
    *subject = sl_subject(c, g);
    if (subject->to <= subject->from && sl_tag(c, g - 1) == TAG_CONJ) {
        *subject = sl_matrix_subject(c, g);
    }
    return subject->to <= subject->from || !(c->tok[subject->from].flags & TOK_COVERED);
}

/* Whether the word at k opens what is said of the subject: to go, that ..., as a threat. */
static bool opens_content(const struct sl_clause *c, int k)
{
    const uint32_t tags = SL_TAG_BIT(TAG_TO) | SL_TAG_BIT(TAG_THAT) | SL_TAG_BIT(TAG_SUB);
    return sl_tag_in(c, k, tags) || sl_is_word(c, k, "as");
}

/* It was welcomed by X; X is expected to go; it was said that ... */
static void passive_cue(struct sl_rules *r, int g, int i)
{
    struct sl_clause *c = r->c;
    const uint16_t lemma = sl_qword(c, i)->verb;
    struct sl_range source = SL_NO_RANGE;
    struct sl_range subject;
    struct sl_opening o = {SL_FRAME_TO, false, -1, false};
    struct sl_finding *f;
    enum sl_complement frame = SL_FRAME_PASSIVE;
    uint8_t grade;
    int k = i + 1;
    while (sl_tag_in(c, k, SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_TIME))) {
        k++;
    }
    if (sl_is_word(c, k, "by")) {
        source = sl_source_right(c, k + 1);
        k = source.to > source.from ? source.to : k;
    }
    if (sl_tag(c, k) == TAG_TO) {
        frame = SL_FRAME_PTO;
    } else if (sl_tag(c, k) == TAG_THAT) {
        frame = SL_FRAME_PTHAT;
    }
    grade = sl_grade_of(lemma, frame);
    if (grade == 0 || grade > SL_MAX_GRADE ||
        (frame == SL_FRAME_PASSIVE && source.to <= source.from && grade > 2) ||
        !passive_subject(r, g, i, &subject) ||
        (frame == SL_FRAME_PASSIVE && subject.to <= subject.from) ||
        (sl_is_spelled(c, i, "seen") &&
         sl_has(c, subject.to - 1, SL_QC_VENUE))) { /* a letter seen by X */
        return;
    }
    f = sl_finding_begin(r, source, (struct sl_range){g, i + 1}, lemma, frame, grade);
    if (f == NULL) {
        return;
    }
    if (frame != SL_FRAME_PTHAT && subject.to > subject.from) {
        sl_put_part(r, f, subject);
    }
    if (opens_content(c, k)) {
        o.frame = frame == SL_FRAME_PTHAT ? SL_FRAME_THAT : SL_FRAME_TO;
        sl_put_part(r, f, (struct sl_range){k, sl_content_end(c, k, &o)});
    }
    if (f->n_part == 0) {
        r->out->n--;
    }
}

/* Whether the verb i, whose group begins at g, has a subject of its own: said, had said; not: to say. */
static bool has_subject(const struct sl_clause *c, int g, int i)
{
    const uint32_t behind_aux = SL_TAG_BIT(TAG_VN) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VB);
    return sl_tag(c, i) == TAG_V ||
           (g < i && sl_tag_in(c, i, behind_aux) && sl_tag(c, g) == TAG_AUX);
}

/* The verb whose object ends before "as" at p: it quoted | X as saying; -1: none. */
static int quoting(const struct sl_clause *c, int p)
{
    enum { MOST = 16 };
    static const char *const verbs[] = {"quoted", "quotes", "quoting", "cited", "cites", "citing"};
    for (int k = p - 1; k > 0 && p - k < MOST; k--) {
        if (sl_is_one_of(c, k, verbs, sizeof verbs / sizeof verbs[0])) {
            return sl_in_np(sl_tag(c, k + 1)) ? k : -1;
        }
        if (sl_finite(sl_tag(c, k))) {
            break;
        }
    }
    return -1;
}

/* Whether the verb at i only tells whom somebody quotes: it quoted X as saying. */
static bool only_quotes(const struct sl_clause *c, int i)
{
    enum { MOST = 16 };
    const char first = (char)(c->text[c->tok[i].begin] | 0x20);
    for (int k = i + 1; (first == 'q' || first == 'c') && k - i < MOST &&
                        !sl_finite(sl_tag(c, k)) && sl_tag(c, k) != TAG_STOP;
         k++) {
        if (sl_is_spelled(c, k, "as") && sl_tag(c, k + 1) == TAG_VG) {
            return quoting(c, k) == i;
        }
    }
    return false;
}

/* Who does what a verb i without a subject of its own says; its group begins at g: X wants to say. *cue_from:
 * where the cue begins; *matrix_follows: as in sl_opening. */
static struct sl_range distant_subject(const struct sl_rules *r, int g, int i, int *cue_from,
                                       bool *matrix_follows)
{
    const struct sl_clause *c = r->c;
    const int p = g - 1;
    struct sl_range source;
    if (sl_tag(c, i) == TAG_VG && sl_tag(c, p) == TAG_COMMA) { /* said X, a minister, adding */
        for (int k = 0; k < r->out->n; k++) {
            if (r->out->p[k].source.to == p && r->out->p[k].cue.to <= r->out->p[k].source.from) {
                return r->out->p[k].source;
            }
        }
    }
    if (sl_tag(c, i) == TAG_VG && sl_is_spelled(c, p, "as")) { /* quoted X as saying */
        const int q = quoting(c, p);
        if (q >= 0) {
            return sl_trim(c, (struct sl_range){q + 1, p});
        }
    }
    if (sl_tag(c, p) == TAG_TO) {
        *cue_from = p;
        return sl_matrix_subject(c, p);
    }
    if (sl_tag(c, i) == TAG_VG && sl_tag_in(c, p, SL_TAG_BIT(TAG_N) | SL_TAG_BIT(TAG_PROP))) {
        return (struct sl_range){sl_np_start(c, p), p + 1}; /* emails showing */
    }
    source = sl_matrix_subject(c, g);
    if (source.to > source.from) {
        return source;
    }
    *matrix_follows = true; /* Declaring that ..., he left */
    if (sl_tag(c, p) == TAG_COMMA && sl_tag_in(c, p - 1, SL_TAGS_NOMINAL | SL_TAG_BIT(TAG_RP))) {
        return (struct sl_range){sl_np_start(c, p - 1), p}; /* The paper, citing ..., reported */
    }
    return source;
}

/* Declaring that ..., he left: the source is the subject behind the content. */
static void name_late_source(const struct sl_clause *c, struct sl_finding *f)
{
    const int k = f->part[f->n_part - 1].to;
    int e;
    int next;
    if (sl_tag(c, k) != TAG_COMMA || !sl_in_np(sl_tag(c, k + 1))) {
        return;
    }
    e = sl_np_end(c, k + 1);
    while (sl_tag(c, e) == TAG_PREP && (next = sl_np_end(c, e + 1)) > e + 1) {
        e = next;
    }
    f->source = (struct sl_range){k + 1, e};
}

/* X seems to have left: what seems to be so is said by nobody, and its subject is content. */
static void raising_cue(struct sl_rules *r, struct sl_range subject, struct sl_range cue,
                        struct sl_behind b, struct sl_opening o)
{
    const uint16_t lemma = sl_qword(r->c, cue.to - 1)->verb;
    struct sl_finding *f =
        sl_finding_begin(r, SL_NO_RANGE, cue, lemma, b.frame, sl_grade_of(lemma, b.frame));
    if (f != NULL) {
        sl_put_part(r, f, subject);
        sl_put_content(r, f, b.at, &o);
    }
}

/* In a statement | released on Friday, X said: a participle, of what X said it in. */
static bool is_venue(const struct sl_clause *c, struct sl_range source)
{
    return sl_has(c, source.to - 1, SL_QC_VENUE) && sl_tag(c, source.from - 1) == TAG_PREP &&
           (source.from == 1 || sl_tag(c, source.from - 2) >= TAG_COMMA);
}

/* Said X, "...": whether the first word tells so. */
static bool said_first(struct sl_rules *r, uint16_t lemma)
{
    struct sl_clause *c = r->c;
    const uint8_t grade = sl_grade_of(lemma, SL_FRAME_QUOTE);
    const struct sl_range source = sl_source_right(c, 1);
    struct sl_opening o = {SL_FRAME_QUOTE, false, -1, false};
    struct sl_finding *f;
    int k = source.to;
    k += sl_tag_in(c, k, SL_TAG_BIT(TAG_COMMA) | SL_TAG_BIT(TAG_COLON));
    if (grade == 0 || grade > 2 || source.to <= source.from || !sl_in_np(sl_tag(c, 1)) ||
        sl_tag(c, 1) == TAG_PRON || sl_tag(c, k) != TAG_QO) {
        return false;
    }
    f = sl_finding_begin(r, source, (struct sl_range){0, 1}, lemma, SL_FRAME_QUOTE, grade);
    if (f == NULL) {
        return false;
    }
    f->open = true;
    return sl_put_content(r, f, k, &o);
}

/* The order, | which critics said | was unlawful: the relative clause without the cue i, whose group begins at g. */
static void inside_relative(struct sl_rules *r, int g, int i)
{
    struct sl_clause *c = r->c;
    const uint16_t lemma = sl_qword(c, i)->verb;
    const uint8_t grade = sl_grade_of(lemma, SL_FRAME_BARE);
    const struct sl_range source = sl_subject(c, g);
    const int w = source.from - 1;
    struct sl_opening o = {SL_FRAME_BARE, false, -1, false};
    struct sl_finding *f;
    int end;
    if (grade == 0 || grade > 2 || source.to <= source.from || !sl_finite(sl_tag(c, i + 1)) ||
        sl_tag(c, i) != TAG_V || !sl_tag_in(c, w, SL_TAG_BIT(TAG_WH) | SL_TAG_BIT(TAG_THAT)) ||
        !(sl_tag(c, w - 1) == TAG_COMMA || sl_nominal(sl_tag(c, w - 1)))) {
        return;
    }
    f = sl_finding_begin(r, source, (struct sl_range){g, i + 1}, lemma, SL_FRAME_BARE, grade);
    if (f == NULL) {
        return;
    }
    end = sl_content_end(c, i + 1, &o);
    for (int k = i + 2; k < end && sl_tag(c, w - 1) == TAG_COMMA; k++) {
        end = c->tok[k].tag == TAG_COMMA ? k : end;
    }
    sl_put_part(r, f, (struct sl_range){w, w + 1});
    sl_put_part(r, f, (struct sl_range){i + 1, end});
}

/* Whether the cue i seldom attributes with such a grade, and tells no side: as an -ing or infinitive (to sound, making),
 * or without a source, three times of four it does not. */
static bool is_weak(const struct sl_clause *c, int i, uint16_t lemma, uint8_t grade)
{
    enum { SELDOM = 3 };
    return grade >= SELDOM && sl_cues[lemma - 1].kind != SL_CUE_DEED &&
           !sl_has(c, i,
                   SL_QC_SUPPORT | SL_QC_UNSURE | SL_QC_DEMAND | SL_QC_DENIAL | SL_QC_REFUSAL |
                       SL_QC_BLAME | SL_QC_GIVING_UP);
}

void sl_verb_cue_at(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    const int g = sl_group_start(c, i);
    const uint16_t lemma = sl_qword(c, i)->verb;
    const uint32_t real = UINT32_C(1) << SL_FRAME_AT | UINT32_C(1) << SL_FRAME_FOR |
                          UINT32_C(1) << SL_FRAME_INTO; /* looked into it */
    struct sl_opening o = {SL_FRAME_NP, false, -1, false};
    struct sl_range source;
    struct sl_behind b;
    struct sl_finding *f;
    int cue_from = g;
    uint8_t grade;
    bool late;
    if (i == 0 && said_first(r, lemma)) {
        return;
    }
    if (is_passive(c, g, i)) {
        passive_cue(r, g, i);
        return;
    }
    if (only_quotes(c, i)) {
        return;
    }
    b = sl_behind(c, i);
    grade = b.found ? sl_grade_of(lemma, b.frame) : 0;
    if (grade == 0 || grade > SL_MAX_GRADE) {
        if (!b.found) {
            inside_relative(r, g, i);
        }
        return;
    }
    if (has_subject(c, g, i)) {
        source = sl_subject(c, g);
        if (source.to <= source.from) {
            source = sl_matrix_subject(c, g);
        } else if (sl_is_gerund_object(c, source.from) || is_venue(c, source)) {
            return; /* nobody does it */
        }
    } else {
        source = distant_subject(r, g, i, &cue_from, &o.matrix_follows);
    }
    if (sl_tag(c, source.to) == TAG_COMMA && source.to > source.from) {
        source = sl_trim(c, source);
    }
    o.frame = b.frame;
    if (sl_has(c, i, SL_QC_RAISING) && !(real >> b.frame & 1)) {
        raising_cue(r, source, (struct sl_range){g, i + 1}, b, o);
        return;
    }
    o.relative = source.to == source.from + 1 && sl_tag(c, source.from) == TAG_WH;
    o.matrix_follows = o.matrix_follows || sl_matrix_follows(c, g, source);
    if (is_weak(c, i, lemma, grade) &&
        (source.to <= source.from || sl_tag(c, i) == TAG_VG || sl_tag(c, cue_from) == TAG_TO)) {
        return;
    }
    f = sl_finding_begin(r, source, (struct sl_range){cue_from, i + 1}, lemma, b.frame, grade);
    if (f == NULL) {
        return;
    }
    f->expects = b.expects;
    if (b.expects) {
        return;
    }
    f->open = b.frame == SL_FRAME_QUOTE;
    late = o.matrix_follows && source.to <= source.from;
    if (!sl_put_content(r, f, b.at, &o)) {
        return;
    }
    f->negated = sl_has(c, i, SL_QC_SUPPORT) && sl_noun_frame(f->frame) && sl_says_no(c, g, i);
    f->denies = f->negated || denies(c, g, i, f);
    if (late) {
        name_late_source(c, f);
    }
}
