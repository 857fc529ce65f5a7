/*
 * tests/flow/random_bookings.h - random actions on holds and appointments.
 */
#ifndef TESTS_FLOW_RANDOM_BOOKINGS_H
#define TESTS_FLOW_RANDOM_BOOKINGS_H

#include "tests/flow/random_visits.h"


/* Few different times, so that they meet; now and then one that is no start. */
static utc_ms draw_start(struct world *w)
{
    utc_ms quarter = 15 * MINUTE_MS;
    utc_ms soon = (w->m.now + 2 * quarter - 1) / quarter * quarter;
    utc_ms start = below(w, 2) ? soon + below(w, 5) * quarter
                               : w->m.day_start + DAY_MS + 9 * HOUR_MS + below(w, 4) * quarter;
    return below(w, 12) ? start : start + 5 * MINUTE_MS - below(w, 2) * DAY_MS;
}

static void do_hold(struct world *w)
{
    struct model *m = &w->m;
    int service = below(w, SERVICES);
    int coach = below(w, COACHES + 1) - 1;
    utc_ms start = draw_start(w);
    bool kiosk = below(w, 2);
    struct hold h = { 0 };
    int got_coach = -1;
    w->what = "hold";
    enum err want = kiosk && m_kiosk_full(m)
                        ? ERR_LIMIT
                        : m_find(m, coach, -1, service, start, -1, kiosk, &got_coach);
    EXPECT(w,
           flow_hold(kiosk ? w->h.f : w->desk,
                     &(struct hold_request){ .service = service_ids[service],
                                             .coach = coach < 0 ? NULL : coach_ids[coach],
                                             .start = start },
                     &h),
           want);
    if (want != ERR_OK)
        return;
    EXPECT(w, strcmp(h.coach, coach_ids[got_coach]), 0);
    for (int i = 0; kiosk && i < m->n_a; i++)
        if (m->a[i].state == APPT_HELD && m->a[i].by_kiosk)
            m->a[i].state = APPT_EXPIRED;
    CHECK(m->n_a < MODEL_APPOINTMENTS);
    utc_ms end = start + service_minutes[service] * MINUTE_MS;
    m->a[m->n_a++] = (struct m_appointment){
        .id = h.id, .state = APPT_HELD, .person = -1, .coach = got_coach, .service = service,
        .visit = -1, .start = start, .end = end,
        .stop = end + service_buffer[service] * MINUTE_MS,
        .held_until = m->now + 3 * MINUTE_MS, .by_kiosk = kiosk
    };
}

/* Mostly one in that state; -1: there is none at all. */
static int pick(struct world *w, enum appointment_state s)
{
    int found[MODEL_APPOINTMENTS];
    int n = 0;
    for (int i = 0; i < w->m.n_a; i++)
        if (w->m.a[i].state == s)
            found[n++] = i;
    if (n > 0 && below(w, 8))
        return found[below(w, n)];
    return w->m.n_a > 0 ? below(w, w->m.n_a) : -1;
}

static void do_book(struct world *w)
{
    int i = pick(w, APPT_HELD);
    if (i < 0)
        return;
    struct m_appointment *a = &w->m.a[i];
    int person = below(w, PERSONS);
    struct person p = somebody(person);
    struct appointment_view v = { 0 };
    w->what = "book";
    bool stands = a->state == APPT_BOOKED || a->state == APPT_CHECKED_IN ||
                  a->state == APPT_NO_SHOW;
    bool again = stands && a->person == person;
    struct flow *f = program(w);
    bool kiosk = f == w->h.f;
    enum err want = ERR_OK;
    if (!again && a->state != APPT_HELD)
        want = ERR_NOT_FOUND;
    else if (!again && kiosk && m_kiosk_full(&w->m))
        want = ERR_LIMIT;
    else if (!again && m_person_busy(&w->m, person, a->start, a->end, i))
        want = ERR_EXISTS;
    EXPECT(w, flow_book(f, &(struct book_request){ .hold = a->id, .person = &p }, &v), want);
    if (want != ERR_OK)
        return;
    if (!again) {
        if (kiosk)
            m_kiosk_booked(&w->m);
        a->state = APPT_BOOKED;
        a->person = person;
        snprintf(a->code, sizeof(a->code), "%s", v.code);
    }
    EXPECT(w, strcmp(v.code, a->code), 0);
    EXPECT(w, v.state, a->state);
}

static void do_release(struct world *w, bool extend)
{
    int i = pick(w, APPT_HELD);
    if (i < 0)
        return;
    struct m_appointment *a = &w->m.a[i];
    struct hold h = { 0 };
    w->what = extend ? "extend" : "release";
    enum err want = a->state != APPT_HELD ? ERR_NOT_FOUND
                    : extend && a->extended ? ERR_STATE
                                            : ERR_OK;
    EXPECT(w, extend ? flow_hold_extend(program(w), &a->id, &h) : flow_release(program(w), &a->id),
           want);
    if (want != ERR_OK)
        return;
    if (extend) {
        a->extended = true;
        a->held_until += 2 * MINUTE_MS;
        EXPECT(w, h.expires, a->held_until);
    } else {
        a->state = APPT_EXPIRED;
    }
}

static void do_move(struct world *w)
{
    int i = pick(w, APPT_BOOKED);
    if (i < 0)
        return;
    struct model *m = &w->m;
    struct m_appointment *a = &m->a[i];
    int coach = below(w, COACHES + 1) - 1;
    utc_ms start = draw_start(w);
    bool by_staff = below(w, 2);
    int got_coach = -1;
    struct appointment_view v = { 0 };
    w->what = "move";
    enum err want = ERR_OK;
    if (a->state != APPT_BOOKED)
        want = ERR_STATE;
    else if (!by_staff && m->now >= a->start)
        want = ERR_RANGE;
    else
        want = m_find(m, coach, a->coach, a->service, start, i, 0, &got_coach);
    utc_ms end = start + service_minutes[a->service] * MINUTE_MS;
    if (want == ERR_OK && m_person_busy(m, a->person, start, end, i))
        want = ERR_EXISTS;
    EXPECT(w,
           flow_move(program(w),
                     &(struct move_request){ .appointment = a->id, .start = start,
                                             .coach = coach < 0 ? NULL : coach_ids[coach],
                                             .by_staff = by_staff },
                     &v),
           want);
    if (want != ERR_OK)
        return;
    EXPECT(w, strcmp(v.coach, coach_ids[got_coach]), 0);
    EXPECT(w, strcmp(v.code, a->code), 0);
    CHECK(m->n_a < MODEL_APPOINTMENTS);
    struct m_appointment next = *a;
    a->state = APPT_MOVED;
    next.id = v.id;
    next.coach = got_coach;
    next.start = start;
    next.end = end;
    next.stop = end + service_buffer[next.service] * MINUTE_MS;
    m->a[m->n_a++] = next;
}

static void do_cancel(struct world *w)
{
    int i = pick(w, APPT_BOOKED);
    if (i < 0)
        return;
    struct m_appointment *a = &w->m.a[i];
    bool by_staff = below(w, 2);
    w->what = "cancel";
    enum err want = a->state != APPT_BOOKED ? ERR_STATE
                    : !by_staff && w->m.now >= a->start ? ERR_RANGE
                                                        : ERR_OK;
    EXPECT(w, flow_cancel(program(w), &a->id, by_staff, NULL), want);
    if (want == ERR_OK) {
        a->state = APPT_CANCELLED;
        a->cancelled_at = w->m.now;
    }
}

static void do_cancel_undo(struct world *w)
{
    int i = pick(w, APPT_CANCELLED);
    if (i < 0)
        return;
    struct model *m = &w->m;
    struct m_appointment *a = &m->a[i];
    w->what = "undo of a cancel";
    enum err want = ERR_OK;
    if (a->state != APPT_CANCELLED)
        want = ERR_STATE;
    else if (m->now - a->cancelled_at > 10 * SECOND_MS)
        want = ERR_RANGE;
    else if (m_person_busy(m, a->person, a->start, a->end, i))
        want = ERR_EXISTS;
    for (int k = 0; want == ERR_OK && k < m->n_a; k++)
        if (k != i && m_keeps(m->a[k].state) && m->a[k].coach == a->coach &&
            m_overlap(a->start, a->stop, m->a[k].start, m->a[k].stop))
            want = ERR_TAKEN;
    EXPECT(w, flow_cancel_undo(program(w), &a->id), want);
    if (want == ERR_OK)
        a->state = APPT_BOOKED;
}

static void check_in_model(struct world *w, int i, int there, const struct queue_line *l)
{
    struct model *m = &w->m;
    struct m_appointment *a = &m->a[i];
    if (there < 0) {
        there = add_visit(w, a->person, l);
        m->v[there].now.service = a->service;
        m->v[there].now.coach = a->coach;
    } else if (m->v[there].appointment >= 0) {
        return; /* for another appointment: this one waits */
    } else {
        struct m_visit *v = &m->v[there];
        if (v->now.state != VISIT_CALLED && v->now.state != VISIT_IN_SERVICE) {
            v->now.service = a->service;
            v->now.coach = a->coach;
        }
        m_touch(v, false, m->now);
    }
    m->v[there].due = a->start;
    m->v[there].appointment = i;
    a->state = APPT_CHECKED_IN;
    a->visit = there;
}

static void do_check_in(struct world *w)
{
    int i = pick(w, below(w, 3) ? APPT_BOOKED : APPT_NO_SHOW);
    if (i < 0)
        return;
    struct model *m = &w->m;
    struct m_appointment *a = &m->a[i];
    struct arrival r = { 0 };
    bool today = a->start >= m->day_start && a->start < m->day_start + DAY_MS;
    w->what = "check-in";
    enum err want = ERR_OK;
    int there = a->person < 0 ? -1 : m_open_visit_of(m, a->person, -1);
    if (a->state == APPT_CHECKED_IN) {
        there = a->visit;
        want = m_open(&m->v[there]) ? ERR_OK : ERR_STATE;
    } else if (a->state != APPT_BOOKED && a->state != APPT_NO_SHOW) {
        want = ERR_STATE;
    } else if (!today) {
        want = ERR_RANGE;
    }
    EXPECT(w, flow_check_in(program(w), &a->id, &r), want);
    if (want != ERR_OK)
        return;
    EXPECT(w, r.existing, there >= 0);
    if (a->state != APPT_CHECKED_IN)
        check_in_model(w, i, there, &r.line);
    if (there >= 0)
        m_return(m, &m->v[there]);
    check_line(w, &m->v[there >= 0 ? there : m->n_v - 1], &r.line);
}

#endif
