/* Groups of articles on the page: over time, by source or by the reader's own key, and compared. */
#include "report/chart.h"
#include "report/page.h"

static void put_articles_of(struct sl_buf *b, const struct sl_group *g)
{
    sl_html_put(b, "<details class=\"in\"><summary>%u article%s</summary>", (uint64_t)g->n_article,
                g->n_article == 1 ? "" : "s");
    for (size_t i = 0; i < g->n_article; i++) {
        sl_html_put(b, "<a href=\"#a%u\">%u</a> ", (uint64_t)g->article[i] + 1,
                    (uint64_t)g->article[i] + 1);
    }
    sl_buf_text(b, "</details>");
}

static void put_group_table(struct sl_buf *b, const struct sl_layout *l, const struct sl_groups *g,
                            const char *what)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    const char *other = sl_chart_other_name(head, p);
    uint32_t first = l->column[l->main];
    sl_html_put(b,
                "<div class=\"pan\"><table><caption>Shares of sentences, with 95 %% intervals from "
                "five articles on</caption><thead><tr><th "
                "scope=\"col\">%s</th><th scope=\"col\">"
                "articles</th><th scope=\"col\" class=\"n\">%s</th>",
                what, head->label[p->left]);
    sl_html_put(b, "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"wide\">%s | ",
                head->label[p->right], head->label[p->left]);
    if (other != NULL) {
        sl_html_put(b, "%s | ", other);
    }
    sl_html_put(b, "%s</th></tr></thead><tbody>\n", head->label[p->right]);
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_group *group = &g->group[i];
        const uint32_t pole[2] = {p->left, p->right};
        sl_buf_text(b, "<tr><th scope=\"row\" dir=\"auto\">");
        sl_html_text(b, group->name.p, group->name.len);
        sl_buf_text(b, "</th><td>");
        put_articles_of(b, group);
        for (int side = 0; side < 2; side++) {
            const struct sl_share *s = &group->share[first + pole[side]];
            sl_html_put(b, "</td><td class=\"n\">%p %%", s->share);
            if (s->has_interval) {
                sl_html_put(b, "<br><small>%p to %p</small>", s->low, s->high);
            }
        }
        sl_buf_text(b, "</td><td class=\"b wide\">");
        sl_chart_diverging(b, head, p, group->share + first);
        sl_buf_text(b, "</td></tr>\n");
    }
    sl_buf_text(b, "</tbody></table></div>\n");
}

void sl_page_timeline(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    if (!l->has_sides || c->timeline.n < 2) {
        return;
    }
    sl_html_put(
        b, "<section aria-labelledby=\"h-time\"><h2 id=\"h-time\">Over time</h2>\n"
           "<figure><div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\">");
    sl_chart_timeline(b, l, c, false);
    sl_html_put(
        b,
        "</div><figcaption>Share of sentences by %s. Bars are 95 %% intervals over articles; a "
        "point without one has fewer than five.",
        sl_period_name[c->period]);
    if (c->timeline.n_left_out > 0) {
        sl_html_put(b, " %u without a date left out.", (uint64_t)c->timeline.n_left_out);
    }
    sl_html_put(b, "</figcaption></figure>\n<details class=\"in\"><summary>The figures as a "
                   "table</summary>");
    put_group_table(b, l, &c->timeline, sl_period_name[c->period]);
    sl_buf_text(b, "</details></section>\n");
}

void sl_page_groups(struct sl_buf *b, const struct sl_layout *l, const struct sl_groups *g,
                    const char *id, const char *what)
{
    if (!l->has_sides || g->n == 0) {
        return;
    }
    sl_html_put(b, "<section aria-labelledby=\"%s\"><h2 id=\"%s\">By %s</h2>\n", id, id, what);
    put_group_table(b, l, g, what);
    if (g->n_left_out > 0) {
        sl_html_put(b, "<p class=\"soft\">Articles that name no %s: %u.</p>", what,
                    (uint64_t)g->n_left_out);
    }
    sl_buf_text(b, "</section>\n");
}

static void put_points(struct sl_buf *b, double share)
{
    sl_buf_text(b, share < 0 ? "−" : "+");
    sl_buf_fixed(b, share < 0 ? -100 * share : 100 * share, 1);
}

void sl_page_comparison(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_comparison *all = &c->comparison;
    if (c->compared == NULL) {
        return;
    }
    sl_html_put(b,
                "<section aria-labelledby=\"h-compare\"><h2 id=\"h-compare\">Each %s against all "
                "others</h2>\n",
                c->compared);
    if (!l->has_sides) {
        sl_html_put(b, "<p>Not compared: %s.</p></section>\n", sl_not_compared(l, c));
        return;
    }
    if (all->n == 0) {
        sl_buf_text(b, "<p>Too few articles: five on either side are needed.</p></section>\n");
        return;
    }
    sl_html_put(
        b,
        "<div class=\"pan\"><table><caption>Difference in the balance, %s minus %s (mean "
        "probabilities), in points; p "
        "by "
        "%u permutations of articles, corrected for %u comparison%s (Holm)</caption><thead><tr>",
        l->head[l->main].label[l->poles[l->main].right],
        l->head[l->main].label[l->poles[l->main].left], (uint64_t)all->n_permutation,
        (uint64_t)all->n, all->n == 1 ? "" : "s");
    sl_html_put(b,
                "<th scope=\"col\">%s</th><th scope=\"col\">articles</th><th scope=\"col\" "
                "class=\"n\">difference</th><th scope=\"col\" class=\"n\">95 %% interval</th><th "
                "scope=\"col\" class=\"n\">p</th></tr></thead><tbody>\n",
                c->compared);
    for (size_t i = 0; i < all->n; i++) {
        const struct sl_difference *d = &all->item[i];
        sl_buf_text(b, "<tr><th scope=\"row\" dir=\"auto\">");
        sl_html_text(b, d->group->name.p, d->group->name.len);
        sl_buf_text(b, "</th><td>");
        put_articles_of(b, d->group);
        sl_buf_text(b, "</td><td class=\"n\">");
        put_points(b, d->difference);
        sl_buf_text(b, "</td><td class=\"n\">");
        put_points(b, d->low);
        sl_buf_text(b, " to ");
        put_points(b, d->high);
        sl_buf_text(b, d->p_holm < 0.05 ? "</td><td class=\"n\"><b>" : "</td><td class=\"n\">");
        sl_buf_fixed(b, d->p_holm, 4);
        sl_buf_text(b, d->p_holm < 0.05 ? "</b></td></tr>\n" : "</td></tr>\n");
    }
    sl_buf_text(b, "</tbody></table></div>\n");
    if (all->n_left_out > 0) {
        sl_html_put(b,
                    "<p class=\"soft\">With fewer than five articles, and not compared: %u.</p>\n",
                    (uint64_t)all->n_left_out);
    }
    sl_buf_text(b, "</section>\n");
}
