/* An article on the page: its bar, and what it opens to. */
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
static void put_heading(struct sl_buf *b, const struct sl_summary *s)
{
    const struct sl_text name = sl_article_name(s);
    sl_buf_text(b, "<span><span class=\"t\" dir=\"auto\">");
    sl_html_text(b, name.p, name.len);
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
    if (s->n_with_target > 0) {
        sl_html_put(b, ", %u with the target", s->n_with_target);
    }
    if (s->copy_of > 0) {
        sl_html_put(b, " · near-copy of article %u, not counted", s->copy_of);
    }
    sl_buf_text(b, "</small></span>");
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
void sl_page_article(struct sl_buf *b, const struct sl_layout *l,
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
void sl_page_fit(struct sl_buf *b)
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
