#include "core/wall.h"

#define BACK_MS MINUTE_MS      /* a step back this small is the time service's */
#define AHEAD_MS (31 * DAY_MS) /* a house is not switched off for longer */

/* 2026-01-01T00:00:00Z: no build of this program is older. */
#define BUILD_MS INT64_C(1767225600000)

bool wall_unsure(const struct wall_known *k, utc_ms now)
{
    if (k->simulated)
        return false;
    return now < BUILD_MS ||
           (k->last > 0 && (now < k->last - BACK_MS || now > k->last + AHEAD_MS));
}

civil_day wall_date(const struct wall_known *k, const struct zone *z, utc_ms now)
{
    return zone_day(z, wall_unsure(k, now) && k->last > 0 ? k->last : now);
}

civil_day wall_business_day(const struct wall_known *k, const struct zone *z, utc_ms now)
{
    return k->pin_day == CIVIL_DAY_NONE ? wall_date(k, z, now) : k->pin_day;
}
