/*
 * src/screens/work.h - what staff do to a visit, for the queue and the detail page.
 */
#ifndef SCREENS_WORK_H
#define SCREENS_WORK_H

#include "screens/screen.h"

enum work { WORK_CALL, WORK_RECALL, WORK_START, WORK_FINISH, WORK_MISSED, WORK_REQUEUE,
            WORK_PARK_15, WORK_PARK_30, WORK_UNPARK, WORK_URGENT_LEAVES, WORK_URGENT_UPSET,
            WORK_URGENT_OTHER, WORK_VOID, WORK_UNDO, WORK_COUNT };

/* The word of an act in ids: "call" in "queue.row.0.call". */
const char *work_id(enum work w);
/* WORK_COUNT: no such act. */
enum work work_of_id(const char *id);
const char *work_label(enum work w);
const char *work_icon(enum work w);
/* Acts that a visit's state offers on the list, most likely first; ends with WORK_COUNT. */
const enum work *work_offered(enum visit_state state);

/* Does it, in the name of who is logged in; what refuses it becomes s->trouble. */
struct nav work_do(struct session *s, enum work w, const struct queue_line *line);
/* To another coach, or of who is with a coach to another service: one of them is NULL. */
struct nav work_redirect(struct session *s, const struct queue_line *line, const char *coach,
                         const char *service);
/* Takes the last act back, while that is possible. */
struct nav work_undo(struct session *s);
bool work_may_undo(const struct session *s);
int64_t work_undo_due(const struct session *s); /* monotonic ms; INT64_MAX: nothing to undo */

#endif
