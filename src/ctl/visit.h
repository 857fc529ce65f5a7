/*
 * src/ctl/visit.h - what the commands on one visit share.
 */
#ifndef CTL_VISIT_H
#define CTL_VISIT_H

#include "ctl/command.h"
#include "flow/queue.h"

/* A row with the keys of `queue`. */
void ctl_visit_write(struct ctl *c, const struct queue_line *v);

/* Says which guard refused: the state, the coach or the version; else the command's words. */
enum program_status ctl_visit_refuse(struct ctl *c, const struct queue_line *v, enum err e);

/* One move of the visit of --visit, an id or today's ticket; writes it as it is then. */
typedef enum err (*ctl_move)(struct ctl *c, struct visit_ref v, struct queue_line *ret_line);
enum program_status ctl_visit_move(struct ctl *c, ctl_move act);

/* The row of --visit for a command's table. */
#define CTL_VISIT_OPTION \
    { "visit", CTL_TEXT, "V", "the visit as printed, or today's ticket", true }

#endif
