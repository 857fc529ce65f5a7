/*
 * src/store/appointment.h - appointments: rows, codes, lists.
 *
 * A row changes only by store_appointment_update(), which finds it by id, state and version.
 * The seat's guard are the claims (claim.h), which the caller writes beside.
 */
#ifndef STORE_APPOINTMENT_H
#define STORE_APPOINTMENT_H

#include <stddef.h>

#include "base/ulid.h"
#include "core/appointment.h"
#include "core/code.h"
#include "core/person.h"
#include "core/roster.h"
#include "core/slots.h"
#include "store/store.h"

#define STORE_ACTOR_SIZE 41   /* "kiosk:1", "staff:ID" */
#define STORE_REASON_SIZE 801 /* 200 letters */

struct appointment_row {
    struct ulid id;
    struct ulid chain; /* id of the first appointment of its moves */
    char site[ROSTER_ID_SIZE];
    civil_day day;
    char coach[ROSTER_ID_SIZE];
    char service[ROSTER_ID_SIZE];
    utc_ms start, end, stop; /* stop: end with the buffer */
    int seat;                /* 0; over 0 overbooked */
    enum appointment_state state;
    int64_t version; /* 1 at first, one more with each update */
    char held_by[STORE_ACTOR_SIZE]; /* device, or "" */
    utc_ms held_until;              /* 0: no hold */
    bool extended;
    civil_day code_day; /* whose day key the code comes from; CIVIL_DAY_NONE: no code yet */
    int code_count;
    bool has_person;   /* read only: names are stored */
    int64_t person_no; /* 0: none yet */
    char municipality[MUNICIPALITY_SIZE]; /* these three "" or TOPIC_UNSAID while held */
    enum topic topic;
    char lang[PERSON_LANG_SIZE];
    struct ulid successor; /* of a moved one, else none */
    struct ulid visit;     /* of a checked-in one, else none */
    char reason[STORE_REASON_SIZE];
    utc_ms created;
};
struct appointment_rows { /* owns v; all-zero is empty */
    struct appointment_row *v;
    size_t n, cap;
};
void appointment_rows_done(struct appointment_rows *l);

/*
 * Stores a new one, held (p NULL) or booked (a move's successor). version 0 is 1.
 * ERR_EXISTS with STORE_GUARD_APPOINTMENT_ID (a retry) or _CODE.
 */
NODISCARD enum err store_appointment_insert(struct store *s, const struct appointment_row *r,
                                            const struct person *p);
/*
 * Replaces every column that can change, if the row still has this state and version; its
 * version becomes was_version + 1. p NULL keeps the stored names; else they are sealed anew
 * and municipality, topic and lang are taken from p.
 * ERR_STALE  somebody was first (or no such row); ERR_EXISTS the code is taken
 */
struct appointment_was {
    enum appointment_state state;
    int64_t version;
};
NODISCARD enum err store_appointment_update(struct store *s, const struct appointment_row *r,
                                            struct appointment_was was, const struct person *p);
NODISCARD enum err store_appointment_get(struct store *s, const struct ulid *id,
                                         struct appointment_row *ret_row); /* ERR_NOT_FOUND */
/* Its business day alone. ERR_NOT_FOUND. */
NODISCARD enum err store_appointment_day(struct store *s, const struct ulid *id,
                                         civil_day *ret_day);
/* Opens the names. ERR_NOT_FOUND none stored; ERR_DENIED the day's key is gone. */
NODISCARD enum err store_appointment_person(struct store *s, const struct ulid *id,
                                            struct person *ret_person);

/*
 * Sets r->code_day (the row's day) and r->code_count to the first code that no appointment
 * of today or later has. ERR_LIMIT after 1000 tries.
 */
NODISCARD enum err store_appointment_give_code(struct store *s, struct appointment_row *r,
                                               civil_day today);
/* Makes code and token again. ERR_NOT_FOUND it has none; ERR_DENIED the key is gone. */
NODISCARD enum err store_appointment_code(struct store *s, const struct appointment_row *r,
                                          struct code *ret_code, struct token *ret_token);
/* By code or by token, of this day or later: of several (moves keep the code) the booked one,
 * else the newest, whatever its state. ERR_NOT_FOUND. */
NODISCARD enum err store_appointment_by_code(struct store *s, const struct code *code,
                                             civil_day from, struct appointment_row *ret_row);
NODISCARD enum err store_appointment_by_token(struct store *s, const struct token *token,
                                              civil_day from, struct appointment_row *ret_row);

/* Adds the spans of one coach that keep time taken and touch [from, to), by start, with `index`
 * as their coach. A hold keeps its time until it is ended, as its claims do: whoever asks ends
 * those that are over first. Reads a covering index, from `from` on: no past. */
struct busy_spans { /* owns v; all-zero is empty */
    struct busy_span *v;
    size_t n, cap;
};
void busy_spans_done(struct busy_spans *l);
struct busy_query {
    const char *coach;
    int index;
    utc_ms from, to;
};
NODISCARD enum err store_appointments_busy(struct store *s, const struct busy_query *q,
                                           struct busy_spans *list);
/* How many of a coach are booked or checked in with a start in [from, to), holds left out: for
 * "fewest bookings that day". */
NODISCARD enum err store_appointments_count(struct store *s, const char *coach, utc_ms from,
                                            utc_ms to, int *ret_n);

/* Booked, checked-in and no-show ones of both days and between, by start, then coach.
 * coach NULL: all. */
NODISCARD enum err store_appointments_of_days(struct store *s, const char *coach, civil_day first,
                                              civil_day last, struct appointment_rows *ret_list);
/* The same of one day and one person (same names and birth date). */
NODISCARD enum err store_appointments_of_person(struct store *s, civil_day day,
                                                const struct person *p,
                                                struct appointment_rows *ret_list);
/* Booked ones from an instant on, by start: to see which a new roster hits. */
NODISCARD enum err store_appointments_from(struct store *s, utc_ms from,
                                           struct appointment_rows *ret_list);
/* Holds that end at or before `now`. */
NODISCARD enum err store_appointments_hold_over(struct store *s, utc_ms now,
                                                struct appointment_rows *ret_list);
/* Holds of a device. */
NODISCARD enum err store_appointments_held_by(struct store *s, const char *device,
                                              struct appointment_rows *ret_list);
/* Booked ones that start at or before an instant: no-shows to be. */
NODISCARD enum err store_appointments_started(struct store *s, utc_ms start,
                                              struct appointment_rows *ret_list);

#endif
