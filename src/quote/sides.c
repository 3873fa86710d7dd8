/* Who is named by a side, and from whom support or criticism comes. */
#include "quote/complement.h"
#include "quote/content.h"
#include "quote/cues.h"

static const struct sl_range none = {0, 0};

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
    return sl_is_spelled(c, i, "remains") || sl_is_spelled(c, i, "remained") ||
           sl_is_spelled(c, i, "became") || sl_is_spelled(c, i, "becomes");
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
    return none;
}

void sl_partisan_at(struct sl_rules *r, int i)
{
    struct sl_clause *c = r->c;
    const int q = description_start(c, i);
    const uint16_t lemma = sl_qword(c, i)->noun;
    const enum sl_complement frame =
        sl_tag(c, i + 1) == TAG_PREP ? sl_preposition_frame(c, i + 1) : SL_N_FRAME;
    const uint8_t grade = frame == SL_N_FRAME ? 0 : sl_grade_of(lemma, frame);
    struct sl_opening o = {SL_FRAME_NP, false, 0, false};
    struct sl_range source;
    struct sl_finding *f;
    int cue = q;
    if (grade == 0 || q == i || q == 0 || is_former(c, q, i)) {
        return;
    }
    source = described(c, q, &cue);
    if (source.to <= source.from || sl_says_no(c, cue, i)) {
        return;
    }
    f = sl_finding_begin(r, source, (struct sl_range){cue, i + 1}, lemma, frame, grade);
    if (f != NULL) {
        const int at = i + 2;
        o.frame = frame;
        sl_put_part(r, f, (struct sl_range){at, sl_content_end(c, at, &o)});
        if (f->n_part == 0) {
            r->out->n--;
        }
    }
}

/* Criticism of it came from X: the noun is at i. */
static bool came_from(struct sl_rules *r, int i, uint16_t lemma, uint8_t grade)
{
    struct sl_clause *c = r->c;
    struct sl_range source;
    struct sl_finding *f;
    int k = i + 1;
    int end;
    if (!sl_is_word(c, k, "of")) {
        return false;
    }
    end = sl_np_end(c, k + 1);
    for (k = end; sl_tag(c, k) == TAG_AUX || sl_tag(c, k) == TAG_ADV; k++) {
    }
    if (!(sl_is_spelled(c, k, "came") || sl_is_spelled(c, k, "come") ||
          sl_is_spelled(c, k, "comes")) ||
        !sl_is_word(c, k + 1, "from") || sl_says_no(c, end, k)) {
        return false;
    }
    source = sl_source_right(c, k + 2);
    if (source.to <= source.from) {
        return false;
    }
    f = sl_finding_begin(r, source, (struct sl_range){i, i + 1}, lemma, SL_FRAME_FROM, grade);
    if (f != NULL) {
        sl_put_part(r, f, (struct sl_range){i + 2, end});
        if (f->n_part == 0) {
            r->out->n--;
        }
    }
    return true;
}

bool sl_comes_from(struct sl_rules *r, int cue_from, int i)
{
    struct sl_clause *c = r->c;
    const uint16_t lemma = sl_qword(c, i)->noun;
    const uint8_t grade = sl_grade_of(lemma, SL_FRAME_FROM);
    struct sl_range source;
    struct sl_range subject;
    struct sl_finding *f;
    int v = cue_from - 1;
    int g;
    if (grade == 0) {
        return false;
    }
    if (!sl_is_word(c, i + 1, "from")) {
        return came_from(r, i, lemma, grade);
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
    f = sl_finding_begin(r, source, (struct sl_range){g, i + 1}, lemma, SL_FRAME_FROM, grade);
    if (f != NULL) {
        sl_put_part(r, f, subject);
        if (f->n_part == 0) {
            r->out->n--;
        }
    }
    return true;
}
