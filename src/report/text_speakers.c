#include "report/text_speakers.h"
#include "base/plain.h"
#include "report/text_label.h"

#include <string.h>

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
                      const struct slant_report_options *opt, struct sl_text_cut label,
                      const struct sl_standpoint *x)
{
    enum { INDENT = 4 };
    const unsigned left = INDENT + label.width + SL_TEXT_LIKELY;
    /* lines break at words: two seldom hold more */
    const size_t cut = beginning_of(x->text, x->text_len, (sl_text_width(opt) - left) * 15 / 8);
    sl_plain_repeat(b, " ", INDENT);
    sl_text_likely(b, l, opt, label, x->label, x->prob);
    sl_plain_wrapped(b, x->text, cut, left, sl_text_width(opt) - (cut < x->text_len ? 2 : 0));
    sl_buf_text(b, cut == x->text_len ? "\n" : x->text[cut] == ' ' ? " …\n" : "…\n");
}

/* The columns of a table of speakers. */
struct columns {
    bool shown[SLANT_MAX_LABEL];
    uint32_t n_hidden;
    unsigned figure[SLANT_MAX_LABEL]; /* width with a blank */
    struct sl_text_cut label, verdict;
    unsigned name, indent;
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
    const unsigned width = sl_text_width(opt);
    unsigned room;
    *c = (struct columns){.n_hidden = head->n_label, .label = sl_text_cut_main(l, opt)};
    c->verdict =
        c->label.width > SL_TEXT_VERDICT ? c->label : sl_text_cut_labels(head, SL_TEXT_VERDICT);
    room = width - 2 * INDENT - c->verdict.width;
    for (uint32_t k = 0; k < head->n_label; k++) {
        unsigned n = sl_plain_columns(head->label[k], strlen(head->label[k]));
        n = n < c->label.width ? n : c->label.width;
        c->figure[k] = (n > SL_TEXT_SHORT_LABEL ? n : SL_TEXT_SHORT_LABEL) + 1;
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
            sl_text_label(b, head->label[k], c->label, c->figure[k]);
        }
    }
    sl_buf_text(b, "verdict\n");
}

static void put_speaker(struct sl_buf *b, const struct sl_layout *l, const struct columns *c,
                        const struct sl_standpoint *row)
{
    sl_buf_text(b, "  ");
    sl_text_name(b, row->name, row->len, c->name, c->two_lines ? 0 : c->indent);
    sl_buf_text(b, c->two_lines ? "\n    " : "");
    for (uint32_t k = 0; k < l->head[l->main].n_label; k++) {
        size_t before = b->len;
        if (c->shown[k]) {
            sl_buf_uint(b, row->count[k]);
            before = b->len - before;
            sl_plain_repeat(b, " ", before < c->figure[k] ? c->figure[k] - (unsigned)before : 1);
        }
    }
    if (row->verdict != NULL) {
        sl_text_label(b, row->verdict, c->verdict, 0);
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

void sl_text_speakers(struct sl_buf *b, const struct sl_layout *l,
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
            put_quote(b, l, opt, c.label, &row[i]);
        }
    }
    put_rest(b, n - shown, " more speaker (-f json has all)", " more speakers (-f json has all)");
    put_rest(b, c.n_hidden, " more label (-f json has all)", " more labels (-f json has all)");
    put_rest(b, unattributed, " statement of an unknown speaker",
             " statements of unknown speakers");
    put_rest(b, generic, " statement of a speaker without a name, in its article",
             " statements of speakers without a name, in their articles");
}
