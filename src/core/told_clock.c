#include "core/told_clock.h"

#include "core/civil.h"

enum err told_clock(const char *now, struct clock *ret_clock)
{
    utc_ms at;
    enum err e = now ? rfc3339_parse(now, &at) : ERR_OK;

    if (e == ERR_OK)
        *ret_clock = now ? clock_at(at) : clock_system();
    return e;
}
