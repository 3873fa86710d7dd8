#include "report/text_label.h"
#include "base/plain.h"

#include <string.h>

enum { DEFAULT_WIDTH = 80, NARROWEST = 50, LONG_LABEL = 23 };

unsigned sl_text_width(const struct slant_report_options *opt)
{
    return opt->width == 0 ? DEFAULT_WIDTH : opt->width < NARROWEST ? NARROWEST : opt->width;
}

void sl_text_color(struct sl_buf *b, const struct slant_report_options *opt, const char *code)
{
    if (opt->color) {
        sl_buf_text(b, code);
    }
}

/* Blue and orange stay apart for colour-blind eyes. */
const char *sl_text_side_color(const struct sl_layout *l, size_t h, uint32_t k)
{
    if (!l->has_sides || h != l->main) {
        return "";
    }
    return k == l->side[0] ? "\033[34m" : k == l->side[1] ? "\033[33m" : "\033[2m";
}

unsigned sl_text_label_width(const struct slant_head *head)
{
    unsigned most = SL_TEXT_SHORT_LABEL;
    for (uint32_t k = 0; k < head->n_label; k++) {
        unsigned n = sl_plain_columns(head->label[k], strlen(head->label[k]));
        most = n > most ? n : most;
    }
    return most < LONG_LABEL ? most : LONG_LABEL;
}

/* What is left of a text that was cut: its bytes up to begin, and from end on. */
struct left {
    size_t begin, end;
};

static struct left left_of(const char *p, size_t len, struct sl_text_cut cut)
{
    const unsigned n = sl_plain_columns(p, len);
    struct left left = {len, len};
    if (n > cut.width) {
        left.end = sl_plain_offset(p, len, n - cut.tail);
        left.begin =
            sl_plain_offset(p, len, cut.width - 1 - sl_plain_columns(p + left.end, len - left.end));
    }
    return left;
}

static bool alike(const char *a, const char *b, struct sl_text_cut cut)
{
    const struct left x = left_of(a, strlen(a), cut);
    const struct left y = left_of(b, strlen(b), cut);
    return x.begin == y.begin && memcmp(a, b, x.begin) == 0 && strcmp(a + x.end, b + y.end) == 0;
}

static bool all_differ(const struct slant_head *head, struct sl_text_cut cut)
{
    for (uint32_t k = 1; k < head->n_label; k++) {
        for (uint32_t other = 0; other < k; other++) {
            if (alike(head->label[k], head->label[other], cut)) {
                return false;
            }
        }
    }
    return true;
}

struct sl_text_cut sl_text_cut_labels(const struct slant_head *head, unsigned width)
{
    const struct sl_text_cut middle = {width, (width - 1) / 2};
    for (unsigned off = 0; off < middle.tail; off++) {
        const struct sl_text_cut later = {width, middle.tail - off};
        const struct sl_text_cut earlier = {width, middle.tail + off};
        if (all_differ(head, later)) {
            return later;
        }
        if (all_differ(head, earlier)) {
            return earlier;
        }
    }
    return middle;
}

struct sl_text_cut sl_text_cut_main(const struct sl_layout *l,
                                    const struct slant_report_options *opt)
{
    enum { INDENT = 4 };
    const struct slant_head *head = &l->head[l->main];
    const unsigned line = sl_text_width(opt) - INDENT;
    const unsigned most = sl_text_label_width(head);
    unsigned room = (line - SL_TEXT_VERDICT) / 2 - 1;
    room = room > SL_TEXT_VERDICT ? (line - 2) / 3 : room; /* the verdict is as wide as they are */
    return sl_text_cut_labels(head, most < room ? most : room);
}

static void put_cut(struct sl_buf *b, const char *text, size_t len, struct sl_text_cut cut,
                    unsigned column)
{
    struct sl_buf line = {0};
    const char *p;
    struct left left;
    unsigned n;
    sl_plain_text(&line, text, len);
    p = line.len == 0 ? "" : line.p;
    left = left_of(p, line.len, cut);
    n = sl_plain_columns(p, left.begin) + sl_plain_columns(p + left.end, line.len - left.end);
    sl_buf_put(b, p, left.begin);
    if (left.begin < line.len) {
        sl_buf_text(b, "…");
        n++;
    }
    sl_buf_put(b, p + left.end, line.len - left.end);
    sl_plain_repeat(b, " ", n < column ? column - n : 0);
    b->failed = b->failed || line.failed;
    sl_buf_free(&line);
}

void sl_text_label(struct sl_buf *b, const char *label, struct sl_text_cut cut, unsigned column)
{
    put_cut(b, label, strlen(label), cut, column);
}

void sl_text_name(struct sl_buf *b, const char *p, size_t len, unsigned width, unsigned column)
{
    put_cut(b, p, len, (struct sl_text_cut){.width = width}, column);
}

void sl_text_likely(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, struct sl_text_cut cut, uint32_t label,
                    uint16_t prob)
{
    sl_text_color(b, opt, sl_text_side_color(l, l->main, label));
    sl_text_label(b, l->head[l->main].label[label], cut, cut.width + 1);
    sl_plain_right_percent(b, prob / 10000.0);
    sl_buf_text(b, " %");
    sl_text_color(b, opt, "\033[0m");
    sl_buf_text(b, "  ");
}
