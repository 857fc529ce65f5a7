/* Which times are free, and who takes one that is asked for. */
#include <string.h>

#include "base/mem.h"
#include "flow/appointment.h"
#include "store/claim.h"
#include "store/region_mirror.h"

void free_list_done(struct free_list *l)
{
    mem_free(l->v);
    *l = (struct free_list){ 0 };
}

/* What is taken between two instants of the coaches who may be asked, by coach, then start. */
static enum err busy_of(struct flow *f, const struct slot_query *q, utc_ms from, utc_ms to,
                        struct busy_spans *ret_busy)
{
    enum err e = ERR_OK;
    for (int c = 0; e == ERR_OK && c < (int)f->roster.n_coaches; c++) {
        bool asked = q->coach == SLOT_ANY_COACH || q->coach == c;
        if (!asked || !roster_coach_offers(&f->roster, c, q->service))
            continue;
        struct busy_query b = { .coach = f->roster.coaches[c].id, .index = c, .from = from,
                                .to = to };
        e = store_appointments_busy(f->store, &b, ret_busy);
        if (e == ERR_OK && f->region.joined)
            e = store_mirror_busy(f->store, &b, ret_busy);
    }
    return e;
}

/* In a region: the days that are this house's, and shared blocks only while the line is up. */
static void ask_agenda(const struct flow *f, struct slot_query *q)
{
    q->roster = agenda_of(f);
    q->zone = &f->zone;
    q->now = f->now;
    q->shared = f->region.joined ? &f->region.rule : NULL;
    q->part = f->region.line ? SLOTS_WHOLE : SLOTS_LOCAL;
}

static enum err list_free(struct flow *f, struct slot_query *q, struct free_list *ret_list)
{
    CLEANUP(busy_spans_done) struct busy_spans busy = { 0 };
    CLEANUP(slot_list_done) struct slot_list slots = { 0 };
    enum err e = busy_of(f, q, zone_day_start(&f->zone, q->first_day),
                         zone_day_start(&f->zone, q->last_day + 1), &busy);
    q->busy = busy.v;
    q->n_busy = busy.n;
    if (e == ERR_OK)
        e = slots_list(q, &slots);
    if (e != ERR_OK)
        return e;
    *ret_list = (struct free_list){ slots.v, slots.n };
    slots = (struct slot_list){ 0 }; /* handed over */
    return ERR_OK;
}

enum err flow_free(struct flow *f, const char *service, const char *coach, civil_day first,
                   civil_day last, struct free_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct slot_query q = { .coach = SLOT_ANY_COACH, .first_day = first };
    if (last < first)
        return ERR_INVAL;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = service_of(f, service, &q.service);
    if (e == ERR_OK && coach)
        e = coach_of(f, coach, &q.coach);
    if (e != ERR_OK)
        return e;
    civil_day past = f->date + f->roster.rules.horizon_days; /* nothing is free behind it */
    q.last_day = last < past ? last : past;
    q.first_day = first > f->date ? first : f->date;
    if (q.last_day < q.first_day) {
        *ret_list = (struct free_list){ 0 };
        return ERR_OK;
    }
    ask_agenda(f, &q);
    return list_free(f, &q, ret_list);
}

/* ---- one start ---- */

/* Coaches of the service in the order in which they are tried; holds are no bookings. */
static enum err coach_order(struct flow *f, int service, int rather, civil_day day,
                            int ret[ROSTER_COACHES_MAX], size_t *ret_n)
{
    int bookings[ROSTER_COACHES_MAX] = { 0 };
    utc_ms from = zone_day_start(&f->zone, day);
    utc_ms to = zone_day_start(&f->zone, day + 1);
    for (int c = 0; c < (int)f->roster.n_coaches; c++) {
        enum err e = ERR_OK;
        if (roster_coach_offers(&f->roster, c, service))
            e = store_appointments_count(f->store, f->roster.coaches[c].id, from, to, &bookings[c]);
        if (e != ERR_OK)
            return e;
    }
    *ret_n = slot_coach_order(&f->roster, service, bookings, ret);
    for (size_t i = 1; i < *ret_n; i++)
        if (ret[i] == rather) {
            memmove(ret + 1, ret, i * sizeof(ret[0]));
            ret[0] = rather;
        }
    return ERR_OK;
}

static void fill(const struct flow *f, const struct slot_query *q, utc_ms start,
                 struct appointment_row *a)
{
    const struct roster_service *s = &f->roster.services[q->service];
    text_put(a->coach, sizeof(a->coach), f->roster.coaches[q->coach].id);
    text_put(a->service, sizeof(a->service), s->id);
    a->day = zone_day(&f->zone, start);
    a->start = start;
    a->end = start + s->minutes * MINUTE_MS;
    a->stop = a->end + s->buffer_minutes * MINUTE_MS;
    a->seat = 0;
}

/* Whether one coach can be offered at that start: ERR_OK with *a filled. */
static enum err offer_coach(struct flow *f, const struct offer_query *o, int coach,
                            struct appointment_row *a)
{
    CLEANUP(busy_spans_done) struct busy_spans busy = { 0 };
    struct slot_query q = { .service = o->service, .coach = coach };
    ask_agenda(f, &q);
    fill(f, &q, o->start, a);
    q.first_day = a->day;
    q.last_day = a->day;
    enum err e = busy_of(f, &q, a->start, a->stop, &busy);
    if (e != ERR_OK)
        return e;
    q.busy = busy.v;
    q.n_busy = busy.n;
    enum slot_verdict v = slot_at(&q, o->start);
    if (v == SLOT_FREE)
        return ERR_OK;
    if (v != SLOT_TAKEN)
        return ERR_RANGE;
    if (!o->overbook)
        return ERR_TAKEN;
    return store_claim_free_seat(f->store, a->coach, q5_cover(a->start, a->stop), &a->seat);
}

enum err offer_find(struct flow *f, const struct offer_query *o, struct appointment_row *a)
{
    int order[ROSTER_COACHES_MAX] = { o->coach };
    size_t n = 1;
    struct offer_query q = *o;
    enum err worst = ERR_RANGE; /* nobody has such a start, unless somebody's is taken */
    enum err e = ERR_OK;
    if (o->coach == SLOT_ANY_COACH)
        e = coach_order(f, o->service, o->rather, zone_day(&f->zone, o->start), order, &n);
    /* An extra seat only where no coach is simply free. */
    for (int pass = 0; e == ERR_OK && pass <= (o->overbook ? 1 : 0); pass++) {
        q.overbook = pass == 1;
        for (size_t i = 0; i < n; i++) {
            enum err got = offer_coach(f, &q, order[i], a);
            if (got != ERR_TAKEN && got != ERR_RANGE)
                return got;
            if (got == ERR_TAKEN)
                worst = ERR_TAKEN;
        }
    }
    return e == ERR_OK ? worst : e;
}
