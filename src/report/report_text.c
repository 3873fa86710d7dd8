/* The report for a terminal: a bar with its interval for each label, evidence below. */
#include "base/plain.h"
#include "base/utf8.h"
#include "report/gather.h"
#include "report/subject.h"
#include "report/text_label.h"
#include "report/text_speakers.h"

#include <string.h>

enum { HEAD = 10, FIGURES = 30 };

/* #### for the share, - as far as the interval reaches. */
static void put_bar(struct sl_buf *b, const struct sl_share *s, unsigned width)
{
    unsigned share = (unsigned)(s->share * width + 0.5);
    unsigned low = s->has_interval ? (unsigned)(s->low * width + 0.5) : share;
    unsigned high = s->has_interval ? (unsigned)(s->high * width + 0.5) : share;
    for (unsigned i = 0; i < width; i++) {
        bool inside = i >= low && i < high;
        sl_buf_text(b, i < share ? (inside ? "=" : "#") : inside ? "-" : " ");
    }
}

/* A line's text behind its beginning, wrapped to the indent; empties it. */
static void put_line(struct sl_buf *b, const char *begin, struct sl_buf *line, unsigned indent,
                     const struct slant_report_options *opt)
{
    sl_buf_text(b, begin);
    sl_plain_wrapped(b, line->p, line->len, indent, sl_text_width(opt));
    sl_buf_byte(b, '\n');
    b->failed = b->failed || line->failed;
    line->len = 0;
}

/* Where a model has several subjects: verdicts are about one. */
static void put_other_subjects(struct sl_buf *b, const struct sl_layout *l,
                               const struct slant_report_options *opt)
{
    struct sl_buf other = {0};
    struct sl_buf line = {0};
    sl_put_other_subjects(&other, l);
    if (other.len > 0) {
        sl_buf_text(&line,
                    "verdicts, evidence and speakers are about that alone; --subject takes ");
        sl_plain_text(&line, other.p, other.len);
        put_line(b, "", &line, 0, opt);
    }
    b->failed = b->failed || other.failed;
    sl_buf_free(&other);
    sl_buf_free(&line);
}

static void put_subject(struct sl_buf *b, const struct sl_layout *l,
                        const struct slant_report_options *opt, const char *subject)
{
    if (subject != NULL) {
        sl_buf_text(b, "stance toward: ");
        sl_plain_text(b, subject, strlen(subject));
        sl_buf_byte(b, '\n');
        put_other_subjects(b, l, opt);
    }
}

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    put_subject(b, l, opt, l->subject);
    sl_buf_text(b, l->subject != NULL ? "\n" : "");
}

static void put_shares(struct sl_buf *b, const struct sl_layout *l,
                       const struct slant_report_options *opt,
                       const struct sl_share (*share)[SLANT_MAX_LABEL])
{
    unsigned label = SL_TEXT_SHORT_LABEL;
    unsigned around;
    unsigned bar;
    for (size_t h = 0; h < l->n_head; h++) {
        unsigned most = sl_text_label_width(&l->head[h]);
        label = most > label ? most : label;
    }
    around = HEAD + label + 1 + FIGURES + 1;
    bar = sl_text_width(opt) > around ? sl_text_width(opt) - around : 0;
    for (size_t h = 0; h < l->n_head; h++) {
        const struct sl_text_cut cut = sl_text_cut_labels(&l->head[h], label);
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *s = &share[h][k];
            sl_buf_text(b, "  ");
            if (k == 0 && strlen(l->head[h].name) >= HEAD) { /* stance:SUBJECT */
                sl_plain_text(b, l->head[h].name, strlen(l->head[h].name));
                sl_buf_text(b, "\n  ");
            }
            sl_plain_padded(b, k == 0 && strlen(l->head[h].name) < HEAD ? l->head[h].name : "",
                            HEAD);
            sl_text_label(b, l->head[h].label[k], cut, label + 1);
            sl_text_color(b, opt, sl_text_side_color(l, h, k));
            put_bar(b, s, bar);
            sl_text_color(b, opt, "\033[0m");
            sl_plain_right_percent(b, s->share);
            sl_buf_text(b, " %");
            if (s->has_interval) {
                sl_buf_text(b, " [");
                sl_plain_right_percent(b, s->low);
                sl_buf_text(b, " to ");
                sl_plain_right_percent(b, s->high);
                sl_buf_text(b, " %]");
            }
            sl_buf_byte(b, '\n');
        }
    }
}

static void put_rule(struct sl_buf *b, const struct slant_report_options *opt)
{
    sl_text_color(b, opt, "\033[2m");
    sl_plain_repeat(b, "-", sl_text_width(opt));
    sl_text_color(b, opt, "\033[0m");
    sl_buf_byte(b, '\n');
}

static void put_heading(struct sl_buf *b, const struct slant_report_options *opt,
                        const struct sl_summary *s)
{
    const struct sl_text name = sl_article_name(s);
    const struct sl_text *const more[] = {s->title.p != NULL ? &s->doc : NULL, &s->source,
                                          &s->date};
    bool any = false;
    sl_text_color(b, opt, "\033[1m");
    sl_plain_wrapped(b, name.p, name.len, 0, sl_text_width(opt));
    sl_text_color(b, opt, "\033[0m");
    sl_buf_byte(b, '\n');
    for (int i = 0; i < 3; i++) {
        if (more[i] != NULL && more[i]->p != NULL) {
            sl_buf_text(b, any ? " · " : "");
            sl_plain_text(b, more[i]->p, more[i]->len);
            any = true;
        }
    }
    sl_buf_text(b, any ? "\n" : "");
}

static void put_evidence(struct sl_buf *b, const struct sl_layout *l,
                         const struct slant_report_options *opt, struct sl_text_cut label,
                         const struct sl_evidence *e)
{
    enum { INDENT = 2, MOST_SHOWN = 1000 }; /* bytes of a sentence */
    const unsigned left = INDENT + label.width + SL_TEXT_LIKELY;
    const size_t cut = e->len > MOST_SHOWN ? sl_utf8_floor(e->text, MOST_SHOWN) : e->len;
    sl_plain_repeat(b, " ", INDENT);
    sl_text_likely(b, l, opt, label, e->label, e->prob);
    sl_plain_wrapped(b, e->text, cut, left, sl_text_width(opt) - (cut < e->len ? 2 : 0));
    sl_buf_text(b, cut < e->len ? " …\n" : "\n");
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    const struct sl_text_cut label = sl_text_cut_main(l, opt);
    if (before > 0) {
        put_rule(b, opt);
    }
    put_heading(b, opt, s);
    if (s->copy_of > 0) {
        sl_buf_text(b, "not counted, a near-copy of: ");
        sl_plain_text(b, s->original.p, s->original.len);
        sl_buf_byte(b, '\n');
    }
    if (s->verdict != NULL) {
        sl_buf_text(b, "verdict: ");
        sl_text_color(b, opt, "\033[1m");
        sl_plain_text(b, s->verdict, strlen(s->verdict));
        sl_text_color(b, opt, "\033[0m");
        sl_buf_text(b, "   ");
    }
    sl_buf_text(b, "sentences: ");
    sl_buf_uint(b, s->n_sentence);
    if (s->n_with_target > 0) {
        sl_buf_text(b, ", with the target: ");
        sl_buf_uint(b, s->n_with_target);
    }
    sl_buf_text(b, "\n\n");
    if (s->n_sentence > 0) {
        put_shares(b, l, opt, s->share);
    }
    if (s->n_evidence > 0) {
        sl_buf_text(b, "\n  strongest evidence\n");
    }
    for (size_t i = 0; i < s->n_evidence; i++) {
        put_evidence(b, l, opt, label, &s->evidence[i]);
    }
    sl_text_speakers(b, l, opt, s->speaker, s->n_speaker, s->unattributed, 0, opt->n_evidence > 0);
    sl_buf_byte(b, '\n');
}

/* A bar that grows to the left, or to the right. */
static void put_half(struct sl_buf *b, double share, unsigned width, bool leftwards)
{
    unsigned n = (unsigned)(share * width + 0.5);
    n = n > width ? width : n;
    sl_plain_repeat(b, " ", leftwards ? width - n : 0);
    sl_plain_repeat(b, "#", n);
    sl_plain_repeat(b, " ", leftwards ? 0 : width - n);
}

/* A line a group: left | right. */
/* what: the groups are by; lacking: what articles in none have not. */
static void put_groups(struct sl_buf *b, const struct sl_layout *l,
                       const struct slant_report_options *opt, const struct sl_groups *g,
                       const char *what, const char *lacking)
{
    enum { GROUP = 20, AROUND = 24 };
    const struct sl_poles *p = &l->poles[l->main];
    const struct slant_head *head = &l->head[l->main];
    const unsigned half = (sl_text_width(opt) - GROUP - AROUND) / 2;
    const struct sl_text_cut cut =
        sl_text_cut_labels(head, half > SL_TEXT_SHORT_LABEL ? half : SL_TEXT_SHORT_LABEL);
    if (!l->has_sides || g->n < 2) {
        return;
    }
    sl_buf_text(b, "\nBy ");
    sl_text_name(b, what, strlen(what), GROUP + 5, GROUP + 5);
    sl_text_color(b, opt, sl_text_side_color(l, l->main, p->left));
    sl_text_label(b, head->label[p->left], cut, half);
    sl_text_color(b, opt, "\033[0m");
    sl_buf_text(b, "  ");
    sl_text_color(b, opt, sl_text_side_color(l, l->main, p->right));
    sl_text_label(b, head->label[p->right], cut, half + 1);
    sl_text_color(b, opt, "\033[0m");
    sl_buf_text(b, " articles\n");
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_share *share = g->group[i].share + l->column[l->main];
        sl_buf_text(b, "  ");
        sl_text_name(b, g->group[i].name.p, g->group[i].name.len, GROUP - 1, GROUP);
        sl_plain_right_percent(b, share[p->left].share);
        sl_buf_text(b, " % ");
        sl_text_color(b, opt, sl_text_side_color(l, l->main, p->left));
        put_half(b, share[p->left].share, half, true);
        sl_text_color(b, opt, "\033[0m");
        sl_buf_byte(b, '|');
        sl_text_color(b, opt, sl_text_side_color(l, l->main, p->right));
        put_half(b, share[p->right].share, half, false);
        sl_text_color(b, opt, "\033[0m");
        sl_plain_right_percent(b, share[p->right].share);
        sl_buf_text(b, " %");
        sl_plain_repeat(b, " ",
                        g->group[i].n_article < 10    ? 4
                        : g->group[i].n_article < 100 ? 3
                                                      : 2);
        sl_buf_uint(b, g->group[i].n_article);
        sl_buf_byte(b, '\n');
    }
    if (g->n_left_out > 0) {
        sl_buf_text(b, "  ");
        sl_plain_number(b, g->n_left_out, "article");
        sl_buf_text(b, " without ");
        sl_plain_text(b, lacking, strlen(lacking));
        sl_buf_byte(b, '\n');
    }
}

static void put_points(struct sl_buf *b, double share)
{
    double points = share < 0 ? -100 * share : 100 * share;
    sl_buf_text(b, points < 9.95 ? " " : "");
    sl_buf_byte(b, share < 0 ? '-' : '+');
    sl_buf_fixed(b, points, 1);
}

/* What is compared, or why nothing is. */
static void put_comparison_title(struct sl_buf *b, const struct sl_layout *l,
                                 const struct slant_report_options *opt, const struct sl_corpus *c)
{
    const struct sl_poles *p = &l->poles[l->main];
    struct sl_buf line = {0};
    sl_buf_text(&line, "Each ");
    sl_plain_text(&line, c->compared, strlen(c->compared));
    sl_buf_text(&line, " against all others: ");
    if (sl_not_compared(l, c) != NULL) {
        sl_buf_text(&line, sl_not_compared(l, c));
    } else {
        const char *right = l->head[l->main].label[p->right];
        const char *left = l->head[l->main].label[p->left];
        sl_plain_text(&line, right, strlen(right));
        sl_buf_text(&line, " minus ");
        sl_plain_text(&line, left, strlen(left));
        sl_buf_text(&line, ", in points of mean probability, which is not corrected as shares are");
    }
    put_line(b, "\n", &line, 0, opt);
    sl_buf_free(&line);
}

static void put_comparison(struct sl_buf *b, const struct sl_layout *l,
                           const struct slant_report_options *opt, const struct sl_corpus *c)
{
    bool starred = false;
    if (c->compared == NULL) {
        return;
    }
    put_comparison_title(b, l, opt, c);
    if (c->comparison.n == 0) {
        return;
    }
    for (size_t i = 0; i < c->comparison.n; i++) {
        const struct sl_difference *d = &c->comparison.item[i];
        const bool star = d->p_holm < 0.05;
        starred = starred || star;
        sl_buf_text(b, "  ");
        put_points(b, d->difference);
        sl_buf_text(b, " [");
        put_points(b, d->low);
        sl_buf_text(b, " to ");
        put_points(b, d->high);
        sl_buf_text(b, "]  p ");
        sl_buf_fixed(b, d->p_holm, 4);
        sl_buf_text(b, star ? " *  " : "    ");
        sl_plain_text(b, d->group->name.p, d->group->name.len);
        sl_buf_byte(b, '\n');
    }
    sl_buf_text(b, starred ? "  * p below 0.05\n" : "");
    sl_buf_text(b, "  p by permutation of articles, corrected for ");
    sl_buf_uint(b, c->comparison.n);
    sl_buf_text(b, c->comparison.n == 1 ? " comparison (Holm)\n" : " comparisons (Holm)\n");
    if (c->comparison.n_left_out > 0) {
        sl_buf_text(b, "  with fewer than five articles, and not compared: ");
        sl_buf_uint(b, c->comparison.n_left_out);
        sl_buf_byte(b, '\n');
    }
}

/* What was read, and what was left out. */
static void put_reading(struct sl_buf *b, const struct slant_report_options *opt,
                        const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    const struct sl_reading_sums *r = &c->reading;
    struct sl_buf line = {0};
    if (r->untold) {
        sl_buf_text(&line,
                    "scored lines without a trailer (score --trailer): no telling which model "
                    "scored them, nor what correction their shares need");
    }
    if (r->known && r->n_word > 0) {
        sl_buf_text(&line, "words unknown to the model:");
        sl_plain_blank_percent(&line, (double)r->n_unknown / (double)r->n_word);
        sl_buf_text(&line, " % of ");
        sl_buf_uint(&line, r->n_word);
    }
    if (r->known && r->n_invalid > 0) {
        sl_buf_text(&line, line.len > 0 ? "; " : "");
        sl_plain_number(&line, r->n_invalid, "invalid UTF-8 sequence");
    }
    if (line.len > 0) {
        put_line(b, "  ", &line, 2, opt);
    }
    if (r->no_target && c->n_sentence > 0) {
        sl_buf_text(&line, sl_no_target_note);
        put_line(b, "  ", &line, 2, opt);
    }
    sl_put_without_target(&line, c);
    if (line.len > 0) {
        put_line(b, "  ", &line, 2, opt);
    }
    if (c->n_odd_date > 0) {
        sl_plain_number(&line, c->n_odd_date, "date");
        sl_buf_text(&line, " that could not be read; write the year first (2026-11-24), or the "
                           "month in words");
        put_line(b, "  ", &line, 2, opt);
    }
    if (c->n_copied > 0) {
        sl_plain_number(&line, c->n_copied, "sentence");
        sl_buf_text(&line, " of near-copies");
    }
    if (tail->n_error > 0) {
        sl_buf_text(&line, line.len > 0 ? ", " : "");
        sl_plain_number(&line, tail->n_error, "record");
        sl_buf_text(&line, " that could not be read");
    }
    if (c->n_empty > 0) {
        sl_buf_text(&line, line.len > 0 ? ", " : "");
        sl_plain_number(&line, c->n_empty, "article");
        sl_buf_text(&line, " without a sentence");
    }
    if (line.len > 0) {
        put_line(b, "  left out: ", &line, 13, opt);
    }
    b->failed = b->failed || line.failed;
    sl_buf_free(&line);
}

/* How far to trust it. */
static void put_quality(struct sl_buf *b, const struct sl_layout *l,
                        const struct slant_report_options *opt, const struct sl_corpus *c,
                        const struct sl_report_tail *tail)
{
    static const char unlike[] =
        "these articles are not like the training data: the model is clearly less sure here than "
        "it was right there; check a sample by hand";
    const bool untold = sl_unread(&c->reading);
    bool drifted = false;
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        struct sl_buf line = {0};
        sl_buf_text(&line, l->head[h].name);
        if (untold) {
            sl_buf_text(&line, ": how many labels are right here cannot be told");
        } else {
            sl_buf_text(&line, ": labels expected to be right here");
            sl_plain_blank_percent(&line, c->quality[h].confidence);
            sl_buf_text(&line, " %");
        }
        if (l->has_figures[h]) {
            sl_buf_text(&line, untold ? "; in the model's cross-validation"
                                      : ", in the model's cross-validation");
            sl_plain_blank_percent(&line, l->accuracy[h]);
            sl_buf_text(&line, untold ? " % were" : " %");
            sl_buf_text(&line, sl_guesses(l, h) ? ", hardly better than guessing" : "");
            drifted = drifted || sl_drifted(l, c, h);
        }
        if (l->has_prior[h]) {
            sl_buf_text(&line, "; shares moved from the model's prior by up to");
            sl_plain_blank_percent(&line, c->quality[h].moved);
            sl_buf_text(&line, " points");
        }
        put_line(b, h == 0 ? "\nquality\n  " : "  ", &line, 2, opt);
        sl_buf_free(&line);
    }
    if (drifted) {
        sl_buf_text(b, "  ");
        sl_plain_wrapped(b, unlike, sizeof unlike - 1, 2, sl_text_width(opt));
        sl_buf_byte(b, '\n');
    }
    if (untold) {
        struct sl_buf line = {0};
        sl_buf_text(&line, "many words are unknown to the model: ");
        sl_buf_text(&line, sl_unread_note);
        put_line(b, "  ", &line, 2, opt);
        sl_buf_free(&line);
    }
    put_reading(b, opt, c, tail);
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    static const char own_note[] = "below a speaker: the statement whose label is surest, and how "
                                   "sure; its own words are scored too, so "
                                   "that its sentence may have another figure as evidence";
    static const char caption[] = "bars: share of sentences; = - reach over the 95 % interval";
    struct sl_buf verdicts = {0};
    struct sl_buf counted = {0};
    bool several = c->n_article != 1; /* of one all has been told */
    put_rule(b, opt);
    sl_text_color(b, opt, "\033[1m");
    sl_buf_text(b, several ? "All articles" : "How to read this");
    sl_text_color(b, opt, "\033[0m");
    sl_buf_byte(b, '\n');
    if (several) {
        sl_buf_text(b, "articles: ");
        sl_buf_uint(b, c->n_article);
        sl_buf_text(b, "   sentences: ");
        sl_buf_uint(b, c->n_sentence);
    }
    if (c->n_copy > 0) {
        sl_buf_text(b, several ? "   near-copies left out: " : "near-copies left out: ");
        sl_buf_uint(b, c->n_copy);
    }
    sl_buf_text(b, several || c->n_copy > 0 ? "\n" : "");
    put_subject(b, l, opt, tail->subject);
    for (size_t i = 0; several && i < c->n_verdict; i++) {
        if (!sl_may_be(l, i)) {
            continue;
        }
        sl_buf_text(&verdicts, i == 0 ? "verdicts: " : ", ");
        sl_buf_text(&verdicts, c->verdict[i].name);
        sl_buf_byte(&verdicts, ' ');
        sl_buf_uint(&verdicts, c->verdict[i].n);
    }
    sl_plain_wrapped(b, verdicts.p, verdicts.len, 0, sl_text_width(opt));
    b->failed = b->failed || verdicts.failed;
    sl_buf_free(&verdicts);
    sl_buf_text(b, several && c->n_verdict > 0 ? "\n\n" : several ? "\n" : "");
    if (c->n_sentence > 0 && several) {
        put_shares(b, l, opt, c->share);
        if (!c->share[0][0].has_interval) {
            sl_buf_text(b, "  (too few articles for an interval)\n");
        }
        sl_put_counted(&counted, l, c);
        if (counted.len > 0) {
            put_line(b, "\n  ", &counted, 2, opt);
        }
    }
    b->failed = b->failed || counted.failed;
    sl_buf_free(&counted);
    put_groups(b, l, opt, &c->timeline, sl_period_name[c->period], "a date");
    put_groups(b, l, opt, &c->source, "source", "a source");
    if (c->group_key != NULL) {
        put_groups(b, l, opt, &c->group, c->group_key, c->group_key);
    }
    if (sl_has_parts(l, c)) {
        sl_buf_text(b, "\n  ");
        sl_plain_wrapped(b, sl_parts_note, strlen(sl_parts_note), 2, sl_text_width(opt));
        sl_buf_byte(b, '\n');
    }
    put_comparison(b, l, opt, c);
    if (c->n_article > 1) {
        sl_text_speakers(b, l, opt, c->speaker, c->n_speaker, c->unattributed, c->generic, false);
    }
    for (size_t i = 0; i < tail->n_error; i++) {
        const struct sl_text message = sl_error_message(tail, i);
        sl_buf_text(b, i == 0 ? "\nnot read\n  " : "  ");
        sl_plain_text(b, tail->error_doc[i].p, tail->error_doc[i].len);
        sl_buf_text(b, ": ");
        sl_plain_text(b, message.p, message.len);
        sl_buf_byte(b, '\n');
    }
    put_quality(b, l, opt, c, tail);
    sl_buf_byte(b, '\n');
    sl_plain_wrapped(b, caption, sizeof caption - 1, 0, sl_text_width(opt));
    if (c->n_speaker > 0) {
        sl_buf_byte(b, '\n');
        sl_plain_wrapped(b, sl_weighed_note, strlen(sl_weighed_note), 0, sl_text_width(opt));
        if (opt->n_evidence > 0) {
            sl_buf_byte(b, '\n');
            sl_plain_wrapped(b, own_note, sizeof own_note - 1, 0, sl_text_width(opt));
        }
    }
    if (tail->model != NULL) {
        sl_buf_text(b, "\nmodel: ");
        sl_plain_text(b, tail->model, strlen(tail->model));
        sl_buf_text(b, " ");
        sl_plain_text(b, tail->digest, strlen(tail->digest));
        sl_buf_text(b, tail->taken ? ", as given; the scored lines do not tell which" : "");
    }
    sl_buf_byte(b, '\n');
}

const struct sl_report_format sl_report_text = {.begin = begin, .article = article, .end = end};
