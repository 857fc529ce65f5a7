#include "base/ulid.h"

#include <string.h>

#include "tests/lib/check.h"

TEST(rises_within_a_millisecond_and_when_the_clock_steps_back)
{
    struct rng rng = rng_seeded(check_seed());
    struct ulid_maker m = { 0 };
    struct ulid last = ulid_make(&m, &rng, 1000000);
    for (int i = 0; i < 10000; i++) {
        struct ulid next = ulid_make(&m, &rng, 1000000 - i % 3);
        CHECK(strcmp(next.s, last.s) > 0);
        CHECK(ulid_valid(next.s));
        last = next;
    }
}

TEST(the_first_ten_digits_are_the_time)
{
    struct rng rng = rng_seeded(1);
    struct ulid_maker m = { 0 };
    struct ulid id = ulid_make(&m, &rng, 1469918176385); /* the example of the ULID page */
    CHECK_INT(strncmp(id.s, "01ARYZ6S41", 10), 0);
}

TEST(refuses_what_is_not_one)
{
    CHECK(!ulid_valid("81ARYZ6S41TSV4RRFFQ69G5FAV"));
    CHECK(!ulid_valid("01ARYZ6S41TSV4RRFFQ69G5FA"));
    CHECK(!ulid_valid("01ARYZ6S41TSV4RRFFQ69G5FAU"));
    CHECK(!ulid_valid(NULL));
}
