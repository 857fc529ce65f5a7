#include "sync/sync.h"

#include <string.h>

#include "base/log.h"
#include "sync/inside.h"

#define BACKOFF_MIN_MS 500
#define BACKOFF_MAX_MS (60 * SECOND_MS)

enum err line(struct sync *s, enum err e)
{
    if (e != ERR_OK)
        s->fault = e;
    return e;
}

civil_day sync_from(const struct sync *s)
{
    return (civil_day)(clock_wall_ms(s->clock) / DAY_MS) - 1;
}

/* ---- the line ---- */

static void hang_up(struct sync *s)
{
    region_close(s->r);
    s->r = NULL;
    int64_t wait = s->backoff_ms < BACKOFF_MIN_MS ? BACKOFF_MIN_MS : s->backoff_ms;
    s->backoff_ms = wait * 2 > BACKOFF_MAX_MS ? BACKOFF_MAX_MS : wait * 2;
    /* Not all houses at the same moment, when a server comes back. */
    s->retry_at = clock_real_mono_ms() + wait / 2 + rng_below(s->rng, (uint32_t)wait / 2 + 1);
}

static const char *fault_word(const struct sync *s)
{
    if (s->why)
        return s->why;
    return s->fault == ERR_NET || s->fault == ERR_TIMEOUT ? "no_line" : "refused";
}

/* What went wrong in the region ends the line and not the program. */
static enum err end_step(struct sync *s, enum err e)
{
    utc_ms now = clock_wall_ms(s->clock);
    if (e == ERR_OK) {
        s->backoff_ms = 0;
        return s->r ? store_region_line(s->store, true, now, "") : ERR_OK;
    }
    if (s->fault == ERR_OK || s->fault == ERR_NOMEM)
        return e;
    log_error("sync.line", s->fault, fault_word(s));
    hang_up(s);
    return store_region_line(s->store, false, now, fault_word(s));
}

static enum err call_up(struct sync *s)
{
    enum err e = line(s, region_open(&s->options, &s->r));
    if (e == ERR_OK)
        e = sync_meet(s);
    if (e == ERR_OK) {
        s->news[0] = '\0';
        s->status_at = 0;
        s->look_at = 0;
    }
    return e;
}

/* ---- a step ---- */

static enum err work(struct sync *s)
{
    bool called = false;
    int64_t now = clock_real_mono_ms();
    enum err e = line(s, region_listen_read(s->r, &called));
    if (e == ERR_OK)
        e = sync_seats(s); /* somebody may be waiting */
    if (e == ERR_OK)
        e = sync_offers(s);
    if (e == ERR_OK)
        e = sync_parcels_out(s);
    if (e == ERR_OK && (called || now >= s->look_at)) {
        s->look_at = now + SYNC_LOOK_MS;
        e = sync_news(s);
    }
    if (e == ERR_OK)
        e = sync_parcels_in(s);
    if (e == ERR_OK)
        e = sync_events(s);
    return e == ERR_OK ? sync_status(s) : e;
}

enum err sync_step(struct sync *s)
{
    s->fault = ERR_OK;
    s->why = NULL;
    enum err e = store_region_get(s->store, &s->row);
    if (e == ERR_OK && !s->row.joined)
        return ERR_NONE;
    if (e != ERR_OK)
        return e;
    if (!s->r && clock_real_mono_ms() < s->retry_at)
        return store_seats_end(s->store, clock_wall_ms(s->clock));
    if (!s->r)
        e = call_up(s);
    if (e == ERR_OK)
        e = work(s);
    return end_step(s, e);
}

void sync_hurry(struct sync *s)
{
    s->look_at = 0;
}

int64_t sync_due(const struct sync *s)
{
    return s->r ? s->look_at : s->retry_at;
}

enum err sync_stop(struct sync *s)
{
    struct region_row row;
    region_close(s->r);
    s->r = NULL;
    enum err e = store_region_get(s->store, &row);
    if (e != ERR_OK || !row.joined)
        return e;
    return store_region_line(s->store, false, clock_wall_ms(s->clock), "stopped");
}
