/* The report as one JSON object; docs/report.schema.json describes it. */
#include "base/json_out.h"
#include "report/gather.h"
#include "report/subject.h"

#include <string.h>

static void put_shares(struct sl_json *j, const struct slant_head *head,
                       const struct sl_share *share)
{
    sl_json_key(j, head->name);
    sl_json_open(j, '{');
    sl_json_key(j, "shares");
    sl_json_open(j, '{');
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_json_key(j, head->label[k]);
        sl_json_fixed(j, share[k].share, 4);
    }
    sl_json_close(j, '}');
    sl_json_key(j, "intervals");
    sl_json_open(j, '{');
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_json_key(j, head->label[k]);
        if (share[k].has_interval) {
            sl_json_pair(j, share[k].low, share[k].high, 4);
        } else {
            sl_json_raw(j, "null");
        }
    }
    sl_json_close(j, '}');
    sl_json_key(j, "method");
    sl_json_text(j, share[0].corrected ? "corrected" : "mean");
    if (share[0].corrected) {
        sl_json_key(j, "means");
        sl_json_open(j, '{');
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_json_key(j, head->label[k]);
            sl_json_fixed(j, share[k].mean, 4);
        }
        sl_json_close(j, '}');
    }
    sl_json_key(j, "counts");
    sl_json_open(j, '{');
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_json_key(j, head->label[k]);
        sl_json_uint(j, share[k].count);
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
}

/* The speakers, and how many statements have none. evidence: the strongest, as in an article. */
static void put_speakers(struct sl_json *j, const struct sl_layout *l,
                         const struct sl_standpoint *row, size_t n, uint64_t unattributed,
                         bool corpus)
{
    const struct slant_head *head = &l->head[l->main];
    sl_json_key(j, "speakers");
    sl_json_open(j, '[');
    for (size_t i = 0; i < n; i++) {
        const struct sl_standpoint *x = &row[i];
        sl_json_open(j, '{');
        sl_json_key(j, "speaker");
        sl_json_string(j, x->name, x->len);
        sl_json_key(j, "verdict");
        sl_json_text(j, x->verdict);
        if (corpus) {
            sl_json_key(j, "articles");
            sl_json_uint(j, x->n_article);
        }
        sl_json_key(j, "sentences");
        sl_json_uint(j, x->n_statement);
        for (uint32_t k = 0; k < head->n_label; k++) {
            if (!sl_json_reserved(head->label[k])) {
                sl_json_key(j, head->label[k]);
                sl_json_uint(j, x->count[k]);
            }
        }
        sl_json_key(j, "intervals");
        sl_json_open(j, '{');
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_json_key(j, head->label[k]);
            sl_json_pair(j, x->low[k], x->high[k], 4);
        }
        sl_json_close(j, '}');
        sl_json_key(j, "evidence");
        sl_json_open(j, '[');
        sl_json_open(j, '{');
        if (corpus) {
            sl_json_key(j, "doc");
            sl_json_string(j, x->doc, x->doc_len);
        }
        sl_json_key(j, "side");
        sl_json_text(j, head->label[x->label]);
        sl_json_key(j, "p");
        sl_json_fixed(j, x->prob / 10000.0, 4);
        sl_json_key(j, "n");
        sl_json_uint(j, x->n);
        sl_json_key(j, "from");
        sl_json_uint(j, x->from);
        sl_json_key(j, "to");
        sl_json_uint(j, x->to);
        sl_json_key(j, "text");
        sl_json_string(j, x->text, x->text_len);
        sl_json_close(j, '}');
        sl_json_close(j, ']');
        sl_json_close(j, '}');
    }
    sl_json_close(j, ']');
    sl_json_key(j, "unattributed");
    sl_json_uint(j, unattributed);
}

static void put_optional(struct sl_json *j, const char *key, const struct sl_text *v)
{
    if (v->p != NULL) {
        sl_json_key(j, key);
        sl_json_string(j, v->p, v->len);
    }
}

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    (void)l;
    (void)opt;
    sl_buf_text(b, "{\"articles\":[");
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    struct sl_json j = {b, before > 0};
    (void)opt;
    sl_json_open(&j, '{');
    put_optional(&j, "doc", &s->doc);
    put_optional(&j, "title", &s->title);
    put_optional(&j, "date", &s->date);
    put_optional(&j, "source", &s->source);
    if (s->copy_of > 0) {
        put_optional(&j, "copy_of", &s->original);
    }
    sl_json_key(&j, "verdict");
    sl_json_text(&j, s->verdict);
    sl_json_key(&j, "sentences");
    sl_json_uint(&j, s->n_sentence);
    if (s->n_with_target > 0) {
        sl_json_key(&j, "with_target");
        sl_json_uint(&j, s->n_with_target);
    }
    for (size_t h = 0; h < l->n_head; h++) {
        put_shares(&j, &l->head[h], s->share[h]);
    }
    sl_json_key(&j, "evidence");
    sl_json_open(&j, '[');
    for (size_t i = 0; i < s->n_evidence; i++) {
        const struct sl_evidence *e = &s->evidence[i];
        sl_json_open(&j, '{');
        sl_json_key(&j, "side");
        sl_json_text(&j, l->head[l->main].label[e->label]);
        sl_json_key(&j, "p");
        sl_json_fixed(&j, e->prob / 10000.0, 4);
        sl_json_key(&j, "n");
        sl_json_uint(&j, e->n);
        sl_json_key(&j, "from");
        sl_json_uint(&j, e->from);
        sl_json_key(&j, "to");
        sl_json_uint(&j, e->to);
        sl_json_key(&j, "text");
        sl_json_string(&j, e->text, e->len);
        sl_json_close(&j, '}');
    }
    sl_json_close(&j, ']');
    put_speakers(&j, l, s->speaker, s->n_speaker, s->unattributed, false);
    sl_json_close(&j, '}');
}

static void put_groups(struct sl_json *j, const struct sl_layout *l, const struct sl_groups *g,
                       const char *key, const char *name)
{
    sl_json_key(j, key);
    sl_json_open(j, '[');
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_group *group = &g->group[i];
        sl_json_open(j, '{');
        sl_json_key(j, name);
        sl_json_string(j, group->name.p, group->name.len);
        sl_json_key(j, "articles");
        sl_json_uint(j, group->n_article);
        sl_json_key(j, "sentences");
        sl_json_uint(j, group->n_sentence);
        sl_json_key(j, "verdicts");
        sl_json_open(j, '{');
        for (int stand = 0; l->has_sides && stand < SL_N_STAND; stand++) {
            sl_json_key(j, sl_stand_name(&l->head[l->main], l->side, (enum sl_stand)stand));
            sl_json_uint(j, group->stand[stand]);
        }
        sl_json_close(j, '}');
        for (size_t h = 0; h < l->n_head; h++) {
            put_shares(j, &l->head[h], group->share + l->column[h]);
        }
        sl_json_close(j, '}');
    }
    sl_json_close(j, ']');
}

static void put_comparison(struct sl_json *j, const struct sl_corpus *c)
{
    if (c->compared == NULL) {
        return;
    }
    sl_json_key(j, "comparison");
    sl_json_open(j, '{');
    sl_json_key(j, "by");
    sl_json_text(j, c->compared);
    sl_json_key(j, "permutations");
    sl_json_uint(j, c->comparison.n_permutation);
    sl_json_key(j, "groups");
    sl_json_open(j, '[');
    for (size_t i = 0; i < c->comparison.n; i++) {
        const struct sl_difference *d = &c->comparison.item[i];
        sl_json_open(j, '{');
        sl_json_key(j, "name");
        sl_json_string(j, d->group->name.p, d->group->name.len);
        sl_json_key(j, "articles");
        sl_json_uint(j, d->group->n_article);
        sl_json_key(j, "difference");
        sl_json_fixed(j, d->difference, 4);
        sl_json_key(j, "interval");
        sl_json_pair(j, d->low, d->high, 4);
        sl_json_key(j, "p");
        sl_json_fixed(j, d->p, 6);
        sl_json_key(j, "p_holm");
        sl_json_fixed(j, d->p_holm, 6);
        sl_json_close(j, '}');
    }
    sl_json_close(j, ']');
    sl_json_close(j, '}');
}

static void put_reading(struct sl_json *j, const struct sl_reading_sums *r)
{
    const struct {
        const char *key;
        uint64_t n;
    } count[] = {
        {"words", r->n_word}, {"unknown_words", r->n_unknown}, {"invalid_utf8", r->n_invalid}};
    for (size_t i = 0; i < sizeof count / sizeof count[0]; i++) {
        sl_json_key(j, count[i].key);
        if (r->known) {
            sl_json_uint(j, count[i].n);
        } else {
            sl_json_raw(j, "null");
        }
    }
    sl_json_key(j, "unknown_share");
    if (r->known && r->n_word > 0) {
        sl_json_fixed(j, (double)r->n_unknown / (double)r->n_word, 4);
    } else {
        sl_json_raw(j, "null");
    }
}

/* "warnings": what the other formats say in words; an empty list where there is nothing to warn of. */
static void put_warnings(struct sl_json *j, const struct sl_layout *l, const struct sl_corpus *c,
                         const struct sl_report_tail *tail)
{
    bool drifted = false;
    sl_json_key(j, "warnings");
    sl_json_open(j, '[');
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        drifted = drifted || sl_drifted(l, c, h);
        if (sl_guesses(l, h)) {
            struct sl_buf name = {0};
            sl_buf_text(&name, "guessing:");
            sl_buf_text(&name, l->head[h].name);
            sl_json_string(j, name.p == NULL ? "" : name.p, name.len);
            j->b->failed = j->b->failed || name.failed;
            sl_buf_free(&name);
        }
    }
    if (drifted) {
        sl_json_text(j, "unlike_training");
    }
    if (sl_unread(&c->reading)) {
        sl_json_text(j, "words_unknown");
    }
    if (c->reading.known && c->reading.n_invalid > 0) {
        sl_json_text(j, "not_utf8");
    }
    if (c->reading.no_target && c->n_sentence > 0) {
        sl_json_text(j, "no_target");
    }
    if (sl_without_target(c) > 0) {
        sl_json_text(j, "without_target");
    }
    if (c->reading.untold) {
        sl_json_text(j, "no_trailer");
    }
    if (tail->n_error > 0) {
        sl_json_text(j, "unreadable_records");
    }
    sl_json_close(j, ']');
}

static void put_quality(struct sl_json *j, const struct sl_layout *l, const struct sl_corpus *c,
                        const struct sl_report_tail *tail)
{
    sl_json_key(j, "quality");
    sl_json_open(j, '{');
    sl_json_key(j, "unread");
    sl_json_uint(j, tail->n_error);
    sl_json_key(j, "copies");
    sl_json_uint(j, c->n_copy);
    sl_json_key(j, "empty");
    sl_json_uint(j, c->n_empty);
    sl_json_key(j, "undated");
    sl_json_uint(j, c->n_undated);
    sl_json_key(j, "unreadable_dates");
    sl_json_uint(j, c->n_odd_date);
    sl_json_key(j, "without_source");
    sl_json_uint(j, c->n_sourceless);
    sl_json_key(j, "without_target");
    if (sl_targeted(c)) {
        sl_json_uint(j, sl_without_target(c));
    } else {
        sl_json_raw(j, "null");
    }
    sl_json_key(j, "sentences_in_copies");
    sl_json_uint(j, c->n_copied);
    put_reading(j, &c->reading);
    put_warnings(j, l, c, tail);
    sl_json_key(j, "heads");
    sl_json_open(j, '{');
    for (size_t h = 0; h < l->n_head; h++) {
        const struct sl_quality *q = &c->quality[h];
        sl_json_key(j, l->head[h].name);
        sl_json_open(j, '{');
        sl_json_key(j, "confidence");
        sl_json_fixed(j, q->confidence, 4);
        sl_json_key(j, "unsure");
        sl_json_fixed(j, q->unsure, 4);
        sl_json_key(j, "moved");
        sl_json_fixed(j, q->moved, 4);
        if (l->has_figures[h]) {
            sl_json_key(j, "accuracy");
            sl_json_fixed(j, l->accuracy[h], 4);
            sl_json_key(j, "macro_f1");
            sl_json_fixed(j, l->macro_f1[h], 4);
        }
        sl_json_close(j, '}');
    }
    sl_json_close(j, '}');
    sl_json_close(j, '}');
}

/* "other_subjects": where the model has several, those that verdicts and speakers are not about. */
static void put_other_subjects(struct sl_json *j, const struct sl_layout *l)
{
    bool begun = false;
    for (size_t h = 0; h < l->n_head; h++) {
        const char *own = sl_head_subject(&l->head[h]);
        if (own != NULL && h != l->main) {
            if (!begun) {
                sl_json_key(j, "other_subjects");
                sl_json_open(j, '[');
                begun = true;
            }
            sl_json_text(j, own);
        }
    }
    if (begun) {
        sl_json_close(j, ']');
    }
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    struct sl_json j = {b, false};
    (void)opt;
    sl_json_close(&j, ']');
    sl_json_key(&j, "corpus");
    sl_json_open(&j, '{');
    sl_json_key(&j, "articles");
    sl_json_uint(&j, c->n_article);
    sl_json_key(&j, "sentences");
    sl_json_uint(&j, c->n_sentence);
    sl_json_key(&j, "copies");
    sl_json_uint(&j, c->n_copy);
    sl_json_key(&j, "verdicts");
    sl_json_open(&j, '{');
    for (size_t i = 0; i < c->n_verdict; i++) {
        sl_json_key(&j, c->verdict[i].name);
        sl_json_uint(&j, c->verdict[i].n);
    }
    sl_json_close(&j, '}');
    for (size_t h = 0; h < l->n_head; h++) {
        put_shares(&j, &l->head[h], c->share[h]);
    }
    put_speakers(&j, l, c->speaker, c->n_speaker, c->unattributed, true);
    sl_json_key(&j, "generic");
    sl_json_uint(&j, c->generic);
    sl_json_close(&j, '}');
    sl_json_key(&j, "period");
    sl_json_text(&j, c->timeline.n > 0 ? sl_period_name[c->period] : NULL);
    put_groups(&j, l, &c->timeline, "timeline", "from");
    put_groups(&j, l, &c->source, "sources", "source");
    if (c->group_key != NULL) {
        put_groups(&j, l, &c->group, "groups", "group");
    }
    put_comparison(&j, c);
    put_quality(&j, l, c, tail);
    sl_json_key(&j, "errors");
    sl_json_open(&j, '[');
    for (size_t i = 0; i < tail->n_error; i++) {
        sl_json_open(&j, '{');
        put_optional(&j, "doc", &tail->error_doc[i]);
        put_optional(&j, "error", &tail->error[i]);
        sl_json_close(&j, '}');
    }
    sl_json_close(&j, ']');
    sl_json_key(&j, "model");
    if (tail->model == NULL) {
        sl_json_raw(&j, "null");
    } else {
        sl_json_open(&j, '{');
        sl_json_key(&j, "name");
        sl_json_text(&j, tail->model);
        sl_json_key(&j, "digest");
        sl_json_text(&j, tail->digest);
        if (tail->subject != NULL) {
            sl_json_key(&j, "subject");
            sl_json_text(&j, tail->subject);
        }
        put_other_subjects(&j, l);
        if (tail->taken) {
            sl_json_key(&j, "as_given");
            sl_json_raw(&j, "true");
        }
        sl_json_close(&j, '}');
    }
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}

const struct sl_report_format sl_report_json = {.begin = begin, .article = article, .end = end};
