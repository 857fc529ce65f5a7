/*
 * src/sync/run.h - dynamo-sync as a program: its loop.
 */
#ifndef SYNC_RUN_H
#define SYNC_RUN_H

#include "config/options.h"
#include "config/program.h"
#include "sync/sync.h"

#define SYNC_NAME "dynamo-sync"

struct sync_setup {
    const struct config *config;
    const char *db;
    const char *conninfo;
    struct clock *clock;
    struct rng *rng;
    bool once; /* until nothing is due, then end */
    bool json;
};

/* Until SIGTERM. Waits for commits of the house, words of the region, and time. */
enum program_status sync_run(const struct sync_setup *setup);
/* From a signal handler: end after the step that is under way. */
void sync_run_stop(void);

/* The region's options, as the settings say; conninfo must be set. */
struct region_options sync_region_options(const struct sync_setup *setup);
/* What a failed region_open() or call says on stderr; gives PROGRAM_FAILED. */
enum program_status sync_refuse(const char *what, enum err e, const char *why);

#endif
