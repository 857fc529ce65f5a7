/*
 * src/core/appointment.h - the states of an appointment and its windows of time.
 *
 * An appointment is a promise about a time; the person in the house is a visit
 * (visit.h).
 */
#ifndef CORE_APPOINTMENT_H
#define CORE_APPOINTMENT_H

#include <stdbool.h>

#include "base/attr.h"
#include "core/civil.h"

enum appointment_state {
    APPT_HELD,
    APPT_BOOKED,
    APPT_CHECKED_IN,
    APPT_CANCELLED,
    APPT_MOVED,
    APPT_NO_SHOW,
    APPT_EXPIRED,
    APPT_STATE_COUNT
};

enum appointment_act {
    APPT_HOLD, /* makes it; allowed from no state */
    APPT_EXTEND,
    APPT_BOOK,
    APPT_RELEASE, /* a hold let go */
    APPT_EXPIRE,  /* a hold run out */
    APPT_CHECK_IN,
    APPT_CANCEL,
    APPT_MOVE, /* its successor stands */
    APPT_MISS, /* becomes no_show */
    APPT_ACT_COUNT
};

#define HOLD_EXTENSION_MS (2 * MINUTE_MS)

const char *appointment_state_name(enum appointment_state s); /* "checked_in"; NULL outside */
NODISCARD enum err appointment_state_of(const char *name, enum appointment_state *ret_state);
const char *appointment_act_name(enum appointment_act a);

/* ERR_STATE, ERR_INVAL as visit_next(). */
NODISCARD enum err appointment_next(enum appointment_state s, enum appointment_act a,
                                    enum appointment_state *ret_next);

/* Whether the state keeps its time taken: held, booked or checked in. */
bool appointment_keeps_time(enum appointment_state s);

/* A hold: until when; extended once, by two minutes; run out at its very end.
 * hold_extend(): ERR_STATE when it was extended before or has run out. */
utc_ms hold_expiry(utc_ms made, int hold_seconds);
NODISCARD enum err hold_extend(utc_ms expiry, bool extended, utc_ms now, utc_ms *ret_expiry);
bool hold_over(utc_ms expiry, utc_ms now);

/* Move and cancel by the visitor: until the start, the start not included. */
bool appointment_may_change(utc_ms start, utc_ms now);
/* Check-in: on the appointment's own business day only. */
bool appointment_may_check_in(civil_day start_day, civil_day today);
/* From this instant on it is a no-show unless checked in. */
utc_ms appointment_no_show_at(utc_ms start, int no_show_minutes);
/* Half-open spans that share an instant. */
bool spans_overlap(utc_ms a_start, utc_ms a_stop, utc_ms b_start, utc_ms b_stop);

#endif
