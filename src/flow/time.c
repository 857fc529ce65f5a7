/* The clock rules: when the wall clock may be believed, and which business day it is. */
#include "flow/work.h"
#include "store/meta.h"

#define META_LAST_WALL "last_wall_ms"
#define BACK_MS (60 * SECOND_MS) /* a step back this small is the time service's */
#define AHEAD_MS (31 * DAY_MS)   /* a house is not switched off for longer */
#define KEEP_MS MINUTE_MS

/* 2026-01-01T00:00:00Z: no build of this program is older. */
#define BUILD_MS INT64_C(1767225600000)

static bool unsure_at(const struct flow *f, utc_ms now)
{
    if (f->clock->simulated)
        return false;
    return now < BUILD_MS || (f->last_wall > 0 && (now < f->last_wall - BACK_MS ||
                                                   now > f->last_wall + AHEAD_MS));
}

/* While the clock is unsure the business day stays that of the last sure moment: so its
 * tickets go on counting, and no number of a day is given twice. */
static civil_day day_at(const struct flow *f, utc_ms now)
{
    return zone_day(&f->zone, unsure_at(f, now) && f->last_wall > 0 ? f->last_wall : now);
}

void time_look(struct flow *f)
{
    f->now = clock_wall_ms(f->clock);
    f->unsure = unsure_at(f, f->now);
    f->today = day_at(f, f->now);
}

static enum err write_wall(struct flow *f, utc_ms now)
{
    enum err e = store_meta_put_int(f->store, META_LAST_WALL, now);
    if (e == ERR_OK)
        f->last_wall = now;
    return e;
}

enum err time_read(struct flow *f)
{
    int64_t stored = 0;
    enum err e = store_meta_get_int(f->store, META_LAST_WALL, &stored);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    f->last_wall = stored;
    time_look(f);
    return ERR_OK;
}

enum err time_write(struct flow *f)
{
    return f->unsure || f->now < f->last_wall + KEEP_MS ? ERR_OK : write_wall(f, f->now);
}

civil_day flow_today(const struct flow *f)
{
    return day_at(f, clock_wall_ms(f->clock));
}

bool flow_clock_unsure(const struct flow *f)
{
    return unsure_at(f, clock_wall_ms(f->clock));
}

utc_ms flow_last_wall(const struct flow *f)
{
    return f->last_wall;
}

enum err flow_clock_confirm(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(f->store, &tx);
    if (e == ERR_OK)
        e = write_wall(f, clock_wall_ms(f->clock));
    time_look(f);
    if (e == ERR_OK)
        e = audit(f, "clock.confirm", "clock", "ok");
    return work_end(f, &tx, e);
}
