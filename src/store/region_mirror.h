/*
 * src/store/region_mirror.h - what the region said last: where coaches are, which seats others
 * claim, which houses there are.
 */
#ifndef STORE_REGION_MIRROR_H
#define STORE_REGION_MIRROR_H

#include "base/buf.h"
#include "store/appointment.h"
#include "store/region.h"

struct mirror_coach {
    char coach[ROSTER_ID_SIZE];
    char home[ROSTER_ID_SIZE];
};
struct mirror_day {
    char coach[ROSTER_ID_SIZE];
    civil_day day;
    bool here; /* the coach's day belongs to this house, and is not about to leave it */
};
struct mirror_claim {
    char coach[ROSTER_ID_SIZE];
    int64_t q5;
    int seat;
    struct ulid id; /* of the seat */
};
struct mirror_site {
    char site[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    unsigned char key[REGION_KEY_SIZE];
};

struct mirror { /* owns its lists; all-zero is empty */
    struct mirror_coach *coaches;
    size_t n_coaches, cap_coaches;
    struct mirror_day *days;
    size_t n_days, cap_days;
    struct roster_closure *closures;
    size_t n_closures, cap_closures;
    struct mirror_claim *claims;
    size_t n_claims, cap_claims;
    struct mirror_site *sites;
    size_t n_sites, cap_sites;
};
void mirror_done(struct mirror *m);

/* Coaches, days, closures: what the agenda follows from. */
NODISCARD enum err store_mirror_get(struct store *s, struct mirror *ret_mirror);
/* Replaces everything by *m, in one transaction. Houses keep what they offer. */
NODISCARD enum err store_mirror_put(struct store *s, const struct mirror *m);

/* Adds the time of one coach that other houses' claims take and that no appointment of this
 * house stands for, as store_appointments_busy(). The list is sorted again. */
NODISCARD enum err store_mirror_busy(struct store *s, const struct busy_query *q,
                                     struct busy_spans *list);

/* ---- what another house offers ---- */

/* Somebody wants to know: dynamo-sync will look. ERR_NOT_FOUND no such house. */
NODISCARD enum err store_offer_ask(struct store *s, const char *site, utc_ms at);
/* Houses asked about since they were looked up last. */
NODISCARD enum err store_offer_asked(struct store *s, char (*ret_sites)[ROSTER_ID_SIZE],
                                     size_t max, size_t *ret_n);
NODISCARD enum err store_offer_put(struct store *s, const char *site, const char *roster,
                                   const char *offer, utc_ms at);
/* ERR_BUSY not answered yet; ERR_NOT_FOUND no such house. */
NODISCARD enum err store_offer_get(struct store *s, const char *site, struct buf *roster,
                                   struct buf *offer);

#endif
