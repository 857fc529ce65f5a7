#include "store/due.h"

#include "store/inside.h"
#include "store/visit_row.h"

/* One statement, since every use case begins with it. */
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
    if (e == ERR_OK)
        *ret_due = (struct store_due){ .hold_end = earliest(&q, 0, INT64_MAX),
                                       .booked_start = earliest(&q, 1, INT64_MAX),
                                       .visit_until = earliest(&q, 2, INT64_MAX),
                                       .open_day = (civil_day)earliest(&q, 3, CIVIL_DAY_FOREVER) };
    return e;
}
