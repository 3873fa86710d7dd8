#include "base/date.h"

#include <string.h>

/* ---- the calendar ---- */

/* Days from civil and back: Hinnant, "chrono-compatible low-level date algorithms" (2013). */
int32_t sl_day_number(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400; /* year is not negative */
    int of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1] + (month == 2 && leap)) {
        return SL_NO_DAY;
    }
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void sl_day_date(int32_t day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = z / 146097; /* z is not negative: the first day is that of the year 1 */
    int of_era = z - era * 146097;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

static void put_padded(struct sl_buf *b, int v, size_t width)
{
    char text[8];
    for (size_t i = width; i-- > 0; v /= 10) {
        text[i] = (char)('0' + v % 10);
    }
    sl_buf_put(b, text, width);
}

void sl_put_day(struct sl_buf *b, int32_t day)
{
    int year;
    int month;
    int of_month;
    sl_day_date(day, &year, &month, &of_month);
    put_padded(b, year, 4);
    sl_buf_byte(b, '-');
    put_padded(b, month, 2);
    sl_buf_byte(b, '-');
    put_padded(b, of_month, 2);
}

/* ---- reading ---- */

struct cursor {
    const char *p, *end;
};

static char at(const struct cursor *c)
{
    return c->p < c->end ? *c->p : 0;
}

static bool is_digit(char x)
{
    return x >= '0' && x <= '9';
}

static char lower(char x)
{
    return x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
}

static bool is_letter(char x)
{
    return lower(x) >= 'a' && lower(x) <= 'z';
}

/* Passes over what is there of these characters; whether any was. */
static bool pass(struct cursor *c, const char *any)
{
    const char *from = c->p;
    while (c->p < c->end && *c->p != 0 && strchr(any, *c->p) != NULL) {
        c->p++;
    }
    return c->p > from;
}

/* A number of `fewest` to `most` digits, with no digit behind it; else -1, and nothing is passed. */
static int number(struct cursor *c, int fewest, int most)
{
    struct cursor from = *c;
    int value = 0;
    int n = 0;
    for (; n < most && is_digit(at(c)); n++) {
        value = value * 10 + *c->p++ - '0';
    }
    if (n < fewest || is_digit(at(c))) {
        *c = from;
        return -1;
    }
    return value;
}

/* How many letters there are. */
static size_t word(const struct cursor *c)
{
    size_t n = 0;
    while (c->p + n < c->end && is_letter(c->p[n])) {
        n++;
    }
    return n;
}

static bool says(const struct cursor *c, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (lower(c->p[i]) != name[i]) { /* the name's end is no letter */
            return false;
        }
    }
    return true;
}

/* Passes over a name of the list, whole or its first three letters; 0: there is none, else its number. */
static int name_in(struct cursor *c, const char *const *list, int n_list)
{
    size_t n = word(c);
    for (int i = 0; i < n_list; i++) {
        size_t len = strlen(list[i]);
        if ((n == 3 || n == len || (n == 4 && strcmp(list[i], "september") == 0)) && n <= len &&
            says(c, n, list[i])) {
            c->p += n;
            return i + 1;
        }
    }
    return 0;
}

static int month_name(struct cursor *c)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    return name_in(c, names, 12);
}

static void pass_weekday(struct cursor *c)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    if (name_in(c, names, 7) != 0) {
        (void)pass(c, "., ");
    }
}

/* "st", "nd", "rd", "th" of a day */
static void pass_ordinal(struct cursor *c)
{
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    for (int i = 0; i < 4 && word(c) == 2; i++) {
        if (says(c, 2, ends[i])) {
            c->p += 2;
            return;
        }
    }
}

/* ":00", a part of a time */
static bool pass_part(struct cursor *c)
{
    if (at(c) != ':') {
        return false;
    }
    c->p++;
    return number(c, 2, 2) >= 0;
}

/* "10:00", "10:00:00.25", "1000", "100000": only its shape is looked at. False: something else. */
static bool pass_time(struct cursor *c)
{
    if (number(c, 4, 4) < 0 && number(c, 6, 6) < 0) {
        if (number(c, 1, 2) < 0 || !pass_part(c)) {
            return false;
        }
        if (at(c) == ':' && !pass_part(c)) {
            return false;
        }
    }
    if (pass(c, ".,")) {
        if (!is_digit(at(c))) {
            return false;
        }
        while (is_digit(at(c))) {
            c->p++;
        }
    }
    return true;
}

/* "Z", "+0100", "-05:00", behind a time "GMT" too, and "(CET)" */
static bool pass_zone(struct cursor *c, bool timed)
{
    size_t n = word(c);
    if (pass(c, "+-")) {
        if (number(c, 4, 4) < 0 && (number(c, 2, 2) < 0 || (at(c) == ':' && !pass_part(c)))) {
            return false;
        }
    } else if (timed ? n <= 4 : n == 1 && says(c, 1, "z")) {
        c->p += n;
    }
    (void)pass(c, " ");
    if (at(c) == '(') {
        c->p++;
        c->p += word(c);
        if (at(c) != ')') {
            return false;
        }
        c->p++;
    }
    return true;
}

/* "am", "p.m." */
static void pass_half(struct cursor *c)
{
    bool dotted = word(c) == 1 && c->end - c->p >= 4 && c->p[1] == '.' && lower(c->p[2]) == 'm' &&
                  c->p[3] == '.';
    if ((lower(at(c)) == 'a' || lower(at(c)) == 'p') &&
        (dotted || (word(c) == 2 && lower(c->p[1]) == 'm'))) {
        c->p += dotted ? 4 : 2;
        (void)pass(c, " ");
    }
}

/* Whether nothing but a time stands behind the date. */
static bool ends(struct cursor *c)
{
    bool parted = pass(c, ", ");
    bool timed = false;
    if ((at(c) == 'T' || at(c) == 't') && c->p + 1 < c->end && is_digit(c->p[1])) {
        c->p++;
        parted = true;
    } else if (parted && word(c) == 2 && says(c, 2, "at")) {
        c->p += 2;
        (void)pass(c, " ");
    }
    if (is_digit(at(c))) {
        timed = true;
        if (!parted || !pass_time(c)) {
            return false;
        }
        (void)pass(c, " ");
        pass_half(c);
    }
    return pass_zone(c, timed) && c->p == c->end;
}

/* Year, month and day in digits; the year goes first. */
static int32_t in_digits(struct cursor *c)
{
    struct cursor whole = *c;
    int all = number(&whole, 8, 8);
    int year;
    int month;
    char mark;
    if (all >= 0) {
        *c = whole;
        return sl_day_number(all / 10000, all / 100 % 100, all % 100);
    }
    year = number(c, 4, 4);
    mark = at(c);
    if (year < 0 || (mark != '-' && mark != '/')) {
        return SL_NO_DAY;
    }
    c->p++;
    month = number(c, 1, 2);
    if (at(c) != mark) {
        return SL_NO_DAY;
    }
    c->p++;
    return sl_day_number(year, month, number(c, 1, 2));
}

/* With the month's name, before or behind the day. */
static int32_t in_words(struct cursor *c)
{
    int month;
    int day;
    pass_weekday(c);
    month = month_name(c);
    if (month > 0) {
        (void)pass(c, ".");
        (void)pass(c, " ");
    }
    day = number(c, 1, 2);
    pass_ordinal(c);
    (void)pass(c, month > 0 ? "," : ".");
    (void)pass(c, month > 0 ? " " : " -");
    if (month == 0) {
        month = month_name(c);
        (void)pass(c, ".,");
        (void)pass(c, " -");
    }
    return sl_day_number(number(c, 4, 4), month, day);
}

int32_t sl_day_of(const char *p, size_t len)
{
    struct cursor c = {p, p};
    struct cursor words;
    int32_t day;
    if (p == NULL) {
        return SL_NO_DAY;
    }
    c.end += len;
    (void)pass(&c, " \t\r\n");
    while (c.end > c.p && strchr(" \t\r\n", c.end[-1]) != NULL && c.end[-1] != 0) {
        c.end--;
    }
    words = c;
    day = in_digits(&c);
    if (day == SL_NO_DAY) {
        c = words;
        day = in_words(&c);
    }
    return day != SL_NO_DAY && ends(&c) ? day : SL_NO_DAY;
}
