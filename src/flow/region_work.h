/*
 * src/flow/region_work.h - inside flow: what being one house of a region adds to its work.
 */
#ifndef FLOW_REGION_WORK_H
#define FLOW_REGION_WORK_H

#include "flow/booking.h"
#include "flow/work.h"
#include "store/region_mirror.h"
#include "store/region_seat.h"

/* Cuts a roster to what the region says of its coaches: their days elsewhere are closed, of
 * those at home elsewhere only the days that came here are open, and who is not known to the
 * region yet cannot be booked; its closures are added. */
NODISCARD enum err region_overlay(struct flow *f, struct roster *r);
/* The same with what another house's mirror says, as that house `me` would. */
NODISCARD enum err region_cut(struct roster *r, const struct mirror *m, const char *me);

/* Another house as the region shows it. */
struct other {
    const char *site;
    struct roster roster; /* as its days are */
    struct mirror mirror;
    struct buf roster_json, offer;
};
void other_done(struct other *o);
/* Reads both texts. ERR_CORRUPT. */
NODISCARD enum err other_read(struct other *o);
struct other_wish {
    const char *service, *coach; /* coach NULL: any */
    civil_day first, last;
};
/* Its free shared times. ERR_NOT_FOUND no such service or coach. */
NODISCARD enum err other_free(const struct other *o, const struct shared_rule *rule, utc_ms now,
                              const struct other_wish *w, struct free_list *ret_list);

/* Whether this time is claimed in the region. */
bool region_shares(const struct flow *f, const struct appointment_row *a);
/* Asks for the seat of *a under its id; the caller commits, then waits. */
NODISCARD enum err region_ask(struct flow *f, const struct appointment_row *a, const char *site);
/* Outside a transaction, at most REGION_WAIT_MS. ERR_TAKEN refused, also where the region did
 * not answer: then shared times are not offered until it does. */
NODISCARD enum err region_wait(struct flow *f, const struct ulid *seat);

/* One that came: opened, stored under the key of its day, and told to the case register. One
 * that cannot be opened is marked bad and kept. */
NODISCARD enum err region_take_in(struct flow *f, const struct region_parcel *p);

#endif
