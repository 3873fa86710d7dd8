#include "report/facts.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void sl_facts_free(struct sl_facts *f)
{
    free(f->fact);
    free(f->figure);
    free(f->prob);
    sl_strings_free(&f->source);
    sl_strings_free(&f->group);
    sl_arena_free(&f->arena);
}

/* The number of a name; SL_TABLE_NONE where there is none. False when memory is short. */
static bool number_of(struct sl_strings *names, const struct sl_text *name, uint32_t *out)
{
    *out = SL_TABLE_NONE;
    if (name->p == NULL || name->len == 0) {
        return true;
    }
    *out = sl_strings_add(names, name->p, name->len);
    return *out != SL_TABLE_NONE;
}

bool sl_facts_add(struct sl_facts *f, const struct sl_fact *fact, const struct sl_text *source,
                  const struct sl_text *group, const uint64_t *figure, const uint16_t *prob)
{
    size_t n_prob = (size_t)fact->n_sentence * f->n_column;
    size_t width = 2 * (size_t)f->n_column;
    struct sl_fact *to;
    /* one figure more, so that it is not NULL where there are no heads */
    if (!sl_grow(&f->fact, &f->cap_fact, f->n + 1, sizeof *f->fact) ||
        !sl_grow(&f->figure, &f->cap_figure, (f->n + 1) * width + 1, sizeof *f->figure) ||
        !sl_grow(&f->prob, &f->cap_prob, f->n_sentence * f->n_column + n_prob, sizeof *f->prob)) {
        return false;
    }
    to = &f->fact[f->n];
    *to = *fact;
    to->doc.p = sl_arena_copy(&f->arena, fact->doc.p, fact->doc.len);
    to->name.p = fact->name.p == fact->doc.p
                     ? to->doc.p
                     : sl_arena_copy(&f->arena, fact->name.p, fact->name.len);
    if (!number_of(&f->source, source, &to->source) || !number_of(&f->group, group, &to->group)) {
        return false;
    }
    if (to->doc.p == NULL || to->name.p == NULL) {
        return false;
    }
    if (n_prob > 0) {
        memcpy(f->prob + f->n_sentence * f->n_column, prob, n_prob * sizeof *prob);
    }
    to->first = f->n_sentence;
    f->n_sentence += (size_t)fact->n_sentence;
    if (width > 0) {
        memcpy(f->figure + f->n * width, figure, width * sizeof *figure);
    }
    f->n++;
    return true;
}

/* ---- periods ---- */

const char *const sl_period_name[] = {"auto", "day", "week", "month", "year"};

int32_t sl_period_number(enum slant_period period, int32_t day)
{
    int year;
    int month;
    int of_month;
    switch (period) {
    case SLANT_PERIOD_WEEK: /* 1970-01-01 was a Thursday */
        return day + 3 >= 0 ? (day + 3) / 7 : -((-(day + 3) + 6) / 7);
    case SLANT_PERIOD_MONTH:
        sl_day_date(day, &year, &month, &of_month);
        return (year - 1970) * 12 + month - 1;
    case SLANT_PERIOD_YEAR:
        sl_day_date(day, &year, &month, &of_month);
        return year - 1970;
    case SLANT_PERIOD_AUTO:
    case SLANT_PERIOD_DAY:
        break;
    }
    return day;
}

static int32_t period_begin(enum slant_period period, int32_t day)
{
    int year;
    int month;
    int of_month;
    sl_day_date(day, &year, &month, &of_month);
    switch (period) {
    case SLANT_PERIOD_WEEK:
        return 7 * sl_period_number(period, day) - 3;
    case SLANT_PERIOD_MONTH:
        return sl_day_number(year, month, 1);
    case SLANT_PERIOD_YEAR:
        return sl_day_number(year, 1, 1);
    case SLANT_PERIOD_AUTO:
    case SLANT_PERIOD_DAY:
        break;
    }
    return day;
}

/* ---- groups ---- */

void sl_groups_free(struct sl_groups *g)
{
    free(g->group);
    free(g->order);
    sl_arena_free(&g->arena);
    memset(g, 0, sizeof *g);
}

struct keyed {
    int64_t key;
    uint32_t article;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->article < y->article ? -1 : x->article > y->article;
}

/* Articles of equal key become a group, in the order of the keys. */
static bool group(const struct sl_facts *f, const struct sl_layout *l, struct keyed *keyed,
                  size_t n, struct sl_groups *out)
{
    size_t n_group = 0;
    if (n > 0) {
        qsort(keyed, n, sizeof *keyed, by_key);
    }
    for (size_t i = 0; i < n; i++) {
        n_group += i == 0 || keyed[i].key != keyed[i - 1].key;
    }
    out->group = sl_array_zero(n_group, sizeof *out->group);
    out->order = sl_array(n, sizeof *out->order);
    if (out->group == NULL || out->order == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        out->order[i] = keyed[i].article;
        if (i == 0 || keyed[i].key != keyed[i - 1].key) {
            out->group[out->n++].article = out->order + i;
        }
        out->group[out->n - 1].n_article++;
    }
    for (size_t i = 0; i < out->n; i++) {
        if (!sl_group_sum(f, l, &out->group[i])) {
            return false;
        }
    }
    return true;
}

static enum slant_period choose_period(const struct sl_facts *f)
{
    static const struct {
        enum slant_period period;
        int32_t most;
    } choice[] = {{SLANT_PERIOD_DAY, 31}, {SLANT_PERIOD_WEEK, 26}, {SLANT_PERIOD_MONTH, 60}};
    int32_t first = SL_NO_DAY;
    int32_t last = SL_NO_DAY;
    for (size_t i = 0; i < f->n; i++) {
        int32_t day = f->fact[i].day;
        if (day != SL_NO_DAY && f->fact[i].copy_of == SL_TABLE_NONE) {
            first = first == SL_NO_DAY || day < first ? day : first;
            last = last == SL_NO_DAY || day > last ? day : last;
        }
    }
    for (size_t i = 0; first != SL_NO_DAY && i < sizeof choice / sizeof choice[0]; i++) {
        if (sl_period_number(choice[i].period, last) - sl_period_number(choice[i].period, first) <
            choice[i].most) {
            return choice[i].period;
        }
    }
    return SLANT_PERIOD_YEAR;
}

enum by { BY_PERIOD, BY_SOURCE, BY_GROUP };

#define NO_KEY INT64_MIN

static int64_t key_of(const struct sl_fact *a, enum by by, enum slant_period period)
{
    uint32_t name = by == BY_SOURCE ? a->source : a->group;
    if (by == BY_PERIOD) {
        return a->day == SL_NO_DAY ? NO_KEY : sl_period_number(period, a->day);
    }
    return name == SL_TABLE_NONE ? NO_KEY : name;
}

/* Articles by their key, without copies and without names of the groups. */
static bool group_by(const struct sl_facts *f, const struct sl_layout *l, enum by by,
                     enum slant_period period, struct sl_groups *out)
{
    struct keyed *keyed = sl_array(f->n, sizeof *keyed);
    size_t n = 0;
    bool ok;
    memset(out, 0, sizeof *out);
    if (keyed == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < f->n; i++) {
        int64_t key = key_of(&f->fact[i], by, period);
        if (f->fact[i].copy_of != SL_TABLE_NONE) {
            continue;
        }
        out->n_left_out += key == NO_KEY;
        if (key != NO_KEY) {
            keyed[n++] = (struct keyed){key, i};
        }
    }
    ok = group(f, l, keyed, n, out);
    free(keyed);
    return ok;
}

bool sl_groups_by_period(const struct sl_facts *f, const struct sl_layout *l,
                         enum slant_period *period, struct sl_groups *out)
{
    bool ok;
    if (*period == SLANT_PERIOD_AUTO) {
        *period = choose_period(f);
    }
    ok = group_by(f, l, BY_PERIOD, *period, out);
    for (size_t i = 0; ok && i < out->n; i++) {
        struct sl_group *g = &out->group[i];
        struct sl_buf name = {0};
        g->day = period_begin(*period, f->fact[g->article[0]].day);
        sl_put_day(&name, g->day);
        if (!name.failed) {
            size_t len = *period == SLANT_PERIOD_MONTH  ? name.len - 3
                         : *period == SLANT_PERIOD_YEAR ? name.len - 6
                                                        : name.len;
            g->name = (struct sl_text){sl_arena_copy(&out->arena, name.p, len), len};
        }
        ok = g->name.p != NULL;
        sl_buf_free(&name);
    }
    if (!ok) {
        sl_groups_free(out);
    }
    return ok;
}

static int by_size(const void *a, const void *b)
{
    const struct sl_group *x = a;
    const struct sl_group *y = b;
    size_t shorter = x->name.len < y->name.len ? x->name.len : y->name.len;
    int order;
    if (x->n_sentence != y->n_sentence) {
        return x->n_sentence > y->n_sentence ? -1 : 1;
    }
    order = memcmp(x->name.p, y->name.p, shorter);
    return order != 0 ? order : x->name.len < y->name.len ? -1 : x->name.len > y->name.len;
}

static bool by_name(const struct sl_facts *f, const struct sl_layout *l, enum by by,
                    struct sl_groups *out)
{
    const struct sl_strings *names = by == BY_SOURCE ? &f->source : &f->group;
    bool ok = group_by(f, l, by, SLANT_PERIOD_AUTO, out);
    for (size_t i = 0; ok && i < out->n; i++) {
        struct sl_group *g = &out->group[i];
        const struct sl_fact *first = &f->fact[g->article[0]];
        uint32_t name = by == BY_SOURCE ? first->source : first->group;
        g->name = (struct sl_text){sl_strings_get(names, name), names->length[name]};
    }
    if (!ok) {
        sl_groups_free(out);
    } else if (out->n > 0) {
        qsort(out->group, out->n, sizeof *out->group, by_size);
    }
    return ok;
}

bool sl_groups_by_source(const struct sl_facts *f, const struct sl_layout *l, struct sl_groups *out)
{
    return by_name(f, l, BY_SOURCE, out);
}

bool sl_groups_by_group(const struct sl_facts *f, const struct sl_layout *l, struct sl_groups *out)
{
    return by_name(f, l, BY_GROUP, out);
}
