/*
 * dynamo-region-desk - the coordinator's pages over all houses: what dynamo-desk --region runs,
 * a program of its own so that the desk of a house needs no PostgreSQL.
 */
#include "base/log.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/told_clock.h"
#include "region/region.h"
#include "regiondesk/regiondesk.h"

#define PROGRAM "dynamo-region-desk"

int main(int argc, char **argv)
{
    const char *listen = NULL;
    const struct program p = {
        .name = PROGRAM,
        .summary = "the coordinator's pages over all houses of a region",
        .options = (const struct program_option[]){
            { "listen", "WHERE", "unix:PATH behind nginx, or 127.0.0.1:PORT", &listen, NULL },
            { 0 } } };
    struct program_args args;
    struct config config;
    struct clock clock;
    struct rng rng = rng_system();

    enum program_next next = program_args(&p, argc, argv, &args);
    if (next != PROGRAM_RUN)
        return next == PROGRAM_DONE ? PROGRAM_OK : PROGRAM_USAGE;
    if (told_clock(args.now, &clock) != ERR_OK) {
        program_say(PROGRAM, "--now", "give a time as 2026-03-27T09:00:00+01:00");
        return PROGRAM_USAGE;
    }
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    if (!config.region.conninfo[0]) {
        program_say(PROGRAM, "[region] conninfo", "is not set");
        return PROGRAM_FAILED;
    }
    region_forget_environment();
    log_init(PROGRAM, LOG_LEVEL_INFO);
    const struct desk_setup setup = { .config = &config, .db_path = args.db, .clock = &clock,
                                      .rng = &rng, .listen = listen ? listen : config.desk.listen };
    program_confine(&(struct confinement){ .program = CONFINED_REGION_DESK, .config = &config,
                                           .db = args.db, .where = setup.listen, .loose = true });
    return regiondesk_run(&setup, config.region.conninfo) == ERR_OK ? PROGRAM_OK : PROGRAM_FAILED;
}
