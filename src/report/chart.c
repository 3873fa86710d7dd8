#include "report/chart.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

const char *sl_chart_other_name(const struct slant_head *head, const struct sl_poles *p)
{
    const char *name = head->n_label > 2 ? "other" : NULL;
    for (uint32_t k = 0; head->n_label == 3 && k < 3; k++) {
        name = k != p->left && k != p->right ? head->label[k] : name;
    }
    return name;
}

void sl_chart_where(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p)
{
    const char *other = sl_chart_other_name(head, p);
    sl_html_put(b, "%s to the left, ", head->label[p->left]);
    if (other != NULL) {
        sl_html_put(b, "%s in the middle, ", other);
    }
    sl_html_put(b, "%s to the right", head->label[p->right]);
}

/* Share of the labels that are neither pole, from 0 to 1. */
static double other_share(const struct slant_head *head, const struct sl_poles *p,
                          const struct sl_share *share)
{
    double sum = 0;
    for (uint32_t k = 0; k < head->n_label; k++) {
        sum += k != p->left && k != p->right ? share[k].share : 0;
    }
    return sum;
}

static void put_words(struct sl_buf *b, const char *label, const struct sl_share *s)
{
    sl_html_put(b, "%s %p %%", label, s->share);
    if (s->has_interval) {
        sl_html_put(b, " (%p to %p %%)", s->low, s->high);
    }
}

void sl_chart_words(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p,
                    const struct sl_share *share)
{
    const char *other = sl_chart_other_name(head, p);
    put_words(b, head->label[p->left], &share[p->left]);
    sl_buf_text(b, ", ");
    if (other != NULL) {
        sl_html_put(b, "%s %p %%, ", other, other_share(head, p, share));
    }
    put_words(b, head->label[p->right], &share[p->right]);
}

/* A whisker from x to to at height y, with ends. */
static void whisker(struct sl_buf *b, double x, double to, double y)
{
    sl_html_put(b, "M%f %fH%fM%f %fv4M%f %fv4", x, y, to, x, y - 2, to, y - 2);
}

/* After "<svg" and perhaps attributes. */
static void put_diverging(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p,
                          const struct sl_share *share)
{
    const struct sl_share *left = &share[p->left];
    const struct sl_share *right = &share[p->right];
    bool has_other = sl_chart_other_name(head, p) != NULL;
    double other = 100 * other_share(head, p, share);
    double unit = has_other ? 100 : 150; /* of the width of 300 */
    sl_buf_text(b, " viewBox=\"0 0 300 12\" role=\"img\"><title>");
    sl_chart_words(b, head, p, share);
    sl_html_put(b,
                "</title><path class=\"z\" d=\"M%f 0v12M%f 0v12\"/>"
                "<path class=\"l\" d=\"M%f 2v8h-%fv-8z\"/>",
                unit, 300 - unit, unit, unit * left->share);
    if (has_other) {
        sl_html_put(b, "<path class=\"o\" d=\"M%f 4h%fv4h-%fz\"/>", 150 - other / 2, other, other);
    }
    sl_html_put(b, "<path class=\"r\" d=\"M%f 2v8h%fv-8z\"/>", 300 - unit, unit * right->share);
    if (left->has_interval || right->has_interval) {
        sl_buf_text(b, "<path class=\"w\" d=\"");
        if (left->has_interval) {
            whisker(b, unit - unit * left->high, unit - unit * left->low, 6);
        }
        if (right->has_interval) {
            whisker(b, 300 - unit + unit * right->low, 300 - unit + unit * right->high, 6);
        }
        sl_buf_text(b, "\"/>");
    }
    sl_buf_text(b, "</svg>");
}

void sl_chart_diverging(struct sl_buf *b, const struct slant_head *head, const struct sl_poles *p,
                        const struct sl_share *share)
{
    sl_buf_text(b, "<svg");
    put_diverging(b, head, p, share);
}

static void put_bar(struct sl_buf *b, const struct sl_share *s, const char *which)
{
    sl_html_put(b, " viewBox=\"0 0 200 12\" role=\"img\"><title>%p %%", s->share);
    if (s->has_interval) {
        sl_html_put(b, ", interval %p to %p %%", s->low, s->high);
    }
    sl_html_put(b,
                "</title><path class=\"z\" d=\"M.5 0v12M199.5 0v12\"/><path class=\"%s\" d=\"M0 "
                "2h%fv8H0z\"/>",
                which, 200 * s->share);
    if (s->has_interval) {
        sl_buf_text(b, "<path class=\"w\" d=\"");
        whisker(b, 200 * s->low, 200 * s->high, 6);
        sl_buf_text(b, "\"/>");
    }
    sl_buf_text(b, "</svg>");
}

void sl_chart_bar(struct sl_buf *b, const struct sl_share *s, const char *which)
{
    sl_buf_text(b, "<svg");
    put_bar(b, s, which);
}

void sl_chart_open(struct sl_buf *b, double width, double height)
{
    sl_html_put(b,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %f %f\" role=\"img\" "
                "aria-label=\"",
                width, height);
}

void sl_chart_draw(struct sl_buf *b, bool alone)
{
    sl_buf_text(b, "\">");
    if (alone) {
        sl_buf_text(b, "<style>");
        sl_buf_text(b, sl_chart_css);
        sl_buf_text(b, "</style>");
    }
}

/* ---- rows ---- */

enum { NAME = 250, BARS = 480, ROW = 24, HEAD = 30, MARGIN = 10 };

void sl_chart_name(struct sl_buf *b, const char *name, size_t len, double x, double y)
{
    enum { LONGEST = 38 };
    size_t shown = sl_utf8_offset(name, len, LONGEST);
    sl_html_put(b, "<text class=\"e\" x=\"%f\" y=\"%f\">", x, y);
    sl_html_text(b, name, shown > len ? len : shown);
    sl_buf_text(b, shown < len ? "…</text>" : "</text>");
}

bool sl_chart_has_intervals(const struct sl_layout *l, const struct sl_groups *g)
{
    const struct sl_poles *p = &l->poles[l->main];
    bool any = false;
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_share *share = g->group[i].share + l->column[l->main];
        any = any || share[p->left].has_interval || share[p->right].has_interval;
    }
    return any;
}

void sl_chart_rows_begin(struct sl_buf *b, const struct sl_layout *l, size_t n_row,
                         const char *what, bool intervals)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    const char *other = sl_chart_other_name(head, p);
    sl_chart_open(b, NAME + BARS + 2 * MARGIN, HEAD + ROW * (double)n_row + MARGIN);
    sl_html_put(b, "Share of sentences by %s: ", what);
    sl_chart_where(b, head, p);
    sl_buf_text(b, intervals ? ", with 95 % intervals" : "");
    sl_chart_draw(b, true);
    sl_html_put(b, "<text class=\"k\" x=\"%f\" y=\"18\">&#9664; %s</text>", NAME + MARGIN + 2.0,
                head->label[p->left]);
    if (other != NULL) {
        sl_html_put(b, "<text class=\"k m\" x=\"%f\" y=\"18\">%s</text>",
                    NAME + MARGIN + BARS / 2.0, other);
    }
    sl_html_put(b, "<text class=\"k e\" x=\"%f\" y=\"18\">%s &#9654;</text>",
                (double)(NAME + MARGIN + BARS), head->label[p->right]);
}

void sl_chart_row(struct sl_buf *b, const struct sl_layout *l, size_t row,
                  const struct sl_text *name, const struct sl_share *share)
{
    double y = HEAD + ROW * (double)row;
    sl_chart_name(b, name->p, name->len, NAME + MARGIN - 10.0, y + 15);
    sl_html_put(b, "<svg x=\"%f\" y=\"%f\" width=\"%f\" height=\"%f\"", (double)(NAME + MARGIN), y,
                (double)BARS, BARS / 25.0);
    put_diverging(b, &l->head[l->main], &l->poles[l->main], share);
    sl_buf_byte(b, '\n');
}

void sl_chart_shares(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    size_t n_row = 0;
    size_t row = 0;
    for (size_t h = 0; h < l->n_head; h++) {
        n_row += l->head[h].n_label;
    }
    sl_chart_open(b, NAME + BARS + 2 * MARGIN, 2 * MARGIN + ROW * (double)n_row);
    sl_html_put(b, "Shares of %u sentence%s in %u article%s", c->n_sentence,
                c->n_sentence == 1 ? "" : "s", c->n_article, c->n_article == 1 ? "" : "s");
    sl_chart_draw(b, true);
    for (size_t h = 0; h < l->n_head; h++) {
        const struct sl_poles *p = &l->poles[h];
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            double y = MARGIN + ROW * (double)row++;
            const struct sl_share *s = &c->share[h][k];
            sl_html_put(b, "<text class=\"e\" x=\"%f\" y=\"%f\">%s: %s, %p %%</text>",
                        NAME + MARGIN - 10.0, y + 16, l->head[h].name, l->head[h].label[k],
                        s->share);
            sl_html_put(b, "<svg x=\"%f\" y=\"%f\" width=\"%f\" height=\"%f\"",
                        (double)(NAME + MARGIN), y, BARS * 0.8, BARS * 0.048);
            put_bar(b, s, p->two && k == p->left ? "l" : p->two && k == p->right ? "r" : "o");
        }
    }
    sl_buf_text(b, "</svg>");
}

/* ---- timeline ---- */

enum {
    LEFT = 52,
    PLOT = 652,
    WIDTH = LEFT + PLOT + 16,
    TOP = 26,
    HEIGHT = 150,
    COUNTS = 200,
    COUNT_HEIGHT = 30,
    BELOW = 250
};

struct axis {
    int32_t first, n; /* periods */
    double top;       /* share at the upper end */
    size_t most;      /* articles in one period */
};

static double x_of(const struct axis *a, enum slant_period period, int32_t day)
{
    return LEFT + (sl_period_number(period, day) - a->first + 0.5) / a->n * PLOT;
}

static double y_of(const struct axis *a, double share)
{
    return TOP + HEIGHT - share / a->top * HEIGHT;
}

static struct axis axis_of(const struct sl_layout *l, const struct sl_corpus *c)
{
    static const double tops[] = {0.25, 0.5, 0.75, 1};
    const struct sl_groups *g = &c->timeline;
    uint32_t first = l->column[l->main];
    struct axis a = {sl_period_number(c->period, g->group[0].day), 0, 0, 1};
    double highest = 0;
    size_t i = 0;
    a.n = sl_period_number(c->period, g->group[g->n - 1].day) - a.first + 1;
    for (size_t k = 0; k < g->n; k++) {
        a.most = g->group[k].n_article > a.most ? g->group[k].n_article : a.most;
        for (int side = 0; side < 2; side++) {
            const struct sl_share *s = &g->group[k].share[first + l->side[side]];
            highest = s->share > highest ? s->share : highest;
            highest = s->has_interval && s->high > highest ? s->high : highest;
        }
    }
    while (i < 3 && tops[i] < highest) {
        i++;
    }
    a.top = tops[i];
    return a;
}

static void put_axes(struct sl_buf *b, const struct sl_corpus *c, const struct axis *a)
{
    const struct sl_groups *g = &c->timeline;
    const double digit = 7; /* at the most, of what a name is written in */
    double free_from = 0;
    for (int i = 0; i <= 5; i++) {
        double share = a->top * i / 5;
        sl_html_put(
            b,
            "<path class=\"z\" d=\"M%f %fh%f\"/><text class=\"e g\" x=\"%f\" y=\"%f\">%f%s</text>",
            (double)LEFT, y_of(a, share), (double)PLOT, LEFT - 6.0, y_of(a, share) + 4, 100 * share,
            i == 5 ? " %" : "");
    }
    for (size_t i = 0; i < g->n; i++) { /* those for whose name there is room */
        double width = digit * (double)g->group[i].name.len;
        double begin = x_of(a, c->period, g->group[i].day) - width / 2;
        begin = begin + width > WIDTH ? WIDTH - width : begin;
        if (begin < free_from) {
            continue;
        }
        free_from = begin + width + 2 * digit;
        sl_html_put(b, "<text class=\"m g\" x=\"%f\" y=\"%f\">", begin + width / 2,
                    (double)BELOW - 4);
        sl_html_text(b, g->group[i].name.p, g->group[i].name.len);
        sl_buf_text(b, "</text>");
    }
    sl_html_put(b, "<text class=\"e g\" x=\"%f\" y=\"%f\">articles</text>", LEFT - 4.0,
                COUNTS + 18.0);
}

static void put_series(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                       const struct axis *a, bool right)
{
    const struct sl_groups *g = &c->timeline;
    const struct sl_poles *p = &l->poles[l->main];
    uint32_t column = l->column[l->main] + (right ? p->right : p->left);
    double aside = right ? 3 : -3;
    sl_html_put(b, "<path class=\"%s\" d=\"", right ? "sr" : "sl");
    for (size_t i = 0; i < g->n; i++) {
        sl_html_put(b, i == 0 ? "M%f %f" : "L%f %f", x_of(a, c->period, g->group[i].day) + aside,
                    y_of(a, g->group[i].share[column].share));
    }
    sl_html_put(b, "\"/><path class=\"%s\" d=\"", right ? "er" : "el");
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_share *s = &g->group[i].share[column];
        double x = x_of(a, c->period, g->group[i].day) + aside;
        if (s->has_interval) {
            sl_html_put(b, "M%f %fV%fM%f %fh5M%f %fh5", x, y_of(a, s->low), y_of(a, s->high),
                        x - 2.5, y_of(a, s->low), x - 2.5, y_of(a, s->high));
        }
    }
    sl_buf_text(b, "\"/>");
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_share *s = &g->group[i].share[column];
        double x = x_of(a, c->period, g->group[i].day) + aside;
        double y = y_of(a, s->share);
        if (right) {
            sl_html_put(b, "<circle class=\"r\" cx=\"%f\" cy=\"%f\" r=\"4\">", x, y);
        } else {
            sl_html_put(b, "<rect class=\"l\" x=\"%f\" y=\"%f\" width=\"7\" height=\"7\">", x - 3.5,
                        y - 3.5);
        }
        sl_buf_text(b, "<title>");
        sl_html_text(b, g->group[i].name.p, g->group[i].name.len);
        sl_buf_text(b, ": ");
        put_words(b, l->head[l->main].label[right ? p->right : p->left], s);
        sl_buf_text(b, right ? "</title></circle>" : "</title></rect>");
    }
}

void sl_chart_timeline(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                       bool alone)
{
    const struct sl_groups *g = &c->timeline;
    const struct sl_poles *p = &l->poles[l->main];
    const char *const *label = l->head[l->main].label;
    struct axis a = axis_of(l, c);
    sl_chart_open(b, WIDTH, BELOW);
    sl_html_put(b, "Share of sentences by %s from ", sl_period_name[c->period]);
    sl_html_text(b, g->group[0].name.p, g->group[0].name.len);
    sl_buf_text(b, " to ");
    sl_html_text(b, g->group[g->n - 1].name.p, g->group[g->n - 1].name.len);
    sl_html_put(b, ": %s and %s%s, and the number of articles", label[p->left], label[p->right],
                sl_chart_has_intervals(l, g) ? ", with 95 % intervals" : "");
    sl_chart_draw(b, alone);
    sl_html_put(
        b,
        "<rect class=\"l\" x=\"%f\" y=\"5\" width=\"7\" height=\"7\"/><text class=\"k\" x=\"%f\" "
        "y=\"12\">%s</text>",
        (double)LEFT, LEFT + 11.0, label[p->left]);
    sl_html_put(b,
                "<circle class=\"r\" cx=\"%f\" cy=\"8.5\" r=\"4\"/><text class=\"k\" x=\"%f\" "
                "y=\"12\">%s</text>",
                LEFT + 120.0, LEFT + 128.0, label[p->right]);
    put_axes(b, c, &a);
    for (size_t i = 0; i < g->n; i++) {
        double height = (double)g->group[i].n_article / (double)a.most * COUNT_HEIGHT;
        double width = PLOT * 0.7 / a.n > 28 ? 28 : PLOT * 0.7 / a.n;
        double x = x_of(&a, c->period, g->group[i].day);
        sl_html_put(b, "<path class=\"o\" d=\"M%f %fh%fv-%fh-%fz\"/>", x - width / 2,
                    (double)COUNTS + COUNT_HEIGHT, width, height, width);
        if (a.n <= 31) {
            sl_html_put(b, "<text class=\"m g\" x=\"%f\" y=\"%f\">%u</text>", x,
                        COUNTS + COUNT_HEIGHT - height - 3, (uint64_t)g->group[i].n_article);
        }
    }
    put_series(b, l, c, &a, false);
    put_series(b, l, c, &a, true);
    sl_buf_text(b, "</svg>");
}

/* ---- stance against sentiment ---- */

bool sl_chart_other_head(const struct sl_layout *l, size_t *other)
{
    for (size_t h = 0; l->has_sides && h < l->n_head; h++) {
        if (h != l->main && l->poles[h].two) {
            *other = h;
            return true;
        }
    }
    return false;
}

static double balance(const struct sl_layout *l, size_t h, const uint64_t *figure, uint64_t n)
{
    double left = (double)figure[l->column[h] + l->poles[h].left];
    double right = (double)figure[l->column[h] + l->poles[h].right];
    return (right - left) / 10000.0 / (double)n;
}

/* What the axes reach: the least of 25, 50 and 100 points that holds every article. */
static double reach_of(const struct sl_layout *l, const struct sl_corpus *c, size_t other)
{
    double most = 0;
    for (size_t i = 0; i < c->facts->n; i++) {
        const uint64_t *figure = sl_facts_figure(c->facts, i);
        uint64_t n = c->facts->fact[i].n_sentence;
        double x = n == 0 ? 0 : fabs(balance(l, l->main, figure, n));
        double y = n == 0 ? 0 : fabs(balance(l, other, figure, n));
        most = x > most ? x : most;
        most = y > most ? y : most;
    }
    return most <= 0.25 ? 0.25 : most <= 0.5 ? 0.5 : 1;
}

void sl_chart_mark(struct sl_buf *b, const struct sl_layout *l, enum sl_stand stand, double x,
                   double y)
{
    bool right =
        stand == (l->poles[l->main].right == l->side[0] ? SL_STAND_FIRST : SL_STAND_SECOND);
    switch (stand) {
    case SL_STAND_FIRST:
    case SL_STAND_SECOND:
        if (right) {
            sl_html_put(b, "<path class=\"r\" d=\"M%f %fl8 4-8 4z\">", x - 3, y - 4);
        } else {
            sl_html_put(b, "<path class=\"l\" d=\"M%f %fl-8 4 8 4z\">", x + 3, y - 4);
        }
        break;
    case SL_STAND_MIXED:
        sl_html_put(b, "<path class=\"g\" d=\"M%f %fl4 4-4 4-4-4z\">", x, y - 4);
        break;
    case SL_STAND_NEUTRAL:
        sl_html_put(b, "<path class=\"g\" d=\"M%f %fh5v5h-5z\">", x - 2.5, y - 2.5);
        break;
    case SL_STAND_UNKNOWN:
    case SL_N_STAND:
        sl_html_put(b, "<path class=\"h\" d=\"M%f %fa3 3 0 1 0 6 0a3 3 0 1 0-6 0\">", x - 3, y);
        break;
    }
}

void sl_chart_scatter(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                      size_t other, bool alone)
{
    enum { SIZE = 400, EDGE = 30 };
    const struct slant_head *across = &l->head[l->main];
    const struct slant_head *up = &l->head[other];
    const struct sl_poles *p = &l->poles[l->main];
    const struct sl_poles *q = &l->poles[other];
    double half = SIZE / 2.0 - EDGE;
    double middle = SIZE / 2.0;
    double reach = reach_of(l, c, other);
    sl_chart_open(b, SIZE, SIZE);
    sl_html_put(b, "%u articles by the balance of %s (", c->n_article, across->name);
    sl_html_put(b, "%s to %s) and of %s (%s to %s)", across->label[p->left],
                across->label[p->right], up->name, up->label[q->left], up->label[q->right]);
    sl_chart_draw(b, alone);
    sl_html_put(b, "<path class=\"z\" d=\"M%f %fh%fv%fh-%fzM%f %fv%fM%f %fh%f\"/>", middle - half,
                middle - half, 2 * half, 2 * half, 2 * half, middle, middle - half, 2 * half,
                middle - half, middle, 2 * half);
    sl_html_put(b,
                "<text class=\"k\" x=\"%f\" y=\"%f\">&#9664; %s</text>"
                "<text class=\"k e\" x=\"%f\" y=\"%f\">%s &#9654;</text>",
                middle - half, SIZE - 12.0, across->label[p->left], middle + half, SIZE - 12.0,
                across->label[p->right]);
    sl_html_put(b,
                "<text class=\"k m\" transform=\"rotate(-90)\" x=\"%f\" y=\"22\">%s &#9654;</text>"
                "<text class=\"k m\" transform=\"rotate(-90)\" x=\"%f\" y=\"22\">&#9664; %s</text>",
                -(middle - half / 2), up->label[q->right], -(middle + half / 2),
                up->label[q->left]);
    for (int i = -1; i <= 1; i += 2) {
        sl_html_put(b, "<text class=\"g%s\" x=\"%f\" y=\"%f\">%s%f</text>", i < 0 ? "" : " e",
                    middle + i * (half - 3), middle + 13, i < 0 ? "−" : "+", 100 * reach);
        sl_html_put(b, "<text class=\"g\" x=\"%f\" y=\"%f\">%s%f</text>", middle + 4,
                    middle - i * half + (i < 0 ? -4 : 13), i < 0 ? "−" : "+", 100 * reach);
    }
    for (size_t i = 0; i < c->facts->n; i++) {
        const struct sl_fact *f = &c->facts->fact[i];
        const uint64_t *figure = sl_facts_figure(c->facts, i);
        if (f->n_sentence == 0 || f->copy_of != SL_TABLE_NONE) {
            continue;
        }
        if (!alone) {
            sl_html_put(b, "<a href=\"#a%u\" tabindex=\"-1\">", (uint64_t)i + 1);
        }
        sl_chart_mark(b, l, f->stand,
                      middle + half / reach * balance(l, l->main, figure, f->n_sentence),
                      middle - half / reach * balance(l, other, figure, f->n_sentence));
        sl_html_put(b, "<title>%u. ", (uint64_t)i + 1);
        sl_html_text(b, f->name.p, f->name.len);
        sl_buf_text(b, alone ? "</title></path>" : "</title></path></a>");
    }
    sl_buf_text(b, "</svg>");
}
