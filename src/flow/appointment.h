/*
 * src/flow/appointment.h - inside flow: views and records of appointments.
 */
#ifndef FLOW_APPOINTMENT_H
#define FLOW_APPOINTMENT_H

#include "flow/booking.h"
#include "flow/work.h"

/* code and token too when `coded`; they stay empty when their key is gone. */
NODISCARD enum err appointment_view_of(struct flow *f, const struct appointment_row *a, bool coded,
                                       struct appointment_view *ret_view);
/* The same, coded, of an appointment whose person is at hand. */
NODISCARD enum err appointment_view_with(struct flow *f, const struct appointment_row *a,
                                         const struct person *p,
                                         struct appointment_view *ret_view);
#define REMINDER_VERSION "1" /* of the words that ask for a reminder */
/* The event and the record of a reminder asked for, or taken back; nothing of one that cannot
 * reach the person. */
NODISCARD enum err reminder_write(struct flow *f, const struct appointment_row *a,
                                  const struct person *p, bool agreed);
struct told appointment_told(const struct appointment_row *a, enum record_kind kind, utc_ms at,
                             const struct person *p);
/* Whether this person has an appointment, other than `but`, that shares time with [start, end). */
NODISCARD enum err appointment_overlap(struct flow *f, const struct person *p,
                                       const struct appointment_row *a, const struct ulid *but);

/* Inside a write: whether this device may book one more (ERR_LIMIT), and that it did. */
NODISCARD enum err bookings_room(struct flow *f);
NODISCARD enum err bookings_count(struct flow *f);

/* The offer of a start: one coach of the service for whom it is free, or on an extra seat. */
struct offer_query {
    int service, coach; /* coach: index or SLOT_ANY_COACH */
    int rather;         /* with any coach: this one first; -1: none */
    utc_ms start;
    bool overbook;
};
/* Fills coach, service, day, start, end, stop and seat. ERR_RANGE, ERR_TAKEN. */
NODISCARD enum err offer_find(struct flow *f, const struct offer_query *q,
                              struct appointment_row *a);

#endif
