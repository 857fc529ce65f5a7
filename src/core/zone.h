/*
 * src/core/zone.h - one time zone, from the bytes of a TZif file.
 *
 * The caller reads the file (RFC 8536, version 2 or later; /usr/share/zoneinfo)
 * and hands its bytes over. Past the last transition the POSIX rule of the
 * footer holds, so far years work. Offsets are seconds east of UTC.
 */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include <stddef.h>

#include "base/attr.h"
#include "core/civil.h"

/* When a yearly change of a POSIX rule happens. */
struct zone_change {
    enum { ZONE_CHANGE_WEEKDAY, ZONE_CHANGE_JULIAN, ZONE_CHANGE_DAY_OF_YEAR } kind;
    int month, week, weekday; /* ZONE_CHANGE_WEEKDAY: 1..12, 1..5 (5 = last), 0 = Monday */
    int day;                  /* JULIAN 1..365 (no 29 Feb), DAY_OF_YEAR 0..365 */
    int second;               /* local time of the change, may be negative or past a day */
};

struct zone_rule {
    bool known, has_summer;
    int winter_s, summer_s;
    struct zone_change to_summer, to_winter;
};

struct zone_shift {
    int64_t at_s;  /* UTC second from which offset_s holds */
    int offset_s;
};

struct zone {                /* owns v; all-zero is UTC */
    struct zone_shift *v;    /* rising */
    size_t n;
    int first_offset_s;      /* before v[0] */
    struct zone_rule rule;   /* after v[n - 1], when known */
};

struct local_time {
    civil_day day;
    int minute; /* 0..1439 */
    int second; /* 0..59 */
    int offset_s;
};

/*
 * Reads a zone. Pass *ret_zone empty; the caller owns it until zone_done().
 * ERR_FORMAT   not a TZif file of version 2 or later, or it contradicts itself
 * ERR_NOMEM
 */
NODISCARD enum err zone_parse(const void *bytes, size_t n, struct zone *ret_zone);
void zone_done(struct zone *z);

int zone_offset_s(const struct zone *z, utc_ms at);
struct local_time zone_local(const struct zone *z, utc_ms at);
civil_day zone_day(const struct zone *z, utc_ms at);

/*
 * The instants at which clocks show that minute of that day, earliest first:
 * none in the hour that summer time skips, two in the hour that comes twice.
 * minute 0..1440; 1440 is the next day's 0. Gives how many (0..2).
 */
int zone_instants(const struct zone *z, civil_day day, int minute, utc_ms ret_at[2]);

/* The first instant of a local date; with a skipped midnight the instant behind the gap. */
utc_ms zone_day_start(const struct zone *z, civil_day day);

/*
 * A local day cut at its clock changes: within one segment local time runs
 * without a jump, minute m lies at start + (m - local.from) * MINUTE_MS.
 * Segments follow each other without a gap in real time. A date skipped whole
 * has none. Segments are cut to whole minutes.
 */
#define ZONE_SEGMENTS_MAX 4
struct zone_segment {
    utc_ms start;
    struct minute_span local;
};
int zone_segments(const struct zone *z, civil_day day, struct zone_segment ret[ZONE_SEGMENTS_MAX]);

#endif
