/*
 * src/flow/booking.h - appointments: free times, hold, book, move, cancel.
 */
#ifndef FLOW_BOOKING_H
#define FLOW_BOOKING_H

#include "core/slots.h"
#include "flow/arrive.h"

struct free_list {
    struct slot *v; /* owns; sorted by start, then coach (index into the roster) */
    size_t n;
};
void free_list_done(struct free_list *l);

/* Free starts of a service on both days and between; coach NULL: any. ERR_NOT_FOUND,
 * ERR_INVAL (last before first). Days outside lead and horizon give none. */
NODISCARD enum err flow_free(struct flow *f, const char *service, const char *coach,
                             civil_day first, civil_day last, struct free_list *ret_list);

struct hold_request {
    const char *service;
    const char *coach;   /* NULL: first free by fewest bookings that day, then name */
    utc_ms start;
    bool overbook;       /* staff only: an extra seat, with a reason, logged */
    const char *reason;
    bool move;           /* of an appointment that stands: no more of the house is taken */
};
struct hold {
    struct ulid id;      /* of the appointment in state held */
    char coach[ROSTER_ID_SIZE];
    char service[ROSTER_ID_SIZE];
    utc_ms start, end, expires;
};
/* ERR_TAKEN just taken; ERR_RANGE not a free start (lead, horizon, hours); ERR_CLOCK. One
 * hold per kiosk device: the one before is released. ERR_LIMIT: so much was booked at this kiosk
 * that flow_book() would refuse. */
NODISCARD enum err flow_hold(struct flow *f, const struct hold_request *r, struct hold *ret_hold);
NODISCARD enum err flow_hold_extend(struct flow *f, const struct ulid *hold, struct hold *ret_hold);
/* ERR_NOT_FOUND is fine: it ran out, or was let go. */
NODISCARD enum err flow_release(struct flow *f, const struct ulid *hold);
/* At start of a kiosk: lets go what this device held before it died. */
NODISCARD enum err flow_release_device(struct flow *f);

/* Nobody takes all times of the house while he stands at a kiosk: so many in the ten minutes that
 * begin with the first. A restart or a change of the clock does not shorten them. */
#define BOOKINGS_MOST 10
#define BOOKINGS_WINDOW_MS (10 * MINUTE_MS)

struct book_request {
    struct ulid hold;
    const struct person *person;
    bool notice_shown;
    bool consent_reminder;
};
/* ERR_NOT_FOUND or ERR_TAKEN: the hold expired; ERR_AGE_*: on the appointment's day;
 * ERR_EXISTS: this person has an appointment that overlaps; ERR_LIMIT: BOOKINGS_MOST at this
 * kiosk. The same hold booked already by this person gives the same answer (a retry). */
NODISCARD enum err flow_book(struct flow *f, const struct book_request *r,
                             struct appointment_view *ret_view);

/* By the visitor until the start (by_staff: also after). ERR_RANGE too late. */
NODISCARD enum err flow_cancel(struct flow *f, const struct ulid *appointment, bool by_staff,
                               const char *reason);
/* Back to booked within 10 s when the seat is still free ("Toch niet"). */
NODISCARD enum err flow_cancel_undo(struct flow *f, const struct ulid *appointment);

struct move_request {
    struct ulid appointment;
    utc_ms start;
    const char *coach;   /* NULL: any of the service */
    struct ulid hold;    /* a hold on the new time, or all-zero */
    bool by_staff;
};
/* Claims the new and releases the old in one transaction, same code; ERR_TAKEN: the old
 * one stands. */
NODISCARD enum err flow_move(struct flow *f, const struct move_request *r,
                             struct appointment_view *ret_view);

NODISCARD enum err flow_appointment(struct flow *f, const struct ulid *id,
                                    struct appointment_view *ret_view);

/* Opens the personal fields of one appointment; an audit line says who looked. */
NODISCARD enum err flow_appointment_person(struct flow *f, const struct ulid *id,
                                           struct person *ret_person);

/* ---- reminders ---- */

struct reminder {
    bool possible; /* there is a phone number or an e-mail address */
    bool agreed;   /* a reminder was asked for, and not taken back since */
};
/* Of the chain of this appointment: a move keeps it. ERR_NOT_FOUND, ERR_DENIED. */
NODISCARD enum err flow_reminder(struct flow *f, const struct ulid *appointment,
                                 struct reminder *ret_reminder);
/* Says so, or takes it back; what stands already is not written again. ERR_STATE: not booked;
 * ERR_INVAL: no way to reach this person; ERR_CLOCK, ERR_NOT_FOUND, ERR_DENIED. */
NODISCARD enum err flow_reminder_set(struct flow *f, const struct ulid *appointment, bool agreed);

struct appointment_list {
    struct appointment_view *v; /* owns; by start, then coach */
    size_t n;
};
void appointment_list_done(struct appointment_list *l);
/* Booked and no-show appointments of the days; coach NULL: all. Without codes. */
NODISCARD enum err flow_appointments(struct flow *f, const char *coach, civil_day first,
                                     civil_day last, struct appointment_list *ret_list);
/* Booked appointments that no longer fit the roster: the coach's worklist. */
NODISCARD enum err flow_conflicts(struct flow *f, struct appointment_list *ret_list);

/* ---- no time is free ---- */

struct call_me_request {
    struct ulid call; /* made by the caller before the first try; all-zero: flow makes one */
    const struct person *person; /* with a phone number */
};
/* Asks to be called back: a line of flow_call_back() (desk.h). Once a day a person: asking again
 * changes the number. ERR_INVAL (a field, or no phone number), ERR_AGE_LOW, ERR_AGE_HIGH,
 * ERR_CLOSED no roster. ret_call may be NULL. */
NODISCARD enum err flow_call_me(struct flow *f, const struct call_me_request *r,
                                struct ulid *ret_call);
/* Opens the personal fields of one; an audit line says who looked. ERR_NOT_FOUND, ERR_DENIED. */
NODISCARD enum err flow_call_person(struct flow *f, const struct ulid *call,
                                    struct person *ret_person);

#endif
