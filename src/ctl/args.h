/*
 * src/ctl/args.h - the command line behind the command's name.
 */
#ifndef CTL_ARGS_H
#define CTL_ARGS_H

#include "ctl/command.h"

/*
 * Reads options and operands of c->command in any order, "--name value" or
 * "--name=value", each at most once; "--" ends the options. The options of every
 * program (--config, --db, --now, --json, --help) are taken here too. False after
 * a message and the usage on stderr: wrong use. *ret_help: --help was there.
 */
NODISCARD bool ctl_args_parse(struct ctl *c, int argc, const char *const *argv, bool *ret_help);

/* The options that every command takes, for help, completion and manual. */
extern const struct ctl_option ctl_common_options[];

#endif
