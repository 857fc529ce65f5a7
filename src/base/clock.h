/*
 * src/base/clock.h - the only source of time.
 *
 * Instants are UTC milliseconds since 1970 (utc_ms). Waiting is measured on the
 * monotonic clock only. Whoever needs the time is handed a struct clock; a
 * simulated one stands still until clock_advance() moves both of its times.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t utc_ms;

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

struct clock {
    bool simulated;
    utc_ms sim_wall;  /* used when simulated */
    int64_t sim_mono; /* used when simulated */
};

struct clock clock_system(void);
struct clock clock_at(utc_ms wall); /* simulated, monotonic time starts at 1,000,000 ms */
utc_ms clock_wall_ms(const struct clock *c);
int64_t clock_mono_ms(const struct clock *c);
void clock_advance(struct clock *c, int64_t ms); /* simulated only; ms >= 0 */

/* Real monotonic time, for press states, animation and touch guards, which run
 * on real time even where the clock is simulated. */
int64_t clock_real_mono_ms(void);

#endif
