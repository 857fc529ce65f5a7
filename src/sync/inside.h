/*
 * src/sync/inside.h - the parts of one step; only of use in sync.
 */
#ifndef SYNC_INSIDE_H
#define SYNC_INSIDE_H

#include "sync/sync.h"

/* Remembers trouble with the region, and hands it on. */
NODISCARD enum err line(struct sync *s, enum err e);
civil_day sync_from(const struct sync *s); /* what lies before it matters to nobody */

/* Says hello, and mends what one side forgot. (meet.c) */
NODISCARD enum err sync_meet(struct sync *s);
/* Tells everything once more where somebody else found that the region forgot something. */
NODISCARD enum err sync_tell_again(struct sync *s);

/* Seats asked for, let go, and over their time. (seats.c) */
NODISCARD enum err sync_seats(struct sync *s);
/* Tells the seats in use that `m` does not show; *ret_missed of them were forgotten there. */
NODISCARD enum err sync_tell_seats(struct sync *s, const struct mirror *m, int *ret_missed);
/* Lets go of what `m` shows as claimed and was given up here; *ret_gone claims. */
NODISCARD enum err sync_drop_given_up(struct sync *s, const struct mirror *m, int *ret_gone);
/* Whether a seat that was given to somebody else is free again. */
NODISCARD enum err sync_ask_lost(struct sync *s);

/* Lets go of seats that came back with the region's old copy: nobody here knows them any more. */
NODISCARD enum err sync_drop_ghosts(struct sync *s);

/* Events with their counts, and how the house goes. (push.c) */
NODISCARD enum err sync_events(struct sync *s);
NODISCARD enum err sync_status(struct sync *s);
NODISCARD enum err sync_parcels_out(struct sync *s);

/* (pull.c) */
NODISCARD enum err sync_news(struct sync *s);
NODISCARD enum err sync_parcels_in(struct sync *s);
NODISCARD enum err sync_offers(struct sync *s);

/* The roster's coaches, and days that change hands. (days.c) */
NODISCARD enum err sync_coaches(struct sync *s);
NODISCARD enum err sync_days(struct sync *s);

#endif
