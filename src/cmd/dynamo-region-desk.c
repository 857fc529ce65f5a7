/*
 * dynamo-region-desk - the coordinator's pages over all houses: what dynamo-desk --region runs,
 * a program of its own so that the desk of a house needs no PostgreSQL.
 */
#include "cmd/start.h"
#include "config/confinement.h"
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
    struct start s;
    enum program_status status;
    if (start_program(&p, argc, argv, &s, &status) != PROGRAM_RUN)
        return (int)status;
    if (!s.config.region.conninfo[0]) {
        program_say(PROGRAM, "[region] conninfo", "is not set");
        return PROGRAM_FAILED;
    }
    region_forget_environment();
    const struct desk_setup setup = { .config = &s.config, .db_path = s.args.db,
                                      .clock = &s.clock, .rng = &s.rng,
                                      .listen = listen ? listen : s.config.desk.listen };
    program_confine(&(struct confinement){ .program = CONFINED_REGION_DESK, .config = &s.config,
                                           .db = s.args.db, .where = setup.listen, .loose = true });
    return regiondesk_run(&setup, s.config.region.conninfo) == ERR_OK ? PROGRAM_OK : PROGRAM_FAILED;
}
