/* Another time for an appointment: the new one claimed, the old one let go, the code kept. */
#include <string.h>

#include "base/mem.h"
#include "core/age.h"
#include "flow/appointment.h"
#include "flow/region_work.h"

/* The time that was held for this move becomes free for it; next->id is the one who gets it. */
static enum err take_hold(struct flow *f, const struct move_request *r,
                          struct appointment_row *next)
{
    struct appointment_row was;
    const struct ulid id = next->id;
    enum err e = store_appointment_get(f->store, &r->hold, &was);
    if (e == ERR_OK && was.state != APPT_HELD)
        e = ERR_NOT_FOUND;
    if (e == ERR_OK && was.start != r->start)
        e = ERR_INVAL;
    struct appointment_row a = was;
    if (e == ERR_OK && f->region.joined) /* the seat goes over, and is not let go */
        e = store_seat_rename(f->store, &was.id, &id);
    if (e == ERR_OK)
        e = appointment_step(f, APPT_RELEASE, &was, &a, NULL, &(struct step){ .at = f->now });
    *next = was;
    return e;
}

static enum err find_time(struct flow *f, const struct move_request *r,
                          const struct appointment_row *old, struct appointment_row *next)
{
    struct offer_query o = { .coach = SLOT_ANY_COACH, .start = r->start,
                             .rather = roster_coach_find(&f->roster, old->coach) };
    enum err e = service_of(f, old->service, &o.service);
    if (e == ERR_OK && r->coach)
        e = coach_of(f, r->coach, &o.coach);
    return e == ERR_OK ? offer_find(f, &o, next) : e;
}

/* ERR_BUSY: it is a shared time, which needs a hold. */
static enum err find_own_time(struct flow *f, const struct move_request *r,
                              const struct appointment_row *old, struct appointment_row *next)
{
    enum err e = find_time(f, r, old, next);
    return e == ERR_OK && region_shares(f, next) ? ERR_BUSY : e;
}

static enum err may_move(struct flow *f, const struct move_request *r,
                         const struct appointment_row *old)
{
    enum appointment_state next;
    enum err e = f->unsure ? ERR_CLOCK : appointment_next(old->state, APPT_MOVE, &next);
    if (e == ERR_OK && !r->by_staff && !appointment_may_change(old->start, f->now))
        e = ERR_RANGE;
    return e;
}

/* The old one goes first, so that its own time is no obstacle and its code is free. */
static enum err step_over(struct flow *f, const struct move_request *r,
                          const struct appointment_row *old, const struct person *p,
                          struct appointment_row *next)
{
    struct appointment_row gone = *old;
    struct ulid id = flow_new_id(f);
    struct appointment_row time = { .id = id };
    gone.successor = id;
    enum err e = appointment_step(f, APPT_MOVE, old, &gone, NULL,
                                  &(struct step){ .at = f->now, .measure = "moved" });
    if (e == ERR_OK)
        e = r->hold.s[0] ? take_hold(f, r, &time) : find_own_time(f, r, old, &time);
    if (e == ERR_OK)
        e = ages_check(p->birth, time.day);
    if (e == ERR_OK)
        e = appointment_overlap(f, p, &time, &old->id);
    if (e != ERR_OK)
        return e;
    *next = (struct appointment_row){ .id = id,
                                      .chain = old->chain,
                                      .day = time.day,
                                      .start = time.start,
                                      .end = time.end,
                                      .stop = time.stop,
                                      .seat = time.seat,
                                      .code_day = old->code_day,
                                      .code_count = old->code_count,
                                      .person_no = old->person_no,
                                      .topic = p->topic };
    text_put(next->coach, sizeof(next->coach), time.coach);
    text_put(next->service, sizeof(next->service), time.service);
    text_put(next->municipality, sizeof(next->municipality), p->municipality);
    text_put(next->lang, sizeof(next->lang), p->lang);
    e = appointment_make(f, APPT_BOOK, next, p, &(struct step){ .at = f->now });
    return e == ERR_OK ? appointment_claim(f, next) : e;
}

static enum err move(struct flow *f, const struct move_request *r, struct appointment_row *next)
{
    struct appointment_row old;
    struct person p = { 0 };
    enum err e = store_appointment_get(f->store, &r->appointment, &old);
    if (e == ERR_OK)
        e = may_move(f, r, &old);
    if (e == ERR_OK)
        e = store_appointment_person(f->store, &old.id, &p);
    if (e == ERR_OK)
        e = step_over(f, r, &old, &p, next);
    if (e == ERR_OK) {
        struct told t = appointment_told(next, RECORD_APPOINTMENT_CHANGED, f->now, &p);
        t.by_house = r->by_staff;
        e = tell(f, &t);
    }
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err move_once(struct flow *f, const struct move_request *r,
                          struct appointment_view *ret_view)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row next = { 0 };
    struct appointment_view view = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = move(f, r, &next);
    if (e == ERR_OK)
        e = appointment_view_of(f, &next, true, &view);
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_view = view;
    return e;
}

/* A shared time is claimed in the region by a hold, outside the transaction of the move. */
static enum err move_by_hold(struct flow *f, const struct move_request *r,
                             struct appointment_view *ret_view)
{
    struct move_request held = *r;
    struct appointment_view old;
    struct hold hold;
    enum err e = flow_appointment(f, &r->appointment, &old);
    if (e != ERR_OK)
        return e;
    struct hold_request ask = { .service = old.service, .start = r->start,
                                .coach = r->coach ? r->coach : old.coach };
    e = flow_hold(f, &ask, &hold);
    if (!r->coach && (e == ERR_TAKEN || e == ERR_RANGE)) {
        ask.coach = NULL;
        e = flow_hold(f, &ask, &hold);
    }
    if (e != ERR_OK)
        return e;
    held.hold = hold.id;
    e = move_once(f, &held, ret_view);
    if (e != ERR_OK && flow_release(f, &hold.id) == ERR_IO)
        e = ERR_IO;
    return e;
}

enum err flow_move(struct flow *f, const struct move_request *r, struct appointment_view *ret_view)
{
    enum err e = move_once(f, r, ret_view);
    bool shared = e == ERR_BUSY && f->region.joined && !r->hold.s[0];
    return shared ? move_by_hold(f, r, ret_view) : e;
}
