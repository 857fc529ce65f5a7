/*
 * src/flow/act.h - one act on one visit, from reading it to the line that is shown.
 *
 *   CLEANUP(store_tx_done) struct store_tx tx = { 0 };
 *   struct visit_row was, v;
 *   enum err e = act_begin(f, &tx, ref, &was, &v);
 *   ... change v ...
 *   if (e == ERR_OK)
 *       e = visit_step(f, VISIT_START, &was, &v, &(struct step){ f->now });
 *   return act_end(f, &tx, e, &v, ret_line);
 */
#ifndef FLOW_ACT_H
#define FLOW_ACT_H

#include "flow/queue.h"
#include "flow/work.h"

/* work_begin(), then the visit as it is, twice. ERR_NOT_FOUND, ERR_STALE. */
NODISCARD enum err act_begin(struct flow *f, struct store_tx *tx, struct visit_ref ref,
                             struct visit_row *ret_was, struct visit_row *ret_v);
/* The line as it will be, the commit, and only then the line handed out. */
NODISCARD enum err act_end(struct flow *f, struct store_tx *tx, enum err e,
                           const struct visit_row *v, struct queue_line *ret_line);

/* Nobody has it, and calls are counted anew. */
void act_let_go(struct visit_row *v);

#endif
