/*
 * src/core/parcel.h - what one house tells another of an appointment that it made there: the
 * text that is sealed to that house.
 *
 * The appointment itself stands in it too, so that nobody on the way can put the person into
 * another one. Padded to PARCEL_PAD bytes, so that its length does not tell a name's.
 */
#ifndef CORE_PARCEL_H
#define CORE_PARCEL_H

#include "base/buf.h"
#include "base/ulid.h"
#include "core/person.h"

#define PARCEL_PAD 512
#define PARCEL_MAX 3584

struct parcel {
    struct ulid id; /* of the appointment */
    const char *coach, *service;
    utc_ms start, end, stop;
    bool notice_shown, consent_reminder;
    struct person person;
};

/* Appends it. ERR_LIMIT, ERR_NOMEM. */
NODISCARD enum err parcel_write(const struct parcel *p, struct buf *out);
/* Reads one that must be of the appointment that *p says already; fills the rest.
 * ERR_FORMAT: of another appointment, or no parcel. */
NODISCARD enum err parcel_read(const char *text, size_t n, struct parcel *p);

#endif
