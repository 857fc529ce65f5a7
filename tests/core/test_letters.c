#include "core/letters.h"

#include "tests/lib/check.h"

TEST(letters_of_every_script_are_letters)
{
    static const uint32_t yes[] = { 'a', 'Z', 0xE9, 0x142, 0x416, 0x627, 0x130D, 0x4E2D, 0xAC00,
                                    0x5D0, 0x915, 0x1E9E, 0x20000, 0x2BC };
    static const uint32_t no[] = { '0', ' ', '-', '\'', '@', '[', '`', '{', 0x00, 0x7F, 0x85, 0xD7,
                                   0xF7, 0x301, 0x660, 0x200B, 0x202E, 0x2019, 0x1F600, 0xFEFF,
                                   0x110000, 0xFFFFFFFF, 0xE000 };
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (!letter_is(yes[i]) || letter_is_mark(yes[i]))
            CHECK_FAIL("U+%04X", yes[i]);
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (letter_is(no[i]))
            CHECK_FAIL("U+%04X", no[i]);
}

TEST(marks_are_no_letters)
{
    static const uint32_t yes[] = { 0x300, 0x36F, 0x64B, 0x93E, 0x135F };
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        CHECK(letter_is_mark(yes[i]) && !letter_is(yes[i]));
    CHECK(!letter_is_mark('a') && !letter_is_mark(0x200D) && !letter_is_mark(0xFFFFFFFF));
}

TEST(folding_takes_case_and_accents_away)
{
    static const struct {
        uint32_t from, to[2];
    } rows[] = {
        { 'A', { 'a' } },         { 'z', { 'z' } },         { 0xC9, { 'e' } },
        { 0xFC, { 'u' } },        { 0xDF, { 's', 's' } },   { 0xD8, { 'o' } },
        { 0x141, { 'l' } },       { 0x130, { 'i' } },       { 0x131, { 'i' } },
        { 0xC6, { 'a', 'e' } },   { 0x133, { 'i', 'j' } },  { 0x1EC7, { 'e' } },
        { 0x416, { 0x436 } },     { 0x419, { 0x438 } },     { 0x391, { 0x3B1 } },
        { 0x3AC, { 0x3B1 } },     { 0x623, { 0x627 } },     { 0x6CC, { 0x64A } },
        { 0x130D, { 0x130D } },   { 0x17F, { 's' } },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint32_t got[LETTER_FOLD_MAX] = { 0, 0 };
        size_t n = letter_fold(rows[i].from, got);
        CHECK_INT(n, rows[i].to[1] ? 2 : 1);
        if (got[0] != rows[i].to[0] || got[1] != rows[i].to[1])
            CHECK_FAIL("U+%04X gives %04X %04X", rows[i].from, got[0], got[1]);
    }
    uint32_t none[LETTER_FOLD_MAX];
    CHECK_INT(letter_fold(0x301, none), 0);
    CHECK_INT(letter_fold(0x64E, none), 0);
    CHECK_INT(letter_fold(0x640, none), 0);
}

TEST(folding_twice_changes_nothing_more)
{
    for (uint32_t cp = 0; cp < 0x3000; cp++) {
        uint32_t once[LETTER_FOLD_MAX], twice[LETTER_FOLD_MAX];
        size_t n = letter_fold(cp, once);
        for (size_t i = 0; i < n; i++)
            if (letter_fold(once[i], twice) != 1 || twice[0] != once[i])
                CHECK_FAIL("U+%04X folds on", cp);
    }
}

TEST(digits_of_three_scripts_have_values)
{
    CHECK_INT(digit_value('0'), 0);
    CHECK_INT(digit_value('9'), 9);
    CHECK_INT(digit_value(0x665), 5);
    CHECK_INT(digit_value(0x6F9), 9);
    CHECK_INT(digit_value('a'), -1);
    CHECK_INT(digit_value(0x966), -1);
    CHECK_INT(digit_value(0xFFFFFFFF), -1);
}
