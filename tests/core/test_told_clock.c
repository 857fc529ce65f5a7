#include "core/told_clock.h"

#include "core/civil.h"
#include "tests/lib/check.h"

TEST(a_program_is_told_its_clock_or_takes_the_systems)
{
    struct clock clock = clock_at(7);
    utc_ms at = 0;
    CHECK_OK(rfc3339_parse("2026-03-27T09:00:00+01:00", &at));
    CHECK_OK(told_clock("2026-03-27T09:00:00+01:00", &clock));
    CHECK(clock.simulated);
    CHECK_INT(clock_wall_ms(&clock), at);
    CHECK_ERR(told_clock("tomorrow", &clock), ERR_FORMAT);
    CHECK_INT(clock_wall_ms(&clock), at); /* left as it was */
    CHECK_OK(told_clock(NULL, &clock));
    CHECK(!clock.simulated);
}
