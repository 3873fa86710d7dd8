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
    if (a->n_invalid == 0) {
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
        SL_TRY(step(user, session, a, s, err));
    }
}

enum slant_status sl_walk(struct slant_session *session, struct sl_slot *slot,
                          const struct slant_target *target, sl_walk_step *step, void *user,
                          struct slant_error *err)
{
    struct sl_articles it;
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
