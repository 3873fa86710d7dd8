/* What the features by place read of a block's tokens; compiled twice, like block.h. */
#ifndef SL_JUDGE_BLOCK_READINGS_H
#define SL_JUDGE_BLOCK_READINGS_H

#include "judge/scorer.h"

static inline uint32_t feature_of_row(const struct sl_scorer *s, uint32_t row)
{
    return row == s->m->no_row ? SL_FEATURE_NONE : row;
}

/* Keeps the block's tokens [from, to), of one sentence, for the features by place. */
static inline bool keep_readings(struct sl_scorer *s, size_t from, size_t to)
{
    const struct sl_stretch *b = &s->block;
    const struct sl_phrase_set *set = &s->memo.phrases;
    struct sl_opening_word last = s->last;
    struct sl_opening_word before = s->before_last;
    struct sl_reading *now;
    size_t room;
    if (!sl_scorer_reads_places(s, b->token[from].item)) {
        return true;
    }
    if (!sl_readings_room(&s->readings, to - from, &room)) {
        return false;
    }
    now = s->readings.p + s->readings.n;
    if (s->readings.n == 0) {
        last.begins = before.begins = false;
    }
    for (size_t i = from; i < from + room; i++, now++) {
        const struct sl_read_token *t = &b->token[i];
        const struct sl_known_more *more = &s->memo.more[b->number[i]];
        const bool two = sl_phrase_set_may_have(set, last.hash, more->hash);
        const bool three =
            sl_phrase_set_may_have(set, sl_phrase_pair(before.hash, last.hash), more->hash);
        if (two & last.begins) {
            now[-1].polarity.starts_phrase = true;
        }
        if (three & before.begins) {
            now[-2].polarity.starts_phrase = true;
        }
        *now = (struct sl_reading){.word = feature_of_row(s, b->word[i + 1]),
                                   .bigram = feature_of_row(s, b->bigram[i + 1]),
                                   .vector = more->vector,
                                   .polarity = more->polarity,
                                   .mention = t->kind == SL_TOKEN_MENTION,
                                   .negator = b->negator[i],
                                   .negated = b->turned[i],
                                   .after_break = t->after_break,
                                   .begin = t->begin,
                                   .end = t->begin + t->len};
        now->polarity.starts_phrase = false; /* until a phrase is met */
        before = last;
        last = (struct sl_opening_word){more->hash, more->polarity.starts_phrase};
    }
    s->readings.n += room;
    s->last = last;
    s->before_last = before;
    return true;
}

#endif
