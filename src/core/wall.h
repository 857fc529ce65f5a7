/*
 * src/core/wall.h - when the wall clock may be believed, and which business day it is.
 *
 * The clock is unsure before this program was made, before the last time that was sure, and
 * long after it. The calendar stands still meanwhile. People who came then are still in the
 * house when the clock is set right, so their business day is kept for the rest of the real
 * day. One rule for all programs: they must agree on whose day it is.
 */
#ifndef CORE_WALL_H
#define CORE_WALL_H

#include <stdbool.h>

#include "base/clock.h"
#include "core/zone.h"

struct wall_known {    /* what the house has stored of the time: store/wall.h */
    bool simulated;    /* the clock is: such a one is always sure */
    utc_ms last;       /* the last time that was sure; 0: none yet */
    civil_day pin_day; /* the business day is kept as this one; CIVIL_DAY_NONE: it is not */
    utc_ms pin_until;  /* ... until then; 0: until the clock is sure */
};

/* Whether `now` may not be believed. */
bool wall_unsure(const struct wall_known *k, utc_ms now);
/* The date of the calendar, as far as it is known. */
civil_day wall_date(const struct wall_known *k, const struct zone *z, utc_ms now);
/* The day whose visits and tickets are taken. */
civil_day wall_business_day(const struct wall_known *k, const struct zone *z, utc_ms now);

#endif
