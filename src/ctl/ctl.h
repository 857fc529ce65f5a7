/*
 * src/ctl/ctl.h - dynamoctl: administers one house from the shell.
 *
 * `dynamoctl [options] COMMAND ...`: each command is one const struct in the file
 * of its family (command.h); table.c lists them.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "config/program.h"

/* The whole program: reads the command line, opens what the command needs, runs it,
 * and writes its result to stdout. Gives the exit status. */
enum program_status ctl_run(int argc, char **argv);

#endif
