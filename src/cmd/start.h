/*
 * src/cmd/start.h - what a main() does before its own work: command line, settings, clock, log.
 */
#ifndef CMD_START_H
#define CMD_START_H

#include "base/log.h"
#include "base/rng.h"
#include "config/program.h"
#include "core/told_clock.h"

struct start {
    struct program_args args;
    struct config config;
    struct clock clock;
    struct rng rng;
};

/* PROGRAM_RUN: go on. Else *ret_status is the exit status, and what is wrong was said. */
static inline enum program_next start_program(const struct program *p, int argc, char **argv,
                                              struct start *ret, enum program_status *ret_status)
{
    enum program_next next = program_args(p, argc, argv, &ret->args);
    *ret_status = next == PROGRAM_DONE ? PROGRAM_OK : PROGRAM_USAGE;
    if (next != PROGRAM_RUN)
        return next;
    if (told_clock(ret->args.now, &ret->clock) != ERR_OK) {
        program_say(p->name, "--now", "not a time of the form 2026-03-27T09:00:00+01:00");
        return PROGRAM_WRONG;
    }
    if (program_config(p, &ret->args, &ret->config) != ERR_OK) {
        *ret_status = PROGRAM_FAILED;
        return PROGRAM_WRONG;
    }
    ret->rng = rng_system();
    log_init(p->name, LOG_LEVEL_INFO);
    return PROGRAM_RUN;
}

#endif
