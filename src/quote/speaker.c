#include "quote/speaker.h"
#include "base/memory.h"
#include <stdlib.h>
struct sl_speakers {
    const char *text;
};
struct sl_speakers *sl_speakers_new(void)
{
    return sl_array_zero(1, sizeof(struct sl_speakers));
}
void sl_speakers_free(struct sl_speakers *s)
{
    free(s);
}
void sl_speakers_begin(struct sl_speakers *s, const char *text)
{
    s->text = text;
}
bool sl_speakers_names(struct sl_speakers *s, const struct sl_clause *c)
{
    (void)s, (void)c;
    return true;
}
bool sl_speakers_source(struct sl_speakers *s, const struct sl_clause *c, struct sl_range source,
                        uint32_t a)
{
    (void)s, (void)c, (void)source, (void)a;
    return true;
}
bool sl_speakers_resolve(struct sl_speakers *s, struct sl_quotes *q)
{
    (void)s, (void)q;
    return true;
}
void sl_speakers_give(const struct sl_speakers *s, struct sl_quotes *q)
{
    (void)s;
    q->speaker = NULL;
    q->n_speaker = 0;
}
