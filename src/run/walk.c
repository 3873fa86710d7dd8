#include "run/walk.h"
#include "base/utf8.h"

#include <string.h>

enum slant_status sl_session_worker(void *user, void **worker, struct slant_error *err)
{
    struct slant_session *s = NULL;
    enum slant_status status = slant_session_new(*(const struct slant_model *const *)user, &s, err);
    *worker = s;
    return status;
}

void sl_session_worker_free(void *worker)
{
    slant_session_free(worker);
}

/* Spellings of a record's own target. */
static struct slant_target record_target(const struct sl_article *a, const char **alias)
{
    struct slant_target target = {alias, 0};
    char *p = (char *)a->target.p; /* an arena copy of our own, NUL-terminated */
    while (p != NULL && target.n_alias <= SLANT_MAX_ALIAS) { /* one too many is refused later */
        char *bar = strchr(p, '|');
        if (bar != NULL) {
            *bar++ = 0;
        }
        if (*p != 0) {
            alias[target.n_alias++] = p;
        }
        p = bar;
    }
    return target;
}

static enum slant_status walk_article(struct slant_session *session, struct sl_slot *slot,
                                      struct sl_article *a, const struct slant_target *target,
                                      sl_walk_step *step, void *user, struct slant_error *err)
{
    const char *alias[SLANT_MAX_ALIAS + 1];
    struct slant_target own = *target;
    struct slant_error why = {0};
    enum slant_status status = SLANT_OK;
    bool empty = true;
    if (a->error == NULL) {
        if (a->target.p != NULL) {
            own = record_target(a, alias);
        }
        slot->targeted = slot->targeted || own.n_alias > 0;
        status = a->one_line ? slant_session_line(session, a->text.p, a->text.len, &own, &why)
                             : slant_session_article(session, a->text.p, a->text.len, &own, &why);
        if (status == SLANT_ERR_LIMIT || status == SLANT_ERR_ARG) {
            a->error = sl_arena_copy(&slot->arena, why.text, strlen(why.text));
            status = a->error == NULL ? SLANT_ERR_NOMEM : SLANT_OK;
        }
        if (status != SLANT_OK) {
            return sl_fail_nomem(err);
        }
    }
    slot->counts.n_record++;
    slot->counts.n_invalid += a->n_invalid;
    if (a->error != NULL) {
        sl_note_error(&slot->counts, a->error);
        return step(user, session, a, NULL, err);
    }
    if (!a->valid) {
        slot->counts.n_invalid += slant_session_n_invalid(session);
    }
    for (;;) {
        const struct slant_sentence *s;
        SL_TRY(slant_session_next(session, &s, err));
        if (s == NULL) {
            return empty ? step(user, session, a, NULL, err) : SLANT_OK;
        }
        empty = false;
        slot->counts.n_sentence++;
        slot->counts.n_with_target += s->n_mention > 0;
        SL_TRY(step(user, session, a, s, err));
    }
}

/* Lines without a target, many at once: their look-ups overlap. */
static enum slant_status walk_lines(struct slant_session *session, struct sl_slot *slot,
                                    sl_walk_step *step, void *user, struct slant_error *err)
{
    enum { LINES = 256 };
    const struct sl_chunk *chunk = &slot->chunk;
    struct slant_span line[LINES];
    struct sl_article a = {.doc = {chunk->path, strlen(chunk->path)},
                           .text = {chunk->bytes, chunk->len},
                           .one_line = true,
                           .number = chunk->line,
                           .offset = chunk->offset};
    size_t at = 0;
    slot->counts.n_invalid += sl_utf8_count_invalid(chunk->bytes, chunk->len);
    while (at < chunk->len) {
        size_t n = 0;
        const char *p;
        size_t len;
        while (n < LINES && sl_chunk_line(chunk, &at, &p, &len)) {
            size_t begin = (size_t)(p - chunk->bytes);
            line[n++] = (struct slant_span){begin, begin + len};
        }
        if (n > 0 && a.number == 1 && line[0].end >= 3 &&
            memcmp(chunk->bytes, "\xef\xbb\xbf", 3) == 0) {
            line[0].begin = 3; /* a byte order mark */
        }
        SL_TRY(sl_session_lines(session, chunk->bytes, chunk->len, line, n, err));
        slot->counts.n_record += n;
        slot->counts.n_sentence += n;
        for (; n > 0; n--, a.number++) {
            const struct slant_sentence *s;
            SL_TRY(slant_session_next(session, &s, err));
            a.line = a.number;
            SL_TRY(step(user, session, &a, s, err));
        }
    }
    return SLANT_OK;
}

static enum slant_status walk_records(struct slant_session *session, struct sl_slot *slot,
                                      const struct slant_target *target, sl_walk_step *step,
                                      void *user, struct slant_error *err)
{
    const struct sl_chunk *c = &slot->chunk;
    struct sl_articles it;
    if (c->format == SLANT_FORMAT_LINES && !c->failed && target->n_alias == 0 &&
        c->len <= SLANT_MAX_TEXT) {
        return walk_lines(session, slot, step, user, err);
    }
    sl_articles_init(&it, &slot->chunk, &slot->arena);
    for (;;) {
        struct sl_article a;
        bool more;
        SL_TRY(sl_articles_next(&it, &a, &more, err));
        if (!more) {
            return SLANT_OK;
        }
        SL_TRY(walk_article(session, slot, &a, target, step, user, err));
    }
}

enum slant_status sl_walk(struct slant_session *session, struct sl_slot *slot,
                          const struct slant_target *target, sl_walk_step *step, void *user,
                          struct slant_error *err)
{
    uint64_t n_word;
    uint64_t n_unknown;
    sl_session_words(session, &n_word, &n_unknown);
    slot->counts.n_word -= n_word;
    slot->counts.n_unknown -= n_unknown;
    SL_TRY(walk_records(session, slot, target, step, user, err));
    sl_session_words(session, &n_word, &n_unknown);
    slot->counts.n_word += n_word;
    slot->counts.n_unknown += n_unknown;
    return SLANT_OK;
}
