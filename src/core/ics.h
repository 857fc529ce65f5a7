/*
 * src/core/ics.h - when somebody is busy, from an iCalendar file (RFC 5545).
 *
 * Only times are read; titles, places and people are not looked at. Taken are VEVENTs that are
 * neither cancelled nor transparent, with DTSTART and DTEND or DURATION: dates, UTC, or local
 * times, which are all taken in the house's zone. Daily and weekly repeats are followed (with
 * INTERVAL, COUNT, UNTIL, BYDAY, EXDATE); of events that repeat otherwise, or that cannot be
 * read, only the number is told. Input of strangers. Pure.
 */
#ifndef CORE_ICS_H
#define CORE_ICS_H

#include <stddef.h>

#include "base/attr.h"
#include "core/absence.h"
#include "core/zone.h"

#define ICS_BYTES_MAX (512 * 1024)
#define ICS_SPANS_MAX 4000

struct ics_window {
    const struct zone *zone;
    civil_day first, last; /* what lies outside is left out */
};
struct ics_busy { /* owns v; all-zero is empty */
    struct absence *v; /* in the file's order, cut at midnights */
    size_t n, cap;
    int events;  /* that were read */
    int unknown; /* that could not be */
};
void ics_busy_done(struct ics_busy *b);

/* ERR_FORMAT it is no calendar; ERR_LIMIT longer than ICS_BYTES_MAX, or more than
 * ICS_SPANS_MAX spans; ERR_NOMEM. */
NODISCARD enum err ics_read(const char *text, size_t n, const struct ics_window *w,
                            struct ics_busy *ret_busy);

#endif
