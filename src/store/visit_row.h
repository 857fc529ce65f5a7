/*
 * src/store/visit_row.h - the columns of a visit as a row struct; only of use in store.
 */
#ifndef STORE_VISIT_ROW_H
#define STORE_VISIT_ROW_H

#include "store/inside.h"
#include "store/visit.h"

/* What visit_read() expects, in this order, from column 0. */
#define VISIT_COLUMNS                                                                           \
    "id, chain, site, day, series, number, state, version, kind, appointment, service, coach," \
    " with_coach, arrived_ms, due_ms, urgent, redirected, calls, chime, called_ms,"            \
    " first_call_ms, block_until_ms, started_ms, ended_ms, until_ms, outcome, inaccurate,"     \
    " clock_unsure, printed, note IS NOT NULL, person_no, municipality, topic, lang"
/* Left to itself the planner takes the tickets of the day, which grow with it, for the open
 * visits; so queries name their index. Its condition must stand in them word by word. */
#define VISIT_OPEN_FROM " FROM visit INDEXED BY visit_of_person "
#define VISIT_OPEN_STATES                                                                      \
    "(state = 'waiting' OR state = 'called' OR state = 'in_service' OR state = 'paused'"      \
    " OR state = 'missed' OR state = 'parked')"

void visit_read(struct stmt *q, struct visit_row *r); /* sets q->e on a damaged row */
/* Binds the columns that store_visit_update() writes. */
void visit_bind_mutable(struct stmt *q, const struct visit_row *r);
NODISCARD enum err visit_read_one(struct stmt *q, struct visit_row *ret_row);
NODISCARD enum err visit_read_all(struct stmt *q, struct visit_rows *ret_list);

#endif
