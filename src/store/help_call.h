/*
 * src/store/help_call.h - visitors who asked for a person.
 */
#ifndef STORE_HELP_CALL_H
#define STORE_HELP_CALL_H

#include "base/ulid.h"
#include "store/appointment.h"
#include "store/store.h"

enum help_call_state {
    HELP_CALL_SENT,
    HELP_CALL_SEEN,
    HELP_CALL_COMING,
    HELP_CALL_DONE,
    HELP_CALL_CANCELLED
};

struct help_call_row {
    struct ulid id;
    utc_ms at;
    char device[STORE_ACTOR_SIZE];
    enum help_call_state state;
    char staff[STORE_ACTOR_SIZE]; /* who answered, or "" */
    utc_ms changed;
};

NODISCARD enum err store_help_insert(struct store *s, const struct help_call_row *r);
NODISCARD enum err store_help_get(struct store *s, const struct ulid *id,
                                  struct help_call_row *ret_row); /* ERR_NOT_FOUND */
/* Sets state, staff and changed, if it is still in state `was`: else ERR_STALE. */
NODISCARD enum err store_help_update(struct store *s, const struct help_call_row *r,
                                     enum help_call_state was);
/* The oldest that is sent, seen or coming, and how many there are. ERR_NONE. */
NODISCARD enum err store_help_oldest(struct store *s, struct help_call_row *ret_row, int *ret_open);
/* The open one of a device, the newest: who presses twice gets the same. ERR_NONE. */
NODISCARD enum err store_help_of_device(struct store *s, const char *device,
                                        struct help_call_row *ret_row);
/* How many a device sent since an instant: to slow down a child at play. */
NODISCARD enum err store_help_count(struct store *s, const char *device, utc_ms since, int *ret_n);

#endif
