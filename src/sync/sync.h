/*
 * src/sync/sync.h - the house's side of the region: what dynamo-sync does, step by step.
 *
 * It reads and writes the house's database and one connection to the region's; it holds no key
 * that opens anything. Everything it does can be done again: whatever it was doing when the
 * line, the power or the region's server went, the next step starts from what is stored.
 *
 * Told of trouble are the words of region.why: "no_line" "schema" "role" "rule" "key"
 * "not_joined" "refused" (the server's words are in the log of the region).
 */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "base/rng.h"
#include "region/region.h"

#define SYNC_BATCH 500               /* events in one transaction */
#define SYNC_LOOK_MS (10 * SECOND_MS) /* at rest: is there news? */
#define SYNC_KEPT 50000              /* events kept here behind what is sent */

struct sync {
    struct store *store; /* borrowed, as all of these */
    struct clock *clock;
    struct rng *rng;
    struct region_options options;
    /* its own; all-zero at first */
    struct region *r;             /* NULL: no line */
    struct region_row row;        /* as stored when the step began */
    enum err fault;               /* of the region in this step */
    const char *why;
    int64_t retry_at, backoff_ms; /* real monotonic ms */
    int64_t look_at;
    char news[REGION_NEWS_SIZE];
    int64_t roster_version;       /* of what is published */
    struct region_status status;  /* as told last */
    int64_t status_at;
};

/*
 * One round: connects when it is time to, then does everything that is due. An error is of the
 * house's own database and ends the program; trouble with the region is kept in region.why.
 * ERR_NONE this house has joined no region.
 */
NODISCARD enum err sync_step(struct sync *s);
/* Something arrived by itself, or a house asked: look at once. */
void sync_hurry(struct sync *s);
/* Real monotonic ms of the next step without a wake-up. */
int64_t sync_due(const struct sync *s);
/* Says that the line is down, and lets it go. */
NODISCARD enum err sync_stop(struct sync *s);

#endif
