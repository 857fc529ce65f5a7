/*
 * src/store/appointment_row.h - the columns of an appointment as a row struct; only of use
 * in store.
 */
#ifndef STORE_APPOINTMENT_ROW_H
#define STORE_APPOINTMENT_ROW_H

#include "store/appointment.h"
#include "store/inside.h"

/* What appointment_read() expects, in this order, from column 0. */
#define APPOINTMENT_COLUMNS                                                                      \
    "id, chain, site, day, coach, service, start_ms, end_ms, stop_ms, seat, state, version,"    \
    " held_by, held_until_ms, extended, code_day, code_count, person IS NOT NULL, person_no,"   \
    " municipality, topic, lang, successor, visit, why, created_ms"
/* Word by word as in the partial indexes, or they are not used. */
#define APPOINTMENT_KEPT_STATES "(state = 'held' OR state = 'booked' OR state = 'checked_in')"
#define APPOINTMENT_LISTED_STATES \
    "(state = 'booked' OR state = 'checked_in' OR state = 'no_show')"

NODISCARD enum err appointment_read_one(struct stmt *q, struct appointment_row *ret_row);
NODISCARD enum err appointment_read_all(struct stmt *q, struct appointment_rows *ret_list);

#endif
