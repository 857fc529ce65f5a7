#include "core/civil.h"

#include <string.h>

#include "tests/lib/check.h"

static civil_day day(int y, int m, int d)
{
    return civil_day_of((struct civil_date){ y, m, d });
}

TEST(days_count_from_the_first_of_january_1970)
{
    CHECK_INT(day(1970, 1, 1), 0);
    CHECK_INT(day(1969, 12, 31), -1);
    CHECK_INT(day(2000, 2, 29), 11016);
    CHECK_INT(day(2026, 1, 1), 20454);
}

TEST(every_day_of_nine_thousand_years_follows_the_one_before)
{
    struct civil_date want = { 1, 1, 1 };
    civil_day at = day(1, 1, 1);
    int weekday = 0; /* 0001-01-01 was a Monday */
    for (; want.year <= 9999; at++, weekday = (weekday + 1) % 7) {
        struct civil_date got = civil_date_of(at);
        if (got.year != want.year || got.month != want.month || got.day != want.day ||
            civil_day_of(want) != at || civil_weekday(at) != weekday)
            CHECK_FAIL("day %d is told as %d-%d-%d", at, got.year, got.month, got.day);
        if (++want.day > civil_month_days(want.year, want.month)) {
            want.day = 1;
            want.month = want.month % 12 + 1;
            want.year += want.month == 1;
        }
    }
}

TEST(leap_years_follow_the_gregorian_rule)
{
    CHECK(civil_is_leap(2024) && civil_is_leap(2000) && civil_is_leap(2400));
    CHECK(!civil_is_leap(2026) && !civil_is_leap(1900) && !civil_is_leap(2100));
    CHECK_INT(civil_month_days(2024, 2), 29);
    CHECK_INT(civil_month_days(2023, 2), 28);
    CHECK_INT(civil_month_days(2023, 13), 0);
    CHECK_INT(civil_month_days(2023, 0), 0);
}

TEST(a_week_belongs_to_the_year_of_its_thursday)
{
    static const struct {
        int y, m, d, year, week;
    } rows[] = {
        { 2026, 1, 1, 2026, 1 },    { 2025, 12, 29, 2026, 1 }, { 2025, 12, 28, 2025, 52 },
        { 2026, 12, 31, 2026, 53 }, { 2027, 1, 3, 2026, 53 },  { 2027, 1, 4, 2027, 1 },
        { 2020, 12, 31, 2020, 53 }, { 2016, 1, 3, 2015, 53 },  { 1970, 1, 1, 1970, 1 },
        { 1969, 12, 28, 1969, 52 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct civil_week w = civil_week_of(day(rows[i].y, rows[i].m, rows[i].d));
        CHECK_INT(w.year, rows[i].year);
        CHECK_INT(w.week, rows[i].week);
    }
}

TEST(monday_is_the_first_day_of_its_week)
{
    CHECK_INT(civil_monday(day(2026, 11, 22)), day(2026, 11, 16)); /* a Sunday */
    CHECK_INT(civil_monday(day(2026, 11, 16)), day(2026, 11, 16));
    CHECK_INT(civil_weekday(-1), 2); /* 1969-12-31, a Wednesday */
    CHECK_INT(civil_weekday(-8), 2);
}

TEST(a_leap_day_birthday_falls_on_the_first_of_march)
{
    CHECK_INT(civil_add_years(day(2008, 2, 29), 18), day(2026, 3, 1));
    CHECK_INT(civil_add_years(day(2008, 2, 29), 20), day(2028, 2, 29));
    CHECK_INT(civil_add_years(day(2008, 2, 28), 18), day(2026, 2, 28));
}

TEST(a_date_is_read_only_in_its_one_form)
{
    civil_day got = 7;
    CHECK_OK(civil_parse("2026-03-27", &got));
    CHECK_INT(got, day(2026, 3, 27));
    static const char *const bad[] = { "", "2026-3-27", "2026-03-27 ", " 2026-03-27", "20260327",
                                       "2026/03/27", "-026-03-27", "2026-03-2", "2026-03-277",
                                       "\xd9\xa2\xd9\xa0-03-27", "2026-13-01x" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(civil_parse(bad[i], &got), ERR_FORMAT);
    static const char *const gone[] = { "2026-02-29", "2026-00-10", "2026-13-10", "2026-04-31",
                                        "0000-01-01", "2026-01-00" };
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        CHECK_ERR(civil_parse(gone[i], &got), ERR_RANGE);
    CHECK_INT(got, day(2026, 3, 27));
}

TEST(a_date_is_written_as_it_is_read)
{
    char text[CIVIL_DATE_SIZE];
    civil_format(day(2026, 3, 7), text);
    CHECK_STR(text, "2026-03-07");
    civil_format(day(1, 1, 1), text);
    CHECK_STR(text, "0001-01-01");
}

TEST(a_time_of_day_runs_from_midnight_to_twenty_four)
{
    int m = -1;
    CHECK_OK(hhmm_parse("00:00", &m));
    CHECK_INT(m, 0);
    CHECK_OK(hhmm_parse("09:05", &m));
    CHECK_INT(m, 545);
    CHECK_OK(hhmm_parse("24:00", &m));
    CHECK_INT(m, 1440);
    static const char *const bad[] = { "", "9:05", "24:05", "25:00", "10:60", "10:5", "10-05",
                                       "10:050", "1a:00", " 10:00" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(hhmm_parse(bad[i], &m), ERR_FORMAT);
    CHECK_INT(m, 1440);
    char text[HHMM_SIZE];
    hhmm_format(545, text);
    CHECK_STR(text, "09:05");
    hhmm_format(1440, text);
    CHECK_STR(text, "24:00");
}

TEST(weekdays_have_names_of_three_letters)
{
    CHECK_STR(weekday_name(0), "mon");
    CHECK_STR(weekday_name(6), "sun");
    CHECK(weekday_name(7) == NULL && weekday_name(-1) == NULL);
    CHECK_INT(weekday_of_name("thu"), 3);
    CHECK_INT(weekday_of_name("Thu"), -1);
}

TEST(an_instant_is_read_with_its_offset)
{
    static const struct {
        const char *text;
        utc_ms at;
    } rows[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "1970-01-01t01:00:00+01:00", 0 },
        { "1970-01-01 00:00:00.25z", 250 },
        { "1969-12-31T23:59:59.9996Z", -1 },
        { "2026-03-27T09:00:00+01:00", INT64_C(1774598400000) },
        { "2026-03-27T09:00:00-03:30", INT64_C(1774614600000) },
        { "2016-12-31T23:59:60Z", INT64_C(1483228800000) },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        utc_ms at = 1;
        CHECK_OK(rfc3339_parse(rows[i].text, &at));
        CHECK_INT(at, rows[i].at);
    }
}

TEST(an_instant_without_offset_or_with_rubbish_is_refused)
{
    utc_ms at = 42;
    static const char *const bad[] = { "", "2026-03-27", "2026-03-27T09:00:00",
                                       "2026-03-27T09:00+01:00", "2026-03-27T09:00:00.Z",
                                       "2026-03-27T09:00:00+0100", "2026-03-27T09:00:00+01:00 ",
                                       "2026-03-27x09:00:00Z", "2026-03-27T9:00:00Z" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(rfc3339_parse(bad[i], &at), ERR_FORMAT);
    static const char *const gone[] = { "2026-02-30T09:00:00Z", "2026-03-27T24:00:00Z",
                                        "2026-03-27T09:60:00Z", "2026-03-27T09:00:61Z",
                                        "2026-03-27T09:00:00+24:00" };
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        CHECK_ERR(rfc3339_parse(gone[i], &at), ERR_RANGE);
    CHECK_INT(at, 42);
}

TEST(an_instant_is_written_in_the_offset_asked_for)
{
    char text[RFC3339_SIZE];
    rfc3339_format(INT64_C(1774598400999), 3600, text);
    CHECK_STR(text, "2026-03-27T09:00:00+01:00");
    rfc3339_format(0, 0, text);
    CHECK_STR(text, "1970-01-01T00:00:00+00:00");
    rfc3339_format(-1, -12600, text);
    CHECK_STR(text, "1969-12-31T20:29:59-03:30");
    rfc3339_format(INT64_C(1774598400000), 37800, text);
    CHECK_STR(text, "2026-03-27T18:30:00+10:30");
}
