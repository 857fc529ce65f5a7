#include "flow/plan.h"

#include <string.h>

#include "base/mem.h"
#include "store/at_work.h"

void plan_done(struct plan *p)
{
    visit_rows_done(&p->rows);
    mem_free(p->v);
    mem_free(p->waits);
    p->v = NULL;
    p->waits = NULL;
    p->n = 0;
}

struct queue_entry plan_entry(const struct flow *f, const struct visit_row *v)
{
    /* A coach who left the roster keeps nobody waiting: first free. */
    int coach = v->coach[0] ? roster_coach_find(&f->roster, v->coach) : -1;
    int service = roster_service_find(&f->roster, v->service);
    return (struct queue_entry){ .state = v->state,
                                 .arrived = v->arrived,
                                 .due = v->due,
                                 .last_call = v->called,
                                 .urgent = v->urgent,
                                 .redirected = v->redirected,
                                 .service = service < 0 ? QUEUE_NO_SERVICE : service,
                                 .coach = coach < 0 ? QUEUE_FIRST_FREE : coach,
                                 .seq = v->number };
}

/* Who was put at work on an earlier day and never went home is not at work today. */
static enum err fill_coaches(struct flow *f, struct plan *p)
{
    for (size_t i = 0; i < f->roster.n_coaches; i++)
        p->coaches[i].services = f->roster.coaches[i].services;
    CLEANUP(at_work_rows_done) struct at_work_rows l = { 0 };
    enum err e = store_at_work_list(f->store, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        int coach = roster_coach_find(&f->roster, l.v[i].coach);
        if (coach >= 0)
            p->coaches[coach].at_work =
                !l.v[i].paused && zone_day(&f->zone, l.v[i].since) == f->date;
    }
    return e;
}

/* How long a service takes, once per plan. */
static enum err time_service(struct flow *f, struct plan *p, int service)
{
    if (service < 0 || (p->timed >> service & 1) != 0)
        return ERR_OK;
    const struct roster_service *r = &f->roster.services[service];
    int64_t seconds[QUEUE_MEDIAN_OF];
    size_t n = 0;
    enum err e = store_visit_durations(f->store, r->id, QUEUE_MEDIAN_OF, seconds, &n);
    if (e != ERR_OK)
        return e;
    p->service_s[service] = queue_service_seconds(seconds, n, r->minutes);
    p->timed |= UINT64_C(1) << service;
    return ERR_OK;
}

static enum err fill_entries(struct flow *f, struct plan *p)
{
    p->n = p->rows.n;
    p->v = mem_calloc(p->n + 1, sizeof(*p->v)); /* one more for who asks how long */
    if (!p->v)
        return ERR_NOMEM;
    for (size_t i = 0; i < p->n; i++) {
        p->v[i] = plan_entry(f, &p->rows.v[i]);
        p->v[i].tag = i;
    }
    return queue_order(p->v, p->n, &p->rules, f->now);
}

static enum err fill_waits(struct flow *f, struct plan *p)
{
    p->waits = mem_calloc(p->n + 1, sizeof(*p->waits));
    if (!p->waits)
        return ERR_NOMEM;
    for (size_t i = 0; i < p->n; i++) {
        enum err e = p->v[i].state == VISIT_WAITING ? time_service(f, p, p->v[i].service) : ERR_OK;
        if (e != ERR_OK)
            return e;
    }
    return queue_waits(p->v, p->n, &p->floor, p->waits);
}

static enum err fill_floor(struct flow *f, struct plan *p)
{
    struct roster_rules rules = f->roster_version > 0 ? f->roster.rules : roster_default_rules();
    p->rules = queue_rules_of(&rules);
    p->floor = (struct queue_floor){ .coaches = p->coaches,
                                     .n_coaches = f->roster.n_coaches,
                                     .service_s = p->service_s,
                                     .n_services = f->roster.n_services };
    return fill_coaches(f, p);
}

enum err plan_make(struct flow *f, struct plan *p)
{
    enum err e = fill_floor(f, p);
    if (e == ERR_OK)
        e = store_visits_shown(f->store, f->today, &p->rows);
    if (e == ERR_OK)
        e = fill_entries(f, p);
    return e == ERR_OK ? fill_waits(f, p) : e;
}

enum err plan_order(struct flow *f, struct plan *p)
{
    enum err e = fill_floor(f, p);
    if (e == ERR_OK)
        e = store_visits_queue(f->store, f->today, &p->rows);
    return e == ERR_OK ? fill_entries(f, p) : e;
}

size_t plan_find(const struct plan *p, const struct ulid *visit)
{
    size_t i = 0;
    while (i < p->n && !ulid_same(&p->rows.v[p->v[i].tag].id, visit))
        i++;
    return i;
}

enum err plan_wait(struct flow *f, struct plan *p, size_t n, size_t i, int coach,
                   struct queue_wait *ret_wait)
{
    enum err e = time_service(f, p, p->v[i].service);
    if (e == ERR_OK)
        *ret_wait = queue_wait_of(p->v, n, i, coach, &p->floor);
    return e;
}

static enum queue_why why_of(const struct queue_entry *q, const struct queue_rules *rules,
                             int band)
{
    if (band == 1)
        return QUEUE_WHY_URGENT;
    bool late = queue_is_late(q, rules);
    if (band == 2 && q->redirected)
        return QUEUE_WHY_REDIRECTED;
    if (q->due == 0)
        return band == 2 ? QUEUE_WHY_LONG_WAIT : QUEUE_WHY_WALK_IN;
    if (band == 2)
        return late ? QUEUE_WHY_LONG_WAIT : QUEUE_WHY_APPOINTMENT;
    return late ? QUEUE_WHY_LATE : QUEUE_WHY_EARLY;
}

static struct queue_line line(const struct flow *f, const struct visit_row *v,
                              const struct queue_rules *rules)
{
    struct queue_entry q = plan_entry(f, v);
    int band = queue_band(&q, rules, f->now);
    struct queue_line l = { .visit = v->id,
                            .version = v->version,
                            .state = v->state,
                            .band = band,
                            .why = why_of(&q, rules, band),
                            .appointment = v->due != 0,
                            .arrived = v->arrived,
                            .due = v->due,
                            .called = v->called,
                            .until = v->until,
                            .calls = v->calls,
                            .topic = v->topic,
                            .person_no = v->person_no,
                            .urgent = v->urgent,
                            .redirected = v->redirected,
                            .inaccurate = v->inaccurate,
                            .clock_unsure = v->clock_unsure };
    l.wait.known = v->state == VISIT_CALLED || v->state == VISIT_IN_SERVICE; /* 0 minutes */
    ticket_format((struct ticket){ v->series, v->number }, l.ticket);
    text_put(l.service, sizeof(l.service), v->service);
    text_put(l.coach, sizeof(l.coach), v->with_coach[0] ? v->with_coach : v->coach);
    text_put(l.lang, sizeof(l.lang), v->lang);
    text_put(l.municipality, sizeof(l.municipality), v->municipality);
    return l;
}

struct queue_line plan_line(const struct flow *f, const struct plan *p, size_t i)
{
    struct queue_line l = line(f, &p->rows.v[p->v[i].tag], &p->rules);
    if (l.state == VISIT_WAITING) {
        l.wait = p->waits[i];
        l.ahead = l.wait.ahead;
    }
    return l;
}

struct queue_line line_alone(const struct flow *f, const struct visit_row *v)
{
    struct roster_rules rules = f->roster_version > 0 ? f->roster.rules : roster_default_rules();
    struct queue_rules q = queue_rules_of(&rules);
    return line(f, v, &q);
}

enum err line_of(struct flow *f, const struct visit_row *v, struct queue_line *ret_line)
{
    if (v->state != VISIT_WAITING || v->day != f->today) {
        *ret_line = line_alone(f, v);
        return ERR_OK;
    }
    CLEANUP(plan_done) struct plan p = { 0 };
    struct queue_wait wait = { 0 };
    enum err e = plan_order(f, &p);
    size_t i = e == ERR_OK ? plan_find(&p, &v->id) : 0;
    if (e == ERR_OK)
        e = i < p.n ? plan_wait(f, &p, p.n, i, p.v[i].coach, &wait) : ERR_CORRUPT;
    if (e != ERR_OK)
        return e;
    *ret_line = line(f, v, &p.rules);
    ret_line->wait = wait;
    ret_line->ahead = wait.ahead;
    return ERR_OK;
}
