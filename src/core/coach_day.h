/*
 * src/core/coach_day.h - when one coach works on one day, and which starts that gives.
 */
#ifndef CORE_COACH_DAY_H
#define CORE_COACH_DAY_H

#include "core/roster_days.h"
#include "core/zone.h"

/* A rule's windows are cut from pieces of five minutes; availability, extras and
 * replacements of one coach do not overlap among themselves. */
#define COACH_WINDOWS_MAX (2 * DAY_MAP_PIECES)
#define COACH_STARTS_MAX 1024

struct coach_window {
    struct minute_span span; /* wall-clock */
    int step_from;           /* where the rule's steps are counted from */
};

struct coach_windows {
    struct coach_window v[COACH_WINDOWS_MAX]; /* by source; windows of one source rise */
    int n;
};

/* What a day of the site gives its coaches; made once for all of them. */
struct site_day {
    civil_day day;
    bool closed;
    struct day_map open; /* for appointments */
    struct zone_segment seg[ZONE_SEGMENTS_MAX];
    int n_seg;
};
struct site_day site_day_of(const struct roster *r, const struct zone *z, civil_day day);

/* Availability (or what replaces it) inside the opening hours, and extras;
 * breaks cut out of all. A coach's closed day has only its extras. */
void coach_windows_of(const struct roster *r, int coach, const struct site_day *site,
                      struct coach_windows *ret_windows);

/* The starts at which `minutes` (buffer included) fit a window, `step` apart.
 * Gives how many; each window's starts rise, the list as a whole may not. */
int coach_starts(const struct coach_windows *windows, const struct site_day *site, int minutes,
                 int step, utc_ms ret_start[COACH_STARTS_MAX]);

/* Whether [start, stop) lies inside the windows, taken together. */
bool coach_works(const struct coach_windows *windows, const struct site_day *site, utc_ms start,
                 utc_ms stop);

#endif
