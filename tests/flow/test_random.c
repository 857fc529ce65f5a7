/*
 * Random action sequences on the real database, through two programs, held against the
 * model of model.h after every action. A failure prints seed and sequence; SEED=n repeats.
 */
#include "tests/flow/model.h"

#define SEQUENCES 2000
#define ACTIONS 24
#define PER_HOUSE 100 /* sequences on one database, each on days of its own */

struct world {
    struct house h;
    struct flow *desk;
    struct model m;
    struct rng rng; /* of the actions */
    long sequence;
    int action;
    const char *what;
};

static int below(struct world *w, int n)
{
    return (int)rng_below(&w->rng, (uint32_t)n);
}

static struct flow *program(struct world *w)
{
    return below(w, 2) ? w->h.f : w->desk;
}

#define EXPECT(w, got, want) expect(w, got, want, __LINE__)
static void expect(struct world *w, intmax_t got, intmax_t want, int line)
{
    if (got != want)
        check_fail(__FILE__, line, "sequence %ld, action %d, %s: got %jd, the model says %jd",
                   w->sequence, w->action, w->what, got, want);
}

/* ---- visits ---- */

static void check_line(struct world *w, const struct m_visit *v, const struct queue_line *l)
{
    EXPECT(w, strcmp(l->visit.s, v->id.s), 0);
    EXPECT(w, strcmp(l->ticket, v->ticket), 0);
    EXPECT(w, l->state, v->now.state);
    EXPECT(w, l->version, v->version);
    EXPECT(w, l->calls, v->now.calls);
    EXPECT(w, l->called, v->now.called);
    EXPECT(w, l->due, v->due);
    EXPECT(w, l->until, v->now.until);
    EXPECT(w, l->urgent, v->now.urgent);
    EXPECT(w, l->redirected, v->now.redirected);
    EXPECT(w, l->band, m_band(&w->m, v));
    EXPECT(w, strcmp(l->service, service_ids[v->now.service]), 0);
    int coach = v->now.with >= 0 ? v->now.with : v->now.coach;
    EXPECT(w, strcmp(l->coach, coach < 0 ? "" : coach_ids[coach]), 0);
}

static int add_visit(struct world *w, int person, const struct queue_line *l)
{
    struct model *m = &w->m;
    CHECK(m->n_v < MODEL_VISITS);
    struct m_visit *v = &m->v[m->n_v];
    int series = l->ticket[0] == 'C';
    *v = (struct m_visit){ .id = l->visit, .person = person, .number = ++m->last[series],
                           .arrived = m->now, .appointment = -1, .version = 1,
                           .now = { .state = VISIT_WAITING, .coach = -1, .with = -1 } };
    snprintf(v->ticket, sizeof(v->ticket), "%c%02d", series ? 'C' : 'A', v->number);
    return m->n_v++;
}

static void do_walk_in(struct world *w)
{
    int person = below(w, PERSONS);
    int service = below(w, SERVICES);
    int coach = below(w, 3) ? -1 : below(w, COACHES);
    struct person p = somebody_for(person, service_topics[service]);
    struct arrival a = { 0 };
    int there = m_open_visit_of(&w->m, person, -1);
    w->what = "walk-in";
    EXPECT(w,
           flow_walk_in(program(w),
                        &(struct walk_in_request){ .person = &p,
                                                   .coach = coach < 0 ? NULL : coach_ids[coach] },
                        &a),
           ERR_OK);
    EXPECT(w, a.existing, there >= 0);
    if (there < 0) {
        there = add_visit(w, person, &a.line);
        w->m.v[there].now.service = service;
        w->m.v[there].now.coach = coach;
    }
    check_line(w, &w->m.v[there], &a.line);
}

static enum err call_flow(struct world *w, struct flow *f, enum visit_act act, struct visit_ref r,
                          const struct m_face *to, struct queue_line *l)
{
    const char *coach = to->coach >= 0 ? coach_ids[to->coach] : NULL;
    switch (act) {
    case VISIT_CALL:
        return flow_call(f, coach_ids[to->with], r, l);
    case VISIT_RECALL:
        return flow_recall(f, r, l);
    case VISIT_START:
        return flow_start(f, r, l);
    case VISIT_FINISH:
        return flow_finish(f, r, "", l);
    case VISIT_MISS:
        return flow_missed(f, r, l);
    case VISIT_REQUEUE:
        return flow_requeue(f, r, l);
    case VISIT_PARK:
        return flow_park(f, r, to->until, "papers", l);
    case VISIT_UNPARK:
        return flow_unpark(f, r, l);
    case VISIT_REDIRECT:
        return flow_redirect(f, r, coach, coach ? NULL : service_ids[to->service], l);
    case VISIT_URGENT:
        return flow_urgent(f, r, "ill", l);
    case VISIT_PAUSE:
        return flow_pause(f, r, (int)((to->until - w->m.now) / MINUTE_MS), l);
    case VISIT_RESUME:
        return flow_resume(f, r, l);
    case VISIT_LEAVE:
        return flow_leave(f, r, l);
    case VISIT_VOID:
        return flow_void(f, r, "mistake", l);
    case VISIT_SWITCH:
        return flow_switch_coach(f, r, coach, l);
    case VISIT_UNDO:
        return flow_undo(f, r, l);
    case VISIT_ARRIVE:
    case VISIT_AUTO_MISSED:
    case VISIT_AUTO_RESUME:
    case VISIT_AUTO_UNPARK:
    case VISIT_CLOSE_UNSERVED:
    case VISIT_CLOSE_DONE:
    case VISIT_ACT_COUNT:
        break;
    }
    return ERR_INVAL;
}

/* The state table, once more: where an act leads from each state; -1: refused. */
static int leads_to(enum visit_act act, enum visit_state s)
{
    bool open_aside = s == VISIT_WAITING || s == VISIT_PAUSED || s == VISIT_MISSED ||
                      s == VISIT_PARKED;
    bool with_coach = s == VISIT_CALLED || s == VISIT_IN_SERVICE;
    switch (act) {
    case VISIT_CALL:
        return s == VISIT_WAITING ? VISIT_CALLED : -1;
    case VISIT_RECALL:
        return s == VISIT_CALLED ? VISIT_CALLED : -1;
    case VISIT_START:
        return s == VISIT_CALLED ? VISIT_IN_SERVICE : -1;
    case VISIT_FINISH:
        return s == VISIT_IN_SERVICE ? VISIT_DONE : -1;
    case VISIT_MISS:
        return s == VISIT_CALLED ? VISIT_MISSED : -1;
    case VISIT_REQUEUE:
        return s == VISIT_MISSED ? VISIT_WAITING : -1;
    case VISIT_PARK:
        return with_coach ? VISIT_PARKED : -1;
    case VISIT_UNPARK:
        return s == VISIT_PARKED ? VISIT_WAITING : -1;
    case VISIT_REDIRECT:
        return s == VISIT_IN_SERVICE ? VISIT_WAITING : -1;
    case VISIT_URGENT:
        return open_aside ? (int)s : -1;
    case VISIT_PAUSE:
        return s == VISIT_WAITING ? VISIT_PAUSED : -1;
    case VISIT_RESUME:
        return s == VISIT_PAUSED ? VISIT_WAITING : -1;
    case VISIT_LEAVE:
        return open_aside ? VISIT_LEFT : -1;
    case VISIT_VOID:
        return open_aside || with_coach ? VISIT_VOIDED : -1;
    case VISIT_SWITCH:
        return s == VISIT_WAITING ? VISIT_WAITING : -1;
    case VISIT_ARRIVE:
    case VISIT_UNDO:
    case VISIT_AUTO_MISSED:
    case VISIT_AUTO_RESUME:
    case VISIT_AUTO_UNPARK:
    case VISIT_CLOSE_UNSERVED:
    case VISIT_CLOSE_DONE:
    case VISIT_ACT_COUNT:
        break;
    }
    return -1;
}

/* What the act makes of the visit, with the random part of it drawn. */
static struct m_face draw_face(struct world *w, const struct m_visit *v, enum visit_act act)
{
    struct m_face to = v->now;
    if (act == VISIT_CALL)
        to.with = below(w, COACHES);
    if (act == VISIT_CALL || act == VISIT_RECALL) {
        to.calls++;
        to.called = w->m.now;
    }
    if (act == VISIT_PAUSE)
        to.until = w->m.now + (1 + below(w, 30)) * MINUTE_MS;
    if (act == VISIT_PARK)
        to.until = below(w, 2) ? 0 : w->m.now + (1 + below(w, 20)) * MINUTE_MS;
    if (act == VISIT_URGENT)
        to.urgent = true;
    if (act == VISIT_SWITCH)
        to.coach = below(w, COACHES + 1) - 1;
    if (act == VISIT_REDIRECT) {
        to.redirected = true;
        to.coach = below(w, 2) ? -1 : below(w, COACHES);
        if (to.coach < 0)
            to.service = below(w, SERVICES);
    }
    return to;
}

static enum err model_act(struct world *w, int i, enum visit_act *act, struct m_face *to)
{
    struct m_visit *v = &w->m.v[i];
    int next = leads_to(*act, v->now.state);
    if (*act == VISIT_CALL && v->now.state == VISIT_WAITING && !m_may_serve(to->with, v))
        return ERR_DENIED;
    if (next < 0)
        return ERR_STATE;
    if (*act == VISIT_REDIRECT &&
        (to->coach >= 0 ? to->coach == v->now.with : to->service == v->now.service))
        return ERR_INVAL;
    if (*act == VISIT_PARK && to->until >= w->m.day_start + DAY_MS)
        return ERR_RANGE;
    if (*act == VISIT_CALL && m_busy_coach(&w->m, to->with, i))
        return ERR_TAKEN;
    to->state = (enum visit_state)next;
    if (*act == VISIT_RECALL && v->now.calls >= 3) {
        *to = v->now;
        to->state = VISIT_MISSED;
    }
    bool keeps_coach = to->state == VISIT_CALLED || to->state == VISIT_IN_SERVICE ||
                       to->state == VISIT_DONE || to->state == VISIT_PARKED;
    if (!keeps_coach)
        to->with = -1;
    if (to->state != VISIT_PAUSED && to->state != VISIT_PARKED)
        to->until = 0;
    if (*act == VISIT_REQUEUE || *act == VISIT_UNPARK || *act == VISIT_RESUME ||
        *act == VISIT_REDIRECT)
        to->calls = 0;
    return ERR_OK;
}

static enum err model_undo(struct world *w, int i, struct m_face *to)
{
    struct m_visit *v = &w->m.v[i];
    if (!v->undoable)
        return ERR_STATE;
    if (w->m.now - v->act_at > 10 * SECOND_MS)
        return ERR_RANGE;
    *to = v->before;
    bool with = to->state == VISIT_CALLED || to->state == VISIT_IN_SERVICE;
    bool taken = with && m_busy_coach(&w->m, to->with, i);
    bool exists = !m_open(v) && m_open_visit_of(&w->m, v->person, i) >= 0;
    if (taken && exists)
        return ERR_COUNT; /* either is right */
    return taken ? ERR_TAKEN : exists ? ERR_EXISTS : ERR_OK;
}

static void do_act(struct world *w)
{
    static const enum visit_act acts[] = {
        VISIT_CALL,   VISIT_RECALL,   VISIT_START,  VISIT_FINISH, VISIT_MISS,  VISIT_REQUEUE,
        VISIT_PARK,   VISIT_UNPARK,   VISIT_REDIRECT, VISIT_URGENT, VISIT_PAUSE, VISIT_RESUME,
        VISIT_LEAVE,  VISIT_VOID,     VISIT_SWITCH,
    };
    if (w->m.n_v == 0)
        return;
    int i = below(w, w->m.n_v);
    struct m_visit *v = &w->m.v[i];
    enum visit_act act = acts[below(w, (int)ARRAY_LEN(acts))];
    for (int k = 0; k < 6 && leads_to(act, v->now.state) < 0; k++) /* mostly what may be */
        act = acts[below(w, (int)ARRAY_LEN(acts))];
    if (below(w, 4) == 0)
        act = VISIT_UNDO;
    struct m_face to = draw_face(w, v, act);
    struct visit_ref r = { v->id, below(w, 2) ? 0 : v->version };
    enum visit_act done = act;
    struct queue_line l = { 0 };
    w->what = visit_act_name(act);
    if (v->version > 1 && below(w, 10) == 0)
        r.version = v->version - 1;
    struct m_face asked = to;
    enum err want = act == VISIT_UNDO ? model_undo(w, i, &to) : model_act(w, i, &done, &to);
    if (r.version != 0 && r.version != v->version)
        want = ERR_STALE;
    enum err got = call_flow(w, program(w), act, r, &asked, &l);
    if (want == ERR_COUNT && (got == ERR_TAKEN || got == ERR_EXISTS))
        return;
    EXPECT(w, got, want);
    if (got != ERR_OK)
        return;
    v->before = v->now;
    v->now = to;
    m_touch(v, act != VISIT_UNDO, w->m.now);
    check_line(w, v, &l);
}

static void do_next(struct world *w)
{
    int coach = below(w, COACHES);
    int i = m_next(&w->m, coach);
    struct queue_line l = { 0 };
    w->what = "next";
    enum err want = m_busy_coach(&w->m, coach, -1) ? ERR_TAKEN : i < 0 ? ERR_NONE : ERR_OK;
    EXPECT(w, flow_call_next(program(w), coach_ids[coach], &l), want);
    if (want != ERR_OK)
        return;
    struct m_visit *v = &w->m.v[i];
    v->before = v->now;
    v->now.state = VISIT_CALLED;
    v->now.with = coach;
    v->now.calls++;
    v->now.called = w->m.now;
    m_touch(v, true, w->m.now);
    check_line(w, v, &l);
}

static void do_close(struct world *w)
{
    struct day_closed c = { 0 };
    w->what = "close";
    EXPECT(w, flow_close_day(program(w), &c), ERR_OK);
    for (int i = 0; i < w->m.n_v; i++) {
        struct m_visit *v = &w->m.v[i];
        if (!m_open(v))
            continue;
        bool served = v->now.state == VISIT_IN_SERVICE;
        v->now.state = served ? VISIT_DONE : VISIT_UNSERVED;
        m_touch(v, false, w->m.now);
        served ? c.done_inaccurate-- : c.unserved--;
    }
    EXPECT(w, c.done_inaccurate, 0);
    EXPECT(w, c.unserved, 0);
}

/* ---- appointments ---- */

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
    enum err want = m_find(m, coach, -1, service, start, -1, kiosk, &got_coach);
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
    enum err want = ERR_OK;
    if (!again && a->state != APPT_HELD)
        want = ERR_NOT_FOUND;
    else if (!again && m_person_busy(&w->m, person, a->start, a->end, i))
        want = ERR_EXISTS;
    EXPECT(w,
           flow_book(program(w), &(struct book_request){ .hold = a->id, .person = &p }, &v),
           want);
    if (want != ERR_OK)
        return;
    if (!again) {
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
    check_line(w, &m->v[there >= 0 ? there : m->n_v - 1], &r.line);
}

/* ---- after every action ---- */

static void check_queue(struct world *w)
{
    struct queue_list l = { 0 };
    int want[MODEL_VISITS];
    EXPECT(w, flow_queue(program(w), NULL, &l), ERR_OK);
    int n = m_listed(&w->m, want);
    EXPECT(w, (int)l.n, n);
    for (int i = 0; i < n; i++)
        check_line(w, &w->m.v[want[i]], &l.v[i]);
    queue_list_done(&l);
}

static void check_appointments(struct world *w)
{
    for (int i = 0; i < w->m.n_a; i++) {
        struct appointment_view v = { 0 };
        EXPECT(w, flow_appointment(w->desk, &w->m.a[i].id, &v), ERR_OK);
        EXPECT(w, v.state, w->m.a[i].state);
        EXPECT(w, v.start, w->m.a[i].start);
    }
}

static void check_free(struct world *w)
{
    struct model *m = &w->m;
    int service = below(w, SERVICES);
    civil_day first = zone_day(flow_zone(w->desk), m->day_start);
    struct free_list l = { 0 };
    size_t n = 0;
    EXPECT(w, flow_free(w->desk, service_ids[service], NULL, first, first + 1, &l), ERR_OK);
    for (utc_ms t = m->day_start; t < m->day_start + 2 * DAY_MS; t += 15 * MINUTE_MS)
        for (int c = 0; c < COACHES; c++)
            if (m_offer(m, c, service, t, -1, 0) == ERR_OK) {
                CHECK(n < l.n);
                EXPECT(w, l.v[n].start, t);
                EXPECT(w, l.v[n].coach, c);
                n++;
            }
    EXPECT(w, (int)l.n, (int)n);
    free_list_done(&l);
}

static void do_time(struct world *w)
{
    static const int64_t steps[] = { 1000, 5000, 10000, 10001, 60000, 180000, 300000, 600000,
                                     900000, 2700000 };
    int64_t ms = steps[below(w, (int)ARRAY_LEN(steps))];
    w->what = "time";
    if (w->m.now + ms >= w->m.day_start + 23 * HOUR_MS)
        return;
    clock_advance(&w->h.clock, ms);
    w->m.now += ms;
    m_tick(&w->m);
}

static void one_action(struct world *w)
{
    int draw = below(w, 100);
    if (draw < 11)
        do_walk_in(w);
    else if (draw < 18)
        do_next(w);
    else if (draw < 54)
        do_act(w);
    else if (draw < 63)
        do_hold(w);
    else if (draw < 71)
        do_book(w);
    else if (draw < 73)
        do_release(w, below(w, 2));
    else if (draw < 77)
        do_move(w);
    else if (draw < 80)
        do_cancel(w);
    else if (draw < 82)
        do_cancel_undo(w);
    else if (draw < 89)
        do_check_in(w);
    else if (draw == 89 && below(w, 4) == 0)
        do_close(w);
    else
        do_time(w);
}

/* Two days on: the queue of before is closed by time, its appointments are past. */
static void next_sequence(struct world *w)
{
    struct model *m = &w->m;
    utc_ms jump = m->day_start + 2 * DAY_MS + 8 * HOUR_MS + below(w, 8) * HOUR_MS +
                  below(w, 3600) * SECOND_MS - m->now;
    w->what = "the night";
    clock_advance(&w->h.clock, jump);
    m->now += jump;
    m_tick(m);
    check_queue(w);
    check_appointments(w);
    for (int i = 0; i < m->n_v; i++) {
        struct queue_line l = { 0 };
        EXPECT(w, flow_visit(w->desk, &m->v[i].id, &l), ERR_OK);
        EXPECT(w, l.state, m->v[i].now.state);
    }
    *m = (struct model){ .now = m->now, .day_start = m->day_start + 2 * DAY_MS };
}

static void run_house(struct world *w, long sequences)
{
    house_start_with(&w->h, "2026-06-01T08:00:00+02:00", MODEL_ROSTER);
    w->desk = house_program(&w->h, "desk:1");
    w->m = (struct model){ .now = clock_wall_ms(&w->h.clock),
                           .day_start = at("2026-06-01T00:00:00+02:00") };
    for (long s = 0; s < sequences; s++) {
        w->sequence++;
        for (w->action = 0; w->action < ACTIONS; w->action++) {
            one_action(w);
            check_queue(w);
        }
        check_free(w);
        next_sequence(w);
        if (w->m.day_start > at("2026-10-20T00:00:00+02:00")) /* the clocks change on the 25th */
            break;
    }
    flow_closep(&w->desk);
    house_end(&w->h);
    unlink(w->h.path);
}

TEST(random_action_sequences_agree_with_the_model)
{
    static struct world w;
    long rounds = check_rounds(SEQUENCES);
    w.rng = rng_seeded(check_seed());
    while (w.sequence < rounds)
        run_house(&w, rounds - w.sequence < PER_HOUSE ? rounds - w.sequence : PER_HOUSE);
}
