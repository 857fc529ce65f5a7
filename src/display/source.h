/*
 * src/display/source.h - the house's database as the display reads it.
 *
 * Read-only and without keys: no name can come out. The database may be not
 * there yet, be replaced by a restore or fail; each look opens what is needed.
 */
#ifndef DISPLAY_SOURCE_H
#define DISPLAY_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "core/roster.h"
#include "core/wall.h"
#include "core/zone.h"
#include "store/store.h"
#include "store/visit.h"

struct source {
    const char *db_path;       /* borrowed, as the next two */
    const struct clock *clock;
    struct rng *rng;

    struct store *store;       /* NULL: not open */
    dev_t dev;                 /* the file that is open */
    ino_t ino;
    int64_t changes;           /* store_changes() at the last look */
    int64_t roster_version;    /* 0: none read yet */
    struct roster roster;
    struct zone zone;
    struct visit_rows rows;    /* the open visits of `day` */
    civil_day day;             /* the business day */
    struct wall_known known;   /* what the house has stored of the time */
};

/* Only names things: opens nothing. */
void source_init(struct source *s, const char *db_path, const struct clock *clock, struct rng *rng);
void source_done(struct source *s);

/*
 * Brings rows, roster and day up to date; *ret_changed tells whether anything is
 * new since the last good look.
 * ERR_NOT_FOUND  no database, or no roster yet
 * ERR_DENIED     a simulated clock on a real house
 * and what store_open() and reading may end in. After an error the rows are the
 * old ones, and the next look opens the database again.
 */
NODISCARD enum err source_look(struct source *s, bool *ret_changed);

/* The time in the house; false: the clock is unsure, and the last sure time is taken. */
bool source_now(const struct source *s, struct local_time *ret_now);

#endif
