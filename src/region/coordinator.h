/*
 * src/region/coordinator.h - what the coordinator sees and does, over all houses of a region.
 *
 * Of a connection whose login is a member of dynamo_desk (or the owner's); errors are those of
 * region.h. Nothing here names a visitor.
 */
#ifndef REGION_COORDINATOR_H
#define REGION_COORDINATOR_H

#include "region/region.h"

NODISCARD enum err region_rule(struct region *r, struct shared_rule *ret_rule);

/* Days that are not at their coach's home, or are asked to go, of `from` and later, by day. */
struct region_move {
    char coach[ROSTER_ID_SIZE], home[ROSTER_ID_SIZE];
    civil_day day;
    char site[ROSTER_ID_SIZE]; /* has it */
    char to[ROSTER_ID_SIZE];   /* gets it once that house hands it over; "": it is there */
};
struct region_moves { /* owns v; all-zero is empty */
    struct region_move *v;
    size_t n, cap;
};
void region_moves_done(struct region_moves *l);
NODISCARD enum err region_moves(struct region *r, civil_day from, struct region_moves *ret_list);

/* Who has a coach's day now. ERR_NOT_FOUND no such coach. */
NODISCARD enum err region_day_owner(struct region *r, const char *coach, civil_day day,
                                    char ret_site[ROSTER_ID_SIZE]);
/* A coach's appointments of a day, by start: those that houses told of, and those that are on
 * their way. */
struct region_meeting {
    struct ulid id;
    char site[ROSTER_ID_SIZE]; /* has it, or will */
    utc_ms start, end;
    bool sealed; /* on its way there */
};
struct region_meetings { /* owns v; all-zero is empty */
    struct region_meeting *v;
    size_t n, cap;
};
void region_meetings_done(struct region_meetings *l);
NODISCARD enum err region_meetings(struct region *r, const char *coach, civil_day day,
                                   struct region_meetings *ret_list);

struct region_closure {
    int64_t id;
    char site[ROSTER_ID_SIZE]; /* "": every house */
    struct roster_closure days;
};
struct region_closures { /* owns v; all-zero is empty */
    struct region_closure *v;
    size_t n, cap;
};
void region_closures_done(struct region_closures *l);
/* Those that end at `from` or later, by first day. */
NODISCARD enum err region_closures(struct region *r, civil_day from,
                                   struct region_closures *ret_list);
/* ERR_FORMAT: the region refuses it (no such house, days backwards, no or too long a reason). */
NODISCARD enum err region_close_days(struct region *r, const struct region_closure *c);
NODISCARD enum err region_reopen(struct region *r, int64_t id); /* fine when it is gone */

/* Daily counts of all houses together, of both days and between; `site` and `coach` are "". */
NODISCARD enum err region_counts(struct region *r, civil_day first, civil_day last,
                                 struct count_rows *ret_list);

#endif
