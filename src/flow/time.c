/* The clock rules: when the wall clock may be believed, and which business day it is. */
#include "flow/work.h"
#include "store/meta.h"

#define META_LAST_WALL "last_wall_ms"
#define META_PIN_DAY "business_day"
#define META_PIN_UNTIL "business_day_until_ms"
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

/* While the clock is unsure the calendar stands still at the last sure moment. */
static civil_day date_at(const struct flow *f, utc_ms now)
{
    return zone_day(&f->zone, unsure_at(f, now) && f->last_wall > 0 ? f->last_wall : now);
}

static void look(struct flow *f)
{
    f->now = clock_wall_ms(f->clock);
    f->unsure = unsure_at(f, f->now);
    f->date = date_at(f, f->now);
    f->today = f->pin_day == CIVIL_DAY_NONE ? f->date : f->pin_day;
}

/*
 * People who came while the clock was unsure are still in the house when it is set right. So
 * the business day of then is kept, with its tickets and its queue, to the end of the real day:
 * nobody is lost, and no number comes twice.
 */
static enum err put_pin(struct flow *f, civil_day day, utc_ms until)
{
    f->pin_day = day;
    f->pin_until = until;
    enum err e = store_meta_put_int(f->store, META_PIN_DAY, day);
    return e == ERR_OK ? store_meta_put_int(f->store, META_PIN_UNTIL, until) : e;
}

static enum err keep_day(struct flow *f)
{
    if (f->unsure && f->pin_day == CIVIL_DAY_NONE)
        return put_pin(f, f->today, 0);
    if (f->unsure || f->pin_day == CIVIL_DAY_NONE)
        return ERR_OK;
    if (f->pin_day == f->date || (f->pin_until != 0 && f->now >= f->pin_until))
        return time_unpin(f);
    return f->pin_until == 0 ? put_pin(f, f->pin_day, zone_day_start(&f->zone, f->date + 1))
                             : ERR_OK;
}

enum err time_unpin(struct flow *f)
{
    enum err e = f->pin_day == CIVIL_DAY_NONE ? ERR_OK : put_pin(f, CIVIL_DAY_NONE, 0);
    look(f);
    return e;
}

utc_ms time_closes(const struct flow *f, civil_day day)
{
    if (day == f->pin_day)
        return f->pin_until == 0 ? INT64_MAX : f->pin_until;
    return zone_day_start(&f->zone, day + 1);
}

static enum err write_wall(struct flow *f, utc_ms now)
{
    enum err e = store_meta_put_int(f->store, META_LAST_WALL, now);
    if (e == ERR_OK)
        f->last_wall = now;
    return e;
}

/* ERR_OK with *ret_value unchanged when nothing is stored. */
static enum err read_int(struct flow *f, const char *key, int64_t *ret_value)
{
    enum err e = store_meta_get_int(f->store, key, ret_value);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err time_read(struct flow *f)
{
    int64_t wall = 0;
    int64_t day = CIVIL_DAY_NONE;
    int64_t until = 0;
    enum err e = read_int(f, META_LAST_WALL, &wall);
    if (e == ERR_OK && !f->clock->simulated) /* that one is always sure */
        e = read_int(f, META_PIN_DAY, &day);
    if (e == ERR_OK && day != CIVIL_DAY_NONE)
        e = read_int(f, META_PIN_UNTIL, &until);
    if (e != ERR_OK)
        return e;
    f->last_wall = wall;
    f->pin_day = (civil_day)day;
    f->pin_until = until;
    look(f);
    return ERR_OK;
}

enum err time_write(struct flow *f)
{
    enum err e = keep_day(f);
    if (e != ERR_OK || f->unsure || f->now < f->last_wall + KEEP_MS)
        return e;
    return write_wall(f, f->now);
}

civil_day flow_today(const struct flow *f)
{
    return date_at(f, clock_wall_ms(f->clock));
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
        e = time_read(f);
    if (e == ERR_OK)
        e = write_wall(f, f->now);
    look(f);
    if (e == ERR_OK)
        e = keep_day(f);
    if (e == ERR_OK)
        e = audit(f, "clock.confirm", "clock", "ok");
    return work_end(f, &tx, e);
}
