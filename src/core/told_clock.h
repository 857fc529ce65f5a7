/*
 * src/core/told_clock.h - the clock that a program is told by --now.
 */
#ifndef CORE_TOLD_CLOCK_H
#define CORE_TOLD_CLOCK_H

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"

/* One that stands at that instant (RFC 3339 with an offset), or the system's with NULL.
 * Errors as rfc3339_parse(). */
NODISCARD enum err told_clock(const char *now, struct clock *ret_clock);

#endif
