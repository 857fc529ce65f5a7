/*
 * src/flow/flow.h - what the product does: the context that every use case gets.
 *
 * Each use case is one function in its own file and one transaction:
 * BEGIN IMMEDIATE; apply what time brought (flow_tick); change the row under its
 * guard; append event, audit line, outbox record and anonymous counts; COMMIT.
 * Nothing may be shown to a person before such a function returned ERR_OK. After
 * ERR_IO nothing is known of the outcome: show "out of order", restart, look up.
 *
 * Not for threads. Strings in results are owned by the result.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/ulid.h"
#include "core/civil.h"
#include "core/roster.h"
#include "core/zone.h"

struct flow;

struct flow_options {
    const char *db_path;
    const char *keys_dir; /* [paths] keys; NULL or "": beside the database */
    const char *device;  /* "kiosk:1", "desk:1", "ctl"; names the one who holds */
    struct clock *clock; /* borrowed */
    struct rng *rng;     /* borrowed */
    bool read_only;      /* the display: no keys, no writes */
    bool patient;        /* nobody stands before it: rather waits for others than is told "busy" */
};

/*
 * Opens the database, its keys and the roster in force.
 * ERR_NOT_FOUND no database; ERR_VERSION newer schema; ERR_CORRUPT not ours or
 * damaged; ERR_DENIED key files open to others; ERR_INVAL a simulated clock on
 * a database that is not simulated. A database without a roster opens.
 */
NODISCARD enum err flow_open(const struct flow_options *o, struct flow **ret_flow);
void flow_close(struct flow *f);
void flow_closep(struct flow **f); /* for CLEANUP */

/* Who acts from here on: "kiosk:1" (default: the device), "staff:ID". <= 40 bytes. */
void flow_set_actor(struct flow *f, const char *actor);

/* The roster in force, reloaded when another process changed it; NULL: none yet. */
const struct roster *flow_roster(struct flow *f);
const struct zone *flow_zone(struct flow *f);
utc_ms flow_now(const struct flow *f);
civil_day flow_today(const struct flow *f);
bool flow_simulated(const struct flow *f);
/* The clock rules of domain.md: true while bookings and uploads must wait. */
bool flow_clock_unsure(const struct flow *f);

/* The last known wall time that the database holds; 0: none yet. */
utc_ms flow_last_wall(const struct flow *f);
/* Staff looked at the time that is shown and say that it is right. */
NODISCARD enum err flow_clock_confirm(struct flow *f);

/* True when somebody else, or we, committed since the last call (data_version). */
bool flow_changed(struct flow *f);
/* The database's -wal file and its folder, for inotify. */
const char *flow_db_path(const struct flow *f);

/* Applies all moves that time has brought (hold expired, no_show, pause over, park
 * until, close of a past day) with their due time as event time, and stores the
 * last known wall time. Every use case does so itself; kiosk and desk call it when
 * flow_next_due() passes. */
NODISCARD enum err flow_tick(struct flow *f);
/* The next instant at which flow_tick() will have work; INT64_MAX for none. */
utc_ms flow_next_due(struct flow *f);

/* Between visitors: a WAL checkpoint whose result is read. */
NODISCARD enum err flow_rest(struct flow *f);
/* Between visitors: what was read of the database is let go of, so that memory does not grow with
 * the house. */
void flow_let_go(struct flow *f);

/* Set once a write or sync failed: no acknowledgement may follow. */
bool flow_storage_failed(const struct flow *f);

#endif
