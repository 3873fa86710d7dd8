/* The report as one page: needs no other file, no network, and no script to be read. */
#include "input/html_article.h"
#include "report/chart.h"
#include "report/page.h"
#include "report/subject.h"

#include <string.h>
static const char *side_class(const struct sl_layout *l, size_t h, uint32_t k)
{
    const struct sl_poles *p = &l->poles[h];
    return !p->two ? "o" : k == p->left ? "l" : k == p->right ? "r" : "o";
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
    sl_html_put(b,
                "<div class=\"pan\"><table><caption>%s</caption><thead><tr><th "
                "scope=\"col\">label</th><th scope=\"col\" "
                "class=\"n\">share</th><th scope=\"col\" class=\"n\">95 %% interval</th><th "
                "scope=\"col\" class=\"n\">counted</th><th scope=\"col\" class=\"wide\">0 to 100 %%"
                "</th></tr></thead><tbody>\n",
                caption);
    put_share_rows(b, l, share, n);
    sl_buf_text(b, "</tbody></table></div>\n");
}
/* Where the model has several subjects: verdicts are about one. */
static void put_other_subjects(struct sl_buf *b, const struct sl_layout *l)
{
    struct sl_buf other = {0};
    sl_put_other_subjects(&other, l);
    if (other.len > 0) {
        sl_html_put(b,
                    "<p>Verdicts, evidence and speakers are about the stance toward %s alone; "
                    "<code>--subject</code> takes ",
                    sl_head_subject(&l->head[l->main]));
        sl_html_text(b, other.p, other.len);
        sl_buf_text(b, ".</p>\n");
    }
    b->failed = b->failed || other.failed;
    sl_buf_free(&other);
}
static void put_title(struct sl_buf *b, const struct slant_report_options *opt,
                      const struct sl_report_tail *tail)
{
    if (opt->title != NULL) {
        sl_html_name(b, opt->title);
    } else if (tail->subject != NULL) {
        sl_html_put(b, "Stance toward %s", tail->subject);
    } else {
        sl_buf_text(b, "Stance report");
    }
}

static void put_tally(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    sl_buf_text(b, "<ul class=\"tally\" aria-label=\"Verdicts on articles\">");
    for (size_t i = 0; i < c->n_verdict; i++) {
        if (!sl_may_be(l, i)) {
            continue;
        }
        sl_html_put(b, "<li class=\"%s\"><b>%u</b>", sl_page_class(l, (enum sl_stand)i),
                    c->verdict[i].n);
        sl_buf_text(b, sl_page_sign(l, (enum sl_stand)i));
        sl_html_put(b, "%s</li>", c->verdict[i].name);
    }
    sl_buf_text(b, "</ul>\n");
}

static void put_lead(struct sl_buf *b, const struct sl_layout *l,
                     const struct slant_report_options *opt, const struct sl_corpus *c,
                     const struct sl_report_tail *tail)
{
    const struct sl_share *share = c->share[l->main];
    sl_buf_text(b, "<p class=\"lead\">");
    if (opt->title != NULL && tail->subject != NULL) { /* else the title says so */
        sl_html_put(b, "Stance toward %s. ", tail->subject);
    }
    sl_html_put(b, "%u article%s with %u sentence%s. ", c->n_article, c->n_article == 1 ? "" : "s",
                c->n_sentence, c->n_sentence == 1 ? "" : "s");
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
        b, "<p class=\"soft\">Verdicts on articles follow from probabilities: a side is named only "
           "where it has more sentences than the other with 90 % probability and, more likely than "
           "not, more than twice as many, or with 97.5 % and half as many again, and surely one at "
           "least.</p>\n");
}

static void put_strongest(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_poles *p = &l->poles[l->main];
    if (c->n_strongest[0] + c->n_strongest[1] == 0) {
        return;
    }
    sl_buf_text(b,
                "<section aria-labelledby=\"h-strong\"><h2 id=\"h-strong\">Strongest sentences</h2>"
                "<p class=\"soft\">Those whose side has 50 % or more, but for sentences whose "
                "speaker's statement comes out otherwise.</p><div class=\"two\">\n");
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
static void put_tools(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct slant_head *head = &l->head[l->main];
    sl_buf_text(
        b,
        "<div class=\"tools\" id=\"tools\" role=\"search\" hidden><label>Words<input id=\"f-text\" "
        "type=\"search\" autocomplete=\"off\"></label>"
        "<label>Verdict<select id=\"f-verdict\"><option value=\"\">any</option>");
    for (size_t i = 0; i < c->n_verdict; i++) {
        if (sl_may_be(l, i)) {
            sl_html_put(b, "<option value=\"%u\">%s</option>", (uint64_t)i, c->verdict[i].name);
        }
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
    const char *other = sl_chart_other_name(head, p);
    sl_buf_text(b, "<section aria-labelledby=\"h-list\"><h2 id=\"h-list\">Articles</h2>\n");
    if (l->has_sides) {
        sl_buf_text(b, "<p class=\"soft\">Bars show the share of sentences: ");
        sl_chart_where(b, head, p);
        sl_html_put(
            b,
            ", each on a scale of 0 to 100 %%, with 95 %% intervals. Open an article for its text: "
            "sentences for either side are "
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
            head->label[p->left], other == NULL ? "" : other, head->label[p->right]);
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
    sl_buf_text(
        b, "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
           "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
           "content=\"no-referrer\">\n<meta name=\"generator\" content=\"" SL_HTML_OUR_GENERATOR
           " " SLANT_VERSION "\">\n<title>");
    put_title(b, opt, tail);
    sl_buf_text(b, "</title>\n<style>");
    sl_buf_text(b, sl_chart_css);
    sl_buf_text(b, sl_page_css);
    sl_buf_text(b, "</style></head><body>\n<a class=\"skip\" href=\"#h-list\">To the articles</a>\n"
                   "<header><h1 dir=\"auto\">");
    put_title(b, opt, tail);
    sl_buf_text(b, "</h1></header>\n<main>\n");
    put_lead(b, l, opt, c, tail);
    put_other_subjects(b, l);
    if (c->n_sentence > 0) {
        sl_buf_text(b,
                    "<section aria-labelledby=\"h-share\"><h2 id=\"h-share\">All sentences</h2>\n");
        put_share_table(
            b, l,
            c->share[0][0].has_interval
                ? "Shares of sentences, with 95 % intervals. Counted: sentences whose most "
                  "probable label it is."
                : "Shares of sentences; too few articles for an interval: each article has its "
                  "own, below. Counted: sentences "
                  "whose most probable label it is.",
            c->share, c->n_sentence);
        sl_buf_text(b, "</section>\n");
    }
    sl_page_speakers(b, l, c);
    put_strongest(b, l, c);
    sl_page_timeline(b, l, c);
    sl_page_groups(b, l, &c->source, "h-source", "source");
    if (c->group_key != NULL) {
        sl_page_groups(b, l, &c->group, "h-group", c->group_key);
    }
    if (sl_has_parts(l, c)) {
        sl_html_put(b, "<p class=\"soft\">Note: %s.</p>\n", sl_parts_note);
    }
    sl_page_comparison(b, l, c);
    put_scatter(b, l, c);
    sl_page_quality(b, l, c, tail);
    put_list_head(b, l, c);
}

static void put_errors(struct sl_buf *b, const struct sl_report_tail *tail)
{
    if (tail->n_error == 0) {
        return;
    }
    sl_buf_text(b, "<section aria-labelledby=\"h-error\"><h2 id=\"h-error\">Not read</h2><ul>\n");
    for (size_t i = 0; i < tail->n_error; i++) {
        const struct sl_text message = sl_error_message(tail, i);
        sl_buf_text(b, "<li>");
        sl_html_text(b, tail->error_doc[i].p, tail->error_doc[i].len);
        sl_buf_text(b, ": ");
        sl_html_text(b, message.p, message.len);
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
        sl_page_fit(b);
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
        sl_html_put(b, "<p>Model %s, digest %s%s, slant %s.</p>\n", tail->model, tail->digest,
                    tail->taken ? " (as given; the scored lines do not tell which)" : "",
                    SLANT_VERSION);
    }
    sl_buf_text(b, "</section>\n</main>\n<script>");
    sl_buf_text(b, sl_page_js);
    sl_buf_text(b, "</script></body></html>\n");
}

const struct sl_report_format sl_report_html = {.keeps_sentences = true,
                                                .corpus_first = true,
                                                .article = sl_page_article,
                                                .end = end,
                                                .close = close_page};
