/* A time held for a visitor who is still typing. */
#include <string.h>

#include "flow/appointment.h"
#include "flow/region_work.h"

static struct hold hold_of(const struct appointment_row *a)
{
    struct hold h = { .id = a->id, .start = a->start, .end = a->end, .expires = a->held_until };
    text_put(h.coach, sizeof(h.coach), a->coach);
    text_put(h.service, sizeof(h.service), a->service);
    return h;
}

static enum err let_go(struct flow *f, const struct appointment_row *was)
{
    struct appointment_row a = *was;
    return appointment_step(f, APPT_RELEASE, was, &a, NULL, &(struct step){ .at = f->now });
}

static enum err let_go_all(struct flow *f)
{
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    enum err e = store_appointments_held_by(f->store, f->device, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = let_go(f, &l.v[i]);
    return e;
}

static enum err store_hold(struct flow *f, const struct hold_request *r, struct appointment_row *a)
{
    a->held_until = hold_expiry(f->now, f->roster.rules.hold_seconds);
    text_put(a->held_by, sizeof(a->held_by), f->device);
    text_put(a->reason, sizeof(a->reason), a->seat > 0 ? r->reason : NULL);
    enum err e = appointment_make(f, APPT_HOLD, a, NULL,
                         &(struct step){ .at = f->now, .reason = a->reason,
                                         .measure = a->seat > 0 ? "overbooked" : NULL });
    if (e == ERR_OK && a->seat > 0)
        e = audit(f, "appointment.overbook", a->id.s, "ok");
    return e == ERR_OK ? appointment_claim(f, a) : e;
}

/* A time of the house is held at once; a shared one is only asked for, and *ret_ask is true. */
static enum err hold(struct flow *f, const struct hold_request *r, struct appointment_row *a,
                     bool *ret_ask)
{
    struct offer_query o = { .coach = SLOT_ANY_COACH, .rather = -1, .start = r->start,
                             .overbook = r->overbook };
    enum err e = f->unsure ? ERR_CLOCK : service_of(f, r->service, &o.service);
    if (e == ERR_OK && r->coach)
        e = coach_of(f, r->coach, &o.coach);
    if (e == ERR_OK && !r->move)
        e = bookings_room(f);
    if (e == ERR_OK && device_is_kiosk(f)) /* one visitor, one time */
        e = let_go_all(f);
    if (e == ERR_OK)
        e = offer_find(f, &o, a);
    if (e != ERR_OK)
        return e;
    a->id = flow_new_id(f);
    a->chain = a->id;
    a->topic = TOPIC_UNSAID;
    a->code_day = CIVIL_DAY_NONE;
    *ret_ask = region_shares(f, a);
    return *ret_ask ? region_ask(f, a, f->region.site) : store_hold(f, r, a);
}

/* The region gave the seat: now the hold, if nobody was quicker. */
static enum err hold_granted(struct flow *f, const struct hold_request *r,
                             struct appointment_row *a)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = region_wait(f, &a->id);
    if (e == ERR_OK)
        e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_seat_use(f->store, &a->id, &a->id, f->now);
    if (e == ERR_STALE)
        e = ERR_TAKEN; /* it was let go, as nobody came back for it */
    if (e == ERR_OK)
        e = store_hold(f, r, a);
    return work_end(f, &tx, e);
}

enum err flow_hold(struct flow *f, const struct hold_request *r, struct hold *ret_hold)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a = { 0 };
    bool ask = false;
    if (r->overbook && !text_fits(r->reason, REASON_LETTERS, false))
        return ERR_INVAL;
    if (r->overbook && !actor_is_staff(f))
        return ERR_DENIED;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = hold(f, r, &a, &ask);
    e = work_end(f, &tx, e);
    if (e == ERR_OK && ask)
        e = hold_granted(f, r, &a);
    if (e == ERR_OK)
        *ret_hold = hold_of(&a);
    return e;
}

/* A hold that is over, let go or booked is gone. */
static enum err held(struct flow *f, const struct ulid *id, struct appointment_row *ret_a)
{
    enum err e = store_appointment_get(f->store, id, ret_a);
    return e == ERR_OK && ret_a->state != APPT_HELD ? ERR_NOT_FOUND : e;
}

enum err flow_hold_extend(struct flow *f, const struct ulid *id, struct hold *ret_hold)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row was = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = held(f, id, &was);
    struct appointment_row a = was;
    if (e == ERR_OK)
        e = hold_extend(was.held_until, was.extended, f->now, &a.held_until);
    a.extended = true;
    if (e == ERR_OK)
        e = appointment_step(f, APPT_EXTEND, &was, &a, NULL, &(struct step){ .at = f->now });
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_hold = hold_of(&a);
    return e;
}

enum err flow_release(struct flow *f, const struct ulid *id)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = held(f, id, &a);
    if (e == ERR_OK)
        e = let_go(f, &a);
    return work_end(f, &tx, e);
}

enum err flow_release_device(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = let_go_all(f);
    return work_end(f, &tx, e);
}
