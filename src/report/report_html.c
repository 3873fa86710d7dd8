/* The report as one page: needs no other file, no network, and no script to be read. */
#include "report/chart.h"
#include "report/page.h"

#include <string.h>

/* What stands between these two in the articles is left out of a large page, or of a small one.
 * Article text cannot hold them: see sl_html_text. */
#define SMALL_BEGIN "\001"
#define SMALL_END "\002"
#define LARGE_BEGIN "\003"
#define LARGE_END "\004"
/* Bytes of articles from which a page is large. Its texts lie in noscript, which a browser that runs
 * scripts takes in fast, as text, until the article is opened, and any other shows as it stands. */
enum { LARGE = 16 << 20 };

static const char *side_class(const struct sl_layout *l, size_t h, uint32_t k)
{
    const struct sl_poles *p = &l->poles[h];
    return !p->two ? "o" : k == p->left ? "l" : k == p->right ? "r" : "o";
}

/* ---- an article ---- */

static void put_heading(struct sl_buf *b, const struct sl_summary *s)
{
    const struct sl_text *name = s->title.p != NULL ? &s->title : &s->doc;
    sl_buf_text(b, "<span><span class=\"t\" dir=\"auto\">");
    sl_html_text(b, name->p, name->len);
    sl_buf_text(b, "</span><small>");
    if (s->source.p != NULL) {
        sl_html_text(b, s->source.p, s->source.len);
        sl_buf_text(b, " · ");
    }
    if (s->date.p != NULL) {
        sl_html_text(b, s->date.p, s->date.len);
        sl_buf_text(b, " · ");
    }
    sl_html_put(b, s->n_sentence == 1 ? "%u sentence" : "%u sentences", s->n_sentence);
    if (s->copy_of > 0) {
        sl_html_put(b, " · near-copy of article %u, not counted", s->copy_of);
    }
    sl_buf_text(b, "</small></span>");
}

static void put_share_rows(struct sl_buf *b, const struct sl_layout *l,
                           const struct sl_share (*share)[SLANT_MAX_LABEL], uint64_t n)
{
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *s = &share[h][k];
            if (k == 0) {
                sl_html_put(b, "<tr><th scope=\"rowgroup\" colspan=\"5\">%s</th></tr>\n",
                            l->head[h].name);
            }
            sl_html_put(b,
                        "<tr><th scope=\"row\">%s</th><td class=\"n\">%p %%</td><td class=\"n\">",
                        l->head[h].label[k], s->share);
            if (s->has_interval) {
                sl_html_put(b, "%p to %p %%", s->low, s->high);
            } else {
                sl_buf_text(b, "–");
            }
            sl_html_put(b, "</td><td class=\"n\">%p %% <small>%u</small></td>",
                        (double)s->count / (double)n, s->count);
            sl_buf_text(b, "<td class=\"b wide\">");
            sl_chart_bar(b, s, side_class(l, h, k));
            sl_buf_text(b, "</td></tr>\n");
        }
    }
}

static void put_share_table(struct sl_buf *b, const struct sl_layout *l, const char *caption,
                            const struct sl_share (*share)[SLANT_MAX_LABEL], uint64_t n)
{
    sl_html_put(
        b,
        "<table><caption>%s</caption><thead><tr><th scope=\"col\">label</th><th scope=\"col\" "
        "class=\"n\">share</th><th scope=\"col\" class=\"n\">95 %% interval</th><th "
        "scope=\"col\" class=\"n\">counted</th><th scope=\"col\" class=\"wide\">0 to 100 %%"
        "</th></tr></thead><tbody>\n",
        caption);
    put_share_rows(b, l, share, n);
    sl_buf_text(b, "</tbody></table>\n");
}

/* The same on a line a head, for an article. */
static void put_share_lines(struct sl_buf *b, const struct sl_layout *l,
                            const struct sl_share (*share)[SLANT_MAX_LABEL])
{
    for (size_t h = 0; h < l->n_head; h++) {
        sl_html_put(b, "<p class=\"f\"><b>%s</b>", l->head[h].name);
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *s = &share[h][k];
            sl_html_put(b, "%s %s %p %% <small>%p–%p, n %u</small>", k == 0 ? "" : " ·",
                        l->head[h].label[k], s->share, s->low, s->high, s->count);
        }
        sl_buf_text(b, "</p>");
    }
}

static void put_signed(struct sl_buf *b, double v)
{
    sl_buf_text(b, v < 0 ? "−" : "+");
    sl_buf_fixed(b, v < 0 ? -v : v, 2);
}

/* Shades of a word: one scale for the whole page. */
static int strength_of_word(int32_t milli)
{
    int32_t size = milli < 0 ? -milli : milli;
    return size >= 400 ? 3 : size >= 200 ? 2 : size >= 75 ? 1 : 0;
}

static void put_why(struct sl_buf *b, const struct sl_layout *l, const struct sl_kept *s,
                    bool in_large)
{
    const struct sl_why *why = s->why;
    size_t at = 0;
    double words = why->margin - why->bias - why->rest;
    sl_buf_text(b, in_large ? "" : SMALL_BEGIN);
    sl_buf_text(b, "<details class=\"y\"><summary></summary><div>");
    for (size_t i = 0; i < why->n_word; i++) {
        const struct sl_word *w = &why->word[i];
        int strength = strength_of_word(w->milli);
        if (strength == 0) {
            continue;
        }
        sl_html_text(b, s->text + at, w->from - at);
        sl_html_put(b, w->milli > 0 ? "<i class=\"i%u\">" : "<u class=\"u%u\">",
                    (uint64_t)strength);
        sl_html_text(b, s->text + w->from, w->len);
        sl_buf_text(b, w->milli > 0 ? "</i>" : "</u>");
        at = w->from + w->len;
    }
    sl_html_text(b, s->text + at, s->len - at);
    sl_html_put(b, "<small>%s: margin ", l->head[l->main].label[s->label]);
    put_signed(b, why->margin);
    sl_buf_text(b, " = start ");
    put_signed(b, why->bias);
    sl_buf_text(b, ", words ");
    put_signed(b, words);
    if (why->rest >= 0.005 || why->rest <= -0.005) {
        sl_buf_text(b, ", whole sentence ");
        put_signed(b, why->rest);
    }
    sl_buf_text(b, "</small></div></details>");
    sl_buf_text(b, in_large ? "" : SMALL_END);
}

static void put_sentence(struct sl_buf *b, const struct sl_layout *l, const struct sl_kept *s,
                         const uint16_t *prob, uint64_t article, uint64_t number, bool evidence)
{
    const struct sl_poles *p = &l->poles[l->main];
    uint16_t mine = prob[l->column[l->main] + s->label];
    bool sided = p->two && (s->label == p->left || s->label == p->right);
    sl_html_put(b, "<span id=\"a%us%u\"", article, number);
    if (sided) {
        uint64_t strength = mine >= 8500 ? 4 : mine >= 7000 ? 3 : mine >= 5500 ? 2 : 1;
        sl_html_put(b,
                    s->label == p->left ? " class=\"l%u\"><b>◀ %s %p %%</b> "
                                        : " class=\"r%u\"><b>▶ %s %p %%</b> ",
                    strength, l->head[l->main].label[s->label], mine / 10000.0);
    } else {
        sl_buf_byte(b, '>');
    }
    sl_html_text(b, s->text, s->len);
    for (size_t i = 0; i < s->n_holder; i++) {
        sl_buf_text(b, i == 0 ? " <cite>" : ", <cite>");
        sl_html_text(b, s->holder[i].p, s->holder[i].len);
        sl_buf_text(b, "</cite>");
    }
    sl_buf_text(b, "</span>");
    if (s->why != NULL) {
        put_why(b, l, s, evidence);
    }
    sl_buf_byte(b, '\n');
}

static bool is_evidence(const struct sl_summary *s, const struct sl_kept *k)
{
    for (size_t i = 0; i < s->n_evidence; i++) {
        if (s->evidence[i].n == k->n) {
            return true;
        }
    }
    return false;
}

/* Sentences parted by more than a byte are taken to stand in two paragraphs. */
static void put_text(struct sl_buf *b, const struct sl_layout *l, const struct sl_summary *s,
                     uint64_t article)
{
    sl_buf_text(b, "<div class=\"p\" dir=\"auto\">");
    for (uint64_t i = 0; i < s->n_sentence; i++) {
        const struct sl_kept *k = &s->sentence[i];
        if (i > 0 && (k->from < k[-1].to || k->from - k[-1].to > 1)) {
            sl_buf_text(b, "</div><div class=\"p\" dir=\"auto\">");
        }
        put_sentence(b, l, k, s->prob + i * l->n_column, article, i + 1, is_evidence(s, k));
    }
    sl_buf_text(b, "</div>");
}

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    (void)b;
    (void)l;
    (void)opt;
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    const struct sl_poles *p = &l->poles[l->main];
    enum sl_stand stand = sl_page_stand(l, s->verdict);
    int32_t day = sl_day_of(s->date.p, s->date.len);
    (void)opt;
    sl_html_put(b, "<details class=\"a\" id=\"a%u\" data-k=\"%u ", before + 1, (uint64_t)stand);
    sl_html_put(b, day == SL_NO_DAY ? "-1 " : "%u ", (uint64_t)day + 719468);
    sl_html_put(
        b, "%u %u %u\"", (uint64_t)(p->two ? s->share[l->main][p->left].share * 10000 + 0.5 : 0),
        (uint64_t)(p->two ? s->share[l->main][p->right].share * 10000 + 0.5 : 0), s->n_sentence);
    if (s->source.p != NULL) {
        sl_buf_text(b, " data-s=\"");
        sl_html_text(b, s->source.p, s->source.len);
        sl_buf_byte(b, '"');
    }
    sl_buf_text(b, "><summary>");
    put_heading(b, s);
    if (s->verdict != NULL) {
        sl_html_put(b, "<span class=\"%s\">", sl_page_class(l, stand));
        sl_buf_text(b, sl_page_sign(l, stand));
        sl_html_put(b, "%s</span>", s->verdict);
        sl_chart_diverging(b, &l->head[l->main], p, s->share[l->main]);
    }
    sl_buf_text(b, "</summary><div class=\"x\">");
    sl_buf_text(b, LARGE_BEGIN "<noscript>" LARGE_END);
    if (s->n_sentence > 0) {
        put_share_lines(b, l, s->share);
        sl_page_speakers_of(b, l, s);
        put_text(b, l, s, before + 1);
    } else {
        sl_buf_text(b, "<p>This article has no sentence.</p>");
    }
    if (s->copy_of > 0) {
        sl_html_put(b,
                    "<p>A near-copy of <a href=\"#a%u\">article %u</a>: not in the figures for all "
                    "articles.</p>",
                    s->copy_of, s->copy_of);
    }
    if (s->title.p != NULL) {
        sl_buf_text(b, "<p class=\"soft\">Record: ");
        sl_html_text(b, s->doc.p, s->doc.len);
        sl_buf_text(b, "</p>");
    }
    sl_buf_text(b, LARGE_BEGIN "</noscript>" LARGE_END "</div></details>\n");
}

/* Takes the marks out of the articles, and with them what is not for a page of this size. */
static void fit_to_size(struct sl_buf *b)
{
    bool large = b->len > LARGE;
    size_t to = 0;
    for (size_t at = 0; at < b->len; at++) {
        char c = b->p[at];
        if (c == *(large ? SMALL_BEGIN : LARGE_BEGIN)) {
            const char *stop = memchr(b->p + at, *(large ? SMALL_END : LARGE_END), b->len - at);
            at = stop == NULL ? b->len : (size_t)(stop - b->p);
        } else if (c < *SMALL_BEGIN || c > *LARGE_END) {
            b->p[to++] = c;
        }
    }
    b->len = to;
}

/* ---- the corpus ---- */

static void put_title(struct sl_buf *b, const struct slant_report_options *opt,
                      const struct sl_report_tail *tail)
{
    if (opt->title != NULL) {
        sl_html_name(b, opt->title);
    } else if (tail->subject != NULL && *tail->subject != 0) {
        sl_html_put(b, "Stance toward %s", tail->subject);
    } else {
        sl_buf_text(b, "Stance report");
    }
}

static void put_tally(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    sl_buf_text(b, "<ul class=\"tally\" aria-label=\"Verdicts on articles\">");
    for (size_t i = 0; i < c->n_verdict; i++) {
        sl_html_put(b, "<li class=\"%s\"><b>%u</b>", sl_page_class(l, (enum sl_stand)i),
                    c->verdict[i].n);
        sl_buf_text(b, sl_page_sign(l, (enum sl_stand)i));
        sl_html_put(b, "%s</li>", c->verdict[i].name);
    }
    sl_buf_text(b, "</ul>\n");
}

static void put_lead(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_share *share = c->share[l->main];
    sl_html_put(b, "<p class=\"lead\">%u article%s with %u sentence%s. ", c->n_article,
                c->n_article == 1 ? "" : "s", c->n_sentence, c->n_sentence == 1 ? "" : "s");
    if (l->has_sides && c->n_sentence > 0) {
        sl_buf_text(b, "Share of sentences: ");
        sl_chart_words(b, &l->head[l->main], &l->poles[l->main], share);
        sl_buf_text(b, ".");
    }
    if (c->n_copy > 0) {
        sl_html_put(b, " Left out: %u near-cop%s of other articles.", c->n_copy,
                    c->n_copy == 1 ? "y" : "ies");
    }
    sl_buf_text(b, "</p>\n");
    put_tally(b, l, c);
    sl_buf_text(
        b,
        "<p class=\"soft\">Verdicts on articles follow from intervals: a side is named only where "
        "it has more sentences with 95 % probability.</p>\n");
}

static void put_strongest(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_poles *p = &l->poles[l->main];
    if (c->n_strongest[0] + c->n_strongest[1] == 0) {
        return;
    }
    sl_buf_text(b,
                "<section aria-labelledby=\"h-strong\"><h2 id=\"h-strong\">Strongest sentences</h2>"
                "<div class=\"two\">\n");
    for (int pole = 0; pole < 2; pole++) {
        uint32_t label = pole == 0 ? p->left : p->right;
        int side = l->side[0] == label ? 0 : 1;
        sl_html_put(b, pole == 0 ? "<div><h3>◀ %s</h3>\n" : "<div><h3>▶ %s</h3>\n",
                    l->head[l->main].label[label]);
        for (size_t i = 0; i < c->n_strongest[side]; i++) {
            const struct sl_strongest *s = &c->strongest[side][i];
            sl_buf_text(b, pole == 0 ? "<blockquote class=\"l\" dir=\"auto\">"
                                     : "<blockquote class=\"r\" dir=\"auto\">");
            sl_html_text(b, s->text, s->len);
            sl_html_put(b, "<footer>%p %%, <a href=\"#a%us%u\">", s->prob / 10000.0, s->article,
                        s->number);
            sl_html_text(b, s->name, s->name_len);
            sl_buf_text(b, "</a></footer></blockquote>\n");
        }
        sl_buf_text(b, c->n_strongest[side] == 0 ? "<p>None.</p></div>\n" : "</div>\n");
    }
    sl_buf_text(b, "</div></section>\n");
}

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
                            const char *what, const char *caption)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    uint32_t first = l->column[l->main];
    sl_html_put(b,
                "<table><caption>%s</caption><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">"
                "articles</th><th scope=\"col\" class=\"n\">%s</th>",
                caption, what, head->label[p->left]);
    sl_html_put(
        b,
        "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"wide\">%s | %s | %s</th>"
        "</tr></thead><tbody>\n",
        head->label[p->right], head->label[p->left], sl_chart_other_name(head, p),
        head->label[p->right]);
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
    sl_buf_text(b, "</tbody></table>\n");
}

static void put_timeline(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
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
        sl_html_put(b, " %u without a date (YYYY-MM-DD) left out.",
                    (uint64_t)c->timeline.n_left_out);
    }
    sl_html_put(b, "</figcaption></figure>\n<details class=\"in\"><summary>The figures as a "
                   "table</summary>");
    put_group_table(b, l, &c->timeline, sl_period_name[c->period],
                    "Shares of sentences, with 95 % intervals");
    sl_buf_text(b, "</details></section>\n");
}

/* A table of sources, or of the reader's own groups. */
static void put_named_groups(struct sl_buf *b, const struct sl_layout *l, const struct sl_groups *g,
                             const char *id, const char *what)
{
    if (!l->has_sides || g->n == 0) {
        return;
    }
    sl_html_put(b, "<section aria-labelledby=\"%s\"><h2 id=\"%s\">By %s</h2>\n", id, id, what);
    put_group_table(b, l, g, what,
                    "Shares of sentences, with 95 % intervals from five articles on");
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

static void put_comparison(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_comparison *all = &c->comparison;
    if (c->compared == NULL || !l->has_sides) {
        return;
    }
    sl_html_put(b,
                "<section aria-labelledby=\"h-compare\"><h2 id=\"h-compare\">Each %s against all "
                "others</h2>\n",
                c->compared);
    if (all->n == 0) {
        sl_buf_text(b, "<p>Too few articles: five on either side are needed.</p></section>\n");
        return;
    }
    sl_html_put(
        b,
        "<table><caption>Difference in the balance, %s minus %s (mean probabilities), in points; p "
        "by "
        "%u permutations of articles, corrected for %u comparisons (Holm)</caption><thead><tr>",
        l->head[l->main].label[l->poles[l->main].right],
        l->head[l->main].label[l->poles[l->main].left], (uint64_t)all->n_permutation,
        (uint64_t)all->n);
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
    sl_buf_text(b, "</tbody></table></section>\n");
}

static void put_scatter(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_poles *p = &l->poles[l->main];
    const char *const *label = l->head[l->main].label;
    size_t other;
    if (!sl_chart_other_head(l, &other) || c->n_sentence == 0 || c->n_article < 2) {
        return;
    }
    sl_html_put(b,
                "<section aria-labelledby=\"h-both\"><h2 id=\"h-both\" class=\"cap\">%s against "
                "%s</h2>\n<figure "
                "class=\"sq\">",
                l->head[l->main].name, l->head[other].name);
    sl_chart_scatter(b, l, c, other, false);
    sl_html_put(b,
                "<figcaption>A mark an article: the difference of its shares in points, %s minus "
                "%s across, %s minus %s upwards. &#9654; %s, &#9664; %s, "
                "&#9670; mixed, &#9642; neutral, &#9675; too little evidence.</figcaption></figure>"
                "</section>\n",
                label[p->right], label[p->left], l->head[other].label[l->poles[other].right],
                l->head[other].label[l->poles[other].left], label[p->right], label[p->left]);
}

static void put_reading(struct sl_buf *b, const struct sl_corpus *c)
{
    const struct sl_reading_sums *r = &c->reading;
    if (!r->known) {
        sl_buf_text(b, "<p>How many words the model does not know was not counted: score with "
                       "--trailer, so that a report can tell.</p>\n");
        return;
    }
    if (r->n_word > 0) {
        sl_html_put(b,
                    "<p>Words unknown to the model: %p %% of %u, near-copies included. A word is "
                    "unknown if it is no feature by itself: not met in training, or there too "
                    "rarely; of some the model knows parts. Names of the target, addresses and "
                    "marks are not counted.</p>\n",
                    (double)r->n_unknown / (double)r->n_word, r->n_word);
    }
    if (r->n_invalid > 0) {
        sl_html_put(b,
                    "<p><b>Text that is not UTF-8:</b> %u invalid sequences were read as "
                    "replacement characters. Look for files that are in another encoding, or no "
                    "text.</p>\n",
                    r->n_invalid);
    }
}

/* What a reader needs to judge the judge. */
static void put_quality(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                        const struct sl_report_tail *tail)
{
    bool drifted = false;
    sl_buf_text(
        b,
        "<section aria-labelledby=\"h-quality\"><h2 id=\"h-quality\">How far to trust this</h2>\n");
    if (c->n_sentence > 0) {
        sl_buf_text(
            b,
            "<table><caption>How often a sentence's label is right: as the probabilities on these "
            "articles say, and as cross-validation on the model's training data measured. Unsure: "
            "sentences without a label of 50 % or more.</caption><thead><tr><th "
            "scope=\"col\">head</th><th scope=\"col\" class=\"n\">expected here</th><th "
            "scope=\"col\" "
            "class=\"n\">in training</th><th scope=\"col\" class=\"n\">macro-F1</th><th "
            "scope=\"col\" "
            "class=\"n\">unsure</th></tr></thead><tbody>\n");
    }
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        const struct sl_quality *q = &c->quality[h];
        sl_html_put(b, "<tr><th scope=\"row\">%s</th><td class=\"n\">%p %%</td>", l->head[h].name,
                    q->confidence);
        if (l->has_figures[h]) {
            sl_html_put(b, "<td class=\"n\">%p %%</td><td class=\"n\">", l->accuracy[h]);
            sl_buf_fixed(b, l->macro_f1[h], 2);
            drifted = drifted || sl_drifted(l, c, h);
        } else {
            sl_buf_text(b, "<td class=\"n\">–</td><td class=\"n\">–");
        }
        sl_html_put(b, "</td><td class=\"n\">%p %%</td></tr>\n", q->unsure);
    }
    if (c->n_sentence > 0) {
        sl_buf_text(b, "</tbody></table>\n");
    }
    if (drifted) {
        sl_buf_text(b, "<p><b>These articles are not like the training data:</b> the model is "
                       "clearly less sure "
                       "here than it was right there. Check a sample by hand before you rely on "
                       "the figures.</p>\n");
    }
    put_reading(b, c);
    sl_html_put(b,
                "<p>Left out: %u records that could not be read%s, %u near-copies with %u "
                "sentences, ",
                (uint64_t)tail->n_error, tail->n_error > 0 ? " (named below)" : "", c->n_copy,
                c->n_copied);
    sl_html_put(b,
                "%u articles without a sentence. Every sentence of every other article was scored. "
                "Articles without a date: %u, without a source: %u.</p>\n</section>\n",
                c->n_empty, c->n_undated, c->n_sourceless);
}

static void put_tools(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct slant_head *head = &l->head[l->main];
    sl_buf_text(
        b,
        "<div class=\"tools\" id=\"tools\" role=\"search\" hidden><label>Words<input id=\"f-text\" "
        "type=\"search\" autocomplete=\"off\"></label>"
        "<label>Verdict<select id=\"f-verdict\"><option value=\"\">any</option>");
    for (size_t i = 0; i < c->n_verdict; i++) {
        sl_html_put(b, "<option value=\"%u\">%s</option>", (uint64_t)i, c->verdict[i].name);
    }
    sl_buf_text(b, "</select></label>");
    if (c->source.n > 1) {
        sl_buf_text(b, "<label>Source<select id=\"f-source\"><option value=\"\">any</option>");
        for (size_t i = 0; i < c->source.n; i++) {
            sl_buf_text(b, "<option>");
            sl_html_text(b, c->source.group[i].name.p, c->source.group[i].name.len);
            sl_buf_text(b, "</option>");
        }
        sl_buf_text(b, "</select></label>");
    }
    sl_buf_text(b, "<label>Order<select id=\"f-sort\"><option value=\"input\">as given</option>");
    if (l->has_sides) {
        sl_html_put(
            b, "<option value=\"right\">most %s</option><option value=\"left\">most %s</option>",
            head->label[l->poles[l->main].right], head->label[l->poles[l->main].left]);
    }
    sl_buf_text(b, "<option value=\"date\">newest</option><option value=\"length\">longest</option>"
                   "<option value=\"title\">title</option></select></label>"
                   "<button type=\"button\" id=\"f-open\">Open or close all</button>"
                   "<span id=\"shown\" role=\"status\" class=\"soft\"></span></div>\n");
}

static void put_list_head(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_poles *p = &l->poles[l->main];
    sl_buf_text(b, "<section aria-labelledby=\"h-list\"><h2 id=\"h-list\">Articles</h2>\n");
    if (l->has_sides) {
        sl_html_put(
            b,
            "<p class=\"soft\">Bars show the share of sentences: %s to the left, %s in the middle, "
            "%s to the right, each on a scale of 0 to 100 %%, ",
            head->label[p->left], sl_chart_other_name(head, p), head->label[p->right]);
        sl_html_put(
            b,
            "with 95 %% intervals. Open an article for its text: sentences for either side are "
            "shaded by probability (◀ %s, dotted; ▶ %s, solid), and end with the name of whoever "
            "says, "
            "thinks or does what they tell.</p>\n",
            head->label[p->left], head->label[p->right]);
    }
    put_tools(b, l, c);
    if (l->has_sides) {
        sl_html_put(
            b,
            "<div class=\"key\" aria-hidden=\"true\"><span>article</span><span>verdict</span><span>"
            "<span>◀ %s</span><span>%s</span><span>%s ▶</span></span></div>\n",
            head->label[p->left], sl_chart_other_name(head, p), head->label[p->right]);
    }
    sl_buf_text(b, "<div id=\"list\">\n");
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    sl_buf_text(
        b,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    sl_buf_text(b, sl_page_css_hash);
    sl_buf_text(b, "'; script-src '");
    sl_buf_text(b, sl_page_js_hash);
    sl_buf_text(b, "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
                   "content=\"no-referrer\">\n<title>");
    put_title(b, opt, tail);
    sl_buf_text(b, "</title>\n<style>");
    sl_buf_text(b, sl_chart_css);
    sl_buf_text(b, sl_page_css);
    sl_buf_text(b, "</style></head><body>\n<a class=\"skip\" href=\"#h-list\">To the articles</a>\n"
                   "<header><h1 dir=\"auto\">");
    put_title(b, opt, tail);
    sl_buf_text(b, "</h1></header>\n<main>\n");
    put_lead(b, l, c);
    if (c->n_sentence > 0) {
        sl_buf_text(b,
                    "<section aria-labelledby=\"h-share\"><h2 id=\"h-share\">All sentences</h2>\n");
        put_share_table(
            b, l,
            c->share[0][0].has_interval
                ? "Shares of sentences, with 95 % intervals. Counted: sentences whose most "
                  "probable label it is."
                : "Shares of sentences; too few articles for an interval. Counted: sentences "
                  "whose most probable label it is.",
            c->share, c->n_sentence);
        sl_buf_text(b, "</section>\n");
    }
    sl_page_speakers(b, l, c);
    put_strongest(b, l, c);
    put_timeline(b, l, c);
    put_named_groups(b, l, &c->source, "h-source", "source");
    if (c->group_key != NULL) {
        put_named_groups(b, l, &c->group, "h-group", c->group_key);
    }
    put_comparison(b, l, c);
    put_scatter(b, l, c);
    put_quality(b, l, c, tail);
    put_list_head(b, l, c);
}

static void put_errors(struct sl_buf *b, const struct sl_report_tail *tail)
{
    if (tail->n_error == 0) {
        return;
    }
    sl_buf_text(b, "<section aria-labelledby=\"h-error\"><h2 id=\"h-error\">Not read</h2><ul>\n");
    for (size_t i = 0; i < tail->n_error; i++) {
        sl_buf_text(b, "<li>");
        sl_html_text(b, tail->error_doc[i].p, tail->error_doc[i].len);
        sl_buf_text(b, ": ");
        sl_html_text(b, tail->error[i].p, tail->error[i].len);
        sl_buf_text(b, "</li>\n");
    }
    sl_buf_text(b, "</ul></section>\n");
}

static void close_page(struct sl_buf *b, const struct sl_layout *l,
                       const struct slant_report_options *opt, const struct sl_report_tail *tail)
{
    (void)l;
    (void)opt;
    if (!b->failed) {
        fit_to_size(b);
    }
    sl_buf_text(b, "</div></section>\n");
    put_errors(b, tail);
    sl_buf_text(
        b,
        "<section aria-labelledby=\"h-how\"><h2 id=\"h-how\">How to read this</h2>\n"
        "<p>Each sentence was scored by a linear model. An article's share is the mean probability "
        "of a label over its sentences, its interval comes from those probabilities (Poisson "
        "binomial).</p>\n");
    if (tail->corrected) {
        sl_buf_text(
            b,
            "<p>Shares of several articles are corrected for the errors that the model makes where "
            "shares are other than in its training (expectation maximisation with 0.15 "
            "pseudo-sentences of the training's shares a sentence). The correction holds as far as "
            "sentences of a label look as they did in training; intervals reach from no correction "
            "to a full one, and are widened for articles whose sentences are alike.</p>\n");
    } else {
        sl_buf_text(b, "<p>Shares of several articles are mean probabilities, their intervals from "
                       "a bootstrap "
                       "of whole articles.</p>\n");
    }
    sl_buf_text(
        b,
        "<p>“why?” behind a sentence shows what its words add to the label's margin, on one scale "
        "for the whole page: <span class=\"y\"><i class=\"i1\">solid</i> <i class=\"i2\">lines</i> "
        "<i "
        "class=\"i3\">for</i></span> it, from 0.075, 0.2 and 0.4 on, <span class=\"y\"><u "
        "class=\"u1\">dashed</u> <u class=\"u2\">lines</u> <u class=\"u3\">against</u></span> "
        "it.</p>\n");
    if (tail->model != NULL) {
        sl_html_put(b, "<p>Model %s, digest %s, slant %s.</p>\n", tail->model, tail->digest,
                    SLANT_VERSION);
    }
    sl_buf_text(b, "</section>\n</main>\n<script>");
    sl_buf_text(b, sl_page_js);
    sl_buf_text(b, "</script></body></html>\n");
}

const struct sl_report_format sl_report_html = {.keeps_sentences = true,
                                                .corpus_first = true,
                                                .begin = begin,
                                                .article = article,
                                                .end = end,
                                                .close = close_page};
