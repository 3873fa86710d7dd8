/* Words where the text is plain, as the scan found them; compiled twice, like block.h. */
#ifndef SL_JUDGE_WORDS_H
#define SL_JUDGE_WORDS_H

#include "base/bytes.h"
#include "judge/reader.h"

#include <string.h>

/* The key of p[0, len), len <= 16, of which 16 bytes may be read. */
static inline void quick_key(const char *p, size_t len, struct sl_key *key)
{
    static const uint8_t mask[32] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    const uint8_t *of_len = mask + (16 - len);
#ifdef SL_AVX2
    __m128i bytes = _mm_and_si128(_mm_loadu_si128((const __m128i *)p),
                                  _mm_loadu_si128((const __m128i *)of_len));
    key->low = (uint64_t)_mm_cvtsi128_si64(bytes);
    key->high = (uint64_t)_mm_extract_epi64(bytes, 1);
#else
    uint64_t kept[2];
    memcpy(&key->low, p, 8);
    memcpy(&key->high, p + 8, 8);
    memcpy(kept, of_len, 16);
    key->low &= kept[0];
    key->high &= kept[1];
#endif
    key->hash = sl_memo_hash(key->low, key->high);
}

static inline bool is_www(const struct sl_key *key)
{
    return key->low == ('w' | 'w' << 8 | 'w' << 16);
}

/* Words of at most 16 bytes that end before `stop`, before which as many may be read of each. Nothing is
 * called here, so that what the loop needs stays in registers. */
static __attribute__((noinline)) void take_short_words(const struct sl_reader *r,
                                                       struct sl_words *w,
                                                       const struct sl_read_token *t_end,
                                                       uint32_t stop)
{
    const size_t from = r->from;
    const char *text = r->text + from;
    const struct sl_known_two *known = r->memo->known;
    const uint32_t shift = sl_memo_shift(r->memo->bits);
    const uint32_t what = w->what;
    struct sl_read_token *t = w->t;
    struct sl_key *key = w->key;
    const uint32_t *edge = w->edge;
    const uint32_t *broken = w->broken;
    for (; t < t_end; t++, key++, edge += 2) {
        const size_t begin = edge[0];
        const uint32_t behind = edge[1];
        const uint32_t len = behind - (uint32_t)begin;
        const bool after_break = begin == *broken;
        if (behind >= stop || len > 16) {
            break;
        }
        quick_key(text + begin, len, key);
        if (is_www(key)) {
            break;
        }
        __builtin_prefetch(known + (key->hash >> shift));
        t->begin = from + begin;
        t->len = len;
        t->what = what;
        t->after_break = after_break;
        broken += after_break;
    }
    w->t = t;
    w->key = key;
    w->edge = edge;
    w->broken = broken;
}

static void take_words(const struct sl_reader *r, struct sl_words *w,
                       const struct sl_read_token *t_end, uint32_t stop, uint32_t roomy)
{
    for (;;) {
        uint32_t begin;
        uint32_t behind;
        take_short_words(r, w, t_end, stop < roomy ? stop : roomy);
        begin = w->edge[0];
        behind = w->edge[1];
        if (w->t == t_end || behind >= stop) {
            break;
        }
        sl_memo_key(r->text + r->from + begin, behind - begin, w->key);
        if (is_www(w->key)) {
            break; /* perhaps an address: its point need not stand between letters */
        }
        *w->t = (struct sl_read_token){.begin = r->from + begin, .len = behind - begin};
        w->t->what = w->what;
        w->t->after_break = begin == *w->broken;
        w->broken += w->t->after_break;
        w->t++;
        w->key++;
        w->edge += 2;
    }
}

#endif
