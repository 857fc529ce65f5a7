/*
 * src/store/visit.h - visits: rows, people, lists.
 *
 * A row changes only by store_visit_update(), which finds it by id, state and version.
 * Names, birth date, phone, e-mail and note are sealed under the key of the visit's day;
 * nothing else of a row is personal.
 */
#ifndef STORE_VISIT_H
#define STORE_VISIT_H

#include <stddef.h>

#include "base/ulid.h"
#include "core/code.h"
#include "core/person.h"
#include "core/roster.h"
#include "core/visit.h"
#include "store/store.h"

#define STORE_OUTCOME_SIZE 33
#define STORE_NOTE_SIZE 801 /* 200 letters */

enum visit_kind { VISIT_WALK_IN, VISIT_APPOINTMENT };

struct visit_row {
    struct ulid id;
    struct ulid chain; /* the appointment's chain, or the visit's own id */
    char site[ROSTER_ID_SIZE];
    civil_day day;
    char series; /* 'A' */
    int number;  /* 1.. */
    enum visit_state state;
    int64_t version; /* 1 at first, one more with each update */
    enum visit_kind kind;
    struct ulid appointment; /* none for a walk-in */
    char service[ROSTER_ID_SIZE];
    char coach[ROSTER_ID_SIZE];      /* whom the visitor waits for; "" first free */
    char with_coach[ROSTER_ID_SIZE]; /* who called, or helps; "" nobody */
    utc_ms arrived;
    utc_ms due; /* the appointment's start; of this and the instants below 0 is none */
    bool urgent, redirected;
    int calls;
    int64_t chime; /* of the last call or recall */
    utc_ms called, first_call, block_until, started, ended;
    utc_ms until; /* of paused and parked */
    char outcome[STORE_OUTCOME_SIZE];
    bool inaccurate, clock_unsure, printed, has_note;
    int64_t person_no;
    char municipality[MUNICIPALITY_SIZE];
    enum topic topic;
    char lang[PERSON_LANG_SIZE];
};
struct visit_rows { /* owns v; all-zero is empty */
    struct visit_row *v;
    size_t n, cap;
};
void visit_rows_done(struct visit_rows *l);

/*
 * Stores a new one; municipality, topic and lang are taken from p. version 0 is 1.
 * ERR_EXISTS with STORE_GUARD_VISIT_ID (a retry: read it), _VISIT_PERSON (waits already:
 * store_visit_of_person()) or _TICKET.
 */
NODISCARD enum err store_visit_insert(struct store *s, const struct visit_row *r,
                                      const struct person *p);
/*
 * Replaces every column that can change (not id, chain, site, day, ticket,
 * kind, arrived, clock_unsure, person, note, printed), if
 * the row still has this state and version; its version becomes was.version + 1.
 * ERR_STALE  somebody was first (or no such row)
 * ERR_TAKEN  the coach has another visit called or in service
 * ERR_EXISTS this person has another open visit (a finished one cannot be opened again)
 */
struct visit_was {
    enum visit_state state;
    int64_t version;
};
NODISCARD enum err store_visit_update(struct store *s, const struct visit_row *r,
                                      struct visit_was was);
NODISCARD enum err store_visit_get(struct store *s, const struct ulid *id,
                                   struct visit_row *ret_row); /* ERR_NOT_FOUND */
NODISCARD enum err store_visit_by_ticket(struct store *s, civil_day day, char series, int number,
                                         struct visit_row *ret_row);
NODISCARD enum err store_visit_by_token(struct store *s, const struct token *token,
                                        struct visit_row *ret_row);
/* The open visit of this person (same names and birth date) on that day. ERR_NOT_FOUND. */
NODISCARD enum err store_visit_of_person(struct store *s, civil_day day, const struct person *p,
                                         struct visit_row *ret_row);

/* Opens the personal fields. ERR_DENIED the day's key is gone. */
NODISCARD enum err store_visit_person(struct store *s, const struct ulid *id,
                                      struct person *ret_person);
/* A note up to 200 letters, sealed; NULL or "" takes it away. It does not touch the version:
 * write it with the update of the move it belongs to. */
NODISCARD enum err store_visit_set_note(struct store *s, const struct ulid *id, const char *note);
/* ERR_NOT_FOUND no note; ERR_DENIED. */
NODISCARD enum err store_visit_note(struct store *s, const struct ulid *id,
                                    char ret[STORE_NOTE_SIZE]);
/* The token of its ticket, made again. ERR_DENIED the day's key is gone. */
NODISCARD enum err store_visit_token(struct store *s, const struct visit_row *r,
                                     struct token *ret_token);

/* Marks the ticket as printed, without touching the version: true the first time only.
 * ERR_NOT_FOUND. */
NODISCARD enum err store_visit_take_print(struct store *s, const struct ulid *id, bool *ret_first);

/* The open visits of a day, by ticket. */
NODISCARD enum err store_visits_open(struct store *s, civil_day day, struct visit_rows *ret_list);
/* The same at a third of the cost, for the order of the queue: only id, series, number, state,
 * service, coach, with_coach, arrived, due, called, urgent and redirected are read. */
NODISCARD enum err store_visits_queue(struct store *s, civil_day day, struct visit_rows *ret_list);
/* The same with all that a list of it shows: also version, calls, until, ended, inaccurate,
 * clock_unsure, person_no, municipality, topic and lang. */
NODISCARD enum err store_visits_shown(struct store *s, civil_day day, struct visit_rows *ret_list);
/* All visits of a day that are over, last ended first; of each what store_visits_shown() reads. */
NODISCARD enum err store_visits_over(struct store *s, civil_day day, struct visit_rows *ret_list);
/* Those in state called, last call first. */
NODISCARD enum err store_visits_called(struct store *s, civil_day day, struct visit_rows *ret_list);
/* Paused and parked ones whose end is at or before `now`, by end. */
NODISCARD enum err store_visits_due(struct store *s, utc_ms now, struct visit_rows *ret_list);
/* Open visits of days before this one: to be closed. */
NODISCARD enum err store_visits_before(struct store *s, civil_day day, struct visit_rows *ret_list);

/* Seconds of service of the last (up to) `max` finished, accurate visits of a service, for
 * queue_service_seconds(); *ret_n how many. */
NODISCARD enum err store_visit_durations(struct store *s, const char *service, size_t max,
                                         int64_t *ret_seconds, size_t *ret_n);

#endif
