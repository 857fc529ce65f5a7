/*
 * src/flow/plan.h - the house at this moment: who is here, in which order, who works, and how
 * long each will wait. Read within one transaction.
 *
 * Every visitor's number waits for it, so it comes in two sizes: with the whole rows, for a
 * listing, or with what the order of the queue needs of them, and waits asked for one by one.
 */
#ifndef FLOW_PLAN_H
#define FLOW_PLAN_H

#include "flow/queue.h"
#include "flow/work.h"

struct plan { /* owns its lists; all-zero is empty */
    struct visit_rows rows;     /* open visits, by ticket */
    struct queue_entry *v;      /* n of them in calling order; tag: index in rows; one place more */
    struct queue_wait *waits;   /* of v[i]; NULL in the small form */
    size_t n;
    struct queue_rules rules;
    struct queue_coach coaches[ROSTER_COACHES_MAX];
    int64_t service_s[ROSTER_SERVICES_MAX];
    uint64_t timed;             /* services whose seconds are known: a bit each */
    struct queue_floor floor;   /* points into this struct */
};

/* Pass it all-zero; it must not move. */
NODISCARD enum err plan_make(struct flow *f, struct plan *p);
/* The small form: rows as store_visits_queue() reads them. */
NODISCARD enum err plan_order(struct flow *f, struct plan *p);
void plan_done(struct plan *p);

struct queue_entry plan_entry(const struct flow *f, const struct visit_row *v);
/* The line of v[i] of a whole plan. */
struct queue_line plan_line(const struct flow *f, const struct plan *p, size_t i);
/* Where a visit stands in v; n when it does not. */
size_t plan_find(const struct plan *p, const struct ulid *visit);
/* The wait of v[i] among n entries of v, or as it would be with that coach wanted. */
NODISCARD enum err plan_wait(struct flow *f, struct plan *p, size_t n, size_t i, int coach,
                             struct queue_wait *ret_wait);
/* The line of one visit without a wait: nothing is read. */
struct queue_line line_alone(const struct flow *f, const struct visit_row *v);
/* The line of one visit, open or over; reads the plan when it waits. */
NODISCARD enum err line_of(struct flow *f, const struct visit_row *v, struct queue_line *ret_line);

#endif
