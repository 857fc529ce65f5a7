/*
 * src/core/absence.h - taking time of a coach out of the roster, and giving it back.
 *
 * An absence becomes exceptions of that date: closed when nothing is left of the coach's time,
 * else replace with what is left; an extra is cut too. Times are wall-clock minutes. A date on
 * which nothing is lost keeps its exceptions as they are. Pure.
 */
#ifndef CORE_ABSENCE_H
#define CORE_ABSENCE_H

#include "core/roster.h"

struct absence {
    civil_day day;
    struct minute_span span; /* of any minutes; 0..1440 is the whole day */
};

/*
 * ERR_INVAL no such coach; ERR_LIMIT the coach would get more than ROSTER_LIST_MAX exceptions;
 * ERR_NOMEM. The roster is as it was then. *ret_days (may be NULL): dates that changed.
 */
NODISCARD enum err roster_absent(struct roster *r, int coach, const struct absence *v, size_t n,
                                 int *ret_days);
/* Takes every exception of the coach on that date out: the usual hours hold again. */
void roster_present(struct roster *r, int coach, civil_day day);

#endif
