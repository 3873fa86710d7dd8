#include "quote/entity.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "quote/letters.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FORM = 128 };

struct sl_speakers *sl_speakers_new(void)
{
    return sl_array_zero(1, sizeof(struct sl_speakers));
}

void sl_speakers_free(struct sl_speakers *s)
{
    if (s != NULL) {
        free(s->entity);
        free(s->told);
        free(s->given);
        sl_keys_free(&s->keys);
        free(s);
    }
}

uint32_t sl_entity_add(struct sl_speakers *s)
{
    if ((s->n >= s->cap && !sl_grow(&s->entity, &s->cap, s->n + 1, sizeof *s->entity)) ||
        (s->n >= s->cap_given && !sl_grow(&s->given, &s->cap_given, s->n + 1, sizeof *s->given))) {
        return SL_SPEAKER_NOMEM;
    }
    memset(&s->entity[s->n], 0, offsetof(struct entity, word));
    return (uint32_t)s->n++;
}

bool sl_speakers_begin(struct sl_speakers *s, const char *text, const struct slant_span *mention,
                       size_t n)
{
    s->text = text;
    s->target = mention;
    s->n_target = n;
    s->next_target = 0;
    s->target_entity = 0;
    s->n = 0;
    s->n_mention = s->at_source = 0;
    s->speaker = s->subject = s->joint_of = 0;
    s->sentence = s->speaker_sentence = s->subject_sentence = 0;
    memset(s->recent, 0, sizeof s->recent);
    sl_keys_clear(&s->keys);
    return sl_entity_add(s) != SL_SPEAKER_NOMEM;
}

uint32_t sl_entity_at(const struct sl_speakers *s, uint64_t hash)
{
    return sl_keys_find(&s->keys, hash) + 1; /* SL_TABLE_NONE + 1 is 0 */
}

uint32_t sl_entity_key(struct sl_speakers *s, uint64_t hash)
{
    if (s->keys.n >= s->cap_told &&
        !sl_grow(&s->told, &s->cap_told, (size_t)s->keys.n + 1, sizeof *s->told)) {
        return 0;
    }
    s->told[s->keys.n] = (struct told){{0}}; /* the key's, if it is a new one */
    return sl_keys_add(&s->keys, hash) + 1;  /* SL_TABLE_NONE + 1 is 0 */
}

bool sl_entity_set(struct sl_speakers *s, uint64_t hash, enum told_as as, uint32_t entity)
{
    const uint32_t at = sl_entity_key(s, hash);
    if (at != 0) {
        s->told[at - 1].entity[as] = entity;
    }
    return at != 0;
}

uint64_t sl_entity_hash(const char *word)
{
    char text[SL_QWORD_MAX] = {0};
    memcpy(text, word, strlen(word));
    return sl_entity_hash_short(sl_qkey_of(text));
}

uint64_t sl_entity_hash_any(const char *p, size_t len)
{
    char form[MAX_FORM] = {0};
    size_t n = 0;
    for (size_t k = 0; k < len && n < MAX_FORM; k++) {
        if (p[k] != '.') {
            form[n++] = (char)(p[k] >= 'A' && p[k] <= 'Z' ? p[k] | 0x20 : p[k]);
        }
    }
    return n <= SL_LETTERS ? sl_entity_hash_short(sl_qkey_of(form)) : sl_hash(form, n, 0);
}

uint64_t sl_entity_form(const struct sl_clause *c, int from, int to)
{
    uint64_t form = 0;
    for (int k = from; k < to; k++) {
        form = form * 0x9e3779b97f4a7c15u + sl_entity_word(c, k);
    }
    return form;
}

uint32_t sl_speakers_interviewed(const struct sl_speakers *s)
{
    for (size_t i = 1; i < s->n; i++) {
        const struct entity *e = &s->entity[i];
        if (e->named && e->n_word >= 2 && e->sort != SORT_BODY && !e->authority &&
            !e->organisation) {
            return (uint32_t)i;
        }
    }
    return SL_SPEAKER_UNKNOWN;
}

void sl_entity_affiliate(struct sl_speakers *s, const struct sl_clause *c, uint32_t e,
                         struct sl_range of)
{
    struct entity *x = &s->entity[e];
    if (of.to <= of.from || x->of.end > x->of.begin) {
        return;
    }
    x->of = (struct slant_span){c->tok[of.from].begin, c->tok[of.to - 1].end};
    x->of_speaker = sl_entity_get(s, sl_entity_form(c, of.from, of.to), AS_FORM);
    if (x->of_speaker == 0) {
        x->of_speaker = sl_entity_get(s, sl_entity_word(c, of.from), AS_FIRST);
    }
}

void sl_speakers_give(const struct sl_speakers *s, struct sl_quotes *q)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct entity *e = &s->entity[i];
        s->given[i] = (struct sl_speaker){.name = e->name,
                                          .of = e->of,
                                          .of_speaker = e->of_speaker,
                                          .n_mention = e->n_mention,
                                          .agent = e->agent,
                                          .named = e->named,
                                          .generic = e->generic};
    }
    q->speaker = s->given;
    q->n_speaker = s->n;
    q->topic = sl_topic(s);
}
