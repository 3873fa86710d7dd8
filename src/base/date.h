/** Calendar dates (proleptic Gregorian), and reading them as news data write them. English month names;
 *  no locale, no clock, no time zones: the date counts as it is written. */
#ifndef SL_BASE_DATE_H
#define SL_BASE_DATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define SL_NO_DAY INT32_MIN

/* Days from 1970-01-01 of the date p[0, len), or SL_NO_DAY. It is one of
 *   2026-11-24  2026/11/24  20261124             ISO 8601, perhaps with a time
 *   24 November 2026  Tue, 24 Nov 2026           RFC 2822, perhaps with a time; 24-Nov-2026
 *   November 24, 2026  Tuesday, Nov. 24, 2026    perhaps with a time
 * with years of four digits. A time is "10:00", "10:00:00.5" or "100000", behind a blank, a comma, "at" or
 * T, then perhaps am or p.m. and a zone ("Z", "+01:00", "GMT", "(CET)"). Nothing else is
 * a date: 03/04/2026 is one of two days. p may be NULL. */
int32_t sl_day_of(const char *p, size_t len);
/* year from 1, month and day of it from 1. What no calendar has gives SL_NO_DAY. */
int32_t sl_day_number(int year, int month, int day);
void sl_day_date(int32_t day, int *year, int *month, int *day_of_month);
/* "2031-02-03" */
void sl_put_day(struct sl_buf *b, int32_t day);

#endif
