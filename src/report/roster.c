#include "report/roster.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void sl_roster_free(struct sl_roster *r)
{
    for (size_t i = 0; i < r->n_made; i++) {
        free(r->tally[i].name);
        free(r->tally[i].text);
        free(r->tally[i].doc);
    }
    free(r->tally);
    free(r->row);
    free(r->key);
    sl_strings_free(&r->names);
    memset(r, 0, sizeof *r);
}

void sl_roster_empty(struct sl_roster *r)
{
    sl_strings_free(&r->names);
    r->unknown = r->generic = 0;
}

static bool keep(char **to, size_t *cap, const char *from, size_t len)
{
    if (!sl_grow(to, cap, len + 1, 1)) {
        return false;
    }
    if (len > 0) {
        memcpy(*to, from, len);
    }
    return true;
}

static bool has_small(const char *p, size_t len)
{
    while (len > 0 && !(p[len - 1] >= 'a' && p[len - 1] <= 'z')) {
        len--;
    }
    return len > 0;
}

/* The name as it is shown: the first that is not in capitals alone, as labels of interviews are. */
static bool show(struct sl_tally *t, const char *name, size_t len)
{
    if (t->len_name > 0 && (has_small(t->name, t->len_name) || !has_small(name, len))) {
        return true;
    }
    t->len_name = len;
    return keep(&t->name, &t->cap_name, name, len);
}

/* Number i is new. False when memory is short. */
static bool make_tally(struct sl_roster *r, uint32_t i)
{
    if (i >= r->n_made) {
        if (!sl_grow(&r->tally, &r->cap, (size_t)i + 1, sizeof *r->tally)) {
            return false;
        }
        memset(&r->tally[i], 0, sizeof r->tally[i]);
        r->n_made = (size_t)i + 1;
    } else {
        struct sl_tally old = r->tally[i];
        memset(&r->tally[i], 0, sizeof r->tally[i]);
        r->tally[i].name = old.name;
        r->tally[i].text = old.text;
        r->tally[i].doc = old.doc;
        r->tally[i].cap_name = old.cap_name;
        r->tally[i].cap_text = old.cap_text;
        r->tally[i].cap_doc = old.cap_doc;
    }
    return true;
}

/* Length of a name without the acronym behind it: Trade Court | (TC) */
static size_t without_acronym(const char *name, size_t len)
{
    const size_t at = sl_bracket_behind(name, len);
    return at > 1 && at < len && name[at - 1] == ' ' ? at - 1 : len;
}

/* Whose name it is; loosely: KERSTI AAVIK is Kersti Aavik, the Trade Court (TC) the Trade Court. NULL when memory
 * is short. */
static struct sl_tally *tally_of(struct sl_roster *r, const char *name, size_t len, bool loosely)
{
    const uint32_t before = r->names.n;
    const size_t key_len = loosely ? without_acronym(name, len) : len;
    uint32_t i;
    if (!keep(&r->key, &r->cap_key, name, len)) {
        return NULL;
    }
    for (size_t k = 0; loosely && k < key_len; k++) {
        r->key[k] = (char)(name[k] >= 'A' && name[k] <= 'Z' ? name[k] | 0x20 : name[k]);
    }
    i = sl_strings_add(&r->names, r->key, key_len);
    if (i == SL_TABLE_NONE || (i == before && !make_tally(r, i)) ||
        !show(&r->tally[i], name, len)) {
        return NULL;
    }
    return &r->tally[i];
}

/* Takes x for the quote if it is stronger: on a side before off it, earlier ones first in ties.
 * first: there is none yet. count[0] of a quote tells whether it is on a side. */
static bool consider(struct sl_tally *t, bool first, const struct sl_standpoint *x)
{
    struct sl_standpoint *q = &t->quote;
    bool held_side = q->count[0] != 0;
    bool on_side = x->count[0] != 0;
    if (!first && (on_side == held_side ? x->prob <= q->prob : held_side)) {
        return true;
    }
    if (!keep(&t->text, &t->cap_text, x->text, x->text_len) ||
        !keep(&t->doc, &t->cap_doc, x->doc, x->doc_len)) {
        return false;
    }
    *q = *x;
    return true;
}

static bool add_statement(struct sl_roster *r, const struct sl_scored *s,
                          const struct sl_statement *st, uint64_t article, uint64_t place,
                          uint32_t column, const struct slant_head *head, const uint32_t side[2],
                          bool has_sides)
{
    struct sl_tally *t = tally_of(r, st->speaker.p, st->speaker.len, false);
    const uint16_t *prob = st->prob + column;
    struct sl_standpoint quote = {.n = s->n,
                                  .from = s->from,
                                  .to = s->to,
                                  .article = article,
                                  .place = place,
                                  .doc = s->doc.p,
                                  .doc_len = s->doc.len,
                                  .text = s->text.p,
                                  .text_len = s->text.len};
    uint32_t best = 0;
    if (t == NULL) {
        return false;
    }
    t->n_article = 1;
    t->n_statement++;
    t->generic = st->generic;
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
        double d = a - b;
        t->d += d;
        t->d_variance += a + b - d * d;
        t->d_third += d - 3 * d * (a + b) + 2 * d * d * d;
    }
    quote.label = best;
    quote.prob = prob[best];
    quote.count[0] = has_sides && (best == side[0] || best == side[1]);
    return consider(t, t->n_statement == 1, &quote);
}

bool sl_roster_join(struct sl_roster *r, const struct sl_roster *article)
{
    r->unknown += article->unknown;
    for (uint32_t i = 0; i < article->names.n; i++) {
        const struct sl_tally *x = &article->tally[i];
        struct sl_standpoint quote = x->quote;
        struct sl_tally *t;
        if (x->generic) {
            r->generic += x->n_statement;
            continue;
        }
        t = tally_of(r, x->name, x->len_name, true);
        if (t == NULL) {
            return false;
        }
        quote.text = x->text;
        quote.doc = x->doc;
        if (!consider(t, t->n_statement == 0, &quote)) {
            return false;
        }
        t->n_statement += x->n_statement;
        t->n_article += x->n_article;
        for (uint32_t k = 0; k < SLANT_MAX_LABEL; k++) {
            t->count[k] += x->count[k];
            t->mean[k] += x->mean[k];
            t->variance[k] += x->variance[k];
            t->third[k] += x->third[k];
        }
        t->d += x->d;
        t->d_variance += x->d_variance;
        t->d_third += x->d_third;
    }
    return true;
}

bool sl_roster_add(struct sl_roster *r, const struct sl_scored *s, uint64_t article, uint64_t place,
                   uint32_t column, const struct slant_head *head, const uint32_t side[2],
                   bool has_sides)
{
    for (size_t i = 0; i < s->n_statement; i++) {
        if (s->statement[i].speaker.p == NULL) {
            r->unknown++;
        } else if (!add_statement(r, s, &s->statement[i], article, place, column, head, side,
                                  has_sides)) {
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
    x.name = t->name;
    x.len = t->len_name;
    x.n_statement = t->n_statement;
    x.n_article = t->n_article;
    x.text = t->text;
    x.doc = t->doc;
    for (uint32_t k = 0; k < head->n_label; k++) {
        struct sl_count_range range =
            sl_count_range_of_moments(t->n_statement, t->mean[k], t->variance[k], t->third[k]);
        x.count[k] = t->count[k];
        x.share[k] = t->mean[k] / n;
        x.low[k] = fmin(range.low / n, x.share[k]);
        x.high[k] = fmax(range.high / n, x.share[k]);
    }
    x.verdict = NULL;
    if (has_sides) {
        double expected[2] = {t->mean[side[0]], t->mean[side[1]]};
        uint64_t n_side[2] = {t->count[side[0]], t->count[side[1]]};
        struct sl_count_range range =
            sl_balance_range(t->n_statement, t->d, t->d_variance, t->d_third);
        x.balance = t->d / n;
        /* of a statement or two the moments tell too little */
        x.balance_low = fmin((range.low - n) / n, x.balance);
        x.balance_high = fmax((range.high - n) / n, x.balance);
        x.verdict = sl_stand_name(
            head, side, sl_stand_of_speaker(t->n_statement, t->d, t->d_variance, expected, n_side));
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
