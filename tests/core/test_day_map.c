#include "core/day_map.h"

#include "base/rng.h"
#include "tests/lib/check.h"

TEST(an_empty_day_has_no_span)
{
    struct day_map m = { { 0 } };
    struct minute_span s = { 0, 0 };
    int at = 0;
    CHECK(!day_map_next(&m, &at, &s));
    CHECK(!day_map_has(&m, 0) && !day_map_has(&m, -1) && !day_map_has(&m, 1440));
}

TEST(spans_merge_and_are_cut)
{
    struct day_map m = { { 0 } };
    struct minute_span s = { 0, 0 };
    int at = 0;
    day_map_add(&m, (struct minute_span){ 0, 60 });
    day_map_add(&m, (struct minute_span){ 60, 1440 });
    day_map_cut(&m, (struct minute_span){ 630, 645 });
    CHECK(day_map_next(&m, &at, &s));
    CHECK_INT(s.from, 0);
    CHECK_INT(s.to, 630);
    CHECK(day_map_next(&m, &at, &s));
    CHECK_INT(s.from, 645);
    CHECK_INT(s.to, 1440);
    CHECK(!day_map_next(&m, &at, &s));
    CHECK(day_map_has(&m, 629) && !day_map_has(&m, 630) && day_map_has(&m, 1439));
}

TEST(spans_outside_the_day_are_cut_to_it)
{
    struct day_map m = { { 0 } };
    struct minute_span s = { 0, 0 };
    int at = 0;
    day_map_add(&m, (struct minute_span){ -100, 10 });
    day_map_add(&m, (struct minute_span){ 1435, 9000 });
    CHECK(day_map_next(&m, &at, &s));
    CHECK_INT(s.to, 10);
    CHECK(day_map_next(&m, &at, &s));
    CHECK_INT(s.from, 1435);
    CHECK_INT(s.to, 1440);
}

TEST(any_maps_agree_with_a_list_of_minutes)
{
    struct rng rng = rng_seeded(check_seed());
    for (int round = 0; round < 2000; round++) {
        struct day_map m = { { 0 } }, other = { { 0 } };
        bool open[DAY_MINUTES] = { false }, both[DAY_MINUTES] = { false };
        for (int i = 0; i < 6; i++) {
            int from = 5 * (int)rng_below(&rng, 289), to = 5 * (int)rng_below(&rng, 289);
            bool add = rng_below(&rng, 3) > 0, meet = rng_below(&rng, 2) > 0;
            struct minute_span s = { from, to };
            if (add)
                day_map_add(&m, s);
            else
                day_map_cut(&m, s);
            if (meet)
                day_map_add(&other, s);
            for (int k = from; k < to; k++) {
                open[k] = add;
                both[k] = both[k] || meet;
            }
        }
        day_map_meet(&m, &other);
        bool seen[DAY_MINUTES] = { false };
        struct minute_span s = { 0, 0 };
        for (int at = 0; day_map_next(&m, &at, &s);)
            for (int k = s.from; k < s.to; k++)
                seen[k] = true;
        for (int k = 0; k < DAY_MINUTES; k++) {
            bool want = open[k] && both[k];
            if (seen[k] != want || day_map_has(&m, k) != want)
                CHECK_FAIL("minute %d of round %d", k, round);
        }
    }
}
