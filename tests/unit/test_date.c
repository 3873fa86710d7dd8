/* Dates as news data write them, and the calendar. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The text stands in memory of just its length: a read behind it is an error under ASan. */
static int32_t day(const char *date)
{
    size_t len = strlen(date);
    char *copy = malloc(len + (len == 0));
    int32_t n;
    assert_non_null(copy);
    memcpy(copy, date, len);
    n = sl_day_of(copy, len);
    free(copy);
    return n;
}

static void the_calendar(void **state)
{
    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("1969-12-31"), -1);
    assert_int_equal(day("2000-03-01"), 11017);
    assert_int_equal(day("0001-01-01"), -719162);
    assert_int_equal(sl_day_number(2000, 2, 29), 11016);
    assert_int_equal(sl_day_number(10000, 1, 1), SL_NO_DAY);
    for (int32_t d = day("0001-01-01"); d <= day("9999-12-31"); d += 97) {
        struct sl_buf b = {0};
        sl_put_day(&b, d);
        assert_int_equal(b.len, 10);
        assert_int_equal(sl_day_of(b.p, b.len), d);
        sl_buf_free(&b);
    }
}

static void every_way_to_write_a_day(void **state)
{
    static const char *const same[] = {"2026-11-24",
                                       " 2026-11-24\n",
                                       "2026-11-24T10:00:00Z",
                                       "2026-11-24T23:59:59.999+05:30",
                                       "2026-11-24T10:00:00-0500",
                                       "2026-11-24t10:00",
                                       "2026-11-24 10:00:00",
                                       "2026-11-24 10:00:00,25 UTC",
                                       "2026-11-24Z",
                                       "2026-11-24+01:00",
                                       "2026/11/24",
                                       "2026/11/24 07:05",
                                       "20261124",
                                       "20261124T100000Z",
                                       "20261124T1000",
                                       "Tue, 24 Nov 2026 10:00:00 GMT",
                                       "Tue, 24 Nov 2026 10:00:00 +0100 (CET)",
                                       "24 Nov 2026 10:00 EST",
                                       "24 November 2026",
                                       "24 NOVEMBER 2026",
                                       "24th November, 2026",
                                       "24-Nov-2026",
                                       "Tuesday 24 November 2026",
                                       "November 24, 2026",
                                       "Nov. 24, 2026",
                                       "nov 24 2026",
                                       "November 24th, 2026",
                                       "Tuesday, November 24, 2026, 9:05 am",
                                       "Nov. 24, 2026 at 10:00 a.m. ET"};
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (day(same[i]) != sl_day_number(2026, 11, 24)) {
            print_error("%s\n", same[i]);
        }
        assert_int_equal(day(same[i]), sl_day_number(2026, 11, 24));
    }
    assert_int_equal(day("2026-3-4"), sl_day_number(2026, 3, 4));
    assert_int_equal(day("Sept. 1, 2026"), sl_day_number(2026, 9, 1));
    assert_int_equal(day("1st May 2026"), sl_day_number(2026, 5, 1));
    assert_int_equal(day("29 Feb 2028"), sl_day_number(2028, 2, 29));
}

static void what_is_no_day(void **state)
{
    static const char *const wrong[] = {
        "", " ", "2031", "2031-02", "2031-02-30", "2031-13-01", "2031-00-10", "2031-01-00",
        "0000-01-01", "2031-02-031", "x031-02-03", "2100-02-29", "-2031-02-03",
        /* one of two days, or of two centuries */
        "03/04/2026", "11/24/2026", "24.11.2026", "03-04-2026", "26/11/24", "24 Nov 26",
        "Tuesday, 24-Nov-26 10:00:00 GMT", "November 2026", "24 November", "Nov 24",
        /* not a day alone */
        "2026-11-24/2026-11-30", "2026-11-24 to 2026-11-30", "2026-11-24T", "2026-11-24 10",
        "2026-11-24 10:", "2026-11-24 10:0", "2026-11-24 10:00:", "2026-11-24 10:00.",
        "2026-11-24 yesterday", "2026-11-2410:00", "2026-11-24 10:00 2026", "2026-11-24+1",
        /* numbers of another kind */
        "1764547200", "1764547200000", "24112026", "2026112", "2026-W48", "2026-11/24",
        /* words */
        "Nov", "today", "32 January 2026", "31 June 2026", "24 Novem 2026", "24 Nov", "Tue",
        "Novemberish 24, 2026", "th Nov 2026", "Tue, ", "24 24 November 2026"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (day(wrong[i]) != SL_NO_DAY) {
            print_error("%s\n", wrong[i]);
        }
        assert_int_equal(day(wrong[i]), SL_NO_DAY);
    }
    assert_int_equal(sl_day_of(NULL, 0), SL_NO_DAY);
    assert_int_equal(sl_day_of("2026-11-24\0", 11), SL_NO_DAY);
}

/* Whatever stands there, what is read is a day of the calendar and nothing behind it is. */
static void any_bytes(void **state)
{
    static const char piece[][6] = {"2026", "11",  "24",  "-",  "/",  " ",  ",", ".", ":", "T",
                                    "Z",    "Nov", "Tue", "th", "at", "am", "+", "(", ")", "\0"};
    uint64_t seed = 1;
    (void)state;
    for (int round = 0; round < 200000; round++) {
        char text[80];
        size_t len = 0;
        int32_t d;
        for (int i = 0; i < 9; i++) {
            const char *p;
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            p = piece[(seed >> 33) % (sizeof piece / sizeof piece[0])];
            memcpy(text + len, p, strlen(p) + (*p == 0));
            len += strlen(p) + (*p == 0);
        }
        text[len] = 0;
        d = sl_day_of(text, len);
        assert_true(d == SL_NO_DAY || (d >= -719162 && d <= 2932896));
        if (d != SL_NO_DAY) {
            assert_null(memchr(text, 0, len));
            assert_int_equal(day(text), d);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calendar), cmocka_unit_test(every_way_to_write_a_day),
        cmocka_unit_test(what_is_no_day), cmocka_unit_test(any_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
