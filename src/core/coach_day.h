/*
 * src/core/coach_day.h - when one coach works on one day, and which starts that gives.
 */
#ifndef CORE_COACH_DAY_H
#define CORE_COACH_DAY_H

#include "core/roster_days.h"
#include "core/zone.h"

#define COACH_STARTS_MAX 1024 /* in one day */

/* What a day of the site gives its coaches; made once for all of them. */
struct site_day {
    civil_day day;
    bool closed;
    struct day_map open; /* for appointments */
    struct zone_segment seg[ZONE_SEGMENTS_MAX];
    int n_seg;
};
struct site_day site_day_of(const struct roster *r, const struct zone *z, civil_day day);

/*
 * The starts at which `minutes` (buffer included) fit, `step` apart from the
 * start of their rule, as quanta of five minutes after site->seg[0].start. A
 * rule counts inside the opening hours, an extra anywhere; breaks are cut out
 * of both. A coach's closed day has only its extras. Gives how many; in any
 * order, and one that two rules give comes twice.
 */
int coach_starts(const struct roster *r, int coach, const struct site_day *site, int minutes,
                 int step, int16_t ret_quantum[COACH_STARTS_MAX]);

/*
 * What the starts of an ordinary day follow from, for one coach and length: two days of the
 * same shape have the same. False when the day is not ordinary: it has an exception for this
 * coach, or the clocks change.
 */
struct coach_shape {
    struct day_map open;
    uint64_t hours, breaks; /* which of them apply: a bit each */
};
bool coach_shape_of(const struct roster *r, int coach, const struct site_day *site,
                    struct coach_shape *ret_shape);
bool coach_shape_same(const struct coach_shape *a, const struct coach_shape *b);

/* Whether [start, stop) lies inside the coach's time, all rules taken together. */
bool coach_works(const struct roster *r, int coach, const struct site_day *site, utc_ms start,
                 utc_ms stop);

#endif
