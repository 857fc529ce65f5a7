#include "core/shared.h"

#include <string.h>

#include "base/rng.h"
#include "core/quantum.h"
#include "tests/lib/check.h"

static const struct shared_rule hourly = { SHARED_BLOCK_MINUTES, SHARED_ONE_IN };

TEST(without_a_region_nothing_is_shared)
{
    const struct shared_rule none = { 0 };
    CHECK(!shared_rule_valid(&none));
    CHECK(!shared_at(&none, "anna", 0));
    CHECK_INT(shared_kind_of(&none, "anna", 0, DAY_MS), SHARED_LOCAL);
}

TEST(a_rule_divides_the_day)
{
    CHECK(shared_rule_valid(&hourly));
    CHECK(shared_rule_valid(&(struct shared_rule){ 1440, 2 }));
    CHECK(shared_rule_valid(&(struct shared_rule){ 30, 1 }));
    CHECK(!shared_rule_valid(&(struct shared_rule){ 50, 3 }));
    CHECK(!shared_rule_valid(&(struct shared_rule){ 32, 3 }));
    CHECK(!shared_rule_valid(&(struct shared_rule){ 60, 25 }));
    CHECK(!shared_rule_valid(&(struct shared_rule){ -60, 3 }));
}

TEST(one_block_in_so_many_of_every_day_and_coach)
{
    static const char *const coaches[] = { "anna", "bram", "cleo", "x" };
    for (size_t c = 0; c < ARRAY_LEN(coaches); c++)
        for (int64_t day = -3; day < 30; day++) {
            int n = 0;
            for (int h = 0; h < 24; h++)
                n += shared_at(&hourly, coaches[c], day * DAY_MS + h * HOUR_MS);
            CHECK_INT(n, 8);
        }
}

TEST(which_hours_are_shared_turns_by_the_day)
{
    bool seen[24] = { false };
    for (int64_t day = 20000; day < 20003; day++)
        for (int h = 0; h < 24; h++)
            seen[h] |= shared_at(&hourly, "anna", day * DAY_MS + h * HOUR_MS);
    for (int h = 0; h < 24; h++)
        CHECK(seen[h]);
}

/* The region's SQL has the same rule; tests/e2e/test_region sees whether the two agree. */
TEST(a_block_is_shared_from_its_first_to_its_last_minute)
{
    utc_ms day = INT64_C(20545) * DAY_MS;
    int turn = 'a' + 'n' + 'n' + 'a';
    CHECK_INT(shared_turn("anna"), turn);
    int64_t first = (3 - (20545 * INT64_C(24) + 20545 + turn) % 3) % 3; /* hour of that day */
    utc_ms start = day + first * HOUR_MS;
    CHECK(shared_at(&hourly, "anna", start));
    CHECK(shared_at(&hourly, "anna", start + HOUR_MS - 1));
    CHECK(!shared_at(&hourly, "anna", start - 1));
    CHECK(!shared_at(&hourly, "anna", start + HOUR_MS));
    CHECK_INT(shared_kind_of(&hourly, "anna", start, start + HOUR_MS), SHARED_REGION);
    CHECK_INT(shared_kind_of(&hourly, "anna", start, start + HOUR_MS + 5 * MINUTE_MS),
              SHARED_CROSSES);
    CHECK_INT(shared_kind_of(&hourly, "anna", start - 5 * MINUTE_MS, start + 30 * MINUTE_MS),
              SHARED_CROSSES);
    CHECK_INT(shared_kind_of(&hourly, "anna", start + HOUR_MS, start + 3 * HOUR_MS), SHARED_LOCAL);
}

/* Against a model that looks at every five minutes. */
TEST(a_span_is_what_all_its_quanta_are_random)
{
    static const int blocks[] = { 5, 15, 30, 60, 120, 240, 1440 };
    struct rng rng = rng_seeded(check_seed());
    long rounds = check_rounds(20000);
    for (long i = 0; i < rounds; i++) {
        struct shared_rule r = { blocks[rng_below(&rng, ARRAY_LEN(blocks))],
                                 1 + (int)rng_below(&rng, 24) };
        char coach[4] = { (char)('a' + rng_below(&rng, 26)), (char)('a' + rng_below(&rng, 26)), 0 };
        utc_ms start = ((int64_t)rng_below(&rng, 8000000) - 100000) * QUANTUM_MS;
        utc_ms stop = start + (1 + (int64_t)rng_below(&rng, 60)) * QUANTUM_MS;
        int shared = 0, n = 0;
        for (utc_ms t = start; t < stop; t += QUANTUM_MS, n++)
            shared += shared_at(&r, coach, t);
        enum shared_kind want = shared == 0   ? SHARED_LOCAL
                                : shared == n ? SHARED_REGION
                                              : SHARED_CROSSES;
        CHECK_INT(shared_kind_of(&r, coach, start, stop), want);
    }
}
