#include "kiosk/scanner.h"

#include <string.h>

#include "tests/lib/check.h"

TEST(what_comes_faster_than_fingers_is_a_scan)
{
    struct scanner sc = { 0 };
    const char *code = "1234567";
    for (int i = 0; i < 7; i++)
        scanner_add(&sc, (char[]){ code[i], 0 }, 1000 + i * 5);
    CHECK(scanner_is_scan(&sc));
    CHECK_STR(sc.text, "1234567");
    CHECK_INT(scanner_due(&sc), 1030 + SCANNER_END_MS);
}

TEST(what_comes_as_slow_as_fingers_is_typed)
{
    struct scanner sc = { 0 };
    for (int i = 0; i < 7; i++)
        scanner_add(&sc, "1", 1000 + i * 80);
    CHECK(!scanner_is_scan(&sc));
}

TEST(a_few_characters_are_typed_however_fast)
{
    struct scanner sc = { 0 };
    scanner_add(&sc, "12", 1000);
    CHECK(!scanner_is_scan(&sc));
}

TEST(more_than_fits_is_no_scan_and_does_no_harm)
{
    static struct scanner sc;
    for (int i = 0; i < 2 * SCAN_MAX; i++)
        scanner_add(&sc, "x", 1000);
    CHECK(!scanner_is_scan(&sc));
    CHECK(sc.n <= SCAN_MAX);
}

TEST(typed_text_is_taken_letter_by_letter)
{
    struct scanner sc = { 0 };
    scanner_add(&sc, "aé", 1000);
    const char *at = sc.text;
    char c[8];
    CHECK(scanner_next(&at, c, sizeof(c)));
    CHECK_STR(c, "a");
    CHECK(scanner_next(&at, c, sizeof(c)));
    CHECK_STR(c, "é");
    CHECK(!scanner_next(&at, c, sizeof(c)));
}

TEST(a_wipe_leaves_no_character)
{
    struct scanner sc = { 0 }, empty = { 0 };
    scanner_add(&sc, "secret", 1000);
    scanner_wipe(&sc);
    CHECK(memcmp(&sc, &empty, sizeof(sc)) == 0);
    CHECK_INT(scanner_due(&sc), INT64_MAX);
}
