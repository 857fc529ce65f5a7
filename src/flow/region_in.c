/* An appointment that another house of the region made for this one. */
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/parcel.h"
#include "flow/appointment.h"
#include "flow/region_work.h"
#include "store/claim.h"
#include "store/counter.h"

static enum err open_parcel(struct flow *f, const struct region_parcel *p, struct parcel *ret)
{
    unsigned char text[REGION_BODY_MAX];
    size_t n = 0;
    *ret = (struct parcel){ .id = p->id, .coach = p->coach, .service = p->service,
                            .start = p->start, .end = p->end, .stop = p->stop };
    enum err e = store_parcel_open(f->store, p, text, &n);
    if (e == ERR_OK)
        e = parcel_read((const char *)text, n, ret);
    mem_wipe(text, sizeof(text));
    return e == ERR_FORMAT ? ERR_CORRUPT : e;
}

/* Its time was claimed in the region, so it is free here; should anything stand in the way all
 * the same, it gets a seat beside that and is never lost: the coach's list shows it. */
static enum err choose_seat(struct flow *f, struct appointment_row *a)
{
    CLEANUP(busy_spans_done) struct busy_spans busy = { 0 };
    enum err e = store_appointments_busy(f->store,
                                         &(struct busy_query){ .coach = a->coach, .from = a->start,
                                                               .to = a->stop },
                                         &busy);
    if (e != ERR_OK || busy.n == 0)
        return e;
    log_event(LOG_LEVEL_WARN, "region.beside", a->id.s, 0);
    return store_claim_free_seat(f->store, a->coach, q5_cover(a->start, a->stop), &a->seat);
}

/* The region knows the seat by the appointment's id: cancelled here, it is let go there. Where
 * somebody else stands already, a person must look. */
static enum err keep_seat(struct flow *f, const struct appointment_row *a)
{
    struct region_seat seat = { .id = a->id, .appointment = a->id, .day = a->day,
                                .quanta = q5_cover(a->start, a->stop), .seat = 0,
                                .state = a->seat > 0 ? SEAT_REFUSED : SEAT_GRANTED };
    text_put(seat.site, sizeof(seat.site), f->region.site);
    text_put(seat.coach, sizeof(seat.coach), a->coach);
    return store_seat_put(f->store, &seat);
}

static enum err store_it(struct flow *f, const struct region_parcel *p, const struct parcel *in)
{
    struct appointment_row a = { .id = p->id, .chain = p->id,
                                 .day = zone_day(&f->zone, p->start), .start = p->start,
                                 .end = p->end, .stop = p->stop, .code_day = CIVIL_DAY_NONE,
                                 .topic = in->person.topic };
    text_put(a.coach, sizeof(a.coach), p->coach);
    text_put(a.service, sizeof(a.service), p->service);
    text_put(a.municipality, sizeof(a.municipality), in->person.municipality);
    text_put(a.lang, sizeof(a.lang), in->person.lang);
    enum err e = choose_seat(f, &a);
    if (e == ERR_OK)
        e = store_appointment_give_code(f->store, &a, f->date);
    if (e == ERR_OK)
        e = store_counter_next(f->store, COUNTER_FOREVER, COUNTER_PERSON, &a.person_no);
    if (e == ERR_OK)
        e = appointment_make(f, APPT_BOOK, &a, &in->person,
                             &(struct step){ .at = f->now, .actor = ACTOR_HOUSE,
                                             .measure = "booked" });
    if (e == ERR_OK)
        e = appointment_claim(f, &a);
    if (e == ERR_OK)
        e = keep_seat(f, &a);
    if (e != ERR_OK)
        return e;
    struct told t = appointment_told(&a, RECORD_APPOINTMENT_BOOKED, f->now, &in->person);
    e = tell(f, &t);
    if (e == ERR_OK && in->notice_shown)
        e = tell_notice(f, &t);
    return e == ERR_OK && in->consent_reminder ? reminder_write(f, &a, &in->person, true) : e;
}

enum err region_take_in(struct flow *f, const struct region_parcel *p)
{
    struct parcel in = { 0 };
    struct appointment_row there;
    enum err e = store_appointment_get(f->store, &p->id, &there);
    if (e == ERR_OK)
        return store_parcel_mark(f->store, &p->id, PARCEL_KEPT); /* it came before */
    if (e == ERR_NOT_FOUND)
        e = open_parcel(f, p, &in);
    if (e == ERR_CORRUPT) {
        log_error("region.parcel", e, p->id.s);
        return store_parcel_mark(f->store, &p->id, PARCEL_BAD);
    }
    if (e == ERR_OK)
        e = store_it(f, p, &in);
    if (e == ERR_OK)
        e = store_parcel_mark(f->store, &p->id, PARCEL_KEPT);
    mem_wipe(&in, sizeof(in));
    return e;
}
