/*
 * src/store/region_seat.h - seats of shared blocks, and appointments on their way between
 * houses.
 *
 * A seat's row is on disk before the region is asked, and stays until the region has let it
 * go: so nothing that is claimed there can be forgotten here, whenever the power fails.
 *
 *   asked --sync--> granted --used--> granted, no time --let go--> granted, until a time
 *         --sync--> refused                                         --sync--> going --> gone
 *
 * What nobody uses before its time, and what is still asked for then, is let go as well.
 */
#ifndef STORE_REGION_SEAT_H
#define STORE_REGION_SEAT_H

#include "core/quantum.h"
#include "store/region.h"

#define REGION_BODY_MAX 4096

enum seat_state { SEAT_ASKED, SEAT_GRANTED, SEAT_REFUSED, SEAT_GOING, SEAT_STATE_COUNT };

struct region_seat {
    struct ulid id;          /* by which the region knows it */
    struct ulid appointment; /* of this house; none for another house */
    char site[ROSTER_ID_SIZE];
    char coach[ROSTER_ID_SIZE];
    civil_day day;
    struct q5_span quanta;
    int seat;
    enum seat_state state;
    utc_ms until; /* 0: it is in use */
};
struct region_seats { /* owns v; all-zero is empty */
    struct region_seat *v;
    size_t n, cap;
};
void region_seats_done(struct region_seats *l);

NODISCARD enum err store_seat_put(struct store *s, const struct region_seat *r); /* ERR_EXISTS */
NODISCARD enum err store_seat_get(struct store *s, const struct ulid *id,
                                  struct region_seat *ret_row); /* ERR_NOT_FOUND */
/* Granted and not let go in the meantime: it is this appointment's from here on (none: of
 * another house). ERR_STALE. */
NODISCARD enum err store_seat_use(struct store *s, const struct ulid *id,
                                  const struct ulid *appointment, utc_ms now);
/* An appointment's seat goes at that time; fine when it has none. */
NODISCARD enum err store_seat_let_go(struct store *s, const struct ulid *appointment, utc_ms until);
/* It is kept after all. ERR_STALE: it is gone. Fine when the appointment never had one. */
NODISCARD enum err store_seat_keep(struct store *s, const struct ulid *appointment, utc_ms now);
NODISCARD enum err store_seat_rename(struct store *s, const struct ulid *from,
                                     const struct ulid *to);

/* ---- for dynamo-sync ---- */

/* Whoever is over its time goes: those granted, asked for and refused. */
NODISCARD enum err store_seats_end(struct store *s, utc_ms now);
NODISCARD enum err store_seats_of(struct store *s, enum seat_state state,
                                  struct region_seats *ret_list);
/* When the next one ends; INT64_MAX: none has a time. */
NODISCARD enum err store_seats_due(struct store *s, utc_ms *ret_at);
/* In use, of today and later: what the region must know of us. Those in other houses only until
 * they have arrived there. */
NODISCARD enum err store_seats_in_use(struct store *s, civil_day from,
                                      struct region_seats *ret_list);
/* Fine when it is not in that state any more. */
NODISCARD enum err store_seat_answer(struct store *s, const struct ulid *id, enum seat_state state);
/* One in use that the region gave to somebody else, when it had forgotten it: a person must
 * look. The appointment stands. */
NODISCARD enum err store_seat_lost(struct store *s, const struct ulid *id);
/* The region has it free again after all. */
NODISCARD enum err store_seat_found(struct store *s, const struct ulid *id);
/* Whether an appointment of this house was given up, and its seat let go: a claim of that id is
 * of the past. */
NODISCARD enum err store_seat_over(struct store *s, const struct ulid *id, bool *ret_over);
NODISCARD enum err store_seat_drop(struct store *s, const struct ulid *id);
/* Asks for the seats of all appointments of a coach from an instant on that have none yet:
 * what was local is known to the region too. Only of one day, unless day is CIVIL_DAY_NONE. */
NODISCARD enum err store_seats_publish(struct store *s, const char *coach, civil_day day,
                                       utc_ms from);
/* How many seats of a coach still wait for an answer. */
NODISCARD enum err store_seats_asked(struct store *s, const char *coach, int64_t *ret_n);

/* ---- on their way ---- */

enum parcel_state { PARCEL_NEW, PARCEL_KEPT, PARCEL_TOLD, PARCEL_BAD, PARCEL_STATE_COUNT };

struct region_parcel {
    struct ulid id;
    char site[ROSTER_ID_SIZE]; /* for whom; of one that came: from whom */
    char coach[ROSTER_ID_SIZE];
    char service[ROSTER_ID_SIZE];
    utc_ms start, end, stop;
    size_t n;
    unsigned char body[REGION_BODY_MAX]; /* sealed */
};
struct region_parcels { /* owns v; all-zero is empty */
    struct region_parcel *v;
    size_t n, cap;
};
void region_parcels_done(struct region_parcels *l);

/* Seals `n` bytes to a house: its public half is in region_site. ERR_NOT_FOUND no such house;
 * ERR_LIMIT. */
NODISCARD enum err store_parcel_seal(struct store *s, const char *site, const void *plain,
                                     size_t n, struct region_parcel *p);
/* Opens the body of one that came into `out`, of REGION_BODY_MAX bytes. ERR_CORRUPT,
 * ERR_DENIED. */
NODISCARD enum err store_parcel_open(struct store *s, const struct region_parcel *p,
                                     unsigned char *out, size_t *ret_n);

NODISCARD enum err store_parcel_send(struct store *s, const struct region_parcel *p);
NODISCARD enum err store_parcels_to_send(struct store *s, struct region_parcels *ret_list);
/* The region has it; it stays here until the other house has it too. */
NODISCARD enum err store_parcel_sent(struct store *s, const struct ulid *id);
NODISCARD enum err store_parcel_arrived(struct store *s, const struct ulid *id);
/* The region may have lost some: all that have not arrived go once more. */
NODISCARD enum err store_parcels_send_again(struct store *s);

/* Fine when it came before. */
NODISCARD enum err store_parcel_came(struct store *s, const struct region_parcel *p);
NODISCARD enum err store_parcels_come(struct store *s, enum parcel_state state,
                                      struct region_parcels *ret_list);
/* Kept: the body goes. Told: the region knows. */
NODISCARD enum err store_parcel_mark(struct store *s, const struct ulid *id,
                                     enum parcel_state state);
/* Whether one waits to be stored. */
NODISCARD enum err store_parcels_waiting(struct store *s, bool *ret_waiting);

#endif
