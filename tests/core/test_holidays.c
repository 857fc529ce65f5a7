#include "core/holidays.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"

static civil_day day(int y, int m, int d)
{
    return civil_day_of((struct civil_date){ y, m, d });
}

TEST(easter_falls_where_the_almanac_says)
{
    static const int rows[][3] = { { 2000, 4, 23 }, { 2008, 3, 23 }, { 2011, 4, 24 },
                                   { 2019, 4, 21 }, { 2024, 3, 31 }, { 2025, 4, 20 },
                                   { 2026, 4, 5 },  { 2027, 3, 28 }, { 2038, 4, 25 },
                                   { 1818, 3, 22 }, { 1954, 4, 18 }, { 2049, 4, 18 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_INT(easter_sunday(rows[i][0]), day(rows[i][0], rows[i][1], rows[i][2]));
}

TEST(easter_is_a_sunday_from_22_march_to_25_april)
{
    for (int year = 1583; year <= 9999; year++) {
        civil_day e = easter_sunday(year);
        CHECK_INT(civil_weekday(e), 6);
        CHECK(e >= day(year, 3, 22) && e <= day(year, 4, 25));
    }
}

TEST(the_holidays_of_2026)
{
    static const char want[] =
        "2026-01-01 2026-01-01 Nieuwjaarsdag\n"
        "2026-02-15 2026-02-17 Carnaval\n"
        "2026-04-03 2026-04-03 Goede Vrijdag\n"
        "2026-04-05 2026-04-05 Eerste Paasdag\n"
        "2026-04-06 2026-04-06 Tweede Paasdag\n"
        "2026-04-27 2026-04-27 Koningsdag\n"
        "2026-05-05 2026-05-05 Bevrijdingsdag\n"
        "2026-05-14 2026-05-14 Hemelvaartsdag\n"
        "2026-05-24 2026-05-24 Eerste Pinksterdag\n"
        "2026-05-25 2026-05-25 Tweede Pinksterdag\n"
        "2026-12-25 2026-12-25 Eerste Kerstdag\n"
        "2026-12-26 2026-12-26 Tweede Kerstdag\n";
    struct holiday h[HOLIDAYS_MAX];
    size_t n = holidays_of(2026, h);
    char got[1024] = "";
    for (size_t i = 0, at = 0; i < n; i++) {
        char from[CIVIL_DATE_SIZE], to[CIVIL_DATE_SIZE];
        civil_format(h[i].from, from);
        civil_format(h[i].to, to);
        at += (size_t)snprintf(got + at, sizeof(got) - at, "%s %s %s\n", from, to, h[i].name);
    }
    CHECK_STR(got, want);
}

TEST(kings_day_gives_way_to_a_sunday)
{
    struct holiday h[HOLIDAYS_MAX];
    size_t n = holidays_of(2025, h); /* 27 April 2025 is a Sunday */
    for (size_t i = 0; i < n; i++)
        if (strcmp(h[i].name, "Koningsdag") == 0)
            CHECK_INT(h[i].from, day(2025, 4, 26));
}

TEST(holidays_stand_by_date_in_every_year)
{
    struct holiday h[HOLIDAYS_MAX];
    for (int year = 1583; year <= 2400; year++) {
        CHECK_INT(holidays_of(year, h), HOLIDAYS_MAX);
        for (size_t i = 1; i < HOLIDAYS_MAX; i++)
            CHECK(h[i - 1].from <= h[i].from);
    }
    CHECK_INT(holidays_of(1582, h), 0);
    CHECK_INT(holidays_of(10000, h), 0);
}
