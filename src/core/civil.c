#include "core/civil.h"

#include <string.h>
#include <strings.h>

/* Days in 400 Gregorian years, and from 0000-03-01 to 1970-01-01. */
#define ERA_YEARS 400
#define ERA_DAYS 146097
#define EPOCH_FROM_MARCH_0 719468

static const char *const weekday_names[WEEK_DAYS] = { "mon", "tue", "wed", "thu",
                                                      "fri", "sat", "sun" };

bool civil_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && civil_is_leap(year) ? 1 : 0);
}

bool civil_date_valid(struct civil_date date)
{
    return date.year >= 1 && date.year <= 9999 && date.day >= 1 &&
           date.day <= civil_month_days(date.year, date.month);
}

/* Years are counted from March, so that the leap day is the last of its year:
 * the length of the months before one is then a straight line, (153m + 2) / 5. */
civil_day civil_day_of(struct civil_date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int month = (date.month + 9) % 12; /* March = 0 */
    int era = year / ERA_YEARS;
    int year_of_era = year % ERA_YEARS;
    int day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_FROM_MARCH_0;
}

struct civil_date civil_date_of(civil_day day)
{
    int from_march_0 = day + EPOCH_FROM_MARCH_0;
    int era = from_march_0 / ERA_DAYS;
    int doe = from_march_0 % ERA_DAYS;
    int year_of_era = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int day_of_year = doe - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; /* March = 0 */
    struct civil_date date = { .year = era * ERA_YEARS + year_of_era + (month >= 10 ? 1 : 0),
                               .month = month < 10 ? month + 3 : month - 9,
                               .day = day_of_year - (153 * month + 2) / 5 + 1 };
    return date;
}

int civil_weekday(civil_day day)
{
    int w = (day % WEEK_DAYS + 3) % WEEK_DAYS; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + WEEK_DAYS : w;
}

civil_day civil_monday(civil_day day)
{
    return day - civil_weekday(day);
}

/* A week belongs to the year of its Thursday. */
struct civil_week civil_week_of(civil_day day)
{
    civil_day thursday = civil_monday(day) + 3;
    int year = civil_date_of(thursday).year;
    civil_day first = civil_day_of((struct civil_date){ year, 1, 1 });
    return (struct civil_week){ year, (thursday - first) / WEEK_DAYS + 1 };
}

civil_day civil_add_years(civil_day day, int years)
{
    struct civil_date date = civil_date_of(day);
    date.year += years;
    if (date.day > civil_month_days(date.year, date.month)) {
        date.month = 3;
        date.day = 1;
    }
    return civil_day_of(date);
}

/* Reads exactly n digits; -1 when there are fewer. Moves *s behind them. */
static int take_digits(const char **s, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return -1;
        value = value * 10 + (**s - '0');
    }
    return value;
}

static bool take_char(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

static enum err take_date(const char **s, civil_day *ret_day)
{
    struct civil_date date = { .year = take_digits(s, 4) };
    if (date.year < 0 || !take_char(s, '-'))
        return ERR_FORMAT;
    date.month = take_digits(s, 2);
    if (date.month < 0 || !take_char(s, '-'))
        return ERR_FORMAT;
    date.day = take_digits(s, 2);
    if (date.day < 0)
        return ERR_FORMAT;
    if (!civil_date_valid(date))
        return ERR_RANGE;
    *ret_day = civil_day_of(date);
    return ERR_OK;
}

enum err civil_parse(const char *s, civil_day *ret_day)
{
    civil_day day = 0;
    enum err e = take_date(&s, &day);
    if (e == ERR_FORMAT || *s != '\0')
        return ERR_FORMAT;
    if (e == ERR_OK)
        *ret_day = day;
    return e;
}

/* The last n digits of v: by hand, since every record and every listing is full of them. */
static void put_digits(char *out, int n, int v)
{
    for (unsigned rest = (unsigned)v; n-- > 0; rest /= 10)
        out[n] = (char)('0' + rest % 10);
}

void civil_format(civil_day day, char out[CIVIL_DATE_SIZE])
{
    struct civil_date date = civil_date_of(day);
    put_digits(out, 4, date.year);
    out[4] = '-';
    put_digits(out + 5, 2, date.month);
    out[7] = '-';
    put_digits(out + 8, 2, date.day);
    out[CIVIL_DATE_SIZE - 1] = '\0';
}

enum err hhmm_parse(const char *s, int *ret_minute)
{
    int hour = take_digits(&s, 2);
    if (hour < 0 || !take_char(&s, ':'))
        return ERR_FORMAT;
    int minute = take_digits(&s, 2);
    if (minute < 0 || minute > 59 || *s != '\0' || hour * 60 + minute > DAY_MINUTES)
        return ERR_FORMAT;
    *ret_minute = hour * 60 + minute;
    return ERR_OK;
}

void hhmm_format(int minute, char out[HHMM_SIZE])
{
    int hour = minute / 60;
    out[0] = (char)('0' + hour / 10 % 10);
    out[1] = (char)('0' + hour % 10);
    out[2] = ':';
    out[3] = (char)('0' + minute % 60 / 10);
    out[4] = (char)('0' + minute % 10);
    out[5] = '\0';
}

const char *weekday_name(int weekday)
{
    return weekday >= 0 && weekday < WEEK_DAYS ? weekday_names[weekday] : NULL;
}

int weekday_of_name(const char *name)
{
    for (int i = 0; i < WEEK_DAYS; i++)
        if (strcmp(name, weekday_names[i]) == 0)
            return i;
    return -1;
}

/* ".123456" to 123 ms; digits behind the third are read and dropped. */
static enum err take_fraction(const char **s, int *ret_ms)
{
    int ms = 0;
    if (take_char(s, '.')) {
        int n = 0;
        for (int weight = 100; **s >= '0' && **s <= '9'; (*s)++, n++, weight /= 10)
            ms += (**s - '0') * weight;
        if (n == 0)
            return ERR_FORMAT;
    }
    *ret_ms = ms;
    return ERR_OK;
}

static enum err take_clock(const char **s, int *ret_ms_of_day)
{
    int hour = take_digits(s, 2);
    if (hour < 0 || !take_char(s, ':'))
        return ERR_FORMAT;
    int minute = take_digits(s, 2);
    if (minute < 0 || !take_char(s, ':'))
        return ERR_FORMAT;
    int second = take_digits(s, 2);
    int ms = 0;
    if (second < 0 || take_fraction(s, &ms) != ERR_OK)
        return ERR_FORMAT;
    if (hour > 23 || minute > 59 || second > 60)
        return ERR_RANGE;
    *ret_ms_of_day = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    return ERR_OK;
}

static enum err take_offset(const char **s, int *ret_offset_min)
{
    if (**s == 'Z' || **s == 'z') {
        (*s)++;
        *ret_offset_min = 0;
        return ERR_OK;
    }
    int sign = **s == '-' ? -1 : 1;
    if (**s != '+' && **s != '-')
        return ERR_FORMAT;
    (*s)++;
    int hour = take_digits(s, 2);
    if (hour < 0 || !take_char(s, ':'))
        return ERR_FORMAT;
    int minute = take_digits(s, 2);
    if (minute < 0)
        return ERR_FORMAT;
    if (hour > 23 || minute > 59)
        return ERR_RANGE;
    *ret_offset_min = sign * (hour * 60 + minute);
    return ERR_OK;
}

enum err rfc3339_parse(const char *s, utc_ms *ret_at)
{
    civil_day day = 0;
    int ms_of_day = 0, offset_min = 0;
    enum err date = take_date(&s, &day);
    if (date == ERR_FORMAT || (*s != 'T' && *s != 't' && *s != ' '))
        return ERR_FORMAT;
    s++;
    enum err clock = take_clock(&s, &ms_of_day);
    if (clock == ERR_FORMAT)
        return ERR_FORMAT;
    enum err offset = take_offset(&s, &offset_min);
    if (offset == ERR_FORMAT || *s != '\0')
        return ERR_FORMAT;
    if (date != ERR_OK || clock != ERR_OK || offset != ERR_OK)
        return ERR_RANGE;
    *ret_at = day * DAY_MS + ms_of_day - offset_min * MINUTE_MS;
    return ERR_OK;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

void rfc3339_format(utc_ms at, int offset_s, char out[RFC3339_SIZE])
{
    int offset_min = (int)floor_div(offset_s, 60);
    int64_t local_s = floor_div(at, SECOND_MS) + offset_min * INT64_C(60);
    int64_t day = floor_div(local_s, 86400);
    int second = (int)(local_s - day * 86400);
    int shown = offset_min < 0 ? -offset_min : offset_min;
    char *p = out;
    civil_format((civil_day)day, p);
    p += CIVIL_DATE_SIZE - 1;
    *p++ = 'T';
    hhmm_format(second / 60, p);
    p += HHMM_SIZE - 1;
    *p++ = ':';
    put_digits(p, 2, second % 60);
    p += 2;
    *p++ = offset_min < 0 ? '-' : '+';
    hhmm_format(shown, p);
}
