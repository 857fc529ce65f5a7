/*
 * src/store/event.h - what happened to visits and appointments; append-only.
 */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include <stddef.h>

#include "base/ulid.h"
#include "store/appointment.h"
#include "store/store.h"
#include "store/visit.h"

#define EVENT_WORD_SIZE 25

struct event_row {
    struct ulid subject; /* visit or appointment */
    int64_t seq;         /* 1.. per subject; set by the store */
    utc_ms at;
    char act[EVENT_WORD_SIZE];
    char from_state[EVENT_WORD_SIZE]; /* "" for the first */
    char to_state[EVENT_WORD_SIZE];
    char actor[STORE_ACTOR_SIZE]; /* "kiosk:1", "staff:ID", "house" (time), "ctl" */
    char coach[ROSTER_ID_SIZE];   /* or "" */
    char service[ROSTER_ID_SIZE]; /* or "" */
    char reason[STORE_REASON_SIZE];
    bool has_before;                /* read only: store_event_before() has the row */
};
struct event_rows { /* owns v; all-zero is empty */
    struct event_row *v;
    size_t n, cap;
};
void event_rows_done(struct event_rows *l);

/* `before` is the visit as it was, for an undo; NULL for none. */
NODISCARD enum err store_event_append(struct store *s, const struct event_row *r,
                                      const struct visit_row *before);
/* Puts the columns that were kept with this event, those that store_visit_update() writes,
 * into *row; the others stay. ERR_NOT_FOUND nothing was kept. */
NODISCARD enum err store_event_before(struct store *s, const struct ulid *subject, int64_t seq,
                                      struct visit_row *row);
NODISCARD enum err store_event_last(struct store *s, const struct ulid *subject,
                                    struct event_row *ret_row); /* ERR_NOT_FOUND */
NODISCARD enum err store_events(struct store *s, const struct ulid *subject,
                                struct event_rows *ret_list); /* in order */

#endif
