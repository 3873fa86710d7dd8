/* One picture of the report, standing alone. */
#include "report/chart.h"

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    if (opt->chart == SLANT_CHART_ARTICLES && l->has_sides) {
        const struct sl_text name = sl_article_name(s);
        sl_chart_row(b, l, (size_t)before, &name, s->share[l->main]);
    }
}

/* Says in the picture why it is empty. */
static void put_nothing(struct sl_buf *b, const char *why)
{
    sl_html_put(b,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 40\" role=\"img\" "
                "aria-label=\"%s\"><text x=\"10\" y=\"25\" font-family=\"sans-serif\" "
                "font-size=\"13\">%s</text></svg>",
                why, why);
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    size_t other;
    (void)tail;
    switch (opt->chart) {
    case SLANT_CHART_SHARES:
        sl_chart_shares(b, l, c);
        return;
    case SLANT_CHART_ARTICLES:
        if (l->has_sides) {
            sl_chart_rows_begin(b, l, c->facts->n, "article", true);
            return; /* the rows and the end follow */
        }
        break;
    case SLANT_CHART_TIMELINE:
        if (l->has_sides && c->timeline.n > 0) {
            sl_chart_timeline(b, l, c, true);
            return;
        }
        break;
    case SLANT_CHART_SOURCES:
        if (l->has_sides && c->source.n > 0) {
            sl_chart_rows_begin(b, l, c->source.n, "source", sl_chart_has_intervals(l, &c->source));
            for (size_t i = 0; i < c->source.n; i++) {
                sl_chart_row(b, l, i, &c->source.group[i].name,
                             c->source.group[i].share + l->column[l->main]);
            }
            sl_buf_text(b, "</svg>");
            return;
        }
        break;
    case SLANT_CHART_SCATTER:
        if (sl_chart_other_head(l, &other)) {
            sl_chart_scatter(b, l, c, other, true);
            return;
        }
        break;
    case SLANT_CHART_SPEAKERS:
        if (l->has_sides && c->n_speaker > 0) {
            sl_chart_speakers(b, l, c, true);
            return;
        }
        break;
    }
    put_nothing(b, "Nothing to draw: no sides, dates, sources or speakers.");
}

static void close_picture(struct sl_buf *b, const struct sl_layout *l,
                          const struct slant_report_options *opt, const struct sl_report_tail *tail)
{
    (void)tail;
    sl_buf_text(b, opt->chart == SLANT_CHART_ARTICLES && l->has_sides ? "</svg>\n" : "\n");
}

const struct sl_report_format sl_report_svg = {
    .corpus_first = true, .article = article, .end = end, .close = close_picture};
