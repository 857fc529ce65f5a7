/*
 * src/store/wall.h - what the house has stored of the time, by the rules of core/wall.h.
 */
#ifndef STORE_WALL_H
#define STORE_WALL_H

#include "core/wall.h"
#include "store/store.h"

/* What is stored; nothing yet is fine. With a simulated clock no day is ever kept. */
NODISCARD enum err store_wall_known(struct store *s, const struct clock *clock,
                                    struct wall_known *ret_known);
NODISCARD enum err store_wall_put_last(struct store *s, utc_ms last);
NODISCARD enum err store_wall_put_pin(struct store *s, civil_day day, utc_ms until);

#endif
