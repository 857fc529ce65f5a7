/*
 * src/kiosk/inside.h - how the kiosk's own files call each other.
 */
#ifndef KIOSK_INSIDE_H
#define KIOSK_INSIDE_H

#include "kiosk/app.h"

/* stack.c: which page is on top */
const struct screen *stack_top(const struct app *a);
const struct screen *stack_below(const struct app *a); /* under a sheet; NULL: none */
void stack_go(struct app *a, struct nav n);    /* or shows the choice first */
void stack_home(struct app *a);                /* the house's first page, nothing behind it */
void stack_refresh(struct app *a);             /* reads the house again */
void stack_settle(struct app *a, int64_t real_ms); /* a shown choice is carried out when due */

/* visit.c: a visitor comes to an end */
void visit_end(struct app *a);                 /* wipe of session, keyboard, textures */
void visit_fault(struct app *a);               /* the same, and "out of order" */
void visit_mend(struct app *a);                /* tries the house again after a fault */

/* rest.c: what time brings */
int64_t rest_next(const struct app *a);        /* monotonic ms; INT64_MAX: never */
void rest_pass(struct app *a);                 /* does what is due */

/* hands.c: touches, keys, scans */
void hands_event(struct app *a, const struct sdl_event *ev);
void hands_act(struct app *a, const struct ui_action *action);
bool hands_typing(const struct app *a);        /* the page has a keyboard */
/* What a burst of a real keyboard or scanner was. */
void hands_scanned(struct app *a);

/* loop.c */
void app_describe(struct app *a);              /* the page as it is now, not painted yet */
void app_paint(struct app *a);
void app_time(struct app *a);                  /* timers of both clocks */
int64_t app_mono(const struct app *a);

#endif
