/*
 * src/store/region.h - the region that this house has joined, and the events that go there.
 *
 * Everything here is local: dynamo-sync alone talks to the region, and reads and writes these
 * rows. A house that stands alone has none of them.
 */
#ifndef STORE_REGION_H
#define STORE_REGION_H

#include <stddef.h>

#include "base/ulid.h"
#include "core/civil.h"
#include "core/roster.h"
#include "core/shared.h"
#include "store/event.h"
#include "store/store.h"

#define REGION_KEY_SIZE 32
#define REGION_WHY_SIZE 33

struct region_row {
    bool joined; /* else all is zero */
    char site[ROSTER_ID_SIZE];
    unsigned char key[REGION_KEY_SIZE]; /* public half of this house's pair: crypt/box.h */
    struct shared_rule rule;
    utc_ms joined_at;
    int64_t mirror; /* rises when coaches, days or closures of the region changed */
    int64_t sent;   /* region_event.n up to which the region has everything */
    bool line;      /* the region answers */
    utc_ms line_at; /* its last answer; 0: never */
    char why[REGION_WHY_SIZE]; /* a word: what is wrong, or "" */
};
NODISCARD enum err store_region_get(struct store *s, struct region_row *ret_row);
/* `line`, `sent` and the like begin anew. ERR_EXISTS joined already. */
NODISCARD enum err store_region_join(struct store *s, const struct region_row *r);
/* Forgets everything that is of a region. Appointments stay. */
NODISCARD enum err store_region_leave(struct store *s);
/* Writes only what changed; a line that stays up is written at most once a minute. */
NODISCARD enum err store_region_line(struct store *s, bool up, utc_ms at, const char *why);
/* The public half of this house's key pair. ERR_DENIED without the house's keys. */
NODISCARD enum err store_region_key(struct store *s, unsigned char ret[REGION_KEY_SIZE]);

/* How the house goes, for the coordinator: no names. */
struct region_figures {
    int64_t waiting;
    utc_ms since; /* arrival of whoever waits longest; 0: nobody */
    int64_t at_work, unsent, dead;
    int64_t unread; /* appointments from elsewhere that could not be opened */
    int64_t lost;   /* seats that the region gave to somebody else */
};
/* Seats of `today` and later: what is over needs nobody. */
NODISCARD enum err store_region_figures(struct store *s, civil_day today,
                                        struct region_figures *ret);

/* ---- events ---- */

struct region_event {
    int64_t n; /* the order of this house */
    struct ulid id;
    char kind[12]; /* "visit" or "appointment" */
    civil_day day;
    struct event_row e; /* without its reason, which is sealed */
};
struct region_events { /* owns v; all-zero is empty */
    struct region_event *v;
    size_t n, cap;
};
void region_events_done(struct region_events *l);

/* Behind store_event_append() of `subject`: its last event goes to the region. */
NODISCARD enum err store_region_event_put(struct store *s, const struct region_event *e);
/* Those behind `after`, in order, at most `max`. */
NODISCARD enum err store_region_events(struct store *s, int64_t after, int max,
                                       struct region_events *ret_list);
NODISCARD enum err store_region_sent(struct store *s, int64_t n);
/* Where an event stands. ERR_NOT_FOUND: this house does not have it (any more). */
NODISCARD enum err store_region_event_place(struct store *s, const char *id, int64_t *ret_n);
/* Which appointments those events leave standing, so that the region knows a coach's day. */
struct agenda_row {
    struct ulid id;
    char coach[ROSTER_ID_SIZE];
    civil_day day;
    utc_ms start, end;
    bool gone; /* cancelled, moved, let go: the region need not know of it */
};
struct agenda_rows { /* owns v; all-zero is empty */
    struct agenda_row *v;
    size_t n, cap;
};
void agenda_rows_done(struct agenda_rows *l);
/* The appointments of the events behind `after` up to `last`. */
NODISCARD enum err store_region_agenda(struct store *s, int64_t after, int64_t last,
                                       struct agenda_rows *ret_list);
/* All that stand of a coach from an instant on. */
NODISCARD enum err store_region_agenda_of(struct store *s, const char *coach, utc_ms from,
                                          struct agenda_rows *ret_list);
/* Of what is sent, all but the last `keep` go. */
NODISCARD enum err store_region_event_forget(struct store *s, int64_t keep);

#endif
