#include "core/age.h"

#include "tests/lib/check.h"

static civil_day day(int y, int m, int d)
{
    return civil_day_of((struct civil_date){ y, m, d });
}

TEST(the_eighteenth_birthday_is_the_first_day)
{
    CHECK_ERR(ages_check(day(2008, 11, 22), day(2026, 11, 21)), ERR_AGE_LOW);
    CHECK_OK(ages_check(day(2008, 11, 22), day(2026, 11, 22)));
}

TEST(the_twenty_seventh_birthday_is_the_first_day_out)
{
    CHECK_OK(ages_check(day(1999, 11, 22), day(2026, 11, 21)));
    CHECK_ERR(ages_check(day(1999, 11, 22), day(2026, 11, 22)), ERR_AGE_HIGH);
}

TEST(before_2026_the_limit_was_the_twenty_third_birthday)
{
    CHECK_ERR(ages_check(day(2002, 6, 1), day(2025, 12, 31)), ERR_AGE_HIGH);
    CHECK_OK(ages_check(day(2002, 6, 1), day(2026, 1, 1)));
    CHECK_OK(ages_check(day(2003, 1, 1), day(2025, 12, 31)));
    CHECK_INT(age_rule_on(day(2025, 12, 31))->below, 23);
    CHECK_INT(age_rule_on(day(2026, 1, 1))->below, 27);
    CHECK_INT(age_rule_on(day(2026, 1, 1))->from, day(2026, 1, 1));
}

TEST(a_leap_day_child_turns_eighteen_on_the_first_of_march)
{
    CHECK_ERR(ages_check(day(2008, 2, 29), day(2026, 2, 28)), ERR_AGE_LOW);
    CHECK_OK(ages_check(day(2008, 2, 29), day(2026, 3, 1)));
    CHECK_INT(age_on(day(2008, 2, 29), day(2028, 2, 29)), 20);
    CHECK_INT(age_on(day(2008, 2, 29), day(2028, 2, 28)), 19);
}

TEST(nobody_is_born_tomorrow_or_before_1900)
{
    CHECK_ERR(ages_check(day(2026, 11, 23), day(2026, 11, 22)), ERR_INVAL);
    CHECK_ERR(ages_check(day(1899, 12, 31), day(2026, 11, 22)), ERR_INVAL);
    CHECK_ERR(ages_check(day(1900, 1, 1), day(2026, 11, 22)), ERR_AGE_HIGH);
    CHECK_ERR(ages_check(day(2026, 11, 22), day(2026, 11, 22)), ERR_AGE_LOW);
}
