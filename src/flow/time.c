/* The clock rules of core/wall.h, and what is kept for them. */
#include "flow/work.h"
#include "store/wall.h"

#define KEEP_MS MINUTE_MS

void time_look(struct flow *f)
{
    f->now = clock_wall_ms(f->clock);
    f->unsure = wall_unsure(&f->known, f->now);
    f->date = wall_date(&f->known, &f->zone, f->now);
    f->today = wall_business_day(&f->known, &f->zone, f->now);
}

/*
 * People who came while the clock was unsure are still in the house when it is set right. So
 * the business day of then is kept, with its tickets and its queue, to the end of the real day:
 * nobody is lost, and no number comes twice.
 */
static enum err put_pin(struct flow *f, civil_day day, utc_ms until)
{
    f->known.pin_day = day;
    f->known.pin_until = until;
    return store_wall_put_pin(f->store, day, until);
}

static enum err keep_day(struct flow *f)
{
    const struct wall_known k = f->known;
    if (f->unsure && k.pin_day == CIVIL_DAY_NONE)
        return put_pin(f, f->today, 0);
    if (f->unsure || k.pin_day == CIVIL_DAY_NONE)
        return ERR_OK;
    if (k.pin_day == f->date || (k.pin_until != 0 && f->now >= k.pin_until))
        return time_unpin(f);
    return k.pin_until == 0 ? put_pin(f, k.pin_day, zone_day_start(&f->zone, f->date + 1)) : ERR_OK;
}

enum err time_unpin(struct flow *f)
{
    enum err e = f->known.pin_day == CIVIL_DAY_NONE ? ERR_OK : put_pin(f, CIVIL_DAY_NONE, 0);
    time_look(f);
    return e;
}

utc_ms time_closes(const struct flow *f, civil_day day)
{
    if (day == f->known.pin_day)
        return f->known.pin_until == 0 ? INT64_MAX : f->known.pin_until;
    return zone_day_start(&f->zone, day + 1);
}

static enum err write_wall(struct flow *f, utc_ms now)
{
    enum err e = store_wall_put_last(f->store, now);
    if (e == ERR_OK)
        f->known.last = now;
    return e;
}

enum err time_read(struct flow *f)
{
    enum err e = store_wall_known(f->store, f->clock, &f->known);
    if (e == ERR_OK)
        time_look(f);
    return e;
}

enum err time_write(struct flow *f)
{
    enum err e = keep_day(f);
    if (e != ERR_OK || f->unsure || f->now < f->known.last + KEEP_MS)
        return e;
    return write_wall(f, f->now);
}

civil_day flow_today(const struct flow *f)
{
    return wall_date(&f->known, &f->zone, clock_wall_ms(f->clock));
}

bool flow_clock_unsure(const struct flow *f)
{
    return wall_unsure(&f->known, clock_wall_ms(f->clock));
}

utc_ms flow_last_wall(const struct flow *f)
{
    return f->known.last;
}

enum err flow_clock_confirm(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(f->store, &tx);
    if (e == ERR_OK)
        e = time_read(f);
    if (e == ERR_OK)
        e = write_wall(f, f->now);
    time_look(f);
    if (e == ERR_OK)
        e = keep_day(f);
    if (e == ERR_OK)
        e = audit(f, "clock.confirm", "clock", "ok");
    return work_end(f, &tx, e);
}
