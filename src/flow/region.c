#include "flow/region.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/age.h"
#include "core/parcel.h"
#include "flow/appointment.h"
#include "flow/region_work.h"

#define LOOK_MS 10
#define ASK_MS (30 * SECOND_MS) /* a seat that nobody comes back for is let go then */
#define LINE_SLOW "slow"

enum err flow_region(struct flow *f, struct region_look *ret_look)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_read(f, &tx);
    if (e != ERR_OK)
        return e;
    struct region_look look = { .joined = f->region.joined, .line = f->region.line,
                                .line_at = f->region.line_at };
    text_put(look.site, sizeof(look.site), f->region.site);
    text_put(look.why, sizeof(look.why), f->region.why);
    *ret_look = look;
    return ERR_OK;
}

/* ---- seats ---- */

bool region_shares(const struct flow *f, const struct appointment_row *a)
{
    return f->region.joined &&
           shared_kind_of(&f->region.rule, a->coach, a->start, a->stop) == SHARED_REGION;
}

enum err region_ask(struct flow *f, const struct appointment_row *a, const char *site)
{
    struct region_seat seat = { .id = a->id, .day = a->day,
                                .quanta = q5_cover(a->start, a->stop), .seat = a->seat,
                                .state = SEAT_ASKED, .until = f->now + ASK_MS };
    text_put(seat.site, sizeof(seat.site), site);
    text_put(seat.coach, sizeof(seat.coach), a->coach);
    return store_seat_put(f->store, &seat);
}

void flow_set_region_idle(struct flow *f, flow_region_idle idle, void *arg)
{
    f->pause = idle;
    f->pause_arg = arg;
}

static bool pause_a_moment(struct flow *f)
{
    if (f->pause)
        return f->pause(f->pause_arg, LOOK_MS);
    poll(NULL, 0, LOOK_MS);
    return true;
}

/* Looks again and again, on real time; dynamo-sync is woken by the commit. */
static enum err wait_for(struct flow *f, enum err (*look)(struct flow *f, void *what), void *what)
{
    int64_t until = clock_real_mono_ms() + (f->patient ? REGION_PATIENT_MS : REGION_WAIT_MS);
    enum err e = look(f, what);
    while (e == ERR_BUSY && clock_real_mono_ms() < until && pause_a_moment(f))
        e = look(f, what);
    if (e != ERR_BUSY)
        return e;
    /* Until dynamo-sync says otherwise, nobody waits again. */
    e = store_region_line(f->store, false, f->now, LINE_SLOW);
    return e == ERR_OK ? ERR_NET : e;
}

static enum err look_at_seat(struct flow *f, void *what)
{
    struct region_seat seat;
    enum err e = store_seat_get(f->store, what, &seat);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_TAKEN : e;
    if (seat.state == SEAT_ASKED)
        return ERR_BUSY;
    return seat.state == SEAT_GRANTED ? ERR_OK : ERR_TAKEN;
}

enum err region_wait(struct flow *f, const struct ulid *seat)
{
    struct ulid id = *seat;
    enum err e = wait_for(f, look_at_seat, &id);
    return e == ERR_NET ? ERR_TAKEN : e;
}

/* ---- what another house offers ---- */

static enum err look_at_offer(struct flow *f, void *what)
{
    struct other *o = what;
    buf_clear(&o->roster_json);
    buf_clear(&o->offer);
    return store_offer_get(f->store, o->site, &o->roster_json, &o->offer);
}

static enum err ask_other(struct flow *f, const char *site)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && f->unsure)
        e = ERR_CLOCK;
    if (e == ERR_OK && !f->region.line)
        e = ERR_NET;
    if (e == ERR_OK)
        e = store_offer_ask(f->store, site, f->now);
    return work_end(f, &tx, e);
}

static enum err find_other(struct flow *f, const char *site, struct other *o)
{
    o->site = site;
    o->roster_json = buf_make(ROSTER_JSON_MAX);
    o->offer = buf_make(REGION_OFFER_MAX);
    enum err e = ask_other(f, site);
    if (e == ERR_OK)
        e = wait_for(f, look_at_offer, o);
    return e == ERR_OK ? other_read(o) : e;
}

static enum err free_there(struct flow *f, const struct other *o, const struct other_wish *w,
                           struct free_list *ret_list)
{
    return other_free(o, &f->region.rule, f->now, w, ret_list);
}

enum err flow_region_free(struct flow *f, const char *site, const char *service, const char *coach,
                          civil_day first, civil_day last, struct region_offer *ret_offer)
{
    CLEANUP(other_done) struct other o = { 0 };
    struct free_list free = { 0 };
    if (last < first)
        return ERR_INVAL;
    enum err e = find_other(f, site, &o);
    if (e == ERR_OK)
        e = free_there(f, &o, &(struct other_wish){ service, coach, first, last }, &free);
    if (e != ERR_OK)
        return e;
    ret_offer->roster = TAKE(o.roster);
    ret_offer->free = free;
    return ERR_OK;
}

/* ---- booking there ---- */

/* The first coach who is free at that start. */
static enum err choose(struct flow *f, const struct other *o, const struct region_request *r,
                       struct appointment_row *ret)
{
    CLEANUP(free_list_done) struct free_list free = { 0 };
    civil_day day = zone_day(&f->zone, r->start);
    enum err e = free_there(f, o, &(struct other_wish){ r->service, r->coach, day, day }, &free);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < free.n; i++) {
        if (free.v[i].start != r->start)
            continue;
        const struct roster_service *s =
            &o->roster.services[roster_service_find(&o->roster, r->service)];
        *ret = (struct appointment_row){ .id = flow_new_id(f), .day = day, .start = r->start,
                                         .end = free.v[i].end,
                                         .stop = free.v[i].end + s->buffer_minutes * MINUTE_MS };
        text_put(ret->coach, sizeof(ret->coach), o->roster.coaches[free.v[i].coach].id);
        text_put(ret->service, sizeof(ret->service), r->service);
        return ERR_OK;
    }
    return ERR_RANGE;
}

static enum err ask_there(struct flow *f, const struct region_request *r,
                          const struct appointment_row *a)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = region_ask(f, a, r->site);
    return work_end(f, &tx, e);
}

static enum err send_there(struct flow *f, const struct region_request *r,
                           const struct appointment_row *a)
{
    CLEANUP(buf_wipe) struct buf text = buf_make(PARCEL_MAX);
    struct region_parcel p = { .id = a->id, .start = a->start, .end = a->end, .stop = a->stop };
    struct parcel out = { .id = a->id, .coach = a->coach, .service = a->service,
                          .start = a->start, .end = a->end, .stop = a->stop,
                          .notice_shown = r->notice_shown,
                          .consent_reminder = r->consent_reminder, .person = *r->person };
    text_put(p.site, sizeof(p.site), r->site);
    text_put(p.coach, sizeof(p.coach), a->coach);
    text_put(p.service, sizeof(p.service), a->service);
    enum err e = parcel_write(&out, &text);
    mem_wipe(&out, sizeof(out));
    if (e == ERR_OK)
        e = store_parcel_seal(f->store, r->site, text.v, text.n, &p);
    return e == ERR_OK ? store_parcel_send(f->store, &p) : e;
}

/* The seat is ours: from this commit on the appointment stands. */
static enum err keep_there(struct flow *f, const struct region_request *r,
                           const struct appointment_row *a)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    const struct ulid none = { "" };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_seat_use(f->store, &a->id, &none, f->now);
    if (e == ERR_STALE)
        e = ERR_TAKEN; /* it took us too long */
    if (e == ERR_OK)
        e = send_there(f, r, a);
    if (e == ERR_OK)
        e = audit(f, "region.book", a->id.s, "ok");
    return work_end(f, &tx, e);
}

enum err flow_region_book(struct flow *f, const struct region_request *r,
                          struct region_booked *ret_booked)
{
    CLEANUP(other_done) struct other o = { 0 };
    struct appointment_row a;
    if (person_check(r->person, flow_today(f)).why != PERSON_FINE)
        return ERR_INVAL;
    enum err e = find_other(f, r->site, &o);
    if (e == ERR_OK)
        e = choose(f, &o, r, &a);
    if (e == ERR_OK)
        e = ages_check(r->person->birth, a.day);
    if (e == ERR_OK)
        e = ask_there(f, r, &a);
    if (e == ERR_OK)
        e = region_wait(f, &a.id);
    if (e == ERR_OK)
        e = keep_there(f, r, &a);
    if (e != ERR_OK)
        return e;
    *ret_booked = (struct region_booked){ .appointment = a.id, .start = a.start, .end = a.end };
    text_put(ret_booked->coach, sizeof(ret_booked->coach), a.coach);
    return ERR_OK;
}

enum err flow_region_note(struct flow *f, const char *action, const char *object)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = audit(f, action, object, "ok");
    return work_end(f, &tx, e);
}
