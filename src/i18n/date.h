/*
 * src/i18n/date.h - dates, times and numbers as people say them.
 *
 * In the current language (i18n_use). Words and patterns come from the catalog,
 * separators from the table of languages. Digits are 0-9 and times are 24 h in
 * every language: that is what the clock on the wall and the ticket show.
 * A month or day out of its range adds nothing.
 */
#ifndef I18N_DATE_H
#define I18N_DATE_H

#include <stdint.h>

#include "base/buf.h"

struct i18n_day {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
};

enum i18n_date_style {
    I18N_DATE_LONG,  /* dinsdag 24 november */
    I18N_DATE_SHORT, /* di 24 nov */
    I18N_DATE_FULL,  /* dinsdag 24 november 2026 */
    I18N_DATE_YEAR,  /* 24 november 2026: birth dates, closures */
};

void i18n_date(struct buf *b, struct i18n_day d, enum i18n_date_style style);
/* "vandaag", "morgen", or as i18n_date(). */
void i18n_date_near(struct buf *b, struct i18n_day d, struct i18n_day today,
                    enum i18n_date_style style);
void i18n_time(struct buf *b, int minute); /* minute of the day, 0..1439: "14:30" */

/* Standing alone, as on a key: "november", "dinsdag". Out of range: "". */
const char *i18n_month(int month);         /* 1..12 */
const char *i18n_month_short(int month);   /* "nov" */
const char *i18n_weekday(int weekday);     /* 0 Monday .. 6 Sunday */
const char *i18n_weekday_short(int weekday);
int i18n_weekday_of(struct i18n_day d); /* 0 Monday .. 6 Sunday */

void i18n_number(struct buf *b, int64_t n); /* 12.345 */
/* `n` counts units of 10^-decimals (decimals 0..9): (1234, 1) is "123,4". */
void i18n_decimal(struct buf *b, int64_t n, int decimals);

#endif
