#include "quote/entity.h"

/* Whether the article may be about it: a name of one word, or of a firm, that is nobody's and seldom the
 * source, and no authority. */
static bool can_be_topic(const struct entity *e)
{
    return e->named && e->sort != SORT_PERSON && e->gender == GENDER_ANY && !e->authority &&
           (e->n_word == 1 || e->organisation) && e->n_source * 3 <= e->n_mention * 2 &&
           e->name.end - e->name.begin > 1;
}

/* Mentions count, less twice those with an article (the agency): at least TOPIC_LEAST, and half as many
 * again as the next. */
uint32_t sl_topic(const struct sl_speakers *s)
{
    enum { TOPIC_LEAST = 3 };
    int64_t most = 0;
    int64_t next = 0;
    uint32_t found = 0;
    for (size_t i = 1; i < s->n; i++) {
        const struct entity *e = &s->entity[i];
        int64_t n = (int64_t)e->n_mention - 2 * (int64_t)e->n_the;
        if (n <= next || !can_be_topic(e)) { /* few count enough */
            continue;
        }
        if (n > most) {
            next = most;
            most = n;
            found = (uint32_t)i;
        } else {
            next = n;
        }
    }
    return most >= TOPIC_LEAST && most * 2 >= next * 3 ? found : 0;
}
