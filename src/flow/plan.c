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

static enum err fill_services(struct flow *f, struct plan *p)
{
    for (size_t i = 0; i < f->roster.n_services; i++) {
        int64_t seconds[QUEUE_MEDIAN_OF];
        size_t n = 0;
        enum err e = store_visit_durations(f->store, f->roster.services[i].id, QUEUE_MEDIAN_OF,
                                           seconds, &n);
        if (e != ERR_OK)
            return e;
        p->service_s[i] = queue_service_seconds(seconds, n, f->roster.services[i].minutes);
    }
    return ERR_OK;
}

static enum err fill_entries(struct flow *f, struct plan *p)
{
    enum err e = store_visits_open(f->store, f->today, &p->rows);
    if (e != ERR_OK)
        return e;
    p->n = p->rows.n;
    p->v = mem_calloc(p->n + 1, sizeof(*p->v)); /* one more for who asks how long */
    p->waits = mem_calloc(p->n + 1, sizeof(*p->waits));
    if (!p->v || !p->waits)
        return ERR_NOMEM;
    for (size_t i = 0; i < p->n; i++) {
        p->v[i] = plan_entry(f, &p->rows.v[i]);
        p->v[i].tag = i;
    }
    return queue_order(p->v, p->n, &p->rules, f->now);
}

enum err plan_make(struct flow *f, struct plan *p)
{
    struct roster_rules rules = f->roster_version > 0 ? f->roster.rules : roster_default_rules();
    p->rules = queue_rules_of(&rules);
    p->floor = (struct queue_floor){ .coaches = p->coaches,
                                     .n_coaches = f->roster.n_coaches,
                                     .service_s = p->service_s,
                                     .n_services = f->roster.n_services };
    enum err e = fill_coaches(f, p);
    if (e == ERR_OK)
        e = fill_services(f, p);
    if (e == ERR_OK)
        e = fill_entries(f, p);
    return e == ERR_OK ? queue_waits(p->v, p->n, &p->floor, p->waits) : e;
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

enum err line_of(struct flow *f, const struct visit_row *v, struct queue_line *ret_line)
{
    if (v->state != VISIT_WAITING || v->day != f->today) {
        struct roster_rules rules =
            f->roster_version > 0 ? f->roster.rules : roster_default_rules();
        struct queue_rules q = queue_rules_of(&rules);
        *ret_line = line(f, v, &q);
        return ERR_OK;
    }
    CLEANUP(plan_done) struct plan p = { 0 };
    enum err e = plan_make(f, &p);
    for (size_t i = 0; e == ERR_OK && i < p.n; i++)
        if (ulid_same(&p.rows.v[p.v[i].tag].id, &v->id)) {
            *ret_line = plan_line(f, &p, i);
            return ERR_OK;
        }
    return e == ERR_OK ? ERR_CORRUPT : e;
}
