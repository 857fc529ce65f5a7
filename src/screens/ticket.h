/*
 * src/screens/ticket.h - the parts of the last page that other files share.
 */
#ifndef SCREENS_TICKET_H
#define SCREENS_TICKET_H

#include "screens/screen.h"

/* Bodies of the page: a number in the queue; an appointment; one that is cancelled. */
void ticket_view_queue(struct ui *ui, const struct session *s);
void ticket_view_appointment(struct ui *ui, const struct session *s);
/* The sheets over it: how long away, which coach. */
void ticket_view_sheets(struct ui *ui, const struct session *s);
/* "1234 567" */
const char *ticket_code(struct ui *ui, const char *code);

/* Acts of somebody who waits: pause, come back, another coach. NAV_PASS: not one of them. */
struct nav ticket_wait_action(struct session *s, const char *id);
bool ticket_may_wait(const struct session *s); /* a number that still waits or pauses */

#endif
