/* What a report is made of: dates, groups, near-copies, comparisons, speakers, escaping. */
#include "base/plain.h"
#include "report/compare.h"
#include "report/copies.h"
#include "report/html.h"
#include "report/roster.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- dates ---- */

static int32_t day(const char *date)
{
    return sl_day_of(date, strlen(date));
}

static void periods(void **state)
{
    (void)state;
    /* 1970-01-05 was a Monday */
    assert_int_equal(sl_period_number(SLANT_PERIOD_WEEK, day("1970-01-04")),
                     sl_period_number(SLANT_PERIOD_WEEK, day("1969-12-29")));
    assert_int_equal(sl_period_number(SLANT_PERIOD_WEEK, day("1970-01-05")),
                     sl_period_number(SLANT_PERIOD_WEEK, day("1970-01-04")) + 1);
    assert_int_equal(sl_period_number(SLANT_PERIOD_WEEK, day("1969-12-28")),
                     sl_period_number(SLANT_PERIOD_WEEK, day("1969-12-29")) - 1);
    assert_int_equal(sl_period_number(SLANT_PERIOD_MONTH, day("1971-02-28")), 13);
    assert_int_equal(sl_period_number(SLANT_PERIOD_YEAR, day("1968-02-28")), -2);
}

/* ---- groups and comparisons ---- */

static const char *const labels[] = {"favor", "against", "none"};

static struct sl_layout layout_of_stance(void)
{
    struct sl_layout l = {.n_head = 1, .n_column = 3, .has_sides = true, .side = {0, 1}};
    l.head[0] = (struct slant_head){"stance", labels, 3};
    l.poles[0] = (struct sl_poles){true, 1, 0};
    return l;
}

/* An article of n sentences, `favor` of them surely in favor, the others against. */
static void add_article(struct sl_facts *f, int number, const char *date, const char *source,
                        size_t n, size_t favor)
{
    uint16_t prob[64][3] = {{0}};
    uint64_t figure[6] = {0};
    char doc[20];
    struct sl_text from = {source, source == NULL ? 0 : strlen(source)};
    struct sl_fact fact = {
        .day = date == NULL ? SL_NO_DAY : day(date), .n_sentence = n, .copy_of = SL_TABLE_NONE};
    (void)snprintf(doc, sizeof doc, "d%d", number);
    fact.doc = fact.name = (struct sl_text){doc, strlen(doc)};
    for (size_t i = 0; i < n; i++) {
        prob[i][i < favor ? 0 : 1] = 10000;
        figure[i < favor ? 0 : 1] += 10000;
        figure[3 + (i < favor ? 0 : 1)]++;
    }
    assert_true(sl_facts_add(f, &fact, &from, &(struct sl_text){NULL, 0}, figure, prob[0]));
}

static void groups_by_source_and_period(void **state)
{
    struct sl_layout l = layout_of_stance();
    struct sl_facts f = {.n_column = 3};
    struct sl_groups g;
    enum slant_period period = SLANT_PERIOD_AUTO;
    (void)state;
    add_article(&f, 1, "2031-03-05", "B", 4, 4);
    add_article(&f, 2, "2031-03-04", "A", 4, 1);
    add_article(&f, 3, NULL, "B", 6, 0);
    add_article(&f, 4, "2031-03-05", NULL, 2, 2);
    f.fact[3].copy_of = 0;
    assert_true(sl_groups_by_source(&f, &l, &g));
    assert_int_equal(g.n, 2);
    assert_int_equal(g.group[0].name.p[0], 'B'); /* most sentences first */
    assert_int_equal(g.group[0].n_sentence, 10);
    assert_true(fabs(g.group[0].share[0].share - 0.4) < 1e-12);
    assert_int_equal(g.n_left_out, 0); /* the copy counts nowhere */
    sl_groups_free(&g);
    assert_true(sl_groups_by_period(&f, &l, &period, &g));
    assert_int_equal(period, SLANT_PERIOD_DAY);
    assert_int_equal(g.n, 2);
    assert_memory_equal(g.group[0].name.p, "2031-03-04", 10);
    assert_int_equal(g.group[1].n_article, 1);
    assert_int_equal(g.n_left_out, 1);
    sl_groups_free(&g);
    sl_facts_free(&f);
}

static void a_real_difference_is_found(void **state)
{
    struct sl_layout l = layout_of_stance();
    struct sl_facts f = {.n_column = 3};
    struct sl_groups g;
    struct sl_comparison c;
    (void)state;
    for (int i = 0; i < 30; i++) {
        add_article(&f, i, NULL,
                    i % 3 == 0   ? "for"
                    : i % 3 == 1 ? "even"
                                 : "also even",
                    10, i % 3 == 0 ? 9 : 4 + (size_t)i % 2);
    }
    assert_true(sl_groups_by_source(&f, &l, &g));
    assert_true(sl_compare(&f, &l, &g, &c));
    assert_int_equal(c.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct sl_difference *d = &c.item[i];
        bool found = d->group->name.len == 3;
        assert_true(d->low <= d->difference && d->difference <= d->high);
        assert_true(d->p_holm >= d->p && d->p_holm <= 1);
        assert_true(found ? d->p_holm < 0.001 && d->low > 0.5 : d->difference < 0);
    }
    sl_comparison_free(&c);
    sl_groups_free(&g);
    sl_facts_free(&f);
}

/* Under no difference p is even: over many collections, a tenth of them at most below 0.1. */
static void chance_is_not_a_difference(void **state)
{
    struct sl_layout l = layout_of_stance();
    struct sl_rng rng = {3};
    int low = 0;
    (void)state;
    for (int round = 0; round < 60; round++) {
        struct sl_facts f = {.n_column = 3};
        struct sl_groups g;
        struct sl_comparison c;
        for (int i = 0; i < 16; i++) {
            add_article(&f, i, NULL, i % 2 == 0 ? "one" : "two", 8, (size_t)sl_rng_below(&rng, 9));
        }
        assert_true(sl_groups_by_source(&f, &l, &g) && sl_compare(&f, &l, &g, &c));
        assert_int_equal(c.n, 1);
        assert_true(c.item[0].p == c.item[0].p_holm);
        low += c.item[0].p < 0.1;
        sl_comparison_free(&c);
        sl_groups_free(&g);
        sl_facts_free(&f);
    }
    assert_in_range(low, 1, 13); /* 6 expected */
}

static void too_few_articles_are_not_compared(void **state)
{
    struct sl_layout l = layout_of_stance();
    struct sl_facts f = {.n_column = 3};
    struct sl_groups g;
    struct sl_comparison c;
    (void)state;
    for (int i = 0; i < 9; i++) {
        add_article(&f, i, NULL, i < 5 ? "one" : "two", 3, 1);
    }
    assert_true(sl_groups_by_source(&f, &l, &g) && sl_compare(&f, &l, &g, &c));
    assert_int_equal(c.n, 0);
    sl_comparison_free(&c);
    sl_groups_free(&g);
    sl_facts_free(&f);
}

/* ---- near-copies ---- */

static uint32_t add_text(struct sl_copies *c, uint32_t number, const char *text)
{
    struct sl_sketch s;
    uint32_t of;
    sl_sketch_begin(&s);
    sl_sketch_add(&s, text, strlen(text));
    assert_true(sl_copies_add(c, &s, number, &of));
    return of;
}

/* n words made from a seed. */
static char *words(uint64_t seed, size_t n)
{
    struct sl_rng rng = {seed};
    char *text = malloc(n * 8 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(text + i * 8, 9, "w%06u ", (unsigned)sl_rng_below(&rng, 1000000));
    }
    return text;
}

static void near_copies_are_found(void **state)
{
    struct sl_copies c = {0};
    char *a = words(1, 300);
    char *b = words(2, 300);
    (void)state;
    assert_int_equal(add_text(&c, 0, a), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 1, b), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 2, a), 0);
    memcpy(b + 8 * 100, "changed ", 8); /* one word of 300 */
    assert_int_equal(add_text(&c, 3, b), 1);
    b[8 * 270] = 0; /* and a tenth cut off */
    assert_int_equal(add_text(&c, 4, b), 1);
    b[8 * 60] = 0; /* a fifth is no copy */
    assert_int_equal(add_text(&c, 5, b), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 6, ""), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 7, ""), SL_TABLE_NONE); /* empty texts have nothing in common */
    assert_int_equal(add_text(&c, 8, "Two words"), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 9, "Quite a short text, this."), SL_TABLE_NONE);
    assert_int_equal(add_text(&c, 10, "quite A short   text -- this"), 9);
    free(a);
    free(b);
    sl_copies_free(&c);
}

/* ---- HTML ---- */

static void html_is(const char *text, size_t len, const char *wanted)
{
    struct sl_buf b = {0};
    sl_buf_text(&b, "<>");
    sl_html_text(&b, text, len);
    sl_buf_byte(&b, 0);
    assert_string_equal(b.p, wanted);
    sl_buf_free(&b);
}

static void text_is_escaped(void **state)
{
    (void)state;
    html_is("plain", 5, "<>plain");
    html_is("<a href=\"x\" b='y'>&amp;", 23,
            "<>&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
    html_is("\1\2\3\4", 4, "<>\\u{1}\\u{2}\\u{3}\\u{4}");
    html_is("a\0b", 3, "<>a\\u{0}b");
    html_is("\xff<", 2, "<>\xef\xbf\xbd&lt;");
    html_is("\xe2\x80\xae<", 4, "<>\\u{202e}&lt;");
}

static void shares_are_rounded_honestly(void **state)
{
    struct sl_buf b = {0};
    (void)state;
    sl_html_put(&b, "%p|%p|%p|%p|%p|%f|%f|%u|%s", 0.0, 0.0001, 0.5, 0.9999, 1.0, 2.0, 2.25,
                (uint64_t)7, "<");
    sl_buf_byte(&b, 0);
    assert_string_equal(b.p, "0|&lt;1|50|&gt;99|100|2|2.3|7|&lt;");
    b.len = 0;
    for (int i = 0; i < 5; i++) {
        static const double share[5] = {0, 0.0001, 0.07, 0.9999, 1};
        sl_plain_right_percent(&b, share[i]);
        sl_plain_blank_percent(&b, share[i]);
        sl_buf_byte(&b, '|');
    }
    sl_buf_byte(&b, 0);
    assert_string_equal(b.p, "  0 0| <1 <1|  7 7|>99 >99|100 100|");
    sl_buf_free(&b);
}

/* ---- speakers ---- */

/* Adds a statement of somebody with these probabilities of for, against and none. */
static void says(struct sl_roster *r, const char *name, uint64_t article, uint64_t place,
                 const uint16_t prob[3])
{
    static const char *const label[] = {"favor", "against", "none"};
    static const struct slant_head head = {"stance", label, 3};
    static const uint32_t side[2] = {0, 1};
    const struct sl_statement st = {.speaker = {name, strlen(name)}, .prob = prob};
    const struct sl_scored s = {
        .doc = {"d", 1}, .text = {"Yes.", 4}, .n = place, .statement = &st, .n_statement = 1};
    assert_true(sl_roster_add(r, &s, article, place, 0, &head, side, true));
}
static void ana_says(struct sl_roster *r, uint64_t article, uint64_t place, const uint16_t prob[3])
{
    says(r, "Ana", article, place, prob);
}

/* A label of an interview that is another speaker, or the name that all see. */
static void speakers_in_capitals_are_themselves(void **state)
{
    static const char *const label[] = {"favor", "against", "none"};
    static const struct slant_head head = {"stance", label, 3};
    static const uint32_t side[2] = {0, 1};
    static const uint16_t prob[3] = {9000, 500, 500};
    static const char *const name[] = {"ANA ROE", "Ana Roe", "ANA ROE", "BBC"};
    struct sl_roster article = {0};
    struct sl_roster all = {0};
    const struct sl_standpoint *row;
    size_t n;
    (void)state;
    for (uint64_t i = 0; i < 4; i++) {
        says(&article, name[i], i + 1, 1, prob);
        assert_true(sl_roster_join(&all, &article));
        sl_roster_empty(&article);
    }
    row = sl_roster_rows(&all, &head, side, true, &n);
    assert_int_equal(n, 2);
    assert_int_equal(row[0].n_article, 3);
    assert_int_equal(row[0].len, 7);
    assert_memory_equal(row[0].name, "Ana Roe", 7);
    assert_memory_equal(row[1].name, "BBC", 3);
    sl_roster_free(&article);
    sl_roster_free(&all);
}

static void speakers_have_a_balance_and_a_place(void **state)
{
    static const char *const label[] = {"favor", "against", "none"};
    static const struct slant_head head = {"stance", label, 3};
    static const uint32_t side[2] = {0, 1};
    static const uint16_t strong[3] = {9000, 500, 500};
    static const uint16_t weak[3] = {6000, 1000, 3000};
    static const uint16_t sure[3] = {10000, 0, 0};
    struct sl_roster article = {0};
    struct sl_roster all = {0};
    const struct sl_standpoint *row;
    size_t n;
    (void)state;
    ana_says(&article, 1, 4, weak);
    assert_true(sl_roster_join(&all, &article));
    sl_roster_empty(&article);
    ana_says(&article, 2, 7, strong);
    assert_true(sl_roster_join(&all, &article));
    row = sl_roster_rows(&all, &head, side, true, &n);
    assert_int_equal(n, 1);
    assert_int_equal(row->n_article, 2);
    assert_int_equal(row->article, 2);
    assert_int_equal(row->place, 7);
    assert_true(fabs(row->balance - (0.85 + 0.5) / 2) < 1e-12);
    assert_true(row->balance_low < row->balance && row->balance <= row->balance_high);
    assert_true(row->balance_low >= -1 && row->balance_high <= 1);
    sl_roster_empty(&article);
    for (uint64_t i = 1; i <= 50; i++) {
        ana_says(&article, 3, i, sure);
    }
    row = sl_roster_rows(&article, &head, side, true, &n);
    assert_int_equal(row->place, 1);
    assert_true(row->balance_low == 1 && row->balance_high == 1);
    sl_roster_empty(&article);
    for (uint64_t i = 1; i <= 400; i++) {
        ana_says(&article, 4, i, weak);
    }
    /* 0.5 and its normal interval: the variance of a statement is 0.45 */
    row = sl_roster_rows(&article, &head, side, true, &n);
    assert_true(fabs(row->balance_low - (0.5 - 1.96 * sqrt(0.45 / 400))) < 0.005);
    assert_true(fabs(row->balance_high - (0.5 + 1.96 * sqrt(0.45 / 400))) < 0.005);
    sl_roster_free(&article);
    sl_roster_free(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods),
        cmocka_unit_test(groups_by_source_and_period),
        cmocka_unit_test(a_real_difference_is_found),
        cmocka_unit_test(chance_is_not_a_difference),
        cmocka_unit_test(too_few_articles_are_not_compared),
        cmocka_unit_test(near_copies_are_found),
        cmocka_unit_test(speakers_in_capitals_are_themselves),
        cmocka_unit_test(speakers_have_a_balance_and_a_place),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(shares_are_rounded_honestly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
