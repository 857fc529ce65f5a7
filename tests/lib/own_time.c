/*
 * A time of the test's own, in the place of the machine's: the linker's --wrap puts it there for
 * the modules that the Makefile names (OWN_MONO, OWN_WALL). A machine that stands still for a
 * while, midnight, and today's date then change nothing.
 */
#include "base/clock.h"

#define STEP_MS 1 /* each look at the clock; so that whoever waits for a time comes to it */
#define SOME_WEDNESDAY INT64_C(1774436096789) /* 2026-03-25T10:54:56.789Z */

int64_t __wrap_clock_real_mono_ms(void);
utc_ms __wrap_clock_wall_ms(const struct clock *c);

/* Touches, pulses and waits. Asked by threads too. */
int64_t __wrap_clock_real_mono_ms(void)
{
    static int64_t now = INT64_C(1000000);
    return __atomic_add_fetch(&now, STEP_MS, __ATOMIC_RELAXED);
}

/* Of a house whose clock is not simulated. */
utc_ms __wrap_clock_wall_ms(const struct clock *c)
{
    return c->simulated ? c->sim_wall : SOME_WEDNESDAY;
}
