#include "report/roster.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void sl_roster_free(struct sl_roster *r)
{
    for (size_t i = 0; i < r->n_made; i++) {
        free(r->tally[i].text);
        free(r->tally[i].doc);
    }
    free(r->tally);
    free(r->row);
    sl_strings_free(&r->names);
    memset(r, 0, sizeof *r);
}

void sl_roster_empty(struct sl_roster *r)
{
    sl_strings_free(&r->names);
    r->unknown = 0;
}

static struct sl_tally *tally_of(struct sl_roster *r, const struct sl_text *name)
{
    uint32_t before = r->names.n;
    uint32_t i = sl_strings_add(&r->names, name->p, name->len);
    if (i == SL_TABLE_NONE) {
        return NULL;
    }
    if (i < before) {
        return &r->tally[i];
    }
    if (i >= r->n_made) {
        if (!sl_grow(&r->tally, &r->cap, (size_t)i + 1, sizeof *r->tally)) {
            return NULL;
        }
        memset(&r->tally[i], 0, sizeof r->tally[i]);
        r->n_made = (size_t)i + 1;
    } else {
        struct sl_tally old = r->tally[i];
        memset(&r->tally[i], 0, sizeof r->tally[i]);
        r->tally[i].text = old.text;
        r->tally[i].doc = old.doc;
        r->tally[i].cap_text = old.cap_text;
        r->tally[i].cap_doc = old.cap_doc;
    }
    return &r->tally[i];
}

static bool keep(char **to, size_t *cap, const struct sl_text *from)
{
    if (!sl_grow(to, cap, from->len + 1, 1)) {
        return false;
    }
    if (from->len > 0) {
        memcpy(*to, from->p, from->len);
    }
    return true;
}

/* The strongest on a side; while there is none, the strongest at all. Earlier ones win ties. */
static bool consider(struct sl_tally *t, const struct sl_scored *s, uint32_t label, uint16_t prob,
                     bool on_side)
{
    struct sl_standpoint *q = &t->quote;
    bool held_side = q->count[0] != 0;
    if (t->n_statement > 1 && (on_side == held_side ? prob <= q->prob : held_side)) {
        return true;
    }
    if (!keep(&t->text, &t->cap_text, &s->text) || !keep(&t->doc, &t->cap_doc, &s->doc)) {
        return false;
    }
    q->count[0] = on_side;
    q->label = label;
    q->prob = prob;
    q->n = s->n;
    q->from = s->from;
    q->to = s->to;
    q->text_len = s->text.len;
    q->doc_len = s->doc.len;
    return true;
}

static bool add_statement(struct sl_roster *r, const struct sl_scored *s, uint64_t article,
                          const struct sl_statement *st, uint32_t column,
                          const struct slant_head *head, const uint32_t side[2], bool has_sides)
{
    struct sl_tally *t = tally_of(r, &st->speaker);
    const uint16_t *prob = st->prob + column;
    uint32_t best = 0;
    if (t == NULL) {
        return false;
    }
    if (t->n_statement == 0 || t->last_article != article) {
        t->n_article++;
        t->last_article = article;
    }
    t->n_statement++;
    for (uint32_t k = 0; k < head->n_label; k++) {
        double p = prob[k] / 10000.0;
        t->mean[k] += p;
        t->variance[k] += p * (1 - p);
        t->third[k] += p * (1 - p) * (1 - 2 * p);
        best = prob[k] > prob[best] ? k : best;
    }
    t->count[best]++;
    if (has_sides) {
        double a = prob[side[0]] / 10000.0;
        double b = prob[side[1]] / 10000.0;
        t->d += a - b;
        t->d_variance += a + b - (a - b) * (a - b);
    }
    return consider(t, s, best, prob[best], has_sides && (best == side[0] || best == side[1]));
}

bool sl_roster_add(struct sl_roster *r, const struct sl_scored *s, uint64_t article,
                   uint32_t column, const struct slant_head *head, const uint32_t side[2],
                   bool has_sides)
{
    for (size_t i = 0; i < s->n_statement; i++) {
        if (s->statement[i].speaker.p == NULL) {
            r->unknown++;
        } else if (!add_statement(r, s, article, &s->statement[i], column, head, side, has_sides)) {
            return false;
        }
    }
    return true;
}

/* Most statements first, then by name. */
static int by_weight(const void *a, const void *b)
{
    const struct sl_standpoint *x = a;
    const struct sl_standpoint *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order;
    if (x->n_statement != y->n_statement) {
        return x->n_statement > y->n_statement ? -1 : 1;
    }
    order = memcmp(x->name, y->name, len);
    return order != 0 ? order : x->len < y->len ? -1 : x->len > y->len;
}

static struct sl_standpoint row_of(const struct sl_roster *r, uint32_t i,
                                   const struct slant_head *head, const uint32_t side[2],
                                   bool has_sides)
{
    const struct sl_tally *t = &r->tally[i];
    struct sl_standpoint x = t->quote;
    double n = (double)t->n_statement;
    x.name = sl_strings_get(&r->names, i);
    x.len = r->names.length[i];
    x.n_statement = t->n_statement;
    x.n_article = t->n_article;
    x.text = t->text;
    x.doc = t->doc;
    for (uint32_t k = 0; k < head->n_label; k++) {
        struct sl_count_range range =
            sl_count_range_of_moments(t->n_statement, t->mean[k], t->variance[k], t->third[k]);
        x.count[k] = t->count[k];
        x.share[k] = t->mean[k] / n;
        x.low[k] = range.low / n;
        x.high[k] = range.high / n;
    }
    x.verdict = NULL;
    if (has_sides) {
        double expected[2] = {t->mean[side[0]], t->mean[side[1]]};
        x.verdict = sl_stand_name(
            head, side, sl_stand_of_speaker(t->n_statement, t->d, t->d_variance, expected));
    }
    return x;
}

const struct sl_standpoint *sl_roster_rows(struct sl_roster *r, const struct slant_head *head,
                                           const uint32_t side[2], bool has_sides, size_t *n)
{
    *n = r->names.n;
    if (!sl_grow(&r->row, &r->cap_row, (size_t)r->names.n + 1, sizeof *r->row)) {
        return NULL;
    }
    for (uint32_t i = 0; i < r->names.n; i++) {
        r->row[i] = row_of(r, i, head, side, has_sides);
    }
    qsort(r->row, r->names.n, sizeof *r->row, by_weight);
    return r->row;
}
