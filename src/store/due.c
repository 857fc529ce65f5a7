#include "store/due.h"

#include "store/appointment.h"
#include "store/inside.h"
#include "store/visit_row.h"

/* One statement, since many a use case begins with it. */
static const char SQL_NEXT[] =
    "SELECT (SELECT min(held_until_ms) FROM appointment INDEXED BY appointment_held"
    "  WHERE state = 'held'),"
    " (SELECT min(start_ms) FROM appointment INDEXED BY appointment_due WHERE state = 'booked'),"
    " (SELECT min(until_ms) FROM visit INDEXED BY visit_until"
    "  WHERE state IN ('paused', 'parked') AND until_ms IS NOT NULL),"
    " (SELECT min(day)" VISIT_OPEN_FROM "WHERE " VISIT_OPEN_STATES ")";

static int64_t earliest(struct stmt *q, int i, int64_t none)
{
    return col_set(q, i) ? col_int(q, i) : none;
}

enum err store_next_due(struct store *s, struct store_due *ret_due)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_NEXT);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    *ret_due = (struct store_due){ .hold_end = earliest(&q, 0, INT64_MAX),
                                   .booked_start = earliest(&q, 1, INT64_MAX),
                                   .visit_until = earliest(&q, 2, INT64_MAX),
                                   .open_day = (civil_day)earliest(&q, 3, CIVIL_DAY_FOREVER) };
    if (s->tx == TX_WRITE) {
        s->due = *ret_due;
        s->due_known = true;
    }
    return ERR_OK;
}

bool store_due_kept(const struct store *s, struct store_due *ret_due)
{
    if (s->tx != TX_WRITE || !s->due_known)
        return false;
    *ret_due = s->due;
    return true;
}

/* A write that is undone leaves the kept dates too early, which costs a look and no more. */
static void lower(int64_t *kept, int64_t by)
{
    if (by < *kept)
        *kept = by;
}

void due_lower_by_visit(struct store *s, const struct visit_row *r)
{
    if (!visit_open(r->state))
        return;
    if (r->day < s->due.open_day)
        s->due.open_day = r->day;
    if (r->until != 0 && (r->state == VISIT_PAUSED || r->state == VISIT_PARKED))
        lower(&s->due.visit_until, r->until);
}

void due_lower_by_appointment(struct store *s, const struct appointment_row *r)
{
    if (r->state == APPT_HELD)
        lower(&s->due.hold_end, r->held_until);
    if (r->state == APPT_BOOKED)
        lower(&s->due.booked_start, r->start);
}
