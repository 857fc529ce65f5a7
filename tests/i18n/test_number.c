#include <stdint.h>

#include "i18n/date.h"
#include "i18n/i18n.h"
#include "tests/lib/check.h"

static void check_number(const char *lang, int64_t n, int decimals, const char *want)
{
    CLEANUP(buf_done) struct buf b = buf_make(100);
    i18n_use(lang);
    i18n_decimal(&b, n, decimals);
    CHECK_STR(buf_str(&b), want);
}

TEST(thousands_and_decimals_have_the_marks_of_the_language)
{
    check_number("nl", 1234567, 0, "1.234.567");
    check_number("en", 1234567, 0, "1,234,567");
    check_number("pl", 1234567, 0, "1\u00a0234\u00a0567");
    check_number("nl", 1234, 1, "123,4");
    check_number("ar", 1234, 2, "12.34");
    check_number("nl", 1234567, 2, "12.345,67");
}

TEST(four_digits_stand_together)
{
    check_number("nl", 2026, 0, "2026");
    check_number("nl", 10000, 0, "10.000");
}

TEST(the_ends_of_the_range_are_whole)
{
    check_number("nl", 0, 0, "0");
    check_number("nl", -5, 1, "-0,5");
    check_number("nl", INT64_MIN, 0, "-9.223.372.036.854.775.808");
    check_number("nl", 5, 9, "0,000000005");
    check_number("nl", 5, -1, "5");
}
