/*
 * src/flow/desk.h - what only staff do: calling back, a coach's calendar, figures by the week,
 * a look ahead at a roster, and putting right what the case register refused.
 */
#ifndef FLOW_DESK_H
#define FLOW_DESK_H

#include "flow/booking.h"
#include "flow/house.h"

/* ---- a roster before it counts ---- */

/*
 * Which appointments would no longer fit: by the rule of flow_conflicts(). Faults are told in
 * *notes (ERR_FORMAT); nothing is stored. Those that do not fit the roster in force already
 * are listed too. ret_roster (may be NULL) gets the roster read; pass it empty.
 */
NODISCARD enum err flow_roster_preview(struct flow *f, const char *json, size_t n,
                                       struct roster_notes *notes, struct roster *ret_roster,
                                       struct appointment_list *ret_hit);

/* ---- to call back ---- */

enum call_back_result { CALL_BACK_OPEN, CALL_BACK_REACHED, CALL_BACK_NO_ANSWER,
                        CALL_BACK_NOT_NEEDED };
const char *call_back_name(enum call_back_result r); /* "reached"; "open" */
/* ERR_NOT_FOUND. */
NODISCARD enum err call_back_of(const char *name, enum call_back_result *ret_result);

enum call_back_kind {
    CALL_BACK_VISIT,       /* not helped when the day ended */
    CALL_BACK_APPOINTMENT, /* nobody came to it */
    CALL_BACK_REQUEST      /* found no free time at the kiosk and asked for it */
};
struct call_back_line {
    struct ulid subject;
    enum call_back_kind kind;
    civil_day day;
    utc_ms at;       /* when they came, should have come, or asked */
    char coach[ROSTER_ID_SIZE]; /* whom they waited for or had an appointment with, or "" */
    enum topic topic;
    char lang[PERSON_LANG_SIZE];
    enum call_back_result result;
    utc_ms told;     /* when the result was told; 0: open */
    char by[41];     /* who told it, "staff:sanne" */
};
struct call_back_list {
    struct call_back_line *v; /* owns; open ones first, then the latest first */
    size_t n, cap;
};
void call_back_list_done(struct call_back_list *l);
/* Of the last `days` business days, today included. */
NODISCARD enum err flow_call_back(struct flow *f, int days, struct call_back_list *ret_list);
/* One that was asked for. ERR_NOT_FOUND. */
NODISCARD enum err flow_call_back_request(struct flow *f, const struct ulid *call,
                                          struct call_back_line *ret_line);
/* Ticks one off, or opens it again. ERR_NOT_FOUND: no such visit, appointment or request;
 * ERR_STATE: it needs no calling back (any more). */
NODISCARD enum err flow_call_back_tell(struct flow *f, const struct ulid *subject,
                                       enum call_back_result result);

/* ---- a coach's calendar ---- */

#define FEED_TOKEN_SIZE 41 /* 40 hex digits: 160 random bits */
/* A new secret address; the one before no longer works. ERR_NOT_FOUND no such coach. */
NODISCARD enum err flow_feed_make(struct flow *f, const char *coach,
                                  char ret_token[FEED_TOKEN_SIZE]);
NODISCARD enum err flow_feed_end(struct flow *f, const char *coach);
/* When the address was made; ERR_NOT_FOUND: there is none. */
NODISCARD enum err flow_feed_made(struct flow *f, const char *coach, utc_ms *ret_at);

struct feed_entry {
    const struct appointment_view *appointment; /* no code in it */
    char given[PERSON_NAME_SIZE]; /* first name only; of one name its first letter; "" unknown */
};
typedef void (*flow_feed_said)(void *arg, const struct feed_entry *entry);
/* The booked appointments of the coach whose address that is, from 14 days back on; one audit
 * line for the whole. ERR_NOT_FOUND; `coach` then stays as it was. */
NODISCARD enum err flow_feed_read(struct flow *f, const char *token, flow_feed_said say, void *arg,
                                  char ret_coach[ROSTER_ID_SIZE]);

/* ---- figures by the week ---- */

#define WEEKS_MAX 53
struct week_of_coach {
    char coach[ROSTER_ID_SIZE];
    int64_t done;
};
struct week_figures {
    civil_day monday;
    int64_t visits, walk_ins, done, left, unserved, no_shows, turned_away;
    int median_wait; /* minutes until the first call; -1: nobody was called */
    int p90_wait;
    int64_t done_by[ROSTER_COACHES_MAX]; /* by coach of the roster in force */
};
/* `n` weeks from the one of `first` on, from the anonymous counts. n up to WEEKS_MAX. */
NODISCARD enum err flow_weeks(struct flow *f, civil_day first, size_t n,
                              struct week_figures *ret_weeks);

/* ---- what the register refused ---- */

/* The person that a record is about, as the house knows them; an audit line says who looked.
 * ERR_NOT_FOUND, ERR_DENIED: their names are gone. */
NODISCARD enum err flow_outbox_person(struct flow *f, const struct ulid *record,
                                      struct person *ret_person);
/* Sends a dead record again with this person in it. The house's own visit stays as it is.
 * ERR_NOT_FOUND; ERR_STATE it is not dead; ERR_INVAL the person (core/person.h); ERR_DENIED
 * the keys of its date are gone. */
NODISCARD enum err flow_outbox_correct(struct flow *f, const struct ulid *record,
                                       const struct person *p);

#endif
