/*
 * src/desk/overview.h - parts of the coordinator's overview; only of use in desk.
 */
#ifndef DESK_OVERVIEW_H
#define DESK_OVERVIEW_H

#include "desk/html.h"

struct desk;

/* The house by the week, as figures that give away no group under 5 (report/guard.h), and who
 * helped how many. */
NODISCARD enum err overview_weeks(struct desk *d, struct buf *out);

#endif
