/* Nouns and adjectives before what they attribute. */
#include "quote/complement.h"
#include "quote/content.h"
#include "quote/cues.h"
#include "quote/subject.h"

/* A noun that may be a cue, while it is looked at. */
struct noun_cue {
    struct sl_range source;
    int begin;   /* of the cue: of its phrase, or of the verb whose object it is */
    int opening; /* what opens its content: that, to, a colon, a preposition, is */
    int at;      /* its content */
    enum sl_complement frame;
};

/* Before the adjectives and nouns that belong to the noun at i. */
static int before_noun(const struct sl_clause *c, int i)
{
    const uint32_t inside = SL_TAG_BIT(TAG_ADJ) | SL_TAG_BIT(TAG_ADV) | SL_TAG_BIT(TAG_N);
    int p = i - 1;
    while (sl_tag_in(c, p, inside)) {
        p--;
    }
    return p;
}

/* Whose the phrase is before whose words p stands: X's view, her view. */
static struct sl_range owner_at(const struct sl_clause *c, int p)
{
    if (sl_tag(c, p) == TAG_GEN && p > 0) {
        return (struct sl_range){sl_np_start(c, p - 1), p + 1};
    }
    return sl_tag(c, p) == TAG_POSS ? (struct sl_range){p, p + 1} : SL_NO_RANGE;
}

/* A call | by X for it: the noun phrase behind "by" at k. */
static struct sl_range author_at(const struct sl_clause *c, int k)
{
    struct sl_range source = sl_source_right(c, k + 1);
    const int end = source.to > source.from ? sl_np_end(c, k + 1) : source.to;
    source.to = end < source.to ? end : source.to;
    return source;
}

/* Finds the frame that cue->opening opens, and where the content begins; false: it opens none. */
static bool find_frame(const struct sl_clause *c, struct noun_cue *cue)
{
    const int k = cue->opening;
    cue->at = k + 1;
    switch (sl_tag(c, k)) {
    case TAG_THAT:
        cue->frame = SL_FRAME_THAT;
        cue->at = k;
        return true;
    case TAG_TO:
        cue->frame = SL_FRAME_TO;
        cue->at = k;
        return true;
    case TAG_COLON:
        cue->frame = SL_FRAME_COLON;
        return true;
    case TAG_PREP:
        cue->frame = sl_preposition_frame(c, k);
        return cue->frame != SL_N_FRAME && cue->frame != SL_FRAME_FROM;
    case TAG_AUX: /* Clinton's view is that */
        cue->frame = SL_FRAME_THAT;
        return sl_tag(c, k + 1) == TAG_THAT && sl_has(c, k, SL_QC_BE);
    default:
        return false;
    }
}

/* 0: the noun, number + 1, is no cue there. */
static uint8_t grade_of_noun(const struct sl_clause *c, const struct noun_cue *cue, uint16_t lemma)
{
    const uint8_t grade = sl_grade_of(lemma, cue->frame);
    if (grade == 0 && sl_tag(c, cue->opening) == TAG_AUX && cue->source.to > cue->source.from) {
        return 2; /* her argument is that */
    }
    return grade <= SL_MAX_GRADE ? grade : 0;
}

/* Who is, or spoke, in favour of something, by the noun at i; *begin: where the verb group begins. */
static struct sl_range in_favour(const struct sl_clause *c, int i, int *begin)
{
    int v = i - 2;
    while (sl_tag(c, v) == TAG_ADV || sl_tag(c, v) == TAG_NEG) {
        v--; /* came out in favour of */
    }
    if (sl_tag(c, v) != TAG_V && !sl_has(c, v, SL_QC_BE)) {
        return SL_NO_RANGE;
    }
    *begin = sl_group_start(c, v);
    return sl_subject(c, *begin);
}

/* Who does what the verb says whose object is the phrase that begins at *begin: X voiced | support for it. *begin:
 * where the verb group begins, if there is one. */
static struct sl_range doer(const struct sl_clause *c, int *begin)
{
    const uint32_t verb =
        SL_TAG_BIT(TAG_V) | SL_TAG_BIT(TAG_VG) | SL_TAG_BIT(TAG_VB) | SL_TAG_BIT(TAG_VN);
    struct sl_range source;
    int v = *begin - 1;
    while (v >= 0 && sl_in_np(sl_tag(c, v))) {
        v--;
    }
    if (!sl_tag_in(c, v, verb)) {
        return SL_NO_RANGE;
    }
    *begin = sl_group_start(c, v);
    source = sl_subject(c, *begin);
    return source.to <= source.from || sl_tag(c, v) == TAG_VG || sl_tag(c, v) == TAG_VB
               ? sl_matrix_subject(c, *begin)
               : source;
}

/* Finds who holds what the noun at i says where its own phrase names nobody; false: it is no cue then. */
static bool find_holder(const struct sl_clause *c, struct noun_cue *cue, int i)
{
    if (cue->frame == SL_FRAME_OF && sl_is_word(c, i - 1, "in")) {
        cue->source = in_favour(c, i, &cue->begin);
        return cue->source.to > cue->source.from;
    }
    cue->source = doer(c, &cue->begin);
    return cue->source.to > cue->source.from ||
           cue->frame != SL_FRAME_FOR; /* support for it, nobody's */
}

/* Adds the finding of the noun at i. */
static void put_noun(struct sl_rules *r, const struct noun_cue *cue, int i, uint8_t grade)
{
    const bool is = sl_tag(r->c, cue->opening) == TAG_AUX; /* his view is that ... */
    const bool colon = cue->frame == SL_FRAME_COLON;
    const int verbs = is || colon ? -1 : cue->frame == SL_FRAME_THAT ? 1 : 0;
    const struct sl_opening o = {cue->frame, false, verbs, false};
    struct sl_finding *f = sl_finding_begin(r, cue->source, (struct sl_range){cue->begin, i + 1},
                                            sl_qword(r->c, i)->noun, cue->frame, grade);
    if (f == NULL) {
        return;
    }
    f->open = colon;
    f->expects = colon && cue->at >= r->c->n;
    if (!f->expects) {
        f->negated = sl_has(r->c, i, SL_QC_SUPPORT) && sl_says_no(r->c, cue->begin, i);
        f->denies = f->negated; /* not in favour of */
        sl_put_content(r, f, cue->at, &o);
    }
}

void sl_noun_cue_at(struct sl_rules *r, int i)
{
    static const uint32_t openers = SL_TAG_BIT(TAG_THAT) | SL_TAG_BIT(TAG_TO) |
                                    SL_TAG_BIT(TAG_COLON) | SL_TAG_BIT(TAG_PREP) |
                                    SL_TAG_BIT(TAG_AUX);
    const struct sl_clause *c = r->c;
    struct noun_cue cue = {.opening = i + 1};
    uint8_t grade;
    if (!sl_tag_in(c, i + 1, openers)) {
        return;
    }
    if (sl_has(c, i, SL_QC_PARTISAN)) {
        sl_partisan_at(r, i);
        return;
    }
    cue.begin = before_noun(c, i) + 1;
    if (sl_comes_from(r, cue.begin, i)) {
        return;
    }
    cue.source = owner_at(c, cue.begin - 1);
    if (cue.source.to == 0 && sl_is_word(c, i + 1, "by")) {
        cue.source = author_at(c, i + 1);
        cue.opening = cue.source.to > cue.source.from ? cue.source.to : i + 1;
    }
    if (!find_frame(c, &cue)) {
        return;
    }
    grade = grade_of_noun(c, &cue, sl_qword(c, i)->noun);
    if (grade == 0 || (cue.source.to <= cue.source.from && !find_holder(c, &cue, i))) {
        return;
    }
    put_noun(r, &cue, i, grade);
}

void sl_adjective_cue_at(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    uint16_t lemma = sl_qword(c, i)->adjective;
    struct sl_finding *f;
    struct sl_behind b;
    struct sl_opening o = {SL_FRAME_NP, false, -1, false};
    struct sl_range source;
    uint8_t grade;
    int g = sl_group_start(c, i);
    if (g == i || !sl_has(c, i - 1, SL_QC_BE | SL_QC_ADV | SL_QC_NEG)) {
        int v = i - 1;
        v -= sl_tag(c, i) == TAG_PREP && sl_has(c, v, SL_QC_PARTICLE); /* came out against it */
        if (sl_tag(c, v) != TAG_V || (sl_tag(c, i) == TAG_PREP && c->tok[v].flags & TOK_VERB_CUE)) {
            return; /* no verb, or one that tells by itself: spoke against it */
        }
        g = sl_group_start(c, v);
    }
    b = sl_behind(c, i);
    if (!b.found) {
        return;
    }
    grade = sl_grade_of(lemma, b.frame);
    if (grade == 0 || grade > SL_MAX_GRADE) {
        return;
    }
    source = sl_subject(c, g);
    if (source.to <= source.from) {
        source = sl_matrix_subject(c, g);
    }
    if (source.to <= source.from) {
        return;
    }
    f = sl_finding_begin(r, sl_trim(c, source), (struct sl_range){g, i + 1}, lemma, b.frame, grade);
    if (f == NULL) {
        return;
    }
    o.frame = b.frame;
    o.matrix_follows = sl_matrix_follows(c, g, source);
    sl_put_content(r, f, b.at, &o);
}
