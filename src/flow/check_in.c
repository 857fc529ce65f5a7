/* Somebody comes in who has an appointment: it becomes a visit. */
#include "base/mem.h"
#include "flow/appointment.h"
#include "flow/arrival.h"
#include "store/claim.h"

/* A no-show comes back: its time again, or an extra seat when somebody else has it by now. */
static enum err claim_again(struct flow *f, struct appointment_row *a)
{
    enum err e = appointment_claim(f, a);
    if (e != ERR_TAKEN)
        return e;
    e = store_claim_release(f->store, &a->id);
    if (e == ERR_OK)
        e = store_claim_free_seat(f->store, a->coach, q5_cover(a->start, a->stop), &a->seat);
    return e == ERR_OK ? appointment_claim(f, a) : e;
}

static enum err uncount_no_show(struct flow *f, const struct appointment_row *a)
{
    return count_add(f, &(struct counted){
                            .measure = "no_show",
                            .at = appointment_no_show_at(a->start, f->roster.rules.no_show_minutes),
                            .municipality = a->municipality,
                            .coach = a->coach,
                            .topic = a->topic,
                            .n = -1 });
}

static enum err mark(struct flow *f, const struct appointment_row *was, const struct ulid *visit,
                     const struct person *p)
{
    struct appointment_row a = *was;
    enum err e = ERR_OK;
    a.visit = *visit;
    if (was->state == APPT_NO_SHOW) {
        e = claim_again(f, &a);
        if (e == ERR_OK)
            e = uncount_no_show(f, was);
    }
    if (e == ERR_OK)
        e = appointment_step(f, APPT_CHECK_IN, was, &a, NULL,
                             &(struct step){ .at = f->now, .measure = "attended" });
    struct told t = appointment_told(&a, RECORD_VISIT_ATTENDED, f->now, p);
    return e == ERR_OK ? tell(f, &t) : e;
}

static enum err new_visit(struct flow *f, const struct appointment_row *a, const struct person *p,
                          struct visit_row *v)
{
    int service = roster_service_find(&f->roster, a->service);
    *v = (struct visit_row){ .id = flow_new_id(f),
                             .chain = a->chain,
                             .day = f->today,
                             .series = service < 0 ? TICKET_SERIES_DEFAULT
                                                   : f->roster.services[service].series,
                             .kind = VISIT_APPOINTMENT,
                             .appointment = a->id,
                             .arrived = f->now,
                             .due = a->start,
                             .person_no = a->person_no };
    text_put(v->service, sizeof(v->service), a->service);
    text_put(v->coach, sizeof(v->coach), a->coach);
    return visit_arrive(f, v, p, &(struct step){ .at = f->now });
}

/* The walk-in who turns out to have an appointment keeps number and place. */
static enum err link_visit(struct flow *f, const struct appointment_row *a, struct visit_row *v)
{
    struct visit_row was = *v;
    v->appointment = a->id;
    v->due = a->start;
    if (v->state != VISIT_CALLED && v->state != VISIT_IN_SERVICE) {
        text_put(v->service, sizeof(v->service), a->service);
        text_put(v->coach, sizeof(v->coach), a->coach);
    }
    return visit_link(f, &was, v);
}

static enum err come_in(struct flow *f, const struct appointment_row *a, struct visit_row *v,
                        bool *ret_existing)
{
    struct person p = { 0 };
    enum err e = store_appointment_person(f->store, &a->id, &p);
    if (e == ERR_OK) {
        e = store_visit_of_person(f->store, f->today, &p, v);
        *ret_existing = e == ERR_OK;
        if (e == ERR_NOT_FOUND)
            e = new_visit(f, a, &p, v);
        else if (e == ERR_OK && v->appointment.s[0] == '\0')
            e = link_visit(f, a, v);
    }
    if (e == ERR_OK && ulid_same(&v->appointment, &a->id))
        e = mark(f, a, &v->id, &p);
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err check_in(struct flow *f, const struct ulid *appointment, struct visit_row *v,
                         bool *ret_existing)
{
    struct appointment_row a;
    enum appointment_state next;
    enum err e = store_appointment_get(f->store, appointment, &a);
    if (e != ERR_OK)
        return e;
    if (a.state == APPT_CHECKED_IN) {
        e = store_visit_get(f->store, &a.visit, v);
        *ret_existing = true;
        return e == ERR_OK && !visit_open(v->state) ? ERR_STATE : e;
    }
    e = appointment_next(a.state, APPT_CHECK_IN, &next);
    if (e == ERR_OK && !appointment_may_check_in(a.day, f->date))
        e = ERR_RANGE;
    return e == ERR_OK ? come_in(f, &a, v, ret_existing) : e;
}

enum err flow_check_in(struct flow *f, const struct ulid *appointment, struct arrival *ret_arrival)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row v = { 0 };
    bool existing = false;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = check_in(f, appointment, &v, &existing);
    if (e == ERR_OK && existing)
        e = arrival_return(f, &v);
    e = work_end(f, &tx, e);
    return e == ERR_OK ? arrival_of(f, &v, existing, ret_arrival) : e;
}
