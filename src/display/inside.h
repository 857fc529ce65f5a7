/*
 * src/display/inside.h - how the display's own files call each other.
 */
#ifndef DISPLAY_INSIDE_H
#define DISPLAY_INSIDE_H

#include "display/display.h"

/* look.c: the database */
NODISCARD enum err look_now(struct display *d, int64_t real_ms); /* one look; sets board, dirty */
void look_wake(struct display *d, int64_t real_ms);              /* somebody committed */
void look_pass(struct display *d, int64_t real_ms);              /* does what is due */
int64_t look_due(const struct display *d);

/* call.c: chime, pulse, speech */
void call_out(struct display *d, int64_t real_ms);  /* what is new on the board */
void call_pass(struct display *d, int64_t real_ms);
int64_t call_due(const struct display *d);

#endif
