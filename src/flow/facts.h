/*
 * src/flow/facts.h - inside flow: what a visit adds to the anonymous counts.
 *
 * A visit's facts follow from its row alone, so they are counted by comparing the row before
 * a change with the row after it: an undo, a void or a late check-in puts every figure right
 * by itself. All are of the visit's business day, with its municipality and topic:
 *
 *   walk_in, check_in          it came, without or with an appointment; the hour of arrival
 *   redirected                 at least once
 *   wait_walk_in_MMM,          minutes until the first call, 000..480 (that or more);
 *   wait_check_in_MMM          no hour, no coach
 *   done, left, unserved       how it ended; the hour of that, and the coach
 *   outcome_WORD               of a visit that is done; "outcome_unrecorded" by close of day
 *   service_MMM                minutes with the last coach, of a visit that is done
 *   voided                     a mistake: this is all that is left of it
 *
 * Times are not counted of a visit that came, or ended, while the clock was unsure.
 */
#ifndef FLOW_FACTS_H
#define FLOW_FACTS_H

#include "flow/work.h"

#define FACT_MINUTES_MAX 480

/* `before` NULL: the visit is new. */
NODISCARD enum err facts_recount(struct flow *f, const struct visit_row *before,
                                 const struct visit_row *after);

#endif
