#include "base/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t = { 0 };
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct clock clock_system(void)
{
    return (struct clock){ .simulated = false };
}

struct clock clock_at(utc_ms wall)
{
    return (struct clock){ .simulated = true, .sim_wall = wall, .sim_mono = 1000000 };
}

utc_ms clock_wall_ms(const struct clock *c)
{
    return c->simulated ? c->sim_wall : read_ms(CLOCK_REALTIME);
}

int64_t clock_mono_ms(const struct clock *c)
{
    return c->simulated ? c->sim_mono : read_ms(CLOCK_BOOTTIME);
}

void clock_advance(struct clock *c, int64_t ms)
{
    c->sim_wall += ms;
    c->sim_mono += ms;
}

int64_t clock_real_mono_ms(void)
{
    return read_ms(CLOCK_BOOTTIME);
}
