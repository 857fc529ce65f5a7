/*
 * src/store/reason.h - the free text with which staff explain an act, sealed; only of use in
 * store. It dies with the key of its date, and its row stays.
 */
#ifndef STORE_REASON_H
#define STORE_REASON_H

#include "store/appointment.h"
#include "store/people.h"

#define REASON_DAY_BYTES 4 /* the date of its key, little-endian, stands before the sealed text */

struct reason_sealed {
    unsigned char v[REASON_DAY_BYTES + SEALED_MAX];
    size_t n; /* 0: none */
};

/* A reason for which there is no key any more is left out: the act goes on. */
NODISCARD enum err reason_seal(struct store *s, const struct sealed_at *at, const char *reason,
                               struct reason_sealed *ret);
/* "" when there is none, or when nobody can read it any more. */
void reason_read(struct stmt *q, int column, const char *table, const char *row,
                 char ret[STORE_REASON_SIZE]);

#endif
