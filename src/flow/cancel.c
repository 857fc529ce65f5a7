/* An appointment that will not be, and the way back for a moment. */
#include "base/mem.h"
#include "core/visit.h"
#include "flow/appointment.h"
#include "store/event.h"
#include "store/region_seat.h"

static enum err tell_person(struct flow *f, const struct appointment_row *a,
                            enum record_kind kind, bool by_house)
{
    struct person p = { 0 };
    enum err e = store_appointment_person(f->store, &a->id, &p);
    if (e == ERR_OK) {
        struct told t = appointment_told(a, kind, f->now, &p);
        t.by_house = by_house;
        e = tell(f, &t);
    }
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err cancel(struct flow *f, const struct appointment_row *was, bool by_staff,
                       const char *reason)
{
    struct appointment_row a = *was;
    if (!by_staff && f->unsure)
        return ERR_CLOCK;
    if (!by_staff && was->state == APPT_BOOKED && !appointment_may_change(was->start, f->now))
        return ERR_RANGE;
    if (reason)
        text_put(a.reason, sizeof(a.reason), reason);
    enum err e = appointment_step(f, APPT_CANCEL, was, &a, NULL,
                                  &(struct step){ .at = f->now, .reason = reason,
                                                  .measure = "cancelled" });
    return e == ERR_OK ? tell_person(f, &a, RECORD_APPOINTMENT_CANCELLED, by_staff) : e;
}

enum err flow_cancel(struct flow *f, const struct ulid *appointment, bool by_staff,
                     const char *reason)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a;
    if (!text_fits(reason, REASON_LETTERS, true))
        return ERR_INVAL;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_appointment_get(f->store, appointment, &a);
    if (e == ERR_OK)
        e = cancel(f, &a, by_staff, reason);
    return work_end(f, &tx, e);
}

/* Its seat again, if nobody has it by now, and the person not elsewhere at that time. */
static enum err bring_back(struct flow *f, const struct appointment_row *was)
{
    struct event_row ev;
    struct person p = { 0 };
    struct appointment_row a = *was;
    if (was->state != APPT_CANCELLED)
        return ERR_STATE;
    enum err e = store_event_last(f->store, &was->id, &ev);
    if (e == ERR_OK && (f->now < ev.at || f->now - ev.at > VISIT_UNDO_MS))
        e = ERR_RANGE;
    if (e == ERR_OK)
        e = store_appointment_person(f->store, &was->id, &p);
    if (e == ERR_OK)
        e = appointment_overlap(f, &p, was, &was->id);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK && f->region.joined && store_seat_keep(f->store, &was->id, f->now) != ERR_OK)
        e = ERR_TAKEN; /* the region has it back already */
    if (e == ERR_OK)
        e = appointment_claim(f, was);
    if (e == ERR_OK)
        e = appointment_step(f, APPT_ACT_COUNT, was, &a, NULL, &(struct step){ .at = f->now });
    if (e == ERR_OK)
        e = count_add(f, &(struct counted){ .measure = "cancelled",
                                            .at = ev.at,
                                            .municipality = was->municipality,
                                            .coach = was->coach,
                                            .topic = was->topic,
                                            .n = -1 });
    return e == ERR_OK ? tell_person(f, &a, RECORD_APPOINTMENT_CHANGED, false) : e;
}

enum err flow_cancel_undo(struct flow *f, const struct ulid *appointment)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct appointment_row a;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_appointment_get(f->store, appointment, &a);
    if (e == ERR_OK)
        e = bring_back(f, &a);
    return work_end(f, &tx, e);
}
