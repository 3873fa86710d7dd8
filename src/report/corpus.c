/* What is known of all articles together. */
#include "report/corpus.h"
#include "base/memory.h"
#include "base/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char sl_parts_note[] =
    "the shares of each part are corrected by themselves, below five articles not at all, so that "
    "those of all articles are not their mean";
const char sl_weighed_note[] = "a speaker's verdict weighs probabilities, not the counts beside it";
const char sl_no_target_note[] =
    "no target was named: statements of the target's own people are told from others only where an "
    "article is plainly about it; --target names it";

void sl_put_counted(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct slant_head *head = &l->head[l->main];
    const struct sl_share *share = c->share[l->main];
    if (!share[0].corrected) {
        return;
    }
    sl_buf_text(b,
                "shares of all articles are corrected for the model's errors; what it counted: ");
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_buf_text(b, k == 0 ? "" : ", ");
        sl_buf_text(b, head->label[k]);
        sl_plain_blank_percent(b, (double)share[k].count / (double)c->n_sentence);
        sl_buf_text(b, " %");
    }
}

void sl_put_without_target(struct sl_buf *b, const struct sl_corpus *c)
{
    const uint64_t n = sl_without_target(c);
    if (n > 0 && c->n_with_target == 0) {
        sl_buf_text(b, "no article mentions the target; check the spelling, or add others with "
                       "--alias");
    } else if (n > 0) {
        sl_buf_uint(b, n);
        sl_buf_text(b, " of ");
        sl_plain_number(b, c->n_article, "article");
        sl_buf_text(b, n == 1 ? " never mentions the target, and may be about something else"
                              : " never mention the target, and may be about something else");
    }
}

const char sl_unread_note[] =
    "it may have learned from few rows; or the articles are on another subject or not in English, "
    "and then its figures tell nothing";

const char *sl_not_compared(const struct sl_layout *l, const struct sl_corpus *c)
{
    return !l->has_sides          ? "the labels have no two sides whose balance could be compared"
           : c->comparison.n == 0 ? "too few articles (it takes five of one and five others)"
                                  : NULL;
}

/* Keeps the sentence if it is among the strongest of all; earlier ones win ties. */
static bool consider(struct sl_corpus *c, const struct sl_facts *f, int side,
                     const struct sl_kept *k, uint16_t prob, uint64_t number)
{
    struct sl_strongest *list = c->strongest[side];
    size_t *n = &c->n_strongest[side];
    const struct sl_fact *fact = &f->fact[f->n - 1];
    size_t at = *n;
    char *text;
    while (at > 0 && list[at - 1].prob < prob) {
        at--;
    }
    if (at >= SL_STRONGEST) {
        return true;
    }
    text = sl_copy_bytes(k->text, k->len);
    if (text == NULL) {
        return false;
    }
    if (*n == SL_STRONGEST) {
        free(list[--*n].text);
    }
    memmove(list + at + 1, list + at, (*n - at) * sizeof *list);
    list[at] = (struct sl_strongest){k->label,     prob,           f->n, number,
                                     fact->name.p, fact->name.len, text, k->len};
    ++*n;
    return true;
}

bool sl_corpus_strongest(struct sl_corpus *c, const struct sl_facts *f, const struct sl_layout *l,
                         const struct sl_summary *s)
{
    for (uint64_t i = 0; s->sentence != NULL && i < s->n_sentence; i++) {
        const struct sl_kept *k = &s->sentence[i];
        uint16_t prob = s->prob[i * l->n_column + l->column[l->main] + k->label];
        if (k->evidence && !consider(c, f, k->label == l->side[1], k, prob, i + 1)) {
            return false;
        }
    }
    return true;
}

static void judge_quality(struct sl_corpus *c, const struct sl_facts *f, const struct sl_layout *l,
                          const uint32_t *counted, size_t n_counted)
{
    for (size_t h = 0; h < l->n_head; h++) {
        struct sl_quality *q = &c->quality[h];
        uint64_t sum = 0;
        uint64_t n_unsure = 0;
        for (size_t i = 0; i < n_counted; i++) {
            const struct sl_fact *a = &f->fact[counted[i]];
            for (size_t s = a->first; s < a->first + (size_t)a->n_sentence; s++) {
                const uint16_t *prob = f->prob + s * l->n_column + l->column[h];
                uint16_t most = 0;
                for (uint32_t k = 0; k < l->head[h].n_label; k++) {
                    most = prob[k] > most ? prob[k] : most;
                }
                sum += most;
                n_unsure += most < 5000;
            }
        }
        if (c->n_sentence > 0) {
            q->confidence = (double)sum / 10000.0 / (double)c->n_sentence;
            q->unsure = (double)n_unsure / (double)c->n_sentence;
        }
        for (uint32_t k = 0; l->has_prior[h] && k < l->head[h].n_label; k++) {
            q->moved = fmax(q->moved, fabs(c->share[h][k].share - l->prior[h][k]));
        }
    }
    for (size_t i = 0; i < n_counted; i++) {
        const struct sl_fact *a = &f->fact[counted[i]];
        c->n_empty += a->n_sentence == 0;
        c->n_undated += a->day == SL_NO_DAY;
        c->n_odd_date += a->day == SL_NO_DAY && a->has_date;
        c->n_sourceless += a->source == SL_TABLE_NONE;
    }
}

bool sl_corpus_sum(struct sl_corpus *c, const struct sl_facts *f, const struct sl_layout *l)
{
    struct sl_group all = {.n_article = 0};
    uint32_t *counted = sl_array(f->n, sizeof *counted);
    bool ok = counted != NULL;
    for (uint32_t i = 0; ok && i < f->n; i++) {
        if (f->fact[i].copy_of == SL_TABLE_NONE) {
            counted[all.n_article++] = i;
        }
    }
    all.article = counted;
    ok = ok && sl_group_sum(f, l, &all);
    for (size_t h = 0; ok && h < l->n_head; h++) {
        memcpy(c->share[h], all.share + l->column[h], l->head[h].n_label * sizeof all.share[0]);
    }
    if (ok) {
        c->design_effect = all.design_effect;
        judge_quality(c, f, l, counted, all.n_article);
    }
    free(counted);
    return ok;
}

enum slant_status sl_corpus_compare(struct sl_corpus *c, const struct sl_facts *f,
                                    const struct sl_layout *l, enum slant_compare compare,
                                    struct slant_error *err)
{
    const struct sl_groups *groups = NULL;
    switch (compare) {
    case SLANT_COMPARE_SOURCE:
        groups = &c->source;
        c->compared = "source";
        break;
    case SLANT_COMPARE_PERIOD:
        groups = &c->timeline;
        c->compared = sl_period_name[c->period];
        break;
    case SLANT_COMPARE_GROUP:
        if (c->group.n == 0 && c->n_article > 0) {
            return sl_fail(
                err, SLANT_ERR_DATA, 0,
                "no article has the key \"%.80s\" to compare by; expected source, period "
                "or a key of JSON Lines (scored: kept by score --group)",
                c->group_key);
        }
        groups = &c->group;
        c->compared = c->group_key;
        break;
    case SLANT_COMPARE_NONE:
        return SLANT_OK;
    }
    return sl_compare(f, l, groups, &c->comparison) ? SLANT_OK : sl_fail_nomem(err);
}
