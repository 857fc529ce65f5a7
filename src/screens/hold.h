/*
 * src/screens/hold.h - the time that is kept for the visitor while they go on.
 */
#ifndef SCREENS_HOLD_H
#define SCREENS_HOLD_H

#include "screens/screen.h"

bool hold_stands(const struct session *s);
/* Holds a start, instead of what was held. ERR_TAKEN and the others of flow_hold(). */
NODISCARD enum err hold_take(struct session *s, utc_ms start, const char *coach);
/* "We keep this time for you: 2:05", or that it is not kept any more. */
void hold_view(struct ui *ui, const struct session *s);
/* Monotonic ms of the next second of the countdown; INT64_MAX when none runs. */
int64_t hold_due(const struct session *s);

#endif
