/*
 * src/cmd/dynamo-sync.c - joins this house to the region, and keeps it joined.
 */
#include <signal.h>

#include "cmd/start.h"
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
    struct start s;
    enum program_status status;
    if (start_program(&p, argc, argv, &s, &status) != PROGRAM_RUN)
        return (int)status;
    region_forget_environment();
    const struct sync_setup setup = { .config = &s.config,
                                      .db = s.args.db,
                                      .conninfo = conninfo ? conninfo : s.config.region.conninfo,
                                      .clock = &s.clock,
                                      .rng = &s.rng,
                                      .once = once,
                                      .json = json };
    if (s.args.argc > 0)
        return (int)sync_command(&setup, s.args.argc, s.args.argv);
    struct sigaction action = { .sa_handler = on_end };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return (int)sync_run(&setup);
}
