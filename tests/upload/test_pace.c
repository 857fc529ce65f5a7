#include "upload/pace.h"

#include "base/clock.h"
#include "tests/lib/check.h"

TEST(waits_double_up_to_five_minutes_with_some_jitter)
{
    static const int64_t seconds[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 };
    struct rng rng = rng_seeded(check_seed());
    for (int n = 0; n < (int)ARRAY_LEN(seconds); n++)
        for (int i = 0; i < 100; i++) {
            int64_t ms = pace_backoff_ms(n + 1, &rng);
            CHECK(ms >= seconds[n] * SECOND_MS && ms < seconds[n] * SECOND_MS * 5 / 4);
        }
}

TEST(jitter_keeps_two_houses_apart)
{
    struct rng a = rng_seeded(1), b = rng_seeded(2);
    CHECK(pace_backoff_ms(5, &a) != pace_backoff_ms(5, &b));
}

TEST(five_calls_a_second_are_200_ms_apart)
{
    struct pace p = { .rate_per_s = 5 };
    CHECK(pace_may_call(&p, 1000));
    pace_called(&p, 1000);
    CHECK(!pace_may_call(&p, 1199));
    CHECK(pace_may_call(&p, 1200));
    p.rate_per_s = PACE_NO_LIMIT;
    pace_called(&p, 1200);
    CHECK(pace_may_call(&p, 1200));
}

TEST(failures_in_a_row_break_a_run_off_and_a_success_starts_anew)
{
    struct pace p = { .rate_per_s = 5 };
    int64_t now = 0;
    for (int i = 1; i < PACE_BREAK; i++, now += 100)
        CHECK(!pace_fails(&p, now, 100));
    pace_works(&p);
    for (int i = 1; i < PACE_BREAK; i++, now += 100)
        CHECK(!pace_fails(&p, now, 100));
    CHECK(pace_fails(&p, now, 100));
}

TEST(what_fails_together_counts_once)
{
    struct pace p = { .rate_per_s = 5 };
    for (int i = 0; i < 20; i++)
        CHECK(!pace_fails(&p, 1000 + i, 1000));
    CHECK_INT(p.failures, 1);
    CHECK(!pace_may_call(&p, 1999));
}
