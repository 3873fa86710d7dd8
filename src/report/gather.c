#include "report/gather.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "report/corpus.h"
#include "report/subject.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sl_gather {
    const struct slant_report_options *opt;
    const struct sl_report_format *format;
    slant_sink *sink;
    void *user;
    struct sl_layout layout;
    bool from_lines;       /* the layout is that of the first scored line, not of a model given */
    struct sl_arena arena; /* of the layout, the model's name and the errors */
    struct sl_buf out;
    uint64_t n_written; /* articles */
    /* the current article */
    bool open;
    struct sl_arena article_arena;
    struct sl_summary summary;
    uint16_t *prob; /* [n_sentence][n_column] */
    size_t cap_prob;
    struct sl_evidence *evidence[2]; /* [opt->n_evidence] of each side, strongest first */
    size_t n_evidence[2];
    struct sl_evidence *both; /* [2 * opt->n_evidence] */
    struct sl_kept *kept;     /* [n_sentence] where the format keeps them */
    size_t cap_kept;
    struct sl_roster roster; /* of the article */
    bool laid_out;
    struct sl_scored *early; /* [n_early] articles, without a sentence all, that came before */
    size_t n_early, cap_early;
    /* the corpus */
    struct sl_roster all;
    struct sl_corpus corpus;
    struct sl_facts facts;
    struct sl_sketch sketch; /* of the current article */
    struct sl_copies copies;
    struct sl_report_tail tail;
    struct sl_text *error_doc, *error;
    size_t cap_error_doc, cap_error;
};

static const struct sl_report_format *format_of(const struct slant_report_options *opt)
{
    switch (opt->format) {
    case SLANT_REPORT_TEXT:
        return &sl_report_text;
    case SLANT_REPORT_JSON:
        return &sl_report_json;
    case SLANT_REPORT_CSV:
        return opt->table == SLANT_TABLE_SPEAKERS          ? &sl_report_csv_speakers
               : opt->table == SLANT_TABLE_CORPUS_SPEAKERS ? &sl_report_csv_corpus_speakers
               : opt->table == SLANT_TABLE_ARTICLES        ? &sl_report_csv
               : opt->table == SLANT_TABLE_SENTENCES       ? &sl_report_csv_sentences
                                                           : &sl_report_csv_groups;
    case SLANT_REPORT_MARKDOWN:
        return &sl_report_markdown;
    case SLANT_REPORT_HTML:
        return &sl_report_html;
    case SLANT_REPORT_SVG:
        return &sl_report_svg;
    }
    return NULL;
}

enum slant_status sl_gather_new(const struct slant_report_options *opt, const char *group,
                                slant_sink *sink, void *user, struct sl_gather **out,
                                struct slant_error *err)
{
    struct sl_gather *g = calloc(1, sizeof *g);
    if (g == NULL) {
        return sl_fail_nomem(err);
    }
    g->opt = opt;
    g->corpus.group_key = group;
    g->format = format_of(opt);
    g->sink = sink;
    g->user = user;
    for (int side = 0; side < 2; side++) {
        g->evidence[side] = sl_array_zero((size_t)opt->n_evidence + 1, sizeof *g->evidence[side]);
    }
    g->both = sl_array_zero(2 * (size_t)opt->n_evidence, sizeof *g->both);
    if (g->format == NULL || g->evidence[0] == NULL || g->evidence[1] == NULL || g->both == NULL) {
        bool unknown = g->format == NULL;
        sl_gather_free(g);
        return unknown ? sl_fail(err, SLANT_ERR_ARG, 0, "unknown report format")
                       : sl_fail_nomem(err);
    }
    *out = g;
    return SLANT_OK;
}

static void drop_evidence(struct sl_gather *g)
{
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < g->n_evidence[side]; i++) {
            free(g->evidence[side][i].text);
        }
        g->n_evidence[side] = 0;
    }
}

void sl_gather_free(struct sl_gather *g)
{
    if (g == NULL) {
        return;
    }
    drop_evidence(g);
    free(g->evidence[0]);
    free(g->evidence[1]);
    free(g->both);
    free(g->prob);
    free(g->kept);
    sl_facts_free(&g->facts);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < g->corpus.n_strongest[side]; i++) {
            free(g->corpus.strongest[side][i].text);
        }
    }
    sl_groups_free(&g->corpus.timeline);
    sl_groups_free(&g->corpus.source);
    sl_groups_free(&g->corpus.group);
    sl_comparison_free(&g->corpus.comparison);
    free(g->early);
    free(g->error_doc);
    free(g->error);
    sl_roster_free(&g->roster);
    sl_roster_free(&g->all);
    sl_copies_free(&g->copies);
    sl_buf_free(&g->out);
    sl_arena_free(&g->article_arena);
    sl_arena_free(&g->arena);
    free(g);
}

static enum slant_status send(struct sl_gather *g, struct sl_buf *b, struct slant_error *err)
{
    if (b->failed) {
        return sl_fail_nomem(err);
    }
    if (b->len > 0 && g->sink(g->user, b->p, b->len) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    b->len = 0;
    return SLANT_OK;
}

static enum slant_status flush(struct sl_gather *g, struct slant_error *err)
{
    if (g->format->corpus_first && !g->out.failed) {
        return SLANT_OK; /* waits for what goes before it */
    }
    return send(g, &g->out, err);
}

static struct sl_poles poles_of(const struct slant_head *head)
{
    static const char *const right[] = {"favor",    "favour", "for",   "pro",    "support",
                                        "positive", "yes",    "agree", "approve"};
    uint32_t side[2] = {0, 0};
    struct sl_poles p = {sl_sides(head, side), side[0], side[1]};
    for (size_t i = 0; p.two && i < sizeof right / sizeof right[0]; i++) {
        if (strcmp(head->label[side[0]], right[i]) == 0) {
            p.left = side[1];
            p.right = side[0];
        }
    }
    return p;
}

static bool keep_text(struct sl_arena *arena, const struct sl_text *from, struct sl_text *to)
{
    if (from->p == NULL) {
        *to = *from;
        return true;
    }
    to->p = sl_arena_copy(arena, from->p, from->len);
    to->len = from->len;
    return to->p != NULL;
}

/* An article without a sentence waits until the heads are known. */
static enum slant_status keep_early(struct sl_gather *g, const struct sl_scored *s,
                                    struct slant_error *err)
{
    struct sl_scored *to;
    if (!sl_grow(&g->early, &g->cap_early, g->n_early + 1, sizeof *g->early)) {
        return sl_fail_nomem(err);
    }
    to = &g->early[g->n_early++];
    *to = (struct sl_scored){.n = s->n};
    return keep_text(&g->arena, &s->doc, &to->doc) && keep_text(&g->arena, &s->title, &to->title) &&
                   keep_text(&g->arena, &s->date, &to->date) &&
                   keep_text(&g->arena, &s->source, &to->source) &&
                   keep_text(&g->arena, &s->group_key, &to->group_key) &&
                   keep_text(&g->arena, &s->group, &to->group)
               ? SLANT_OK
               : sl_fail_nomem(err);
}

enum slant_status sl_gather_layout(struct sl_gather *g, const struct slant_head *head,
                                   size_t n_head, const char *subject, struct slant_error *err)
{
    struct sl_layout *l = &g->layout;
    const char *wanted = n_head == 0 ? NULL : g->opt->subject;
    if (sl_main_head(head, n_head, wanted) == n_head && n_head > 0) {
        return sl_no_subject(head, n_head, wanted, err);
    }
    for (size_t h = 0; h < n_head; h++) {
        char **label = sl_arena_alloc(&g->arena, head[h].n_label * sizeof *label);
        l->head[h].name = sl_arena_copy(&g->arena, head[h].name, strlen(head[h].name));
        if (label == NULL || l->head[h].name == NULL) {
            return sl_fail_nomem(err);
        }
        for (uint32_t k = 0; k < head[h].n_label; k++) {
            label[k] = sl_arena_copy(&g->arena, head[h].label[k], strlen(head[h].label[k]));
            if (label[k] == NULL) {
                return sl_fail_nomem(err);
            }
        }
        l->head[h].label = (const char *const *)label;
        l->head[h].n_label = head[h].n_label;
        l->poles[h] = poles_of(&l->head[h]);
        l->column[h] = l->n_column;
        l->n_column += head[h].n_label;
    }
    l->n_head = n_head;
    l->main = sl_main_head(head, n_head, wanted);
    if (n_head > 0 && sl_head_subject(&l->head[l->main]) != NULL) {
        g->tail.subject = sl_head_subject(&l->head[l->main]);
        l->subject = g->tail.subject;
    } else if (subject != NULL) {
        SL_TRY(sl_gather_subject(g, subject, err));
        l->subject = g->tail.subject;
    }
    l->has_sides = n_head > 0 && sl_sides(&l->head[l->main], l->side);
    g->facts.n_column = l->n_column;
    for (int stand = 0; l->has_sides && stand < SL_N_STAND; stand++) {
        g->corpus.verdict[stand].name =
            sl_stand_name(&l->head[l->main], l->side, (enum sl_stand)stand);
        g->corpus.n_verdict = SL_N_STAND;
    }
    if (g->format->begin != NULL) {
        g->format->begin(&g->out, l, g->opt);
    }
    if (!sl_grow(&g->prob, &g->cap_prob, l->n_column + 1, sizeof *g->prob)) { /* never NULL */
        return sl_fail_nomem(err);
    }
    g->laid_out = true;
    for (size_t i = 0; i < g->n_early; i++) {
        SL_TRY(sl_gather_article(g, &g->early[i], false, err));
    }
    return flush(g, err);
}

/* ---- one article ---- */

static enum slant_status finish_article(struct sl_gather *g, struct slant_error *err)
{
    const struct sl_layout *l = &g->layout;
    struct sl_summary *s = &g->summary;
    struct sl_count_range range[SL_MAX_COLUMN];
    double scratch[SL_COUNT_SCRATCH];
    uint64_t figure[2 * SL_MAX_COLUMN] = {0}; /* sums, then counts: see sl_facts */
    uint64_t *sum = figure;
    struct sl_fact fact = {s->doc,           sl_article_name(s), SL_NO_DAY, s->date.len > 0, 0, 0,
                           SL_STAND_UNKNOWN, s->n_sentence,      0,         SL_TABLE_NONE};
    size_t n = (size_t)s->n_sentence;
    size_t n_evidence = 0;
    if (!g->open) {
        return SLANT_OK;
    }
    g->open = false;
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            uint32_t column = l->column[h] + k;
            struct sl_share *share = &s->share[h][k];
            for (size_t i = 0; i < n; i++) {
                sum[column] += g->prob[i * l->n_column + column];
            }
            range[column] = sl_count_range(g->prob + column, n, l->n_column, scratch);
            share->has_interval = n > 0;
            share->share = n > 0 ? (double)sum[column] / 10000.0 / (double)n : 0;
            share->mean = share->share;
            /* the count's interval; a small mean may lie outside */
            share->low = n > 0 ? fmin(range[column].low / (double)n, share->share) : 0;
            share->high = n > 0 ? fmax(range[column].high / (double)n, share->share) : 0;
            figure[l->n_column + column] = share->count;
        }
    }
    if (l->has_sides) {
        uint32_t first = l->column[l->main];
        struct sl_count_range sides[2] = {range[first + l->side[0]], range[first + l->side[1]]};
        enum sl_stand stand = sl_stand_of(g->prob + first, n, l->n_column, l->side, sides);
        s->verdict = sl_stand_name(&l->head[l->main], l->side, stand);
        fact.stand = stand;
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < g->n_evidence[side]; i++) {
            g->both[n_evidence++] = g->evidence[side][i];
        }
    }
    s->evidence = g->both;
    s->n_evidence = n_evidence;
    if (l->n_head > 0) {
        s->speaker =
            sl_roster_rows(&g->roster, &l->head[l->main], l->side, l->has_sides, &s->n_speaker);
        if (s->speaker == NULL) {
            return sl_fail_nomem(err);
        }
        s->unattributed = g->roster.unknown;
    }
    if (!g->opt->count_copies &&
        !sl_copies_add(&g->copies, &g->sketch, (uint32_t)g->facts.n, &fact.copy_of)) {
        return sl_fail_nomem(err);
    }
    if (fact.copy_of == SL_TABLE_NONE) {
        g->corpus.n_article++;
        g->corpus.n_sentence += s->n_sentence;
        g->corpus.n_with_target += s->n_with_target > 0;
        g->corpus.verdict[fact.stand].n++;
        if (l->n_head > 0 && !sl_roster_join(&g->all, &g->roster)) {
            return sl_fail_nomem(err);
        }
    } else {
        g->corpus.n_copy++;
        g->corpus.n_copied += s->n_sentence;
        s->copy_of = fact.copy_of + 1;
        s->original = g->facts.fact[fact.copy_of].doc;
    }
    fact.day = sl_day_of(s->date.p, s->date.len);
    if (!sl_facts_add(&g->facts, &fact, &s->source, &s->group, figure, g->prob)) {
        return sl_fail_nomem(err);
    }
    s->sentence = g->format->keeps_sentences ? g->kept : NULL;
    s->prob = g->prob;
    if (fact.copy_of == SL_TABLE_NONE && !sl_corpus_strongest(&g->corpus, &g->facts, l, s)) {
        return sl_fail_nomem(err);
    }
    g->format->article(&g->out, l, g->opt, s, g->n_written++);
    drop_evidence(g);
    return flush(g, err);
}

/* Whether the article tells what it is grouped by: scored lines may tell another key. */
static bool in_group(const struct sl_gather *g, const struct sl_scored *s)
{
    const char *key = g->corpus.group_key;
    return key != NULL && s->group_key.p != NULL && strlen(key) == s->group_key.len &&
           memcmp(key, s->group_key.p, s->group_key.len) == 0;
}

enum slant_status sl_gather_article(struct sl_gather *g, const struct sl_scored *s, bool goes_on,
                                    struct slant_error *err)
{
    struct sl_summary *now = &g->summary;
    if (!g->laid_out) {
        return keep_early(g, s, err);
    }
    if (g->open && goes_on && s->n > now->last && now->doc.len == s->doc.len &&
        memcmp(now->doc.p, s->doc.p, s->doc.len) == 0) {
        return SLANT_OK;
    }
    SL_TRY(finish_article(g, err));
    sl_arena_free(&g->article_arena);
    memset(now, 0, sizeof *now);
    sl_roster_empty(&g->roster);
    sl_sketch_begin(&g->sketch);
    if (!keep_text(&g->article_arena, &s->doc, &now->doc) ||
        !keep_text(&g->article_arena, &s->title, &now->title) ||
        !keep_text(&g->article_arena, &s->date, &now->date) ||
        !keep_text(&g->article_arena, &s->source, &now->source) ||
        (in_group(g, s) && !keep_text(&g->article_arena, &s->group, &now->group))) {
        return sl_fail_nomem(err);
    }
    g->open = true;
    return SLANT_OK;
}

/* Keeps the sentence if it is among the strongest of its side; earlier ones win ties. */
static bool consider(struct sl_gather *g, int side, const struct sl_scored *s, uint32_t label,
                     uint16_t prob)
{
    struct sl_evidence *e = g->evidence[side];
    size_t *n = &g->n_evidence[side];
    size_t at = *n;
    char *text;
    while (at > 0 && e[at - 1].prob < prob) {
        at--;
    }
    if (at >= g->opt->n_evidence) {
        return true;
    }
    text = sl_copy_bytes(s->text.p, s->text.len);
    if (text == NULL) {
        return false;
    }
    memmove(e + at + 1, e + at, (*n - at) * sizeof *e);
    e[at] = (struct sl_evidence){label, prob, s->n, s->from, s->to, text, s->text.len};
    if (++*n > g->opt->n_evidence) {
        free(e[--*n].text);
    }
    return true;
}

/* Whether the sentence is evidence for its label: that is a side, has 50 % or more (with less the sentence
 * is rather not on it), and no statement comes out otherwise: one that its speaker makes for the other
 * side, or for none, would be poor evidence. */
static bool is_evidence(const struct sl_layout *l, const struct sl_scored *s, uint32_t label)
{
    if (!l->has_sides || (label != l->side[0] && label != l->side[1]) ||
        s->head[l->main].prob[label] < 5000) {
        return false;
    }
    for (size_t i = 0; i < s->n_statement; i++) {
        const uint16_t *prob = s->statement[i].prob + l->column[l->main];
        for (uint32_t k = 0; k < l->head[l->main].n_label; k++) {
            if (prob[k] > prob[label]) {
                return false;
            }
        }
    }
    return true;
}

static bool same_heads(const struct sl_layout *l, const struct sl_scored *s)
{
    if (l->n_head != s->n_head) {
        return false;
    }
    for (size_t h = 0; h < l->n_head; h++) {
        if (strcmp(l->head[h].name, s->head[h].name) != 0 ||
            l->head[h].n_label != s->head[h].n_label) {
            return false;
        }
        for (uint32_t k = 0; k < s->head[h].n_label; k++) {
            if (strcmp(l->head[h].label[k], s->head[h].label[k]) != 0) {
                return false;
            }
        }
    }
    return true;
}

/* The names of those whose statements the sentence holds. */
static bool keep_holders(struct sl_gather *g, const struct sl_scored *s, struct sl_kept *k)
{
    struct sl_text *holder;
    if (s->n_statement == 0) {
        return true;
    }
    holder = sl_arena_alloc(&g->article_arena, s->n_statement * sizeof *holder);
    if (holder == NULL) {
        return false;
    }
    k->holder = holder;
    for (size_t i = 0; i < s->n_statement; i++) {
        const struct sl_text *name = &s->statement[i].speaker;
        struct sl_text *to = &holder[k->n_holder];
        if (name->p == NULL) {
            continue;
        }
        *to = (struct sl_text){sl_arena_copy(&g->article_arena, name->p, name->len), name->len};
        if (to->p == NULL) {
            return false;
        }
        k->n_holder++;
    }
    return true;
}

/* The sentence whole, in the article's arena. */
static bool keep(struct sl_gather *g, const struct sl_scored *s, uint32_t label, bool evidence,
                 const struct sl_why *why)
{
    size_t i = (size_t)g->summary.n_sentence - 1;
    struct sl_kept *k;
    if (!sl_grow(&g->kept, &g->cap_kept, i + 1, sizeof *g->kept)) {
        return false;
    }
    k = &g->kept[i];
    *k = (struct sl_kept){s->n, s->from, s->to, NULL, s->text.len, label, evidence, NULL, NULL, 0};
    k->text = sl_arena_copy(&g->article_arena, s->text.p, s->text.len);
    if (!keep_holders(g, s, k)) {
        return false;
    }
    if (why != NULL) {
        struct sl_why *copy = sl_arena_alloc(&g->article_arena, sizeof *copy);
        if (copy == NULL) {
            return false;
        }
        *copy = *why;
        copy->word = (const struct sl_word *)(const void *)sl_arena_copy(
            &g->article_arena, why->word, why->n_word * sizeof *why->word);
        k->why = copy;
        return k->text != NULL && copy->word != NULL;
    }
    return k->text != NULL;
}

enum slant_status sl_gather_heads(struct sl_gather *g, const struct sl_scored *s,
                                  struct slant_error *err)
{
    const struct sl_layout *l = &g->layout;
    if (l->n_head == 0) {
        struct slant_head head[SLANT_MAX_HEAD];
        for (uint32_t h = 0; h < s->n_head; h++) {
            head[h] = (struct slant_head){s->head[h].name, s->head[h].label, s->head[h].n_label};
        }
        g->from_lines = true;
        return sl_gather_layout(g, head, s->n_head, NULL, err);
    }
    if (!same_heads(l, s)) {
        return sl_fail(err, SLANT_ERR_DATA, 0,
                       g->from_lines
                           ? "%.*s: scored with other heads or labels than what stands before; "
                             "report on one model's scores at a time"
                           : "%.*s: scored with other heads or labels than those of the model "
                             "given; give the model that scored it",
                       (int)(s->doc.len < 80 ? s->doc.len : 80), s->doc.p);
    }
    return SLANT_OK;
}

enum slant_status sl_gather_sentence(struct sl_gather *g, const struct sl_scored *s,
                                     const struct sl_why *why, struct slant_error *err)
{
    struct sl_layout *l = &g->layout;
    uint16_t *prob;
    if (!sl_grow(&g->prob, &g->cap_prob, (size_t)(g->summary.n_sentence + 1) * l->n_column,
                 sizeof *g->prob)) {
        return sl_fail_nomem(err);
    }
    g->summary.last = s->n;
    g->summary.n_with_target += s->n_mention > 0;
    sl_sketch_add(&g->sketch, s->text.p, s->text.len);
    if (!sl_roster_add(&g->roster, s, g->facts.n + 1, g->summary.n_sentence + 1, l->column[l->main],
                       &l->head[l->main], l->side, l->has_sides)) {
        return sl_fail_nomem(err);
    }
    prob = g->prob + (size_t)g->summary.n_sentence++ * l->n_column;
    for (size_t h = 0; h < l->n_head; h++) {
        uint32_t best = 0;
        for (uint32_t k = 0; k < l->head[h].n_label; k++) {
            prob[l->column[h] + k] = s->head[h].prob[k];
            best = s->head[h].prob[k] > s->head[h].prob[best] ? k : best;
        }
        g->summary.share[h][best].count++;
        if (h == l->main) {
            bool evidence = is_evidence(l, s, best);
            if ((g->format->keeps_sentences && !keep(g, s, best, evidence, why)) ||
                (evidence && !consider(g, best == l->side[1], s, best, s->head[h].prob[best]))) {
                return sl_fail_nomem(err);
            }
        }
    }
    return SLANT_OK;
}

/* ---- the end ---- */

enum slant_status sl_gather_error(struct sl_gather *g, const struct sl_text *doc,
                                  const struct sl_text *error, struct slant_error *err)
{
    size_t n = g->tail.n_error;
    if (!sl_grow(&g->error_doc, &g->cap_error_doc, n + 1, sizeof *g->error_doc) ||
        !sl_grow(&g->error, &g->cap_error, n + 1, sizeof *g->error)) {
        return sl_fail_nomem(err);
    }
    g->error_doc[n] = (struct sl_text){sl_arena_copy(&g->arena, doc->p, doc->len), doc->len};
    g->error[n] = (struct sl_text){sl_arena_copy(&g->arena, error->p, error->len), error->len};
    if (g->error_doc[n].p == NULL || g->error[n].p == NULL) {
        return sl_fail_nomem(err);
    }
    g->tail.n_error++;
    return SLANT_OK;
}

enum slant_status sl_gather_model(struct sl_gather *g, const char *name, const char *digest,
                                  struct slant_error *err)
{
    if (name == NULL || digest == NULL) {
        return SLANT_OK;
    }
    if (g->tail.model != NULL) {
        return strcmp(g->tail.digest, digest) == 0 ? SLANT_OK
               : g->from_lines || g->layout.n_head == 0
                   ? sl_fail(
                         err, SLANT_ERR_DATA, 0,
                         "scored with model %.60s (%.16s) and with %.60s (%.16s); report on one "
                         "model's scores at a time",
                         g->tail.model, g->tail.digest, name, digest)
                   : sl_fail(
                         err, SLANT_ERR_DATA, 0,
                         "the lines were scored with model %.60s (%.16s), not with the one given, "
                         "%.60s (%.16s); give the model that scored them, or none",
                         name, digest, g->tail.model, g->tail.digest);
    }
    g->tail.model = sl_arena_copy(&g->arena, name, strlen(name));
    g->tail.digest = sl_arena_copy(&g->arena, digest, strlen(digest));
    return g->tail.model == NULL || g->tail.digest == NULL ? sl_fail_nomem(err) : SLANT_OK;
}

void sl_gather_prior(struct sl_gather *g, const char *head, const char *label, double share)
{
    struct sl_layout *l = &g->layout;
    for (size_t h = 0; h < l->n_head; h++) {
        for (uint32_t k = 0; strcmp(l->head[h].name, head) == 0 && k < l->head[h].n_label; k++) {
            if (strcmp(l->head[h].label[k], label) == 0) {
                l->prior[h][k] = share;
                l->has_prior[h] = true;
            }
        }
    }
}

void sl_gather_figures(struct sl_gather *g, const char *head, double accuracy, double macro_f1)
{
    struct sl_layout *l = &g->layout;
    const bool good = accuracy >= 0 && accuracy <= 1 && macro_f1 >= 0 && macro_f1 <= 1;
    for (size_t h = 0; h < l->n_head && good; h++) { /* a hostile file may tell anything */
        if (strcmp(l->head[h].name, head) == 0) {
            l->has_figures[h] = true;
            l->accuracy[h] = accuracy;
            l->macro_f1[h] = macro_f1;
        }
    }
}

enum slant_status sl_gather_subject(struct sl_gather *g, const char *subject,
                                    struct slant_error *err)
{
    if (g->layout.n_head > 0 && sl_head_subject(&g->layout.head[g->layout.main]) != NULL) {
        return SLANT_OK; /* the head's name tells */
    }
    if (g->opt->subject != NULL && !sl_same_letters(g->opt->subject, subject)) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "no stance toward %.60s here, but toward %.60s",
                       g->opt->subject,
                       *subject == 0 ? "a subject that the model does not name" : subject);
    }
    if (*subject == 0) {
        return SLANT_OK;
    }
    g->tail.subject = sl_arena_copy(&g->arena, subject, strlen(subject));
    return g->tail.subject == NULL ? sl_fail_nomem(err) : SLANT_OK;
}

void sl_gather_taken(struct sl_gather *g)
{
    g->tail.taken = true;
}

void sl_gather_reading(struct sl_gather *g, const struct sl_reading_sums *sums)
{
    g->corpus.reading = *sums;
}

enum slant_status sl_gather_end(struct sl_gather *g, struct slant_error *err)
{
    struct sl_layout *l = &g->layout;
    struct sl_corpus *c = &g->corpus;
    if (!g->laid_out) { /* scored input without a sentence */
        SL_TRY(sl_gather_layout(g, NULL, 0, NULL, err));
    }
    SL_TRY(finish_article(g, err));
    if (!sl_corpus_sum(c, &g->facts, l)) {
        return sl_fail_nomem(err);
    }
    g->tail.corrected = c->share[l->main][0].corrected;
    c->facts = &g->facts;
    c->period = g->opt->period;
    if (!sl_groups_by_period(&g->facts, l, &c->period, &c->timeline) ||
        !sl_groups_by_source(&g->facts, l, &c->source) ||
        (c->group_key != NULL && !sl_groups_by_group(&g->facts, l, &c->group))) {
        return sl_fail_nomem(err);
    }
    SL_TRY(sl_corpus_compare(c, &g->facts, l, g->opt->compare, err));
    if (l->n_head > 0) {
        c->speaker =
            sl_roster_rows(&g->all, &l->head[l->main], l->side, l->has_sides, &c->n_speaker);
        if (c->speaker == NULL) {
            return sl_fail_nomem(err);
        }
        c->unattributed = g->all.unknown;
        c->generic = g->all.generic;
    }
    g->tail.error_doc = g->error_doc;
    g->tail.error = g->error;
    if (g->format->corpus_first) {
        struct sl_buf front = {0};
        enum slant_status status;
        g->format->end(&front, l, g->opt, c, &g->tail);
        status = send(g, &front, err);
        sl_buf_free(&front);
        SL_TRY(status);
        g->format->close(&g->out, l, g->opt, &g->tail);
    } else {
        g->format->end(&g->out, l, g->opt, c, &g->tail);
    }
    return send(g, &g->out, err);
}
