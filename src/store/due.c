#include "store/due.h"

#include "store/inside.h"
#include "store/visit_row.h"

static const char SQL_HOLD_END[] = "SELECT min(held_until_ms) FROM appointment"
                                   " INDEXED BY appointment_held WHERE state = 'held'";
static const char SQL_BOOKED_START[] = "SELECT min(start_ms) FROM appointment"
                                       " INDEXED BY appointment_due WHERE state = 'booked'";
static const char SQL_VISIT_UNTIL[] = "SELECT min(until_ms) FROM visit INDEXED BY visit_until"
                                      " WHERE state IN ('paused', 'parked')"
                                      " AND until_ms IS NOT NULL";
static const char SQL_OPEN_DAY[] = "SELECT min(day)" VISIT_OPEN_FROM "WHERE " VISIT_OPEN_STATES;

static enum err earliest(struct store *s, const char *sql, int64_t none, int64_t *ret)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret = col_set(&q, 0) ? col_int(&q, 0) : none;
    return e;
}

enum err store_next_due(struct store *s, struct store_due *ret_due)
{
    struct store_due d = { 0 };
    int64_t day = 0;
    enum err e = earliest(s, SQL_HOLD_END, INT64_MAX, &d.hold_end);
    if (e == ERR_OK)
        e = earliest(s, SQL_BOOKED_START, INT64_MAX, &d.booked_start);
    if (e == ERR_OK)
        e = earliest(s, SQL_VISIT_UNTIL, INT64_MAX, &d.visit_until);
    if (e == ERR_OK)
        e = earliest(s, SQL_OPEN_DAY, CIVIL_DAY_FOREVER, &day);
    d.open_day = (civil_day)day;
    if (e == ERR_OK)
        *ret_due = d;
    return e;
}
