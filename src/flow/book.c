/* A held time becomes an appointment, with a person and a code. */
#include <string.h>

#include "base/mem.h"
#include "core/age.h"
#include "flow/appointment.h"
#include "store/counter.h"

enum err appointment_overlap(struct flow *f, const struct person *p,
                             const struct appointment_row *a, const struct ulid *but)
{
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    enum err e = store_appointments_of_person(f->store, a->day, p, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        const struct appointment_row *b = &l.v[i];
        if (appointment_keeps_time(b->state) && !ulid_same(&b->id, but) &&
            spans_overlap(a->start, a->end, b->start, b->end))
            e = ERR_EXISTS;
    }
    return e;
}

/* Whether the names stored with an appointment are those of this person. */
static enum err same_person(struct flow *f, const struct ulid *id, const struct person *p,
                            bool *ret_same)
{
    struct person q = { 0 };
    char mine[PERSON_KEY_SIZE] = "";
    char theirs[PERSON_KEY_SIZE] = "";
    enum err e = store_appointment_person(f->store, id, &q);
    if (e == ERR_OK)
        e = person_key(p, mine, sizeof(mine));
    if (e == ERR_OK)
        e = person_key(&q, theirs, sizeof(theirs));
    *ret_same = e == ERR_OK && q.birth == p->birth && strcmp(mine, theirs) == 0;
    mem_wipe(&q, sizeof(q));
    mem_wipe(mine, sizeof(mine));
    mem_wipe(theirs, sizeof(theirs));
    return e;
}

/* Whether this very booking is stored: the answer was lost, and is asked for again. */
static enum err booked_already(struct flow *f, const struct appointment_row *a,
                               const struct person *p, bool *ret_already)
{
    bool stands = a->state == APPT_BOOKED || a->state == APPT_CHECKED_IN ||
                  a->state == APPT_NO_SHOW;
    *ret_already = false;
    return stands ? same_person(f, &a->id, p, ret_already) : ERR_OK;
}

static enum err may_book(struct flow *f, const struct appointment_row *a, const struct person *p)
{
    if (f->unsure)
        return ERR_CLOCK;
    if (a->state != APPT_HELD)
        return ERR_NOT_FOUND;
    enum err e = ages_check(p->birth, a->day);
    if (e == ERR_OK)
        e = bookings_room(f);
    return e == ERR_OK ? appointment_overlap(f, p, a, &a->id) : e;
}

static enum err book(struct flow *f, const struct book_request *r, struct appointment_row *a)
{
    struct appointment_row was;
    bool already = false;
    enum err e = store_appointment_get(f->store, &r->hold, &was);
    if (e == ERR_OK)
        e = booked_already(f, &was, r->person, &already);
    if (e != ERR_OK)
        return e;
    *a = was;
    if (already)
        return ERR_OK;
    e = may_book(f, &was, r->person);
    if (e == ERR_OK)
        e = store_appointment_give_code(f->store, a, f->date);
    if (e == ERR_OK)
        e = store_counter_next(f->store, COUNTER_FOREVER, COUNTER_PERSON, &a->person_no);
    if (e == ERR_OK)
        e = bookings_count(f);
    if (e != ERR_OK)
        return e;
    a->held_by[0] = '\0';
    a->held_until = 0;
    a->topic = r->person->topic;
    text_put(a->municipality, sizeof(a->municipality), r->person->municipality);
    text_put(a->lang, sizeof(a->lang), r->person->lang);
    e = appointment_step(f, APPT_BOOK, &was, a, r->person,
                         &(struct step){ .at = f->now, .measure = "booked" });
    if (e != ERR_OK)
        return e;
    struct told t = appointment_told(a, RECORD_APPOINTMENT_BOOKED, f->now, r->person);
    e = tell(f, &t);
    if (e == ERR_OK && r->notice_shown)
        e = tell_notice(f, &t);
    return e == ERR_OK && r->consent_reminder ? reminder_write(f, a, r->person, true) : e;
}

/* The key of the day is made before the lock is taken: that may sync a file. */
static enum err make_key(struct flow *f, const struct ulid *hold)
{
    civil_day day = 0;
    enum err e = store_appointment_day(f->store, hold, &day);
    return e == ERR_OK ? store_make_day(f->store, day) : e;
}

enum err flow_book(struct flow *f, const struct book_request *r, struct appointment_view *ret_view)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a = { 0 };
    struct appointment_view view = { 0 };
    if (person_check(r->person, flow_today(f)).why != PERSON_FINE)
        return ERR_INVAL;
    enum err e = make_key(f, &r->hold);
    if (e == ERR_OK)
        e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = book(f, r, &a);
    if (e == ERR_OK)
        e = appointment_view_with(f, &a, r->person, &view);
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_view = view;
    return e;
}
