#include "i18n/date.h"

#include <string.h>

#include "i18n/i18n.h"
#include "tests/lib/check.h"

static const struct i18n_day tuesday = { 2026, 11, 24 };
static const struct i18n_day may = { 2004, 5, 3 };

#define CHECK_TEXT(want, call)                             \
    do {                                                   \
        CLEANUP(buf_done) struct buf b = buf_make(200);    \
        call;                                              \
        CHECK_STR(buf_str(&b), want);                      \
    } while (0)

TEST(dutch_dates_read_as_people_say_them)
{
    i18n_use("nl");
    CHECK_TEXT("dinsdag 24 november", i18n_date(&b, tuesday, I18N_DATE_LONG));
    CHECK_TEXT("di 24 nov", i18n_date(&b, tuesday, I18N_DATE_SHORT));
    CHECK_TEXT("dinsdag 24 november 2026", i18n_date(&b, tuesday, I18N_DATE_FULL));
    CHECK_TEXT("3 mei 2004", i18n_date(&b, may, I18N_DATE_YEAR));
}

TEST(english_dates_need_no_catalog)
{
    i18n_use("en");
    CHECK_TEXT("Tuesday 24 November", i18n_date(&b, tuesday, I18N_DATE_LONG));
    CHECK_TEXT("Tue 24 Nov", i18n_date(&b, tuesday, I18N_DATE_SHORT));
    CHECK_TEXT("3 May 2004", i18n_date(&b, may, I18N_DATE_YEAR));
}

TEST(polish_bends_the_month_behind_a_day)
{
    i18n_use("pl");
    CHECK_STR(i18n_month(5), "maj");
    CHECK_TEXT("3 maja 2004", i18n_date(&b, may, I18N_DATE_YEAR));
    CHECK_TEXT("wtorek, 24 listopada", i18n_date(&b, tuesday, I18N_DATE_LONG));
    CHECK_TEXT("wt, 24 lis", i18n_date(&b, tuesday, I18N_DATE_SHORT));
}

TEST(arabic_dates_keep_their_digits)
{
    i18n_use("ar");
    CHECK_TEXT("الثلاثاء 24 نوفمبر", i18n_date(&b, tuesday, I18N_DATE_LONG));
}

TEST(today_and_tomorrow_are_said_as_such)
{
    const struct i18n_day last = { 2026, 12, 31 }, first = { 2027, 1, 1 }, leap = { 2028, 2, 28 };
    i18n_use("nl");
    CHECK_TEXT("vandaag", i18n_date_near(&b, tuesday, tuesday, I18N_DATE_LONG));
    CHECK_TEXT("morgen", i18n_date_near(&b, first, last, I18N_DATE_LONG));
    CHECK_TEXT("do 31 dec", i18n_date_near(&b, last, first, I18N_DATE_SHORT));
    CHECK_TEXT("morgen", i18n_date_near(&b, (struct i18n_day){ 2028, 2, 29 }, leap,
                                        I18N_DATE_LONG));
    CHECK_TEXT("woensdag 1 maart",
               i18n_date_near(&b, (struct i18n_day){ 2028, 3, 1 }, leap, I18N_DATE_LONG));
}

TEST(weekdays_are_right_over_leap_years_and_centuries)
{
    CHECK_INT(i18n_weekday_of((struct i18n_day){ 1970, 1, 1 }), 3);
    CHECK_INT(i18n_weekday_of((struct i18n_day){ 2000, 2, 29 }), 1);
    CHECK_INT(i18n_weekday_of((struct i18n_day){ 1900, 3, 1 }), 3);
    CHECK_INT(i18n_weekday_of((struct i18n_day){ 2026, 11, 22 }), 6);
    CHECK_INT(i18n_weekday_of((struct i18n_day){ 2026, 11, 23 }), 0);
}

TEST(names_outside_their_range_are_empty)
{
    i18n_use("nl");
    CHECK_STR(i18n_month(12), "december");
    CHECK_STR(i18n_month_short(3), "mrt");
    CHECK_STR(i18n_weekday(6), "zondag");
    CHECK_STR(i18n_weekday_short(0), "ma");
    CHECK_STR(i18n_month(0), "");
    CHECK_STR(i18n_month(13), "");
    CHECK_STR(i18n_month_short(-1), "");
    CHECK_STR(i18n_weekday(7), "");
    CHECK_STR(i18n_weekday_short(-1), "");
    CHECK_TEXT("", i18n_date(&b, (struct i18n_day){ 2026, 13, 1 }, I18N_DATE_LONG));
    CHECK_TEXT("", i18n_date(&b, (struct i18n_day){ 0 }, I18N_DATE_LONG));
}

TEST(times_have_24_hours_in_every_language)
{
    i18n_use("en");
    CHECK_TEXT("14:30", i18n_time(&b, 14 * 60 + 30));
    CHECK_TEXT("00:00", i18n_time(&b, 0));
    CHECK_TEXT("", i18n_time(&b, 1440));
    CHECK_TEXT("", i18n_time(&b, -1));
}
