/*
 * src/store/outbox_row.h - the columns of an outbox record as a row struct; only of use in
 * store.
 */
#ifndef STORE_OUTBOX_ROW_H
#define STORE_OUTBOX_ROW_H

#include "store/inside.h"
#include "store/outbox.h"

/* What outbox_read_one() and _all() expect, in this order, from column 0. */
#define OUTBOX_COLUMNS                                                                      \
    "seq, id, chain, place, kind, day, event_ms, state, attempts, next_try_ms, code,"      \
    " created_ms, sent_ms, resolved_by, resolved_how"
/* Word by word as in the partial index, or it is not used. */
#define OUTBOX_OPEN_STATES "(state = 'queued' OR state = 'waiting' OR state = 'dead')"

NODISCARD enum err outbox_read_one(struct stmt *q, struct outbox_row *ret_row);
NODISCARD enum err outbox_read_all(struct stmt *q, struct outbox_rows *ret_list);

#endif
