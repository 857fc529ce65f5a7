/* The moves that time brings, each with its due time as the event's time. */
#include "base/log.h"
#include "base/mem.h"
#include "flow/appointment.h"
#include "flow/region_work.h"
#include "store/due.h"
#include "store/region_seat.h"

#define RETRY_MS MINUTE_MS       /* a row that could not be moved is tried again */
#define WALL_DUE_MS (12 * HOUR_MS) /* in a quiet house too the last known time is kept */

static int no_show_minutes(const struct flow *f)
{
    return f->roster_version > 0 ? f->roster.rules.no_show_minutes
                                 : roster_default_rules().no_show_minutes;
}

static utc_ms least(utc_ms a, utc_ms b)
{
    return a < b ? a : b;
}

static utc_ms earliest_of(const struct flow *f, const struct store_due *due)
{
    utc_ms at = least(due->hold_end, due->visit_until);
    if (due->booked_start != INT64_MAX)
        at = least(at, appointment_no_show_at(due->booked_start, no_show_minutes(f)));
    if (due->open_day != CIVIL_DAY_FOREVER)
        at = least(at, time_closes(f, due->open_day));
    return at > f->tick_again ? at : f->tick_again;
}

enum err tick_due(struct flow *f, utc_ms *ret_at)
{
    struct store_due due;
    bool come = false; /* appointments that other houses made for this one */
    enum err e = store_next_due(f->store, &due);
    if (e == ERR_OK && f->region.joined)
        e = store_parcels_waiting(f->store, &come);
    if (e == ERR_OK)
        *ret_at = come ? f->tick_again : earliest_of(f, &due);
    return e;
}

/* What is kept says enough as long as it lies ahead. */
static bool nothing_due(const struct flow *f)
{
    struct store_due due;
    return store_due_kept(f->store, &due) && earliest_of(f, &due) > f->now;
}

/*
 * One row in a part of its own: a row that contradicts itself must not stop the others, nor
 * the whole house. It is told in the log, left as it is and found by `check`; everything else
 * is the storage's trouble and ends the use case.
 */
typedef enum err (*row_move)(struct flow *f, const void *row);

static enum err in_part(struct flow *f, row_move move, const void *row, const struct ulid *id)
{
    CLEANUP(store_tx_done) struct store_tx part = { 0 };
    enum err e = store_begin_part(f->store, &part);
    if (e != ERR_OK)
        return e;
    e = move(f, row);
    if (e == ERR_OK)
        return store_commit(&part);
    if (e == ERR_IO || e == ERR_BUSY || e == ERR_NOMEM)
        return e;
    log_error("flow.tick_skipped", e, id->s);
    f->tick_again = f->now + RETRY_MS;
    return ERR_OK;
}

static enum err end_hold(struct flow *f, const void *row)
{
    const struct appointment_row *was = row;
    struct appointment_row a = *was;
    return appointment_step(f, APPT_EXPIRE, was, &a, NULL,
                            &(struct step){ .at = a.held_until, .actor = ACTOR_HOUSE });
}

static enum err end_holds(struct flow *f)
{
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    enum err e = store_appointments_hold_over(f->store, f->now, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = in_part(f, end_hold, &l.v[i], &l.v[i].id);
    return e;
}

static enum err end_pause(struct flow *f, const void *row)
{
    const struct visit_row *v = row;
    if (v->until >= time_closes(f, v->day)) /* the day ends before it does */
        return ERR_OK;
    struct visit_row next = *v;
    next.until = 0;
    next.with_coach[0] = '\0';
    return visit_step(f, v->state == VISIT_PAUSED ? VISIT_AUTO_RESUME : VISIT_AUTO_UNPARK, v,
                      &next, &(struct step){ .at = v->until, .actor = ACTOR_HOUSE });
}

static enum err end_pauses(struct flow *f)
{
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    enum err e = store_visits_due(f->store, f->now, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = in_part(f, end_pause, &l.v[i], &l.v[i].id);
    return e;
}

/* Names whose key is gone cannot be told to the register; the appointment is over all the
 * same. */
static enum err no_show(struct flow *f, const void *row)
{
    const struct appointment_row *a = row;
    struct person p = { 0 };
    enum err e = store_appointment_person(f->store, &a->id, &p);
    bool named = e == ERR_OK;
    if (!named && e != ERR_DENIED && e != ERR_CORRUPT)
        return e;
    struct appointment_row next = *a;
    utc_ms at = appointment_no_show_at(a->start, no_show_minutes(f));
    e = appointment_step(f, APPT_MISS, a, &next, NULL,
                         &(struct step){ .at = at, .actor = ACTOR_HOUSE, .measure = "no_show" });
    struct told t = appointment_told(a, RECORD_VISIT_NO_SHOW, at, &p);
    if (e == ERR_OK && named)
        e = tell(f, &t);
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err no_shows(struct flow *f)
{
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    utc_ms start = f->now - no_show_minutes(f) * MINUTE_MS;
    enum err e = store_appointments_started(f->store, start, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = in_part(f, no_show, &l.v[i], &l.v[i].id);
    return e;
}

enum err close_visit(struct flow *f, const struct visit_row *v, utc_ms at, const char *actor)
{
    bool served = v->state == VISIT_IN_SERVICE;
    struct visit_row next = *v;
    next.ended = at;
    next.until = 0;
    if (served)
        next.inaccurate = true;
    else
        next.with_coach[0] = '\0';
    return visit_step(f, served ? VISIT_CLOSE_DONE : VISIT_CLOSE_UNSERVED, v, &next,
                      &(struct step){ .at = at, .actor = actor });
}

static enum err take_in(struct flow *f, const void *row)
{
    return region_take_in(f, row);
}

static enum err take_in_all(struct flow *f)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    enum err e = f->region.joined ? store_parcels_come(f->store, PARCEL_NEW, &l) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = in_part(f, take_in, &l.v[i], &l.v[i].id);
    return e;
}

static enum err close_past(struct flow *f, const void *row)
{
    const struct visit_row *v = row;
    return close_visit(f, v, time_closes(f, v->day), ACTOR_HOUSE);
}

static enum err close_all(struct flow *f, const struct visit_rows *l)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < l->n; i++)
        e = in_part(f, close_past, &l->v[i], &l->v[i].id);
    return e;
}

static enum err close_past_days(struct flow *f)
{
    CLEANUP(visit_rows_done) struct visit_rows before = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows kept = { 0 };
    enum err e = store_visits_before(f->store, f->today, &before);
    if (e == ERR_OK)
        e = close_all(f, &before);
    if (e == ERR_OK && time_closes(f, f->today) <= f->now) /* a day that was kept too long */
        e = store_visits_open(f->store, f->today, &kept);
    return e == ERR_OK ? close_all(f, &kept) : e;
}

enum err tick_apply(struct flow *f)
{
    utc_ms due;
    if (f->unsure || nothing_due(f)) /* a wrong clock must not end what people wait for */
        return ERR_OK;
    enum err e = tick_due(f, &due);
    if (e != ERR_OK || due > f->now)
        return e;
    e = end_pauses(f);
    if (e == ERR_OK)
        e = end_holds(f);
    if (e == ERR_OK)
        e = take_in_all(f);
    if (e == ERR_OK)
        e = no_shows(f);
    return e == ERR_OK ? close_past_days(f) : e;
}

enum err flow_tick(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    return work_end(f, &tx, work_begin(f, &tx));
}

utc_ms flow_next_due(struct flow *f)
{
    utc_ms due = INT64_MAX;
    if (f->read_only || flow_clock_unsure(f))
        return due;
    enum err e = tick_due(f, &due);
    if (e != ERR_OK)
        log_error("flow.next_due", e, NULL);
    return f->clock->simulated ? due : least(due, f->known.last + WALL_DUE_MS);
}
