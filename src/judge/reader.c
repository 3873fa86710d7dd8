#include "judge/reader.h"
#include "base/bytes.h"

#include <string.h>

void sl_reader_begin(struct sl_reader *r, const char *text, size_t len, const struct sl_item *item,
                     size_t n_item)
{
    r->text = text;
    r->len = len;
    r->item = item;
    r->n_item = n_item;
    r->at_item = 0;
    r->begun = r->mentions = r->tags = false;
    r->from = r->to = 0;
}

/* Scans from where the sentence is read on: to the end of the last of the sentences that fit, or, of
 * a long one, to a blank, which no token spans. False where there is none. */
static bool scan_on(struct sl_reader *r)
{
    const struct sl_item *item = &r->item[r->at_item];
    size_t from = r->it.at;
    size_t to = item->span.end;
    for (size_t i = r->at_item + 1;
         i < r->n_item && r->item[i].span.begin >= to && r->item[i].span.end - from <= SL_SCAN_MAX;
         i++) {
        to = r->item[i].span.end;
    }
    if (to - from > SL_SCAN_MAX) {
        to = from + SL_SCAN_MAX;
        while (to > from && r->text[to - 1] != ' ') {
            to--;
        }
        if (to == from) {
            return false;
        }
    }
    r->from = from;
    r->to = to;
    r->edge = r->care = r->broken = 0;
    sl_scan(r->simd, r->text + from, to - from, &r->scan);
    return true;
}

/* 1 where a word behind it stands after a break. */
static const uint8_t breaks[256] = {
    [','] = 1, [';'] = 1, [':'] = 1, ['.'] = 1, ['!'] = 1, ['?'] = 1, ['('] = 1, [')'] = 1};

static bool has_break(const char *p, const char *end)
{
    uint8_t found = 0;
    for (; p < end; p++) {
        found |= breaks[(unsigned char)*p];
    }
    return found != 0;
}

/* Goes on in the scan to text[at], which it has seen. */
static inline void leave_behind(struct sl_reader *r, size_t at)
{
    const uint32_t seen = (uint32_t)(at - r->from);
    while (r->scan.care[r->care] < seen) {
        r->care++;
    }
    while (r->edge < r->scan.n_edge && r->scan.edge[r->edge + 1] <= seen) {
        r->edge += 2;
    }
}

/* Begins the next sentence where the scan has seen it and nothing is masked in it. */
static inline bool begin_plainly(struct sl_reader *r)
{
    const struct sl_item *item = &r->item[r->at_item + 1];
    if (r->at_item + 1 >= r->n_item || item->n_mask > 0 || item->span.begin < r->it.at ||
        item->span.end > r->to) {
        return false;
    }
    leave_behind(r, item->span.begin);
    r->at_item++;
    r->it.at = item->span.begin;
    r->it.end = item->span.end;
    r->it.hashtag_end = 0;
    r->it.after_break = false;
    r->first = true;
    return true;
}

/* Notes that t is its sentence's first token, if it is. */
static inline void note_first(struct sl_reader *r, struct sl_read_token *t)
{
    t->first = r->first;
    r->start[r->n_start] = (uint32_t)(t - r->out);
    r->n_start += r->first;
    r->first = false;
}

/* Words up to `limit`, which the scan has seen, until one is not plain. */
static inline struct sl_read_token *read_words(struct sl_reader *r, size_t limit,
                                               struct sl_read_token *t_first,
                                               const struct sl_read_token *t_end,
                                               struct sl_key *key)
{
    const struct sl_scan *s = &r->scan;
    const size_t from = r->from;
    /* before which 16 bytes may be read, in an order that masks fit */
    const uint32_t roomy = r->len < 16 + from || !sl_little_endian() ? 0
                           : r->len - 15 - from > SL_SCAN_MAX        ? SL_SCAN_MAX + 2
                                                              : (uint32_t)(r->len - 15 - from);
    const uint32_t end = (uint32_t)(limit - from);
    /* the first byte that no word may touch: a run up to a sentence's end is a word */
    const uint32_t stop = s->care[r->care] < end ? s->care[r->care] : end + 1;
    const struct sl_read_token word = {.item = (uint8_t)r->at_item, .kind = SL_TOKEN_WORD};
    struct sl_words w = {t_first, key, s->edge + r->edge, s->broken + r->broken, word.what};
    if (w.edge[0] < r->it.at - from) {
        return t_first; /* within a run: only the first can be */
    }
    while (*w.broken < w.edge[0]) {
        w.broken++;
    }
    r->take_words(r, &w, t_end, stop, roomy);
    if (w.t > t_first) {
        /* the gap begins where the token before ended, or the sentence begins */
        t_first->after_break =
            r->it.after_break || has_break(r->text + r->it.at, r->text + t_first->begin);
        r->it.after_break = false;
        note_first(r, t_first);
        r->it.at = w.t[-1].begin + w.t[-1].len;
    }
    r->edge = (uint32_t)(w.edge - s->edge);
    r->broken = (uint32_t)(w.broken - s->broken);
    return w.t;
}

/* Whether nothing but plain text stands between here and `limit`. */
static bool gap_is_plain(const struct sl_reader *r, size_t limit)
{
    const struct sl_scan *s = &r->scan;
    return r->from + s->care[r->care] >= limit &&
           (r->edge >= s->n_edge || r->from + s->edge[r->edge] >= limit);
}

/* One token by the reference; false at the sentence's end. */
static bool read_slowly(struct sl_reader *r, struct sl_read_token *out, struct sl_key *key)
{
    struct sl_token t;
    if (!sl_tokens_next(&r->it, &t)) {
        return false;
    }
    *out = (struct sl_read_token){.begin = t.begin,
                                  .len = (uint32_t)(t.end - t.begin),
                                  .item = (uint8_t)r->at_item,
                                  .kind = (uint8_t)t.kind,
                                  .after_break = t.after_break};
    note_first(r, out);
    r->mentions = r->mentions || t.kind == SL_TOKEN_MENTION;
    r->tags = r->tags || r->it.hashtag_end > 0;
    r->others = r->others || t.kind != SL_TOKEN_WORD;
    if (t.kind == SL_TOKEN_MENTION) {
        *key = sl_memo_no_key();
    } else {
        sl_memo_key(r->text + t.begin, t.end - t.begin, key);
    }
    if (!r->slow && r->it.at <= r->to) {
        leave_behind(r, r->it.at);
    }
    return true;
}

/* Tokens of the current sentence; *ended where it has no more. */
static size_t read_item(struct sl_reader *r, struct sl_read_token *out, struct sl_key *key,
                        size_t cap, bool *ended)
{
    size_t end = r->item[r->at_item].span.end;
    size_t n = 0;
    *ended = false;
    while (n < cap) {
        size_t limit;
        if (r->it.at >= end) {
            *ended = true;
            break;
        }
        if (!r->slow && (r->it.at < r->from || r->it.at >= r->to)) {
            r->slow = !scan_on(r);
        }
        limit = r->to < end ? r->to : end;
        if (!r->slow && r->it.at >= r->it.hashtag_end) {
            n = (size_t)(read_words(r, limit, out + n, out + cap, key + n) - out);
            if (n == cap) {
                break;
            }
            if (gap_is_plain(r, limit)) {
                if (limit >= end) {
                    if (begin_plainly(r)) {
                        end = r->it.end;
                        continue;
                    }
                    *ended = true;
                    break;
                }
                r->it.after_break |= has_break(r->text + r->it.at, r->text + limit);
                r->it.at = limit;
                continue;
            }
        }
        if (!read_slowly(r, out + n, key + n)) {
            *ended = true;
            break;
        }
        n++;
    }
    return n;
}

static void begin_item(struct sl_reader *r)
{
    const struct sl_item *item = &r->item[r->at_item];
    sl_tokens_init(&r->it, r->text, item->span.begin, item->span.end, item->mask, item->n_mask);
    r->it.names_too = r->names_too;
    r->slow = item->n_mask > 0;
    r->begun = true;
    r->first = true;
    if (!r->slow && item->span.begin >= r->from && item->span.end <= r->to) {
        leave_behind(r, item->span.begin); /* seen by the scan */
    } else {
        r->from = r->to = 0;
    }
}

size_t sl_reader_next(struct sl_reader *r, struct sl_read_token *out, struct sl_key *key,
                      size_t cap, uint32_t *start, uint32_t *n_start)
{
    size_t n = 0;
    r->others = false;
    r->out = out;
    r->start = start;
    r->n_start = 0;
    while (n < cap && r->at_item < r->n_item) {
        bool ended;
        if (!r->begun) {
            begin_item(r);
        }
        n += read_item(r, out + n, key + n, cap - n, &ended);
        if (ended) {
            r->at_item++;
            r->begun = false;
        }
    }
    *n_start = r->n_start;
    return n;
}
