/* Whom to call back: who was not helped when the day ended, who did not come, and who asked. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/desk.h"
#include "flow/work.h"
#include "store/call_back.h"
#include "store/call_request.h"

static const char *const names[] = { "open", "reached", "no_answer", "not_needed" };

const char *call_back_name(enum call_back_result r)
{
    return (size_t)r < ARRAY_LEN(names) ? names[r] : NULL;
}

enum err call_back_of(const char *name, enum call_back_result *ret_result)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i], name) == 0) {
            *ret_result = (enum call_back_result)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

void call_back_list_done(struct call_back_list *l)
{
    mem_free(l->v);
    *l = (struct call_back_list){ 0 };
}

static enum err put_result(struct flow *f, struct call_back_line *l)
{
    struct call_back_row r;
    enum err e = store_call_back_get(f->store, &l->subject, &r);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    l->told = r.at;
    text_put(l->by, sizeof(l->by), r.actor);
    return call_back_of(r.result, &l->result);
}

static enum err add(struct flow *f, struct call_back_list *list, const struct call_back_line *l)
{
    if (!mem_grow(&list->v, &list->cap, list->n, sizeof(*list->v)))
        return ERR_NOMEM;
    list->v[list->n] = *l;
    return put_result(f, &list->v[list->n++]);
}

static enum err add_visits(struct flow *f, civil_day day, struct call_back_list *list)
{
    CLEANUP(visit_rows_done) struct visit_rows rows = { 0 };
    enum err e = store_visits_over(f->store, day, &rows);
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++) {
        const struct visit_row *v = &rows.v[i];
        if (v->state != VISIT_UNSERVED)
            continue;
        struct call_back_line l = { .subject = v->id, .kind = CALL_BACK_VISIT,
                                    .day = v->day, .at = v->arrived, .topic = v->topic };
        text_put(l.coach, sizeof(l.coach), v->coach);
        text_put(l.lang, sizeof(l.lang), v->lang);
        e = add(f, list, &l);
    }
    return e;
}

static enum err add_appointments(struct flow *f, civil_day first, struct call_back_list *list)
{
    CLEANUP(appointment_rows_done) struct appointment_rows rows = { 0 };
    enum err e = store_appointments_of_days(f->store, NULL, first, f->today, &rows);
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++) {
        const struct appointment_row *a = &rows.v[i];
        if (a->state != APPT_NO_SHOW)
            continue;
        struct call_back_line l = { .subject = a->id, .kind = CALL_BACK_APPOINTMENT,
                                    .day = a->day, .at = a->start, .topic = a->topic };
        text_put(l.coach, sizeof(l.coach), a->coach);
        text_put(l.lang, sizeof(l.lang), a->lang);
        e = add(f, list, &l);
    }
    return e;
}

static struct call_back_line asked(const struct call_request_row *r)
{
    struct call_back_line l = { .subject = r->id, .kind = CALL_BACK_REQUEST, .day = r->day,
                                .at = r->at, .topic = r->topic };
    text_put(l.lang, sizeof(l.lang), r->lang);
    return l;
}

static enum err add_requests(struct flow *f, civil_day first, struct call_back_list *list)
{
    CLEANUP(call_request_rows_done) struct call_request_rows rows = { 0 };
    enum err e = store_call_requests(f->store, first, f->today, &rows);
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++) {
        struct call_back_line l = asked(&rows.v[i]);
        e = add(f, list, &l);
    }
    return e;
}

static int by_need(const void *a, const void *b)
{
    const struct call_back_line *x = a, *y = b;
    bool done_x = x->result != CALL_BACK_OPEN, done_y = y->result != CALL_BACK_OPEN;
    if (done_x != done_y)
        return done_x ? 1 : -1;
    if (x->at != y->at)
        return x->at > y->at ? -1 : 1;
    return strcmp(x->subject.s, y->subject.s);
}

enum err flow_call_back(struct flow *f, int days, struct call_back_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(call_back_list_done) struct call_back_list out = { 0 };
    if (days < 1)
        return ERR_INVAL;
    enum err e = work_read(f, &tx);
    for (int i = 0; e == ERR_OK && i < days; i++)
        e = add_visits(f, f->today - i, &out);
    if (e == ERR_OK)
        e = add_appointments(f, f->today - days + 1, &out);
    if (e == ERR_OK)
        e = add_requests(f, f->today - days + 1, &out);
    if (e != ERR_OK)
        return e;
    if (out.n > 1)
        qsort(out.v, out.n, sizeof(*out.v), by_need);
    *ret_list = TAKE(out);
    return ERR_OK;
}

enum err flow_call_back_request(struct flow *f, const struct ulid *call,
                                struct call_back_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct call_request_row r;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_call_request_get(f->store, call, &r);
    if (e != ERR_OK)
        return e;
    struct call_back_line l = asked(&r);
    e = put_result(f, &l);
    if (e == ERR_OK)
        *ret_line = l;
    return e;
}

/* That it still is one to be called. */
static enum err still_so(struct flow *f, const struct ulid *subject)
{
    struct visit_row v;
    struct appointment_row a;
    struct call_request_row r;
    enum err e = store_visit_get(f->store, subject, &v);
    if (e == ERR_OK)
        return v.state == VISIT_UNSERVED ? ERR_OK : ERR_STATE;
    if (e == ERR_NOT_FOUND)
        e = store_appointment_get(f->store, subject, &a);
    if (e == ERR_OK)
        return a.state == APPT_NO_SHOW ? ERR_OK : ERR_STATE;
    if (e == ERR_NOT_FOUND)
        e = store_call_request_get(f->store, subject, &r);
    return e;
}

enum err flow_call_back_tell(struct flow *f, const struct ulid *subject,
                             enum call_back_result result)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct call_back_row r = { .subject = *subject };
    const char *name = call_back_name(result);
    if (!name)
        return ERR_INVAL;
    text_put(r.result, sizeof(r.result), name);
    enum err e = work_begin(f, &tx);
    r.at = f->now;
    text_put(r.actor, sizeof(r.actor), f->actor);
    if (e == ERR_OK)
        e = still_so(f, subject);
    if (e == ERR_OK)
        e = result == CALL_BACK_OPEN ? store_call_back_clear(f->store, subject)
                                     : store_call_back_put(f->store, &r);
    if (e == ERR_OK)
        e = audit(f, "call_back", subject->s, name);
    return work_end(f, &tx, e);
}
