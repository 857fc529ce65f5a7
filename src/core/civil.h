/*
 * src/core/civil.h - calendar days and wall-clock times, without a zone.
 *
 * A civil_day counts days of the proleptic Gregorian calendar since
 * 1970-01-01; a time of day is whole minutes after local midnight, 0..1440,
 * where 1440 ("24:00") is only ever an end. Weekdays run from 0 (Monday) to 6.
 * Years 1..9999 are supported; a civil_day outside them gives no sense.
 */
#ifndef CORE_CIVIL_H
#define CORE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"

typedef int32_t civil_day;

#define CIVIL_DAY_NONE INT32_MIN    /* no day given */
#define CIVIL_DAY_FOREVER INT32_MAX /* no last day */
#define DAY_MINUTES 1440
#define WEEK_DAYS 7

struct civil_date {
    int year, month, day; /* 1..9999, 1..12, 1..31 */
};

/* Half-open: from <= minute < to. */
struct minute_span {
    int from, to;
};

/* ISO 8601 week: week 1 holds the year's first Thursday. */
struct civil_week {
    int year, week; /* week 1..53 */
};

bool civil_is_leap(int year);
int civil_month_days(int year, int month);
bool civil_date_valid(struct civil_date date);
civil_day civil_day_of(struct civil_date date); /* date must be valid */
struct civil_date civil_date_of(civil_day day);
int civil_weekday(civil_day day);
civil_day civil_monday(civil_day day); /* the Monday of that day's week */
struct civil_week civil_week_of(civil_day day);
/* The same day n years on; 29 February becomes 1 March where there is none. */
civil_day civil_add_years(civil_day day, int years);

#define CIVIL_DATE_SIZE 11
/* "2026-03-27", nothing before or behind it. ERR_FORMAT for any other text, ERR_RANGE for a
 * date that does not exist. */
NODISCARD enum err civil_parse(const char *s, civil_day *ret_day);
void civil_format(civil_day day, char out[CIVIL_DATE_SIZE]);

#define HHMM_SIZE 6
/* "09:05" up to "24:00". ERR_FORMAT for any other text. */
NODISCARD enum err hhmm_parse(const char *s, int *ret_minute);
void hhmm_format(int minute, char out[HHMM_SIZE]); /* minute 0..1440 */

/* "mon".."sun" for 0..6; NULL outside. */
const char *weekday_name(int weekday);
int weekday_of_name(const char *name); /* -1: no weekday */

#define RFC3339_SIZE 26
/*
 * RFC 3339 with an offset: "2026-03-27T09:00:00+01:00", "...Z", fractions to
 * any depth (kept to the millisecond, the rest cut off), "T" or a space, small
 * letters too. A leap second (":60") is taken as the next second.
 * ERR_FORMAT   not of that form, or without an offset
 * ERR_RANGE    a date or time that does not exist
 */
NODISCARD enum err rfc3339_parse(const char *s, utc_ms *ret_at);
/* Whole seconds (the rest cut off); offset_s is rounded down to the minute, within +-23:59. */
void rfc3339_format(utc_ms at, int offset_s, char out[RFC3339_SIZE]);

#endif
