/*
 * src/cmd/dynamo-sync.c - joins this house to the region, and keeps it joined.
 */
#include <signal.h>

#include "base/log.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/told_clock.h"
#include "region/region.h"
#include "sync/command.h"
#include "sync/run.h"

#define NAME "dynamo-sync"

static void on_end(int signal)
{
    (void)signal;
    sync_run_stop();
}

int main(int argc, char **argv)
{
    bool once = false, json = false;
    const char *conninfo = NULL;
    const struct program p = {
        .name = NAME,
        .summary = "Joins the house to the region's PostgreSQL; the house goes on without it.",
        .operands = "[COMMAND ...]",
        .more_help = sync_command_help,
        .options =
            (const struct program_option[]){
                { "once", NULL, "do what is due, then end", NULL, &once },
                { "json", NULL, "results as JSON lines", NULL, &json },
                { "region", "CONNINFO", "the region's database, instead of [region] conninfo",
                  &conninfo, NULL },
                { 0 },
            },
    };
    struct program_args args;
    enum program_next next = program_args(&p, argc, argv, &args);
    if (next != PROGRAM_RUN)
        return next == PROGRAM_DONE ? PROGRAM_OK : PROGRAM_USAGE;
    struct config config;
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    struct clock clock;
    if (told_clock(args.now, &clock) != ERR_OK) {
        program_say(NAME, "--now", "not a time of the form 2026-03-27T09:00:00+01:00");
        return PROGRAM_USAGE;
    }
    region_forget_environment();
    struct rng rng = rng_system();
    log_init(NAME, LOG_LEVEL_INFO);
    const struct sync_setup setup = { .config = &config,
                                      .db = args.db,
                                      .conninfo = conninfo ? conninfo : config.region.conninfo,
                                      .clock = &clock,
                                      .rng = &rng,
                                      .once = once,
                                      .json = json };
    if (args.argc > 0)
        return (int)sync_command(&setup, args.argc, args.argv);
    struct sigaction action = { .sa_handler = on_end };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return (int)sync_run(&setup);
}
