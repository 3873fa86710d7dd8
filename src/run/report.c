/* slant_report: files in, a report out. */
#include "base/bytes.h"
#include "base/memory.h"
#include "input/input.h"
#include "report/gather.h"
#include "report/sentence_writer.h"
#include "report/subject.h"
#include "report/words.h"
#include "run/holders.h"
#include "run/walk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reporting {
    const struct slant_model *model; /* first: see sl_session_worker; NULL: scored input */
    const struct slant_input *in;
    const struct slant_report_options *opt;
    struct sl_gather *gather;
    struct sl_reading_sums reading; /* of the trailers so far */
    uint64_t n_since;               /* sentences since the last trailer, as they are emitted */
    bool targeted;                  /* some record so far had a target */
};

/* What a chunk holds, until it is emitted. */
struct findings {
    struct item {
        struct sl_scored scored;
        const struct sl_why *why;
        bool begins;  /* an article, perhaps without a sentence */
        bool goes_on; /* if the article before has the same name */
    } * item;
    size_t n, cap;
};

static void free_findings(void *result)
{
    struct findings *f = result;
    if (f != NULL) {
        free(f->item);
        free(f);
    }
}

static struct item *add_item(struct sl_slot *slot)
{
    struct findings *f = slot->result;
    if (f == NULL) {
        f = slot->result = calloc(1, sizeof *f);
    }
    if (f == NULL || !sl_grow(&f->item, &f->cap, f->n + 1, sizeof *f->item)) {
        return NULL;
    }
    memset(&f->item[f->n], 0, sizeof f->item[f->n]);
    return &f->item[f->n++];
}

/* ---- articles ---- */

struct reader {
    void *session;
    struct sl_holders *holders;
};

static void free_reader(void *worker)
{
    struct reader *own = worker;
    if (own != NULL) {
        sl_session_worker_free(own->session);
        sl_holders_free(own->holders);
        free(own);
    }
}

static enum slant_status new_reader(void *user, void **worker, struct slant_error *err)
{
    const struct reporting *run = user;
    struct reader *own = calloc(1, sizeof *own);
    enum slant_status status;
    if (own == NULL) {
        return sl_fail_nomem(err);
    }
    status = sl_session_worker(user, &own->session, err);
    if (status == SLANT_OK) {
        status = sl_holders_new(own->session, run->in->aliases, &own->holders, err);
    }
    if (status != SLANT_OK) {
        free_reader(own);
        own = NULL;
    }
    *worker = own;
    return status;
}

struct noting {
    const struct slant_model *model;
    struct sl_holders *holders;
    struct sl_slot *slot;
    bool words;          /* what each adds is shown */
    const char *subject; /* see slant_report_options */
};

/* The sentence's statements, kept until the chunk is emitted; names stay in the article's text. *s
 * becomes the sentence as they let it be read. */
static enum slant_status note_statements(const struct noting *w, const struct sl_article *a,
                                         const struct slant_sentence **s, struct sl_scored *out,
                                         struct slant_error *err)
{
    const struct sl_statement *statement;
    struct sl_text of_target;
    struct sl_statement *kept;
    uint16_t *prob;
    size_t n;
    SL_TRY(sl_holders_of(w->holders, a, *s, &statement, &n, err));
    *s = sl_holders_sentence(w->holders, *s, &of_target);
    if (n == 0) {
        return SLANT_OK;
    }
    kept = sl_arena_alloc(&w->slot->arena, n * sizeof *kept);
    prob = sl_arena_alloc(&w->slot->arena, n * w->model->n_column * sizeof *prob);
    if (kept == NULL || prob == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < n; i++, prob += w->model->n_column) {
        kept[i] = (struct sl_statement){
            .speaker = statement[i].speaker, .generic = statement[i].generic, .prob = prob};
        memcpy(prob, statement[i].prob, w->model->n_column * sizeof *prob);
    }
    out->statement = kept;
    out->n_statement = n;
    return SLANT_OK;
}

/* Words for sentences on a side, or for all where the head has no sides. */
static enum slant_status note_words(const struct noting *w, struct slant_session *session,
                                    const struct sl_article *a, const struct slant_sentence *s,
                                    struct item *item, struct slant_error *err)
{
    size_t main = sl_main_head(w->model->head, w->model->n_head, w->subject);
    uint32_t side[2];
    if (sl_sides(&w->model->head[main], side) && s->verdict[main].label != side[0] &&
        s->verdict[main].label != side[1]) {
        return SLANT_OK;
    }
    return sl_words_of(session, s, a->text.p, main, &w->slot->arena, &item->why, err);
}

static void note_group(const struct sl_article *a, struct sl_scored *out)
{
    if (a->group_key != NULL) {
        out->group_key = (struct sl_text){a->group_key, strlen(a->group_key)};
        out->group = a->group;
    }
}

static enum slant_status note(void *user, struct slant_session *session, const struct sl_article *a,
                              const struct slant_sentence *s, struct slant_error *err)
{
    const struct noting *w = user;
    struct item *item = add_item(w->slot);
    if (item == NULL) {
        return sl_fail_nomem(err);
    }
    item->scored.doc = a->doc;
    if (s == NULL && a->error == NULL) {
        item->scored.kind = SL_SCORED_EMPTY;
        item->scored.title = a->title;
        item->scored.date = a->date;
        item->scored.source = a->source;
        note_group(a, &item->scored);
        return SLANT_OK;
    }
    if (s == NULL) {
        item->scored.kind = SL_SCORED_ERROR;
        item->scored.error = (struct sl_text){a->error, strlen(a->error)};
        return SLANT_OK;
    }
    item->begins = a->one_line || s->index == 1;
    item->goes_on = a->one_line;
    item->scored.kind = SL_SCORED_SENTENCE;
    item->scored.title = a->title;
    item->scored.date = a->date;
    item->scored.source = a->source;
    note_group(a, &item->scored);
    item->scored.n = a->one_line ? a->number : s->index;
    item->scored.from = a->offset + s->span.begin;
    item->scored.to = a->offset + s->span.end;
    item->scored.n_mention = s->n_mention;
    item->scored.text = (struct sl_text){a->text.p + s->span.begin, s->span.end - s->span.begin};
    SL_TRY(note_statements(w, a, &s, &item->scored, err));
    item->scored.n_head = (uint32_t)w->model->n_head;
    item->scored.head =
        sl_arena_alloc(&w->slot->arena, w->model->n_head * sizeof *item->scored.head);
    if (item->scored.head == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t h = 0; h < w->model->n_head; h++) {
        struct sl_scored_head *head = &item->scored.head[h];
        head->name = w->model->head[h].name;
        head->n_label = w->model->head[h].n_label;
        for (uint32_t k = 0; k < head->n_label; k++) {
            head->label[k] = w->model->head[h].label[k];
            head->prob[k] = s->verdict[h].prob[k];
        }
    }
    return w->words ? note_words(w, session, a, s, item, err) : SLANT_OK;
}

/* ---- scored lines ---- */

static enum slant_status no_worker(void *user, void **worker, struct slant_error *err)
{
    (void)user;
    (void)err;
    *worker = NULL;
    return SLANT_OK;
}

static void free_no_worker(void *worker)
{
    (void)worker;
}

/* Lists the sentence's speakers as the aliases say. Of two statements that come to be one speaker's the first
 * stays: a speaker is counted once a sentence. */
static enum slant_status join_speakers(const struct slant_aliases *aliases, struct sl_slot *slot,
                                       struct sl_scored *s, struct slant_error *err)
{
    struct sl_statement *joined;
    size_t n = 0;
    if (aliases == NULL || s->n_statement == 0) {
        return SLANT_OK;
    }
    joined = sl_arena_alloc(&slot->arena, s->n_statement * sizeof *joined);
    if (joined == NULL) {
        return sl_fail_nomem(err);
    }
    for (size_t i = 0; i < s->n_statement; i++) {
        struct sl_statement st = s->statement[i];
        const uint32_t alias = sl_alias_find(aliases, st.speaker);
        bool again = false;
        if (alias != SL_TABLE_NONE) {
            st.speaker = sl_alias_name(aliases, alias);
            st.generic = false;
            slot->counts.n_joined++;
        }
        for (size_t k = 0; k < n && alias != SL_TABLE_NONE; k++) {
            again = again || joined[k].speaker.p == st.speaker.p;
        }
        if (!again) {
            joined[n++] = st;
        }
    }
    s->statement = joined;
    s->n_statement = n;
    return SLANT_OK;
}

/* A line that could not be read: its place is its name, as where articles are read. */
static enum slant_status name_line(struct sl_slot *slot, uint64_t number,
                                   const struct slant_error *why, struct sl_scored *s,
                                   struct slant_error *err)
{
    char text[sizeof why->text + 200];
    const int place =
        snprintf(text, sizeof text, "%.160s:%llu", slot->chunk.path, (unsigned long long)number);
    (void)snprintf(text + place, sizeof text - (size_t)place, ": %s", why->text);
    s->kind = SL_SCORED_ERROR;
    s->error.len = strlen(text);
    s->error.p = sl_arena_copy(&slot->arena, text, s->error.len);
    s->doc = (struct sl_text){s->error.p, (size_t)place};
    return s->error.p == NULL ? sl_fail_nomem(err) : SLANT_OK;
}

static enum slant_status read_scored(const struct slant_aliases *aliases, struct sl_slot *slot,
                                     struct slant_error *err)
{
    const struct sl_chunk *c = &slot->chunk;
    size_t at = 0;
    const char *line;
    size_t len;
    for (uint64_t number = c->line; sl_chunk_line(c, &at, &line, &len); number++) {
        struct slant_error why = {0};
        struct item *item;
        enum slant_status status;
        if (len == 0) {
            continue;
        }
        item = add_item(slot);
        if (item == NULL) {
            return sl_fail_nomem(err);
        }
        item->begins = item->goes_on = true;
        status = sl_scored_read(line, len, number, &slot->arena, &item->scored, &why);
        if (status == SLANT_ERR_NOMEM) {
            return sl_fail_nomem(err);
        }
        if (status != SLANT_OK) {
            SL_TRY(name_line(slot, number, &why, &item->scored, err));
        }
        SL_TRY(join_speakers(aliases, slot, &item->scored, err));
        slot->counts.n_sentence += item->scored.kind == SL_SCORED_SENTENCE;
        if (item->scored.kind == SL_SCORED_ERROR) {
            sl_note_error(&slot->counts, item->scored.error.p);
        }
        slot->counts.n_record += item->scored.kind != SL_SCORED_TRAILER;
    }
    if (c->failed) {
        struct item *item = add_item(slot);
        if (item == NULL) {
            return sl_fail_nomem(err);
        }
        item->scored.kind = SL_SCORED_ERROR;
        item->scored.doc = (struct sl_text){c->path, strlen(c->path)};
        item->scored.error = (struct sl_text){c->error.text, strlen(c->error.text)};
        sl_note_error(&slot->counts, c->error.text);
        slot->counts.n_record++;
    }
    return SLANT_OK;
}

/* ---- steps ---- */

static enum slant_status process(void *user, void *worker, struct sl_slot *slot,
                                 struct slant_error *err)
{
    const struct reporting *run = user;
    const struct reader *own = worker; /* NULL for scored lines */
    struct noting w = {run->model, NULL, slot, run->opt->format == SLANT_REPORT_HTML,
                       run->opt->subject};
    if (own == NULL) {
        return read_scored(run->in->aliases, slot, err);
    }
    w.holders = own->holders;
    SL_TRY(sl_walk(own->session, slot, &run->in->target, note, &w, err));
    slot->counts.n_joined += sl_holders_joined(own->holders);
    return SLANT_OK;
}

/* Whether as many sentences came as the trailer counts: lines may be lost between machines. */
static enum slant_status check_books(struct reporting *run, const struct sl_scored *trailer,
                                     struct sl_slot *slot, struct slant_error *err)
{
    uint64_t n = run->n_since;
    char what[160];
    struct sl_text doc = {"trailer", 7};
    struct sl_text error = {what, 0};
    struct slant_error note = {0};
    run->n_since = 0;
    if (!trailer->counts || trailer->n_counted == n) {
        return SLANT_OK;
    }
    error.len =
        (size_t)snprintf(what, sizeof what,
                         "it counts %llu sentences, %llu stand before it: lines are missing or "
                         "doubled; score again, or leave the trailer out",
                         (unsigned long long)trailer->n_counted, (unsigned long long)n);
    slot->counts.n_record++;
    (void)sl_fail(&note, SLANT_ERR_ROW, 0, "%s: trailer: %s", slot->chunk.path, what);
    sl_note_error(&slot->counts, note.text);
    return sl_gather_error(run->gather, &doc, &error, err);
}

/* An empty table would say that nobody speaks. */
static enum slant_status check_holders(const struct slant_report_options *opt,
                                       const struct sl_scored *trailer, struct slant_error *err)
{
    bool asked = (opt->format == SLANT_REPORT_CSV && (opt->table == SLANT_TABLE_SPEAKERS ||
                                                      opt->table == SLANT_TABLE_CORPUS_SPEAKERS)) ||
                 (opt->format == SLANT_REPORT_SVG && opt->chart == SLANT_CHART_SPEAKERS);
    return !asked || !trailer->no_holders
               ? SLANT_OK
               : sl_fail(err, SLANT_ERR_ARG, 0,
                         "speakers are asked for, but the lines were scored with --no-holders; "
                         "score again without it");
}

static enum slant_status emit(void *user, struct sl_slot *slot, struct slant_error *err)
{
    struct reporting *run = user;
    struct findings *f = slot->result;
    run->targeted = run->targeted || slot->targeted;
    for (size_t i = 0; f != NULL && i < f->n; i++) {
        const struct item *item = &f->item[i];
        const struct sl_scored *s = &item->scored;
        switch (s->kind) {
        case SL_SCORED_SENTENCE:
            SL_TRY(sl_gather_heads(run->gather, s, err));
            if (item->begins) {
                SL_TRY(sl_gather_article(run->gather, s, item->goes_on, err));
            }
            SL_TRY(sl_gather_sentence(run->gather, s, item->why, err));
            run->n_since++;
            break;
        case SL_SCORED_EMPTY:
            SL_TRY(sl_gather_article(run->gather, s, false, err));
            break;
        case SL_SCORED_ERROR:
            SL_TRY(sl_gather_error(run->gather, &s->doc, &s->error, err));
            break;
        case SL_SCORED_TRAILER:
            SL_TRY(check_books(run, s, slot, err));
            SL_TRY(check_holders(run->opt, s, err));
            run->reading.known = run->reading.known && s->has_words;
            run->reading.no_target = run->reading.no_target && s->no_target && !s->no_holders;
            run->reading.targeted = run->reading.targeted || !s->no_target;
            run->reading.n_word += s->n_word;
            run->reading.n_unknown += s->n_unknown;
            run->reading.n_invalid += s->n_invalid;
            SL_TRY(sl_gather_model(run->gather, s->model, s->digest, err));
            for (size_t k = 0; k < s->n_prior; k++) {
                sl_gather_prior(run->gather, s->prior[k].head, s->prior[k].label,
                                s->prior[k].share);
            }
            for (size_t k = 0; k < s->n_figures; k++) {
                sl_gather_figures(run->gather, s->figures[k].head, s->figures[k].accuracy,
                                  s->figures[k].macro_f1);
            }
            if (s->subject != NULL) {
                SL_TRY(sl_gather_subject(run->gather, s->subject, err));
            }
            break;
        }
    }
    if (f != NULL) {
        f->n = 0;
    }
    return SLANT_OK;
}

static enum slant_status begin(const struct reporting *run, struct slant_error *err)
{
    char digest[17];
    if (run->model == NULL) {
        return SLANT_OK;
    }
    sl_hex(run->model->digest, digest);
    SL_TRY(sl_gather_model(run->gather, run->model->name, digest, err));
    SL_TRY(sl_gather_layout(
        run->gather, run->model->head, run->model->n_head,
        run->model->fit[sl_main_head(run->model->head, run->model->n_head, NULL)].subject, err));
    for (size_t h = 0; h < run->model->n_head; h++) {
        const struct slant_head *head = &run->model->head[h];
        double accuracy;
        double macro_f1;
        SL_TRY(sl_cross_validated(run->model, h, "accuracy", &accuracy, err));
        SL_TRY(sl_cross_validated(run->model, h, "macro_f1", &macro_f1, err));
        if (!isnan(accuracy) && !isnan(macro_f1)) {
            sl_gather_figures(run->gather, head->name, accuracy, macro_f1);
        }
        for (uint32_t k = 0; k < head->n_label; k++) {
            sl_gather_prior(run->gather, head->name, head->label[k], run->model->fit[h].prior[k]);
        }
    }
    return SLANT_OK;
}

enum slant_status slant_report(const struct slant_model *m, const struct slant_input *in,
                               const struct slant_report_options *opt, slant_sink *sink, void *user,
                               struct slant_counts *counts, struct slant_error *err)
{
    struct reporting run = {
        .model = m, .in = in, .opt = opt, .reading = {.known = true, .no_target = true}};
    bool scored = in != NULL && in->size == sizeof *in && in->format == SLANT_FORMAT_SCORED;
    struct sl_steps steps = {&run,
                             scored ? no_worker : new_reader,
                             scored ? free_no_worker : free_reader,
                             process,
                             emit,
                             free_findings};
    struct slant_counts own = {0};
    enum slant_status status;
    if ((m == NULL && !scored) || in == NULL || opt == NULL || sink == NULL ||
        opt->size != sizeof *opt || opt->n_evidence > 1000 ||
        (opt->width != 0 && (opt->width < 50 || opt->width > 1000)) ||
        opt->period > SLANT_PERIOD_YEAR || opt->compare > SLANT_COMPARE_GROUP ||
        opt->table > SLANT_TABLE_CORPUS_SPEAKERS || opt->chart > SLANT_CHART_SPEAKERS) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_report: an argument is NULL, of another version or out of range");
    }
    SL_TRY(sl_input_check(in, err));
    SL_TRY(sl_target_check(&in->target, err));
    if (scored && in->target.n_alias > 0) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_report: scored lines were scored with their target");
    }
    if ((opt->compare == SLANT_COMPARE_GROUP || opt->table == SLANT_TABLE_GROUPS) &&
        in->group == NULL) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_report: the input names no key to group by");
    }
    SL_TRY(sl_gather_new(opt, in->group, sink, user, &run.gather, err));
    status = begin(&run, err);
    if (status == SLANT_OK) {
        status = sl_pipeline(in, &steps, &own, err);
    }
    if (status == SLANT_OK) {
        if (!scored) {
            run.reading = (struct sl_reading_sums){.known = true,
                                                   .n_word = own.n_word,
                                                   .n_unknown = own.n_unknown,
                                                   .n_invalid = own.n_invalid,
                                                   .no_target = !run.targeted,
                                                   .targeted = run.targeted};
        }
        run.reading.known = run.reading.known && (!scored || run.n_since == 0);
        run.reading.no_target = run.reading.no_target && (!scored || run.n_since == 0);
        run.reading.untold = scored && m == NULL && run.n_since > 0;
        sl_gather_reading(run.gather, &run.reading);
        if (scored && m != NULL && run.n_since > 0) {
            sl_gather_taken(run.gather);
        }
        status = sl_gather_end(run.gather, err);
    }
    sl_gather_free(run.gather);
    if (status == SLANT_OK && counts != NULL) {
        *counts = own;
    }
    return status;
}
