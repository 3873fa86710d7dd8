/* How far to trust the page. */
#include "report/html.h"
#include "report/page.h"

static void put_reading(struct sl_buf *b, const struct sl_corpus *c)
{
    const struct sl_reading_sums *r = &c->reading;
    if (!r->known) {
        sl_buf_text(b, r->untold ? "<p>Scored lines came without a trailer (score --trailer): no "
                                   "telling which model scored them, nor what correction their "
                                   "shares need.</p>\n"
                                 : "");
        sl_buf_text(b, "<p>How many words the model does not know was not counted: score with "
                       "--trailer, so that a report can tell.</p>\n");
        return;
    }
    if (r->n_word > 0) {
        sl_html_put(b,
                    "<p>Words unknown to the model: %p %% of %u, near-copies included. A word is "
                    "unknown if it is no feature by itself: not met in training, or there too "
                    "rarely; of some the model knows parts. Names of the target, addresses and "
                    "marks are not counted.</p>\n",
                    (double)r->n_unknown / (double)r->n_word, r->n_word);
    }
    if (r->n_invalid > 0) {
        sl_html_put(b,
                    "<p><b>Text that is not UTF-8:</b> %u invalid %s read as "
                    "replacement characters. Look for files that are in another encoding, or no "
                    "text.</p>\n",
                    r->n_invalid, r->n_invalid == 1 ? "sequence was" : "sequences were");
    }
}

void sl_page_quality(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                     const struct sl_report_tail *tail)
{
    bool drifted = false;
    sl_buf_text(
        b,
        "<section aria-labelledby=\"h-quality\"><h2 id=\"h-quality\">How far to trust this</h2>\n");
    if (c->n_sentence > 0) {
        sl_buf_text(
            b,
            "<div class=\"pan\"><table><caption>How often a sentence's label is expected to be "
            "right here, as the probabilities on these articles say, and was right in "
            "cross-validation on the model's training data. Unsure: "
            "sentences without a label of 50 % or more. Moved: the largest difference of a share "
            "here from the model's prior, in points.</caption><thead><tr><th "
            "scope=\"col\">head</th><th scope=\"col\" class=\"n\">here</th><th "
            "scope=\"col\" "
            "class=\"n\">in cross-validation</th><th scope=\"col\" class=\"n\">macro-F1</th><th "
            "scope=\"col\" "
            "class=\"n\">unsure</th><th scope=\"col\" "
            "class=\"n\">moved</th></tr></thead><tbody>\n");
    }
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        const struct sl_quality *q = &c->quality[h];
        sl_html_put(b, "<tr><th scope=\"row\">%s</th><td class=\"n\">", l->head[h].name);
        if (sl_unread(&c->reading)) {
            sl_buf_text(b, "–</td>");
        } else {
            sl_html_put(b, "%p %%</td>", q->confidence);
        }
        if (l->has_figures[h]) {
            sl_html_put(b, "<td class=\"n\">%p %%</td><td class=\"n\">", l->accuracy[h]);
            sl_buf_fixed(b, l->macro_f1[h], 2);
            drifted = drifted || sl_drifted(l, c, h);
        } else {
            sl_buf_text(b, "<td class=\"n\">–</td><td class=\"n\">–");
        }
        sl_html_put(b, "</td><td class=\"n\">%p %%</td><td class=\"n\">", q->unsure);
        if (l->has_prior[h]) {
            sl_html_percent(b, q->moved);
        } else {
            sl_buf_text(b, "–");
        }
        sl_buf_text(b, "</td></tr>\n");
    }
    if (c->n_sentence > 0) {
        sl_buf_text(b, "</tbody></table></div>\n");
    }
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        if (sl_guesses(l, h)) {
            sl_html_put(b,
                        "<p><b>%s: the model does hardly better than guessing</b> in "
                        "cross-validation; its labels tell next to nothing.</p>\n",
                        l->head[h].name);
        }
    }
    if (drifted) {
        sl_buf_text(b, "<p><b>These articles are not like the training data:</b> the model is "
                       "clearly less sure "
                       "here than it was right there. Check a sample by hand before you rely on "
                       "the figures.</p>\n");
    }
    if (sl_unread(&c->reading)) {
        sl_html_put(b, "<p><b>Many words are unknown to the model:</b> %s.</p>\n", sl_unread_note);
    }
    put_reading(b, c);
    if (c->reading.no_target && c->n_sentence > 0) {
        sl_html_put(b, "<p>Note: %s.</p>\n", sl_no_target_note);
    }
    if (sl_without_target(c) > 0) {
        sl_buf_text(b, "<p>Note: ");
        sl_put_without_target(b, c);
        sl_buf_text(b, ".</p>\n");
    }
    sl_html_put(b, "<p>Left out: records that could not be read: %u%s; near-copies: %u, with ",
                (uint64_t)tail->n_error, tail->n_error > 0 ? " (named below)" : "", c->n_copy);
    sl_html_put(b,
                "sentences: %u; articles without a sentence: %u. Every sentence of every other "
                "article was scored. Articles without a date: %u, without a source: %u.",
                c->n_copied, c->n_empty, c->n_undated, c->n_sourceless);
    if (c->n_odd_date > 0) {
        sl_html_put(
            b,
            " <b>Dates that could not be read: %u.</b> Write the year first (2026-11-24), or "
            "the month in words.",
            c->n_odd_date);
    }
    sl_buf_text(b, "</p>\n</section>\n");
}
