/*
 * src/store/due.h - when time will bring the next move.
 */
#ifndef STORE_DUE_H
#define STORE_DUE_H

#include "core/civil.h"
#include "store/store.h"

/* Earliest of each kind; INT64_MAX for none. */
struct store_due {
    utc_ms hold_end;     /* of a held appointment */
    utc_ms booked_start; /* of a booked appointment: no-show some minutes later */
    utc_ms visit_until;  /* of a pause or parking */
    civil_day open_day;  /* of the oldest open visit; CIVIL_DAY_FOREVER for none */
};
NODISCARD enum err store_next_due(struct store *s, struct store_due *ret_due);
/* What is kept of that from an earlier transaction, for the beginning of every use case: nothing
 * is due before it, though what it tells of may have gone. False: nothing is kept; ask. */
bool store_due_kept(const struct store *s, struct store_due *ret_due);

#endif
