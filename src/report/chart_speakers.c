/* A dot plot (Cleveland 1984) of speakers. */
#include "report/chart.h"
#include "report/page.h"

enum { PLOT = 440, MARGIN = 24, ROW = 22, HEAD = 44, FOOT = 10 };

/* Where a balance of -1 to 1 lies; names: their width. */
static double x_of(double names, double balance)
{
    return names + MARGIN + (balance + 1) / 2 * PLOT;
}

/* About what the names take in 12 px: a byte that is not ASCII is half or a third of a character. */
static double width_of_names(const struct sl_standpoint *row, size_t n)
{
    static const double least = 80;
    static const double most = 250;
    double widest = least;
    for (size_t i = 0; i < n; i++) {
        double width = 14;
        for (size_t k = 0; k < row[i].len; k++) {
            width += (unsigned char)row[i].name[k] < 0x80 ? 7 : 4;
        }
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

static void put_signed(struct sl_buf *b, double share)
{
    double points = 100 * share;
    sl_html_put(b, "%s%f", points < 0 ? "−" : points > 0 ? "+" : "", points < 0 ? -points : points);
}

static void put_axis(struct sl_buf *b, const struct sl_layout *l, double names, double height)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    sl_html_put(b,
                "<text class=\"k\" x=\"%f\" y=\"14\">&#9664; %s</text><text class=\"k e\" x=\"%f\" "
                "y=\"14\">%s &#9654;</text>",
                x_of(names, -1), head->label[p->left], x_of(names, 1), head->label[p->right]);
    for (int i = -2; i <= 2; i++) {
        sl_html_put(b, "<path class=\"%s\" d=\"M%f %fV%f\"/><text class=\"m g\" x=\"%f\" y=\"32\">",
                    i == 0 ? "h" : "z", x_of(names, i / 2.0), HEAD - 6.0, height - FOOT,
                    x_of(names, i / 2.0));
        put_signed(b, i / 2.0);
        sl_buf_text(b, "</text>");
    }
}

static void put_speaker(struct sl_buf *b, const struct sl_layout *l, const struct sl_standpoint *x,
                        double names, double y, bool alone)
{
    bool first_right = l->poles[l->main].right == l->side[0];
    double at = first_right ? x->balance : -x->balance;
    double low = first_right ? x->balance_low : -x->balance_high;
    double high = first_right ? x->balance_high : -x->balance_low;
    sl_chart_name(b, x->name, x->len, names + MARGIN - 14, y + 4);
    sl_html_put(b, "<path class=\"w\" d=\"M%f %fH%fM%f %fv6M%f %fv6\"/>", x_of(names, low), y,
                x_of(names, high), x_of(names, low), y - 3, x_of(names, high), y - 3);
    if (!alone) {
        sl_html_put(b, "<a href=\"#a%us%u\" tabindex=\"-1\">", x->article, x->place);
    }
    sl_chart_mark(b, l, sl_page_stand(l, x->verdict), x_of(names, at), y);
    sl_buf_text(b, "<title>");
    sl_html_text(b, x->name, x->len);
    sl_html_put(b, ": %s, ", x->verdict);
    put_signed(b, at);
    sl_buf_text(b, " (");
    put_signed(b, low);
    sl_buf_text(b, " to ");
    put_signed(b, high);
    sl_html_put(b, x->n_statement == 1 ? "), %u statement" : "), %u statements", x->n_statement);
    sl_buf_text(b, alone ? "</title></path>" : "</title></path></a>");
}

void sl_chart_speakers(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                       bool alone)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    size_t n = c->n_speaker < SL_CHART_SPEAKERS ? c->n_speaker : SL_CHART_SPEAKERS;
    double names = width_of_names(c->speaker, n);
    double height = HEAD + ROW * (double)n + FOOT;
    sl_chart_open(b, names + PLOT + 2 * MARGIN, height);
    sl_html_put(
        b, "%u of %u speakers by their statements, %s minus %s, in points with 95 %% intervals",
        (uint64_t)n, (uint64_t)c->n_speaker, head->label[p->right], head->label[p->left]);
    sl_chart_draw(b, alone);
    put_axis(b, l, names, height);
    for (size_t i = 0; i < n; i++) {
        put_speaker(b, l, &c->speaker[i], names, HEAD + ROW * ((double)i + 0.5), alone);
    }
    sl_buf_text(b, "</svg>");
}
