/* The report for a terminal: a bar with its interval for each label, evidence below. */
#include "base/plain.h"
#include "base/utf8.h"
#include "report/gather.h"
#include "report/subject.h"

#include <string.h>

enum {
    DEFAULT_WIDTH = 80,
    NARROWEST = 50,
    HEAD = 10,
    SHORT_LABEL = 8,
    LONG_LABEL = 23,
    FIGURES = 30,
    VERDICT = 19 /* "too little evidence" */
};

static unsigned width_of(const struct slant_report_options *opt)
{
    return opt->width == 0 ? DEFAULT_WIDTH : opt->width < NARROWEST ? NARROWEST : opt->width;
}

static void color(struct sl_buf *b, const struct slant_report_options *opt, const char *code)
{
    if (opt->color) {
        sl_buf_text(b, code);
    }
}

/* Blue and orange stay apart for colour-blind eyes. */
static const char *side_color(const struct sl_layout *l, size_t h, uint32_t k)
{
    if (!l->has_sides || h != l->main) {
        return "";
    }
    return k == l->side[0] ? "\033[34m" : k == l->side[1] ? "\033[33m" : "\033[2m";
}

/* Columns of a head's widest label, as far as it is shown. */
static unsigned label_width(const struct slant_head *head)
{
    unsigned most = SHORT_LABEL;
    for (uint32_t k = 0; k < head->n_label; k++) {
        unsigned n = sl_plain_columns(head->label[k], strlen(head->label[k]));
        most = n > most ? n : most;
    }
    return most < LONG_LABEL ? most : LONG_LABEL;
}

/* The same of the main head, so that both sides and a verdict fit on a line of speakers. */
static unsigned main_width(const struct sl_layout *l, const struct slant_report_options *opt)
{
    enum { INDENT = 4 };
    const unsigned line = width_of(opt) - INDENT;
    const unsigned most = label_width(&l->head[l->main]);
    unsigned room = (line - VERDICT) / 2 - 1;
    room = room > VERDICT ? (line - 2) / 3 : room; /* the verdict is as wide as they are */
    return most < room ? most : room;
}

/* What is left of a text cut to a width, `tail` columns of it behind the cut: its bytes up to begin, and
 * from end on. */
struct cut {
    size_t begin, end;
};

static struct cut cut_to(const char *p, size_t len, unsigned width, unsigned tail)
{
    const unsigned n = sl_plain_columns(p, len);
    struct cut cut = {len, len};
    if (n > width) {
        cut.end = sl_plain_offset(p, len, n - tail);
        cut.begin =
            sl_plain_offset(p, len, width - 1 - sl_plain_columns(p + cut.end, len - cut.end));
    }
    return cut;
}

static bool alike(const char *a, const char *b, unsigned width, unsigned tail)
{
    const struct cut x = cut_to(a, strlen(a), width, tail);
    const struct cut y = cut_to(b, strlen(b), width, tail);
    return x.begin == y.begin && memcmp(a, b, x.begin) == 0 && strcmp(a + x.end, b + y.end) == 0;
}

static bool all_differ(const struct slant_head *head, unsigned width, unsigned tail)
{
    for (uint32_t k = 1; k < head->n_label; k++) {
        for (uint32_t other = 0; other < k; other++) {
            if (alike(head->label[k], head->label[other], width, tail)) {
                return false;
            }
        }
    }
    return true;
}

/* Columns behind the cut of a head's labels: half of them, or as near to that as tells them apart. */
static unsigned tail_of(const struct slant_head *head, unsigned width)
{
    const unsigned half = (width - 1) / 2;
    for (unsigned off = 0; off < half; off++) {
        if (all_differ(head, width, half - off)) {
            return half - off;
        }
        if (all_differ(head, width, half + off)) {
            return half + off;
        }
    }
    return half;
}

/* A label or verdict of the head in at most `width` columns, and blanks up to `column`. */
static void put_label(struct sl_buf *b, const struct slant_head *head, const char *label,
                      unsigned width, unsigned column)
{
    struct sl_buf line = {0};
    const char *p;
    struct cut cut;
    unsigned n;
    sl_plain_text(&line, label, strlen(label));
    p = line.len == 0 ? "" : line.p;
    cut = cut_to(p, line.len, width, tail_of(head, width));
    n = sl_plain_columns(p, cut.begin) + sl_plain_columns(p + cut.end, line.len - cut.end);
    sl_buf_put(b, p, cut.begin);
    if (cut.begin < line.len) {
        sl_buf_text(b, "…");
        n++;
    }
    sl_buf_put(b, p + cut.end, line.len - cut.end);
    sl_plain_repeat(b, " ", n < column ? column - n : 0);
    b->failed = b->failed || line.failed;
    sl_buf_free(&line);
}

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
    sl_plain_wrapped(b, line->p, line->len, indent, width_of(opt));
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
    unsigned label = SHORT_LABEL;
    unsigned around;
    unsigned bar;
    for (size_t h = 0; h < l->n_head; h++) {
        unsigned most = label_width(&l->head[h]);
        label = most > label ? most : label;
    }
    around = HEAD + label + 1 + FIGURES + 1;
    bar = width_of(opt) > around ? width_of(opt) - around : 0;
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *s = &share[h][k];
            sl_buf_text(b, "  ");
            if (k == 0 && strlen(l->head[h].name) >= HEAD) { /* stance:SUBJECT */
                sl_plain_text(b, l->head[h].name, strlen(l->head[h].name));
                sl_buf_text(b, "\n  ");
            }
            sl_plain_padded(b, k == 0 && strlen(l->head[h].name) < HEAD ? l->head[h].name : "",
                            HEAD);
            put_label(b, &l->head[h], l->head[h].label[k], label, label + 1);
            color(b, opt, side_color(l, h, k));
            put_bar(b, s, bar);
            color(b, opt, "\033[0m");
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
    color(b, opt, "\033[2m");
    sl_plain_repeat(b, "-", width_of(opt));
    color(b, opt, "\033[0m");
    sl_buf_byte(b, '\n');
}

static void put_heading(struct sl_buf *b, const struct slant_report_options *opt,
                        const struct sl_summary *s)
{
    const struct sl_text name = sl_article_name(s);
    const struct sl_text *const more[] = {s->title.p != NULL ? &s->doc : NULL, &s->source,
                                          &s->date};
    bool any = false;
    color(b, opt, "\033[1m");
    sl_plain_wrapped(b, name.p, name.len, 0, width_of(opt));
    color(b, opt, "\033[0m");
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

/* A text in at most `width` columns, and what is left of them. */
static unsigned put_cut(struct sl_buf *b, const char *p, size_t len, unsigned width)
{
    struct sl_buf line = {0};
    unsigned n;
    size_t cut;
    bool whole;
    sl_plain_text(&line, p, len);
    cut = sl_plain_offset(line.p, line.len, width);
    whole = cut == line.len;
    cut = whole ? cut : sl_plain_offset(line.p, line.len, width - 1);
    sl_buf_put(b, line.len == 0 ? "" : line.p, cut);
    sl_buf_text(b, whole ? "" : "…");
    n = sl_plain_columns(line.p, cut) + !whole;
    b->failed = b->failed || line.failed;
    sl_buf_free(&line);
    return width - n;
}

static void put_evidence(struct sl_buf *b, const struct sl_layout *l,
                         const struct slant_report_options *opt, const struct sl_evidence *e)
{
    enum { MOST_SHOWN = 1000 }; /* bytes of a sentence */
    const unsigned label = main_width(l, opt);
    size_t cut = e->len > MOST_SHOWN ? sl_utf8_floor(e->text, MOST_SHOWN) : e->len;
    sl_buf_text(b, "  ");
    color(b, opt, side_color(l, l->main, e->label));
    put_label(b, &l->head[l->main], l->head[l->main].label[e->label], label, label + 1);
    sl_plain_right_percent(b, e->prob / 10000.0);
    sl_buf_text(b, " %");
    color(b, opt, "\033[0m");
    sl_buf_text(b, "  ");
    sl_plain_wrapped(b, e->text, cut, label + 10, width_of(opt) - (cut < e->len ? 2 : 0));
    sl_buf_text(b, cut < e->len ? " …\n" : "\n");
}

/* Bytes of a text's beginning of at most so many columns: up to a blank, where it has one. */
static size_t beginning_of(const char *p, size_t len, unsigned most)
{
    const size_t cut = sl_plain_offset(p, len, most);
    size_t blank = cut;
    if (cut == len) {
        return len;
    }
    while (blank > 0 && p[blank] != ' ') {
        blank--;
    }
    return blank > 0 ? blank : cut;
}

/* A speaker's strongest sentence, what of it fits into two lines: other formats have all. */
static void put_quote(struct sl_buf *b, const struct sl_layout *l,
                      const struct slant_report_options *opt, const struct sl_standpoint *x)
{
    enum { INDENT = 4 };
    const unsigned label = main_width(l, opt);
    const unsigned left = INDENT + label + 8;
    /* lines break at words: two seldom hold more */
    const size_t cut = beginning_of(x->text, x->text_len, (width_of(opt) - left) * 15 / 8);
    sl_plain_repeat(b, " ", INDENT);
    color(b, opt, side_color(l, l->main, x->label));
    put_label(b, &l->head[l->main], l->head[l->main].label[x->label], label, label + 1);
    sl_plain_right_percent(b, x->prob / 10000.0);
    sl_buf_text(b, " %");
    color(b, opt, "\033[0m");
    sl_buf_text(b, "  ");
    sl_plain_wrapped(b, x->text, cut, left, width_of(opt) - (cut < x->text_len ? 2 : 0));
    sl_buf_text(b, cut == x->text_len ? "\n" : x->text[cut] == ' ' ? " …\n" : "…\n");
}

/* The columns of a table of speakers. */
struct columns {
    bool shown[SLANT_MAX_LABEL];
    uint32_t n_hidden;
    unsigned figure[SLANT_MAX_LABEL]; /* width with a blank */
    unsigned label, verdict, name, indent;
    bool two_lines; /* a name stands above its figures */
};

/* Shows a label if it has room. */
static void show(struct columns *c, uint32_t k, unsigned *room)
{
    c->shown[k] = c->figure[k] <= *room;
    *room -= c->shown[k] ? c->figure[k] : 0;
    c->n_hidden -= c->shown[k];
}

static bool is_side(const struct sl_layout *l, uint32_t k)
{
    return l->has_sides && (k == l->side[0] || k == l->side[1]);
}

/* Sides have room before other labels. */
static void choose_columns(struct columns *c, const struct sl_layout *l,
                           const struct slant_report_options *opt)
{
    enum { INDENT = 2, NAME = 14 };
    const struct slant_head *head = &l->head[l->main];
    const unsigned width = width_of(opt);
    unsigned all;
    unsigned room;
    *c = (struct columns){.n_hidden = head->n_label, .label = main_width(l, opt)};
    c->verdict = c->label > VERDICT ? c->label : VERDICT;
    all = width - 2 * INDENT - c->verdict;
    room = all;
    for (uint32_t k = 0; k < head->n_label; k++) {
        unsigned n = sl_plain_columns(head->label[k], strlen(head->label[k]));
        n = n < c->label ? n : c->label;
        c->figure[k] = (n > SHORT_LABEL ? n : SHORT_LABEL) + 1;
    }
    for (int sides = 1; sides >= 0; sides--) {
        for (uint32_t k = 0; k < head->n_label; k++) {
            if (is_side(l, k) == (sides == 1)) {
                show(c, k, &room);
            }
        }
    }
    c->two_lines = room < NAME;
    c->name = c->two_lines ? width - 2 * INDENT : room;
    c->indent = c->two_lines ? INDENT : c->name + INDENT;
}

static void put_speakers_head(struct sl_buf *b, const struct sl_layout *l, const struct columns *c)
{
    const struct slant_head *head = &l->head[l->main];
    sl_plain_padded(b, "speakers", c->indent);
    sl_buf_text(b, c->two_lines ? "\n    " : "");
    for (uint32_t k = 0; k < head->n_label; k++) {
        if (c->shown[k]) {
            put_label(b, head, head->label[k], c->label, c->figure[k]);
        }
    }
    sl_buf_text(b, "verdict\n");
}

static void put_speaker(struct sl_buf *b, const struct sl_layout *l, const struct columns *c,
                        const struct sl_standpoint *row)
{
    unsigned left;
    sl_buf_text(b, "  ");
    left = put_cut(b, row->name, row->len, c->name);
    if (c->two_lines) {
        sl_buf_text(b, "\n    ");
    } else {
        sl_plain_repeat(b, " ", left + c->indent - c->name);
    }
    for (uint32_t k = 0; k < l->head[l->main].n_label; k++) {
        size_t before = b->len;
        if (c->shown[k]) {
            sl_buf_uint(b, row->count[k]);
            before = b->len - before;
            sl_plain_repeat(b, " ", before < c->figure[k] ? c->figure[k] - (unsigned)before : 1);
        }
    }
    if (row->verdict != NULL) {
        put_label(b, &l->head[l->main], row->verdict, c->verdict, 0);
    }
    sl_buf_byte(b, '\n');
}

/* "  N thing", in the form for one or for several; nothing for none. */
static void put_rest(struct sl_buf *b, uint64_t n, const char *one, const char *several)
{
    if (n > 0) {
        sl_buf_text(b, "  ");
        sl_buf_uint(b, n);
        sl_buf_text(b, n == 1 ? one : several);
        sl_buf_byte(b, '\n');
    }
}

/* A line each speaker: statements on each label, the verdict; quotes: the strongest below. */
static void put_speakers(struct sl_buf *b, const struct sl_layout *l,
                         const struct slant_report_options *opt, const struct sl_standpoint *row,
                         size_t n, uint64_t unattributed, uint64_t generic, bool quotes)
{
    enum { MOST = 12 };
    struct columns c = {0};
    size_t shown = n < MOST ? n : MOST;
    if (n == 0 && unattributed == 0 && generic == 0) {
        return;
    }
    sl_buf_text(b, "\n  ");
    if (n > 0) {
        choose_columns(&c, l, opt);
        put_speakers_head(b, l, &c);
    } else {
        sl_buf_text(b, "speakers\n");
    }
    for (size_t i = 0; i < shown; i++) {
        put_speaker(b, l, &c, &row[i]);
        if (quotes) {
            put_quote(b, l, opt, &row[i]);
        }
    }
    put_rest(b, n - shown, " more speaker (-f json has all)", " more speakers (-f json has all)");
    put_rest(b, c.n_hidden, " more label (-f json has all)", " more labels (-f json has all)");
    put_rest(b, unattributed, " statement of an unknown speaker",
             " statements of unknown speakers");
    put_rest(b, generic, " statement of a speaker without a name, in its article",
             " statements of speakers without a name, in their articles");
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
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
        color(b, opt, "\033[1m");
        sl_plain_text(b, s->verdict, strlen(s->verdict));
        color(b, opt, "\033[0m");
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
        put_evidence(b, l, opt, &s->evidence[i]);
    }
    put_speakers(b, l, opt, s->speaker, s->n_speaker, s->unattributed, 0, opt->n_evidence > 0);
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
    unsigned half = (width_of(opt) - GROUP - AROUND) / 2;
    unsigned label = half > SHORT_LABEL ? half : SHORT_LABEL;
    if (!l->has_sides || g->n < 2) {
        return;
    }
    sl_buf_text(b, "\nBy ");
    sl_plain_repeat(b, " ", put_cut(b, what, strlen(what), GROUP + 5));
    color(b, opt, side_color(l, l->main, p->left));
    put_label(b, &l->head[l->main], l->head[l->main].label[p->left], label, half);
    color(b, opt, "\033[0m");
    sl_buf_text(b, "  ");
    color(b, opt, side_color(l, l->main, p->right));
    put_label(b, &l->head[l->main], l->head[l->main].label[p->right], label, half + 1);
    color(b, opt, "\033[0m");
    sl_buf_text(b, " articles\n");
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_share *share = g->group[i].share + l->column[l->main];
        sl_buf_text(b, "  ");
        sl_plain_repeat(b, " ",
                        put_cut(b, g->group[i].name.p, g->group[i].name.len, GROUP - 1) + 1);
        sl_plain_right_percent(b, share[p->left].share);
        sl_buf_text(b, " % ");
        color(b, opt, side_color(l, l->main, p->left));
        put_half(b, share[p->left].share, half, true);
        color(b, opt, "\033[0m");
        sl_buf_byte(b, '|');
        color(b, opt, side_color(l, l->main, p->right));
        put_half(b, share[p->right].share, half, false);
        color(b, opt, "\033[0m");
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
        sl_plain_wrapped(b, unlike, sizeof unlike - 1, 2, width_of(opt));
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
    color(b, opt, "\033[1m");
    sl_buf_text(b, several ? "All articles" : "How to read this");
    color(b, opt, "\033[0m");
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
    sl_plain_wrapped(b, verdicts.p, verdicts.len, 0, width_of(opt));
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
        sl_plain_wrapped(b, sl_parts_note, strlen(sl_parts_note), 2, width_of(opt));
        sl_buf_byte(b, '\n');
    }
    put_comparison(b, l, opt, c);
    if (c->n_article > 1) {
        put_speakers(b, l, opt, c->speaker, c->n_speaker, c->unattributed, c->generic, false);
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
    sl_plain_wrapped(b, caption, sizeof caption - 1, 0, width_of(opt));
    if (c->n_speaker > 0) {
        sl_buf_byte(b, '\n');
        sl_plain_wrapped(b, sl_weighed_note, strlen(sl_weighed_note), 0, width_of(opt));
        if (opt->n_evidence > 0) {
            sl_buf_byte(b, '\n');
            sl_plain_wrapped(b, own_note, sizeof own_note - 1, 0, width_of(opt));
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
