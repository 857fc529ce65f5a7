/* Looking at appointments: one, those of some days, those that a new roster hits. */
#include "flow/appointment.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "flow/desk.h"

void appointment_list_done(struct appointment_list *l)
{
    mem_free(l->v);
    *l = (struct appointment_list){ 0 };
}

struct told appointment_told(const struct appointment_row *a, enum record_kind kind, utc_ms at,
                             const struct person *p)
{
    return (struct told){ .kind = kind,
                          .chain = a->chain,
                          .at = at,
                          .person = p,
                          .service = a->service,
                          .coach = a->coach,
                          .start = a->start,
                          .end = a->end };
}

/* The first letter of the given, or only, name. */
static void put_initial(const struct person *p, char out[8])
{
    const char *name = p->given[0] ? p->given : p->family;
    const char *s = name;
    uint32_t cp = utf8_next(&s, name + strlen(name));
    char letter[4];
    size_t n = cp == UTF8_BAD ? 0 : utf8_put(cp, letter);
    memcpy(out, letter, n);
    out[n] = '\0';
}

static enum err put_stored_initial(struct flow *f, const struct appointment_row *a, char out[8])
{
    struct person p = { 0 };
    enum err e = store_appointment_person(f->store, &a->id, &p);
    if (e == ERR_OK)
        put_initial(&p, out);
    mem_wipe(&p, sizeof(p));
    return e == ERR_DENIED || e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err put_code(struct flow *f, const struct appointment_row *a,
                         struct appointment_view *v)
{
    struct code code;
    struct token token;
    enum err e = store_appointment_code(f->store, a, &code, &token);
    if (e == ERR_OK) {
        text_put(v->code, sizeof(v->code), code.s);
        text_put(v->token, sizeof(v->token), token.s);
    }
    return e == ERR_DENIED || e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct appointment_view view_of(const struct flow *f, const struct appointment_row *a)
{
    struct appointment_view v = { .id = a->id,
                                  .version = a->version,
                                  .state = a->state,
                                  .start = a->start,
                                  .end = a->end,
                                  .day = a->day,
                                  .topic = a->topic };
    text_put(v.coach, sizeof(v.coach), a->coach);
    text_put(v.service, sizeof(v.service), a->service);
    text_put(v.lang, sizeof(v.lang), a->lang);
    text_put(v.municipality, sizeof(v.municipality), a->municipality);
    int coach = roster_coach_find(&f->roster, a->coach);
    text_put(v.coach_name, sizeof(v.coach_name),
             coach < 0 ? a->coach : f->roster.coaches[coach].name);
    return v;
}

enum err appointment_view_of(struct flow *f, const struct appointment_row *a, bool coded,
                             struct appointment_view *ret_view)
{
    struct appointment_view v = view_of(f, a);
    enum err e = put_stored_initial(f, a, v.initial);
    if (e == ERR_OK && coded)
        e = put_code(f, a, &v);
    if (e == ERR_OK)
        *ret_view = v;
    return e;
}

enum err appointment_view_with(struct flow *f, const struct appointment_row *a,
                               const struct person *p, struct appointment_view *ret_view)
{
    struct appointment_view v = view_of(f, a);
    put_initial(p, v.initial);
    enum err e = put_code(f, a, &v);
    if (e == ERR_OK)
        *ret_view = v;
    return e;
}

enum err flow_appointment(struct flow *f, const struct ulid *id, struct appointment_view *ret_view)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_appointment_get(f->store, id, &a);
    return e == ERR_OK ? appointment_view_of(f, &a, true, ret_view) : e;
}

enum err flow_appointment_person(struct flow *f, const struct ulid *id, struct person *ret_person)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct person p = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_appointment_person(f->store, id, &p);
    if (e == ERR_OK)
        e = audit(f, "appointment.person", id->s, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}

/* `r`: the roster that is asked about. */
typedef bool (*wanted)(const struct flow *f, const struct roster *r,
                       const struct appointment_row *a);

static enum err views(struct flow *f, const struct roster *r, const struct appointment_rows *rows,
                      wanted want, struct appointment_list *ret_list)
{
    CLEANUP(appointment_list_done) struct appointment_list out = { 0 };
    out.v = mem_calloc(rows->n + 1, sizeof(*out.v));
    enum err e = out.v ? ERR_OK : ERR_NOMEM;
    for (size_t i = 0; e == ERR_OK && i < rows->n; i++)
        if (want(f, r, &rows->v[i]))
            e = appointment_view_of(f, &rows->v[i], false, &out.v[out.n++]);
    if (e == ERR_OK)
        *ret_list = TAKE(out);
    return e;
}

static bool stands(const struct flow *f, const struct roster *r, const struct appointment_row *a)
{
    (void)f;
    (void)r;
    return a->state == APPT_BOOKED || a->state == APPT_NO_SHOW;
}

enum err flow_appointments(struct flow *f, const char *coach, civil_day first, civil_day last,
                           struct appointment_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(appointment_rows_done) struct appointment_rows rows = { 0 };
    if (last < first)
        return ERR_INVAL;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_appointments_of_days(f->store, coach, first, last, &rows);
    return e == ERR_OK ? views(f, &f->roster, &rows, stands, ret_list) : e;
}

/* Its coach or service is gone, or it lies outside the hours. */
static bool conflicts(const struct flow *f, const struct roster *r, const struct appointment_row *a)
{
    int coach = roster_coach_find(r, a->coach);
    int service = roster_service_find(r, a->service);
    return coach < 0 || service < 0 || !roster_coach_offers(r, coach, service) ||
           !slot_within_hours(r, &f->zone, coach, a->start, a->stop);
}

enum err flow_conflicts(struct flow *f, struct appointment_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(appointment_rows_done) struct appointment_rows rows = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_appointments_from(f->store, f->now, &rows);
    return e == ERR_OK ? views(f, agenda_of(f), &rows, conflicts, ret_list) : e;
}

enum err flow_roster_preview(struct flow *f, const char *json, size_t n, struct roster_notes *notes,
                             struct roster *ret_roster, struct appointment_list *ret_hit)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(appointment_rows_done) struct appointment_rows rows = { 0 };
    CLEANUP(roster_done) struct roster r = { 0 };
    enum err e = roster_parse(json, n, notes, &r);
    if (e == ERR_OK)
        e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_appointments_from(f->store, f->now, &rows);
    if (e == ERR_OK)
        e = views(f, &r, &rows, conflicts, ret_hit);
    if (e == ERR_OK && ret_roster)
        *ret_roster = TAKE(r);
    return e;
}
