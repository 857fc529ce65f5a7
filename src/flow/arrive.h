/*
 * src/flow/arrive.h - a person comes in: walk-in, check-in, and those turned away.
 */
#ifndef FLOW_ARRIVE_H
#define FLOW_ARRIVE_H

#include "core/appointment.h"
#include "core/code.h"
#include "core/person.h"
#include "flow/queue.h"

struct walk_in_request {
    struct ulid visit;       /* made by the caller BEFORE the first try and kept over retries
                                and restarts; all-zero: flow makes one */
    const char *service;     /* NULL: from the topic */
    const char *coach;       /* NULL: first free */
    const struct person *person;
    bool notice_shown;       /* the privacy notice was on screen */
};

struct arrival {
    struct queue_line line;
    bool existing;           /* this person waits already: the visit that is there */
    char token[TOKEN_LEN + 1]; /* for the ticket's QR: coming back after a missed call */
    bool late;               /* a check-in more than the rule's minutes late */
};

/* ERR_CLOSED, ERR_AGE_LOW, ERR_AGE_HIGH, ERR_INVAL (a field; core/person.h says which),
 * ERR_NOT_FOUND service (or it takes no walk-ins) or coach. The same visit id again gives the
 * same visit. ret_arrival may be NULL; what it holds is read behind the commit. */
NODISCARD enum err flow_walk_in(struct flow *f, const struct walk_in_request *r,
                                struct arrival *ret_arrival);

/* A new id to put in requests; kept by the caller over retries. */
struct ulid flow_new_id(struct flow *f);

/* What a code or token names, for "Hi S. Your appointment: 14:30 with Sanne". */
struct appointment_view {
    struct ulid id;
    int64_t version;
    enum appointment_state state;
    char coach[ROSTER_ID_SIZE];
    char coach_name[ROSTER_NAME_SIZE];
    char service[ROSTER_ID_SIZE];
    utc_ms start, end;
    civil_day day;
    char initial[8];         /* first letter of the given (or only) name */
    char code[CODE_DIGITS + 1];
    char token[TOKEN_LEN + 1];
    char lang[PERSON_LANG_SIZE];
    char municipality[MUNICIPALITY_SIZE];
    enum topic topic;
};

/*
 * Looks up by what was typed or scanned: seven digits, a token, or a scanned VEVENT.
 * Wrong, unknown and expired answer the same: ERR_NOT_FOUND. After five wrong tries
 * of this device ERR_LOCKED for ten minutes. Counts tries; a right one clears them.
 */
NODISCARD enum err flow_find_by_code(struct flow *f, const char *typed,
                                     struct appointment_view *ret_view);
/* Today's booked (or no-show) appointment of this person: birth date and name. Several:
 * the next one. ERR_NOT_FOUND. Not for move or cancel. */
NODISCARD enum err flow_find_by_name(struct flow *f, const struct person *person,
                                     struct appointment_view *ret_view);
/* Makes a visit out of it. ERR_RANGE: not on its own business day; ERR_STATE: checked in
 * already and its visit is over, cancelled, moved. Checked in already and still open: the
 * visit, with existing. Somebody who waits as a walk-in keeps number and place, with existing;
 * while a visit for another appointment is open that one is answered, and this appointment
 * stays booked. ret_arrival may be NULL. */
NODISCARD enum err flow_check_in(struct flow *f, const struct ulid *appointment,
                                 struct arrival *ret_arrival);
/* A walk-in's ticket token scanned: missed -> waiting again; else just where it stands. */
NODISCARD enum err flow_scan_ticket(struct flow *f, const char *scanned,
                                    struct arrival *ret_arrival);

enum turned_away { TURNED_AWAY_YOUNG, TURNED_AWAY_OLD, TURNED_AWAY_CLOSED, TURNED_AWAY_GAVE_UP };
/* An anonymous count; nothing else of the person is stored. */
NODISCARD enum err flow_turned_away(struct flow *f, enum turned_away why);

/* Printing is a repeatable side effect: true once, for the automatic print. */
NODISCARD enum err flow_take_print(struct flow *f, const struct ulid *visit, bool *ret_print);

#endif
