#include <string.h>

#include "base/mem.h"
#include "i18n/i18n.h"
#include "tests/lib/check.h"

#define FSI "\u2068"
#define PDI "\u2069"

#define CHECK_FORMAT(want, template, ...)                       \
    do {                                                        \
        CLEANUP(buf_done) struct buf b_ = buf_make(1000);       \
        i18n_format(&b_, template, __VA_ARGS__);                \
        CHECK_STR(buf_str(&b_), want);                          \
    } while (0)

TEST(values_stand_in_isolates)
{
    CHECK_FORMAT("Coach: " FSI "أحمد" PDI " (" FSI "14:30" PDI ")", "Coach: {name} ({time})",
                 { "name", "أحمد", 0 }, { "time", "14:30", 0 });
}

TEST(a_value_can_come_twice_or_in_another_order)
{
    CHECK_FORMAT(FSI "b" PDI FSI "a" PDI FSI "b" PDI, "{two}{one}{two}", { "one", "a", 0 },
                 { "two", "b", 0 });
}

TEST(numbers_are_written_as_the_language_does)
{
    i18n_use("nl");
    CHECK_FORMAT(FSI "12.345" PDI " mensen", "{n} mensen", { "n", .number = 12345 });
    i18n_use("en");
    CHECK_FORMAT(FSI "12,345" PDI " people", "{n} people", { "n", .number = 12345 });
}

TEST(a_value_cannot_turn_the_rest_of_the_sentence)
{
    CHECK_FORMAT("a " FSI "xy" PDI " b", "a {v} b", { "v", "\u202Ex\u2067\u202B\u2069y\u202C", 0 });
    CHECK_FORMAT("a " FSI "x\u200Fy" PDI " b", "a {v} b", { "v", "x\u200Fy", 0 });
}

TEST(a_value_with_braces_is_not_filled_in_again)
{
    CHECK_FORMAT(FSI "{two}" PDI FSI "x" PDI, "{one}{two}", { "one", "{two}", 0 },
                 { "two", "x", 0 });
}

TEST(bytes_that_are_not_text_become_replacement_characters)
{
    CHECK_FORMAT(FSI "a\uFFFD\uFFFD" PDI, "{v}", { "v", "a\xff\xc3", 0 });
}

TEST(what_is_no_placeholder_stays_as_it_is)
{
    CHECK_FORMAT("{other} { {} {n", "{other} { {} {n", { "n", "x", 0 });
    CHECK_FORMAT("{n} " FSI "x" PDI "}", "{{n} {n}}", { "n", "x", 0 });
    CHECK_FORMAT("", "", { "n", "x", 0 });
}

TEST(a_full_buffer_says_so_and_nothing_is_cut_in_a_letter)
{
    CLEANUP(buf_done) struct buf b = buf_make(4);
    i18n_format(&b, "{v}", { "v", "ab", 0 });
    CHECK_ERR(buf_err(&b), ERR_LIMIT);
    CHECK_STR(buf_str(&b), FSI "a");
}

TEST(direction_marks_can_be_taken_out_again)
{
    char s[] = "a" FSI "b\u200E" PDI "\u202Ac\u061C é \xff";
    i18n_strip(s);
    CHECK_STR(s, "abc é \xff");
    char none[] = "";
    i18n_strip(none);
    CHECK_STR(none, "");
}
