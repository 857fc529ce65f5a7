/*
 * src/flow/plan.h - the house at this moment: who is here, in which order, who works, and how
 * long each will wait. Read within one transaction.
 */
#ifndef FLOW_PLAN_H
#define FLOW_PLAN_H

#include "flow/queue.h"
#include "flow/work.h"

struct plan { /* owns its lists; all-zero is empty */
    struct visit_rows rows;     /* open visits, by ticket */
    struct queue_entry *v;      /* n of them in calling order; tag: index in rows */
    struct queue_wait *waits;   /* of v[i] */
    size_t n;
    struct queue_rules rules;
    struct queue_coach coaches[ROSTER_COACHES_MAX];
    int64_t service_s[ROSTER_SERVICES_MAX];
    struct queue_floor floor;   /* points into this struct */
};

/* Pass it all-zero; it must not move. */
NODISCARD enum err plan_make(struct flow *f, struct plan *p);
void plan_done(struct plan *p);

struct queue_entry plan_entry(const struct flow *f, const struct visit_row *v);
/* The line of v[i]. */
struct queue_line plan_line(const struct flow *f, const struct plan *p, size_t i);
/* The line of one visit, open or over; reads the plan when it waits. */
NODISCARD enum err line_of(struct flow *f, const struct visit_row *v, struct queue_line *ret_line);

#endif
