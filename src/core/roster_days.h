/*
 * src/core/roster_days.h - the roster on one day, as maps of five-minute pieces.
 */
#ifndef CORE_ROSTER_DAYS_H
#define CORE_ROSTER_DAYS_H

#include "core/day_map.h"
#include "core/roster.h"

/* When the site is open on a day: hours or what replaces them, minus
 * closures, plus extras. */
struct day_map roster_open_map(const struct roster *r, civil_day day, unsigned open_for);

#endif
