/*
 * src/screens/journey.h - which question comes after which.
 */
#ifndef SCREENS_JOURNEY_H
#define SCREENS_JOURNEY_H

#include "screens/screen.h"

/* The page behind `from` on this visitor's errand, or back to the check page when
 * only one answer was to be put right. */
struct nav journey_next(struct session *s, const struct screen *from);
/* Starts an errand on its first page that is not answered yet. */
struct nav journey_start(struct session *s, enum errand errand);
/* "Step 2 of 5", or NULL where there are no steps. */
const char *journey_step(struct ui *ui, const struct session *s, const struct screen *scr);
/* Nobody is kept of whom we cannot help: counts it, forgets the answers, shows where to go. */
struct nav journey_turn_away(struct session *s, enum turned_away why);
/* Which page a flow call's refusal leads to; sets s->trouble where it stays. */
struct nav journey_refused(struct session *s, enum err e);

#endif
