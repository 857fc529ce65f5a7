#include "core/wall.h"

#include "tests/core/zones.h"

#define NOON INT64_C(1774350000000) /* 2026-03-24T12:00+01:00 */

static struct wall_known known(utc_ms last)
{
    return (struct wall_known){ .last = last, .pin_day = CIVIL_DAY_NONE };
}

TEST(a_clock_is_sure_from_a_minute_before_to_a_month_after_the_last_sure_time)
{
    struct wall_known k = known(NOON);
    CHECK(!wall_unsure(&k, NOON - MINUTE_MS));
    CHECK(wall_unsure(&k, NOON - MINUTE_MS - 1));
    CHECK(!wall_unsure(&k, NOON + 31 * DAY_MS));
    CHECK(wall_unsure(&k, NOON + 31 * DAY_MS + 1));
}

TEST(a_clock_before_any_build_is_unsure_and_a_simulated_one_never)
{
    struct wall_known k = known(0);
    CHECK(wall_unsure(&k, INT64_C(1767225600000) - 1));
    CHECK(!wall_unsure(&k, INT64_C(1767225600000)));
    CHECK(!wall_unsure(&k, NOON + 1000 * DAY_MS)); /* nothing is known of before */
    k.simulated = true;
    k.last = NOON;
    CHECK(!wall_unsure(&k, 0));
    CHECK(!wall_unsure(&k, NOON + 1000 * DAY_MS));
}

TEST(while_the_clock_is_unsure_the_calendar_stands_still)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    struct wall_known k = known(NOON);
    civil_day day = zone_day(&z, NOON);
    CHECK_INT(wall_date(&k, &z, NOON + 31 * DAY_MS), day + 31);
    CHECK_INT(wall_date(&k, &z, NOON + 40 * DAY_MS), day);
    CHECK_INT(wall_date(&k, &z, NOON - DAY_MS), day);
    k.last = 0;
    CHECK_INT(wall_date(&k, &z, DAY_MS), zone_day(&z, DAY_MS)); /* all that there is */
}

TEST(a_business_day_that_is_kept_is_everybodys)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    struct wall_known k = known(NOON);
    CHECK_INT(wall_business_day(&k, &z, NOON), zone_day(&z, NOON));
    k.pin_day = zone_day(&z, NOON) - 3;
    CHECK_INT(wall_business_day(&k, &z, NOON), k.pin_day);
    CHECK_INT(wall_date(&k, &z, NOON), zone_day(&z, NOON));
}
