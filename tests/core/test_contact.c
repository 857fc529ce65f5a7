#include "core/contact.h"

#include <string.h>

#include "tests/lib/check.h"

TEST(phone_numbers_become_e164)
{
    static const char *const rows[][2] = {
        { "0612345678", "+31612345678" },
        { "06-12 34 56 78", "+31612345678" },
        { "+31 6 12345678", "+31612345678" },
        { "+31 (0)6 12345678", "+31612345678" },
        { "0031612345678", "+31612345678" },
        { "00310612345678", "+31612345678" },
        { "31612345678", "+31612345678" },
        { "(0165) 12.34.56", "+31165123456" },
        { "+48 601 234 567", "+48601234567" },
        { "+380501234567", "+380501234567" },
        { "0032470123456", "+32470123456" },
        { "\xd9\xa0\xd9\xa6\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6\xd9\xa7\xd9\xa8",
          "+31612345678" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[PERSON_PHONE_SIZE] = "";
        if (phone_parse(rows[i][0], out) != ERR_OK)
            CHECK_FAIL("%s is refused", rows[i][0]);
        CHECK_STR(out, rows[i][1]);
        CHECK(phone_valid(out));
        char again[PERSON_PHONE_SIZE] = "";
        CHECK_OK(phone_parse(out, again));
        CHECK_STR(again, out);
    }
}

TEST(what_is_no_phone_number_is_refused)
{
    static const char *const bad[] = {
        "", "06", "061234567", "06123456789", "0012345", "0800-0432", "0900 1234567", "112",
        "612345678", "+0612345678", "06-1234567a", "++31612345678", "06+12345678", "+1234567",
        "+1234567890123456", "+31 6 1234567", "00000000000000000000000000000000000000000", "+",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char out[PERSON_PHONE_SIZE] = "old";
        if (phone_parse(bad[i], out) != ERR_FORMAT)
            CHECK_FAIL("%s is taken as %s", bad[i], out);
        CHECK_STR(out, "old");
    }
}

TEST(only_stored_form_is_valid)
{
    CHECK(phone_valid("+31612345678"));
    CHECK(!phone_valid("0612345678"));
    CHECK(!phone_valid("+31 612345678"));
    CHECK(!phone_valid("+31012345678"));
    CHECK(!phone_valid(""));
    CHECK(!phone_valid("+31800043200"));
}

TEST(addresses_that_work_are_taken)
{
    static const char *const good[] = { "a@b.nl", "noor.berg+dynamo@example.org", "x_1@sub.ex-a.com",
                                        "o'neill@example.org" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(email_valid(good[i]));
}

TEST(addresses_that_cannot_work_are_refused)
{
    static const char *const bad[] = { "", "@", "a@", "@b.nl", "a@b", "a@b.", "a@.nl", "a@b..nl",
                                       "a@@b.nl", "a b@c.nl", ".a@b.nl", "a.@b.nl", "a..b@c.nl",
                                       "a@-b.nl", "a@b-.nl", "a@b.n", "a@b.123", "a@b.nl\n",
                                       "\xc3\xa9@b.nl", "a@b.nl>", "a@b.nl,c@d.nl" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (email_valid(bad[i]))
            CHECK_FAIL("%s is taken", bad[i]);
}

TEST(an_address_has_at_most_64_bytes)
{
    char s[80] = "a@";
    memset(s + 2, 'b', 59);
    memcpy(s + 61, ".nl", 4);
    CHECK_INT(strlen(s), 64);
    CHECK(email_valid(s));
    memset(s + 2, 'b', 60);
    memcpy(s + 62, ".nl", 4);
    CHECK(!email_valid(s));
}
