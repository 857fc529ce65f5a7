/*
 * src/store/claim.h - the guard of every seat: a five-minute quantum of a coach's time
 * belongs to one appointment.
 */
#ifndef STORE_CLAIM_H
#define STORE_CLAIM_H

#include "base/ulid.h"
#include "core/quantum.h"
#include "store/store.h"

struct claim_span {
    const char *coach;
    struct q5_span quanta;
    int seat;
    struct ulid appointment; /* its row is stored already */
};

/* Inserts all its quanta. ERR_TAKEN when any belongs to somebody: the caller's transaction
 * must end without commit, or call store_claim_release(). */
NODISCARD enum err store_claim_take(struct store *s, const struct claim_span *c);
/* Lets go what an appointment holds; fine when that is nothing. */
NODISCARD enum err store_claim_release(struct store *s, const struct ulid *appointment);
/* The lowest seat from 1 that is free in all the quanta. ERR_LIMIT over 99. */
NODISCARD enum err store_claim_free_seat(struct store *s, const char *coach,
                                         struct q5_span quanta, int *ret_seat);

#endif
