/*
 * src/upload/pace.h - when the next call may start: politeness, back-off, breaking off.
 *
 * Inside the module only. Times are monotonic milliseconds.
 */
#ifndef UPLOAD_PACE_H
#define UPLOAD_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/rng.h"

#define PACE_TRIES 5    /* of one step in one run */
#define PACE_BREAK 6    /* failures in a row, of whatever record: the run is over */
#define PACE_PATIENCE_S 60 /* a register that asks for a longer pause is left alone till then */
#define PACE_NO_LIMIT 1000 /* calls a second that mean "as fast as it goes" */

struct pace {
    int rate_per_s;
    int64_t next_call;  /* polite distance to the call before */
    int64_t pause_until; /* the whole run rests */
    int failures;       /* in a row */
};

/* 1, 2, 4 .. 300 s after the n-th failure (1..), and up to a quarter more. */
int64_t pace_backoff_ms(int n, struct rng *rng);

bool pace_may_call(const struct pace *p, int64_t now);
int64_t pace_next(const struct pace *p); /* earliest instant of a call */
void pace_called(struct pace *p, int64_t now);

/* An answer of any use came: the way is open. */
void pace_works(struct pace *p);
/* A failure that is not one record's own: all rest for wait_ms. What fails during
 * such a rest was sent before it and counts no second time. True: break off. */
bool pace_fails(struct pace *p, int64_t now, int64_t wait_ms);

/* Sleeps; a simulated clock is moved on. A signal may cut it short: look again. */
void pace_sleep(struct clock *clock, int64_t ms);

#endif
