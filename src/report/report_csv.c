/* The articles as one RFC 4180 table, a row each. Cells cannot become formulas. */
#include "base/utf8.h"
#include "report/gather.h"

#include <string.h>

static void put_cell(struct sl_buf *b, const char *p, size_t len)
{
    size_t first = 0; /* what a spreadsheet may take for the cell's first character */
    sl_buf_byte(b, '"');
    while (first < len && ((unsigned char)p[first] <= ' ' || p[first] == 0x7f)) {
        first++;
    }
    if (first < len && strchr("=+-@", p[first]) != NULL) {
        sl_buf_byte(b, '\'');
    }
    for (size_t at = 0; at < len;) {
        uint32_t cp;
        bool valid;
        size_t size = sl_utf8_decode(p + at, p + len, &cp, &valid);
        if (!valid) {
            sl_buf_text(b, "\xef\xbf\xbd");
        } else if (cp == '"') {
            sl_buf_text(b, "\"\"");
        } else if (cp < 0x20 || cp == 0x7f) {
            sl_buf_byte(b, ' ');
        } else {
            sl_buf_put(b, p + at, size);
        }
        at += size;
    }
    sl_buf_byte(b, '"');
}

static void put_optional(struct sl_buf *b, const struct sl_text *v)
{
    if (v->p != NULL) {
        put_cell(b, v->p, v->len);
    }
    sl_buf_byte(b, ',');
}

/* Names of heads and labels come from a model file. */
static void put_column(struct sl_buf *b, const char *head, const char *label, const char *what)
{
    struct sl_buf name = {0};
    sl_buf_text(&name, head);
    sl_buf_byte(&name, '_');
    sl_buf_text(&name, label);
    sl_buf_text(&name, what);
    sl_buf_byte(b, ',');
    put_cell(b, name.p == NULL ? "" : name.p, name.len);
    b->failed = b->failed || name.failed;
    sl_buf_free(&name);
}

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(b, "\"doc\",\"title\",\"date\",\"source\",\"copy_of\",\"verdict\",\"sentences\"");
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            put_column(b, l->head[h].name, l->head[h].label[k], "");
            put_column(b, l->head[h].name, l->head[h].label[k], "_low");
            put_column(b, l->head[h].name, l->head[h].label[k], "_high");
            put_column(b, l->head[h].name, l->head[h].label[k], "_count");
        }
    }
    sl_buf_text(b, "\r\n");
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    (void)opt;
    (void)before;
    put_optional(b, &s->doc);
    put_optional(b, &s->title);
    put_optional(b, &s->date);
    put_optional(b, &s->source);
    put_optional(b, &s->original);
    if (s->verdict != NULL) {
        put_cell(b, s->verdict, strlen(s->verdict));
    }
    sl_buf_byte(b, ',');
    sl_buf_uint(b, s->n_sentence);
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *share = &s->share[h][k];
            if (share->has_interval) {
                sl_buf_byte(b, ',');
                sl_buf_fixed(b, share->share, 4);
                sl_buf_byte(b, ',');
                sl_buf_fixed(b, share->low, 4);
                sl_buf_byte(b, ',');
                sl_buf_fixed(b, share->high, 4);
            } else {
                sl_buf_text(b, ",,,");
            }
            sl_buf_byte(b, ',');
            sl_buf_uint(b, share->count);
        }
    }
    sl_buf_text(b, "\r\n");
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    (void)b; /* a table has one kind of row; the corpus is in the other formats */
    (void)l;
    (void)opt;
    (void)c;
    (void)tail;
}

const struct sl_report_format sl_report_csv = {.begin = begin, .article = article, .end = end};
