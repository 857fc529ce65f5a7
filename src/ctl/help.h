/*
 * src/ctl/help.h - the texts that are made of the command tables.
 */
#ifndef CTL_HELP_H
#define CTL_HELP_H

#include "base/buf.h"
#include "ctl/command.h"

void ctl_help_command(const struct ctl_command *cmd, struct buf *b);
void ctl_help_list(struct buf *b); /* all commands, a line each; no newline at the end */

/* Completion for bash: commands, their second words, options, files and fixed words. */
void ctl_bash_completion(struct buf *b);
/* The manual page dynamoctl(1), in man(7) form, with the settings of dynamo.conf. */
void ctl_manual_page(struct buf *b);

#endif
