/*
 * dynamo-desk - the coaches' page: who is here, who comes, and every step of a visit.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/path.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/told_clock.h"
#include "desk/desk.h"

#define PROGRAM "dynamo-desk"

static bool clock_of(const char *now, struct clock *ret_clock)
{
    if (told_clock(now, ret_clock) == ERR_OK)
        return true;
    program_say(PROGRAM, "--now", "give a time as 2026-03-27T09:00:00+01:00");
    return false;
}

/* Another program, so that this one needs no PostgreSQL. */
static int run_region(int argc, char **argv)
{
    char path[4096];
    int n = 1;

    for (int i = 1; i < argc; i++) /* all words but our own */
        if (strcmp(argv[i], "--region") != 0)
            argv[n++] = argv[i];
    argv[n] = NULL;
    if (path_program("dynamo-region-desk", path, sizeof(path)) != ERR_OK) {
        program_say(PROGRAM, "--region", "dynamo-region-desk is not installed beside this program: "
                                         "it comes with a build that has libpq");
        return PROGRAM_FAILED;
    }
    execv(path, argv);
    program_say(PROGRAM, path, strerror(errno));
    return PROGRAM_FAILED;
}

int main(int argc, char **argv)
{
    const char *listen = NULL;
    bool region = false;
    const struct program p = {
        .name = PROGRAM,
        .summary = "the coaches' page",
        .options = (const struct program_option[]){
            { "listen", "WHERE", "unix:PATH behind nginx, or 127.0.0.1:PORT", &listen, NULL },
            { "region", NULL, "the coordinator's pages over all houses of a region", NULL, &region },
            { 0 } } };
    struct program_args args;
    struct config config;
    struct clock clock;
    struct rng rng = rng_system();

    switch (program_args(&p, argc, argv, &args)) {
    case PROGRAM_DONE:
        return PROGRAM_OK;
    case PROGRAM_WRONG:
        return PROGRAM_USAGE;
    case PROGRAM_RUN:
        break;
    }
    if (region)
        return run_region(argc, argv);
    if (!clock_of(args.now, &clock))
        return PROGRAM_USAGE;
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    log_init(PROGRAM, LOG_LEVEL_INFO);
    struct desk_setup setup = { .config = &config, .db_path = args.db, .clock = &clock,
                                .rng = &rng, .face = &desk_house, .listen = listen ? listen : config.desk.listen };
    program_confine(&(struct confinement){
        .program = CONFINED_DESK, .config = &config, .db = args.db, .where = setup.listen });
    return desk_run(&setup) == ERR_OK ? PROGRAM_OK : PROGRAM_FAILED;
}
