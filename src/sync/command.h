/*
 * src/sync/command.h - what an administrator does with the region: `dynamoctl region ...` runs
 * these, so that dynamoctl itself needs no PostgreSQL.
 *
 *   init [BLOCK_MINUTES ONE_IN]   make the schema, as the database's owner
 *   migrate                       bring it up to date, as its owner
 *   admit SITE                    make the login of a house (password on standard input, or none)
 *   expel SITE                    a house that is gone for good
 *   join | leave | status         on the house's box
 *   move-day COACH DATE SITE      as the coordinator
 */
#ifndef SYNC_COMMAND_H
#define SYNC_COMMAND_H

#include "sync/run.h"

extern const char sync_command_help[];

enum program_status sync_command(const struct sync_setup *setup, int argc, char **argv);

#endif
