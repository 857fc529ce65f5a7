/*
 * src/core/slots.h - which times can still be booked, computed and never stored.
 *
 * For a service and a coach, or any coach that offers it: availability inside
 * the site's opening hours for appointments, minus closures, breaks,
 * exceptions and what is taken. Starts lie on a step counted from the rule's
 * own start; the appointment with its buffer must end inside the window. An
 * instant lies in a window when clocks show a minute of it then: a skipped
 * hour gives no start, one that comes twice gives both. Offsets of the zone must
 * be multiples of five minutes, as all in use are.
 */
#ifndef CORE_SLOTS_H
#define CORE_SLOTS_H

#include <stddef.h>

#include "base/attr.h"
#include "core/roster.h"
#include "core/shared.h"
#include "core/zone.h"

#define SLOT_ANY_COACH (-1)

struct busy_span {
    int coach;          /* index in the roster */
    utc_ms start, stop; /* half-open; stop holds the buffer */
};

/* Of a coach's day in a region (shared.h): what of it is asked for. */
enum slot_part {
    SLOTS_WHOLE,  /* both kinds */
    SLOTS_LOCAL,  /* the line is down, or may not be waited for */
    SLOTS_SHARED  /* for another house */
};

struct slot_query {
    const struct roster *roster;
    const struct zone *zone;
    int service;
    int coach;                    /* index, or SLOT_ANY_COACH */
    civil_day first_day, last_day; /* local dates, inclusive */
    utc_ms now;
    const struct busy_span *busy; /* by coach, then start; may overlap (overbooking) */
    size_t n_busy;
    const struct shared_rule *shared; /* NULL: no region is joined, and no block is shared */
    enum slot_part part;              /* read where `shared` is set */
};

struct slot {
    int coach; /* index in the roster */
    utc_ms start, end; /* end without the buffer */
};

struct slot_list { /* owns v; all-zero is empty */
    struct slot *v;
    size_t n, cap;
};

/*
 * Lists the free starts by start, then coach id. Pass *ret_list empty.
 * ERR_OK     also when there is none: a service that cannot be booked, a coach
 *            who does not offer it, days past the horizon
 * ERR_INVAL  service or coach outside the roster, days the wrong way round,
 *            busy spans not sorted or of a coach outside the roster
 * ERR_NOMEM
 */
NODISCARD enum err slots_list(const struct slot_query *q, struct slot_list *ret_list);
void slot_list_done(struct slot_list *list);

enum slot_verdict {
    SLOT_FREE,
    SLOT_NOT_OFFERED, /* service not bookable, or this coach does not offer it */
    SLOT_TOO_SOON,    /* before now plus the lead time */
    SLOT_TOO_FAR,     /* past the horizon */
    SLOT_OUTSIDE,     /* no start there: closed, break, off the step, does not fit */
    SLOT_TAKEN        /* would be free but for the busy spans */
};
const char *slot_verdict_text(enum slot_verdict v); /* English: "outside the hours" */

/*
 * Whether one start is offered (first_day and last_day of the query are not
 * read). With SLOT_ANY_COACH: the best verdict of all coaches. Never free for
 * a service or coach outside the roster.
 */
enum slot_verdict slot_at(const struct slot_query *q, utc_ms start);

/* Whether [start, stop) lies in the coach's working windows, whatever step and
 * bookings: an appointment for which it does not is in conflict with the roster. */
bool slot_within_hours(const struct roster *r, const struct zone *z, int coach, utc_ms start,
                       utc_ms stop);

/* The coaches that offer a service, in the order in which "first free" tries
 * them: fewest bookings that day, then name, then id. bookings[i] is coach i's
 * count. Gives how many. */
size_t slot_coach_order(const struct roster *r, int service, const int *bookings,
                        int ret[ROSTER_COACHES_MAX]);

#endif
