/* The report as Markdown: article text is escaped so that it can neither mark up nor link. */
#include "base/plain.h"
#include "report/gather.h"
#include "report/subject.h"

#include <string.h>

static void put_escaped(struct sl_buf *b, const char *p, size_t len)
{
    struct sl_buf plain = {0};
    sl_plain_text(&plain, p, len);
    b->failed = b->failed || plain.failed;
    for (size_t i = 0; i < plain.len; i++) {
        if (plain.p[i] == '<') {
            sl_buf_text(b, "&lt;");
        } else if (plain.p[i] == '&') {
            sl_buf_text(b, "&amp;");
        } else {
            if (strchr("\\`*_{}[]()#+!|~>", plain.p[i]) != NULL) {
                sl_buf_byte(b, '\\');
            }
            sl_buf_byte(b, plain.p[i]);
        }
    }
    sl_buf_free(&plain);
}

static void put_percent(struct sl_buf *b, double x)
{
    sl_plain_percent(b, x);
    sl_buf_text(b, " %");
}

static void put_shares(struct sl_buf *b, const struct sl_layout *l,
                       const struct sl_share (*share)[SLANT_MAX_LABEL])
{
    sl_buf_text(b, "| | share | 95 % interval | sentences |\n|---|---:|---:|---:|\n");
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            const struct sl_share *s = &share[h][k];
            sl_buf_text(b, "| ");
            put_escaped(b, l->head[h].name, strlen(l->head[h].name));
            sl_buf_byte(b, ' ');
            put_escaped(b, l->head[h].label[k], strlen(l->head[h].label[k]));
            sl_buf_text(b, " | ");
            put_percent(b, s->share);
            sl_buf_text(b, " | ");
            if (s->has_interval) {
                put_percent(b, s->low);
                sl_buf_text(b, " to ");
                put_percent(b, s->high);
            } else {
                sl_buf_text(b, "too few articles");
            }
            sl_buf_text(b, " | ");
            sl_buf_uint(b, s->count);
            sl_buf_text(b, " |\n");
        }
    }
    sl_buf_byte(b, '\n');
}

static void put_speakers(struct sl_buf *b, const struct sl_layout *l,
                         const struct sl_standpoint *row, size_t n, uint64_t unattributed,
                         uint64_t generic)
{
    const struct slant_head *head = &l->head[l->main];
    if (n > 0) {
        sl_buf_text(b, "| speaker | verdict |");
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_buf_byte(b, ' ');
            put_escaped(b, head->label[k], strlen(head->label[k]));
            sl_buf_text(b, " |");
        }
        sl_buf_text(b, " strongest statement |\n|---|---|");
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_buf_text(b, "---:|");
        }
        sl_buf_text(b, "---|\n");
    }
    for (size_t i = 0; i < n; i++) {
        sl_buf_text(b, "| ");
        put_escaped(b, row[i].name, row[i].len);
        sl_buf_text(b, " | ");
        if (row[i].verdict != NULL) {
            put_escaped(b, row[i].verdict, strlen(row[i].verdict));
        }
        sl_buf_text(b, " |");
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_buf_byte(b, ' ');
            sl_buf_uint(b, row[i].count[k]);
            sl_buf_text(b, " |");
        }
        sl_buf_byte(b, ' ');
        put_escaped(b, head->label[row[i].label], strlen(head->label[row[i].label]));
        sl_buf_byte(b, ' ');
        put_percent(b, row[i].prob / 10000.0);
        sl_buf_text(b, ": ");
        put_escaped(b, row[i].text, row[i].text_len);
        sl_buf_text(b, " |\n");
    }
    if (unattributed > 0) {
        sl_buf_text(b, n > 0 ? "\nStatements of unknown speakers: "
                             : "Statements of unknown speakers: ");
        sl_buf_uint(b, unattributed);
        sl_buf_text(b, ".\n");
    }
    if (generic > 0) {
        sl_buf_text(b, "\nStatements of speakers without a name, listed in their articles alone: ");
        sl_buf_uint(b, generic);
        sl_buf_text(b, ".\n");
    }
    if (n > 0 || unattributed > 0 || generic > 0) {
        sl_buf_byte(b, '\n');
    }
}

static void begin(struct sl_buf *b, const struct sl_layout *l,
                  const struct slant_report_options *opt)
{
    (void)opt;
    sl_buf_text(b, l->subject != NULL ? "# Stance toward " : "# Stance report");
    if (l->subject != NULL) {
        put_escaped(b, l->subject, strlen(l->subject));
    }
    sl_buf_text(b, "\n\n");
}

static void article(struct sl_buf *b, const struct sl_layout *l,
                    const struct slant_report_options *opt, const struct sl_summary *s,
                    uint64_t before)
{
    const struct sl_text name = sl_article_name(s);
    (void)opt;
    (void)before;
    sl_buf_text(b, "## ");
    put_escaped(b, name.p, name.len);
    sl_buf_text(b, "\n\n");
    if (s->title.p != NULL) {
        put_escaped(b, s->doc.p, s->doc.len);
        sl_buf_text(b, ". ");
    }
    if (s->source.p != NULL) {
        put_escaped(b, s->source.p, s->source.len);
        sl_buf_text(b, ". ");
    }
    if (s->date.p != NULL) {
        put_escaped(b, s->date.p, s->date.len);
        sl_buf_text(b, ". ");
    }
    if (s->copy_of > 0) {
        sl_buf_text(b, "Not counted, a near-copy of ");
        put_escaped(b, s->original.p, s->original.len);
        sl_buf_text(b, ". ");
    }
    if (s->verdict != NULL) {
        sl_buf_text(b, "Verdict: **");
        put_escaped(b, s->verdict, strlen(s->verdict));
        sl_buf_text(b, "**, ");
    }
    sl_buf_text(b, "sentences: ");
    sl_buf_uint(b, s->n_sentence);
    if (s->n_with_target > 0) {
        sl_buf_text(b, ", with the target: ");
        sl_buf_uint(b, s->n_with_target);
    }
    sl_buf_text(b, "\n\n");
    if (s->n_sentence > 0) {
        put_shares(b, l, s->share);
    }
    for (size_t i = 0; i < s->n_evidence; i++) {
        const struct sl_evidence *e = &s->evidence[i];
        sl_buf_text(b, "- **");
        put_escaped(b, l->head[l->main].label[e->label], strlen(l->head[l->main].label[e->label]));
        sl_buf_byte(b, ' ');
        put_percent(b, e->prob / 10000.0);
        sl_buf_text(b, "** (sentence ");
        sl_buf_uint(b, e->n);
        sl_buf_text(b, "): ");
        put_escaped(b, e->text, e->len);
        sl_buf_byte(b, '\n');
    }
    if (s->n_evidence > 0) {
        sl_buf_byte(b, '\n');
    }
    put_speakers(b, l, s->speaker, s->n_speaker, s->unattributed, 0);
}

static void put_groups(struct sl_buf *b, const struct sl_layout *l, const struct sl_groups *g,
                       const char *what, const char *lacking)
{
    const struct slant_head *head = &l->head[l->main];
    if (!l->has_sides || g->n < 2) {
        return;
    }
    sl_buf_text(b, "| ");
    put_escaped(b, what, strlen(what));
    sl_buf_text(b, " | articles | sentences |");
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_buf_byte(b, ' ');
        put_escaped(b, head->label[k], strlen(head->label[k]));
        sl_buf_text(b, " |");
    }
    sl_buf_text(b, "\n|---|---:|---:|");
    for (uint32_t k = 0; k < head->n_label; k++) {
        sl_buf_text(b, "---:|");
    }
    for (size_t i = 0; i < g->n; i++) {
        const struct sl_group *group = &g->group[i];
        sl_buf_text(b, "\n| ");
        put_escaped(b, group->name.p, group->name.len);
        sl_buf_text(b, " | ");
        sl_buf_uint(b, group->n_article);
        sl_buf_text(b, " | ");
        sl_buf_uint(b, group->n_sentence);
        sl_buf_text(b, " |");
        for (uint32_t k = 0; k < head->n_label; k++) {
            const struct sl_share *s = &group->share[l->column[l->main] + k];
            sl_buf_byte(b, ' ');
            put_percent(b, s->share);
            if (s->has_interval) {
                sl_buf_text(b, " (");
                put_percent(b, s->low);
                sl_buf_text(b, " to ");
                put_percent(b, s->high);
                sl_buf_byte(b, ')');
            }
            sl_buf_text(b, " |");
        }
    }
    sl_buf_text(b, "\n\n");
    if (g->n_left_out > 0) {
        sl_plain_number(b, g->n_left_out, "article");
        sl_buf_text(b, " without ");
        put_escaped(b, lacking, strlen(lacking));
        sl_buf_text(b, ".\n\n");
    }
}

static void put_points(struct sl_buf *b, double share)
{
    sl_buf_byte(b, share < 0 ? '-' : '+');
    sl_buf_fixed(b, share < 0 ? -100 * share : 100 * share, 1);
}

static void put_comparison(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    const struct sl_poles *p = &l->poles[l->main];
    if (c->compared == NULL) {
        return;
    }
    sl_buf_text(b, "Each ");
    put_escaped(b, c->compared, strlen(c->compared));
    sl_buf_text(b, " against all others: ");
    if (sl_not_compared(l, c) != NULL) {
        sl_buf_text(b, sl_not_compared(l, c));
        sl_buf_text(b, ".\n\n");
        return;
    }
    put_escaped(b, l->head[l->main].label[p->right], strlen(l->head[l->main].label[p->right]));
    sl_buf_text(b, " minus ");
    put_escaped(b, l->head[l->main].label[p->left], strlen(l->head[l->main].label[p->left]));
    sl_buf_text(b, ", in points of mean probability, which is not corrected as shares are; p by "
                   "permutation of articles.");
    if (c->comparison.n_left_out > 0) {
        sl_buf_text(b, " With fewer than five articles, and not compared: ");
        sl_buf_uint(b, c->comparison.n_left_out);
        sl_buf_byte(b, '.');
    }
    sl_buf_text(b, "\n\n| ");
    put_escaped(b, c->compared, strlen(c->compared));
    sl_buf_text(b, " | articles | difference in points | 95 % interval | p (Holm) |\n"
                   "|---|---:|---:|---:|---:|\n");
    for (size_t i = 0; i < c->comparison.n; i++) {
        const struct sl_difference *d = &c->comparison.item[i];
        sl_buf_text(b, "| ");
        put_escaped(b, d->group->name.p, d->group->name.len);
        sl_buf_text(b, " | ");
        sl_buf_uint(b, d->group->n_article);
        sl_buf_text(b, " | ");
        put_points(b, d->difference);
        sl_buf_text(b, " | ");
        put_points(b, d->low);
        sl_buf_text(b, " to ");
        put_points(b, d->high);
        sl_buf_text(b, " | ");
        sl_buf_fixed(b, d->p_holm, 4);
        sl_buf_text(b, " |\n");
    }
    sl_buf_byte(b, '\n');
}

/* How far to trust it. */
static void put_quality(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c,
                        const struct sl_report_tail *tail)
{
    const struct sl_reading_sums *r = &c->reading;
    bool drifted = false;
    sl_buf_text(b, "## How far to trust this\n\n");
    if (c->n_sentence > 0) {
        sl_buf_text(b, "| head | labels expected to be right here | in the model's "
                       "cross-validation | macro-F1 | unsure | moved |\n"
                       "|---|---:|---:|---:|---:|---:|\n");
    }
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        sl_buf_text(b, "| ");
        put_escaped(b, l->head[h].name, strlen(l->head[h].name));
        sl_buf_text(b, " |");
        if (sl_unread(&c->reading)) {
            sl_buf_text(b, " –");
        } else {
            sl_plain_blank_percent(b, c->quality[h].confidence);
            sl_buf_text(b, " %");
        }
        if (l->has_figures[h]) {
            sl_buf_text(b, " |");
            sl_plain_blank_percent(b, l->accuracy[h]);
            sl_buf_text(b, " % | ");
            sl_buf_fixed(b, l->macro_f1[h], 2);
            drifted = drifted || sl_drifted(l, c, h);
        } else {
            sl_buf_text(b, " | – | –");
        }
        sl_buf_text(b, " |");
        sl_plain_blank_percent(b, c->quality[h].unsure);
        sl_buf_text(b, " % |");
        if (l->has_prior[h]) {
            sl_plain_blank_percent(b, c->quality[h].moved);
        } else {
            sl_buf_text(b, " –");
        }
        sl_buf_text(b, " |\n");
    }
    sl_buf_text(b, c->n_sentence > 0
                       ? "\nUnsure: sentences without a label of 50 % or more. Moved: the largest "
                         "difference of a share from the model's prior, in points.\n\n"
                       : "");
    for (size_t h = 0; h < l->n_head && c->n_sentence > 0; h++) {
        if (sl_guesses(l, h)) {
            sl_buf_text(b, "**");
            put_escaped(b, l->head[h].name, strlen(l->head[h].name));
            sl_buf_text(b,
                        ": the model does hardly better than guessing** in cross-validation; its "
                        "labels tell next to nothing.\n\n");
        }
    }
    if (drifted) {
        sl_buf_text(b, "**These articles are not like the training data:** the model is clearly "
                       "less sure here than it was right there. Check a sample by hand.\n\n");
    }
    if (sl_unread(r)) {
        sl_buf_text(b, "**Many words are unknown to the model:** ");
        sl_buf_text(b, sl_unread_note);
        sl_buf_text(b, ".\n\n");
    }
    if (r->untold) {
        sl_buf_text(b,
                    "- Scored lines without a trailer (`slant score --trailer`): no telling which "
                    "model scored them, nor what correction their shares need.\n");
    }
    if (r->known && r->n_word > 0) {
        sl_buf_text(b, "- Words unknown to the model:");
        sl_plain_blank_percent(b, (double)r->n_unknown / (double)r->n_word);
        sl_buf_text(b, " % of ");
        sl_buf_uint(b, r->n_word);
        sl_buf_text(b, ".\n");
    }
    if (r->known && r->n_invalid > 0) {
        sl_buf_text(b, "- Invalid UTF-8 sequences: ");
        sl_buf_uint(b, r->n_invalid);
        sl_buf_text(b, ".\n");
    }
    if (r->no_target && c->n_sentence > 0) {
        sl_buf_text(b, "- Note: ");
        sl_buf_text(b, sl_no_target_note);
        sl_buf_text(b, ".\n");
    }
    if (sl_without_target(c) > 0) {
        sl_buf_text(b, "- Note: ");
        sl_put_without_target(b, c);
        sl_buf_text(b, ".\n");
    }
    sl_buf_text(b, "- Left out: records that could not be read: ");
    sl_buf_uint(b, tail->n_error);
    sl_buf_text(b, ", near-copies: ");
    sl_buf_uint(b, c->n_copy);
    sl_buf_text(b, " (sentences: ");
    sl_buf_uint(b, c->n_copied);
    sl_buf_text(b, "), articles without a sentence: ");
    sl_buf_uint(b, c->n_empty);
    sl_buf_text(b, ".\n");
    if (c->n_odd_date > 0) {
        sl_buf_text(b, "- Dates that could not be read: ");
        sl_buf_uint(b, c->n_odd_date);
        sl_buf_text(b, "; write the year first (2026-11-24), or the month in words.\n");
    }
    sl_buf_byte(b, '\n');
}

/* What the note holds, if anything, and frees it. */
static void put_note(struct sl_buf *b, const char *before, struct sl_buf *note, const char *behind)
{
    if (note->len > 0) {
        sl_buf_text(b, before);
        put_escaped(b, note->p, note->len);
        sl_buf_text(b, behind);
    }
    b->failed = b->failed || note->failed;
    sl_buf_free(note);
}

/* Where a model has several subjects: verdicts are about one. */
static void put_other_subjects(struct sl_buf *b, const struct sl_layout *l)
{
    struct sl_buf other = {0};
    sl_put_other_subjects(&other, l);
    put_note(b, " Verdicts, evidence and speakers are about that alone; \\--subject takes ", &other,
             ".");
}

static void put_counted(struct sl_buf *b, const struct sl_layout *l, const struct sl_corpus *c)
{
    struct sl_buf counted = {0};
    sl_put_counted(&counted, l, c);
    put_note(b, "Note: ", &counted, ".\n\n");
}

static void end(struct sl_buf *b, const struct sl_layout *l, const struct slant_report_options *opt,
                const struct sl_corpus *c, const struct sl_report_tail *tail)
{
    const bool several = c->n_article != 1; /* of one all has been told */
    (void)opt;
    if (several) {
        sl_buf_text(b, "## All articles\n\n");
        sl_plain_number(b, c->n_article, "article");
        sl_buf_text(b, ", ");
        sl_plain_number(b, c->n_sentence, "sentence");
        sl_buf_byte(b, '.');
    }
    if (tail->subject != NULL) {
        sl_buf_text(b, several ? " Stance toward: " : "Stance toward: ");
        put_escaped(b, tail->subject, strlen(tail->subject));
        sl_buf_byte(b, '.');
        put_other_subjects(b, l);
    }
    if (c->n_copy > 0) {
        sl_buf_text(b, " Near-copies left out: ");
        sl_buf_uint(b, c->n_copy);
        sl_buf_byte(b, '.');
    }
    for (size_t i = 0; several && i < c->n_verdict; i++) {
        if (!sl_may_be(l, i)) {
            continue;
        }
        sl_buf_text(b, i == 0 ? " Verdicts: " : ", ");
        put_escaped(b, c->verdict[i].name, strlen(c->verdict[i].name));
        sl_buf_byte(b, ' ');
        sl_buf_uint(b, c->verdict[i].n);
    }
    sl_buf_text(b, several && c->n_verdict > 0 ? ".\n\n" : "\n\n");
    if (several && c->n_sentence > 0) {
        put_shares(b, l, c->share);
        put_counted(b, l, c);
    }
    put_groups(b, l, &c->timeline, sl_period_name[c->period], "a date");
    put_groups(b, l, &c->source, "source", "a source");
    if (c->group_key != NULL) {
        put_groups(b, l, &c->group, c->group_key, c->group_key);
    }
    if (sl_has_parts(l, c)) {
        sl_buf_text(b, "Note: ");
        sl_buf_text(b, sl_parts_note);
        sl_buf_text(b, ".\n\n");
    }
    put_comparison(b, l, c);
    if (several) {
        put_speakers(b, l, c->speaker, c->n_speaker, c->unattributed, c->generic);
    }
    if (c->n_speaker > 0) {
        sl_buf_text(b, "Note: ");
        sl_buf_text(b, sl_weighed_note);
        sl_buf_text(b, ".\n\n");
    }
    put_quality(b, l, c, tail);
    if (tail->n_error > 0) {
        sl_buf_text(b, "## Not read\n\n");
    }
    for (size_t i = 0; i < tail->n_error; i++) {
        const struct sl_text message = sl_error_message(tail, i);
        sl_buf_text(b, "- ");
        put_escaped(b, tail->error_doc[i].p, tail->error_doc[i].len);
        sl_buf_text(b, ": ");
        put_escaped(b, message.p, message.len);
        sl_buf_byte(b, '\n');
    }
    if (tail->model != NULL) {
        sl_buf_text(b, "\nModel ");
        put_escaped(b, tail->model, strlen(tail->model));
        sl_buf_text(b, ", digest ");
        put_escaped(b, tail->digest, strlen(tail->digest));
        sl_buf_text(b, tail->taken ? ", as given; the scored lines do not tell which.\n" : ".\n");
    }
}

const struct sl_report_format sl_report_markdown = {.begin = begin, .article = article, .end = end};
