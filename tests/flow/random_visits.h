/*
 * tests/flow/random_visits.h - a world of random actions, and those on visits: each does
 * one thing to the house and to the model, and holds the two answers against each other.
 */
#ifndef TESTS_FLOW_RANDOM_VISITS_H
#define TESTS_FLOW_RANDOM_VISITS_H

#include "tests/flow/any_act.h"
#include "tests/flow/model.h"

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

#define EXPECT(w, got, want) expect(w, got, want, __FILE__, __LINE__)
static void expect(struct world *w, intmax_t got, intmax_t want, const char *file, int line)
{
    if (got != want)
        check_fail(file, line, "sequence %ld, action %d, %s: got %jd, the model says %jd",
                   w->sequence, w->action, w->what, got, want);
}

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
    } else {
        m_return(&w->m, &w->m.v[there]);
    }
    check_line(w, &w->m.v[there], &a.line);
}

static enum err call_flow(struct world *w, struct flow *f, enum visit_act act, struct visit_ref r,
                          const struct m_face *to, struct queue_line *l)
{
    int coach = act == VISIT_CALL ? to->with : to->coach;
    struct any_act with = { .coach = coach >= 0 ? coach_ids[coach] : NULL,
                            .service = service_ids[to->service], .until = to->until,
                            .minutes = (int)((to->until - w->m.now) / MINUTE_MS) };
    return any_act(f, act, r, &with, l);
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

#endif
