/* Whether somebody may be reminded of an appointment: asked for, never assumed, and taken back
 * as easily as given. What stands is the last event of its chain, so that a move keeps it. */
#include <string.h>

#include "base/mem.h"
#include "flow/appointment.h"
#include "store/event.h"

#define AGREED "remind"
#define TAKEN_BACK "do_not_remind"

static bool reachable(const struct person *p)
{
    return p->phone[0] || p->email[0];
}

/* What stands for the appointments of this chain. */
static enum err read_agreed(struct flow *f, const struct ulid *chain, bool *ret_agreed)
{
    CLEANUP(event_rows_done) struct event_rows l = { 0 };
    bool agreed = false;
    enum err e = store_events(f->store, chain, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (strcmp(l.v[i].act, AGREED) == 0)
            agreed = true;
        else if (strcmp(l.v[i].act, TAKEN_BACK) == 0)
            agreed = false;
    if (e == ERR_OK)
        *ret_agreed = agreed;
    return e;
}

enum err reminder_write(struct flow *f, const struct appointment_row *a, const struct person *p,
                        bool agreed)
{
    if (agreed && !reachable(p))
        return ERR_OK;
    enum err e = appointment_note(f, a, agreed ? AGREED : TAKEN_BACK,
                                  &(struct step){ .at = f->now,
                                                  .reason = "text " REMINDER_VERSION });
    struct told t = appointment_told(a, RECORD_CONSENT_REMINDER, f->now, p);
    t.taken_back = !agreed;
    return e == ERR_OK ? tell(f, &t) : e;
}

static enum err look(struct flow *f, const struct ulid *appointment, struct reminder *ret)
{
    struct appointment_row a;
    struct person p = { 0 };
    struct reminder r = { 0 };
    enum err e = store_appointment_get(f->store, appointment, &a);
    if (e == ERR_OK)
        e = store_appointment_person(f->store, appointment, &p);
    if (e == ERR_OK)
        e = read_agreed(f, &a.chain, &r.agreed);
    r.possible = reachable(&p);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK)
        *ret = r;
    return e;
}

enum err flow_reminder(struct flow *f, const struct ulid *appointment, struct reminder *ret_reminder)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_read(f, &tx);
    return e == ERR_OK ? look(f, appointment, ret_reminder) : e;
}

static enum err set(struct flow *f, const struct ulid *appointment, bool agreed)
{
    struct appointment_row a;
    struct person p = { 0 };
    bool already = false;
    enum err e = f->unsure ? ERR_CLOCK : store_appointment_get(f->store, appointment, &a);
    if (e == ERR_OK && a.state != APPT_BOOKED)
        e = ERR_STATE;
    if (e == ERR_OK)
        e = read_agreed(f, &a.chain, &already);
    if (e != ERR_OK || already == agreed)
        return e;
    e = store_appointment_person(f->store, appointment, &p);
    if (e == ERR_OK && agreed && !reachable(&p))
        e = ERR_INVAL;
    if (e == ERR_OK)
        e = reminder_write(f, &a, &p, agreed);
    mem_wipe(&p, sizeof(p));
    return e;
}

enum err flow_reminder_set(struct flow *f, const struct ulid *appointment, bool agreed)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = set(f, appointment, agreed);
    return work_end(f, &tx, e);
}
