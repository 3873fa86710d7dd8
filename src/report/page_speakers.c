/* The speakers on the page: a table each article, a picture and a table for all. */
#include "base/utf8.h"
#include "report/chart.h"
#include "report/page.h"

/* A page of thousands of articles names thousands of speakers, most of them once. */
enum { MOST_ROWS = 100, LONGEST_QUOTE = 160 };

static void put_row(struct sl_buf *b, const struct sl_layout *l, const struct sl_standpoint *x,
                    bool all)
{
    const struct slant_head *head = &l->head[l->main];
    sl_buf_text(b, "<tr><th scope=\"row\" dir=\"auto\">");
    sl_html_text(b, x->name, x->len);
    sl_buf_text(b, "</th>");
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_html_put(b, "<td class=\"n\">%u</td>", x->count[k]);
    }
    if (l->has_sides) {
        enum sl_stand stand = sl_page_stand(l, x->verdict);
        sl_html_put(b, "<td class=\"%s\">", sl_page_class(l, stand));
        sl_buf_text(b, sl_page_sign(l, stand));
        sl_html_put(b, "%s</td>", x->verdict);
    }
    sl_html_put(b, "<td dir=\"auto\"><a href=\"#a%us%u\">", x->article, x->place);
    if (all) { /* where there is no room for it the probability stands for it */
        size_t shown = sl_utf8_offset(x->text, x->text_len, LONGEST_QUOTE);
        sl_buf_text(b, "<span class=\"q\">");
        sl_html_text(b, x->text, shown > x->text_len ? x->text_len : shown);
        sl_buf_text(b, shown < x->text_len ? "…</span> " : "</span> ");
    } else { /* its text stands below */
        sl_html_put(b, "sentence %u ", x->place);
    }
    sl_html_put(b, "<small><span class=\"q\">%s</span> %p %%</small></a></td></tr>\n",
                head->label[x->label], x->prob / 10000.0);
}

static void put_table(struct sl_buf *b, const struct sl_layout *l, const struct sl_standpoint *row,
                      size_t n, bool all)
{
    const struct slant_head *head = &l->head[l->main];
    if (n == 0) {
        return;
    }
    sl_html_put(b,
                "<div class=\"pan\"><table class=\"%s\"><caption>%s</caption><thead><tr><th "
                "scope=\"col\">speaker</th>",
                all ? "who all" : "who",
                all ? "Statements of each speaker by their most probable label, most statements "
                      "first; quoted is the strongest"
                    : "Speakers, their statements by label, and the strongest");
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_html_put(b, "<th scope=\"col\" class=\"n\">%s</th>", head->label[k]);
    }
    sl_buf_text(b, l->has_sides ? "<th scope=\"col\">verdict</th>" : "");
    sl_buf_text(b, "<th scope=\"col\">quote</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n && i < MOST_ROWS; i++) {
        put_row(b, l, &row[i], all);
    }
    sl_buf_text(b, "</tbody></table></div>\n");
}

static void put_rest(struct sl_buf *b, size_t n, uint64_t unattributed, uint64_t generic)
{
    if (n <= MOST_ROWS && unattributed == 0 && generic == 0) {
        return;
    }
    sl_buf_text(b, "<p class=\"soft\">");
    if (n > MOST_ROWS) {
        sl_html_put(b,
                    "%u more speakers are not shown; those of each article are in the table of "
                    "speakers (CSV). ",
                    (uint64_t)n - MOST_ROWS);
    }
    if (unattributed > 0) {
        sl_html_put(b,
                    unattributed == 1 ? "%u statement has an unknown speaker."
                                      : "%u statements have an unknown speaker.",
                    unattributed);
    }
    if (generic > 0) {
        sl_html_put(b,
                    generic == 1
                        ? " %u is a speaker's without a name, who is listed in the article alone."
                        : " %u are of speakers without a name, who are listed in their articles "
                          "alone.",
                    generic);
    }
    sl_buf_text(b, "</p>\n");
}

void sl_page_speakers_of(struct sl_buf *b, const struct sl_layout *l, const struct sl_summary *s)
{
    put_table(b, l, s->speaker, s->n_speaker, false);
    put_rest(b, s->n_speaker, s->unattributed, 0);
}

static void put_picture(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    if (!l->has_sides || c->n_speaker == 0) {
        return;
    }
    sl_buf_text(b, "<figure><div class=\"pan dots\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"Speakers\">");
    sl_chart_speakers(b, l, c, false);
    sl_html_put(b,
                "</div><figcaption>Each speaker's statements, %s minus %s (mean probabilities, in "
                "points), with 95 %% intervals. &#9654; %s, &#9664; %s, ",
                head->label[p->right], head->label[p->left], head->label[p->right],
                head->label[p->left]);
    sl_buf_text(b, "&#9670; mixed, &#9642; neutral, &#9675; too little evidence. A verdict on a "
                   "speaker names the likelier side (62 % and more), as statements are few; an "
                   "interval that holds 0 says that it may be wrong.");
    if (c->n_speaker > SL_CHART_SPEAKERS) {
        sl_html_put(b, " The %u speakers with the most statements of %u.",
                    (uint64_t)SL_CHART_SPEAKERS, (uint64_t)c->n_speaker);
    }
    sl_buf_text(b, "</figcaption></figure>\n");
}

void sl_page_speakers(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    if (c->n_speaker == 0 && c->unattributed == 0 && c->generic == 0) {
        return;
    }
    sl_html_put(b, "<section aria-labelledby=\"h-who\"><h2 id=\"h-who\">%s</h2>\n",
                l->has_sides ? "Who is for, who is against" : "Speakers");
    put_picture(b, l, c);
    put_table(b, l, c->speaker, c->n_speaker, true);
    put_rest(b, c->n_speaker, c->unattributed, c->generic);
    sl_buf_text(b, "</section>\n");
}
