#include "text/mention.h"
#include "base/memory.h"
#include "base/table.h"
#include "text/fold.h"
#include "text/token.h"

#include <stdlib.h>
#include <string.h>

enum { SPELLING_WORDS = 16 };

struct spelling {
    uint32_t word[SPELLING_WORDS];
    size_t n;
};

struct matcher {
    struct sl_strings words; /* of all spellings, folded */
    struct spelling spelling[SLANT_MAX_ALIAS];
    size_t n_spelling, longest;
};

/* A folded word without a possessive 's. */
static size_t match_form(const char *text, const struct sl_token *t, char form[SL_FOLD_MAX])
{
    size_t n = sl_fold(text + t->begin, t->end - t->begin, form);
    if (n > 2 && form[n - 2] == '\'' && form[n - 1] == 's') {
        n -= 2;
    }
    return n;
}

static enum slant_status compile(struct matcher *m, const struct slant_target *target,
                                 struct slant_error *err)
{
    if (target->n_alias > SLANT_MAX_ALIAS) {
        return sl_fail(err, SLANT_ERR_LIMIT, 0, "a target has %zu spellings; at most %d are read",
                       target->n_alias, SLANT_MAX_ALIAS);
    }
    for (size_t i = 0; i < target->n_alias; i++) {
        bool words = false;
        struct spelling *s = &m->spelling[m->n_spelling];
        struct sl_tokens it;
        struct sl_token t;
        const char *alias = target->alias == NULL ? NULL : target->alias[i];
        if (alias == NULL) {
            return sl_fail(err, SLANT_ERR_ARG, 0, "a target's spelling is NULL");
        }
        s->n = 0;
        sl_tokens_init(&it, alias, 0, strlen(alias), NULL, 0);
        while (s->n < SPELLING_WORDS && sl_tokens_next(&it, &t)) {
            char form[SL_FOLD_MAX];
            size_t n = match_form(alias, &t, form);
            words = words || t.kind == SL_TOKEN_WORD || t.kind == SL_TOKEN_HASHTAG ||
                    t.kind == SL_TOKEN_USER;
            s->word[s->n] = sl_strings_add(&m->words, form, n);
            if (s->word[s->n] == SL_TABLE_NONE) {
                return sl_fail_nomem(err);
            }
            s->n++;
        }
        if (!words) {
            return sl_fail(err, SLANT_ERR_ARG, 0,
                           "a target's spelling has no letter or digit; name it as the text does");
        }
        m->longest = s->n > m->longest ? s->n : m->longest;
        m->n_spelling++;
    }
    return SLANT_OK;
}

/* Words of the longest spelling that the window starts with, else 0. */
static size_t match(const struct matcher *m, const uint32_t *word, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; i < m->n_spelling; i++) {
        const struct spelling *s = &m->spelling[i];
        if (s->n <= n && s->n > best && memcmp(s->word, word, s->n * sizeof *word) == 0) {
            best = s->n;
        }
    }
    return best;
}

static enum slant_status scan(const struct matcher *m, const char *text, size_t len,
                              struct sl_spans *out, struct slant_error *err)
{
    uint32_t word[SPELLING_WORDS];
    struct sl_token token[SPELLING_WORDS];
    struct sl_tokens it;
    size_t n = 0;
    bool more = true;
    sl_tokens_init(&it, text, 0, len, NULL, 0);
    while (more || n > 0) {
        size_t used;
        while (more && n < m->longest) {
            char form[SL_FOLD_MAX];
            more = sl_tokens_next(&it, &token[n]);
            if (more) {
                size_t form_len = match_form(text, &token[n], form);
                word[n] = sl_strings_find(&m->words, form, form_len);
                n++;
            }
        }
        if (n == 0) {
            break;
        }
        used = word[0] == SL_TABLE_NONE ? 0 : match(m, word, n);
        if (used > 0) {
            if (!sl_grow(&out->p, &out->cap, out->n + 1, sizeof *out->p)) {
                return sl_fail_nomem(err);
            }
            out->p[out->n++] = (struct slant_span){token[0].begin, token[used - 1].end};
        } else {
            used = 1;
        }
        n -= used;
        memmove(word, word + used, n * sizeof *word);
        memmove(token, token + used, n * sizeof *token);
    }
    return SLANT_OK;
}

enum slant_status sl_mentions_find(const char *text, size_t len, const struct slant_target *target,
                                   struct sl_spans *out, struct slant_error *err)
{
    struct matcher *m = calloc(1, sizeof *m);
    enum slant_status status;
    if (m == NULL) {
        return sl_fail_nomem(err);
    }
    status = compile(m, target, err);
    if (status == SLANT_OK && m->n_spelling > 0) {
        status = scan(m, text, len, out, err);
    }
    sl_strings_free(&m->words);
    free(m);
    return status;
}

enum slant_status sl_target_check(const struct slant_target *target, struct slant_error *err)
{
    struct sl_spans none = {0};
    return sl_mentions_find("", 0, target, &none, err);
}
