/* slant_quotes: files in, a line an attribution out. */
#include "base/json_out.h"
#include "base/plain.h"
#include "base/utf8.h"
#include "input/input.h"
#include "quote/quote.h"
#include "report/sentence_writer.h"
#include "run/listing.h"
#include "run/pipeline.h"

#include <stdlib.h>
#include <string.h>

struct quoting {
    const struct slant_input *in;
    const struct slant_quotes_options *opt;
    slant_sink *sink;
    void *user;
};

static const char *const kinds[] = {"direct", "indirect", "mixed"};
static const char *const deeds[] = {"said", "thought", "done"};

static struct sl_text name_of(const struct sl_listing *l, uint32_t speaker)
{
    static const struct sl_text unknown = {"unknown", 7};
    const struct sl_text name = sl_listed_name(l, speaker);
    return name.p == NULL ? unknown : name;
}

static void put_name(struct sl_json *j, const struct sl_listing *l, uint32_t speaker)
{
    const struct sl_text name = name_of(l, speaker);
    sl_json_string(j, name.p, name.len);
}

/* Whether the k-th further speaker of x is listed under a name of its own, not the speaker's or one before. */
static bool is_another(const struct sl_listing *l, const struct sl_attribution *x, uint32_t k)
{
    const uint32_t *other = l->quotes->other + x->other;
    const uint32_t first = sl_first_listed(l, other[k]);
    bool another = l->aliases == NULL || first != sl_first_listed(l, x->speaker);
    for (uint32_t i = 0; i < k && l->aliases != NULL; i++) {
        another = another && first != sl_first_listed(l, other[i]);
    }
    return another;
}

static void put_span(struct sl_json *j, const char *key, const struct sl_article *a,
                     struct slant_span s)
{
    sl_json_key(j, key);
    if (s.end == s.begin) {
        sl_json_raw(j, "null");
        return;
    }
    sl_json_open(j, '{');
    sl_json_key(j, "from");
    sl_json_uint(j, a->offset + s.begin);
    sl_json_key(j, "to");
    sl_json_uint(j, a->offset + s.end);
    sl_json_key(j, "text");
    sl_json_string(j, a->text.p + s.begin, s.end - s.begin);
    sl_json_close(j, '}');
}

static bool is_any_joined(const struct sl_listing *l, const struct sl_attribution *x)
{
    bool any = sl_is_joined(l, sl_told_speaker(x));
    for (uint32_t k = 0; k < x->n_other; k++) {
        any = any || sl_is_joined(l, l->quotes->other[x->other + k]);
    }
    return any;
}

static void put_others(struct sl_json *j, const struct sl_listing *l,
                       const struct sl_attribution *x)
{
    bool any = false;
    for (uint32_t k = 0; k < x->n_other; k++) {
        if (!is_another(l, x, k)) {
            continue;
        }
        if (!any) {
            sl_json_key(j, "others");
            sl_json_open(j, '[');
            any = true;
        }
        put_name(j, l, l->quotes->other[x->other + k]);
    }
    if (any) {
        sl_json_close(j, ']');
    }
}

static void put_parts(struct sl_json *j, const struct sl_listing *l, const struct sl_attribution *x)
{
    const struct sl_article *a = l->article;
    put_span(j, "source", a, x->source);
    put_span(j, "cue", a, x->cue);
    sl_json_key(j, "content");
    sl_json_open(j, '[');
    for (uint32_t k = 0; k < x->n_content; k++) {
        struct slant_span s = l->quotes->content[x->content + k];
        sl_json_open(j, '[');
        sl_json_uint(j, a->offset + s.begin);
        sl_json_uint(j, a->offset + s.end);
        sl_json_close(j, ']');
    }
    sl_json_close(j, ']');
    sl_json_key(j, "kind");
    sl_json_text(j, kinds[x->kind]);
    sl_json_key(j, "act");
    sl_json_text(j, deeds[x->does]);
    sl_json_key(j, "speaker");
    put_name(j, l, sl_told_speaker(x));
    put_others(j, l, x);
    sl_json_key(j, "confidence");
    sl_json_fixed(j, x->confidence / 100.0, 2);
}

/* Attributions inside the content of number i, as a list. They stand near behind it. */
static void put_inner(struct sl_json *j, const struct sl_listing *l, size_t i)
{
    const struct sl_quotes *q = l->quotes;
    bool any = false;
    for (size_t k = i + 1; k < q->n && k <= i + SL_QUOTE_MAX_FINDING; k++) {
        if (q->attribution[k].outer != i + 1) {
            continue;
        }
        if (!any) {
            sl_json_key(j, "inner");
            sl_json_open(j, '[');
            any = true;
        }
        sl_json_open(j, '{');
        put_parts(j, l, &q->attribution[k]);
        sl_json_close(j, '}');
    }
    if (any) {
        sl_json_close(j, ']');
    }
}

static void write_json(struct sl_buf *b, const struct sl_listing *l, size_t i)
{
    struct sl_json j = {b, false};
    const struct sl_article *a = l->article;
    const struct sl_attribution *x = &l->quotes->attribution[i];
    sl_json_open(&j, '{');
    sl_json_key(&j, "file");
    sl_json_string(&j, a->doc.p, a->doc.len);
    sl_json_key(&j, "n");
    sl_json_uint(&j, a->one_line ? a->number : (uint64_t)x->sentence + 1);
    put_parts(&j, l, x);
    put_inner(&j, l, i);
    sl_json_close(&j, '}');
    sl_buf_byte(b, '\n');
}

static void write_tsv(struct sl_buf *b, const struct sl_listing *l, size_t i)
{
    const struct sl_article *a = l->article;
    const struct sl_quotes *q = l->quotes;
    const struct sl_attribution *x = &q->attribution[i];
    const struct sl_text name = name_of(l, sl_told_speaker(x));
    bool any = false;
    sl_plain_text(b, a->doc.p, a->doc.len);
    sl_buf_byte(b, '\t');
    sl_buf_uint(b, a->one_line ? a->number : (uint64_t)x->sentence + 1);
    sl_buf_text(b, x->outer == 0 ? "\t1\t" : "\t2\t");
    sl_plain_text(b, name.p, name.len);
    sl_buf_byte(b, '\t');
    sl_plain_text(b, a->text.p + x->source.begin, x->source.end - x->source.begin);
    sl_buf_byte(b, '\t');
    sl_plain_text(b, a->text.p + x->cue.begin, x->cue.end - x->cue.begin);
    sl_buf_byte(b, '\t');
    sl_buf_text(b, kinds[x->kind]);
    sl_buf_byte(b, '\t');
    sl_buf_fixed(b, x->confidence / 100.0, 2);
    sl_buf_byte(b, '\t');
    for (uint32_t k = 0; k < x->n_content; k++) {
        struct slant_span s = q->content[x->content + k];
        sl_buf_text(b, k == 0 ? "" : ";");
        sl_buf_uint(b, a->offset + s.begin);
        sl_buf_byte(b, '-');
        sl_buf_uint(b, a->offset + s.end);
    }
    sl_buf_byte(b, '\t');
    for (uint32_t k = 0; k < x->n_content; k++) {
        struct slant_span s = q->content[x->content + k];
        sl_buf_text(b, k == 0 ? "" : " ... ");
        sl_plain_text(b, a->text.p + s.begin, s.end - s.begin);
    }
    sl_buf_byte(b, '\t');
    for (uint32_t k = 0; k < x->n_other; k++) {
        const struct sl_text other = name_of(l, q->other[x->other + k]);
        if (is_another(l, x, k)) {
            sl_buf_text(b, any ? "; " : "");
            sl_plain_text(b, other.p, other.len);
            any = true;
        }
    }
    sl_buf_byte(b, '\n');
}

static void write_error(struct sl_buf *b, const struct sl_article *a, bool tsv)
{
    if (!tsv) {
        sl_write_error_json(b, a, "file");
        return;
    }
    sl_plain_text(b, a->doc.p, a->doc.len);
    sl_buf_text(b, "\t\t\t\t\t\t\t\t\terror: ");
    sl_plain_text(b, a->error, strlen(a->error));
    sl_buf_text(b, "\t\n");
}

/* What a thread has. */
struct quoter {
    struct sl_quoter *quoter;
    struct sl_listing listing;
};

static void free_quoter(void *worker)
{
    struct quoter *own = worker;
    if (own != NULL) {
        sl_quoter_free(own->quoter);
        sl_listing_free(&own->listing);
        free(own);
    }
}

static enum slant_status new_quoter(void *user, void **worker, struct slant_error *err)
{
    const struct quoting *run = user;
    struct quoter *own = calloc(1, sizeof *own);
    if (own == NULL) {
        return sl_fail_nomem(err);
    }
    own->listing.aliases = run->in->aliases;
    own->quoter = sl_quoter_new();
    if (own->quoter == NULL) {
        free_quoter(own);
        return sl_fail_nomem(err);
    }
    *worker = own;
    return SLANT_OK;
}

static enum slant_status process(void *user, void *worker, struct sl_slot *slot,
                                 struct slant_error *err)
{
    const struct quoting *run = user;
    struct quoter *own = worker;
    bool tsv = run->opt->format == SLANT_QUOTES_TSV;
    struct sl_articles it;
    sl_articles_init(&it, &slot->chunk, &slot->arena);
    for (;;) {
        struct sl_article a;
        const struct sl_quotes *q;
        bool more;
        SL_TRY(sl_articles_next(&it, &a, &more, err));
        if (!more) {
            return slot->out.failed ? sl_fail_nomem(err) : SLANT_OK;
        }
        slot->counts.n_record++;
        slot->counts.n_invalid += a.n_invalid;
        if (a.error != NULL) {
            sl_note_error(&slot->counts, a.error);
            write_error(&slot->out, &a, tsv);
            continue;
        }
        if (!a.valid) {
            slot->counts.n_invalid += sl_utf8_count_invalid(a.text.p, a.text.len);
        }
        SL_TRY(sl_quoter_read(own->quoter, a.text.p, a.text.len, a.one_line, &sl_language_english,
                              &q, err));
        if (!sl_listing_read(&own->listing, &a, q)) {
            return sl_fail_nomem(err);
        }
        slot->counts.n_sentence += q->n_sentence;
        for (size_t i = 0; i < q->n; i++) {
            slot->counts.n_joined += is_any_joined(&own->listing, &q->attribution[i]);
            if (tsv) {
                write_tsv(&slot->out, &own->listing, i);
            } else if (q->attribution[i].outer == 0) {
                write_json(&slot->out, &own->listing, i);
            }
        }
    }
}

static enum slant_status emit(void *user, struct sl_slot *slot, struct slant_error *err)
{
    const struct quoting *run = user;
    if (slot->out.failed) {
        return sl_fail_nomem(err);
    }
    if (slot->out.len > 0 && run->sink(run->user, slot->out.p, slot->out.len) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    return SLANT_OK;
}

enum slant_status slant_quotes(const struct slant_input *in, const struct slant_quotes_options *opt,
                               slant_sink *sink, void *user, struct slant_counts *counts,
                               struct slant_error *err)
{
    static const char header[] =
        "file\tn\tlevel\tspeaker\tsource\tcue\tkind\tconfidence\tcontent\ttext\tothers\n";
    struct quoting run = {in, opt, sink, user};
    struct sl_steps steps = {&run, new_quoter, free_quoter, process, emit, NULL};
    struct slant_counts own = {0};
    if (opt == NULL || sink == NULL || opt->size != sizeof *opt) {
        return sl_fail(err, SLANT_ERR_ARG, 0,
                       "slant_quotes: an argument is NULL or of another version");
    }
    if ((int)opt->format < SLANT_QUOTES_JSONL || opt->format > SLANT_QUOTES_TSV) {
        return sl_fail(err, SLANT_ERR_ARG, 0, "slant_quotes: unknown format");
    }
    SL_TRY(sl_input_articles(in, err));
    if (opt->format == SLANT_QUOTES_TSV && sink(user, header, sizeof header - 1) != 0) {
        return sl_fail(err, SLANT_ERR_STOPPED, 0, "the output cannot take more");
    }
    SL_TRY(sl_pipeline(in, &steps, &own, err));
    if (counts != NULL) {
        *counts = own;
    }
    return SLANT_OK;
}
