/*
 * src/store/call_back.h - who was called back of those that were not helped or did not come.
 */
#ifndef STORE_CALL_BACK_H
#define STORE_CALL_BACK_H

#include "base/ulid.h"
#include "store/appointment.h"

#define CALL_BACK_RESULT_SIZE 16

struct call_back_row {
    struct ulid subject; /* a visit or an appointment */
    char result[CALL_BACK_RESULT_SIZE]; /* "reached", "no_answer", "not_needed" */
    utc_ms at;
    char actor[STORE_ACTOR_SIZE];
};

/* Replaces what was told before. ERR_INVAL: no such result. */
NODISCARD enum err store_call_back_put(struct store *s, const struct call_back_row *r);
NODISCARD enum err store_call_back_get(struct store *s, const struct ulid *subject,
                                       struct call_back_row *ret_row); /* ERR_NOT_FOUND */
/* It has to be called after all. Fine when nothing was told. */
NODISCARD enum err store_call_back_clear(struct store *s, const struct ulid *subject);

#endif
