#include "core/quantum.h"

#include "tests/lib/check.h"

TEST(a_quantum_holds_five_minutes)
{
    CHECK_INT(q5_of(0), 0);
    CHECK_INT(q5_of(5 * MINUTE_MS - 1), 0);
    CHECK_INT(q5_of(5 * MINUTE_MS), 1);
    CHECK_INT(q5_of(-1), -1);
    CHECK_INT(q5_of(-5 * MINUTE_MS), -1);
    CHECK_INT(q5_start(3), 15 * MINUTE_MS);
}

TEST(only_whole_quanta_are_aligned)
{
    CHECK(q5_aligned(0) && q5_aligned(-10 * MINUTE_MS) && q5_aligned(35 * MINUTE_MS));
    CHECK(!q5_aligned(1) && !q5_aligned(4 * MINUTE_MS));
}

TEST(an_appointment_covers_all_the_quanta_it_touches)
{
    struct q5_span s = q5_cover(10 * MINUTE_MS, 40 * MINUTE_MS);
    CHECK_INT(s.first, 2);
    CHECK_INT(s.n, 6);
    s = q5_cover(11 * MINUTE_MS, 16 * MINUTE_MS);
    CHECK_INT(s.first, 2);
    CHECK_INT(s.n, 2);
    CHECK_INT(q5_cover(5, 5).n, 0);
    CHECK_INT(q5_cover(9, 5).n, 0);
}
