/*
 * src/report/guard.h - which figures may be shown, so that no small group can be recovered.
 *
 * A figure under GUARD_MIN is shown as "<5", nought included. That alone hides little: a total
 * less the other rows gives it away. So further rows are withheld until a reader who knows the
 * total, every shown row, that "<5" is 0..4 and that a withheld row is 5 or more, still finds
 * all of 0..4 possible for every "<5", and no group of hidden rows adds up to under 5. Where
 * that cannot be had, all rows of the table are withheld, and nothing is known of any.
 * (Cell suppression: Willenborg and De Waal, Elements of Statistical Disclosure Control, 2001.)
 */
#ifndef REPORT_GUARD_H
#define REPORT_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GUARD_MIN 5

enum figure_mark {
    FIGURE_SHOWN,
    FIGURE_SMALL,   /* "<5" */
    FIGURE_WITHHELD /* 5 or more beside a "<5"; anything in a table without one */
};
struct figure {
    enum figure_mark mark;
    int64_t n; /* 0 unless shown */
};

/* One that stands alone, in no sum. */
struct figure guard_single(int64_t n);

/* Rows that add up to a total: those of `n` with their `used`; others are left alone. */
void guard_rows(const int64_t *n, const bool *used, size_t count, struct figure *ret_rows,
                struct figure *ret_total);
void guard_withhold(const bool *used, size_t count, struct figure *ret_rows);

/*
 * Two sums that share a term: visits = walk_in + came, appointments = came + no_show. `came` is
 * published under both, so the three are shown or hidden together.
 */
struct guard_chain {
    int64_t walk_in, came, no_show;
};
struct guard_chain_figures {
    struct figure walk_in, came, no_show;
};
struct guard_chain_figures guard_chain(const struct guard_chain *c);

/*
 * Whether splitting both visits and appointments by one property gives nothing away: of each
 * row the visits are its walk-ins and who came, the appointments who came and no-shows, and
 * neither may be reckoned from the two. The arrays are walk-ins and no-shows by row; `totals`
 * is whether the totals of the chain are.
 */
bool guard_may_cross(const int64_t *walk_in, const int64_t *no_show, size_t count, bool totals);

#endif
