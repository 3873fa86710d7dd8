/* Who is named by a side, and from whom support or criticism comes. */
#include "quote/complement.h"
#include "quote/content.h"
#include "quote/cues.h"
#include "quote/subject.h"

/* Where what describes the noun at i begins: one of its fiercest | critics. */
static int description_start(const struct sl_clause *c, int i)
{
    enum { MOST = 8 };
    int q = i;
    while (q > 0 && i - q < MOST) {
        const int t = sl_tag(c, q - 1);
        if (t != TAG_ADJ && t != TAG_ADV && t != TAG_N && t != TAG_DET && t != TAG_NUM &&
            t != TAG_VG && t != TAG_VN && t != TAG_POSS && t != TAG_NEG &&
            !sl_is_word(c, q - 1, "of") && !sl_is_word(c, q - 1, "one")) {
            break;
        }
        q--;
    }
    return q;
}

static bool is_former(const struct sl_clause *c, int from, int to)
{
    bool found = false;
    for (int k = from; k < to; k++) {
        found = found || sl_is_spelled(c, k, "former") || sl_has(c, k, SL_QC_FORMER);
    }
    return found;
}

static bool remains(const struct sl_clause *c, int i)
{
    static const char *const verbs[] = {"remains", "remained", "became", "becomes"};
    return sl_is_one_of(c, i, verbs, sizeof verbs / sizeof verbs[0]);
}

static bool comes(const struct sl_clause *c, int i)
{
    static const char *const verbs[] = {"came", "come", "comes"};
    return sl_is_one_of(c, i, verbs, sizeof verbs / sizeof verbs[0]);
}

/* A finding of one content, unless nothing is left of that. */
static void attribute(struct sl_rules *r, struct sl_range source, struct sl_range cue,
                      enum sl_complement frame, struct sl_range content)
{
    const uint16_t lemma = sl_qword(r->c, cue.to - 1)->noun;
    struct sl_finding *f =
        sl_finding_begin(r, source, cue, lemma, frame, sl_grade_of(lemma, frame));
    if (f != NULL) {
        sl_put_part(r, f, content);
        if (f->n_part == 0) {
            r->out->n--;
        }
    }
}

/* Whose description begins behind q: X is a critic of it; X, a critic of it, left. *cue: where the cue
 * begins. */
static struct sl_range described(const struct sl_clause *c, int q, int *cue)
{
    if (sl_has(c, q - 1, SL_QC_BE) || remains(c, q - 1)) {
        *cue = sl_group_start(c, q - 1);
        return sl_subject(c, *cue);
    }
    if (sl_tag(c, q - 1) == TAG_COMMA && sl_tag(c, q) == TAG_DET && q >= 2 &&
        (c->tok[q - 2].flags & TOK_CAP || sl_tag(c, q - 2) == TAG_RP)) {
        *cue = q;
        return (struct sl_range){sl_np_start(c, q - 2), q - 1};
    }
    return SL_NO_RANGE;
}

void sl_partisan_at(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    const int q = description_start(c, i);
    const enum sl_complement frame =
        sl_tag(c, i + 1) == TAG_PREP ? sl_preposition_frame(c, i + 1) : SL_N_FRAME;
    struct sl_opening o = {frame, false, 0, false};
    struct sl_range source;
    int cue = q;
    if (frame == SL_N_FRAME || sl_grade_of(sl_qword(c, i)->noun, frame) == 0 || q == i || q == 0 ||
        is_former(c, q, i)) {
        return;
    }
    source = described(c, q, &cue);
    if (source.to > source.from && !sl_says_no(c, cue, i)) {
        attribute(r, source, (struct sl_range){cue, i + 1}, frame,
                  (struct sl_range){i + 2, sl_content_end(c, i + 2, &o)});
    }
}

/* Criticism of it came from X: the noun is at i. */
static bool came_from(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    struct sl_range source;
    int k = i + 1;
    int end;
    if (!sl_is_word(c, k, "of")) {
        return false;
    }
    end = sl_np_end(c, k + 1);
    for (k = end; sl_tag(c, k) == TAG_AUX || sl_tag(c, k) == TAG_ADV; k++) {
    }
    if (!comes(c, k) || !sl_is_word(c, k + 1, "from") || sl_says_no(c, end, k)) {
        return false;
    }
    source = sl_source_right(c, k + 2);
    if (source.to <= source.from) {
        return false;
    }
    attribute(r, source, (struct sl_range){i, i + 1}, SL_FRAME_FROM, (struct sl_range){i + 2, end});
    return true;
}

bool sl_comes_from(struct sl_rules *r, int cue_from, int i)
{
    struct sl_clause *c = r->c;
    struct sl_range source;
    struct sl_range subject;
    int v = cue_from - 1;
    int g;
    if (sl_grade_of(sl_qword(c, i)->noun, SL_FRAME_FROM) == 0) {
        return false;
    }
    if (!sl_is_word(c, i + 1, "from")) {
        return came_from(r, i);
    }
    while (v >= 0 && sl_in_np(sl_tag(c, v))) {
        v--;
    }
    if (sl_tag(c, v) != TAG_V && !(sl_tag(c, v) == TAG_VN && sl_tag(c, v - 1) == TAG_AUX)) {
        return false;
    }
    g = sl_group_start(c, v);
    subject = sl_subject(c, g);
    source = sl_source_right(c, i + 2);
    if (subject.to <= subject.from || source.to <= source.from || sl_says_no(c, g, i)) {
        return false;
    }
    attribute(r, source, (struct sl_range){g, i + 1}, SL_FRAME_FROM, subject);
    return true;
}
