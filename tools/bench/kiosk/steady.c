/*
 * tools/bench/kiosk/steady.c - the real kiosk whose time moves only while it waits.
 *
 * Linked with dynamo-kiosk's own main and modules; the linker's --wrap puts the functions
 * below in the place of real time and of the one wait. Work takes no time and a wait is over
 * at once, so a script meets the same frames and the same events in each run, however busy
 * the machine: what is counted then is the program, and a thousand visits take no longer
 * than their work.
 */
#include "base/clock.h"
#include "sdl/sdl.h"

static int64_t now_ms = INT64_C(1000000);

bool __real_sdl_wait(struct sdl *s, int timeout_ms, struct sdl_event *ret_ev);
bool __wrap_sdl_wait(struct sdl *s, int timeout_ms, struct sdl_event *ret_ev);
int64_t __wrap_clock_real_mono_ms(void);

int64_t __wrap_clock_real_mono_ms(void)
{
    return now_ms;
}

bool __wrap_sdl_wait(struct sdl *s, int timeout_ms, struct sdl_event *ret_ev)
{
    /* Nothing is due: what comes, comes from elsewhere, in its own time. */
    if (timeout_ms < 0)
        return __real_sdl_wait(s, timeout_ms, ret_ev);
    if (__real_sdl_wait(s, 0, ret_ev))
        return true;
    now_ms += timeout_ms;
    return false;
}
