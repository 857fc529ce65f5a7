#include "upload/pace.h"

#include <time.h>

#include "base/clock.h"

#define BACKOFF_MAX_S 300

int64_t pace_backoff_ms(int n, struct rng *rng)
{
    int64_t s = 1;
    for (int i = 1; i < n && s < BACKOFF_MAX_S; i++)
        s *= 2;
    if (s > BACKOFF_MAX_S)
        s = BACKOFF_MAX_S;
    return s * SECOND_MS + (int64_t)rng_below(rng, (uint32_t)(s * SECOND_MS / 4));
}

int64_t pace_next(const struct pace *p)
{
    return p->next_call > p->pause_until ? p->next_call : p->pause_until;
}

bool pace_may_call(const struct pace *p, int64_t now)
{
    return now >= pace_next(p);
}

void pace_called(struct pace *p, int64_t now)
{
    p->next_call = now + (p->rate_per_s >= PACE_NO_LIMIT ? 0 : SECOND_MS / p->rate_per_s);
}

void pace_works(struct pace *p)
{
    p->failures = 0;
}

bool pace_fails(struct pace *p, int64_t now, int64_t wait_ms)
{
    p->failures += now >= p->pause_until;
    if (now + wait_ms > p->pause_until)
        p->pause_until = now + wait_ms;
    return p->failures >= PACE_BREAK;
}

void pace_sleep(struct clock *clock, int64_t ms)
{
    if (ms <= 0)
        return;
    if (clock->simulated) {
        clock_advance(clock, ms);
        return;
    }
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    (void)nanosleep(&t, NULL);
}
