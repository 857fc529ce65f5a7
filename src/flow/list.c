/* Reading the queue: the list, one visit, who is called, what a wait would be. */
#include <string.h>

#include "base/mem.h"
#include "flow/plan.h"

void queue_list_done(struct queue_list *l)
{
    mem_free(l->v);
    *l = (struct queue_list){ 0 };
}

static const enum visit_state shown[] = { VISIT_CALLED, VISIT_IN_SERVICE, VISIT_WAITING,
                                          VISIT_PAUSED, VISIT_MISSED,     VISIT_PARKED };

/* May be this coach's: with them, or theirs to take; what another coach has is not. */
static bool concerns(const struct flow *f, int coach, const struct visit_row *v,
                     const struct queue_entry *q)
{
    const struct roster_coach *c = &f->roster.coaches[coach];
    if (v->with_coach[0])
        return strcmp(v->with_coach, c->id) == 0;
    return queue_may_serve(coach, c->services, q);
}

/* Which of a plan's entries are listed, and in which order; gives how many. */
static size_t listed(const struct flow *f, const struct plan *p, int who, size_t *ret_order)
{
    size_t n = 0;

    for (size_t s = 0; s < ARRAY_LEN(shown); s++)
        for (size_t i = 0; i < p->n; i++)
            if (p->v[i].state == shown[s] &&
                (who < 0 || concerns(f, who, &p->rows.v[p->v[i].tag], &p->v[i])))
                ret_order[n++] = i;
    return n;
}

static enum err lines(struct flow *f, const struct plan *p, const size_t *order, size_t n,
                      struct queue_list *ret_list)
{
    struct queue_list out = { .v = mem_calloc(n + 1, sizeof(*out.v)), .n = n };

    if (!out.v)
        return ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        out.v[i] = plan_line(f, p, order[i]);
    *ret_list = out;
    return ERR_OK;
}

static enum err list(struct flow *f, const char *coach, struct queue_list *ret_list)
{
    int who = -1;
    CLEANUP(plan_done) struct plan p = { 0 };
    CLEANUP(mem_freep) size_t *order = NULL;
    enum err e = coach ? coach_of(f, coach, &who) : ERR_OK;
    if (e == ERR_OK)
        e = plan_make(f, &p);
    if (e == ERR_OK && !(order = mem_calloc(p.n + 1, sizeof(*order))))
        e = ERR_NOMEM;
    return e == ERR_OK ? lines(f, &p, order, listed(f, &p, who, order), ret_list) : e;
}

enum err flow_queue(struct flow *f, const char *coach, struct queue_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_read(f, &tx);
    return e == ERR_OK ? list(f, coach, ret_list) : e;
}

void queue_house_done(struct queue_house *h)
{
    queue_list_done(&h->open);
    mem_free(h->may);
    *h = (struct queue_house){ 0 };
}

/* What each coach may take of the list, and whom "next" would call for them. */
static void for_each_coach(const struct flow *f, const struct plan *p, const size_t *order,
                           struct queue_house *h)
{
    for (size_t c = 0; c < f->roster.n_coaches; c++) {
        long next = queue_next_for((int)c, f->roster.coaches[c].services, p->v, p->n, &p->rules,
                                   f->now);
        h->next[c] = -1;
        for (size_t i = 0; i < h->open.n; i++) {
            if (concerns(f, (int)c, &p->rows.v[p->v[order[i]].tag], &p->v[order[i]]))
                h->may[i] |= UINT64_C(1) << c;
            if ((long)order[i] == next)
                h->next[c] = (long)i;
        }
    }
}

enum err flow_queue_house(struct flow *f, struct queue_house *ret_house)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(plan_done) struct plan p = { 0 };
    CLEANUP(mem_freep) size_t *order = NULL;
    CLEANUP(queue_house_done) struct queue_house out = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = plan_make(f, &p);
    if (e == ERR_OK && (!(order = mem_calloc(p.n + 1, sizeof(*order))) ||
                        !(out.may = mem_calloc(p.n + 1, sizeof(*out.may)))))
        e = ERR_NOMEM;
    if (e == ERR_OK)
        e = lines(f, &p, order, listed(f, &p, -1, order), &out.open);
    if (e != ERR_OK)
        return e;
    for_each_coach(f, &p, order, &out);
    *ret_house = TAKE(out);
    return ERR_OK;
}

enum err flow_queue_finished(struct flow *f, struct queue_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows rows = { 0 };
    CLEANUP(queue_list_done) struct queue_list out = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_visits_over(f->store, f->today, &rows);
    if (e == ERR_OK && !(out.v = mem_calloc(rows.n + 1, sizeof(*out.v))))
        e = ERR_NOMEM;
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++)
        e = line_of(f, &rows.v[i], &out.v[out.n++]);
    if (e == ERR_OK)
        *ret_list = TAKE(out);
    return e;
}

enum err flow_visit(struct flow *f, const struct ulid *visit, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row v;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_visit_get(f->store, visit, &v);
    return e == ERR_OK ? line_of(f, &v, ret_line) : e;
}

enum err flow_visit_find(struct flow *f, const char *id_or_ticket, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct ulid id = ulid_of(id_or_ticket);
    struct ticket t;
    struct visit_row v;
    enum err e = work_read(f, &tx);
    if (e != ERR_OK)
        return e;
    if (id.s[0])
        e = store_visit_get(f->store, &id, &v);
    else if (ticket_parse(id_or_ticket, &t) == ERR_OK)
        e = store_visit_by_ticket(f->store, f->today, t.series, t.number, &v);
    else
        e = ERR_NOT_FOUND;
    return e == ERR_OK ? line_of(f, &v, ret_line) : e;
}

enum err flow_visit_person(struct flow *f, const struct ulid *visit, struct person *ret_person)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct person p = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_visit_person(f->store, visit, &p);
    if (e == ERR_OK)
        e = audit(f, "visit.person", visit->s, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}

/* As if one more walk-in came in now. */
static enum err wait_now(struct flow *f, const char *service, const char *coach,
                         struct queue_wait *ret_wait)
{
    CLEANUP(plan_done) struct plan p = { 0 };
    int s = 0;
    int c = QUEUE_FIRST_FREE;
    enum err e = service_of(f, service, &s);
    if (e == ERR_OK && coach)
        e = coach_of(f, coach, &c);
    if (e == ERR_OK)
        e = plan_order(f, &p);
    if (e != ERR_OK)
        return e;
    p.v[p.n] = (struct queue_entry){ .tag = SIZE_MAX,
                                     .state = VISIT_WAITING,
                                     .arrived = f->now,
                                     .service = s,
                                     .coach = c,
                                     .seq = INT64_MAX };
    e = queue_order(p.v, p.n + 1, &p.rules, f->now);
    size_t i = 0;
    while (p.v[i].tag != SIZE_MAX)
        i++;
    return e == ERR_OK ? plan_wait(f, &p, p.n + 1, i, c, ret_wait) : e;
}

enum err flow_wait_now(struct flow *f, const char *service, const char *coach,
                       struct queue_wait *ret_wait, int *ret_ahead)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct queue_wait w = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = wait_now(f, service, coach, &w);
    if (e != ERR_OK)
        return e;
    *ret_wait = w;
    *ret_ahead = w.ahead;
    return ERR_OK;
}

static enum err wait_if(struct flow *f, const struct ulid *visit, const char *coach,
                        struct queue_wait *ret_wait)
{
    CLEANUP(plan_done) struct plan p = { 0 };
    struct visit_row v;
    int c = QUEUE_FIRST_FREE;
    enum err e = store_visit_get(f->store, visit, &v);
    if (e == ERR_OK && coach)
        e = coach_of(f, coach, &c);
    if (e == ERR_OK)
        e = plan_order(f, &p);
    if (e != ERR_OK)
        return e;
    size_t i = plan_find(&p, visit);
    return i < p.n && p.v[i].state == VISIT_WAITING ? plan_wait(f, &p, p.n, i, c, ret_wait)
                                                    : ERR_STATE;
}

enum err flow_wait_if(struct flow *f, const struct ulid *visit, const char *coach,
                      struct queue_wait *ret_wait)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct queue_wait w = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = wait_if(f, visit, coach, &w);
    if (e == ERR_OK)
        *ret_wait = w;
    return e;
}

enum err flow_called(struct flow *f, struct called_line *ret_lines, size_t max, size_t *ret_n)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows rows = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_visits_called(f->store, f->today, &rows);
    if (e != ERR_OK)
        return e;
    size_t n = rows.n < max ? rows.n : max;
    for (size_t i = 0; i < n; i++) {
        const struct visit_row *v = &rows.v[i];
        struct called_line *l = &ret_lines[i];
        *l = (struct called_line){ .chime = v->chime, .called = v->called };
        ticket_format((struct ticket){ v->series, v->number }, l->ticket);
        int coach = roster_coach_find(&f->roster, v->with_coach);
        if (coach >= 0) {
            text_put(l->room, sizeof(l->room), f->roster.coaches[coach].room);
            text_put(l->coach_name, sizeof(l->coach_name), f->roster.coaches[coach].name);
        }
    }
    *ret_n = n;
    return ERR_OK;
}
