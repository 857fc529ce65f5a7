/* Finding an appointment by its code, its QR, or the person; and a ticket by its QR. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "flow/appointment.h"
#include "flow/arrival.h"
#include "store/lockout.h"

#define TRIES 5
#define LOCK_MS (10 * MINUTE_MS)

/* Whatever form it has: what cannot be a code finds nothing. */
static enum err look_up(struct flow *f, const char *typed, struct appointment_row *ret_a)
{
    struct scan s;
    struct code code;
    if (scan_parse(typed, strlen(typed), &s) == ERR_OK)
        return s.kind == SCAN_TOKEN
                   ? store_appointment_by_token(f->store, &s.token, f->date, ret_a)
                   : store_appointment_by_code(f->store, &s.code, f->date, ret_a);
    if (code_parse(typed, &code) != ERR_OK)
        return ERR_NOT_FOUND;
    return store_appointment_by_code(f->store, &code, f->date, ret_a);
}

/* Wrong, unknown and expired answer the same. */
static enum err find(struct flow *f, const char *typed, struct appointment_view *ret_view)
{
    struct appointment_row a;
    enum err e = look_up(f, typed, &a);
    if (e == ERR_DENIED) /* its key is gone: long past */
        return ERR_NOT_FOUND;
    if (e != ERR_OK)
        return e;
    bool stands = a.state == APPT_BOOKED || a.state == APPT_NO_SHOW || a.state == APPT_CHECKED_IN;
    if (!stands)
        return ERR_NOT_FOUND;
    return appointment_view_of(f, &a, true, ret_view);
}

/* One try of this device: counts a wrong one, forgets them after a right one. */
static enum err try_code(struct flow *f, const char *typed, struct appointment_view *ret_view,
                         bool *ret_right)
{
    char subject[LOCKOUT_SUBJECT_SIZE];
    struct lockout_row lock;
    snprintf(subject, sizeof(subject), "code:%s", f->device);
    enum err e = store_lockout_get(f->store, subject, work_mono(f), &lock);
    if (e == ERR_OK && lock.left_ms > 0)
        e = ERR_LOCKED;
    if (e != ERR_OK)
        return e;
    e = find(f, typed, ret_view);
    *ret_right = e == ERR_OK;
    if (e == ERR_OK)
        return lock.wrong > 0 ? store_lockout_clear(f->store, subject) : ERR_OK;
    if (e != ERR_NOT_FOUND)
        return e;
    lock.wrong++;
    if (lock.wrong >= TRIES)
        lock = (struct lockout_row){ .wrong = 0, .left_ms = LOCK_MS };
    e = store_lockout_put(f->store, subject, work_mono(f), &lock);
    return e == ERR_OK ? audit(f, "code.wrong", f->device, lock.left_ms > 0 ? "locked" : "wrong")
                       : e;
}

enum err flow_find_by_code(struct flow *f, const char *typed, struct appointment_view *ret_view)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_view view = { 0 };
    bool right = false;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = try_code(f, typed, &view, &right);
    e = work_end(f, &tx, e); /* the count of a wrong try is kept */
    if (e != ERR_OK)
        return e;
    if (!right)
        return ERR_NOT_FOUND;
    *ret_view = view;
    return ERR_OK;
}

/* The next one that has not begun to be over, of those that are still to come; else the last
 * that was; one that is checked in only when there is no other. */
static const struct appointment_row *pick(const struct appointment_rows *l, utc_ms now)
{
    const struct appointment_row *best = NULL;
    for (size_t i = 0; i < l->n; i++) {
        const struct appointment_row *a = &l->v[i];
        bool open = a->state != APPT_CHECKED_IN;
        if (open && a->end > now)
            return a;
        if (!best || open || best->state == APPT_CHECKED_IN)
            best = a;
    }
    return best;
}

enum err flow_find_by_name(struct flow *f, const struct person *person,
                           struct appointment_view *ret_view)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_appointments_of_person(f->store, f->date, person, &l);
    if (e == ERR_DENIED) /* no key of today yet: nobody has an appointment */
        return ERR_NOT_FOUND;
    if (e != ERR_OK)
        return e;
    const struct appointment_row *a = pick(&l, f->now);
    return a ? appointment_view_of(f, a, true, ret_view) : ERR_NOT_FOUND;
}

/* The visit of a ticket; the QR of an appointment leads to the visit that it became. */
static enum err visit_of_token(struct flow *f, const struct token *token, struct visit_row *ret_v)
{
    struct appointment_row a;
    enum err e = store_visit_by_token(f->store, token, ret_v);
    if (e == ERR_NOT_FOUND &&
        store_appointment_by_token(f->store, token, f->date, &a) == ERR_OK &&
        a.state == APPT_CHECKED_IN)
        e = store_visit_get(f->store, &a.visit, ret_v);
    if (e == ERR_OK && ret_v->day != f->today)
        e = ERR_NOT_FOUND;
    return e;
}

enum err flow_scan_ticket(struct flow *f, const char *scanned, struct arrival *ret_arrival)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct scan s;
    struct visit_row v = { 0 };
    if (scan_parse(scanned, strlen(scanned), &s) != ERR_OK || s.kind != SCAN_TOKEN)
        return ERR_NOT_FOUND;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = visit_of_token(f, &s.token, &v);
    if (e == ERR_OK)
        e = arrival_return(f, &v);
    e = work_end(f, &tx, e);
    return e == ERR_OK ? arrival_of(f, &v, true, ret_arrival) : e;
}
