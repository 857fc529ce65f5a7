/* Row, event, audit line, count: what every change of a visit or appointment is made of. */
#include <stdio.h>
#include <string.h>

#include "core/ticket.h"
#include "flow/facts.h"
#include "flow/work.h"
#include "store/audit.h"
#include "store/claim.h"
#include "store/counter.h"
#include "store/daily_count.h"
#include "store/event.h"
#include "store/region_seat.h"

enum err count_add(struct flow *f, const struct counted *c)
{
    struct local_time t = zone_local(&f->zone, c->at);
    struct count_row r = { .day = t.day, .hour = t.minute / 60, .n = c->n };
    text_put(r.site, sizeof(r.site), f->roster.site.id);
    text_put(r.measure, sizeof(r.measure), c->measure);
    text_put(r.municipality, sizeof(r.municipality), c->municipality);
    text_put(r.topic, sizeof(r.topic), c->topic == TOPIC_COUNT ? NULL : topic_name(c->topic));
    text_put(r.coach, sizeof(r.coach), c->coach);
    return store_count_add(f->store, &r);
}

/* In a region it goes there too, in the order of this house. */
static enum err send_event(struct flow *f, const struct event_row *ev, const char *what,
                           civil_day day)
{
    if (!f->region.joined)
        return ERR_OK;
    struct region_event r = { .id = ulid_make(&f->ids, f->rng, f->now), .day = day };
    r.e.subject = ev->subject;
    text_put(r.kind, sizeof(r.kind), what);
    return store_region_event_put(f->store, &r);
}

/* The event and its audit line. `day`: whose counts it changes. */
static enum err write_down(struct flow *f, struct event_row *ev, const char *what, civil_day day,
                           const struct visit_row *before, const struct step *s)
{
    const char *actor = s->actor ? s->actor : f->actor;
    ev->at = s->at;
    text_put(ev->actor, sizeof(ev->actor), actor);
    text_put(ev->reason, sizeof(ev->reason), s->reason);
    enum err e = store_event_append(f->store, ev, before);
    if (e == ERR_OK)
        e = send_event(f, ev, what, day);
    if (e != ERR_OK)
        return e;
    struct audit_row a = { .at = f->now, .mono = work_mono(f) };
    text_put(a.actor, sizeof(a.actor), actor);
    snprintf(a.action, sizeof(a.action), "%s.%s", what, ev->act);
    text_put(a.object, sizeof(a.object), ev->subject.s);
    text_put(a.result, sizeof(a.result), "ok");
    return store_audit_append(f->store, &a);
}

/* ---- visits ---- */

/* `undo`: the row before is kept with the event. */
static enum err visit_event(struct flow *f, const char *act, bool undo,
                            const struct visit_row *before, const struct visit_row *after,
                            const struct step *s)
{
    struct event_row ev = { .subject = after->id };
    text_put(ev.act, sizeof(ev.act), act);
    text_put(ev.from_state, sizeof(ev.from_state), before ? visit_state_name(before->state) : NULL);
    text_put(ev.to_state, sizeof(ev.to_state), visit_state_name(after->state));
    text_put(ev.coach, sizeof(ev.coach), after->with_coach[0] ? after->with_coach : after->coach);
    text_put(ev.service, sizeof(ev.service), after->service);
    return write_down(f, &ev, "visit", after->day, undo ? before : NULL, s);
}

/* Whoever comes while the clock is unsure stands behind those who are here, whatever it says:
 * at the last time that was sure, or with the last who came. */
static enum err stand_in_line(struct flow *f, struct visit_row *v)
{
    CLEANUP(visit_rows_done) struct visit_rows here = { 0 };
    enum err e = f->unsure ? store_visits_queue(f->store, v->day, &here) : ERR_OK;
    if (f->unsure && f->known.last > 0)
        v->arrived = f->known.last;
    for (size_t i = 0; i < here.n; i++)
        if (here.v[i].arrived > v->arrived)
            v->arrived = here.v[i].arrived;
    return e;
}

enum err visit_arrive(struct flow *f, struct visit_row *v, const struct person *p,
                      const struct step *s)
{
    v->state = VISIT_WAITING;
    v->version = 1;
    v->clock_unsure = f->unsure;
    v->topic = p->topic;
    text_put(v->site, sizeof(v->site), f->roster.site.id);
    text_put(v->municipality, sizeof(v->municipality), p->municipality);
    text_put(v->lang, sizeof(v->lang), p->lang);
    char series[2] = { v->series, '\0' };
    int64_t number = 0;
    enum err e = stand_in_line(f, v);
    if (e == ERR_OK)
        e = store_counter_next(f->store, v->day, series, &number);
    if (e == ERR_OK && number > TICKET_NUMBER_MAX)
        e = ERR_LIMIT;
    if (e == ERR_OK && v->person_no == 0)
        e = store_counter_next(f->store, COUNTER_FOREVER, COUNTER_PERSON, &v->person_no);
    v->number = (int)number;
    if (e == ERR_OK)
        e = store_visit_insert(f->store, v, p);
    if (e == ERR_OK)
        e = visit_event(f, visit_act_name(VISIT_ARRIVE), false, NULL, v, s);
    return e == ERR_OK ? facts_recount(f, NULL, v) : e;
}

enum err visit_step(struct flow *f, enum visit_act act, const struct visit_row *before,
                    struct visit_row *after, const struct step *s)
{
    enum err e = act == VISIT_UNDO ? ERR_OK : visit_next(before->state, act, &after->state);
    if (e == ERR_OK)
        e = store_visit_update(f->store, after,
                               (struct visit_was){ before->state, before->version });
    if (e != ERR_OK)
        return e;
    after->version = before->version + 1;
    e = visit_event(f, visit_act_name(act), visit_act_undoable(act), before, after, s);
    return e == ERR_OK ? facts_recount(f, before, after) : e;
}

enum err visit_link(struct flow *f, const struct visit_row *before, struct visit_row *after)
{
    enum err e = store_visit_update(f->store, after,
                                    (struct visit_was){ before->state, before->version });
    if (e != ERR_OK)
        return e;
    after->version = before->version + 1;
    e = visit_event(f, appointment_act_name(APPT_CHECK_IN), false, before, after,
                    &(struct step){ .at = f->now });
    return e == ERR_OK ? facts_recount(f, before, after) : e;
}

/* ---- appointments ---- */

static enum err appointment_event(struct flow *f, enum appointment_act act,
                                  const struct appointment_row *before,
                                  const struct appointment_row *after, const struct step *s)
{
    struct event_row ev = { .subject = after->id };
    text_put(ev.act, sizeof(ev.act),
             act == APPT_ACT_COUNT ? visit_act_name(VISIT_UNDO) : appointment_act_name(act));
    text_put(ev.from_state, sizeof(ev.from_state),
             before ? appointment_state_name(before->state) : NULL);
    text_put(ev.to_state, sizeof(ev.to_state), appointment_state_name(after->state));
    text_put(ev.coach, sizeof(ev.coach), after->coach);
    text_put(ev.service, sizeof(ev.service), after->service);
    enum err e = write_down(f, &ev, "appointment", zone_local(&f->zone, s->at).day, NULL, s);
    if (e != ERR_OK || !s->measure)
        return e;
    return count_add(f, &(struct counted){ .measure = s->measure,
                                           .at = s->at,
                                           .municipality = after->municipality,
                                           .coach = after->coach,
                                           .topic = after->topic,
                                           .n = 1 });
}

enum err appointment_note(struct flow *f, const struct appointment_row *a, const char *act,
                          const struct step *s)
{
    struct event_row ev = { .subject = a->chain };
    /* one that is not its chain's first took the place of that: moved */
    const char *state = appointment_state_name(ulid_same(&a->id, &a->chain) ? a->state : APPT_MOVED);
    text_put(ev.act, sizeof(ev.act), act);
    text_put(ev.from_state, sizeof(ev.from_state), state);
    text_put(ev.to_state, sizeof(ev.to_state), state);
    text_put(ev.coach, sizeof(ev.coach), a->coach);
    text_put(ev.service, sizeof(ev.service), a->service);
    return write_down(f, &ev, "appointment", zone_local(&f->zone, s->at).day, NULL, s);
}

enum err appointment_make(struct flow *f, enum appointment_act act, struct appointment_row *a,
                          const struct person *p, const struct step *s)
{
    a->state = act == APPT_HOLD ? APPT_HELD : APPT_BOOKED;
    a->version = 1;
    a->created = f->now;
    text_put(a->site, sizeof(a->site), f->roster.site.id);
    enum err e = store_appointment_insert(f->store, a, p);
    return e == ERR_OK ? appointment_event(f, act, NULL, a, s) : e;
}

enum err appointment_step(struct flow *f, enum appointment_act act,
                          const struct appointment_row *before, struct appointment_row *after,
                          const struct person *p, const struct step *s)
{
    enum err e = ERR_OK;
    if (act == APPT_ACT_COUNT)
        after->state = APPT_BOOKED;
    else
        e = appointment_next(before->state, act, &after->state);
    if (e == ERR_OK)
        e = store_appointment_update(f->store, after,
                                     (struct appointment_was){ before->state, before->version }, p);
    bool let_go = appointment_keeps_time(before->state) && !appointment_keeps_time(after->state);
    if (e == ERR_OK && let_go)
        e = store_claim_release(f->store, &after->id);
    if (e == ERR_OK && let_go && f->region.joined) /* a cancelling may be taken back for a moment */
        e = store_seat_let_go(f->store, &after->id,
                              act == APPT_CANCEL ? f->now + REGION_GRACE_MS : f->now);
    if (e != ERR_OK)
        return e;
    after->version = before->version + 1;
    return appointment_event(f, act, before, after, s);
}

enum err appointment_claim(struct flow *f, const struct appointment_row *a)
{
    return store_claim_take(f->store, &(struct claim_span){ .coach = a->coach,
                                                            .quanta = q5_cover(a->start, a->stop),
                                                            .seat = a->seat,
                                                            .appointment = a->id });
}
