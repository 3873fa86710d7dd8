/* RFC 4180 tables of articles, sentences, periods, sources or groups. Cells cannot become formulas. */
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

static void put_share_columns(struct sl_buf *b, const struct sl_layout *l)
{
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

/* The columns of one head: share, low, high, count of each label. */
static void put_shares(struct sl_buf *b, const struct slant_head *head,
                       const struct sl_share *share, bool any)
{
    for (uint32_t k = 0; k < head->n_label; k++, share++) {
        sl_buf_byte(b, ',');
        if (any) {
            sl_buf_fixed(b, share->share, 4);
        }
        sl_buf_byte(b, ',');
        if (share->has_interval) {
            sl_buf_fixed(b, share->low, 4);
        }
        sl_buf_byte(b, ',');
        if (share->has_interval) {
            sl_buf_fixed(b, share->high, 4);
        }
        sl_buf_byte(b, ',');
        sl_buf_uint(b, share->count);
    }
}

/* ---- articles ---- */

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(b, "\"doc\",\"title\",\"date\",\"source\",\"copy_of\",\"verdict\",\"sentences\"");
    put_share_columns(b, l);
}

/* What an article is known by. */
static void put_article(struct sl_buf *b, const struct sl_summary *s)
{
    put_optional(b, &s->doc);
    put_optional(b, &s->title);
    put_optional(b, &s->date);
    put_optional(b, &s->source);
    put_optional(b, &s->original);
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    (void)opt;
    (void)before;
    put_article(b, s);
    if (s->verdict != NULL) {
        put_cell(b, s->verdict, strlen(s->verdict));
    }
    sl_buf_byte(b, ',');
    sl_buf_uint(b, s->n_sentence);
    for (size_t h = 0; h < l->n_head; h++) {
        put_shares(b, &l->head[h], s->share[h], s->n_sentence > 0);
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

/* ---- a row each speaker of an article, or of all ---- */

static void put_stand_columns(struct sl_buf *b, const struct sl_layout *l)
{
    const struct slant_head *head = &l->head[l->main];
    for (uint32_t k = 0; l->n_head > 0 && k < head->n_label; k++) {
        put_column(b, head->name, head->label[k], "_count");
        put_column(b, head->name, head->label[k], "_low");
        put_column(b, head->name, head->label[k], "_high");
    }
}

static void put_verdict(struct sl_buf *b, const struct sl_standpoint *x)
{
    if (x->verdict != NULL) {
        put_cell(b, x->verdict, strlen(x->verdict));
    }
    sl_buf_byte(b, ',');
}

/* A comma before each figure. */
static void put_stand(struct sl_buf *b, const struct sl_layout *l, const struct sl_standpoint *x)
{
    for (uint32_t k = 0; k < l->head[l->main].n_label; k++) {
        sl_buf_byte(b, ',');
        sl_buf_uint(b, x->count[k]);
        sl_buf_byte(b, ',');
        sl_buf_fixed(b, x->low[k], 4);
        sl_buf_byte(b, ',');
        sl_buf_fixed(b, x->high[k], 4);
    }
}

/* The sentence that shows the stance best; it ends the row. */
static void put_proof(struct sl_buf *b, const struct sl_standpoint *x)
{
    sl_buf_uint(b, x->n);
    sl_buf_byte(b, ',');
    put_cell(b, x->text, x->text_len);
    sl_buf_text(b, "\r\n");
}

static void begin_speakers(struct sl_buf *b, const struct sl_layout *l,
                           const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(
        b,
        "\"doc\",\"title\",\"date\",\"source\",\"copy_of\",\"speaker\",\"verdict\",\"sentences\"");
    put_stand_columns(b, l);
    sl_buf_text(b, ",\"n\",\"text\"\r\n");
}

static void article_speakers(struct sl_buf *b, const struct sl_layout *l,
                             const struct slant_report_options *opt, const struct sl_summary *s,
                             uint64_t before)
{
    (void)opt;
    (void)before;
    for (size_t i = 0; i < s->n_speaker; i++) {
        const struct sl_standpoint *x = &s->speaker[i];
        put_article(b, s);
        put_cell(b, x->name, x->len);
        sl_buf_byte(b, ',');
        put_verdict(b, x);
        sl_buf_uint(b, x->n_statement);
        put_stand(b, l, x);
        sl_buf_byte(b, ',');
        put_proof(b, x);
    }
}

const struct sl_report_format sl_report_csv_speakers = {
    .begin = begin_speakers, .article = article_speakers, .end = end};

static void no_row(struct sl_buf *b, const struct sl_layout *l,
                   const struct slant_report_options *opt, const struct sl_summary *s,
                   uint64_t before)
{
    (void)b;
    (void)l;
    (void)opt;
    (void)s;
    (void)before;
}

static void begin_corpus_speakers(struct sl_buf *b, const struct sl_layout *l,
                                  const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(b, "\"speaker\",\"verdict\",\"articles\",\"sentences\"");
    put_stand_columns(b, l);
    sl_buf_text(b, ",\"doc\",\"n\",\"text\"\r\n");
}

static void corpus_speakers(struct sl_buf *b, const struct sl_layout *l,
                            const struct slant_report_options *opt, const struct sl_corpus *c,
                            const struct sl_report_tail *tail)
{
    (void)opt;
    (void)tail;
    for (size_t i = 0; i < c->n_speaker; i++) {
        const struct sl_standpoint *x = &c->speaker[i];
        put_cell(b, x->name, x->len);
        sl_buf_byte(b, ',');
        put_verdict(b, x);
        sl_buf_uint(b, x->n_article);
        sl_buf_byte(b, ',');
        sl_buf_uint(b, x->n_statement);
        put_stand(b, l, x);
        sl_buf_byte(b, ',');
        put_cell(b, x->doc, x->doc_len);
        sl_buf_byte(b, ',');
        put_proof(b, x);
    }
}

const struct sl_report_format sl_report_csv_corpus_speakers = {
    .begin = begin_corpus_speakers, .article = no_row, .end = corpus_speakers};

/* ---- sentences ---- */

static void begin_sentences(struct sl_buf *b, const struct sl_layout *l,
                            const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(b, "\"doc\",\"copy_of\",\"n\",\"from\",\"to\",\"text\"");
    for (size_t h = 0; h < l->n_head; h++) {
        sl_buf_byte(b, ',');
        put_cell(b, l->head[h].name, strlen(l->head[h].name));
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            put_column(b, l->head[h].name, "p_", l->head[h].label[k]);
        }
    }
    sl_buf_text(b, "\r\n");
}

static void sentences(struct sl_buf *b, const struct sl_layout *l,
                      const struct slant_report_options *opt, const struct sl_summary *s,
                      uint64_t before)
{
    (void)opt;
    (void)before;
    for (uint64_t i = 0; i < s->n_sentence; i++) {
        const struct sl_kept *k = &s->sentence[i];
        const uint16_t *prob = s->prob + i * l->n_column;
        const uint64_t number[] = {k->n, k->from, k->to};
        put_optional(b, &s->doc);
        put_optional(b, &s->original);
        for (int n = 0; n < 3; n++) {
            sl_buf_uint(b, number[n]);
            sl_buf_byte(b, ',');
        }
        put_cell(b, k->text, k->len);
        for (size_t h = 0; h < l->n_head; h++) {
            uint32_t best = 0;
            for (uint32_t c = 0; c < l->head[h].n_label; c++) {
                best = prob[l->column[h] + c] > prob[l->column[h] + best] ? c : best;
            }
            sl_buf_byte(b, ',');
            put_cell(b, l->head[h].label[best], strlen(l->head[h].label[best]));
            for (uint32_t c = 0; c < l->head[h].n_label; c++) {
                sl_buf_byte(b, ',');
                sl_buf_fixed(b, prob[l->column[h] + c] / 10000.0, 4);
            }
        }
        sl_buf_text(b, "\r\n");
    }
}

const struct sl_report_format sl_report_csv_sentences = {
    .keeps_sentences = true, .begin = begin_sentences, .article = sentences, .end = end};

/* ---- periods, sources and groups ---- */

static void begin_groups(struct sl_buf *b, const struct sl_layout *l,
                         const struct slant_report_options *opt)
{
    sl_buf_text(b, opt->table == SLANT_TABLE_TIMELINE ? "\"from\""
                   : opt->table == SLANT_TABLE_GROUPS ? "\"group\""
                                                      : "\"source\"");
    sl_buf_text(b, ",\"articles\",\"sentences\"");
    for (int stand = 0; l->has_sides && stand < SL_N_STAND; stand++) {
        put_column(b, "verdict", sl_stand_name(&l->head[l->main], l->side, (enum sl_stand)stand),
                   "");
    }
    put_share_columns(b, l);
}

static void groups(struct sl_buf *b, const struct sl_layout *l,
                   const struct slant_report_options *opt, const struct sl_corpus *c,
                   const struct sl_report_tail *tail)
{
    const struct sl_groups *all = opt->table == SLANT_TABLE_TIMELINE ? &c->timeline
                                  : opt->table == SLANT_TABLE_GROUPS ? &c->group
                                                                     : &c->source;
    (void)tail;
    for (size_t i = 0; i < all->n; i++) {
        const struct sl_group *g = &all->group[i];
        put_cell(b, g->name.p, g->name.len);
        sl_buf_byte(b, ',');
        sl_buf_uint(b, g->n_article);
        sl_buf_byte(b, ',');
        sl_buf_uint(b, g->n_sentence);
        for (int stand = 0; l->has_sides && stand < SL_N_STAND; stand++) {
            sl_buf_byte(b, ',');
            sl_buf_uint(b, g->stand[stand]);
        }
        for (size_t h = 0; h < l->n_head; h++) {
            put_shares(b, &l->head[h], g->share + l->column[h], g->n_sentence > 0);
        }
        sl_buf_text(b, "\r\n");
    }
}

const struct sl_report_format sl_report_csv_groups = {
    .begin = begin_groups, .article = no_row, .end = groups};
